// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.ContractState;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/**
 * A retention model makes a model of value of customers under contract: what is contracted already, and the option to renew.
 *
 * <p><b>Assumptions.</b> A customer pays the fee of the contract at every bill as long as it stays, and leaves at the end of a term only.
 * Customers stay or leave independently of each other and of what they pay.
 *
 * <p>Bills fall in advance, one at the beginning of a term and one every so many months after; those of today and before are realised. Of a
 * contract that was renewed n times, e months into a term of L months,
 *
 * <pre>
 * contracted value = margin × Σ over the bills of the present term that are still to come of fee (1 + d)^(−t/12)
 * renewal value    = margin × Σ over k ≥ 1 of S(n + k)/S(n) × Σ over the bills of term k of fee (1 + g)^(t/12) (1 + d)^(−t/12)
 * CLV              = contracted value + renewal value
 * </pre>
 *
 * <p>with t the months from now to a bill (that at the beginning of term k is at kL − e), S the survival of the retention model, d the
 * annual discount rate, and g the annual growth of the margin, 0 unless {@link Fitted#withGrowth} states another; the fee of the present
 * term is agreed and does not grow. A contract that has ended is worth 0, one that is known to end with its term has no renewal value.
 *
 * <p><b>Horizon.</b> It counts periods of the base, as many a year as the terms or the time scale say; a bill that falls on its last moment
 * is within it. Without end, the retention model's discounted expected lifetime closes the sum, at the rate (d − g)/(1 + g).
 *
 * <p><b>Timing.</b> The bills of contracts have dates of their own: {@code at-purchase} takes each at its own. The timings by period count the
 * bills of the i-th period of the base from now, as those of purchases, at the beginning, the middle or the end of that period.
 *
 * <p><b>Cost.</b> Contracts in the same state share one computation; scoring a customer is looking its state up.
 *
 * <p>This class is immutable and thread-safe. See {@link MixedModel} for bases where some customers have no contract.
 */
public final class ContractModel implements ClvModel {

    private final RetentionModel retention;

    private ContractModel(RetentionModel retention) {
        this.retention = Objects.requireNonNull(retention, "retention");
    }

    /**
     * Makes a model of value of a model of retention.
     *
     * @param retention the model of how long customers stay
     * @return the model of what they are worth
     */
    public static ContractModel of(RetentionModel retention) {
        return new ContractModel(retention);
    }

    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    /**
     * Fits the retention model to the contracts of a base, open and ended; customers without one are passed over.
     *
     * @param base the customers
     * @param execution how the work is run
     * @return the fitted model
     * @throws org.clv4j.core.data.DataException if no customer has a contract, or terms are of different length
     * @throws ModelException if the contracts cannot identify the model
     */
    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        return Fitted.of(retention.fit(RetentionData.ofContracts(base), execution));
    }

    /** A fitted retention model that values contracts. This class is immutable and thread-safe. */
    public static final class Fitted implements FittedClvModel {

        private final FittedRetentionModel retention;
        private final double growth;

        private Fitted(FittedRetentionModel retention, double growth) {
            this.retention = Objects.requireNonNull(retention, "retention");
            this.growth = growth;
        }

        /**
         * Makes a model of value of a fitted model of retention.
         *
         * @param retention the model of how long customers stay
         * @return the model of what they are worth, without growth
         */
        public static Fitted of(FittedRetentionModel retention) {
            return new Fitted(retention, 0);
        }

        /**
         * Returns a copy in which the margin of renewed terms grows: a bill t months from now counts (1 + g)^(t/12) times what it would.
         *
         * @param annualRate g, as 0.02 for 2 % a year; finite, above −1. Below the discount rate for an infinite horizon
         * @return the copy
         * @throws IllegalArgumentException if the rate is out of its range
         */
        public Fitted withGrowth(double annualRate) {
            if (!(annualRate > -1 && annualRate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "`growth` must be finite and above -1 (0.02 for 2 %), but was " + annualRate);
            }
            return new Fitted(retention, annualRate);
        }

        /**
         * Returns the model of how long customers stay.
         *
         * @return the fitted retention model
         */
        public FittedRetentionModel retention() {
            return retention;
        }

        /**
         * Returns by how much the margin of renewed terms grows.
         *
         * @return the rate of a year, 0 for none
         */
        public double growth() {
            return growth;
        }

        @Override
        public String name() {
            return retention.name();
        }

        @Override
        public List<FitReport> reports() {
            return retention.report().map(List::of).orElse(List.of());
        }

        /**
         * Values every customer of a base.
         *
         * <p>The result has P(alive), which is 1 of an open contract and 0 of one that has ended; P(active), the probability of a bill
         * within the horizon; the discounted expected bills, with what they grow by; the fee as the expected spend; contracted value,
         * renewal value, and the CLV, which is their sum. For a finite horizon it also has the expected bills.
         *
         * @param base the customers, all of them under contract or once under contract
         * @param terms the terms
         * @return the values
         * @throws ModelException if a customer has no contract, lacks a covariate of the retention model or has a term of another length than
         *     those it was fitted to, or the horizon is infinite and the margin grows no slower than it is discounted
         */
        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            return value(base, terms, Execution.sequential());
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms, Execution execution) {
            ContractTerms calendar = ContractTerms.of(terms, base.timeScale(), growth);
            Book book = new Book(base, execution);
            ContractTerms.Worth[] worth = book.worth(calendar);
            double margin = terms.margin().fraction();
            CustomerValues.Builder values = CustomerValues.builder(name(), base, terms)
                    .column(
                            ValueColumn.PROBABILITY_ALIVE,
                            book.column(state -> book.states.get(state).open() ? 1 : 0))
                    .column(ValueColumn.PROBABILITY_ACTIVE, book.column(state -> worth[state].active()));
            if (!calendar.isInfinite()) {
                values.column(ValueColumn.EXPECTED_TRANSACTIONS, book.column(state -> worth[state].bills()));
            }
            values.column(
                            ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS,
                            book.column(state -> worth[state].contracted() + worth[state].renewal()))
                    .column(ValueColumn.EXPECTED_SPEND, book.fee);
            double[] contracted = book.column(state -> worth[state].contracted());
            double[] renewal = book.column(state -> worth[state].renewal());
            double[] clv = new double[base.size()];
            for (int row = 0; row < clv.length; row++) {
                double money = book.fee[row] * margin;
                contracted[row] *= money;
                renewal[row] *= money;
                clv[row] = contracted[row] + renewal[row];
            }
            return values.column(ValueColumn.CONTRACTED_VALUE, contracted)
                    .column(ValueColumn.RENEWAL_VALUE, renewal)
                    .column(ValueColumn.CLV, clv)
                    .warnings(warnings())
                    .build();
        }

        private List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            for (FitReport report : reports()) {
                report.warnings().forEach(warning -> warnings.add(report.model() + ": " + warning.message()));
            }
            return warnings;
        }

        /**
         * Returns mean and variance of the present value of every customer's future margin, given the parameters.
         *
         * @param base the customers, all of them under contract or once under contract
         * @param terms the terms
         * @return the moments; the means are the values' CLV
         * @throws ModelException as {@link #value(CustomerBase, ValuationTerms)}; or if the horizon is infinite and the discount rate,
         *     net of growth, next to nothing
         */
        public PresentValueMoments presentValueMoments(CustomerBase base, ValuationTerms terms) {
            ContractTerms calendar = ContractTerms.of(terms, base.timeScale(), growth);
            Book book = new Book(base, Execution.sequential());
            ContractTerms.Worth[] worth = book.worth(calendar);
            double[] mean = new double[base.size()];
            double[] variance = book.column(state -> calendar.variance(
                    book.states.get(state),
                    book.paths.get(book.states.get(state).profile())));
            for (int row = 0; row < mean.length; row++) {
                ContractTerms.Worth own = worth[book.stateOf[row]];
                double money = book.fee[row] * terms.margin().fraction();
                mean[row] = money * own.contracted() + money * own.renewal();
                variance[row] *= money * money;
            }
            return new PresentValueMoments(base, mean, variance);
        }

        /**
         * Returns the probability that each customer is under contract still at a time from now, whether a renewal that falls due at that
         * time is made included.
         *
         * @param base the customers, all of them under contract or once under contract
         * @param months the time from now in months; finite, at least 0
         * @return a fresh array, one probability a row
         * @throws IllegalArgumentException if the time is out of its range
         * @throws ModelException if a customer has no contract, lacks a covariate of the retention model or has a term of another length than
         *     those it was fitted to
         */
        public double[] probabilityUnderContract(CustomerBase base, double months) {
            if (!(months >= 0 && months < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`months` must be finite and at least 0, but was " + months);
            }
            Book book = new Book(base, Execution.sequential());
            return book.column(number -> {
                ContractTerms.State state = book.states.get(number);
                return ContractTerms.probabilityUnderContract(
                        state, book.paths.get(state.profile()).model(), months);
            });
        }

        /**
         * Returns what a new customer is worth, before and after the first bill.
         *
         * @param offer the contract that is offered: its term, bills, fee and attributes count, its history and customer do not
         * @param timeScale the unit of the horizon
         * @param terms the terms, from the beginning of the contract on
         * @return both values
         * @throws ModelException if the offer lacks a covariate of the retention model or has a term of another length than those it was
         *     fitted to, or the horizon is infinite and the margin grows no slower than it is discounted
         */
        public NewContractValue valueOfNewCustomer(Contract offer, TimeScale timeScale, ValuationTerms terms) {
            double justAcquired = valueAfterRenewals(offer, 0, timeScale, terms);
            double firstBill = offer.fee().doubleValue() * terms.margin().fraction();
            return new NewContractValue(firstBill + justAcquired, justAcquired);
        }

        /**
         * Returns what a customer is worth who has renewed for the n-th time just now and paid the bill. At 0 it is a customer just
         * acquired.
         *
         * @param offer the contract: its term, bills, fee and attributes count, its history and customer do not
         * @param renewals n, at least 0
         * @param timeScale the unit of the horizon
         * @param terms the terms, from that renewal on
         * @return the value of what is still to come
         * @throws IllegalArgumentException if the number is negative
         * @throws ModelException as {@link #valueOfNewCustomer}
         */
        public double valueAfterRenewals(Contract offer, int renewals, TimeScale timeScale, ValuationTerms terms) {
            Contract contract = Contract.ofRenewals(offer.customerId(), renewals)
                    .withTermMonths(offer.termMonths())
                    .withBillingMonths(offer.billingMonths())
                    .withFee(offer.fee());
            for (Map.Entry<String, String> attribute : offer.attributes().entrySet()) {
                contract = contract.withAttribute(attribute.getKey(), attribute.getValue());
            }
            return value(CustomerBase.ofContracts(List.of(contract), timeScale), terms)
                    .futureValue(0);
        }

        /** The contracts of a base: the state and the fee of each customer, states that are alike being one. */
        private final class Book {

            private final int[] stateOf;
            private final double[] fee;
            private final List<ContractTerms.State> states = new ArrayList<>();
            private final List<ContractTerms.RetentionPath> paths = new ArrayList<>();
            private final Map<List<String>, Integer> profiles = new HashMap<>();
            private final List<String> covariates;

            Book(CustomerBase base, Execution execution) {
                covariates = retention instanceof RetentionCovariates known
                        ? List.copyOf(known.covariates().keySet())
                        : List.of();
                paths.add(new ContractTerms.RetentionPath(retention));
                stateOf = new int[base.size()];
                fee = new double[base.size()];
                Map<ContractTerms.State, Integer> numbers = new HashMap<>();
                for (int row = 0; row < base.size(); row++) {
                    if (row % (1 << 16) == 0) {
                        execution.step("valuing contracts", row, base.size());
                    }
                    ContractState contract = contract(base, row);
                    fee[row] = contract.fee().doubleValue();
                    ContractTerms.State state = contract.left()
                            ? ContractTerms.State.ENDED
                            : new ContractTerms.State(
                                    profile(base, row),
                                    contract.renewals(),
                                    contract.elapsedMonths(),
                                    contract.termMonths(),
                                    contract.billingMonths(),
                                    true,
                                    contract.leaving());
                    Integer number = numbers.get(state);
                    if (number == null) {
                        number = states.size();
                        numbers.put(state, number);
                        states.add(state);
                    }
                    stateOf[row] = number;
                }
            }

            private ContractState contract(CustomerBase base, int row) {
                ContractState contract = base.contract(row)
                        .orElseThrow(() -> new ModelException("customer " + base.id(row)
                                + " has no contract, which the model " + name()
                                + " needs; use MixedModel for customers with and without contracts together"));
                Optional<TimeScale> period = retention.report().flatMap(FitReport::timeScale);
                int fitted =
                        period.isEmpty() ? 0 : (int) Math.rint(12 / period.get().periodsPerYear());
                if (fitted > 0 && fitted != contract.termMonths()) {
                    throw new ModelException("the model " + name() + " was fitted to terms of " + fitted
                            + " months, but the contract of customer " + base.id(row) + " has terms of "
                            + contract.termMonths());
                }
                return contract;
            }

            private int profile(CustomerBase base, int row) {
                if (!(retention instanceof RetentionCovariates known)) {
                    return 0;
                }
                List<String> values = new ArrayList<>(covariates.size());
                for (String name : covariates) {
                    values.add(base.attribute(name, row)
                            .orElseThrow(() -> new ModelException("the model " + name() + " needs the covariate " + name
                                    + ", which customer " + base.id(row) + " does not have")));
                }
                Integer number = profiles.get(values);
                if (number == null) {
                    Map<String, String> profile = new LinkedHashMap<>();
                    for (int i = 0; i < values.size(); i++) {
                        profile.put(covariates.get(i), values.get(i));
                    }
                    try {
                        paths.add(new ContractTerms.RetentionPath(known.ofProfile(profile)));
                    } catch (IllegalArgumentException e) {
                        throw new ModelException(e.getMessage() + " (customer " + base.id(row) + ")");
                    }
                    number = paths.size() - 1;
                    profiles.put(values, number);
                }
                return number;
            }

            /** One number a row, which is asked for once a state. */
            double[] column(IntToDoubleFunction ofState) {
                double[] known = new double[states.size()];
                Arrays.setAll(known, ofState);
                double[] column = new double[stateOf.length];
                for (int row = 0; row < column.length; row++) {
                    column[row] = known[stateOf[row]];
                }
                return column;
            }

            ContractTerms.Worth[] worth(ContractTerms calendar) {
                ContractTerms.Worth[] worth = new ContractTerms.Worth[states.size()];
                for (int i = 0; i < worth.length; i++) {
                    worth[i] = calendar.worth(
                            states.get(i), paths.get(states.get(i).profile()));
                }
                return worth;
            }
        }

        /** Returns the name. */
        @Override
        public String toString() {
            return name() + (growth == 0 ? "" : ", growth " + growth + " a year");
        }
    }
}
