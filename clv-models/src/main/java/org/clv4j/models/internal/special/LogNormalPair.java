// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import org.apache.commons.math3.special.Gamma;

/**
 * Integrals over two rates λ and μ whose logarithms (u, v) are jointly normal: of λ<sup>k</sup> μ<sup>l</sup> e<sup>−aλ − bμ</sup> R(λ, μ)
 * with a factor R of {@link Factor}.
 *
 * <p>Every integrand is log-concave in (u, v): e<sup>u</sup> and e<sup>v</sup> are convex, and R is an integral over y of e<sup>−y(λ + μ)</sup>
 * times a power of y, which is jointly log-concave in (u, v, ln y). So there is one mode, found by Newton's method, and from it every
 * line falls off. The integral is a sum over a lattice about the mode, spaced by the curvature there: the trapezoidal rule, whose error for
 * such analytic integrands falls exponentially with the spacing. The lattice is sheared by the regression of v on u, so that the normal
 * density is a product; all terms are positive.
 */
public final class LogNormalPair {

    /**
     * How exact sums are.
     *
     * @param spacing of the lattice, in units of a standard deviation
     * @param turn the curvature in u that e^(−e^u) has beside its mode: its Fourier transform falls no faster
     * @param reach so many deviations hold all that matters of a normal density
     * @param negligible what is left of a line, or of the lines
     */
    private record Accuracy(double spacing, double turn, double reach, double negligible) {
        /** To a double's precision. */
        static final Accuracy FULL = new Accuracy(0.7, 4, 9.2, 1e-17);
        /** To seven digits or so. */
        static final Accuracy ROUGH = new Accuracy(1.0, 2.5, 6, 1e-8);
    }

    private static final int MAX_NEWTON = 100;
    /** The square of a Newton step in standard deviations; the mode is only where to look. */
    private static final double NEAR = 1e-8;

    private static final double LARGEST_EXPONENT = 700;
    /** From here on φ is a power of its argument. */
    private static final double HUGE = 1e200;
    /** Several events in less time would have rates that no double holds. */
    private static final double SHORTEST = 1e-100;

    private final double meanU;
    private final double meanV;
    private final double varianceU;
    private final double varianceV;
    private final double covariance;
    /** The regression of v on u, and the precision of what is left. */
    private final double slope;

    private final double precisionW;

    private final Accuracy accuracy;

    private LogNormalPair(
            double meanU, double meanV, double varianceU, double varianceV, double covariance, Accuracy accuracy) {
        this.accuracy = accuracy;
        this.meanU = meanU;
        this.meanV = meanV;
        this.varianceU = varianceU;
        this.varianceV = varianceV;
        this.covariance = covariance;
        this.slope = covariance / varianceU;
        this.precisionW = 1 / (varianceV - slope * covariance);
    }

    /**
     * Creates a distribution.
     *
     * @param meanU mean of u = ln λ
     * @param meanV mean of v = ln μ
     * @param varianceU variance of u; above 0
     * @param varianceV variance of v; above 0
     * @param covariance covariance; its square below the product of the variances
     * @return the distribution
     */
    public static LogNormalPair of(double meanU, double meanV, double varianceU, double varianceV, double covariance) {
        return new LogNormalPair(meanU, meanV, varianceU, varianceV, covariance, Accuracy.FULL);
    }

    /**
     * Returns a copy whose integrals are good to seven digits and cost a fraction; for chains, which have no more digits than that.
     *
     * @return the copy
     */
    public LogNormalPair rough() {
        return new LogNormalPair(meanU, meanV, varianceU, varianceV, covariance, Accuracy.ROUGH);
    }

    /**
     * A factor R of an integrand: 1, or φ<sub>n</sub>((ελ + μ + δ)t) with φ<sub>n</sub>(z) = (n+1) ∫ y<sup>n</sup> e<sup>−zy</sup> dy over
     * (0, 1), or 1/(ελ + μ + δ).
     */
    public static final class Factor {

        private static final Factor ONE = new Factor(-1, 0, false, 0);

        /** Of φ₀ about 0, without signs. */
        private static final double[] TAYLOR = {
            1, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800
        };

        private final int order;
        private final double time;
        private final boolean both;
        private final double delta;
        private final double logFactorial;

        private Factor(int order, double time, boolean both, double delta) {
            this.order = order;
            this.time = time;
            this.both = both;
            this.delta = delta;
            this.logFactorial = order > 0 ? Gamma.logGamma(order + 2.0) : 0;
        }

