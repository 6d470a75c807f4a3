// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A growable, dictionary-coded column of texts; an absent value has code −1. */
final class TextColumn {

    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> values = new ArrayList<>();
    private int[] column = new int[16];
    private int size;

    /** Sets a row's value; rows skipped since the last one are absent. */
    void set(int row, @Nullable String value) {
        if (row >= column.length) {
            column = Arrays.copyOf(column, Math.max(row + 1, column.length + (column.length >> 1)));
        }
        while (size <= row) {
            column[size++] = -1;
        }
        column[row] = value == null ? -1 : code(value);
    }

    private int code(String value) {
        Integer known = codes.putIfAbsent(value, values.size());
        if (known != null) {
            return known;
        }
        values.add(value);
        return values.size() - 1;
    }

    /** The values by code; some may belong to no row any more. */
    List<String> values() {
        return Collections.unmodifiableList(values);
    }

    void codesInto(int from, int to, int[] out) {
        int known = Math.max(from, Math.min(to, size));
        System.arraycopy(column, from, out, 0, known - from);
        Arrays.fill(out, known - from, to - from, -1);
    }

    @Nullable
    String get(int row) {
        return row >= size || column[row] < 0 ? null : values.get(column[row]);
    }
}
