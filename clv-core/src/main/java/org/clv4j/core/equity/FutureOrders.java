// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;

/** The discounted expected orders of the customers of a base under terms, and what follows from them. */
final class FutureOrders {

    /** Intervals of Simpson's rule over the horizon, where money grows faster than it is discounted. */
    private static final int INTERVALS = 64;

    private final FittedTransactionModel model;
    private final CustomerBase base;
    private final ValuationTerms terms;
    private final Execution execution;
    private final double periodsPerYear;
    private final double rate;

    FutureOrders(FittedTransactionModel model, CustomerBase base, ValuationTerms terms, Execution execution) {
        this.model = model;
        this.base = base;
        this.terms = terms;
        this.execution = execution;
        this.periodsPerYear = terms.periodsPerYear().orElse(base.timeScale().periodsPerYear());
        this.rate = terms.continuousRate(base.timeScale());
    }

    /** The same horizon, timing and margin at another continuous rate a period. */
    static ValuationTerms atRate(ValuationTerms terms, double rate, double periodsPerYear) {
        return ValuationTerms.of(
                        terms.horizon(), DiscountRate.continuous(rate, periodsPerYear), terms.margin(), terms.timing())
                .withPeriodsPerYear(periodsPerYear);
    }

    /** The present value of a unit of money at each period's end, middle or begin, or flowing evenly, over a horizon. */
    static double annuity(ValuationTerms terms, double rate, double horizon) {
        if (rate == 0) {
            return horizon;
        }
        if (terms.timing() == CashFlowTiming.AT_PURCHASE) {
            return -Math.expm1(-rate * horizon) / rate;
        }
        double sum = 0;
        for (long period = 1; period - 1 < horizon; period++) {
            sum += (Math.min((double) period, horizon) - (period - 1)) * factor(terms, rate, period);
        }
        return sum;
    }

    private static double factor(ValuationTerms terms, double rate, long period) {
        double offset =
                switch (terms.timing()) {
                    case PERIOD_BEGIN -> 1;
                    case PERIOD_MID -> 0.5;
                    default -> 0;
                };
        return Math.exp(-rate * (period - offset));
    }

    private double[] fill(Execution.Filler filler) {
        double[] column = new double[base.size()];
        execution.fill("computing future orders", column, filler);
        return column;
    }

    /** Orders under the terms as they are. */
    double[] discounted() {
        return fill(TransactionSpendModel.discounting(model, base, terms));
    }

    /** Orders whose amounts grow by e^growth a period: discounted at δ − growth, which may be negative over a finite horizon. */
    double[] grown(double growth) {
        double net = rate - growth;
        if (net >= 0 && !(net == 0 && terms.horizon().isInfinite())) {
            return fill(TransactionSpendModel.discounting(model, base, atRate(terms, net, periodsPerYear)));
        }
        double horizon = terms.horizon().periods();
        double[] sum = new double[base.size()];
        if (terms.timing() != CashFlowTiming.AT_PURCHASE) {
            double[] before = new double[base.size()];
            for (long period = 1; period - 1 < horizon; period++) {
                double[] upTo = expected(Math.min((double) period, horizon));
                addTimes(sum, upTo, before, factor(terms, net, period));
                before = upTo;
            }
            return sum;
        }
        // By parts: the orders up to t, N(t), are what models give.
        for (int i = 1; i <= INTERVALS; i++) {
            double time = horizon * i / INTERVALS;
            double[] upTo = expected(time);
            double simpson = i == INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
            double weight = net * horizon / INTERVALS / 3 * simpson + (i == INTERVALS ? 1 : 0);
            for (int row = 0; row < sum.length; row++) {
                sum[row] += weight * Math.exp(-net * time) * upTo[row];
            }
        }
        return sum;
    }

    private static void addTimes(double[] sum, double[] upTo, double[] before, double factor) {
        for (int row = 0; row < sum.length; row++) {
            sum[row] += (upTo[row] - before[row]) * factor;
        }
    }

    private double[] expected(double horizon) {
        return fill((from, to, out) -> model.expectedTransactionsInto(base, from, to, horizon, out));
    }

    private double[] discountedUpTo(double horizon, double delta) {
        return fill((from, to, out) -> model.discountedExpectedTransactionsInto(base, from, to, horizon, delta, out));
    }

    /** Orders that are made before an event which comes at a constant rate h a period. */
    double[] before(double h) {
        if (terms.timing() == CashFlowTiming.AT_PURCHASE) {
            return fill(TransactionSpendModel.discounting(model, base, atRate(terms, rate + h, periodsPerYear)));
        }
        double horizon = terms.horizon().periods();
        double[] sum = new double[base.size()];
        double[] before = new double[base.size()];
        for (long period = 1; period - 1 < horizon; period++) {
            double[] upTo = discountedUpTo(Math.min((double) period, horizon), h);
            addTimes(sum, upTo, before, factor(terms, rate, period));
            before = upTo;
        }
        return sum;
    }

    /** What an order of a time is worth, in terms of what is left of the horizon. */
    interface Worth {
        double after(double remaining);
    }

    /**
     * Σ discounted orders × what each is worth, which depends on what is left of the horizon: in steps of whole periods, in each of which
     * an order is worth the mean of what it is at both ends.
     */
    double[] weighted(Worth worth) {
        double[] sum = new double[base.size()];
        if (terms.horizon().isInfinite()) {
            double constant = worth.after(Double.POSITIVE_INFINITY);
            double[] orders = discounted();
            for (int row = 0; row < sum.length; row++) {
                sum[row] = orders[row] * constant;
            }
            return sum;
        }
        double horizon = terms.horizon().periods();
        boolean atPurchase = terms.timing() == CashFlowTiming.AT_PURCHASE;
        long step = atPurchase ? (long) Math.max(1, Math.ceil(horizon / MOST_STEPS)) : 1;
        double[] before = new double[base.size()];
        double atStart = worth.after(horizon);
        for (long end = step; end - step < horizon; end += step) {
            double time = Math.min((double) end, horizon);
            double[] upTo = atPurchase ? discountedUpTo(time, rate) : expected(time);
            double atEnd = worth.after(horizon - time);
            addTimes(sum, upTo, before, (atStart + atEnd) / 2 * (atPurchase ? 1 : factor(terms, rate, end)));
            before = upTo;
            atStart = atEnd;
        }
        return sum;
    }

    /** Two years of weeks. */
    private static final double MOST_STEPS = 104;

    /** Discounted orders of the only customer of a base over another horizon; 0 over none. */
    double over(double horizon) {
        if (horizon == 0) {
            return 0;
        }
        Horizon other = horizon == Double.POSITIVE_INFINITY ? Horizon.infinite() : Horizon.of(horizon);
        ValuationTerms own = ValuationTerms.of(other, terms.discountRate(), Margin.ofRevenue(), terms.timing());
        double[] one = new double[1];
        TransactionSpendModel.discounting(model, base, own.withPeriodsPerYear(periodsPerYear))
                .fill(0, 1, one);
        return one[0];
    }
}
