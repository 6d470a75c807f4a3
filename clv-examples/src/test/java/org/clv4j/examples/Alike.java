// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares printed text as a reader would: the last digits of a long number may differ between processors and Java versions,
 * whose logarithms differ in the last bit; so may the number of steps that an optimiser took.
 */
final class Alike {

    private static final Pattern NUMBER = Pattern.compile("[-−]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");
    private static final Pattern EVALUATIONS = Pattern.compile("\\d+ evaluations|\"evaluations\": \\d+");
    private static final double RELATIVE = 1e-6;

    private Alike() {}

    /** Tells whether two texts say the same. */
    static boolean test(String one, String other) {
        String left = EVALUATIONS.matcher(one).replaceAll("evaluations");
        String right = EVALUATIONS.matcher(other).replaceAll("evaluations");
        Matcher numbers = NUMBER.matcher(left);
        Matcher others = NUMBER.matcher(right);
        int start = 0;
        int otherStart = 0;
        while (numbers.find()) {
            if (!others.find()
                    || !left.substring(start, numbers.start()).equals(right.substring(otherStart, others.start()))
                    || !sameNumber(numbers.group(), others.group())) {
                return false;
            }
            start = numbers.end();
            otherStart = others.end();
        }
        return !others.find() && left.substring(start).equals(right.substring(otherStart));
    }

    private static boolean sameNumber(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (!one.contains(".") || !other.contains(".")) {
            return false;
        }
        double value = Double.parseDouble(one.replace('−', '-'));
        double otherValue = Double.parseDouble(other.replace('−', '-'));
        return Math.abs(value - otherValue) <= RELATIVE * Math.abs(value);
    }
}
