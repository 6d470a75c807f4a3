// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import org.jspecify.annotations.Nullable;

/**
 * {@link GammaRace#secondFirst} with its derivatives by ρ, s and a, for one pair of shapes and many rates. The coefficients of the series
 * and of its derivatives by the shapes depend on the shapes alone: they are tables, and a value costs four Horner chains.
 *
 * <p>Where the series is slow and many values are wanted over a known range of rates, {@link #interpolate} replaces it by Chebyshev
 * series in ln(a/b), in which the function has no singularity nearer than π to the real axis.
 *
 * <p>Not thread-safe, since tables grow as needed; but once {@link #interpolate} has succeeded, {@link #evaluateAll} may be called by many
 * threads.
 */
public final class GammaRaceGradient {

    /** Beyond this argument the series has hundreds of terms; panels in logarithmic time then lead to a time where it is this. */
    private static final double SLOW = 0.9;

    /** Beyond this exponent nothing is left to add. */
    private static final double NEGLIGIBLE_EXPONENT = 45;
    /** 16 points are exact to a double where the exponent changes by less on a panel. */
    private static final double EXPONENT_A_PANEL = 11;
    /** In v = ln(1 + y/a) the integrand has its nearest singularity at a distance of π from the real axis. */
    private static final double WIDEST_PANEL = 3;

    /** Up to this argument the series is as fast as an interpolation. */
    private static final double FAST = 0.3;

    private static final int MAX_NODES = 96;

    private final double rho;
    private final double s;
    private final Series aLarger;
    private final Series bLarger;
    private @Nullable Chebyshev interpolation;

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

    /** Values of the function and its derivatives, a column each. */
    public static final class Columns {
        /** X. */
        public final double[] value;
        /** ∂X/∂ρ. */
        public final double[] byRho;
        /** ∂X/∂s. */
        public final double[] byS;
        /** ∂X/∂a; the derivative by b is −(a/b) ∂X/∂a. */
        public final double[] byA;

        private final double[] z;
        private final double[] next;

        /**
         * Creates columns.
         *
         * @param size how many values they hold at most
         */
        public Columns(int size) {
            value = new double[size];
            byRho = new double[size];
            byS = new double[size];
            byA = new double[size];
            z = new double[size];
            next = new double[size];
        }
    }

    /**
     * Prepares {@link #evaluateAll} for rates between two pairs with the same difference.
     *
     * @param a the smallest rate of the first rate
     * @param b the smallest rate of the second rate
     * @param time how much larger both become at the most; above 0
     * @return true if the preparation pays and is exact to rounding; otherwise nothing has changed
     */
    public boolean interpolate(double a, double b, double time) {
        if (Math.abs(a - b) <= FAST * Math.max(a, b)) {
            return false;
        }
        double start = Math.log(a / b);
        double half = (Math.log((a + time) / (b + time)) - start) / 2;
        // The Bernstein ellipse through the singularities at ±πi, its error down to rounding.
        double distance = Math.PI / Math.abs(half);
        int nodes = 6 + (int) Math.ceil(37 / Math.log(distance + Math.hypot(distance, 1)));
        while (nodes <= MAX_NODES) {
            Chebyshev candidate = new Chebyshev(a, b, time, nodes);
            if (candidate.isExact(a, b, time)) {
                interpolation = candidate;
                return true;
            }
            nodes += nodes / 2;
        }
        return false;
    }

    /**
     * Evaluates X and its derivatives at one pair of rates.
     *
     * @param a rate of the first rate; finite, above 0
     * @param b rate of the second rate; finite, above 0
     * @param out receives the result in its cell {@code index}
     * @param index the cell
     */
    public void evaluate(double a, double b, Columns out, int index) {
        double smaller = Math.min(a, b);
        double larger = Math.max(a, b);
        double z = (larger - smaller) / larger;
        if (z > SLOW) {
            byPanels(a, b, (larger - smaller) / SLOW - larger, out, index);
        } else {
            Series series = a >= b ? aLarger : bLarger;
            series.evaluate(z);
            fromSeries(a, b, series.value, series.byNumerator, series.byDenominator, series.byZ, out, index);
        }
    }

