// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the difference of two ratios of sums comes from: that the customers are other ones (mix), or that like customers differ (rate). Made by
 * {@link EquityComparison}, which says how. The cells add up to the difference to the last digit.
 *
 * @param ratio what is compared, as {@code future value a customer}
 * @param from the name of the side that is compared with
 * @param to the name of the other side
 * @param dimensions the names of what makes the cells
 * @param fromRatio the ratio on the side that is compared with, to the millionth
 * @param toRatio the ratio on the other side, to the millionth
 * @param mix the sum of the cells' parts of mix
 * @param rate the sum of the cells' parts of rate
 * @param cells the cells: those of the first side in their order, then those that only the other has
 * @param warnings what a reader must know
 */
public record MixRate(
        String ratio,
        String from,
        String to,
        List<String> dimensions,
        BigDecimal fromRatio,
        BigDecimal toRatio,
        BigDecimal mix,
        BigDecimal rate,
        List<MixRateCell> cells,
        List<String> warnings) {

    /**
     * Creates a decomposition.
     *
     * @param ratio what is compared
     * @param from the name of the side that is compared with
     * @param to the name of the other side
     * @param dimensions the names of what makes the cells; copied
     * @param fromRatio the ratio on the side that is compared with
     * @param toRatio the ratio on the other side
     * @param mix the part of the shares
     * @param rate the part of the ratios
     * @param cells the cells; copied
     * @param warnings what a reader must know; copied
     */
    public MixRate {
        dimensions = List.copyOf(dimensions);
        cells = List.copyOf(cells);
        warnings = List.copyOf(warnings);
    }

    /**
     * Returns by how much the ratio of the other side is higher.
     *
     * @return {@code toRatio − fromRatio}, which is {@code mix + rate}
     */
    public BigDecimal difference() {
        return toRatio.subtract(fromRatio);
    }
}
