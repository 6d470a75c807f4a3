// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.kernel.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * How far estimates would move with other customers of the same kind: the Bayesian bootstrap.
 *
 * <p>Every replicate fits the model to the same customers with random weights, exponential of mean 1 times their own. It needs no
 * curvature, so that it tells what standard errors of the report cannot: for fits that warn of {@code WEAKLY_IDENTIFIED} or {@code
 * BOUNDARY}, whose likelihood is no parabola. Intervals are then the better reading, because a few replicates that run far away dominate a
 * standard error.
 *
 * <p>It costs a fit a replicate. The same seed gives the same bits for any number of threads.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>References: D. B. Rubin, The Bayesian bootstrap, Annals of Statistics 9 (1981),
 * <a href="https://doi.org/10.1214/aos/1176345338">doi:10.1214/aos/1176345338</a>.
 */
public final class Bootstrap {

    private static final Bootstrap DEFAULTS = new Bootstrap(200, 1);

    private final int replicates;
    private final long seed;

    private Bootstrap(int replicates, long seed) {
        this.replicates = replicates;
        this.seed = seed;
    }

    /**
     * Returns a bootstrap of 200 replicates, from the seed 1.
     *
     * @return the bootstrap
     */
    public static Bootstrap withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another number of replicates.
     *
     * @param newReplicates the number, at least 2
     * @return the copy
     * @throws IllegalArgumentException if there are fewer
     */
    public Bootstrap withReplicates(int newReplicates) {
        if (newReplicates < 2) {
            throw new IllegalArgumentException("`replicates` must be at least 2, but was " + newReplicates);
        }
        return new Bootstrap(newReplicates, seed);
    }

    /**
     * Returns a copy with another seed.
     *
     * @param newSeed the seed
     * @return the copy
     */
    public Bootstrap withSeed(long newSeed) {
        return new Bootstrap(replicates, newSeed);
    }

    /**
     * Fits all replicates on the calling thread.
     *
     * @param base the customers
     * @param fit fits the model, as {@code ParetoNbd.withDefaults()::fit}
     * @return the replicates
     * @throws ModelException if fewer than two replicates could be fitted
     */
    public Replicates run(CustomerBase base, Function<CustomerBase, ? extends FittedModel> fit) {
        return run(base, fit, Execution.sequential());
    }

    /**
     * Fits all replicates.
     *
     * @param base the customers
     * @param fit fits the model, as {@code ParetoNbd.withDefaults()::fit}; called by several threads if the execution has them
     * @param execution how the work is run
     * @return the replicates
     * @throws ModelException if fewer than two replicates could be fitted
     */
    public Replicates run(CustomerBase base, Function<CustomerBase, ? extends FittedModel> fit, Execution execution) {
        Objects.requireNonNull(fit, "fit");
        @Nullable FittedModel[] fitted = new FittedModel[replicates];
        execution.run(replicates, (worker, replicate) -> {
            if (worker == 0) {
                execution.step("bootstrap", replicate, replicates);
            }
            fitted[replicate] = tryFit(base, fit, replicate);
        });
        List<Map<String, Double>> estimates = new ArrayList<>();
        for (FittedModel model : fitted) {
            if (model != null) {
                estimates.add(model.parameters());
            }
        }
        if (estimates.size() < 2) {
            throw new ModelException("only " + estimates.size() + " of " + replicates
                    + " replicates could be fitted; the base identifies no model");
        }
        return new Replicates(estimates, replicates);
    }

    /** A replicate whose fit is refused or does not converge tells nothing but that. */
    private @Nullable FittedModel tryFit(
            CustomerBase base, Function<CustomerBase, ? extends FittedModel> fit, int replicate) {
        Sampling random = Sampling.ofSeed(seed + 0x9E3779B97F4A7C15L * (replicate + 1));
        double[] weights = new double[base.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = base.weight(row) * Math.max(Double.MIN_NORMAL, random.exponential(1));
        }
        try {
            FittedModel model = fit.apply(base.withWeights(weights));
            return model.report().map(FitReport::converged).orElse(true) ? model : null;
        } catch (ModelException e) {
            return null;
        }
    }

