// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.SpendDistribution;
import org.clv4j.core.model.SpendSimulator;

/**
 * What every spend model must do. Extend it in the model's test tree; {@link #provider()} and {@link #typicalParameters()} are
 * enough, the other methods are hooks with defaults. {@link SpendDistribution} and {@link SpendSimulator} are tested where the fitted
 * model implements them.
 *
 * <p>A {@link ModelException} is a legal answer where a model has no finite expectation; NaN and infinity never are. Nothing
 * here is timed, and statistical checks use fixed seeds.
 */
public abstract class SpendModelContract {

    /** For subclasses. */
    protected SpendModelContract() {}

    // ------------------------------------------------------------------------------------------ what the author says

    /**
     * Returns the model under test.
     *
     * @return its provider
     */
    protected abstract ModelProvider.OfSpend provider();

    /**
     * Returns parameters as a good fit to ordinary data has them, for which a new customer's expected spend is finite.
     *
     * @return the parameters by name
     */
    protected abstract Map<String, Double> typicalParameters();

    // --------------------------------------------------------------------------------------------------------- hooks

    /**
     * Returns the parameters of the same model in another unit of money.
     *
     * @param parameters the parameters
     * @param factor what all amounts are multiplied with
     * @return the parameters that then describe the same customers; by default empty, and the unit is not tested
     */
    protected Optional<Map<String, Double>> inMoneyUnit(Map<String, Double> parameters, double factor) {
        return Optional.empty();
    }

    /**
     * Tells whether amounts may be negative, as margins are.
     *
     * @return false by default: amounts are drawn above 0, and expectations must not be negative
     */
    protected boolean mayBeNegative() {
        return false;
    }

