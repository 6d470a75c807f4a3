// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * Sums over opportunities k = 0, 1, … of S<sub>k</sub> g(k), where S<sub>k</sub> = (c)<sub>k</sub>/(a+c)<sub>k</sub> is the probability
 * of surviving k opportunities to leave with a probability that is Beta(a, c).
 *
 * <p>The first terms are added one by one. Once many in a row are alike, a {@link LatticeRule} adds them from 16 of them, over panels that
 * grow with the distance to the nearest singularity, so that a sum of n terms costs of the order of ln n. All terms are positive.
 *
 * <p>Immutable and thread-safe.
 */
public final class SurvivalSum {

    private static final double NEGLIGIBLE = 1e-18;
    /** A panel spans at most this change of the logarithm of its terms, for which 16 points are exact to a double. */
    private static final double EXPONENT_A_PANEL = 6;
    /** A panel is at most so many times as wide as it is far from the nearest singularity. */
    private static final double WIDTH_A_DISTANCE = 1.5;
    /** Up to so many factors are multiplied; beyond, differences of log-gammas are as exact. */
    private static final int DIRECT = 64;
    /** Beyond this a sum changes its unit before it overflows. */
    private static final double BIG = 1e200;

    private final double a;
    private final double c;

    private SurvivalSum(double a, double c) {
        this.a = a;
        this.c = c;
    }

    /**
     * Prepares for two shapes.
     *
     * @param a shape of leaving; finite, above 0
     * @param c shape of staying; finite, above 0
     * @return the sums
     */
    public static SurvivalSum of(double a, double c) {
        return new SurvivalSum(a, c);
    }

    /** A function of the number of an opportunity, or between two. */
    @FunctionalInterface
    public interface Function {
        /**
         * Returns the value.
         *
         * @param k the opportunity, at least 0
         * @return the value
         */
        double at(double k);
    }

    /**
     * Returns S<sub>k</sub>.
     *
     * @param k the number of opportunities, at least 0
     * @return the probability of surviving them
     */
    public double survival(long k) {
        return Math.exp(logSurvival((double) k));
    }

    /**
     * Returns ln S<sub>k</sub>.
     *
     * @param k the number of opportunities, at least 0
     * @return the logarithm, at most 0
     */
    public double logSurvival(double k) {
        if (k <= DIRECT && k == Math.rint(k)) {
            double log = 0;
            for (int i = 0; i < k; i++) {
                log -= Math.log1p(a / (c + i));
            }
            return log;
        }
        return growth(c) - growth(c + k);
    }

    /** ln Γ(z + a) − ln Γ(z), by Stirling's formula with what it lacks. */
    private double growth(double z) {
        return a * Math.log(z + a)
                - a
                + (z - 0.5) * Math.log1p(a / z)
                + NegativeBinomial.stirlingError(z + a)
                - NegativeBinomial.stirlingError(z);
    }

    /**
     * Returns Σ S<sub>k</sub> g(k) for k = 0 … count − 1.
     *
     * @param g a positive function that is smooth between whole numbers and whose logarithm is steepest at 0
     * @param distance how far below 0 it has its nearest singularity; may be infinite
     * @param order how fast the rest of the sum falls at least, as the power −order of k; at most 0 if that is not known
     * @param count the number of terms
     * @return the sum
     */
    public double sum(Function g, double distance, double order, long count) {
        return sum(g, k -> 1, distance, order, count);
    }

    /**
     * Returns Σ S<sub>k</sub> g(k) h(k) for k = 0 … count − 1.
     *
     * @param g as in {@link #sum(Function, double, double, long)}
     * @param h a positive function that is nearly a line wherever g is not much less than at 0
     * @param distance how far below 0 g has its nearest singularity; may be infinite
     * @param order how fast the rest of the sum falls at least, as the power −order of k; at most 0 if that is not known
     * @param count the number of terms
     * @return the sum
     */
    public double sum(Function g, Function h, double distance, double order, long count) {
        double near = Math.min(c, distance);
        double far = distance < Double.POSITIVE_INFINITY ? Math.max(a + c, distance) : a + c;
        double sum = 0;
        double survival = 1;
        long k = 0;
        while (k < count) {
            double value = g.at((double) k);
            double term = survival * value * h.at((double) k);
            double rest = (double) (count - k);
            if (term * (order > 0 ? Math.min(rest, (k + far) / order) : rest) <= NEGLIGIBLE * sum) {
                break;
            }
            double stays = (c + k) / (a + c + k);
            long size = 1;
            double width = Math.min(rest, WIDTH_A_DISTANCE * (k + near));
            if (width >= LatticeRule.SMALLEST) {
                double decay = Math.abs(Math.log(g.at(k + 1.0) / value * stays));
                size = LatticeRule.size(Math.min(width, EXPONENT_A_PANEL / decay));
            }
            if (size == 1) {
                sum += term;
                survival *= stays;
                k++;
            } else {
                double growth = growth(c + k);
                double[] nodes = LatticeRule.nodes(size);
                double[] weights = LatticeRule.weights(size);
                double panel = 0;
                for (int i = 0; i < LatticeRule.POINTS; i++) {
                    double at = k + nodes[i];
                    panel += weights[i] * Math.exp(growth - growth(c + at)) * g.at(at) * h.at(at);
                }
                sum += survival * panel;
                k += size;
                survival *= Math.exp(growth - growth(c + k));
            }
        }
        return sum;
    }

    /** How many terms from an edge on are so alike that a rule may add them. */
    @FunctionalInterface
    public interface Width {
        /**
         * Returns the number.
         *
         * @param k the edge
         * @param side 1 for the terms from k up, −1 for those from k down
         * @return the number
         */
        double at(double k, int side);
    }

    /**
     * Returns the logarithm of a sum of terms that rise to one mode and fall from it.
     *
     * @param log the logarithm of a term
     * @param width how wide panels may be
     * @param start a term near the mode
     * @param count the number of terms, from 0
     * @return the logarithm of the sum; −∞ if all of it vanishes
     */
    public static double logSumAround(Function log, Width width, long start, long count) {
        double unit = log.at((double) start);
        double sum = 0;
        for (int side = 1; side >= -1; side -= 2) {
            long k = side > 0 ? start : start - 1;
            while (side > 0 ? k < count : k >= 0) {
                double rest = side > 0 ? (double) (count - k) : k + 1.0;
                double atEdge = log.at((double) k);
                double term = Math.exp(atEdge - unit);
                if (term > BIG) {
                    sum *= Math.exp(unit - atEdge);
                    unit = atEdge;
                    term = 1;
                }
                if (term * rest <= NEGLIGIBLE * sum) {
                    break;
                }
                long size = LatticeRule.size(Math.min(rest, width.at((double) k, side)));
                if (size == 1) {
                    sum += term;
                    k += side;
                } else {
                    long first = side > 0 ? k : k - size + 1;
                    double[] nodes = LatticeRule.nodes(size);
                    double[] weights = LatticeRule.weights(size);
                    for (int i = 0; i < LatticeRule.POINTS; i++) {
                        sum += weights[i] * Math.exp(log.at(first + nodes[i]) - unit);
                    }
                    k += side * size;
                }
            }
        }
        return unit + Math.log(sum);
    }
}
