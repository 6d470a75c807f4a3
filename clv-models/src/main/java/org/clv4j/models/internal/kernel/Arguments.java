// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.ParameterDomain;

/** The argument checks of fitted models; written so that NaN fails. */
public final class Arguments {

    private Arguments() {}

    /**
     * Checks a customer's history.
     *
     * @param frequency x, at least 0
     * @param recency t_x, in [0, age]; 0 if x = 0
     * @param age T, finite, at least 0
     * @throws IllegalArgumentException if one is out of its range
     */
    public static void checkHistory(int frequency, double recency, double age) {
        if (!(frequency >= 0)) {
            throw outOfRange("frequency", "at least 0", frequency);
        }
        if (!(age >= 0 && age < Double.POSITIVE_INFINITY)) {
            throw outOfRange("age", "finite and at least 0", age);
        }
        if (!(recency >= 0 && recency <= age)) {
            throw outOfRange("recency", "in [0, age = " + age + "]", recency);
        }
        if (frequency == 0 && recency != 0) {
            throw outOfRange("recency", "0 for a customer without repeat purchases", recency);
        }
    }

    /**
     * Checks a horizon.
     *
     * @param horizon the time from now; finite, at least 0
     * @return the horizon
     * @throws IllegalArgumentException if it is out of its range
     */
    public static double checkHorizon(double horizon) {
        if (!(horizon >= 0 && horizon < Double.POSITIVE_INFINITY)) {
            throw outOfRange("horizon", "finite and at least 0", horizon);
        }
        return horizon;
    }

    /**
     * Checks a discount rate that may be 0.
     *
     * @param continuousRate δ; finite, at least 0
     * @throws IllegalArgumentException if it is out of its range
     */
    public static void checkRate(double continuousRate) {
        if (!(continuousRate >= 0 && continuousRate < Double.POSITIVE_INFINITY)) {
            throw outOfRange("continuousRate", "finite and at least 0", continuousRate);
        }
    }

    /**
     * Checks the discount rate of an infinite horizon.
     *
     * @param continuousRate δ; finite, above 0
     * @throws IllegalArgumentException if it is out of its range
     */
    public static void checkPositiveRate(double continuousRate) {
        if (!(continuousRate > 0 && continuousRate < Double.POSITIVE_INFINITY)) {
            throw outOfRange("continuousRate", "finite and above 0", continuousRate);
        }
    }

    /**
     * Checks a count.
     *
     * @param count the count, at least 0
     * @param name its name
     * @throws IllegalArgumentException if it is negative
     */
    public static void checkCount(int count, String name) {
        if (count < 0) {
            throw outOfRange(name, "at least 0", count);
        }
    }

    /**
     * Checks a number that has to be inside of (0, 1).
     *
     * @param probability the number
     * @throws IllegalArgumentException if it is out of its range
     */
    public static void checkInnerProbability(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw outOfRange("probability", "above 0 and below 1", probability);
        }
    }

    /**
     * Checks a finite number.
     *
     * @param value the number
     * @param name its name
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public static void checkFinite(double value, String name) {
        if (!Double.isFinite(value)) {
            throw outOfRange(name, "finite", value);
        }
    }

    /**
     * Checks a probability that must not be 1.
     *
     * @param probability the probability; at least 0, below 1
     * @param name its name
     * @throws IllegalArgumentException if it is out of its range
     */
    public static void checkBelowOne(double probability, String name) {
        if (!(probability >= 0 && probability < 1)) {
            throw outOfRange(name, "at least 0 and below 1", probability);
        }
    }

    /**
     * Names stated parameters.
     *
     * @param domains the parameters, in the model's order
     * @param values their values
     * @return an unmodifiable map from name to value
     * @throws IllegalArgumentException if a value is out of its domain
     */
    public static Map<String, Double> named(List<ParameterDomain> domains, double... values) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            parameters.put(domains.get(i).name(), domains.get(i).check(values[i]));
        }
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * Makes the exception for a value out of its range.
     *
     * @param name the argument's name
     * @param range the range in words
     * @param value the value
     * @return the exception
     */
    public static IllegalArgumentException outOfRange(String name, String range, double value) {
        return new IllegalArgumentException("`" + name + "` must be " + range + ", but was " + value);
    }
}
