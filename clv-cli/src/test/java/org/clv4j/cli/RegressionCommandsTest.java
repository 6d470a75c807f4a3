// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regressions and the comparison of models, from the command line. */
class RegressionCommandsTest {

    private static final String OLS = " --model regression --family ols";
    private static final String TERMS = " --horizon 13 --discount-rate 0.1 --margin 0.3";

    @TempDir
    static Path folder;

    private static Path log;

    @TempDir
    Path own;

    /** Simulated customers, to whose lines a product, a channel and a region are added. */
    @BeforeAll
    static void simulate() throws IOException {
        Clv simulated = Clv.line(
                "simulate --customers 500 --from 2020-01-01 --until 2021-06-30 --seed 5 --model bg-nbd --spend gamma-gamma"
                        + " --parameters r=0.6,alpha=4.4,a=0.8,b=4,p=6,q=4,gamma=15");
        List<String> lines = simulated.out().lines().toList();
        StringBuilder text = new StringBuilder(lines.get(0)).append(",article,channel,region\n");
        for (int i = 1; i < lines.size(); i++) {
            int customer =
                    Integer.parseInt(lines.get(i).substring(1, lines.get(i).indexOf(',')));
            text.append(lines.get(i))
                    .append(List.of(",tea", ",mug", ",pot", ",").get(i % 4))
                    .append(i % 5 == 0 ? ",web" : ",shop")
                    .append(customer % 3 == 0 ? ",north\n" : ",south\n");
        }
        log = Files.writeString(folder.resolve("log.csv"), text);
    }

    private static Clv succeed(String line) {
        Clv clv = Clv.line(line);
        assertThat(clv.err()).doesNotContain("clv:");
        assertThat(clv.exitCode()).isZero();
        return clv;
    }

    private static String data() {
        return " --transactions " + log + " --until 2021-06-30";
    }

    @Test
    void savesARegressionThatScoresTheSame() throws IOException {
        String file = own + "/model.json";
        Clv fit = succeed("fit" + data() + OLS + " --horizon 13 --out " + file);
        assertThat(fit.out()).contains("regression: converged", "log_time_since_last");
        assertThat(own.resolve("model.json"))
                .content()
                .contains(
                        "\"model\": \"regression\"",
                        "\"state\": {",
                        "\"data_policy\"",
                        "\"cut-offs\": \"2021-03-31\"",
                        "\"family\": [ \"ols\" ]");
        Clv saved = succeed("score" + data() + " --fitted " + file + TERMS);
        Clv fresh = succeed("score" + data() + OLS + TERMS);
        assertThat(saved.out()).isEqualTo(fresh.out());
        assertThat(saved.column("clv")).hasSize(500).doesNotContain("");
        assertThat(succeed("equity" + data() + " --fitted " + file + TERMS).out())
                .isEqualTo(succeed("equity" + data() + OLS + TERMS).out())
                .contains("Customer equity by regression");
        assertThat(succeed("fit" + data() + OLS + " --horizon 13 --out -").out())
                .isEqualTo(Files.readString(own.resolve("model.json")));
        Clv other = Clv.line("score" + data() + " --fitted " + file + " --horizon 26 --discount-rate 0.1 --margin 0.3");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("predicts 13 weeks, no other horizon");
        assertThat(other.err().lines().filter(line -> line.startsWith("clv:"))).hasSize(1);
    }

