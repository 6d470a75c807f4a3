// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.clv4j.core.internal.PreciseSum;
import org.clv4j.core.learn.Interval;

/**
 * How many actuals lay in their intervals, in all and by segment, whoever made the intervals.
 *
 * @param overall all rows
 * @param bySegment the segments by name; empty if there were none
 */
public record CoverageReport(Coverage overall, List<Coverage> bySegment) {

    /**
     * Creates a report.
     *
     * @param overall all rows
     * @param bySegment the segments by name, copied
     */
    public CoverageReport {
        bySegment = List.copyOf(bySegment);
    }

    /**
     * Counts all rows.
     *
     * @param intervals the interval of each row; at least one
     * @param actual what came, from −1e100 to 1e100
     * @return the report, without segments
     * @throws IllegalArgumentException if there is no row, lengths differ, or an actual is out of its range; the message names the row
     */
    public static CoverageReport of(List<Interval> intervals, double[] actual) {
        return new CoverageReport(counted(intervals, actual).coverage("(all)"), List.of());
    }

    /**
     * Counts all rows, and those of each segment.
     *
     * @param intervals the interval of each row; at least one
     * @param actual what came, from −1e100 to 1e100
     * @param segments the segment of each row
     * @return the report
     * @throws IllegalArgumentException if there is no row, lengths differ, or an actual is out of its range; the message names the row
     */
    public static CoverageReport of(List<Interval> intervals, double[] actual, List<String> segments) {
        Count all = counted(intervals, actual);
        List<String> labels = Columns.labels(segments, "segments", actual.length);
        Map<String, Count> counts = new TreeMap<>();
        for (int row = 0; row < actual.length; row++) {
            counts.computeIfAbsent(labels.get(row), segment -> new Count()).add(intervals.get(row), actual[row]);
        }
        List<Coverage> bySegment = new ArrayList<>();
        counts.forEach((segment, count) -> bySegment.add(count.coverage(segment)));
        return new CoverageReport(all.coverage("(all)"), bySegment);
    }

    private static Count counted(List<Interval> intervals, double[] actual) {
        Columns.first(actual, "actual");
        Columns.requireRows(intervals.size(), "intervals", actual.length);
        Count count = new Count();
        for (int row = 0; row < actual.length; row++) {
            count.add(intervals.get(row), actual[row]);
        }
        return count;
    }

    /** Counts rows. */
    private static final class Count {
        private final PreciseSum widths = new PreciseSum();
        private int rows;
        private int inside;

        void add(Interval interval, double actual) {
            rows++;
            // Made small first, so that the sum of the widest there are cannot overflow.
            widths.add(interval.upper() * 0x1p-40 - interval.lower() * 0x1p-40);
            if (interval.lower() <= actual && actual <= interval.upper()) {
                inside++;
            }
        }

        Coverage coverage(String segment) {
            return new Coverage(segment, rows, inside, Math.min(Double.MAX_VALUE, widths.value() / rows * 0x1p40));
        }
    }

    /**
     * Writes the report as a table, a line for each segment and one for all, in plain text.
     *
     * @return the lines, each with its end
     */
    public String toText() {
        TextTable table = new TextTable("segment", "rows", "inside", "share", "std. error", "mean width");
        List<Coverage> all = new ArrayList<>(bySegment);
        all.add(overall);
        for (Coverage coverage : all) {
            table.row(
                    coverage.segment(),
                    Integer.toString(coverage.rows()),
                    Integer.toString(coverage.inside()),
                    String.format(Locale.ROOT, "%.4f", coverage.share()),
                    String.format(Locale.ROOT, "%.4f", coverage.standardError()),
                    TextTable.number(coverage.meanWidth()));
        }
        return table.toString();
    }
}
