// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may come out instead: {@code forecast}, and {@code equity --intervals}. */
class ForecastCommandsTest {

    private static final String PARAMETERS =
            " --model bg-nbd --spend gamma-gamma --parameters r=0.243,alpha=4.414,a=0.793,b=2.426,p=6.25,q=3.74,gamma=15.44";
    private static final String TERMS = " --horizon 26 --discount-rate 0.1 --margin 0.3";
    private static final String DRAWS = " --draws 200 --parameter-errors none";

    @TempDir
    static Path folder;

    private static Path log;

    @BeforeAll
    static void makeLog() {
        log = folder.resolve("log.csv");
        succeed(Clv.line("simulate --customers 200 --from 2020-01-01 --until 2020-12-31 --seed 3" + PARAMETERS
                + " --out " + log));
    }

    private static String transactions() {
        return " --transactions " + log + " --until 2020-12-31";
    }

    private static Clv succeed(Clv clv) {
        assertThat(clv.exitCode()).as(clv.err()).isZero();
        return clv;
    }

    private static double of(Clv csv, String period, String figure, String column) {
        List<String> periods = csv.column("period");
        List<String> figures = csv.column("figure");
        for (int i = 0; i < periods.size(); i++) {
            if (periods.get(i).equals(period) && figures.get(i).equals(figure)) {
                return Double.parseDouble(csv.column(column).get(i));
            }
        }
        throw new AssertionError("no " + figure + " in " + period);
    }

    @Test
    void forecastsByPeriodAndAgreesWithEquity() {
        Clv forecast = succeed(Clv.line("forecast" + transactions() + PARAMETERS + TERMS + DRAWS
                + " --period 10 --out - --format csv --quantiles 0.1,0.9"));
        Clv equity = succeed(Clv.line("equity" + transactions() + PARAMETERS + TERMS + " --out - --format csv"));

        assertThat(forecast.out())
                .startsWith("dimension,segment,period,start,end,first_day,last_day,figure,expected,mean,"
                        + "standard_deviation,q0.1,q0.9\ntotal,total,1,0,10,2021-01-01,2021-03-11,orders,");
        assertThat(forecast.column("period")).contains("1", "2", "3", "total").hasSize(4 * 4);
        assertThat(forecast.column("last_day")).contains("2021-07-01");
        assertThat(of(forecast, "total", "value", "expected")).isEqualTo(equity.sum("future_value"));
        double revenue = 0;
        for (String period : List.of("1", "2", "3")) {
            revenue += of(forecast, period, "revenue", "expected");
            assertThat(of(forecast, period, "orders", "q0.1")).isLessThan(of(forecast, period, "orders", "q0.9"));
        }
        assertThat(of(forecast, "total", "revenue", "expected")).isCloseTo(revenue, within(1e-9 * revenue));
        assertThat(of(forecast, "total", "orders", "mean"))
                .isCloseTo(
                        of(forecast, "total", "orders", "expected"),
                        within(5 * of(forecast, "total", "orders", "standard_deviation") / Math.sqrt(200)));
    }

    @Test
    void leavesOutWhatIsNotAskedFor() {
        Clv orders = succeed(Clv.line("forecast" + transactions() + " --model bg-nbd --horizon 26 --draws 50"
                + " --parameters r=0.243,alpha=4.414,a=0.793,b=2.426 --out - --format csv"));
        assertThat(orders.column("figure")).containsExactly("orders", "active-customers");
        assertThat(orders.err()).contains("intervals are too narrow");
        Clv table = succeed(Clv.line("forecast" + transactions() + PARAMETERS + DRAWS + " --horizon 26"));
        assertThat(table.out())
                .contains("Forecast by bg-nbd × gamma-gamma", "active customers", "2021-01-01 to 2021-07-01", "revenue")
                .doesNotContain("value", "margin");
        assertThat(table.err()).doesNotContain("too narrow");
    }

    @Test
    void saysHowSureSegmentsAre() throws Exception {
        StringBuilder segments = new StringBuilder("customer_id,region\n");
        for (int i = 1; i <= 200; i++) {
            segments.append('C').append(i).append(i % 2 == 0 ? ",North\n" : ",South\n");
        }
        Path file = Files.writeString(folder.resolve("segments.csv"), segments);
        String equity = "equity" + transactions() + PARAMETERS + TERMS + DRAWS + " --intervals --segments " + file
                + " --by region --level 0.9";

        Clv csv = succeed(Clv.line(equity + " --out - --format csv"));
        assertThat(csv.column("segment")).containsExactly("total", "North", "South");
        for (int i = 0; i < 3; i++) {
            double value = Double.parseDouble(csv.column("future_value").get(i));
            assertThat(Double.parseDouble(csv.column("future_value_lower").get(i)))
                    .isLessThan(value);
            assertThat(Double.parseDouble(csv.column("future_value_upper").get(i)))
                    .isGreaterThan(value);
        }
        Clv table = succeed(Clv.line(equity + " --out " + folder + "/equity.json"));
        assertThat(table.out()).contains("90 % from", "200 futures of seed 1, drawn with known parameters");
        assertThat(folder.resolve("equity.json"))
                .content()
                .contains("\"level\": 0.9", "\"parameter_draws\": \"known parameters\"", "\"process\": ")
                .containsPattern("\"future_value_interval\": \\{\\s+\"lower\": [0-9.]+,\\s+\"upper\": [0-9.]+");
        succeed(Clv.line("forecast" + transactions() + PARAMETERS + DRAWS + TERMS + " --segments " + file
                + " --by region --period 13 --out " + folder + "/forecast.json"));
        assertThat(folder.resolve("forecast.json"))
                .content()
                .contains(
                        "clv4j-forecast/1",
                        "\"labels\": [ \"North\" ]",
                        "\"active_customers\"",
                        "\"first_day\": \"2021-01-01\"",
                        "\"0.05\": ");
    }

