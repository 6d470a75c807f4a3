// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.Cdnow;
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
