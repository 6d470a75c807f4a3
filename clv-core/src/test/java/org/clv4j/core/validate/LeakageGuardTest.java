// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.CustomerHistory;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FittedFeature;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.junit.jupiter.api.Test;

/** Features that were told of later days are found; honest ones pass. */
class LeakageGuardTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

    private static CustomerBase base() {
        TransactionLog log = TransactionLog.builder()
                .add("early", DAY.minusDays(30), BigDecimal.TEN)
                .add("both", DAY.minusDays(20), BigDecimal.TEN)
                .add("both", DAY, BigDecimal.ONE)
                .add("both", DAY.plusDays(1), BigDecimal.TEN)
                .add("late", DAY.plusDays(2), BigDecimal.TEN)
                .build();
        return CustomerBase.of(log, Observation.until(DAY.plusDays(60)), TimeScale.DAYS);
    }

    private record Told(String name, List<String> columns, ToDoubleFunction<CustomerHistory> value)
            implements Feature, FittedFeature {

        @Override
        public FittedFeature fit(CustomerHistories earliest) {
            return this;
        }

        @Override
        public double[][] values(CustomerHistories histories) {
            double[] values = new double[histories.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = value.applyAsDouble(histories.history(row));
            }
            return new double[][] {values};
        }

        @Override
        public ModelState state() {
            return ModelState.builder().build();
        }
    }

    private static Feature told(String name, ToDoubleFunction<CustomerHistory> value) {
        return new Told(name, List.of(name), value);
    }

    private static Map<String, Double> totals(CustomerBase base) {
        Map<String, Double> totals = new HashMap<>();
        for (int row = 0; row < base.size(); row++) {
            totals.put(base.id(row), base.totalAmountAsDouble(row));
        }
        return totals;
    }

    @Test
    void totalsOfTheWholeBaseAreFoundWithTheirCustomer() {
        assertThatThrownBy(() -> LeakageGuard.check(base(), DAY, base -> {
                    Map<String, Double> totals = totals(base);
                    return List.of(told("orders", CustomerHistory::occasions), told("total", h -> totals.get(h.id())));
                }))
                .isInstanceOf(ModelException.class)
                .hasMessage("the feature 'total' sees past 2024-03-01: 'total' of customer both is 21.0 with later"
                        + " transactions and 11.0 without");
    }

    @Test
    void honestFeaturesPass() {
        LeakageGuard.check(
                base(),
                DAY,
                base -> List.of(
                        told("orders", CustomerHistory::occasions),
                        told("total", CustomerHistory::total),
                        told("missing", h -> Double.NaN)));
        // On the last day of the observation nothing is later.
        CustomerBase all = base();
        LeakageGuard.check(all, all.observation().orElseThrow().end(), base -> {
            Map<String, Double> totals = totals(base);
            return List.of(told("total", h -> totals.get(h.id())));
        });
    }

    @Test
    void signsAndMissingValuesAreDifferences() {
        for (double[] pair : new double[][] {{0.0, -0.0}, {Double.NaN, 1}, {1, Math.nextUp(1.0)}}) {
            assertThatThrownBy(() -> LeakageGuard.check(base(), DAY, base -> {
                        double value = base.size() == 3 ? pair[0] : pair[1];
                        return List.of(told("x", h -> value));
                    }))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("customer early is " + pair[0] + " with")
                    .hasMessageContaining("and " + pair[1] + " without");
        }
    }

    @Test
    void columnsAndNumbersOfFeaturesAreDifferences() {
        assertThatThrownBy(() -> LeakageGuard.check(
                        base(),
                        DAY,
                        base -> List.of(new Told("size", List.of("of " + base.size()), CustomerHistory::occasions))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'size' sees past 2024-03-01")
                .hasMessageContaining("[of 3] with later transactions and [of 2] without");
        assertThatThrownBy(() -> LeakageGuard.check(
                        base(),
                        DAY,
                        base -> base.size() == 3 ? List.of() : List.of(told("x", CustomerHistory::occasions))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("0 features, without them 1");
    }

    /** A feature whose fitting looks at the base it closed over. */
    @Test
    void whatIsLearnedFromLaterDaysIsFound() {
        assertThatThrownBy(() -> LeakageGuard.check(
                        base(),
                        DAY,
                        base -> List.of(new Feature() {
                            @Override
                            public String name() {
                                return "mean";
                            }

                            @Override
                            public FittedFeature fit(CustomerHistories earliest) {
                                double sum = totals(base).values().stream()
                                        .mapToDouble(v -> v)
                                        .sum();
                                return new Told("mean", List.of("mean"), h -> h.total() / sum);
                            }
                        })))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'mean'")
                .hasMessageContaining("customer early");
    }

    @Test
    void badArguments() {
        CustomerBase base = base();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeakageGuard.check(base, DAY.minusDays(31), any -> List.of()))
                .withMessage("`day` must be one by which somebody had bought, but was 2024-01-30");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeakageGuard.check(base, DAY.plusDays(61), any -> List.of()))
                .withMessageContaining("`day` must not be after the end");
        CustomerBase summaries =
                CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 1, 2, 3, 4)), TimeScale.WEEKS);
        assertThatThrownBy(() -> LeakageGuard.check(summaries, DAY, any -> List.of()))
                .isInstanceOf(DataException.class);
        assertThat(base.size()).isEqualTo(3);
    }
}
