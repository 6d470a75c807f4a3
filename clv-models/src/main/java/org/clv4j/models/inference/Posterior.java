// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.clv4j.models.internal.mcmc.Diagnostics;

/**
 * Draws from the posterior distribution of a model's parameters, by chain: what a Bayesian fit knows of them, and whether its chains
 * have mixed.
 *
 * <p>Quantiles and intervals are of the draws of all chains. R̂ is the rank-normalised split R̂ of Vehtari et al., the larger of those for
 * location and width: near 1, chains from different places tell the same; from 1.05 on they do not, and neither quantile nor mean is
 * to be used. The effective sample size tells how many independent draws would be worth as much for the location.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Bürkner, Rank-normalization, folding, and localization: an improved
 * R̂ for assessing convergence of MCMC, Bayesian Analysis 16 (2021),
 * <a href="https://doi.org/10.1214/20-BA1221">doi:10.1214/20-BA1221</a>.
 */
public final class Posterior {

    private final List<String> parameters;
    private final double[][][] draws;
    private final double[][] sorted;
    private final double[] rHats;
    private final double[] effectiveSizes;

    private Posterior(List<String> parameters, double[][][] draws) {
        this.parameters = parameters;
        this.draws = draws;
        this.sorted = new double[draws.length][];
        this.rHats = new double[draws.length];
        this.effectiveSizes = new double[draws.length];
        for (int i = 0; i < draws.length; i++) {
            sorted[i] = Arrays.stream(draws[i])
                    .flatMapToDouble(Arrays::stream)
                    .sorted()
                    .toArray();
            rHats[i] = Diagnostics.rHat(draws[i]);
            effectiveSizes[i] = Diagnostics.effectiveSize(draws[i]);
        }
    }

    /**
     * Returns a posterior of draws.
     *
     * @param parameters the names of the parameters, in the model's order
     * @param draws the draws by parameter, chain and number; finite, at least one chain of at least one draw, all chains equally long
     * @return the posterior
     * @throws IllegalArgumentException if the draws are not of that shape, or not finite
     */
    public static Posterior of(List<String> parameters, double[][][] draws) {
        if (parameters.isEmpty() || draws.length != parameters.size() || draws[0].length == 0) {
            throw new IllegalArgumentException("`draws` must have chains for each of the parameters " + parameters
                    + ", but were of " + draws.length);
        }
        double[][][] copy = new double[draws.length][draws[0].length][];
        for (int i = 0; i < draws.length; i++) {
            if (draws[i].length != draws[0].length) {
                throw new IllegalArgumentException("`draws` must have " + draws[0].length + " chains of `"
                        + parameters.get(i) + "`, but had " + draws[i].length);
            }
            for (int j = 0; j < draws[i].length; j++) {
                copy[i][j] = copyOf(draws[i][j], draws[0][0].length);
            }
        }
        return new Posterior(List.copyOf(parameters), copy);
    }

    private static double[] copyOf(double[] chain, int length) {
        if (chain.length != length || length == 0) {
            throw new IllegalArgumentException(
                    "`draws` must have chains of one length, at least 1, but one had " + chain.length);
        }
        for (double draw : chain) {
            if (!Double.isFinite(draw)) {
                throw new IllegalArgumentException("`draws` must be finite, but one was " + draw);
            }
        }
        return chain.clone();
    }

    /**
     * Returns the names of the parameters.
     *
     * @return the names in the model's order; unmodifiable
     */
    public List<String> parameters() {
        return parameters;
    }

    /**
     * Returns the number of chains.
     *
     * @return the number, at least 1
     */
    public int chains() {
        return draws[0].length;
    }

    /**
     * Returns the number of draws of each chain.
     *
     * @return the number, at least 1
     */
    public int drawsPerChain() {
        return draws[0][0].length;
    }

    /**
     * Returns the draws of a parameter.
     *
     * @param parameter its name
     * @param chain the chain, from 0
     * @return a fresh array, in the order in which they were drawn
     * @throws IllegalArgumentException if there is no such parameter
     * @throws IndexOutOfBoundsException if there is no such chain
     */
    public double[] draws(String parameter, int chain) {
        return draws[indexOf(parameter)][Objects.checkIndex(chain, chains())].clone();
    }

