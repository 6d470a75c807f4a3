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

    /** Squares of money within these are numbers still. */
    private static final double LARGEST = 1e120;

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
     * @param variance the variance of the present value
     */
    record Worth(double active, double bills, double contracted, double renewal, double variance) {

        static final Worth NOTHING = new Worth(0, 0, 0, 0, 0);

        Worth checked() {
            if (!(bills <= LARGEST && contracted <= LARGEST && renewal <= LARGEST && variance <= LARGEST * LARGEST)) {
                throw new ModelException(
                        "growth over this horizon leads beyond all numbers; state a smaller growth or a shorter horizon");
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
        if (state.leaving || state.term - state.elapsed > horizon) {
            return new Worth(certain > 0 ? 1 : 0, certain, contracted, 0, 0).checked();
        }
        double active = certain > 0 ? 1 : retention.rate(state.renewals, 1);
        Worth worth = isInfinite()
                ? endless(state, retention, active, contracted)
                : summed(state, retention, active, certain, contracted);
        return worth.checked();
    }

    /** Term by term. The variance is a sum of what is not negative: the covariance of two terms is S(k)(1 − S(i)), i ≤ k. */
    private Worth summed(State state, RetentionPath retention, double active, int certain, double contracted) {
        if ((horizon + state.elapsed) / state.term > MOST_TERMS) {
            throw new ModelException("a horizon over more than " + MOST_TERMS
                    + " terms of a contract takes too long; state an infinite one");
        }
        double wholeTerm = annuity(state, state.billsPerTerm());
        double survival = 1;
        double bills = certain;
        double renewal = 0;
        double variance = 0;
        double uncertainBefore = 0;
        for (int term = 1; ; term++) {
            double begin = (double) term * state.term - state.elapsed;
            if (begin > horizon) {
                break;
            }
            survival *= retention.rate(state.renewals, term);
            if (survival == 0) {
                break;
            }
            int count = (int) Math.min(state.billsPerTerm(), 1 + Math.floor((horizon - begin) / state.billing));
            double value = termValue(state, begin, count, wholeTerm);
            bills += survival * count;
            renewal += survival * value;
            variance += value * survival * (value * (1 - survival) + 2 * uncertainBefore);
            uncertainBefore += value * (1 - survival);
        }
        return new Worth(active, bills, contracted, renewal, variance);
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

    /** By the model's own sums without end, at the rate of a term that discount and growth leave. */
    private Worth endless(State state, RetentionPath retention, double active, double contracted) {
        double net = discount - growth;
        if (!(Math.expm1(2 * net * state.term) < 1e150)) {
            // Discounted away but for the next term, which may begin tomorrow.
            double next = Math.exp(-net * (state.term - state.elapsed)) * annuity(state, state.billsPerTerm());
            double survival = retention.rate(state.renewals, 1);
            return new Worth(active, 0, contracted, survival * next, next * next * survival * (1 - survival));
        }
        double present = Math.exp(net * state.elapsed) * annuity(state, state.billsPerTerm());
        double first = retention.discounted(state.renewals, Math.expm1(net * state.term));
        double second = retention.discounted(state.renewals, Math.expm1(2 * net * state.term));
        // E[(Σ of the terms that are renewed)²], of which term k brings S(k)(A(k)² − A(k−1)²), A being the sums up to a
        // term.
        double factor = Math.exp(-net * state.term);
        double square = factor / -Math.expm1(-net * state.term) * (2 * first - (1 + 1 / factor) * second);
        double variance = present * present * Math.max(0, square - first * first);
        return new Worth(active, 0, contracted, present * first, variance);
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
        double period = Math.ceil((time - SLACK) / monthsPerPeriod);
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
