// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Currency;
import java.util.List;
import org.clv4j.core.value.ValuationTerms;

/**
 * What all customers are worth together: current value (realised), future value (still to come), lifetime value (both), net of
 * acquisition cost, in total and by segment. The terms of the valuation are part of the result.
 *
 * @param model the model behind the values
 * @param terms the terms of the valuation
 * @param currency the currency of all amounts; XXX if none was stated
 * @param total the sums over all customers
 * @param breakdowns the sums by segment, one breakdown for each that was asked for
 * @param warnings what a reader must know
 */
public record CustomerEquity(
        String model,
        ValuationTerms terms,
        Currency currency,
        SegmentEquity total,
        List<EquityBreakdown> breakdowns,
        List<String> warnings) {

    /**
     * Creates a result.
     *
     * @param model the model behind the values
     * @param terms the terms of the valuation
     * @param currency the currency of all amounts; XXX if none was stated
     * @param total the sums over all customers
     * @param breakdowns the sums by segment; copied
     * @param warnings what a reader must know; copied
     */
    public CustomerEquity {
        breakdowns = List.copyOf(breakdowns);
        warnings = List.copyOf(warnings);
    }

    /**
     * Returns a breakdown.
     *
     * @param dimensions the names of its dimensions
     * @return the breakdown by these, or else one by more dimensions, rolled up to these
     * @throws IllegalArgumentException if no breakdown has all of them
     */
    public EquityBreakdown breakdown(List<String> dimensions) {
        for (EquityBreakdown breakdown : breakdowns) {
            if (breakdown.dimensions().equals(dimensions)) {
                return breakdown;
            }
        }
        for (EquityBreakdown breakdown : breakdowns) {
            if (breakdown.dimensions().containsAll(dimensions)) {
                return breakdown.rollUp(dimensions);
            }
        }
        throw new IllegalArgumentException(
                "`dimensions` must be those of a breakdown, but were " + dimensions + "; known: "
                        + breakdowns.stream().map(EquityBreakdown::dimensions).toList());
    }
}