    /**
     * Evaluates X and its derivatives at many pairs of rates, of which the same one is the larger in all: chains over all of them at once,
     * which the compiler vectorises. Where {@link #interpolate} has succeeded, their difference is the one it was prepared for.
     *
     * @param a rates of the first rate; finite, above 0
     * @param b rates of the second rate; finite, above 0
     * @param size how many there are; at least 1
     * @param out receives the results
     */
    public void evaluateAll(double[] a, double[] b, int size, Columns out) {
        boolean aIsLarger = a[0] >= b[0];
        double[] z = out.z;
        boolean slow = false;
        if (interpolation != null) {
            interpolation.evaluateAll(a, b, size, out);
        } else {
            double largest = 0;
            for (int i = 0; i < size; i++) {
                double argument = aIsLarger ? (a[i] - b[i]) / a[i] : (b[i] - a[i]) / b[i];
                slow |= argument > SLOW;
                z[i] = Math.min(argument, SLOW);
                largest = Math.max(largest, z[i]);
            }
            (aIsLarger ? aLarger : bLarger).evaluateAll(z, size, largest, out);
        }
        double total = rho + s;
        double front = s / total;
        double overTotal = 1 / total;
        double byShape = rho / (s * total);
        double[] value = out.value;
        double[] byNumerator = out.byRho;
        double[] byDenominator = out.byS;
        double[] byZ = out.byA;
        if (aIsLarger) {
            for (int i = 0; i < size; i++) {
                double x = front * value[i];
                double down = front * byDenominator[i];
                byNumerator[i] = front * byNumerator[i] + down - x * overTotal;
                byDenominator[i] = down + x * byShape;
                byZ[i] = front * byZ[i] * (b[i] / (a[i] * a[i]));
                value[i] = x;
            }
        } else {
            for (int i = 0; i < size; i++) {
                double ratio = front * (a[i] / b[i]);
                double x = ratio * value[i];
                double down = ratio * byDenominator[i];
                double up = ratio * byNumerator[i];
                byNumerator[i] = down - x * overTotal;
                byDenominator[i] = down + x * byShape + up;
                byZ[i] = x / a[i] - ratio * byZ[i] / b[i];
                value[i] = x;
            }
        }
        for (int i = 0; slow && i < size; i++) {
            if (Math.abs(a[i] - b[i]) / Math.max(a[i], b[i]) > SLOW) {
                evaluate(a[i], b[i], out, i);
            }
        }
    }

    private void fromSeries(
            double a,
            double b,
            double series,
            double byNumerator,
            double byDenominator,
            double byZ,
            Columns out,
            int index) {
        boolean aIsLarger = a >= b;
        double total = rho + s;
        double front = s / total * (aIsLarger ? 1 : a / b);
        double value = front * series;
        // By the shapes: of the factor s/(ρ+s), of the numerator (ρ or s+1) and of the denominator ρ+s+1.
        double down = front * byDenominator;
        double up = front * byNumerator;
        out.value[index] = value;
        out.byRho[index] = -value / total + down + (aIsLarger ? up : 0);
        out.byS[index] = value * (rho / (s * total)) + down + (aIsLarger ? 0 : up);
        // dz/da is b/a² for a ≥ b, where z = 1 − b/a, and −1/b else, where z = 1 − a/b and the front has a factor a/b.
        out.byA[index] = aIsLarger ? front * byZ * (b / a / a) : value / a - front * byZ / b;
    }

