// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/** A sum over the customers of a segment. */
public enum SegmentFigure {
    /** How many customers there are, by weight. */
    CUSTOMERS,
    /** Realised revenue. */
    REVENUE,
    /** Realised margin. */
    CURRENT_VALUE,
    /** The present value of the margin still to come. */
    FUTURE_VALUE,
    /** Realised margin and that still to come. */
    LIFETIME_VALUE,
    /** The acquisition cost that is known. */
    ACQUISITION_COST,
    /** Lifetime value net of known acquisition cost. */
    EQUITY;

    /**
     * Parses a name as {@code future value}, in any case, also with underscores or hyphens for blanks.
     *
     * @param text the name
     * @return the figure
     * @throws IllegalArgumentException if the text names none
     */
    public static SegmentFigure parse(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
        for (SegmentFigure figure : values()) {
            if (figure.toString().equals(name)) {
                return figure;
            }
        }
        throw new IllegalArgumentException(
                "`figure` must be one of " + Arrays.toString(values()) + ", but was '" + text + "'");
    }

    /**
     * Returns the figure of a segment.
     *
     * @param segment the segment
     * @return the sum
     */
    public BigDecimal of(SegmentEquity segment) {
        Function<SegmentEquity, BigDecimal> figure =
                switch (this) {
                    case CUSTOMERS ->
                        s -> new BigDecimal(s.customers()).setScale(ExactSum.SCALE, RoundingMode.HALF_EVEN);
                    case REVENUE -> SegmentEquity::revenue;
                    case CURRENT_VALUE -> SegmentEquity::currentValue;
                    case FUTURE_VALUE -> SegmentEquity::futureValue;
                    case LIFETIME_VALUE -> SegmentEquity::lifetimeValue;
                    case ACQUISITION_COST -> SegmentEquity::acquisitionCost;
                    case EQUITY -> SegmentEquity::equity;
                };
        return figure.apply(segment);
    }

    /** Returns the name as {@code future value}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
