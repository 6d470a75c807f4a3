// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.clv4j.models.internal.special.LogNormalPair;
import org.jspecify.annotations.Nullable;

/**
 * The posterior density of the hierarchy (u_i, v_i) ~ N(B'd_i, Γ) over customers with k covariates d_i each, u_i and v_i integrated out.
 *
 * <p>Priors: Γ ~ inverse Wishart with 4 degrees of freedom and 4 times the identity, whose mean is not far
 * from it; B given Γ ~ N(B₀, 100 Γ), which weighs as much as a hundredth of a customer. A row of B that has one number, of u, of v or the
 * same of both, has that prior given the other number. With a penalty λ all rows but the first have N(0, 1/λ) instead.
 *
 * <p>A point has the rows of B, a row (u, v) each, or what of it is free, then ln L₁₁, ln L₂₂ and L₂₁/L₁₁ with Γ = LL': all real, and a posterior in them is nearly
 * normal.
 */
public final class LogNormalHierarchy implements LogDensity {

    static final double DEGREES = 4;
    static final double WEIGHT = 0.01;

    /** Means and standard deviations beyond have no rates that are doubles. */
    private static final double LARGEST_MEAN = 250;

    private static final double LARGEST_LOG_DEVIATION = 2.3;
    private static final double SMALLEST_LOG_DEVIATION = -15;
    private static final double FARTHEST = 1.2;
    /** So few histories a row of covariates are not worth weights that they share. */
    private static final int FEW = 4;

    /** The likelihood of customers of one history. */
    public interface Likelihood {
        /**
         * Returns the largest u that matters to customers, where a normal density draws the likelihood along.
         *
         * @param from the first history
         * @param to the history after the last
         * @param end where the density itself ends for all that matters
         * @param variance the variance of u
         * @return a bound of u
         */
        double highest(int from, int to, double end, double variance);

        /**
         * Returns where likelihoods are as narrow in u as they ever are: that of λ purchases where e^u is λ, of the most purchases.
         *
         * @return a number u; beyond it likelihoods are no narrower
         */
        double narrowest();

        /**
         * Returns the log-likelihood of a customer with known u and v.
         *
         * @param group which history
         * @param u the first number
         * @param v the second number
         * @return the logarithm
         */
        double log(int group, double u, double v);

        /**
         * Returns the log-likelihood of a customer, given the distribution of u and v.
         *
         * @param group which history
         * @param pair the distribution
         * @return the logarithm
         */
        double log(int group, LogNormalPair pair);
    }

    private final Likelihood likelihood;
    private final double[][] design;
    private final double[] customers;
    private final double[] priorMean;
    private final int columns;
    /** Where in a point the numbers of B are, by rows; −1 of those that are 0. */
    private final int[] places;
    /** How many numbers of a point are in B. */
    private final int slopes;

    private final double penalty;
    private final @Nullable NodeTable table;

    /**
     * Creates the density. Arrays are not copied.
     *
     * @param likelihood the likelihood of a history
     * @param design d by history; the first column is 1. Histories that stand beside each other may share an array
     * @param customers how many customers have the history
     * @param priorMean the means of the first row of B, those of the other rows being 0
     */
    public LogNormalHierarchy(Likelihood likelihood, double[][] design, double[] customers, double[] priorMean) {
        this(
                likelihood,
                design,
                customers,
                priorMean,
                IntStream.range(0, 2 * design[0].length).toArray(),
                0);
    }

    /**
     * Creates the density of a hierarchy in which not every covariate moves both numbers. Arrays are not copied.
     *
     * @param likelihood the likelihood of a history
     * @param design d by history; the first column is 1. Histories that stand beside each other may share an array
     * @param customers how many customers have the history
     * @param priorMean the means of the first row of B, those of the other rows being 0
     * @param places where in a point the numbers of B are, by rows: 0 and 1, then rising; −1 where it is 0, the same twice if the row has one
     *     number for both
     * @param penalty the precision of the prior of the rows but the first; 0 for the weak one
     */
    public LogNormalHierarchy(
            Likelihood likelihood,
            double[][] design,
            double[] customers,
            double[] priorMean,
            int[] places,
            double penalty) {
        this.likelihood = likelihood;
        this.design = design;
        this.customers = customers;
        this.priorMean = priorMean;
        this.columns = design[0].length;
        this.places = places;
        this.slopes = 1 + Arrays.stream(places).max().orElseThrow();
        this.penalty = penalty;
        this.table = null;
    }

