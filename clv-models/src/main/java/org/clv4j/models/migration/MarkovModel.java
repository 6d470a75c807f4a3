// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.jspecify.annotations.Nullable;

/**
 * The migration model of recency (Pfeifer and Carraway), fitted to customers and valuing them: who bought r periods ago buys in the next
 * period with probability p<sub>r</sub>.
 *
 * <p><b>Assumptions.</b>
 *
 * <ol>
 *   <li>Time goes in periods of the same length. Whether a customer buys in the next one depends on its recency r alone: 1 if it bought
 *       in the last period, 2 if in the one before, … Beyond recency n all are alike, {@code gone}; they may come back.
 *   <li>All customers of a recency are alike: the model knows nobody who buys often from one who bought once.
 *   <li>A period with purchases has a mean number of orders, and an order a mean value, the same for all; orders are spread evenly over
 *       their period.
 * </ol>
 *
 * <p><b>Estimation.</b> Periods are counted back from the end of the calibration. p<sub>r</sub> = (bought + α)/(followed + 2α), over all
 * periods that customers of recency r were followed for, weighted; α is the pseudo-count of {@link #withPseudoCount(double)}. There is no
 * likelihood that could be set beside that of other models; standard errors of p<sub>r</sub> are those of its Beta posterior.
 *
 * <p><b>Value.</b> With a_i(r) the probability of buying in the i-th period from now,
 *
 * <pre>
 * a_1(r) = p_r     a_{i+1}(r) = p_r a_i(1) + (1 − p_r) a_i(r + 1)
 * CLV(r) = Σ_i a_i(r) × orders × order value × margin, discounted as the timing says
 * P(active) = 1 − (1 − p_r)(1 − p_{r+1}) …
 * </pre>
 *
 * <p>The present period is past: its purchases are realised. A horizon that ends within a period takes a part of it.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th></tr>
 * <tr><td>length of a period</td><td>{@link Fitted#period()}</td></tr>
 * <tr><td>n</td><td>{@link Fitted#lastRecency()}</td></tr>
 * <tr><td>p<sub>r</sub></td><td>{@link Fitted#purchaseProbability(int)}</td></tr>
 * <tr><td>orders</td><td>{@link Fitted#ordersPerActivePeriod()}</td></tr>
 * <tr><td>order value</td><td>{@link Fitted#orderValue()}</td></tr>
 * </table>
 *
 * <p><b>Units.</b> The length of a period is in periods of the base's time scale, amounts in its currency.
 *
 * <p><b>Domain and limits.</b> A fit needs the days of purchases, so a base that was made of transactions, and somebody who was followed
 * for two periods. Where nobody was followed beyond a recency, n is lowered, so that every state has been seen. Infinite
 * horizons are valued.
 *
 * <p><b>Numerics.</b> The endless value is closed; sums of positive terms, without cancellation, to some 1e-14.
 *
 * <p><b>Cost.</b> A fit passes once over all purchases. A valuation takes n + 1 numbers a period of the horizon, then a look-up a customer.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>P. E. Pfeifer, R. L. Carraway, Modeling customer relationships as Markov chains, Journal of Interactive Marketing 14(2), 43–55
 * (2000), doi:10.1002/(SICI)1520-6653(200021)14:2&lt;43::AID-DIR4&gt;3.0.CO;2-H.
 */
