// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Arrays;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.core.value.ValuationTerms;

/**
 * What a contract with bills of 1 is worth under the terms of a valuation, for any state that it can be in. Times are months from now.
 * Immutable and thread-safe.
 */
final class ContractTerms {

    /** A bill this much late is in time: horizons and times within a term are rounded, and a day is 0.03 months. */
    private static final double SLACK = 1e-9;

    private static final int MOST_TERMS = 10_000_000;

    /** Money of this size, squared, is a number still. */
    private static final double LARGEST = 1e120;

    /** At this rate a variance without end is good to six digits. */
    private static final double LEAST_RATE = 1e-9;

    private final double horizon;
    private final double discount;
    private final double growth;
    private final CashFlowTiming timing;
    private final double monthsPerPeriod;

    /**
     * Where a contract stands.
     *
     * @param profile the number of the model of the customer's profile
     * @param renewals how often it was renewed
     * @param elapsed months since the present term began
     * @param term months of a term
     * @param billing months from a bill to the next
     * @param open whether it has not ended
     * @param leaving whether it is known to end with the present term
     */
    record State(int profile, int renewals, double elapsed, int term, int billing, boolean open, boolean leaving) {

        /** All contracts that have ended are worth the same. */
        static final State ENDED = new State(0, 0, 0, 1, 1, false, false);

        int billsPerTerm() {
            return term / billing;
        }
    }

    /**
     * What a contract with bills of 1 is worth.
     *
     * @param active the probability of a bill within the horizon
     * @param bills how many are expected within a finite horizon
     * @param contracted the present value of those of the present term
     * @param renewal the present value of those after it
     */
    record Worth(double active, double bills, double contracted, double renewal) {

        static final Worth NOTHING = new Worth(0, 0, 0, 0);

        Worth checked() {
            if (!(bills <= LARGEST && contracted <= LARGEST && renewal <= LARGEST)) {
                throw beyondNumbers();
            }
            return this;
        }
    }

    private ContractTerms(
            double horizon, double discount, double growth, CashFlowTiming timing, double monthsPerPeriod) {
        this.horizon = horizon;
        this.discount = discount;
        this.growth = growth;
        this.timing = timing;
        this.monthsPerPeriod = monthsPerPeriod;
    }

    /**
     * Takes the terms of a valuation.
     *
     * @param terms the terms
     * @param timeScale the unit of the horizon
     * @param annualGrowth g, by which the margin of renewed terms grows a year
     * @return the terms in months
     * @throws ModelException if the horizon is infinite and the margin grows as fast as it is discounted, or faster
     */
    static ContractTerms of(ValuationTerms terms, TimeScale timeScale, double annualGrowth) {
        double monthsPerPeriod = 12 / terms.periodsPerYear().orElse(timeScale.periodsPerYear());
        double discount = terms.discountRate().continuousPerPeriod(12);
        double growth = Math.log1p(annualGrowth) / 12;
        if (terms.horizon().isInfinite() && !(discount > growth)) {
            throw new ModelException("a growth of " + annualGrowth + " a year must be below the discount rate of "
                    + terms.discountRate() + " for an infinite horizon; state a finite one");
        }
        double horizon = terms.horizon().isInfinite()
                ? Double.POSITIVE_INFINITY
                : terms.horizon().periods() * monthsPerPeriod + SLACK;
        return new ContractTerms(horizon, discount, growth, terms.timing(), monthsPerPeriod);
    }

    boolean isInfinite() {
        return horizon == Double.POSITIVE_INFINITY;
    }

    /** The probability that a contract is there still, some months from now; renewals that fall due then are made or not. */
    static double probabilityUnderContract(State state, FittedRetentionModel retention, double months) {
        if (!state.open) {
            return 0;
        }
        double due = Math.floor((state.elapsed + months + SLACK) / state.term);
        if (due == 0) {
            return 1;
        }
        return state.leaving
                ? 0
                : retention.survivalAfter(state.renewals, (int) Math.min(due, Integer.MAX_VALUE - state.renewals));
    }

    /** Values a contract. */
    Worth worth(State state, RetentionPath retention) {
        if (!state.open) {
            return Worth.NOTHING;
        }
        int certain = 0;
        double contracted = 0;
        // As the state counts what was billed: a bill of today is realised.
        for (int bill = 1 + (int) Math.floor(state.elapsed / state.billing); bill < state.billsPerTerm(); bill++) {
            double time = (double) bill * state.billing - state.elapsed;
            if (time > horizon) {
                break;
            }
            certain++;
            contracted += Math.exp(-discount * paidAt(time));
        }
        if (!canRenewWithin(state)) {
            return new Worth(certain > 0 ? 1 : 0, certain, contracted, 0).checked();
        }
        double active = certain > 0 ? 1 : retention.rate(state.renewals, 1);
        if (isInfinite()) {
            return new Worth(active, 0, contracted, endless(state, retention)).checked();
        }
        Sums sums = new Sums();
        forEachTerm(state, retention, sums);
        return new Worth(active, certain + sums.bills, contracted, sums.value).checked();
    }

    /** The variance of the present value, all of which is that of renewals. */
    double variance(State state, RetentionPath retention) {
        if (!state.open || !canRenewWithin(state)) {
            return 0;
        }
        if (isInfinite()) {
            return endlessVariance(state, retention);
        }
        Sums sums = new Sums();
        forEachTerm(state, retention, sums);
        if (!(sums.variance <= LARGEST * LARGEST)) {
            throw beyondNumbers();
        }
        return sums.variance;
    }

    private static ModelException beyondNumbers() {
        return new ModelException(
                "growth over this horizon leads beyond all numbers; state a smaller growth or a shorter horizon");
    }

    private boolean canRenewWithin(State state) {
        return !state.leaving && state.term - state.elapsed <= horizon;
    }