    private LogNormalHierarchy(LogNormalHierarchy other, @Nullable NodeTable table) {
        this.likelihood = other.likelihood;
        this.design = other.design;
        this.customers = other.customers;
        this.priorMean = other.priorMean;
        this.columns = other.columns;
        this.places = other.places;
        this.slopes = other.slopes;
        this.penalty = other.penalty;
        this.table = table;
    }

    /**
     * Returns the same density, from a table of likelihoods wherever a point is not too far from a middle; many times as fast there.
     *
     * @param middle a point
     * @param far how far, in the units of a point; more than 1.2 in the logarithms of deviations is not looked at
     * @return the density; without a table if that would be too large
     */
    public LogNormalHierarchy tabulated(double[] middle, double[] far) {
        return tabulated(middle, far, NodeTable.MOST);
    }

    LogNormalHierarchy tabulated(double[] middle, double[] far, long mostCells) {
        double[] bounds = {
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        double[] unseen = {};
        int rows = 0;
        for (double[] row : design) {
            if (row == unseen) {
                continue;
            }
            unseen = row;
            rows++;
            double[] normal = normal(middle, row);
            for (int side = 0; side < 2; side++) {
                double reach = 0;
                for (int c = 0; c < columns; c++) {
                    int place = places[2 * c + side];
                    reach += place < 0 ? 0 : Math.abs(row[c]) * far[place];
                }
                bounds[2 * side] = Math.min(bounds[2 * side], normal[side] - reach);
                bounds[2 * side + 1] = Math.max(bounds[2 * side + 1], normal[side] + reach);
            }
        }
        double farU = Math.exp(Math.min(FARTHEST, far[slopes]));
        double farV = Math.exp(Math.min(FARTHEST, far[slopes + 1]));
        double deviationU = Math.sqrt(covariance(middle, 0, 0));
        double deviationV = Math.sqrt(covariance(middle, 1, 1));
        double restV = Math.exp(middle[slopes + 1]);
        return new LogNormalHierarchy(
                this,
                NodeTable.of(
                        likelihood,
                        customers.length,
                        FEW * rows > customers.length,
                        bounds,
                        new double[] {deviationU * farU, deviationV * farV},
                        new double[] {deviationU * restV / deviationV / farU, restV / farV},
                        columns == 1 ? corners(middle, far) : List.of(),
                        mostCells));
    }

    /** The distributions at a middle and at the corners of the box about it. */
    private List<double[]> corners(double[] middle, double[] far) {
        List<double[]> normals = new ArrayList<>();
        normals.add(normal(middle, design[0]));
        for (int corner = 0; corner < 1 << middle.length; corner++) {
            double[] point = middle.clone();
            for (int i = 0; i < point.length; i++) {
                double step = i == slopes || i == slopes + 1 ? Math.min(FARTHEST, far[i]) : far[i];
                point[i] += (corner >> i & 1) == 0 ? -step : step;
            }
            normals.add(normal(point, design[0]));
        }
        return normals;
    }

    /**
     * Returns the density of a part of the histories: the first, and then every so many.
     *
     * @param step how many from one to the next; at least 1
     * @return the density, without a table
     */
    public LogNormalHierarchy every(int step) {
        int size = (customers.length + step - 1) / step;
        double[][] ownDesign = new double[size][];
        double[] own = new double[size];
        for (int i = 0; i < size; i++) {
            ownDesign[i] = design[i * step];
            own[i] = customers[i * step];
        }
        return new LogNormalHierarchy(new Every(likelihood, step), ownDesign, own, priorMean, places, penalty);
    }

    /**
     * Returns how many histories there are.
     *
     * @return the number
     */
    public int histories() {
        return customers.length;
    }

    /** The likelihoods of every so many of the histories. */
    private record Every(Likelihood whole, int step) implements Likelihood {
        @Override
        public double highest(int from, int to, double end, double variance) {
            double highest = end;
            for (int i = from; i < to; i++) {
                highest = Math.max(highest, whole.highest(i * step, i * step + 1, end, variance));
            }
            return highest;
        }

        @Override
        public double narrowest() {
            return whole.narrowest();
        }

        @Override
        public double log(int group, double u, double v) {
            return whole.log(group * step, u, v);
        }

        @Override
        public double log(int group, LogNormalPair pair) {
            return whole.log(group * step, pair);
        }
    }

    /**
     * Returns how many numbers a point has.
     *
     * @return the dimension
     */
    public int size() {
        return slopes + 3;
    }

    @Override
    public double at(double[] point) {
        double log11 = point[slopes];
        double log22 = point[slopes + 1];
        double slope = point[slopes + 2];
        for (int i = 0; i < slopes; i++) {
            if (!(Math.abs(point[i]) < LARGEST_MEAN)) {
                return Double.NEGATIVE_INFINITY;
            }
        }
        double varianceV = covariance(point, 1, 1);
        if (!(log11 > SMALLEST_LOG_DEVIATION
                && log22 > SMALLEST_LOG_DEVIATION
                && log11 < LARGEST_LOG_DEVIATION
                && varianceV < Math.exp(2 * LARGEST_LOG_DEVIATION)
                // Where rounding leaves the rest of the variance its digits.
                && Math.exp(2 * log22) > 1e-9 * slope * slope * Math.exp(2 * log11))) {
            return Double.NEGATIVE_INFINITY;
        }
        double sum = logPrior(point);
        int group = 0;
        while (group < customers.length) {
            int next = group + 1;
            while (next < customers.length && design[next] == design[group]) {
                next++;
            }
            sum += logOfAlike(point, group, next);
            group = next;
        }
        return sum;
    }

    /** The log-likelihood of the histories that share a row of covariates. */
    private double logOfAlike(double[] point, int from, int to) {
        double[] row = design[from];
        double[] normal = normal(point, row);
        double log = table == null ? Double.NaN : table.log(normal, from, to, customers);
        if (!Double.isNaN(log)) {
            return log;
        }
        LogNormalPair pair = LogNormalPair.of(normal[0], normal[1], normal[2], normal[3], normal[4])
                .rough();
        double sum = 0;
        for (int group = from; group < to; group++) {
            sum += customers[group] * likelihood.log(group, pair);
        }
        return sum;
    }

    /** Means, variances and covariance of u and v given covariates. */
    private double[] normal(double[] point, double[] row) {
        double meanU = 0;
        double meanV = 0;
        for (int c = 0; c < columns; c++) {
            meanU += row[c] * slope(point, c, 0);
            meanV += row[c] * slope(point, c, 1);
        }
        return new double[] {meanU, meanV, covariance(point, 0, 0), covariance(point, 1, 1), covariance(point, 0, 1)};
    }

    private double covariance(double[] point, int i, int j) {
        double uu = Math.exp(2 * point[slopes]);
        double slope = point[slopes + 2];
        if (i == 0 && j == 0) {
            return uu;
        }
        return i == j ? slope * slope * uu + Math.exp(2 * point[slopes + 1]) : slope * uu;
    }

    /**
     * Writes B by rows, the variances of u and v, and their covariance.
     *
     * @param point a point
     * @param out receives as many numbers as the point has
     */
    public void parameters(double[] point, double[] out) {
        System.arraycopy(point, 0, out, 0, slopes);
        out[slopes] = covariance(point, 0, 0);
        out[slopes + 1] = covariance(point, 1, 1);
        out[slopes + 2] = covariance(point, 0, 1);
    }

    /** A number of B. */
    private double slope(double[] point, int column, int side) {
        int place = places[2 * column + side];
        return place < 0 ? 0 : point[place];
    }

    /** The density of B and Γ, and how much Γ changes with its logarithms and slope. */
    private double logPrior(double[] point) {
        double log11 = point[slopes];
        double log22 = point[slopes + 1];
        double slope = point[slopes + 2];
        double precisionU = Math.exp(-2 * log11);
        double precisionW = Math.exp(-2 * log22);
        double trace = DEGREES * (precisionU + (1 + slope * slope) * precisionW);
        int free = 0;
        double ofOne = 0;
        for (int c = 0; c < columns; c++) {
            if (c > 0 && penalty > 0) {
                continue;
            }
            double du = slope(point, c, 0) - (c == 0 ? priorMean[0] : 0);
            double dw = slope(point, c, 1) - (c == 0 ? priorMean[1] : 0) - slope * du;
            trace += WEIGHT * (du * du * precisionU + dw * dw * precisionW);
            int placeU = places[2 * c];
            int placeV = places[2 * c + 1];
            if (placeU >= 0 && placeV >= 0 && placeU != placeV) {
                free++;
            } else {
                double w = (placeV < 0 ? 0 : 1) - (placeU < 0 ? 0 : slope);
                ofOne += 0.5 * Math.log((placeU < 0 ? 0 : precisionU) + w * w * precisionW);
            }
        }
        for (int i = 2; i < slopes && penalty > 0; i++) {
            trace += penalty * point[i] * point[i];
        }
        return -(DEGREES + 3 + free) * (log11 + log22) + ofOne - trace / 2 + 4 * log11 + 2 * log22;
    }
}
