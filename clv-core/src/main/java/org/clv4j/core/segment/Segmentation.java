// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.util.Comparator;
import org.clv4j.core.data.CustomerBase;

/**
 * What puts customers into segments: a name, and a label of every row of a base. {@link Segmentations} has the common ones; RFM segments
 * come from {@link RfmScoring}, value tiers from {@link ValueTiers}, size bands from {@link Bands}.
 *
 * <p>Results of several bases can be merged if their segmentations are equal. An implementation must be immutable and thread-safe.
 */
public interface Segmentation {

    /** The label of customers without a value. */
    String UNKNOWN = "(unknown)";

    /**
     * Returns the name of the dimension.
     *
     * @return the name, as {@code region}
     */
    String name();

    /**
     * Returns the labels of some rows.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @return the labels, coded: few labels, an integer a row
     * @throws IllegalArgumentException if the base lacks what makes the segments
     * @throws IndexOutOfBoundsException if there are no such rows
     */
    SegmentCodes codes(CustomerBase base, int from, int to);

    /**
     * Returns the order in which segments are listed, {@link #UNKNOWN} among them.
     *
     * @return a total order of all labels; that of the texts, unless the segmentation has one of its own
     */
    default Comparator<String> order() {
        return Comparator.naturalOrder();
    }
}