    /**
     * Sums over the terms to come. The variance is a sum of what is not negative: the covariance of two terms is S(k)(1 − S(i)), i ≤ k,
     * times what they are worth.
     */
    private static final class Sums {
        private double bills;
        private double value;
        private double variance;
        private double uncertain;

        void add(double survival, int count, double worth) {
            bills += survival * count;
            value += survival * worth;
            variance += worth * survival * (worth * (1 - survival) + 2 * uncertain);
            uncertain += worth * (1 - survival);
        }
    }

    private void forEachTerm(State state, RetentionPath retention, Sums sums) {
        if ((horizon + state.elapsed) / state.term > MOST_TERMS) {
            throw new ModelException("a horizon over more than " + MOST_TERMS
                    + " terms of a contract takes too long; state an infinite one");
        }
        double wholeTerm = annuity(state, state.billsPerTerm());
        double survival = 1;
        for (int term = 1; ; term++) {
            double begin = (double) term * state.term - state.elapsed;
            if (begin > horizon) {
                return;
            }
            survival *= retention.rate(state.renewals, term);
            if (survival == 0) {
                return;
            }
            int count = (int) Math.min(state.billsPerTerm(), 1 + Math.floor((horizon - begin) / state.billing));
            sums.add(survival, count, termValue(state, begin, count, wholeTerm));
        }
    }

    private double termValue(State state, double begin, int count, double wholeTerm) {
        if (timing == CashFlowTiming.AT_PURCHASE) {
            double bills = count == state.billsPerTerm() ? wholeTerm : annuity(state, count);
            return Math.exp((growth - discount) * begin) * bills;
        }
        double value = 0;
        for (int bill = 0; bill < count; bill++) {
            double time = begin + (double) bill * state.billing;
            value += Math.exp(growth * time - discount * paidAt(time));
        }
        return value;
    }

    /** By the model's own sum without end, at the rate of a term that discount and growth leave. */
    private double endless(State state, RetentionPath retention) {
        double net = discount - growth;
        if (onlyTheNextTermCounts(state)) {
            return retention.rate(state.renewals, 1) * nextTerm(state);
        }
        return termOfNow(state) * retention.discounted(state.renewals, Math.expm1(net * state.term));
    }

    /**
     * E[(Σ of the terms that are renewed)²], of which term k brings S(k)(A(k)² − A(k−1)²), A being the sums up to a term, less the square of
     * the mean: by the model's sums at the rate of a term and at that of two. It loses digits as the rate goes to 0.
     */
    private double endlessVariance(State state, RetentionPath retention) {
        double net = discount - growth;
        if (onlyTheNextTermCounts(state)) {
            double survival = retention.rate(state.renewals, 1);
            return nextTerm(state) * nextTerm(state) * survival * (1 - survival);
        }
        double rate = Math.expm1(net * state.term);
        if (rate < LEAST_RATE) {
            throw new ModelException("the variance without a horizon needs a discount rate, net of growth, of at least "
                    + LEAST_RATE + " a term; state a horizon");
        }
        double first = retention.discounted(state.renewals, rate);
        double second = retention.discounted(state.renewals, Math.expm1(2 * net * state.term));
        double square = (2 * first - (2 + rate) * second) / rate;
        double present = termOfNow(state);
        return present * present * Math.max(0, square - first * first);
    }

    private boolean onlyTheNextTermCounts(State state) {
        return !(Math.expm1(2 * (discount - growth) * state.term) < 1e150);
    }

    /** The next term, which may begin tomorrow. */
    private double nextTerm(State state) {
        return Math.exp((growth - discount) * (state.term - state.elapsed)) * annuity(state, state.billsPerTerm());
    }

    /** A term worth as much as if it had begun with the present one, which later ones are discounted to. */
    private double termOfNow(State state) {
        return Math.exp((discount - growth) * state.elapsed) * annuity(state, state.billsPerTerm());
    }

    /** The bills of a term at its beginning. */
    private double annuity(State state, int count) {
        double sum = 0;
        for (int bill = 0; bill < count; bill++) {
            sum += Math.exp((growth - discount) * bill * state.billing);
        }
        return sum;
    }

    /** The time by which a bill is discounted. */
    private double paidAt(double time) {
        if (timing == CashFlowTiming.AT_PURCHASE) {
            return time;
        }
        double period = Math.max(1, Math.ceil((time - SLACK) / monthsPerPeriod));
        double offset =
                switch (timing) {
                    case PERIOD_BEGIN -> 1;
                    case PERIOD_MID -> 0.5;
                    default -> 0;
                };
        return (period - offset) * monthsPerPeriod;
    }

    /** The retention rates of one model, each of which is asked for once. Not thread-safe. */
    static final class RetentionPath {

        private static final int LONGEST = 1 << 16;

        private final FittedRetentionModel model;
        private double[] rates = new double[64];
        private int known;

        RetentionPath(FittedRetentionModel model) {
            this.model = model;
        }

        FittedRetentionModel model() {
            return model;
        }

        /** The probability of the k-th renewal from now, given all before. */
        double rate(int renewals, int more) {
            long before = Math.min((long) renewals + more - 1, Integer.MAX_VALUE - 1L);
            if (before >= LONGEST) {
                return model.survivalAfter((int) before, 1);
            }
            if (before >= rates.length) {
                rates = Arrays.copyOf(rates, (int) Math.max(before + 1, 2L * rates.length));
            }
            while (known <= before) {
                rates[known] = model.survivalAfter(known, 1);
                known++;
            }
            return rates[(int) before];
        }

        double discounted(int renewals, double rate) {
            return model.discountedExpectedLifetime(renewals, rate, PaymentTiming.RESIDUAL);
        }
    }
}
