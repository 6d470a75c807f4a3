// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.Cdnow;
import org.clv4j.models.Csv;
import org.clv4j.models.internal.kernel.ParetoGammaLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The reference values of the family's models on the CDNOW sample, and what simulation gives back. */
class FamilyFitTest {

    @Test
    void nbdOnCdnow() {
        FitReport report = fit("nbd", Cdnow.sample());
        assertParameters(report, 1e-9, 0.384766135811, 12.0720228460);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-9763.65761467, within(1e-7));
        assertStandardErrors(report, 1e-5, 0.02099, 0.80872);
        assertThat(expected("nbd", report)).isCloseTo(2929.8, within(0.05));
    }

    @Test
    void paretoNbdOnCdnow() {
        CustomerBase base = Cdnow.sample();
        FitReport report = fit("pareto-nbd", base);
        assertParameters(report, 1e-7, 0.553277044881, 10.5776834488, 0.606240008559, 11.6687359335);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-9594.97617894, within(1e-7));
        assertStandardErrors(report, 1e-4, 0.04763, 0.84272, 0.18728, 6.2111);
    }

    /** The scores of an established implementation, at its own optimum. */
    @Test
    void paretoNbdScoresOfTheReference() {
        CustomerBase base = Cdnow.sample();
        ParetoNbd.Fitted model =
                ParetoNbd.Fitted.of(0.553270010377737, 10.5778006844536, 0.606019997268042, 11.6639145193976);
        GammaGamma.Fitted spend = GammaGamma.Fitted.of(6.24934917899977, 3.74425633422183, 15.4443066862728);
        ValuationTerms terms = ValuationTerms.of(
                        Horizon.infinite(), DiscountRate.annual(0.1), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE)
                .withPeriodsPerYear(52);
        CustomerValues values = TransactionSpendModel.Fitted.of(model, spend).value(base, terms);
        List<Map<String, String>> scores = Csv.shared("reference/cdnow/clvtools_scores.csv");
        double total = 0;
        for (int row = 0; row < base.size(); row++) {
            Map<String, String> score = scores.get(row);
            double expected = Csv.number(score, "pareto_nbd_expected_transactions_39");
            assertThat(values.get(ValueColumn.PROBABILITY_ALIVE, row))
                    .isCloseTo(Csv.number(score, "pareto_nbd_p_alive"), within(1e-9));
            assertThat(model.expectedTransactions(base.frequency(row), base.recency(row), base.age(row), 39))
                    .isCloseTo(expected, within(1e-9 * expected));
            double dert = Csv.number(score, "pareto_nbd_dert_annual10");
            assertThat(values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, row))
                    .isCloseTo(dert, within(1e-9 * dert));
            double clv = Csv.number(score, "pareto_nbd_clv_infinite_annual10");
            assertThat(values.futureValue(row)).isCloseTo(clv, within(1e-9 * clv));
            total += values.futureValue(row);
        }
        assertThat(total).isCloseTo(327_110.40, within(0.01));
    }

    @Test
    void paretoGradientIsThatOfTheLikelihood() {
        for (boolean gridded : new boolean[] {true, false}) {
            List<CustomerSummary> summaries = new ArrayList<>();
            ParetoNbd.Fitted truth = ParetoNbd.Fitted.of(0.6, 8, 0.7, 9);
            double sum = 0;
            double[] point = {0.5, 7, 0.6, 12};
            ParetoNbd.Fitted model = ParetoNbd.Fitted.of(point[0], point[1], point[2], point[3]);
            for (int i = 0; i < 400; i++) {
                double age = gridded ? 30 + (i % 50) / 7.0 : 30 + 0.013 * i;
                double[] times = truth.simulateTransactionTimes(age, i);
                double last = times.length == 0 ? 0 : times[times.length - 1];
                double recency = gridded ? Math.floor(last * 7) / 7 : last;
                summaries.add(CustomerSummary.of("C" + i, times.length, recency, age));
                sum += model.logLikelihood(times.length, recency, age);
            }
            ParetoGammaLikelihood likelihood = new ParetoGammaLikelihood(
                    RowsByFrequency.of(CustomerBase.ofSummaries(summaries, TimeScale.WEEKS)), Execution.sequential());
            for (double[] at : new double[][] {point, {0.5, 40, 0.6, 0.1}, {0.5, 0.1, 0.6, 30}, {1, 6, 2, 6}}) {
                double[] gradient = new double[4];
                double value = likelihood.evaluate(at, gradient);
                if (at == point) {
                    assertThat(-value * 400).isCloseTo(sum, within(1e-12 * Math.abs(sum)));
                }
                for (int i = 0; i < 4; i++) {
                    double step = 1e-5 * at[i];
                    double[] up = at.clone();
                    double[] down = at.clone();
                    up[i] += step;
                    down[i] -= step;
                    double difference =
                            (likelihood.evaluate(up, new double[4]) - likelihood.evaluate(down, new double[4]))
                                    / (2 * step);
                    assertThat(gradient[i])
                            .as("%s at %s", i, Arrays.toString(at))
                            .isCloseTo(difference, within(2e-7 * (1 + Math.abs(difference))));
                }
            }
        }
    }

    @Test
    void mbgNbdOnCdnow() {
        FitReport report = fit("mbg-nbd", Cdnow.sample());
        assertParameters(report, 1e-7, 0.524843158619, 6.18308527686, 0.891359388872, 1.61400223810);
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-9582.13571555, within(1e-7));
        assertStandardErrors(report, 1e-5, 0.08327, 0.69562, 0.15479, 0.53749);
        assertThat(expected("mbg-nbd", report)).isCloseTo(1576.728, within(1e-3));
        FittedTransactionModel model =
                ModelCatalog.load().transactions("mbg-nbd").ofReport(report);
        CustomerBase base = Cdnow.sample();
        double alive = 0;
        for (int row = 0; row < base.size(); row++) {
            alive += model.probabilityAlive(base.frequency(row), base.recency(row), base.age(row));
        }
        assertThat(alive).isCloseTo(1057.636, within(1e-3));
    }

    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        Map<String, double[]> truths = Map.of(
                "nbd", new double[] {0.6, 8},
                "pareto-nbd", new double[] {0.8, 6, 0.7, 9},
                "mbg-nbd", new double[] {0.8, 6, 0.9, 2.5});
        truths.forEach((name, truth) -> {
            var provider = ModelCatalog.load().transactions(name);
            Map<String, Double> parameters = new LinkedHashMap<>();
            for (int i = 0; i < truth.length; i++) {
                parameters.put(provider.parameters().get(i).name(), truth[i]);
            }
            TransactionSimulator simulator = (TransactionSimulator) provider.ofParameters(parameters);
            List<CustomerSummary> summaries = new ArrayList<>();
            for (int i = 0; i < 15_000; i++) {
                double age = 30 + 10 * (i / 15_000.0);
                double[] times = simulator.simulateTransactionTimes(age, 31L + i);
                summaries.add(CustomerSummary.of(
                        "C" + i, times.length, times.length == 0 ? 0 : times[times.length - 1], age));
            }
            FitReport report = fit(name, CustomerBase.ofSummaries(summaries, TimeScale.WEEKS));
            assertThat(report.converged()).as(report.summary()).isTrue();
            parameters.forEach(
                    (parameter, value) -> assertThat(report.parameters().get(parameter))
                            .as("%s of %s", parameter, name)
                            .isCloseTo(value, within(3 * report.standardErrors().get(parameter))));
        });
    }

    private static FitReport fit(String name, CustomerBase base) {
        return ModelCatalog.load().transactions(name).model().fit(base).report().orElseThrow();
    }

    private static double expected(String name, FitReport report) {
        CustomerBase base = Cdnow.sample();
        double[] expected = new double[base.size()];
        ModelCatalog.load()
                .transactions(name)
                .ofReport(report)
                .expectedTransactionsInto(base, 0, base.size(), 39, expected);
        double sum = 0;
        for (double value : expected) {
            sum += value;
        }
        return sum;
    }

    private static void assertParameters(FitReport report, double tolerance, double... expected) {
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
        int i = 0;
        for (Map.Entry<String, Double> entry : report.parameters().entrySet()) {
            assertThat(entry.getValue()).as(entry.getKey()).isCloseTo(expected[i], within(tolerance * expected[i]));
            i++;
        }
    }

    private static void assertStandardErrors(FitReport report, double tolerance, double... expected) {
        int i = 0;
        for (Map.Entry<String, Double> entry : report.standardErrors().entrySet()) {
            assertThat(entry.getValue()).as(entry.getKey()).isCloseTo(expected[i], within(tolerance));
            i++;
        }
    }
}
