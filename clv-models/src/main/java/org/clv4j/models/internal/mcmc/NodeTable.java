// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The likelihoods of histories at the nodes of a lattice over (u, v), computed once: the likelihood of a history under any normal density of
 * (u, v) is then a sum of products, by the trapezoidal rule. The spacing in u narrows where many purchases make the likelihood narrow.
 *
 * <p>A density must be wider than the spacing and lie within the lattice; of another the table knows nothing, and says so.
 */
final class NodeTable {

    /** Spacing where the likelihood of a customer who never came back turns. */
    private static final double WIDEST = 0.6;
    /** Densities with so many spacings to a standard deviation are summed to seven digits or so. */
    private static final double SPACINGS = 1;
    /** What of a likelihood counts, however far from its largest value a density lies. */
    private static final double NOTHING = 1e-16;
    /** A node that weighs so little beside the others of its line changes nothing. */
    private static final double NEGLIGIBLE = 1e-8;
    /** So many standard deviations of a density have to be inside. */
    private static final double REACH = 5;
    /** Half a gigabyte; of what needs more, only nodes that matter are kept. */
    static final long MOST = 1L << 26;

    /** Nodes of a lattice, of which each history takes its part. */
    private static final double LARGEST_LATTICE = 1 << 20;

    private final double[] u;
    private final double[] widths;
    private final double[] v;
    private final double widestU;
    private final double widestV;
    /** By node and history, or by history and node; relative to the history's largest. */
    private final double[][] table;

    private final boolean byHistory;
    /** By history, the first line with a likelihood that counts, and the line after the last; if the table is by history. */
    private final int[] firstLine;

    private final int[] endLine;

    private final double[] largest;
    private final LogNormalHierarchy.Likelihood likelihood;
    /** Instead of the table, where that would be too large. */
    private final @Nullable SparseNodes sparse;

    private NodeTable(
            double[] u,
            double[] widths,
            double[] v,
            double widestU,
            double widestV,
            LogNormalHierarchy.Likelihood likelihood,
            int groups,
            boolean byHistory,
            @Nullable SparseNodes sparse) {
        this.byHistory = byHistory;
        this.sparse = sparse;
        this.firstLine = new int[groups];
        this.endLine = new int[groups];
        this.likelihood = likelihood;
        this.u = u;
        this.widths = widths;
        this.v = v;
        this.widestU = widestU;
        this.widestV = widestV;
        int nodes = u.length * v.length;
        this.table =
                sparse != null ? new double[0][] : byHistory ? new double[groups][nodes] : new double[nodes][groups];
        this.largest = new double[groups];
    }

    /**
     * Computes a table.
     *
     * @param likelihood the likelihood
     * @param groups how many histories
     * @param alone whether most histories have a density of their own, so that what a table has of one is better kept together
     * @param bounds the least and the largest mean of u, then of v
     * @param widest the largest standard deviations of u and v
     * @param narrowest the smallest, of u given v and v given u
     * @param normals densities as they will be asked for, at the ends of what they may be: means of u and v, variances, covariance; none if
     *     nodes that matter are not to be told
     * @param mostCells how many cells the table may have; beyond, only nodes that matter are kept, in at most twice the memory
     * @return the table, or null if it would be too large
     */
    static @Nullable NodeTable of(
            LogNormalHierarchy.Likelihood likelihood,
            int groups,
            boolean alone,
            double[] bounds,
            double[] widest,
            double[] narrowest,
            List<double[]> normals,
            long mostCells) {
        double spacingU = Math.min(WIDEST, narrowest[0] / SPACINGS);
        double spacingV = Math.min(WIDEST, narrowest[1] / SPACINGS);
        double lowV = bounds[2] - REACH * widest[1];
        double sizeV = (bounds[3] + REACH * widest[1] - lowV) / spacingV + 2;
        // Outlying covariates take the lattice to where nobody's purchases are.
        double most = alone ? likelihood.narrowest() : Double.POSITIVE_INFINITY;
        double first = steps(bounds[0] - REACH * widest[0], most) / spacingU;
        double end = highest(likelihood, 0, groups, bounds[1], widest[0]);
        double sizeU = steps(end, most) / spacingU - first + 2;
        boolean whole = sizeU * sizeV * groups <= mostCells;
        if (!whole && (alone || normals.isEmpty() || !(sizeU * sizeV <= LARGEST_LATTICE))) {
            return null;
        }
        double[] u = new double[(int) sizeU];
        double[] widths = new double[u.length];
        double at = bounds[0] - REACH * widest[0];
        for (int i = 0; i < u.length; i++) {
            at = atStep((first + i) * spacingU, at, most);
            u[i] = at;
            widths[i] = spacingU / density(at, most);
        }
        double[] v = IntStream.range(0, (int) sizeV)
                .mapToDouble(i -> lowV + i * spacingV)
                .toArray();
        SparseNodes sparse =
                whole ? null : SparseNodes.of(likelihood, groups, u, v, logBounds(u, v, normals), 4 * mostCells);
        if (!whole && sparse == null) {
            return null;
        }
        NodeTable result = new NodeTable(
                u, widths, v, narrowestOf(spacingU), narrowestOf(spacingV), likelihood, groups, alone, sparse);
        if (sparse != null) {
            return result;
        }
        if (alone) {
            result.fillByHistory();
        } else {
            result.fill();
        }
        return result;
    }

