// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.value.RetentionRate;
import org.junit.jupiter.api.Test;

class RepeatBuyingRateTest {

    /** a buys in 2022, 2023 and 2024; b in 2022 and 2024; c in 2023 and 2024. */
    private static CustomerBase base(Observation observation) {
        TransactionLog log = TransactionLog.of(Stream.of(
                        "a 2022-05-01",
                        "b 2022-07-01",
                        "b 2022-08-09",
                        "a 2023-02-01",
                        "c 2023-11-11",
                        "a 2024-03-01",
                        "a 2024-04-01",
                        "b 2024-01-31",
                        "c 2024-02-02")
                .map(text -> text.split(" ", -1))
                .map(parts -> Transaction.of(parts[0], LocalDate.parse(parts[1]), BigDecimal.TEN))
                .toList());
        return CustomerBase.of(log, observation, TimeScale.WEEKS);
    }

    @Test
    void byHand() {
        List<RepeatBuyingRate> rates =
                RepeatBuyingRate.byPeriod(base(Observation.untilIso("2024-12-31")), CohortPeriod.YEAR);
        assertThat(rates).extracting(RepeatBuyingRate::toString).containsExactly("2022: 0.5", "2023: 1.0");
        assertThat(rates.get(0).buyers()).isEqualTo(2);
        assertThat(rates.get(0).again()).isEqualTo(1);
        assertThat(rates.get(1).buyers()).isEqualTo(2);
    }

    /** A year that ends in June looks like one in which fewer came back. */
    @Test
    void periodsThatTheObservationCutsAreLeftOut() {
        assertThat(RepeatBuyingRate.byPeriod(base(Observation.untilIso("2024-06-30")), CohortPeriod.YEAR))
                .extracting(RepeatBuyingRate::period)
                .containsExactly("2022");
        assertThat(RepeatBuyingRate.byPeriod(
                        base(Observation.of(LocalDate.of(2022, 2, 1), LocalDate.of(2024, 12, 31))), CohortPeriod.YEAR))
                .extracting(RepeatBuyingRate::period)
                .containsExactly("2023");
        assertThat(RepeatBuyingRate.byPeriod(
                        base(Observation.of(LocalDate.of(2022, 1, 1), LocalDate.of(2024, 12, 31))), CohortPeriod.YEAR))
                .hasSize(2);
        assertThat(RepeatBuyingRate.byPeriod(base(Observation.untilIso("2022-12-31")), CohortPeriod.YEAR))
                .isEmpty();
    }

    /** The shorter the period, the lower the rate, though the customers are the same. */
    @Test
    void shorterPeriodsHaveLowerRates() {
        CustomerBase base = base(Observation.untilIso("2024-12-31"));
        assertThat(mean(base, CohortPeriod.QUARTER)).isLessThan(mean(base, CohortPeriod.YEAR));
    }

    private static double mean(CustomerBase base, CohortPeriod period) {
        return RepeatBuyingRate.byPeriod(base, period).stream()
                .mapToDouble(RepeatBuyingRate::value)
                .average()
                .orElseThrow();
    }

    @Test
    void rowsCountByTheirWeight() {
        CustomerBase base = base(Observation.untilIso("2024-12-31")).withWeights(new double[] {3, 1, 2});
        assertThat(RepeatBuyingRate.byPeriod(base, CohortPeriod.YEAR))
                .extracting(RepeatBuyingRate::value)
                .containsExactly(0.75, 1.0);
    }

    @Test
    void itIsNoRetentionRate() {
        assertThat(RetentionRate.class.isAssignableFrom(RepeatBuyingRate.class)).isFalse();
        assertThat(Number.class.isAssignableFrom(RepeatBuyingRate.class)).isFalse();
        CustomerBase contracts = CustomerBase.ofContracts(
                List.of(Contract.since("a", LocalDate.of(2022, 1, 1))), LocalDate.of(2024, 1, 1), TimeScale.MONTHS);
        assertThatThrownBy(() -> RepeatBuyingRate.byPeriod(contracts, CohortPeriod.YEAR))
                .isInstanceOf(IllegalArgumentException.class);
        CustomerBase mixed = base(Observation.untilIso("2024-12-31"))
                .withContracts(List.of(Contract.since("d", LocalDate.of(2022, 1, 1))));
        assertThatThrownBy(() -> RepeatBuyingRate.byPeriod(mixed, CohortPeriod.YEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CohortTriangle");
        CustomerBase summaries =
                CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 1, 2, 3, 4)), TimeScale.WEEKS);
        assertThatThrownBy(() -> RepeatBuyingRate.byPeriod(summaries, CohortPeriod.YEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("build it from transactions");
        assertThatThrownBy(() -> RepeatBuyingRate.of("2024", 0, 0)).hasMessageContaining("`buyers`");
        assertThatThrownBy(() -> RepeatBuyingRate.of("2024", 2, 3)).hasMessageContaining("`again`");
    }
}