    /**
     * Draws ordinary parameters.
     *
     * @return by default within a factor of 1.5 of the typical ones
     */
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return Draws.around(provider(), typicalParameters(), 1.5);
    }

    /**
     * Draws hard parameters, for which results must be finite or refused with a {@link ModelException}.
     *
     * @return by default within a factor of 10,000 of the typical ones
     */
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return Draws.around(provider(), typicalParameters(), 1e4);
    }

    /**
     * Draws monetary values.
     *
     * @return by default from a hundredth to 10 million; on both sides of 0 if amounts may be negative
     */
    protected Arbitrary<Double> monetaryValues() {
        Arbitrary<Double> positive = Draws.logUniform(0.01, 1e7);
        return mayBeNegative() ? Arbitraries.oneOf(positive, positive.map(value -> -value)) : positive;
    }

    /**
     * Makes the customers that fits are tried on.
     *
     * @param customers the number of customers
     * @param seed the seed
     * @return by default the base of {@link SimulatedBases#ofShop()}
     */
    protected CustomerBase fittingBase(int customers, long seed) {
        return SimulatedBases.ofShop().gridded(customers, TimeScale.WEEKS, seed);
    }

    /**
     * Returns how far, relatively, results may be off an identity.
     *
     * @return 1e-9 by default
     */
    protected double tolerance() {
        return 1e-9;
    }

    /**
     * Returns how far, relatively, the estimates of one and the same data may differ when its rows come in another order.
     *
     * @return 1e-9 by default
     */
    protected double fitOrderTolerance() {
        return 1e-9;
    }

    /**
     * Returns how far, relatively, the estimates of equal customers may differ when they come as weights.
     *
     * @return 1e-6 by default
     */
    protected double fitTolerance() {
        return 1e-6;
    }

    /**
     * Returns the model with parameters, checked as a file or a command checks them.
     *
     * @param parameters the parameters by name
     * @return the fitted model
     */
    protected final FittedSpendModel model(Map<String, Double> parameters) {
        ModelProvider.OfSpend provider = provider();
        return provider.ofParameters(ModelCatalog.checkParameters(provider, parameters));
    }

    /**
     * Draws ordinary parameters for a property.
     *
     * @return {@link #ordinaryParameters()}
     */
    @Provide
    protected Arbitrary<Map<String, Double>> ordinary() {
        return ordinaryParameters();
    }

    /**
     * Draws hard parameters for a property.
     *
     * @return {@link #hardParameters()}
     */
    @Provide
    protected Arbitrary<Map<String, Double>> hard() {
        return hardParameters();
    }

    /**
     * Draws monetary values for a property.
     *
     * @return {@link #monetaryValues()}
     */
    @Provide
    protected Arbitrary<Double> values() {
        return monetaryValues();
    }

    /**
     * Draws numbers of repeat purchases.
     *
     * @return 0 to 10,000
     */
    @Provide
    protected Arbitrary<Integer> counts() {
        return Draws.logCounts(10_000);
    }

    /**
     * Draws probabilities for a property.
     *
     * @return from a millionth to a millionth below 1
     */
    @Provide
    protected Arbitrary<Double> probabilities() {
        return Arbitraries.oneOf(
                Draws.uniform(0.001, 0.999),
                Draws.logUniform(1e-6, 0.1),
                Draws.logUniform(1e-6, 0.1).map(rest -> 1 - rest));
    }

    // -------------------------------------------------------------------------------------------------------- scores

    /**
     * Expected spend is finite, or refused with a reason, however odd parameters and customer are; and not negative where amounts
     * are not.
     *
     * @param parameters the parameters
     * @param frequency the repeat purchases
     * @param value their mean amount
     */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    public void expectedSpendIsFiniteEverywhere(
            @ForAll("hard") Map<String, Double> parameters,
            @ForAll("counts") int frequency,
            @ForAll("values") double value) {
        try {
            checkSpend(model(parameters).expectedSpend(frequency, value), parameters, frequency, value);
        } catch (RuntimeException noExpectation) {
            Parameters.checkRefusal(noExpectation, "the customer");
        }
    }

    /**
     * Ordinary models answer for every customer, expect no less of a customer who spent more, and know nothing of a customer
     * without repeat purchases.
     *
     * @param parameters the parameters
     * @param frequency the repeat purchases
     * @param value their mean amount
     */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    public void expectedSpendGrowsWithSpend(
            @ForAll("ordinary") Map<String, Double> parameters,
            @ForAll("counts") int frequency,
            @ForAll("values") double value) {
        FittedSpendModel model = model(parameters);
        double spend = checkSpend(model.expectedSpend(frequency, value), parameters, frequency, value);
        double more = value + Math.abs(value) * 0.1;
        Expect.ordered(
                spend,
                checkSpend(model.expectedSpend(frequency, more), parameters, frequency, more),
                tolerance(),
                "expected spend after " + value + " and after " + more,
                parameters);
        Expect.sameBits(
                model.expectedSpend(0, value),
                model.expectedSpend(0, 0),
                "expected spend without purchases",
                parameters);
        Expect.sameBits(
                model.expectedSpendOfNewCustomer(),
                model.expectedSpend(0, 0),
                "expected spend of a new customer",
                parameters);
    }

    /**
     * Euros or cents: expected spend is in the unit of the amounts.
     *
     * @param parameters the parameters
     * @param frequency the repeat purchases
     * @param value their mean amount
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void theUnitOfMoneyDoesNotMatter(
            @ForAll("ordinary") Map<String, Double> parameters,
            @ForAll("counts") int frequency,
            @ForAll("values") double value) {
        for (double factor : new double[] {100, 1 / 1.1}) {
            Optional<Map<String, Double>> scaled = inMoneyUnit(parameters, factor);
            scaled.ifPresent(other -> {
                Expect.close(
                        model(other).expectedSpend(frequency, value * factor),
                        model(parameters).expectedSpend(frequency, value) * factor,
                        tolerance(),
                        "expected spend with amounts × " + factor,
                        parameters);
                if (model(other) instanceof SpendDistribution one
                        && model(parameters) instanceof SpendDistribution another) {
                    double upper = another.spendQuantile(frequency, value, 0.9);
                    Expect.closeOnScale(
                            one.spendQuantile(frequency, value * factor, 0.1),
                            another.spendQuantile(frequency, value, 0.1) * factor,
                            tolerance(),
                            (Math.abs(upper) + Math.abs(value)) * factor,
                            "quantile of the mean spend with amounts × " + factor,
                            parameters);
                }
            });
        }
    }

    private double checkSpend(double spend, Map<String, Double> parameters, int frequency, double value) {
        String where = "x " + frequency + ", z̄ " + value + ", " + parameters;
        Expect.finite(spend, "expected spend", where);
        return mayBeNegative() ? spend : Expect.atLeastZero(spend, "expected spend", where);
    }

    // -------------------------------------------------------------------------------------------------- distribution

    /**
     * Quantiles and probabilities are inverse to each other, and none falls where it must not.
     *
     * @param parameters the parameters
     * @param frequency the repeat purchases
     * @param value their mean amount
     * @param probability a probability
     */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    public void quantilesAndProbabilitiesAreInverse(
            @ForAll("ordinary") Map<String, Double> parameters,
            @ForAll("counts") int frequency,
            @ForAll("values") double value,
            @ForAll("probabilities") double probability) {
        if (!(model(parameters) instanceof SpendDistribution model)) {
            return;
        }
        String where = "x " + frequency + ", z̄ " + value + ", probability " + probability + ", " + parameters;
        double quantile = Expect.finite(model.spendQuantile(frequency, value, probability), "quantile", where);
        // An amount is only as fine as its last bits, which matters where all probability lies within a few of them.
        double grain = 8 * Math.ulp(Math.max(Math.abs(quantile), Math.abs(value)));
        double below = model.probabilityOfSpendBelow(frequency, value, quantile - grain);
        double above = model.probabilityOfSpendBelow(frequency, value, quantile + grain);
        Expect.within(below, 0, 1, "probability below an amount", where);
        Expect.ordered(
                below, above, tolerance(), "probabilities below " + (quantile - grain) + " and a little more", where);
        Expect.ordered(below, probability, tolerance(), "probability below the quantile", where);
        Expect.ordered(1 - above, 1 - probability, tolerance(), "probability above the quantile", where);
        Expect.ordered(
                model.spendQuantile(frequency, value, probability * 0.9),
                quantile,
                tolerance(),
                "quantiles of " + probability * 0.9 + " and " + probability,
                where);
        if (!mayBeNegative()) {
            Expect.atLeastZero(quantile, "quantile", where);
            Expect.that(
                    model.probabilityOfSpendBelow(frequency, value, -1) == 0
                            && model.probabilityOfSpendBelow(frequency, value, 0) == 0,
                    () -> "no probability must lie below amounts of 0, for " + where);
        }
        Expect.sameBits(
                model.spendQuantile(0, value, probability),
                model.spendQuantile(0, 0, probability),
                "quantile without purchases",
                where);
    }

    /**
     * The expected spend is the mean over all quantiles.
     *
     * @param parameters the parameters
     * @param frequency the repeat purchases
     */
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    public void theDistributionHasTheExpectedSpend(
            @ForAll("ordinary") Map<String, Double> parameters, @ForAll("counts") int frequency) {
        if (model(parameters) instanceof SpendDistribution model) {
            double expected = model(parameters).expectedSpend(frequency, 30);
            // Probability as 1/(1 + e^−u): the trapezoidal rule then converges exponentially.
            double mean = 0;
            for (int i = -160; i <= 160; i++) {
                double probability = 1 / (1 + Math.exp(-i * 0.2));
                mean += 0.2 * probability * (1 - probability) * model.spendQuantile(frequency, 30, probability);
            }
            Expect.closeOnScale(
                    mean,
                    expected,
                    1e-4,
                    Math.abs(expected) + Math.abs(model.spendQuantile(frequency, 30, 0.9)),
                    "the mean over the quantiles of the mean spend",
                    "x " + frequency + ", z̄ 30, " + parameters);
        }
    }

    /**
     * Quantiles, probabilities and samples are finite, however odd parameters and customer are.
     *
     * @param parameters the parameters
     * @param frequency the repeat purchases
     * @param value their mean amount
     */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    public void theDistributionIsFiniteEverywhere(
            @ForAll("hard") Map<String, Double> parameters,
            @ForAll("counts") int frequency,
            @ForAll("values") double value) {
        if (!(model(parameters) instanceof SpendDistribution model)) {
            return;
        }
        String where = "x " + frequency + ", z̄ " + value + ", " + parameters;
        for (double probability : new double[] {Double.MIN_VALUE, 1e-12, 0.5, 1 - 1e-12, Math.nextDown(1.0)}) {
            Expect.finite(model.spendQuantile(frequency, value, probability), "quantile of " + probability, where);
        }
        for (double amount : new double[] {-Double.MAX_VALUE, 0, Double.MIN_VALUE, value, Double.MAX_VALUE}) {
            Expect.within(
                    model.probabilityOfSpendBelow(frequency, value, amount),
                    0,
                    1,
                    "probability below " + amount,
                    where);
        }
        for (double[] draws : List.of(
                model.sampleMeanSpends(frequency, value, 5, 1), model.sampleMeanSpends(frequency, value, 3, 5, 1))) {
            for (double draw : draws) {
                Expect.finite(draw, "a sampled mean spend", where);
            }
        }
    }

    /**
     * Samples have the expected spend as their mean, within 5 standard errors, and as many of them lie below a quantile as it says;
     * the means of few purchases spread more than the mean spend itself, and those of many no more.
     */
    @Example
    public void samplesFollowTheDistribution() {
        FittedSpendModel fitted = model(typicalParameters());
        if (!(fitted instanceof SpendDistribution model)) {
            return;
        }
        int draws = 20_000;
        for (int frequency : new int[] {0, 1, 7}) {
            String where = "x " + frequency + ", z̄ 50";
            double expected = fitted.expectedSpend(frequency, 50);
            double[] means = model.sampleMeanSpends(frequency, 50, draws, 4711 + frequency);
            double spread = checkSample(means, draws, expected, "sampled mean spends, " + where);
            double[] ofOne = model.sampleMeanSpends(frequency, 50, 1, draws, 815 + frequency);
            double spreadOfOne = checkSample(ofOne, draws, expected, "sampled single purchases, " + where);
            double[] ofMany = model.sampleMeanSpends(frequency, 50, 2_000, 2_000, 99 + frequency);
            checkSample(ofMany, 2_000, expected, "sampled means of 2,000 purchases, " + where);
            Expect.that(
                    spreadOfOne > spread,
                    () -> "single purchases must spread more than the mean spend, " + spread + ", but did by "
                            + spreadOfOne + " for " + where);
            for (double probability : new double[] {0.05, 0.5, 0.95}) {
                double quantile = model.spendQuantile(frequency, 50, probability);
                checkShare(means, quantile, probability, "sampled mean spends, " + where);
                checkShare(ofMany, quantile, probability, "sampled means of 2,000 purchases, " + where);
            }
        }
        Expect.that(
                Arrays.equals(model.sampleMeanSpends(3, 50, 20, 4), model.sampleMeanSpends(3, 50, 20, 4))
                        && Arrays.equals(
                                model.sampleMeanSpends(3, 50, 6, 20, 4), model.sampleMeanSpends(3, 50, 6, 20, 4)),
                () -> "a seed must stand for its draws");
        Expect.that(
                !Arrays.equals(model.sampleMeanSpends(3, 50, 20, 4), model.sampleMeanSpends(3, 50, 20, 5)),
                () -> "another seed must give other draws");
        Expect.that(
                model.sampleMeanSpends(3, 50, 0, 4).length == 0 && model.sampleMeanSpends(3, 50, 2, 0, 4).length == 0,
                () -> "no draws must be an empty array");
    }

    /** Checks count and mean; returns the mean absolute distance from the expectation. */
    private static double checkSample(double[] sample, int draws, double expected, String what) {
        Expect.that(sample.length == draws, () -> "as many draws must be made as were asked for, of " + what);
        Moments moments = new Moments();
        double distance = 0;
        for (double draw : sample) {
            moments.add(draw);
            distance += Math.abs(draw - expected);
        }
        moments.checkMean(expected, what);
        return distance / draws;
    }

    private static void checkShare(double[] sample, double quantile, double probability, String what) {
        double share = Arrays.stream(sample).filter(draw -> draw < quantile).count() / (double) sample.length;
        double error = Math.sqrt(probability * (1 - probability) / sample.length);
        Expect.that(
                Math.abs(share - probability) <= 5 * error,
                () -> "of " + what + " a share of " + probability + " must be below " + quantile + ", but it was "
                        + share + " with a standard error of " + error);
    }

    // ------------------------------------------------------------------------------------------- batches, arguments

    /** A customer's expected spend is the same to the last bit alone and in any batch, and in several threads. */
    @Example
    public void batchesAreTheScalarsToTheLastBit() {
        FittedSpendModel model = model(typicalParameters());
        CustomerBase base = fittingBase(200, 11);
        double[] whole = new double[base.size()];
        model.expectedSpendInto(base, 0, base.size(), whole);
        for (int row = 0; row < base.size(); row++) {
            Expect.sameBits(
                    whole[row],
                    model.expectedSpend(model.frequencyOf(base, row), model.monetaryValueOf(base, row)),
                    "expected spend of the batch",
                    base.summary(row));
        }
        for (int from : new int[] {0, 1, 77, 199, 200}) {
            double[] part = new double[200 - from + 2];
            Arrays.fill(part, -7);
            model.expectedSpendInto(base, from, 200, part);
            for (int row = from; row < 200; row++) {
                Expect.sameBits(part[row - from], whole[row], "expected spend of the batch from row " + from, row);
            }
            Expect.that(
                    part[200 - from] == -7 && part[201 - from] == -7,
                    () -> "the batch must not write behind the rows it was asked for");
        }
        List<double[]> together = Bases.inThreads(4, () -> {
            double[] out = new double[base.size()];
            model.expectedSpendInto(base, 0, base.size(), out);
            return out;
        });
        for (double[] out : together) {
            Expect.that(Arrays.equals(out, whole), () -> "several threads must get what one thread gets");
        }
        Expect.refused(
                IndexOutOfBoundsException.class,
                "",
                "a batch beyond the base",
                () -> model.expectedSpendInto(base, 0, 201, new double[300]));
        Expect.refused(
                IllegalArgumentException.class,
                "out",
                "a batch into a short array",
                () -> model.expectedSpendInto(base, 0, 200, new double[199]));
    }

    /** Every bad argument is refused by an IllegalArgumentException that names it. */
    @Example
    public void badArgumentsAreNamed() {
        FittedSpendModel model = model(typicalParameters());
        refuses("frequency", -1, 30);
        refuses("monetaryValue", 2, Double.NaN);
        refuses("monetaryValue", 2, Double.POSITIVE_INFINITY);
        refuses("monetaryValue", 2, Double.NEGATIVE_INFINITY);
        if (model instanceof SpendSimulator simulator) {
            Expect.refused(
                    IllegalArgumentException.class,
                    "purchases",
                    "purchases = -1",
                    () -> simulator.simulateSpends(-1, 1));
        }
        if (model instanceof SpendDistribution distribution) {
            for (double bad : new double[] {0, 1, -0.1, 1.1, Double.NaN}) {
                refuses("probability", bad, () -> distribution.spendQuantile(2, 30, bad));
            }
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                refuses("amount", bad, () -> distribution.probabilityOfSpendBelow(2, 30, bad));
                refuses("monetaryValue", bad, () -> distribution.probabilityOfSpendBelow(2, bad, 30));
                refuses("monetaryValue", bad, () -> distribution.spendQuantile(2, bad, 0.5));
                refuses("monetaryValue", bad, () -> distribution.sampleMeanSpends(2, bad, 5, 1));
                refuses("monetaryValue", bad, () -> distribution.sampleMeanSpends(2, bad, 3, 5, 1));
            }
            refuses("frequency", -1, () -> distribution.spendQuantile(-1, 30, 0.5));
            refuses("frequency", -1, () -> distribution.probabilityOfSpendBelow(-1, 30, 30));
            refuses("frequency", -1, () -> distribution.sampleMeanSpends(-1, 30, 5, 1));
            refuses("draws", -1, () -> distribution.sampleMeanSpends(2, 30, -1, 1));
            refuses("draws", -1, () -> distribution.sampleMeanSpends(2, 30, 3, -1, 1));
            refuses("purchases", 0, () -> distribution.sampleMeanSpends(2, 30, 0, 5, 1));
        }
    }

    private static void refuses(String named, double bad, Runnable call) {
        Expect.refused(IllegalArgumentException.class, named, named + " = " + bad, call);
    }

    private void refuses(String named, int frequency, double value) {
        Expect.refused(
                IllegalArgumentException.class, named, "expectedSpend of x " + frequency + ", z̄ " + value, () -> model(
                                typicalParameters())
                        .expectedSpend(frequency, value));
    }

    /** Parameters on or outside the borders of their domains are refused by name; so are missing and unknown ones. */
    @Example
    public void badParametersAreNamed() {
        ModelProvider.OfSpend provider = provider();
        Parameters.refuseBadOnes(provider, typicalParameters(), provider::ofParameters);
    }

    // ---------------------------------------------------------------------------------------------------------- fits

    /** A fit reports what it is, is repeatable to the last bit, and does not depend on the order of the rows. */
    @Example
    public void fitsReportWhatTheyAre() {
        CustomerBase base = fittingBase(400, 1);
        FittedSpendModel fitted = provider().model().fit(base);
        Parameters.checkReport(provider(), typicalParameters(), fitted);
        for (Map<String, Double> again :
                Bases.inThreads(3, () -> provider().model().fit(base).parameters())) {
            Expect.that(
                    again.equals(fitted.parameters()),
                    () -> "a fit of the same base must give " + fitted.parameters() + ", but gave " + again);
        }
        Parameters.sameFit(
                fitted,
                provider().model().fit(Bases.shuffled(base)),
                fitOrderTolerance(),
                "a fit of the same rows in another order");
    }

    /** A weight of n is n equal rows. */
    @Example
    public void weightsAreRepetitions() {
        Bases.weighted(fittingBase(250, 7), (weighted, repeated) -> {
            FittedSpendModel byWeights = provider().model().fit(weighted);
            FittedSpendModel byRows = provider().model().fit(repeated);
            Parameters.sameFit(byRows, byWeights, fitTolerance(), "a fit by weights, against one of repeated rows");
            Expect.close(
                    byWeights.report().orElseThrow().customers(),
                    byRows.report().orElseThrow().customers(),
                    1e-12,
                    "the report's customers of a weighted base",
                    "weights");
        });
    }

    /** A model comes back from its report to the last bit, and from its parameters without a report. */
    @Example
    public void modelsComeBackFromTheirReports() {
        CustomerBase base = fittingBase(250, 9);
        FittedSpendModel fitted = provider().model().fit(base);
        FitReport report = fitted.report().orElseThrow();
        FittedSpendModel read = provider().ofReport(report);
        FittedSpendModel stated = model(fitted.parameters());
        Parameters.checkReports(read, stated, report);
        for (FittedSpendModel again : List.of(read, stated)) {
            Parameters.checkSame(again, fitted);
            for (int row = 0; row < base.size(); row++) {
                Expect.sameBits(
                        again.expectedSpend(base.frequency(row), base.monetaryValue(row)),
                        fitted.expectedSpend(base.frequency(row), base.monetaryValue(row)),
                        "expected spend of the model that came back",
                        base.summary(row));
            }
        }
    }

    /** Customers without spend may be left out of the fit, but are predicted. */
    @Example
    public void customersWithoutSpendArePredicted() {
        List<CustomerSummary> summaries = Bases.summaries(fittingBase(300, 12));
        for (int i = 0; i < 20; i++) {
            summaries.add(CustomerSummary.of("free" + i, 1 + i, 5, 30, 0));
        }
        CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
        FittedSpendModel fitted = provider().model().fit(base);
        double[] out = new double[base.size()];
        fitted.expectedSpendInto(base, 0, base.size(), out);
        for (int row = 0; row < base.size(); row++) {
            checkSpend(out[row], fitted.parameters(), base.frequency(row), base.monetaryValue(row));
        }
    }

    /** A base without customers is refused; from hardly any data comes a ModelException or parameters inside their domains. */
    @Example
    public void poorDataAreRefusedOrFitted() {
        Map<String, List<CustomerSummary>> poor = new LinkedHashMap<>();
        poor.put("no customers", List.of());
        poor.put("one customer", List.of(CustomerSummary.of("a", 3, 5, 9, 20)));
        List<CustomerSummary> oneTime = new ArrayList<>();
        List<CustomerSummary> equal = new ArrayList<>();
        List<CustomerSummary> free = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            oneTime.add(CustomerSummary.of("c" + i, 0, 0, 9));
            equal.add(CustomerSummary.of("c" + i, 2, 5, 9, 20));
            free.add(CustomerSummary.of("c" + i, 2, 5, 9, 0));
        }
        poor.put("one-time buyers", oneTime);
        poor.put("equal customers", equal);
        poor.put("customers without spend", free);
        poor.forEach((what, summaries) -> {
            try {
                FittedSpendModel fitted = provider().model().fit(CustomerBase.ofSummaries(summaries, TimeScale.WEEKS));
                Expect.that(
                        !summaries.isEmpty(),
                        () -> "the fit of a base without customers must be refused with ModelException");
                ModelCatalog.checkParameters(provider(), fitted.parameters());
                checkSpend(fitted.expectedSpend(2, 20), fitted.parameters(), 2, 20);
            } catch (RuntimeException refused) {
                Parameters.checkRefusal(refused, what);
            }
        });
    }

    // ---------------------------------------------------------------------------------------------------- simulation

    /** Simulated amounts are as many as asked for, belong to their seed, and have the mean of the model within 5 standard errors. */
    @Example
    public void simulationAgreesWithExpectations() {
        FittedSpendModel model = model(typicalParameters());
        if (!(model instanceof SpendSimulator simulator)) {
            return;
        }
        Moments mean = new Moments();
        for (int i = 0; i < 20_000; i++) {
            double[] amounts = simulator.simulateSpends(1 + i % 3, 1_000_003L * i + 17);
            Expect.that(amounts.length == 1 + i % 3, () -> "as many amounts must be simulated as were asked for");
            for (double amount : amounts) {
                checkSpend(amount, typicalParameters(), 1, amount);
            }
            mean.add(amounts[amounts.length - 1]);
        }
        mean.checkMean(model.expectedSpendOfNewCustomer(), "simulated amounts of new customers");
        Expect.that(
                Arrays.equals(simulator.simulateSpends(50, 4), simulator.simulateSpends(50, 4)),
                () -> "a seed must stand for one customer");
        Expect.that(simulator.simulateSpends(0, 4).length == 0, () -> "no purchases have no amounts");
    }
}