    @Test
    void takesSomeCustomersOnly() throws Exception {
        Path file = Files.writeString(
                folder.resolve("countries.csv"),
                """
                customer,day,amount,country,children
                A,2020-01-06,10,France,2
                A,2020-02-03,12,Spain,2
                A,2020-02-10,30,Spain,2
                B,2020-01-13,20,France,
                C,2020-01-20,9,Spain,0
                """);
        String equity = "equity --transactions " + file + " --until 2020-03-02" + PARAMETERS + TERMS
                + " --out - --format csv --by country";

        assertThat(succeed(Clv.line(equity)).column("segment")).containsExactly("total", "France", "Spain");
        assertThat(succeed(Clv.line(equity)).column("customers")).containsExactly("3", "2", "1");
        Clv some = succeed(Clv.line(equity + " --where repeat_amount<=41.9 --where country!=Spain"));
        assertThat(some.column("customers")).containsExactly("1", "1");
        assertThat(some.err())
                .contains("2 of 3 customers are left out by --where 'repeat_amount<=41.9' and 'country!=Spain'");
        assertThat(succeed(Clv.line(equity + " --where children>=1")).column("revenue"))
                .containsExactly("52.00", "52.00");
        assertThat(succeed(Clv.line(equity + " --where frequency=0")).column("customers"))
                .containsExactly("2", "1", "1");
        for (String refused : List.of("frequency", "frequency>some", "children>x")) {
            assertThat(Clv.line(equity + " --where " + refused).exitCode()).isEqualTo(2);
        }
        Clv text = Clv.line(equity + " --where country>1");
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.err())
                .contains("`country` of customer A must be a number for --where country>1, but was 'France'");
        assertThat(Clv.line(equity + " --where age>999").err()).contains("holds of none of the 3 customers");
        assertThat(Clv.line(equity + " --where planet=Mars").exitCode()).isEqualTo(1);
    }

    @Test
    void drawsFromTheErrorsOfAFitOrFitsAnew() {
        String model = " --model bg-nbd --horizon 26 --draws 20";
        assertThat(succeed(Clv.line("forecast" + transactions() + model)).out())
                .contains("drawn with errors of the parameters");
        assertThat(succeed(Clv.line("forecast" + transactions() + model + " --parameter-errors bootstrap"))
                        .out())
                .contains("drawn with bootstrap");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    forecast LOG --model bg-nbd                                      | 2 | forecast needs --horizon N
                    forecast LOG --model bg-nbd --horizon infinite                   | 2 | finite --horizon
                    forecast LOG --model bg-nbd --horizon 5 --period 6               | 2 | --period must be at most --horizon
                    forecast LOG --model bg-nbd --horizon 5 --period 0               | 2 | --period: `length`
                    forecast LOG --model bg-nbd --horizon 5 --quantiles 2            | 2 | --quantiles must be between 0 and 1
                    forecast LOG --model bg-nbd --horizon 5 --parameter-errors some  | 2 | fit or bootstrap or none
                    forecast LOG --model bg-nbd --horizon 5 --draws 1                | 2 | --draws must be at least 2
                    forecast LOG --model average-order --horizon 5                   | 1 | futures are drawn from a model of purchases
                    forecast LOG FIXED --horizon 5 --parameter-errors fit            | 1 | no errors of its parameters
                    forecast LOG FIXED --horizon 5 --parameter-errors bootstrap      | 2 | give --model alone
                    equity LOG FIXED TERMS --draws 5                                 | 2 | --draws goes with --intervals
                    equity LOG FIXED TERMS --level 0.5                               | 2 | --level goes with --intervals
                    equity LOG FIXED TERMS --intervals --level 1                     | 2 | --level must be above 0 and below 1
                    equity LOG FIXED --horizon infinite --discount-rate 0.1 --margin 1 --intervals | 1 | finite horizon
                    """)
    void refuses(String line, int exitCode, String message) {
        Clv clv = Clv.line(line.replace(" LOG", transactions())
                .replace(" FIXED", PARAMETERS)
                .replace(" TERMS", TERMS)
                .strip());
        assertThat(clv.exitCode()).isEqualTo(exitCode);
        assertThat(clv.out()).isEmpty();
        assertThat(clv.err()).startsWith("clv: ").contains(message);
    }
}
