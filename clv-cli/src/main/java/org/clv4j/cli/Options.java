// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns the texts of options into values; what cannot be turned is wrong usage and names its option. */
final class Options {

    private Options() {}

    static LocalDate date(String option, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw new UsageException(option + " must be a date such as 1997-09-30, but was '" + text + "'", e);
        }
    }

    static double number(String option, String text) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(option + " must be a number, but was '" + text + "'", e);
        }
        throw new UsageException(option + " must be a finite number, but was '" + text + "'");
    }

    static long wholeNumber(String option, String text, long least) {
        long value;
        try {
            value = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(option + " must be a whole number, but was '" + text + "'", e);
        }
        if (value < least) {
            throw new UsageException(option + " must be at least " + least + ", but was " + value);
        }
        return value;
    }

    /** Parses a decimal number, or returns null. */
    static @Nullable BigDecimal decimal(String text) {
        try {
            return text.length() > 40 ? null : new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static String oneOf(String option, String text, String... choices) {
        for (String choice : choices) {
            if (choice.equalsIgnoreCase(text.strip())) {
                return choice;
            }
        }
        throw new UsageException(option + " must be " + String.join(" or ", choices) + ", but was '" + text + "'");
    }

    /** Parses with a method of the library, whose messages tell the rule and the value. */
    static <T> T parse(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage(), e);
        }
    }

    /** Does work of the library that may refuse what options have asked for. */
    static <T> T checked(String option, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage(), e);
        }
    }

    static List<String> list(String option, String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                throw new UsageException(option + " must be names with a comma between them, but was '" + text + "'");
            }
            parts.add(part.strip());
        }
        return parts;
    }
}