    /** The estimates of all replicates that could be fitted. Immutable and thread-safe. */
    public static final class Replicates {

        private final Map<String, double[]> sorted = new LinkedHashMap<>();
        private final Map<String, double[]> columns = new LinkedHashMap<>();
        private final int fitted;
        private final int tried;

        private Replicates(List<Map<String, Double>> estimates, int tried) {
            this.fitted = estimates.size();
            this.tried = tried;
            for (String name : estimates.get(0).keySet()) {
                double[] column = estimates.stream()
                        .mapToDouble(parameters -> parameters.getOrDefault(name, 0.0))
                        .toArray();
                columns.put(name, column);
                double[] ordered = column.clone();
                Arrays.sort(ordered);
                sorted.put(name, ordered);
            }
        }

        /**
         * Returns how many replicates were fitted.
         *
         * @return the number, at least 2
         */
        public int fitted() {
            return fitted;
        }

        /**
         * Returns how many replicates were refused or did not converge.
         *
         * @return the number, at least 0
         */
        public int failed() {
            return tried - fitted;
        }

        /**
         * Returns the estimates of a parameter.
         *
         * @param parameter its name
         * @return a fresh array, one value a fitted replicate
         * @throws IllegalArgumentException if there is no such parameter
         */
        public double[] estimates(String parameter) {
            return column(columns, parameter).clone();
        }

        /**
         * Returns the standard deviations of the estimates.
         *
         * @return an unmodifiable map from parameter to standard error; finite, at least 0
         */
        public Map<String, Double> standardErrors() {
            double[][] covariance = covariance();
            Map<String, Double> errors = new LinkedHashMap<>();
            int i = 0;
            for (String name : columns.keySet()) {
                errors.put(name, Math.sqrt(covariance[i][i]));
                i++;
            }
            return Collections.unmodifiableMap(errors);
        }

        /**
         * Returns the covariance of the estimates.
         *
         * @return a fresh matrix in the order of the parameters
         */
        public double[][] covariance() {
            List<double[]> all = List.copyOf(columns.values());
            double[][] covariance = new double[all.size()][all.size()];
            for (int i = 0; i < all.size(); i++) {
                for (int j = 0; j < all.size(); j++) {
                    covariance[i][j] = covariance(all.get(i), all.get(j));
                }
            }
            return covariance;
        }

        private static double covariance(double[] one, double[] other) {
            double meanOne = Arrays.stream(one).average().orElse(0);
            double meanOther = Arrays.stream(other).average().orElse(0);
            double sum = 0;
            for (int i = 0; i < one.length; i++) {
                sum += (one[i] - meanOne) * (other[i] - meanOther);
            }
            return sum / (one.length - 1);
        }

        /**
         * Returns a quantile of a parameter's estimates; two of them make an interval, as .025 and .975.
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
            double[] values = column(sorted, parameter);
            double position = probability * (values.length - 1);
            int below = (int) position;
            int above = Math.min(below + 1, values.length - 1);
            return values[below] + (position - below) * (values[above] - values[below]);
        }

        private static double[] column(Map<String, double[]> columns, String parameter) {
            double[] column = columns.get(parameter);
            if (column == null) {
                throw new IllegalArgumentException(
                        "`parameter` must be one of " + columns.keySet() + ", but was " + parameter);
            }
            return column;
        }

        /** Returns the intervals of all parameters, one a line. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("bootstrap: " + fitted + " replicates, " + failed() + " failed");
            for (String name : columns.keySet()) {
                text.append(String.format(
                        Locale.ROOT,
                        "\n  %-22s %14.6f  [%.6f, %.6f]",
                        name,
                        quantile(name, 0.5),
                        quantile(name, 0.025),
                        quantile(name, 0.975)));
            }
            return text.toString();
        }
    }
}
