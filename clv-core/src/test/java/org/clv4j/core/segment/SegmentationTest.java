// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class SegmentationTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);

    /** Customers with the given frequencies, named a, b, …, seen for ten weeks. */
    private static CustomerBase base(int... frequencies) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < frequencies.length; i++) {
            int x = frequencies[i];
            summaries.add(
                    CustomerSummary.of("" + (char) ('a' + i), x, x == 0 ? 0 : 1 + i % 7, 10, x == 0 ? 0 : 10 + i));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    private static List<String> labels(Segmentation segmentation, CustomerBase base) {
        SegmentCodes codes = segmentation.codes(base, 0, base.size());
        return IntStream.range(0, base.size()).mapToObj(codes::label).toList();
    }

    @Test
    void attributesAreReadByCode() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("a", 0, 0, 1).withAttributes(Map.of("region", "South")),
                        CustomerSummary.of("b", 0, 0, 1).withAttributes(Map.of("region", "North")),
                        CustomerSummary.of("c", 0, 0, 1),
                        CustomerSummary.of("d", 0, 0, 1).withAttributes(Map.of("region", "North")),
                        CustomerSummary.of("e", 0, 0, 1)),
                TimeScale.WEEKS);
        Segmentation region = Segmentations.attribute("region");
        assertThat(region.name()).isEqualTo("region");
        assertThat(labels(region, base)).containsExactly("South", "North", "(unknown)", "North", "(unknown)");
        SegmentCodes part = region.codes(base, 3, 5);
        assertThat(part.size()).isEqualTo(2);
        assertThat(part.label(0)).isEqualTo("North");
        assertThat(part.code(1)).isEqualTo(SegmentCodes.NONE);
        assertThat(region).isEqualTo(Segmentations.attribute("region")).isNotEqualTo(Segmentations.attribute("size"));
        assertThatThrownBy(() -> Segmentations.attribute("size").codes(base, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'size'")
                .hasMessageContaining("region");
        assertThatThrownBy(() -> region.codes(base, 3, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(base.attributeValues("size")).isEmpty();
        int[] none = {7, 7};
        base.attributeCodesInto("size", 0, 2, none);
        assertThat(none).containsExactly(-1, -1);
    }

    @Test
    void acquisitionCohortsComeInTheOrderOfTime() {
        CustomerBase base = CustomerBase.of(
                TransactionLog.of(List.of(
                        Transaction.parse("a", "2024-01-31", "1"),
                        Transaction.parse("b", "2023-12-01", "1"),
                        Transaction.parse("c", "2024-04-01", "1"),
                        Transaction.parse("d", "2024-01-31", "1"))),
                Observation.until(LocalDate.of(2024, 5, 31)),
                TimeScale.WEEKS);
        Segmentation month = Segmentations.acquisition(CohortPeriod.MONTH);
        assertThat(month.name()).isEqualTo("acquisition month");
        assertThat(labels(month, base)).containsExactly("2024-01", "2023-12", "2024-04", "2024-01");
        assertThat(labels(Segmentations.acquisition(CohortPeriod.QUARTER), base))
                .containsExactly("2024-Q1", "2023-Q4", "2024-Q2", "2024-Q1");
        assertThat(labels(Segmentations.acquisition(CohortPeriod.YEAR), base))
                .containsExactly("2024", "2023", "2024", "2024");
        List<String> shuffled = new ArrayList<>(List.of("(unknown)", "2024-01", "2023-12"));
        shuffled.sort(month.order());
        assertThat(shuffled).containsExactly("2023-12", "2024-01", "(unknown)");
        assertThat(labels(month, base(1))).containsExactly("(unknown)");
    }

    @Test
    void anyFunctionOfARowMakesSegments() {
        RowLabel bought = (base, row) -> base.frequency(row) == 0 ? null : "x" + base.frequency(row);
        Segmentation orders = Segmentations.labels("orders", bought);
        assertThat(labels(orders, base(2, 0, 1, 2))).containsExactly("x2", "(unknown)", "x1", "x2");
        assertThat(orders).isEqualTo(Segmentations.labels("orders", bought));
        assertThat(orders).isNotEqualTo(Segmentations.labels("orders", (base, row) -> "y"));
    }

    @Test
    void bandsBeginAtTheirCuts() {
        Bands orders = Bands.of("orders", CustomerBase::frequency, List.of(1, 2.5, 10));
        assertThat(orders.labels()).containsExactly("below 1", "1 to below 2.5", "2.5 to below 10", "10 and above");
        assertThat(labels(orders, base(0, 1, 2, 3, 10, 11)))
                .containsExactly(
                        "below 1",
                        "1 to below 2.5",
                        "1 to below 2.5",
                        "2.5 to below 10",
                        "10 and above",
                        "10 and above");
        List<String> shuffled = new ArrayList<>(List.of("10 and above", "(unknown)", "below 1", "2.5 to below 10"));
        shuffled.sort(orders.order());
        assertThat(shuffled).containsExactly("below 1", "2.5 to below 10", "10 and above", "(unknown)");
        RowFigure figure = (base, row) -> row == 0 ? Double.NaN : row;
        assertThat(labels(Bands.of("n", figure, List.of(2)), base(0, 0, 0)))
                .containsExactly("(unknown)", "below 2", "2 and above");
        for (List<Double> wrong : List.of(List.<Double>of(), List.of(2.0, 2.0), List.of(Double.NaN))) {
            assertThatThrownBy(() -> Bands.of("n", figure, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`cuts`");
        }
    }

    @Test
    void quantileBandsKeepEqualsTogether() {
        // Middle of the ten ones is 5/20, of the five twos 12.5/20, of the rest above: the second band of four begins
        // at 1.
        int[] frequencies = new int[20];
        Arrays.fill(frequencies, 0, 10, 1);
        Arrays.fill(frequencies, 10, 15, 2);
        Arrays.setAll(frequencies, i -> i < 15 ? frequencies[i] : i);
        Bands bands = Bands.ofQuantiles("orders", CustomerBase::frequency, base(frequencies), 4);
        assertThat(bands.cuts()).containsExactly(2.0, 15.0);
        assertThat(bands.labels()).containsExactly("below 2", "2 to below 15", "15 and above");
        Bands same = Bands.ofQuantiles("orders", CustomerBase::frequency, base(3, 3), 4);
        assertThat(same.cuts()).isEmpty();
        assertThat(labels(same, base(3, 4))).containsExactly("all", "all");
        // Of another base the cut points stay.
        assertThat(labels(bands, base(1, 14, 99))).containsExactly("below 2", "2 to below 15", "15 and above");
    }

    @Property(tries = 100)
    void withoutTiesQuantileBandsAreEquallyLarge(@ForAll @IntRange(min = 2, max = 9) int bands, @ForAll Random random) {
        int each = 1 + random.nextInt(5);
        List<Integer> frequencies =
                new ArrayList<>(IntStream.range(0, bands * each).boxed().toList());
        Collections.shuffle(frequencies, random);
        CustomerBase base =
                base(frequencies.stream().mapToInt(Integer::intValue).toArray());
        List<String> labels = labels(Bands.ofQuantiles("orders", CustomerBase::frequency, base, bands), base);
        assertThat(labels.stream().distinct()).hasSize(bands);
        assertThat(labels).allSatisfy(label -> assertThat(Collections.frequency(labels, label))
                .isEqualTo(each));
    }

    @Test
    void aRowOfWeightThreeIsThreeCustomers() {
        CustomerBase single = base(0, 0, 1, 1, 1, 2, 3, 4, 5, 6);
        CustomerBase weighted = base(0, 1, 2, 3, 4, 5, 6).withWeights(new double[] {2, 3, 1, 1, 1, 1, 1});
        for (int bands = 2; bands < 8; bands++) {
            assertThat(Bands.ofQuantiles("orders", CustomerBase::frequency, weighted, bands)
                            .cuts())
                    .isEqualTo(Bands.ofQuantiles("orders", CustomerBase::frequency, single, bands)
                            .cuts());
        }
    }

    private static CustomerValues values(CustomerBase base, double... clv) {
        return CustomerValues.builder("fake", base, TERMS)
                .column(ValueColumn.CLV, clv)
                .build();
    }

    @Test
    void tiersAreSharesOfTheCustomers() {
        CustomerBase base = base(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        ValueTiers tiers =
                ValueTiers.byCustomers(values(base, 5, 90, 7, 80, 3, 70, 3, 60, 0, -1), List.of(0.1, 0.2, 0.1));
        assertThat(tiers.name()).isEqualTo("value tier");
        assertThat(tiers.labels()).containsExactly("top 10 %", "10 to 30 %", "30 to 40 %", "rest");
        assertThat(labels(tiers, base))
                .containsExactly(
                        "rest",
                        "top 10 %",
                        "rest",
                        "10 to 30 %",
                        "rest",
                        "10 to 30 %",
                        "rest",
                        "30 to 40 %",
                        "rest",
                        "rest");
        // Customers are known by their ids, in any part of the base.
        assertThat(labels(tiers, base.select(row -> row % 2 == 1)))
                .containsExactly("top 10 %", "10 to 30 %", "10 to 30 %", "30 to 40 %", "rest");
        CustomerBase stranger = CustomerBase.ofSummaries(List.of(CustomerSummary.of("z", 0, 0, 1)), TimeScale.WEEKS);
        assertThat(labels(tiers, stranger)).containsExactly("(unknown)");
    }

    @Test
    void equalValuesAreInOneTier() {
        CustomerBase base = base(1, 1, 1, 1, 1);
        // The middle of the three equal ones is 2.5 of 5: within the first 60 %, not within the first 50 %.
        CustomerValues values = values(base, 9, 4, 4, 4, 1);
        assertThat(labels(ValueTiers.byCustomers(values, List.of(0.6)), base))
                .containsExactly("top 60 %", "top 60 %", "top 60 %", "top 60 %", "rest");
        assertThat(labels(ValueTiers.byCustomers(values, List.of(0.5)), base))
                .containsExactly("top 50 %", "rest", "rest", "rest", "rest");
    }

    @Test
    void tiersAreSharesOfTheValue() {
        CustomerBase base = base(1, 1, 1, 1, 1);
        ValueTiers tiers = ValueTiers.byValue(values(base, 10, 50, 0, 40, -30), List.of(0.5, 0.3));
        assertThat(tiers.labels()).containsExactly("first 50 % of value", "50 to 80 % of value", "rest");
        assertThat(labels(tiers, base))
                .containsExactly("rest", "first 50 % of value", "rest", "50 to 80 % of value", "rest");
        assertThat(labels(ValueTiers.byValue(values(base, 0, 0, 0, -1, 0), List.of(0.5)), base))
                .containsOnly("rest");
        for (List<Double> wrong : List.of(List.<Double>of(), List.of(0.5, 0.5), List.of(-0.1), List.of(Double.NaN))) {
            assertThatThrownBy(() -> ValueTiers.byValue(values(base, 1, 1, 1, 1, 1), wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`share");
        }
    }

    @Test
    void theTermsOfACodeAreChecked() {
        assertThatThrownBy(() -> SegmentCodes.of(List.of("a", "a"), new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`labels`");
        assertThatThrownBy(() -> SegmentCodes.of(List.of("a"), new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`code`");
    }
}
