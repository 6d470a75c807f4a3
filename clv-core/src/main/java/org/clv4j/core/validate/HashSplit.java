// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Divides customers by a hash of their ids: the same customer is always on the same side, whatever the order of the rows, the other
 * customers or the machine, and all rows of a customer are together.
 *
 * <p>The hash, in 64-bit arithmetic that wraps around, with γ = 0x9E3779B97F4A7C15 and mix the finaliser of SplitMix64:
 *
 * <pre>
 * h ← mix(seed + γ)
 * h ← mix(h + γ + c)          for each UTF-16 unit c of the id
 * h ← mix(h + γ + length)
 * u = ⌊h / 2¹¹⌋ / 2⁵³         of the unsigned h, in [0, 1)
 *
 * mix(z):  z ← (z xor z ⋙ 30) · 0xBF58476D1CE4E5B9;  z ← (z xor z ⋙ 27) · 0x94D049BB133111EB;  z xor z ⋙ 31
 * </pre>
 *
 * <p>A customer is in the first part if u is below its share, so that a smaller first part lies within a larger one; fold number k of n
 * has ⌊n u⌋ = k. Parts have their sizes on average, not exactly. This will not change between releases.
 *
 * <p>This class is immutable and thread-safe. Source of the mixing: Steele, Lea and Flood (2014), <i>Fast splittable pseudorandom number
 * generators</i>, doi:10.1145/2660193.2660195.
 */
public final class HashSplit {

    private final long seed;

    private HashSplit(long seed) {
        this.seed = seed;
    }

    /**
     * Returns a split.
     *
     * @param seed any number; another seed gives an independent split
     * @return the split
     */
    public static HashSplit of(long seed) {
        return new HashSplit(seed);
    }

    /**
     * Returns the seed.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns where a customer stands, by which all else is decided.
     *
     * @param id the customer's id
     * @return u, in [0, 1)
     */
    public double position(String id) {
        return Mix.unit(Mix.hash(seed, Objects.requireNonNull(id, "id")));
    }

    /**
     * Tells whether a customer is in the first of two parts.
     *
     * @param id the customer's id
     * @param share how much of all customers the first part has, in (0, 1)
     * @return whether it is
     * @throws IllegalArgumentException if the share is out of its range
     */
    public boolean isFirst(String id, double share) {
        return position(id) < Columns.between0And1(share, "share");
    }

    /**
     * Returns in which of several parts of the same size a customer is.
     *
     * @param id the customer's id
     * @param folds how many parts there are, at least 2
     * @return the part, from 0 to {@code folds − 1}
     * @throws IllegalArgumentException if there are not enough parts
     */
    public int fold(String id, int folds) {
        return (int) (position(id) * Columns.atLeast(folds, 2, "folds"));
    }

    /**
     * Returns the rows of the first of two parts.
     *
     * @param ids the customer of each row
     * @param share how much of all customers the first part has, in (0, 1)
     * @return the rows in their order, as {@link org.clv4j.core.learn.TrainingData#selectRows(int[])} takes them
     * @throws IllegalArgumentException if the share is out of its range
     */
    public int[] firstRows(List<String> ids, double share) {
        Columns.between0And1(share, "share");
        return IntStream.range(0, ids.size())
                .filter(row -> isFirst(ids.get(row), share))
                .toArray();
    }

    /**
     * Returns the rows of the second of two parts: those that {@link #firstRows(List, double)} leaves.
     *
     * @param ids the customer of each row
     * @param share how much of all customers the first part has, in (0, 1)
     * @return the rows in their order
     * @throws IllegalArgumentException if the share is out of its range
     */
    public int[] secondRows(List<String> ids, double share) {
        Columns.between0And1(share, "share");
        return IntStream.range(0, ids.size())
                .filter(row -> !isFirst(ids.get(row), share))
                .toArray();
    }

    @Override
    public String toString() {
        return "HashSplit[seed " + seed + "]";
    }
}
