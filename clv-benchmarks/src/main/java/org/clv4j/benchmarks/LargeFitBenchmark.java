// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.benchmarks.Bases.Times;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.FittedAttritionModel;
import org.clv4j.models.attrition.ParetoNbd;
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

/** Whole fits of ten million customers, in a JVM with enough memory to make them up. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx10g")
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 2, time = 1)
public class LargeFitBenchmark {

    /** BG/NBD customers. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Crowd {

        /** The number of customers. */
        @Param("10000000")
        public int customers;

        /** Whether times are whole days. */
        @Param
        public Times times;

        CustomerBase base;

        /** Makes the base. */
        @Setup(Level.Trial)
        public void setUp() {
            base = Bases.of(model(), customers, times);
        }

        FittedAttritionModel model() {
            return Bases.TRANSACTIONS;
        }
    }

    /** Pareto/NBD customers. */
    @State(Scope.Benchmark)
    public static class ParetoCrowd extends Crowd {
        @Override
        FittedAttritionModel model() {
            return Bases.PARETO_TRANSACTIONS;
        }
    }

    /**
     * Fits the BG/NBD model.
     *
     * @param crowd the customers
     * @return the fitted model
     */
    @Benchmark
    public BgNbd.Fitted bgNbd(Crowd crowd) {
        return BgNbd.withDefaults().fit(crowd.base);
    }

    /**
     * Fits the Pareto/NBD model.
     *
     * @param crowd the customers
     * @return the fitted model
     */
    @Benchmark
    public ParetoNbd.Fitted paretoNbd(ParetoCrowd crowd) {
        return ParetoNbd.withDefaults().fit(crowd.base);
    }
}
