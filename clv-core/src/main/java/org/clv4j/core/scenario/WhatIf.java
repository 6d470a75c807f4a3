// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementPlan;
import org.clv4j.core.model.ChangeableRates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.RateChange;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;

/**
 * What equity would be if customers, costs or terms changed from now on.
 *
 * <p>Equity here is the net future value of a statement: what is still to come, net of what it still costs. What was realised and spent
 * stays, so that a change of net equity is the same change.
 *
 * <p>Retention and purchase rate take a {@link TransactionSpendModel.Fitted} whose transaction model has {@link ChangeableRates}, spend any
 * {@link TransactionSpendModel.Fitted}. With another model they are refused, and left out of tornado and elasticities with a note. Every
 * figure is an expectation under the changed model, computed as exactly as without a change: there is no random draw.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class WhatIf {

    /** The differences of elasticities, on the scale of logarithms: the error of four points is of the fourth order. */
    private static final double STEP = 0.02;

    private static final double FURTHEST = 1000;
    private static final double STRIDE = 1.5;
    private static final int MOST_ITERATIONS = 200;
    /** A root that so many secants do not find is halved towards. */
    private static final int SECANTS = 20;

    private static final double PRECISION = 1e-14;
    /** Customers' amounts are rounded to this. */
    private static final double MILLIONTH = 1e-6;

    private final EquityStatementPlan plan;
    private final FittedClvModel model;
    private final CustomerBase base;
    private final ValuationTerms terms;
    private final Execution execution;
    private final EquityStatement before;

    private WhatIf(
            EquityStatementPlan plan,
            FittedClvModel model,
            CustomerBase base,
            ValuationTerms terms,
            Execution execution) {
        // The margin of the past is not a lever.
        this.plan = plan.withRealisedMargin(plan.realisedMargin().orElse(terms.margin()));
        this.model = model;
        this.base = base;
        this.terms = terms;
        this.execution = execution;
        this.before = this.plan.state(model, base, terms, execution);
    }

    /**
     * Values the customers as they are.
     *
     * @param plan what a statement counts
     * @param model the fitted model
     * @param base the customers
     * @param terms the terms of the valuation
     * @return what can be asked
     * @throws IllegalArgumentException as {@link EquityStatementPlan#state(FittedClvModel, CustomerBase, ValuationTerms)}
     * @throws ModelException as {@link EquityStatementPlan#state(FittedClvModel, CustomerBase, ValuationTerms)}
     */
    public static WhatIf of(EquityStatementPlan plan, FittedClvModel model, CustomerBase base, ValuationTerms terms) {
        return of(plan, model, base, terms, Execution.sequential());
    }

    /**
     * Values the customers as they are, on threads and with progress as told.
     *
     * @param plan what a statement counts
     * @param model the fitted model
     * @param base the customers
     * @param terms the terms of the valuation
     * @param execution how this work, and that of all questions, is run; results do not depend on it
     * @return what can be asked
     * @throws IllegalArgumentException as {@link EquityStatementPlan#state(FittedClvModel, CustomerBase, ValuationTerms)}
     * @throws ModelException as {@link EquityStatementPlan#state(FittedClvModel, CustomerBase, ValuationTerms)}
     */
    public static WhatIf of(
            EquityStatementPlan plan,
            FittedClvModel model,
            CustomerBase base,
            ValuationTerms terms,
            Execution execution) {
        return new WhatIf(plan, model, base, terms, execution);
    }

    /**
     * Returns the statement without a change.
     *
     * @return the statement
     */
    public EquityStatement before() {
        return before;
    }

    /**
     * Tells why a scenario cannot be computed.
     *
     * @param scenario the changes
     * @return the reason; empty if it can
     */
    public Optional<String> refusal(Scenario scenario) {
        double margin = terms.margin().fraction() * scenario.factor(Lever.MARGIN);
        if (!(margin <= 1)) {
            return Optional.of("margin: × " + scenario.factor(Lever.MARGIN) + " is " + margin + ", above 1");
        }
        double rate = discountRate(scenario).continuousPerPeriod(1);
        if (terms.horizon().isInfinite() && !(rate > Math.max(0, Math.log1p(plan.growth())))) {
            return Optional.of("discount-rate: × " + scenario.factor(Lever.DISCOUNT_RATE)
                    + " leaves no discount beyond growth, over an infinite horizon");
        }
        boolean ofOrders = model instanceof TransactionSpendModel.Fitted;
        if (!ofOrders && scenario.factor(Lever.SPEND) != 1) {
            return Optional.of("spend: the model " + model.name() + " has no amounts of orders");
        }
        RateChange change = change(scenario);
        if (!change.isNone()
                && !(model instanceof TransactionSpendModel.Fitted fitted
                        && fitted.transactions() instanceof ChangeableRates rates
                        && rates.canChange(change))) {
            Lever lever = canChange(new RateChange(change.purchaseFactor(), 1)) ? Lever.RETENTION : Lever.PURCHASE_RATE;
            return Optional.of(lever + ": the model " + model.name() + " does not say what it would change");
        }
        return Optional.empty();
    }

    private boolean canChange(RateChange change) {
        return change.isNone()
                || (model instanceof TransactionSpendModel.Fitted fitted
                        && fitted.transactions() instanceof ChangeableRates rates
                        && rates.canChange(change));
    }

    private static RateChange change(Scenario scenario) {
        return new RateChange(scenario.factor(Lever.PURCHASE_RATE), 1 / scenario.factor(Lever.RETENTION));
    }

    private DiscountRate discountRate(Scenario scenario) {
        double factor = scenario.factor(Lever.DISCOUNT_RATE);
        return factor == 1
                ? terms.discountRate()
                : DiscountRate.annual(terms.discountRate().effectiveAnnual() * factor);
    }

    /**
     * Computes a scenario.
     *
     * @param scenario the changes
     * @return equity before and after
     * @throws ModelException if the model cannot follow a change, or a change leads out of a range; see {@link #refusal}
     */
    public ScenarioResult run(Scenario scenario) {
        return new ScenarioResult(scenario, before, scenario.factors().isEmpty() ? before : state(scenario));
    }

    private EquityStatement state(Scenario scenario) {
        refusal(scenario).ifPresent(reason -> {
            throw new ModelException("the scenario cannot be computed; " + reason);
        });
        ValuationTerms changed = ValuationTerms.of(
                terms.horizon(),
                discountRate(scenario),
                Margin.of(terms.margin().fraction() * scenario.factor(Lever.MARGIN)),
                terms.timing());
        if (terms.periodsPerYear().isPresent()) {
            changed = changed.withPeriodsPerYear(terms.periodsPerYear().getAsDouble());
        }
        return plan.scaled(
                        scenario.factor(Lever.SPEND),
                        scenario.factor(Lever.MARGIN),
                        scenario.factor(Lever.ACQUISITION_COST))
                .state(changed(scenario), base, changed, execution);
    }

    private FittedClvModel changed(Scenario scenario) {
        if (!(model instanceof TransactionSpendModel.Fitted fitted)) {
            return model;
        }
        FittedTransactionModel transactions = fitted.transactions();
        RateChange change = change(scenario);
        if (!change.isNone() && transactions instanceof ChangeableRates rates) {
            transactions = new ChangedTransactions(transactions, rates, change);
        }
        double spend = scenario.factor(Lever.SPEND);
        return TransactionSpendModel.Fitted.of(
                transactions, spend == 1 ? fitted.spend() : new ScaledSpend(fitted.spend(), spend));
    }

    private BigDecimal equity(Scenario scenario) {
        return (scenario.factors().isEmpty() ? before : state(scenario))
                .total()
                .netFutureValue()
                .contribution();
    }

    /**
     * Makes each lever less and more by a part, one at a time.
     *
     * @param change the part, as 0.1; in (0, 1)
     * @return the bars, by falling swing; levers that cannot change both ways are left out with a note
     * @throws IllegalArgumentException if the part is out of its range
     */
    public Tornado tornado(double change) {
        if (!(change > 0 && change < 1)) {
            throw new IllegalArgumentException("`change` must be in (0, 1), but was " + change);
        }
        List<TornadoBar> bars = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Lever lever : Lever.values()) {
            Scenario less = Scenario.none().with(lever, 1 - change);
            Scenario more = Scenario.none().with(lever, 1 + change);
            Optional<String> refusal = refusal(less).or(() -> refusal(more));
            if (refusal.isPresent()) {
                notes.add(refusal.get());
            } else {
                bars.add(new TornadoBar(lever, equity(less), equity(more)));
            }
        }
        bars.sort(Comparator.comparing(TornadoBar::swing).reversed());
        return new Tornado(change, equity(Scenario.none()), bars, notes);
    }

    /**
     * Returns by how many percent equity changes when a lever changes by one. By differences of four points, of expectations that have no
     * noise: six digits. Where the margin is 1 its own lever can only fall, so that it is asked below.
     *
     * @return the elasticity of each lever that the model can follow
     * @throws ModelException if equity is not above 0, which has no logarithm
     */
    public Elasticities elasticities() {
        BigDecimal equity = equity(Scenario.none());
        if (equity.signum() <= 0) {
            throw new ModelException("elasticities are of a net future value above 0, but it is " + equity);
        }
        Map<Lever, Double> values = new EnumMap<>(Lever.class);
        List<String> notes = new ArrayList<>();
        for (Lever lever : Lever.values()) {
            Optional<String> refusal =
                    refusal(at(lever, -2)).or(() -> refusal(at(lever, lever == Lever.MARGIN ? 0 : 2)));
            if (refusal.isPresent()) {
                notes.add(refusal.get());
                continue;
            }
            double slope;
            if (lever == Lever.MARGIN) {
                // A straight line in the margin, whatever else there is.
                double less = Math.exp(-2 * STEP);
                slope = equity.subtract(equity(at(lever, -2))).doubleValue() / (1 - less);
            } else {
                double near =
                        equity(at(lever, 1)).subtract(equity(at(lever, -1))).doubleValue();
                double far =
                        equity(at(lever, 2)).subtract(equity(at(lever, -2))).doubleValue();
                slope = (8 * near - far) / (12 * STEP);
            }
            values.put(lever, slope / equity.doubleValue());
        }
        return new Elasticities(equity, values, notes);
    }

    private static Scenario at(Lever lever, int steps) {
        return Scenario.none().with(lever, Math.exp(steps * STEP));
    }

    /**
     * Finds the factor on a lever at which equity reaches a target: the nearest to 1 on either side, in strides, within a factor of 1000.
     *
     * @param lever the lever
     * @param target the net future value that is to be reached
     * @return where it is reached
     * @throws ModelException if the model cannot follow the lever, or the target is not reached; the message says how far equity goes
     */
    public BreakEven breakEven(Lever lever, BigDecimal target) {
        refusal(Scenario.none().with(lever, 1 / STRIDE)).ifPresent(reason -> {
            throw new ModelException("there is no break-even; " + reason);
        });
        double atOne = over(lever, 1, target);
        if (atOne == 0) {
            return result(lever, target, 1);
        }
        double up = 1;
        double down = 1;
        double valueUp = atOne;
        double valueDown = atOne;
        boolean more = true;
        while (more) {
            more = false;
            double next = Math.min(up * STRIDE, furthestUp(lever));
            if (next > up && refusal(Scenario.none().with(lever, next)).isEmpty()) {
                double value = over(lever, next, target);
                if (value == 0 || (value > 0) != (valueUp > 0)) {
                    return result(lever, target, root(lever, target, up, valueUp, next, value));
                }
                up = next;
                valueUp = value;
                more = true;
            }
            next = Math.max(down / STRIDE, 1 / FURTHEST);
            if (next < down && refusal(Scenario.none().with(lever, next)).isEmpty()) {
                double value = over(lever, next, target);
                if (value == 0 || (value > 0) != (valueDown > 0)) {
                    return result(lever, target, root(lever, target, down, valueDown, next, value));
                }
                down = next;
                valueDown = value;
                more = true;
            }
        }
        throw new ModelException("no factor on " + lever + " in [" + down + ", " + up + "] makes equity " + target
                + ": at its ends it is " + equity(Scenario.none().with(lever, down)) + " and "
                + equity(Scenario.none().with(lever, up)));
    }

    private double furthestUp(Lever lever) {
        return lever == Lever.MARGIN ? Math.min(FURTHEST, 1 / terms.margin().fraction()) : FURTHEST;
    }

    private double over(Lever lever, double factor, BigDecimal target) {
        return equity(Scenario.none().with(lever, factor)).subtract(target).doubleValue();
    }

    /** Illinois: the secant of a bracket, in which an end that stays counts half, and the middle where that does not help. */
    private double root(Lever lever, BigDecimal target, double a, double atA, double b, double atB) {
        double low = a;
        double high = b;
        double atLow = atA;
        double atHigh = atB;
        double best = Math.abs(atA) < Math.abs(atB) ? a : b;
        double bestValue = Math.min(Math.abs(atA), Math.abs(atB));
        double close = Math.max(MILLIONTH, PRECISION * Math.abs(target.doubleValue()));
        for (int i = 0;
                i < MOST_ITERATIONS && bestValue > close && Math.abs(high - low) > PRECISION * Math.abs(low);
                i++) {
            double secant = high - atHigh * (high - low) / (atHigh - atLow);
            boolean inside = secant > Math.min(low, high) && secant < Math.max(low, high);
            double next = inside && (i < SECANTS || i % 2 == 0) ? secant : (low + high) / 2;
            double value = over(lever, next, target);
            if (Math.abs(value) < bestValue) {
                best = next;
                bestValue = Math.abs(value);
            }
            if (value == 0) {
                return next;
            }
            if ((value > 0) == (atHigh > 0)) {
                high = next;
                atHigh = value;
                atLow /= 2;
            } else {
                low = high;
                atLow = atHigh;
                high = next;
                atHigh = value;
            }
        }
        return best;
    }

    private BreakEven result(Lever lever, BigDecimal target, double factor) {
        OptionalDouble value =
                switch (lever) {
                    case MARGIN -> OptionalDouble.of(terms.margin().fraction() * factor);
                    case DISCOUNT_RATE -> OptionalDouble.of(terms.discountRate().effectiveAnnual() * factor);
                    default -> OptionalDouble.empty();
                };
        return new BreakEven(
                lever, target, factor, value, equity(Scenario.none().with(lever, factor)));
    }
}
