// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/** Formulas against high-precision truth; the script bgnbd_truth.py made the table. */
class BgNbdTruthTest {

    private static final double DELTA = Math.log(1.1) / 52;

    @Test
    void everyQuantityAgreesWithTheTruth() {
        for (Map<String, String> row : Csv.resource("/org/clv4j/models/attrition/bgnbd_truth.csv")) {
            TruthTable.check(row, model(row), DELTA);
        }
    }

    /** The batch path of the hard cases that lie beside the checkout. */
    @Test
    void edgeCasesAgreeInOneAndInManyRows() {
        List<Map<String, String>> rows = Csv.shared("reference/edge/bgnbd_edge.csv");
        assertThat(rows).hasSize(412);
        for (Map<String, String> row : rows) {
            BgNbd.Fitted model = model(row);
            int x = (int) Csv.number(row, "frequency");
            double recency = Csv.number(row, "recency");
            double age = Csv.number(row, "age");
            TruthTable.agrees(row, "log_likelihood", model.logLikelihood(x, recency, age), 1e-12);
            TruthTable.agrees(row, "p_alive", model.probabilityAlive(x, recency, age), 1e-11);
            TruthTable.agrees(row, "expected_transactions_26", model.expectedTransactions(x, recency, age, 26), 1e-11);
            CustomerBase one =
                    CustomerBase.ofSummaries(List.of(CustomerSummary.of("C", x, recency, age)), TimeScale.WEEKS);
            double[] out = new double[1];
            model.logLikelihoodInto(one, 0, 1, out);
            TruthTable.agrees(row, "log_likelihood", out[0], 1e-12);
            model.probabilityAliveInto(one, 0, 1, out);
            TruthTable.agrees(row, "p_alive", out[0], 1e-11);
            model.expectedTransactionsInto(one, 0, 1, 26, out);
            TruthTable.agrees(row, "expected_transactions_26", out[0], 1e-11);
        }
    }

    /** All edge cases of one parameter set in one base: the batch path with mixed and huge frequencies. */
    @Test
    void edgeCasesAgreeInOneBatch() {
        List<Map<String, String>> all = Csv.shared("reference/edge/bgnbd_edge.csv");
        for (String set : List.of("cdnow", "small", "agt1")) {
            List<Map<String, String>> rows =
                    all.stream().filter(row -> set.equals(row.get("set"))).toList();
            List<CustomerSummary> summaries = new ArrayList<>();
            for (Map<String, String> row : rows) {
                summaries.add(CustomerSummary.of(
                        "C" + summaries.size(),
                        (int) Csv.number(row, "frequency"),
                        Csv.number(row, "recency"),
                        Csv.number(row, "age")));
            }
            CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
            BgNbd.Fitted model = model(rows.get(0));
            double[] out = new double[base.size()];
            model.expectedTransactionsInto(base, 0, base.size(), 26, out);
            for (int i = 0; i < out.length; i++) {
                TruthTable.agrees(rows.get(i), "expected_transactions_26", out[i], 1e-11);
            }
        }
    }

    /** Cases that once gave NaN: tails of the quadrature that were added where they are not asymptotic. */
    @Test
    void tinyAndHugeShapesStayFinite() {
        assertThat(BgNbd.Fitted.of(2.4e-5, 4.4e-4, 7.9e-5, 2.4e-4)
                        .discountedExpectedResidualTransactions(455, 0, 10, 1e-6))
                .isFinite()
                .isNotNegative();
        assertThat(BgNbd.Fitted.of(0.2426, 4.4136, 0.7929, 2.4259)
                        .expectedTransactions(500, 0.000142857142857, 0.142857142857, 26))
                .isCloseTo(0.09021341168705044, within(1e-12));
        for (double a : new double[] {1e-6, 1e-3, 1, 1e3, 1e6}) {
            for (double b : new double[] {1e-6, 1e-3, 1, 1e3, 1e6}) {
                BgNbd.Fitted model = BgNbd.Fitted.of(0.3, 5, a, b);
                double finite = model.discountedExpectedTransactions(3, 10, 12, 1e5, 1e-3);
                double residual = model.discountedExpectedResidualTransactions(3, 10, 12, 1e-3);
                assertThat(residual).as("a = %s, b = %s", a, b).isCloseTo(finite, within(1e-9 * finite));
            }
        }
    }

    @Test
    void pointValuesOfTheLiterature() {
        BgNbd.Fitted model = BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426);
        assertThat(model.expectedTransactions(2, 30.43, 38.86, 39)).isCloseTo(1.22602817476714, within(1e-13));
        assertThat(model.probabilityAlive(2, 30.43, 38.86)).isCloseTo(0.726578570080673, within(1e-14));
        assertThat(model.probabilityOfTransactions(10, 2)).isCloseTo(1.07869e-7, within(1e-12));
        assertThat(model.probabilityOfTransactions(11, 30)).isCloseTo(0.0019995214, within(1e-10));
        assertThat(model.probabilityOfTransactions(12, 30)).isCloseTo(0.0015170236, within(1e-10));
        assertThat(model.probabilityOfTransactions(13, 30)).isCloseTo(0.0011633150, within(1e-10));
        assertThat(model.probabilityOfTransactions(0, 39)).isCloseTo(0.57378635, within(1e-8));
        assertThat(BgNbd.Fitted.of(0.243, 4.414, 1.0000001, 2.426).expectedTransactions(2, 30.43, 38.86, 39))
                .isCloseTo(1.10213673141691, within(1e-13));
    }

    private static BgNbd.Fitted model(Map<String, String> row) {
        return BgNbd.Fitted.of(
                Csv.number(row, "r"), Csv.number(row, "alpha"), Csv.number(row, "a"), Csv.number(row, "b"));
    }
}
