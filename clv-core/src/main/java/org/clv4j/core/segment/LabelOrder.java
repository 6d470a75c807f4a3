// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The order of a list of labels; other labels follow, {@link Segmentation#UNKNOWN} at the end. */
final class LabelOrder {

    private LabelOrder() {}

    static Comparator<String> of(List<String> labels) {
        Map<String, Integer> places = new HashMap<>();
        labels.forEach(label -> places.put(label, places.size()));
        int others = places.size();
        return Comparator.<String>comparingInt(label -> places.getOrDefault(label, others))
                .thenComparing(Segmentation.UNKNOWN::equals)
                .thenComparing(Comparator.naturalOrder());
    }

    static Comparator<String> unknownLast() {
        return of(List.of());
    }
}
