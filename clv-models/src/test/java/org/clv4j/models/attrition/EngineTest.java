// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.GammaPoissonLikelihood;
import org.clv4j.models.internal.kernel.ParetoGammaLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.clv4j.models.internal.optim.Objective;
import org.junit.jupiter.api.Test;

/** What the family's fits share: kernels over sorted rows, threads, warm starts, edges, priors, progress. */
class EngineTest {

    private static final ParetoNbd.Fitted BUYERS = ParetoNbd.Fitted.of(0.6, 9, 0.7, 10);

    /** Customers on a grid of days or in continuous time, with weights from 1 to 3 or without. */
    private static CustomerBase base(
            int customers, boolean gridded, boolean weighted, long seed, TransactionSimulator truth) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double age = gridded ? random.nextInt(189, 273) / 7.0 : random.nextDouble(27, 39);
            int frequency = 0;
            double recency = 0;
            for (double time : truth.simulateTransactionTimes(age, random.nextLong())) {
                double at = gridded ? Math.floor(time * 7) / 7.0 : time;
                if (at > recency) {
                    frequency++;
                    recency = at;
                }
            }
            double weight = weighted ? 1 + random.nextInt(3) : 1;
            summaries.add(new CustomerSummary("c" + i, frequency, recency, age, 0, weight, Map.of()));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    private static Objective likelihood(String model, RowsByFrequency rows, Execution execution) {
        return switch (model) {
            case "nbd" -> new GammaPoissonLikelihood(rows, execution);
            case "pareto-nbd" -> new ParetoGammaLikelihood(rows, execution);
            default -> new BetaGeometricLikelihood(rows, model.equals("mbg-nbd"), execution);
        };
    }

    private static FittedTransactionModel model(String model, double... p) {
        return switch (model) {
            case "nbd" -> Nbd.Fitted.of(p[0], p[1]);
            case "pareto-nbd" -> ParetoNbd.Fitted.of(p[0], p[1], p[2], p[3]);
            case "mbg-nbd" -> MbgNbd.Fitted.of(p[0], p[1], p[2], p[3]);
            default -> BgNbd.Fitted.of(p[0], p[1], p[2], p[3]);
        };
    }

    private static final Map<String, double[][]> POINTS = Map.of(
            "nbd", new double[][] {{0.5, 8}},
            "pareto-nbd",
                    new double[][] {
                        {0.55, 10.6, 0.61, 11.7},
                        {0.5, 10, 3, 60},
                        {0.5, 60, 3, 0.3},
                        {0.5, 10, 900, 30_000},
                        {0.5, 3, 1, 3}
                    },
            "bg-nbd", new double[][] {{0.25, 4.4, 0.8, 2.4}, {3, 40, 0.01, 50}},
            "mbg-nbd", new double[][] {{0.5, 6, 0.9, 1.6}, {3, 40, 0.01, 50}});

    @Test
    void kernelsAreTheSumsOfTheScalars() {
        for (boolean gridded : new boolean[] {true, false}) {
            for (boolean weighted : new boolean[] {true, false}) {
                CustomerBase base = base(3000, gridded, weighted, 1, BUYERS);
                RowsByFrequency rows = RowsByFrequency.of(base);
                assertThat(base.isGridded()).isEqualTo(gridded);
                assertThat(rows.size())
                        .as("one-time buyers are one row an age")
                        .matches(n -> gridded ? n < 3000 : n == 3000);
                POINTS.forEach((name, points) -> {
                    for (double[] point : points) {
                        FittedTransactionModel scalar = model(name, point);
                        double sum = 0;
                        for (int row = 0; row < base.size(); row++) {
                            sum += base.weight(row)
                                    * scalar.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
                        }
                        double mean = likelihood(name, rows, Execution.sequential())
                                .evaluate(point, new double[point.length]);
                        assertThat(-mean * base.totalWeight())
                                .as("%s gridded %s weighted %s", name, gridded, weighted)
                                .isCloseTo(sum, within(1e-12 * Math.abs(sum)));
                    }
                });
            }
        }
    }

    @Test
    void gradientsAreThoseOfTheKernels() {
        for (boolean gridded : new boolean[] {true, false}) {
            RowsByFrequency rows = RowsByFrequency.of(base(3000, gridded, false, 1, BUYERS));
            POINTS.forEach((name, points) -> {
                Objective likelihood = likelihood(name, rows, Execution.sequential());
                for (double[] point : points) {
                    double[] gradient = new double[point.length];
                    likelihood.evaluate(point, gradient);
                    for (int i = 0; i < point.length; i++) {
                        double difference = difference(likelihood, point, i);
                        assertThat(gradient[i] * point[i])
                                .as("%s by parameter %d", name, i)
                                .isCloseTo(difference, within(1e-8 * (1 + Math.abs(difference))));
                    }
                }
            });
        }
    }

