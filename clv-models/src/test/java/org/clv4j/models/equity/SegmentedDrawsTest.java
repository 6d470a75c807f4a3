// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.BreakdownDraws;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.equity.SegmentDraws;
import org.clv4j.core.model.Execution;
import org.clv4j.core.segment.Bands;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.ParetoNbd;
import org.junit.jupiter.api.Test;

class SegmentedDrawsTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.1), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);

    private static final CustomerBase BASE = CustomerBase.ofSummaries(
            List.of(
                    CustomerSummary.of("a", 12, 30, 38, 20).withAttributes(Map.of("region", "North")),
                    CustomerSummary.of("b", 2, 10, 38, 30).withAttributes(Map.of("region", "South")),
                    CustomerSummary.of("c", 0, 0, 30).withAttributes(Map.of("region", "North")),
                    CustomerSummary.of("d", 3, 29, 30, 9)),
            TimeScale.WEEKS);

    @Test
    void segmentsComeInTheirOwnOrderAndAreThoseOfAttributes() {
        Segmentation orders = Bands.of("orders", CustomerBase::frequency, List.of(1, 2, 10));
        EquityDraws draws = EquitySimulation.withDefaults()
                .withDraws(20)
                .withBreakdown(List.of("region"))
                .withSegmentations(List.of(Segmentations.attribute("region")))
                .withSegmentations(List.of(orders, Segmentations.attribute("region")))
                .run(
                        PurchaseModelDraws.ofKnown(ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669)),
                        BASE,
                        TERMS,
                        Execution.sequential());
        BreakdownDraws crossed = draws.breakdowns().get(2);
        assertThat(crossed.dimensions()).containsExactly("orders", "region");
        assertThat(crossed.segments())
                .extracting(SegmentDraws::name)
                .containsExactly(
                        "below 1 / North",
                        "2 to below 10 / (unknown)",
                        "2 to below 10 / South",
                        "10 and above / North");
        for (int i = 0; i < 3; i++) {
            SegmentDraws attribute = draws.breakdowns().get(0).segments().get(i);
            SegmentDraws segment = draws.breakdowns().get(1).segments().get(i);
            assertThat(segment.labels()).isEqualTo(attribute.labels());
            assertThat(segment.figure(ForecastFigure.ORDERS).draws())
                    .isEqualTo(attribute.figure(ForecastFigure.ORDERS).draws());
        }
        assertThatThrownBy(() -> EquitySimulation.withDefaults().withSegmentations(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`segmentations`");
    }
}
