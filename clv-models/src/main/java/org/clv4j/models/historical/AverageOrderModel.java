// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.historical;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.jspecify.annotations.Nullable;

/**
 * The historical model: average order value × purchase frequency × lifespan × margin.
 *
 * <p><b>Assumption.</b> Every customer goes on buying at the rate and for the amount of the past until the lifespan or the horizon ends:
 * nobody leaves. That is what marketing text books and many CRM screens compute; it overstates what lapsed customers are worth, so every
 * result carries {@link Condition#CONTINUATION_ASSUMED}. It is the benchmark that a predictive model must beat.
 *
 * <pre>
 * historical CLV = average order value × purchase frequency × lifespan × margin                    (one average customer)
 * future value_i = average order value_i × purchase frequency_i × PV of one unit a period × margin  (each customer)
 * </pre>
 *
 * <p>An order is a purchase occasion. The average order value of a customer is the realised total over its occasions (over its repeat
 * occasions, if the base came as summaries); the purchase frequency is repeat occasions over age, per period, and for a customer of age
 * 0 that of the whole base. The lifespan is remaining time from now; it is not identified by the data, so it is either given or the
 * horizon takes its place.
 *
 * <p><b>Units.</b> Frequency is per period of the base, lifespan in periods, amounts in the base's currency.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class AverageOrderModel implements ClvModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "average-order";

    static final List<ParameterDomain> PARAMETERS = List.of(
            new ParameterDomain(
                    "average_order_value",
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    "realised revenue of an order, in money"),
            ParameterDomain.nonNegative("purchase_frequency", "repeat orders of a customer a period"));
    private static final String LIFESPAN = "lifespan";

    private static final AverageOrderModel DEFAULTS = new AverageOrderModel(Double.POSITIVE_INFINITY);

    private final double lifespan;

    private AverageOrderModel(double lifespan) {
        this.lifespan = lifespan;
    }

    /**
     * Returns the model without a lifespan: the horizon of the valuation takes its place.
     *
     * @return the model
     */
    public static AverageOrderModel withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with a lifespan: the time from now for which customers are taken to go on.
     *
     * @param periods the lifespan in periods; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if the lifespan is out of range
     */
    public AverageOrderModel withLifespan(double periods) {
        if (!(periods > 0 && periods < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`lifespan` must be finite and above 0, but was " + periods);
        }
        return new AverageOrderModel(periods);
    }

    /**
     * Takes the averages of a base.
     *
     * @param base the customers
     * @return the fitted model; its report has no likelihood
     * @throws ModelException if the base has no customers, or customers under contract, or no time has passed since their first
     *     purchases
     */
    @Override
    public Fitted fit(CustomerBase base) {
        MixedModel.requireNoContracts(base);
        double orders = 0;
        double revenue = 0;
        double repeats = 0;
        double time = 0;
        for (int row = 0; row < base.size(); row++) {
            double weight = base.weight(row);
            orders += weight * orders(base, row);
            revenue += weight * base.totalAmountAsDouble(row);
            repeats += weight * base.frequency(row);
            time += weight * base.age(row);
        }
        if (base.size() == 0 || time == 0) {
            throw new ModelException(NAME + " needs customers who have been observed for some time, but the base has "
                    + base.size() + " with a total age of " + time);
        }
        Map<String, Double> averages = new LinkedHashMap<>();
        averages.put("average_order_value", orders == 0 ? 0 : revenue / orders);
        averages.put("purchase_frequency", repeats / time);
        FitReport.Builder report = FitReport.builder(NAME, averages)
                .timeScale(base.timeScale())
                .customers(base.totalWeight())
                .converged(true)
                .warnings(List.of(Fitted.CONTINUATION));
        if (lifespan < Double.POSITIVE_INFINITY) {
            // Stated, not estimated: so it is provenance, which a saved model keeps.
            report.provenance(LIFESPAN, Double.toString(lifespan));
        }
        return Fitted.ofReport(report.build());
    }

    /** Orders that the realised total is over: summaries leave out the first. */
    private static int orders(CustomerBase base, int row) {
        return base.frequency(row) + (base.hasRealisedTotals() ? 1 : 0);
    }

    /** The historical model with its averages. Immutable and thread-safe. */
    public static final class Fitted implements FittedClvModel, FittedModel {

        private static final FitWarning CONTINUATION = new FitWarning(
                Condition.CONTINUATION_ASSUMED,
                "every customer is assumed to go on buying as in the past; nobody leaves, so lapsed customers are overvalued");

        private final Map<String, Double> parameters;
        private final @Nullable FitReport report;
        private final double lifespan;
        private final double averageOrderValue;
        private final double purchaseFrequency;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report, double lifespan) {
            this.parameters = parameters;
            this.report = report;
            this.lifespan = lifespan;
            this.averageOrderValue = parameter("average_order_value");
            this.purchaseFrequency = parameter("purchase_frequency");
        }

        static Fitted ofReport(FitReport report) {
            String lifespan = report.provenance().get(LIFESPAN);
            return new Fitted(
                    report.parameters(),
                    report,
                    lifespan == null ? Double.POSITIVE_INFINITY : Double.parseDouble(lifespan));
        }

        private double parameter(String name) {
            Double value = parameters.get(name);
            if (value == null) {
                throw new IllegalArgumentException("`" + name + "` is missing from the parameters of " + NAME);
            }
            return value;
        }

        /**
         * Returns the model with stated averages and no lifespan.
         *
         * @param averageOrderValue realised revenue of an order; finite
         * @param purchaseFrequency repeat orders of a customer a period; finite, at least 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a value is out of its domain
         */
        public static Fitted of(double averageOrderValue, double purchaseFrequency) {
            Map<String, Double> parameters = new LinkedHashMap<>();
            parameters.put("average_order_value", PARAMETERS.get(0).check(averageOrderValue));
            parameters.put("purchase_frequency", PARAMETERS.get(1).check(purchaseFrequency));
            return new Fitted(Collections.unmodifiableMap(parameters), null, Double.POSITIVE_INFINITY);
        }

        /**
         * Returns the average order value of the base.
         *
         * @return revenue of an order, in the base's currency
         */
        public double averageOrderValue() {
            return averageOrderValue;
        }

        /**
         * Returns the purchase frequency of the base.
         *
         * @return repeat orders of a customer a period
         */
        public double purchaseFrequency() {
            return purchaseFrequency;
        }

        /**
         * Returns the lifespan.
         *
         * @return the time in periods, or empty if the horizon takes its place
         */
        public OptionalDouble lifespan() {
            return lifespan == Double.POSITIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(lifespan);
        }

        /**
         * Returns the text-book figure of an average customer, undiscounted: average order value × purchase frequency × lifespan ×
         * margin.
         *
         * @param margin the margin
         * @return the historical CLV, in the base's currency
         * @throws ModelException if the model has no lifespan
         */
        public double historicalClv(Margin margin) {
            if (lifespan == Double.POSITIVE_INFINITY) {
                throw new ModelException(
                        NAME + " has no lifespan, and averages do not identify one; state it with withLifespan");
            }
            return averageOrderValue * purchaseFrequency * lifespan * margin.fraction();
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

        @Override
        public List<FitReport> reports() {
            return report == null ? List.of() : List.of(report);
        }

        /**
         * Values every customer by its own averages.
         *
         * <p>The result has the expected and the discounted transactions, the expected spend and the CLV. It has no P(alive): the model
         * takes everyone for alive.
         *
         * @param base the customers
         * @param terms the terms
         * @return the values, with the warning that continuation is assumed
         * @throws ModelException if the time units differ, horizon and lifespan are both without end, or the base has customers
         *     under contract
         */
        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            MixedModel.requireNoContracts(base);
            requireTimeScale(base);
            double reach = Math.min(
                    terms.horizon().isInfinite()
                            ? Double.POSITIVE_INFINITY
                            : terms.horizon().periods(),
                    lifespan);
            if (reach == Double.POSITIVE_INFINITY) {
                throw new ModelException(NAME + " needs a finite horizon or a lifespan: it assumes that nobody leaves");
            }
            double presentValue =
                    presentValueOfOneAPeriod(reach, terms.continuousRate(base.timeScale()), terms.timing());
            int size = base.size();
            double[] expected = new double[size];
            double[] discounted = new double[size];
            double[] spend = new double[size];
            double[] clv = new double[size];
            for (int row = 0; row < size; row++) {
                double frequency = base.age(row) > 0 ? base.frequency(row) / base.age(row) : purchaseFrequency;
                int orders = orders(base, row);
                expected[row] = frequency * reach;
                discounted[row] = frequency * presentValue;
                spend[row] = orders > 0 ? base.totalAmountAsDouble(row) / orders : averageOrderValue;
                clv[row] = discounted[row] * spend[row] * terms.margin().fraction();
            }
            return CustomerValues.builder(NAME, base, terms)
                    .column(ValueColumn.EXPECTED_TRANSACTIONS, expected)
                    .column(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, discounted)
                    .column(ValueColumn.EXPECTED_SPEND, spend)
                    .column(ValueColumn.CLV, clv)
                    .warnings(List.of(NAME + ": " + CONTINUATION.message()))
                    .build();
        }

        /** The present value of a stream of one unit a period over a time. */
        private static double presentValueOfOneAPeriod(double reach, double rate, CashFlowTiming timing) {
            if (timing == CashFlowTiming.AT_PURCHASE) {
                return rate == 0 ? reach : -Math.expm1(-rate * reach) / rate;
            }
            double offset =
                    switch (timing) {
                        case PERIOD_BEGIN -> 1;
                        case PERIOD_MID -> 0.5;
                        default -> 0;
                    };
            double sum = 0;
            for (int period = 1; period - 1 < reach; period++) {
                sum += Math.min(1, reach - (period - 1)) * Math.exp(-rate * (period - offset));
            }
            return sum;
        }

        /** Returns the model with its averages. */
        @Override
        public String toString() {
            return NAME + parameters;
        }
    }
}
