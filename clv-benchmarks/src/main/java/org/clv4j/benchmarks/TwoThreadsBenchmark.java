// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.benchmarks.Bases.Times;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.ParetoGammaLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One evaluation of log-likelihood and gradient on two threads; {@code kernel} of {@link BgNbdLikelihoodBenchmark} and of {@link
 * ParetoNbdLikelihoodBenchmark} is the same on one. Of a million customers: fewer leave little to share.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TwoThreadsBenchmark {

    private static final Execution TWO = Execution.ofThreads(2);

    /** The sorted rows of BG/NBD customers. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class BgNbdRows {

        /** The number of customers. */
        @Param("1000000")
        public int customers;

        /** Whether times are whole days. */
        @Param
        public Times times;

        final double[] gradient = new double[4];
        BetaGeometricLikelihood likelihood;

        /** Makes and sorts the rows. */
        @Setup
        public void setUp() {
            likelihood = new BetaGeometricLikelihood(RowsByFrequency.of(Bases.of(customers, times)), false, TWO);
        }
    }

    /** The sorted rows of Pareto/NBD customers. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class ParetoNbdRows {

        /** The number of customers. */
        @Param("1000000")
        public int customers;

        /** Whether times are whole days. */
        @Param
        public Times times;

        final double[] gradient = new double[4];
        ParetoGammaLikelihood likelihood;

        /** Makes and sorts the rows. */
        @Setup
        public void setUp() {
            CustomerBase base = Bases.of(Bases.PARETO_TRANSACTIONS, customers, times);
            likelihood = new ParetoGammaLikelihood(RowsByFrequency.of(base), TWO);
        }
    }

    /**
     * The BG/NBD model.
     *
     * @param rows the sorted rows
     * @return the value
     */
    @Benchmark
    public double bgNbd(BgNbdRows rows) {
        return rows.likelihood.evaluate(BgNbdLikelihoodBenchmark.PARAMETERS, rows.gradient);
    }

    /**
     * The Pareto/NBD model.
     *
     * @param rows the sorted rows
     * @return the value
     */
    @Benchmark
    public double paretoNbd(ParetoNbdRows rows) {
        return rows.likelihood.evaluate(ParetoNbdLikelihoodBenchmark.PARAMETERS, rows.gradient);
    }
}
