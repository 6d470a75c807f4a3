// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.List;
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
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/**
 * What every model of customer value must do, a composition of a transaction and a spend model included. Extend it in the
 * model's test tree; {@link #model()} is enough, the other methods are hooks with defaults.
 *
 * <p>A {@link ModelException} is a legal answer to terms that a model cannot value under; NaN and infinity never are.
 */
public abstract class ClvModelContract {

    /** For subclasses. */
    protected ClvModelContract() {}

    // ------------------------------------------------------------------------------------------ what the author says

    /**
     * Returns the model under test.
     *
     * @return the model
     */
    protected abstract ClvModel model();

    // --------------------------------------------------------------------------------------------------------- hooks

    /**
     * Makes the customers that the model is tried on.
     *
     * @param customers the number of customers
     * @param seed the seed
     * @return by default the weekly base of {@link SimulatedBases#ofShop()}
     */
    protected CustomerBase fittingBase(int customers, long seed) {
        return SimulatedBases.ofShop().gridded(customers, TimeScale.WEEKS, seed);
    }

    /**
     * Tells whether the future value is revenue × margin with revenue of at least 0, so that it grows with the horizon, falls
     * with the discount rate, and is proportional to the margin.
     *
     * @return true by default
     */
    protected boolean isRevenueTimesMargin() {
        return true;
    }

    /**
     * Returns how far, relatively, values may be off an identity.
     *
     * @return 1e-9 by default
     */
    protected double tolerance() {
        return 1e-9;
    }

    /**
     * Draws terms.
     *
     * @return by default horizons of 0.5 to 200 periods, rates to 50 % a year, all margins and timings
     */
    @Provide
    protected Arbitrary<ValuationTerms> terms() {
        return Combinators.combine(
                        Arbitraries.oneOf(Draws.logUniform(0.5, 200), Arbitraries.of(1.0, 39.0, 52.0)),
                        Draws.uniform(0, 0.5),
                        Draws.uniform(0.01, 1),
                        Arbitraries.of(CashFlowTiming.values()))
                .as((horizon, rate, margin, timing) ->
                        ValuationTerms.of(Horizon.of(horizon), DiscountRate.annual(rate), Margin.of(margin), timing));
    }

    // ------------------------------------------------------------------------------------------------------- values

    /**
     * Values are finite, belong to the customers of the base in its order, and carry their terms; current and future value make
     * the lifetime value.
     *
     * @param terms the terms
     */
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    public void valuesAreFiniteAndBelongToTheirCustomers(@ForAll("terms") ValuationTerms terms) {
        CustomerBase base = fittingBase(120, 1);
        FittedClvModel fitted = model().fit(base);
        CustomerBase others = fittingBase(90, 2);
        for (CustomerBase valued : List.of(base, others)) {
            CustomerValues values = fitted.value(valued, terms);
            Expect.that(
                    values.base() == valued && values.size() == valued.size(),
                    () -> "values must belong to the base that was valued");
            Expect.that(
                    values.terms().equals(terms), () -> "values must carry " + terms + ", but had " + values.terms());
            Expect.that(
                    values.model().equals(fitted.name()),
                    () -> "values must carry the model's name " + fitted.name() + ", but had " + values.model());
            for (ValueColumn column : ValueColumn.values()) {
                for (int row = 0; values.has(column) && row < values.size(); row++) {
                    Expect.finite(values.get(column, row), column.toString(), valued.summary(row));
                }
            }
            for (int row = 0; row < values.size(); row++) {
                String id = valued.id(row);
                Expect.finite(values.currentValue(row), "current value", id);
                Expect.sameBits(
                        values.lifetimeValue(row),
                        values.currentValue(row) + values.futureValue(row),
                        "lifetime value, against current + future",
                        id);
                Expect.sameBits(
                        values.futureValueOf(id).orElse(Double.NaN), values.futureValue(row), "value by id", id);
                if (isRevenueTimesMargin()) {
                    Expect.atLeastZero(values.futureValue(row), "future value", valued.summary(row));
                }
            }
            checkColumns(values);
        }
    }

