// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.io.ModelJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on CDNOW, where it is at hand, against published and independently computed figures. */
class RealDataTest {

    private static final Percentage EXACT = Percentage.withPercentage(1e-7);
    private static final Offset<Double> CLOSE = within(1e-4);

    @TempDir
    Path folder;

    private static String sample() {
        return " --transactions " + Clv.shared("data/cdnow/CDNOW_sample.txt")
                + " --no-header --delimiter whitespace --customer 2 --date 3 --date-format yyyyMMdd --amount 5"
                + " --until 1997-09-30";
    }

    private static Clv succeed(String line) {
        Clv clv = Clv.line(line);
        assertThat(clv.err()).doesNotContain("clv:");
        assertThat(clv.exitCode()).isZero();
        return clv;
    }

    @Test
    void summarisesTheSample() {
        Clv clv = succeed("summary" + sample() + " --out -");

        assertThat(clv.column("customer_id")).hasSize(2_357);
        assertThat(clv.sum("frequency")).isEqualTo(2_457);
        assertThat(clv.sum("recency")).isCloseTo(16_135.571, within(1e-3));
        assertThat(clv.sum("age")).isCloseTo(77_111.286, within(1e-3));
    }

    @Test
    void fitsTheSample() {
        Path file = folder.resolve("model.json");
        succeed("fit" + sample() + " --model bg-nbd --spend gamma-gamma --out " + file);
        List<FitReport> reports = ModelJson.readFile(file, ModelCatalog.load()).reports();
        FitReport purchases = reports.get(0);
        FitReport spend = reports.get(1);

        assertThat(purchases.logLikelihood().orElseThrow()).isCloseTo(-9582.42920667, within(1e-3));
        assertParameter(purchases, "r", 0.242594522486, 0.012557);
        assertParameter(purchases, "alpha", 4.41360202191, 0.37822);
        assertParameter(purchases, "a", 0.792922002506, 0.18573);
        assertParameter(purchases, "b", 2.42590672912, 0.70541);
        assertThat(spend.logLikelihood().orElseThrow()).isCloseTo(-4055.91769, within(1e-3));
        assertThat(spend.customers()).isEqualTo(946);
        assertParameter(spend, "p", 6.2496, 1.1901);
        assertParameter(spend, "q", 3.7442, 0.29013);
        assertParameter(spend, "gamma", 15.4435, 4.1594);

        Clv scores = succeed("score" + sample() + " --horizon 39 --fitted " + file);
        assertThat(scores.sum("p_alive")).isCloseTo(1917.277, within(1e-2));
        assertThat(scores.sum("expected_transactions")).isCloseTo(1653.408, within(1e-2));
    }

    @Test
    void fitsSpendModelsToTheSample() {
        String fit = "fit" + sample() + " --model bg-nbd --spend ";
        Clv logNormal = succeed(fit + "lognormal");
        assertThat(logNormal.out())
                .contains("lognormal: converged, 946 customers", "log-likelihood -4067.31863")
                .contains("frequency and spend: Pearson 0.114 (p = 0.0004), Spearman 0.206 (p < 0.0001);"
                        + " Pearson 0.057 (p = 0.0801) without 1 leverage point");
        assertThat(succeed(fit + "normal").out())
                .contains("normal: converged, 946 customers", "log-likelihood -4568.24367");
        assertThat(succeed(fit + "mean").out()).contains("mean: converged, 946 customers", "35.077848");
    }

