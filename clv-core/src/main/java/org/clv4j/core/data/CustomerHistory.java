// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What was known of one customer on a day: a row of {@link CustomerHistories}.
 *
 * <p>An occasion is a day with purchases, by the rules of the base; a line is a transaction, also one that was refunded and the refund
 * itself. Both come in the order of days.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class CustomerHistory {

    private final CustomerHistories all;
    private final int row;

    CustomerHistory(CustomerHistories all, int row) {
        this.all = all;
        this.row = row;
    }

    /**
     * Returns the customer's id.
     *
     * @return the id
     */
    public String id() {
        return all.id(row);
    }

    /**
     * Returns the day as of which the customer is known.
     *
     * @return the day, inclusive
     */
    public LocalDate asOf() {
        return all.asOf(row);
    }

    /**
     * Returns the number of purchase occasions.
     *
     * @return the number, the first included; at least 1
     */
    public int occasions() {
        return all.occasions(row);
    }

    /**
     * Returns the day of an occasion.
     *
     * @param occasion which one, from 0, the first purchase
     * @return the day
     * @throws IndexOutOfBoundsException if there is no such occasion
     */
    public LocalDate day(int occasion) {
        return LocalDate.ofEpochDay(all.occasionDay(row, occasion));
    }

    /**
     * Returns what was spent on an occasion, refunds taken off.
     *
     * @param occasion which one, from 0
     * @return the amount, at least 0
     * @throws IndexOutOfBoundsException if there is no such occasion
     */
    public double amount(int occasion) {
        return all.occasionAmount(row, occasion);
    }

    /**
     * Returns when an occasion was.
     *
     * @param occasion which one, from 0
     * @return the time since the first purchase, in periods of the time scale; 0 for the first
     * @throws IndexOutOfBoundsException if there is no such occasion
     */
    public double time(int occasion) {
        return between(all.occasionDay(row, 0), all.occasionDay(row, occasion));
    }

    /**
     * Returns the time from the first to the last purchase.
     *
     * @return the recency t_x, in periods of the time scale; at least 0
     */
    public double recency() {
        return time(occasions() - 1);
    }

    /**
     * Returns the time from the first purchase until the day as of which the customer is known.
     *
     * @return the age T, in periods of the time scale; at least the recency
     */
    public double age() {
        return between(all.occasionDay(row, 0), all.days[row]);
    }

    /**
     * Returns the time since the last purchase.
     *
     * @return the silence, in periods of the time scale; at least 0
     */
    public double timeSinceLastPurchase() {
        return between(all.occasionDay(row, occasions() - 1), all.days[row]);
    }

    private double between(int from, int to) {
        TimeScale timeScale = all.columns.timeScale;
        return timeScale.hasDayGrid()
                ? (to - from) / (double) timeScale.daysPerPeriod()
                : timeScale.between(LocalDate.ofEpochDay(from), LocalDate.ofEpochDay(to));
    }

    /**
     * Returns what the customer has paid in all, refunds taken off.
     *
     * @return the sum of the amounts of all lines
     */
    public double total() {
        return all.total(row).doubleValue();
    }

    /**
     * Returns the number of transactions.
     *
     * @return the number of lines, at least 1
     */
    public int lines() {
        return all.lines(row);
    }

    /**
     * Returns the day of a line.
     *
     * @param line which one, from 0
     * @return the day
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public LocalDate lineDay(int line) {
        return LocalDate.ofEpochDay(all.log.epochDay(all.line(row, line)));
    }

    /**
     * Returns the amount of a line.
     *
     * @param line which one, from 0
     * @return the amount; below 0 for a refund
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public double lineAmount(int line) {
        return MoneyColumn.toDouble(all.log.unscaledAmount(all.line(row, line)), all.log.amountScale());
    }

    /**
     * Returns what was bought.
     *
     * @param line which one, from 0
     * @return the product of the line, or empty if unknown
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public Optional<String> product(int line) {
        return Optional.ofNullable(all.log.productOrNull(all.line(row, line)));
    }

    /**
     * Returns what else is known of a line.
     *
     * @param name the attribute's name
     * @param line which one, from 0
     * @return the value, or empty if unknown
     * @throws IndexOutOfBoundsException if there is no such line
     */
    public Optional<String> lineAttribute(String name, int line) {
        return Optional.ofNullable(all.log.attributeOrNull(name, all.line(row, line)));
    }

    /**
     * Returns what is known of the customer beside purchases.
     *
     * @param name the attribute's name
     * @return the value, or empty if unknown
     */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(all.attribute(name, row));
    }

    @Override
    public String toString() {
        return "CustomerHistory[" + id() + ", " + occasions() + " occasions as of " + asOf() + "]";
    }
}
