// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.io.ModelJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on customers under contract: published cohorts, and contracts that are made up. */
class ContractCommandsTest {

    /** Fader and Hardie (2007), segment Regular: survivors of 1,000 after 0 to 12 years. */
    private static final double[] REGULAR = {100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3
    };

    private static final String TERMS = " --horizon 36 --discount-rate 0.1 --margin 0.4";

    @TempDir
    static Path folder;

    private static Path cohorts;
    private static Path contracts;
    private static Path counted;
    private static Path purchases;

    @TempDir
    Path own;

    @BeforeAll
    static void write() throws IOException {
        StringBuilder survival = new StringBuilder("year,survival_pct\n");
        for (int year = 0; year < REGULAR.length; year++) {
            survival.append(year).append(',').append(REGULAR[year]).append('\n');
        }
        cohorts = Files.writeString(folder.resolve("cohorts.csv"), survival);
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder dated = new StringBuilder("customer_id,start,end,fee,plan\n");
        StringBuilder told = new StringBuilder("customer_id,tenure,left,fee,billed,plan\n");
        for (int i = 0; i < 400; i++) {
            LocalDate start = LocalDate.of(2022, 1, 1).plusDays(random.nextInt(900));
            double leaves = 0.02 + 0.3 * Math.pow(random.nextDouble(), 3);
            int months = 1;
            while (random.nextDouble() > leaves && !start.plusMonths(months + 1).isAfter(LocalDate.of(2024, 12, 31))) {
                months++;
            }
            boolean left = !start.plusMonths(months + 1).isAfter(LocalDate.of(2024, 12, 31));
            String plan = i % 3 == 0 ? "gold" : "basic";
            dated.append(
                    "C%d,%s,%s,%d.50,%s\n".formatted(i, start, left ? start.plusMonths(months) : "", 9 + i % 4, plan));
            told.append("C%d,%d,%s,%d.50,%s,%s\n"
                    .formatted(i, months, left ? "yes" : "no", 9 + i % 4, i % 50 == 0 ? "" : "20", plan));
        }
        contracts = Files.writeString(folder.resolve("contracts.csv"), dated);
        counted = Files.writeString(folder.resolve("counted.csv"), told);
        purchases = Files.writeString(
                folder.resolve("log.csv"),
                Clv.line("simulate --customers 300 --from 2023-01-01 --until 2024-12-31 --seed 3 --model bg-nbd --spend"
                                + " gamma-gamma --parameters r=0.25,alpha=4.4,a=0.8,b=2.4,p=6,q=4,gamma=15")
                        .out()
                        .replace("\nC", "\nP"));
    }

    private static Clv succeed(String line) {
        Clv clv = Clv.line(line);
        assertThat(clv.err()).doesNotContain("clv:");
        assertThat(clv.exitCode()).isZero();
        return clv;
    }

    @ParameterizedTest
    @CsvSource({
        "sbg, 7, alpha, 0.704077, 170.0",
        "sbg, 4, beta, 1.295830, 159.54",
        "bdw, 7, c, 1.283451, 177.33",
        "bdw, 4, c, 1.196399, 171.4",
    })
    void publishedCohortsAreFittedAndProjected(
            String model, int renewals, String parameter, double value, double survivors) {
        Path saved = own.resolve("model.json");
        Clv clv = succeed("retention --cohorts " + cohorts + " --model " + model + " --calibration " + renewals
                + " --save " + saved + " --out -");
        Map<String, Double> parameters = ModelJson.readFile(saved, ModelCatalog.load())
                .retention()
                .orElseThrow()
                .parameters();
        assertThat(parameters.get(parameter)).isCloseTo(value, within(5e-6));
        List<String> survival = clv.column("survival");
        assertThat(1000 * Double.parseDouble(survival.get(12))).isCloseTo(survivors, within(0.05));
        assertThat(Double.parseDouble(clv.column("observed").get(12))).isCloseTo(0.173, within(1e-12));
        assertThat(clv.column("use").subList(0, renewals + 1)).containsOnly("calibration");
        assertThat(clv.column("use").subList(renewals + 1, 13)).containsOnly("holdout");
    }

    @Test
    void discountedLifetimesAreThoseOfTheLiterature() {
        Clv clv = succeed("retention --cohorts " + cohorts + " --calibration 7 --discount-rate 0.1");
        assertThat(clv.out())
                .contains("fitted to 7 of 12 renewals")
                .containsPattern("new, first payment included +3\\.6949")
                .containsPattern("renewal 1 +2\\.9644")
                .containsPattern("renewal 5 +5\\.8941");
    }

