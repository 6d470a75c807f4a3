// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood of counts above 0: for a given α by Fisher's scoring, and α where the derivative of what is left vanishes. The search
 * goes over ln(1 + α), which is a scale both for α near 0, where the likelihood is smooth, and for large ones.
 */
final class TruncatedCounts {

    /** The same as the least θ of a negative binomial regression, 10⁻⁶. */
    private static final double WIDEST = Math.log1p(1e6);

    private static final double FIRST_STEP = 0.25;
    private static final double NEGLIGIBLE = 1e-13;
    private static final int MAX_STEPS = 200;
    private static final double DIFFERENCE = 1e-5;

    private final Design design;
    private final Execution execution;
    private final int largest;

    private TruncatedCounts(Design design, Execution execution) {
        this.design = design;
        this.execution = execution;
        largest = (int) Arrays.stream(design.target).max().orElse(1);
    }

    static Hurdle.Counts fit(Design design, Execution execution) {
        return new TruncatedCounts(design, execution).run();
    }

    /** The best coefficients at an α, and how the likelihood grows with ln(1 + α). */
    private final class Profile {
        private final double phi;
        private final ZeroTruncated family;
        private final ReweightedLeastSquares fit;
        private final double score;
        private int evaluations;

        Profile(double phi, @Nullable Profile near) {
            this.phi = phi;
            family = new ZeroTruncated(Math.expm1(phi), largest);
            double[] start = near == null || near.fit.runaway != null ? null : near.fit.beta;
            fit = ReweightedLeastSquares.fit(family, design, start, execution);
            score = score(family, fit.eta);
            evaluations = fit.iterations + (near == null ? 0 : near.evaluations);
        }
    }

    private double score(ZeroTruncated family, double[] eta) {
        double sum = 0;
        for (int i = 0; i < eta.length; i++) {
            sum += design.weights[i] * family.score(design.target[i], eta[i]);
        }
        return sum * (1 + family.alpha());
    }

    private Hurdle.Counts run() {
        Collinearity collinearity = Collinearity.of(design, design.independent());
        Profile poisson = new Profile(0, null);
        // Ones alone say nothing of how counts vary.
        if (largest == 1 || !(poisson.score > 1e-9 * design.total)) {
            return fitted(
                    poisson,
                    collinearity,
                    new FitWarning(
                            Condition.BOUNDARY,
                            "the counts above 0 vary no more than those of a zero-truncated Poisson distribution, which takes"
                                    + " the place of the negative binomial"));
        }
        Profile low = poisson;
        Profile high = new Profile(FIRST_STEP, poisson);
        while (high.score > 0 && high.phi < WIDEST) {
            low = high;
            high = new Profile(Math.min(WIDEST, 2 * high.phi), low);
        }
        if (high.score > 0) {
            return fitted(
                    high,
                    collinearity,
                    new FitWarning(
                            Condition.BOUNDARY,
                            "(theta) ran to the edge of its domain and is held at " + (float) (1 / high.family.alpha())
                                    + "; intercept and (theta) cannot be told apart"));
        }
        return fitted(root(low, high), collinearity, null);
    }

    /** Where the score vanishes between two points, by the Illinois variant of false position. */
    private Profile root(Profile from, Profile to) {
        Profile low = from;
        Profile high = to;
        double lowScore = low.score;
        double highScore = high.score;
        boolean wasBelow = false;
        Profile best = Math.abs(lowScore) < Math.abs(highScore) ? low : high;
        for (int step = 0; step < MAX_STEPS; step++) {
            double phi = (low.phi * highScore - high.phi * lowScore) / (highScore - lowScore);
            if (!(phi > low.phi && phi < high.phi)) {
                phi = low.phi + (high.phi - low.phi) / 2;
            }
            if (!(phi > low.phi && phi < high.phi)) {
                break;
            }
            Profile next = new Profile(phi, best);
            boolean near = Math.abs(next.phi - best.phi) <= NEGLIGIBLE * (1 + phi);
            best = next;
            if (near || next.score == 0) {
                break;
            }
            boolean below = next.score > 0;
            if (below) {
                low = next;
                lowScore = next.score;
                highScore = step > 0 && wasBelow ? highScore / 2 : highScore;
            } else {
                high = next;
                highScore = next.score;
                lowScore = step > 0 && !wasBelow ? lowScore / 2 : lowScore;
            }
            wasBelow = below;
        }
        return best;
    }

