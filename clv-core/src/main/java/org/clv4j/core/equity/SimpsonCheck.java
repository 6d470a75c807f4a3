// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Whether a ratio of two totals misleads: whether its order is that of like customers compared with like (Simpson's paradox). Made by
 * {@link EquityComparison}, which says how. It is about the order of the figures; where a difference is within what chance makes of small cells,
 * so is the order.
 *
 * @param ratio what is compared, as {@code future value a customer}
 * @param from the name of the side that is compared with
 * @param to the name of the other side
 * @param dimensions the names of what makes the cells
 * @param difference by how much the ratio of the other side is higher, to the millionth
 * @param standardisedDifference the same with equal shares of the cells on both sides, over the cells that both have; 0 without any
 * @param higherCells the number of cells that both have in which the other side is higher
 * @param lowerCells the number of cells that both have in which the other side is lower
 * @param equalCells the number of cells that both have in which the sides are equal
 */
public record SimpsonCheck(
        String ratio,
        String from,
        String to,
        List<String> dimensions,
        BigDecimal difference,
        BigDecimal standardisedDifference,
        int higherCells,
        int lowerCells,
        int equalCells) {

    private static final MathContext SHOWN = new MathContext(4);

    /**
     * Creates a check.
     *
     * @param ratio what is compared
     * @param from the name of the side that is compared with
     * @param to the name of the other side
     * @param dimensions the names of what makes the cells; copied
     * @param difference by how much the other side is higher
     * @param standardisedDifference the same with equal shares
     * @param higherCells in how many cells the other side is higher
     * @param lowerCells in how many cells the other side is lower
     * @param equalCells in how many cells the sides are equal
     */
    public SimpsonCheck {
        dimensions = List.copyOf(dimensions);
    }

    /**
     * Tells whether the total misleads: the standardised comparison has the opposite order.
     *
     * @return true if both differences are there and of opposite sign
     */
    public boolean misleads() {
        return difference.signum() * standardisedDifference.signum() < 0;
    }

    /**
     * Tells whether the order is the opposite one in every cell that both sides have: the paradox in its pure form.
     *
     * @return true if there is such a cell, and the order of none is that of the totals, nor are the sides equal in one
     */
    public boolean reversedInEveryCell() {
        int opposite = difference.signum() > 0 ? lowerCells : higherCells;
        return difference.signum() != 0 && opposite > 0 && opposite == cells();
    }

    /**
     * Returns how many cells both sides have.
     *
     * @return the number
     */
    public int cells() {
        return higherCells + lowerCells + equalCells;
    }

    /**
     * Says it in a line.
     *
     * @return the order of the totals, and of like compared with like
     */
    public String message() {
        String by = String.join(" × ", dimensions);
        String total = ratio + ": " + to + " " + order(difference) + " " + from + " in total";
        String alike = order(standardisedDifference) + " with equal shares of " + by + ", and so in "
                + (standardisedDifference.signum() > 0
                        ? higherCells
                        : standardisedDifference.signum() < 0 ? lowerCells : equalCells)
                + " of " + cells() + " cells";
        if (cells() == 0) {
            return total + "; no cell of " + by + " has both";
        }
        return total + (misleads() ? ", but " : " and ") + alike + (misleads() ? ": the total misleads" : "");
    }

    private static String order(BigDecimal difference) {
        if (difference.signum() == 0) {
            return "equals";
        }
        return "is " + difference.abs().round(SHOWN).stripTrailingZeros().toPlainString()
                + (difference.signum() > 0 ? " above" : " below");
    }
}
