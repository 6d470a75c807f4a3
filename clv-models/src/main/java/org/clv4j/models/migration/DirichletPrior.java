// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is believed of the moves before any are seen: pseudo-counts that are added to the counts. Each row of the matrix is Dirichlet
 * distributed, a priori and a posteriori, over the moves that the states admit.
 *
 * <p>A state that nobody was seen in has the prior's mean: with a symmetric prior all its moves are equally likely. Without a prior its
 * moves are unknown, and an estimate is refused.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class DirichletPrior {

    private final double symmetric;
    private final double @Nullable [][] given;

    private DirichletPrior(double symmetric, double @Nullable [][] given) {
        this.symmetric = symmetric;
        this.given = given;
    }

    /**
     * Returns no prior: the estimates are the relative frequencies.
     *
     * @return the prior with pseudo-counts of 0
     */
    public static DirichletPrior none() {
        return new DirichletPrior(0, null);
    }

    /**
     * Returns the prior that counts every possible move alike.
     *
     * @param pseudoCount the count of each possible move, as ½ (Jeffreys) or 1 (uniform); finite, above 0
     * @return the prior
     * @throws IllegalArgumentException if the count is out of range
     */
    public static DirichletPrior symmetric(double pseudoCount) {
        if (!(pseudoCount > 0 && pseudoCount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`pseudoCount` must be finite and above 0, but was " + pseudoCount);
        }
        return new DirichletPrior(pseudoCount, null);
    }

    /**
     * Returns a prior with a count for each move.
     *
     * @param pseudoCounts one row a state, one count a state; finite, at least 0. Counts of impossible moves are passed over
     * @return the prior
     * @throws IllegalArgumentException if the rows are not as long as they are many, or a count is out of range
     */
    public static DirichletPrior of(List<? extends List<? extends Number>> pseudoCounts) {
        double[][] counts = new double[pseudoCounts.size()][];
        for (int from = 0; from < counts.length; from++) {
            counts[from] = Numbers.finite(pseudoCounts.get(from), counts.length, "pseudoCounts");
            for (double count : counts[from]) {
                Numbers.nonNegative(count, "pseudoCounts");
            }
        }
        return new DirichletPrior(0, counts);
    }

    double pseudoCount(int from, int to) {
        return given == null ? symmetric : given[from][to];
    }

    /** How many states the counts are of; empty if of any number. */
    Optional<Integer> size() {
        return given == null ? Optional.empty() : Optional.of(given.length);
    }
}
