// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on simulated customers, end to end. */
class CommandsTest {

    private static final String MODEL = " --model bg-nbd --spend gamma-gamma";
    private static final String PARAMETERS = " --parameters r=0.25,alpha=4.4,a=0.8,b=2.4,p=6,q=4,gamma=15";
    private static final String TERMS = " --horizon 52 --discount-rate 0.1 --margin 0.3";
    private static final String SIMULATE =
            "simulate --customers 600 --from 2020-01-01 --until 2021-03-31 --seed 7" + MODEL + PARAMETERS;

    @TempDir
    static Path folder;

    private static Path log;

    @TempDir
    Path own;

    @BeforeAll
    static void simulate() throws IOException {
        log = Files.writeString(
                folder.resolve("log.csv"), succeed(Clv.line(SIMULATE)).out());
    }

    private static Clv succeed(Clv clv) {
        assertThat(clv.err()).doesNotContain("clv:");
        assertThat(clv.exitCode()).isZero();
        return clv;
    }

    private static String transactions() {
        return " --transactions " + log;
    }

    @Test
    void simulatesTheSameCustomersFromTheSameSeed() throws IOException {
        assertThat(Clv.line(SIMULATE).out())
                .isEqualTo(Files.readString(log))
                .startsWith("customer_id,date,amount\nC1,2020-");
        assertThat(Clv.line(SIMULATE.replace("seed 7", "seed 8")).out()).isNotEqualTo(Files.readString(log));
        assertThat(Clv.columnOf(Files.readString(log), "date")).allMatch(date -> date.compareTo("2021-03-31") <= 0);
        Clv ones = succeed(
                Clv.line(
                        "simulate --customers 3 --from 2020-01-01 --until 2020-12-31 --model bg-nbd --parameters r=1,alpha=4,a=1,b=2"));
        assertThat(ones.column("amount")).containsOnly("1.00");
        assertThat(ones.err()).contains("every amount is 1");
    }

    @Test
    void summarises() throws IOException {
        Clv clv = succeed(Clv.line("summary" + transactions() + " --out -"));

        assertThat(clv.column("customer_id")).hasSize(600);
        assertThat(clv.err()).contains("note: ", "customer in column 'customer_id'");
        // Standard input is as good as a file, and a file says the same as standard output.
        Clv piped = Clv.runWithInput(Files.readString(log), "summary", "--transactions", "-", "--out", own + "/s.csv");
        assertThat(succeed(piped).out()).isEmpty();
        assertThat(own.resolve("s.csv")).hasContent(clv.out());
        // Summaries give the same scores as the transactions.
        String score = MODEL + PARAMETERS + TERMS + " --columns customer_id,p_alive,clv";
        assertThat(succeed(Clv.line("score --summary " + own + "/s.csv" + score))
                        .out())
                .isEqualTo(succeed(Clv.line("score" + transactions() + score)).out());
    }

