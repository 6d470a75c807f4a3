// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementLine;
import org.clv4j.core.equity.EquityStatementPart;
import org.clv4j.core.equity.EquityStatementPlan;
import org.clv4j.core.equity.PlannedCohort;
import org.clv4j.core.equity.ProductOffer;
import org.clv4j.core.equity.ReferralAttribution;
import org.clv4j.core.equity.ReferralForest;
import org.clv4j.core.equity.ReferralProgramme;
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

/** The examples of docs/statement.md. */
class StatementExamplesTest {

    private static final CustomerBase BASE = CustomerBase.of(
                    Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS)
            .withCustomers(Shop.customers(1000));

    @Test
    void statement() {
        Console.assertPrints("statement.txt", StatementExamplesTest::printStatement);
    }

    private static void printStatement() {
        CustomerBase base = BASE;
        // snippet:statement
        TransactionSpendModel.Fitted model = TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(base);
        ValuationTerms terms = ValuationTerms.of(
                Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);
        EquityStatementPlan plan = EquityStatementPlan.withDefaults()
                .withGrowth(0.02)
                .withProduct(new ProductOffer("gift wrap", 0.01, 3.00, 1.50))
                .withReferrals(ReferralProgramme.of(0.05, 0.6, 4.50))
                .withCohort(new PlannedCohort(0, 250, 4.50, Map.of("channel", "web")))
                .withCohort(new PlannedCohort(26, 250, 4.50, Map.of("channel", "web")))
                .withServiceCost(0.02, 0.40)
                .withBreakdown(List.of("channel"));
        EquityStatement statement = plan.state(model, base, terms);
        System.out.print(statement.summary());
        // end
        assertThat(statement.breakdowns().get(0).parts().stream()
                        .map(part -> part.netEquity().contribution())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(statement.total().netEquity().contribution());
        Console.assertPrints("statement-channels.txt", () -> printChannels(statement));
    }

    private static void printChannels(EquityStatement statement) {
        // snippet:channels
        for (EquityStatementPart channel : statement.breakdowns().get(0).parts()) {
            System.out.printf(
                    "%s: %.0f customers, lifetime value %.2f, cohorts %.2f, net equity %.2f%n",
                    channel.name(),
                    channel.customers(),
                    channel.lifetimeValue().contribution(),
                    channel.line(EquityStatementLine.FUTURE_COHORTS).contribution(),
                    channel.netEquity().contribution());
        }
        // end
    }

    @Test
    void referrals() {
        Console.assertPrints("statement-referrals.txt", StatementExamplesTest::printReferrals);
    }

    private static void printReferrals() {
        // Of the first eleven customers the first referred the next five, and the second the rest.
        List<Customer> customers = IntStream.rangeClosed(2, 11)
                .mapToObj(i -> Customer.of("C" + i).withReferrer(i <= 6 ? "C1" : "C2"))
                .toList();
        CustomerBase base = BASE.withCustomers(customers);
        CustomerValues values = TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(base)
                .value(
                        base,
                        ValuationTerms.of(
                                Horizon.of(52),
                                DiscountRate.annual(0.10),
                                Margin.of(0.30),
                                CashFlowTiming.AT_PURCHASE));
        // snippet:referrals
        ReferralForest forest = ReferralForest.of(base);
        double[] realised = new double[base.size()];
        for (int row = 0; row < realised.length; row++) {
            realised[row] = values.currentValue(row);
        }
        ReferralAttribution attribution = forest.attribute(realised, 0.5);
        System.out.printf("%d customers were referred by others%n", forest.referred());
        for (String id : List.of("C1", "C2", "C3")) {
            int row = base.indexOf(id);
            System.out.printf(
                    "%s: own %.2f + received %.2f - passed on %.2f = %.2f%n",
                    id,
                    attribution.own(row),
                    attribution.received(row),
                    attribution.passed(row),
                    attribution.attributed(row));
        }
        // end
    }
}
