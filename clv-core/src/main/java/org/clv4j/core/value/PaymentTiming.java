// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.value;

import java.util.Locale;

/**
 * When a contractual customer pays: which payments a value counts, and when within its period each one falls. The same contract
 * is worth several payments more or less by this choice, so it is always stated.
 *
 * <p>Let S(t) be the probability that the customer renews at least t times from now, S(0) = 1, and d the discount rate of a
 * period. A payment of 1 a period is worth
 *
 * <pre>
 * Σ_{t ≥ firstPeriod} S(t) (1 + d)^−(t + delay)
 * </pre>
 *
 * <p>With a constant retention rate r, S(t) = r^t, a margin of m is worth:
 *
 * <table>
 * <caption>Value under a constant retention rate</caption>
 * <tr><th>timing</th><th>first period</th><th>delay</th><th>value</th></tr>
 * <tr><td>{@link #BEGIN}</td><td>0</td><td>0</td><td>m (1 + d)/(1 + d − r)</td></tr>
 * <tr><td>{@link #RESIDUAL}</td><td>1</td><td>0</td><td>m r/(1 + d − r)</td></tr>
 * <tr><td>{@link #MID}</td><td>0</td><td>½</td><td>m (1 + d)^½/(1 + d − r)</td></tr>
 * <tr><td>{@link #END}</td><td>0</td><td>1</td><td>m/(1 + d − r)</td></tr>
 * </table>
 *
 * <p>{@link CashFlowTiming} is another matter: it says when the purchases of a customer without a contract pay.
 */
public enum PaymentTiming {
    /** Each period is paid at its beginning, and the payment that is due now counts. */
    BEGIN(0, 0),
    /** Each period is paid at its beginning, and the customer has just paid: the next payment follows a renewal, in one period. */
    RESIDUAL(1, 0),
    /** Each period is paid at its middle, the present one in half a period. */
    MID(0, 0.5),
    /** Each period is paid at its end, the present one in a whole period. */
    END(0, 1);

    private final int firstPeriod;
    private final double delay;

    PaymentTiming(int firstPeriod, double delay) {
        this.firstPeriod = firstPeriod;
        this.delay = delay;
    }

    /**
     * Parses {@code begin}, {@code residual}, {@code mid} or {@code end}, in any case.
     *
     * @param text the name
     * @return the timing
     * @throws IllegalArgumentException if the text names none
     */
    public static PaymentTiming parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        for (PaymentTiming timing : values()) {
            if (timing.name().equals(name)) {
                return timing;
            }
        }
        throw new IllegalArgumentException("`timing` must be begin, residual, mid or end, but was '" + text + "'");
    }

    /**
     * Returns the first period t whose payment counts.
     *
     * @return 0 for the period that begins now, 1 for the one after the next renewal
     */
    public int firstPeriod() {
        return firstPeriod;
    }

    /**
     * Returns how long after the beginning of its period a payment falls.
     *
     * @return the part of a period, in [0, 1]
     */
    public double delay() {
        return delay;
    }

    /** Returns the name as {@code begin}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