    @Test
    void readsWhatTheFeaturesNeed() {
        String file = own + "/model.json";
        String features = " --features frequency,attribute:region,mix:channel,product-mix --product article";
        Clv fit = succeed("fit" + data() + OLS + features
                + " --horizon 13 --cut-offs 2 --interval-segments region --out " + file);
        assertThat(fit.out()).contains("region=north", "channel=web", "product=");
        // A saved model knows which columns it needs, but not which has the products.
        Clv saved = succeed("score" + data() + " --fitted " + file + " --product article" + TERMS);
        assertThat(saved.out())
                .isEqualTo(succeed("score" + data() + OLS + features + " --cut-offs 2" + TERMS)
                        .out());
        assertThat(saved.out())
                .isNotEqualTo(succeed("score" + data() + OLS + TERMS + " --cut-offs 2")
                        .out());
        // So are the groups of its intervals.
        Clv judged = succeed("validate --transactions " + log
                + " --until 2021-03-31 --holdout-until 2021-06-30 --product article --fitted " + file);
        assertThat(judged.out()).contains("regression", "2021-03-31");
        Clv lacking = Clv.line("fit" + data() + OLS + " --features attribute:colour --horizon 13");
        assertThat(lacking.exitCode()).isEqualTo(1);
        assertThat(lacking.err()).contains("'colour'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fit LOG --model regression --horizon 13 | --family",
                "fit LOG --model regression --family olss --horizon 13 | olss",
                "fit LOG --model regression --family ols | --horizon",
                "fit LOG --model regression --family ols,ridge --horizon 13 | one model",
                "fit LOG --model regression --family ols --horizon 0 | horizon",
                "fit LOG --model regression --family ols --horizon x | --horizon",
                "fit LOG --model regression --family ols --horizon 13 --features frequncy | frequncy",
                "fit LOG --model regression --family ols --horizon 13 --features recent:x | recent:x",
                "fit LOG --model regression --family ols --horizon 13 --target profit | profit",
                "fit LOG --model regression --family ols --horizon 13 --cut-offs 0 | --cut-offs",
                "fit LOG --model regression --family ols --horizon 13 --cut-offs soon | --cut-offs",
                "fit LOG --model regression --family ols --horizon 13 --cut-offs 2021-02-30 | --cut-offs",
                "fit LOG --model regression --family ols --horizon 13 --new-customers -1 | periods",
                "fit LOG --model regression --family ols --horizon 13 --spend gamma-gamma | --spend",
                "fit LOG --model regression --family ols --horizon 13 --covariates region | --covariates",
                "fit LOG --model regression --family ols --horizon 13 --parameters a=1 | --parameters",
                "fit LOG --model bg-nbd --horizon 13 | --horizon goes with --model regression",
                "fit LOG --model bg-nbd --family ols | --family goes with",
                "fit LOG --model bg-nbd --features frequency | --features goes with",
                "fit LOG --model bg-nbd --target orders | --target goes with",
                "fit LOG --model bg-nbd --cut-offs 2 | --cut-offs goes with",
                "fit LOG --model bg-nbd --new-customers 4 | --new-customers goes with",
                "fit LOG --model bg-nbd --recalibrate | --recalibrate goes with",
                "fit LOG --model bg-nbd --negative-as-zero | --negative-as-zero goes with",
                "fit LOG --model bg-nbd --interval-segments purchases | --interval-segments goes with",
                "score LOG --model regression --family ols --horizon infinite --discount-rate 0.1 --margin 1 | --horizon",
                "score LOG --fitted FITTED --family ols --horizon 13 | --family goes with",
                "summary --summary LOGFILE --product article | --product",
                "validate --transactions LOGFILE --holdout-until 2021-06-30 --model bg-nbd | --until",
                "validate HALF --holdout-until 2021-03-31 --model bg-nbd | --holdout-until",
                "validate HALF --holdout-until soon --model bg-nbd | --holdout-until",
                "validate HALF --holdout-until 2021-06-30 | which model",
                "validate HALF --holdout-until 2021-06-30 --models bg-nbd,average-order | --spend",
                "validate HALF --holdout-until 2021-06-30 --model average-order --train-share 1.5 | --train-share",
                "validate HALF --holdout-until 2021-06-30 --model average-order --train-share 0 | --train-share",
                "validate HALF --holdout-until 2021-06-30 --model average-order --origins 0 | --origins",
                "validate HALF --holdout-until 2021-06-30 --model average-order --seed x | --seed",
                "validate HALF --holdout-until 2021-06-30 --model regression --family ols --target orders | --target",
            })
    void optionsThatDoNotGoTogether(String lineAndPart) {
        String[] parts = lineAndPart.split(" \\| ", -1);
        Path fitted = own.resolve("fitted.json");
        if (parts[0].contains("FITTED")) {
            succeed("fit" + data() + OLS + " --features frequency --horizon 13 --out " + fitted);
        }
        Clv clv = Clv.line(parts[0].replace("LOGFILE", log.toString())
                .replace("LOG", data().strip())
                .replace("HALF", "--transactions " + log + " --until 2021-03-31")
                .replace("FITTED", fitted.toString()));
        assertThat(clv.exitCode()).isEqualTo(2);
        assertThat(clv.err()).contains(parts[1]).doesNotContain("Exception");
        assertThat(clv.err().lines().filter(line -> !line.startsWith("note:"))).hasSize(1);
        assertThat(clv.out()).isEmpty();
    }

    @Test
    void withoutIntervalsThereIsNoCoverage() throws IOException {
        succeed("validate --transactions " + log + HALF
                + " --models regression --family ols --prediction-intervals none --out " + own + "/v.csv");
        assertThat(Clv.columnOf(Files.readString(own.resolve("v.csv")), "coverage"))
                .containsExactly("");
    }

    private static final String HALF = " --until 2021-03-31 --holdout-until 2021-06-30";

