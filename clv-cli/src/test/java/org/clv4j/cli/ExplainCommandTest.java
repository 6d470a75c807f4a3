// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that explains scores, on simulated customers. */
class ExplainCommandTest {

    private static final String MODEL = " --model bg-nbd --spend gamma-gamma";
    private static final String PARAMETERS = " --parameters r=0.25,alpha=4.4,a=0.8,b=2.4,p=6,q=4,gamma=15";
    private static final String TERMS = " --horizon 52 --discount-rate 0.1 --margin 0.3";

    @TempDir
    static Path folder;

    private static Path log;

    @BeforeAll
    static void simulate() throws IOException {
        log = folder.resolve("log.csv");
        succeed("simulate --customers 300 --from 2020-01-01 --until 2021-03-31 --seed 7" + MODEL + PARAMETERS
                + " --out " + log);
    }

    private static Clv succeed(String line) {
        Clv clv = Clv.line(line);
        assertThat(clv.err()).doesNotContain("clv:");
        assertThat(clv.exitCode()).isZero();
        return clv;
    }

    private static String explain(String more) {
        return "explain --transactions " + log + TERMS + more;
    }

    @Test
    void explainsInWords() {
        Clv clv = succeed(explain(MODEL + PARAMETERS + " --customer C1 --customer C7 --customer C1"));
        assertThat(clv.out())
                .startsWith("Customer C1, 2021-")
                .contains("\n\nCustomer C7, 2021-")
                .contains("Where the difference comes from:")
                .contains("After 13 more weeks without a purchase")
                .containsOnlyOnce("Customer C1,");
    }

    @Test
    void agreesWithScoresAndAddsUp() {
        Clv scores = succeed("score --transactions " + log + TERMS + MODEL + PARAMETERS);
        Clv clv = succeed(explain(MODEL + PARAMETERS + " --customer C7 --out - --format csv --silence 4,8.5"));
        int row = scores.column("customer_id").indexOf("C7");
        assertThat(new BigDecimal(clv.column("clv").get(0)).doubleValue())
                .isCloseTo(Double.parseDouble(scores.column("clv").get(row)), within(1e-6));
        assertThat(clv.column("p_alive").get(0))
                .isEqualTo(scores.column("p_alive").get(row));
        BigDecimal sum = BigDecimal.ZERO;
        for (String column :
                List.of("contribution_p_alive", "contribution_transactions_if_alive", "contribution_expected_spend")) {
            sum = sum.add(new BigDecimal(clv.column(column).get(0)));
        }
        assertThat(sum).isEqualByComparingTo(clv.column("difference").get(0));
        assertThat(clv.column("clv_after_silence_8.5").get(0)).isNotEmpty();
    }

    @Test
    void takesModelsThatWereFittedOrSaved() {
        Path model = folder.resolve("model.json");
        succeed("fit --transactions " + log + MODEL + " --out " + model);
        Path file = folder.resolve("why.json");
        succeed(explain(" --fitted " + model + " --customer C7 --out " + file));
        assertThat(file).content().startsWith("{\n  \"format\": \"clv4j-explanation/1\"");
        assertThat(file)
                .hasContent(succeed(explain(MODEL + " --customer C7 --out -")).out());
    }

    /** What is the column elsewhere is the customer here. */
    @Test
    void theColumnHasANameOfItsOwn() throws IOException {
        Path renamed = Files.writeString(
                folder.resolve("renamed.csv"), Files.readString(log).replaceFirst("customer_id", "who"));
        String command = "explain --transactions " + renamed + TERMS + MODEL + PARAMETERS
                + " --date date --amount amount --customer C7";
        assertThat(succeed(command + " --customer-column who").out()).startsWith("Customer C7");
        assertThat(Clv.line("explain --help").out())
                .contains("--customer=ID", "--customer-column=COL")
                .doesNotContain("--customer-id");
    }

    @Test
    void saysWhatIsWrong() {
        refuse(1, explain(MODEL + PARAMETERS + " --customer c7"), "there is no customer 'c7' among the 300 customers");
        refuse(1, explain(" --model regression --family ols --customer C7"), "regression ols is not a product");
        refuse(1, explain(" --model average-order --customer C7"), "but the model was average-order");
        refuse(2, explain(MODEL + PARAMETERS), "whom to explain? give --customer ID");
        refuse(2, explain(" --model bg-nbd --customer C7"), "needs a spend model");
        refuse(2, explain(MODEL + PARAMETERS + " --customer C7 --silence 0"), "--silence must be times above 0");
        refuse(2, explain(MODEL + PARAMETERS + " --customer C7 --out why.txt"), "must end in .csv or .json");
        refuse(2, "explain --transactions " + log + MODEL + " --customer C7", "explain needs --horizon");
    }

    @Test
    void refusesContracts() throws IOException {
        Path contracts = Files.writeString(
                folder.resolve("contracts.csv"),
                "customer_id,start,end,fee\nK1,2020-01-01,,10\nK2,2020-02-01,2020-06-01,10\n");
        refuse(1, "explain --contracts " + contracts + " --model sbg --customer K1" + TERMS, "sbg is not a product");
        refuse(
                1,
                explain(MODEL + " --contracts " + contracts + " --retention sbg --customer C7"),
                "beside contracts is not a product");
    }

    private static void refuse(int exitCode, String line, String message) {
        Clv clv = Clv.line(line);
        assertThat(clv.err()).contains(message);
        assertThat(clv.exitCode()).isEqualTo(exitCode);
        assertThat(clv.out()).isEmpty();
    }
}