        /**
         * Returns the factor 1.
         *
         * @return the factor
         */
        public static Factor one() {
            return ONE;
        }

        /**
         * Returns φ<sub>n</sub>((λ + μ)t).
         *
         * @param order n, at least 0
         * @param time t, at least 0
         * @return the factor
         */
        public static Factor ofBoth(int order, double time) {
            return new Factor(order, time, true, 0);
        }

        /**
         * Returns φ<sub>0</sub>((μ + δ)t).
         *
         * @param time t, at least 0
         * @param delta δ, at least 0
         * @return the factor
         */
        public static Factor ofDropout(double time, double delta) {
            return new Factor(0, time, false, delta);
        }

        /**
         * Returns 1/(λ + μ).
         *
         * @return the factor
         */
        public static Factor inverseOfBoth() {
            return new Factor(0, Double.POSITIVE_INFINITY, true, 0);
        }

        /**
         * Returns 1/(μ + δ).
         *
         * @param delta δ, at least 0
         * @return the factor
         */
        public static Factor inverseOfDropout(double delta) {
            return new Factor(0, Double.POSITIVE_INFINITY, false, delta);
        }

        boolean isOne() {
            return order < 0 || time == 0;
        }

        boolean isInverse() {
            return time == Double.POSITIVE_INFINITY;
        }

        /** ln(ελ + μ + δ). */
        private double logSum(double u, double v) {
            double sum = both ? logPlus(u, v) : v;
            return delta > 0 ? logPlus(sum, Math.log(delta)) : sum;
        }

        /** ln R given ln(ελ + μ + δ). */
        private double log(double logSum) {
            if (isInverse()) {
                return -logSum;
            }
            double logZ = logSum + Math.log(time);
            // So far out φ is (n+1)! z^−(n+1), also where z is no double.
            return logZ > Math.log(HUGE) ? logFactorial - (order + 1) * logZ : logPhi(Math.exp(logZ));
        }

        /** ln φ. */
        double logPhi(double z) {
            if (order == 0) {
                return Math.log(phi(z));
            }
            if (z < order + 2) {
                double term = 1;
                double sum = 1;
                for (int j = 2; term > 1e-17 * sum; j++) {
                    term *= z / (order + j);
                    sum += term;
                }
                return Math.log(sum) - z;
            }
            double whole = logFactorial - (order + 1) * Math.log(z);
            double rest = Math.exp(-z - whole) * (order + 1);
            // The fraction is below 1.
            return rest < 1e-18 ? whole : whole + Math.log1p(-rest * upperFraction(order + 1.0, z));
        }

        /** Γ(a, z) e^z z^−a by its continued fraction; for z above a. */
        private static double upperFraction(double a, double z) {
            double b = z + 1 - a;
            double c = 1e300;
            double d = 1 / b;
            double h = d;
            for (int i = 1; i < 100_000; i++) {
                double an = -i * (i - a);
                b += 2;
                d = 1 / (an * d + b);
                c = b + an / c;
                double factor = d * c;
                h *= factor;
                // Rounding may keep the factor next to 1 for ever.
                if (Math.abs(factor - 1) < 1e-15) {
                    break;
                }
            }
            return h;
        }

        /** φ₀. */
        static double phi(double z) {
            if (z < 0.1) {
                double sum = 0;
                for (int i = TAYLOR.length - 1; i >= 0; i--) {
                    sum = TAYLOR[i] - z * sum;
                }
                return sum;
            }
            return (1 - Math.exp(-z)) / z;
        }
    }

    private static double logPlus(double a, double b) {
        double high = Math.max(a, b);
        return high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }

    /**
     * Returns the logarithm of an integral.
     *
     * @param k power of λ, at least 0
     * @param l power of μ, at least 0
     * @param a what λ is multiplied with in the exponent, at least 0
     * @param b what μ is multiplied with in the exponent, at least 0
     * @param factor the factor
     * @return the logarithm; finite
     */
    public double log(double k, double l, double a, double b, Factor factor) {
        Peak peak = new Peak(k, l, a, b, factor);
        return peak.height() + Math.log(new Lattice(peak).sum());
    }

    /** Draws of a standard normal and of a standard exponential number. */
    public interface Source {
        /**
         * Draws from the standard normal distribution.
         *
         * @return the draw
         */
        double gaussian();

