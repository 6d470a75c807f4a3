// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.core.model.ModelException;

/** The times of the purchases of one customer after the other, in memory that is used again. Not thread-safe. */
public final class PurchaseTimes {

    private static final int MOST = 1 << 22;

    private double[] times = new double[64];
    private int count;

    /** Creates an empty list. */
    public PurchaseTimes() {}

    /** Forgets all times. */
    public void clear() {
        count = 0;
    }

    /**
     * Adds a time.
     *
     * @param time the time, at least that of the last one
     * @throws ModelException if there are more than memory should hold
     */
    public void add(double time) {
        if (count == times.length) {
            if (count == MOST) {
                throw new ModelException(
                        "a customer was drawn to make more than " + MOST + " purchases; state a shorter horizon");
            }
            times = Arrays.copyOf(times, count * 2);
        }
        times[count++] = time;
    }

    /**
     * Adds the times of a Poisson process.
     *
     * @param rate its rate, at least 0
     * @param end the time at which it ends
     * @param random the draws
     */
    void addPoisson(double rate, double end, Sampling random) {
        for (double time = random.exponential(rate); time <= end; time += random.exponential(rate)) {
            add(time);
        }
    }

    /**
     * Returns the number of times.
     *
     * @return how many were added
     */
    public int count() {
        return count;
    }

    /**
     * Returns the times.
     *
     * @return the memory itself, with {@link #count} times
     */
    public double[] times() {
        return times;
    }
}
