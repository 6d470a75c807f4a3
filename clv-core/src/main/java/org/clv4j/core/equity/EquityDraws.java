// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Currency;
import java.util.List;
import org.clv4j.core.value.ValuationTerms;

/**
 * What the future of customers may come out at, in total and by segment, over a horizon and by period of it; made by {@link
 * EquitySimulation}. In every draw, and to the last bit, the segments of a breakdown add up to the total, and the orders, the revenue and
 * the value of the periods to those of the horizon.
 *
 * @param model the model behind the draws
 * @param method how models were drawn, in words
 * @param terms the terms of the valuation
 * @param currency the currency of all amounts; XXX if none was stated
 * @param seed the seed
 * @param draws how many draws there are
 * @param periodEnds when periods end, from now, in the base's time unit: ascending, the last one the horizon; empty without periods
 * @param total the draws of all customers together
 * @param breakdowns the draws by segment, one breakdown for each that was asked for
 * @param tops how likely each customer is to be among the best, one for each share that was asked for
 * @param warnings what a reader must know
 */
public record EquityDraws(
        String model,
        String method,
        ValuationTerms terms,
        Currency currency,
        long seed,
        int draws,
        List<Double> periodEnds,
        SegmentDraws total,
        List<BreakdownDraws> breakdowns,
        List<TopCustomers> tops,
        List<String> warnings) {

    /**
     * Creates a result.
     *
     * @param model the model behind the draws
     * @param method how models were drawn, in words
     * @param terms the terms of the valuation
     * @param currency the currency of all amounts; XXX if none was stated
     * @param seed the seed
     * @param draws how many draws there are
     * @param periodEnds when periods end; copied
     * @param total the draws of all customers together
     * @param breakdowns the draws by segment; copied
     * @param tops how likely each customer is to be among the best; copied
     * @param warnings what a reader must know; copied
     */
    public EquityDraws {
        periodEnds = List.copyOf(periodEnds);
        breakdowns = List.copyOf(breakdowns);
        tops = List.copyOf(tops);
        warnings = List.copyOf(warnings);
    }

    /**
     * Returns the draws of a segment.
     *
     * @param dimensions the dimensions of the breakdown; empty for the total
     * @param labels the segment's value of each; empty for the total
     * @return the draws
     * @throws IllegalArgumentException if there is no such breakdown, or no such segment in it
     */
    public SegmentDraws segment(List<String> dimensions, List<String> labels) {
        if (dimensions.isEmpty() && labels.isEmpty()) {
            return total;
        }
        return breakdowns.stream()
                .filter(breakdown -> breakdown.dimensions().equals(dimensions))
                .flatMap(breakdown -> breakdown.segments().stream())
                .filter(segment -> segment.labels().equals(labels))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "`labels` must be those of a segment that was drawn, but was " + labels + " of " + dimensions));
    }
}