    private Hurdle.Counts fitted(Profile at, Collinearity collinearity, @Nullable FitWarning boundary) {
        double alpha = at.family.alpha();
        double logLikelihood = 0;
        for (int i = 0; i < design.rows; i++) {
            logLikelihood += design.weights[i] * at.family.logLikelihood(design.target[i], at.fit.eta[i]);
        }
        Map<String, Double> besides = new LinkedHashMap<>();
        Map<String, Double> errors = new LinkedHashMap<>();
        if (alpha > 0) {
            besides.put("(theta)", 1 / alpha);
        }
        Map<CovarianceType, double[][]> covariances = new EnumMap<>(CovarianceType.class);
        boolean regular = at.fit.runaway == null && (boundary == null || alpha == 0);
        double[][] covariance = regular && design.total > at.fit.beta.length ? covariance(at) : null;
        if (covariance != null) {
            int k = at.fit.beta.length;
            double[][] ofBeta = new double[k][];
            Arrays.setAll(ofBeta, i -> Arrays.copyOf(covariance[i], k));
            covariances.put(CovarianceType.MODEL, ofBeta);
            if (alpha > 0 && covariance[k][k] > 0) {
                // θ = 1/α, and dα = (1 + α) d ln(1 + α).
                errors.put("(theta)", Math.sqrt(covariance[k][k]) * (1 + alpha) / alpha / alpha);
            }
        }
        Inference inference = Inference.of(design.names, at.fit.beta, covariances, Double.POSITIVE_INFINITY);
        FitReport.Builder report = FittedGlm.report(
                        design,
                        at.fit,
                        inference,
                        besides,
                        errors,
                        boundary == null ? List.of() : List.of(boundary),
                        collinearity)
                .evaluations(at.evaluations);
        if (Double.isFinite(logLikelihood)) {
            report.logLikelihood(logLikelihood);
        }
        return new Hurdle.Counts(report.build(), design.features, inference, alpha, collinearity);
    }

    /** The inverse of the observed information of the coefficients and, where there is an α, ln(1 + α). */
    private double @Nullable [][] covariance(Profile at) {
        int k = at.fit.beta.length;
        int n = at.phi > 0 ? k + 1 : k;
        double[][] information = new double[n][n];
        double h = Math.min(DIFFERENCE, at.phi / 2);
        ZeroTruncated above = at.phi > 0 ? new ZeroTruncated(Math.expm1(at.phi + h), largest) : at.family;
        ZeroTruncated below = at.phi > 0 ? new ZeroTruncated(Math.expm1(at.phi - h), largest) : at.family;
        for (int row = 0; row < design.rows; row++) {
            double y = design.target[row];
            double eta = at.fit.eta[row];
            double curvature = design.weights[row] * at.family.curvature(y, eta);
            double cross = n == k ? 0 : design.weights[row] * (slope(below, y, eta) - slope(above, y, eta)) / (2 * h);
            for (int i = 0; i < k; i++) {
                double x = design.columns[i][row];
                for (int j = 0; j <= i; j++) {
                    information[i][j] += curvature * x * design.columns[j][row];
                }
                if (n > k) {
                    information[k][i] += cross * x;
                }
            }
        }
        if (n > k) {
            information[k][k] = (score(below, at.fit.eta) - score(above, at.fit.eta)) / (2 * h);
        }
        return inverse(information);
    }

    /** The derivative of the log-likelihood of a row by its linear predictor. */
    private static double slope(ZeroTruncated family, double y, double eta) {
        double mean = family.mean(eta);
        return (y - mean) / (1 + family.alpha() * Math.exp(eta));
    }

    /** The inverse of a matrix of which the lower half is known; none if it is not positive definite. */
    private static double @Nullable [][] inverse(double[][] lower) {
        int n = lower.length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = Math.sqrt(lower[i][i]);
            if (!(scale[i] > 0 && scale[i] < Double.POSITIVE_INFINITY)) {
                return null;
            }
        }
        double[][] scaled = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                scaled[i][j] = lower[i][j] / scale[i] / scale[j];
                scaled[j][i] = scaled[i][j];
            }
        }
        try {
            double[][] inverse = new CholeskyDecomposition(new Array2DRowRealMatrix(scaled, false))
                    .getSolver()
                    .getInverse()
                    .getData();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    inverse[i][j] = inverse[i][j] / scale[i] / scale[j];
                }
            }
            return inverse;
        } catch (NonPositiveDefiniteMatrixException e) {
            return null;
        }
    }
}
