// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ChangeableRates;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureDistribution;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.PosteriorSampler;
import org.clv4j.core.model.PurchaseSampler;
import org.clv4j.core.model.RateChange;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.AttritionFormulas;
import org.clv4j.models.internal.kernel.PurchaseTimes;
import org.clv4j.models.internal.kernel.RepeatedHistories;
import org.clv4j.models.internal.kernel.RepeatedPairs;
import org.clv4j.models.internal.kernel.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * What every fitted latent-attrition model answers. A model of the family brings its parameters and its formulas; argument checks,
 * batches and reports are here.
 *
 * <p>Where purchases have no memory, what lies ahead of a customer who is alive depends on frequency and age alone, so that a batch on a
 * day grid computes it once a distinct pair.
 *
 * <p>Immutable and thread-safe.
 */
public abstract sealed class FittedAttritionModel
        implements FittedTransactionModel,
                ResidualTransactions,
                TransactionDistribution,
                FutureDistribution,
                FutureSurvival,
                NextPurchase,
                ChangeableRates,
                PosteriorRates,
                PosteriorSampler,
                PurchaseSampler,
                TransactionSimulator
        permits Nbd.Fitted,
                ParetoNbd.Fitted,
                CorrelatedParetoNbd.Fitted,
                BgNbd.Fitted,
                MbgNbd.Fitted,
                GGompertzNbd.Fitted,
                BgBb.Fitted,
                PeriodicDeathOpportunity.Fitted,
                FittedCnbdK,
                HierarchicalParetoNbd.Fitted,
                CovariateModel.Fitted,
                CovariateModel.Customer {

    private final String name;
    private final Map<String, Double> parameters;
    private final @Nullable FitReport report;
    private final AttritionFormulas formulas;

    FittedAttritionModel(
            String name, Map<String, Double> parameters, @Nullable FitReport report, AttritionFormulas formulas) {
        this.name = name;
        this.parameters = parameters;
        this.report = report;
        this.formulas = formulas;
    }

    /** Returns a parameter of a map that was checked for completeness, or refuses the map. */
    static double parameter(Map<String, Double> parameters, String parameter) {
        Double value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException(
                    "`" + parameter + "` is missing from the parameters " + parameters.keySet());
        }
        return value;
    }

    final double parameter(String parameter) {
        return parameter(parameters, parameter);
    }

    @Override
    public String name() {
        return name;
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
    public double logLikelihood(int frequency, double recency, double age) {
        formulas.checkHistory(frequency, recency, age);
        return formulas.logLikelihood(frequency, recency, age);
    }

    @Override
    public double probabilityAlive(int frequency, double recency, double age) {
        formulas.checkHistory(frequency, recency, age);
        return formulas.probabilityAlive(frequency, recency, age);
    }

    @Override
    public double probabilityActive(int frequency, double recency, double age, double horizon) {
        formulas.checkHorizon(horizon);
        return probabilityAlive(frequency, recency, age)
                * formulas.ahead(recency).activeGivenAlive(frequency, age, horizon);
    }

    @Override
    public double expectedTransactions(int frequency, double recency, double age, double horizon) {
        formulas.checkHorizon(horizon);
        return probabilityAlive(frequency, recency, age)
                * formulas.ahead(recency).expectedGivenAlive(frequency, age, horizon);
    }

    @Override
    public double expectedTransactionsOfNewCustomer(double horizon) {
        return expectedTransactions(0, 0, 0, horizon);
    }

    @Override
    public double discountedExpectedTransactions(
            int frequency, double recency, double age, double horizon, double continuousRate) {
        formulas.checkHorizon(horizon);
        Arguments.checkRate(continuousRate);
        return probabilityAlive(frequency, recency, age)
                * formulas.ahead(recency).discountedGivenAlive(frequency, age, horizon, continuousRate);
    }

    @Override
    public double discountedExpectedResidualTransactions(
            int frequency, double recency, double age, double continuousRate) {
        Arguments.checkPositiveRate(continuousRate);
        return probabilityAlive(frequency, recency, age)
                * formulas.ahead(recency).residualGivenAlive(frequency, age, continuousRate);
    }

    @Override
    public boolean canChange(RateChange change) {
        return formulas.canChange(change);
    }

    @Override
    public double changedTransactions(
            int frequency, double recency, double age, RateChange change, double horizon, double continuousRate) {
        checkChange(change, horizon, continuousRate);
        return probabilityAlive(frequency, recency, age)
                * changedGivenAlive(formulas.ahead(recency), frequency, age, change, horizon, continuousRate);
    }

    private void checkChange(RateChange change, double horizon, double continuousRate) {
        if (!formulas.canChange(change)) {
            throw new ModelException("the model " + name
                    + " does not say what purchases times " + change.purchaseFactor() + " and dropout times "
                    + change.dropoutFactor() + " from now on would make of the future");
        }
        if (horizon == Double.POSITIVE_INFINITY) {
            Arguments.checkPositiveRate(continuousRate);
        } else {
            formulas.checkHorizon(horizon);
            Arguments.checkRate(continuousRate);
        }
    }

    private static double changedGivenAlive(
            AttritionFormulas of, int frequency, double age, RateChange change, double horizon, double continuousRate) {
        return change.isNone()
                ? of.aheadGivenAlive(frequency, age, horizon, continuousRate)
                : of.changedGivenAlive(frequency, age, horizon, continuousRate, change);
    }

    @Override
    public double probabilityOfTransactions(int transactions, double horizon) {
        return probabilityOfFutureTransactions(transactions, 0, 0, 0, horizon);
    }

    @Override
    public double probabilityOfFutureTransactions(
            int transactions, int frequency, double recency, double age, double horizon) {
        Arguments.checkCount(transactions, "transactions");
        formulas.checkHistory(frequency, recency, age);
        formulas.checkHorizon(horizon);
        if (horizon == 0) {
            return transactions == 0 ? 1 : 0;
        }
        double made = formulas.probabilityAlive(frequency, recency, age)
                * formulas.ahead(recency).countGivenAlive(transactions, frequency, age, horizon);
        return transactions == 0 ? Math.min(1, formulas.probabilityDead(frequency, recency, age) + made) : made;
    }

    @Override
    public double probabilityAliveAt(int frequency, double recency, double age, double horizon) {
        formulas.checkHorizon(horizon);
        return probabilityAlive(frequency, recency, age)
                * formulas.ahead(recency).aliveLaterGivenAlive(frequency, age, horizon);
    }

    @Override
    public double expectedTimeToNextPurchase(int frequency, double recency, double age, double horizon) {
        formulas.checkHistory(frequency, recency, age);
        formulas.checkHorizon(horizon);
        return formulas.ahead(recency).nextPurchaseWithin(frequency, age, horizon);
    }

    @Override
    public double timeToNextPurchaseQuantile(int frequency, double recency, double age, double probability) {
        formulas.checkHistory(frequency, recency, age);
        Arguments.checkBelowOne(probability, "probability");
        return formulas.ahead(recency).nextPurchaseQuantile(frequency, age, probability);
    }

    @Override
    public double expectedPurchaseRate(int frequency, double recency, double age) {
        formulas.checkHistory(frequency, recency, age);
        return formulas.purchaseRate(frequency, recency, age);
    }

    @Override
    public double expectedDropoutRate(int frequency, double recency, double age) {
        formulas.checkHistory(frequency, recency, age);
        return formulas.dropoutRate(frequency, recency, age);
    }

    @Override
    public List<CustomerDraw> sample(int frequency, double recency, double age, double horizon, int draws, long seed) {
        formulas.checkHistory(frequency, recency, age);
        formulas.checkHorizon(horizon);
        Arguments.checkCount(draws, "draws");
        CustomerDraw[] sample = new CustomerDraw[draws];
        Sampling random = Sampling.ofSeed(seed);
        for (int i = 0; i < draws; i++) {
            sample[i] = formulas.draw(frequency, recency, age, horizon, random);
        }
        return List.of(sample);
    }

    @Override
    public void logLikelihoodInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        formulas.checkRows(base, from, to);
        FittedTransactionModel.super.logLikelihoodInto(base, from, to, out);
    }

    @Override
    public void expectedPurchaseRateInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        formulas.checkRows(base, from, to);
        PosteriorRates.super.expectedPurchaseRateInto(base, from, to, out);
    }

    @Override
    public void expectedDropoutRateInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        formulas.checkRows(base, from, to);
        PosteriorRates.super.expectedDropoutRateInto(base, from, to, out);
    }

    @Override
    public void probabilityOfFutureTransactionsInto(
            CustomerBase base, int from, int to, int transactions, double horizon, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        formulas.checkRows(base, from, to);
        FutureDistribution.super.probabilityOfFutureTransactionsInto(base, from, to, transactions, horizon, out);
    }

    @Override
    public void probabilityAliveInto(CustomerBase base, int from, int to, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        formulas.checkRows(base, from, to);
        formulas.probabilityAliveInto(base, from, to, out);
    }

    @Override
    public void probabilityActiveInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        formulas.checkHorizon(horizon);
        timesAlive(base, from, to, out, formulas, (of, x, age) -> of.activeGivenAlive(x, age, horizon));
    }

    @Override
    public void probabilityAliveAtInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        formulas.checkHorizon(horizon);
        timesAlive(base, from, to, out, formulas, (of, x, age) -> of.aliveLaterGivenAlive(x, age, horizon));
    }

    @Override
    public void expectedTimeToNextPurchaseInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        formulas.checkHorizon(horizon);
        once(base, from, to, out, formulas, (of, x, age) -> of.nextPurchaseWithin(x, age, horizon));
    }

    @Override
    public void timeToNextPurchaseQuantileInto(CustomerBase base, int from, int to, double probability, double[] out) {
        Arguments.checkBelowOne(probability, "probability");
        once(base, from, to, out, formulas, (of, x, age) -> of.nextPurchaseQuantile(x, age, probability));
    }

    /** What lies ahead of one who is alive. */
    @FunctionalInterface
    private interface Ahead {
        double of(AttritionFormulas formulas, int frequency, double age);
    }

    private static void once(
            CustomerBase base, int from, int to, double[] out, AttritionFormulas formulas, Ahead ahead) {
        FittedTransactionModel.checkRange(base, from, to, out);
        formulas.checkRows(base, from, to);
        IntToDoubleFunction known = remembered(base, from, to, formulas, ahead);
        for (int row = from; row < to; row++) {
            out[row - from] = known.applyAsDouble(row);
        }
    }

    @Override
    public void futureTransactionsInto(CustomerBase base, int from, int to, double horizon, long seed, double[] out) {
        FittedTransactionModel.checkRange(base, from, to, out);
        formulas.checkHorizon(horizon);
        formulas.checkRows(base, from, to);
        for (int row = from; row < to; row++) {
            out[row - from] = futureTransactions(base, row, horizon, seed);
        }
    }

    /** Draws the future transactions of a customer whose horizon is checked. */
    final double futureTransactions(CustomerBase base, int row, double horizon, long seed) {
        Sampling random = Sampling.ofSeed(seed, row);
        return formulas.draw(base.frequency(row), base.recency(row), base.age(row), horizon, random)
                .futureTransactions();
    }

    @Override
    public void samplePurchases(CustomerBase base, int from, int to, double horizon, long[] seeds, Receiver receiver) {
        checkSeeds(base, from, to, seeds);
        formulas.checkHorizon(horizon);
        double[] alive = new double[to - from];
        probabilityAliveInto(base, from, to, alive);
        Sampling.Restartable random = Sampling.restartable();
        PurchaseTimes times = new PurchaseTimes();
        for (int row = from; row < to; row++) {
            samplePurchases(base, row, horizon, alive[row - from], random.restart(seeds[row - from]), times, receiver);
        }
    }

    static void checkSeeds(CustomerBase base, int from, int to, long[] seeds) {
        Objects.checkFromToIndex(from, to, base.size());
        if (seeds.length < to - from) {
            throw new IllegalArgumentException(
                    "`seeds` must hold " + (to - from) + " values, but its length was " + seeds.length);
        }
    }

    /** Draws the purchases of a customer whose horizon is checked. */
    final void samplePurchases(
            CustomerBase base,
            int row,
            double horizon,
            double alive,
            Sampling random,
            PurchaseTimes times,
            Receiver receiver) {
        if (random.uniform() >= alive) {
            return;
        }
        times.clear();
        formulas.purchasesGivenAlive(base.frequency(row), base.recency(row), base.age(row), horizon, random, times);
        if (times.count() > 0) {
            receiver.purchases(row, times.times(), times.count());
        }
    }

    @Override
    public void expectedTransactionsInto(CustomerBase base, int from, int to, double horizon, double[] out) {
        formulas.checkHorizon(horizon);
        timesAlive(base, from, to, out, formulas.forBatch(), (of, x, age) -> of.expectedGivenAlive(x, age, horizon));
    }

    @Override
    public void discountedExpectedTransactionsInto(
            CustomerBase base, int from, int to, double horizon, double continuousRate, double[] out) {
        formulas.checkHorizon(horizon);
        Arguments.checkRate(continuousRate);
        timesAlive(
                base,
                from,
                to,
                out,
                formulas.forBatch(),
                (of, x, age) -> of.discountedGivenAlive(x, age, horizon, continuousRate));
    }

    @Override
    public void discountedExpectedResidualTransactionsInto(
            CustomerBase base, int from, int to, double continuousRate, double[] out) {
        Arguments.checkPositiveRate(continuousRate);
        timesAlive(base, from, to, out, formulas, (of, x, age) -> of.residualGivenAlive(x, age, continuousRate));
    }

    @Override
    public void changedTransactionsInto(
            CustomerBase base,
            int from,
            int to,
            RateChange change,
            double horizon,
            double continuousRate,
            double[] out) {
        checkChange(change, horizon, continuousRate);
        timesAlive(
                base,
                from,
                to,
                out,
                formulas.forBatch(),
                (of, x, age) -> changedGivenAlive(of, x, age, change, horizon, continuousRate));
    }

    private void timesAlive(
            CustomerBase base, int from, int to, double[] out, AttritionFormulas formulas, Ahead givenAlive) {
        probabilityAliveInto(base, from, to, out);
        IntToDoubleFunction known = remembered(base, from, to, formulas, givenAlive);
        for (int row = from; row < to; row++) {
            out[row - from] *= known.applyAsDouble(row);
        }
    }

    /** What lies ahead by row, computed once for customers who share what it depends on. */
    private static IntToDoubleFunction remembered(
            CustomerBase base, int from, int to, AttritionFormulas formulas, Ahead ahead) {
        return formulas.isMemoryless()
                ? RepeatedPairs.of(base, from, to, (x, age) -> ahead.of(formulas, x, age))::at
                : RepeatedHistories.of(base, (x, recency, age) -> ahead.of(formulas.ahead(recency), x, age))::at;
    }

    @Override
    public double[] simulateTransactionTimes(double age, long seed) {
        Arguments.checkHistory(0, 0, age);
        return formulas.simulate(age, Sampling.ofSeed(seed));
    }

    /** Returns the model with its parameters, as {@code bg-nbd{r=0.243, …}}. */
    @Override
    public String toString() {
        return name + parameters;
    }
}
