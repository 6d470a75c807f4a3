// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.models.attrition.FittedAttritionModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Scores of all customers of a base with known parameters: the batch methods into an array of the caller, against a naive loop over
 * plain arrays.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ScoringBenchmark {

    /** In weeks. */
    static final int HORIZON = 39;

    static final double MARGIN = 0.3;

    static final double[] TRANSACTION_PARAMETERS = {
        Bases.TRANSACTIONS.r(), Bases.TRANSACTIONS.alpha(), Bases.TRANSACTIONS.a(), Bases.TRANSACTIONS.b()
    };

    static final double[] PARETO_PARAMETERS = {
        Bases.PARETO_TRANSACTIONS.r(),
        Bases.PARETO_TRANSACTIONS.alpha(),
        Bases.PARETO_TRANSACTIONS.s(),
        Bases.PARETO_TRANSACTIONS.beta()
    };

    static final double[] SPEND_PARAMETERS = {Bases.SPEND.p(), Bases.SPEND.q(), Bases.SPEND.gamma()};

    /**
     * P(alive).
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] probabilityAlive(Portfolio data) {
        Bases.TRANSACTIONS.probabilityAliveInto(data.base, 0, data.customers, data.out);
        return data.out;
    }

    /**
     * P(alive) by the naive loop.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] probabilityAliveNaive(Portfolio data) {
        Naive.probabilityAlive(TRANSACTION_PARAMETERS, data.frequency, data.recency, data.age, data.out);
        return data.out;
    }

    /**
     * Expected transactions.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] expectedTransactions(Portfolio data) {
        Bases.TRANSACTIONS.expectedTransactionsInto(data.base, 0, data.customers, HORIZON, data.out);
        return data.out;
    }

    /**
     * Expected transactions by the naive loop.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] expectedTransactionsNaive(Portfolio data) {
        Naive.expectedTransactions(TRANSACTION_PARAMETERS, data.frequency, data.recency, data.age, HORIZON, data.out);
        return data.out;
    }

    /**
     * Expected spend.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] expectedSpend(Portfolio data) {
        Bases.SPEND.expectedSpendInto(data.base, 0, data.customers, data.out);
        return data.out;
    }

    /**
     * Expected spend by the naive loop.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] expectedSpendNaive(Portfolio data) {
        Naive.expectedSpend(
                SPEND_PARAMETERS[0],
                SPEND_PARAMETERS[1],
                SPEND_PARAMETERS[2],
                data.frequency,
                data.monetaryValue,
                data.out);
        return data.out;
    }

    /**
     * P(alive) × expected transactions given alive × expected spend × margin.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] score(Portfolio data) {
        return score(Bases.TRANSACTIONS, data);
    }

    private static double[] score(FittedAttritionModel transactions, Portfolio data) {
        double[] out = data.out;
        double[] spend = data.second;
        transactions.expectedTransactionsInto(data.base, 0, data.customers, HORIZON, out);
        Bases.SPEND.expectedSpendInto(data.base, 0, data.customers, spend);
        for (int row = 0; row < data.customers; row++) {
            out[row] *= spend[row] * MARGIN;
        }
        return out;
    }

    /**
     * The same product by the naive loop.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] scoreNaive(Portfolio data) {
        Naive.score(TRANSACTION_PARAMETERS, SPEND_PARAMETERS, HORIZON, MARGIN, data, data.out);
        return data.out;
    }

    /**
     * P(alive) by Pareto/NBD.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] paretoProbabilityAlive(ParetoPortfolio data) {
        Bases.PARETO_TRANSACTIONS.probabilityAliveInto(data.base, 0, data.customers, data.out);
        return data.out;
    }

    /**
     * Expected transactions by Pareto/NBD.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] paretoExpectedTransactions(ParetoPortfolio data) {
        Bases.PARETO_TRANSACTIONS.expectedTransactionsInto(data.base, 0, data.customers, HORIZON, data.out);
        return data.out;
    }

    /**
     * The product by Pareto/NBD.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] paretoScore(ParetoPortfolio data) {
        return score(Bases.PARETO_TRANSACTIONS, data);
    }

    /**
     * The same product by the naive loop.
     *
     * @param data the customers
     * @return the results
     */
    @Benchmark
    public double[] paretoScoreNaive(ParetoPortfolio data) {
        NaivePareto.score(PARETO_PARAMETERS, SPEND_PARAMETERS, HORIZON, MARGIN, data, data.out);
        return data.out;
    }
}