        /**
         * Draws from the standard exponential distribution.
         *
         * @return the draw
         */
        double exponential();
    }

    /**
     * Draws (u, v) with a density proportional to the integrand, exactly: the logarithm of all but the normal density is concave, so that
     * its tangent at the mode lies above it, and the normal density times the exponential of a tangent is a normal density again.
     *
     * @param k power of λ, at least 0
     * @param l power of μ, at least 0
     * @param a what λ is multiplied with in the exponent, at least 0
     * @param b what μ is multiplied with in the exponent, at least 0
     * @param factor the factor
     * @param source where the draws come from
     * @return u and v
     */
    public double[] draw(double k, double l, double a, double b, Factor factor, Source source) {
        Peak peak = new Peak(k, l, a, b, factor);
        double gu = peak.dataU;
        double gv = peak.dataV;
        double centreU = meanU + varianceU * gu + covariance * gv;
        double centreV = meanV + covariance * gu + varianceV * gv;
        double deviationU = Math.sqrt(varianceU);
        double deviationW = 1 / Math.sqrt(precisionW);
        double top = peak.data(peak.u, peak.v);
        while (true) {
            double du = deviationU * source.gaussian();
            double u = centreU + du;
            double v = centreV + slope * du + deviationW * source.gaussian();
            double below = peak.data(u, v) - top - gu * (u - peak.u) - gv * (v - peak.v);
            if (-source.exponential() <= below) {
                return new double[] {u, v};
            }
        }
    }

    /** The mode of an integrand, and slopes and curvature there. */
    private final class Peak {
        final double k;
        final double l;
        final double logA;
        final double logB;
        final Factor factor;
        double u;
        double v;
        /** The gradient of the logarithm of all but the normal density. */
        double dataU;

        double dataV;
        /** The Hessian of minus the logarithm of the integrand. */
        private double bendUu;

        private double bendUv;
        private double bendVv;

        Peak(double k, double l, double a, double b, Factor factor) {
            this.k = k;
            this.l = l;
            double exposure = k > 1 ? Math.max(a, SHORTEST) : a;
            this.logA = Math.log(exposure);
            this.logB = Math.log(b);
            this.factor = factor;
            double more = factor.order > 0 && !factor.isInverse() ? factor.time : 0;
            u = start(meanU + k * varianceU + l * covariance, varianceU, exposure + more);
            v = start(meanV + l * varianceV + k * covariance, varianceV, b + more);
            climb();
        }

        /** The root of (c − x)/variance = a e^x, nearly. */
        private double start(double c, double variance, double a) {
            if (a == 0) {
                return c;
            }
            double log = Math.log(a * variance) + c;
            double omega = log > 1 ? log - Math.log(log) : Math.exp(log) / (1 + Math.exp(log));
            return c - omega;
        }

        /** The logarithm of all but the normal density. */
        double data(double atU, double atV) {
            double value = k * atU
                    + l * atV
                    - Math.exp(Math.min(LARGEST_EXPONENT, atU + logA))
                    - Math.exp(Math.min(LARGEST_EXPONENT, atV + logB));
            return factor.isOne() ? value : value + factor.log(factor.logSum(atU, atV));
        }

        private double normal(double atU, double atV) {
            double du = atU - meanU;
            double dw = atV - meanV - slope * du;
            return -0.5 * (du * du / varianceU + dw * dw * precisionW);
        }

        double height() {
            return normal(u, v)
                    + data(u, v)
                    - Math.log(2 * Math.PI)
                    - 0.5 * (Math.log(varianceU) - Math.log(precisionW));
        }

        private void climb() {
            double value = normal(u, v) + data(u, v);
            for (int i = 0; i < MAX_NEWTON; i++) {
                bend();
                double du = u - meanU;
                double dw = v - meanV - slope * du;
                double gu = dataU - du / varianceU + slope * precisionW * dw;
                double gv = dataV - precisionW * dw;
                double determinant = bendUu * bendVv - bendUv * bendUv;
                double stepU = (bendVv * gu - bendUv * gv) / determinant;
                double stepV = (bendUu * gv - bendUv * gu) / determinant;
                double decrement = gu * stepU + gv * stepV;
                if (!(decrement > NEAR)) {
                    return;
                }
                double part = 1;
                double next = value;
                for (int halving = 0; halving < 60; halving++) {
                    next = normal(u + part * stepU, v + part * stepV) + data(u + part * stepU, v + part * stepV);
                    if (next > value) {
                        break;
                    }
                    part /= 2;
                }
                if (!(next > value)) {
                    return;
                }
                u += part * stepU;
                v += part * stepV;
                value = next;
            }
            bend();
        }

