// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.AssumptionCheck;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.SpendModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.SpendRows;
import org.jspecify.annotations.Nullable;

/**
 * The customer's own mean: who has bought again goes on spending what the repeat purchases cost on average, all others spend the mean
 * of the population.
 *
 * <p><b>Assumptions.</b> None on distributions. One purchase counts as much as a hundred: what it cost is taken for what the customer
 * spends. Models that shrink to the population ({@link GammaGamma}, {@link LogNormalSpend}, {@link NormalSpend}) predict better where
 * customers have few purchases; this one is the benchmark for them.
 *
 * <p><b>Expected spend</b> z̄ for x ≥ 1, the population mean for x = 0.
 *
 * <p>The population mean is over customers with repeat purchases, each counted once however often they bought: it stands for a customer
 * about whom nothing is known, who is not a purchase drawn at random. (The mean over purchases, in which heavy buyers count more often,
 * is the order value of {@code average-order}.)
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>mean</td><td>{@link Fitted#mean()}</td><td>mean of customers' means, in the base's currency</td></tr>
 * </table>
 *
 * <p><b>Limits.</b> There is no likelihood and no distribution. Amounts may be negative or 0, and count as what they are; a base
 * whose means are all 0 is refused, because it has no amounts.
 *
 * <p><b>Cost</b> one pass over the customers.
 *
 * <p>Immutable and thread-safe.
 */
public final class MeanSpend implements SpendModel, AssumptionCheck {

    /** The name by which files and commands know the model. */
    public static final String NAME = "mean";

    static final List<ParameterDomain> PARAMETERS = List.of(new ParameterDomain(
            "mean", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "mean of customers' means, in money"));

    private static final MeanSpend DEFAULTS = new MeanSpend();

    private MeanSpend() {}

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static MeanSpend withDefaults() {
        return DEFAULTS;
    }

    /**
     * Takes the mean of a base.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model; its report has no likelihood, and a standard error where two customers have repeat purchases
     * @throws ModelException if nobody has repeat purchases, or all of them have a mean of 0
     */
    @Override
    public Fitted fit(CustomerBase base) {
        SpendRows rows = SpendRows.ofAny(base);
        double mean = rows.average();
        double variance = rows.variance();
        if (rows.size() == 0 || (mean == 0 && variance == 0)) {
            throw new ModelException(
                    NAME + " needs customers with repeat purchases that have amounts, but the base has "
                            + rows.size() + " with repeat purchases" + (rows.size() == 0 ? "" : ", all of a mean of 0")
                            + "; observe longer, or give the amounts");
        }
        double weight = rows.totalWeight();
        FitReport.Builder report = FitReport.builder(NAME, Map.of("mean", mean))
                .customers(weight)
                .converged(true)
                .evaluations(1);
        if (weight > 1) {
            report.covariance(new double[][] {{variance / (weight - 1)}});
        }
        return Fitted.ofReport(report.build());
    }

    @Override
    public List<String> checkAssumptions(CustomerBase base) {
        return IndependenceTest.linesOf(base);
    }

    /** The own-mean model with the mean of the population. Immutable and thread-safe. */
    public static final class Fitted implements FittedSpendModel {

        private final Map<String, Double> parameters;
        private final @Nullable FitReport report;
        private final double mean;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report, double mean) {
            this.parameters = parameters;
            this.report = report;
            this.mean = mean;
        }

        /**
         * Returns the model with a stated mean.
         *
         * @param mean the mean of customers' means; finite
         * @return the model, without a report
         * @throws IllegalArgumentException if the mean is not finite
         */
        public static Fitted of(double mean) {
            return new Fitted(Arguments.named(PARAMETERS, mean), null, mean);
        }

        static Fitted ofReport(FitReport report) {
            Double mean = report.parameters().get("mean");
            if (mean == null) {
                throw new IllegalArgumentException("`mean` is missing from the parameters of " + NAME);
            }
            return new Fitted(report.parameters(), report, mean);
        }

        /**
         * Returns the mean of the population.
         *
         * @return the mean of customers' means, in the base's currency
         */
        public double mean() {
            return mean;
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
         * Returns the expected amount of a future purchase: the customer's own mean, or that of the population.
         *
         * @param frequency x, the repeat occasions behind the mean; at least 0
         * @param monetaryValue z̄, their mean amount; finite; passed over if x = 0
         * @return z̄, or the population mean if x = 0
         * @throws IllegalArgumentException if an argument is out of its range
         */
        @Override
        public double expectedSpend(int frequency, double monetaryValue) {
            Arguments.checkCount(frequency, "frequency");
            if (frequency == 0) {
                return mean;
            }
            Arguments.checkFinite(monetaryValue, "monetaryValue");
            return monetaryValue;
        }

        /** Returns the model with its parameter, as {@code mean{mean=35.2}}. */
        @Override
        public String toString() {
            return NAME + parameters;
        }
    }
}
