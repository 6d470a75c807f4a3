// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Ratios of beta functions, B(a, z + t)/B(a, z): the probability of surviving from z on, which is near 1 or near 0, of parameters that may
 * be tiny or large. Relative precision of the logarithm, so that what is left of 1 is precise too.
 */
public final class BetaRatio {

    /** From here on the asymptotic series below are exact to a double. */
    private static final double ASYMPTOTIC = 16;

    private BetaRatio() {}

    /**
     * Returns ln [B(a, z + t)/B(a, z)].
     *
     * <p>Recurrence in z up to 16, then Stirling's formula. The second difference of x ln x that it has is written as
     * a ln(1 + t/(z+a)) + t ln(1 + a/(z+t)) − z ln(1 + at/(z(z+a+t))), of which the last is at most half of the others, so that no digits
     * are lost.
     *
     * @param a a shape; finite, above 0
     * @param z the other shape; finite, above 0
     * @param t what is added to it; finite, at least 0
     * @return the logarithm, at most 0; relative error about 1e-15
     */
    public static double log(double a, double z, double t) {
        double log = 0;
        double x = z;
        while (x < ASYMPTOTIC) {
            double leaves = a / (x + a) * (t / (x + t));
            log += leaves <= 0.5 ? Math.log1p(-leaves) : Math.log(x / (x + a) * ((x + a + t) / (x + t)));
            x++;
        }
        double end = x + a + t;
        double product = a / end * (t / x);
        double information = a * Math.log1p(t / (x + a)) + t * Math.log1p(a / (x + t)) - x * Math.log1p(product);
        double twelfth = product * ((x + end) / (x + a)) / (x + t);
        return log
                - information
                - 0.5 * Math.log1p(product)
                - twelfth / 12
                + (stirlingRest(x + t) - stirlingRest(x))
                - (stirlingRest(end) - stirlingRest(x + a));
    }

    /** ln Γ(x) less Stirling's formula and 1/(12x). */
    private static double stirlingRest(double x) {
        double y = 1 / (x * x);
        return y / x * (-1.0 / 360 + y * (1.0 / 1260 + y * (-1.0 / 1680 + y * (1.0 / 1188 - y * (691.0 / 360360)))));
    }

    /**
     * Returns ψ(x + t) − ψ(x).
     *
     * @param x the argument; finite, above 0
     * @param t what is added to it; finite, at least 0
     * @return the difference, at least 0; relative error about 1e-15
     */
    public static double digammaDifference(double x, double t) {
        double sum = 0;
        double y = x;
        while (y < ASYMPTOTIC) {
            sum += t / (y + t) / y;
            y++;
        }
        return sum + Math.log1p(t / y) + 0.5 * (t / (y + t)) / y + (digammaRest(y) - digammaRest(y + t));
    }

    /** ln x − 1/(2x) − ψ(x). */
    private static double digammaRest(double x) {
        double y = 1 / (x * x);
        return y
                * (1.0 / 12
                        + y
                                * (-1.0 / 120
                                        + y * (1.0 / 252 + y * (-1.0 / 240 + y * (1.0 / 132 - y * (691.0 / 32760))))));
    }
}
