// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.models.attrition.BgBb;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/bg-bb.md. */
class BgBbExamplesTest {

    @Test
    void fit() {
        Console.assertPrints("bg-bb-fit.txt", BgBbExamplesTest::fitMadeUpCustomers);
    }

    private static void fitMadeUpCustomers() {
        // snippet:bg-bb-fit
        BgBb.Fitted truth = BgBb.Fitted.of(1.2, 0.75, 0.65, 2.8);
        List<CustomerSummary> customers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double[] months = truth.simulateTransactionTimes(12, i);
            double last = months.length == 0 ? 0 : months[months.length - 1];
            customers.add(CustomerSummary.of("C" + i, months.length, last, 12));
        }
        BgBb.Fitted model = BgBb.withDefaults().fit(CustomerBase.ofSummaries(customers, TimeScale.MONTHS));
        FitReport report = model.report().orElseThrow();
        System.out.println(report.summary());
        // end
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void predictions() {
        Console.assertPrints("bg-bb-predict.txt", BgBbExamplesTest::predict);
    }

    private static void predict() {
        // snippet:bg-bb-predict
        BgBb.Fitted model = BgBb.Fitted.of(1.204, 0.750, 0.657, 2.783);
        double rate = DiscountRate.annual(0.10).continuousPerPeriod(1);
        System.out.printf("alive for the next opportunity  %.6f%n", model.probabilityAlive(4, 5, 6));
        System.out.printf("alive at the last one           %.6f%n", model.probabilityAliveAtLastOpportunity(4, 5, 6));
        System.out.printf("P(active in 5)                  %.6f%n", model.probabilityActive(4, 5, 6, 5));
        System.out.printf("purchases at the next 5         %.6f%n", model.expectedTransactions(4, 5, 6, 5));
        System.out.printf(
                "the same, discounted            %.6f%n", model.discountedExpectedTransactions(4, 5, 6, 5, rate));
        System.out.printf(
                "all purchases, discounted       %.6f%n", model.discountedExpectedResidualTransactions(4, 5, 6, rate));
        System.out.printf("new customer, 10 opportunities  %.6f%n", model.expectedTransactionsOfNewCustomer(10));
        System.out.printf("P(none at the first 6)          %.6f%n", model.probabilityOfTransactions(0, 6));
        // end
        assertThat(model.probabilityAlive(4, 5, 6)).isCloseTo(0.6968, within(1e-4));
    }

    @Test
    void history() {
        Console.assertPrints("bg-bb-history.txt", BgBbExamplesTest::tellMore);
    }

    private static void tellMore() {
        // snippet:bg-bb-history
        BgBb.Fitted model = BgBb.Fitted.of(1.204, 0.750, 0.657, 2.783);
        System.out.printf("alive for the sixth from now    %.6f%n", model.probabilityAliveAt(4, 5, 6, 5));
        System.out.printf(
                "exactly 2 purchases at 5        %.6f%n", model.probabilityOfFutureTransactions(2, 4, 5, 6, 5));
        System.out.printf("the next, if at one of the 5    %.6f%n", model.expectedTimeToNextPurchase(4, 5, 6, 5));
        System.out.printf("its median, if there is one     %.0f%n", model.timeToNextPurchaseQuantile(4, 5, 6, 0.5));
        System.out.printf("purchases an opportunity, alive %.6f%n", model.expectedPurchaseRate(4, 5, 6));
        System.out.printf("dropouts an opportunity         %.6f%n", model.expectedDropoutRate(4, 5, 6));
        for (CustomerDraw draw : model.sample(4, 5, 6, 5, 3, 7)) {
            System.out.println(draw);
        }
        // end
        assertThat(model.probabilityAliveAt(4, 5, 6, 5)).isLessThan(model.probabilityAlive(4, 5, 6));
    }

    @Test
    void donations() {
        Path file = Path.of(System.getProperty("clv.shared", "absent"), "data/donations/donations_1995.csv");
        Assumptions.assumeTrue(Files.isReadable(file), () -> "skipped: no data at " + file);
        Console.assertPrints("bg-bb-donations.txt", () -> studyDonations(file));
    }

    private static void studyDonations(Path file) {
        try {
            // snippet:bg-bb-donations
            List<CustomerSummary> groups = new ArrayList<>();
            for (String line : Files.readAllLines(file).subList(1, 23)) {
                String[] cells = line.split(",", -1);
                groups.add(CustomerSummary.of(
                                line,
                                Integer.parseInt(cells[0]),
                                Integer.parseInt(cells[1]),
                                Integer.parseInt(cells[2]))
                        .withWeight(Integer.parseInt(cells[3])));
            }
            CustomerBase base = CustomerBase.ofSummaries(groups, TimeScale.YEARS);
            BgBb.Fitted model = BgBb.withDefaults().fit(base);
            System.out.println(model.report().orElseThrow().summary());

            double[] donors = new double[7];
            double[] expected = new double[base.size()];
            model.expectedTransactionsInto(base, 0, base.size(), 5, expected);
            double total = 0;
            for (int row = 0; row < base.size(); row++) {
                donors[base.frequency(row)] += base.weight(row);
                total += base.weight(row) * expected[row];
            }
            System.out.println("years with a gift   donors   model");
            for (int n = 0; n <= 6; n++) {
                double byModel = base.totalWeight() * model.probabilityOfTransactions(n, 6);
                System.out.printf("%17d %8.0f %7.1f%n", n, donors[n], byModel);
            }
            System.out.printf("gifts expected in the next 5 years: %.1f%n", total);
            System.out.printf(
                    "alive for the next, 4 gifts, the last a year ago: %.4f%n", model.probabilityAlive(4, 5, 6));
            System.out.printf("the same, 6 gifts: %.4f%n", model.probabilityAlive(6, 6, 6));
            System.out.printf("the same, none:    %.4f%n", model.probabilityAlive(0, 0, 6));
            // end
            assertThat(total).isCloseTo(12_884.2, within(0.05));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
