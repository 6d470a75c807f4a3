// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Rising factorials (a)_n = Γ(a + n)/Γ(a) and their derivatives as sums of like-signed terms: no difference of large log-gammas
 * where n is small.
 */
public final class Rising {

    /** Above this many factors the gamma function is cheaper, and as exact. */
    public static final int DIRECT = 128;

    private Rising() {}

    /**
     * Returns ln (a)_n = ln Γ(a + n) − ln Γ(a).
     *
     * @param a the start; finite, above 0
     * @param n the number of factors, at least 0
     * @return the logarithm
     */
    public static double log(double a, int n) {
        return n > DIRECT ? LogGamma.value(a + n) - LogGamma.value(a) : logProduct(a, 0, n);
    }

    /**
     * Returns ln of (a + from) … (a + to − 1).
     *
     * @param a the start; finite, above 0
     * @param from the first factor
     * @param to the factor after the last
     * @return the logarithm
     */
    public static double log(double a, int from, int to) {
        return to - from > DIRECT ? LogGamma.value(a + to) - LogGamma.value(a + from) : logProduct(a, from, to);
    }

    private static double logProduct(double a, int from, int to) {
        double log = 0;
        double product = 1;
        for (int i = from; i < to; i++) {
            product *= a + i;
            if (product > 1e150 || product < 1e-150) {
                log += Math.log(product);
                product = 1;
            }
        }
        return log + Math.log(product);
    }

    /**
     * Returns the derivative of {@link #log(double, int, int)} by a: Σ 1/(a + i) for i in [from, to).
     *
     * @param a the start; finite, above 0
     * @param from the first term
     * @param to the term after the last
     * @return the sum
     */
    public static double reciprocals(double a, int from, int to) {
        if (to - from > DIRECT) {
            return Psi.digamma(a + to) - Psi.digamma(a + from);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += 1 / (a + i);
        }
        return sum;
    }
}