    @Test
    void fitsSavesAndScores() {
        String model = own + "/model.json";
        Clv fit = succeed(Clv.line("fit" + transactions() + MODEL + " --out " + model));
        assertThat(fit.out()).contains("bg-nbd: converged, 600 customers", "log-likelihood", "gamma-gamma: converged");
        assertThat(own.resolve("model.json")).content().contains("\"data_policy\"", "\"format\": \"clv4j-model/1\"");

        Clv saved = succeed(Clv.line("score" + transactions() + " --fitted " + model + TERMS));
        Clv fresh = succeed(Clv.line("score" + transactions() + MODEL + TERMS));
        assertThat(saved.out()).isEqualTo(fresh.out());
        assertThat(saved.out())
                .startsWith("customer_id,frequency,recency,age,monetary_value,p_alive,p_active,expected_transactions,"
                        + "discounted_expected_transactions,expected_spend,clv\n");
        assertThat(saved.column("clv")).hasSize(600).doesNotContain("");

        Clv onlyOut = succeed(Clv.line("fit" + transactions() + MODEL + " --out -"));
        assertThat(own.resolve("model.json")).hasContent(onlyOut.out());
        assertThat(onlyOut.err()).contains("log-likelihood");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gamma-gamma", "lognormal", "normal", "mean"})
    void takesAnySpendModelByItsName(String spend) {
        String choice = " --model bg-nbd --spend " + spend;
        String model = own + "/model.json";
        Clv fit = succeed(Clv.line("fit" + transactions() + choice + " --out " + model));
        assertThat(fit.out())
                .contains(spend + ": converged, ", "(s.e. ")
                .containsOnlyOnce("\nfrequency and spend: Pearson ")
                .contains(", Spearman ");
        Clv saved = succeed(Clv.line("score" + transactions() + " --fitted " + model + TERMS));
        assertThat(saved.out())
                .isEqualTo(succeed(Clv.line("score" + transactions() + choice + TERMS))
                        .out());
        assertThat(saved.column("expected_spend")).hasSize(600).doesNotContain("");
        Clv equity = succeed(Clv.line("equity" + transactions() + choice + TERMS));
        assertThat(equity.out()).contains("Customer equity by bg-nbd × " + spend);
        Clv onlyOut = succeed(Clv.line("fit" + transactions() + choice + " --out -"));
        assertThat(onlyOut.out()).startsWith("{").doesNotContain("Pearson");
        assertThat(onlyOut.err()).contains("frequency and spend: Pearson ");
    }

    /** A column of transactions, or of summaries, is a covariate; a saved model knows which. */
    @Test
    void fitsWithCovariates() throws IOException {
        StringBuilder rows = new StringBuilder("customer_id,date,amount,region,visits\n");
        Files.readString(log).lines().skip(1).forEach(line -> {
            int number = Integer.parseInt(line.substring(1, line.indexOf(',')));
            rows.append(line)
                    .append(number % 3 == 0 ? ",north," : ",south,")
                    .append(number % 7)
                    .append('\n');
        });
        Path file = Files.writeString(own.resolve("log.csv"), rows);
        String model = own + "/model.json";
        String fit = "fit --transactions " + file + " --model pareto-nbd --out " + model + " --covariates ";
        assertThat(succeed(Clv.line(fit + "region,visits")).out())
                .contains("purchase:region=north", "dropout:visits", "region is compared with south")
                .contains("test of the covariates: likelihood ratio ", " on 4 degrees of freedom, p = ");
        assertThat(own.resolve("model.json"))
                .content()
                .contains("\"region\": [ \"south\", \"north\" ]", "\"visits\": [ ]");
        String score = " --horizon 26 --columns customer_id,expected_transactions";
        Clv saved = succeed(Clv.line("score --transactions " + file + " --fitted " + model + score));
        Clv fresh = succeed(
                Clv.line("score --transactions " + file + " --model pareto-nbd --covariates region,visits" + score));
        assertThat(saved.out()).isEqualTo(fresh.out());
        assertThat(Clv.line("score" + transactions() + " --fitted " + model + score)
                        .err())
                .contains("'region' for `attribute` is not in ");
        Clv simulated = succeed(Clv.line("simulate --fitted " + model
                + " --customers 20 --from 2020-01-01 --until 2021-01-01 --profile region=north,visits=2"));
        assertThat(simulated.column("customer_id")).contains("C1", "C20");
        for (String wrong :
                List.of("", " --profile region=north", " --profile region=mars,visits=2", " --profile north")) {
            Clv refused = Clv.line(
                    "simulate --fitted " + model + " --customers 2 --from 2020-01-01 --until 2021-01-01" + wrong);
            assertThat(refused.exitCode()).as(wrong).isEqualTo(2);
            assertThat(refused.err()).as(wrong).contains("profile");
        }
        assertThat(Clv.line("fit" + transactions() + " --model nbd --covariates region")
                        .err())
                .contains("--covariates does not go with nbd; models with covariates: bg-nbd, ");
        assertThat(Clv.line("score --fitted " + model + " --covariates region" + transactions() + score)
                        .exitCode())
                .isEqualTo(2);

        Path summary = own.resolve("summary.csv");
        succeed(Clv.line("summary --transactions " + file + " --out " + summary));
        List<String> lines = Files.readAllLines(summary);
        StringBuilder customers = new StringBuilder(lines.get(0)).append(",region,visits\n");
        for (String line : lines.subList(1, lines.size())) {
            int number = Integer.parseInt(line.substring(1, line.indexOf(',')));
            customers
                    .append(line)
                    .append(number % 3 == 0 ? ",north," : ",south,")
                    .append(number % 7)
                    .append('\n');
        }
        Files.writeString(summary, customers);
        assertThat(succeed(Clv.line("score --summary " + summary + " --fitted " + model + score))
                        .out())
                .isEqualTo(saved.out());
        assertThat(succeed(Clv.line("score --summary " + summary
                                + " --model bg-nbd --parameters r=1,alpha=4,a=1,b=2,purchase:visits=0.1" + score))
                        .column("expected_transactions"))
                .doesNotContain("");
    }

    /** Covariates with a history: all customers share a season here. */
    @Test
    void fitsWithCovariatesThatChange() throws IOException {
        StringBuilder rows = new StringBuilder("date,promo\n");
        LocalDate week = LocalDate.of(2019, 12, 30);
        for (int i = 0; i < 120; i++) {
            rows.append(week.plusWeeks(i)).append(i % 6 == 3 ? ",1\n" : ",0\n");
        }
        String season = " --time-varying " + Files.writeString(own.resolve("season.csv"), rows);
        Path file = own.resolve("orders.csv");
        String parameters = " --parameters r=0.8,alpha=8,s=0.7,beta=12,purchase:promo=1";
        succeed(Clv.line("simulate --model pareto-nbd --customers 500 --from 2020-01-01 --until 2020-12-31 --out "
                + file + parameters + season));
        String orders = " --transactions " + file + " --until 2020-12-31";
        String model = own + "/model.json";
        assertThat(succeed(Clv.line("fit --model pareto-nbd --out " + model + orders + season))
                        .out())
                .contains("pareto-nbd-time-varying: converged, 500 customers", "purchase:promo", "dropout:promo");
        String score = " --horizon 26 --columns customer_id,p_alive,expected_transactions,next_purchase_date";
        Clv saved = succeed(Clv.line("score --fitted " + model + orders + season + score));
        assertThat(saved.column("expected_transactions")).hasSize(500).doesNotContain("");
        assertThat(saved.column("next_purchase_date"))
                .allSatisfy(day -> assertThat(day).isBetween("2020-12-31", "2021-07-01"));
        assertThat(succeed(Clv.line("score --model pareto-nbd" + orders + season + score))
                        .out())
                .isEqualTo(saved.out());
        assertThat(succeed(Clv.line("score --model pareto-nbd" + parameters + orders + season + score))
                        .out())
                .isNotEqualTo(saved.out());
        Clv endless = succeed(Clv.line("score --fitted " + model + orders + season
                + " --horizon infinite --discount-rate 0.1 --columns customer_id,discounted_expected_transactions"));
        assertThat(endless.column("discounted_expected_transactions")).doesNotContain("");
        assertThat(endless.err())
                .contains("--time-varying is known until 2022-04-17; after that the last values are held");

        assertThat(Clv.line("score --fitted " + model + orders + score).err())
                .contains("has covariates with a history; give --time-varying FILE");
        assertThat(Clv.line("score --fitted " + model + orders + season + " --horizon 100")
                        .err())
                .contains("must be known until the end of a horizon of 100.0 weeks");
        assertThat(Clv.line("fit --model bg-nbd" + orders + season).err())
                .contains("--time-varying does not go with bg-nbd; use pareto-nbd");
        assertThat(Clv.line("fit --model pareto-nbd-time-varying" + orders).err())
                .contains("needs the histories of its covariates");
    }

    @Test
    void leavesColumnsEmptyThatNeedWhatIsNotGiven() {
        Clv noTerms = succeed(Clv.line("score" + transactions() + MODEL + PARAMETERS + " --horizon 52"));
        Clv all = succeed(Clv.line("score" + transactions() + MODEL + PARAMETERS + TERMS));

        assertThat(noTerms.column("clv")).containsOnly("");
        assertThat(noTerms.column("discounted_expected_transactions")).containsOnly("");
        assertThat(noTerms.err()).contains("left empty: clv (needs --discount-rate and --margin)");
        for (String column : List.of("p_alive", "p_active", "expected_transactions", "expected_spend")) {
            assertThat(noTerms.column(column)).isEqualTo(all.column(column));
        }
        Clv noMargin =
                succeed(Clv.line("score" + transactions() + MODEL + PARAMETERS + " --horizon 52 --discount-rate 0.1"));
        assertThat(noMargin.column("discounted_expected_transactions"))
                .isEqualTo(all.column("discounted_expected_transactions"));
        assertThat(noMargin.column("clv")).containsOnly("");

        Clv noSpend = succeed(Clv.line(
                "score --model bg-nbd" + transactions() + TERMS + " --columns log_likelihood,expected_spend,clv"));
        assertThat(noSpend.column("log_likelihood")).doesNotContain("");
        assertThat(noSpend.err()).contains("left empty: expected_spend, clv (needs a spend model (--spend))");

        Clv past = succeed(Clv.line("score --model bg-nbd" + transactions() + " --columns customer_id,p_alive"));
        assertThat(past.column("p_alive")).doesNotContain("");
    }

    @Test
    void writesWhatAHistoryTellsBeyondValues() {
        String columns = " --columns customer_id,p_alive,p_alive_at_horizon,expected_time_to_next_purchase,"
                + "next_purchase_date,purchase_rate,dropout_rate";
        Clv clv = succeed(Clv.line("score --model bg-nbd" + transactions() + " --horizon 26" + columns));
        for (int row = 0; row < clv.column("p_alive").size(); row++) {
            double alive = Double.parseDouble(clv.column("p_alive").get(row));
            assertThat(Double.parseDouble(clv.column("p_alive_at_horizon").get(row)))
                    .isBetween(0.0, alive);
            assertThat(Double.parseDouble(
                            clv.column("expected_time_to_next_purchase").get(row)))
                    .isBetween(0.0, 26.0);
            assertThat(Double.parseDouble(clv.column("purchase_rate").get(row))).isPositive();
            assertThat(Double.parseDouble(clv.column("dropout_rate").get(row))).isBetween(0.0, 1.0);
            assertThat(clv.column("next_purchase_date").get(row)).matches("\\d{4}-\\d\\d-\\d\\d");
        }
        Clv endless = succeed(Clv.line("score --model bg-nbd" + transactions() + " --horizon infinite" + columns));
        assertThat(endless.column("next_purchase_date")).containsOnly("");
        assertThat(endless.column("purchase_rate")).isEqualTo(clv.column("purchase_rate"));
        assertThat(endless.err()).contains("(not defined by the model for an infinite horizon)");
        assertThat(Clv.line("score --model bg-nbd" + transactions() + " --columns next_purchase_date")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void valuesWithoutEndAndByTheAverage() {
        Clv endless = succeed(Clv.line("score" + transactions() + MODEL + PARAMETERS
                + " --horizon infinite --continuous-rate 0.002 --margin 0.3"));
        assertThat(endless.column("clv")).doesNotContain("");
        assertThat(endless.column("p_active")).containsOnly("");

        Clv average = succeed(Clv.line("score --model average-order" + transactions() + TERMS));
        assertThat(average.column("clv")).doesNotContain("");
        assertThat(average.column("p_alive")).containsOnly("");
        Clv partly = succeed(Clv.line("score --model average-order" + transactions() + " --horizon 52"));
        assertThat(partly.column("expected_transactions")).isEqualTo(average.column("expected_transactions"));
        assertThat(partly.column("clv")).containsOnly("");
        Clv tooFar = Clv.line("score --model average-order" + transactions()
                + " --horizon infinite --discount-rate 0.1 --margin 0.3");
        assertThat(tooFar.exitCode()).isEqualTo(1);
        assertThat(tooFar.err().lines()).hasSize(1);
    }

    @Test
    void addsUpEquityBySegments() throws IOException {
        StringBuilder segments = new StringBuilder("customer_id,region,size,cac\n");
        for (int i = 1; i <= 601; i++) {
            segments.append('C').append(i).append(i % 2 == 0 ? ",North," : ",South,");
            segments.append(i % 3 == 0 ? "large" : "small")
                    .append(",")
                    .append(i % 4)
                    .append(".5\n");
        }
        Path file = Files.writeString(own.resolve("segments.csv"), segments);
        String equity = "equity" + transactions() + " --spend gamma-gamma --model bg-nbd,average-order" + TERMS
                + " --segments " + file + " --by region,size --cac cac --currency EUR";

        Clv csv = succeed(Clv.line(equity + " --out - --format csv"));
        assertThat(csv.out())
                .startsWith("model,dimension,segment,customers,revenue,current_value,future_value,lifetime_value,"
                        + "acquisition_cost,equity,share\nbg-nbd × gamma-gamma,total,total,600,");
        assertThat(csv.err()).contains("1 customers of the segments are not among those valued");
        assertThat(csv.column("dimension")).contains("region", "size", "region / size");
        for (String model : List.of("bg-nbd × gamma-gamma", "average-order")) {
            for (String sum : List.of("revenue", "lifetime_value", "acquisition_cost", "equity")) {
                BigDecimal total = sum(csv, model, "total", sum);
                assertThat(sum(csv, model, "region", sum)).isEqualByComparingTo(total);
                assertThat(sum(csv, model, "size", sum)).isEqualByComparingTo(total);
                assertThat(sum(csv, model, "region / size", sum)).isEqualByComparingTo(total);
            }
        }

        Clv json = succeed(Clv.line(equity + " --out " + own + "/equity.json"));
        assertThat(own.resolve("equity.json")).content().contains("clv4j-equity/1", "\"currency\": \"EUR\"");
        assertThat(json.out())
                .contains("Customer equity by average-order, in EUR", "by region / size", "North / large");
        assertThat(succeed(Clv.line(equity)).out()).isEqualTo(json.out());

        Clv flat = succeed(Clv.line("equity" + transactions() + MODEL + TERMS + " --cac 2.50 --out - --format csv"));
        assertThat(flat.column("acquisition_cost")).containsExactly("1500.00");
        Clv unknown = succeed(Clv.line("equity" + transactions() + MODEL + TERMS));
        assertThat(unknown.out()).contains(" - ");
    }

    private static BigDecimal sum(Clv csv, String model, String dimension, String column) {
        List<String> models = csv.column("model");
        List<String> dimensions = csv.column("dimension");
        List<String> values = csv.column(column);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).equals(model) && dimensions.get(i).equals(dimension)) {
                sum = sum.add(new BigDecimal(values.get(i)));
            }
        }
        return sum;
    }

