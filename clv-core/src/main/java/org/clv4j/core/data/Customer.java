// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A customer as a CRM knows it: an id, and whatever else is known. Everything but the id is optional.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies. Two customers are equal if all their
 * fields are, the acquisition cost by value (12.0 equals 12.00).
 */
public final class Customer {

    private final String id;
    private final Map<String, String> attributes;
    private final @Nullable LocalDate acquisitionDate;
    private final @Nullable String channel;
    private final @Nullable BigDecimal acquisitionCost;
    private final @Nullable String referrer;

    private Customer(
            String id,
            Map<String, String> attributes,
            @Nullable LocalDate acquisitionDate,
            @Nullable String channel,
            @Nullable BigDecimal acquisitionCost,
            @Nullable String referrer) {
        this.id = id;
        this.attributes = attributes;
        this.acquisitionDate = acquisitionDate;
        this.channel = channel;
        this.acquisitionCost = acquisitionCost;
        this.referrer = referrer;
    }

    /**
     * Returns a customer of whom only the id is known.
     *
     * @param id the id; not blank
     * @return the customer
     * @throws IllegalArgumentException if the id is blank
     */
    public static Customer of(String id) {
        return new Customer(Checks.nonBlank(id, "id"), Map.of(), null, null, null, null);
    }

    /**
     * Returns a copy with an attribute added or replaced, as {@code withAttribute("region", "North")}.
     *
     * @param name the attribute's name; not blank
     * @param value its value
     * @return the copy
     */
    public Customer withAttribute(String name, String value) {
        TreeMap<String, String> extended = new TreeMap<>(attributes);
        extended.put(Checks.nonBlank(name, "name"), Objects.requireNonNull(value, "value"));
        return new Customer(
                id, Collections.unmodifiableMap(extended), acquisitionDate, channel, acquisitionCost, referrer);
    }

    /**
     * Returns a copy with an acquisition date.
     *
     * @param date the day on which the customer was acquired
     * @return the copy
     */
    public Customer withAcquisitionDate(LocalDate date) {
        return new Customer(id, attributes, Objects.requireNonNull(date, "date"), channel, acquisitionCost, referrer);
    }

    /**
     * Returns a copy with the channel through which the customer was acquired. A customer base carries it as the attribute
     * {@code channel}.
     *
     * @param newChannel the channel; not blank
     * @return the copy
     */
    public Customer withChannel(String newChannel) {
        return new Customer(
                id, attributes, acquisitionDate, Checks.nonBlank(newChannel, "channel"), acquisitionCost, referrer);
    }

    /**
     * Returns a copy with an acquisition cost.
     *
     * @param cost what acquiring the customer cost, in the currency of the transactions; at least 0
     * @return the copy
     * @throws IllegalArgumentException if the cost is negative, or has more than 18 digits before or after the point
     */
    public Customer withAcquisitionCost(BigDecimal cost) {
        if (Checks.exactMoney(cost, "acquisitionCost").signum() < 0) {
            throw new IllegalArgumentException(
                    "`acquisitionCost` must be at least 0, but was " + cost + " (customer " + id + ")");
        }
        return new Customer(id, attributes, acquisitionDate, channel, cost, referrer);
    }

    /**
     * Returns a copy with the customer who referred this one.
     *
     * @param referrerId the id of the referring customer; not blank
     * @return the copy
     */
    public Customer withReferrer(String referrerId) {
        return new Customer(
                id, attributes, acquisitionDate, channel, acquisitionCost, Checks.nonBlank(referrerId, "referrer"));
    }

    /**
     * Returns the id.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Returns the attributes.
     *
     * @return an unmodifiable map from name to value, in the order of the names
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    /**
     * Returns the acquisition date.
     *
     * @return the day, or empty if unknown
     */
    public Optional<LocalDate> acquisitionDate() {
        return Optional.ofNullable(acquisitionDate);
    }

    /**
     * Returns the acquisition channel.
     *
     * @return the channel, or empty if unknown
     */
    public Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    /**
     * Returns the acquisition cost.
     *
     * @return the cost in the currency of the transactions, or empty if unknown
     */
    public Optional<BigDecimal> acquisitionCost() {
        return Optional.ofNullable(acquisitionCost);
    }

    /**
     * Returns the id of the customer who referred this one.
     *
     * @return the id, or empty if unknown
     */
    public Optional<String> referrer() {
        return Optional.ofNullable(referrer);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Customer that
                && id.equals(that.id)
                && attributes.equals(that.attributes)
                && Objects.equals(acquisitionDate, that.acquisitionDate)
                && Objects.equals(channel, that.channel)
                && sameValue(acquisitionCost, that.acquisitionCost)
                && Objects.equals(referrer, that.referrer);
    }

    private static boolean sameValue(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Customer[" + id + "]";
    }
}
