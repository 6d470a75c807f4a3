// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.models.attrition.TimeVaryingParetoNbd;
import org.clv4j.models.internal.kernel.TimeVaryingLikelihood;
import org.clv4j.models.internal.kernel.TimeVaryingRows;
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
 * The Pareto/NBD model with time-varying covariates: 600 customers over 40 weeks, whose two covariates change every week, so that no
 * pieces are alike.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class TimeVaryingBenchmark {

    static final int CUSTOMERS = 600;
    static final int WEEKS = 40;
    static final LocalDate START = LocalDate.of(2023, 1, 2);

    /** The customers and their paths. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Shop {

        /** The histories. */
        public CovariatePaths paths;
        /** The customers. */
        public CustomerBase base;

        final double[] gradient = new double[8];
        TimeVaryingLikelihood likelihood;

        /** Simulates. */
        @Setup
        public void setUp() {
            SplittableRandom random = new SplittableRandom(1);
            CovariatePaths.Builder builder = CovariatePaths.ofCustomers(List.of("price", "mail"));
            for (int customer = 1; customer <= CUSTOMERS; customer++) {
                for (int week = 0; week <= WEEKS; week++) {
                    builder.add(
                            "C" + customer,
                            START.plusWeeks(week),
                            List.of(Math.sin(week / 5.0) + random.nextDouble(), random.nextDouble()));
                }
            }
            paths = builder.build();
            TimeVaryingParetoNbd.Fitted truth = TimeVaryingParetoNbd.Fitted.of(
                    0.8, 8, 0.7, 15, Map.of("purchase:price", 0.5, "purchase:mail", 0.8, "dropout:mail", -0.5));
            TransactionLog.Builder log = TransactionLog.builder();
            LogSimulator.ofDated(truth.withPaths(paths), (purchases, seed) -> ones(purchases), TimeScale.WEEKS)
                    .simulateInto(log, "C", 0, CUSTOMERS, START, START.plusDays(6), START.plusWeeks(WEEKS), 1);
            base = CustomerBase.of(log.build(), Observation.until(START.plusWeeks(WEEKS)), TimeScale.WEEKS);
            likelihood = new TimeVaryingLikelihood(
                    TimeVaryingRows.of(base, paths, new int[] {0, 1}),
                    new int[] {0, 1, 0, 1},
                    new boolean[] {true, true, false, false},
                    new boolean[] {false, false, true, true},
                    Execution.sequential());
        }

        private static double[] ones(int count) {
            double[] ones = new double[count];
            Arrays.fill(ones, 1);
            return ones;
        }
    }

    /**
     * Evaluates the log-likelihood with its gradient by all eight parameters.
     *
     * @param shop the customers
     * @return the value
     */
    @Benchmark
    public double likelihood(Shop shop) {
        return shop.likelihood.evaluate(new double[] {0.8, 6, 0.7, 18, 0.4, 0.2, 0, -0.2}, shop.gradient);
    }

    /**
     * Fits, from the transactions' base and the paths.
     *
     * @param shop the customers
     * @return the fitted model
     */
    @Benchmark
    public TimeVaryingParetoNbd.Fitted fit(Shop shop) {
        return TimeVaryingParetoNbd.of(shop.paths).fit(shop.base);
    }
}
