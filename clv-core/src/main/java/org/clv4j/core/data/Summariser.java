// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Turns a log into the columns of a customer base: rows grouped by customer with a counting sort, each customer's rows put in
 * the order of days, occasions formed, refunds netted.
 */
final class Summariser {

    private final TransactionLog log;
    private final Observation observation;
    private final TimeScale timeScale;
    private final DataPolicy policy;
    private final long startDay;
    private final long endDay;
    private final long holdoutEndDay;
    private final boolean dailyOccasions;
    private final LocalDate origin;

    // Counts for DataQuality.
    private long rowsBeforeStart;
    private long rowsAfterEnd;
    private long occasionCount;
    private long truncatedCustomers;

    private final Occasions calibration;
    private final Occasions holdout;

    Summariser(TransactionLog log, Observation observation, TimeScale timeScale, DataPolicy policy) {
        this.log = log;
        this.observation = observation;
        this.timeScale = timeScale;
        this.policy = policy;
        startDay = observation.start().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE);
        endDay = observation.end().toEpochDay();
        holdoutEndDay = observation.holdoutEnd().map(LocalDate::toEpochDay).orElse(endDay);
        dailyOccasions = policy.occasionPeriod() == TimeScale.DAYS;
        if (!dailyOccasions && policy.occasionPeriod() != timeScale) {
            throw new IllegalArgumentException("`timeScale` must be the occasion period " + policy.occasionPeriod()
                    + " when that is coarser than a day, but was " + timeScale);
        }
        origin = observation.start().or(log::firstDate).orElse(observation.end());
        calibration = new Occasions(log, timeScale, policy, origin);
        holdout = new Occasions(log, timeScale, policy, origin);
    }

    CustomerBase summarise() {
        int customers = log.customerCount();
        CustomerRows byCustomer = CustomerRows.of(log);
        Output output = new Output(customers);
        for (int c = 0; c < customers; c++) {
            summariseCustomer(byCustomer.rows, byCustomer.starts[c], byCustomer.starts[c + 1], output);
        }
        return new CustomerBase(output.columns(customers));
    }

    private void summariseCustomer(int[] sorted, int from, int to, Output output) {
        int first = from;
        while (first < to && log.epochDay(sorted[first]) < startDay) {
            first++;
        }
        int afterEnd = first;
        while (afterEnd < to && log.epochDay(sorted[afterEnd]) <= endDay) {
            afterEnd++;
        }
        int afterHoldout = afterEnd;
        while (afterHoldout < to && log.epochDay(sorted[afterHoldout]) <= holdoutEndDay) {
            afterHoldout++;
        }
        rowsBeforeStart += first - from;
        rowsAfterEnd += to - afterEnd;
        calibration.form(sorted, first, afterEnd);
        if (calibration.count == 0) {
            return;
        }
        if (first > from) {
            truncatedCustomers++;
        }
        occasionCount += calibration.count;
        output.add(sorted[afterEnd - 1]);
        if (observation.holdoutEnd().isPresent()) {
            holdout.form(sorted, afterEnd, afterHoldout);
            output.addHoldout();
        }
        output.customers++;
    }

    /** The columns while they are filled; as long as the log has customers, cut when all are in. */
    private final class Output {
        private final String[] ids;
        private final int[] frequency;
        private final double[] monetaryValue;
        private final int[] recencySteps;
        private final int[] ageSteps;
        private final double[] recency;
        private final double[] age;
        private final int[] repeatStarts;
        /** As long as the log has rows, cut when all are in. */
        private final int[] repeatDays;

        private final double[] logGaps;
        private final long[] totals;
        private final long[] transactions;
        private final int[] firstDays;
        private final int[] lastDays;
        private final BigDecimal[] costs;
        private final BigDecimal[] amountsWithCost;
        private final int[] holdoutOccasions;
        private final long[] holdoutTotals;
        private final boolean gridded = !dailyOccasions || timeScale.hasDayGrid();
        private int customers;
        private int repeats;

        Output(int capacity) {
            ids = new String[capacity];
            frequency = new int[capacity];
            monetaryValue = new double[capacity];
            recencySteps = new int[gridded ? capacity : 0];
            ageSteps = new int[gridded ? capacity : 0];
            recency = new double[gridded ? 0 : capacity];
            age = new double[gridded ? 0 : capacity];
            logGaps = new double[capacity];
            repeatStarts = new int[capacity];
            repeatDays = new int[log.size()];
            totals = new long[capacity];
            transactions = new long[capacity];
            firstDays = new int[capacity];
            lastDays = new int[capacity];
            costs = new BigDecimal[log.hasCosts() ? capacity : 0];
            amountsWithCost = new BigDecimal[log.hasCosts() ? capacity : 0];
            holdoutOccasions = new int[observation.holdoutEnd().isPresent() ? capacity : 0];
            holdoutTotals = new long[holdoutOccasions.length];
        }

        void add(int lastRow) {
            int c = customers;
            int[] days = calibration.days;
            int last = calibration.count - 1;
            ids[c] = log.customerId(lastRow);
            frequency[c] = last;
            long repeat = 0;
            for (int o = 1; o <= last; o++) {
                repeat = calibration.addExact(repeat, calibration.amounts[o], lastRow);
            }
            monetaryValue[c] = last == 0 ? 0 : MoneyColumn.toDouble(repeat, log.amountScale()) / last;
            totals[c] = calibration.total;
            transactions[c] = calibration.rows;
            firstDays[c] = days[0];
            lastDays[c] = days[last];
            if (log.hasCosts()) {
                costs[c] = calibration.cost;
                amountsWithCost[c] = calibration.amountWithCost;
            }
            setTimes(c, last);
            repeatStarts[c] = repeats;
            System.arraycopy(days, 1, repeatDays, repeats, last);
            repeats += last;
            logGaps[c] = sumOfLogGaps(last);
        }

        /** Logarithms of products, of as many gaps as a double holds. */
        private double sumOfLogGaps(int last) {
            double sum = 0;
            double product = 1;
            for (int o = 1; o <= last; o++) {
                product *= gap(o);
                if (product > 1e200 || product < 1e-200) {
                    sum += Math.log(product);
                    product = 1;
                }
            }
            return sum + Math.log(product);
        }

        private double gap(int occasion) {
            if (gridded) {
                long steps = calibration.keys[occasion] - calibration.keys[occasion - 1];
                return steps / (double) (dailyOccasions ? timeScale.daysPerPeriod() : 1);
            }
            int[] days = calibration.days;
            return timeScale.between(LocalDate.ofEpochDay(days[occasion - 1]), LocalDate.ofEpochDay(days[occasion]));
        }

        private void setTimes(int c, int last) {
            long[] keys = calibration.keys;
            int[] days = calibration.days;
            if (gridded) {
                long endKey = dailyOccasions ? endDay : timeScale.periodIndex(origin, observation.end());
                recencySteps[c] = Math.toIntExact(keys[last] - keys[0]);
                ageSteps[c] = Math.toIntExact(endKey - keys[0]);
            } else {
                LocalDate firstDay = LocalDate.ofEpochDay(days[0]);
                recency[c] = timeScale.between(firstDay, LocalDate.ofEpochDay(days[last]));
                age[c] = timeScale.between(firstDay, observation.end());
            }
        }

        void addHoldout() {
            holdoutOccasions[customers] = holdout.count;
            holdoutTotals[customers] = holdout.total;
        }

        BaseColumns columns(int logCustomers) {
            int n = customers;
            BaseColumns columns = new BaseColumns(
                    timeScale, Arrays.copyOf(ids, n), Arrays.copyOf(frequency, n), Arrays.copyOf(monetaryValue, n));
            columns.currency = log.currency();
            columns.log = log;
            columns.policy = policy;
            columns.observation = observation;
            if (gridded) {
                columns.setSteps(
                        Arrays.copyOf(recencySteps, n),
                        Arrays.copyOf(ageSteps, n),
                        dailyOccasions ? timeScale.daysPerPeriod() : 1);
            } else {
                columns.recency = Arrays.copyOf(recency, n);
                columns.age = Arrays.copyOf(age, n);
            }
            columns.logGaps = Arrays.copyOf(logGaps, n);
            columns.repeatStarts = Arrays.copyOf(repeatStarts, n);
            columns.repeatDays = Arrays.copyOf(repeatDays, repeats);
            columns.moneyScale = log.amountScale();
            columns.totals = Arrays.copyOf(totals, n);
            columns.transactions = Arrays.copyOf(transactions, n);
            columns.firstDays = Arrays.copyOf(firstDays, n);
            columns.lastDays = Arrays.copyOf(lastDays, n);
            if (log.hasCosts()) {
                columns.costs = Arrays.copyOf(costs, n);
                columns.amountsWithCost = Arrays.copyOf(amountsWithCost, n);
            }
            if (observation.holdoutEnd().isPresent()) {
                columns.holdoutOccasions = Arrays.copyOf(holdoutOccasions, n);
                columns.holdoutTotals = Arrays.copyOf(holdoutTotals, n);
            }
            columns.quality = new DataQuality(
                    log.size(),
                    calibration.usedRows,
                    rowsBeforeStart,
                    rowsAfterEnd,
                    occasionCount,
                    calibration.mergedRows,
                    calibration.zeroAmounts,
                    calibration.droppedZeroAmounts,
                    calibration.refunds,
                    calibration.droppedRefunds,
                    calibration.unmatchedRefunds,
                    calibration.reversedOccasions,
                    logCustomers - n,
                    truncatedCustomers);
            return columns;
        }
    }
}
