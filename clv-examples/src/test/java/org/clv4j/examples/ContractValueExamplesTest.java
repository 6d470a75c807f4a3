// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.ContractState;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.BookCohort;
import org.clv4j.core.equity.BookOfBusiness;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.NewContractValue;
import org.clv4j.core.model.PresentValueMoments;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.retention.CohortTriangle;
import org.clv4j.core.retention.RecurringRevenue;
import org.clv4j.core.retention.RepeatBuyingRate;
import org.clv4j.core.retention.RetentionCurve;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.contract.ShiftedBetaGeometric;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/contracts.md. */
class ContractValueExamplesTest {

    private static final LocalDate TODAY = LocalDate.of(2024, 12, 31);

    /** Members of a club since 2021 at the earliest, some of whom leave soon and others hardly ever. */
    private static List<Contract> members(int size) {
        SplittableRandom random = new SplittableRandom(21);
        List<Contract> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            LocalDate start = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(1460));
            Contract member = Contract.since("M" + (i + 1), start)
                    .withTermMonths(12)
                    .withFee(new BigDecimal("120"))
                    .withAttribute("plan", "yearly");
            if (random.nextInt(3) == 0) {
                member = member.withBillingMonths(1)
                        .withFee(new BigDecimal("11"))
                        .withAttribute("plan", "monthly bills");
            }
            double leaving = random.nextDouble() * random.nextDouble();
            int years = 1;
            while (random.nextDouble() > leaving) {
                years++;
            }
            LocalDate end = start.plusYears(years);
            members.add(end.isAfter(TODAY) ? member : member.withEnd(end));
        }
        return members;
    }

    private static ContractModel.Fitted model() {
        return ContractModel.of(ShiftedBetaGeometric.withDefaults())
                .fit(CustomerBase.ofContracts(members(600), TODAY, TimeScale.MONTHS));
    }

    private static ValuationTerms endless() {
        // snippet:terms
        ValuationTerms terms = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.10), Margin.of(0.40), CashFlowTiming.AT_PURCHASE);
        // end
        return terms;
    }

    private static CustomerBase few() {
        // snippet:data
        List<Contract> contracts = List.of(
                Contract.since("yearly", LocalDate.parse("2023-04-01"))
                        .withTermMonths(12)
                        .withFee(new BigDecimal("120")),
                Contract.since("monthly bills", LocalDate.parse("2023-04-01"))
                        .withTermMonths(12)
                        .withBillingMonths(1)
                        .withFee(new BigDecimal("11")),
                Contract.since("leaving", LocalDate.parse("2024-04-01"))
                        .withTermMonths(12)
                        .withBillingMonths(1)
                        .withFee(new BigDecimal("11"))
                        .withEnd(LocalDate.parse("2025-03-31")),
                Contract.since("ended", LocalDate.parse("2022-05-10"))
                        .withTermMonths(12)
                        .withFee(new BigDecimal("120"))
                        .withEnd(LocalDate.parse("2023-05-09")));
        CustomerBase base = CustomerBase.ofContracts(contracts, LocalDate.parse("2024-12-31"), TimeScale.MONTHS);
        // end
        return base;
    }

    @Test
    void states() {
        Console.assertPrints("contracts-states.txt", () -> {
            CustomerBase base = few();
            // snippet:states
            for (int row = 0; row < base.size(); row++) {
                ContractState state = base.contract(row).orElseThrow();
                System.out.printf(
                        "%-13s renewed %d times, month %.2f of %d, left %-5s leaving %-5s billed %s%n",
                        base.id(row),
                        state.renewals(),
                        state.elapsedMonths(),
                        state.termMonths(),
                        state.left(),
                        state.leaving(),
                        state.realised());
            }
            // end
        });
    }

    @Test
    void values() {
        Console.assertPrints("contracts-values.txt", () -> {
            CustomerBase history = CustomerBase.ofContracts(members(600), TODAY, TimeScale.MONTHS);
            CustomerBase base = few();
            ValuationTerms terms = endless();
            // snippet:values
            ContractModel.Fitted model =
                    ContractModel.of(ShiftedBetaGeometric.withDefaults()).fit(history);
            CustomerValues values = model.value(base, terms);
            for (int row = 0; row < values.size(); row++) {
                System.out.printf(
                        "%-13s contracted %6.2f + renewal %6.2f = %6.2f%n",
                        base.id(row),
                        values.get(ValueColumn.CONTRACTED_VALUE, row),
                        values.get(ValueColumn.RENEWAL_VALUE, row),
                        values.get(ValueColumn.CLV, row));
            }
            // end
        });
    }

    @Test
    void newCustomers() {
        Console.assertPrints("contracts-new.txt", () -> {
            ContractModel.Fitted model = model();
            ValuationTerms terms = endless();
            // snippet:new
            Contract offer = Contract.ofRenewals("offer", 0).withTermMonths(12).withFee(new BigDecimal("120"));
            NewContractValue value = model.valueOfNewCustomer(offer, TimeScale.MONTHS, terms);
            System.out.printf("not yet acquired  %.2f%n", value.notYetAcquired());
            System.out.printf("just acquired     %.2f%n", value.justAcquired());
            System.out.printf("renewed twice     %.2f%n", model.valueAfterRenewals(offer, 2, TimeScale.MONTHS, terms));
            // end
            assertThat(value.notYetAcquired() - value.justAcquired())
                    .isCloseTo(0.4 * 120, org.assertj.core.api.Assertions.within(1e-9));
        });
    }

    @Test
    void spread() {
        Console.assertPrints("contracts-spread.txt", () -> {
            CustomerBase base = CustomerBase.ofContracts(members(600), TODAY, TimeScale.MONTHS);
            ContractModel.Fitted model = model();
            ValuationTerms terms = endless();
            // snippet:spread
            PresentValueMoments moments = model.presentValueMoments(base, terms);
            System.out.printf(
                    "one customer    %.0f, standard deviation %.0f%n", moments.mean(0), Math.sqrt(moments.variance(0)));
            System.out.printf(
                    "all %d        %.0f, standard deviation %.0f%n",
                    base.size(), moments.totalMean(), Math.sqrt(moments.totalVariance()));
            // end
        });
    }

    @Test
    void mixed() {
        Console.assertPrints("contracts-mixed.txt", () -> {
            ValuationTerms terms = ValuationTerms.of(
                    Horizon.of(104), DiscountRate.annual(0.10), Margin.of(0.40), CashFlowTiming.AT_PURCHASE);
            List<Contract> members = members(600);
            // snippet:mixed
            CustomerBase base = CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS)
                    .withContracts(members);
            MixedModel model = MixedModel.of(
                    ContractModel.of(ShiftedBetaGeometric.withDefaults()),
                    TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults()));
            CustomerEquity equity = EquityAggregator.withDefaults()
                    .withBreakdown(List.of(CustomerBase.RELATIONSHIP))
                    .aggregate(model.fit(base).value(base, terms));
            for (SegmentEquity part : equity.breakdowns().get(0).segments()) {
                System.out.printf(
                        "%-12s %4.0f customers, future value %.2f%n",
                        part.name(), part.customers(), part.futureValue());
            }
            System.out.printf(
                    "%-12s %4.0f customers, future value %.2f%n",
                    "all", equity.total().customers(), equity.total().futureValue());
            // end
        });
    }

    @Test
    void triangle() {
        Console.assertPrints("contracts-triangle.txt", () -> {
            List<Contract> contracts = members(600);
            // snippet:triangle
            CohortTriangle triangle =
                    CohortTriangle.ofContracts(contracts, LocalDate.parse("2024-12-31"), CohortPeriod.YEAR);
            for (RetentionCurve cohort : triangle.cohorts()) {
                System.out.printf("%s:", cohort.name());
                for (int age = 0; age < cohort.ages(); age++) {
                    System.out.printf("  %d of %d", cohort.customers(age), cohort.observed(age));
                }
                System.out.println();
            }
            RetentionCurve all = triangle.pooled();
            for (int age = 1; age < all.ages(); age++) {
                System.out.printf(
                        "renewal %d: retention rate %.3f, there since the start %.3f%n",
                        age, all.logoRetention(age).orElseThrow().value(), all.logoSinceStart(age));
            }
            // end
        });
    }

    @Test
    void revenue() {
        Console.assertPrints("contracts-revenue.txt", () -> {
            // snippet:revenue
            List<RecurringRevenue> ledger = List.of(
                    RecurringRevenue.ofIso("A", "2024-01-01", new BigDecimal("100")),
                    RecurringRevenue.ofIso("B", "2024-01-01", new BigDecimal("50")),
                    RecurringRevenue.ofIso("C", "2024-01-01", new BigDecimal("50")),
                    RecurringRevenue.ofIso("A", "2024-02-01", new BigDecimal("180")),
                    RecurringRevenue.ofIso("B", "2024-02-01", new BigDecimal("40")));
            RetentionCurve january = CohortTriangle.ofRevenue(ledger, LocalDate.parse("2024-02-29"), CohortPeriod.MONTH)
                    .pooled();
            System.out.printf(
                    "logo   %.3f%n", january.logoRetention(1).orElseThrow().value());
            System.out.printf("gross  %.3f%n", january.grossRevenueRetention(1).orElseThrow());
            System.out.printf("net    %.3f%n", january.netRevenueRetention(1).orElseThrow());
            // end
        });
    }

    @Test
    void repeatBuying() {
        Console.assertPrints("contracts-repeat.txt", () -> {
            // snippet:repeat
            CustomerBase buyers = CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
            RepeatBuyingRate.byPeriod(buyers, CohortPeriod.QUARTER)
                    .forEach(rate -> System.out.printf(
                            "%s: %.0f of %.0f bought again in the next%n", rate.period(), rate.again(), rate.buyers()));
            // end
        });
    }

    @Test
    void book() {
        Console.assertPrints("contracts-book.txt", () -> {
            CustomerBase base = CustomerBase.ofContracts(members(600), TODAY, TimeScale.MONTHS);
            ContractModel.Fitted model = model();
            ValuationTerms terms = endless();
            // snippet:book
            BookOfBusiness book = BookOfBusiness.byAcquisition(model, base, terms, CohortPeriod.YEAR, 3);
            List<BookCohort> lines = new ArrayList<>(book.cohorts());
            lines.add(book.total());
            for (BookCohort line : lines) {
                System.out.printf(
                        "%-5s %3.0f acquired, %3.0f active, contracted %8.2f, renewals %9.2f, expected %s%n",
                        line.name(),
                        line.customers(),
                        line.active(),
                        line.contractedValue(),
                        line.renewalValue(),
                        line.expectedCustomers().stream()
                                .map(customers -> String.format("%.1f", customers))
                                .toList());
            }
            // end
            assertThat(book.cohorts().stream().map(BookCohort::futureValue).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualTo(book.total().futureValue());
        });
    }
}
