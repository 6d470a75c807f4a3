// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.kernel.ParetoGammaLikelihood;
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
 * One evaluation of the Pareto/NBD log-likelihood and its gradient by (r, α, s, β) over all customers; times are those of the whole
 * evaluation. With these parameters α and β are near each other, where the power series of the naive code is shortest.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ParetoNbdLikelihoodBenchmark {

    /** Near those that made the customers. */
    static final double[] PARAMETERS = {0.56, 10.5, 0.61, 11.8};

    /** The rows as a fit sorts them. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Rows {

        final double[] gradient = new double[4];
        ParetoGammaLikelihood likelihood;

        /**
         * Sorts the rows.
         *
         * @param portfolio the customers
         */
        @Setup
        public void setUp(ParetoPortfolio portfolio) {
            likelihood = new ParetoGammaLikelihood(RowsByFrequency.of(portfolio.base), Execution.sequential());
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
     * Commons Math, two power series a customer, forward differences.
     *
     * @param rows receives the gradient
     * @param portfolio the customers
     * @return the value
     */
    @Benchmark
    @Fork(1)
    @Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
    public double naive(Rows rows, ParetoPortfolio portfolio) {
        return Naive.evaluate(
                NaivePareto::negativeLogLikelihood,
                PARAMETERS,
                portfolio.frequency,
                portfolio.recency,
                portfolio.age,
                rows.gradient);
    }
}
