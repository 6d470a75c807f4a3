// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.Locale;
import java.util.Objects;

/**
 * What a customer base does with zero amounts, refunds and purchases on the same day: explicit, never guessed. The number of
 * rows that each rule touched stands in {@link DataQuality}.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class DataPolicy {

    /** What happens to rows whose amount is zero. */
    public enum ZeroAmounts {
        /** A zero amount is a purchase occasion like any other. */
        KEEP,
        /** Rows of zero amount are left out. */
        DROP;

        /**
         * Parses {@code keep} or {@code drop}, in any case.
         *
         * @param text the name
         * @return the rule
         * @throws IllegalArgumentException if the text names none
         */
        public static ZeroAmounts parse(String text) {
            for (ZeroAmounts rule : values()) {
                if (rule.name().equalsIgnoreCase(text.strip())) {
                    return rule;
                }
            }
            throw new IllegalArgumentException("`zeroAmounts` must be keep or drop, but was '" + text + "'");
        }
    }

    /** What happens to rows whose amount is negative. */
    public enum Refunds {
        /** A negative amount is an error that names its row. */
        ERROR,
        /**
         * A refund is taken off the purchases before it: first its own day's, then the latest earlier ones. An occasion that
         * is refunded in full is none. What finds no purchase lowers the realised total and is counted.
         */
        NET,
        /** Rows of negative amount are left out. */
        DROP;

        /**
         * Parses {@code error}, {@code net} or {@code drop}, in any case.
         *
         * @param text the name
         * @return the rule
         * @throws IllegalArgumentException if the text names none
         */
        public static Refunds parse(String text) {
            for (Refunds rule : values()) {
                if (rule.name().equalsIgnoreCase(text.strip())) {
                    return rule;
                }
            }
            throw new IllegalArgumentException("`refunds` must be error, net or drop, but was '" + text + "'");
        }
    }

    private static final DataPolicy DEFAULTS = new DataPolicy(ZeroAmounts.KEEP, Refunds.ERROR, TimeScale.DAYS);

    private final ZeroAmounts zeroAmounts;
    private final Refunds refunds;
    private final TimeScale occasionPeriod;

    private DataPolicy(ZeroAmounts zeroAmounts, Refunds refunds, TimeScale occasionPeriod) {
        this.zeroAmounts = zeroAmounts;
        this.refunds = refunds;
        this.occasionPeriod = occasionPeriod;
    }

    /**
     * Returns the default policy: zero amounts are kept, a refund is an error, an occasion is a customer-day.
     *
     * @return the policy
     */
    public static DataPolicy withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another rule for zero amounts.
     *
     * @param rule the rule
     * @return the copy
     */
    public DataPolicy withZeroAmounts(ZeroAmounts rule) {
        return new DataPolicy(Objects.requireNonNull(rule, "zeroAmounts"), refunds, occasionPeriod);
    }

    /**
     * Returns a copy with another rule for refunds.
     *
     * @param rule the rule
     * @return the copy
     */
    public DataPolicy withRefunds(Refunds rule) {
        return new DataPolicy(zeroAmounts, Objects.requireNonNull(rule, "refunds"), occasionPeriod);
    }

    /**
     * Returns a copy in which an occasion is a distinct customer-period, for discrete-time models. Periods are counted from
     * the calibration start (or from the log's first day); recency and age are then whole numbers of periods.
     *
     * @param period the period; {@link TimeScale#DAYS} is the customer-day of continuous-time models
     * @return the copy
     */
    public DataPolicy withOccasionPeriod(TimeScale period) {
        return new DataPolicy(zeroAmounts, refunds, Objects.requireNonNull(period, "occasionPeriod"));
    }

    /**
     * Returns the rule for zero amounts.
     *
     * @return the rule
     */
    public ZeroAmounts zeroAmounts() {
        return zeroAmounts;
    }

    /**
     * Returns the rule for refunds.
     *
     * @return the rule
     */
    public Refunds refunds() {
        return refunds;
    }

    /**
     * Returns the period within which a customer's purchases are one occasion.
     *
     * @return the period
     */
    public TimeScale occasionPeriod() {
        return occasionPeriod;
    }

    /** Returns the policy in words. */
    @Override
    public String toString() {
        return "zero amounts " + zeroAmounts.name().toLowerCase(Locale.ROOT) + ", refunds "
                + refunds.name().toLowerCase(Locale.ROOT) + ", occasion = customer-" + occasionPeriod.singular();
    }
}
