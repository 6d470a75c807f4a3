// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.validate.PredictionMetrics;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class ConcentrationTest {

    /** Mean difference 2.5 of mean 2.5: Σ|i − j| = 20 over 2 · 4 · 10. */
    @Test
    void fourCustomersByHand() {
        Concentration c = Concentration.of(new double[] {3, 1, 4, 2});
        assertThat(c.customers()).isEqualTo(4);
        assertThat(c.total()).isEqualTo(10);
        assertThat(c.gini()).hasValue(0.25);
        assertThat(c.herfindahl().orElseThrow()).isCloseTo(0.3, within(1e-15));
        assertThat(c.topShare(0)).hasValue(0);
        assertThat(c.topShare(0.25)).hasValue(0.4);
        assertThat(c.topShare(0.5)).hasValue(0.7);
        assertThat(c.topShare(0.375).orElseThrow()).isCloseTo(0.55, within(1e-15));
        assertThat(c.topShare(1)).hasValue(1);
        assertThat(c.shareHolding(0)).hasValue(0);
        assertThat(c.shareHolding(0.7)).hasValue(0.5);
        assertThat(c.shareHolding(0.8).orElseThrow()).isCloseTo(0.625, within(1e-15));
        assertThat(c.shareHolding(1)).hasValue(1);
        assertThat(c.lorenzCurve(2)).extracting(LorenzPoint::customers).containsExactly(0.0, 0.5, 1.0);
        assertThat(c.lorenzCurve(4).get(1).value()).isCloseTo(0.1, within(1e-15));
        assertThat(c.lorenzCurve(2).get(0).value()).isZero();
        assertThat(c.lorenzCurve(2).get(2).value()).isEqualTo(1);
        assertThat(c.basis()).isEmpty();
        assertThat(c.part()).isEmpty();
        assertThat(c).hasToString("Concentration[4.0 customers, total 10.0, Gini 0.25, best tenth 0.16]");
    }

    @Test
    void equalValuesAndOneWhoHoldsAll() {
        Concentration equal = Concentration.of(new double[] {7, 7, 7});
        assertThat(equal.gini()).hasValue(0);
        assertThat(equal.topShare(0.5).orElseThrow()).isCloseTo(0.5, within(1e-15));
        assertThat(equal.shareHolding(0.8).orElseThrow()).isCloseTo(0.8, within(1e-15));
        assertThat(equal.herfindahl().orElseThrow()).isCloseTo(1.0 / 3, within(1e-15));

        Concentration one = Concentration.of(new double[] {0, 0, 0, 0, 5});
        assertThat(one.gini().orElseThrow()).isCloseTo(0.8, within(1e-15));
        assertThat(one.topShare(0.1).orElseThrow()).isCloseTo(0.5, within(1e-15));
        assertThat(one.shareHolding(1).orElseThrow()).isCloseTo(0.2, within(1e-15));
        assertThat(one.herfindahl()).hasValue(1);
    }

    /** Differences of 5, 9, 2, 4, 3 and 7, each twice, over 2 · 4 · 4: above 1, as documented. */
    @Test
    void negativeValuesAreTakenAsTheyAre() {
        Concentration c = Concentration.of(new double[] {-3, 2, 6, -1});
        assertThat(c.hasNegatives()).isTrue();
        assertThat(c.total()).isEqualTo(4);
        assertThat(c.gini().orElseThrow()).isCloseTo(60.0 / 32, within(1e-15));
        assertThat(c.topShare(0.5)).hasValue(2);
        assertThat(c.shareHolding(1).orElseThrow()).isCloseTo(4.0 / 6 / 4, within(1e-15));
        assertThat(c.lorenzCurve(4)).extracting(LorenzPoint::value).containsExactly(0.0, -0.75, -1.0, -0.5, 1.0);
    }

    @Test
    void nothingToShare() {
        for (double[] values : List.of(new double[] {0, 0}, new double[] {1, -1}, new double[] {0.1, 0.2, -0.3})) {
            Concentration c = Concentration.of(values);
            assertThat(c.gini()).isEmpty();
            assertThat(c.herfindahl()).isEmpty();
            assertThat(c.topShare(0.1)).isEmpty();
            assertThat(c.shareHolding(0.8)).isEmpty();
            assertThat(c.lorenzCurve(10)).isEmpty();
            assertThat(c.toString()).contains("total");
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> Concentration.of(new double[0])).hasMessageContaining("`values`");
        assertThatThrownBy(() -> Concentration.of(new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN in row 1");
        assertThatThrownBy(() -> Concentration.of(new double[] {1}, new double[] {0}))
                .hasMessageContaining("`weights`")
                .hasMessageContaining("row 0");
        assertThatThrownBy(() -> Concentration.of(new double[] {1}, new double[] {1, 1}))
                .hasMessageContaining("1 rows, but had 2");
        Concentration c = Concentration.of(new double[] {1});
        assertThatThrownBy(() -> c.topShare(1.5))
                .hasMessageContaining("`share`")
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> c.topShare(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> c.shareHolding(-0.1)).hasMessageContaining("`valueShare`");
        assertThatThrownBy(() -> c.lorenzCurve(0)).hasMessageContaining("`steps`");
    }

    @Test
    void ofCustomersByTheirWeights() {
        CustomerBase base = CustomerBase.of(
                        TransactionLog.builder()
                                .add(Transaction.parse("a", "2024-01-01", "10.00"))
                                .add(Transaction.parse("b", "2024-01-01", "30.00"))
                                .build(),
                        Observation.until(LocalDate.of(2024, 1, 31)),
                        TimeScale.WEEKS)
                .withWeights(new double[] {3, 1});
        CustomerValues values = CustomerValues.builder(
                        "fake",
                        base,
                        ValuationTerms.of(
                                Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE))
                .column(ValueColumn.CLV, new double[] {1, 3})
                .warnings(List.of("mind the gap"))
                .build();
        Concentration current = Concentration.ofCustomers(values, ValuePart.CURRENT);
        assertThat(current.customers()).isEqualTo(4);
        assertThat(current.total()).isEqualTo(30);
        assertThat(current.topShare(0.25)).hasValue(0.5);
        assertThat(current.part()).contains(ValuePart.CURRENT);
        ValuationBasis basis = current.basis().orElseThrow();
        assertThat(basis.model()).isEqualTo("fake");
        assertThat(basis.terms()).isEqualTo(values.terms());
        assertThat(basis.date()).contains(LocalDate.of(2024, 1, 31));
        assertThat(basis.currency()).isEqualTo(base.currency());
        assertThat(basis.timeScale()).isEqualTo(TimeScale.WEEKS);
        assertThat(basis.warnings()).containsExactly("mind the gap");
        assertThat(basis.toString()).startsWith("fake, horizon 39");
        assertThat(Concentration.ofCustomers(values, ValuePart.FUTURE).total()).isEqualTo(6);
        assertThat(Concentration.ofCustomers(values, ValuePart.LIFETIME).total())
                .isEqualTo(36);
        assertThat(ValuePart.parse("Lifetime")).isEqualTo(ValuePart.LIFETIME);
        assertThatThrownBy(() -> ValuePart.parse("past")).hasMessageContaining("'past'");
    }

    /** A value with a weight. */
    record Line(double value, int weight) {}

    @Provide
    Arbitrary<List<Line>> lines() {
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.doubles().between(-10, 1000).ofScale(3), Arbitraries.of(0.0, 10.0, 0.1)),
                        Arbitraries.integers().between(1, 4))
                .as(Line::new)
                .withoutEdgeCases()
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 150)
    void agreesWithTheDefinitions(@ForAll("lines") List<Line> lines, @ForAll Random random) {
        Concentration c = of(lines);
        double total =
                lines.stream().mapToDouble(line -> line.value() * line.weight()).sum();
        double all = lines.stream().mapToDouble(Line::weight).sum();
        assertThat(c.total()).isCloseTo(total, within(1e-9));
        if (c.gini().isEmpty()) {
            assertThat(total).isLessThan(1e-8);
            return;
        }
        double difference = 0;
        for (Line one : lines) {
            for (Line other : lines) {
                difference += one.weight() * other.weight() * Math.abs(one.value() - other.value());
            }
        }
        assertThat(c.gini().orElseThrow()).isCloseTo(difference / (2 * all * c.total()), within(1e-9));

        // Rows are replications, in any order and to the same bits.
        double[] replicated = lines.stream()
                .flatMapToDouble(line -> Collections.nCopies(line.weight(), line.value()).stream()
                        .mapToDouble(value -> value))
                .toArray();
        Concentration rows = Concentration.of(replicated);
        assertThat(rows.gini().orElseThrow()).isCloseTo(c.gini().orElseThrow(), within(1e-9));
        List<Line> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, random);
        Concentration again = of(shuffled);
        assertThat(again.gini()).isEqualTo(c.gini());
        assertThat(again.herfindahl()).isEqualTo(c.herfindahl());
        assertThat(again.lorenzCurve(7)).isEqualTo(c.lorenzCurve(7));

        // The capture of a perfect prediction.
        double[] values = lines.stream().mapToDouble(Line::value).toArray();
        double[] weights = lines.stream().mapToDouble(Line::weight).toArray();
        PredictionMetrics metrics = PredictionMetrics.of(values, values, weights);
        for (double q : new double[] {0.05, 0.1, 0.33, 0.8}) {
            assertThat(c.topShare(q).orElseThrow())
                    .isCloseTo(metrics.topCapture(q).orElseThrow(), within(1e-9));
        }
        // "80/20" is the first share that holds so much.
        double holding = c.shareHolding(0.8).orElseThrow();
        assertThat(c.topShare(holding).orElseThrow()).isCloseTo(0.8, within(1e-9));
        assertThat(c.topShare(holding / 2).orElseThrow()).isLessThanOrEqualTo(0.8 + 1e-9);
    }

    private static Concentration of(List<Line> lines) {
        double[] values = lines.stream().mapToDouble(Line::value).toArray();
        double[] weights = lines.stream().mapToDouble(Line::weight).toArray();
        double[] kept = values.clone();
        Concentration c = Concentration.of(values, weights);
        assertThat(Arrays.equals(values, kept)).isTrue();
        return c;
    }
}
