// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The labels of rows, coded: a list of labels, and of each row where its own stands in the list.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class SegmentCodes {

    /** The code of a row without a label. */
    public static final int NONE = -1;

    private final List<String> labels;
    private final int[] codes;

    private SegmentCodes(List<String> labels, int[] codes) {
        this.labels = labels;
        this.codes = codes;
    }

    /**
     * Returns coded labels.
     *
     * @param labels the labels, each once; copied
     * @param codes of each row the number of its label, from 0, or {@link #NONE}; copied
     * @return the coded labels
     * @throws IllegalArgumentException if a label is there twice, or a code has no label
     */
    public static SegmentCodes of(List<String> labels, int[] codes) {
        List<String> kept = List.copyOf(labels);
        if (kept.stream().distinct().count() < kept.size()) {
            throw new IllegalArgumentException("`labels` must be distinct, but were " + kept);
        }
        for (int code : codes) {
            if (code < NONE || code >= kept.size()) {
                throw new IllegalArgumentException(
                        "`code` must be in [-1, " + (kept.size() - 1) + "], but was " + code);
            }
        }
        return new SegmentCodes(kept, codes.clone());
    }

    /**
     * Codes the labels of rows.
     *
     * @param rows how many rows
     * @param labelOf the label of a row, from 0; null where there is none
     * @return the coded labels
     * @throws IllegalArgumentException if the number is negative
     */
    public static SegmentCodes ofLabels(int rows, IntFunction<@Nullable String> labelOf) {
        if (rows < 0) {
            throw new IllegalArgumentException("`rows` must be at least 0, but was " + rows);
        }
        Map<String, Integer> found = new HashMap<>();
        List<String> labels = new ArrayList<>();
        int[] codes = new int[rows];
        String last = null;
        int lastCode = NONE;
        for (int row = 0; row < rows; row++) {
            String label = labelOf.apply(row);
            if (label == null) {
                codes[row] = NONE;
                continue;
            }
            if (!label.equals(last)) {
                Integer known = found.putIfAbsent(label, labels.size());
                if (known == null) {
                    labels.add(label);
                }
                last = label;
                lastCode = known == null ? labels.size() - 1 : known;
            }
            codes[row] = lastCode;
        }
        return new SegmentCodes(List.copyOf(labels), codes);
    }

    /**
     * Returns the labels by code.
     *
     * @return the labels, unmodifiable; there may be some that no row has
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * Returns the number of rows.
     *
     * @return the number
     */
    public int size() {
        return codes.length;
    }

    /**
     * Returns the code of a row.
     *
     * @param row the row, from 0 for the first that was asked for
     * @return where its label stands in {@link #labels()}, or {@link #NONE}
     */
    public int code(int row) {
        return codes[row];
    }

    /**
     * Returns the label of a row.
     *
     * @param row the row, from 0 for the first that was asked for
     * @return the label; {@value Segmentation#UNKNOWN} of a row without one
     */
    public String label(int row) {
        return codes[row] == NONE ? Segmentation.UNKNOWN : labels.get(codes[row]);
    }

    @Override
    public String toString() {
        return "SegmentCodes[" + size() + " rows, " + labels.size() + " labels]";
    }
}
