// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.clv4j.models.spend.IndependenceTest.Correlation;
import org.clv4j.models.spend.IndependenceTest.FrequencyClass;
import org.junit.jupiter.api.Test;

class IndependenceTestTest {

    private static final GammaGamma.Fitted SPEND = GammaGamma.Fitted.of(6.25, 3.74, 15.44);

    /** As published of this sample: 0.11, and 0.06 with p = 0.08 without one customer; digits from exact fractions. */
    @Test
    void cdnowSample() {
        IndependenceTest test = IndependenceTest.of(Cdnow.sample());
        assertThat(test.customers()).isEqualTo(946);
        assertThat(test.pearson().coefficient()).isCloseTo(0.113888, within(1e-6));
        assertThat(test.pearson().pValue()).isLessThan(0.0005);
        assertThat(test.spearman().coefficient()).isCloseTo(0.2063015, within(1e-6));
        assertThat(test.leveragePoints()).hasSize(1);
        Correlation without = test.pearsonWithoutLeverage().orElseThrow();
        assertThat(without.coefficient()).isCloseTo(0.056957, within(1e-6));
        assertThat(without.pValue()).isCloseTo(0.08, within(0.005));
        assertThat(test.spearmanWithoutLeverage().orElseThrow().coefficient()).isCloseTo(0.2036399, within(1e-6));
        assertThat(test.toString())
                .isEqualTo("frequency and spend: Pearson 0.114 (p = 0.0004), Spearman 0.206 (p < 0.0001);"
                        + " Pearson 0.057 (p = 0.0801) without 1 leverage point");
        List<FrequencyClass> classes = test.classes();
        assertThat(classes).hasSize(7);
        assertThat(classes.stream().mapToDouble(FrequencyClass::customers).sum())
                .isEqualTo(946);
        assertThat(classes.get(6).from()).isEqualTo(7);
        assertThat(classes.get(6).to()).isEqualTo(29);
    }

    private static CustomerBase base(int customers, double dependence) {
        List<CustomerSummary> summaries = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < customers; i++) {
            int x = random.nextInt(9);
            double spend = SPEND.simulateSpends(1, 50_000L + i)[0] + dependence * x;
            summaries.add(CustomerSummary.of("C" + i, x, x == 0 ? 0 : 5, 30, x == 0 ? 0 : Math.rint(spend / 5) * 5));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    /** Correlations and p-values are those of Commons Math, ties included. */
    @Test
    void agreesWithAnotherLibrary() {
        CustomerBase base = base(300, 1);
        List<double[]> pairs = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            if (base.frequency(row) > 0) {
                pairs.add(new double[] {base.frequency(row), base.monetaryValue(row)});
            }
        }
        Array2DRowRealMatrix data = new Array2DRowRealMatrix(pairs.toArray(new double[0][]));
        IndependenceTest test = IndependenceTest.of(base);
        same(test.pearson(), new PearsonsCorrelation(data));
        same(test.spearman(), new SpearmansCorrelation(data).getRankCorrelation());
    }

    private static void same(Correlation own, PearsonsCorrelation other) {
        assertThat(own.coefficient()).isCloseTo(other.getCorrelationMatrix().getEntry(0, 1), within(1e-12));
        double pValue = other.getCorrelationPValues().getEntry(0, 1);
        assertThat(own.pValue()).isCloseTo(pValue, within(1e-8 * pValue + 1e-15));
    }

    @Test
    void weightsAreRepetitions() {
        List<CustomerSummary> weighted = new ArrayList<>();
        List<CustomerSummary> repeated = new ArrayList<>();
        CustomerBase base = base(60, 2);
        for (int row = 0; row < base.size(); row++) {
            CustomerSummary summary = base.summary(row);
            int weight = 1 + row % 3;
            weighted.add(summary.withWeight(weight));
            for (int i = 0; i < weight; i++) {
                repeated.add(CustomerSummary.of(
                        summary.id() + "#" + i,
                        summary.frequency(),
                        summary.recency(),
                        summary.age(),
                        summary.monetaryValue()));
            }
        }
        IndependenceTest one = IndependenceTest.of(CustomerBase.ofSummaries(weighted, TimeScale.WEEKS));
        IndependenceTest other = IndependenceTest.of(CustomerBase.ofSummaries(repeated, TimeScale.WEEKS));
        assertThat(one.customers()).isEqualTo(other.customers());
        close(one.pearson(), other.pearson());
        close(one.spearman(), other.spearman());
        assertThat(one.summary()).isEqualTo(other.summary());
    }

    private static void close(Correlation one, Correlation other) {
        assertThat(one.coefficient()).isCloseTo(other.coefficient(), within(1e-12));
        assertThat(one.pValue()).isCloseTo(other.pValue(), within(1e-12));
    }

    @Test
    void tellsDependenceFromNone() {
        assertThat(IndependenceTest.of(base(3_000, 0)).pearson().pValue()).isGreaterThan(0.01);
        assertThat(IndependenceTest.of(base(3_000, 4)).pearson().pValue()).isLessThan(1e-10);
        assertThat(IndependenceTest.of(base(3_000, 4)).spearman().coefficient()).isGreaterThan(0.3);
        assertThat(IndependenceTest.of(base(3_000, -4)).spearman().coefficient())
                .isLessThan(-0.3);
    }

    @Test
    void theOneThatMakesALineIsALeveragePoint() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("a", 1, 5, 9, 20),
                        CustomerSummary.of("b", 1, 5, 9, 21),
                        CustomerSummary.of("c", 1, 5, 9, 22),
                        CustomerSummary.of("d", 30, 5, 9, 50)),
                TimeScale.WEEKS);
        IndependenceTest test = IndependenceTest.of(base);
        assertThat(test.leveragePoints()).containsExactly("d");
        // All others have one frequency: there is nothing left to correlate.
        assertThat(test.pearsonWithoutLeverage()).isEmpty();
        assertThat(test.spearmanWithoutLeverage()).isEmpty();
        assertThat(test.summary()).contains("Pearson without 1 point");
        assertThat(test.toString()).doesNotContain("NaN");
        assertThat(test.classes()).hasSize(2).last().satisfies(last -> assertThat(last.from())
                .isEqualTo(7));
    }

    @Test
    void exactLinesAndTooLittleAreHandled() {
        CustomerBase line = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("a", 1, 5, 9, 10),
                        CustomerSummary.of("b", 2, 5, 9, 20),
                        CustomerSummary.of("c", 3, 5, 9, 30),
                        CustomerSummary.of("d", 4, 5, 9, 40)),
                TimeScale.WEEKS);
        IndependenceTest exact = IndependenceTest.of(line);
        assertThat(exact.pearson().coefficient()).isCloseTo(1, within(1e-15));
        assertThat(exact.pearson().pValue()).isCloseTo(0, within(1e-6));
        assertThat(exact.leveragePoints()).isEmpty();
        CustomerBase few = CustomerBase.ofSummaries(
                List.of(CustomerSummary.of("a", 1, 5, 9, 10), CustomerSummary.of("b", 2, 5, 9, 20)), TimeScale.WEEKS);
        assertThatThrownBy(() -> IndependenceTest.of(few))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the base has 2");
        assertThat(GammaGamma.withDefaults().checkAssumptions(few)).isEmpty();
        assertThat(GammaGamma.withDefaults().checkAssumptions(line))
                .singleElement()
                .asString()
                .startsWith("frequency and spend: Pearson 1.000");
    }
}
