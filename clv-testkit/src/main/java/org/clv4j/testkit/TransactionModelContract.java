// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ChangeableRates;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureDistribution;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.PosteriorSampler;
import org.clv4j.core.model.PurchaseSampler;
import org.clv4j.core.model.RateChange;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.core.model.TransactionSimulator;

/**
 * What every transaction model must do. Extend it in the model's test tree:
 *
 * <pre>{@code
 * class BgNbdContractTest extends TransactionModelContract {
 *     protected ModelProvider.OfTransactions provider() {
 *         return ModelCatalog.load().transactions("bg-nbd");
 *     }
 *     protected Map<String, Double> typicalParameters() {
 *         return Map.of("r", 0.243, "alpha", 4.414, "a", 0.793, "b", 2.426);
 *     }
 *     protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
 *         Map<String, Double> scaled = new HashMap<>(parameters);
 *         scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
 *         return Optional.of(scaled);
 *     }
 * }
 * }</pre>
 *
 * <p>Those three methods are enough. The others are hooks with defaults: which parameters, customers and horizons are ordinary,
 * which are hard (there results must only be finite and in their ranges), what the fit is tried on, and how far results may be
 * off. A model whose scores depend on more than a customer's history says with {@link #ready} and {@link #ofCustomer} what it knows of
 * the contract's customers. {@link ResidualTransactions}, {@link TransactionDistribution} and {@link TransactionSimulator} are tested where the
 * fitted model implements them.
 *
 * <p>A run takes a few seconds for a model whose scores cost microseconds. Nothing here is timed, and statistical checks use
 * fixed seeds.
 */
public abstract class TransactionModelContract {

    /** The id of the customer whom scalar methods are asked about; also that of the first row of the contract's bases. */
    private static final String CUSTOMER = "c1";

    private static final List<Class<?>> ABILITIES = List.of(
            ResidualTransactions.class,
            TransactionDistribution.class,
            FutureDistribution.class,
            FutureSurvival.class,
            NextPurchase.class,
            ChangeableRates.class,
            PosteriorRates.class,
            PosteriorSampler.class,
            PurchaseSampler.class,
            TransactionSimulator.class);

    /** For subclasses. */
    protected TransactionModelContract() {}

    // ------------------------------------------------------------------------------------------ what the author says

    /**
     * Returns the model under test.
     *
     * @return its provider
     */
    protected abstract ModelProvider.OfTransactions provider();

    /**
     * Returns parameters as a good fit to ordinary data has them.
     *
     * @return the parameters by name
     */
    protected abstract Map<String, Double> typicalParameters();

