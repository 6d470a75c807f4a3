// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.clv4j.core.data.CustomerBase;

/** Which segment of a breakdown each row belongs to. */
final class SegmentIndex {

    final List<String> dimensions;
    /** The labels of the segments, in their order. */
    final List<List<String>> segments;
    /** By row. */
    final int[] segmentOf;

    private SegmentIndex(List<String> dimensions, List<List<String>> segments, int[] segmentOf) {
        this.dimensions = dimensions;
        this.segments = segments;
        this.segmentOf = segmentOf;
    }

    static SegmentIndex of(CustomerBase base, List<String> dimensions, IntFunction<List<String>> labelsOf) {
        Map<List<String>, Integer> found = new HashMap<>();
        int[] segmentOf = new int[base.size()];
        for (int row = 0; row < segmentOf.length; row++) {
            List<String> labels = labelsOf.apply(row);
            Integer known = found.putIfAbsent(labels, found.size());
            segmentOf[row] = known == null ? found.size() - 1 : known;
        }
        List<List<String>> segments = new ArrayList<>(found.keySet());
        segments.sort(EquityAccumulator.BY_LABELS);
        int[] rank = new int[segments.size()];
        for (int i = 0; i < rank.length; i++) {
            rank[found.getOrDefault(segments.get(i), 0)] = i;
        }
        for (int row = 0; row < segmentOf.length; row++) {
            segmentOf[row] = rank[segmentOf[row]];
        }
        return new SegmentIndex(dimensions, segments, segmentOf);
    }
}
