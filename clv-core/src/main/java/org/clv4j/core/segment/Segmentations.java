// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.retention.CohortPeriod;
import org.jspecify.annotations.Nullable;

/** The segmentations that need nothing but a base: by attribute, by the period of acquisition, by any function of a row. */
public final class Segmentations {

    private Segmentations() {}

    /**
     * Puts customers into segments by an attribute, as region, size, channel or product.
     *
     * @param attribute the name of the attribute; segments have its name
     * @return the segmentation; it refuses a base in which nobody has the attribute
     */
    public static Segmentation attribute(String attribute) {
        return new Attribute(Objects.requireNonNull(attribute, "attribute"));
    }

    /**
     * Puts customers into segments by the calendar period of their first purchase. The segmentation is named
     * {@code acquisition month}, {@code acquisition quarter} or {@code acquisition year}, and its segments come in the order of time.
     *
     * @param period the period
     * @return the segmentation
     */
    public static Segmentation acquisition(CohortPeriod period) {
        return new Acquisition(Objects.requireNonNull(period, "period"));
    }

    /**
     * Puts customers into segments by a function. Two such segmentations are equal if name and function are.
     *
     * @param name the name of the segmentation
     * @param label the label of a row; null where there is none
     * @return the segmentation, whose segments come in the order of the texts
     */
    public static Segmentation labels(String name, RowLabel label) {
        return new Labels(Objects.requireNonNull(name, "name"), Objects.requireNonNull(label, "label"));
    }

    private record Attribute(String name) implements Segmentation {
        @Override
        public SegmentCodes codes(CustomerBase base, int from, int to) {
            if (!base.attributeNames().contains(name)) {
                throw new IllegalArgumentException("`dimension` must be an attribute of some customer, but was '"
                        + name + "'; known: "
                        + (base.attributeNames().isEmpty() ? "none" : String.join(", ", base.attributeNames())));
            }
            int[] codes = new int[Math.max(0, to - from)];
            base.attributeCodesInto(name, from, to, codes);
            return SegmentCodes.of(base.attributeValues(name), codes);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Labels(String name, RowLabel label) implements Segmentation {
        @Override
        public SegmentCodes codes(CustomerBase base, int from, int to) {
            Objects.checkFromToIndex(from, to, base.size());
            return SegmentCodes.ofLabels(to - from, row -> label.of(base, from + row));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Acquisition(CohortPeriod period) implements Segmentation {
        @Override
        public String name() {
            return "acquisition " + period.toString().toLowerCase(Locale.ROOT);
        }

        @Override
        public SegmentCodes codes(CustomerBase base, int from, int to) {
            Objects.checkFromToIndex(from, to, base.size());
            // Customers of one day follow one another, or come back soon: the last days are remembered.
            LocalDate[] days = new LocalDate[REMEMBERED];
            String[] labels = new String[REMEMBERED];
            return SegmentCodes.ofLabels(to - from, row -> label(base, from + row, days, labels));
        }

        private static final int REMEMBERED = 1 << 12;

        private @Nullable String label(
                CustomerBase base, int row, @Nullable LocalDate[] days, @Nullable String[] labels) {
            LocalDate day = base.firstDate(row).orElse(null);
            if (day == null) {
                return null;
            }
            int place = (int) (day.toEpochDay() & (REMEMBERED - 1));
            if (!day.equals(days[place])) {
                days[place] = day;
                labels[place] = period.label(day);
            }
            return labels[place];
        }

        @Override
        public Comparator<String> order() {
            return LabelOrder.unknownLast();
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
