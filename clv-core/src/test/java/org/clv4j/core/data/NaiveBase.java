// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.DataPolicy.ZeroAmounts;

/** What a customer base must hold, computed in the plainest way from lists, maps and decimals. */
final class NaiveBase {

    /** A customer as the base must show it. */
    static final class Row {
        final String id;
        final List<BigDecimal> occasions = new ArrayList<>();
        final List<LocalDate> days = new ArrayList<>();
        final List<Long> periods = new ArrayList<>();
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal amountWithCost = BigDecimal.ZERO;
        long rows;
        double recency;
        double age;
        int holdoutOccasions;
        BigDecimal holdoutTotal = BigDecimal.ZERO;

        Row(String id) {
            this.id = id;
        }

        int frequency() {
            return occasions.size() - 1;
        }

        double monetaryValue() {
            BigDecimal repeat = occasions.stream().skip(1).reduce(BigDecimal.ZERO, BigDecimal::add);
            return frequency() == 0 ? 0 : repeat.doubleValue() / frequency();
        }
    }

    final Map<String, Row> rows = new LinkedHashMap<>();
    long used;
    long before;
    long after;
    long occasions;
    long merged;
    long zero;
    long droppedZero;
    long refunds;
    long droppedRefunds;
    long unmatched;
    long reversed;
    long skipped;
    long truncated;

    private final Observation window;
    private final TimeScale unit;
    private final DataPolicy policy;
    private final LocalDate origin;

    NaiveBase(List<Transaction> log, Observation window, TimeScale unit, DataPolicy policy) {
        this.window = window;
        this.unit = unit;
        this.policy = policy;
        LocalDate first =
                log.stream().map(Transaction::date).min(LocalDate::compareTo).orElse(window.end());
        origin = window.start().orElse(first);
        Map<String, List<Transaction>> byCustomer = new LinkedHashMap<>();
        for (Transaction transaction : log) {
            byCustomer
                    .computeIfAbsent(transaction.customerId(), unused -> new ArrayList<>())
                    .add(transaction);
        }
        byCustomer.forEach(this::summarise);
    }

    private void summarise(String id, List<Transaction> all) {
        List<Transaction> calibration = new ArrayList<>();
        List<Transaction> holdout = new ArrayList<>();
        boolean earlier = false;
        for (Transaction transaction : all) {
            LocalDate day = transaction.date();
            if (window.start().isPresent() && day.isBefore(window.start().get())) {
                before++;
                earlier = true;
            } else if (!day.isAfter(window.end())) {
                calibration.add(transaction);
            } else {
                after++;
                if (window.holdoutEnd().isPresent()
                        && !day.isAfter(window.holdoutEnd().get())) {
                    holdout.add(transaction);
                }
            }
        }
        Row row = new Row(id);
        form(row, calibration, true);
        used += row.rows;
        if (row.occasions.isEmpty()) {
            skipped++;
            return;
        }
        truncated += earlier ? 1 : 0;
        occasions += row.occasions.size();
        LocalDate last = row.days.get(row.days.size() - 1);
        if (policy.occasionPeriod() == TimeScale.DAYS) {
            row.recency = time(row.days.get(0), last);
            row.age = time(row.days.get(0), window.end());
        } else {
            row.recency = row.periods.get(row.periods.size() - 1) - row.periods.get(0);
            row.age = period(window.end()) - row.periods.get(0);
        }
        Row later = new Row(id);
        form(later, holdout, false);
        row.holdoutOccasions = later.occasions.size();
        row.holdoutTotal = later.total;
        rows.put(id, row);
    }

    private void form(Row row, List<Transaction> transactions, boolean counted) {
        Map<LocalDate, List<Transaction>> byDay = new TreeMap<>();
        for (Transaction transaction : transactions) {
            byDay.computeIfAbsent(transaction.date(), unused -> new ArrayList<>())
                    .add(transaction);
        }
        byDay.forEach((day, ofDay) -> {
            BigDecimal purchased = BigDecimal.ZERO;
            BigDecimal refunded = BigDecimal.ZERO;
            int purchases = 0;
            int refundRows = 0;
            for (Transaction transaction : ofDay) {
                int sign = transaction.amount().signum();
                if (counted) {
                    zero += sign == 0 ? 1 : 0;
                    refunds += sign < 0 ? 1 : 0;
                }
                if (sign < 0 && policy.refunds() == Refunds.ERROR) {
                    throw new DataException("refund");
                }
                if (sign < 0 && policy.refunds() == Refunds.DROP) {
                    droppedRefunds += counted ? 1 : 0;
                    continue;
                }
                if (sign == 0 && policy.zeroAmounts() == ZeroAmounts.DROP) {
                    droppedZero += counted ? 1 : 0;
                    continue;
                }
                row.rows++;
                row.total = row.total.add(transaction.amount());
                if (transaction.cost().isPresent()) {
                    row.cost = row.cost.add(transaction.cost().get());
                    row.amountWithCost = row.amountWithCost.add(transaction.amount());
                }
                if (sign < 0) {
                    refunded = refunded.subtract(transaction.amount());
                    refundRows++;
                } else {
                    purchased = purchased.add(transaction.amount());
                    purchases++;
                }
            }
            if (purchases > 0) {
                addOccasion(row, day, purchased, purchases, counted);
            }
            for (int o = row.occasions.size() - 1; o >= 0; o--) {
                BigDecimal there = row.occasions.get(o);
                BigDecimal taken = there.min(refunded);
                refunded = refunded.subtract(taken);
                row.occasions.set(o, there.subtract(taken));
                if (taken.signum() > 0 && taken.compareTo(there) == 0) {
                    row.occasions.remove(o);
                    row.days.remove(o);
                    row.periods.remove(o);
                    reversed += counted ? 1 : 0;
                }
            }
            unmatched += counted && refunded.signum() > 0 ? refundRows : 0;
        });
    }

    private void addOccasion(Row row, LocalDate day, BigDecimal purchased, int purchases, boolean counted) {
        int last = row.occasions.size() - 1;
        long period = policy.occasionPeriod() == TimeScale.DAYS ? day.toEpochDay() : period(day);
        if (last >= 0 && row.periods.get(last) == period) {
            row.occasions.set(last, row.occasions.get(last).add(purchased));
            merged += counted ? purchases : 0;
        } else {
            row.occasions.add(purchased);
            row.days.add(day);
            row.periods.add(period);
            merged += counted ? purchases - 1 : 0;
        }
    }

    private long period(LocalDate day) {
        long period = 0;
        while (!start(period + 1).isAfter(day)) {
            period++;
        }
        return period;
    }

    private LocalDate start(long period) {
        return switch (unit) {
            case DAYS -> origin.plusDays(period);
            case WEEKS -> origin.plusWeeks(period);
            case MONTHS -> origin.plusMonths(period);
            case YEARS -> origin.plusYears(period);
        };
    }

    private double time(LocalDate from, LocalDate to) {
        double days = ChronoUnit.DAYS.between(from, to);
        if (unit == TimeScale.DAYS) {
            return days;
        }
        if (unit == TimeScale.WEEKS) {
            return days / 7;
        }
        int whole = 0;
        while (!anniversary(from, whole + 1).isAfter(to)) {
            whole++;
        }
        LocalDate begun = anniversary(from, whole);
        return whole
                + ChronoUnit.DAYS.between(begun, to)
                        / (double) ChronoUnit.DAYS.between(begun, anniversary(from, whole + 1));
    }

    private LocalDate anniversary(LocalDate from, int periods) {
        return unit == TimeScale.MONTHS ? from.plusMonths(periods) : from.plusYears(periods);
    }
}