    @Test
    void comparesModelsOfValue() throws IOException {
        String line = "validate --transactions " + log + HALF
                + " --models bg-nbd,regression,average-order,spend-rate --spend gamma-gamma --family ols,two-part";
        Clv csv = succeed(line + " --out " + own + "/v.csv");
        String file = Files.readString(own.resolve("v.csv"));
        assertThat(Clv.columnOf(file, "model"))
                .containsExactly("spend-rate", "bg-nbd", "regression ols", "regression two-part", "average-order");
        assertThat(Clv.columnOf(file, "cut_off")).containsOnly("2021-03-31");
        assertThat(Clv.columnOf(file, "holdout_total").stream().distinct()).hasSize(1);
        assertThat(Clv.columnOf(file, "customers").stream().distinct()).hasSize(1);
        assertThat(Clv.columnOf(file, "coverage").get(2)).isNotEmpty();
        assertThat(csv.out()).contains("net-value of the 13.00 weeks after 2021-03-31, learned from the time before");
        // What was bought in the holdout, by hand.
        double sum = 0;
        List<String> dates = Clv.columnOf(Files.readString(log), "date");
        List<String> amounts = Clv.columnOf(Files.readString(log), "amount");
        List<String> ids = Clv.columnOf(Files.readString(log), "customer_id");
        List<String> known = IntStream.range(0, dates.size())
                .filter(i -> dates.get(i).compareTo("2021-03-31") <= 0)
                .mapToObj(ids::get)
                .distinct()
                .toList();
        for (int i = 0; i < dates.size(); i++) {
            if (dates.get(i).compareTo("2021-03-31") > 0 && known.contains(ids.get(i))) {
                sum += Double.parseDouble(amounts.get(i));
            }
        }
        assertThat(Double.parseDouble(Clv.columnOf(file, "holdout_total").get(0)))
                .isCloseTo(sum, org.assertj.core.api.Assertions.within(1e-6));
        // The same command twice gives the same bytes, on threads as well.
        assertThat(succeed(line + " --out -").out()).isEqualTo(file);
        assertThat(succeed(line + " --threads 2 --out -").out()).isEqualTo(file);
    }

    @Test
    void comparesModelsOfOrders() {
        Clv csv = succeed("validate --transactions " + log + HALF + " --models bg-nbd,pareto-nbd --out -");
        assertThat(csv.column("model")).containsExactly("bg-nbd", "pareto-nbd");
        assertThat(csv.column("coverage")).containsOnly("");
        assertThat(csv.column("log_likelihood")).doesNotContain("");
        assertThat(Double.parseDouble(csv.column("holdout_total").get(0))).isGreaterThan(10);
        assertThat(succeed("validate --transactions " + log + HALF + " --models bg-nbd,pareto-nbd")
                        .out())
                .startsWith("orders of the 13.00 weeks after 2021-03-31");
    }

    @Test
    void judgesByOtherCustomers() {
        String line = "validate --transactions " + log + HALF
                + " --models regression,spend-rate --family ols --train-share 0.6 --interval-segments purchases";
        Clv text = succeed(line);
        assertThat(text.out())
                .contains("learned from 60.0 % of the customers, judged by the others")
                .contains("coverage of the intervals of regression ols", "3 to 5");
        Clv csv = succeed(line + " --out -");
        int judged = Integer.parseInt(csv.column("customers").get(0));
        assertThat(judged).isBetween(130, 270);
        assertThat(succeed(line + " --out -").out()).isEqualTo(csv.out());
        assertThat(succeed(line + " --seed 1 --out -").out()).isEqualTo(csv.out());
        assertThat(succeed(line + " --seed 2 --out -").out()).isNotEqualTo(csv.out());
        Clv none = Clv.line(line.replace("0.6", "0.999999") + " --out -");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("no customer to judge by as of 2021-03-31");
    }

    @Test
    void judgesAsOfSeveralDays() {
        Clv csv = succeed("validate --transactions " + log + HALF
                + " --models regression,spend-rate --family ols --origins 2 --out -");
        assertThat(csv.column("cut_off"))
                .containsExactly("2020-12-30", "2021-03-31", "all", "2020-12-30", "2021-03-31", "all");
        List<String> totals = csv.column("holdout_total");
        assertThat(Double.parseDouble(totals.get(2)))
                .isCloseTo(
                        Double.parseDouble(totals.get(0)) + Double.parseDouble(totals.get(1)),
                        org.assertj.core.api.Assertions.within(1e-6));
        // As of the first, a day alone gives the same.
        Clv alone = succeed("validate --transactions " + log
                + " --until 2020-12-30 --holdout-until 2021-03-31 --models regression,spend-rate --family ols --out -");
        assertThat(csv.out().lines().toList().get(1))
                .isEqualTo(alone.out().lines().toList().get(1));
        Clv tooMany = Clv.line("validate --transactions " + log + HALF + " --models spend-rate --origins 20");
        assertThat(tooMany.exitCode()).isEqualTo(1);
        assertThat(tooMany.err().lines().filter(l -> l.startsWith("clv:"))).hasSize(1);
    }

    /** What comes after the holdout, or after the cut-off, changes no model. */
    @Test
    void modelsDoNotSeeTheHoldout() throws IOException {
        StringBuilder cut = new StringBuilder();
        for (String row : Files.readAllLines(log)) {
            String date = row.split(",", -1)[1];
            // In the holdout amounts are others.
            cut.append(
                            date.compareTo("2021-03-31") > 0 && date.startsWith("2021")
                                    ? row.replaceFirst("(,2021-..-..,)", "$11")
                                    : row)
                    .append('\n');
        }
        Path other = Files.writeString(own.resolve("other.csv"), cut);
        String line = HALF + " --models bg-nbd,regression --spend gamma-gamma --family ols --out -";
        Clv one = succeed("validate --transactions " + log + line);
        Clv two = succeed("validate --transactions " + other + line);
        assertThat(two.column("predicted_total")).isEqualTo(one.column("predicted_total"));
        assertThat(two.column("holdout_total")).isNotEqualTo(one.column("holdout_total"));
    }
}