    /** The derivative by a log-parameter. */
    private static double difference(Objective likelihood, double[] point, int parameter) {
        double step = 1e-4;
        double[] values = new double[4];
        double[] offsets = {-2, -1, 1, 2};
        for (int k = 0; k < 4; k++) {
            double[] moved = point.clone();
            moved[parameter] *= Math.exp(offsets[k] * step);
            values[k] = likelihood.evaluate(moved, new double[point.length]);
        }
        return (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step);
    }

    @Test
    void theSameBitsForAnyNumberOfThreads() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (boolean gridded : new boolean[] {true, false}) {
                RowsByFrequency rows = RowsByFrequency.of(base(120_000, gridded, false, 2, BUYERS));
                POINTS.forEach((name, points) -> {
                    double[] gradient = new double[points[0].length];
                    double value =
                            likelihood(name, rows, Execution.sequential()).evaluate(points[0], gradient);
                    for (int count : new int[] {2, 3, 5}) {
                        double[] other = new double[gradient.length];
                        Objective shared = likelihood(name, rows, Execution.ofThreads(count, threads));
                        for (int again = 0; again < 3; again++) {
                            assertThat(shared.evaluate(points[0], other))
                                    .as(name)
                                    .isEqualTo(value);
                            assertThat(other).as(name).containsExactly(gradient);
                        }
                    }
                });
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aWarmStartEndsAtTheOptimum() {
        for (boolean gridded : new boolean[] {true, false}) {
            CustomerBase base = base(gridded ? 250_000 : 90_000, gridded, false, 5, BUYERS);
            RowsByFrequency rows = RowsByFrequency.of(base);
            assertThat(rows.size()).as("rows, enough for a sample").isGreaterThan(60_000);
            for (TransactionModel model : List.of(
                    ParetoNbd.withDefaults(), MbgNbd.withDefaults(), BgNbd.withDefaults(), Nbd.withDefaults())) {
                FittedTransactionModel fitted = model.fit(base, Execution.ofThreads(2));
                FitReport report = fitted.report().orElseThrow();
                assertThat(report.converged()).isTrue();
                assertThat(report.evaluations())
                        .as("evaluations of the whole by %s", fitted.name())
                        .isLessThanOrEqualTo(10);
                assertThat(report.parameters()).isEqualTo(model.fit(base).parameters());
                Objective likelihood = likelihood(fitted.name(), rows, Execution.sequential());
                double[] point = report.parameters().values().stream()
                        .mapToDouble(value -> value)
                        .toArray();
                double[] gradient = new double[point.length];
                double mean = likelihood.evaluate(point, gradient);
                assertThat(report.logLikelihood().orElseThrow())
                        .isCloseTo(-mean * base.size(), within(1e-12 * base.size()));
                RealMatrix covariance = covariance(likelihood, point, base.size());
                RealMatrix reported =
                        new Array2DRowRealMatrix(report.covariance().orElseThrow());
                for (int i = 0; i < point.length; i++) {
                    double error = Math.sqrt(covariance.getEntry(i, i));
                    assertThat(Math.sqrt(reported.getEntry(i, i)))
                            .as("standard error %d of %s", i, fitted.name())
                            .isCloseTo(error, within(1e-4 * error));
                    // Newton's step from the estimates, in standard errors.
                    double step = 0;
                    for (int j = 0; j < point.length; j++) {
                        step += covariance.getEntry(i, j) * base.size() * gradient[j];
                    }
                    assertThat(Math.abs(step) / error)
                            .as("distance to the optimum of %s", fitted.name())
                            .isLessThan(1e-5);
                }
            }
        }
    }

    private static RealMatrix covariance(Objective likelihood, double[] point, double customers) {
        int n = point.length;
        RealMatrix information = new Array2DRowRealMatrix(n, n);
        double step = 1e-4;
        for (int i = 0; i < n; i++) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[i] += step * point[i];
            down[i] -= step * point[i];
            double[] above = new double[n];
            double[] below = new double[n];
            likelihood.evaluate(up, above);
            likelihood.evaluate(down, below);
            for (int j = 0; j < n; j++) {
                information.setEntry(i, j, customers * (above[j] - below[j]) / (2 * step * point[i]));
            }
        }
        return MatrixUtils.inverse(information.add(information.transpose()).scalarMultiply(0.5));
    }

