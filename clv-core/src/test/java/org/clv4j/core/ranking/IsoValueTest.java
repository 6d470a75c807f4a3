// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.junit.jupiter.api.Test;

/** Values of {@link Lapsing} are 5 x z̄ (t/T)^x under these terms. */
class IsoValueTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(10), DiscountRate.none(), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);

    private static IsoValue of(Lapsing model) {
        return IsoValue.of(TransactionSpendModel.Fitted.of(model, new Lapsing.SameSpend()), TERMS, TimeScale.WEEKS, 20);
    }

    @Test
    void aGridHoldsTheValueOfEachHistory() {
        IsoValueGrid grid = of(new Lapsing()).grid(List.of(0, 1, 3), List.of(0, 10, 20.0), List.of(2, 4));
        assertThat(grid.age()).isEqualTo(20);
        assertThat(grid.frequencies()).containsExactly(0, 1, 3);
        assertThat(grid.recencies()).containsExactly(0.0, 10.0, 20.0);
        assertThat(grid.spends()).containsExactly(2.0, 4.0);
        assertThat(grid.basis().terms()).isEqualTo(TERMS);
        assertThat(grid.value(1, 1, 1)).isCloseTo(5 * 4 * 0.5, within(1e-12));
        assertThat(grid.value(2, 1, 0)).isCloseTo(5 * 3 * 2 * 0.125, within(1e-12));
        assertThat(grid.value(2, 2, 1)).isCloseTo(5 * 3 * 4, within(1e-12));
        assertThat(grid.value(2, 0, 1)).isZero();
        assertThat(grid.value(0, 2, 1)).as("no repeat purchase, no recency").isEqualTo(grid.value(0, 0, 0));
        assertThat(grid.toString()).contains("age 20.0");
    }

    /** 5 x z̄ (t/T)^x = v: t = T (v / 5 x z̄)^(1/x), none where a customer seen today is worth less. */
    @Test
    void contoursAreSolvedOnTheContinuumAndBendBack() {
        IsoValue iso = of(new Lapsing());
        List<IsoValuePoint> contour = iso.contour(25, List.of(1, 2, 3, 4, 8, 16), 2);
        assertThat(contour).extracting(IsoValuePoint::frequency).containsExactly(3, 4, 8, 16);
        for (IsoValuePoint point : contour) {
            int x = point.frequency();
            assertThat(point.recency()).isCloseTo(20 * Math.pow(25.0 / (10 * x), 1.0 / x), within(1e-11));
            assertThat(iso.value(x, point.recency(), 2)).isCloseTo(25, within(1e-9));
            assertThat(point.value()).isEqualTo(25);
            assertThat(point.spend()).isEqualTo(2);
        }
        double first = contour.get(0).recency();
        double lowest =
                contour.stream().mapToDouble(IsoValuePoint::recency).min().orElseThrow();
        double last = contour.get(3).recency();
        assertThat(lowest).as("falls, then rises").isLessThan(first).isLessThan(last);
        assertThat(iso.recencies(10, 1, 2)).as("at the end of the range").containsExactly(20.0);
        assertThat(iso.recencies(10.1, 1, 2)).isEmpty();
    }

    /** A model whose value falls with recency after the middle. */
    @Test
    void bothRecenciesOfAValueAreFound() {
        IsoValue iso = of(new Lapsing() {
            @Override
            public double probabilityAlive(int frequency, double recency, double age) {
                double part = recency / age;
                return 4 * part * (1 - part);
            }
        });
        List<Double> found = iso.recencies(5 * 0.75, 1, 1);
        assertThat(found).hasSize(2);
        assertThat(found.get(0)).isCloseTo(5, within(1e-11));
        assertThat(found.get(1)).isCloseTo(15, within(1e-11));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        IsoValue iso = of(new Lapsing());
        TransactionSpendModel.Fitted model = TransactionSpendModel.Fitted.of(new Lapsing(), new Lapsing.SameSpend());
        assertThatThrownBy(() -> IsoValue.of(model, TERMS, TimeScale.WEEKS, 0)).hasMessageContaining("`age`");
        assertThatThrownBy(() -> iso.value(-1, 0, 1)).hasMessageContaining("`frequency`");
        assertThatThrownBy(() -> iso.value(1, 20.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, age = 20.0], but was 20.5");
        assertThatThrownBy(() -> iso.value(1, Double.NaN, 1)).hasMessageContaining("`recency`");
        assertThatThrownBy(() -> iso.value(1, 1, Double.NaN)).hasMessageContaining("`spend`");
        assertThatThrownBy(() -> iso.grid(List.of(), List.of(1), List.of(1))).hasMessageContaining("`frequencies`");
        assertThatThrownBy(() -> iso.grid(List.of(1.5), List.of(1), List.of(1))).hasMessageContaining("1.5");
        assertThatThrownBy(() -> iso.recencies(Double.NaN, 1, 1)).hasMessageContaining("`value`");
        assertThatThrownBy(() -> iso.recencies(1, 0, 1)).hasMessageContaining("`frequency`");
        ValuationTerms endless = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
        assertThatThrownBy(() -> IsoValue.of(model, endless, TimeScale.WEEKS, 1).value(1, 1, 1))
                .isInstanceOf(ModelException.class);
    }
}
