// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * Whether chains have mixed, from their draws alone, after A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Bürkner,
 * Rank-normalization, folding, and localization: an improved R̂ for assessing convergence of MCMC, Bayesian Analysis 16 (2021),
 * doi:10.1214/20-BA1221.
 *
 * <p>Chains are arrays of one length. A constant has R̂ = 1 and an effective sample as large as the sample; draws too few to split have the
 * R̂ of no information, the largest double, and an effective sample of 0.
 */
public final class Diagnostics {

    private static final int FEWEST = 4;

    private Diagnostics() {}

    /**
     * Returns the rank-normalised split R̂: the larger of that of the draws, which sees chains in different places, and that of their
     * distances from the median, which sees chains of different widths.
     *
     * @param chains the draws by chain
     * @return R̂, about 1 if the chains have mixed
     */
    public static double rHat(double[][] chains) {
        if (chains[0].length < FEWEST) {
            return Double.MAX_VALUE;
        }
        double[] all =
                Arrays.stream(chains).flatMapToDouble(Arrays::stream).sorted().toArray();
        double median = (all[(all.length - 1) / 2] + all[all.length / 2]) / 2;
        double[][] folded = new double[chains.length][];
        for (int i = 0; i < chains.length; i++) {
            folded[i] = Arrays.stream(chains[i])
                    .map(draw -> Math.abs(draw - median))
                    .toArray();
        }
        return Math.max(classic(normalScores(split(chains))), classic(normalScores(split(folded))));
    }

    /**
     * Returns the effective size of the sample for its location: so many independent draws would tell the mean of the rank-normalised
     * draws as well. Autocorrelations of the split chains are summed as far as those of neighbouring lags, in pairs, are positive
     * and fall.
     *
     * @param chains the draws by chain
     * @return the size, above 0; larger than the number of draws if they are negatively correlated
     */
    public static double effectiveSize(double[][] chains) {
        if (chains[0].length < FEWEST) {
            return 0;
        }
        double[][] split = normalScores(split(chains));
        int length = split[0].length;
        double size = (double) length * split.length;
        double[] within =
                Arrays.stream(split).mapToDouble(Diagnostics::variance).toArray();
        double w = mean(within);
        double all = w * (length - 1) / length + variance(means(split));
        if (!(all > 0)) {
            return size;
        }
        double sum = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int lag = 0; lag + 1 < length; lag += 2) {
            double pair = correlation(split, lag, w, all) + correlation(split, lag + 1, w, all);
            if (!(pair > 0)) {
                break;
            }
            before = Math.min(before, pair);
            sum += before;
        }
        // No sample is worth more than antithetic draws could make it.
        double time = Math.max(2 * sum - 1, 1 / Math.log10(size));
        return size / time;
    }

    private static double correlation(double[][] chains, int lag, double within, double all) {
        double covariance = 0;
        for (double[] chain : chains) {
            double mean = mean(chain);
            double sum = 0;
            for (int i = lag; i < chain.length; i++) {
                sum += (chain[i] - mean) * (chain[i - lag] - mean);
            }
            covariance += sum / (chain.length - 1);
        }
        return 1 - (within - covariance / chains.length) / all;
    }

    private static double classic(double[][] chains) {
        double length = chains[0].length;
        double within = Arrays.stream(chains)
                .mapToDouble(Diagnostics::variance)
                .average()
                .orElse(0);
        double between = variance(means(chains));
        if (!(between > 0)) {
            return 1;
        }
        return within > 0 ? Math.sqrt((length - 1) / length + between / within) : Double.MAX_VALUE;
    }

    private static double[][] split(double[][] chains) {
        int half = chains[0].length / 2;
        double[][] halves = new double[2 * chains.length][];
        for (int i = 0; i < chains.length; i++) {
            halves[2 * i] = Arrays.copyOfRange(chains[i], 0, half);
            halves[2 * i + 1] = Arrays.copyOfRange(chains[i], chains[i].length - half, chains[i].length);
        }
        return halves;
    }

    /** Normal quantiles in the places of the draws, by their ranks; equal draws have the mean of their ranks. */
    private static double[][] normalScores(double[][] chains) {
        int length = chains[0].length;
        int size = chains.length * length;
        Integer[] order = IntStream.range(0, size).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> chains[i / length][i % length]));
        double[][] scores = new double[chains.length][length];
        int from = 0;
        while (from < size) {
            double value = chains[order[from] / length][order[from] % length];
            int to = from + 1;
            while (to < size && chains[order[to] / length][order[to] % length] == value) {
                to++;
            }
            double rank = (from + 1 + to) / 2.0;
            double score = Math.sqrt(2) * Erf.erfInv(2 * (rank - 0.375) / (size + 0.25) - 1);
            for (int i = from; i < to; i++) {
                scores[order[i] / length][order[i] % length] = score;
            }
            from = to;
        }
        return scores;
    }

    private static double[] means(double[][] chains) {
        return Arrays.stream(chains).mapToDouble(Diagnostics::mean).toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }
}
