// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.Interval;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.junit.jupiter.api.Test;

/** Limits, refusals and recoveries of regressions. */
class RegressionBehaviourTest {

    private static TrainingData data(double[] x, double[] y) {
        return TrainingData.of(FeatureTable.builder().column("x", x).build(), y);
    }

    private static final double[] X = {1, 2, 3, 4, 5, 6, 7, 8};

    @Test
    void aDependentColumnIsNamed() {
        FeatureTable table = FeatureTable.builder()
                .column("a", X)
                .column("b", new double[] {1, 0, 2, 0, 1, 3, 0, 1})
                .column("c", new double[] {3, 2, 7, 4, 7, 12, 7, 10})
                .build();
        TrainingData data = TrainingData.of(table, new double[] {1, 0, 1, 0, 1, 0, 1, 1});
        for (Learner learner : List.of(
                LinearRegression.withDefaults(),
                QuantileRegression.of(0.5),
                LogisticRegression.withDefaults(),
                GeneralisedLinearModel.poisson())) {
            assertThatThrownBy(() -> learner.fit(data))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("column '")
                    .hasMessageContaining("linear combination");
        }
        assertThat(RidgeRegression.of(0.1).fit(data).predict(new double[] {1, 1, 1}))
                .isFinite();
        assertThat(ElasticNet.of(0.1, 0.5).fit(data).predict(new double[] {1, 1, 1}))
                .isFinite();
    }

    @Test
    void separationIsSeen() {
        LogisticRegression.Fitted fit =
                LogisticRegression.withDefaults().fit(data(X, new double[] {0, 0, 0, 0, 1, 1, 1, 1}));
        assertThat(fit.report().has(Condition.BOUNDARY)).isTrue();
        assertThat(fit.report().summary()).contains("'x' runs to infinity");
        assertThat(fit.covarianceTypes()).isEmpty();
        assertThat(fit.predict(new double[] {8})).isGreaterThan(0.999).isLessThan(1);
        assertThat(fit.predict(new double[] {1})).isLessThan(0.001).isGreaterThan(0);
        assertThatThrownBy(() -> fit.covariance(CovarianceType.HC3)).isInstanceOf(ModelException.class);

        double[] group = {0, 0, 0, 0, 1, 1, 1, 1};
        for (Learner learner : List.of(
                GeneralisedLinearModel.poisson(),
                GeneralisedLinearModel.negativeBinomial(2),
                GeneralisedLinearModel.negativeBinomial(),
                GeneralisedLinearModel.tweedie(1.5))) {
            var zeros = learner.fit(data(group, new double[] {3, 1, 0, 9, 0, 0, 0, 0}));
            assertThat(zeros.report().has(Condition.BOUNDARY))
                    .as(learner.name())
                    .isTrue();
            assertThat(zeros.predict(new double[] {1})).isLessThan(1e-4);
            assertThat(zeros.predict(new double[] {0})).isCloseTo(3.25, within(1e-3));
        }
    }

    @Test
    void oneSidedTargetsOfLogisticRegression() {
        for (double all : new double[] {0, 1}) {
            double[] y = new double[8];
            Arrays.fill(y, all);
            LogisticRegression.Fitted fit = LogisticRegression.withDefaults().fit(data(X, y));
            assertThat(fit.report().has(Condition.BOUNDARY)).isTrue();
            assertThat(fit.predict(new double[] {3})).isCloseTo(all, within(1e-6));
        }
    }

    /** Where targets are amounts the estimates are those of the pseudo-likelihood: residuals are orthogonal to the columns. */
    @Test
    void amountsOfPoissonHaveAPseudoLikelihood() {
        double[] y = {10.5, 0, 3.25, 7.5, 12.25, 0, 20.75, 31.5};
        GeneralisedLinearModel.Fitted fit = GeneralisedLinearModel.poisson().fit(data(X, y));
        double level = 0;
        double slope = 0;
        for (int i = 0; i < y.length; i++) {
            double residual = y[i] - fit.predict(new double[] {X[i]});
            level += residual;
            slope += residual * X[i];
        }
        assertThat(level).isCloseTo(0, within(1e-8));
        assertThat(slope).isCloseTo(0, within(1e-8));
        assertThat(fit.report().logLikelihood()).isEmpty();
        assertThat(fit.report().provenance().get("likelihood")).contains("pseudo-likelihood");
        double[] counts = {10, 0, 3, 7, 12, 0, 20, 31};
        assertThat(GeneralisedLinearModel.poisson()
                        .fit(data(X, counts))
                        .report()
                        .logLikelihood())
                .isPresent();
    }

