// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.core.data.CustomerBase;

/**
 * The rows of a base in the order of their frequency, so that inner loops see coefficients that depend on x as constants. Made once
 * a fit; the base itself is not kept.
 *
 * <p>On a time grid that has fewer steps than there are rows, times are indices into {@link #gridTimes()}, and customers without repeat
 * purchases, who then differ in their age alone, are one weighted row an age. Otherwise times are real numbers.
 */
public final class RowsByFrequency {

    private final int[] frequencies;
    private final int[] starts;
    private final int size;
    private final double totalWeight;
    /** Of the first rows; all others weigh 1. */
    private final double[] weights;
    // Either the first two or the last two are empty.
    private final double[] recency;
    private final double[] age;
    private final int[] recencySteps;
    private final int[] ageSteps;
    private final double[] gridTimes;

    private RowsByFrequency(
            int[] frequencies,
            int[] starts,
            double totalWeight,
            double[] weights,
            double[] recency,
            double[] age,
            int[] recencySteps,
            int[] ageSteps,
            double[] gridTimes) {
        this.frequencies = frequencies;
        this.starts = starts;
        this.size = starts[starts.length - 1];
        this.totalWeight = totalWeight;
        this.weights = weights;
        this.recency = recency;
        this.age = age;
        this.recencySteps = recencySteps;
        this.ageSteps = ageSteps;
        this.gridTimes = gridTimes;
    }

    /**
     * Sorts the rows of a base.
     *
     * @param base the customers
     * @return the sorted rows
     */
    public static RowsByFrequency of(CustomerBase base) {
        int maxStep = 0;
        if (base.isGridded()) {
            for (int row = 0; row < base.size(); row++) {
                maxStep = Math.max(maxStep, base.ageSteps(row));
            }
            if (maxStep < base.size()) {
                return gridded(base, maxStep);
            }
        }
        return continuous(base);
    }

    private static RowsByFrequency continuous(CustomerBase base) {
        int size = base.size();
        int[] order = order(base);
        double[] recency = new double[size];
        double[] age = new double[size];
        double[] weights = new double[base.isWeighted() ? size : 0];
        for (int i = 0; i < size; i++) {
            recency[i] = base.recency(order[i]);
            age[i] = base.age(order[i]);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = base.weight(order[i]);
        }
        Groups groups = new Groups(size);
        for (int i = 0; i < size; i++) {
            groups.add(base.frequency(order[i]), i);
        }
        return new RowsByFrequency(
                groups.frequencies(),
                groups.starts(size),
                base.totalWeight(),
                weights,
                recency,
                age,
                new int[0],
                new int[0],
                new double[0]);
    }

    private static RowsByFrequency gridded(CustomerBase base, int maxStep) {
        int[] order = order(base);
        double[] weightOfAge = new double[maxStep + 1];
        int oneTimers = 0;
        while (oneTimers < order.length && base.frequency(order[oneTimers]) == 0) {
            weightOfAge[base.ageSteps(order[oneTimers])] += base.weight(order[oneTimers]);
            oneTimers++;
        }
        int ages = (int) Arrays.stream(weightOfAge).filter(weight -> weight > 0).count();
        int size = ages + order.length - oneTimers;
        int[] recencySteps = new int[size];
        int[] ageSteps = new int[size];
        double[] weights = new double[base.isWeighted() ? size : ages];
        Groups groups = new Groups(size);
        int i = 0;
        for (int step = 0; step <= maxStep; step++) {
            if (weightOfAge[step] > 0) {
                ageSteps[i] = step;
                weights[i] = weightOfAge[step];
                groups.add(0, i);
                i++;
            }
        }
        for (int next = oneTimers; next < order.length; next++) {
            int row = order[next];
            recencySteps[i] = base.recencySteps(row);
            ageSteps[i] = base.ageSteps(row);
            if (i < weights.length) {
                weights[i] = base.weight(row);
            }
            groups.add(base.frequency(row), i);
            i++;
        }
        double[] gridTimes = new double[maxStep + 1];
        for (int step = 0; step <= maxStep; step++) {
            gridTimes[step] = step / (double) base.stepsPerPeriod();
        }
        return new RowsByFrequency(
                groups.frequencies(),
                groups.starts(size),
                base.totalWeight(),
                weights,
                new double[0],
                new double[0],
                recencySteps,
                ageSteps,
                gridTimes);
    }

    /** Collects where groups of equal frequency start. */
    private static final class Groups {
        private final int[] frequencies;
        private final int[] starts;
        private int count;

        Groups(int size) {
            frequencies = new int[size];
            starts = new int[size];
        }

        void add(int frequency, int row) {
            if (count == 0 || frequencies[count - 1] != frequency) {
                frequencies[count] = frequency;
                starts[count] = row;
                count++;
            }
        }

        int[] frequencies() {
            return Arrays.copyOf(frequencies, count);
        }

