// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;

/**
 * Who was referred by whom among the customers of a base. Everybody has at most one referrer, the first, so that the customers form trees.
 * Immutable and thread-safe.
 */
public final class ReferralForest {

    private static final int NOBODY = -1;

    private final CustomerBase base;
    /** The row of the referrer. */
    private final int[] referrers;
    /** All rows, each before that of its referrer. */
    private final int[] leavesFirst;

    private final int referred;
    private final int outside;

    private ReferralForest(CustomerBase base) {
        this.base = base;
        int size = base.size();
        referrers = new int[size];
        int inside = 0;
        int elsewhere = 0;
        int[] waitingFor = new int[size];
        for (int row = 0; row < size; row++) {
            String referrer = base.referrer(row).orElse(null);
            referrers[row] = referrer == null ? NOBODY : base.indexOf(referrer);
            if (referrers[row] != NOBODY) {
                inside++;
                waitingFor[referrers[row]]++;
            } else if (referrer != null) {
                elsewhere++;
            }
        }
        referred = inside;
        outside = elsewhere;
        leavesFirst = leavesFirst(waitingFor);
    }

    private int[] leavesFirst(int[] waitingFor) {
        int[] order = new int[referrers.length];
        int found = 0;
        for (int row = 0; row < order.length; row++) {
            if (waitingFor[row] == 0) {
                order[found++] = row;
            }
        }
        for (int next = 0; next < found; next++) {
            int referrer = referrers[order[next]];
            if (referrer != NOBODY && --waitingFor[referrer] == 0) {
                order[found++] = referrer;
            }
        }
        if (found < order.length) {
            throw new DataException("referrers must not go round in a circle, but do: " + circle(waitingFor));
        }
        return order;
    }

    private String circle(int[] waitingFor) {
        int start = 0;
        while (waitingFor[start] == 0) {
            start++;
        }
        // Whoever still waits leads into a circle, by as many steps as there are customers at the most.
        for (int i = 0; i < referrers.length; i++) {
            start = referrers[start];
        }
        StringBuilder text = new StringBuilder(base.id(start));
        int row = start;
        int shown = 0;
        do {
            row = referrers[row];
            text.append(" was referred by ").append(shown++ < 5 ? base.id(row) : "…");
        } while (row != start && shown <= 5);
        return text.toString();
    }

    /**
     * Finds who was referred by whom.
     *
     * @param base the customers, with their {@linkplain CustomerBase#referrer referrers}
     * @return the forest
     * @throws DataException if customers referred each other in a circle, or one referred herself; the message names them
     */
    public static ReferralForest of(CustomerBase base) {
        return new ReferralForest(base);
    }

    /**
     * Returns the number of customers whose referrer is in the base.
     *
     * @return how many rows
     */
    public int referred() {
        return referred;
    }

    /**
     * Returns the number of customers whose referrer is known but not in the base: nobody gets a part of their value.
     *
     * @return how many rows
     */
    public int referredFromOutside() {
        return outside;
    }

    /**
     * Attributes amounts to those who referred: everybody passes a share of her own amount, and of what was passed to her, on to her
     * referrer, and keeps the rest. Amounts are rounded to six decimals once; from there on nothing is lost, so that the total stays the
     * same to the last digit.
     *
     * @param amounts one a row of the base, each for the whole weight of the row, as {@code values.currentValue(row)}; finite
     * @param share the share that is passed on; in [0, 1]
     * @return what everybody has then
     * @throws IllegalArgumentException if there is not one finite amount a row, or the share is out of its range
     */
    public ReferralAttribution attribute(double[] amounts, double share) {
        if (amounts.length != referrers.length) {
            throw new IllegalArgumentException(
                    "`amounts` must be " + referrers.length + " values, one a customer, but were " + amounts.length);
        }
        StatementChecks.share(share, "share");
        BigDecimal[] own = new BigDecimal[amounts.length];
        for (int row = 0; row < amounts.length; row++) {
            if (!Double.isFinite(amounts[row])) {
                throw new IllegalArgumentException(
                        "`amounts` must be finite, but had " + amounts[row] + " (customer " + base.id(row) + ")");
            }
            own[row] = new BigDecimal(amounts[row]).setScale(ExactSum.SCALE, RoundingMode.HALF_EVEN);
        }
        BigDecimal part = new BigDecimal(share);
        BigDecimal[] received = new BigDecimal[own.length];
        Arrays.fill(received, BigDecimal.ZERO.setScale(ExactSum.SCALE));
        BigDecimal[] passed = received.clone();
        for (int row : leavesFirst) {
            int referrer = referrers[row];
            if (referrer != NOBODY) {
                passed[row] =
                        own[row].add(received[row]).multiply(part).setScale(ExactSum.SCALE, RoundingMode.HALF_EVEN);
                received[referrer] = received[referrer].add(passed[row]);
            }
        }
        return new ReferralAttribution(share, own, received, passed);
    }
}