    @Test
    void contractsAreValuedByWhatIsContractedAndByRenewals() {
        Path saved = own.resolve("model.json");
        String input = " --contracts " + contracts + " --until 2024-12-31 --term-months 12 --billing-months 1";
        succeed("fit" + input + " --model sbg --out " + saved);
        Clv scores = succeed("score" + input + " --time-unit years --fitted " + saved
                + " --horizon 3 --discount-rate 0.1 --margin 0.4 --out -");
        assertThat(scores.column("customer_id")).hasSize(400);
        List<String> contracted = scores.column("contracted_value");
        List<String> renewal = scores.column("renewal_value");
        List<String> clv = scores.column("clv");
        List<String> alive = scores.column("p_alive");
        for (int row = 0; row < 400; row++) {
            double sum = Double.parseDouble(contracted.get(row)) + Double.parseDouble(renewal.get(row));
            assertThat(Double.parseDouble(clv.get(row))).isCloseTo(sum, within(1e-9));
            if (alive.get(row).startsWith("0")) {
                assertThat(sum).isZero();
            }
        }
        assertThat(scores.sum("contracted_value")).isPositive();
        Clv atOnce = succeed("score" + input + " --time-unit years --model sbg"
                + " --horizon 3 --discount-rate 0.1 --margin 0.4 --out -");
        assertThat(atOnce.out()).isEqualTo(scores.out());
        assertThat(atOnce.err()).contains("taken as start: start");
    }

    @Test
    void segmentsOfContractsAddUp() throws IOException {
        Path values = own.resolve("values.csv");
        Clv clv = succeed(
                "retention --contracts " + counted + " --realised billed --by plan --model sbg,constant-retention"
                        + TERMS + " --intervals --draws 50 --values " + values);
        assertThat(clv.err()).contains("`billed` is blank for 8 customers, taken as 0");
        assertThat(clv.out())
                .contains("basic: 266 customers")
                .contains("gold: 134 customers")
                .contains("95.0 % interval");
        String csv = Files.readString(values);
        assertThat(Clv.columnOf(csv, "segment")).containsExactly("basic", "gold", "total", "basic", "gold", "total");
        List<String> future = Clv.columnOf(csv, "future_value");
        List<String> lower = Clv.columnOf(csv, "future_lower");
        List<String> upper = Clv.columnOf(csv, "future_upper");
        for (int total = 2; total < 6; total += 3) {
            assertThat(number(future, total - 2) + number(future, total - 1))
                    .isCloseTo(number(future, total), within(1e-6));
            assertThat(number(future, total)).isBetween(number(lower, total), number(upper, total));
            // Independent segments: the interval of the sum is narrower than the sum of the intervals.
            assertThat(number(upper, total) - number(lower, total))
                    .isLessThan(number(upper, total - 2)
                            - number(lower, total - 2)
                            + number(upper, total - 1)
                            - number(lower, total - 1));
        }
        assertThat(number(Clv.columnOf(csv, "current_value"), 2)).isCloseTo(0.4 * 392 * 20, within(1e-9));
        assertThat(succeed("retention --contracts " + counted + " --realised billed --by plan --model sbg" + TERMS
                                + " --intervals --draws 50")
                        .out())
                .as("the same command gives the same bytes")
                .isEqualTo(succeed("retention --contracts " + counted + " --realised billed --by plan --model sbg"
                                + TERMS + " --intervals --draws 50")
                        .out());
    }

    private static double number(List<String> column, int row) {
        return Double.parseDouble(column.get(row));
    }

    @Test
    void covariatesOfContractsAreThoseOfTheSavedModel() {
        Path saved = own.resolve("model.json");
        Clv fit = succeed("fit --contracts " + counted + " --model sbg --covariates plan --out " + saved);
        assertThat(fit.out()).contains("plan=gold");
        Clv scores = succeed("score --contracts " + counted + " --fitted " + saved + TERMS + " --out -");
        Clv atOnce = succeed("score --contracts " + counted + " --model sbg --covariates plan" + TERMS + " --out -");
        assertThat(scores.out()).isEqualTo(atOnce.out());
    }