        int[] starts(int size) {
            int[] all = Arrays.copyOf(starts, count + 1);
            all[count] = size;
            return all;
        }
    }

    /** Rows by frequency, then in their own order: a counting sort, or a comparison sort where frequencies are huge. */
    static int[] order(CustomerBase base) {
        int size = base.size();
        int max = 0;
        for (int row = 0; row < size; row++) {
            max = Math.max(max, base.frequency(row));
        }
        if (max > 4L * size + 1024) {
            long[] keys = new long[size];
            for (int row = 0; row < size; row++) {
                keys[row] = (long) base.frequency(row) << 32 | row;
            }
            Arrays.sort(keys);
            return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
        }
        int[] next = new int[max + 2];
        for (int row = 0; row < size; row++) {
            next[base.frequency(row) + 1]++;
        }
        for (int x = 0; x <= max; x++) {
            next[x + 1] += next[x];
        }
        int[] order = new int[size];
        for (int row = 0; row < size; row++) {
            order[next[base.frequency(row)]++] = row;
        }
        return order;
    }

    /**
     * Takes every n-th row, a systematic sample that has each frequency in its proportion. One-time buyers who are one row an age
     * are all taken, with the n-th part of their weight.
     *
     * @param stride n, at least 1
     * @return the sample
     */
    public RowsByFrequency every(int stride) {
        int kept = isGridded() && frequencies[0] == 0 ? starts[1] : 0;
        int[] taken = new int[kept + (size - kept + stride - 1) / stride];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = i < kept ? i : kept + (i - kept) * stride;
        }
        double[] newWeights = new double[weights.length == size ? taken.length : kept];
        double newTotal = taken.length - newWeights.length;
        for (int i = 0; i < newWeights.length; i++) {
            newWeights[i] = i < kept ? weights[i] / stride : weights[taken[i]];
            newTotal += newWeights[i];
        }
        int[] newStarts = new int[starts.length];
        int[] newFrequencies = new int[frequencies.length];
        int groups = 0;
        int i = 0;
        for (int group = 0; group < frequencies.length; group++) {
            int first = i;
            while (i < taken.length && taken[i] < starts[group + 1]) {
                i++;
            }
            if (i > first) {
                newFrequencies[groups] = frequencies[group];
                newStarts[groups] = first;
                groups++;
            }
        }
        newStarts[groups] = taken.length;
        return new RowsByFrequency(
                Arrays.copyOf(newFrequencies, groups),
                Arrays.copyOf(newStarts, groups + 1),
                newTotal,
                newWeights,
                isGridded() ? recency : pick(recency, taken),
                isGridded() ? age : pick(age, taken),
                isGridded() ? pick(recencySteps, taken) : recencySteps,
                isGridded() ? pick(ageSteps, taken) : ageSteps,
                gridTimes);
    }

    private static double[] pick(double[] values, int[] rows) {
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    private static int[] pick(int[] values, int[] rows) {
        int[] picked = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    /**
     * Returns the number of rows.
     *
     * @return the number of rows, which is less than that of customers where some are one weighted row
     */
    public int size() {
        return size;
    }

    /**
     * Returns the sum of the weights.
     *
     * @return the number of customers that the rows stand for
     */
    public double totalWeight() {
        return totalWeight;
    }

    boolean isGridded() {
        return gridTimes.length > 0;
    }

    int groups() {
        return frequencies.length;
    }

    int frequency(int group) {
        return frequencies[group];
    }

    int start(int group) {
        return starts[group];
    }

    int end(int group) {
        return starts[group + 1];
    }

    /** The group that a row is in. */
    int groupOf(int row) {
        int found = Arrays.binarySearch(starts, row);
        return found >= 0 ? found : -found - 2;
    }

    /** Whether some rows of a group do not weigh 1; then all have their weight in {@link #weights()}. */
    boolean isWeighted(int group) {
        return starts[group] < weights.length;
    }

    /** The sum of the weights of a group. */
    double weight(int group) {
        if (!isWeighted(group)) {
            return end(group) - start(group);
        }
        double sum = 0;
        for (int i = start(group); i < end(group); i++) {
            sum += weights[i];
        }
        return sum;
    }

    /** The weights of the rows of weighted groups, which come first. */
    double[] weights() {
        return weights;
    }

    /** t_x of the rows; empty on a grid. */
    double[] recency() {
        return recency;
    }

    /** T of the rows; empty on a grid. */
    double[] age() {
        return age;
    }

    /** t_x of the rows in steps of the grid; empty without one. */
    int[] recencySteps() {
        return recencySteps;
    }

    /** T of the rows in steps of the grid; empty without one. */
    int[] ageSteps() {
        return ageSteps;
    }

    /** The time of every step of the grid; empty without one. */
    double[] gridTimes() {
        return gridTimes;
    }
}
