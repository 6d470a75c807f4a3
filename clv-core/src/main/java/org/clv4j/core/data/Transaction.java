// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One row of a CRM's ledger: who bought, when, for how much. The amount is an exact decimal; a refund is negative.
 *
 * <p>The date is the customer's calendar day; an instant becomes one through a time zone that the caller states. Without a
 * currency the amount is in {@link #NO_CURRENCY}. This class is immutable and thread-safe; the {@code with…} methods return
 * copies.
 */
public final class Transaction {

    /** The ISO 4217 code {@code XXX}: no currency was stated. */
    public static final Currency NO_CURRENCY = Currency.getInstance("XXX");

    private final String customerId;
    private final LocalDate date;
    private final @Nullable Instant instant;
    private final BigDecimal amount;
    private final Currency currency;
    private final @Nullable String orderId;
    private final @Nullable BigDecimal cost;
    private final @Nullable String product;
    private final Map<String, String> attributes;

    Transaction(
            String customerId,
            LocalDate date,
            @Nullable Instant instant,
            BigDecimal amount,
            Currency currency,
            @Nullable String orderId,
            @Nullable BigDecimal cost,
            @Nullable String product,
            Map<String, String> attributes) {
        this.customerId = customerId;
        this.date = date;
        this.instant = instant;
        this.amount = amount;
        this.currency = currency;
        this.orderId = orderId;
        this.cost = cost;
        this.product = product;
        this.attributes = attributes;
    }

    /**
     * Returns a transaction on a day.
     *
     * @param customerId the customer's id; not blank
     * @param date the day
     * @param amount the amount; negative for a refund
     * @return the transaction
     * @throws IllegalArgumentException if the id is blank
     */
    public static Transaction of(String customerId, LocalDate date, BigDecimal amount) {
        return new Transaction(
                Checks.nonBlank(customerId, "customerId"),
                Objects.requireNonNull(date, "date"),
                null,
                Objects.requireNonNull(amount, "amount"),
                NO_CURRENCY,
                null,
                null,
                null,
                Map.of());
    }

    /**
     * Returns a transaction at an instant. Its date is the calendar day of that instant in the given zone.
     *
     * @param customerId the customer's id; not blank
     * @param instant when it happened
     * @param zone the zone whose calendar counts
     * @param amount the amount; negative for a refund
     * @return the transaction
     * @throws IllegalArgumentException if the id is blank
     */
    public static Transaction ofInstant(String customerId, Instant instant, ZoneId zone, BigDecimal amount) {
        Transaction dated = of(customerId, LocalDate.ofInstant(instant, zone), amount);
        return new Transaction(dated.customerId, dated.date, instant, amount, NO_CURRENCY, null, null, null, Map.of());
    }

    /**
     * Parses the three fields that every transaction has; made for scripts.
     *
     * @param customerId the customer's id; not blank
     * @param isoDate the day, as {@code 1997-01-31}
     * @param amount the amount as a decimal number, as {@code 19.95}
     * @return the transaction
     * @throws java.time.format.DateTimeParseException if the date is not an ISO date
     * @throws NumberFormatException if the amount is not a decimal number
     */
    public static Transaction parse(String customerId, String isoDate, String amount) {
        return of(customerId, LocalDate.parse(isoDate), new BigDecimal(amount));
    }

    /**
     * Returns a copy in a currency.
     *
     * @param newCurrency the currency of amount and cost
     * @return the copy
     */
    public Transaction withCurrency(Currency newCurrency) {
        Objects.requireNonNull(newCurrency, "currency");
        return new Transaction(customerId, date, instant, amount, newCurrency, orderId, cost, product, attributes);
    }

    /**
     * Returns a copy with an order id.
     *
     * @param newOrderId the id of the order that the row belongs to; not blank
     * @return the copy
     */
    public Transaction withOrderId(String newOrderId) {
        Checks.nonBlank(newOrderId, "orderId");
        return new Transaction(customerId, date, instant, amount, currency, newOrderId, cost, product, attributes);
    }

    /**
     * Returns a copy with the direct cost of what was sold; the margin is then amount − cost.
     *
     * @param newCost the cost
     * @return the copy
     * @throws IllegalArgumentException if amount or cost has more than 18 digits before or after the point
     */
    public Transaction withCost(BigDecimal newCost) {
        Checks.exactMoney(amount, "amount");
        Checks.exactMoney(newCost, "cost");
        return new Transaction(customerId, date, instant, amount, currency, orderId, newCost, product, attributes);
    }

    /**
     * Returns a copy with a margin in money; the cost is then amount − margin.
     *
     * @param margin the margin
     * @return the copy
     * @throws IllegalArgumentException if amount or margin has more than 18 digits before or after the point
     */
    public Transaction withMargin(BigDecimal margin) {
        return withCost(Checks.exactMoney(amount, "amount").subtract(Checks.exactMoney(margin, "margin")));
    }

    /**
     * Returns a copy with a product.
     *
     * @param newProduct the product; not blank
     * @return the copy
     */
    public Transaction withProduct(String newProduct) {
        Checks.nonBlank(newProduct, "product");
        return new Transaction(customerId, date, instant, amount, currency, orderId, cost, newProduct, attributes);
    }

    /**
     * Returns a copy with an attribute added or replaced, as {@code withAttribute("store", "Leeds")}.
     *
     * @param name the attribute's name; not blank
     * @param value its value
     * @return the copy
     */
    public Transaction withAttribute(String name, String value) {
        TreeMap<String, String> extended = new TreeMap<>(attributes);
        extended.put(Checks.nonBlank(name, "name"), Objects.requireNonNull(value, "value"));
        return new Transaction(
                customerId,
                date,
                instant,
                amount,
                currency,
                orderId,
                cost,
                product,
                Collections.unmodifiableMap(extended));
    }

    /**
     * Returns the customer's id.
     *
     * @return the id
     */
    public String customerId() {
        return customerId;
    }

    /**
     * Returns the calendar day.
     *
     * @return the day
     */
    public LocalDate date() {
        return date;
    }

    /**
     * Returns the instant.
     *
     * @return the instant, or empty if only the day is known
     */
    public Optional<Instant> instant() {
        return Optional.ofNullable(instant);
    }

    /**
     * Returns the amount.
     *
     * @return the exact amount; negative for a refund
     */
    public BigDecimal amount() {
        return amount;
    }

    /**
     * Returns the currency of amount and cost.
     *
     * @return the currency; {@link #NO_CURRENCY} if none was stated
     */
    public Currency currency() {
        return currency;
    }

    /**
     * Returns the order id.
     *
     * @return the id, or empty if unknown
     */
    public Optional<String> orderId() {
        return Optional.ofNullable(orderId);
    }

    /**
     * Returns the direct cost of what was sold.
     *
     * @return the cost, or empty if unknown
     */
    public Optional<BigDecimal> cost() {
        return Optional.ofNullable(cost);
    }

    /**
     * Returns the margin in money, amount − cost.
     *
     * @return the margin, or empty if the cost is unknown
     */
    public Optional<BigDecimal> margin() {
        return cost().map(amount::subtract);
    }

    /**
     * Returns the product.
     *
     * @return the product, or empty if unknown
     */
    public Optional<String> product() {
        return Optional.ofNullable(product);
    }

    /**
     * Returns the attributes.
     *
     * @return an unmodifiable map from name to value, in the order of the names
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Two transactions are equal if all their fields are, amounts and costs by value (12.0 equals 12.00). */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transaction that
                && customerId.equals(that.customerId)
                && date.equals(that.date)
                && Objects.equals(instant, that.instant)
                && amount.compareTo(that.amount) == 0
                && currency.equals(that.currency)
                && Objects.equals(orderId, that.orderId)
                && sameValue(cost, that.cost)
                && Objects.equals(product, that.product)
                && attributes.equals(that.attributes);
    }

    private static boolean sameValue(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(customerId, date, amount.stripTrailingZeros());
    }

    @Override
    public String toString() {
        return "Transaction[" + customerId + ", " + date + ", " + amount + " " + currency.getCurrencyCode() + "]";
    }
}
