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
import org.clv4j.models.Csv;
import org.clv4j.models.internal.special.ExponentialIntegral;
import org.junit.jupiter.api.Test;

/** Formulas against high-precision truth; the script pnbd_truth.py made the table. */
class ParetoNbdTruthTest {

    private static final double DELTA = Math.log(1.1) / 52;

    @Test
    void everyQuantityAgreesWithTheTruth() {
        for (Map<String, String> row : Csv.resource("/org/clv4j/models/attrition/pnbd_truth.csv")) {
            TruthTable.check(row, model(row), DELTA);
        }
    }

    @Test
    void edgeCasesAgreeInOneAndInManyRows() {
        List<Map<String, String>> rows = Csv.shared("reference/edge/pnbd_edge.csv");
        assertThat(rows).hasSize(688);
        Map<String, List<Map<String, String>>> sets = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            ParetoNbd.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            TruthTable.agrees(row, "log_likelihood", model.logLikelihood(x, recency, age), 1e-12);
            TruthTable.agrees(row, "p_alive", model.probabilityAlive(x, recency, age), 1e-11);
            TruthTable.agrees(row, "expected_transactions_26", model.expectedTransactions(x, recency, age, 26), 1e-11);
            TruthTable.agrees(
                    row,
                    "dert_annual10_weekly",
                    model.discountedExpectedResidualTransactions(x, recency, age, DELTA),
                    1e-11);
            sets.computeIfAbsent(model.toString(), unused -> new ArrayList<>()).add(row);
        }
        for (List<Map<String, String>> set : sets.values()) {
            ParetoNbd.Fitted model = model(set.get(0));
            List<CustomerSummary> summaries = new ArrayList<>();
            for (Map<String, String> row : set) {
                summaries.add(CustomerSummary.of(
                        "C" + summaries.size(),
                        (int) Csv.number(row, "frequency"),
                        Csv.number(row, "recency"),
                        Csv.number(row, "age")));
            }
            CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
            double[] out = new double[base.size()];
            model.logLikelihoodInto(base, 0, base.size(), out);
            checkAll(set, "log_likelihood", out, 1e-12);
            model.probabilityAliveInto(base, 0, base.size(), out);
            checkAll(set, "p_alive", out, 1e-11);
            model.expectedTransactionsInto(base, 0, base.size(), 26, out);
            checkAll(set, "expected_transactions_26", out, 1e-11);
            model.discountedExpectedResidualTransactionsInto(base, 0, base.size(), DELTA, out);
            checkAll(set, "dert_annual10_weekly", out, 1e-11);
        }
    }

    private static void checkAll(List<Map<String, String>> rows, String column, double[] actual, double relative) {
        for (int i = 0; i < actual.length; i++) {
            TruthTable.agrees(rows.get(i), column, actual[i], relative);
        }
    }

    @Test
    void pointValuesOfTheLiterature() {
        ParetoNbd.Fitted model = ParetoNbd.Fitted.of(0.5534, 10.5802, 0.6061, 11.6562);
        // 40 digits by quadrature, with the functions of pnbd_truth.py, at exactly these parameters. Printed values
        // found elsewhere
        // (.997874, 25.45647, 1.473434) are up to 2.5e-4 away, relatively; more digits of the parameters would tell.
        assertThat(model.probabilityAlive(26, 30.857142857, 31)).isCloseTo(0.997873275573, within(1e-12));
        assertThat(model.expectedTransactions(26, 30.857142857, 31, 52))
                .isCloseTo(25.4537786344, within(1e-9))
                .isCloseTo(25.45647, within(3e-4 * 25.45647));
        assertThat(model.expectedTransactionsOfNewCustomer(52))
                .isCloseTo(1.4730669919, within(1e-9))
                .isCloseTo(1.473434, within(3e-4 * 1.473434));
        assertThat(ParetoNbd.Fitted.of(0.5629966, 12.5590370, 0.4081095, 10.5148048)
                        .discountedExpectedResidualTransactions(7, 35, 77.86, 0.0027))
                .isCloseTo(1.86418333, within(1e-8));
        assertThat(ParetoNbd.Fitted.of(0.5, 10, 1, 11).expectedTransactionsOfNewCustomer(50))
                .isCloseTo(0.9421382252562175, within(1e-15));
    }

    @Test
    void heavyBuyersNeitherOverflowNorVanishWrongly() {
        ParetoNbd.Fitted hard = ParetoNbd.Fitted.of(10.465, 0.00798565181, 3.0516, 2.82);
        assertThat(hard.logLikelihood(400, 5, 6)).isCloseTo(1323.188930967818, within(1e-11));
        assertThat(hard.probabilityAlive(400, 5, 6)).isCloseTo(5.13745811331938e-31, within(1e-43));
        assertThat(hard.logLikelihood(500, 1, 37)).isCloseTo(2594.4044546227565, within(1e-11));
        assertThat(hard.probabilityAlive(500, 1, 37)).isZero();
        ParetoNbd.Fitted other = ParetoNbd.Fitted.of(0.5143, 2.8845, 0.2856, 14.1087);
        assertThat(other.logLikelihood(221, 103.42857, 103.57143)).isCloseTo(-61.5846485617292, within(1e-11));
        assertThat(other.probabilityAlive(221, 103.42857, 103.57143)).isCloseTo(0.999596052317938, within(1e-14));
        ParetoNbd.Fitted ones = ParetoNbd.Fitted.of(1, 1, 1, 1);
        assertThat(ones.logLikelihood(3, 2, 6)).isCloseTo(-5.25451736730659, within(1e-13));
        assertThat(ones.probabilityAlive(3, 2, 6)).isCloseTo(0.0683390516901963, within(1e-15));
    }

    /** Ψ(s, s; z) = z^(1−s) e^z E_s(z). */
    @Test
    void tricomi() {
        double[][] values = {
            {0.4081, 0.2386, 1.0719173273311},
            {0.60624, 0.1358, 1.3056946035994},
            {1, 0.1, 2.0146425447085},
            {3, 0.01, 4952.0392557217}
        };
        for (double[] value : values) {
            double psi = Math.pow(value[1], 1 - value[0]) * ExponentialIntegral.scaled(value[0], value[1]);
            assertThat(psi).isCloseTo(value[2], within(1e-12 * value[2]));
        }
    }

    private static ParetoNbd.Fitted model(Map<String, String> row) {
        return ParetoNbd.Fitted.of(
                Csv.number(row, "r"), Csv.number(row, "alpha"), Csv.number(row, "s"), Csv.number(row, "beta"));
    }
}
