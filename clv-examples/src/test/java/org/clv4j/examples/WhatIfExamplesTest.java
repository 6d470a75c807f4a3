// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityStatementPlan;
import org.clv4j.core.equity.PlannedCohort;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.scenario.BreakEven;
import org.clv4j.core.scenario.Elasticities;
import org.clv4j.core.scenario.Lever;
import org.clv4j.core.scenario.Scenario;
import org.clv4j.core.scenario.ScenarioResult;
import org.clv4j.core.scenario.Tornado;
import org.clv4j.core.scenario.TornadoBar;
import org.clv4j.core.scenario.WhatIf;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/what-if.md. */
class WhatIfExamplesTest {

    private static final CustomerBase BASE =
            CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
    private static final TransactionSpendModel.Fitted MODEL = TransactionSpendModel.of(
                    BgNbd.withDefaults(), GammaGamma.withDefaults())
            .fit(BASE);
    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);

    private static WhatIf whatIf() {
        return WhatIf.of(
                EquityStatementPlan.withDefaults().withCohort(PlannedCohort.of(0, 500, 4.50)), MODEL, BASE, TERMS);
    }

    @Test
    void scenario() {
        Console.assertPrints("what-if-scenario.txt", WhatIfExamplesTest::printScenario);
    }

    private static void printScenario() {
        CustomerBase base = BASE;
        TransactionSpendModel.Fitted model = MODEL;
        ValuationTerms terms = TERMS;
        // snippet:scenario
        EquityStatementPlan plan = EquityStatementPlan.withDefaults().withCohort(PlannedCohort.of(0, 500, 4.50));
        WhatIf whatIf = WhatIf.of(plan, model, base, terms);
        ScenarioResult result =
                whatIf.run(Scenario.none().with(Lever.RETENTION, 1.10).with(Lever.MARGIN, 0.95));
        System.out.printf(
                "%s: equity %.2f -> %.2f, difference %.2f%n",
                result.scenario(), result.equityBefore(), result.equityAfter(), result.difference());
        // end
        assertThat(result.equityAfter().subtract(result.equityBefore())).isEqualByComparingTo(result.difference());
    }

    @Test
    void tornado() {
        Console.assertPrints("what-if-tornado.txt", WhatIfExamplesTest::printTornado);
    }

    private static void printTornado() {
        WhatIf whatIf = whatIf();
        // snippet:tornado
        Tornado tornado = whatIf.tornado(0.10);
        System.out.printf("%-18s%10s%10s%10s%n", "lever", "- 10 %", "+ 10 %", "swing");
        for (TornadoBar bar : tornado.bars()) {
            System.out.printf(
                    "%-18s%10.2f%10.2f%10.2f%n", bar.lever(), bar.equityAtLess(), bar.equityAtMore(), bar.swing());
        }
        // end
        assertThat(tornado.notes()).isEmpty();
    }

    @Test
    void elasticities() {
        Console.assertPrints("what-if-elasticities.txt", WhatIfExamplesTest::printElasticities);
    }

    private static void printElasticities() {
        WhatIf whatIf = whatIf();
        // snippet:elasticities
        Elasticities elasticities = whatIf.elasticities();
        elasticities.values().forEach((lever, value) -> System.out.printf("%-18s%8.3f%n", lever, value));
        // end
    }

    @Test
    void breakEven() {
        Console.assertPrints("what-if-break-even.txt", WhatIfExamplesTest::printBreakEven);
    }

    private static void printBreakEven() {
        WhatIf whatIf = whatIf();
        // snippet:breakeven
        BigDecimal target = whatIf.before().total().netFutureValue().contribution();
        BreakEven margin = whatIf.breakEven(Lever.MARGIN, new BigDecimal("8000"));
        System.out.printf(
                "8000.00 at a margin of %.4f (x %.4f)%n", margin.value().orElseThrow(), margin.factor());
        BreakEven retention = whatIf.breakEven(Lever.RETENTION, target.add(new BigDecimal("500")));
        System.out.printf("500.00 more at retention x %.4f%n", retention.factor());
        // end
    }
}
