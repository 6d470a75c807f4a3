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

/** What has changed the future value since an earlier day: {@code equity --bridge-from}. */
class BridgeCommandsTest {

    private static final String MODEL = " --model bg-nbd --spend gamma-gamma";
    private static final String PARAMETERS =
            MODEL + " --parameters r=0.5,alpha=4.4,a=0.8,b=2.4,p=6.25,q=3.74,gamma=15.44";
    private static final String TERMS = " --horizon 26 --discount-rate 0.1 --margin 0.3";

    @TempDir
    static Path folder;

    private static Path log;
    private static Path then;
    private static Path segments;

    @BeforeAll
    static void makeFiles() throws Exception {
        log = folder.resolve("log.csv");
        succeed("simulate --customers 300 --from 2020-01-01 --until 2020-12-31 --acquired-until 2020-10-31 --seed 5"
                + PARAMETERS + " --out " + log);
        then = folder.resolve("then.json");
        succeed("fit --transactions " + log + " --until 2020-06-30" + MODEL + " --out " + then);
        StringBuilder rows = new StringBuilder("customer_id,region\n");
        for (int i = 1; i <= 300; i++) {
            rows.append('C').append(i).append(i % 2 == 0 ? ",North\n" : ",South\n");
        }
        segments = Files.writeString(folder.resolve("segments.csv"), rows);
    }

    private static Clv succeed(String line) {
        Clv clv = Clv.line(line);
        assertThat(clv.exitCode()).as(clv.err()).isZero();
        return clv;
    }

    private static String equity() {
        return "equity --transactions " + log + " --until 2020-12-31" + MODEL + TERMS;
    }

    private static BigDecimal of(Clv csv, String segment, String column) {
        return new BigDecimal(csv.column(column).get(csv.column("segment").indexOf(segment)));
    }

    @Test
    void startsFromTheDayOfTheSavedModel() throws Exception {
        Clv now = succeed(equity() + " --bridge-from " + then + " --bridge-out " + folder + "/bridge.json");
        assertThat(now.out())
                .contains("from 2020-06-30 to 2020-12-31", "opening, ", "new customers, ", "closing, ")
                .doesNotContain("by region");
        assertThat(folder.resolve("bridge.json")).content().contains("clv4j-bridge/1", "\"date\": \"2020-06-30\"");

        Clv opening = succeed("equity --transactions " + log + " --until 2020-06-30 --fitted " + then + TERMS
                + " --out - --format csv");
        Clv closing = succeed(equity() + " --out - --format csv");
        Clv bridge = succeed(equity() + " --out " + folder + "/e.csv --bridge-from " + then + " --bridge-out " + folder
                + "/bridge.csv --segments " + segments + " --by region");
        assertThat(bridge.out()).contains("by region", "North", "South");
        Clv csv = new Clv(0, Files.readString(folder.resolve("bridge.csv")), "");
        assertThat(of(csv, "total", "opening"))
                .isEqualByComparingTo(opening.column("future_value").get(0));
        assertThat(of(csv, "total", "closing"))
                .isEqualByComparingTo(closing.column("future_value").get(0));
        assertThat(of(csv, "North", "closing").add(of(csv, "South", "closing")))
                .isEqualByComparingTo(of(csv, "total", "closing"));
    }

    @Test
    void takesOtherTermsAndCurrenciesOfThen() {
        Clv clv = succeed(equity() + " --bridge-from " + then + " --bridge-date 2020-09-30 --opening-margin 0.2"
                + " --opening-discount-rate 0.15 --report-in EUR,0.9,0.95 --lost-below 0.3");
        assertThat(clv.out())
                .contains("from 2020-09-30 to 2020-12-31", ", in EUR")
                .containsPattern("margin +\\+[1-9]")
                .containsPattern("exchange rate +\\+[1-9]")
                .containsPattern("discount rate and horizon +\\+[1-9]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    EQUITY --bridge-date 2020-06-30                                  | 2 | --bridge-date goes with --bridge-from
                    EQUITY --bridge-from THEN --bridge-out x.txt                     | 2 | --bridge-out must end in .csv or .json
                    EQUITY --bridge-from THEN --bridge-date 2021-06-30               | 1 | 2021-06-30 is after 2020-12-31
                    EQUITY --bridge-from THEN --bridge-date 2019-06-30               | 1 | no customer bought until 2019-06-30
                    EQUITY --bridge-from THEN --lost-below 2                         | 2 | --lost-below: `lostBelow`
                    EQUITY --bridge-from THEN --report-in EUR,1                      | 2 | --report-in must be
                    EQUITY --bridge-from THEN --report-in EURO,1,1                   | 2 | --report-in must be an ISO code
                    EQUITY --bridge-from THEN --opening-margin x                     | 2 | --opening-margin must be a number
                    """)
    void refuses(String line, int exitCode, String message) {
        Clv clv = Clv.line(line.replace("EQUITY", equity())
                .replace("THEN", then.toString())
                .strip());
        assertThat(clv.exitCode()).as(clv.err()).isEqualTo(exitCode);
        assertThat(clv.out()).isEmpty();
        assertThat(clv.err()).startsWith("clv: ").contains(message);
    }

    @Test
    void refusesOneOfSeveralModels() {
        Clv clv = Clv.line(
                equity().replace(MODEL, " --model bg-nbd,mbg-nbd --spend gamma-gamma") + " --bridge-from " + then);
        assertThat(clv.exitCode()).isEqualTo(2);
        assertThat(clv.err()).contains("--bridge-from goes with one --model");
    }
}
