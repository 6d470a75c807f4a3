// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

/** A Poisson process has all values in closed form, so that conventions of timing show. */
class TransactionSpendModelTest {

    private static final double RATE = 0.125;
    private static final double DELTA = Math.log(1.15) / 52;
    private static final CustomerBase BASE = CustomerBase.ofSummaries(
            List.of(CustomerSummary.of("regular", 3, 20, 30, 40), CustomerSummary.of("new", 0, 0, 10)),
            TimeScale.WEEKS);

    private static ValuationTerms terms(Horizon horizon, CashFlowTiming timing) {
        return ValuationTerms.of(horizon, DiscountRate.annual(0.15), Margin.of(0.3), timing)
                .withPeriodsPerYear(52);
    }

    private static double[] discounted(double horizon, CashFlowTiming timing) {
        return TransactionSpendModel.discountedTransactions(
                new Fakes.Poisson(RATE, null), BASE, terms(Horizon.of(horizon), timing));
    }

    @Test
    void atPurchaseDiscountsContinuously() {
        assertThat(discounted(39, CashFlowTiming.AT_PURCHASE)[0])
                .isCloseTo(RATE * (1 - Math.exp(-DELTA * 39)) / DELTA, within(1e-12));
    }

    @Test
    void periodsDiscountByTheirBeginningMiddleOrEnd() {
        for (CashFlowTiming timing : CashFlowTiming.values()) {
            if (timing == CashFlowTiming.AT_PURCHASE) {
                continue;
            }
            double offset = timing == CashFlowTiming.PERIOD_BEGIN ? 1 : timing == CashFlowTiming.PERIOD_MID ? 0.5 : 0;
            double sum = 0;
            for (int period = 1; period <= 39; period++) {
                sum += RATE * Math.exp(-DELTA * (period - offset));
            }
            assertThat(discounted(39, timing)).as("%s", timing).containsExactly(new double[] {sum, sum}, within(1e-12));
            // The half period at the end has half the purchases and a whole period's factor.
            sum += RATE / 2 * Math.exp(-DELTA * (40 - offset));
            assertThat(discounted(39.5, timing)[1]).as("%s", timing).isCloseTo(sum, within(1e-12));
        }
    }

    @Test
    void timingsAreInTheOrderOfPayment() {
        double begin = discounted(39, CashFlowTiming.PERIOD_BEGIN)[0];
        double middle = discounted(39, CashFlowTiming.PERIOD_MID)[0];
        double end = discounted(39, CashFlowTiming.PERIOD_END)[0];
        assertThat(begin).isGreaterThan(middle);
        assertThat(middle).isGreaterThan(end);
        // The middle is the continuous value up to second order in the rate.
        assertThat(middle).isCloseTo(discounted(39, CashFlowTiming.AT_PURCHASE)[0], Percentage.withPercentage(1e-4));
        assertThat(begin).isCloseTo(end * Math.exp(DELTA), Percentage.withPercentage(1e-10));
    }

    @Test
    void atRateZeroEveryTimingCountsPurchases() {
        for (CashFlowTiming timing : CashFlowTiming.values()) {
            double[] counted = TransactionSpendModel.discountedTransactions(
                    new Fakes.Poisson(RATE, null),
                    BASE,
                    ValuationTerms.of(Horizon.of(1e12), DiscountRate.none(), Margin.ofRevenue(), timing));
            assertThat(counted[0]).as("%s", timing).isCloseTo(RATE * 1e12, Percentage.withPercentage(1e-10));
        }
    }

    @Test
    void hugeHorizonsEndWhereDiscountingLeavesNothing() {
        assertThat(discounted(1e15, CashFlowTiming.PERIOD_END)[0])
                .isCloseTo(RATE / Math.expm1(DELTA), Percentage.withPercentage(1e-8));
    }

    @Test
    void infiniteHorizonsNeedTheCapability() {
        ValuationTerms endless = terms(Horizon.infinite(), CashFlowTiming.AT_PURCHASE);
        assertThat(TransactionSpendModel.discountedTransactions(new Fakes.EndlessPoisson(RATE, null), BASE, endless))
                .containsExactly(new double[] {RATE / DELTA, RATE / DELTA}, within(1e-10));
        assertThatThrownBy(() ->
                        TransactionSpendModel.discountedTransactions(new Fakes.Poisson(RATE, null), BASE, endless))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("poisson")
                .hasMessageContaining("finite horizon");
    }

