// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.Locale;
import java.util.function.Supplier;

/** Checks whose failures say what was expected, what came, and for which case. Written so that NaN fails every one. */
final class Expect {

    /** Below this, a result has too few bits left for a relative comparison. */
    private static final double NOISE = 1e-290;

    private Expect() {}

    static void that(boolean holds, Supplier<String> message) {
        if (!holds) {
            throw new AssertionError(message.get());
        }
    }

    static double finite(double value, String what, Object where) {
        that(Double.isFinite(value), () -> what + " must be finite, but was " + value + at(where));
        return value;
    }

    static double within(double value, double lower, double upper, String what, Object where) {
        that(
                value >= lower && value <= upper,
                () -> what + " must be in [" + lower + ", " + upper + "], but was " + value + at(where));
        return value;
    }

    static double atLeastZero(double value, String what, Object where) {
        that(
                value >= 0 && value < Double.POSITIVE_INFINITY,
                () -> what + " must be finite and at least 0, but was " + value + at(where));
        return value;
    }

    /** Checks smaller ≤ larger, up to a relative tolerance. */
    static void ordered(double smaller, double larger, double tolerance, String what, Object where) {
        that(
                smaller <= larger + tolerance * Math.abs(larger) + NOISE,
                () -> what + ": " + smaller + " must be at most " + larger + at(where));
    }

    /** Checks two values for equality up to a relative tolerance. */
    static void close(double value, double expected, double tolerance, String what, Object where) {
        closeOnScale(value, expected, tolerance, Math.max(Math.abs(value), Math.abs(expected)), what, where);
    }

    /** Checks two values for equality up to a tolerance relative to a given scale, where the values themselves may cancel. */
    static void closeOnScale(double value, double expected, double tolerance, double scale, String what, Object where) {
        that(
                Math.abs(value - expected) <= tolerance * scale + NOISE,
                () -> what + " must be " + expected + ", but was " + value
                        + String.format(
                                Locale.ROOT, " (off by %.3g, allowed %.3g)", value - expected, tolerance * scale)
                        + at(where));
    }

    static void sameBits(double value, double expected, String what, Object where) {
        that(
                Double.doubleToLongBits(value) == Double.doubleToLongBits(expected),
                () -> what + " must be " + expected + " to the last bit, but was " + value + at(where));
    }

    /** Checks that a call is refused with an exception of the given type whose message names the culprit. */
    static void refused(Class<? extends RuntimeException> type, String named, String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            that(type.isInstance(e), () -> what + " must be refused with " + type.getSimpleName() + ", but threw " + e);
            that(
                    e.getMessage() != null && e.getMessage().contains(named),
                    () -> what + " must be refused with a message that names '" + named + "', but it said: "
                            + e.getMessage());
            return;
        }
        throw new AssertionError(what + " must be refused with " + type.getSimpleName() + ", but was taken");
    }

    private static String at(Object where) {
        return "\n  for " + where;
    }
}
