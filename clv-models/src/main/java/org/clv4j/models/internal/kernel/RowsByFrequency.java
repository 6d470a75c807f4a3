// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.core.data.CustomerBase;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a base in the order of their frequency, so that inner loops see coefficients that depend on x as constants. Made once
 * a fit; the base itself is not kept.
 *
 * <p>On a time grid that has fewer steps than there are rows, times are also kept as indices into {@link #gridTimes()}.
 */
public final class RowsByFrequency {

    private final int[] frequencies;
    private final int[] starts;
    private final double[] recency;
    private final double[] age;
    private final double @Nullable [] weights;
    private final double totalWeight;
    private final int @Nullable [] recencySteps;
    private final int @Nullable [] ageSteps;
    private final double[] gridTimes;

    private RowsByFrequency(CustomerBase base) {
        int size = base.size();
        int[] order = order(base);
        recency = new double[size];
        age = new double[size];
        double[] newWeights = base.isWeighted() ? new double[size] : null;
        int[] distinct = new int[size];
        int[] firstOf = new int[size + 1];
        int groups = 0;
        int maxStep = 0;
        for (int i = 0; i < size; i++) {
            int row = order[i];
            recency[i] = base.recency(row);
            age[i] = base.age(row);
            if (newWeights != null) {
                newWeights[i] = base.weight(row);
            }
            if (groups == 0 || distinct[groups - 1] != base.frequency(row)) {
                distinct[groups] = base.frequency(row);
                firstOf[groups] = i;
                groups++;
            }
            maxStep = base.isGridded() ? Math.max(maxStep, base.ageSteps(row)) : maxStep;
        }
        frequencies = Arrays.copyOf(distinct, groups);
        starts = Arrays.copyOf(firstOf, groups + 1);
        starts[groups] = size;
        weights = newWeights;
        totalWeight = base.totalWeight();
        if (base.isGridded() && maxStep < size) {
            recencySteps = new int[size];
            ageSteps = new int[size];
            for (int i = 0; i < size; i++) {
                recencySteps[i] = base.recencySteps(order[i]);
                ageSteps[i] = base.ageSteps(order[i]);
            }
            gridTimes = new double[maxStep + 1];
            for (int step = 0; step <= maxStep; step++) {
                gridTimes[step] = step / (double) base.stepsPerPeriod();
            }
        } else {
            recencySteps = null;
            ageSteps = null;
            gridTimes = new double[0];
        }
    }

    /**
     * Sorts the rows of a base.
     *
     * @param base the customers
     * @return the sorted rows
     */
    public static RowsByFrequency of(CustomerBase base) {
        return new RowsByFrequency(base);
    }

    /** Rows by frequency, then in their own order: a counting sort, or a comparison sort where frequencies are huge. */
    private static int[] order(CustomerBase base) {
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
     * Returns the sum of the weights.
     *
     * @return the number of customers that the rows stand for
     */
    public double totalWeight() {
        return totalWeight;
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

    /** The sum of the weights of rows [from, to). */
    double weight(int from, int to) {
        if (weights == null) {
            return to - from;
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += weights[i];
        }
        return sum;
    }

    double[] recency() {
        return recency;
    }

    double[] age() {
        return age;
    }

    double @Nullable [] weights() {
        return weights;
    }

    int @Nullable [] recencySteps() {
        return recencySteps;
    }

    int @Nullable [] ageSteps() {
        return ageSteps;
    }

    /** The time of every step of the grid; empty without one. */
    double[] gridTimes() {
        return gridTimes;
    }
}
