// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * A lifetime that is exponential of a gamma-distributed rate: alive at y with probability (1 + y/b)<sup>−s</sup>. Integrals of that
 * survival, in units of b.
 */
public final class ParetoLife {

    private ParetoLife() {}

    /**
     * Returns 1/b ∫₀ᵗ (1 + y/b)<sup>−s</sup> dy, regular at s = 1.
     *
     * @param s the shape; finite, above 0
     * @param growth t/b; finite, at least 0
     * @return the integral
     */
    public static double within(double s, double growth) {
        // log and exp are faster, and as exact where nothing is lost by adding or subtracting 1.
        double logGrowth = growth > 0.5 ? Math.log(1 + growth) : Math.log1p(growth);
        double q = s - 1;
        double exponent = -q * logGrowth;
        // −(e^{−qL} − 1)/q, regular at q = 0.
        double change = Math.abs(exponent) > 0.5 ? Math.exp(exponent) - 1 : Math.expm1(exponent);
        return exponent == 0 ? logGrowth : change / exponent * logGrowth;
    }

    /**
     * Returns 1/b ∫₀ᵗ e<sup>−δy</sup> (1 + y/b)<sup>−s</sup> dy, by panels in ln(1 + y/b).
     *
     * @param s the shape; finite, above 0
     * @param b the rate; finite, above 0
     * @param t the time; finite, at least 0
     * @param delta δ; finite, above 0
     * @return the integral
     */
    public static double discountedWithin(double s, double b, double t, double delta) {
        double end = Math.log1p(t / b);
        double sum = 0;
        double v = 0;
        while (v < end) {
            double y = b * Math.expm1(v);
            // What is left is negligible beside the first panel, by the discount or by the survival.
            if (delta * y > 60 || (s - 1) * v > 60) {
                break;
            }
            double slope = s + delta * (b + y);
            double width = Math.min(end - v, Math.min(1, 6 / slope));
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double node = v + width * GaussLegendre.node(i);
                sum += width * GaussLegendre.weight(i) * Math.exp((1 - s) * node - delta * b * Math.expm1(node));
            }
            v += width;
        }
        return sum;
    }
}
