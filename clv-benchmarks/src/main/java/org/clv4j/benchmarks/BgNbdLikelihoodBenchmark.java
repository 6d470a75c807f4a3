// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One evaluation of the BG/NBD log-likelihood and its gradient by (r, α, a, b) over all customers; times are those of the whole
 * evaluation.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class BgNbdLikelihoodBenchmark {

    /** Near those that made the customers. */
    static final double[] PARAMETERS = {0.25, 4.5, 0.8, 2.5};

    /** The rows as a fit sorts them. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Rows {

        final double[] gradient = new double[4];
        BetaGeometricLikelihood likelihood;

        /**
         * Sorts the rows.
         *
         * @param portfolio the customers
         */
        @Setup
        public void setUp(Portfolio portfolio) {
            likelihood = new BetaGeometricLikelihood(RowsByFrequency.of(portfolio.base), false, Execution.sequential());
        }
    }

    /**
     * What fits use.
     *
     * @param rows the sorted rows
     * @return the value
     */
    @Benchmark
    public double kernel(Rows rows) {
        return rows.likelihood.evaluate(PARAMETERS, rows.gradient);
    }

    /**
     * Commons Math, forward differences.
     *
     * @param rows receives the gradient
     * @param portfolio the customers
     * @return the value
     */
    @Benchmark
    @Fork(1)
    @Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
    public double naive(Rows rows, Portfolio portfolio) {
        return Naive.evaluate(
                Naive::negativeLogLikelihood,
                PARAMETERS,
                portfolio.frequency,
                portfolio.recency,
                portfolio.age,
                rows.gradient);
    }

    /**
     * One {@link Math#log} and one {@link Math#exp} a customer: about the least that a formula with one of each could cost.
     *
     * @param portfolio the customers
     * @return a sum of no meaning
     */
    @Benchmark
    public double limit(Portfolio portfolio) {
        double[] ages = portfolio.age;
        double[] recencies = portfolio.recency;
        double logs = 0;
        double exponentials = 0;
        for (int i = 0; i < ages.length; i++) {
            logs += Math.log(ages[i]);
            exponentials += Math.exp(-recencies[i]);
        }
        return logs + exponentials;
    }
}
