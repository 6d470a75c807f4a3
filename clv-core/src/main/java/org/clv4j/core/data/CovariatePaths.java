// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Histories of covariates: what acted on customers at which time, as seasons, prices or campaigns.
 *
 * <p>A history is piecewise constant: a value holds from its date until the day before the next date. It is shared by all customers, as a
 * season is, or one a customer, as campaigns are; {@link #and} puts both together. Dates may lie in the future: predictions need the
 * values up to their horizon.
 *
 * <p><b>How long the last value holds.</b> The paths are known up to {@link #knownUntil()}. By default that is the latest date of all rows,
 * and on from there as long as the longest time between two successive dates of the paths, less a day: so the last row of weekly paths is
 * a week, that of monthly paths a month. {@link #withKnownUntil} says something else, and {@link #holdingLast()} that last values hold for
 * ever. Of a customer with earlier rows only, the last value holds up to the same day. Asking for a later day is an error that names the
 * day.
 *
 * <p><b>How early the first value holds.</b> From its date. An earlier day, or a customer without rows, is an error unless the paths have
 * {@linkplain Builder#defaults defaults}.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class CovariatePaths {

    private final List<Part> parts;
    private final List<String> names;
    private final long knownUntil;

    private CovariatePaths(List<Part> parts, long knownUntil) {
        this.parts = List.copyOf(parts);
        this.knownUntil = knownUntil;
        List<String> all = new ArrayList<>();
        for (Part part : parts) {
            all.addAll(part.names);
        }
        this.names = List.copyOf(all);
    }

    /**
     * Starts paths that all customers share.
     *
     * @param names the covariates' names; at least one, distinct, not blank
     * @return the builder
     * @throws IllegalArgumentException if there is no name, or one is blank or there twice
     */
    public static Builder shared(Collection<String> names) {
        return new Builder(names, true);
    }

    /**
     * Starts paths of single customers.
     *
     * @param names the covariates' names; at least one, distinct, not blank
     * @return the builder
     * @throws IllegalArgumentException if there is no name, or one is blank or there twice
     */
    public static Builder ofCustomers(Collection<String> names) {
        return new Builder(names, false);
    }

    /**
     * Returns these paths with other covariates beside them. They are known until the earlier of the two ends.
     *
     * @param other the other covariates
     * @return the paths of both
     * @throws IllegalArgumentException if a name is in both
     */
    public CovariatePaths and(CovariatePaths other) {
        for (String name : other.names) {
            if (names.contains(name)) {
                throw new IllegalArgumentException("`other` must have names of its own, but has '" + name + "' too");
            }
        }
        List<Part> both = new ArrayList<>(parts);
        both.addAll(other.parts);
        return new CovariatePaths(both, Math.min(knownUntil, other.knownUntil));
    }

    /**
     * Returns a copy that is known until a day: the last values hold up to it.
     *
     * @param day the last day, inclusive; not before the latest date of the rows
     * @return the copy
     * @throws IllegalArgumentException if the day is before the latest date
     */
    public CovariatePaths withKnownUntil(LocalDate day) {
        for (Part part : parts) {
            if (day.toEpochDay() < part.latest) {
                throw new IllegalArgumentException("`day` must not be before the latest date of the paths "
                        + LocalDate.ofEpochDay(part.latest) + ", but was " + day);
            }
        }
        return new CovariatePaths(parts, day.toEpochDay());
    }

    /**
     * Returns a copy whose last values hold for ever.
     *
     * @return the copy
     */
    public CovariatePaths holdingLast() {
        return new CovariatePaths(parts, Long.MAX_VALUE);
    }

    /**
     * Returns the covariates' names.
     *
     * @return the names in the order of the values; unmodifiable
     */
    public List<String> names() {
        return names;
    }

    /**
     * Returns the last day on which the values are known.
     *
     * @return the day, inclusive; {@link LocalDate#MAX} if last values hold for ever
     */
    public LocalDate knownUntil() {
        return isHoldingLast() ? LocalDate.MAX : LocalDate.ofEpochDay(knownUntil);
    }

    /**
     * Tells whether last values hold for ever.
     *
     * @return true if they do
     */
    public boolean isHoldingLast() {
        return knownUntil == Long.MAX_VALUE;
    }

    /**
     * Returns the values of a customer between two days. Neighbouring pieces with equal values are one.
     *
     * @param customerId the customer's id
     * @param from the first day
     * @param until the last day, inclusive; not before the first
     * @return the path
     * @throws DataException if the values of one of the days are not known
     */
    public Path path(String customerId, LocalDate from, LocalDate until) {
        long first = from.toEpochDay();
        long last = until.toEpochDay();
        if (last < first) {
            throw new IllegalArgumentException("`until` must not be before `from` " + from + ", but was " + until);
        }
        if (last > knownUntil) {
            throw new DataException("the paths of " + names + " must be known until " + until + ", but are until "
                    + knownUntil() + " (customer " + customerId
                    + "); add rows, or say that last values hold on");
        }
        Cursor cursor = new Cursor(customerId, first, last);
        Path path = new Path(names.size());
        for (long day = first; day <= last; day = cursor.nextDay) {
            cursor.moveTo(day);
            path.add(day, cursor.values);
        }
        return path;
    }

    /** Walks through the parts of a customer's path at once. */
    private final class Cursor {

        private final int[] at = new int[parts.size()];
        private final int[] end = new int[parts.size()];
        private final double[] values = new double[names.size()];
        private final long last;
        /** The next day at which a row begins. */
        private long nextDay;

        /** Puts each part's cursor before its first row at or after the first day. */
        Cursor(String customerId, long first, long last) {
            this.last = last;
            for (int p = 0; p < at.length; p++) {
                Part part = parts.get(p);
                int customer = part.customer(customerId);
                int start = customer < 0 ? 0 : part.starts[customer];
                end[p] = customer < 0 ? 0 : part.starts[customer + 1];
                if (part.defaults == null && (start == end[p] || part.days[start] > first)) {
                    throw new DataException("the path of " + part.names + " must be known from the first purchase on "
                            + LocalDate.ofEpochDay(first) + ", but "
                            + (start == end[p] ? "has no row" : "starts on " + LocalDate.ofEpochDay(part.days[start]))
                            + " (customer " + customerId + "); add rows, or defaults");
                }
                int found = Arrays.binarySearch(part.days, start, end[p], Math.toIntExact(first));
                at[p] = found >= 0 ? found : -found - 1;
                copyValues(p, at[p] > start ? at[p] - 1 : -1);
            }
        }

        /** Takes over the values of rows that begin on a day. */
        void moveTo(long day) {
            nextDay = last + 1;
            for (int p = 0; p < at.length; p++) {
                int[] days = parts.get(p).days;
                if (at[p] < end[p] && days[at[p]] == day) {
                    copyValues(p, at[p]);
                    at[p]++;
                }
                if (at[p] < end[p]) {
                    nextDay = Math.min(nextDay, days[at[p]]);
                }
            }
        }

        private void copyValues(int p, int row) {
            int to = 0;
            for (int before = 0; before < p; before++) {
                to += parts.get(before).names.size();
            }
            Part part = parts.get(p);
            int width = part.names.size();
            if (row >= 0) {
                System.arraycopy(part.values, row * width, values, to, width);
            } else if (part.defaults != null) {
                System.arraycopy(part.defaults, 0, values, to, width);
            }
        }
    }

    /** Returns the names and the last known day. */
    @Override
    public String toString() {
        return "CovariatePaths" + names + (isHoldingLast() ? ", holding the last" : " until " + knownUntil());
    }

    /**
     * The values of one customer over some days, in pieces of constant values.
     *
     * <p>This class is immutable and thread-safe.
     */
    public static final class Path {

        private final int covariates;
        private long[] days = new long[8];
        private double[] values;
        private int pieces;

        private Path(int covariates) {
            this.covariates = covariates;
            this.values = new double[8 * covariates];
        }

        private void add(long day, double[] newValues) {
            int to = pieces * covariates;
            if (pieces > 0 && Arrays.equals(values, to - covariates, to, newValues, 0, covariates)) {
                return;
            }
            if (pieces == days.length) {
                days = Arrays.copyOf(days, 2 * pieces);
                values = Arrays.copyOf(values, 2 * to);
            }
            days[pieces] = day;
            System.arraycopy(newValues, 0, values, to, covariates);
            pieces++;
        }

        /**
         * Returns the number of pieces.
         *
         * @return the number, at least 1
         */
        public int pieces() {
            return pieces;
        }

        /**
         * Returns the first day of a piece.
         *
         * @param piece the piece, from 0
         * @return the day since 1970-01-01, as {@link LocalDate#toEpochDay()} counts
         */
        public long startDay(int piece) {
            return days[Objects.checkIndex(piece, pieces)];
        }

        /**
         * Returns a value of a piece.
         *
         * @param piece the piece, from 0
         * @param covariate the covariate, from 0, in the order of {@link CovariatePaths#names()}
         * @return the value; finite
         */
        public double value(int piece, int covariate) {
            return values[Objects.checkIndex(piece, pieces) * covariates + Objects.checkIndex(covariate, covariates)];
        }
    }

    /** Covariates of one kind: rows by customer, then by date. Shared ones have one customer. */
    private static final class Part {

        private final List<String> names;
        private final @Nullable IdIndex ids;
        private final int[] starts;
        private final int[] days;
        private final double[] values;
        private final double @Nullable [] defaults;
        private final int latest;

        Part(
                List<String> names,
                @Nullable IdIndex ids,
                int[] starts,
                int[] days,
                double[] values,
                double @Nullable [] defaults) {
            this.names = names;
            this.ids = ids;
            this.starts = starts;
            this.days = days;
            this.values = values;
            this.defaults = defaults;
            this.latest = Arrays.stream(days).max().orElseThrow();
        }

        int customer(String id) {
            return ids == null ? 0 : ids.find(id);
        }
    }

    /** Collects paths. Not thread-safe. */
    public static final class Builder {

        private final List<String> names;
        private final boolean shared;
        private final IdIndex ids = new IdIndex(16);
        private int[] customerOf = new int[16];
        private int[] days = new int[16];
        private double[] values;
        private long @Nullable [] sourceRows;
        private double @Nullable [] defaults;
        private int size;

        private Builder(Collection<String> names, boolean shared) {
            Set<String> distinct = new HashSet<>();
            for (String name : names) {
                if (!distinct.add(Checks.nonBlank(name, "name"))) {
                    throw new IllegalArgumentException("`names` must be distinct, but had '" + name + "' twice");
                }
            }
            if (distinct.isEmpty()) {
                throw new IllegalArgumentException("`names` must have at least one name");
            }
            this.names = List.copyOf(names);
            this.shared = shared;
            this.values = new double[16 * this.names.size()];
            if (shared) {
                ids.add("");
            }
        }

        /**
         * Sets the values before a path's first date, and of customers without a path.
         *
         * @param newDefaults the values in the order of the names; finite
         * @return this builder
         * @throws DataException if they are not as many as the names, or one is not finite
         */
        public Builder defaults(List<? extends Number> newDefaults) {
            double[] checked = new double[names.size()];
            check(newDefaults, checked, 0, "the defaults");
            defaults = checked;
            return this;
        }

        /**
         * Adds values that hold from a date, to paths that all customers share.
         *
         * @param date the first day
         * @param newValues the values in the order of the names; finite
         * @return this builder
         * @throws DataException if they are not as many as the names, or one is not finite
         * @throws IllegalStateException if the paths are of single customers
         */
        public Builder add(LocalDate date, List<? extends Number> newValues) {
            return addAll(null, date, newValues, 0);
        }

        /**
         * Adds values that hold from a date, to the path of a customer.
         *
         * @param customerId the customer's id; not blank
         * @param date the first day
         * @param newValues the values in the order of the names; finite
         * @return this builder
         * @throws DataException if they are not as many as the names, or one is not finite
         * @throws IllegalStateException if all customers share the paths
         */
        public Builder add(String customerId, LocalDate date, List<? extends Number> newValues) {
            return addAll(Checks.nonBlank(customerId, "customerId"), date, newValues, 0);
        }

        /**
         * Adds values of a row of a file, which messages then name.
         *
         * @param customerId the customer's id, not blank; or nothing, in paths that all customers share
         * @param date the first day
         * @param newValues the values in the order of the names; finite
         * @param sourceRow the line of the file, from 1
         * @return this builder
         * @throws DataException if they are not as many as the names, or one is not finite
         * @throws IllegalStateException if there is an id in shared paths, or none in those of customers
         */
        public Builder add(
                @Nullable String customerId, LocalDate date, List<? extends Number> newValues, long sourceRow) {
            return addAll(
                    customerId == null ? null : Checks.nonBlank(customerId, "customerId"), date, newValues, sourceRow);
        }

        private Builder addAll(
                @Nullable String customerId, LocalDate date, List<? extends Number> newValues, long sourceRow) {
            if (shared != (customerId == null)) {
                throw new IllegalStateException(
                        shared ? "all customers share these paths: no customer id" : "these paths need a customer id");
            }
            if (size == days.length) {
                days = Arrays.copyOf(days, 2 * size);
                customerOf = Arrays.copyOf(customerOf, 2 * size);
                values = Arrays.copyOf(values, 2 * values.length);
                sourceRows = sourceRows == null ? null : Arrays.copyOf(sourceRows, 2 * size);
            }
            if (sourceRow > 0 && sourceRows == null) {
                sourceRows = new long[days.length];
            }
            if (sourceRows != null) {
                sourceRows[size] = sourceRow;
            }
            days[size] = Math.toIntExact(date.toEpochDay());
            customerOf[size] = customerId == null ? 0 : ids.add(customerId);
            check(newValues, values, size * names.size(), describe(size));
            size++;
            return this;
        }

        private void check(List<? extends Number> from, double[] to, int start, String where) {
            if (from.size() != names.size()) {
                throw new DataException(where + " must have a value of each of " + names + ", but had " + from);
            }
            for (int i = 0; i < names.size(); i++) {
                double value = Objects.requireNonNull(from.get(i), names.get(i)).doubleValue();
                if (!Double.isFinite(value)) {
                    throw new DataException(
                            "`" + names.get(i) + "` of " + where + " must be a finite number, but was " + value);
                }
                // So that 0 and −0 are one value.
                to[start + i] = value + 0.0;
            }
        }

        private String describe(int row) {
            String number = sourceRows == null || sourceRows[row] == 0 ? "row " + (row + 1) : "line " + sourceRows[row];
            return number + " (" + (shared ? "" : "customer " + ids.get(customerOf[row]) + ", ")
                    + LocalDate.ofEpochDay(days[row]) + ")";
        }

        /**
         * Builds the paths. This builder can go on to collect.
         *
         * @return the paths
         * @throws DataException if there is no row, or two rows of a customer have one date
         */
        public CovariatePaths build() {
            if (size == 0) {
                throw new DataException("the paths of " + names + " must have at least one row");
            }
            int customers = ids.size();
            int[] starts = new int[customers + 1];
            for (int row = 0; row < size; row++) {
                starts[customerOf[row] + 1]++;
            }
            for (int c = 0; c < customers; c++) {
                starts[c + 1] += starts[c];
            }
            int[] next = Arrays.copyOf(starts, customers);
            // Day and row in one number: sorted by day, equal days in the order of their rows.
            long[] dayAndRow = new long[size];
            for (int row = 0; row < size; row++) {
                dayAndRow[next[customerOf[row]]++] = (long) days[row] << 32 | row;
            }
            int width = names.size();
            int[] sortedDays = new int[size];
            double[] sortedValues = new double[size * width];
            for (int c = 0; c < customers; c++) {
                Arrays.sort(dayAndRow, starts[c], starts[c + 1]);
                for (int i = starts[c]; i < starts[c + 1]; i++) {
                    int row = (int) dayAndRow[i];
                    sortedDays[i] = days[row];
                    System.arraycopy(values, row * width, sortedValues, i * width, width);
                    if (i > starts[c] && sortedDays[i - 1] == sortedDays[i]) {
                        throw new DataException("`date` of " + describe(row) + " must be there once"
                                + (shared ? "" : " a customer") + ", but is also that of "
                                + describe((int) dayAndRow[i - 1]));
                    }
                }
            }
            IdIndex index = new IdIndex(customers);
            for (int c = 0; c < customers; c++) {
                index.add(ids.get(c));
            }
            Part part = new Part(
                    names,
                    shared ? null : index,
                    starts,
                    sortedDays,
                    sortedValues,
                    defaults == null ? null : defaults.clone());
            return new CovariatePaths(List.of(part), part.latest + longestStep(sortedDays) - 1L);
        }

        /** The longest time between successive dates, whichever customers they are of; 1 if there is one date. */
        private static int longestStep(int[] dates) {
            int[] ascending = dates.clone();
            Arrays.sort(ascending);
            int longest = 1;
            for (int i = 1; i < ascending.length; i++) {
                longest = Math.max(longest, ascending[i] - ascending[i - 1]);
            }
            return longest;
        }
    }
}
