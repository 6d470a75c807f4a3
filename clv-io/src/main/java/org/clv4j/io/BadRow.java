// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

/**
 * A row that could not be read.
 *
 * @param source the file
 * @param line the line on which the row starts, from 1
 * @param field the field that is at fault
 * @param value what stands there; shortened if long, control characters replaced
 * @param rule what the value must be, as {@code must be a decimal number}
 */
public record BadRow(String source, long line, String field, String value, String rule) {

    private static final int LONGEST_VALUE = 60;

    /**
     * Creates a bad row.
     *
     * @param source the file
     * @param line the line on which the row starts, from 1
     * @param field the field that is at fault
     * @param value what stands there; shortened if long, control characters replaced
     * @param rule what the value must be, as {@code must be a decimal number}
     */
    public BadRow {
        value = printable(value);
    }

    private static String printable(String value) {
        StringBuilder text = new StringBuilder();
        int length = Math.min(value.length(), LONGEST_VALUE);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            text.append(Character.isISOControl(c) ? '�' : c);
        }
        return length < value.length() ? text.append('…').toString() : text.toString();
    }

    /** Returns source, line, field, rule and value in one line. */
    @Override
    public String toString() {
        return source + ", line " + line + ": `" + field + "` " + rule + ", but was '" + value + "'";
    }
}
