// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Csv;
import org.clv4j.models.internal.kernel.BetaGeometricBetaBinomialLikelihood;
import org.junit.jupiter.api.Test;

class BgBbFitTest {

    private static final BgBb.Fitted PUBLISHED =
            BgBb.Fitted.of(1.20352234745, 0.749716356527, 0.656718208690, 2.78344223734);

    private static CustomerBase donations() {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (Map<String, String> row : Csv.shared("data/donations/donations_1995.csv")) {
            summaries.add(CustomerSummary.of(
                            "D" + summaries.size(),
                            (int) Csv.number(row, "frequency"),
                            Csv.number(row, "recency"),
                            Csv.number(row, "periods"))
                    .withWeight(Csv.number(row, "weights")));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.YEARS);
    }

    @Test
    void donationsFit() {
        BgBb.Fitted fitted = BgBb.withDefaults().fit(donations());
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.customers()).isEqualTo(11_104);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-33225.581274347, within(1e-7));
        PUBLISHED
                .parameters()
                .forEach((name, value) ->
                        assertThat(fitted.parameters().get(name)).as(name).isCloseTo(value, within(1e-7 * value)));
        Map<String, Double> errors = report.standardErrors();
        assertThat(errors.get("alpha")).isCloseTo(0.06939, within(5e-6));
        assertThat(errors.get("beta")).isCloseTo(0.02945, within(5e-6));
        assertThat(errors.get("gamma")).isCloseTo(0.05101, within(5e-6));
        assertThat(errors.get("delta")).isCloseTo(0.32082, within(5e-6));
    }

    @Test
    void donationsScores() {
        CustomerBase base = donations();
        BgBb.Fitted model = BgBb.withDefaults().fit(base);
        assertThat(model.probabilityAlive(0, 0, 6)).isCloseTo(0.1081, within(5e-5));
        assertThat(model.probabilityAlive(1, 6, 6)).isCloseTo(0.9304, within(5e-5));
        assertThat(model.probabilityAlive(2, 4, 6)).isCloseTo(0.5897, within(5e-5));
        assertThat(model.probabilityAlive(4, 5, 6)).isCloseTo(0.6968, within(5e-5));
        assertThat(model.probabilityAlive(6, 6, 6)).isCloseTo(0.9304, within(5e-5));
        assertThat(model.probabilityAliveAtLastOpportunity(6, 6, 6)).isEqualTo(1);
        double[] expected = new double[base.size()];
        model.expectedTransactionsInto(base, 0, base.size(), 5, expected);
        double total = 0;
        for (int row = 0; row < expected.length; row++) {
            total += base.weight(row) * expected[row];
        }
        assertThat(total).isCloseTo(12_884.2, within(0.05));
        assertThat(model.expectedTransactionsOfNewCustomer(10)).isCloseTo(3.1798, within(5e-5));
        assertThat(model.expectedTransactions(0, 0, 6, 10)).isCloseTo(0.130218, within(5e-7));
        assertThat(model.expectedTransactions(4, 5, 6, 10)).isCloseTo(3.627968, within(5e-7));
        double[] histogram = {3454.9, 1888.7, 1348.9, 1113.4, 1017.9, 1027.2, 1253.1};
        for (int n = 0; n < histogram.length; n++) {
            assertThat(11_104 * model.probabilityOfTransactions(n, 6)).isCloseTo(histogram[n], within(0.05));
        }
        // Published with a discount of 1/(1 + d) an opportunity.
        double rate = Math.log(1.1);
        assertThat(model.discountedExpectedResidualTransactions(0, 0, 6, rate)).isCloseTo(0.1148, within(5e-5));
        assertThat(model.discountedExpectedResidualTransactions(3, 4, 6, rate)).isCloseTo(1.6294, within(5e-5));
        assertThat(model.discountedExpectedResidualTransactions(4, 5, 6, rate)).isCloseTo(3.1971, within(5e-5));
        assertThat(model.discountedExpectedResidualTransactions(6, 6, 6, rate)).isCloseTo(5.9099, within(5e-5));
    }

    @Test
    void theGradientIsThatOfTheLikelihood() {
        CustomerBase base = simulate(300, 30);
        BetaGeometricBetaBinomialLikelihood likelihood = new BetaGeometricBetaBinomialLikelihood(base);
        double[] point = {0.9, 2.1, 0.6, 7};
        double[] gradient = new double[4];
        double mean = likelihood.evaluate(point, gradient);
        double[] unused = new double[4];
        for (int i = 0; i < 4; i++) {
            double step = 1e-4 * point[i];
            double[] f = new double[4];
            for (int k = 0; k < 4; k++) {
                double[] moved = point.clone();
                moved[i] += new double[] {-2, -1, 1, 2}[k] * step;
                f[k] = likelihood.evaluate(moved, unused);
            }
            double slope = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step);
            assertThat(gradient[i]).as("parameter %s", i).isCloseTo(slope, within(1e-9));
        }
        BgBb.Fitted model = BgBb.Fitted.of(point[0], point[1], point[2], point[3]);
        double sum = 0;
        for (int row = 0; row < base.size(); row++) {
            sum += base.weight(row) * model.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
        }
        assertThat(-mean * base.totalWeight()).isCloseTo(sum, within(1e-10 * Math.abs(sum)));
    }

    @Test
    void theFitFindsWhatWasSimulated() {
        for (int age : new int[] {12, 2000}) {
            BgBb.Fitted fitted = BgBb.withDefaults().fit(simulate(4_000, age));
            FitReport report = fitted.report().orElseThrow();
            assertThat(report.converged()).as(report.summary()).isTrue();
            TRUTH.parameters()
                    .forEach((name, value) -> assertThat(fitted.parameters().get(name))
                            .as("%s after %s opportunities", name, age)
                            .isCloseTo(value, within(4 * report.standardErrors().get(name))));
        }
    }

    /** Many trials are drawn another way than few. */
    @Test
    void drawsOfLongHorizonsHaveTheirMeanAndSpread() {
        int horizon = 300;
        int size = 20_000;
        double sum = 0;
        double squares = 0;
        for (CustomerDraw draw : TRUTH.sample(9, 28, 30, horizon, size, 4)) {
            sum += draw.futureTransactions();
            squares += (double) draw.futureTransactions() * draw.futureTransactions();
        }
        double mean = 0;
        double meanSquare = 0;
        for (int n = 0; n <= horizon; n++) {
            double probability = TRUTH.probabilityOfFutureTransactions(n, 9, 28, 30, horizon);
            mean += n * probability;
            meanSquare += (double) n * n * probability;
        }
        double deviation = Math.sqrt(meanSquare - mean * mean);
        assertThat(mean).isCloseTo(TRUTH.expectedTransactions(9, 28, 30, horizon), within(1e-10));
        assertThat(sum / size).isCloseTo(mean, within(4 * deviation / Math.sqrt(size)));
        assertThat(Math.sqrt(squares / size - sum / size * (sum / size)))
                .isCloseTo(deviation, within(0.03 * deviation));
    }

    @Test
    void timesThatAreNoNumbersOfOpportunitiesAreRefused() {
        CustomerSummary[] good = new CustomerSummary[10];
        for (int i = 0; i < good.length; i++) {
            good[i] = CustomerSummary.of("C" + i, i % 3, i % 3, 6);
        }
        refuses(good, CustomerSummary.of("C17", 1, 2, 6.5), "6.5", "customer C17");
        refuses(good, CustomerSummary.of("C18", 1, 2.25, 6), "2.25", "customer C18");
        refuses(good, CustomerSummary.of("C19", 3, 2, 6), "at most `recency` = 2.0", "customer C19");
        assertThatThrownBy(() -> PUBLISHED.probabilityAlive(1, 2, 6.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`age` must be a whole number")
                .hasMessageContaining("6.5");
        assertThatThrownBy(() -> PUBLISHED.logLikelihood(1, 2.5, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`recency` must be a whole number");
        assertThatThrownBy(() -> PUBLISHED.probabilityAliveAtLastOpportunity(3, 2, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`frequency` must be at most recency");
        assertThatThrownBy(() -> PUBLISHED.expectedTransactions(1, 2, 6, 1.5))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("`horizon` must be a whole number");
    }

    private static void refuses(CustomerSummary[] good, CustomerSummary bad, String... words) {
        List<CustomerSummary> all = new ArrayList<>(List.of(good));
        all.add(bad);
        CustomerBase base = CustomerBase.ofSummaries(all, TimeScale.WEEKS);
        assertThatThrownBy(() -> BgBb.withDefaults().fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(words);
        assertThatThrownBy(() -> PUBLISHED.logLikelihoodInto(base, 0, base.size(), new double[base.size()]))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(words);
        assertThatThrownBy(() -> PUBLISHED.expectedTransactionsInto(base, 0, base.size(), 5, new double[base.size()]))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(words);
    }

    private static final BgBb.Fitted TRUTH = BgBb.Fitted.of(1.2, 2.5, 0.8, 5);

    private static CustomerBase simulate(int customers, int age) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double[] times = TRUTH.simulateTransactionTimes(age, 1000L + i);
            double last = times.length == 0 ? 0 : times[times.length - 1];
            summaries.add(CustomerSummary.of("C" + i, times.length, last, age));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.MONTHS);
    }
}
