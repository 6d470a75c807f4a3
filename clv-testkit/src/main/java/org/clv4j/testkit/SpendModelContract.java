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
import org.clv4j.core.model.SpendSimulator;

/**
 * What every spend model must do. Extend it in the model's test tree; {@link #provider()} and {@link #typicalParameters()} are
 * enough, the other methods are hooks with defaults. {@link SpendSimulator} is tested where the fitted model implements it.
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
            scaled.ifPresent(other -> Expect.close(
                    model(other).expectedSpend(frequency, value * factor),
                    model(parameters).expectedSpend(frequency, value) * factor,
                    tolerance(),
                    "expected spend with amounts × " + factor,
                    parameters));
        }
    }

    private double checkSpend(double spend, Map<String, Double> parameters, int frequency, double value) {
        String where = "x " + frequency + ", z̄ " + value + ", " + parameters;
        Expect.finite(spend, "expected spend", where);
        return mayBeNegative() ? spend : Expect.atLeastZero(spend, "expected spend", where);
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
                    model.expectedSpend(base.frequency(row), base.monetaryValue(row)),
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
        Parameters.checkReport(provider(), fitted);
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
