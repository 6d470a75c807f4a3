// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.DataPolicy;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/data.md. */
class DataExamplesTest {

    @Test
    void fromRowsToSummary() {
        Console.assertPrints("data-summary.txt", DataExamplesTest::summary);
    }

    private static void summary() {
        // snippet:summary
        TransactionLog log = TransactionLog.of(List.of(
                Transaction.parse("C1", "2024-01-01", "20.00"),
                Transaction.parse("C1", "2024-01-15", "30.00"),
                Transaction.parse("C1", "2024-01-15", "12.50"),
                Transaction.parse("C1", "2024-02-05", "0.00"),
                Transaction.parse("C1", "2024-02-12", "25.00"),
                Transaction.parse("C2", "2024-02-19", "8.00")));
        CustomerBase base = CustomerBase.of(log, Observation.untilIso("2024-03-04"), TimeScale.WEEKS);

        CustomerSummary c1 = base.summary(base.indexOf("C1"));
        System.out.println("frequency      " + c1.frequency());
        System.out.println("recency        " + c1.recency());
        System.out.println("age            " + c1.age());
        System.out.println("monetary value " + c1.monetaryValue());
        base.quality().orElseThrow().notes().forEach(System.out::println);
        // end
        assertThat(base.totalAmount(0)).isEqualByComparingTo("87.50");
        assertThat(base.transactions(0)).isEqualTo(5);
        assertThat(base.frequency(1)).isZero();
        assertThat(base.recency(1)).isZero();
        assertThat(base.age(1)).isEqualTo(2);
        assertThat(base.monetaryValue(1)).isZero();
    }

    @Test
    void policies() {
        Console.assertPrints("data-policy.txt", DataExamplesTest::policy);
    }

    private static void policy() {
        // snippet:policy
        TransactionLog log = TransactionLog.of(List.of(
                Transaction.parse("C1", "2024-01-01", "20.00"),
                Transaction.parse("C1", "2024-01-15", "42.50"),
                Transaction.parse("C1", "2024-02-05", "0.00"),
                Transaction.parse("C1", "2024-02-12", "25.00"),
                Transaction.parse("C1", "2024-02-20", "-25.00")));
        DataPolicy policy = DataPolicy.withDefaults()
                .withZeroAmounts(DataPolicy.ZeroAmounts.DROP)
                .withRefunds(DataPolicy.Refunds.NET);
        CustomerBase base = CustomerBase.of(log, Observation.untilIso("2024-03-04"), TimeScale.WEEKS, policy);

        System.out.println("frequency " + base.frequency(0));
        System.out.println("total     " + base.totalAmount(0));
        base.quality().orElseThrow().notes().forEach(System.out::println);
        // end
        assertThat(base.recency(0)).isEqualTo(2);
        assertThat(base.monetaryValue(0)).isEqualTo(42.5);
        assertThatThrownBy(() -> CustomerBase.of(log, Observation.untilIso("2024-03-04"), TimeScale.WEEKS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 5 (customer C1, 2024-02-20)");
    }

    @Test
    void holdout() {
        TransactionLog log = Shop.log(50);
        // snippet:holdout
        Observation window = Observation.of(LocalDate.parse("2024-01-01"), LocalDate.parse("2024-06-30"))
                .withHoldoutEnd(LocalDate.parse("2024-12-31"));
        CustomerBase base = CustomerBase.of(log, window, TimeScale.WEEKS);
        long later = 0;
        BigDecimal revenue = BigDecimal.ZERO;
        for (int row = 0; row < base.size(); row++) {
            later += base.holdoutTransactions(row);
            revenue = revenue.add(base.holdoutAmount(row));
        }
        // end
        long rowsAfter = 0;
        BigDecimal expected = BigDecimal.ZERO;
        for (int row = 0; row < log.size(); row++) {
            if (log.date(row).isAfter(LocalDate.parse("2024-06-30"))) {
                rowsAfter++;
                expected = expected.add(log.amount(row));
            }
        }
        assertThat(base.size()).isEqualTo(50);
        assertThat(later).isPositive().isLessThanOrEqualTo(rowsAfter);
        assertThat(revenue).isEqualByComparingTo(expected);
    }

    @Test
    void timeScales() {
        assertThat(between(TimeScale.DAYS, "2024-01-15", "2024-02-15")).isEqualTo(31);
        assertThat(between(TimeScale.WEEKS, "2024-01-15", "2024-02-15")).isEqualTo(31 / 7.0);
        assertThat(between(TimeScale.MONTHS, "2024-01-15", "2024-02-15")).isEqualTo(1);
        assertThat(between(TimeScale.MONTHS, "2024-01-31", "2024-02-29")).isEqualTo(1);
        assertThat(between(TimeScale.MONTHS, "2024-01-15", "2024-03-01")).isCloseTo(1 + 15 / 29.0, within(1e-15));
        assertThat(between(TimeScale.YEARS, "2024-02-29", "2025-02-28")).isEqualTo(1);
        assertThat(between(TimeScale.YEARS, "2023-01-01", "2023-07-02")).isCloseTo(182 / 365.0, within(1e-15));
    }

    private static double between(TimeScale scale, String start, String end) {
        return scale.between(LocalDate.parse(start), LocalDate.parse(end));
    }

    @Test
    void summaries() {
        // snippet:summaries
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("C1", 3, 6.0, 9.0, 22.50),
                        CustomerSummary.of("C2", 0, 0.0, 2.0),
                        CustomerSummary.of("C3", 1, 4.0, 8.0, 31.00),
                        CustomerSummary.of("C4", 2, 7.5, 9.0, 18.25)),
                TimeScale.WEEKS);
        FittedClvModel model = TransactionSpendModel.Fitted.of(
                BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426), GammaGamma.Fitted.of(6.25, 3.74, 15.44));
        CustomerValues values = model.value(
                base,
                ValuationTerms.of(
                        Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE));
        // end
        assertThat(values.futureValueOf("C1"))
                .hasValueSatisfying(value -> assertThat(value).isPositive());
        assertThat(base.hasRealisedTotals()).isFalse();
        assertThat(base.totalAmount(0)).isEqualByComparingTo("67.50");
    }

    @Test
    void whatElseIsKnown() {
        // snippet:details
        Transaction sale = Transaction.parse("C1", "2024-01-15", "42.50")
                .withCurrency(Currency.getInstance("EUR"))
                .withOrderId("2024-0117")
                .withProduct("tea")
                .withCost(new BigDecimal("28.90"));
        // end
        assertThat(sale.margin()).hasValue(new BigDecimal("13.60"));
        TransactionLog.Builder log = TransactionLog.builder().add(sale);
        Transaction other = Transaction.parse("C2", "2024-01-16", "9.99").withCurrency(Currency.getInstance("USD"));
        assertThatThrownBy(() -> log.add(other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("EUR")
                .hasMessageContaining("USD");
    }
}
