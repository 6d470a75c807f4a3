// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.clv4j.core.data.TimeScale;
import org.jspecify.annotations.Nullable;

/**
 * How a model was fitted and how far the fit can be trusted. Holds no training data.
 *
 * <p>Standard errors come from the inverse of the observed information (the negative Hessian of the log-likelihood); they are
 * absent where that matrix is not positive definite. Those of a Bayesian fit are posterior standard deviations. This class is immutable and thread-safe.
 */
public final class FitReport {

    /** Under this key the provenance, which every saved model has, names the parameters that were stated. */
    private static final String FIXED = "fixed parameters";

    private final String model;
    private final @Nullable TimeScale timeScale;
    private final Map<String, Double> parameters;
    private final Map<String, Double> standardErrors;
    private final double @Nullable [][] covariance;
    private final double logLikelihood;
    private final double customers;
    private final boolean converged;
    private final int evaluations;
    private final List<FitWarning> warnings;
    private final Map<String, List<String>> covariates;
    private final Map<String, String> provenance;

    private FitReport(Builder builder) {
        model = builder.model;
        timeScale = builder.timeScale;
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parameters));
        standardErrors = Collections.unmodifiableMap(new LinkedHashMap<>(builder.standardErrors));
        covariance = builder.covariance;
        logLikelihood = builder.logLikelihood;
        customers = builder.customers;
        converged = builder.converged;
        evaluations = builder.evaluations;
        warnings = List.copyOf(builder.warnings);
        covariates = Collections.unmodifiableMap(builder.covariates);
        provenance = Collections.unmodifiableMap(new TreeMap<>(builder.provenance));
    }

    /**
     * Starts a report; for authors of models and readers of files.
     *
     * @param model the model's name, as {@code bg-nbd}
     * @param parameters the estimates by name, in the model's order; finite
     * @return the builder
     */
    public static Builder builder(String model, Map<String, Double> parameters) {
        return new Builder(model, parameters);
    }

    /**
     * Returns the model's name.
     *
     * @return the name, as {@code bg-nbd}
     */
    public String model() {
        return model;
    }

    /**
     * Returns the time unit that the parameters are in.
     *
     * @return the unit, or empty for a model without time
     */
    public Optional<TimeScale> timeScale() {
        return Optional.ofNullable(timeScale);
    }

    /**
     * Returns the estimates.
     *
     * @return an unmodifiable map from name to value, in the model's order
     */
    public Map<String, Double> parameters() {
        return parameters;
    }

    /**
     * Returns the standard errors of the estimates.
     *
     * @return an unmodifiable map from name to value; empty if the curvature at the optimum gives none
     */
    public Map<String, Double> standardErrors() {
        return standardErrors;
    }

    /**
     * Returns the covariance of the estimates.
     *
     * @return a fresh matrix in the order of {@link #parameters()}, or empty if the curvature at the optimum gives none
     */
    public Optional<double[][]> covariance() {
        return covariance == null ? Optional.empty() : Optional.of(copy(covariance));
    }

    /**
     * Returns how many parameters were estimated: all, less those that the model was told and that its report carries because no score
     * can do without them.
     *
     * @return the number, at most that of {@link #parameters()}
     */
    public int estimatedParameters() {
        List<String> fixed = List.of(provenance.getOrDefault(FIXED, "").split(", ", -1));
        return (int) parameters.keySet().stream()
                .filter(name -> !fixed.contains(name))
                .count();
    }

    /**
     * Returns the log-likelihood at the estimates.
     *
     * @return the log-likelihood, or empty for a model that has none
     */
    public OptionalDouble logLikelihood() {
        return Double.isNaN(logLikelihood) ? OptionalDouble.empty() : OptionalDouble.of(logLikelihood);
    }

    /**
     * Returns how many customers the fit saw.
     *
     * @return the sum of their weights
     */
    public double customers() {
        return customers;
    }

    /**
     * Tells whether the optimiser reached a point where the gradient vanishes and the curvature is that of a maximum; of a Bayesian fit,
     * whether its chains have mixed.
     *
     * @return true if the estimates can be used
     */
    public boolean converged() {
        return converged;
    }

    /**
     * Returns how often the likelihood of the whole data was evaluated.
     *
     * @return the number of evaluations
     */
    public int evaluations() {
        return evaluations;
    }

    /**
     * Returns what the reader of the fit must know.
     *
     * @return the warnings, unmodifiable
     */
    public List<FitWarning> warnings() {
        return warnings;
    }

    /**
     * Tells whether the fit warns of a condition.
     *
     * @param condition the condition
     * @return true if one of the warnings is of it
     */
    public boolean has(FitWarning.Condition condition) {
        return warnings.stream().anyMatch(warning -> warning.condition() == condition);
    }

    /**
     * Returns the covariates whose effects are among the parameters.
     *
     * @return an unmodifiable map from the attribute's name to its levels, the reference first; no levels if it is a number
     */
    public Map<String, List<String>> covariates() {
        return covariates;
    }

    /**
     * Returns where the fit comes from: version, window, data policy.
     *
     * @return an unmodifiable map in the order of its keys
     */
    public Map<String, String> provenance() {
        return provenance;
    }

    /**
     * Returns Akaike's information criterion, 2k − 2 ln L with k estimated parameters.
     *
     * @return the criterion, or empty for a model without likelihood
     */
    public OptionalDouble aic() {
        return Double.isNaN(logLikelihood)
                ? OptionalDouble.empty()
                : OptionalDouble.of(2.0 * estimatedParameters() - 2 * logLikelihood);
    }

    /**
     * Returns the Bayesian information criterion, k ln n − 2 ln L with k estimated parameters and n customers.
     *
     * @return the criterion, or empty for a model without likelihood or a report without customers
     */
    public OptionalDouble bic() {
        return Double.isNaN(logLikelihood) || customers == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(estimatedParameters() * Math.log(customers) - 2 * logLikelihood);
    }

    /**
     * Returns a copy with more provenance.
     *
     * @param key the key
     * @param value the value
     * @return the copy
     */
    public FitReport withProvenance(String key, String value) {
        return new Builder(this).provenance(key, value).build();
    }

    /**
     * Starts a report that is like this one but for its parameters, of which errors and covariance are to be set anew; for models whose
     * fit works in other parameters than it reports.
     *
     * @param newParameters the estimates by name, in the model's order; finite
     * @return the builder
     */
    public Builder withParameters(Map<String, Double> newParameters) {
        Builder builder = new Builder(model, newParameters);
        builder.takeAllButParameters(this);
        return builder;
    }

    /**
     * Starts a report with all of this one under the name of another model: of one that is made of this and more.
     *
     * @param newModel the name
     * @return the builder
     */
    public Builder toBuilder(String newModel) {
        return new Builder(newModel, this);
    }

    /**
     * Returns a copy with other warnings.
     *
     * @param newWarnings the warnings
     * @return the copy
     */
    public FitReport withWarnings(List<FitWarning> newWarnings) {
        return new Builder(this).warnings(newWarnings).build();
    }

    /**
     * Returns the report for people: estimates with standard errors, likelihood and warnings on lines of their own,
     * the same on every machine.
     *
     * @return the text, without a line break at its end
     */
    public String summary() {
        StringBuilder text = new StringBuilder(model);
        text.append(": ").append(converged ? "converged" : "NOT CONVERGED");
        text.append(String.format(Locale.ROOT, ", %.0f customers, %d evaluations", customers, evaluations));
        int width = Math.max(
                22, parameters.keySet().stream().mapToInt(String::length).max().orElse(0));
        parameters.forEach((name, value) -> {
            text.append(String.format(Locale.ROOT, "\n  %-" + width + "s %14.6f", name, value));
            Double error = standardErrors.get(name);
            if (error != null) {
                text.append(String.format(Locale.ROOT, "  (s.e. %.6f)", error));
            }
        });
        logLikelihood()
                .ifPresent(value -> text.append(
                        String.format(Locale.ROOT, "\n  log-likelihood %.5f   AIC %.3f", value, aic().orElseThrow())));
        bic().ifPresent(value -> text.append(String.format(Locale.ROOT, "   BIC %.3f", value)));
        covariates.forEach((name, levels) -> {
            if (!levels.isEmpty()) {
                text.append("\n  ").append(name).append(" is compared with ").append(levels.get(0));
            }
        });
        warnings.forEach(warning -> text.append("\n  warning: ").append(warning));
        return text.toString();
    }

    /** Returns {@link #summary()}. */
    @Override
    public String toString() {
        return summary();
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    /** Collects a report. Not thread-safe. */
    public static final class Builder {

        private final String model;
        private final Map<String, Double> parameters;
        private @Nullable TimeScale timeScale;
        private Map<String, Double> standardErrors = Map.of();
        private double @Nullable [][] covariance;
        private double logLikelihood = Double.NaN;
        private double customers;
        private boolean converged;
        private int evaluations;
        private List<FitWarning> warnings = List.of();
        private Map<String, List<String>> covariates = Map.of();
        private final Map<String, String> provenance = new TreeMap<>();

        private Builder(String model, Map<String, Double> parameters) {
            this.model = Objects.requireNonNull(model, "model");
            this.parameters = new LinkedHashMap<>(parameters);
            this.parameters.forEach((name, value) -> {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("`" + name + "` must be finite, but was " + value);
                }
            });
        }

        private Builder(FitReport report) {
            this(report.model, report);
        }

        private Builder(String model, FitReport report) {
            this(model, report.parameters);
            standardErrors = report.standardErrors;
            covariance = report.covariance;
            takeAllButParameters(report);
        }

        private void takeAllButParameters(FitReport report) {
            timeScale = report.timeScale;
            logLikelihood = report.logLikelihood;
            customers = report.customers;
            converged = report.converged;
            evaluations = report.evaluations;
            warnings = report.warnings;
            covariates = report.covariates;
            provenance.putAll(report.provenance);
        }

        /**
         * Sets the time unit of the parameters.
         *
         * @param unit the unit
         * @return this builder
         */
        public Builder timeScale(TimeScale unit) {
            timeScale = unit;
            return this;
        }

        /**
         * Sets the covariance of the estimates, and from its diagonal the standard errors.
         *
         * @param matrix the covariance in the order of the parameters; finite, variances not negative
         * @return this builder
         * @throws IllegalArgumentException if the matrix is not as large as the parameters are many, or a value out of its range
         */
        public Builder covariance(double[][] matrix) {
            boolean square = matrix.length == parameters.size();
            for (double[] row : matrix) {
                square &= row.length == parameters.size();
                for (double value : row) {
                    if (!Double.isFinite(value)) {
                        throw new IllegalArgumentException("`covariance` must be finite, but had " + value);
                    }
                }
            }
            if (!square) {
                throw new IllegalArgumentException(
                        "`covariance` must have " + parameters.size() + " rows and columns, one a parameter");
            }
            covariance = copy(matrix);
            Map<String, Double> errors = new LinkedHashMap<>();
            int i = 0;
            for (String name : parameters.keySet()) {
                errors.put(name, Math.sqrt(matrix[i][i]));
                i++;
            }
            return standardErrors(errors);
        }

        /**
         * Sets the standard errors; for readers of files, which hold no covariance.
         *
         * @param errors the standard errors by parameter; finite, at least 0
         * @return this builder
         * @throws IllegalArgumentException if one is out of its range, or of no parameter
         */
        public Builder standardErrors(Map<String, Double> errors) {
            errors.forEach((name, error) -> {
                if (!parameters.containsKey(name)) {
                    throw new IllegalArgumentException(
                            "`" + name + "` is no parameter of " + model + ", which has " + parameters.keySet());
                }
                if (!(error >= 0 && error < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "the standard error of `" + name + "` must be finite and at least 0, but was " + error);
                }
            });
            standardErrors = new LinkedHashMap<>(errors);
            return this;
        }

        /**
         * Tells that a parameter was stated, not estimated: it has no standard error and does not count in information criteria. The
         * provenance names it.
         *
         * @param name the parameter
         * @return this builder
         * @throws IllegalArgumentException if there is no such parameter
         */
        public Builder fixed(String name) {
            if (!parameters.containsKey(name)) {
                throw new IllegalArgumentException(
                        "`" + name + "` is no parameter of " + model + ", which has " + parameters.keySet());
            }
            provenance.merge(FIXED, name, (before, one) -> before + ", " + one);
            return this;
        }

        /**
         * Sets the log-likelihood at the estimates.
         *
         * @param value the log-likelihood; finite
         * @return this builder
         */
        public Builder logLikelihood(double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("`logLikelihood` must be finite, but was " + value);
            }
            logLikelihood = value;
            return this;
        }

        /**
         * Sets how many customers the fit saw.
         *
         * @param count the sum of their weights; finite, at least 0
         * @return this builder
         * @throws IllegalArgumentException if the sum is out of its range
         */
        public Builder customers(double count) {
            if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`customers` must be finite and at least 0, but was " + count);
            }
            customers = count;
            return this;
        }

        /**
         * Sets whether the estimates are a maximum.
         *
         * @param reached true if they are
         * @return this builder
         */
        public Builder converged(boolean reached) {
            converged = reached;
            return this;
        }

        /**
         * Sets how often the likelihood was evaluated.
         *
         * @param count the number of evaluations
         * @return this builder
         */
        public Builder evaluations(int count) {
            evaluations = count;
            return this;
        }

        /**
         * Sets what the reader must know.
         *
         * @param newWarnings the warnings
         * @return this builder
         */
        public Builder warnings(List<FitWarning> newWarnings) {
            warnings = newWarnings;
            return this;
        }

        /**
         * Sets the covariates whose effects are among the parameters.
         *
         * @param levels the levels of each by name, the reference first; none if it is a number
         * @return this builder
         */
        public Builder covariates(Map<String, List<String>> levels) {
            Map<String, List<String>> copy = new LinkedHashMap<>();
            levels.forEach((name, values) -> copy.put(name, List.copyOf(values)));
            covariates = copy;
            return this;
        }

        /**
         * Adds provenance.
         *
         * @param key the key
         * @param value the value
         * @return this builder
         */
        public Builder provenance(String key, String value) {
            provenance.put(key, value);
            return this;
        }

        /**
         * Builds the report.
         *
         * @return the report
         */
        public FitReport build() {
            return new FitReport(this);
        }
    }
}
