// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Lines of aligned columns: the first to the left, numbers to the right. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... head) {
        rows.add(head);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    /** Writes a number of any size: with two digits after the point, or with an exponent where that would be long or say nothing. */
    static String number(double value) {
        double size = Math.abs(value);
        boolean plain = value == 0 || (size >= 0.1 && size < 1e12);
        return String.format(Locale.ROOT, plain ? "%.2f" : "%.4g", value);
    }

    /** Writes a part of 1. */
    static String part(OptionalDouble value) {
        if (value.isEmpty()) {
            return "n/a";
        }
        double part = value.getAsDouble();
        return String.format(Locale.ROOT, Math.abs(part) < 1e6 ? "%.4f" : "%.4g", part);
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row[i].codePointCount(0, row[i].length()));
                text.append(i == 0 ? row[i] + gap : "  " + gap + row[i]);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
