// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.clv4j.core.data.Contract;
import org.clv4j.core.model.RetentionSimulator;

/**
 * Makes up contracts of customers who stay as a model says. Days of beginning are spread evenly; who would leave after the last day has an
 * open contract.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class ContractSimulator {

    private final RetentionSimulator model;
    private final int termMonths;
    private final BigDecimal fee;

    private ContractSimulator(RetentionSimulator model, int termMonths, BigDecimal fee) {
        this.model = model;
        this.termMonths = termMonths;
        this.fee = fee;
    }

    /**
     * Returns a simulator of contracts with terms of one month and no fee.
     *
     * @param model how long customers stay
     * @return the simulator
     */
    public static ContractSimulator of(RetentionSimulator model) {
        return new ContractSimulator(Objects.requireNonNull(model, "model"), 1, BigDecimal.ZERO);
    }

    /**
     * Returns a copy with another term.
     *
     * @param months the months from one renewal to the next; at least 1
     * @return the copy
     * @throws IllegalArgumentException if the number is below 1
     */
    public ContractSimulator withTermMonths(int months) {
        if (months < 1) {
            throw new IllegalArgumentException("`termMonths` must be at least 1, but was " + months);
        }
        return new ContractSimulator(model, months, fee);
    }

    /**
     * Returns a copy with another fee, the same for all.
     *
     * @param newFee the amount of a bill; at least 0
     * @return the copy
     * @throws IllegalArgumentException if the fee is negative
     */
    public ContractSimulator withFee(BigDecimal newFee) {
        if (newFee.signum() < 0) {
            throw new IllegalArgumentException("`fee` must be at least 0, but was " + newFee);
        }
        return new ContractSimulator(model, termMonths, newFee);
    }

    /**
     * Makes up contracts.
     *
     * @param customers how many; at least 0
     * @param from the first day on which one may begin
     * @param acquiredUntil the last such day
     * @param until the last day that is looked at
     * @param seed the seed; the same one gives the same contracts
     * @return the contracts, of the customers C1, C2, …
     * @throws IllegalArgumentException if the number is negative, or the days do not follow each other
     */
    public List<Contract> simulate(int customers, LocalDate from, LocalDate acquiredUntil, LocalDate until, long seed) {
        if (customers < 0) {
            throw new IllegalArgumentException("`customers` must be at least 0, but was " + customers);
        }
        if (acquiredUntil.isBefore(from) || until.isBefore(acquiredUntil)) {
            throw new IllegalArgumentException(
                    "`acquiredUntil` must be from " + from + " to " + until + ", but was " + acquiredUntil);
        }
        SplittableRandom random = new SplittableRandom(seed);
        long days = ChronoUnit.DAYS.between(from, acquiredUntil) + 1;
        List<Contract> contracts = new ArrayList<>(customers);
        for (int i = 1; i <= customers; i++) {
            LocalDate start = from.plusDays(random.nextLong(days));
            Contract contract =
                    Contract.since("C" + i, start).withTermMonths(termMonths).withFee(fee);
            long months = (long) model.drawLeaving(0, random) * termMonths;
            // Beyond all dates there is nothing to compare with.
            boolean left = months <= ChronoUnit.MONTHS.between(start, until) + 1
                    && !start.plusMonths(months).isAfter(until);
            contracts.add(left ? contract.withEnd(start.plusMonths(months)) : contract);
        }
        return contracts;
    }
}
