// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.clv4j.core.data.TimeScale;

/**
 * Periods counted back from the end of an observation: period 0 is the last, and ends with it. All periods are whole, whenever the data
 * begin.
 */
final class PeriodGrid {

    private final int end;
    private final int days;
    private final int[] starts;

    private PeriodGrid(int end, int days, int[] starts) {
        this.end = end;
        this.days = days;
        this.starts = starts;
    }

    /**
     * Returns the grid.
     *
     * @param end the last day of the observation, inclusive
     * @param earliest the first day that will be asked for
     * @param unit the time unit
     * @param length the number of units in a period; at least 1
     */
    static PeriodGrid of(LocalDate end, LocalDate earliest, TimeScale unit, int length) {
        int last = Math.toIntExact(end.toEpochDay());
        if (unit.hasDayGrid()) {
            return new PeriodGrid(last, Math.multiplyExact(unit.daysPerPeriod(), length), new int[0]);
        }
        IntStream.Builder starts = IntStream.builder();
        LocalDate next = end.plusDays(1);
        for (int period = 1; ; period++) {
            // From the end each time: the 31st must not become the 28th for good.
            LocalDate start = unit == TimeScale.MONTHS
                    ? next.minusMonths((long) period * length)
                    : next.minusYears((long) period * length);
            starts.add(Math.toIntExact(start.toEpochDay()));
            if (!start.isAfter(earliest)) {
                return new PeriodGrid(last, 0, starts.build().toArray());
            }
        }
    }

    /** Returns how many whole periods before the last a day is; 0 for a day in the last. */
    int periodsBack(int epochDay) {
        if (days > 0) {
            return (end - epochDay) / days;
        }
        // The starts fall: the first that is not after the day.
        int from = 0;
        int to = starts.length - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (starts[middle] <= epochDay) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
