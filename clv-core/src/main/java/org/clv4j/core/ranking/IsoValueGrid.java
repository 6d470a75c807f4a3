// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.util.List;
import java.util.Objects;

/**
 * What customers of one age are worth, by frequency, recency and spend; made by {@link IsoValue#grid}.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class IsoValueGrid {

    private final ValuationBasis basis;
    private final double age;
    private final List<Integer> frequencies;
    private final List<Double> recencies;
    private final List<Double> spends;
    /** By frequency, recency and spend. */
    private final double[] values;

    IsoValueGrid(
            ValuationBasis basis,
            double age,
            List<Integer> frequencies,
            List<Double> recencies,
            List<Double> spends,
            double[] values) {
        this.basis = basis;
        this.age = age;
        this.frequencies = List.copyOf(frequencies);
        this.recencies = List.copyOf(recencies);
        this.spends = List.copyOf(spends);
        this.values = values;
    }

    /**
     * Returns what the values were computed by.
     *
     * @return the basis, with neither a currency nor a day
     */
    public ValuationBasis basis() {
        return basis;
    }

    /**
     * Returns the age of all customers of the grid.
     *
     * @return T, first purchase to now, in the unit of time
     */
    public double age() {
        return age;
    }

    /**
     * Returns the frequencies.
     *
     * @return x, repeat occasions, as asked for
     */
    public List<Integer> frequencies() {
        return frequencies;
    }

    /**
     * Returns the recencies.
     *
     * @return t_x, first to last purchase, as asked for
     */
    public List<Double> recencies() {
        return recencies;
    }

    /**
     * Returns the spends.
     *
     * @return mean amounts of a repeat occasion, as asked for
     */
    public List<Double> spends() {
        return spends;
    }

    /**
     * Returns a value.
     *
     * @param frequency the place in {@link #frequencies()}, from 0
     * @param recency the place in {@link #recencies()}, from 0
     * @param spend the place in {@link #spends()}, from 0
     * @return the value. A customer without repeat purchases has neither recency nor spend: in the row of frequency 0 all are alike
     */
    public double value(int frequency, int recency, int spend) {
        int i = Objects.checkIndex(frequency, frequencies.size());
        int j = Objects.checkIndex(recency, recencies.size());
        int k = Objects.checkIndex(spend, spends.size());
        return values[(i * recencies.size() + j) * spends.size() + k];
    }

    /** Returns the axes in words. */
    @Override
    public String toString() {
        return "IsoValueGrid[age " + age + ", frequencies " + frequencies + ", recencies " + recencies + ", spends "
                + spends + "]";
    }
}
