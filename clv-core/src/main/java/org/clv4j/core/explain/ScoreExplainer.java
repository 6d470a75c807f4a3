// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.PathDependent;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/**
 * Explains the customer lifetime value of single customers beside the average customer of their base.
 *
 * <p><b>Factors.</b> A value is a product, and so is the mean value of the base:
 *
 * <pre>
 * CLV_i    = m · p_i · n_i · s_i
 * mean CLV = m · p̄ · n̄ · s̄,    p̄ = mean p,  n̄ = Σ D / Σ p,  s̄ = Σ CLV / (m Σ D)
 * </pre>
 *
 * with margin m, P(alive) p, discounted expected transactions D, those if alive n = D/p, and expected spend s. So the average customer is
 * no median, but one whose factors give the mean exactly; s̄ is the spend of the average purchase to come.
 *
 * <p><b>Contributions.</b> The difference of the two products is split in the space of logarithms, where a product is a sum:
 *
 * <pre>
 * contribution of f = L ln(f_i / f̄),    L = (CLV_i − mean) / ln(CLV_i / mean)
 * </pre>
 *
 * L, the logarithmic mean, makes them add up to CLV<sub>i</sub> − mean. They do not depend on an order, and a factor that is average has 0.
 * A factor of 0 takes the whole difference, which is the limit; several share it, but P(alive) of 0 takes all. Where a spend model gives a
 * customer and the average different signs there are no logarithms, and the contributions are the Shapley values. All are rounded to six
 * decimals; the millionths that are then missing go to the largest, so that they add up exactly.
 *
 * <p><b>What if.</b> After a purchase today the history is (x + 1, T, T), after n more periods of silence (x, t<sub>x</sub>, T + n). The
 * expected spend stays: a purchase of the expected amount does not change it. What the purchase itself brings is not in the value after it.
 * Both are left out, and a warning says so, where the model knows more of a customer than the summary of the history: the days of the
 * purchases, or covariates with a history.
 *
 * <p><b>Limits.</b> Models in one piece, of contracts, and mixed ones have no such factors and are refused.
 *
 * <p><b>Cost.</b> One valuation of the base; then a pass over it and a few evaluations of the model for each customer explained.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class ScoreExplainer {

    private static final double ALIKE = 1e-9;

    private final TransactionSpendModel.Fitted model;
    private final CustomerBase base;
    private final CustomerValues values;
    private final Averages averages;
    private final List<Double> silence;

    private ScoreExplainer(
            TransactionSpendModel.Fitted model,
            CustomerBase base,
            CustomerValues values,
            Averages averages,
            List<Double> silence) {
        this.model = model;
        this.base = base;
        this.values = values;
        this.averages = averages;
        this.silence = silence;
    }

    /**
     * Returns an explainer that looks at three, six and twelve more months of silence, or one, two and three years where time is counted in
     * years.
     *
     * @param model a transaction and a spend model: a {@link TransactionSpendModel.Fitted}
     * @param base the customers, who make the average
     * @param terms the terms
     * @return the explainer
     * @throws ModelException if the model is of another kind, or cannot value the customers
     * @throws IllegalArgumentException if there are no customers
     */
    public static ScoreExplainer of(FittedClvModel model, CustomerBase base, ValuationTerms terms) {
        return of(model, base, terms, Execution.sequential());
    }

    /**
     * Returns an explainer whose valuation is run on threads and with progress as told.
     *
     * @param model a transaction and a spend model: a {@link TransactionSpendModel.Fitted}
     * @param base the customers, who make the average
     * @param terms the terms
     * @param execution how the work is run
     * @return the explainer
     * @throws ModelException if the model is of another kind, or cannot value the customers
     * @throws IllegalArgumentException if there are no customers
     */
    public static ScoreExplainer of(
            FittedClvModel model, CustomerBase base, ValuationTerms terms, Execution execution) {
        if (!(model instanceof TransactionSpendModel.Fitted fitted)) {
            throw new ModelException("an explanation needs a transaction model and a spend model, but the model was "
                    + model.name() + "; its values are not a product of purchases and spend");
        }
        if (base.size() == 0) {
            throw new IllegalArgumentException("`base` must have a customer, but was empty");
        }
        CustomerValues values = fitted.value(base, terms, execution);
        return new ScoreExplainer(fitted, base, values, new Averages(values), usualSilence(base.timeScale()));
    }

    private static List<Double> usualSilence(TimeScale timeScale) {
        return switch (timeScale) {
            case DAYS -> List.of(91.0, 182.0, 365.0);
            case WEEKS -> List.of(13.0, 26.0, 52.0);
            case MONTHS -> List.of(3.0, 6.0, 12.0);
            case YEARS -> List.of(1.0, 2.0, 3.0);
        };
    }

    /**
     * Returns a copy that looks at other times of silence.
     *
     * @param periods the times from now, in periods of the time scale; finite, above 0; none to leave them out
     * @return the copy
     * @throws IllegalArgumentException if a time is out of its range
     */
    public ScoreExplainer withSilence(Collection<? extends Number> periods) {
        List<Double> times = new ArrayList<>();
        for (Number period : periods) {
            double time = period.doubleValue();
            if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`periods` must be finite and above 0, but was " + time);
            }
            times.add(time);
        }
        return new ScoreExplainer(model, base, values, averages, List.copyOf(times));
    }

    /**
     * Returns the values of all customers, which are explained.
     *
     * @return the values
     */
    public CustomerValues values() {
        return values;
    }

    /**
     * Explains the value of a customer.
     *
     * @param customerId the customer's id
     * @return the explanation
     * @throws IllegalArgumentException if the base has no such customer
     */
    public ScoreExplanation explain(String customerId) {
        int row = base.indexOf(Objects.requireNonNull(customerId, "customerId"));
        if (row < 0) {
            throw new IllegalArgumentException(
                    "`customerId` must be the id of a customer of the base, but was '" + customerId + "'");
        }
        List<String> warnings = new ArrayList<>(values.warnings());
        BigDecimal clv = exact(values.futureValue(row));
        WhatIf whatIf = new WhatIf(row, clv, warnings);
        return new ScoreExplanation(
                customerId,
                values.model(),
                values.terms(),
                base.timeScale(),
                base.currency(),
                base.observation().map(Observation::end),
                clv,
                averages.clv,
                factors(row, clv),
                rank(row),
                spend(row),
                purchaseRate(row),
                whatIf.purchaseToday,
                whatIf.silence,
                warnings);
    }

    static BigDecimal exact(double amount) {
        return new BigDecimal(amount).setScale(ScoreExplanation.SCALE, RoundingMode.HALF_EVEN);
    }

    private List<FactorContribution> factors(int row, BigDecimal clv) {
        double alive = values.get(ValueColumn.PROBABILITY_ALIVE, row);
        double discounted = values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, row);
        double[] own = {alive, ratio(discounted, alive), values.get(ValueColumn.EXPECTED_SPEND, row)};
        double[] average = {averages.alive, averages.transactionsIfAlive, averages.spend};
        double[] parts = FactorSplit.of(own, average, values.terms().margin().fraction());
        BigDecimal[] contributions = FactorSplit.rounded(parts, clv.subtract(averages.clv));
        List<FactorContribution> factors = new ArrayList<>();
        int f = 0;
        for (ScoreFactor factor : ScoreFactor.values()) {
            factors.add(new FactorContribution(factor, own[f], average[f], contributions[f]));
            f++;
        }
        return factors;
    }

    private ScoreRank rank(int row) {
        double value = values.futureValue(row);
        double below = 0;
        double above = 0;
        double all = 0;
        for (int other = 0; other < base.size(); other++) {
            double weight = base.weight(other);
            double theirs = values.futureValue(other);
            all += weight;
            below += theirs < value ? weight : 0;
            above += theirs > value ? weight : 0;
        }
        return new ScoreRank(1 + above, all, below / all);
    }

    private Shrinkage spend(int row) {
        FittedSpendModel spend = model.spend();
        int observations = spend.frequencyOf(base, row);
        return Shrinkage.of(
                observations,
                observations == 0 ? OptionalDouble.empty() : OptionalDouble.of(spend.monetaryValueOf(base, row)),
                spendOfAnybody(spend),
                values.get(ValueColumn.EXPECTED_SPEND, row));
    }

    private static OptionalDouble spendOfAnybody(FittedSpendModel spend) {
        try {
            return OptionalDouble.of(spend.expectedSpendOfNewCustomer());
        } catch (ModelException e) {
            // Gamma-Gamma has no finite population mean for q at most 1, and yet one of customers with purchases.
            return OptionalDouble.empty();
        }
    }

    private Optional<Shrinkage> purchaseRate(int row) {
        FittedTransactionModel transactions = model.transactions();
        if (!(transactions instanceof PosteriorRates ofRows)) {
            return Optional.empty();
        }
        double[] expected = new double[1];
        ofRows.expectedPurchaseRateInto(base, row, row + 1, expected);
        int purchases = base.frequency(row);
        double age = base.age(row);
        return Optional.of(Shrinkage.of(
                purchases,
                age > 0 ? OptionalDouble.of(purchases / age) : OptionalDouble.empty(),
                rateOfAnybody(transactions, row),
                expected[0]));
    }

    /** The rate of a new customer with the same covariates. */
    private OptionalDouble rateOfAnybody(FittedTransactionModel transactions, int row) {
        if (transactions instanceof PathDependent) {
            return OptionalDouble.empty();
        }
        FittedTransactionModel own =
                transactions instanceof CovariateDependent dependent ? dependent.ofCustomer(base, row) : transactions;
        return own instanceof PosteriorRates rates
                ? OptionalDouble.of(rates.expectedPurchaseRate(0, 0, 0))
                : OptionalDouble.empty();
    }

    /** What the customer would be worth after a purchase, or after silence. */
    private final class WhatIf {
        private Optional<ValueThen> purchaseToday = Optional.empty();
        private List<ValueThen> silence = List.of();

        WhatIf(int row, BigDecimal clv, List<String> warnings) {
            CustomerSummary now = base.summary(row);
            if (model.transactions() instanceof PathDependent) {
                warnings.add("what a purchase or silence would change is left out: covariates with a history are not"
                        + " known of times to come");
                return;
            }
            // The history as it is, after a purchase today, and after each time of silence.
            boolean boughtToday = now.recency() == now.age();
            List<CustomerSummary> histories = new ArrayList<>();
            histories.add(history(now, histories, now.frequency(), now.recency(), now.age()));
            if (!boughtToday) {
                histories.add(history(now, histories, now.frequency() + 1, now.age(), now.age()));
            }
            for (double periods : ScoreExplainer.this.silence) {
                histories.add(history(now, histories, now.frequency(), now.recency(), now.age() + periods));
            }
            CustomerBase then = CustomerBase.ofSummaries(histories, base.timeScale());
            double[] alive = new double[then.size()];
            model.transactions().probabilityAliveInto(then, 0, then.size(), alive);
            double[] discounted =
                    TransactionSpendModel.discountedTransactions(model.transactions(), then, values.terms());
            double known = values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, row);
            if (!(Math.abs(discounted[0] - known) <= ALIKE * Math.abs(known))) {
                warnings.add("what a purchase or silence would change is left out: the model knows more of the"
                        + " customer's history than its summary");
                return;
            }
            double each = values.get(ValueColumn.EXPECTED_SPEND, row)
                    * values.terms().margin().fraction();
            int first = boughtToday ? 1 : 2;
            if (boughtToday) {
                warnings.add(
                        "the customer bought on the last day already: what a purchase today would change is left out");
            } else {
                purchaseToday = Optional.of(valueThen(0, alive[1], each * discounted[1], clv));
            }
            List<ValueThen> path = new ArrayList<>();
            for (int i = 0; i < ScoreExplainer.this.silence.size(); i++) {
                path.add(valueThen(
                        ScoreExplainer.this.silence.get(i), alive[first + i], each * discounted[first + i], clv));
            }
            silence = path;
        }

        private static CustomerSummary history(
                CustomerSummary now, List<CustomerSummary> before, int frequency, double recency, double age) {
            return new CustomerSummary(
                    now.id() + " " + before.size(),
                    frequency,
                    recency,
                    age,
                    frequency == 0 ? 0 : now.monetaryValue(),
                    1,
                    now.attributes());
        }

        private static ValueThen valueThen(double periods, double alive, double clv, BigDecimal now) {
            BigDecimal then = exact(clv);
            return new ValueThen(periods, alive, then, then.subtract(now));
        }
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** The average customer. */
    private static final class Averages {
        final BigDecimal clv;
        final double alive;
        final double transactionsIfAlive;
        final double spend;

        Averages(CustomerValues values) {
            SegmentEquity total =
                    EquityAggregator.withDefaults().aggregate(values).total();
            double sumAlive = sum(values, ValueColumn.PROBABILITY_ALIVE);
            double sumTransactions = sum(values, ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS);
            clv = total.futureValue()
                    .divide(new BigDecimal(total.customers()), MathContext.DECIMAL128)
                    .setScale(ScoreExplanation.SCALE, RoundingMode.HALF_EVEN);
            alive = sumAlive / total.customers();
            transactionsIfAlive = ratio(sumTransactions, sumAlive);
            spend = ratio(sum(values, ValueColumn.CLV), values.terms().margin().fraction() * sumTransactions);
        }

        /** Sorted, so that the order of the customers does not matter. */
        private static double sum(CustomerValues values, ValueColumn column) {
            double[] weighted = values.column(column);
            for (int row = 0; row < weighted.length; row++) {
                weighted[row] *= values.base().weight(row);
            }
            Arrays.sort(weighted);
            return Arrays.stream(weighted).sum();
        }
    }
}
