// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The time unit in which recency, age and horizons are counted, with exact definitions.
 *
 * <ul>
 *   <li>{@link #DAYS}: the number of days between two dates.
 *   <li>{@link #WEEKS}: days / 7, exact; never a rounded count of weeks.
 *   <li>{@link #MONTHS}: whole calendar months from the start (an anniversary that falls on a missing day is the last day
 *       of its month) plus the days left over as a fraction of the month they fall in. 15 January to 15 February is
 *       exactly 1, whatever the length of the month.
 *   <li>{@link #YEARS}: the same with calendar years.
 * </ul>
 */
public enum TimeScale {
    /** Days. */
    DAYS("day", 1, 365.25),
    /** Weeks: days / 7. */
    WEEKS("week", 7, 365.25 / 7),
    /** Calendar months. */
    MONTHS("month", 0, 12),
    /** Calendar years. */
    YEARS("year", 0, 1);

    private final String unit;
    private final int daysPerPeriod;
    private final double periodsPerYear;

    TimeScale(String unit, int daysPerPeriod, double periodsPerYear) {
        this.unit = unit;
        this.daysPerPeriod = daysPerPeriod;
        this.periodsPerYear = periodsPerYear;
    }

    /**
     * Parses {@code days}, {@code weeks}, {@code months} or {@code years}, in any case.
     *
     * @param text the name of the unit
     * @return the time scale
     * @throws IllegalArgumentException if the text names none
     */
    public static TimeScale parse(String text) {
        for (TimeScale scale : values()) {
            if (scale.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
                return scale;
            }
        }
        throw new IllegalArgumentException("`timeScale` must be days, weeks, months or years, but was '" + text + "'");
    }

    /**
     * Returns the time from one date to another.
     *
     * @param start the first date
     * @param end the second date, not before the first
     * @return the time in this unit, at least 0; strictly increasing in {@code end}
     * @throws IllegalArgumentException if {@code end} is before {@code start}
     */
    public double between(LocalDate start, LocalDate end) {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("`end` must not be before `start` " + start + ", but was " + end);
        }
        return hasDayGrid()
                ? ChronoUnit.DAYS.between(start, end) / (double) daysPerPeriod
                : calendarPeriods(start, end, this == MONTHS ? ChronoUnit.MONTHS : ChronoUnit.YEARS);
    }

    private static double calendarPeriods(LocalDate start, LocalDate end, ChronoUnit period) {
        long whole = period.between(start, end);
        // ChronoUnit counts 31 January to 28 February as 0 months; the anniversary of a missing day is the month's
        // last.
        if (!start.plus(whole + 1, period).isAfter(end)) {
            whole++;
        }
        LocalDate anniversary = start.plus(whole, period);
        long length = ChronoUnit.DAYS.between(anniversary, start.plus(whole + 1, period));
        return whole + ChronoUnit.DAYS.between(anniversary, end) / (double) length;
    }

    /**
     * Returns the date that a time after another one leads to: the first that is at least so far away, so that any part of a day
     * counts as a day.
     *
     * @param start the first date
     * @param time the time in this unit; at least 0, and not beyond the last date there is
     * @return the earliest date d with {@code between(start, d)} at least {@code time}
     * @throws IllegalArgumentException if the time is out of its range
     */
    public LocalDate plus(LocalDate start, double time) {
        // Two periods short of the last date there is, for the arithmetic of months.
        double longest = ChronoUnit.DAYS.between(start, LocalDate.MAX) / (366 / periodsPerYear) - 2;
        if (!(time >= 0 && time < longest)) {
            throw new IllegalArgumentException(
                    "`time` must be at least 0 " + this + " and lead to a date, but was " + time + " from " + start);
        }
        // A day before the answer at the latest; then up, a day at a time.
        long whole = (long) Math.floor(time);
        LocalDate date = hasDayGrid()
                ? start.plusDays((long) Math.floor(time * daysPerPeriod))
                : start.plus(whole, this == MONTHS ? ChronoUnit.MONTHS : ChronoUnit.YEARS);
        if (!hasDayGrid()) {
            date = date.plusDays((long) Math.floor((time - whole) * 28 * 12 / periodsPerYear));
        }
        while (between(start, date) < time) {
            date = date.plusDays(1);
        }
        return date;
    }

    /**
     * Returns the number of whole periods of this unit from an origin to a date: the index of the period in which the date
     * falls. Discrete models count purchase occasions by it.
     *
     * @param origin the first day of period 0
     * @param date the date; not before the origin
     * @return the index, at least 0
     */
    public long periodIndex(LocalDate origin, LocalDate date) {
        return (long) Math.floor(between(origin, date));
    }

    /**
     * Tells whether a period has a fixed number of days, so that times are whole numbers of days divided by it.
     *
     * @return true for days and weeks
     */
    public boolean hasDayGrid() {
        return daysPerPeriod > 0;
    }

    /**
     * Returns the days in a period.
     *
     * @return 1 for days, 7 for weeks
     * @throws IllegalStateException for months and years, whose length varies
     */
    public int daysPerPeriod() {
        if (!hasDayGrid()) {
            throw new IllegalStateException("a " + unit + " has no fixed number of days");
        }
        return daysPerPeriod;
    }

    /**
     * Returns the default number of periods in a year, for the conversion of annual rates.
     *
     * @return 365.25, 365.25/7, 12 or 1
     */
    public double periodsPerYear() {
        return periodsPerYear;
    }

    /**
     * Returns the unit's name in the singular.
     *
     * @return day, week, month or year
     */
    public String singular() {
        return unit;
    }

    /** Returns the unit's name in the plural: {@code days}, {@code weeks}, {@code months}, {@code years}. */
    @Override
    public String toString() {
        return unit + "s";
    }
}
