// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.clv4j.core.economics.MarginMultiple;
import org.clv4j.core.economics.Pricing;
import org.clv4j.core.economics.RetentionCampaign;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.core.value.RetentionRate;
import org.junit.jupiter.api.Test;

/** The examples of docs/economics.md. */
class EconomicsExamplesTest {

    @Test
    void multiples() {
        Console.assertPrints("economics-multiples.txt", EconomicsExamplesTest::printMultiples);
    }

    private static void printMultiples() {
        // snippet:economics-multiples
        System.out.println("retention    10 %   12 %   14 %   16 %");
        for (double r : List.of(0.6, 0.7, 0.8, 0.9)) {
            System.out.printf("%7.0f %% ", 100 * r);
            for (double i : List.of(0.10, 0.12, 0.14, 0.16)) {
                MarginMultiple multiple = MarginMultiple.of(RetentionRate.of(r), i, PaymentTiming.RESIDUAL);
                System.out.printf(" %6.2f", multiple.value());
            }
            System.out.println();
        }
        System.out.println();
        System.out.println("margin grows by 0 %    2 %    4 %    6 %    8 %");
        System.out.print("90 %, at 12 % ");
        for (double g : List.of(0.0, 0.02, 0.04, 0.06, 0.08)) {
            MarginMultiple multiple = MarginMultiple.of(RetentionRate.of(0.9), 0.12, PaymentTiming.RESIDUAL);
            System.out.printf(" %6.2f", multiple.withGrowth(g).value());
        }
        System.out.println();
        // end
    }

    @Test
    void timings() {
        Console.assertPrints("economics-timings.txt", EconomicsExamplesTest::printTimings);
    }

    private static void printTimings() {
        // snippet:economics-timings
        RetentionRate retention = RetentionRate.of(0.8);
        double perYear = DiscountRate.annual(0.12).effectivePerPeriod(1);
        for (PaymentTiming timing : PaymentTiming.values()) {
            System.out.printf(
                    "%-9s %.2f%n",
                    timing, MarginMultiple.of(retention, perYear, timing).value(100));
        }
        MarginMultiple residual = MarginMultiple.of(retention, perYear, PaymentTiming.RESIDUAL);
        System.out.printf(
                "ten payments only   %.2f%n", residual.withPayments(10).value(100));
        System.out.printf("five-year shortcut  %.2f%n", 100 * residual.naiveLifetimeMultiple());
        // end
        assertThat(residual.value(100)).isLessThan(100 * residual.naiveLifetimeMultiple());
    }

    @Test
    void elasticities() {
        Console.assertPrints("economics-elasticities.txt", EconomicsExamplesTest::printElasticities);
    }

    private static void printElasticities() {
        // snippet:economics-elasticities
        for (double r : List.of(0.6, 0.7, 0.8, 0.9)) {
            MarginMultiple multiple = MarginMultiple.of(RetentionRate.of(r), 0.12, PaymentTiming.RESIDUAL);
            System.out.printf(
                    "retention %.0f %%: one per cent more retention %.2f %%, margin %.2f %%, discount rate %.2f %%%n",
                    100 * r,
                    multiple.retentionElasticity(),
                    multiple.marginElasticity(),
                    multiple.discountElasticity());
        }
        // end
    }

    @Test
    void campaign() {
        Console.assertPrints("economics-campaign.txt", EconomicsExamplesTest::printCampaign);
    }

    private static void printCampaign() {
        // snippet:economics-campaign
        RetentionCampaign campaign = RetentionCampaign.builder()
                .contacted(10_000)
                .churnShare(0.10)
                .rescueRate(0.15)
                .takeUpRate(0.20)
                .valueChange(0.02)
                .customerValue(250)
                .contactCost(1.50)
                .incentive(10)
                .build();
        System.out.printf("gain %.2f - cost %.2f = profit %.2f%n", campaign.gain(), campaign.cost(), campaign.profit());
        System.out.printf("profit of a contact     %.4f%n", campaign.profitPerContact());
        System.out.printf(
                "break-even contact cost %.4f%n",
                campaign.breakEvenContactCost().orElseThrow());
        System.out.printf(
                "break-even incentive    %.4f%n", campaign.breakEvenIncentive().orElseThrow());
        System.out.printf(
                "break-even churn share  %.4f%n", campaign.breakEvenChurnShare().orElseThrow());
        System.out.printf(
                "break-even rescue rate  %.4f%n", campaign.breakEvenRescueRate().orElseThrow());
        campaign.marginalEffects().forEach((lever, effect) -> System.out.printf("  %-14s %9.4f%n", lever, effect));
        // end
        assertThat(campaign.profit()).isNotZero();
    }

    @Test
    void pricing() {
        Console.assertPrints("economics-pricing.txt", EconomicsExamplesTest::printPricing);
    }

    private static void printPricing() {
        // snippet:economics-pricing
        Pricing pricing = Pricing.of(price -> price - 12, price -> 0.95 - 0.006 * price, 0.10, PaymentTiming.RESIDUAL);
        Pricing.Optimum best = pricing.best(12, 120);
        System.out.printf(
                "price %.2f, retention %.3f%n",
                best.price(), best.retentionRate().value());
        System.out.printf("value %.2f; at 30 %.2f, at 60 %.2f%n", best.value(), pricing.value(30), pricing.value(60));
        System.out.printf(
                "one per cent more price: margin %+.3f %%, multiple %+.3f %%%n",
                best.marginElasticity(), best.multipleElasticity());
        System.out.println("at an end of the bracket: " + best.atBoundary() + ", up to 30: "
                + pricing.best(12, 30).atBoundary());
        // end
        assertThat(best.atBoundary()).isFalse();
    }
}
