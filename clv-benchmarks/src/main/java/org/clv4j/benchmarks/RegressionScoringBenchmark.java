// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.models.regression.LinearRegression;
import org.clv4j.models.regression.TwoPart;
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
 * Predictions of a linear and of a two-part regression for a million rows of ten features: the batch methods against row by row. A million
 * rows in 50,000,000 ns are 20 million rows a second.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RegressionScoringBenchmark {

    private static final int FEATURES = 10;
    private static final int TRAINING_ROWS = 2_000;

    /** Rows to score, and what was learned from others like them. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Rows {

        /** The number of rows. */
        @Param("1000000")
        public int rows;

        FeatureTable table;
        FittedLearner linear;
        FittedLearner twoPart;
        double[] out;

        /** For JMH. */
        public Rows() {
            // The same rows for all benchmarks.
        }

        /** Makes the rows. */
        @Setup
        public void setUp() {
            FeatureTable training = features(TRAINING_ROWS, 1);
            SplittableRandom random = new SplittableRandom(2);
            double[] amounts = new double[TRAINING_ROWS];
            for (int i = 0; i < TRAINING_ROWS; i++) {
                double signal = 0.3 * training.value(i, 0) - 0.2 * training.value(i, 1);
                amounts[i] = random.nextDouble() < 0.4 ? 0 : Math.exp(3 + signal + 0.5 * random.nextGaussian());
            }
            TrainingData data = TrainingData.of(training, amounts);
            linear = LinearRegression.withDefaults().fit(data);
            twoPart = TwoPart.gamma().fit(data);
            table = features(rows, 3);
            out = new double[rows];
        }

        private static FeatureTable features(int rows, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, double[]> columns = new LinkedHashMap<>();
            for (int j = 0; j < FEATURES; j++) {
                columns.put(
                        "x" + j,
                        random.doubles(rows).map(value -> 2 * value - 1).toArray());
            }
            return FeatureTable.of(columns);
        }
    }

    /**
     * The linear regression, as a batch.
     *
     * @param rows the rows
     * @return the predictions
     */
    @Benchmark
    public double[] linear(Rows rows) {
        return batch(rows.linear, rows);
    }

    /**
     * The linear regression, row by row.
     *
     * @param rows the rows
     * @return the predictions
     */
    @Benchmark
    public double[] linearNaive(Rows rows) {
        return rowByRow(rows.linear, rows);
    }

    /**
     * The two-part model, as a batch.
     *
     * @param rows the rows
     * @return the predictions
     */
    @Benchmark
    public double[] twoPart(Rows rows) {
        return batch(rows.twoPart, rows);
    }

    /**
     * The two-part model, row by row.
     *
     * @param rows the rows
     * @return the predictions
     */
    @Benchmark
    public double[] twoPartNaive(Rows rows) {
        return rowByRow(rows.twoPart, rows);
    }

    private static double[] batch(FittedLearner fit, Rows rows) {
        fit.predictInto(rows.table, 0, rows.table.rows(), rows.out);
        return rows.out;
    }

    private static double[] rowByRow(FittedLearner fit, Rows rows) {
        for (int row = 0; row < rows.table.rows(); row++) {
            double[] features = new double[FEATURES];
            rows.table.rowInto(row, features);
            rows.out[row] = fit.predict(features);
        }
        return rows.out;
    }
}
