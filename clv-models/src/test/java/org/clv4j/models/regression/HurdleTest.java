// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;

/** Zero-truncated counts behind a hurdle: recovery, optimum, limits and hard inputs. Published data are in PublishedRegressionsTest. */
class HurdleTest {

    private static TrainingData data(double[] x, double[] y) {
        return TrainingData.of(FeatureTable.builder().column("x", x).build(), y);
    }

    /** Counts of gamma-distributed rates with mean exp(a + bx), or of stated ones for an infinite shape, drawn until above 0. */
    private static TrainingData simulated(SplittableRandom random, int rows, double a, double b, double theta) {
        UniformRandomProvider source = random::nextLong;
        double[] x = new double[rows];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = random.nextGaussian();
            boolean any = random.nextDouble() < 1 / (1 + Math.exp(0.3 - 0.7 * x[i]));
            while (any && y[i] == 0) {
                double mean = Math.exp(a + b * x[i]);
                if (theta < Double.POSITIVE_INFINITY) {
                    mean = AhrensDieterMarsagliaTsangGammaSampler.of(source, theta, mean / theta)
                            .sample();
                }
                y[i] = PoissonSampler.of(source, Math.max(mean, 1e-300)).sample();
            }
        }
        return data(x, y);
    }

    /** Over 20 samples no estimate is further than 4 standard errors from the truth, and means are within 3 of their own. */
    @Example
    void recoversItsParameters() {
        double[] truth = {0.4, 0.5, 1.5};
        double[] sum = new double[3];
        double[] variance = new double[3];
        int seeds = 20;
        for (int seed = 0; seed < seeds; seed++) {
            Hurdle.Fitted fit = Hurdle.withDefaults()
                    .fit(simulated(new SplittableRandom(100 + seed), 1500, truth[0], truth[1], truth[2]));
            double[] beta = fit.counts().estimates();
            double[][] covariance = fit.counts().covariance(CovarianceType.MODEL);
            double error = fit.counts().report().standardErrors().get("(theta)");
            // The error of ln θ, which is closer to normal.
            double theta = fit.counts().shape().orElseThrow();
            double[] estimates = {beta[0], beta[1], Math.log(theta)};
            double[] variances = {covariance[0][0], covariance[1][1], error * error / theta / theta};
            for (int j = 0; j < 3; j++) {
                double expected = j == 2 ? Math.log(truth[2]) : truth[j];
                assertThat(estimates[j])
                        .as("parameter %s of seed %s", j, seed)
                        .isCloseTo(expected, within(4 * Math.sqrt(variances[j])));
                sum[j] += estimates[j] / seeds;
                variance[j] += variances[j] / seeds;
            }
        }
        for (int j = 0; j < 3; j++) {
            double expected = j == 2 ? Math.log(truth[2]) : truth[j];
            assertThat(sum[j]).as("mean of %s", j).isCloseTo(expected, within(3 * Math.sqrt(variance[j] / seeds)));
        }
    }

    /** Σ w θ/(θ + μ)(y − m)x = 0 and the derivative by θ is 0, by formulas of θ in place of the learner's of 1/θ. */
    @Property(tries = 25)
    void isAtItsMaximum(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TrainingData plain = simulated(random, 120, 0.6, 0.4, 0.8);
        double[] weights = new double[plain.rows()];
        Arrays.setAll(weights, i -> 1 + random.nextInt(3));
        TrainingData data = plain.withWeights(weights);
        Hurdle.Fitted fit = Hurdle.withDefaults().fit(data);
        if (fit.report().has(Condition.BOUNDARY)) {
            return;
        }
        double theta = fit.counts().shape().orElseThrow();
        double[] scores = new double[3];
        double size = 0;
        for (int i = 0; i < data.rows(); i++) {
            double y = data.target(i);
            if (y == 0) {
                continue;
            }
            double[] x = {data.features().value(i, 0)};
            double mu = Math.exp(fit.counts().linearPredictor(x));
            double none = Math.pow(theta / (theta + mu), theta);
            double along = data.weight(i) * theta / (theta + mu) * (y - mu / (1 - none));
            scores[0] += along;
            scores[1] += along * x[0];
            double byTheta = -y / (theta + mu) + (Math.log(theta / (theta + mu)) + mu / (theta + mu)) / (1 - none);
            for (int n = 0; n < y; n++) {
                byTheta += 1 / (theta + n);
            }
            scores[2] += data.weight(i) * theta * byTheta;
            size += data.weight(i) * (1 + y);
            assertThat(fit.counts().predict(x)).isCloseTo(mu / (1 - none), within(1e-9 * mu / (1 - none)));
        }
        for (double score : scores) {
            assertThat(score).isCloseTo(0, within(1e-9 * size));
        }
    }

    @Example
    void countsThatVaryLittleArePoisson() {
        SplittableRandom random = new SplittableRandom(8);
        double[] x = new double[300];
        double[] y = new double[300];
        for (int i = 0; i < 300; i++) {
            x[i] = random.nextGaussian();
            // Less than Poisson: 3 or 4, and sometimes none.
            y[i] = random.nextInt(4) == 0 ? 0 : 3 + random.nextInt(2);
        }
        Hurdle.Fitted fit = Hurdle.withDefaults().fit(data(x, y));
        assertThat(fit.counts().shape()).isEmpty();
        assertThat(fit.report().has(Condition.BOUNDARY)).isTrue();
        assertThat(fit.report().summary()).contains("zero-truncated Poisson");
        assertThat(fit.report().parameters()).doesNotContainKey("counts:(theta)");
        assertThat(fit.counts().covarianceTypes()).containsExactly(CovarianceType.MODEL);
        double score = 0;
        for (int i = 0; i < 300; i++) {
            if (y[i] > 0) {
                double mu = Math.exp(fit.counts().linearPredictor(new double[] {x[i]}));
                score += (y[i] - mu / (1 - Math.exp(-mu))) * x[i];
            }
        }
        assertThat(score).isCloseTo(0, within(1e-8));
    }

    /** Distributions of both kinds, added up from their probabilities: the quantile is where they reach what is asked for. */
    @Example
    void quantilesAreThoseOfTheDistribution() {
        SplittableRandom random = new SplittableRandom(4);
        for (double theta : new double[] {0.7, Double.POSITIVE_INFINITY}) {
            Hurdle.Fitted fit = Hurdle.withDefaults().fit(simulated(random, 800, 1.2, 0.5, theta));
            double shape = fit.counts().shape().orElse(Double.POSITIVE_INFINITY);
            for (double x = -2; x <= 2; x += 0.5) {
                double[] at = {x};
                double p = fit.whether().predict(at);
                double mu = Math.exp(fit.counts().linearPredictor(at));
                boolean poisson = shape == Double.POSITIVE_INFINITY;
                double probability = poisson ? Math.exp(-mu) : Math.pow(shape / (shape + mu), shape);
                double above = 1 - probability;
                double reached = 1 - p;
                double mean = 0;
                for (int y = 1; y < 400; y++) {
                    probability *= poisson ? mu / y : (shape + y - 1) / y * mu / (shape + mu);
                    double before = reached;
                    reached += p * probability / above;
                    mean += y * p * probability / above;
                    if (reached - before > 1e-6) {
                        assertThat(fit.quantile(at, before + (reached - before) / 2))
                                .as("%s at %s, shape %s", y, x, shape)
                                .isEqualTo(y);
                    }
                }
                assertThat(fit.predict(at)).isCloseTo(mean, within(1e-6 * mean));
                assertThat(fit.quantile(at, (1 - p) / 2)).isZero();
            }
        }
    }

    @Example
    void hardInputsAreFittedOrRefused() {
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        Hurdle.Fitted ones = Hurdle.withDefaults().fit(data(x, new double[] {0, 1, 0, 1, 1, 0, 1, 1}));
        assertThat(ones.report().has(Condition.BOUNDARY)).isTrue();
        assertThat(ones.counts().predict(new double[] {3})).isCloseTo(1, within(1e-6));
        assertThat(ones.counts().covarianceTypes()).isEmpty();

        double[] group = {0, 0, 0, 0, 1, 1, 1, 1};
        Hurdle.Fitted separated = Hurdle.withDefaults().fit(data(group, new double[] {3, 1, 9, 0, 1, 1, 0, 1}));
        assertThat(separated.report().summary()).contains("'x' runs to infinity");
        assertThat(separated.counts().predict(new double[] {1})).isCloseTo(1, within(1e-3));

        Hurdle.Fitted heavy = Hurdle.withDefaults().fit(data(x, new double[] {1, 1, 1, 40_000, 1, 0, 2, 50_000}));
        for (double probability : new double[] {1e-9, 0.5, 1 - 1e-9}) {
            assertThat(heavy.quantile(new double[] {4}, probability)).isFinite();
        }
        assertThat(heavy.predict(new double[] {1e9})).isFinite();
        assertThat(heavy.quantile(new double[] {1e9}, 0.999)).isFinite();
        assertThat(heavy.quantile(new double[] {-1e9}, 0.999)).isFinite();

        Hurdle.Fitted large = Hurdle.withDefaults()
                .fit(data(x, new double[] {99_000, 101_000, 100_500, 99_700, 100_100, 0, 100_900, 98_700}));
        assertThat(large.counts().predict(new double[] {4})).isCloseTo(100_000, within(2_000.0));
        assertThat(large.quantile(new double[] {4}, 0.999)).isBetween(99_000.0, 105_000.0);

        assertThatThrownBy(() -> Hurdle.withDefaults().fit(data(x, new double[8])))
                .isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Hurdle.withDefaults().fit(data(x, new double[] {1, 2, 0.5, 1, 1, 1, 1, 1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.5 in row 2");
        assertThatThrownBy(() -> Hurdle.withDefaults()
                        .fit(data(x, new double[] {1, 2, 0, 1, 1, 1, 1, 1}).withExposure(x)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("make the exposure a feature");
    }
}
