// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.HashMap;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;

/**
 * Remembers a function of (frequency, recency, age) over the rows of a batch. Customers who never came back share their histories on a day
 * grid, many who came back once do, so that an expensive function is evaluated once a history, with the same bits.
 */
public final class RepeatedHistories {

    /** A function of a customer's history. */
    @FunctionalInterface
    public interface Function {
        /**
         * Evaluates the function.
         *
         * @param frequency x
         * @param recency t_x
         * @param age T
         * @return the value
         */
        double at(int frequency, double recency, double age);
    }

    /** Histories beyond are computed each time, so that memory is bounded. */
    private static final int HISTORIES = 100_000;

    private record History(int frequency, double recency, double age) {}

    private final CustomerBase base;
    private final Function function;
    private final Map<History, Double> known = new HashMap<>();

    private RepeatedHistories(CustomerBase base, Function function) {
        this.base = base;
        this.function = function;
    }

    /**
     * Prepares for rows of a base.
     *
     * @param base the customers
     * @param function the function
     * @return the memory
     */
    public static RepeatedHistories of(CustomerBase base, Function function) {
        return new RepeatedHistories(base, function);
    }

    /**
     * Returns the function's value for a row.
     *
     * @param row a row of the batch
     * @return the value at its history
     */
    public double at(int row) {
        History history = new History(base.frequency(row), base.recency(row), base.age(row));
        Double value = known.get(history);
        if (value == null) {
            value = function.at(history.frequency(), history.recency(), history.age());
            if (known.size() < HISTORIES) {
                known.put(history, value);
            }
        }
        return value;
    }
}