    /** X = X before a later time + e^−E X at that time; the same for the derivatives. */
    private void byPanels(double a, double b, double later, Columns out, int index) {
        double smaller = Math.min(a, b);
        double larger = Math.max(a, b);
        double gap = larger - smaller;
        boolean aIsSmaller = a < b;
        double end = Math.log1p(later / smaller);
        // (smaller + y) = smaller e^v and (larger + y) = gap + smaller e^v: one exponential and one logarithm a node.
        double value = 0;
        double byRho = 0;
        double byS = 0;
        double byA = 0;
        double ofV = aIsSmaller ? rho : s;
        double ofLogLarger = aIsSmaller ? s : rho;
        double v = 0;
        double exponent = 0;
        while (v < end && exponent <= NEGLIGIBLE_EXPONENT) {
            double width = Math.min(end - v, WIDEST_PANEL);
            double exponentAfter =
                    ofV * (v + width) + ofLogLarger * Math.log1p(smaller * Math.expm1(v + width) / larger);
            while (exponentAfter - exponent > EXPONENT_A_PANEL) {
                // The exponent is convex in v: a part of the width has less than that part of the change.
                width *= Math.max(0.3, 0.95 * EXPONENT_A_PANEL / (exponentAfter - exponent));
                exponentAfter = ofV * (v + width) + ofLogLarger * Math.log1p(smaller * Math.expm1(v + width) / larger);
            }
            exponent = exponentAfter;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double logSmaller = v + width * GaussLegendre.node(i);
                double ofSmaller = smaller * Math.exp(logSmaller);
                double ofLarger = gap + ofSmaller;
                double y = ofSmaller - smaller;
                // The rounding of the ratio counts as often as the shape says: nothing for a small one, where log is
                // faster.
                double logRatio = ofLogLarger > 32 ? Math.log1p(y / larger) : Math.log(ofLarger / larger);
                double logA = aIsSmaller ? logSmaller : logRatio;
                double logB = aIsSmaller ? logRatio : logSmaller;
                double density = width
                        * GaussLegendre.weight(i)
                        * s
                        * Math.exp(-rho * logA - s * logB)
                        * (aIsSmaller ? ofSmaller / ofLarger : 1);
                value += density;
                byRho -= density * logA;
                byS += density * (1 / s - logB);
                byA += density * rho * y / (a * (aIsSmaller ? ofSmaller : ofLarger));
            }
            v += width;
        }
        double logLaterA = Math.log1p(later / a);
        double logLaterB = Math.log1p(later / b);
        double exponentLater = rho * logLaterA + s * logLaterB;
        if (exponentLater <= NEGLIGIBLE_EXPONENT) {
            Series series = aIsSmaller ? bLarger : aLarger;
            double[] known = series.atSlow();
            fromSeries(a + later, b + later, known[0], known[1], known[2], known[3], out, index);
            double factor = Math.exp(-exponentLater);
            double rest = out.value[index];
            value += factor * rest;
            byRho += factor * (out.byRho[index] - logLaterA * rest);
            byS += factor * (out.byS[index] - logLaterB * rest);
            byA += factor * (out.byA[index] + rho * later / (a * (a + later)) * rest);
        }
        out.value[index] = value;
        out.byRho[index] = byRho;
        out.byS[index] = byS;
        out.byA[index] = byA;
    }

    /**
     * F, its derivatives by n and c, and (1−z) times that by z, as Chebyshev series in ln(a/b). F is at least 1 and varies little, so
     * that the error is as small relatively.
     */
    private final class Chebyshev {
        private final double middle;
        private final double half;
        private final double[][] coefficients;

        Chebyshev(double a, double b, double time, int nodes) {
            double start = Math.log(a / b);
            double end = Math.log((a + time) / (b + time));
            middle = (start + end) / 2;
            half = (end - start) / 2;
            double gap = b - a;
            double[][] values = new double[4][nodes];
            double[] value = new double[4];
            for (int k = 0; k < nodes; k++) {
                // With q = a/b and b − a = gap: b = gap/(1−q), a = q b.
                double w = middle + half * Math.cos(Math.PI * (k + 0.5) / nodes);
                double bAt = -gap / Math.expm1(w);
                at(bAt * Math.exp(w), bAt, value);
                for (int f = 0; f < 4; f++) {
                    values[f][k] = value[f];
                }
            }
            coefficients = new double[4][nodes + nodes % 2];
            for (int j = 0; j < nodes; j++) {
                for (int k = 0; k < nodes; k++) {
                    double cosine = Math.cos(Math.PI * (j * (2 * k + 1) % (4 * nodes)) / (2.0 * nodes));
                    for (int f = 0; f < 4; f++) {
                        coefficients[f][j] += values[f][k] * cosine * (j == 0 ? 1 : 2) / nodes;
                    }
                }
            }
        }

        /** What is interpolated, from X and its derivatives: the inverse of what {@link #fromSeries} does. */
        private void at(double a, double b, double[] out) {
            Columns columns = new Columns(1);
            evaluate(a, b, columns, 0);
            boolean aIsLarger = a >= b;
            double total = rho + s;
            double front = s / total * (aIsLarger ? 1 : a / b);
            double x = columns.value[0];
            double byRho = columns.byRho[0] + x / total;
            double byS = columns.byS[0] - x * (rho / (s * total));
            out[0] = x / front;
            out[1] = (aIsLarger ? byRho - byS : byS - byRho) / front;
            out[2] = (aIsLarger ? byS : byRho) / front;
            out[3] = aIsLarger ? columns.byA[0] / front * a : (x / a - columns.byA[0]) / front * a;
        }

        /** Whether values between the nodes are as exact as those at them. */
        boolean isExact(double a, double b, double time) {
            Columns interpolated = new Columns(1);
            double[] truth = new double[4];
            for (double part : new double[] {0, 0.003, 0.04, 0.2, 0.61, 1}) {
                double[] aAt = {a + part * time};
                double[] bAt = {b + part * time};
                at(aAt[0], bAt[0], truth);
                evaluateAll(aAt, bAt, 1, interpolated);
                double[] found = {
                    interpolated.value[0],
                    interpolated.byRho[0],
                    interpolated.byS[0],
                    interpolated.byA[0] * (Math.min(aAt[0], bAt[0]) / Math.max(aAt[0], bAt[0]))
                };
                for (int f = 0; f < 4; f++) {
                    if (!(Math.abs(found[f] - truth[f]) <= 1e-13 * truth[0])) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Leaves F, its derivatives by n, by c and by z in the columns value, byRho, byS and byA. */
        void evaluateAll(double[] a, double[] b, int size, Columns out) {
            double[] x = out.z;
            for (int i = 0; i < size; i++) {
                x[i] = a[i] / b[i];
            }
            for (int i = 0; i < size; i++) {
                x[i] = Math.log(x[i]);
            }
            for (int i = 0; i < size; i++) {
                x[i] = (x[i] - middle) / half;
            }
            clenshaw(coefficients[0], x, size, out.value, out.next);
            clenshaw(coefficients[1], x, size, out.byRho, out.next);
            clenshaw(coefficients[2], x, size, out.byS, out.next);
            clenshaw(coefficients[3], x, size, out.byA, out.next);
            // 1/(1−z) is the ratio of the larger rate to the smaller.
            for (int i = 0; i < size; i++) {
                out.byA[i] *= Math.max(a[i], b[i]) / Math.min(a[i], b[i]);
            }
        }

        /** Clenshaw's recurrence, two coefficients at a time; their number is even. */
        private static void clenshaw(double[] c, double[] x, int size, double[] out, double[] next) {
            for (int i = 0; i < size; i++) {
                out[i] = 0;
                next[i] = 0;
            }
            for (int k = c.length - 1; k > 1; k -= 2) {
                double upper = c[k];
                double lower = c[k - 1];
                for (int i = 0; i < size; i++) {
                    double twice = 2 * x[i];
                    double one = twice * out[i] - next[i] + upper;
                    next[i] = one;
                    out[i] = twice * one - out[i] + lower;
                }
            }
            double first = c[1];
            double constant = c[0];
            for (int i = 0; i < size; i++) {
                double one = 2 * x[i] * out[i] - next[i] + first;
                out[i] = x[i] * one - out[i] + constant;
            }
        }
    }

    /** F(1, n; c; z) = Σ c_k z^k with its derivatives by n, c and z: four series of like-signed terms. */
    private static final class Series {
        private final double numerator;
        private final double denominator;
        /** c_{k+1}, its derivatives by n and by −c, and (k+1) c_{k+1}. */
        private double[] coefficient = new double[0];

        private double[] dNumerator = new double[0];
        private double[] dDenominator = new double[0];
        private double[] dZ = new double[0];
        private double[] atSlow = new double[0];
        private double value;
        private double byNumerator;
        private double byDenominator;
        private double byZ;

        Series(double numerator, double denominator) {
            this.numerator = numerator;
            this.denominator = denominator;
        }

        /** How many terms count, in fours. c_k ≤ 1, and the coefficients of the derivatives grow as k at the most. */
        private int terms(double z) {
            int terms = z < 1e-17 ? 1 : 1 + (int) Math.ceil(44 / -Math.log(z));
            int fours = (terms + 3) / 4 * 4;
            if (coefficient.length < fours) {
                grow(Math.max(fours, 32));
            }
            return fours;
        }

        void evaluate(double z) {
            double sum = 0;
            double sumNumerator = 0;
            double sumDenominator = 0;
            double sumZ = 0;
            for (int k = terms(z) - 1; k >= 0; k--) {
                sum = sum * z + coefficient[k];
                sumZ = sumZ * z + dZ[k];
                sumNumerator = sumNumerator * z + dNumerator[k];
                sumDenominator = sumDenominator * z + dDenominator[k];
            }
            value = 1 + z * sum;
            byNumerator = z * sumNumerator;
            byDenominator = -z * sumDenominator;
            byZ = sumZ;
        }

        /** F and its derivatives by n, c and z at the argument that panels lead to. */
        double[] atSlow() {
            if (atSlow.length == 0) {
                evaluate(SLOW);
                atSlow = new double[] {value, byNumerator, byDenominator, byZ};
            }
            return atSlow;
        }

        /** Leaves F, its derivatives by n, by c and by z in the columns value, byRho, byS and byA. */
        void evaluateAll(double[] z, int size, double largest, Columns out) {
            int terms = terms(largest);
            chains(coefficient, terms, z, size, out.value);
            chains(dNumerator, terms, z, size, out.byRho);
            chains(dDenominator, terms, z, size, out.byS);
            chains(dZ, terms, z, size, out.byA);
            for (int i = 0; i < size; i++) {
                out.value[i] = 1 + z[i] * out.value[i];
                out.byRho[i] = z[i] * out.byRho[i];
                out.byS[i] = -z[i] * out.byS[i];
            }
        }

        private static void chains(double[] coefficients, int terms, double[] z, int size, double[] out) {
            for (int i = 0; i < size; i++) {
                out[i] = 0;
            }
            for (int k = terms - 4; k >= 0; k -= 4) {
                double c0 = coefficients[k];
                double c1 = coefficients[k + 1];
                double c2 = coefficients[k + 2];
                double c3 = coefficients[k + 3];
                for (int i = 0; i < size; i++) {
                    double x = z[i];
                    out[i] = (((out[i] * x + c3) * x + c2) * x + c1) * x + c0;
                }
            }
        }

        private void grow(int size) {
            coefficient = new double[size];
            dNumerator = new double[size];
            dDenominator = new double[size];
            dZ = new double[size];
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
                dZ[k] = (k + 1) * next;
            }
        }
    }
}