    @Test
    void takesSegmentsAndCostsFromSummaries() throws IOException {
        Path file = Files.writeString(
                own.resolve("s.csv"),
                """
                customer_id,frequency,recency,age,monetary_value,region,cac
                A,2,10,30,20,North,5
                B,1,20,30,10,South,7
                C,0,0,30,0,South,
                """);
        Clv clv = succeed(Clv.line("equity --summary " + file + MODEL + PARAMETERS + TERMS
                + " --by region --cac cac --out - --format csv"));

        assertThat(clv.column("segment")).containsExactly("total", "North", "South");
        assertThat(clv.column("acquisition_cost")).containsExactly("12.00", "5.00", "7.00");
        assertThat(clv.err()).contains("summaries");
    }

    @Test
    void skipsBadRowsAndReportsEach() throws IOException {
        Path file = Files.writeString(
                own.resolve("bad.csv"),
                "customer_id,date,amount\nA,2020-01-01,5\nB,2020-01-02,abc\n,2020-01-03,1\nC,2021-01-01,5\n");
        Clv clv = succeed(Clv.line("summary --bad-rows skip --until 2020-12-31 --transactions " + file));

        assertThat(clv.column("customer_id")).containsExactly("A");
        assertThat(clv.err())
                .contains("line 3: `amount`", "'abc'", "line 4: `customer`", "2 bad rows were skipped")
                .contains("1 customers have no purchase in the calibration");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.csv | customer_id,date#A,2020-01-01 | `amount`",
                "date.csv | customer_id,date,amount#A,2020-01-01,1#A,2020-02-31,1 | 2020-02-31",
                "abc.csv | customer_id,date,amount#A,2020-01-01,abc | 'abc'",
                "empty.csv | '' | it is empty",
                "header.csv | customer_id,date,amount | no transactions",
                "binary.csv | PNG\u0000\u0001x | NUL",
                "duplicate.csv | customer_id,date,date,amount#A,2020-01-01,2020-01-01,1 | 'date' in columns 2 and 3",
                "refund.csv | customer_id,date,amount#A,2020-01-01,1#A,2020-01-02,-1 | line 3",
                "one.csv | customer_id,date,amount#A,2020-01-01,1#A,2020-02-01,2#A,2020-03-01,1 | 1",
                "once.csv | customer_id,date,amount#A,2020-01-01,1#B,2020-02-01,2#C,2020-03-01,1#D,2020-03-05,1 | repeat",
                "nosuch.csv | | no such file",
            })
    void refusesWrongFilesInOneLine(String name, String content, String part) throws IOException {
        Path file = own.resolve(name);
        if (content != null) {
            Files.writeString(file, content.replace("#", "\n"));
        }
        Path out = own.resolve("out.json");
        Clv clv = Clv.line("fit" + MODEL + " --transactions " + file + " --out " + out);

        assertThat(clv.exitCode()).isEqualTo(1);
        assertThat(clv.err().lines()).hasSize(1);
        assertThat(clv.err()).startsWith("clv: ").contains(part).doesNotContain("Exception");
        assertThat(clv.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesAWindowWithoutCustomers() {
        Clv clv = Clv.line("summary" + transactions() + " --until 2019-12-31");

        assertThat(clv.exitCode()).isEqualTo(1);
        assertThat(clv.err()).startsWith("clv: no customer bought within").contains("2020-01-01");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Clv clv = Clv.line("summary" + transactions() + " --out " + own + "/no/s.csv");

        assertThat(clv.exitCode()).isEqualTo(1);
        assertThat(clv.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "summary --colour red",
                "summary",
                "summary --transactions LOG --delimiter pipe",
                "summary --transactions LOG --date-format nonsense",
                "summary --transactions LOG --from yesterday",
                "summary --transactions LOG --from 2022-01-01",
                "summary --transactions LOG --time-unit hours",
                "summary --transactions LOG --currency EURO",
                "summary --transactions LOG --zero-amounts maybe",
                "summary --transactions LOG --refunds maybe",
                "summary --transactions LOG --bad-rows maybe",
                "summary --transactions LOG --until 2020-12-31 --until 2020-12-30",
                "summary --summary LOG --until 2020-12-31",
                "summary --summary LOG --transactions LOG",
                "fit --transactions LOG",
                "fit --transactions LOG --model nonsense",
                "fit --transactions LOG --model gamma-gamma",
                "fit --transactions LOG --model bg-nbd --spend bg-nbd",
                "fit --transactions LOG --model bg-nbd,average-order --spend gamma-gamma",
                "fit --transactions LOG --model average-order --spend gamma-gamma",
                "fit --transactions LOG --model bg-nbd --parameters r=1,alpha=1,a=1,b=1",
                "score --transactions LOG --model bg-nbd",
                "score --transactions LOG --model bg-nbd --horizon -1",
                "score --transactions LOG --model bg-nbd --horizon 10 --columns size",
                "score --transactions LOG --model bg-nbd --horizon 10 --columns ,",
                "score --transactions LOG --model bg-nbd --horizon 10 --parameters r=1",
                "score --transactions LOG --model bg-nbd --horizon 10 --parameters r=1,alpha=1,a=1,b=1,c=1",
                "score --transactions LOG --model bg-nbd --horizon 10 --parameters r=1,r=1,alpha=1,a=1,b=1",
                "score --transactions LOG --model bg-nbd --horizon 10 --parameters r=-1,alpha=1,a=1,b=1",
                "score --transactions LOG --model bg-nbd --horizon 10 --parameters r=one,alpha=1,a=1,b=1",
                "score --transactions LOG --model pareto-nbd-sarmanov --horizon 10 --parameters r=1,alpha=9,s=1,beta=9,omega=99,c=1",
                "score --transactions LOG --model bg-nbd --horizon 10 --parameters r",
                "score --transactions LOG --model bg-nbd --fitted LOG --horizon 10",
                "score --transactions LOG --model bg-nbd --horizon 10 --discount-rate 0.1 --continuous-rate 0.1",
                "score --transactions LOG --model bg-nbd --horizon 10 --discount-rate -1",
                "score --transactions LOG --model bg-nbd --horizon 10 --margin 3",
                "equity --transactions LOG --model bg-nbd --horizon 10 --discount-rate 0.1 --margin 1",
                "equity --transactions LOG --model average-order --discount-rate 0.1 --margin 1",
                "equity --transactions LOG --model average-order --horizon 10 --margin 1",
                "equity --transactions LOG --model average-order --horizon 10 --discount-rate 0.1",
                "equity --transactions LOG --model average-order --horizon infinite --discount-rate 0 --margin 1",
                "equity --transactions LOG --model average-order --horizon 9 --discount-rate 0 --margin 1 --timing soon",
                "equity --transactions LOG --model average-order --horizon 9 --discount-rate 0 --margin 1 --out a.txt",
                "equity --transactions LOG --model average-order --horizon 9 --discount-rate 0 --margin 1 --cac -5",
                "simulate --model bg-nbd --customers 5 --from 2020-01-01 --until 2020-12-31",
                "simulate --model bg-nbd --parameters r=1,alpha=1,a=1,b=1 --customers 0 --from 2020-01-01 --until 2020-12-31",
                "simulate --model bg-nbd --parameters r=1,alpha=1,a=1,b=1 --customers 5 --from 2020-01-01 --until 2019-12-31",
                "simulate --model bg-nbd --parameters r=1,alpha=1,a=1,b=1 --customers 5 --from 2020-01-01",
            })
    void explainsWrongUsageInALineOrTwo(String line) {
        Clv clv = line.isEmpty() ? Clv.run() : Clv.line(line.replace("LOG", log.toString()));

        assertThat(clv.exitCode()).isEqualTo(2);
        assertThat(clv.err()).startsWith("clv: ").doesNotContain("Exception");
        assertThat(clv.err().lines().count()).isBetween(1L, 2L);
        assertThat(clv.out()).isEmpty();
    }

    @Test
    void breaksDownOnlyByWhatIsKnown() {
        Clv clv = Clv.line("equity" + transactions() + MODEL + TERMS + " --by region");

        assertThat(clv.exitCode()).isEqualTo(1);
        assertThat(clv.err()).contains("'region'", "its columns are customer_id, date, amount");
    }

    @Test
    void keepsToTheTimeUnitOfASavedModel() {
        String model = own + "/days.json";
        succeed(Clv.line("fit" + transactions() + MODEL + " --time-unit days --out " + model));

        Clv clv = succeed(Clv.line("score" + transactions() + " --fitted " + model + " --columns age"));
        assertThat(clv.column("age")).allMatch(age -> age.endsWith(".0"));
        assertThat(Clv.line("score" + transactions() + " --fitted " + model + " --columns age --time-unit weeks")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(succeed(Clv.line("--help")).out()).contains("summary", "demo", "Exit codes");
        assertThat(succeed(Clv.line("--version")).out()).startsWith("clv ");
        for (String command : List.of("summary", "fit", "score", "equity", "simulate", "demo")) {
            assertThat(succeed(Clv.line("help " + command)).out()).contains("Usage: clv " + command);
            assertThat(succeed(Clv.line(command + " --help")).out()).contains("Usage: clv " + command);
        }
        assertThat(succeed(Clv.line("generate-completion")).out()).contains("_complete_clv", "--transactions");
    }

    @Test
    void demonstratesTheWholeRoad() {
        Clv first = succeed(Clv.line("demo"));

        assertThat(first.out())
                .contains("Can it be trusted?", "Customer equity", "Grow referral", "Stop or renegotiate marketplace")
                .doesNotContain("NOT converge");
        assertThat(Clv.line("demo").out()).isEqualTo(first.out());
    }
}
