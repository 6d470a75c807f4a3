// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.segment.SegmentCodes;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;

/** The labels of customers in one breakdown, where a dimension may be one that nobody of the base has. */
final class BreakdownLabels {

    /** By dimension; empty where nobody of the base has it. */
    private final List<Optional<SegmentCodes>> codes;

    private BreakdownLabels(List<Optional<SegmentCodes>> codes) {
        this.codes = codes;
    }

    static BreakdownLabels of(CustomerBase base, List<Segmentation> dimensions) {
        List<Optional<SegmentCodes>> codes = new ArrayList<>();
        for (Segmentation dimension : dimensions) {
            boolean missing = isAttribute(dimension) && !base.attributeNames().contains(dimension.name());
            codes.add(missing ? Optional.empty() : Optional.of(dimension.codes(base, 0, base.size())));
        }
        return new BreakdownLabels(codes);
    }

    static boolean isAttribute(Segmentation dimension) {
        return dimension.equals(Segmentations.attribute(dimension.name()));
    }

    List<String> of(int row) {
        List<String> labels = new ArrayList<>(codes.size());
        for (Optional<SegmentCodes> dimension : codes) {
            labels.add(dimension.map(of -> of.label(row)).orElse(Segmentation.UNKNOWN));
        }
        return labels;
    }

    /** Refuses an attribute that nobody has. */
    static void requireKnown(Segmentation dimension, CustomerBase base, boolean elsewhere) {
        if (isAttribute(dimension) && !elsewhere && !base.attributeNames().contains(dimension.name())) {
            throw new IllegalArgumentException(
                    "`dimension` must be an attribute of some customer, but was '" + dimension.name() + "'; known: "
                            + (base.attributeNames().isEmpty() ? "none" : String.join(", ", base.attributeNames())));
        }
    }
}