    /** BG/NBD customers leave at purchases: to Pareto/NBD they all leave at one rate, s and β without bound. */
    @Test
    void aParameterThatRunsAwayIsHeldAndSaid() {
        CustomerBase base = base(20_000, false, false, 6, BgNbd.Fitted.of(0.6, 6, 0.9, 2.5));
        FitReport report = ParetoNbd.withDefaults().fit(base).report().orElseThrow();
        assertThat(report.converged()).isTrue();
        assertThat(report.has(Condition.BOUNDARY)).isTrue();
        assertThat(report.standardErrors()).isEmpty();
        Map<String, Double> estimates = new LinkedHashMap<>(report.parameters());
        assertThat(estimates.get("s")).isGreaterThan(1000).isLessThanOrEqualTo(10_000 * (1 + 1e-12));
        // The rest is a maximum.
        double[] point = estimates.values().stream().mapToDouble(value -> value).toArray();
        double[] gradient = new double[4];
        new ParetoGammaLikelihood(RowsByFrequency.of(base), Execution.sequential()).evaluate(point, gradient);
        for (int i : new int[] {0, 1}) {
            assertThat(gradient[i] * point[i]).isCloseTo(0, within(1e-7));
        }
        double nearEdge = -new ParetoGammaLikelihood(RowsByFrequency.of(base), Execution.sequential())
                        .evaluate(new double[] {point[0], point[1], 100, 100 * point[3] / point[2]}, gradient)
                * base.size();
        assertThat(report.logLikelihood().orElseThrow()).isGreaterThan(nearEdge);
    }

    @Test
    void aPriorWeighsAsOneObservation() {
        for (int customers : new int[] {500, 4000}) {
            CustomerBase base = base(customers, true, false, 8, BUYERS);
            FitReport report = ParetoNbd.withDefaults()
                    .withPrior("s", 3, 0.2)
                    .fit(base)
                    .report()
                    .orElseThrow();
            double[] point = report.parameters().values().stream()
                    .mapToDouble(value -> value)
                    .toArray();
            double[] gradient = new double[4];
            double mean = new ParetoGammaLikelihood(RowsByFrequency.of(base), Execution.sequential())
                    .evaluate(point, gradient);
            // At the mode the data pull ln s one way as hard as the prior pulls the other.
            assertThat(-gradient[2] * point[2] * customers)
                    .isCloseTo((Math.log(point[2]) - Math.log(3)) / 0.04, within(1e-6));
            assertThat(gradient[3] * point[3]).isCloseTo(0, within(1e-9));
            assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-mean * customers, within(1e-7));
            assertThat(report.provenance()).containsKey("prior of s");
        }
    }

    @Test
    void aVaguePriorChangesNothingAndAFirmOneDecides() {
        CustomerBase base = base(2000, true, false, 9, BUYERS);
        double free = BgNbd.withDefaults().fit(base).r();
        assertThat(BgNbd.withDefaults().withPrior("r", 2, 1000).fit(base).r()).isCloseTo(free, within(1e-5));
        assertThat(BgNbd.withDefaults().withPrior("r", 2, 1e-4).fit(base).r()).isCloseTo(2, within(1e-3));
        assertThat(MbgNbd.withDefaults()
                        .withPrior("b", 2, 1e-4)
                        .withPrior("b", 5, 1e-4)
                        .fit(base)
                        .b())
                .isCloseTo(5, within(1e-3));
        assertThat(Nbd.withDefaults().withPrior("alpha", 20, 1e-4).fit(base).alpha())
                .isCloseTo(20, within(1e-2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nbd.withDefaults().withPrior("beta", 1, 1))
                .withMessageContaining("r, alpha")
                .withMessageContaining("beta");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nbd.withDefaults().withPrior("r", 0, 1))
                .withMessageContaining("`median`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nbd.withDefaults().withPrior("r", 1, Double.NaN))
                .withMessageContaining("`logStandardDeviation`");
    }

    @Test
    void fitsTellTheirProgressAndCanBeCancelled() {
        CustomerBase base = base(300, true, false, 10, BUYERS);
        List<String> heard = new ArrayList<>();
        FitReport report = BgNbd.withDefaults()
                .fit(base, Execution.sequential().withProgress(progress -> heard.add(progress.toString())))
                .report()
                .orElseThrow();
        assertThat(heard).hasSizeGreaterThanOrEqualTo(report.evaluations()).startsWith("fitting bg-nbd: 1");
        assertThatIllegalStateException()
                .isThrownBy(() -> BgNbd.withDefaults()
                        .fit(base, Execution.sequential().withProgress(progress -> {
                            throw new IllegalStateException("enough at " + progress.done());
                        })))
                .withMessage("enough at 1");
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> BgNbd.withDefaults().fit(base))
                .withMessageContaining("bg-nbd");
        assertThat(Thread.interrupted()).isTrue();
    }
}
