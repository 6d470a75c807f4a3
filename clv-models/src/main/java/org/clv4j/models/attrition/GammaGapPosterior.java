// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.kernel.GammaGapLattice;
import org.clv4j.models.internal.mcmc.LogDensity;

/**
 * The posterior density of the populations of k, λ and μ of the Pareto/GGG model, every customer's own three numbers integrated out.
 * A point is the logarithms of shape and mean of the three; times are in units of the mean age.
 *
 * <p>A customer's likelihood given her three numbers does not depend on the populations. It is computed once on a lattice, and a density is a sum
 * over it with other weights.
 */
final class GammaGapPosterior implements LogDensity {

    /** A point has so many numbers. */
    static final int SIZE = 6;

    private static final double MU_SPACING = 0.36;
    private static final double LOWEST_LOG_MU = -6.5;
    private static final int MU_NODES = 34;
    private static final double[] SPACINGS = {0.18, 0.3};
    /** The shapes whose populations are so narrow that sums over the spacings are wrong by more than a few in 100,000. */
    private static final double[] LARGEST_LOG_SHAPES = {
        2 * Math.log(1.3 / 0.18), 2 * Math.log(1.3 / 0.3), 2 * Math.log(1.3 / MU_SPACING)
    };
    /** Beyond them the density falls steeply, but smoothly: for so many customers, and the more steeply for more. */
    private static final double WALL = 500;

    private static final double CUSTOMERS_OF_WALL = 5000;

    private static final double REACH = 11;
    /** Farther below the mean there are customers who do not buy, and no differences between them. */
    private static final double LOWEST_RATE = 8;

    private static final double PRIOR_DEVIATION_OF_SHAPES = 1;
    private static final double[] PRIOR_DEVIATIONS_OF_MEANS = {1, 3, 3};
    /** The part of Java's memory that the table may take. */
    private static final double MOST_OF_MEMORY = 0.6;

    private static final double[] LOG_MUS = logMus();

    private final GapHistories histories;
    private final GammaGapLattice[] lattices;
    private final float[][] tables;
    private final double[] logScales;

    private GammaGapPosterior(GapHistories histories) {
        this.histories = histories;
        this.lattices = new GammaGapLattice[histories.size()];
        this.tables = new float[histories.size()][];
        this.logScales = new double[histories.size()];
    }

    private static double[] logMus() {
        double[] nodes = new double[MU_NODES];
        for (int m = 0; m < nodes.length; m++) {
            nodes[m] = LOWEST_LOG_MU + m * MU_SPACING;
        }
        return nodes;
    }

    /**
     * Tabulates the likelihoods for populations about a middle.
     *
     * @param histories the customers
     * @param middle a point
     * @param far how far points will be from it
     * @param work what is being done, for the progress
     * @param execution how the work is run
     * @return the density
     * @throws ModelException if the table were too large
     */
    static GammaGapPosterior of(
            GapHistories histories, double[] middle, double[] far, String work, Execution execution) {
        GammaGapPosterior posterior = new GammaGapPosterior(histories);
        DoubleUnaryOperator shapes = envelope(middle, far, 0);
        DoubleUnaryOperator rates = envelope(middle, far, 2);
        double lowest = middle[3] - LOWEST_RATE;
        double logMu = Math.max(-5, Math.min(1, middle[5] - 1));
        double unit = histories.meanAge();
        double[] sizes = new double[histories.size()];
        execution.fill(work, sizes, (from, to, out) -> {
            for (int row = from; row < to; row++) {
                int x = histories.frequency[row];
                GammaGapLattice lattice = GammaGapLattice.of(
                        x,
                        histories.recency[row] / unit,
                        (histories.age[row] - histories.recency[row]) / unit,
                        histories.logGaps[row] - x * Math.log(unit),
                        shapes,
                        rates,
                        lowest,
                        logMu,
                        SPACINGS,
                        REACH);
                posterior.lattices[row] = lattice;
                out[row - from] = (double) MU_NODES * lattice.logShapes().length * lattice.logRates().length;
            }
        });
        double cells = 0;
        for (double size : sizes) {
            cells += size;
        }
        long memory = Runtime.getRuntime().maxMemory();
        if (4 * cells > MOST_OF_MEMORY * memory) {
            throw new ModelException(String.format(
                    Locale.ROOT,
                    "%s cannot hold the likelihoods of %d different histories, which would take %.1f GB; give Java more than"
                            + " its %.1f GB, or fit a random part of the customers and score all",
                    ParetoGgg.NAME,
                    histories.size(),
                    4 * cells / (1 << 30),
                    (double) memory / (1 << 30)));
        }
        execution.fill(work, sizes, (from, to, out) -> {
            for (int row = from; row < to; row++) {
                posterior.tabulate(row, unit);
            }
        });
        return posterior;
    }

