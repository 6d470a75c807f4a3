// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** Whole fits: sorting, optimisation, standard errors, report. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FitBenchmark {

    /**
     * Fits the BG/NBD model.
     *
     * @param portfolio the customers
     * @return the fitted model
     */
    @Benchmark
    public BgNbd.Fitted bgNbd(Portfolio portfolio) {
        return BgNbd.withDefaults().fit(portfolio.base);
    }

    /**
     * Fits the Pareto/NBD model.
     *
     * @param portfolio the customers
     * @return the fitted model
     */
    @Benchmark
    public ParetoNbd.Fitted paretoNbd(ParetoPortfolio portfolio) {
        return ParetoNbd.withDefaults().fit(portfolio.base);
    }

    /**
     * Fits the Gamma-Gamma model.
     *
     * @param portfolio the customers
     * @return the fitted model
     */
    @Benchmark
    public GammaGamma.Fitted gammaGamma(Portfolio portfolio) {
        return GammaGamma.withDefaults().fit(portfolio.base);
    }
}
