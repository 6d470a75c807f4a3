// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A contract as a billing system knows it: a subscription, a membership, a policy. It runs in terms of a number of months; at the
 * end of each the customer renews or leaves. Within a term the fee is billed every so many months, in advance.
 *
 * <p>How far a contract has come is told either by dates ({@link #since}) or by the number of renewals ({@link #ofRenewals}).
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class Contract {

    private final String customerId;
    private final @Nullable LocalDate start;
    private final @Nullable LocalDate end;
    private final int renewals;
    private final boolean left;
    private final int termMonths;
    private final int billingMonths;
    private final BigDecimal fee;
    private final @Nullable BigDecimal realised;
    private final Map<String, String> attributes;

    private Contract(Draft draft) {
        customerId = draft.customerId;
        start = draft.start;
        end = draft.end;
        renewals = draft.renewals;
        left = draft.left;
        termMonths = draft.termMonths;
        billingMonths = draft.billingMonths;
        fee = draft.fee;
        realised = draft.realised;
        attributes = Collections.unmodifiableMap(new TreeMap<>(draft.attributes));
        if (termMonths < 1) {
            throw refuse("termMonths", "at least 1", termMonths);
        }
        if (billingMonths < 1 || termMonths % billingMonths != 0) {
            throw refuse("billingMonths", "a divisor of the term of " + termMonths + " months", billingMonths);
        }
    }

    /**
     * Returns an open contract that began on a day, of terms of one month, with a fee of 0.
     *
     * @param customerId the customer's id; not blank
     * @param start the first day
     * @return the contract
     */
    public static Contract since(String customerId, LocalDate start) {
        Draft draft = new Draft(customerId);
        draft.start = Objects.requireNonNull(start, "start");
        return new Contract(draft);
    }

    /**
     * Returns an open contract that has just been renewed for the last time so far, of terms of one month, with a fee of 0.
     *
     * @param customerId the customer's id; not blank
     * @param renewals how often it was renewed; at least 0
     * @return the contract
     * @throws IllegalArgumentException if the number is negative
     */
    public static Contract ofRenewals(String customerId, int renewals) {
        Draft draft = new Draft(customerId);
        draft.renewals = renewals;
        if (renewals < 0) {
            throw new IllegalArgumentException(
                    "`renewals` must be at least 0, but was " + renewals + " (customer " + customerId + ")");
        }
        return new Contract(draft);
    }

    /**
     * Returns a copy that the customer did not renew: it ended with the term in which this day lies. A last day and the day after it
     * are the same.
     *
     * @param newEnd the last day, or the day after; after the start
     * @return the copy
     * @throws IllegalArgumentException if the day is not after the start
     * @throws IllegalStateException if the contract has no dates
     */
    public Contract withEnd(LocalDate newEnd) {
        if (start == null) {
            throw new IllegalStateException(
                    "a contract without a start has no end; use ended() (customer " + customerId + ")");
        }
        if (!newEnd.isAfter(start)) {
            throw refuse("end", "after the start " + start, newEnd);
        }
        Draft draft = new Draft(this);
        draft.end = newEnd;
        return new Contract(draft);
    }

    /**
     * Returns a copy that the customer did not renew after the last of its renewals.
     *
     * @return the copy
     * @throws IllegalStateException if the contract has dates
     */
    public Contract ended() {
        if (start != null) {
            throw new IllegalStateException(
                    "a contract with a start ends on a day; use withEnd (customer " + customerId + ")");
        }
        Draft draft = new Draft(this);
        draft.left = true;
        return new Contract(draft);
    }

    /**
     * Returns a copy with another term, billed once at its beginning.
     *
     * @param months the length of a term in months, as 12 for a year; at least 1
     * @return the copy
     * @throws IllegalArgumentException if the length is out of range
     */
    public Contract withTermMonths(int months) {
        Draft draft = new Draft(this);
        draft.termMonths = months;
        draft.billingMonths = months;
        return new Contract(draft);
    }

    /**
     * Returns a copy that is billed several times in a term.
     *
     * @param months the time from one bill to the next in months; a divisor of the term
     * @return the copy
     * @throws IllegalArgumentException if the number does not divide the term
     */
    public Contract withBillingMonths(int months) {
        Draft draft = new Draft(this);
        draft.billingMonths = months;
        return new Contract(draft);
    }

    /**
     * Returns a copy with another fee.
     *
     * @param newFee the amount of a bill; at least 0
     * @return the copy
     * @throws IllegalArgumentException if the fee is negative, or has more than 18 digits before or after the point
     */
    public Contract withFee(BigDecimal newFee) {
        if (Checks.exactMoney(newFee, "fee").signum() < 0) {
            throw refuse("fee", "at least 0", newFee);
        }
        Draft draft = new Draft(this);
        draft.fee = newFee;
        return new Contract(draft);
    }

    /**
     * Returns a copy that knows what was billed so far; otherwise it is the fee times the bills so far.
     *
     * @param amount the amount
     * @return the copy
     * @throws IllegalArgumentException if the amount has more than 18 digits before or after the point
     */
    public Contract withRealised(BigDecimal amount) {
        Draft draft = new Draft(this);
        draft.realised = Checks.exactMoney(amount, "realised");
        return new Contract(draft);
    }

    /**
     * Returns a copy with an attribute added or replaced: a segment or a covariate.
     *
     * @param name the attribute's name; not blank
     * @param value its value
     * @return the copy
     */
    public Contract withAttribute(String name, String value) {
        Draft draft = new Draft(this);
        draft.attributes.put(Checks.nonBlank(name, "name"), Objects.requireNonNull(value, "value"));
        return new Contract(draft);
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
     * Returns the first day.
     *
     * @return the day, or empty of a contract that is known by its renewals
     */
    public Optional<LocalDate> start() {
        return Optional.ofNullable(start);
    }

    /**
     * Returns the day on which the contract ended, or is known to end.
     *
     * @return the day, or empty of an open contract and one that is known by its renewals
     */
    public Optional<LocalDate> end() {
        return Optional.ofNullable(end);
    }

    /**
     * Returns how often the contract was renewed, where that is stated.
     *
     * @return the number, or empty of a contract with dates
     */
    public OptionalInt renewals() {
        return start == null ? OptionalInt.of(renewals) : OptionalInt.empty();
    }

    /**
     * Returns the length of a term.
     *
     * @return the length in months, at least 1
     */
    public int termMonths() {
        return termMonths;
    }

    /**
     * Returns the time from one bill to the next.
     *
     * @return the time in months, a divisor of the term
     */
    public int billingMonths() {
        return billingMonths;
    }

    /**
     * Returns the amount of a bill.
     *
     * @return the fee, at least 0
     */
    public BigDecimal fee() {
        return fee;
    }

    /**
     * Returns what is known of the customer.
     *
     * @return the attributes, unmodifiable
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    /**
     * Returns what is known of the contract on a day. What is later than the day is passed over, but for an end that is known already.
     *
     * @param asOf the day
     * @return the state
     * @throws DataException if the contract begins after the day
     */
    public ContractState stateOn(LocalDate asOf) {
        if (start == null) {
            return state(renewals, 0, left, false);
        }
        if (start.isAfter(asOf)) {
            throw new DataException(
                    "`start` must not be after " + asOf + ", but was " + start + " (customer " + customerId + ")");
        }
        if (end != null && !end.isAfter(asOf)) {
            // A term that was begun is the last one, whether its last day is given or the day after.
            int terms = (int) Math.max(1, Math.ceil(TimeScale.MONTHS.between(start, end) / termMonths));
            return state(terms - 1, termMonths, true, false);
        }
        double months = TimeScale.MONTHS.between(start, asOf);
        int done = (int) Math.floor(months / termMonths);
        return state(done, months - (double) done * termMonths, false, endsWithTerm(done));
    }

    /**
     * Returns what is known of a contract that is told by its renewals.
     *
     * @return the state
     * @throws DataException if the contract has dates
     */
    public ContractState state() {
        if (start != null) {
            throw new DataException(
                    "a contract with dates needs the day as of which it is looked at (customer " + customerId + ")");
        }
        return state(renewals, 0, left, false);
    }

    private boolean endsWithTerm(int done) {
        return end != null && start != null && !end.isAfter(start.plusMonths((done + 1L) * termMonths));
    }

    private ContractState state(int renewed, double elapsed, boolean hasLeft, boolean known) {
        long perTerm = termMonths / billingMonths;
        long bills = renewed * perTerm + (hasLeft ? perTerm : 1 + (long) Math.floor(elapsed / billingMonths));
        BigDecimal billed = realised == null ? fee.multiply(BigDecimal.valueOf(bills)) : realised;
        return new ContractState(renewed, elapsed, hasLeft, known, termMonths, billingMonths, fee, billed);
    }

    private IllegalArgumentException refuse(String field, String rule, Object value) {
        return new IllegalArgumentException(
                "`" + field + "` must be " + rule + ", but was " + value + " (customer " + customerId + ")");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Contract that
                && customerId.equals(that.customerId)
                && Objects.equals(start, that.start)
                && Objects.equals(end, that.end)
                && renewals == that.renewals
                && left == that.left
                && termMonths == that.termMonths
                && billingMonths == that.billingMonths
                && fee.compareTo(that.fee) == 0
                && sameAmount(realised, that.realised)
                && attributes.equals(that.attributes);
    }

    private static boolean sameAmount(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(customerId, start, end, renewals, left, termMonths, billingMonths, attributes);
    }

    @Override
    public String toString() {
        return "Contract[" + customerId
                + (start == null ? ", " + renewals + " renewals" + (left ? ", ended" : "") : ", since " + start)
                + (end == null ? "" : ", until " + end) + ", " + termMonths + " months]";
    }

    /** The fields while they change. */
    private static final class Draft {
        private final String customerId;
        private @Nullable LocalDate start;
        private @Nullable LocalDate end;
        private int renewals;
        private boolean left;
        private int termMonths = 1;
        private int billingMonths = 1;
        private BigDecimal fee = BigDecimal.ZERO;
        private @Nullable BigDecimal realised;
        private final Map<String, String> attributes = new TreeMap<>();

        Draft(String customerId) {
            this.customerId = Checks.nonBlank(customerId, "customerId");
        }

        Draft(Contract contract) {
            customerId = contract.customerId;
            start = contract.start;
            end = contract.end;
            renewals = contract.renewals;
            left = contract.left;
            termMonths = contract.termMonths;
            billingMonths = contract.billingMonths;
            fee = contract.fee;
            realised = contract.realised;
            attributes.putAll(contract.attributes);
        }
    }
}
