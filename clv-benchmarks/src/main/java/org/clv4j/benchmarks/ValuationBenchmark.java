// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.benchmarks.Bases.Times;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Customer lifetime value of all customers of a base, with all columns of the result. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ValuationBenchmark {

    static final DiscountRate RATE = DiscountRate.annual(0.15);

    /** As lifetimes values. */
    static final ValuationTerms BY_PERIOD = ValuationTerms.of(
            Horizon.of(ScoringBenchmark.HORIZON), RATE, Margin.of(ScoringBenchmark.MARGIN), CashFlowTiming.PERIOD_END);

    static final ValuationTerms AT_PURCHASE = ValuationTerms.of(
            Horizon.of(ScoringBenchmark.HORIZON), RATE, Margin.of(ScoringBenchmark.MARGIN), CashFlowTiming.AT_PURCHASE);

    static final ValuationTerms FOREVER =
            ValuationTerms.of(Horizon.infinite(), RATE, Margin.of(ScoringBenchmark.MARGIN), CashFlowTiming.AT_PURCHASE);

    static final double CONTINUOUS_RATE = BY_PERIOD.continuousRate(TimeScale.WEEKS);

    static final TransactionSpendModel.Fitted MODEL = TransactionSpendModel.Fitted.of(Bases.TRANSACTIONS, Bases.SPEND);

    /** A base on days. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Gridded {

        /** The number of customers. */
        @Param({"2000", "100000", "1000000"})
        public int customers;

        CustomerBase base;

        /** Makes the base. */
        @Setup(Level.Trial)
        public void setUp() {
            base = Bases.of(customers, Times.GRIDDED);
        }
    }

    /** A base of real times; a small one, since each customer takes most of a millisecond. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Continuous {

        /** The number of customers. */
        @Param("2000")
        public int customers;

        CustomerBase base;

        /** Makes the base. */
        @Setup(Level.Trial)
        public void setUp() {
            base = Bases.of(customers, Times.CONTINUOUS);
        }
    }

    /**
     * Finite horizon, what is bought in a week discounted at its end.
     *
     * @param data the customers
     * @return the values
     */
    @Benchmark
    public CustomerValues byPeriod(Portfolio data) {
        return MODEL.value(data.base, BY_PERIOD);
    }

    /**
     * The same by the naive loop, which gives the value alone.
     *
     * @param data the customers
     * @return the values
     */
    @Benchmark
    public double[] byPeriodNaive(Portfolio data) {
        Naive.clv(
                ScoringBenchmark.TRANSACTION_PARAMETERS,
                ScoringBenchmark.SPEND_PARAMETERS,
                ScoringBenchmark.HORIZON,
                CONTINUOUS_RATE,
                ScoringBenchmark.MARGIN,
                data,
                data.out);
        return data.out;
    }

    /**
     * Finite horizon, each purchase discounted from its moment.
     *
     * @param data the customers
     * @return the values
     */
    @Benchmark
    public CustomerValues atPurchase(Portfolio data) {
        return MODEL.value(data.base, AT_PURCHASE);
    }

    /**
     * Infinite horizon, times on days.
     *
     * @param data the customers
     * @return the values
     */
    @Benchmark
    public CustomerValues foreverGridded(Gridded data) {
        return MODEL.value(data.base, FOREVER);
    }

    /**
     * Infinite horizon, real times.
     *
     * @param data the customers
     * @return the values
     */
    @Benchmark
    public CustomerValues foreverContinuous(Continuous data) {
        return MODEL.value(data.base, FOREVER);
    }
}