        /** Sets slopes and curvature at (u, v). */
        private void bend() {
            double aLambda = Math.exp(Math.min(LARGEST_EXPONENT, u + logA));
            double bMu = Math.exp(Math.min(LARGEST_EXPONENT, v + logB));
            dataU = k - aLambda;
            dataV = l - bMu;
            bendUu = 1 / varianceU + slope * slope * precisionW + aLambda;
            bendUv = -slope * precisionW;
            bendVv = precisionW + bMu;
            if (factor.isOne()) {
                return;
            }
            double logSum = factor.logSum(u, v);
            double p = factor.both ? Math.exp(u - logSum) : 0;
            double q = Math.exp(v - logSum);
            // The logarithm of R by ln(ελ + μ + δ): its slope and its bend.
            double fall = 1;
            double curve = 0;
            if (!factor.isInverse()) {
                double z = Math.exp(Math.min(LARGEST_EXPONENT, logSum + Math.log(factor.time)));
                double ratio = Math.exp(-z - factor.logPhi(z));
                fall = (factor.order + 1) * (1 - ratio);
                curve = Math.max(0, (factor.order + 1) * ratio * (z - fall));
            }
            dataU -= fall * p;
            dataV -= fall * q;
            bendUu += fall * (p - p * p) + curve * p * p;
            bendUv += (curve - fall) * p * q;
            bendVv += fall * (q - q * q) + curve * q * q;
        }

        /**
         * How sharply φ<sub>n</sub> turns where (λ + μ)t is n, which may be beside the mode: a step as wide as 1/√n, in a direction that
         * changes u and v by so much.
         */
        double edge(double byU, double byV) {
            if (factor.order <= 0 || factor.isInverse()) {
                return 0;
            }
            double logSum = factor.logSum(u, v);
            double along = (factor.both ? byU * Math.exp(u - logSum) : 0) + byV * Math.exp(v - logSum);
            return (factor.order + 1) * along * along;
        }
    }

    /** The sum over the lattice, relative to the integrand at the mode. Points are (u + du, v + slope du + w). */
    private final class Lattice {
        private final double stepU;
        private final double stepW;
        private final double aLambda;
        private final double bMu;
        private final double slopeU;
        private final double slopeW;
        private final int reach;
        /** Of w: the normal density, and e^w. */
        private final double[] density;

        private final double[] growth;
        private int known;
        // The factor, relative to that at the mode.
        private final Factor factor;
        private final double z;
        private final double shareU;
        private final double shareV;
        private final double shareDelta;
        private final double logAtPeak;
        private final double scale;
        private final double fallU;
        private final double fallV;

        Lattice(Peak peak) {
            this.factor = peak.factor;
            double precisionU = peak.bendUu - peak.bendUv * peak.bendUv / peak.bendVv;
            // What bends in v bends in u so much the faster, the steeper the lattice; but no faster than the normal
            // density of u given v.
            double turn = Math.min(accuracy.turn * slope * slope, varianceV * precisionW / varianceU);
            stepU = accuracy.spacing
                    / Math.sqrt(Math.max(accuracy.turn, turn) + precisionU + peak.edge(1, Math.abs(slope)));
            stepW = accuracy.spacing / Math.sqrt(accuracy.turn + peak.bendVv + peak.edge(0, 1));
            aLambda = Math.exp(Math.min(LARGEST_EXPONENT, peak.u + peak.logA));
            bMu = Math.exp(Math.min(LARGEST_EXPONENT, peak.v + peak.logB));
            double du = peak.u - meanU;
            double dw = peak.v - meanV - slope * du;
            if (factor.isOne()) {
                z = 0;
                shareU = 0;
                shareV = 0;
                shareDelta = 0;
                logAtPeak = 0;
                scale = 1;
                fallU = 0;
                fallV = 0;
            } else {
                double logSum = factor.logSum(peak.u, peak.v);
                z = factor.isInverse() ? 1 : Math.exp(Math.min(LARGEST_EXPONENT, logSum + Math.log(factor.time)));
                shareU = factor.both ? Math.exp(peak.u - logSum) : 0;
                shareV = Math.exp(peak.v - logSum);
                shareDelta = factor.delta > 0 ? Math.exp(Math.log(factor.delta) - logSum) : 0;
                logAtPeak = factor.isInverse() ? 0 : factor.logPhi(z);
                scale = Math.exp(-logAtPeak);
                // A steep factor is taken with its tangent, so that neither of the two leaves the range of doubles.
                boolean steep = factor.order > 0;
                fallU = steep ? peak.dataU - (peak.k - aLambda) : 0;
                fallV = steep ? peak.dataV - (peak.l - bMu) : 0;
            }
            slopeW = -precisionW * dw + peak.l - bMu + fallV;
            slopeU = -du / varianceU + peak.k - aLambda + fallU + slope * (peak.l - bMu + fallV);
            reach = (int) Math.min(1e6, Math.ceil(accuracy.reach / Math.sqrt(precisionW) / stepW) + 2);
            density = new double[2 * reach + 1];
            growth = new double[2 * reach + 1];
            known = -1;
        }