    private void tabulate(int row, double unit) {
        GammaGapLattice lattice = lattices[row];
        double[][] logs = lattice.logDensities();
        double[] us = lattice.logShapes();
        double[] ws = lattice.logRates();
        double recency = histories.recency[row] / unit;
        double silence = (histories.age[row] - histories.recency[row]) / unit;
        double scale = Double.NEGATIVE_INFINITY;
        for (double[] line : logs) {
            for (double log : line) {
                scale = Math.max(scale, log);
            }
        }
        float[] table = new float[us.length * ws.length * MU_NODES];
        int cell = 0;
        for (int j = 0; j < us.length; j++) {
            double k = Math.exp(us[j]);
            for (int i = 0; i < ws.length; i++) {
                double lambda = Math.exp(ws[i]);
                double gaps = Math.exp(logs[j][i] - scale);
                for (double logMu : LOG_MUS) {
                    double mu = Math.exp(logMu);
                    double log = -mu * recency;
                    table[cell] = gaps < 1e-30 || log < -60
                            ? 0
                            : (float) (gaps * Math.exp(log) * GammaGapLattice.quiet(k, lambda, mu, silence));
                    cell++;
                }
            }
        }
        tables[row] = table;
        logScales[row] = scale;
    }

    /** The largest of the densities of a logarithm that populations have near a middle. */
    private static DoubleUnaryOperator envelope(double[] middle, double[] far, int at) {
        return log -> {
            double largest = Double.NEGATIVE_INFINITY;
            for (int a = -1; a <= 1; a++) {
                double shape = Math.exp(middle[at] + a * far[at]);
                for (int b = -1; b <= 1; b++) {
                    double scaled = log - middle[at + 1] - b * far[at + 1];
                    // Relative to its mode, where the logarithm is that of the mean.
                    largest = Math.max(largest, shape * (scaled - Math.exp(scaled) + 1));
                }
            }
            return largest;
        };
    }

    @Override
    public double at(double[] point) {
        double sum = 0;
        double wall = WALL * Math.max(1, Arrays.stream(histories.customers).sum() / CUSTOMERS_OF_WALL);
        for (int i = 0; i < SIZE; i += 2) {
            if (!(Math.abs(point[i]) < 8 && Math.abs(point[i + 1]) < 30)) {
                return Double.NEGATIVE_INFINITY;
            }
            double shape = point[i] / PRIOR_DEVIATION_OF_SHAPES;
            double mean = point[i + 1] / PRIOR_DEVIATIONS_OF_MEANS[i / 2];
            double beyond = Math.max(0, point[i] - LARGEST_LOG_SHAPES[i / 2]);
            sum -= (shape * shape + mean * mean) / 2 + wall * beyond * beyond;
        }
        double[] mus = new double[MU_NODES];
        GammaGapLattice.weights(LOG_MUS, MU_SPACING, Math.exp(point[4]), point[4] - point[5], mus);
        for (int row = 0; row < tables.length; row++) {
            sum += histories.customers[row] * logLikelihood(row, point, mus);
        }
        return sum > Double.NEGATIVE_INFINITY ? sum : Double.NEGATIVE_INFINITY;
    }

    private double logLikelihood(int row, double[] point, double[] mus) {
        GammaGapLattice lattice = lattices[row];
        float[] table = tables[row];
        double[] shapes = new double[lattice.logShapes().length];
        double[] rates = new double[lattice.logRates().length];
        GammaGapLattice.weights(
                lattice.logShapes(), lattice.spacingOfShapes(), Math.exp(point[0]), point[0] - point[1], shapes);
        GammaGapLattice.weights(
                lattice.logRates(), lattice.spacingOfRates(), Math.exp(point[2]), point[2] - point[3], rates);
        double sum = 0;
        int cell = 0;
        for (double shape : shapes) {
            double ofShape = 0;
            for (double rate : rates) {
                double ofRate = 0;
                for (int m = 0; m < MU_NODES; m++) {
                    ofRate += mus[m] * table[cell + m];
                }
                cell += MU_NODES;
                ofShape += rate * ofRate;
            }
            sum += shape * ofShape;
        }
        return logScales[row] + Math.log(Math.max(1e-300, sum));
    }

    /**
     * Returns the parameters of a point.
     *
     * @param point a point
     * @param unit the mean age
     * @return t, γ, r, α, s, β in the units of the base
     */
    static double[] parameters(double[] point, double unit) {
        return new double[] {
            Math.exp(point[0]),
            Math.exp(point[0] - point[1]),
            Math.exp(point[2]),
            Math.exp(point[2] - point[3]) * unit,
            Math.exp(point[4]),
            Math.exp(point[4] - point[5]) * unit
        };
    }
}