    @Test
    void valueIsDiscountedPurchasesTimesSpendTimesMargin() {
        TransactionSpendModel.Fitted model = TransactionSpendModel.of(
                        base -> new Fakes.EndlessPoisson(RATE, Fakes.report(TimeScale.WEEKS)),
                        base -> new Fakes.SameSpend(25))
                .fit(BASE);
        assertThat(model.name()).isEqualTo("poisson × same-spend");
        assertThat(model.transactions().name()).isEqualTo("poisson");
        assertThat(model.spend().name()).isEqualTo("same-spend");
        assertThat(model.reports()).extracting(FitReport::model).containsExactly("poisson", "same-spend");

        CustomerValues values = model.value(BASE, terms(Horizon.of(39), CashFlowTiming.AT_PURCHASE));
        double discounted = RATE * (1 - Math.exp(-DELTA * 39)) / DELTA;
        double[] spend = {40, 25};
        for (int row = 0; row < 2; row++) {
            assertThat(values.get(ValueColumn.PROBABILITY_ALIVE, row)).isEqualTo(1);
            assertThat(values.get(ValueColumn.PROBABILITY_ACTIVE, row)).isEqualTo(-Math.expm1(-RATE * 39));
            assertThat(values.get(ValueColumn.EXPECTED_TRANSACTIONS, row)).isEqualTo(RATE * 39);
            assertThat(values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, row))
                    .isCloseTo(discounted, within(1e-12));
            assertThat(values.get(ValueColumn.EXPECTED_SPEND, row)).isEqualTo(spend[row]);
            assertThat(values.futureValue(row)).isCloseTo(discounted * spend[row] * 0.3, within(1e-12));
        }
        assertThat(values.warnings()).containsExactly("same-spend: spend stays as it was");

        CustomerValues endless = model.value(BASE, terms(Horizon.infinite(), CashFlowTiming.AT_PURCHASE));
        assertThat(endless.has(ValueColumn.EXPECTED_TRANSACTIONS)).isFalse();
        assertThat(endless.has(ValueColumn.PROBABILITY_ACTIVE)).isFalse();
        assertThat(endless.futureValue(0)).isCloseTo(RATE / DELTA * 40 * 0.3, Percentage.withPercentage(1e-10));
    }

    @Test
    void unitsOfFitAndBaseMustBeTheSame() {
        TransactionSpendModel.Fitted model = TransactionSpendModel.Fitted.of(
                new Fakes.Poisson(RATE, Fakes.report(TimeScale.DAYS)), new Fakes.SameSpend(25));
        assertThatThrownBy(() -> model.value(BASE, terms(Horizon.of(39), CashFlowTiming.AT_PURCHASE)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("days")
                .hasMessageContaining("weeks");
        assertThatThrownBy(() -> TransactionSpendModel.Fitted.of(null, new Fakes.SameSpend(1)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("transactions");
        assertThatThrownBy(() -> TransactionSpendModel.of(base -> new Fakes.Poisson(RATE, null), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("spend");
    }

    @Test
    void batchesCheckTheirRange() {
        Fakes.EndlessPoisson model = new Fakes.EndlessPoisson(RATE, null);
        double[] out = {-1, -1, -1};
        model.expectedTransactionsInto(BASE, 1, 2, 8, out);
        assertThat(out).containsExactly(1, -1, -1);
        new Fakes.SameSpend(25).expectedSpendInto(BASE, 0, 2, out);
        assertThat(out).containsExactly(40, 25, -1);
        model.logLikelihoodInto(BASE, 0, 2, out);
        assertThat(out[0]).isEqualTo(model.logLikelihood(3, 20, 30));
        model.discountedExpectedResidualTransactionsInto(BASE, 0, 1, 0.5, out);
        assertThat(out[0]).isEqualTo(RATE / 0.5);
        assertThat(new Fakes.SameSpend(25).expectedSpendOfNewCustomer()).isEqualTo(25);
        assertThatThrownBy(() -> model.probabilityAliveInto(BASE, 0, 3, out))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> model.probabilityActiveInto(BASE, -1, 2, 8, out))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> model.discountedExpectedTransactionsInto(BASE, 0, 2, 8, 0.1, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`out`");
    }
}
