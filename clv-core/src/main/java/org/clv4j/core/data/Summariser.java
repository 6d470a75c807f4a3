// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.DataPolicy.ZeroAmounts;

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
    private long usedRows;
    private long rowsBeforeStart;
    private long rowsAfterEnd;
    private long occasionCount;
    private long mergedRows;
    private long zeroAmounts;
    private long droppedZeroAmounts;
    private long refunds;
    private long droppedRefunds;
    private long unmatchedRefunds;
    private long reversedOccasions;
    private long truncatedCustomers;

    // The occasions of the customer at hand: period key, first day, remaining amount.
    private long[] keys = new long[64];
    private int[] days = new int[64];
    private long[] amounts = new long[64];
    private int occasions;
    private long total;
    private long rows;
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal amountWithCost = BigDecimal.ZERO;

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
    }

    CustomerBase summarise() {
        int customers = log.customerCount();
        int[] starts = new int[customers + 1];
        for (int row = 0; row < log.size(); row++) {
            starts[log.customerIndex(row) + 1]++;
        }
        for (int c = 0; c < customers; c++) {
            starts[c + 1] += starts[c];
        }
        int[] next = Arrays.copyOf(starts, customers);
        int[] byCustomer = new int[log.size()];
        for (int row = 0; row < log.size(); row++) {
            byCustomer[next[log.customerIndex(row)]++] = row;
        }
        Output output = new Output(customers);
        for (int c = 0; c < customers; c++) {
            sortByDay(byCustomer, starts[c], starts[c + 1]);
            summariseCustomer(byCustomer, starts[c], starts[c + 1], output);
        }
        return new CustomerBase(output.columns(customers));
    }

    /** Rows mostly come in the order of days already; then this is one pass. */
    private void sortByDay(int[] rowsOfCustomer, int from, int to) {
        boolean sorted = true;
        for (int i = from + 1; i < to && sorted; i++) {
            sorted = log.epochDay(rowsOfCustomer[i - 1]) <= log.epochDay(rowsOfCustomer[i]);
        }
        if (sorted) {
            return;
        }
        long[] dayAndRow = new long[to - from];
        for (int i = from; i < to; i++) {
            dayAndRow[i - from] = (long) log.epochDay(rowsOfCustomer[i]) << 32 | rowsOfCustomer[i];
        }
        Arrays.sort(dayAndRow);
        for (int i = from; i < to; i++) {
            rowsOfCustomer[i] = (int) dayAndRow[i - from];
        }
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
        formOccasions(sorted, first, afterEnd, true);
        if (occasions == 0) {
            return;
        }
        if (first > from) {
            truncatedCustomers++;
        }
        occasionCount += occasions;
        output.add(sorted[afterEnd - 1]);
        if (observation.holdoutEnd().isPresent()) {
            formOccasions(sorted, afterEnd, afterHoldout, false);
            output.addHoldout();
        }
        output.customers++;
    }

    private void formOccasions(int[] sorted, int from, int to, boolean calibration) {
        occasions = 0;
        total = 0;
        rows = 0;
        cost = BigDecimal.ZERO;
        amountWithCost = BigDecimal.ZERO;
        int i = from;
        while (i < to) {
            int day = log.epochDay(sorted[i]);
            long purchased = 0;
            long refunded = 0;
            int purchases = 0;
            int refundRows = 0;
            for (; i < to && log.epochDay(sorted[i]) == day; i++) {
                int row = sorted[i];
                long amount = log.unscaledAmount(row);
                if (amount < 0) {
                    refunds += calibration ? 1 : 0;
                    if (policy.refunds() == Refunds.ERROR) {
                        throw new DataException("`amount` of " + log.describe(row)
                                + " must not be negative, but was " + log.amount(row)
                                + "; say what to do with refunds: net them against purchases, or drop them");
                    }
                    if (policy.refunds() == Refunds.DROP) {
                        droppedRefunds += calibration ? 1 : 0;
                        continue;
                    }
                    refunded = subtractExact(refunded, amount, row);
                    refundRows++;
                } else {
                    if (amount == 0) {
                        zeroAmounts += calibration ? 1 : 0;
                        if (policy.zeroAmounts() == ZeroAmounts.DROP) {
                            droppedZeroAmounts += calibration ? 1 : 0;
                            continue;
                        }
                    }
                    purchased = addExact(purchased, amount, row);
                    purchases++;
                }
                addTotals(row, amount);
            }
            if (purchases > 0) {
                addPurchases(sorted[i - 1], purchased, purchases, calibration);
            }
            if (refunded > 0) {
                net(refunded, refundRows, calibration);
            }
        }
        usedRows += calibration ? rows : 0;
    }

    private void addTotals(int row, long amount) {
        total = addExact(total, amount, row);
        rows++;
        BigDecimal rowCost = log.hasCosts() ? log.costOrNull(row) : null;
        if (rowCost != null) {
            cost = cost.add(rowCost);
            amountWithCost = amountWithCost.add(log.amount(row));
        }
    }

    private void addPurchases(int row, long purchased, int purchases, boolean calibration) {
        int day = log.epochDay(row);
        long key = dailyOccasions ? day : timeScale.periodIndex(origin, LocalDate.ofEpochDay(day));
        boolean sameOccasion = occasions > 0 && keys[occasions - 1] == key;
        if (sameOccasion) {
            amounts[occasions - 1] = addExact(amounts[occasions - 1], purchased, row);
        } else {
            if (occasions == keys.length) {
                keys = Arrays.copyOf(keys, occasions * 2);
                days = Arrays.copyOf(days, occasions * 2);
                amounts = Arrays.copyOf(amounts, occasions * 2);
            }
            keys[occasions] = key;
            days[occasions] = day;
            amounts[occasions] = purchased;
            occasions++;
        }
        mergedRows += calibration ? purchases - (sameOccasion ? 0 : 1) : 0;
    }

    /** Takes a refund off the latest occasions that still have an amount; those that reach zero are no occasions. */
    private void net(long refunded, int refundRows, boolean calibration) {
        long open = refunded;
        for (int o = occasions - 1; o >= 0 && open > 0; o--) {
            if (amounts[o] == 0) {
                continue;
            }
            long taken = Math.min(open, amounts[o]);
            amounts[o] -= taken;
            open -= taken;
            if (amounts[o] == 0) {
                remove(o);
                reversedOccasions += calibration ? 1 : 0;
            }
        }
        unmatchedRefunds += calibration && open > 0 ? refundRows : 0;
    }

    private void remove(int occasion) {
        int moved = occasions - occasion - 1;
        System.arraycopy(keys, occasion + 1, keys, occasion, moved);
        System.arraycopy(days, occasion + 1, days, occasion, moved);
        System.arraycopy(amounts, occasion + 1, amounts, occasion, moved);
        occasions--;
    }

    private long addExact(long sum, long amount, int row) {
        try {
            return Math.addExact(sum, amount);
        } catch (ArithmeticException e) {
            throw new DataException(
                    "the amounts up to " + log.describe(row) + " exceed what an exact total can hold", e);
        }
    }

    private long subtractExact(long sum, long amount, int row) {
        return addExact(sum, Math.negateExact(amount), row);
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
            int last = occasions - 1;
            ids[c] = log.customerId(lastRow);
            frequency[c] = last;
            long repeat = 0;
            for (int o = 1; o <= last; o++) {
                repeat = addExact(repeat, amounts[o], lastRow);
            }
            monetaryValue[c] = last == 0 ? 0 : MoneyColumn.toDouble(repeat, log.amountScale()) / last;
            totals[c] = total;
            transactions[c] = rows;
            firstDays[c] = days[0];
            lastDays[c] = days[last];
            if (log.hasCosts()) {
                costs[c] = cost;
                amountsWithCost[c] = amountWithCost;
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
                long steps = keys[occasion] - keys[occasion - 1];
                return steps / (double) (dailyOccasions ? timeScale.daysPerPeriod() : 1);
            }
            return timeScale.between(LocalDate.ofEpochDay(days[occasion - 1]), LocalDate.ofEpochDay(days[occasion]));
        }

        private void setTimes(int c, int last) {
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
            holdoutOccasions[customers] = occasions;
            holdoutTotals[customers] = total;
        }

        BaseColumns columns(int logCustomers) {
            int n = customers;
            BaseColumns columns = new BaseColumns(
                    timeScale, Arrays.copyOf(ids, n), Arrays.copyOf(frequency, n), Arrays.copyOf(monetaryValue, n));
            columns.currency = log.currency();
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
                    usedRows,
                    rowsBeforeStart,
                    rowsAfterEnd,
                    occasionCount,
                    mergedRows,
                    zeroAmounts,
                    droppedZeroAmounts,
                    refunds,
                    droppedRefunds,
                    unmatchedRefunds,
                    reversedOccasions,
                    logCustomers - n,
                    truncatedCustomers);
            return columns;
        }
    }
}
