// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.DataPolicy.ZeroAmounts;

/**
 * Forms the purchase occasions of one customer after the other: rows of a day or period put together, zero amounts kept or dropped, refunds
 * netted. Counts what each rule touched.
 */
final class Occasions {

    private final TransactionLog log;
    private final TimeScale timeScale;
    private final DataPolicy policy;
    private final LocalDate origin;
    private final boolean daily;

    // Counts over all customers, for DataQuality.
    long usedRows;
    long mergedRows;
    long zeroAmounts;
    long droppedZeroAmounts;
    long refunds;
    long droppedRefunds;
    long unmatchedRefunds;
    long reversedOccasions;

    // The occasions of the customer at hand: period key, first day, remaining amount.
    long[] keys = new long[64];
    int[] days = new int[64];
    long[] amounts = new long[64];
    int count;
    long total;
    long rows;
    long rowsWithCost;
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal amountWithCost = BigDecimal.ZERO;

    /** Periods coarser than a day count from the origin. */
    Occasions(TransactionLog log, TimeScale timeScale, DataPolicy policy, LocalDate origin) {
        this.log = log;
        this.timeScale = timeScale;
        this.policy = policy;
        this.origin = origin;
        daily = policy.occasionPeriod() == TimeScale.DAYS;
    }

    void form(int[] sorted, int from, int to) {
        count = 0;
        total = 0;
        rows = 0;
        rowsWithCost = 0;
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
                    refunds++;
                    if (policy.refunds() == Refunds.ERROR) {
                        throw new DataException("`amount` of " + log.describe(row)
                                + " must not be negative, but was " + log.amount(row)
                                + "; say what to do with refunds: net them against purchases, or drop them");
                    }
                    if (policy.refunds() == Refunds.DROP) {
                        droppedRefunds++;
                        continue;
                    }
                    refunded = subtractExact(refunded, amount, row);
                    refundRows++;
                } else {
                    if (amount == 0) {
                        zeroAmounts++;
                        if (policy.zeroAmounts() == ZeroAmounts.DROP) {
                            droppedZeroAmounts++;
                            continue;
                        }
                    }
                    purchased = addExact(purchased, amount, row);
                    purchases++;
                }
                addTotals(row, amount);
            }
            if (purchases > 0) {
                addPurchases(sorted[i - 1], purchased, purchases);
            }
            if (refunded > 0) {
                net(refunded, refundRows);
            }
        }
        usedRows += rows;
    }

    /** Whether the policy counts a row at all. */
    boolean counts(int row) {
        return log.unscaledAmount(row) < 0 ? policy.refunds() == Refunds.NET : isPurchase(row);
    }

    /** Whether the policy takes a row for a purchase. */
    boolean isPurchase(int row) {
        long amount = log.unscaledAmount(row);
        return amount > 0 || (amount == 0 && policy.zeroAmounts() == ZeroAmounts.KEEP);
    }

    private void addTotals(int row, long amount) {
        total = addExact(total, amount, row);
        rows++;
        BigDecimal rowCost = log.hasCosts() ? log.costOrNull(row) : null;
        if (rowCost != null) {
            cost = cost.add(rowCost);
            rowsWithCost++;
            amountWithCost = amountWithCost.add(log.amount(row));
        }
    }

    private void addPurchases(int row, long purchased, int purchases) {
        int day = log.epochDay(row);
        long key = daily ? day : timeScale.periodIndex(origin, LocalDate.ofEpochDay(day));
        boolean sameOccasion = count > 0 && keys[count - 1] == key;
        if (sameOccasion) {
            amounts[count - 1] = addExact(amounts[count - 1], purchased, row);
        } else {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, count * 2);
                days = Arrays.copyOf(days, count * 2);
                amounts = Arrays.copyOf(amounts, count * 2);
            }
            keys[count] = key;
            days[count] = day;
            amounts[count] = purchased;
            count++;
        }
        mergedRows += purchases - (sameOccasion ? 0 : 1);
    }

    /** Takes a refund off the latest occasions that still have an amount; those that reach zero are no occasions. */
    private void net(long refunded, int refundRows) {
        long open = refunded;
        for (int o = count - 1; o >= 0 && open > 0; o--) {
            if (amounts[o] == 0) {
                continue;
            }
            long taken = Math.min(open, amounts[o]);
            amounts[o] -= taken;
            open -= taken;
            if (amounts[o] == 0) {
                remove(o);
                reversedOccasions++;
            }
        }
        unmatchedRefunds += open > 0 ? refundRows : 0;
    }

    private void remove(int occasion) {
        int moved = count - occasion - 1;
        System.arraycopy(keys, occasion + 1, keys, occasion, moved);
        System.arraycopy(days, occasion + 1, days, occasion, moved);
        System.arraycopy(amounts, occasion + 1, amounts, occasion, moved);
        count--;
    }

    long addExact(long sum, long amount, int row) {
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
}
