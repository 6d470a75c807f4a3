// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.time.LocalDate;
import java.util.Locale;

/** The calendar periods by which customers are put into cohorts, and in which their ages are counted. */
public enum CohortPeriod {
    /** Calendar months. */
    MONTH(1),
    /** Calendar quarters. */
    QUARTER(3),
    /** Calendar years. */
    YEAR(12);

    private final int months;

    CohortPeriod(int months) {
        this.months = months;
    }

    /**
     * Parses {@code month}, {@code quarter} or {@code year}, in any case.
     *
     * @param text the name
     * @return the period
     * @throws IllegalArgumentException if the text names none
     */
    public static CohortPeriod parse(String text) {
        for (CohortPeriod period : values()) {
            if (period.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return period;
            }
        }
        throw new IllegalArgumentException("`period` must be month, quarter or year, but was '" + text + "'");
    }

    /**
     * Returns the length.
     *
     * @return the length in months
     */
    public int months() {
        return months;
    }

    /**
     * Returns the name of the period in which a day lies.
     *
     * @param day the day
     * @return the name, as {@code 2024-03}, {@code 2024-Q1} or {@code 2024}; in the order of time for years 0 to 9999
     */
    public String label(LocalDate day) {
        return label(indexOf(day));
    }

    /** Numbers the periods in the order of time. */
    int indexOf(LocalDate day) {
        return Math.toIntExact(Math.floorDiv(day.getYear() * 12L + day.getMonthValue() - 1, months));
    }

    /** The first day of a period. */
    LocalDate firstDay(int index) {
        long month = (long) index * months;
        return LocalDate.of((int) Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1, 1);
    }

    String label(int index) {
        LocalDate day = firstDay(index);
        String year = String.format(Locale.ROOT, "%04d", day.getYear());
        return switch (this) {
            case MONTH -> year + String.format(Locale.ROOT, "-%02d", day.getMonthValue());
            case QUARTER -> year + "-Q" + (day.getMonthValue() + 2) / 3;
            case YEAR -> year;
        };
    }

    /** Returns the name as {@code quarter}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
