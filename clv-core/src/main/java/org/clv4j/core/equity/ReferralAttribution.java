// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;

/**
 * What customers have after each passed a share on to who referred her. Made by {@link ReferralForest#attribute}. Immutable and
 * thread-safe.
 */
public final class ReferralAttribution {

    private final double share;
    private final BigDecimal[] own;
    private final BigDecimal[] received;
    private final BigDecimal[] passed;

    ReferralAttribution(double share, BigDecimal[] own, BigDecimal[] received, BigDecimal[] passed) {
        this.share = share;
        this.own = own;
        this.received = received;
        this.passed = passed;
    }

    /**
     * Returns the share that was passed on.
     *
     * @return the share, in [0, 1]
     */
    public double share() {
        return share;
    }

    /**
     * Returns a customer's own amount.
     *
     * @param row the row of the base, from 0
     * @return the amount before anything was passed on
     */
    public BigDecimal own(int row) {
        return own[row];
    }

    /**
     * Returns what a customer got from those whom she referred.
     *
     * @param row the row of the base, from 0
     * @return the sum of what they passed on
     */
    public BigDecimal received(int row) {
        return received[row];
    }

    /**
     * Returns what a customer passed on to who referred her.
     *
     * @param row the row of the base, from 0
     * @return the share of own and received; 0 without a referrer in the base
     */
    public BigDecimal passed(int row) {
        return passed[row];
    }

    /**
     * Returns what a customer has then.
     *
     * @param row the row of the base, from 0
     * @return own + received − passed
     */
    public BigDecimal attributed(int row) {
        return own[row].add(received[row]).subtract(passed[row]);
    }

    /**
     * Returns the total, which attribution does not change.
     *
     * @return Σ own = Σ attributed
     */
    public BigDecimal total() {
        BigDecimal total = BigDecimal.ZERO.setScale(ExactSum.SCALE);
        for (BigDecimal amount : own) {
            total = total.add(amount);
        }
        return total;
    }
}
