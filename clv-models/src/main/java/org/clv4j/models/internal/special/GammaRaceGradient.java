// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * {@link GammaRace#secondFirst} with its derivatives by ρ, s and a, for one pair of shapes and many rates. The coefficients of the series
 * and of its derivatives by the shapes depend on the shapes alone: they are tables, and a value costs four Horner chains.
 *
 * <p>Not thread-safe: tables grow as needed.
 */
public final class GammaRaceGradient {

    /** Up to this argument a Horner chain of two thousand terms is still faster than panels. */
    private static final double SLOW = 0.98;

    private final double rho;
    private final double s;
    private final Series aLarger;
    private final Series bLarger;

    /**
     * Creates the function of one pair of shapes.
     *
     * @param rho ρ, shape of the first rate; finite, above 0
     * @param s shape of the second rate; finite, above 0
     */
    public GammaRaceGradient(double rho, double s) {
        this.rho = rho;
        this.s = s;
        this.aLarger = new Series(rho, rho + s + 1);
        this.bLarger = new Series(s + 1, rho + s + 1);
    }

    /**
     * Returns the shape of the first rate.
     *
     * @return ρ
     */
    public double rho() {
        return rho;
    }

    /**
     * Returns the shape of the second rate.
     *
     * @return s
     */
    public double s() {
        return s;
    }

    /**
     * Evaluates X and its derivatives.
     *
     * @param a rate of the first rate; finite, above 0
     * @param b rate of the second rate; finite, above 0
     * @param out receives X, ∂X/∂ρ, ∂X/∂s, ∂X/∂a; the derivative by b is −(a/b) ∂X/∂a
     */
    public void evaluate(double a, double b, double[] out) {
        double smaller = Math.min(a, b);
        double larger = Math.max(a, b);
        double z = (larger - smaller) / larger;
        if (z <= SLOW) {
            bySeries(a, b, z, out);
        } else {
            byPanels(a, b, (larger - smaller) / SLOW - larger, out);
        }
    }

    private void bySeries(double a, double b, double z, double[] out) {
        boolean aIsLarger = a >= b;
        Series series = aIsLarger ? aLarger : bLarger;
        series.evaluate(z);
        double total = rho + s;
        double front = s / total * (aIsLarger ? 1 : a / b);
        double value = front * series.value;
        // By the shapes: of the factor s/(ρ+s), of the numerator (ρ or s+1) and of the denominator ρ+s+1.
        double byDenominator = front * series.byDenominator;
        double byNumerator = front * series.byNumerator;
        out[0] = value;
        out[1] = -value / total + byDenominator + (aIsLarger ? byNumerator : 0);
        out[2] = value * (1 / s - 1 / total) + byDenominator + (aIsLarger ? 0 : byNumerator);
        // dz/da is b/a² for a ≥ b, where z = 1 − b/a, and −1/b else, where z = 1 − a/b and the front has a factor a/b.
        out[3] = aIsLarger ? front * series.byZ * (b / a / a) : value / a - front * series.byZ / b;
    }

    /** X = X before a later time + e^−E X at that time; the same for the derivatives. */
    private void byPanels(double a, double b, double later, double[] out) {
        double smaller = Math.min(a, b);
        double end = Math.log1p(later / smaller);
        double exponentLater = rho * Math.log1p(later / a) + s * Math.log1p(later / b);
        double value = 0;
        double byRho = 0;
        double byS = 0;
        double byA = 0;
        double v = 0;
        boolean negligible = false;
        while (v < end && !negligible) {
            double y = smaller * Math.expm1(v);
            negligible = rho * Math.log1p(y / a) + s * Math.log1p(y / b) > 60;
            double slope = (y + smaller) * (rho / (a + y) + s / (b + y));
            double width = Math.min(end - v, Math.min(1, 6 / slope));
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double node = smaller * Math.expm1(v + width * GaussLegendre.node(i));
                double logA = Math.log1p(node / a);
                double logB = Math.log1p(node / b);
                double density = width
                        * GaussLegendre.weight(i)
                        * s
                        * Math.exp(-rho * logA - s * logB)
                        * ((node + smaller) / (b + node));
                value += density;
                byRho -= density * logA;
                byS += density * (1 / s - logB);
                byA += density * rho * node / (a * (a + node));
            }
            v += width;
        }
        if (exponentLater <= 60) {
            bySeries(a + later, b + later, SLOW, out);
            double factor = Math.exp(-exponentLater);
            value += factor * out[0];
            byRho += factor * (out[1] - Math.log1p(later / a) * out[0]);
            byS += factor * (out[2] - Math.log1p(later / b) * out[0]);
            byA += factor * (out[3] + rho * later / (a * (a + later)) * out[0]);
        }
        out[0] = value;
        out[1] = byRho;
        out[2] = byS;
        out[3] = byA;
    }

    /** F(1, n; c; z) = Σ c_k z^k with its derivatives by n, c and z: four series of like-signed terms. */
    private static final class Series {
        private final double numerator;
        private final double denominator;
        /** c_{k+1} and its derivatives by n and by −c. */
        private double[] coefficient = new double[0];

        private double[] dNumerator = new double[0];
        private double[] dDenominator = new double[0];
        private double value;
        private double byNumerator;
        private double byDenominator;
        private double byZ;

        Series(double numerator, double denominator) {
            this.numerator = numerator;
            this.denominator = denominator;
        }

        void evaluate(double z) {
            // c_k ≤ 1, and the coefficients of the derivatives grow as k at the most.
            int terms = z < 1e-17 ? 1 : 1 + (int) Math.ceil(44 / -Math.log(z));
            if (coefficient.length < terms) {
                grow(Math.max(terms, 32));
            }
            double sum = 0;
            double sumNumerator = 0;
            double sumDenominator = 0;
            double sumZ = 0;
            for (int k = terms - 1; k >= 0; k--) {
                sum = sum * z + coefficient[k];
                sumZ = sumZ * z + (k + 1) * coefficient[k];
                sumNumerator = sumNumerator * z + dNumerator[k];
                sumDenominator = sumDenominator * z + dDenominator[k];
            }
            value = 1 + z * sum;
            byNumerator = z * sumNumerator;
            byDenominator = -z * sumDenominator;
            byZ = sumZ;
        }

        private void grow(int size) {
            coefficient = new double[size];
            dNumerator = new double[size];
            dDenominator = new double[size];
            double next = 1;
            double sumNumerator = 0;
            double sumDenominator = 0;
            for (int k = 0; k < size; k++) {
                next *= (numerator + k) / (denominator + k);
                sumNumerator += 1 / (numerator + k);
                sumDenominator += 1 / (denominator + k);
                coefficient[k] = next;
                dNumerator[k] = next * sumNumerator;
                dDenominator[k] = next * sumDenominator;
            }
        }
    }
}
