// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.RetentionSimulator;
import org.clv4j.core.value.PaymentTiming;

/**
 * What every model of retention must do. Extend it in the model's test tree; {@link #provider()} and {@link #typicalParameters()} are
 * enough, the other methods are hooks with defaults. {@link RetentionSimulator} is tested where the fitted model implements it.
 *
 * <p>A {@link ModelException} is a legal answer of a fit to poor data; NaN and infinity never are answers. Nothing here is timed, and
 * statistical checks use fixed seeds.
 */
public abstract class RetentionModelContract {

    /** For subclasses. */
    protected RetentionModelContract() {}

    // ------------------------------------------------------------------------------------------ what the author says

    /**
     * Returns the model under test.
     *
     * @return its provider
     */
    protected abstract ModelProvider.OfRetention provider();

    /**
     * Returns parameters as a good fit to ordinary data has them.
     *
     * @return the parameters by name
     */
    protected abstract Map<String, Double> typicalParameters();

    // --------------------------------------------------------------------------------------------------------- hooks

    /**
     * Draws ordinary parameters.
     *
     * @return by default within a factor of 1.5 of the typical ones
     */
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return Draws.around(provider(), typicalParameters(), 1.5);
    }

    /**
     * Draws hard parameters, for which results must be finite.
     *
     * @return by default within a factor of 10,000 of the typical ones
     */
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return Draws.around(provider(), typicalParameters(), 1e4);
    }

    /**
     * Makes the survivors of cohorts that fits are tried on.
     *
     * @param customers the number of customers of each cohort at its beginning
     * @param seed the seed
     * @return by default cohorts of 8, 6 and 4 opportunities, of customers who leave with a probability of their own
     */
    protected List<List<Integer>> fittingCohorts(int customers, long seed) {
        List<List<Integer>> cohorts = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int opportunities : new int[] {8, 6, 4}) {
            int[] survivors = new int[opportunities + 1];
            for (int i = 0; i < customers; i++) {
                double churn = 0.02 + 0.6 * random.nextDouble() * random.nextDouble();
                int renewals = 0;
                survivors[0]++;
                while (renewals < opportunities && random.nextDouble() >= churn) {
                    renewals++;
                    survivors[renewals]++;
                }
            }
            List<Integer> cohort = new ArrayList<>();
            for (int count : survivors) {
                cohort.add(count);
            }
            cohorts.add(cohort);
        }
        return cohorts;
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
     * Returns how far, relatively, the estimates of the same customers may differ when they come in another form.
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
    protected final FittedRetentionModel model(Map<String, Double> parameters) {
        ModelProvider.OfRetention provider = provider();
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
     * Draws numbers of renewals.
     *
     * @return 0 to 30
     */
    @Provide
    protected Arbitrary<Integer> renewals() {
        return Draws.logCounts(30);
    }

    /**
     * Draws numbers of renewals of every order.
     *
     * @return 0 to 2147483647
     */
    @Provide
    protected Arbitrary<Integer> counts() {
        return Draws.logCounts(Integer.MAX_VALUE);
    }

    /**
     * Draws discount rates of a period.
     *
     * @return 5 % to 50 %
     */
    @Provide
    protected Arbitrary<Double> rates() {
        return Draws.logUniform(0.05, 0.5);
    }

    /**
     * Draws discount rates of every order.
     *
     * @return 1e-12 to 1,000
     */
    @Provide
    protected Arbitrary<Double> anyRates() {
        return Draws.logUniform(1e-12, 1e3);
    }

    // ------------------------------------------------------------------------------------------------------ survival

    /**
     * Survival begins at 1, falls, and conditional survival and retention rates are its ratios.
     *
     * @param parameters the parameters
     * @param renewals renewals so far
     * @param more more renewals
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void survivalFallsFromOne(
            @ForAll("ordinary") Map<String, Double> parameters,
            @ForAll("renewals") int renewals,
            @ForAll("renewals") int more) {
        FittedRetentionModel model = model(parameters);
        String where = renewals + " renewals and " + more + " more, " + parameters;
        Expect.sameBits(model.survival(0), 1, "survival of 0 opportunities", where);
        Expect.sameBits(model.survivalAfter(renewals, 0), 1, "survival of no more opportunities", where);
        Expect.sameBits(model.survivalAfter(0, more), model.survival(more), "survival of a new customer", where);
        double before = Expect.within(model.survival(renewals), 0, 1, "survival", where);
        double after = Expect.within(model.survival(renewals + more), 0, 1, "later survival", where);
        Expect.ordered(after, before, 0, "survival", where);
        Expect.close(model.survivalAfter(renewals, more) * before, after, tolerance(), "survival in two steps", where);
        Expect.close(
                model.retentionRate(renewals + 1).value(),
                model.survivalAfter(renewals, 1),
                tolerance(),
                "the retention rate",
                where);
    }

    /**
     * Every answer is finite, however odd parameters and customer are.
     *
     * @param parameters the parameters
     * @param renewals renewals so far
     * @param more more renewals, and periods that are looked at
     * @param rate the discount rate
     */
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    public void resultsAreFiniteEverywhere(
            @ForAll("hard") Map<String, Double> parameters,
            @ForAll("counts") int renewals,
            @ForAll("counts") int more,
            @ForAll("anyRates") double rate) {
        FittedRetentionModel model = model(parameters);
        String where = renewals + " renewals and " + more + " more, rate " + rate + ", " + parameters;
        double sooner = Expect.within(model.survival(renewals), 0, 1, "survival", where);
        Expect.within(model.survivalAfter(renewals, more), 0, 1, "later survival", where);
        if (renewals < Integer.MAX_VALUE - more) {
            Expect.ordered(model.survival(renewals + more), sooner, 1e-13, "survival", where);
            model.retentionRate(renewals + 1);
        }
        double periods = Expect.within(
                model.expectedLifetime(renewals, more), Math.min(1, more), more * (1 + 1e-12), "periods", where);
        OptionalDouble endless = model.expectedLifetime(renewals);
        if (endless.isPresent()) {
            Expect.finite(endless.getAsDouble(), "the expected lifetime", where);
            Expect.ordered(periods, endless.getAsDouble(), tolerance(), "lifetimes", where);
        }
        double begin = model.discountedExpectedLifetime(renewals, rate, PaymentTiming.BEGIN);
        Expect.within(begin, 1, (1 + rate) / rate * (1 + 1e-12), "the present value", where);
        for (PaymentTiming timing : PaymentTiming.values()) {
            double value = Expect.atLeastZero(
                    model.discountedExpectedLifetime(renewals, rate, timing), timing + " value", where);
            double finite = Expect.atLeastZero(
                    model.discountedExpectedLifetime(renewals, more, rate, timing), timing + " finite value", where);
            Expect.ordered(finite, value, tolerance(), "a longer horizon", where);
            Expect.atLeastZero(model.retentionElasticity(renewals, rate, timing), timing + " elasticity", where);
        }
    }

    // --------------------------------------------------------------------------------------------------------- values

    /**
     * Expected lifetimes and present values are the sums that they are said to be, with an end and without, by every timing.
     *
     * @param parameters the parameters
     * @param renewals renewals so far
     * @param periods the periods that are looked at
     * @param rate the discount rate
     */
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    public void presentValuesAreSums(
            @ForAll("ordinary") Map<String, Double> parameters,
            @ForAll("renewals") int renewals,
            @ForAll("renewals") int periods,
            @ForAll("rates") double rate) {
        FittedRetentionModel model = model(parameters);
        String where = renewals + " renewals, " + periods + " periods, rate " + rate + ", " + parameters;
        // After so many periods the discount leaves less than 1e-17.
        int all = (int) Math.ceil(40 / Math.log1p(rate));
        double[] survival = new double[Math.max(all, periods)];
        double undiscounted = 0;
        for (int t = 0; t < survival.length; t++) {
            survival[t] = model.survivalAfter(renewals, t);
            undiscounted += t < periods ? survival[t] : 0;
        }
        Expect.close(model.expectedLifetime(renewals, periods), undiscounted, tolerance(), "the periods", where);
        for (PaymentTiming timing : PaymentTiming.values()) {
            double finite = sum(survival, periods, rate, timing);
            Expect.close(
                    model.discountedExpectedLifetime(renewals, periods, rate, timing),
                    finite,
                    tolerance(),
                    "the " + timing + " value within the periods",
                    where);
            Expect.close(
                    model.discountedExpectedLifetime(renewals, rate, timing),
                    sum(survival, all, rate, timing),
                    tolerance(),
                    "the " + timing + " value",
                    where);
            Expect.close(
                    model.discountedExpectedLifetime(renewals, periods, 0, timing),
                    sum(survival, periods, 0, timing),
                    tolerance(),
                    "the " + timing + " value at rate 0",
                    where);
        }
    }

    private static double sum(double[] survival, int periods, double rate, PaymentTiming timing) {
        double sum = 0;
        for (int t = timing.firstPeriod(); t < periods; t++) {
            sum += survival[t] * Math.pow(1 + rate, -(t + timing.delay()));
        }
        return sum;
    }

    /**
     * A higher discount rate leaves less, and the elasticity is the derivative that it is said to be.
     *
     * @param parameters the parameters
     * @param renewals renewals so far
     * @param rate the discount rate
     */
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    public void discountAndElasticityAgree(
            @ForAll("ordinary") Map<String, Double> parameters,
            @ForAll("renewals") int renewals,
            @ForAll("rates") double rate) {
        FittedRetentionModel model = model(parameters);
        String where = renewals + " renewals, rate " + rate + ", " + parameters;
        double step = 1e-4;
        for (PaymentTiming timing : PaymentTiming.values()) {
            double lower = model.discountedExpectedLifetime(renewals, Math.expm1(Math.log1p(rate) - step), timing);
            double higher = model.discountedExpectedLifetime(renewals, Math.expm1(Math.log1p(rate) + step), timing);
            Expect.ordered(higher, lower, 0, "values at a higher and a lower rate", where);
            // All retention rates times 1 + ε are as all discount factors times 1 + ε, but for the delay of the
            // payment.
            double slope = Math.log(lower / higher) / (2 * step) - timing.delay();
            Expect.closeOnScale(
                    model.retentionElasticity(renewals, rate, timing),
                    slope,
                    1e-5,
                    1 + slope,
                    "the elasticity by " + timing,
                    where);
        }
    }

    /** Expected lifetimes without an end are the limit of those with one, or these grow without bound. */
    @Example
    public void lifetimesWithoutEndAreLimits() {
        FittedRetentionModel model = model(typicalParameters());
        for (int renewals : new int[] {0, 5}) {
            OptionalDouble endless = model.expectedLifetime(renewals);
            double decade = model.expectedLifetime(renewals, 100_000);
            double later = model.expectedLifetime(renewals, 1_000_000_000);
            String where = renewals + " renewals";
            if (endless.isPresent()) {
                Expect.ordered(later, endless.getAsDouble(), tolerance(), "lifetimes", where);
                Expect.ordered(
                        endless.getAsDouble() - later,
                        endless.getAsDouble() - decade,
                        tolerance(),
                        "what is missing after longer and shorter",
                        where);
                Expect.close(
                        model.discountedExpectedLifetime(renewals, 1e-14, PaymentTiming.BEGIN),
                        endless.getAsDouble(),
                        1e-3,
                        "the value at a rate near 0",
                        where);
            } else {
                Expect.that(
                        later > decade * 1.001,
                        () -> "an infinite lifetime must grow, but " + decade + " periods of"
                                + " 100,000 were followed by " + later + " of 1,000,000,000");
            }
        }
    }

    // ----------------------------------------------------------------------------------------------------- arguments

    /** Every bad argument is refused by an IllegalArgumentException that names it. */
    @Example
    public void badArgumentsAreNamed() {
        FittedRetentionModel model = model(typicalParameters());
        PaymentTiming begin = PaymentTiming.BEGIN;
        refuses("renewals", -1, () -> model.survival(-1));
        refuses("renewals", -1, () -> model.survivalAfter(-1, 1));
        refuses("more", -1, () -> model.survivalAfter(1, -1));
        refuses("opportunity", 0, () -> model.retentionRate(0));
        refuses("renewals", -1, () -> model.expectedLifetime(-1));
        refuses("renewals", -1, () -> model.expectedLifetime(-1, 5));
        refuses("periods", -1, () -> model.expectedLifetime(1, -1));
        refuses("renewals", -1, () -> model.discountedExpectedLifetime(-1, 0.1, begin));
        refuses("renewals", -1, () -> model.discountedExpectedLifetime(-1, 5, 0.1, begin));
        refuses("periods", -1, () -> model.discountedExpectedLifetime(1, -1, 0.1, begin));
        refuses("renewals", -1, () -> model.retentionElasticity(-1, 0.1, begin));
        for (double bad : new double[] {Double.NaN, -0.1, Double.POSITIVE_INFINITY}) {
            refuses("discountRate", bad, () -> model.discountedExpectedLifetime(1, bad, begin));
            refuses("discountRate", bad, () -> model.discountedExpectedLifetime(1, 5, bad, begin));
            refuses("discountRate", bad, () -> model.retentionElasticity(1, bad, begin));
        }
        refuses("discountRate", 0, () -> model.discountedExpectedLifetime(1, 0, begin));
        refuses("discountRate", 0, () -> model.retentionElasticity(1, 0, begin));
        if (model instanceof RetentionSimulator simulator) {
            refuses("renewals", -1, () -> simulator.drawLeaving(-1, new Random(1)));
        }
    }

    private static void refuses(String named, double bad, Runnable call) {
        Expect.refused(IllegalArgumentException.class, named, named + " = " + bad, call);
    }

    /** Parameters on or outside the borders of their domains are refused by name; so are missing and unknown ones. */
    @Example
    public void badParametersAreNamed() {
        ModelProvider.OfRetention provider = provider();
        Parameters.refuseBadOnes(provider, typicalParameters(), provider::ofParameters);
    }

    // ---------------------------------------------------------------------------------------------------------- fits

    /** A fit reports what it is, with the likelihood of its own survival function, and is repeatable to the last bit. */
    @Example
    public void fitsReportWhatTheyAre() {
        RetentionData data = RetentionData.ofCohorts(fittingCohorts(400, 1), 12);
        FittedRetentionModel fitted = provider().model().fit(data);
        FitReport report = Parameters.checkReport(provider(), typicalParameters(), fitted);
        Expect.close(report.customers(), data.customers(), 1e-12, "the report's customers", "cohorts");
        Expect.that(
                report.timeScale().equals(data.timeScale()),
                () -> "the report must have the unit " + data.timeScale() + ", but had " + report.timeScale());
        double likelihood = 0;
        for (int row = 0; row < data.size(); row++) {
            int n = data.opportunities(row);
            double probability = data.left(row) ? fitted.survival(n - 1) - fitted.survival(n) : fitted.survival(n);
            likelihood += data.weight(row) * Math.log(probability);
        }
        Expect.close(
                report.logLikelihood().orElse(Double.NaN), likelihood, 1e-9, "the log-likelihood", fitted.parameters());
        for (Map<String, Double> again :
                Bases.inThreads(3, () -> provider().model().fit(data).parameters())) {
            Expect.that(
                    again.equals(fitted.parameters()),
                    () -> "a fit of the same data must give " + fitted.parameters() + ", but gave " + again);
        }
    }

    /** A table of cohorts is its customers, in any order; a cohort in two parts is the cohort. */
    @Example
    public void theFormOfTheDataDoesNotMatter() {
        List<List<Integer>> cohorts = fittingCohorts(200, 3);
        FittedRetentionModel fitted = provider().model().fit(RetentionData.ofCohorts(cohorts, 12));
        List<Contract> contracts = contracts(cohorts);
        Collections.shuffle(contracts, new Random(5));
        Parameters.sameFit(
                fitted,
                provider().model().fit(ofContracts(contracts)),
                fitTolerance(),
                "a fit to the customers of the cohorts");
        List<List<Double>> split = new ArrayList<>();
        for (List<Integer> cohort : cohorts) {
            split.add(cohort.stream().map(count -> 0.3 * count).toList());
            split.add(cohort.stream().map(count -> 0.7 * count).toList());
        }
        Parameters.sameFit(
                fitted,
                provider().model().fit(RetentionData.ofCohorts(split, 12)),
                fitTolerance(),
                "a fit to cohorts in two parts");
    }

    /** A weight of n is n equal customers. */
    @Example
    public void weightsAreRepetitions() {
        List<Contract> contracts = contracts(fittingCohorts(60, 7));
        double[] weights = new double[contracts.size()];
        List<Contract> repeated = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 + random.nextInt(4);
            for (int k = 0; k < weights[i]; k++) {
                repeated.add(contract(contracts.get(i), "c" + i + "#" + k));
            }
        }
        CustomerBase base = CustomerBase.ofContracts(contracts, TimeScale.YEARS);
        // A base may order its customers: weights go by id.
        double[] inOrder = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            inOrder[base.indexOf(contracts.get(i).customerId())] = weights[i];
        }
        Parameters.sameFit(
                provider().model().fit(ofContracts(repeated)),
                provider().model().fit(RetentionData.ofContracts(base.withWeights(inOrder))),
                fitTolerance(),
                "a fit by weights, against one of repeated customers");
    }

    private static RetentionData ofContracts(List<Contract> contracts) {
        return RetentionData.ofContracts(CustomerBase.ofContracts(contracts, TimeScale.YEARS));
    }

    private static List<Contract> contracts(List<List<Integer>> cohorts) {
        List<Contract> contracts = new ArrayList<>();
        for (List<Integer> cohort : cohorts) {
            for (int n = 0; n < cohort.size(); n++) {
                int last = cohort.size() - 1;
                int here = cohort.get(n) - (n == last ? 0 : cohort.get(n + 1));
                for (int i = 0; i < here; i++) {
                    Contract contract =
                            Contract.ofRenewals("c" + contracts.size(), n).withTermMonths(12);
                    contracts.add(n == last ? contract : contract.ended());
                }
            }
        }
        return contracts;
    }

    private static Contract contract(Contract like, String id) {
        Contract open = Contract.ofRenewals(id, like.renewals().orElseThrow()).withTermMonths(12);
        return like.equals(
                        Contract.ofRenewals(like.customerId(), like.renewals().orElseThrow())
                                .withTermMonths(12))
                ? open
                : open.ended();
    }

    /** A model comes back from its report to the last bit, and from its parameters without a report. */
    @Example
    public void modelsComeBackFromTheirReports() {
        FittedRetentionModel fitted = provider().model().fit(RetentionData.ofCohorts(fittingCohorts(250, 9), 12));
        FitReport report = fitted.report().orElseThrow();
        FittedRetentionModel read = provider().ofReport(report);
        FittedRetentionModel stated = model(fitted.parameters());
        Parameters.checkReports(read, stated, report);
        for (FittedRetentionModel again : List.of(read, stated)) {
            Parameters.checkSame(again, fitted);
            for (int n = 0; n < 20; n++) {
                Expect.sameBits(again.survival(n), fitted.survival(n), "survival of the model that came back", n);
                Expect.sameBits(
                        again.discountedExpectedLifetime(n, 0.1, PaymentTiming.RESIDUAL),
                        fitted.discountedExpectedLifetime(n, 0.1, PaymentTiming.RESIDUAL),
                        "the value of the model that came back",
                        n);
            }
        }
    }

    /** Data without opportunities are refused; from hardly any data comes a ModelException or a model whose answers are finite. */
    @Example
    public void poorDataAreRefusedOrFitted() {
        Map<String, List<List<Double>>> poor = new LinkedHashMap<>();
        poor.put("no customers", List.of());
        poor.put("no opportunities", List.of(List.of(10.0)));
        poor.put("one opportunity", List.of(List.of(10.0, 6.0)));
        poor.put("one customer", List.of(List.of(1.0, 1.0, 0.0)));
        poor.put("nobody left", List.of(List.of(10.0, 10.0, 10.0, 10.0)));
        poor.put("everybody left at once", List.of(List.of(10.0, 0.0, 0.0, 0.0)));
        poor.put("everybody left late", List.of(List.of(10.0, 10.0, 10.0, 0.0)));
        poor.put("equal customers", List.of(List.of(1000.0, 500.0, 250.0, 125.0, 62.5)));
        poor.put("more and more leave", List.of(List.of(1000.0, 999.0, 900.0, 500.0, 100.0, 1.0)));
        poor.put("hardly anybody leaves", List.of(List.of(1e7, 1e7 - 1, 1e7 - 2, 1e7 - 3, 1e7 - 4)));
        poor.forEach((what, cohorts) -> {
            try {
                FittedRetentionModel fitted = provider().model().fit(RetentionData.ofCohorts(cohorts, 12));
                Expect.that(
                        !what.startsWith("no "), () -> "the fit of " + what + " must be refused with ModelException");
                ModelCatalog.checkParameters(provider(), fitted.parameters());
                Expect.within(fitted.survival(3), 0, 1, "survival after a fit of " + what, fitted.parameters());
                Expect.within(
                        fitted.discountedExpectedLifetime(1, 0.1, PaymentTiming.BEGIN),
                        1,
                        11 * (1 + 1e-12),
                        "the value after a fit of " + what,
                        fitted.parameters());
            } catch (RuntimeException refused) {
                Parameters.checkRefusal(refused, what);
            }
        });
    }

    // ---------------------------------------------------------------------------------------------------- simulation

    /** Drawn times of leaving have the distribution of the model, belong to their source, and are in the future. */
    @Example
    public void drawsAgreeWithSurvival() {
        FittedRetentionModel model = model(typicalParameters());
        if (!(model instanceof RetentionSimulator simulator)) {
            return;
        }
        for (int renewals : new int[] {0, 4}) {
            int draws = 20_000;
            int[] beyond = new int[12];
            Random random = new Random(17);
            for (int i = 0; i < draws; i++) {
                int leaves = simulator.drawLeaving(renewals, random);
                Expect.that(
                        leaves > renewals, () -> "who has renewed must leave later, but left at opportunity " + leaves);
                for (int more = 0; more < beyond.length; more++) {
                    beyond[more] += leaves > renewals + more ? 1 : 0;
                }
            }
            for (int more = 0; more < beyond.length; more++) {
                double survival = model.survivalAfter(renewals, more);
                Expect.closeOnScale(
                        beyond[more] / (double) draws,
                        survival,
                        5,
                        Math.sqrt(survival * (1 - survival) / draws) + 1e-4,
                        "the part of the drawn customers that renew " + more + " times more",
                        renewals + " renewals");
            }
        }
        int draw = simulator.drawLeaving(3, new Random(8));
        int again = simulator.drawLeaving(3, new Random(8));
        Expect.that(draw == again, () -> "the same source in the same state must give " + draw + ", but gave " + again);
    }
}
