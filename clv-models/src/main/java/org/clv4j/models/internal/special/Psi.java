// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/** The digamma function. */
public final class Psi {

    /** From here the asymptotic series with eight terms is exact to a double. */
    private static final double ASYMPTOTIC = 10;

    /** |B_2k| / 2k for k = 1 … 8; the signs alternate. */
    private static final double[] BERNOULLI = {
        1.0 / 12, 1.0 / 120, 1.0 / 252, 1.0 / 240, 1.0 / 132, 691.0 / 32760, 1.0 / 12, 3617.0 / 8160
    };

    private Psi() {}

    /**
     * Returns ψ(x) = d ln Γ(x)/dx.
     *
     * <p>Recurrence up to 10, then the asymptotic series (Abramowitz and Stegun, 6.3.5 and 6.3.18). Absolute error below 1e-14 ×
     * max(1, 1/x).
     *
     * @param x the argument; finite, above 0
     * @return ψ(x)
     */
    public static double digamma(double x) {
        double shift = 0;
        double y = x;
        while (y < ASYMPTOTIC) {
            shift += 1 / y;
            y++;
        }
        double z = 1 / (y * y);
        double series = 0;
        for (int k = BERNOULLI.length - 1; k >= 0; k--) {
            series = z * (BERNOULLI[k] - series);
        }
        return Math.log(y) - 0.5 / y - series - shift;
    }
}
