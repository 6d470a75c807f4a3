// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Objects;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;

/**
 * How likely each customer is to turn out among the best; made by {@link EquitySimulation#withTopShare}.
 *
 * <p>In each draw the customers are ranked by what their future comes out at, and the best share of them has a place. There are q W
 * places for W customers, and the last one may be a part of a place, so that the probabilities add up to the number of places. Customers of
 * the same value at the edge share the places that are left: where fewer buy at all than there are places, those who do not buy share the
 * rest.
 *
 * <p>With n draws the standard error of a probability p is √(p(1 − p)/n).
 *
 * <p>This class is immutable and thread-safe.
 */
public final class TopCustomers {

    private final CustomerBase base;
    private final double share;
    private final double places;
    private final double[] probabilities;
    private final double expectedHits;

    TopCustomers(CustomerBase base, double share, double places, double[] probabilities, double expectedHits) {
        this.base = base;
        this.share = share;
        this.places = places;
        this.probabilities = probabilities;
        this.expectedHits = expectedHits;
    }

    /**
     * Returns which part of the customers has a place.
     *
     * @return q, in (0, 1)
     */
    public double share() {
        return share;
    }

    /**
     * Returns how many places there are.
     *
     * @return q times the weight of all customers; need not be whole
     */
    public double places() {
        return places;
    }

    /**
     * Returns a customer's probability to be among the best.
     *
     * @param row the row of the base, from 0
     * @return the probability of each of the customers that the row stands for, in [0, 1]
     */
    public double probability(int row) {
        return probabilities[Objects.checkIndex(row, probabilities.length)];
    }

    /**
     * Returns a customer's probability by id; made for scripts.
     *
     * @param customerId the customer's id
     * @return the probability, or empty if the base has no such customer
     */
    public OptionalDouble probabilityOf(String customerId) {
        int row = base.indexOf(customerId);
        return row < 0 ? OptionalDouble.empty() : OptionalDouble.of(probability(row));
    }

    /**
     * Returns the probabilities.
     *
     * @return a fresh array, one value a row of the base
     */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /**
     * Returns how many of those whom the fitted models expect to be the best will be among the best. The list is as long as there are
     * places; customers of the same expectation at its end share what is left of it.
     *
     * @return the expected number of places that go to the list; at most {@link #places}
     */
    public double expectedHits() {
        return expectedHits;
    }

    /**
     * Returns which part of the list by expected value will be among the best. Chance alone would have {@link #share}.
     *
     * @return expected hits over places, in [0, 1]
     */
    public double precision() {
        return Math.min(1, expectedHits / places);
    }

    /** Returns share and precision. */
    @Override
    public String toString() {
        return "TopCustomers[best " + share + ", of " + places + " called the best " + expectedHits + " will be]";
    }
}