        double sum() {
            int reachU = (int) Math.min(1e6, Math.ceil(accuracy.reach * Math.sqrt(varianceU) / stepU) + 2);
            double total = 0;
            for (int side = 1; side >= -1; side -= 2) {
                best = 0;
                for (int i = side > 0 ? 0 : 1; i <= reachU; i++) {
                    double row = row(side * i * stepU, total);
                    total += row;
                    if (row <= accuracy.negligible * total) {
                        break;
                    }
                }
            }
            return total * stepU * stepW;
        }

        /** Where the last line was highest. */
        private int best;

        private double row(double du, double total) {
            double logOuter = -0.5 * du * du / varianceU + slopeU * du - aLambda * (Math.expm1(du) - du);
            double outer = Math.exp(logOuter);
            double lambdaGrowth = Math.exp(du);
            double muGrowth = Math.exp(slope * du);
            double here = term(best, du, lambdaGrowth, muGrowth);
            while (best < reach) {
                double next = term(best + 1, du, lambdaGrowth, muGrowth);
                if (next <= here) {
                    break;
                }
                here = next;
                best++;
            }
            while (best > -reach) {
                double next = term(best - 1, du, lambdaGrowth, muGrowth);
                if (next <= here) {
                    break;
                }
                here = next;
                best--;
            }
            double sum = here;
            double enough = outer > 0 ? 0.1 * accuracy.negligible * total / outer : Double.POSITIVE_INFINITY;
            for (int side = 1; side >= -1; side -= 2) {
                for (int j = best + side; Math.abs(j) <= reach; j += side) {
                    double term = term(j, du, lambdaGrowth, muGrowth);
                    sum += term;
                    if (term <= accuracy.negligible * sum || term <= enough) {
                        break;
                    }
                }
            }
            // Of the two one may be too large for a double and the other too small, where their product is neither.
            double product = outer * sum;
            return Double.isNaN(product) ? Math.exp(logOuter + Math.log(sum)) : product;
        }

        private double term(int j, double du, double lambdaGrowth, double muGrowth) {
            prepare(Math.abs(j));
            double w = j * stepW;
            double mu = muGrowth * growth[reach + j];
            double dv = slope * du + w;
            double exponent = bMu > 0 ? -bMu * (mu - 1 - dv) : 0;
            double times = density[reach + j];
            if (!factor.isOne()) {
                double sum = shareU * lambdaGrowth + shareV * mu + shareDelta;
                if (factor.isInverse() || (factor.order == 0 && z > HUGE)) {
                    times /= sum;
                } else if (factor.order == 0) {
                    times *= Factor.phi(z * sum) * scale;
                } else {
                    double change = z > HUGE ? -(factor.order + 1) * Math.log(sum) : factor.logPhi(z * sum) - logAtPeak;
                    exponent += change - fallU * du - fallV * dv;
                }
            }
            if (exponent == 0) {
                return times;
            }
            double product = times * Math.exp(exponent);
            return Double.isNaN(product) ? Math.exp(-0.5 * precisionW * w * w + slopeW * w + exponent) : product;
        }

        private void prepare(int distance) {
            while (known < distance) {
                known++;
                for (int side = -1; side <= 1; side += 2) {
                    double w = side * known * stepW;
                    density[reach + side * known] = Math.exp(-0.5 * precisionW * w * w + slopeW * w);
                    growth[reach + side * known] = Math.exp(w);
                }
            }
        }
    }
}