    /**
     * Returns the parameters of the same model in another time unit.
     *
     * @param parameters the parameters
     * @param factor what all times are multiplied with
     * @return the parameters that then describe the same customers, or empty if the model's unit is part of its meaning, as in
     *     discrete time
     */
    protected abstract Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor);

    // ------------------------------------------------------------------------------------------------ hooks: inputs

    /**
     * Draws ordinary parameters, for which all relations must hold to {@link #tolerance()}.
     *
     * @return by default within a factor of 3 of the typical ones
     */
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return Draws.around(provider(), typicalParameters(), 3);
    }

    /**
     * Draws hard parameters, for which results must be finite and in their ranges.
     *
     * @return by default within a factor of 10,000 of the typical ones
     */
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return Draws.around(provider(), typicalParameters(), 1e4);
    }

    /**
     * Draws ordinary customers.
     *
     * @return by default up to 60 repeat purchases in up to 200 periods
     */
    protected Arbitrary<History> ordinaryHistories() {
        return Combinators.combine(Draws.logCounts(60), recencyParts(), Draws.uniform(0.5, 200))
                .as(History::of);
    }

    /**
     * Draws hard customers.
     *
     * @return by default up to 10,000 repeat purchases, ages from 0 to 100,000, recency at and near both of its ends
     */
    protected Arbitrary<History> hardHistories() {
        Arbitrary<Double> ages =
                Arbitraries.oneOf(Draws.logUniform(1e-6, 1e5), Draws.uniform(0, 100), Arbitraries.of(0.0, 1e5));
        return Combinators.combine(Draws.logCounts(10_000), recencyParts(), ages)
                .as(History::of);
    }

    /**
     * Draws ordinary horizons.
     *
     * @return by default 0.1 to 100 periods
     */
    protected Arbitrary<Double> ordinaryHorizons() {
        return Draws.logUniform(0.1, 100);
    }

    /**
     * Draws hard horizons.
     *
     * @return by default 0 to 100,000 periods
     */
    protected Arbitrary<Double> hardHorizons() {
        return Arbitraries.oneOf(Draws.logUniform(1e-6, 1e5), Arbitraries.of(0.0, 1.0, 1e5));
    }

    /**
     * Makes the customers that fits are tried on.
     *
     * @param customers the number of customers
     * @param seed the seed
     * @return by default the weekly base of {@link SimulatedBases#ofShop()}
     */
    protected CustomerBase fittingBase(int customers, long seed) {
        return SimulatedBases.ofShop().gridded(customers, TimeScale.WEEKS, seed);
    }

    /**
     * Makes customers ready for the model: those that the contract makes, and those of {@link #fittingBase} whenever it changes them. A
     * model that needs more of a customer than a history gets it here, such as attributes or the dates of purchases. What a customer gets
     * must follow from id and history alone; an id with a {@code #} stands for the same customer as the part before it.
     *
     * @param base the customers
     * @return the same customers in the same order, with the same ids, histories, weights and time scale; by default the base itself
     */
    protected CustomerBase ready(CustomerBase base) {
        return base;
    }

    /**
     * Returns the model whose scalar methods are about one customer, as {@link #ready} makes it. Where scores depend on more than the
     * history, scalar methods are about somebody; here the contract says about whom. Batches must agree with it to the last bit.
     *
     * @param model a model
     * @param id the customer's id
     * @param history the customer's history; new customers and simulations begin when this one began
     * @param timeFactor what times are multiplied with, which are in weeks otherwise; 1, or one of {@link #timeFactors}
     * @return by default the model itself, which knows no more of a customer than the history; else a model with all abilities of that one
     */
    protected FittedTransactionModel ofCustomer(
            FittedTransactionModel model, String id, History history, double timeFactor) {
        return model;
    }

    // ------------------------------------------------------------------------------------------ hooks: what holds

    /**
     * Tells whether there is a model with parameters that are each in their domain; not so where the domain of one depends on others.
     *
     * @param parameters the parameters by name
     * @return true by default
     */
    protected boolean isModel(Map<String, Double> parameters) {
        return true;
    }

    /**
     * Tells whether purchases and discounting happen in continuous time, so that discounted expectations are integrals of the
     * expectation.
     *
     * @return true by default
     */
    protected boolean isContinuousTime() {
        return true;
    }

    /**
     * Tells whether histories may have any times, not those of a grid alone.
     *
     * @return true by default; false for a model that needs the dates of purchases, which are days
     */
    protected boolean hasContinuousHistories() {
        return true;
    }

    /**
     * Returns the horizons at which expectations of the customer of {@link #ofCustomer} are not smooth. Integrals go from one to the next.
     *
     * @return the horizons, above 0 and ascending; none by default
     */
    protected double[] bends() {
        return new double[0];
    }

    /**
     * Returns the horizon nearest to a time at which the model can be asked; in discrete time, say, the next whole number.
     *
     * @param time a time from now; finite, at least 0
     * @return the time itself by default
     */
    protected double horizonNear(double time) {
        return time;
    }

    /**
     * Tells whether a new customer is, to the model, a customer with the history (0, 0, 0).
     *
     * @return true by default
     */
    protected boolean isNewCustomerAnEmptyHistory() {
        return true;
    }

    /**
     * Returns how many factors of time a purchase adds to the likelihood's unit.
     *
     * @param parameters the parameters
     * @return 1 by default, for a density of purchase times
     */
    protected double timesAPurchase(Map<String, Double> parameters) {
        return 1;
    }

    /**
     * Tells whether a fit estimates a parameter, so that its likelihood has no slope there.
     *
     * @param parameter the parameter's name
     * @return true by default; false for one that is stated or chosen of a few
     */
    protected boolean isEstimated(String parameter) {
        return true;
    }

    /**
     * Tells whether estimates maximise the likelihood; those of a Bayesian fit do not.
     *
     * @return true by default
     */
    protected boolean isMaximumLikelihood() {
        return true;
    }

    /**
     * Returns how far, relatively, ordinary results may be off an identity.
     *
     * @return 1e-9 by default
     */
    protected double tolerance() {
        return 1e-9;
    }

    /**
     * Returns how far, relatively, a discounted expectation may be off the integral that defines it.
     *
     * @return 1e-8 by default
     */
    protected double integralTolerance() {
        return 1e-8;
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
     * Returns how far, relatively, the estimates of equal customers may differ when they come as weights or in another time
     * unit.
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
    protected final FittedTransactionModel model(Map<String, Double> parameters) {
        ModelProvider.OfTransactions provider = provider();
        return provider.ofParameters(ModelCatalog.checkParameters(provider, parameters));
    }

    /** The model of a case, about the case's customer. */
    private FittedTransactionModel model(TransactionCase tried) {
        return own(model(tried.parameters()), tried.history());
    }

    private FittedTransactionModel own(FittedTransactionModel model, History history) {
        return own(model, CUSTOMER, history, 1);
    }

    /** What a model can do, so that nothing is left out of the contract because one customer's model cannot. */
    private FittedTransactionModel own(FittedTransactionModel model, String id, History history, double timeFactor) {
        FittedTransactionModel own = ofCustomer(model, id, history, timeFactor);
        for (Class<?> ability : ABILITIES) {
            Expect.that(
                    ability.isInstance(own) || !ability.isInstance(model),
                    () -> "the model of a customer must have all abilities of the model, but has no "
                            + ability.getSimpleName());
        }
        return own;
    }

    private CustomerBase readyToFit(int customers, long seed) {
        return ready(fittingBase(customers, seed));
    }

    private List<ParameterDomain> domains() {
        return provider().parametersAmong(typicalParameters().keySet());
    }

    // ---------------------------------------------------------------------------------------------------- providers

    /**
     * Draws ordinary cases.
     *
     * @return the cases
     */
    @Provide
    protected Arbitrary<TransactionCase> ordinaryCases() {
        return Combinators.combine(
                        ordinaryParameters(), ordinaryHistories(), ordinaryHorizons(), Draws.logUniform(1e-5, 0.1))
                .as(TransactionCase::new);
    }

    /**
     * Draws hard cases.
     *
     * @return the cases
     */
    @Provide
    protected Arbitrary<TransactionCase> hardCases() {
        return Combinators.combine(hardParameters(), hardHistories(), hardHorizons(), Draws.logUniform(1e-6, 10))
                .as(TransactionCase::new);
    }

    /**
     * Draws ordinary customers in lots.
     *
     * @return up to 40 customers
     */
    @Provide
    protected Arbitrary<List<History>> lots() {
        return ordinaryHistories().list().ofMinSize(1).ofMaxSize(40);
    }

    private static Arbitrary<Double> recencyParts() {
        return Arbitraries.oneOf(Draws.uniform(0, 1), Arbitraries.of(0.0, 1e-9, 1 - 1e-9, 1.0));
    }

    // ------------------------------------------------------------------------------------------- scores, ordinary box

    /**
     * P(alive) and P(active) are probabilities; P(active) is 0 at horizon 0, does not fall with the horizon, and never exceeds
     * P(alive) or the expected number of purchases.
     *
     * @param tried the case
     */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    public void probabilitiesAreInTheirRanges(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        Scorer score = new Scorer(model, tried.history());
        double alive = Expect.within(score.alive(), 0, 1, "P(alive)", tried);
        Expect.within(score.active(0), 0, 0, "P(active) at horizon 0", tried);
        double before = 0;
        for (double part : new double[] {0.25, 0.5, 1, 4, 1000}) {
            double horizon = horizonNear(part * tried.horizon());
            double active = Expect.within(score.active(horizon), 0, alive, "P(active within " + horizon + ")", tried);
            Expect.ordered(before, active, tolerance(), "P(active) must not fall up to horizon " + horizon, tried);
            Expect.ordered(
                    active, score.expected(horizon), tolerance(), "P(active) against the expected purchases", tried);
            before = active;
        }
    }

    /**
     * Expected transactions are 0 at horizon 0 and do not fall with the horizon, for a known and for a new customer.
     *
     * @param tried the case
     */
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    public void expectationsGrowFromZero(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        Scorer score = new Scorer(model, tried.history());
        Expect.within(score.expected(0), 0, 0, "expected transactions at horizon 0", tried);
        Expect.within(
                model.expectedTransactionsOfNewCustomer(0),
                0,
                0,
                "expected transactions of a new customer at horizon 0",
                tried);
        double before = 0;
        double beforeNew = 0;
        for (double part : new double[] {1e-3, 0.25, 0.5, 1, 4, 1000}) {
            double horizon = horizonNear(part * tried.horizon());
            double expected = Expect.atLeastZero(score.expected(horizon), "expected transactions", tried);
            Expect.ordered(before, expected, tolerance(), "expected transactions must not fall", tried);
            double expectedNew = Expect.atLeastZero(
                    model.expectedTransactionsOfNewCustomer(horizon), "expected transactions of a new customer", tried);
            Expect.ordered(
                    beforeNew,
                    expectedNew,
                    tolerance(),
                    "expected transactions of a new customer must not fall",
                    tried);
            before = expected;
            beforeNew = expectedNew;
        }
    }

    /**
     * A just-acquired customer is the customer with history (0, 0, 0), where {@link #isNewCustomerAnEmptyHistory()} says so.
     *
     * @param tried the case; its history is passed over
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void newCustomersAreCustomersWithoutHistory(@ForAll("ordinaryCases") TransactionCase tried) {
        if (!isNewCustomerAnEmptyHistory()) {
            return;
        }
        FittedTransactionModel model = own(model(tried.parameters()), History.EMPTY);
        double horizon = tried.horizon();
        Scorer score = new Scorer(model, History.EMPTY);
        Expect.close(
                score.expected(horizon),
                model.expectedTransactionsOfNewCustomer(horizon),
                tolerance(),
                "expected transactions after the history (0, 0, 0)",
                tried);
        if (model instanceof TransactionDistribution distribution) {
            Expect.closeOnScale(
                    score.active(horizon),
                    1 - distribution.probabilityOfTransactions(0, horizon),
                    tolerance(),
                    1,
                    "P(active) after the history (0, 0, 0), against 1 − P(X = 0)",
                    tried);
        }
    }

    /**
     * Discounting at rate 0 changes nothing, at a higher rate leaves less, and never less than if all purchases were made at
     * the horizon.
     *
     * @param tried the case
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void discountingLowersExpectations(@ForAll("ordinaryCases") TransactionCase tried) {
        Scorer score = new Scorer(model(tried), tried.history());
        double horizon = tried.horizon();
        double undiscounted = score.expected(horizon);
        Expect.within(score.discounted(0, tried.rate()), 0, 0, "discounted transactions at horizon 0", tried);
        Expect.close(
                score.discounted(horizon, 0), undiscounted, tolerance(), "discounted transactions at rate 0", tried);
        double before = undiscounted;
        for (double factor : new double[] {1e-3, 0.5, 1, 2, 100}) {
            double rate = factor * tried.rate();
            double discounted = Expect.atLeastZero(score.discounted(horizon, rate), "discounted transactions", tried);
            Expect.ordered(
                    discounted,
                    before,
                    integralTolerance(),
                    "discounted transactions must fall up to rate " + rate,
                    tried);
            Expect.ordered(
                    Math.exp(-rate * horizon) * undiscounted,
                    discounted,
                    integralTolerance(),
                    "discounted transactions against all of them discounted to the horizon, rate " + rate,
                    tried);
            before = discounted;
        }
    }

    /**
     * Discounted expected transactions are the integral ∫ e<sup>−δt</sup> dE[X(t)], over the horizon and without end.
     *
     * @param tried the case
     */
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    public void discountedExpectationsAreIntegrals(@ForAll("ordinaryCases") TransactionCase tried) {
        if (!isContinuousTime()) {
            return;
        }
        FittedTransactionModel model = model(tried);
        Scorer score = new Scorer(model, tried.history());
        double rate = tried.rate();
        double horizon = tried.horizon();
        // By parts: ∫ e^(−δt) dE(t) = e^(−δH) E(H) + ∫ δ e^(−δt) E(t) dt.
        double finite = Math.exp(-rate * horizon) * score.expected(horizon)
                + Quadrature.finite(time -> rate * Math.exp(-rate * time) * score.expected(time), horizon, bends());
        Expect.close(
                score.discounted(horizon, rate),
                finite,
                integralTolerance(),
                "discounted transactions against ∫ e^(−δt) dE(t)",
                tried);
        if (model instanceof ResidualTransactions residual) {
            double dert = score.residual(residual, rate);
            Expect.close(
                    dert,
                    Quadrature.exponential(score::expected, rate, bends()),
                    integralTolerance(),
                    "DERT against ∫ δ e^(−δt) E(t) dt",
                    tried);
        }
    }

    /**
     * The infinite-horizon value falls with the rate, and is what the finite horizon comes to as it grows.
     *
     * @param tried the case
     */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    public void residualTransactionsAreTheLimitOfFiniteHorizons(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof ResidualTransactions residual)) {
            return;
        }
        Scorer score = new Scorer(model, tried.history());
        double rate = tried.rate();
        double dert = Expect.atLeastZero(score.residual(residual, rate), "DERT", tried);
        Expect.ordered(
                score.residual(residual, rate * 1.5), dert, integralTolerance(), "DERT must fall with the rate", tried);
        double before = 0;
        for (double discount : new double[] {0.1, 1, 10}) {
            double finite = score.discounted(horizonNear(discount / rate), rate);
            Expect.ordered(before, finite, integralTolerance(), "discounted transactions must grow", tried);
            Expect.ordered(
                    finite,
                    dert,
                    integralTolerance(),
                    "discounted transactions to " + discount / rate + " and DERT",
                    tried);
            before = finite;
        }
        // What is left after δH = 45 is below e^(−45) of anything that grows as slowly as a purchase rate lets it.
        Expect.close(
                score.discounted(horizonNear(45 / rate), rate),
                dert,
                integralTolerance(),
                "discounted transactions to the horizon " + 45 / rate + " against DERT",
                tried);
    }

    /**
     * The distribution of a new customer's purchases sums to 1 and has the mean that the model gives.
     *
     * @param tried the case; its history is passed over
     */
    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    public void theDistributionSumsToOneAndHasTheMean(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof TransactionDistribution distribution)) {
            return;
        }
        Expect.within(distribution.probabilityOfTransactions(0, 0), 1, 1, "P(X(0) = 0)", tried);
        Expect.within(distribution.probabilityOfTransactions(3, 0), 0, 0, "P(X(0) = 3)", tried);
        double horizon = Math.min(tried.horizon(), 40);
        double expected = model.expectedTransactionsOfNewCustomer(horizon);
        int last = 2_000;
        double sum = 0;
        double mean = 0;
        double tail = 1;
        for (int n = 0; n <= last && (n <= expected + 10 || tail * n > 1e-14); n++) {
            double probability =
                    Expect.within(distribution.probabilityOfTransactions(n, horizon), 0, 1, "P(X = " + n + ")", tried);
            sum += probability;
            mean += n * probability;
            tail = probability * n;
        }
        // What is summed up to here never is more than 1, and is 1 unless the tail was cut.
        Expect.ordered(sum, 1, tolerance(), "Σ P(X = n)", tried);
        Expect.ordered(mean, expected, tolerance(), "Σ n P(X = n)", tried);
        if (tail * last <= 1e-10) {
            Expect.close(sum, 1, tolerance(), "Σ P(X = n)", tried);
            Expect.close(mean, expected, tolerance(), "Σ n P(X = n)", tried);
        }
    }

    // ----------------------------------------------------------------------------------------- what a history tells

    /**
     * To be alive later is to be alive now, and the less likely the later; who buys by then need not be.
     *
     * @param tried the case
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void survivalFallsFromAliveNow(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof FutureSurvival survival)) {
            return;
        }
        Scorer score = new Scorer(model, tried.history());
        double alive = score.alive();
        Expect.close(score.aliveAt(survival, 0), alive, tolerance(), "P(alive at horizon 0)", tried);
        double before = alive;
        for (double part : new double[] {1e-3, 0.25, 1, 4, 1000}) {
            double horizon = horizonNear(part * tried.horizon());
            double later =
                    Expect.within(score.aliveAt(survival, horizon), 0, alive, "P(alive at " + horizon + ")", tried);
            Expect.ordered(later, before, tolerance(), "P(alive at " + horizon + ") must not grow", tried);
            before = later;
        }
    }

    /**
     * Without a change, orders after a change are the model's own, to the last bit; purchases more often make them more, dropout more
     * often makes them fewer.
     *
     * @param tried the case
     */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    public void changedRatesChangeOrders(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof ChangeableRates rates)) {
            return;
        }
        Scorer score = new Scorer(model, tried.history());
        double horizon = tried.horizon();
        double rate = tried.rate();
        double own = score.discounted(horizon, rate);
        Expect.sameBits(score.changed(rates, RateChange.NONE, horizon, rate), own, "orders without a change", tried);
        double residual = 0;
        if (model instanceof ResidualTransactions endless) {
            residual = score.residual(endless, rate);
            Expect.sameBits(
                    score.changed(rates, RateChange.NONE, Double.POSITIVE_INFINITY, rate),
                    residual,
                    "all orders without a change",
                    tried);
        }
        double tolerance = Math.max(1e-9, integralTolerance());
        RateChange oftener = new RateChange(1.5, 1);
        if (rates.canChange(oftener)) {
            Expect.ordered(own, score.changed(rates, oftener, horizon, rate), tolerance, "orders made oftener", tried);
        }
        for (double eta : new double[] {1.5, 20}) {
            RateChange leaving = new RateChange(1, eta);
            if (rates.canChange(leaving)) {
                Expect.ordered(
                        score.changed(rates, leaving, horizon, rate), own, tolerance, "orders left oftener", tried);
                Expect.ordered(
                        own,
                        score.changed(rates, new RateChange(1, 1 / eta), horizon, rate),
                        tolerance,
                        "orders left less often",
                        tried);
                Expect.ordered(
                        score.changed(rates, leaving, Double.POSITIVE_INFINITY, rate),
                        residual,
                        tolerance,
                        "all orders left oftener",
                        tried);
            }
        }
    }

    /**
     * The distribution of a known customer's future purchases sums to 1, has the mean that the model gives, and says with P(active)
     * how likely none is.
     *
     * @param tried the case
     */
    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    public void futureCountsSumToOneAndHaveTheMean(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof FutureDistribution future)) {
            return;
        }
        Scorer score = new Scorer(model, tried.history());
        double horizon = Math.min(tried.horizon(), 40);
        Expect.closeOnScale(
                score.count(future, 0, horizon), 1 - score.active(horizon), tolerance(), 1, "P(N = 0)", tried);
        Expect.within(score.count(future, 0, 0), 1, 1, "P(N = 0) at horizon 0", tried);
        Expect.within(score.count(future, 2, 0), 0, 0, "P(N = 2) at horizon 0", tried);
        double expected = score.expected(horizon);
        int last = 4_000;
        // Who is hardly alive hardly buys: the tail is cut where it no longer counts for so small a mean either.
        double unit = Math.min(1, expected);
        double sum = 0;
        double mean = 0;
        double tail = 1;
        for (int n = 0; n <= last && (n <= 2 * expected + 10 || tail * n > 1e-14 * unit); n++) {
            double probability = Expect.within(score.count(future, n, horizon), 0, 1, "P(N = " + n + ")", tried);
            sum += probability;
            mean += n * probability;
            tail = probability * n;
        }
        Expect.ordered(sum, 1, tolerance(), "Σ P(N = n)", tried);
        Expect.ordered(mean, expected, tolerance(), "Σ n P(N = n)", tried);
        if (tail * last <= 1e-10 * unit) {
            Expect.close(sum, 1, tolerance(), "Σ P(N = n)", tried);
            Expect.close(mean, expected, tolerance(), "Σ n P(N = n)", tried);
        }
    }

    /**
     * The time to the next purchase has the distribution that P(active) gives it, P(active within t)/P(active within H): its mean, and
     * its quantiles.
     *
     * @param tried the case
     */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    public void nextPurchasesFollowTheirDistribution(@ForAll("ordinaryCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof NextPurchase next)) {
            return;
        }
        Scorer score = new Scorer(model, tried.history());
        double horizon = tried.horizon();
        Expect.within(score.nextWithin(next, 0), 0, 0, "time to the next purchase within 0", tried);
        double within = score.active(horizon);
        double mean = Expect.within(score.nextWithin(next, horizon), 0, horizon, "time to the next purchase", tried);
        if (isContinuousTime() && within > 1e-200) {
            Expect.close(
                    horizon - mean,
                    Quadrature.finite(time -> score.active(time) / within, horizon, bends()),
                    integralTolerance(),
                    "what is left of the horizon after the next purchase, against ∫ P(active within t)/P(active) dt",
                    tried);
        }
        Expect.ordered(mean, score.nextWithin(next, 2 * horizon), tolerance(), "it must grow with the horizon", tried);
        Expect.within(score.nextQuantile(next, 0), 0, 0, "the quantile at 0", tried);
        double median = Expect.atLeastZero(score.nextQuantile(next, 0.5), "the median", tried);
        double byMedian = isContinuousTime() ? score.active(median) : 0;
        for (double probability : new double[] {1e-6, 0.1, 0.3, 0.7, 0.9}) {
            double time = Expect.atLeastZero(score.nextQuantile(next, probability), "a quantile", tried);
            if (isContinuousTime() && byMedian > 1e-200 && time < Double.MAX_VALUE) {
                Expect.close(
                        score.active(time),
                        byMedian * probability / 0.5,
                        integralTolerance(),
                        "P(active within the quantile at " + probability + "), against that within the median",
                        tried);
            }
        }
    }

    /**
     * Draws are what they say they are, and a seed stands for a sequence.
     *
     * @param tried the case
     * @param seed the seed
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void posteriorDrawsAreConsistent(@ForAll("ordinaryCases") TransactionCase tried, @ForAll long seed) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof PosteriorSampler sampler)) {
            return;
        }
        History history = tried.history();
        List<CustomerDraw> draws = draws(sampler, history, tried.horizon(), 20, seed);
        Expect.that(draws.size() == 20, () -> "20 draws were asked for, but there were " + draws.size());
        for (CustomerDraw draw : draws) {
            boolean holds = draw.alive()
                    ? draw.lifetime() > history.age()
                    : draw.lifetime() >= history.recency() && draw.lifetime() <= history.age();
            Expect.that(
                    holds,
                    () -> "the lifetime must be above the age if alive, else between recency and age, but it was "
                            + draw + " for " + tried);
        }
        Expect.that(
                draws.subList(0, 7).equals(draws(sampler, history, tried.horizon(), 7, seed)),
                () -> "a seed must stand for one sequence of draws, but seed " + seed + " gave two, for " + tried);
        for (CustomerDraw draw : draws(sampler, history, 0, 5, seed)) {
            Expect.that(draw.futureTransactions() == 0, () -> "no purchase must be made in no time, for " + tried);
        }
    }

    /** Draws have, on average, the state, rates and purchases that the model says, within 5 standard errors. */
    @Example
    public void posteriorDrawsHaveTheirMeans() {
        if (!(model(typicalParameters()) instanceof PosteriorSampler)) {
            return;
        }
        double horizon = 26;
        int size = 20_000;
        for (History history : List.of(
                History.EMPTY,
                History.of(0, 0, 40),
                History.of(2, 0.75, 40),
                History.of(9, 0.6, 40),
                History.of(15, 0.975, 40))) {
            FittedTransactionModel model = own(model(typicalParameters()), history);
            PosteriorSampler sampler = (PosteriorSampler) model;
            Scorer score = new Scorer(model, history);
            Moments alive = new Moments();
            Moments later = new Moments();
            Moments active = new Moments();
            Moments count = new Moments();
            Moments rate = new Moments();
            Moments dropout = new Moments();
            for (CustomerDraw draw : draws(sampler, history, horizon, size, 12)) {
                alive.add(draw.alive() ? 1 : 0);
                later.add(draw.lifetime() > history.age() + horizon ? 1 : 0);
                active.add(draw.futureTransactions() > 0 ? 1 : 0);
                count.add((double) draw.futureTransactions());
                rate.add(draw.purchaseRate());
                dropout.add(draw.dropoutRate());
            }
            alive.checkMean(score.alive(), "drawn customers who are alive, " + history);
            active.checkMean(score.active(horizon), "drawn customers who buy, " + history);
            count.checkMean(score.expected(horizon), "drawn purchases, " + history);
            if (model instanceof FutureSurvival survival) {
                later.checkMean(score.aliveAt(survival, horizon), "drawn customers who are alive later, " + history);
            }
            if (model instanceof PosteriorRates rates) {
                rate.checkMean(score.purchaseRate(rates), "drawn purchase rates, " + history);
                dropout.checkMean(score.dropoutRate(rates), "drawn dropout rates, " + history);
            }
        }
    }

    /** A column of draws does not depend on how it is cut into batches or spread over threads, and has the model's mean. */
    @Example
    public void drawnColumnsDependOnSeedAndRowAlone() {
        FittedTransactionModel model = model(typicalParameters());
        if (!(model instanceof PosteriorSampler sampler)) {
            return;
        }
        CustomerBase base = readyToFit(2_000, 13);
        int size = base.size();
        double[] whole = new double[size];
        sampler.futureTransactionsInto(base, 0, size, 26, 5, whole);
        double[] expected = new double[size];
        model.expectedTransactionsInto(base, 0, size, 26, expected);
        Moments surprise = new Moments();
        for (int row = 0; row < size; row++) {
            Expect.atLeastZero(whole[row], "drawn purchases", "row " + row);
            surprise.add(whole[row] - expected[row]);
        }
        surprise.checkMean(0, "drawn purchases, less those expected");
        int cut = size / 3;
        double[] part = new double[size - cut];
        sampler.futureTransactionsInto(base, cut, size, 26, 5, part);
        for (int row = cut; row < size; row++) {
            Expect.sameBits(part[row - cut], whole[row], "a draw of the batch from row " + cut, "row " + row);
        }
        for (double[] column : Bases.inThreads(4, () -> {
            double[] again = new double[size];
            sampler.futureTransactionsInto(base, 0, size, 26, 5, again);
            return again;
        })) {
            Expect.that(Arrays.equals(column, whole), () -> "draws in several threads must be those of one");
        }
        double[] other = new double[size];
        sampler.futureTransactionsInto(base, 0, size, 26, 6, other);
        Expect.that(!Arrays.equals(other, whole), () -> "another seed must give another column");
        Expect.refused(
                IllegalArgumentException.class,
                "out",
                "draws into a short array",
                () -> sampler.futureTransactionsInto(base, 0, size, 26, 5, new double[size - 1]));
        Expect.refused(
                IndexOutOfBoundsException.class,
                "",
                "draws of rows beyond the base",
                () -> sampler.futureTransactionsInto(base, 0, size + 1, 26, 5, new double[size + 1]));
    }

    /** Drawn purchases lie in the horizon, are as many as expected, and depend on the row's seed and history alone. */
    @Example
    public void drawnPurchasesDependOnTheirSeedAlone() {
        FittedTransactionModel model = model(typicalParameters());
        if (!(model instanceof PurchaseSampler sampler)) {
            return;
        }
        CustomerBase base = readyToFit(2_000, 13);
        int size = base.size();
        double horizon = 26;
        long[] seeds = new long[size];
        Arrays.setAll(seeds, row -> 31L * row + 5);
        double[] counts = new double[size];
        double[] halves = new double[size];
        double[] lasts = new double[size];
        sampler.samplePurchases(base, 0, size, horizon, seeds, (row, times, purchases) -> {
            Expect.that(purchases > 0, () -> "a customer who does not buy must not be received");
            double before = 0;
            for (int i = 0; i < purchases; i++) {
                double time = times[i];
                double earlier = before;
                Expect.that(
                        time >= earlier && time > 0 && time <= horizon,
                        () -> "drawn times must ascend in (0, " + horizon + "], but " + time + " followed " + earlier);
                before = time;
                halves[row] += time <= horizon / 2 ? 1 : 0;
            }
            counts[row] = purchases;
            lasts[row] = before;
        });
        checkMean(counts, model, base, horizon);
        checkMean(halves, model, base, horizon / 2);
        int cut = size / 3;
        double[] part = new double[size - cut];
        sampler.samplePurchases(
                base,
                cut,
                size,
                horizon,
                Arrays.copyOfRange(seeds, cut, size),
                (row, times, purchases) -> part[row - cut] = times[purchases - 1]);
        for (int row = cut; row < size; row++) {
            Expect.sameBits(part[row - cut], lasts[row], "a draw of the batch from row " + cut, "row " + row);
        }
        Expect.refused(
                IllegalArgumentException.class,
                "seeds",
                "draws with too few seeds",
                () -> sampler.samplePurchases(
                        base, 0, size, horizon, new long[size - 1], (row, times, purchases) -> {}));
    }

    private static void checkMean(double[] counts, FittedTransactionModel model, CustomerBase base, double horizon) {
        double[] expected = new double[counts.length];
        model.expectedTransactionsInto(base, 0, counts.length, horizon, expected);
        Moments surprise = new Moments();
        for (int row = 0; row < counts.length; row++) {
            surprise.add(counts[row] - expected[row]);
        }
        surprise.checkMean(0, "drawn purchases within " + horizon + ", less those expected");
    }

    private static List<CustomerDraw> draws(
            PosteriorSampler sampler, History history, double horizon, int draws, long seed) {
        return sampler.sample(history.frequency(), history.recency(), history.age(), horizon, draws, seed);
    }

    /**
     * Days or weeks: nothing but the likelihood's unit changes.
     *
     * @param tried the case
     * @param factor what all times are multiplied with
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void theTimeUnitDoesNotMatter(
            @ForAll("ordinaryCases") TransactionCase tried, @ForAll("timeFactors") double factor) {
        Optional<Map<String, Double>> scaledParameters = inTimeUnit(tried.parameters(), factor);
        if (scaledParameters.isEmpty()) {
            return;
        }
        FittedTransactionModel model = model(tried);
        History scaledHistory = tried.history().inTimeUnit(factor);
        FittedTransactionModel scaledModel = own(model(scaledParameters.get()), CUSTOMER, scaledHistory, factor);
        Scorer score = new Scorer(model, tried.history());
        Scorer scaled = new Scorer(scaledModel, scaledHistory);
        double horizon = tried.horizon();
        double rate = tried.rate();
        String unit = " with times × " + factor;
        double tolerance = tolerance();
        Expect.closeOnScale(scaled.alive(), score.alive(), tolerance, 1, "P(alive)" + unit, tried);
        Expect.closeOnScale(
                scaled.active(horizon * factor), score.active(horizon), tolerance, 1, "P(active)" + unit, tried);
        Expect.close(
                scaled.expected(horizon * factor),
                score.expected(horizon),
                tolerance,
                "expected transactions" + unit,
                tried);
        Expect.close(
                scaled.discounted(horizon * factor, rate / factor),
                score.discounted(horizon, rate),
                integralTolerance(),
                "discounted transactions" + unit,
                tried);
        Expect.close(
                scaledModel.expectedTransactionsOfNewCustomer(horizon * factor),
                model.expectedTransactionsOfNewCustomer(horizon),
                tolerance,
                "expected transactions of a new customer" + unit,
                tried);
        // The density of x purchase times loses x factors.
        double shift = tried.history().frequency() * timesAPurchase(tried.parameters()) * Math.log(factor);
        double likelihood = score.logLikelihood();
        Expect.closeOnScale(
                scaled.logLikelihood(),
                likelihood - shift,
                tolerance,
                1 + Math.abs(likelihood) + Math.abs(shift),
                "log-likelihood" + unit,
                tried);
        if (model instanceof ResidualTransactions residual && scaledModel instanceof ResidualTransactions other) {
            Expect.close(
                    scaled.residual(other, rate / factor),
                    score.residual(residual, rate),
                    integralTolerance(),
                    "DERT" + unit,
                    tried);
        }
        if (model instanceof FutureSurvival survival && scaledModel instanceof FutureSurvival other) {
            Expect.closeOnScale(
                    scaled.aliveAt(other, horizon * factor),
                    score.aliveAt(survival, horizon),
                    tolerance,
                    1,
                    "P(alive later)" + unit,
                    tried);
        }
        if (model instanceof FutureDistribution future && scaledModel instanceof FutureDistribution other) {
            Expect.closeOnScale(
                    scaled.count(other, 2, horizon * factor),
                    score.count(future, 2, horizon),
                    tolerance,
                    1,
                    "P(N = 2)" + unit,
                    tried);
        }
        if (model instanceof NextPurchase next && scaledModel instanceof NextPurchase other) {
            Expect.close(
                    scaled.nextWithin(other, horizon * factor),
                    score.nextWithin(next, horizon) * factor,
                    integralTolerance(),
                    "the time to the next purchase" + unit,
                    tried);
            double median = score.nextQuantile(next, 0.5);
            if (median < 1e300) {
                Expect.close(
                        scaled.nextQuantile(other, 0.5),
                        median * factor,
                        integralTolerance(),
                        "the median time to the next purchase" + unit,
                        tried);
            }
        }
        if (model instanceof PosteriorRates rates && scaledModel instanceof PosteriorRates other) {
            Expect.close(
                    scaled.purchaseRate(other) * factor,
                    score.purchaseRate(rates),
                    tolerance,
                    "the purchase rate" + unit,
                    tried);
        }
        if (model instanceof TransactionDistribution distribution
                && scaledModel instanceof TransactionDistribution other) {
            Expect.closeOnScale(
                    other.probabilityOfTransactions(2, horizon * factor),
                    distribution.probabilityOfTransactions(2, horizon),
                    tolerance,
                    1,
                    "P(X = 2)" + unit,
                    tried);
        }
    }

    /**
     * Draws factors of time units.
     *
     * @return the factors
     */
    @Provide
    protected Arbitrary<Double> timeFactors() {
        return Arbitraries.of(7.0, 1 / 7.0, 12 / 365.25, 24.0, 1000.0);
    }

    // ---------------------------------------------------------------------------------------------- scores, hard box

    /**
     * Nothing is NaN or infinite, and everything stays in its range, however odd parameters, customer and horizon are.
     *
     * @param tried the case
     */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    public void resultsAreFiniteEverywhere(@ForAll("hardCases") TransactionCase tried) {
        FittedTransactionModel model = model(tried);
        Scorer score = new Scorer(model, tried.history());
        double horizon = tried.horizon();
        double rate = tried.rate();
        Expect.finite(score.logLikelihood(), "log-likelihood", tried);
        double alive = Expect.within(score.alive(), 0, 1, "P(alive)", tried);
        Expect.within(score.active(horizon), 0, alive, "P(active)", tried);
        double expected = Expect.atLeastZero(score.expected(horizon), "expected transactions", tried);
        Expect.atLeastZero(
                model.expectedTransactionsOfNewCustomer(horizon), "expected transactions of a new customer", tried);
        double discounted = Expect.atLeastZero(score.discounted(horizon, rate), "discounted transactions", tried);
        Expect.ordered(discounted, expected, 1e-6, "discounted and undiscounted transactions", tried);
        Expect.atLeastZero(score.discounted(horizon, 0), "discounted transactions at rate 0", tried);
        if (model instanceof ResidualTransactions residual) {
            Expect.atLeastZero(score.residual(residual, rate), "DERT", tried);
        }
        if (model instanceof FutureSurvival survival) {
            Expect.within(score.aliveAt(survival, horizon), 0, alive, "P(alive later)", tried);
        }
        if (model instanceof ChangeableRates rates) {
            for (RateChange change : List.of(new RateChange(3, 1), new RateChange(0.3, 3))) {
                if (rates.canChange(change)) {
                    Expect.atLeastZero(score.changed(rates, change, horizon, rate), "orders after " + change, tried);
                    Expect.atLeastZero(
                            score.changed(rates, change, Double.POSITIVE_INFINITY, rate),
                            "DERT after " + change,
                            tried);
                }
            }
        }
        if (model instanceof FutureDistribution future) {
            for (int n : new int[] {0, 1, 20, 3_000}) {
                Expect.within(score.count(future, n, horizon), 0, 1, "P(N = " + n + ")", tried);
            }
        }
        if (model instanceof NextPurchase next) {
            Expect.within(score.nextWithin(next, horizon), 0, horizon, "the time to the next purchase", tried);
            for (double probability : new double[] {0, 1e-9, 0.5, 0.999}) {
                Expect.atLeastZero(score.nextQuantile(next, probability), "a quantile of that time", tried);
            }
        }
        if (model instanceof PosteriorRates rates) {
            Expect.atLeastZero(score.purchaseRate(rates), "the purchase rate", tried);
            Expect.atLeastZero(score.dropoutRate(rates), "the dropout rate", tried);
        }
        if (model instanceof PosteriorSampler sampler) {
            // A draw checks itself.
            draws(sampler, tried.history(), horizon, 2, 3);
        }
        if (model instanceof TransactionDistribution distribution) {
            for (int n : new int[] {0, 1, 20}) {
                Expect.within(distribution.probabilityOfTransactions(n, horizon), 0, 1, "P(X = " + n + ")", tried);
            }
        }
    }

    // --------------------------------------------------------------------------------------------------------- batches

    /**
     * A customer's score is the same to the last bit alone and in any batch, on a grid of days and in continuous time.
     *
     * @param parameters the parameters
     * @param histories the customers; put on a grid of days
     * @param cut where the batch is cut, as a part of its length
     * @param horizon the horizon
     */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    public void batchesAreTheScalarsToTheLastBit(
            @ForAll("ordinary") Map<String, Double> parameters,
            @ForAll("lots") List<History> histories,
            @ForAll("parts") double cut,
            @ForAll("horizons") double horizon) {
        FittedTransactionModel model = model(parameters);
        CustomerBase gridded = base(onGrid(histories), 0);
        // One customer off the grid, and all are kept as doubles.
        CustomerBase continuous = base(onGrid(histories), Math.PI);
        Expect.that(
                gridded.isGridded() && continuous.isGridded() != hasContinuousHistories(),
                () -> "the contract's own bases are wrong");
        int size = gridded.size();
        int at = (int) (cut * size);
        List<History> customers = new ArrayList<>();
        List<List<Batch>> ofCustomers = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            History history = new History(gridded.frequency(row), gridded.recency(row), gridded.age(row));
            customers.add(history);
            ofCustomers.add(batches(own(model, gridded.id(row), history, 1), horizon, 0.002));
        }
        List<Batch> batches = batches(model, horizon, 0.002);
        for (int b = 0; b < batches.size(); b++) {
            Batch batch = batches.get(b);
            double[] whole = new double[size];
            batch.fill(gridded, 0, size, whole);
            double[] cutOut = new double[size - at + 2];
            Arrays.fill(cutOut, -7);
            batch.fill(gridded, at, size, cutOut);
            double[] ungridded = new double[size];
            batch.fill(continuous, 0, size, ungridded);
            for (int row = 0; row < size; row++) {
                History history = customers.get(row);
                Batch alone = ofCustomers.get(row).get(b);
                Row where = new Row(history, row, size, parameters, horizon);
                Expect.sameBits(whole[row], alone.scalar(history), batch.name() + " of the batch", where);
                Expect.sameBits(ungridded[row], whole[row], batch.name() + " of a base with continuous times", where);
                if (row >= at) {
                    Expect.sameBits(cutOut[row - at], whole[row], batch.name() + " of the batch from row " + at, where);
                }
            }
            Expect.that(
                    cutOut[size - at] == -7 && cutOut[size - at + 1] == -7,
                    () -> batch.name() + " must not write behind the rows it was asked for");
        }
    }

    /** A batch refuses rows that the base does not have and an array that is too short, before it writes. */
    @Example
    public void batchesCheckTheirArguments() {
        FittedTransactionModel model = model(typicalParameters());
        CustomerBase base = base(List.of(History.of(2, 0.5, 30), History.of(0, 0, 30), History.of(1, 1, 3)), 0);
        for (Batch batch : batches(model, 10, 0.002)) {
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "",
                    batch.name() + " of rows beyond the base",
                    () -> batch.fill(base, 0, 4, new double[4]));
            Expect.refused(
                    IndexOutOfBoundsException.class,
                    "",
                    batch.name() + " of rows that end before they begin",
                    () -> batch.fill(base, 2, 1, new double[4]));
            Expect.refused(
                    IllegalArgumentException.class,
                    "out",
                    batch.name() + " into a short array",
                    () -> batch.fill(base, 0, 3, new double[2]));
            batch.fill(base, 1, 1, new double[0]);
        }
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            for (Batch batch : batches(model, bad, 0.002)) {
                if (batch.usesHorizon()) {
                    Expect.refused(
                            IllegalArgumentException.class,
                            "horizon",
                            batch.name() + " of a batch with horizon " + bad,
                            () -> batch.fill(base, 0, 3, new double[3]));
                }
            }
            for (Batch batch : batches(model, 10, bad)) {
                if (batch.usesRate()) {
                    Expect.refused(
                            IllegalArgumentException.class,
                            "continuousRate",
                            batch.name() + " of a batch with rate " + bad,
                            () -> batch.fill(base, 0, 3, new double[3]));
                }
            }
        }
    }

    /** Several threads that ask one model about one base get the bits that one thread gets. */
    @Example
    public void threadsAgree() {
        FittedTransactionModel model = model(typicalParameters());
        CustomerBase base = readyToFit(300, 11);
        double[] alone = allScores(model, base);
        List<double[]> together = Bases.inThreads(4, () -> allScores(model, base));
        for (double[] scores : together) {
            for (int i = 0; i < alone.length; i++) {
                Expect.sameBits(scores[i], alone[i], "a score in several threads", "cell " + i);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------- arguments

    /** Every bad argument is refused by an IllegalArgumentException that names it. */
    @Example
    public void badArgumentsAreNamed() {
        FittedTransactionModel model = model(typicalParameters());
        FittedTransactionModel own = own(model, new History(2, 3, 10));
        checkArguments(own);
        if (own != model) {
            checkArguments(model);
        }
    }

    private static void checkArguments(FittedTransactionModel model) {
        double nan = Double.NaN;
        double infinite = Double.POSITIVE_INFINITY;
        for (Call call : calls(model)) {
            call.refuses("frequency", -1, 0, 10);
            call.refuses("recency", 2, nan, 10);
            call.refuses("recency", 2, -1, 10);
            call.refuses("recency", 2, 10.5, 10);
            call.refuses("recency", 2, infinite, 10);
            call.refuses("recency", 0, 3, 10);
            call.refuses("age", 2, 1, nan);
            call.refuses("age", 2, 0, -1);
            call.refuses("age", 2, 1, infinite);
            call.refuses("age", 0, 0, -5);
        }
        for (double bad : new double[] {nan, -1, infinite, Double.NEGATIVE_INFINITY}) {
            refuses("horizon", bad, () -> model.probabilityActive(2, 3, 10, bad));
            refuses("horizon", bad, () -> model.expectedTransactions(2, 3, 10, bad));
            refuses("horizon", bad, () -> model.expectedTransactionsOfNewCustomer(bad));
            refuses("horizon", bad, () -> model.discountedExpectedTransactions(2, 3, 10, bad, 0.01));
            refuses("continuousRate", bad, () -> model.discountedExpectedTransactions(2, 3, 10, 39, bad));
            if (model instanceof ResidualTransactions residual) {
                refuses("continuousRate", bad, () -> residual.discountedExpectedResidualTransactions(2, 3, 10, bad));
            }
            if (model instanceof TransactionDistribution distribution) {
                refuses("horizon", bad, () -> distribution.probabilityOfTransactions(2, bad));
            }
            if (model instanceof TransactionSimulator simulator) {
                refuses("age", bad, () -> simulator.simulateTransactionTimes(bad, 1));
            }
            if (model instanceof FutureSurvival survival) {
                refuses("horizon", bad, () -> survival.probabilityAliveAt(2, 3, 10, bad));
            }
            if (model instanceof FutureDistribution future) {
                refuses("horizon", bad, () -> future.probabilityOfFutureTransactions(1, 2, 3, 10, bad));
            }
            if (model instanceof NextPurchase next) {
                refuses("horizon", bad, () -> next.expectedTimeToNextPurchase(2, 3, 10, bad));
                refuses("probability", bad, () -> next.timeToNextPurchaseQuantile(2, 3, 10, bad));
            }
            if (model instanceof PosteriorSampler sampler) {
                refuses("horizon", bad, () -> sampler.sample(2, 3, 10, bad, 1, 1));
            }
        }
        if (model instanceof FutureDistribution future) {
            refuses("transactions", -1, () -> future.probabilityOfFutureTransactions(-1, 2, 3, 10, 5));
        }
        if (model instanceof NextPurchase next) {
            refuses("probability", 1, () -> next.timeToNextPurchaseQuantile(2, 3, 10, 1));
        }
        if (model instanceof PosteriorSampler sampler) {
            refuses("draws", -1, () -> sampler.sample(2, 3, 10, 5, -1, 1));
        }
        if (model instanceof ResidualTransactions residual) {
            refuses("continuousRate", 0, () -> residual.discountedExpectedResidualTransactions(2, 3, 10, 0));
        }
        if (model instanceof TransactionDistribution distribution) {
            refuses("transactions", -1, () -> distribution.probabilityOfTransactions(-1, 10));
        }
    }

    /** Parameters on or outside the borders of their domains are refused by name; so are missing and unknown ones. */
    @Example
    public void badParametersAreNamed() {
        ModelProvider.OfTransactions provider = provider();
        Parameters.refuseBadOnes(provider, typicalParameters(), provider::ofParameters);
    }

    // ------------------------------------------------------------------------------------------------------------ fits

    /** A fit reports what it is: the model's name, its parameters inside their domains, the base's unit and customers. */
    @Example
    public void fitsReportWhatTheyAre() {
        CustomerBase base = readyToFit(400, 1);
        FittedTransactionModel fitted = provider().model().fit(base);
        FitReport report = Parameters.checkReport(provider(), typicalParameters(), fitted);
        Expect.close(report.customers(), base.totalWeight(), 1e-12, "the report's customers", report.parameters());
        Expect.that(
                report.timeScale().equals(Optional.of(base.timeScale())),
                () -> "the report's time scale must be that of the base, " + base.timeScale() + ", but was "
                        + report.timeScale());
        report.logLikelihood()
                .ifPresent(reported -> Expect.close(
                        reported,
                        logLikelihood(fitted, base),
                        1e-9,
                        "the report's log-likelihood, against the sum over the customers",
                        report.parameters()));
    }

    /** The likelihood is nowhere higher around the estimates, in the direction of any parameter, where {@link #isMaximumLikelihood()} says so. */
    @Example
    public void estimatesAreAMaximum() {
        if (!isMaximumLikelihood()) {
            return;
        }
        CustomerBase base = readyToFit(400, 2);
        FittedTransactionModel fitted = provider().model().fit(base);
        if (fitted.report().orElseThrow().logLikelihood().isEmpty()) {
            return;
        }
        double best = logLikelihood(fitted, base);
        for (ParameterDomain domain : domains()) {
            if (!isEstimated(domain.name())) {
                continue;
            }
            for (double step : new double[] {-0.02, -1e-3, 1e-3, 0.02}) {
                Map<String, Double> moved = new LinkedHashMap<>(fitted.parameters());
                double value = Parameters.get(moved, domain.name());
                double other = value + step * Math.max(Math.abs(value), 1e-3);
                moved.put(domain.name(), other);
                if (other > domain.lower() && other < domain.upper() && isModel(moved)) {
                    double there = logLikelihood(model(moved), base);
                    Expect.that(
                            there <= best + 1e-9 * Math.abs(best),
                            () -> "the log-likelihood at the estimates must be a maximum, but it is " + best + " at "
                                    + fitted.parameters() + " and " + there + " at " + moved);
                }
            }
        }
    }

    /** The same base gives the same bits, again and in several threads. */
    @Example
    public void fitsAreRepeatable() {
        CustomerBase base = readyToFit(250, 3);
        Map<String, Double> once = provider().model().fit(base).parameters();
        for (Map<String, Double> again :
                Bases.inThreads(3, () -> provider().model().fit(base).parameters())) {
            Expect.that(again.equals(once), () -> "a fit of the same base must give " + once + ", but gave " + again);
        }
    }

    /** The order of the rows does not matter to a fit. */
    @Example
    public void fitsDoNotDependOnTheOrderOfRows() {
        CustomerBase base = readyToFit(400, 4);
        Parameters.sameFit(
                provider().model().fit(base),
                provider().model().fit(ready(Bases.shuffled(base))),
                fitOrderTolerance(),
                "a fit of the same rows in another order");
    }

    /** A weight of n is n equal rows. */
    @Example
    public void weightsAreRepetitions() {
        Bases.weighted(readyToFit(250, 7), (weighted, repeated) -> {
            FittedTransactionModel byWeights = provider().model().fit(ready(weighted));
            FittedTransactionModel byRows = provider().model().fit(ready(repeated));
            Parameters.sameFit(byRows, byWeights, fitTolerance(), "a fit by weights, against one of repeated rows");
            Expect.close(
                    byWeights.report().orElseThrow().customers(),
                    repeated.size(),
                    1e-12,
                    "the report's customers of a weighted base",
                    "weights");
        });
    }

    /** A fit in days is a fit in weeks with other units. */
    @Example
    public void fitsDoNotDependOnTheTimeUnit() {
        CustomerBase weeks = readyToFit(400, 8);
        double factor = 7;
        List<CustomerSummary> inDays = new ArrayList<>();
        double purchases = 0;
        for (CustomerSummary summary : Bases.summaries(weeks)) {
            History history = new History(summary.frequency(), summary.recency(), summary.age()).inTimeUnit(factor);
            inDays.add(history.toSummary(summary.id()).withAttributes(summary.attributes()));
            purchases += summary.frequency();
        }
        FittedTransactionModel fitted = provider().model().fit(weeks);
        Optional<Map<String, Double>> expected = inTimeUnit(fitted.parameters(), factor);
        if (expected.isEmpty()) {
            return;
        }
        FittedTransactionModel daily = provider().model().fit(ready(CustomerBase.ofSummaries(inDays, TimeScale.DAYS)));
        Map<String, Double> parameters = expected.get();
        parameters.forEach((name, value) -> Expect.close(
                Parameters.get(daily.parameters(), name),
                value,
                fitTolerance(),
                "`" + name + "` of a fit in days, against that in weeks",
                fitted.parameters()));
        OptionalDouble likelihood = fitted.report().orElseThrow().logLikelihood();
        if (likelihood.isPresent()) {
            Expect.close(
                    daily.report().orElseThrow().logLikelihood().orElse(Double.NaN),
                    likelihood.getAsDouble() - purchases * timesAPurchase(fitted.parameters()) * Math.log(factor),
                    1e-9,
                    "the log-likelihood of a fit in days, against that in weeks",
                    fitted.parameters());
        }
    }

    /** A model comes back from its report to the last bit, and from its parameters without a report. */
    @Example
    public void modelsComeBackFromTheirReports() {
        CustomerBase base = readyToFit(250, 9);
        FittedTransactionModel fitted = provider().model().fit(base);
        FitReport report = fitted.report().orElseThrow();
        FittedTransactionModel read = provider().ofReport(report);
        FittedTransactionModel stated = model(fitted.parameters());
        Parameters.checkReports(read, stated, report);
        for (FittedTransactionModel again : List.of(read, stated)) {
            Parameters.checkSame(again, fitted);
            double[] before = allScores(fitted, base);
            double[] after = allScores(again, base);
            for (int i = 0; i < before.length; i++) {
                Expect.sameBits(after[i], before[i], "a score of the model that came back", "cell " + i);
            }
        }
    }

    /** A base without customers is refused; from hardly any data comes a ModelException or parameters inside their domains. */
    @Example
    public void poorDataAreRefusedOrFitted() {
        TimeScale weeks = TimeScale.WEEKS;
        try {
            provider().model().fit(ready(CustomerBase.ofSummaries(List.of(), weeks)));
            throw new AssertionError("the fit of a base without customers must be refused with ModelException");
        } catch (RuntimeException expected) {
            Parameters.checkRefusal(expected, "a base without customers");
        }
        Map<String, List<History>> poor = new LinkedHashMap<>();
        poor.put("one customer", List.of(History.of(3, 0.8, 30)));
        poor.put("one-time buyers", Collections.nCopies(20, History.of(0, 0, 30)));
        poor.put("equal customers", Collections.nCopies(20, History.of(4, 0.9, 30)));
        poor.put("customers of age 0", Collections.nCopies(20, History.EMPTY));
        History known = History.of(1, 0.5, 30);
        poor.forEach((what, histories) -> {
            try {
                FittedTransactionModel fitted = provider().model().fit(base(histories, 0));
                ModelCatalog.checkParameters(provider(), fitted.parameters());
                Expect.finite(new Scorer(own(fitted, known), known).expected(10), "a score of a fit to " + what, "");
            } catch (RuntimeException refused) {
                Parameters.checkRefusal(refused, what);
            }
        });
    }

    // ------------------------------------------------------------------------------------------------------ simulation

    /**
     * Simulated purchases are in order and inside the age, and a seed stands for one customer.
     *
     * @param tried the case; its horizon is the age that is simulated
     * @param seed the seed
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    public void simulatedTimesAreInOrder(@ForAll("ordinaryCases") TransactionCase tried, @ForAll long seed) {
        FittedTransactionModel model = model(tried);
        if (!(model instanceof TransactionSimulator simulator)) {
            return;
        }
        double age = tried.horizon();
        double[] times = simulator.simulateTransactionTimes(age, seed);
        double before = 0;
        for (double time : times) {
            boolean inOrder = time > 0 && time >= before && time <= age;
            Expect.that(
                    inOrder,
                    () -> "simulated times must ascend in (0, " + age + "], but were " + Arrays.toString(times)
                            + " for " + tried.parameters() + ", seed " + seed);
            before = time;
        }
        Expect.that(
                Arrays.equals(times, simulator.simulateTransactionTimes(age, seed)),
                () -> "a seed must stand for one customer, but seed " + seed + " gave two, for " + tried.parameters());
        Expect.that(
                simulator.simulateTransactionTimes(0, seed).length == 0,
                () -> "no purchase must be simulated in (0, 0], for " + tried.parameters());
    }

    /**
     * Simulated customers buy, on average, as often as the model says: after the first purchase, and given their histories (the
     * law of total expectation), within 5 standard errors.
     */
    @Example
    public void simulationAgreesWithExpectations() {
        double age = 40;
        double horizon = 26;
        FittedTransactionModel all = model(typicalParameters());
        FittedTransactionModel model = own(all, History.of(0, 0, age));
        if (!(model instanceof TransactionSimulator simulator)) {
            return;
        }
        int customers = 20_000;
        Moments count = new Moments();
        Moments surprise = new Moments();
        Moments activity = new Moments();
        for (int i = 0; i < customers; i++) {
            double[] times = simulator.simulateTransactionTimes(age + horizon, 1_000_003L * i + 17);
            int frequency = 0;
            while (frequency < times.length && times[frequency] <= age) {
                frequency++;
            }
            History history = new History(frequency, frequency == 0 ? 0 : times[frequency - 1], age);
            Scorer score = new Scorer(own(all, history), history);
            int later = times.length - frequency;
            count.add(frequency);
            surprise.add(later - score.expected(horizon));
            activity.add((later > 0 ? 1 : 0) - score.active(horizon));
        }
        count.checkMean(model.expectedTransactionsOfNewCustomer(age), "simulated purchases of a new customer");
        surprise.checkMean(0, "simulated purchases of known customers, less those expected");
        activity.checkMean(0, "simulated customers who buy within the horizon, less P(active)");
    }

    // --------------------------------------------------------------------------------------------------------- helpers

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
     * Draws ordinary horizons for a property.
     *
     * @return {@link #ordinaryHorizons()}
     */
    @Provide
    protected Arbitrary<Double> horizons() {
        return ordinaryHorizons();
    }

    /**
     * Draws parts of a whole.
     *
     * @return numbers in [0, 1)
     */
    @Provide
    protected Arbitrary<Double> parts() {
        return Draws.uniform(0, 0.999);
    }

    private static void refuses(String named, double bad, Runnable call) {
        Expect.refused(IllegalArgumentException.class, named, named + " = " + bad, call);
    }

    private static double logLikelihood(FittedTransactionModel model, CustomerBase base) {
        double[] each = new double[base.size()];
        model.logLikelihoodInto(base, 0, base.size(), each);
        double sum = 0;
        for (int row = 0; row < each.length; row++) {
            sum += base.weight(row) * each[row];
        }
        return sum;
    }

    private static List<History> onGrid(List<History> histories) {
        List<History> gridded = new ArrayList<>();
        for (History history : histories) {
            double age = Math.rint(history.age() * 7) / 7;
            double recency = Math.min(age, Math.rint(history.recency() * 7) / 7);
            gridded.add(new History(history.frequency(), recency, age));
        }
        return gridded;
    }

    private CustomerBase base(List<History> histories, double offGrid) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (History history : histories) {
            summaries.add(history.toSummary("c" + (summaries.size() + 1)));
        }
        if (offGrid > 0) {
            summaries.add(CustomerSummary.of("off-grid", 0, 0, offGrid));
        }
        return ready(CustomerBase.ofSummaries(summaries, TimeScale.WEEKS));
    }

    private static double[] allScores(FittedTransactionModel model, CustomerBase base) {
        List<Batch> batches = batches(model, 26, 0.002);
        double[] all = new double[base.size() * batches.size()];
        double[] column = new double[base.size()];
        for (int b = 0; b < batches.size(); b++) {
            batches.get(b).fill(base, 0, base.size(), column);
            System.arraycopy(column, 0, all, b * base.size(), base.size());
        }
        return all;
    }

    private static List<Call> calls(FittedTransactionModel model) {
        List<Call> calls = new ArrayList<>();
        calls.add(new Call("logLikelihood", model::logLikelihood));
        calls.add(new Call("probabilityAlive", model::probabilityAlive));
        calls.add(new Call("probabilityActive", (x, recency, age) -> model.probabilityActive(x, recency, age, 5)));
        calls.add(
                new Call("expectedTransactions", (x, recency, age) -> model.expectedTransactions(x, recency, age, 5)));
        calls.add(new Call(
                "discountedExpectedTransactions",
                (x, recency, age) -> model.discountedExpectedTransactions(x, recency, age, 5, 0.01)));
        if (model instanceof ResidualTransactions residual) {
            calls.add(new Call(
                    "discountedExpectedResidualTransactions",
                    (x, recency, age) -> residual.discountedExpectedResidualTransactions(x, recency, age, 0.01)));
        }
        if (model instanceof FutureSurvival survival) {
            calls.add(new Call("probabilityAliveAt", (x, tx, age) -> survival.probabilityAliveAt(x, tx, age, 5)));
        }
        if (model instanceof FutureDistribution future) {
            calls.add(new Call(
                    "probabilityOfFutureTransactions",
                    (x, tx, age) -> future.probabilityOfFutureTransactions(1, x, tx, age, 5)));
        }
        if (model instanceof NextPurchase next) {
            calls.add(new Call(
                    "expectedTimeToNextPurchase", (x, tx, age) -> next.expectedTimeToNextPurchase(x, tx, age, 5)));
            calls.add(new Call(
                    "timeToNextPurchaseQuantile", (x, tx, age) -> next.timeToNextPurchaseQuantile(x, tx, age, 0.5)));
        }
        if (model instanceof PosteriorRates rates) {
            calls.add(new Call("expectedPurchaseRate", rates::expectedPurchaseRate));
            calls.add(new Call("expectedDropoutRate", rates::expectedDropoutRate));
        }
        if (model instanceof PosteriorSampler sampler) {
            calls.add(new Call("sample", (x, tx, age) -> sampler.sample(x, tx, age, 5, 1, 1)
                    .size()));
        }
        return calls;
    }

    private static List<Batch> batches(FittedTransactionModel model, double horizon, double rate) {
        List<Batch> batches = new ArrayList<>();
        batches.add(new Batch("logLikelihood", false, false, model::logLikelihoodInto, model::logLikelihood));
        batches.add(new Batch("probabilityAlive", false, false, model::probabilityAliveInto, model::probabilityAlive));
        batches.add(new Batch(
                "probabilityActive",
                true,
                false,
                (base, from, to, out) -> model.probabilityActiveInto(base, from, to, horizon, out),
                (x, recency, age) -> model.probabilityActive(x, recency, age, horizon)));
        batches.add(new Batch(
                "expectedTransactions",
                true,
                false,
                (base, from, to, out) -> model.expectedTransactionsInto(base, from, to, horizon, out),
                (x, recency, age) -> model.expectedTransactions(x, recency, age, horizon)));
        batches.add(new Batch(
                "discountedExpectedTransactions",
                true,
                true,
                (base, from, to, out) -> model.discountedExpectedTransactionsInto(base, from, to, horizon, rate, out),
                (x, recency, age) -> model.discountedExpectedTransactions(x, recency, age, horizon, rate)));
        if (model instanceof ResidualTransactions residual) {
            batches.add(new Batch(
                    "discountedExpectedResidualTransactions",
                    false,
                    true,
                    (base, from, to, out) ->
                            residual.discountedExpectedResidualTransactionsInto(base, from, to, rate, out),
                    (x, recency, age) -> residual.discountedExpectedResidualTransactions(x, recency, age, rate)));
        }
        RateChange oftener = new RateChange(1.2, 1);
        if (model instanceof ChangeableRates rates && rates.canChange(oftener)) {
            batches.add(new Batch(
                    "changedTransactions",
                    false,
                    true,
                    (base, from, to, out) -> rates.changedTransactionsInto(base, from, to, oftener, horizon, rate, out),
                    (x, tx, age) -> rates.changedTransactions(x, tx, age, oftener, horizon, rate)));
        }
        if (model instanceof FutureSurvival survival) {
            batches.add(new Batch(
                    "probabilityAliveAt",
                    true,
                    false,
                    (base, from, to, out) -> survival.probabilityAliveAtInto(base, from, to, horizon, out),
                    (x, tx, age) -> survival.probabilityAliveAt(x, tx, age, horizon)));
        }
        if (model instanceof FutureDistribution future) {
            batches.add(new Batch(
                    "probabilityOfFutureTransactions",
                    true,
                    false,
                    (base, from, to, out) ->
                            future.probabilityOfFutureTransactionsInto(base, from, to, 2, horizon, out),
                    (x, tx, age) -> future.probabilityOfFutureTransactions(2, x, tx, age, horizon)));
        }
        if (model instanceof NextPurchase next) {
            batches.add(new Batch(
                    "expectedTimeToNextPurchase",
                    true,
                    false,
                    (base, from, to, out) -> next.expectedTimeToNextPurchaseInto(base, from, to, horizon, out),
                    (x, tx, age) -> next.expectedTimeToNextPurchase(x, tx, age, horizon)));
            batches.add(new Batch(
                    "timeToNextPurchaseQuantile",
                    false,
                    false,
                    (base, from, to, out) -> next.timeToNextPurchaseQuantileInto(base, from, to, 0.4, out),
                    (x, tx, age) -> next.timeToNextPurchaseQuantile(x, tx, age, 0.4)));
        }
        if (model instanceof PosteriorRates rates) {
            batches.add(new Batch(
                    "expectedPurchaseRate",
                    false,
                    false,
                    rates::expectedPurchaseRateInto,
                    rates::expectedPurchaseRate));
            batches.add(new Batch(
                    "expectedDropoutRate", false, false, rates::expectedDropoutRateInto, rates::expectedDropoutRate));
        }
        return batches;
    }

    /** A customer in a batch, as a message names it: a record, because words for all that pass would take longer than their scores. */
    private record Row(History history, int row, int size, Map<String, Double> parameters, double horizon) {

        @Override
        public String toString() {
            return history + " in row " + row + " of " + size + ", " + parameters + ", horizon " + horizon;
        }
    }

    /** The scores of one customer. */
    private record Scorer(FittedTransactionModel model, History history) {

        double logLikelihood() {
            return model.logLikelihood(history.frequency(), history.recency(), history.age());
        }

        double alive() {
            return model.probabilityAlive(history.frequency(), history.recency(), history.age());
        }

        double active(double horizon) {
            return model.probabilityActive(history.frequency(), history.recency(), history.age(), horizon);
        }

        double expected(double horizon) {
            return model.expectedTransactions(history.frequency(), history.recency(), history.age(), horizon);
        }

        double discounted(double horizon, double rate) {
            return model.discountedExpectedTransactions(
                    history.frequency(), history.recency(), history.age(), horizon, rate);
        }

        double residual(ResidualTransactions residual, double rate) {
            return residual.discountedExpectedResidualTransactions(
                    history.frequency(), history.recency(), history.age(), rate);
        }

        double changed(ChangeableRates rates, RateChange change, double horizon, double rate) {
            return rates.changedTransactions(
                    history.frequency(), history.recency(), history.age(), change, horizon, rate);
        }

        double aliveAt(FutureSurvival survival, double horizon) {
            return survival.probabilityAliveAt(history.frequency(), history.recency(), history.age(), horizon);
        }

        double count(FutureDistribution future, int n, double horizon) {
            return future.probabilityOfFutureTransactions(
                    n, history.frequency(), history.recency(), history.age(), horizon);
        }

        double nextWithin(NextPurchase next, double horizon) {
            return next.expectedTimeToNextPurchase(history.frequency(), history.recency(), history.age(), horizon);
        }

        double nextQuantile(NextPurchase next, double probability) {
            return next.timeToNextPurchaseQuantile(history.frequency(), history.recency(), history.age(), probability);
        }

        double purchaseRate(PosteriorRates rates) {
            return rates.expectedPurchaseRate(history.frequency(), history.recency(), history.age());
        }

        double dropoutRate(PosteriorRates rates) {
            return rates.expectedDropoutRate(history.frequency(), history.recency(), history.age());
        }
    }

    private interface Scalar {
        double of(int frequency, double recency, double age);
    }

    private interface Filler {
        void fill(CustomerBase base, int from, int to, double[] out);
    }

    private record Call(String name, Scalar scalar) {

        void refuses(String named, int frequency, double recency, double age) {
            Expect.refused(
                    IllegalArgumentException.class,
                    named,
                    name + " of x " + frequency + ", t_x " + recency + ", T " + age,
                    () -> scalar.of(frequency, recency, age));
        }
    }

    private record Batch(String name, boolean usesHorizon, boolean usesRate, Filler filler, Scalar one) {

        void fill(CustomerBase base, int from, int to, double[] out) {
            filler.fill(base, from, to, out);
        }

        double scalar(History history) {
            return one.of(history.frequency(), history.recency(), history.age());
        }
    }
}
