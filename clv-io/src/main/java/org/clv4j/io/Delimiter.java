// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.Locale;

/** What stands between the fields of a row. */
public enum Delimiter {
    /** A comma; fields may be quoted. */
    COMMA(','),
    /** A semicolon; fields may be quoted. */
    SEMICOLON(';'),
    /** A tab; fields may be quoted. */
    TAB('\t'),
    /** Runs of blanks and tabs; those at the ends of a line count for nothing, and quotes are ordinary characters. */
    WHITESPACE(' ');

    private final char character;

    Delimiter(char character) {
        this.character = character;
    }

    char character() {
        return character;
    }

    /**
     * Parses a comma, a semicolon, or a name such as {@code tab}, in any case.
     *
     * @param text the text
     * @return the delimiter
     * @throws IllegalArgumentException if the text names none
     */
    public static Delimiter parse(String text) {
        for (Delimiter delimiter : values()) {
            boolean same = delimiter != WHITESPACE && text.equals(String.valueOf(delimiter.character));
            if (same || delimiter.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return delimiter;
            }
        }
        throw new IllegalArgumentException("`delimiter` must be ',', ';', tab or whitespace, but was '" + text + "'");
    }

    /** Returns the name: {@code comma}, {@code semicolon}, {@code tab} or {@code whitespace}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
