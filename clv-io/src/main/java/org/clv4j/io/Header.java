// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.clv4j.core.data.DataException;

/** Finds columns by name, by number, or by guess. */
final class Header {

    private final String source;
    private final List<String> names;

    /**
     * Creates a header.
     *
     * @param names the names; empty strings if the text has no header
     */
    Header(String source, List<String> names) {
        this.source = source;
        this.names = names;
    }

    int columns() {
        return names.size();
    }

    String name(int column) {
        return names.get(column);
    }

    /** Two columns of one name make every choice by name a gamble. */
    void requireUnique() {
        Map<String, Integer> seen = new HashMap<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            Integer earlier = name.isEmpty() ? null : seen.putIfAbsent(name, column);
            if (earlier != null) {
                throw new DataException("the header of " + source + " must name every column once, but has '" + name
                        + "' in columns " + (earlier + 1) + " and " + (column + 1));
            }
        }
    }

    boolean has(String name) {
        return names.contains(name.strip());
    }

    /**
     * Finds a stated column.
     *
     * @param field what the column is for
     * @param stated its name or 1-based number
     * @return the index, from 0
     */
    int find(String field, String stated) {
        int exact = names.indexOf(stated.strip());
        if (exact >= 0) {
            return exact;
        }
        List<Integer> similar = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            if (names.get(column).equalsIgnoreCase(stated.strip())) {
                similar.add(column);
            }
        }
        if (similar.size() == 1) {
            return similar.get(0);
        }
        if (isNumber(stated)) {
            int number = Integer.parseInt(stated.strip());
            if (number >= 1 && number <= names.size()) {
                return number - 1;
            }
            throw new DataException("column " + number + " for `" + field + "` is not in " + source + ", which has "
                    + names.size() + " columns");
        }
        throw new DataException(
                "column '" + stated + "' for `" + field + "` is not in " + source + "; its columns are " + describe());
    }

    /**
     * Guesses a column from its name.
     *
     * @param field what the column is for
     * @param known names for it, in lower case, letters and digits only
     * @return the index, from 0
     */
    int guess(String field, Set<String> known) {
        List<Integer> found = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            if (known.contains(normal(names.get(column)))) {
                found.add(column);
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new DataException(
                found.isEmpty()
                        ? "no column of " + source + " is known to be `" + field + "`; name it (--" + field
                                + "); its columns are " + describe()
                        : "more than one column of " + source + " could be `" + field + "`; name it (--" + field
                                + "); its columns are " + describe());
    }

    /** Returns the index of a name after normalisation, or −1. */
    int indexOf(String normal) {
        for (int column = 0; column < names.size(); column++) {
            if (normal(names.get(column)).equals(normal)) {
                return column;
            }
        }
        return -1;
    }

    static boolean isNumber(String stated) {
        String text = stated.strip();
        return !text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static String normal(String name) {
        StringBuilder text = new StringBuilder();
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (Character.isLetterOrDigit(lower.charAt(i))) {
                text.append(lower.charAt(i));
            }
        }
        return text.toString();
    }

    private String describe() {
        String text = String.join(", ", names);
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