    @Test
    void customersOfBothKindsStandInOneRun() {
        String input = " --contracts " + contracts + " --transactions " + purchases;
        String models = " --model bg-nbd --spend gamma-gamma --retention sbg";
        String terms = " --horizon 52 --discount-rate 0.1 --margin 0.4";
        Clv scores = succeed("score" + input + models + terms + " --until 2024-12-31 --out -");
        assertThat(scores.column("customer_id")).hasSize(700).contains("P1", "C1");
        Clv equity = succeed(
                "equity" + input + models + terms + " --until 2024-12-31 --by relationship --format csv --out -");
        assertThat(equity.column("segment")).containsExactly("total", "contract", "no contract");
        List<String> future = equity.column("future_value");
        assertThat(number(future, 1) + number(future, 2)).isCloseTo(number(future, 0), within(1e-6));
        assertThat(number(future, 0)).isCloseTo(scores.sum("clv"), within(1e-3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    retention                                                  | --cohorts FILE or --contracts FILE
                    retention --cohorts COHORTS --contracts CONTRACTS          | --cohorts FILE or --contracts FILE
                    retention --cohorts COHORTS --model bg-nbd                 | no retention model 'bg-nbd'
                    retention --cohorts COHORTS --by plan                      | --by goes with --contracts
                    retention --cohorts COHORTS --horizon 3                    | go with --contracts
                    retention --cohorts COHORTS --calibration 0                | --calibration must be at least 1
                    retention --cohorts COHORTS --level 2                      | --level must be in (0, 1)
                    retention --cohorts COHORTS --model sbg,bdw --save x.json  | one model of all customers
                    retention --cohorts COHORTS --transactions PURCHASES       | --transactions does not go with --cohorts
                    retention --cohorts COHORTS --fee x                        | go with --contracts FILE
                    retention --cohorts COHORTS --until 2024-12-31             | --until does not go with --cohorts
                    summary --contracts CONTRACTS                              | a summary is of purchases
                    retention --contracts COUNTED --intervals                  | need --horizon
                    retention --contracts COUNTED --cohort-size 5              | --cohort-size goes with --cohorts
                    retention --contracts COUNTED --until 2024-12-31           | contracts that have dates
                    fit --contracts CONTRACTS --model bg-nbd                   | models of contracts
                    fit --transactions PURCHASES --model sbg                   | model of customers under contract
                    fit --transactions PURCHASES --contracts CONTRACTS --model bg-nbd | need --retention
                    score --transactions PURCHASES --model bg-nbd --retention sbg --horizon 3 | --retention goes with
                    fit --contracts CONTRACTS --model sbg --amount x           | --amount does not go with
                    fit --transactions PURCHASES --model bg-nbd --fee x        | go with --contracts FILE
                    fit --contracts CONTRACTS --model sbg --term-months 12 --billing-months 5 | must divide
                    simulate --model bg-nbd --parameters r=1,alpha=1,a=1,b=1 --customers 1 --from 2024-01-01 --until 2024-02-01 --fee 3 | go with a model of contracts
                    fit --contracts CONTRACTS --model bdw --covariates plan    | --covariates does not go with bdw
                    """)
    void whatDoesNotGoTogetherIsWrongUsage(String line, String reason) {
        Clv clv = Clv.line(line.strip()
                .replace("COHORTS", cohorts.toString())
                .replace("CONTRACTS", contracts.toString())
                .replace("COUNTED", counted.toString())
                .replace("PURCHASES", purchases.toString()));
        assertThat(clv.err()).contains(reason);
        assertThat(clv.exitCode()).isEqualTo(2);
        assertThat(clv.out()).isEmpty();
    }

    @Test
    void madeUpContractsGiveTheirParametersBack() {
        Path made = own.resolve("made.csv");
        Path saved = own.resolve("model.json");
        succeed(
                "simulate --model sbg --parameters alpha=1.2,beta=4 --customers 8000 --from 2015-01-01 --until 2024-12-31"
                        + " --term-months 12 --fee 99 --seed 2 --out " + made);
        succeed("fit --contracts " + made + " --until 2024-12-31 --term-months 12 --model sbg --out " + saved);
        FitReport report =
                ModelJson.readFile(saved, ModelCatalog.load()).reports().get(0);
        assertThat(report.parameters().get("alpha"))
                .isCloseTo(1.2, within(3 * report.standardErrors().get("alpha")));
        assertThat(report.parameters().get("beta"))
                .isCloseTo(4, within(3 * report.standardErrors().get("beta")));
        assertThat(report.standardErrors().get("alpha")).isLessThan(0.2);
    }

    @Test
    void anUnknownSegmentIsTheDataS() {
        Clv clv = Clv.line("retention --contracts " + counted + " --by colour");
        assertThat(clv.exitCode()).isEqualTo(1);
        assertThat(clv.err()).contains("'colour'").contains("plan");
    }
}