public final class MarkovModel implements ClvModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "markov";

    private static final String PERIOD = "period";
    private static final String ORDERS = "orders";
    private static final String ORDER_VALUE = "order_value";
    private static final String RETURNING = "p_gone";
    private static final int DEFAULT_LAST = 6;

    /** From so few, a probability is hardly more than a guess. */
    private static final double FEW = 20;

    private static final MarkovModel DEFAULTS = new MarkovModel(0, DEFAULT_LAST, 0.5);

    private final int period;
    private final int lastRecency;
    private final double pseudoCount;

    private MarkovModel(int period, int lastRecency, double pseudoCount) {
        this.period = period;
        this.lastRecency = lastRecency;
        this.pseudoCount = pseudoCount;
    }

    /**
     * Returns the model with six recencies, periods of about a month (30 days, 4 weeks, a month) or a year, by the time scale of the
     * base, and a pseudo-count of ½.
     *
     * @return the model
     */
    public static MarkovModel withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another length of a period.
     *
     * @param periods the number of periods of the base, as 13 for a quarter of a year in weeks; in [1, 100000]
     * @return the copy
     * @throws IllegalArgumentException if the length is out of range
     */
    public MarkovModel withPeriod(int periods) {
        return new MarkovModel(Numbers.between(periods, 1, 100_000, "periods"), lastRecency, pseudoCount);
    }

    /**
     * Returns a copy with another last recency before a customer is gone.
     *
     * @param recency the recency n; in [1, 1000]. A fit lowers it where nobody was followed so far
     * @return the copy
     * @throws IllegalArgumentException if the recency is out of range
     */
    public MarkovModel withLastRecency(int recency) {
        return new MarkovModel(period, Numbers.between(recency, 1, 1000, "recency"), pseudoCount);
    }

    /**
     * Returns a copy with another prior of the purchase probabilities.
     *
     * @param count the pseudo-count α of each move; finite, at least 0. 0 takes the relative frequencies
     * @return the copy
     * @throws IllegalArgumentException if the count is out of range
     */
    public MarkovModel withPseudoCount(double count) {
        return new MarkovModel(period, lastRecency, Numbers.nonNegative(count, "count"));
    }

    private int periodOf(TimeScale timeScale) {
        if (period > 0) {
            return period;
        }
        return switch (timeScale) {
            case DAYS -> 30;
            case WEEKS -> 4;
            case MONTHS, YEARS -> 1;
        };
    }

    static List<ParameterDomain> parameters(int lastRecency) {
        List<ParameterDomain> domains = new ArrayList<>();
        domains.add(ParameterDomain.positive(PERIOD, "length of a period, in periods of the base"));
        domains.add(ParameterDomain.positive(ORDERS, "orders of a period with a purchase"));
        domains.add(ParameterDomain.real(ORDER_VALUE, "realised revenue of an order, in money"));
        for (int recency = 1; recency <= lastRecency; recency++) {
            domains.add(ParameterDomain.probability(
                    "p" + recency, "probability of buying in the next period at recency " + recency));
        }
        domains.add(ParameterDomain.probability(
                RETURNING, "probability of buying in the next period beyond these recencies"));
        return Collections.unmodifiableList(domains);
    }

    static List<ParameterDomain> defaultParameters() {
        return parameters(DEFAULT_LAST);
    }

    /** The parameters of a model with as many recencies as there are names of theirs. */
    static List<ParameterDomain> parametersAmong(Collection<String> names) {
        int last = 1;
        while (last < 1000 && names.contains("p" + (last + 1))) {
            last++;
        }
        return parameters(last);
    }

    /**
     * Estimates how customers come back.
     *
     * @param base the customers, made of transactions
     * @return the fitted model; its report has no likelihood
     * @throws ModelException if the base has no days of purchases, or nobody was followed for two periods
     */
    @Override
    public Fitted fit(CustomerBase base) {
        int length = periodOf(base.timeScale());
        Returns returns = Returns.of(base, length, lastRecency);
        int last = returns.lastRecency();
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put(PERIOD, (double) length);
        parameters.put(ORDERS, returns.orders() / returns.activePeriods());
        parameters.put(ORDER_VALUE, returns.revenue() / returns.orders());
        Map<String, Double> errors = new LinkedHashMap<>();
        List<FitWarning> warnings = new ArrayList<>();
        for (int recency = 1; recency <= last + 1; recency++) {
            String name = recency <= last ? "p" + recency : RETURNING;
            double bought = returns.bought(recency) + pseudoCount;
            double followed = returns.followed(recency) + 2 * pseudoCount;
            double p = bought / followed;
            parameters.put(name, p);
            errors.put(name, Math.sqrt(p * (1 - p) / (followed + 1)));
            if (returns.followed(recency) < FEW) {
                warnings.add(
                        new FitWarning(
                                Condition.WEAKLY_IDENTIFIED,
                                name
                                        + " rests on fewer than 20 periods of customers; fewer recencies or shorter periods have more"));
            }
        }
        return Fitted.ofReport(FitReport.builder(NAME, parameters)
                .timeScale(base.timeScale())
                .customers(base.totalWeight())
                .standardErrors(errors)
                .fixed(PERIOD)
                .converged(true)
                .warnings(warnings)
                .provenance("pseudo-count", Double.toString(pseudoCount))
                .build());
    }

    /** The model with its probabilities. Immutable and thread-safe. */
    public static final class Fitted implements FittedClvModel, FittedModel {

        private static final double LONGEST = 1e6;

        private final Map<String, Double> parameters;
        private final @Nullable FitReport report;
        private final double period;
        private final double orders;
        private final double orderValue;

        /** By recency − 1; the last is of those who are gone. */
        private final double[] purchase;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            this.parameters = parameters;
            this.report = report;
            this.period = parameter(PERIOD);
            this.orders = parameter(ORDERS);
            this.orderValue = parameter(ORDER_VALUE);
            this.purchase = new double[parametersAmong(parameters.keySet()).size() - 3];
            for (int recency = 1; recency < purchase.length; recency++) {
                purchase[recency - 1] = parameter("p" + recency);
            }
            purchase[purchase.length - 1] = parameter(RETURNING);
            if (period != Math.rint(period) || period > 100_000) {
                throw new IllegalArgumentException("`period` must be a whole number in [1, 100000], but was " + period);
            }
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        static Fitted ofChecked(Map<String, Double> parameters) {
            return new Fitted(parameters, null);
        }

        private double parameter(String name) {
            return Objects.requireNonNull(parameters.get(name), name);
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param period the length of a period, in periods of the base; in [1, 100000]
         * @param ordersPerActivePeriod the orders of a period with a purchase; finite, above 0
         * @param orderValue realised revenue of an order; finite
         * @param purchaseProbabilities the probabilities p₁ … p<sub>n</sub> of buying in the next period, by recency; in [0, 1]
         * @param returnProbability that of customers beyond recency n; in [0, 1]
         * @return the model, without a report
         * @throws IllegalArgumentException if there is no probability, or a value is out of its domain
         */
        public static Fitted of(
                int period,
                double ordersPerActivePeriod,
                double orderValue,
                List<? extends Number> purchaseProbabilities,
                double returnProbability) {
            if (purchaseProbabilities.isEmpty()) {
                throw new IllegalArgumentException("`purchaseProbabilities` must be at least one, but was empty");
            }
            List<Double> values = new ArrayList<>(List.of((double) period, ordersPerActivePeriod, orderValue));
            purchaseProbabilities.forEach(p -> values.add(p.doubleValue()));
            values.add(returnProbability);
            Map<String, Double> parameters = new LinkedHashMap<>();
            List<ParameterDomain> domains = MarkovModel.parameters(purchaseProbabilities.size());
            for (int i = 0; i < domains.size(); i++) {
                parameters.put(domains.get(i).name(), domains.get(i).check(values.get(i)));
            }
            return ofChecked(Collections.unmodifiableMap(parameters));
        }

        /**
         * Returns the length of a period.
         *
         * @return the whole number of periods of the base
         */
        public int period() {
            return (int) period;
        }

        /**
         * Returns the last recency before a customer is gone.
         *
         * @return n, at least 1
         */
        public int lastRecency() {
            return purchase.length - 1;
        }

        /**
         * Returns the probability of buying in the next period.
         *
         * @param recency the number of periods since the last purchase, 1 for the last period; at least 1. Beyond n a customer is gone
         * @return the probability, in [0, 1]
         * @throws IllegalArgumentException if the recency is below 1
         */
        public double purchaseProbability(int recency) {
            return purchase[state(Numbers.between(recency, 1, Integer.MAX_VALUE, "recency") - 1L)];
        }

        /**
         * Returns the orders of a period with a purchase.
         *
         * @return the mean number
         */
        public double ordersPerActivePeriod() {
            return orders;
        }

        /**
         * Returns the order value.
         *
         * @return the mean revenue of an order, in the base's currency
         */
        public double orderValue() {
            return orderValue;
        }

        /**
         * Returns the chain of recencies, for {@link MigrationModel}.
         *
         * @return the chain with the states 1 … n and {@value RecencyMigration#GONE}
         */
        public MarkovChain chain() {
            return recencyMigration(0, 0, 1).model().chain();
        }

        /**
         * Returns the chain of recencies with what a period earns and costs, to see when marketing should stop.
         *
         * @param contribution what a period with a purchase earns before marketing, as orders × order value × margin; finite
         * @param marketing what a customer who is not gone costs a period; finite, at least 0
         * @param discountPerPeriod the effective discount rate of a period of this model; finite, above 0
         * @return the chain; customers who are gone come back as estimated
         * @throws IllegalArgumentException if a value is out of range
         */
        public RecencyMigration recencyMigration(double contribution, double marketing, double discountPerPeriod) {
            List<Double> probabilities = new ArrayList<>();
            for (int state = 0; state < lastRecency(); state++) {
                probabilities.add(purchase[state]);
            }
            return RecencyMigration.of(probabilities, contribution, marketing, discountPerPeriod)
                    .withReturnProbability(purchase[lastRecency()]);
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
         * Values every customer by its recency.
         *
         * <p>The result has P(active), the expected and the discounted transactions, the expected spend and the CLV. It has no P(alive):
         * customers who are gone may come back. From a base of summaries, recency is age − recency there; in months and years it may then
         * differ by a day from that of the transactions.
         *
         * @param base the customers
         * @param terms the terms
         * @return the values
         * @throws ModelException if the time units differ, a finite horizon is longer than 1,000,000 periods of the model, or a value is
         *     beyond what a double holds
         */
        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            requireTimeScale(base);
            Outlook outlook = outlook(terms, base.timeScale());
            int size = base.size();
            double[] active = new double[size];
            double[] expected = new double[size];
            double[] discounted = new double[size];
            double[] spend = new double[size];
            double[] clv = new double[size];
            Silence silence = Silence.of(base, period());
            for (int row = 0; row < size; row++) {
                int state = state(silence.periods(row));
                active[row] = outlook.active[state];
                expected[row] = outlook.expected[state];
                discounted[row] = outlook.discounted[state];
                spend[row] = orderValue;
                clv[row] = discounted[row] * orderValue * terms.margin().fraction();
                if (!Double.isFinite(clv[row])) {
                    throw new ModelException(
                            NAME + " has values beyond what a double holds: the discount rate is too small");
                }
            }
            CustomerValues.Builder values = CustomerValues.builder(NAME, base, terms)
                    .column(ValueColumn.PROBABILITY_ACTIVE, active)
                    .column(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, discounted)
                    .column(ValueColumn.EXPECTED_SPEND, spend)
                    .column(ValueColumn.CLV, clv);
            if (!terms.horizon().isInfinite()) {
                values.column(ValueColumn.EXPECTED_TRANSACTIONS, expected);
            }
            return values.build();
        }

        private int state(long periodsSinceLastPurchase) {
            return (int) Math.min(periodsSinceLastPurchase, lastRecency());
        }

        /** What lies before a customer in each state: P(active), orders, and orders at their present value. */
        private static final class Outlook {
            private final double[] active;
            private final double[] expected;
            private final double[] discounted;

            Outlook(double[] active, double[] expected, double[] discounted) {
                this.active = active;
                this.expected = expected;
                this.discounted = discounted;
            }
        }

        private Outlook outlook(ValuationTerms terms, TimeScale timeScale) {
            double rate = terms.continuousRate(timeScale);
            double whole = orders * presentValue(period, rate, terms.timing()) / period;
            if (terms.horizon().isInfinite()) {
                double[] discounted = new double[purchase.length];
                add(discounted, endless(-Math.expm1(-rate * period)), whole);
                return new Outlook(active(Double.POSITIVE_INFINITY, 0), discounted, discounted);
            }
            double horizon = terms.horizon().periods();
            double periods = Math.floor(horizon / period);
            if (periods > LONGEST) {
                throw new ModelException(NAME + " values horizons up to 1000000 of its periods, but " + horizon
                        + " has " + periods + "; use an infinite horizon");
            }
            double rest = Math.max(0, horizon - periods * period);
            double[] inPeriod = purchase.clone();
            double[] expected = new double[purchase.length];
            double[] discounted = new double[purchase.length];
            for (int i = 0; i < periods; i++) {
                add(expected, inPeriod, orders);
                add(discounted, inPeriod, whole * Math.exp(-rate * period * i));
                inPeriod = onePeriodEarlier(inPeriod);
            }
            if (rest > 0) {
                add(expected, inPeriod, orders * rest / period);
                double part = orders * presentValue(rest, rate, terms.timing()) / period;
                add(discounted, inPeriod, part * Math.exp(-rate * period * periods));
            }
            return new Outlook(active(periods, rest / period), expected, discounted);
        }

        /** From the probabilities of a purchase in the i-th period those of one in the i + 1-th. */
        private double[] onePeriodEarlier(double[] inPeriod) {
            double[] earlier = new double[inPeriod.length];
            for (int state = 0; state < earlier.length; state++) {
                earlier[state] = purchase[state] * inPeriod[0] + (1 - purchase[state]) * inPeriod[state(state + 1L)];
            }
            return earlier;
        }

        private static void add(double[] sums, double[] terms, double factor) {
            for (int state = 0; state < sums.length; state++) {
                sums[state] += factor * terms[state];
            }
        }

        /** The probability of a purchase within some periods and a part of the next. */
        private double[] active(double periods, double part) {
            double[] active = new double[purchase.length];
            for (int from = 0; from < active.length; from++) {
                double none = 1;
                int state = from;
                double left = periods;
                for (; left > 0 && state < lastRecency(); state++, left--) {
                    none *= 1 - purchase[state];
                }
                double p = purchase[state];
                if (left > 0 && p > 0) {
                    // Once gone, every period is alike.
                    none *= Math.exp(left * Math.log1p(-p));
                }
                none *= 1 - part * p;
                active[from] = 1 - none;
            }
            return active;
        }

        /**
         * The sum over i of the probability of a purchase in the i-th period, discounted by i − 1 periods, without end.
         *
         * <p>It is c (1 + v x), where x is that of recency 1 and c the present value of the first purchase, discounted by one period less:
         * c = p + (1 − p) v c of the next recency. 1 − c is kept beside c, so that nothing cancels where v is almost 1.
         */
        private double[] endless(double oneLessV) {
            double v = 1 - oneLessV;
            double[] first = new double[purchase.length];
            int gone = lastRecency();
            double p = purchase[gone];
            first[gone] = p == 0 ? 0 : p / (p + (1 - p) * oneLessV);
            double complement = p == 0 ? 1 : (1 - p) * oneLessV / (p + (1 - p) * oneLessV);
            for (int state = gone - 1; state >= 0; state--) {
                first[state] = purchase[state] + (1 - purchase[state]) * v * first[state + 1];
                complement = (1 - purchase[state]) * (oneLessV + v * complement);
            }
            double factor = 1 / (oneLessV + v * complement);
            double[] sums = new double[purchase.length];
            add(sums, first, factor);
            return sums;
        }

        /** The present value of a unit in each period of the base, spread evenly, over a time. */
        private static double presentValue(double reach, double rate, CashFlowTiming timing) {
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
            for (int i = 1; i - 1 < reach; i++) {
                sum += Math.min(1, reach - (i - 1)) * Math.exp(-rate * (i - offset));
            }
            return sum;
        }

        /** Returns the model with its parameters. */
        @Override
        public String toString() {
            return NAME + parameters;
        }
    }
}