    private void checkColumns(CustomerValues values) {
        for (int row = 0; row < values.size(); row++) {
            String who = values.base().summary(row) + " under " + values.terms();
            if (values.has(ValueColumn.PROBABILITY_ALIVE)) {
                double alive = values.get(ValueColumn.PROBABILITY_ALIVE, row);
                Expect.within(alive, 0, 1, "p_alive", who);
                if (values.has(ValueColumn.PROBABILITY_ACTIVE)) {
                    Expect.within(values.get(ValueColumn.PROBABILITY_ACTIVE, row), 0, alive, "p_active", who);
                }
            }
            if (values.has(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS)) {
                double discounted = values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, row);
                if (values.has(ValueColumn.EXPECTED_TRANSACTIONS)) {
                    Expect.ordered(
                            discounted,
                            values.get(ValueColumn.EXPECTED_TRANSACTIONS, row),
                            1e-6,
                            "discounted and undiscounted transactions",
                            who);
                }
                if (values.has(ValueColumn.EXPECTED_SPEND) && isRevenueTimesMargin()) {
                    Expect.close(
                            values.futureValue(row),
                            discounted
                                    * values.get(ValueColumn.EXPECTED_SPEND, row)
                                    * values.terms().margin().fraction(),
                            tolerance(),
                            "future value, against discounted transactions × spend × margin",
                            who);
                }
            }
        }
    }

    /**
     * A customer is worth the same in whatever company and order it is valued.
     *
     * @param terms the terms
     */
    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
    public void aValueDoesNotDependOnTheOthers(@ForAll("terms") ValuationTerms terms) {
        CustomerBase base = fittingBase(80, 3);
        FittedClvModel fitted = model().fit(base);
        CustomerValues whole = fitted.value(base, terms);
        CustomerBase shuffled = Bases.shuffled(base);
        List<CustomerSummary> few = new ArrayList<>();
        for (int row = 10; row < 17; row++) {
            few.add(base.summary(row));
        }
        for (CustomerBase other : List.of(shuffled, CustomerBase.ofSummaries(few, base.timeScale()))) {
            CustomerValues values = fitted.value(other, terms);
            for (int row = 0; row < other.size(); row++) {
                Expect.sameBits(
                        values.futureValue(row),
                        whole.futureValue(base.indexOf(other.id(row))),
                        "future value in another base",
                        other.summary(row));
            }
        }
    }

    /**
     * More margin is worth more in proportion, a longer horizon no less, a higher rate and later payment no more.
     *
     * @param terms the terms
     */
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    public void valuesFollowTheTerms(@ForAll("terms") ValuationTerms terms) {
        if (!isRevenueTimesMargin()) {
            return;
        }
        CustomerBase base = fittingBase(60, 4);
        FittedClvModel fitted = model().fit(base);
        double[] clv = fitted.value(base, terms).column(ValueColumn.CLV);
        Horizon horizon = terms.horizon();
        DiscountRate rate = terms.discountRate();
        Margin margin = terms.margin();
        CashFlowTiming timing = terms.timing();
        double[] revenue = value(fitted, base, horizon, rate, Margin.ofRevenue(), timing);
        double[] longer = value(fitted, base, Horizon.of(horizon.periods() * 1.5), rate, margin, timing);
        double[] dearer =
                value(fitted, base, horizon, DiscountRate.annual(rate.effectiveAnnual() + 0.1), margin, timing);
        double[] begin = value(fitted, base, horizon, rate, margin, CashFlowTiming.PERIOD_BEGIN);
        double[] middle = value(fitted, base, horizon, rate, margin, CashFlowTiming.PERIOD_MID);
        double[] end = value(fitted, base, horizon, rate, margin, CashFlowTiming.PERIOD_END);
        for (int row = 0; row < base.size(); row++) {
            String who = base.summary(row) + " under " + terms;
            Expect.close(clv[row], revenue[row] * margin.fraction(), tolerance(), "value at a margin", who);
            Expect.ordered(clv[row], longer[row], tolerance(), "value of a longer horizon", who);
            Expect.ordered(dearer[row], clv[row], tolerance(), "value at a higher rate", who);
            Expect.ordered(middle[row], begin[row], tolerance(), "value paid at the middle and at the beginning", who);
            Expect.ordered(end[row], middle[row], tolerance(), "value paid at the end and at the middle", who);
        }
    }

    private static double[] value(
            FittedClvModel fitted,
            CustomerBase base,
            Horizon horizon,
            DiscountRate rate,
            Margin margin,
            CashFlowTiming timing) {
        return fitted.value(base, ValuationTerms.of(horizon, rate, margin, timing))
                .column(ValueColumn.CLV);
    }

    /** The infinite horizon is no less than any finite one, or refused with a reason. */
    @Example
    public void endlessHorizonsAreValuedOrRefused() {
        CustomerBase base = fittingBase(120, 5);
        FittedClvModel fitted = model().fit(base);
        ValuationTerms endless = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
        double[] whole;
        try {
            whole = fitted.value(base, endless).column(ValueColumn.CLV);
        } catch (RuntimeException refused) {
            Parameters.checkRefusal(refused, "an endless horizon");
            return;
        }
        double[] finite = value(
                fitted, base, Horizon.of(520), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
        for (int row = 0; row < whole.length && isRevenueTimesMargin(); row++) {
            Expect.ordered(finite[row], whole[row], 1e-6, "value of ten years and of an endless horizon", row);
        }
    }

    /** A base in another time unit than that of the fit is refused, where the fit has a unit. */
    @Example
    public void anotherTimeUnitIsRefused() {
        CustomerBase base = fittingBase(120, 6);
        FittedClvModel fitted = model().fit(base);
        boolean hasUnit = fitted.reports().stream()
                .map(FitReport::timeScale)
                .anyMatch(scale -> scale.isPresent() && scale.get() == base.timeScale());
        if (hasUnit) {
            TimeScale other = base.timeScale() == TimeScale.DAYS ? TimeScale.WEEKS : TimeScale.DAYS;
            CustomerBase wrong = CustomerBase.ofSummaries(Bases.summaries(base), other);
            ValuationTerms terms = ValuationTerms.of(
                    Horizon.of(39), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
            Expect.refused(
                    ModelException.class,
                    other.toString(),
                    "a base in " + other + " for a model in " + base.timeScale(),
                    () -> fitted.value(wrong, terms));
        }
    }

    /** The same base gives the same bits, again and in several threads; a base without customers has no values. */
    @Example
    public void fitsAndValuesAreRepeatable() {
        CustomerBase base = fittingBase(150, 7);
        ValuationTerms terms = ValuationTerms.of(
                Horizon.of(26.5), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
        FittedClvModel fitted = model().fit(base);
        double[] alone = fitted.value(base, terms).column(ValueColumn.CLV);
        for (double[] again :
                Bases.inThreads(4, () -> model().fit(base).value(base, terms).column(ValueColumn.CLV))) {
            for (int row = 0; row < alone.length; row++) {
                Expect.sameBits(again[row], alone[row], "value by another fit in another thread", base.summary(row));
            }
        }
        CustomerBase nobody = CustomerBase.ofSummaries(List.of(), base.timeScale());
        Expect.that(fitted.value(nobody, terms).size() == 0, () -> "no customers must have no values");
    }

    /** From hardly any data comes a ModelException, or finite values. */
    @Example
    public void poorDataAreRefusedOrValued() {
        ValuationTerms terms = ValuationTerms.of(
                Horizon.of(39), DiscountRate.annual(0.15), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
        List<CustomerSummary> oneTime = new ArrayList<>();
        List<CustomerSummary> newest = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            oneTime.add(CustomerSummary.of("c" + i, 0, 0, 9));
            newest.add(CustomerSummary.of("c" + i, 0, 0, 0));
        }
        List<CustomerSummary> one = List.of(CustomerSummary.of("a", 3, 5, 9, 20));
        List<CustomerSummary> none = List.of();
        for (List<CustomerSummary> poor : List.of(none, one, oneTime, newest)) {
            CustomerBase base = CustomerBase.ofSummaries(poor, TimeScale.WEEKS);
            try {
                CustomerValues values = model().fit(base).value(base, terms);
                Expect.that(values.size() == poor.size(), () -> "there must be a value for each of " + poor);
            } catch (RuntimeException refused) {
                Parameters.checkRefusal(refused, poor.size() + " customers");
            }
        }
    }
}
