// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

/** Mean and variance of simulated figures. Not thread-safe. */
final class Moments {

    private static final double STANDARD_ERRORS = 5;

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    double mean() {
        return mean;
    }

    void checkMean(double expected, String what) {
        double error = Math.sqrt(squares / (count - 1) / count);
        Expect.that(
                Math.abs(mean - expected) <= STANDARD_ERRORS * error + 1e-12,
                () -> "the mean of " + what + " must be " + expected + ", but was " + mean
                        + " with a standard error of " + error);
    }
}
