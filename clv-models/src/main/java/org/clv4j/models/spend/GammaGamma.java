// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.gamma.LogGamma;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.SpendModel;
import org.clv4j.core.model.SpendSimulator;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.GammaGammaLikelihood;
import org.clv4j.models.internal.kernel.Sampling;
import org.clv4j.models.internal.optim.MaximumLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The Gamma-Gamma model: what a customer spends a purchase varies around the customer's own mean, and means vary over customers.
 *
 * <p><b>Assumptions.</b> Amounts of a customer are Gamma(p, ν); ν ~ Gamma(q, γ) over customers; spend does not depend on how often a
 * customer buys. Amounts are above 0.
 *
 * <p><b>Likelihood</b> of the mean z̄ of x purchases – the density of the mean, not of the total, which would be lower by ln x a
 * customer:
 *
 * <pre>
 * L = Γ(px+q)/(Γ(px) Γ(q)) · γ^q z̄^(px−1) x^(px) / (γ + x z̄)^(px+q)
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>p</td><td>{@link Fitted#p()}</td><td>shape of a customer's amounts; large means a steady spender</td></tr>
 * <tr><td>q</td><td>{@link Fitted#q()}</td><td>shape of ν; small means customers differ much, at most 1 means no finite mean</td></tr>
 * <tr><td>γ</td><td>{@link Fitted#gamma()}</td><td>rate of ν, in the base's currency</td></tr>
 * </table>
 *
 * <p><b>Expected spend</b> p(γ + x z̄)/(px + q − 1): a weighted mean of z̄ and the population's pγ/(q − 1).
 *
 * <p><b>Limits.</b> The fit takes customers with repeat purchases and a mean above 0; others are left out and counted in a warning,
 * and are still predicted. If the estimate of q is at most 1, the population mean is infinite: the report carries {@link
 * Condition#INFINITE_MEAN_SPEND} and a customer without repeat purchases has no expectation – a {@link ModelException}, never a
 * negative amount. {@link #withMinimumQ(double)} keeps q above a bound.
 *
 * <p><b>Cost</b> a customer: one logarithm a likelihood evaluation, some ns a prediction.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>References: P. S. Fader, B. G. S. Hardie, K. L. Lee, RFM and CLV: using iso-value curves for customer base analysis, Journal of
 * Marketing Research 42 (2005), <a href="https://doi.org/10.1509/jmkr.2005.42.4.415">doi:10.1509/jmkr.2005.42.4.415</a>.
 */
public final class GammaGamma implements SpendModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "gamma-gamma";

    static final List<ParameterDomain> PARAMETERS = parameters(0);

    private static final GammaGamma DEFAULTS = new GammaGamma(0);

    private final double minimumQ;

    private GammaGamma(double minimumQ) {
        this.minimumQ = minimumQ;
    }

    private static List<ParameterDomain> parameters(double minimumQ) {
        return List.of(
                ParameterDomain.positive("p", "shape of a customer's amounts"),
                new ParameterDomain("q", minimumQ, Double.POSITIVE_INFINITY, "shape of the customers' rates"),
                ParameterDomain.positive("gamma", "rate of the customers' rates, in money"));
    }

    /**
     * Returns the model.
     *
     * @return the model, to be fitted, q unbounded
     */
    public static GammaGamma withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy that looks for the best q above a bound. A bound of 1 makes the population mean finite.
     *
     * @param minimum the bound; finite, at least 0
     * @return the copy
     * @throws IllegalArgumentException if the bound is out of range
     */
    public GammaGamma withMinimumQ(double minimum) {
        if (!(minimum >= 0 && minimum < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("minimumQ", "finite and at least 0", minimum);
        }
        return new GammaGamma(minimum);
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if fewer than three customers have repeat purchases with a mean above 0, or all have the same mean
     */
    @Override
    public Fitted fit(CustomerBase base) {
        int used = 0;
        int leftOut = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < base.size(); row++) {
            double mean = base.monetaryValue(row);
            if (base.frequency(row) > 0 && mean > 0) {
                used++;
                smallest = Math.min(smallest, mean);
                largest = Math.max(largest, mean);
                sum += base.weight(row) * mean;
                weight += base.weight(row);
            } else if (base.frequency(row) > 0) {
                leftOut++;
            }
        }
        if (used < PARAMETERS.size()) {
            throw new ModelException(NAME + " needs at least " + PARAMETERS.size()
                    + " customers with repeat purchases of a mean amount above 0, but the base has " + used
                    + "; observe longer, or use average-order");
        }
        if (smallest == largest) {
            throw new ModelException(NAME + " needs amounts that differ, but all " + used
                    + " customers with repeat purchases have the mean " + largest + "; the spend is that amount");
        }
        double mean = sum / weight;
        MaximumLikelihood fit = MaximumLikelihood.of(NAME, parameters(minimumQ))
                .scale(2, mean)
                .start(2, minimumQ + 3, mean)
                .start(6, minimumQ + 3, mean / 2)
                .start(1, minimumQ + 1.5, mean);
        if (leftOut > 0) {
            fit.warning(new FitWarning(
                    Condition.CUSTOMERS_LEFT_OUT,
                    leftOut + " customers whose repeat purchases have a mean of 0 or less were left out of the fit"));
        }
        FitReport report = fit.fit(new GammaGammaLikelihood(base), weight, base);
        return Fitted.ofReport(warnOfInfiniteMean(report));
    }

    private static FitReport warnOfInfiniteMean(FitReport report) {
        Double q = report.parameters().get("q");
        if (q == null || q > 1) {
            return report;
        }
        List<FitWarning> warnings = new ArrayList<>(report.warnings());
        warnings.add(new FitWarning(
                Condition.INFINITE_MEAN_SPEND,
                "q = " + q
                        + " is at most 1: the mean spend of a new customer is infinite; fit with a minimum q above 1"));
        return report.withWarnings(warnings);
    }

    /** The Gamma-Gamma model with its parameters. Immutable and thread-safe. */
    public static final class Fitted implements FittedSpendModel, SpendSimulator {

        private final Map<String, Double> parameters;
        private final @Nullable FitReport report;
        private final double p;
        private final double q;
        private final double gamma;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            this.parameters = parameters;
            this.report = report;
            this.p = parameter("p");
            this.q = parameter("q");
            this.gamma = parameter("gamma");
        }

        private double parameter(String name) {
            Double value = parameters.get(name);
            if (value == null) {
                throw new IllegalArgumentException("`" + name + "` is missing from the parameters of " + NAME);
            }
            return value;
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param p shape of a customer's amounts; finite, above 0
         * @param q shape of the customers' rates; finite, above 0
         * @param gamma rate of the customers' rates, in money; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double p, double q, double gamma) {
            Map<String, Double> parameters = new LinkedHashMap<>();
            double[] values = {p, q, gamma};
            for (int i = 0; i < values.length; i++) {
                parameters.put(PARAMETERS.get(i).name(), PARAMETERS.get(i).check(values[i]));
            }
            return new Fitted(Collections.unmodifiableMap(parameters), null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        /**
         * Returns the shape of a customer's amounts.
         *
         * @return p, above 0
         */
        public double p() {
            return p;
        }

        /**
         * Returns the shape of the customers' rates.
         *
         * @return q, above 0
         */
        public double q() {
            return q;
        }

        /**
         * Returns the rate of the customers' rates.
         *
         * @return γ in the base's currency, above 0
         */
        public double gamma() {
            return gamma;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Map<String, Double> parameters() {
            return parameters;
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.ofNullable(report);
        }

        /**
         * Tells whether the mean spend of the population is finite.
         *
         * @return true if q is above 1
         */
        public boolean hasFiniteMean() {
            return q > 1;
        }

        /**
         * Returns the log-likelihood of the mean amount of a customer.
         *
         * @param frequency x, the repeat occasions behind the mean; at least 1
         * @param monetaryValue z̄, their mean amount; finite, above 0
         * @return the log-density of the mean
         * @throws IllegalArgumentException if an argument is out of its range
         */
        public double logLikelihood(int frequency, double monetaryValue) {
            if (frequency < 1) {
                throw Arguments.outOfRange("frequency", "at least 1", frequency);
            }
            if (!(monetaryValue > 0 && monetaryValue < Double.POSITIVE_INFINITY)) {
                throw Arguments.outOfRange("monetaryValue", "finite and above 0", monetaryValue);
            }
            double px = p * frequency;
            return LogGamma.value(px + q)
                    - LogGamma.value(px)
                    - LogGamma.value(q)
                    + q * Math.log(gamma)
                    + (px - 1) * Math.log(monetaryValue)
                    + px * Math.log(frequency)
                    - (px + q) * Math.log(gamma + monetaryValue * frequency);
        }

        /**
         * Returns the expected amount of a future purchase, p(γ + x z̄)/(px + q − 1).
         *
         * @param frequency x, the repeat occasions behind the mean; at least 0
         * @param monetaryValue z̄, their mean amount; finite, at least 0; passed over if x = 0
         * @return the expected amount, above 0
         * @throws ModelException if px + q is at most 1, so that there is no finite expectation
         * @throws IllegalArgumentException if an argument is out of its range
         */
        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            Arguments.checkCount(frequency, "frequency");
            if (!(frequency == 0 || (monetaryValue >= 0 && monetaryValue < Double.POSITIVE_INFINITY))) {
                throw Arguments.outOfRange("monetaryValue", "finite and at least 0", monetaryValue);
            }
            double total = frequency == 0 ? 0 : frequency * monetaryValue;
            double excess = p * frequency + q - 1;
            if (!(excess > 0)) {
                throw new ModelException(NAME + " gives a customer with " + frequency
                        + " repeat purchases no finite expected spend, because q = " + q
                        + " is at most 1 (INFINITE_MEAN_SPEND); fit with a minimum q above 1");
            }
            return p * (gamma + total) / excess;
        }

        @Override
        public double[] simulateSpends(int purchases, long seed) {
            Arguments.checkCount(purchases, "purchases");
            Sampling random = Sampling.ofSeed(seed);
            double rate = random.gamma(q, gamma);
            double[] amounts = new double[purchases];
            for (int i = 0; i < purchases; i++) {
                amounts[i] = random.gamma(p, rate);
            }
            return amounts;
        }

        /** Returns the model with its parameters, as {@code gamma-gamma{p=6.25, …}}. */
        @Override
        public String toString() {
            return NAME + parameters;
        }
    }
}