    /** How high the highest of the densities is, each beside its top. */
    private static double[][] logBounds(double[] u, double[] v, List<double[]> normals) {
        double[][] bounds = new double[u.length][v.length];
        for (int i = 0; i < u.length; i++) {
            for (int j = 0; j < v.length; j++) {
                bounds[i][j] = Double.NEGATIVE_INFINITY;
                for (double[] normal : normals) {
                    double du = u[i] - normal[0];
                    double slope = normal[4] / normal[2];
                    double dw = v[j] - normal[1] - slope * du;
                    double log = -0.5 * (du * du / normal[2] + dw * dw / (normal[3] - slope * normal[4]));
                    bounds[i][j] = Math.max(bounds[i][j], log);
                }
            }
        }
        return bounds;
    }

    /** A density that is narrower has no place on a spacing; a little below what it was made for. */
    private static double narrowestOf(double spacing) {
        return 0.999 * SPACINGS * spacing;
    }

    /** Nodes to a unit of u, where the likelihood of e^u purchases is as narrow as it is; nobody made more than some. */
    private static double density(double u, double most) {
        return Math.sqrt(1 + Math.exp(Math.min(u, most)) / 3);
    }

    /** The integral of the density. */
    private static double steps(double u, double most) {
        double y = density(u, most);
        return 2 * y + Math.min(u, most) - 2 * Math.log1p(y) + Math.max(0, u - most) * y;
    }

    private static double highest(
            LogNormalHierarchy.Likelihood likelihood, int from, int to, double mean, double deviation) {
        double reach = mean + REACH * deviation;
        return Math.max(reach, likelihood.highest(from, to, reach, deviation * deviation));
    }

    private static double atStep(double steps, double near, double most) {
        double u = near;
        for (int i = 0; i < 50; i++) {
            double change = (steps - steps(u, most)) / density(u, most);
            u += Math.max(-1, Math.min(1, change));
            if (Math.abs(change) < 1e-12) {
                break;
            }
        }
        return u;
    }

