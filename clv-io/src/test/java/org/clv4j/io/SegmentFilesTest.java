// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.equity.EquityComparison;
import org.clv4j.core.equity.SegmentShrinkage;
import org.clv4j.core.equity.ShrunkMeans;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class SegmentFilesTest {

    /** North: a store customer of 100, three of the web of 20; South: three of the store of 90, one of the web of 10. */
    private static CustomerValues values() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        customer("a", "North", "store", 1),
                        customer("b", "North", "web", 3),
                        customer("c", "South", "store", 3),
                        customer("d", "South", "web", 1)),
                TimeScale.WEEKS);
        return CustomerValues.builder(
                        "test",
                        base,
                        ValuationTerms.of(
                                Horizon.of(10), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE))
                .column(ValueColumn.CLV, new double[] {100, 20, 90, 10})
                .build();
    }

    private static CustomerSummary customer(String id, String region, String channel, double weight) {
        return CustomerSummary.of(id, 0, 0, 1)
                .withWeight(weight)
                .withAttributes(Map.of("region", region, "channel", channel));
    }

    private static EquityBreakdown breakdown() {
        return EquityAggregator.withDefaults()
                .withBreakdown(List.of("region", "channel"))
                .aggregate(values())
                .breakdowns()
                .get(0);
    }

    private static ShrunkMeans means() {
        CustomerBase base = values().base();
        double[] plain = {1, 3, 2, 2};
        // Two regions of four customers each, with means 2.5 and 2, and a variance of .5 within: no more than chance.
        return SegmentShrinkage.withDefaults()
                .of("orders", base, (same, row) -> plain[row], List.of(Segmentations.attribute("region")));
    }

    @Test
    void writesShrunkMeansAsCsv() {
        assertThat(Texts.written(output -> SegmentsCsv.writeShrunkMeans(means(), output)))
                .startsWith(
                        "figure,dimension,segment,customers,mean,standard_error,weight,shrunk_mean,error,lower,upper")
                .contains("\norders,total,total,8,2.25,,,,,,\n")
                .contains("\norders,region,North,4,2.5,0.3535")
                .contains("\norders,region,South,4,2.0,0.3535")
                .endsWith("\n");
    }

    @Test
    void writesShrunkMeansAsJson() {
        assertThat(Texts.written(output -> SegmentsJson.writeShrunkMeans(means(), output)))
                .startsWith(
                        """
                        {
                          "format": "clv4j-shrunk-means/1",
                          "figure": "orders",
                          "currency": "XXX",
                          "warnings": [ ],
                          "dimensions": [ "region" ],
                          "level": 0.95,
                          "mean": 2.25,
                          "centre": 2.25,
                          "between_deviation": 0.0,
                        """)
                .contains(
                        """
                          }, {
                            "labels": [ "South" ],
                            "customers": 4,
                            "mean": 2.0,
                        """);
        assertThat(Texts.written(output -> SegmentsJson.writeShrunkMeans(
                        SegmentShrinkage.withDefaults()
                                .ofFutureValue(values(), List.of(Segmentations.attribute("region"))),
                        output)))
                .contains("\"model\": \"test\"")
                .contains("\"terms\": \"horizon 10");
    }

    @Test
    void writesMixAndRateAsCsv() {
        assertThat(Texts.written(output -> SegmentsCsv.writeMixRates(
                        List.of(EquityComparison.withDefaults().segments(breakdown(), "region", "North", "South")),
                        output)))
                .isEqualTo(
                        """
                        ratio,from,to,dimension,cell,from_share,to_share,from_ratio,to_ratio,mix,rate,effect
                        future value a customer,North,South,channel,total,1.0,1.0,40.00,70.00,40.00,-10.00,30.00
                        future value a customer,North,South,channel,store,0.25,0.75,100.00,90.00,20.00,-5.00,15.00
                        future value a customer,North,South,channel,web,0.75,0.25,20.00,10.00,20.00,-5.00,15.00
                        """);
    }

    @Test
    void writesChecksAsCsv() {
        assertThat(Texts.written(output -> SegmentsCsv.writeChecks(
                        EquityComparison.withDefaults().misleading(breakdown(), "region"), output)))
                .isEqualTo(
                        """
                        ratio,from,to,dimension,difference,standardised_difference,higher_cells,lower_cells,equal_cells,misleads,message
                        future value a customer,North,South,channel,30.00,-10.00,0,2,0,true,"%s"
                        """
                                .formatted("future value a customer: South is 30 above North in total, but is 10 below"
                                        + " with equal shares of channel, and so in 2 of 2 cells: the total misleads"));
    }

    @Test
    void writesComparisonsAsJson() {
        EquityComparison comparison = EquityComparison.withDefaults();
        assertThat(Texts.written(output -> SegmentsJson.writeComparisons(
                        List.of(comparison.segments(breakdown(), "region", "North", "South")),
                        comparison.misleading(breakdown(), "region"),
                        output)))
                .startsWith(
                        """
                        {
                          "format": "clv4j-segment-comparison/1",
                          "mix_and_rate": [ {
                            "ratio": "future value a customer",
                            "from": "North",
                            "to": "South",
                            "dimensions": [ "channel" ],
                            "warnings": [ ],
                            "from_ratio": 40.00,
                            "to_ratio": 70.00,
                            "difference": 30.00,
                            "mix": 40.00,
                            "rate": -10.00,
                            "cells": [ {
                              "labels": [ "store" ],
                              "from_share": 0.25,
                              "to_share": 0.75,
                              "from_ratio": 100.00,
                              "to_ratio": 90.00,
                              "mix": 20.00,
                              "rate": -5.00
                            }, {
                        """)
                .contains("\"misleads\": true");
    }
}
