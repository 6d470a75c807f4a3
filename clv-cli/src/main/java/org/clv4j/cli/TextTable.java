// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns: the first to the left, the others to the right. */
final class TextTable {

    /** So many columns beside the first that a line can still be read. */
    static final int MOST_COLUMNS = 8;

    private final List<String[]> rows = new ArrayList<>();

    TextTable row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** Returns the lines, each indented by two blanks and ended by a line feed. */
    String format() {
        int columns = 0;
        for (String[] row : rows) {
            columns = Math.max(columns, row.length);
        }
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < row.length; i++) {
                String blanks = " ".repeat(widths[i] - row[i].codePointCount(0, row[i].length()));
                line.append(i == 0 ? row[i] + blanks : "  " + blanks + row[i]);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Whole units with commas between thousands, as {@code 1,234,568}. */
    static String money(BigDecimal value) {
        String digits =
                value.setScale(0, RoundingMode.HALF_EVEN).unscaledValue().abs().toString();
        StringBuilder text = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        boolean negative = value.setScale(0, RoundingMode.HALF_EVEN).signum() < 0;
        return (negative ? "-" : "") + text;
    }

    static String money(double value) {
        return money(BigDecimal.valueOf(value));
    }

    /** A fixed number of decimal places. */
    static String decimal(double value, int places) {
        return BigDecimal.valueOf(value)
                .setScale(places, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** A part of one as a percentage with one decimal place, as {@code 12.5 %}. */
    static String percent(double part) {
        return decimal(part * 100, 1) + " %";
    }
}
