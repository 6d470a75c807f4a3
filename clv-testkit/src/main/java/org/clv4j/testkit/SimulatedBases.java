// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.SpendSimulator;
import org.clv4j.core.model.TransactionSimulator;

/**
 * Makes customer bases from a transaction simulator and, if wanted, a spend simulator: with times in whole days, as dates give
 * them, or continuous. The same seed gives the same base.
 *
 * <p>Ages are spread evenly between two bounds. Ids are {@code c1}, {@code c2}, …. This class is immutable and thread-safe; the
 * {@code with…} methods return copies.
 */
public final class SimulatedBases {

    private final TransactionSimulator transactions;
    private final SpendSimulator spend;
    private final double youngest;
    private final double oldest;

    private SimulatedBases(TransactionSimulator transactions, SpendSimulator spend, double youngest, double oldest) {
        this.transactions = transactions;
        this.spend = spend;
        this.youngest = youngest;
        this.oldest = oldest;
    }

    /**
     * Returns a maker of bases whose customers spend 10 a purchase and are 20 to 60 periods old.
     *
     * @param transactions when customers buy
     * @return the maker
     */
    public static SimulatedBases of(TransactionSimulator transactions) {
        return new SimulatedBases(
                Objects.requireNonNull(transactions, "transactions"), (purchases, seed) -> fill(purchases, 10), 20, 60);
    }

    /**
     * Returns a maker of bases that belong to no model under test: purchases at a gamma-distributed rate, a chance of dropping
     * out after each, and a spend that differs between customers; about as the customers of an online shop, in weeks.
     *
     * @return the maker
     */
    public static SimulatedBases ofShop() {
        return of(SimulatedBases::shopTimes).withSpend(SimulatedBases::shopSpends);
    }

    /**
     * Returns a copy with another spend.
     *
     * @param newSpend how much customers spend
     * @return the copy
     */
    public SimulatedBases withSpend(SpendSimulator newSpend) {
        return new SimulatedBases(transactions, Objects.requireNonNull(newSpend, "spend"), youngest, oldest);
    }

    /**
     * Returns a copy with other ages.
     *
     * @param newYoungest the smallest age in periods; at least 0
     * @param newOldest the largest age in periods; at least the smallest, finite
     * @return the copy
     * @throws IllegalArgumentException if an age is out of its range
     */
    public SimulatedBases withAges(double newYoungest, double newOldest) {
        if (!(newYoungest >= 0 && newOldest >= newYoungest && newOldest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`ages` must be finite and in order, but were " + newYoungest + " and " + newOldest);
        }
        return new SimulatedBases(transactions, spend, newYoungest, newOldest);
    }

    /**
     * Makes a base whose times are whole days: {@link CustomerBase#isGridded()} holds. Purchases of one day are one occasion,
     * and those on the day of the first purchase belong to it.
     *
     * @param customers the number of customers
     * @param timeScale the unit of the simulator's times: days or weeks
     * @param seed the seed
     * @return the base
     * @throws IllegalStateException if the unit has no fixed number of days
     */
    public CustomerBase gridded(int customers, TimeScale timeScale, long seed) {
        return make(customers, timeScale, seed, timeScale.daysPerPeriod());
    }

    /**
     * Makes a base with continuous times.
     *
     * @param customers the number of customers
     * @param timeScale the unit of the simulator's times
     * @param seed the seed
     * @return the base
     */
    public CustomerBase continuous(int customers, TimeScale timeScale, long seed) {
        return make(customers, timeScale, seed, 0);
    }

    private CustomerBase make(int customers, TimeScale timeScale, long seed, int stepsPerPeriod) {
        List<CustomerSummary> summaries = new ArrayList<>(customers);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < customers; i++) {
            double age = youngest + (oldest - youngest) * random.nextDouble();
            if (stepsPerPeriod > 0) {
                age = Math.rint(age * stepsPerPeriod) / stepsPerPeriod;
            }
            double[] times = transactions.simulateTransactionTimes(age, random.nextLong());
            double[] amounts = spend.simulateSpends(times.length + 1, random.nextLong());
            summaries.add(summarise("c" + (i + 1), age, times, amounts, stepsPerPeriod));
        }
        return CustomerBase.ofSummaries(summaries, timeScale);
    }

    private static CustomerSummary summarise(
            String id, double age, double[] times, double[] amounts, int stepsPerPeriod) {
        int frequency = 0;
        double recency = 0;
        double total = 0;
        for (int i = 0; i < times.length; i++) {
            double time = stepsPerPeriod > 0 ? Math.floor(times[i] * stepsPerPeriod) / stepsPerPeriod : times[i];
            boolean newOccasion = stepsPerPeriod == 0 || time > recency;
            if (newOccasion) {
                frequency++;
                recency = time;
            }
            total += frequency == 0 ? 0 : amounts[i + 1];
        }
        return CustomerSummary.of(id, frequency, recency, age, frequency == 0 ? 0 : total / frequency);
    }

    private static double[] shopTimes(double age, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // An Erlang mixture of rates, wide enough to hold one-time buyers and regulars, and a dropout chance of its
        // own.
        double rate = -Math.log(1 - random.nextDouble()) * (random.nextInt(3) == 0 ? 0.25 : 0.04);
        double dropout = Math.pow(random.nextDouble(), 2) * 0.6;
        List<Double> times = new ArrayList<>();
        double time = 0;
        while (true) {
            time += -Math.log(1 - random.nextDouble()) / Math.max(rate, 1e-12);
            if (time > age) {
                break;
            }
            if (time > 0) {
                times.add(time);
            }
            if (random.nextDouble() < dropout) {
                break;
            }
        }
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] shopSpends(int purchases, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double mean = 10 + 60 * Math.pow(random.nextDouble(), 3);
        double[] amounts = new double[purchases];
        for (int i = 0; i < purchases; i++) {
            // Two exponentials: a gamma of shape 2 around the customer's mean.
            double gamma = -Math.log((1 - random.nextDouble()) * (1 - random.nextDouble()));
            amounts[i] = Math.max(0.01, Math.rint(mean * gamma / 2 * 100) / 100);
        }
        return amounts;
    }

    private static double[] fill(int length, double value) {
        double[] filled = new double[length];
        Arrays.fill(filled, value);
        return filled;
    }
}