    @Test
    void badTargetsAreRefusedByTheirRow() {
        assertThatThrownBy(() ->
                        GeneralisedLinearModel.negativeBinomial().fit(data(X, new double[] {1, 2, 1.5, 0, 1, 1, 1, 1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole number")
                .hasMessageContaining("1.5 in row 2");
        assertThatThrownBy(() -> GeneralisedLinearModel.gamma().fit(data(X, new double[] {1, 2, 1.5, 0, 1, 1, 1, 1})))
                .hasMessageContaining("above 0, but was 0.0 in row 3");
        assertThatThrownBy(() -> TwoPart.gamma().fit(data(X, new double[] {1, 2, -1, 0, 1, 1, 1, 1})))
                .hasMessageContaining("-1.0 in row 2");
        assertThatThrownBy(() -> GeneralisedLinearModel.poisson().fit(data(X, new double[8])))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all targets are 0");
        assertThatThrownBy(() -> TwoPart.gamma().fit(data(X, X).withOffsets(X))).hasMessageContaining("offsets");
        assertThatThrownBy(() -> LinearRegression.withDefaults().fit(data(new double[] {1}, new double[] {1})))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("at least as many rows");
        FeatureTable holes = FeatureTable.builder()
                .allowingMissing()
                .column("x", new double[] {1, Double.NaN, 3})
                .build();
        assertThatThrownBy(() -> LinearRegression.withDefaults().fit(TrainingData.of(holes, new double[3])))
                .hasMessageContaining("feature 'x'")
                .hasMessageContaining("row 1");
    }

    @Test
    void overflowIsRefusedOrHeld() {
        LinearRegression.Fitted line =
                LinearRegression.withDefaults().fit(data(X, new double[] {3, 5, 7, 9, 11, 13, 15, 18}));
        assertThatThrownBy(() -> line.predict(new double[] {1e308})).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> line.predict(new double[] {Double.NaN})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> line.predict(new double[] {1, 2})).isInstanceOf(IllegalArgumentException.class);
        GeneralisedLinearModel.Fitted gamma =
                GeneralisedLinearModel.gamma().fit(data(X, new double[] {1, 3, 6, 20, 40, 100, 210, 500}));
        assertThat(gamma.predict(new double[] {1e6})).isEqualTo(Math.exp(300));
        assertThat(gamma.predict(new double[] {-1e6})).isEqualTo(Math.exp(-300));
    }

    @Test
    void anExactFitHasNoErrors() {
        LinearRegression.Fitted two =
                LinearRegression.withDefaults().fit(data(new double[] {1, 2}, new double[] {5, 7}));
        assertThat(two.predict(new double[] {3})).isCloseTo(9, within(1e-12));
        assertThat(two.covarianceTypes()).isEmpty();
        assertThatThrownBy(() -> two.predictionInterval(new double[] {3}, 0.9)).isInstanceOf(ModelException.class);
        assertThat(two.report().has(Condition.WEAKLY_IDENTIFIED)).isTrue();
    }

    /** The textbook's intervals: x̄ = 4.5, Σ(x − x̄)² = 42, t of 6 degrees of freedom at 97.5 % = 2.446911851144969. */
    @Test
    void intervalsOfALine() {
        LinearRegression.Fitted fit =
                LinearRegression.withDefaults().fit(data(X, new double[] {2, 3, 5, 4, 7, 6, 9, 8}));
        double[] at = {10};
        double own = 1.0 / 8 + (10 - 4.5) * (10 - 4.5) / 42;
        assertThat(fit.leverage(at)).isCloseTo(own, within(1e-13));
        Interval mean = fit.confidenceInterval(at, 0.95);
        Interval next = fit.predictionInterval(at, 0.95);
        double t = 2.446911851144969;
        assertThat(mean.upper() - mean.lower()).isCloseTo(2 * t * fit.sigma() * Math.sqrt(own), within(1e-9));
        assertThat(next.upper() - next.lower()).isCloseTo(2 * t * fit.sigma() * Math.sqrt(1 + own), within(1e-9));
        assertThat(fit.quantile(at, 0.975)).isCloseTo(next.upper(), within(1e-9));
    }

    /** A sum of Poisson many gamma amounts, added term by term with the densities of another library. */
    @Test
    void tweedieIsACompoundPoissonDistribution() {
        for (double power : new double[] {1.05, 1.3, 1.7, 1.95}) {
            for (double y : new double[] {0, 0.01, 0.7, 5, 40}) {
                double mean = 3;
                double phi = 0.8;
                double rate = Math.pow(mean, 2 - power) / (phi * (2 - power));
                double shape = (2 - power) / (power - 1);
                double scale = phi * (power - 1) * Math.pow(mean, power - 1);
                double density = 0;
                PoissonDistribution count = PoissonDistribution.of(rate);
                for (int j = 1; j < 400; j++) {
                    density += count.probability(j)
                            * GammaDistribution.of(shape * j, scale).density(y);
                }
                double expected = y == 0 ? -rate : Math.log(density);
                assertThat(Family.Tweedie.logLikelihood(y, mean, phi, power))
                        .as("power %s at %s", power, y)
                        .isCloseTo(expected, within(1e-10 * (1 + Math.abs(expected))));
            }
        }
    }

    @Test
    void tweedieFindsItsPower() {
        SplittableRandom random = new SplittableRandom(5);
        int rows = 2000;
        double[] x = new double[rows];
        double[] y = new double[rows];
        double power = 1.6;
        double phi = 1.5;
        for (int i = 0; i < rows; i++) {
            x[i] = random.nextGaussian();
            double mean = Math.exp(1 + 0.5 * x[i]);
            double rate = Math.pow(mean, 2 - power) / (phi * (2 - power));
            double scale = phi * (power - 1) * Math.pow(mean, power - 1);
            int count = PoissonDistribution.of(rate).inverseCumulativeProbability(random.nextDouble());
            y[i] = count == 0
                    ? 0
                    : GammaDistribution.of((2 - power) / (power - 1) * count, scale)
                            .inverseCumulativeProbability(random.nextDouble());
        }
        GeneralisedLinearModel.Fitted fit = GeneralisedLinearModel.tweedie().fit(data(x, y));
        assertThat(fit.power().orElseThrow()).isCloseTo(power, within(0.05));
        assertThat(fit.dispersion()).isCloseTo(phi, within(0.15));
        var slope = fit.coefficients(CovarianceType.MODEL, 0.99).get(1);
        assertThat(slope.interval().lower()).isLessThan(0.5);
        assertThat(slope.interval().upper()).isGreaterThan(0.5);
    }

    /** Over 25 samples no estimate is further than 4 standard errors from the truth, and their means are within 3 of their own. */
    @Test
    void zeroInflatedLogNormalRecoversItsParameters() {
        double[] truth = {-0.5, 0.8, 2, 0.4, 0.9};
        int seeds = 25;
        int rows = 1500;
        double[] sum = new double[5];
        double[] squares = new double[5];
        for (int seed = 0; seed < seeds; seed++) {
            SplittableRandom random = new SplittableRandom(1000 + seed);
            double[] x = new double[rows];
            double[] y = new double[rows];
            for (int i = 0; i < rows; i++) {
                x[i] = random.nextGaussian();
                boolean any = random.nextDouble() < 1 / (1 + Math.exp(-truth[0] - truth[1] * x[i]));
                y[i] = any ? Math.exp(truth[2] + truth[3] * x[i] + truth[4] * random.nextGaussian()) : 0;
            }
            ZeroInflatedLogNormal.Fitted fit =
                    ZeroInflatedLogNormal.withDefaults().fit(data(x, y));
            double[] p = fit.whether().estimates();
            double[] mu = fit.logarithms().estimates();
            double[] estimates = {p[0], p[1], mu[0], mu[1], fit.sigma()};
            double[][] cp = fit.whether().covariance(CovarianceType.MODEL);
            double[][] cm = fit.logarithms().covariance(CovarianceType.MODEL);
            double positive = Arrays.stream(y).filter(amount -> amount > 0).count();
            double[] variances = {cp[0][0], cp[1][1], cm[0][0], cm[1][1], truth[4] * truth[4] / (2 * positive)};
            for (int j = 0; j < 5; j++) {
                assertThat(estimates[j])
                        .as("parameter %s of seed %s", j, seed)
                        .isCloseTo(truth[j], within(4 * Math.sqrt(variances[j])));
                sum[j] += estimates[j] / seeds;
                squares[j] += variances[j] / seeds;
            }
            double[] at = {0.3};
            double mean = fit.predict(at);
            assertThat(mean)
                    .isCloseTo(
                            fit.whether().predict(at)
                                    * Math.exp(fit.logarithms().predict(at) + fit.sigma() * fit.sigma() / 2),
                            within(1e-12 * mean));
            assertThat(fit.quantile(at, 0.01)).isZero();
            double median = Math.exp(fit.logarithms().predict(at));
            assertThat(fit.quantile(at, 1 - fit.whether().predict(at) / 2)).isCloseTo(median, within(1e-9 * median));
        }
        for (int j = 0; j < 5; j++) {
            assertThat(sum[j])
                    .as("mean of parameter %s", j)
                    .isCloseTo(truth[j], within(3 * Math.sqrt(squares[j] / seeds)));
        }
    }

    @Test
    void aCapOfSigmaIsTold() {
        TrainingData wild = data(X, new double[] {0, 1e-6, 1e6, 0, 1e-7, 1e8, 3, 1e-9});
        ZeroInflatedLogNormal.Fitted fit = ZeroInflatedLogNormal.withDefaults().fit(wild);
        assertThat(fit.sigma()).isEqualTo(3);
        assertThat(fit.report().has(Condition.BOUNDARY)).isTrue();
    }

    @Test
    void crossValidationIsDeterministicAndLeavesNoiseOut() {
        SplittableRandom random = new SplittableRandom(3);
        FeatureTable.Builder table = FeatureTable.builder();
        double[] y = new double[200];
        for (int j = 0; j < 12; j++) {
            double[] column = new double[200];
            for (int i = 0; i < 200; i++) {
                column[i] = random.nextGaussian();
                y[i] += j < 2 ? (3 - j) * column[i] : 0;
            }
            table.column("x" + j, column);
        }
        for (int i = 0; i < 200; i++) {
            y[i] += random.nextGaussian();
        }
        TrainingData data = TrainingData.of(table.build(), y);
        ElasticNet.Fitted fit = ElasticNet.crossValidated(1, 10, 7).fit(data);
        ElasticNet.Fitted again = ElasticNet.crossValidated(1, 10, 7).fit(data);
        assertThat(again.report().summary()).isEqualTo(fit.report().summary());
        assertThat(fit.coefficient("x0")).isCloseTo(3, within(0.3));
        assertThat(fit.coefficient("x1")).isCloseTo(2, within(0.3));
        assertThat(fit.featureNames().stream()
                        .filter(name -> fit.coefficient(name) == 0)
                        .count())
                .isGreaterThan(1);
        assertThat(fit.penalty()).isGreaterThan(1e-3).isLessThan(0.5);
    }

    @Test
    void quantilesDoNotCross() {
        SplittableRandom random = new SplittableRandom(11);
        double[] x = new double[60];
        double[] y = new double[60];
        for (int i = 0; i < 60; i++) {
            x[i] = random.nextDouble();
            y[i] = x[i] + (1 + x[i]) * random.nextGaussian();
        }
        QuantileRegression.Fitted fit = QuantileRegression.of(0.5)
                .withQuantiles(List.of(0.1, 0.2, 0.3, 0.7, 0.9))
                .fit(data(x, y));
        for (double at = -5; at < 6; at += 0.5) {
            double before = Double.NEGATIVE_INFINITY;
            for (double p = 0.1; p <= 0.9; p += 0.05) {
                double quantile = fit.quantile(new double[] {at}, p);
                assertThat(quantile).isGreaterThanOrEqualTo(before);
                before = quantile;
            }
        }
        assertThatThrownBy(() -> fit.quantile(new double[] {1}, 0.95)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A customer base has many ties: of 3,000 rows most targets are 0, and features are small whole numbers. */
    @Test
    void manyTiesDoNotStopTheSimplexMethod() {
        SplittableRandom random = new SplittableRandom(17);
        int rows = 3000;
        double[] a = new double[rows];
        double[] b = new double[rows];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            a[i] = random.nextInt(5);
            b[i] = random.nextInt(3);
            y[i] = Math.max(0, random.nextInt(7) - 4) * (1 + a[i]);
        }
        TrainingData data = TrainingData.of(
                FeatureTable.builder().column("a", a).column("b", b).build(), y);
        for (double p : new double[] {0.05, 0.5, 0.8, 0.95, 0.99}) {
            assertThat(QuantileRegression.of(p).fit(data).report().converged())
                    .as("at %s", p)
                    .isTrue();
        }
    }
}