    /**
     * Returns the mean of a parameter's draws.
     *
     * @param parameter its name
     * @return the posterior mean
     * @throws IllegalArgumentException if there is no such parameter
     */
    public double mean(String parameter) {
        return mean(indexOf(parameter));
    }

    private double mean(int i) {
        return Arrays.stream(sorted[i]).average().orElseThrow();
    }

    /**
     * Returns the median of a parameter's draws.
     *
     * @param parameter its name
     * @return the posterior median
     * @throws IllegalArgumentException if there is no such parameter
     */
    public double median(String parameter) {
        return quantile(parameter, 0.5);
    }

    /**
     * Returns a quantile of a parameter's draws; two of them make an interval, as .025 and .975.
     *
     * @param parameter its name
     * @param probability in [0, 1]
     * @return the quantile, between neighbours by linear interpolation
     * @throws IllegalArgumentException if there is no such parameter, or the probability is out of its range
     */
    public double quantile(String parameter, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("`probability` must be in [0, 1], but was " + probability);
        }
        double[] values = sorted[indexOf(parameter)];
        double position = probability * (values.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, values.length - 1);
        return values[below] + (position - below) * (values[above] - values[below]);
    }

    /**
     * Returns the covariance of the draws.
     *
     * @return a fresh matrix in the order of the parameters; zeros of a single draw
     */
    public double[][] covariance() {
        int size = sorted[0].length;
        double[][] covariance = new double[draws.length][draws.length];
        for (int i = 0; i < draws.length; i++) {
            double meanI = mean(i);
            for (int j = 0; j <= i; j++) {
                double meanJ = mean(j);
                double sum = 0;
                for (int chain = 0; chain < chains(); chain++) {
                    for (int k = 0; k < drawsPerChain(); k++) {
                        sum += (draws[i][chain][k] - meanI) * (draws[j][chain][k] - meanJ);
                    }
                }
                covariance[i][j] = sum / Math.max(1, size - 1);
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    /**
     * Returns the rank-normalised split R̂ of a parameter.
     *
     * @param parameter its name
     * @return R̂, near 1 if the chains have mixed; the largest double if they are too short to tell, with fewer than four draws
     * @throws IllegalArgumentException if there is no such parameter
     */
    public double rHat(String parameter) {
        return rHats[indexOf(parameter)];
    }

    /**
     * Returns the largest R̂ of all parameters.
     *
     * @return the R̂ by which to judge the fit
     */
    public double largestRHat() {
        return Arrays.stream(rHats).max().orElseThrow();
    }

    /**
     * Returns the effective sample size of a parameter, over all chains.
     *
     * @param parameter its name
     * @return the size; 0 if the chains are too short to tell, with fewer than four draws
     * @throws IllegalArgumentException if there is no such parameter
     */
    public double effectiveSize(String parameter) {
        return effectiveSizes[indexOf(parameter)];
    }

    /**
     * Returns the smallest effective sample size of all parameters.
     *
     * @return the size by which to judge the fit
     */
    public double smallestEffectiveSize() {
        return Arrays.stream(effectiveSizes).min().orElseThrow();
    }

    private int indexOf(String parameter) {
        int index = parameters.indexOf(parameter);
        if (index < 0) {
            throw new IllegalArgumentException("`parameter` must be one of " + parameters + ", but was " + parameter);
        }
        return index;
    }

    /** Returns median, 95 % interval, R̂ and effective sample size of all parameters, one a line. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("posterior: " + chains() + " chains of " + drawsPerChain() + " draws");
        for (String name : parameters) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-22s %14.6f  [%.6f, %.6f]  R̂ %.3f  effective draws %.0f",
                    name,
                    median(name),
                    quantile(name, 0.025),
                    quantile(name, 0.975),
                    rHat(name),
                    effectiveSize(name)));
        }
        return String.join("\n", lines);
    }
}
