// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.SplittableRandom;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;

/**
 * Makes up transaction logs from models, for demonstrations, tests and studies.
 *
 * <p>First purchases fall evenly on the days of an acquisition period; the model's repeat times, counted from the start of that
 * day, become calendar days. Purchases on the same day stay separate rows. Customer i depends on the seed and i alone, so that
 * more customers are the same customers and some more. This class is immutable and thread-safe.
 */
public final class LogSimulator {

    private final DatedTransactionSimulator transactions;
    private final SpendSimulator spend;
    private final TimeScale timeScale;

    private LogSimulator(DatedTransactionSimulator transactions, SpendSimulator spend, TimeScale timeScale) {
        this.transactions = Objects.requireNonNull(transactions, "transactions");
        this.spend = Objects.requireNonNull(spend, "spend");
        this.timeScale = timeScale;
    }

    /**
     * Returns a simulator.
     *
     * @param transactions the model of when customers buy
     * @param spend the model of how much they spend
     * @param timeScale the time unit of the transaction model's parameters: days or weeks
     * @return the simulator
     * @throws IllegalArgumentException if the unit has no fixed number of days
     */
    public static LogSimulator of(TransactionSimulator transactions, SpendSimulator spend, TimeScale timeScale) {
        Objects.requireNonNull(transactions, "transactions");
        return ofDated(
                (customerId, first, unit, age, seed) -> transactions.simulateTransactionTimes(age, seed),
                spend,
                timeScale);
    }

    /**
     * Returns a simulator of a model that asks who a customer is and when she came.
     *
     * @param transactions the model of when customers buy
     * @param spend the model of how much they spend
     * @param timeScale the time unit of the transaction model's parameters: days or weeks
     * @return the simulator
     * @throws IllegalArgumentException if the unit has no fixed number of days
     */
    public static LogSimulator ofDated(
            DatedTransactionSimulator transactions, SpendSimulator spend, TimeScale timeScale) {
        if (!timeScale.hasDayGrid()) {
            throw new IllegalArgumentException(
                    "`timeScale` must be days or weeks to simulate dates, but was " + timeScale);
        }
        return new LogSimulator(transactions, spend, timeScale);
    }

    /**
     * Simulates customers into a log.
     *
     * @param log receives the rows; amounts are rounded to two decimals, and are at least 0.01 if the model's are above 0
     * @param idPrefix goes before the customer's number in its id
     * @param firstCustomer the number of the first customer, from 0
     * @param customers how many customers to simulate
     * @param from the first day of the acquisition period
     * @param acquiredUntil the last day of the acquisition period, inclusive; not before {@code from}
     * @param until the last day of transactions, inclusive; not before {@code acquiredUntil}
     * @param seed the seed
     * @throws IllegalArgumentException if the days are out of order or the number of customers is negative
     */
    public void simulateInto(
            TransactionLog.Builder log,
            String idPrefix,
            long firstCustomer,
            long customers,
            LocalDate from,
            LocalDate acquiredUntil,
            LocalDate until,
            long seed) {
        if (acquiredUntil.isBefore(from) || until.isBefore(acquiredUntil)) {
            throw new IllegalArgumentException("`from` " + from + ", `acquiredUntil` " + acquiredUntil + " and `until` "
                    + until + " must follow each other");
        }
        if (customers < 0) {
            throw new IllegalArgumentException("`customers` must be at least 0, but was " + customers);
        }
        int acquisitionDays = Math.toIntExact(ChronoUnit.DAYS.between(from, acquiredUntil) + 1);
        for (long customer = firstCustomer; customer < firstCustomer + customers; customer++) {
            SplittableRandom random = new SplittableRandom(mix(seed) ^ mix(customer + 1));
            LocalDate first = from.plusDays(random.nextInt(acquisitionDays));
            double age = timeScale.between(first, until.plusDays(1));
            String id = idPrefix + (customer + 1);
            double[] times = transactions.simulateTransactionTimes(id, first, timeScale, age, random.nextLong());
            double[] amounts = spend.simulateSpends(times.length + 1, random.nextLong());
            log.add(id, first, toMoney(amounts[0]));
            for (int i = 0; i < times.length; i++) {
                LocalDate day = first.plusDays((long) Math.floor(times[i] * timeScale.daysPerPeriod()));
                // A time of exactly `age` belongs to the day after the last.
                log.add(id, day.isAfter(until) ? until : day, toMoney(amounts[i + 1]));
            }
        }
    }

    private static BigDecimal toMoney(double amount) {
        BigDecimal money = BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_EVEN);
        return money.signum() == 0 && amount > 0 ? new BigDecimal("0.01") : money;
    }

    /** The finaliser of the SplitMix64 generator: neighbouring seeds give unrelated streams. */
    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
