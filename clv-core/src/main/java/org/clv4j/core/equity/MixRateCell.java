// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.List;

/**
 * What one cell contributes to the difference of two ratios.
 *
 * @param labels the cell's label of each dimension
 * @param fromShare its part of the denominator on the side that is compared with; 0 if it is not there
 * @param toShare its part of the denominator on the other side; 0 if it is not there
 * @param fromRatio its ratio on the side that is compared with, to the millionth; that of the other side if it is not there
 * @param toRatio its ratio on the other side, to the millionth; that of the first side if it is not there
 * @param mix what its larger or smaller share contributes
 * @param rate what its higher or lower ratio contributes; 0 if it is on one side only
 */
public record MixRateCell(
        List<String> labels,
        double fromShare,
        double toShare,
        BigDecimal fromRatio,
        BigDecimal toRatio,
        BigDecimal mix,
        BigDecimal rate) {

    /**
     * Creates a cell.
     *
     * @param labels the cell's label of each dimension; copied
     * @param fromShare its share on the side that is compared with
     * @param toShare its share on the other side
     * @param fromRatio its ratio on the side that is compared with
     * @param toRatio its ratio on the other side
     * @param mix the part of the shares
     * @param rate the part of the ratios
     */
    public MixRateCell {
        labels = List.copyOf(labels);
    }

    /**
     * Returns the cell's name.
     *
     * @return the labels joined by " / "
     */
    public String name() {
        return String.join(" / ", labels);
    }

    /**
     * Returns the contribution of the cell.
     *
     * @return mix + rate
     */
    public BigDecimal effect() {
        return mix.add(rate);
    }
}
