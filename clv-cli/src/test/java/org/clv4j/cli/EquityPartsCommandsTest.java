// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments of any kind, the statement, what-if and the ranking in the command. */
class EquityPartsCommandsTest {

    private static final String MODEL = " --model bg-nbd --spend gamma-gamma"
            + " --parameters r=0.5,alpha=4.4,a=0.8,b=2.4,p=6.25,q=3.74,gamma=15.44";
    private static final String TERMS = " --horizon 26 --discount-rate 0.1 --margin 0.3";

    @TempDir
    static Path folder;

    private static Path log;

    @BeforeAll
    static void makeLog() {
        log = folder.resolve("log.csv");
        succeed("simulate --customers 300 --from 2020-01-01 --until 2020-12-31 --seed 5" + MODEL + " --out " + log);
    }

    private static Clv succeed(String line) {
        Clv clv = Clv.line(line);
        assertThat(clv.exitCode()).as(clv.err()).isZero();
        return clv;
    }

    private static String transactions() {
        return " --transactions " + log + " --until 2020-12-31" + MODEL + TERMS;
    }

    private static BigDecimal sum(Clv csv, String dimension, String column) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < csv.column("dimension").size(); i++) {
            if (csv.column("dimension").get(i).equals(dimension)) {
                sum = sum.add(new BigDecimal(csv.column(column).get(i)));
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "rfm, RFM, R1F1M1",
        "rfm-group, RFM group, champions",
        "value-tier, value tier, top 1 %",
        "value-share, value share, first 50 % of value",
        "acquisition-month, acquisition month, 2020-02",
        "acquisition-quarter, acquisition quarter, 2020-Q1",
        "acquisition-year, acquisition year, 2020",
        "frequency:1:3, frequency, 1 to below 3",
        "total_amount:q4, total_amount, ''"
    })
    void breaksDownBySegmentsThatItMakes(String by, String dimension, String label) {
        Clv csv = succeed("equity" + transactions() + " --by " + by + " --out - --format csv");

        assertThat(csv.column("dimension")).contains(dimension);
        if (!label.isEmpty()) {
            assertThat(csv.column("segment")).anyMatch(name -> name.contains(label));
        }
        assertThat(sum(csv, dimension, "future_value")).isEqualByComparingTo(sum(csv, "total", "future_value"));
        assertThat(sum(csv, dimension, "customers")).isEqualByComparingTo(sum(csv, "total", "customers"));
    }

    @Test
    void scoresAsItIsTold() {
        Clv csv = succeed("equity" + transactions() + " --by rfm,acquisition-quarter --rfm-scores 3 --rfm-zero-class"
                + " --out - --format csv");
        assertThat(csv.column("segment")).contains("R0F0M0", "R3F3M3").noneMatch(name -> name.contains("R4"));
        assertThat(sum(csv, "RFM / acquisition quarter", "equity")).isEqualByComparingTo(sum(csv, "total", "equity"));
        assertThat(succeed("forecast" + transactions() + " --by rfm-group --rfm-zero-class --draws 20")
                        .out())
                .contains("by RFM group", "one-time");
    }

    /** Every group of both regions prefers the same one, but the totals do not: more of one region's customers are new. */
    @Test
    void saysWhereTheTotalMisleads() throws Exception {
        StringBuilder rows = new StringBuilder("customer_id,frequency,recency,age,monetary_value,region,size\n");
        addCustomers(rows, "North", "large", 90, 3, 30);
        addCustomers(rows, "North", "small", 10, 1, 12);
        addCustomers(rows, "South", "large", 10, 3, 33);
        addCustomers(rows, "South", "small", 90, 1, 14);
        Path file = Files.writeString(folder.resolve("simpson.csv"), rows);

        Clv table = succeed("equity --summary " + file + MODEL + TERMS + " --by region,size");
        assertThat(table.out())
                .containsPattern(
                        "note: future value a customer: South is .* below North in total, but .* above .*in 2 of 2 cells");
    }

    private static void addCustomers(StringBuilder rows, String region, String size, int count, int orders, int spend) {
        for (int i = 0; i < count; i++) {
            rows.append(region)
                    .append(size)
                    .append(i)
                    .append(',')
                    .append(orders)
                    .append(",20,30,")
                    .append(spend)
                    .append(',')
                    .append(region)
                    .append(',')
                    .append(size)
                    .append('\n');
        }
    }

    @Test
    void statesLineByLine() throws Exception {
        String plan = " --growth 0.02 --offer wrap,0.01,3,1.5 --referrals 0.05,0.6,4.5 --cohort 4,100,8,region=North"
                + " --cohort 8,50,8 --service-cost 0.02,0.4 --realised-margin 0.28";
        Clv table = succeed("equity" + transactions() + plan + " --statement --by acquisition-quarter --statement-out "
                + folder + "/statement.csv");
        assertThat(table.out())
                .contains(
                        "Equity statement by bg-nbd × gamma-gamma",
                        "and 150 to come",
                        "expansion: products",
                        "= net equity")
                .containsPattern("by acquisition quarter +2020-Q1 +2020-Q2");
        Clv csv = new Clv(0, Files.readString(folder.resolve("statement.csv")), "");
        Clv equity = succeed("equity" + transactions() + " --out - --format csv");
        int repeat = csv.column("line").indexOf("repeat");
        assertThat(new BigDecimal(csv.column("contribution").get(repeat)))
                .isEqualByComparingTo(equity.column("future_value").get(0));
        assertThat(succeed("equity" + transactions() + plan + " --out " + folder + "/e.json --statement-out -")
                        .out())
                .startsWith("{\n  \"format\": \"clv4j-statement/1\"")
                .endsWith("}\n");
    }

    @Test
    void answersWhatIf() {
        Clv table = succeed("equity" + transactions() + " --what-if retention=+5%,margin=x0.9 --what-if spend=+10%"
                + " --tornado 10% --elasticities --break-even margin=1000 --what-if-out " + folder + "/what-if.json");
        assertThat(table.out())
                .contains("retention × 1.05, margin × 0.9", "spend × 1.1", "elasticity of", "swing", "break-even")
                .containsPattern("spend +1\\.000");
        assertThat(folder.resolve("what-if.json"))
                .content()
                .contains("clv4j-what-if/1", "\"tornado\"", "\"break_evens\"");
        Clv csv = succeed("equity" + transactions() + " --what-if spend=+10% --out " + folder + "/e.csv --what-if-out "
                + folder + "/w.csv");
        assertThat(csv.out()).contains("spend × 1.1");
        assertThat(folder.resolve("w.csv")).content().startsWith("scenario,line,before,after,difference\n");
    }

    @Test
    void ranksCustomers() {
        Clv table = succeed("rank" + transactions() + " --top 0.1 --draws 50 --parameter-errors none");
        assertThat(table.out())
                .contains("Customers by future value, by bg-nbd × gamma-gamma", "Gini", "share of the best 10 %")
                .contains("among the best 10 %", "are expected to turn out so");
        Clv csv = succeed("rank" + transactions() + " --out - --format csv");
        Clv scores = succeed("score" + transactions() + " --columns customer_id,clv");
        assertThat(csv.column("rank")).hasSize(300);
        assertThat(csv.column("value").stream().mapToDouble(Double::parseDouble).toArray())
                .isSortedAccordingTo((one, other) -> Double.compare(other, one))
                .containsExactlyInAnyOrder(scores.column("clv").stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray());
        assertThat(Double.parseDouble(csv.column("cumulative_share").get(299))).isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(succeed("rank" + transactions() + " --value lifetime --out - --format json")
                        .out())
                .contains("clv4j-concentration/1", "\"value\": \"lifetime\"", "\"lorenz\"");
    }

    @Test
    void listsWhomToWinBack() {
        Clv csv = succeed("rank" + transactions()
                + " --win-back --max-p-active 0.3 --min-value 5 --largest 7 --active-within 13 --out - --format csv");
        assertThat(csv.column("customer_id")).hasSizeBetween(1, 7);
        assertThat(csv.column("value_at_risk").stream().map(Double::parseDouble))
                .allMatch(value -> value >= 5);
        assertThat(csv.column("p_active").stream().map(Double::parseDouble)).allMatch(p -> p <= 0.3);
        Clv table = succeed("rank" + transactions() + " --win-back --out " + folder + "/back.json");
        assertThat(table.out()).contains("To win back, ", "at risk", "days silent");
        assertThat(folder.resolve("back.json")).content().contains("clv4j-win-back/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "equity LOG --by frequency:3:1",
                "equity LOG --by frequency:q1",
                "equity LOG --rfm-scores 3",
                "equity LOG --by rfm --rfm-scores 1",
                "equity LOG --growth 0.1",
                "equity LOG --statement --growth x",
                "equity LOG --statement --cohort 1,2",
                "equity LOG --statement --cohort 1,2,3,x",
                "equity LOG --statement --cohort 99,2,3",
                "equity LOG --statement --referrals 1,2,3",
                "equity LOG --statement --service-cost 1,2,3",
                "equity LOG --statement --offer a,b,c,d",
                "equity LOG --statement-out x.txt",
                "equity LOG --statement --out -",
                "equity LOG --tornado 10% --statement-out -",
                "equity LOG --statement-out - --out -",
                "equity LOG --what-if margin=0.2",
                "equity LOG --what-if price=+5%",
                "equity LOG --what-if margin",
                "equity LOG --tornado 100%",
                "equity LOG --break-even margin=x",
                "equity LOG --what-if-out x.json",
                "equity LOG --elasticities --tornado 10% --what-if-out x.csv",
                "forecast LOG --by value-tier",
                "rank LOG --draws 5",
                "rank LOG --top 2",
                "rank LOG --largest 5",
                "rank LOG --win-back --top 0.1",
                "rank LOG --win-back --max-p-active 2",
                "rank LOG --value past"
            })
    void refusesWrongUsage(String line) {
        Clv clv = Clv.line(line.replace(" LOG", transactions()));
        assertThat(clv.exitCode()).as(clv.err()).isEqualTo(2);
        assertThat(clv.out()).isEmpty();
        assertThat(clv.err()).startsWith("clv: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "equity LOG --what-if margin=x4",
                "equity LOG --break-even margin=-5",
                "rank AVERAGE --win-back",
                "rank AVERAGE --top 0.1"
            })
    void refusesWhatCannotBe(String line) {
        Clv clv = Clv.line(line.replace(" LOG", transactions())
                .replace(" AVERAGE", " --transactions " + log + " --model average-order" + TERMS));
        assertThat(clv.exitCode()).as(clv.err()).isEqualTo(1);
        assertThat(clv.out()).isEmpty();
    }
}
