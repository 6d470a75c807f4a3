// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.Retentions;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.junit.jupiter.api.Test;

class BookOfBusinessTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 7, 1);
    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.infinite(), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.AT_PURCHASE);
    private static final ContractModel.Fitted MODEL = ContractModel.Fitted.of(Retentions.constant(0.8));

    private static Contract yearly(String id, String start) {
        return Contract.since(id, LocalDate.parse(start)).withTermMonths(12).withFee(new BigDecimal("120"));
    }

    @Test
    void byHand() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(
                        yearly("a", "2023-07-01"),
                        yearly("b", "2023-01-01").withEnd(LocalDate.of(2023, 12, 31)),
                        yearly("c", "2025-01-01").withBillingMonths(6).withFee(new BigDecimal("60"))),
                TODAY.plusMonths(-1),
                TimeScale.WEEKS);
        BookOfBusiness book = BookOfBusiness.byAcquisition(MODEL, base, TERMS, CohortPeriod.YEAR, 2);
        assertThat(book.cohorts()).extracting(BookCohort::name).containsExactly("2023", "2025");
        BookCohort first = book.cohorts().get(0);
        assertThat(first.customers()).isEqualTo(2);
        assertThat(first.active()).isEqualTo(1);
        assertThat(first.contractedValue()).isEqualByComparingTo("0");
        assertThat(first.expectedCustomers()).containsExactly(new BigDecimal("0.800000"), new BigDecimal("0.640000"));
        BookCohort second = book.cohorts().get(1);
        assertThat(second.contractedValue().doubleValue())
                .isCloseTo(24 * Math.pow(1.1, -1 / 12.0), org.assertj.core.api.Assertions.within(5e-7));
        assertThat(book.total().customers()).isEqualTo(3);
        assertThat(book.total().expectedCustomers().get(0)).isEqualByComparingTo("1.6");
        assertThat(book.period()).isEqualTo(CohortPeriod.YEAR);
        assertThat(book.terms()).isEqualTo(TERMS);
    }

    @Test
    void cohortsAddUpToTheTotalExactly() {
        SplittableRandom random = new SplittableRandom(4);
        List<Contract> contracts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            LocalDate start = TODAY.minusDays(random.nextInt(3000));
            Contract contract = Contract.since("c" + i, start)
                    .withTermMonths(12)
                    .withBillingMonths(random.nextBoolean() ? 1 : 12)
                    .withFee(BigDecimal.valueOf(random.nextInt(100_000), 3));
            contract = random.nextInt(3) == 0 ? contract.withEnd(start.plusDays(1 + random.nextInt(3000))) : contract;
            contracts.add(
                    random.nextInt(9) == 0 ? contract : contract.withAttribute("region", "r" + random.nextInt(4)));
        }
        double[] weights = random.doubles(2000, 0.1, 3).toArray();
        for (CustomerBase base : List.of(
                CustomerBase.ofContracts(contracts, TODAY, TimeScale.MONTHS),
                CustomerBase.ofContracts(contracts, TODAY, TimeScale.MONTHS).withWeights(weights))) {
            CustomerEquity equity = EquityAggregator.withDefaults()
                    .withBreakdown(List.of("region"))
                    .aggregate(MODEL.value(base, TERMS));
            for (BookOfBusiness book : List.of(
                    BookOfBusiness.byAcquisition(MODEL, base, TERMS, CohortPeriod.QUARTER, 5),
                    BookOfBusiness.byAttribute(MODEL, base, TERMS, "region", CohortPeriod.QUARTER, 5))) {
                assertThat(sum(book, BookCohort::contractedValue))
                        .isEqualTo(book.total().contractedValue());
                assertThat(sum(book, BookCohort::renewalValue))
                        .isEqualTo(book.total().renewalValue());
                assertThat(sum(book, BookCohort::futureValue))
                        .isEqualTo(book.total().futureValue())
                        .isEqualTo(equity.total().futureValue());
                for (int ahead = 0; ahead < 5; ahead++) {
                    int at = ahead;
                    assertThat(sum(book, cohort -> cohort.expectedCustomers().get(at)))
                            .isEqualTo(book.total().expectedCustomers().get(at));
                }
                assertThat(book.total().expectedCustomers().get(4).doubleValue())
                        .isLessThan(book.total().active());
            }
            BookOfBusiness byRegion = BookOfBusiness.byAttribute(MODEL, base, TERMS, "region", CohortPeriod.QUARTER, 0);
            List<SegmentEquity> segments = equity.breakdowns().get(0).segments();
            for (int i = 0; i < segments.size(); i++) {
                assertThat(byRegion.cohorts().get(i).name())
                        .isEqualTo(segments.get(i).name());
                assertThat(byRegion.cohorts().get(i).futureValue())
                        .isEqualTo(segments.get(i).futureValue());
            }
        }
    }

    private static BigDecimal sum(BookOfBusiness book, Function<BookCohort, BigDecimal> figure) {
        return book.cohorts().stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void customersOfUnknownBeginAndBadArguments() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(Contract.ofRenewals("a", 2).withFee(BigDecimal.TEN)), TimeScale.MONTHS);
        assertThat(BookOfBusiness.byAcquisition(MODEL, base, TERMS, CohortPeriod.YEAR, 0)
                        .cohorts())
                .extracting(BookCohort::name)
                .containsExactly("(unknown)");
        assertThatThrownBy(() -> BookOfBusiness.byAcquisition(MODEL, base, TERMS, CohortPeriod.YEAR, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`ahead`");
        assertThatThrownBy(() -> BookOfBusiness.byAttribute(MODEL, base, TERMS, "colour", CohortPeriod.YEAR, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'colour'");
    }
}