    @Test
    void choosesTheIntervalOfPeriodicDeathOpportunities() {
        Path file = folder.resolve("pdo.json");
        Clv fit = succeed("fit" + sample() + " --model pdo --out " + file);
        assertThat(fit.out()).contains("pdo: converged, 2357 customers", "3.000000\n", "log-likelihood -9585.08");
        FitReport report =
                ModelJson.readFile(file, ModelCatalog.load()).reports().get(0);
        assertThat(report.parameters()).containsEntry("tau", 3.0);
        assertThat(report.standardErrors()).containsOnlyKeys("r", "alpha", "a", "b");
        assertThat(report.provenance().get("interval")).contains("the likeliest of 1.0, 2.0, 3.0, ");

        String score =
                "score" + sample() + " --horizon 39 --columns customer_id,p_alive,p_active,expected_transactions";
        StringBuilder stated = new StringBuilder(score + " --model pdo --parameters ");
        report.parameters().forEach((name, value) -> stated.append(name + "=" + value + ","));
        stated.setLength(stated.length() - 1);
        Clv saved = succeed(score + " --fitted " + file);
        assertThat(saved.column("p_alive")).hasSize(2_357);
        assertThat(saved.out()).isEqualTo(succeed(stated.toString()).out());
        assertThat(saved.sum("p_alive")).isGreaterThan(saved.sum("p_active"));

        String simulate = "simulate --customers 50 --from 1997-01-01 --until 1997-09-30 --seed 7 --fitted " + file;
        assertThat(succeed(simulate).column("date")).hasSizeGreaterThan(50);
    }

    private static void assertParameter(FitReport report, String name, double value, double error) {
        assertThat(report.parameters().get(name)).isCloseTo(value, Percentage.withPercentage(0.1));
        assertThat(report.standardErrors().get(name)).isCloseTo(error, Percentage.withPercentage(1));
    }

    @Test
    void scoresEachCustomerOfTheSample() throws IOException {
        String reference = Files.readString(Clv.shared("reference/cdnow/clvtools_scores.csv"));
        String score = "score --horizon 39 --model bg-nbd --spend gamma-gamma" + sample();
        Clv stated = succeed(score + " --parameters r=0.242594541510235,alpha=4.4136018839178,a=0.792919915003392,"
                + "b=2.42588806370538,p=6.24934917899977,q=3.74425633422183,gamma=15.4443066862728");
        Clv fitted = succeed(score);
        Map<String, String> columns = Map.of(
                "p_alive", "bg_nbd_p_alive",
                "expected_transactions", "bg_nbd_expected_transactions_39",
                "expected_spend", "gamma_gamma_expected_spend",
                "monetary_value", "monetary_value");

        columns.forEach((own, theirs) -> {
            Map<Integer, Double> expected = byId(reference, "sample_id", theirs);
            Map<Integer, Double> exact = byId(stated.out(), "customer_id", own);
            Map<Integer, Double> close = byId(fitted.out(), "customer_id", own);
            assertThat(exact).hasSize(2_357).hasSameSizeAs(expected);
            expected.forEach((id, value) -> {
                assertThat(exact.get(id)).as("%s of %s", own, id).isCloseTo(value, EXACT);
                assertThat(close.get(id)).as("%s of %s", own, id).isCloseTo(value, within(CLOSE.value * (1 + value)));
            });
        });
    }

    private static Map<Integer, Double> byId(String csv, String id, String column) {
        List<String> ids = Clv.columnOf(csv, id);
        List<String> values = Clv.columnOf(csv, column);
        Map<Integer, Double> byId = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            byId.put(Integer.valueOf(ids.get(i)), Double.valueOf(values.get(i)));
        }
        return byId;
    }

    @Test
    void runsTheMaster() {
        String master = " --until 1997-09-30 --transactions " + Clv.shared("data/cdnow/CDNOW_master.txt");

        Clv summary = succeed("summary" + master);
        assertThat(summary.column("customer_id")).hasSize(23_570);
        assertThat(summary.err()).contains("rows of amount zero were kept");
        Clv dropped = succeed("summary --zero-amounts drop" + master);
        assertThat(dropped.err()).contains("rows of amount zero were dropped");
        Clv equity = succeed("equity --model bg-nbd,average-order --spend gamma-gamma --horizon 39 --discount-rate 0.1"
                + " --margin 0.3 --out - --format csv" + master);
        assertThat(equity.column("customers")).containsExactly("23570", "23570");
    }
}