    private void fill() {
        for (int group = 0; group < largest.length; group++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int node = 0; node < table.length; node++) {
                double log = likelihood.log(group, u[node / v.length], v[node % v.length]);
                table[node][group] = log;
                most = Math.max(most, log);
            }
            largest[group] = most;
        }
        for (double[] row : table) {
            for (int group = 0; group < row.length; group++) {
                row[group] = Math.exp(row[group] - largest[group]);
            }
        }
    }

    private void fillByHistory() {
        for (int group = 0; group < largest.length; group++) {
            double[] row = table[group];
            double most = Double.NEGATIVE_INFINITY;
            for (int node = 0; node < row.length; node++) {
                row[node] = likelihood.log(group, u[node / v.length], v[node % v.length]);
                most = Math.max(most, row[node]);
            }
            largest[group] = most;
            firstLine[group] = u.length;
            for (int node = 0; node < row.length; node++) {
                row[node] = Math.exp(row[node] - most);
                if (row[node] > NOTHING) {
                    firstLine[group] = Math.min(firstLine[group], node / v.length);
                    endLine[group] = node / v.length + 1;
                }
            }
        }
    }

    /**
     * Returns the sum of the log-likelihoods of histories under a normal density.
     *
     * @param normal the means of u and v, their variances and covariance
     * @param from the first history
     * @param to the history after the last
     * @param customers how many customers have a history
     * @return the sum; NaN if the table does not hold the density
     */
    double log(double[] normal, int from, int to, double[] customers) {
        double slope = normal[4] / normal[2];
        double restV = normal[3] - slope * normal[4];
        double restU = normal[2] * (restV / normal[3]);
        double reachU = REACH * Math.sqrt(normal[2]);
        double highest = highest(likelihood, from, to, normal[0], Math.sqrt(normal[2]));
        double reachV = REACH * Math.sqrt(normal[3]);
        boolean held = restU >= widestU * widestU
                && restV >= widestV * widestV
                && normal[0] - reachU >= u[0]
                && highest <= u[u.length - 1]
                && normal[1] - reachV >= v[0]
                && normal[1] + reachV <= v[v.length - 1];
        if (!held) {
            return Double.NaN;
        }
        if (byHistory) {
            double log = 0;
            for (int group = from; group < to; group++) {
                double sum = ofOne(normal, slope, restV, highest, group);
                log += customers[group] * (largest[group] + Math.log(sum));
            }
            return log;
        }
        double[] sums = new double[to - from];
        double[] weights = sparse == null ? new double[0] : new double[u.length * v.length];
        double constant = (v[1] - v[0]) / (2 * Math.PI * Math.sqrt(normal[2] * restV));
        for (int i = 0; i < u.length; i++) {
            double du = u[i] - normal[0];
            if (du < -reachU || u[i] > highest + widths[i]) {
                continue;
            }
            double outer = constant * widths[i] * Math.exp(-0.5 * du * du / normal[2]);
            for (int j = 0; j < v.length; j++) {
                double dw = v[j] - normal[1] - slope * du;
                double weight = Math.exp(-0.5 * dw * dw / restV);
                if (weight > NEGLIGIBLE) {
                    if (sparse == null) {
                        add(outer * weight, table[i * v.length + j], from, sums);
                    } else {
                        weights[i * v.length + j] = outer * weight;
                    }
                }
            }
        }
        if (sparse != null) {
            return sparse.log(weights, from, to, customers);
        }
        double log = 0;
        for (int group = from; group < to; group++) {
            log += customers[group] * (largest[group] + Math.log(sums[group - from]));
        }
        return log;
    }

    /** Of one history weights are dearer than what they weigh: along v they are a product of products. */
    private double ofOne(double[] normal, double slope, double restV, double highest, int group) {
        double spacing = v[1] - v[0];
        double reachU = REACH * Math.sqrt(normal[2]);
        double reachW = Math.sqrt(-2 * Math.log(NEGLIGIBLE) * restV);
        double fall = Math.exp(-spacing * spacing / restV);
        double sum = 0;
        double[] row = table[group];
        for (int i = firstLine[group]; i < endLine[group]; i++) {
            double du = u[i] - normal[0];
            if (du < -reachU || u[i] > highest + widths[i]) {
                continue;
            }
            double centre = normal[1] + slope * du;
            int first = (int) Math.max(0, Math.ceil((centre - reachW - v[0]) / spacing));
            int last = (int) Math.min(v.length - 1.0, Math.floor((centre + reachW - v[0]) / spacing));
            double dw = v[0] + first * spacing - centre;
            double weight = Math.exp(-0.5 * (dw * dw / restV + du * du / normal[2]));
            double ratio = Math.exp(-spacing * (dw + 0.5 * spacing) / restV);
            double line = 0;
            for (int j = first; j <= last; j++) {
                line += weight * row[i * v.length + j];
                weight *= ratio;
                ratio *= fall;
            }
            sum += widths[i] * line;
        }
        return sum * spacing / (2 * Math.PI * Math.sqrt(normal[2] * restV));
    }

    private static void add(double weight, double[] row, int from, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * row[from + i];
        }
    }
}
