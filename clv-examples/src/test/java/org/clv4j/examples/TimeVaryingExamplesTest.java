// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Covariates.Effect;
import org.clv4j.core.model.FitReport;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.attrition.TimeVaryingParetoNbd;
import org.clv4j.models.inference.LikelihoodRatioTest;
import org.junit.jupiter.api.Test;

/** The examples of docs/models/pareto-nbd-time-varying.md. */
class TimeVaryingExamplesTest {

    private static final int CUSTOMERS = 600;

    @Test
    void paths() {
        Console.assertPrints("pareto-nbd-time-varying-paths.txt", TimeVaryingExamplesTest::collectPaths);
    }

    private static void collectPaths() {
        // snippet:time-varying-paths
        CovariatePaths season = CovariatePaths.shared(List.of("season"))
                .add(LocalDate.of(2022, 1, 3), List.of(0))
                .add(LocalDate.of(2022, 11, 14), List.of(1))
                .add(LocalDate.of(2023, 1, 2), List.of(0))
                .build()
                .withKnownUntil(LocalDate.of(2023, 11, 12));
        CovariatePaths mail = CovariatePaths.ofCustomers(List.of("mail"))
                .defaults(List.of(0)) // before the first row, and for customers without rows
                .add("C1", LocalDate.of(2022, 3, 7), List.of(1))
                .add("C1", LocalDate.of(2022, 3, 21), List.of(0))
                .build()
                .holdingLast();
        CovariatePaths both = season.and(mail);
        System.out.println(both);
        // end
        assertThat(both.names()).containsExactly("season", "mail");
    }

    @Test
    void fit() {
        Console.assertPrints("pareto-nbd-time-varying-fit.txt", TimeVaryingExamplesTest::fitMadeUpCustomers);
    }

    private static void fitMadeUpCustomers() {
        CovariatePaths paths = TimeVaryingShop.paths(CUSTOMERS, 2);
        CustomerBase base = TimeVaryingShop.base(paths, CUSTOMERS, 2);
        // snippet:time-varying-fit
        TimeVaryingParetoNbd.Fitted model = TimeVaryingParetoNbd.of(paths)
                .withCovariates(Covariates.of().with(Effect.PURCHASES, "season").with(Effect.BOTH, "mail"))
                .fit(base);
        FitReport report = model.report().orElseThrow();
        System.out.println(report.summary());
        FitReport without = ParetoNbd.withDefaults().fit(base).report().orElseThrow();
        System.out.printf(
                "p-value of no effects: %.2g%n",
                LikelihoodRatioTest.of(without, report).pValue());
        // end
        assertThat(report.converged()).isTrue();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void predictions() {
        Console.assertPrints("pareto-nbd-time-varying-predict.txt", TimeVaryingExamplesTest::predict);
    }

    private static void predict() {
        CovariatePaths paths = TimeVaryingShop.paths(CUSTOMERS, 2);
        CustomerBase base = TimeVaryingShop.base(paths, CUSTOMERS, 2);
        // snippet:time-varying-predict
        TimeVaryingParetoNbd.Fitted model = TimeVaryingParetoNbd.Fitted.of(
                        1.2, 10, 0.9, 30, Map.of("purchase:season", 0.5, "purchase:mail", 0.7, "dropout:mail", -0.6))
                .withPaths(paths);
        TimeVaryingParetoNbd.Outlook customer = model.outlook(base, base.indexOf("C11"));
        System.out.printf("P(alive)                  %.6f%n", customer.probabilityAlive());
        System.out.printf("P(active in 26 weeks)     %.6f%n", customer.probabilityActive(26));
        System.out.printf("purchases in 26 weeks     %.6f%n", customer.expectedTransactions(26));
        System.out.printf("purchases a week now      %.6f%n", customer.expectedPurchaseRate());
        TimeVaryingParetoNbd.Fitted always = model.withPaths(paths.holdingLast());
        System.out.printf(
                "all purchases, discounted %.6f%n",
                always.outlook(base, base.indexOf("C11")).discountedExpectedResidualTransactions(0.002));
        double[] expected = new double[base.size()];
        model.expectedTransactionsInto(base, 0, base.size(), 26, expected);
        // end
        assertThat(expected[base.indexOf("C11")]).isEqualTo(customer.expectedTransactions(26));
    }
}
