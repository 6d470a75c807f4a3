// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.EnumMap;
import java.util.Map;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.linear.LeastSquares;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood of a generalised linear model by iteratively reweighted least squares: Fisher's scoring, with steps that are halved
 * until the deviance does not grow. Where coefficients run off while the deviance stands still, it stops and names the feature.
 */
final class ReweightedLeastSquares {

    private static final int MAX_ITERATIONS = 200;
    private static final int MAX_HALVINGS = 40;
    private static final double NEGLIGIBLE_STEP = 1e-11;
    /** A linear predictor that still moves by so much while the deviance does not is on its way to infinity. */
    private static final double RUNNING = 1e-2;

    private static final double STANDING = 1e-9;
    /** Shorter swings end by themselves. */
    private static final double LARGE_SWING = 0.3;

    private final Family family;
    private final Design design;

    double[] beta;
    final double[] eta;
    final double[] mean;
    /** Of the linear predictor. */
    private final double[] lastStep;

    double deviance;
    int iterations;
    boolean converged;
    /** The coefficient that runs to infinity. */
    @Nullable
    String runaway;

    private @Nullable LeastSquares last;

    private ReweightedLeastSquares(Family family, Design design) {
        this.family = family;
        this.design = design;
        beta = new double[design.columns.length];
        eta = new double[design.rows];
        mean = new double[design.rows];
        lastStep = new double[design.rows];
    }

    static ReweightedLeastSquares fit(Family family, Design design, double @Nullable [] start, Execution execution) {
        ReweightedLeastSquares search = new ReweightedLeastSquares(family, design);
        search.begin(start);
        search.run(execution);
        return search;
    }

    private void begin(double @Nullable [] start) {
        if (start != null) {
            beta = start.clone();
            deviance = evaluate(beta);
            return;
        }
        double average = design.weightedMean(design.target);
        double[] predictor = new double[design.rows];
        for (int i = 0; i < predictor.length; i++) {
            predictor[i] = family.start(design.target[i], average);
            eta[i] = predictor[i];
            mean[i] = family.mean(predictor[i]);
        }
        deviance = Double.POSITIVE_INFINITY;
    }

    /** The deviance at some coefficients; linear predictor and mean are then those. */
    private double evaluate(double[] coefficients) {
        double sum = 0;
        for (int i = 0; i < eta.length; i++) {
            eta[i] = design.linear(coefficients, i) + design.offsets[i];
            mean[i] = family.mean(eta[i]);
            sum += design.weights[i] * family.lossAt(design.target[i], eta[i], mean[i]);
        }
        return sum;
    }

    private void run(Execution execution) {
        int still = 0;
        for (iterations = 0; iterations < MAX_ITERATIONS; iterations++) {
            execution.step("fitting " + design.model, iterations, 0);
            double[] before = eta.clone();
            double[] next = step();
            if (next == null) {
                runaway = design.names.get(independentOf());
                return;
            }
            boolean first = deviance == Double.POSITIVE_INFINITY;
            double[] old = beta;
            double reached = evaluate(next);
            double swing = first ? 0 : swing(before);
            if (swing > LARGE_SWING) {
                for (int j = 0; j < next.length; j++) {
                    next[j] = old[j] + (next[j] - old[j]) / (1 + swing);
                }
                reached = evaluate(next);
            }
            for (int halving = 0; !first && worse(reached) && halving < MAX_HALVINGS; halving++) {
                for (int j = 0; j < next.length; j++) {
                    next[j] = (next[j] + old[j]) / 2;
                }
                reached = evaluate(next);
            }
            if (!Double.isFinite(reached)) {
                throw new ModelException(
                        design.model
                                + ": the likelihood is not finite near the start; target or features are too large or too small");
            }
            double moved = 0;
            double size = 1;
            for (int i = 0; i < eta.length; i++) {
                lastStep[i] = eta[i] - before[i];
                moved = Math.max(moved, Math.abs(eta[i] - before[i]));
                size = Math.max(size, Math.abs(eta[i]));
            }
            boolean stands = !first && deviance - reached <= STANDING * (reached + 0.1 * design.total * STANDING);
            boolean vanishes = !first && reached <= STANDING * design.total;
            still = moved > RUNNING && (stands || vanishes) ? still + 1 : 0;
            if (still >= 3) {
                runaway = design.names.get(furthest(old, next));
                beta = next;
                deviance = reached;
                return;
            }
            beta = next;
            deviance = reached;
            if (!first && moved <= NEGLIGIBLE_STEP * size) {
                converged = true;
                iterations++;
                // The weights of the covariance are those of the last point.
                decompose();
                return;
            }
        }
        decompose();
    }

    /**
     * Where expected and observed information differ much, steps go to and fro about the optimum, each nearly as long as the last: it lies
     * between.
     *
     * @return how long this step is beside the last one, if it goes back; else 0
     */
    private double swing(double[] before) {
        double along = 0;
        double length = 0;
        double lastLength = 0;
        for (int i = 0; i < eta.length; i++) {
            double step = eta[i] - before[i];
            along += step * lastStep[i];
            length += step * step;
            lastLength += lastStep[i] * lastStep[i];
        }
        return along < 0 ? Math.sqrt(length / lastLength) : 0;
    }

    private boolean worse(double reached) {
        return !(reached <= deviance * (1 + 1e-12) + 1e-300);
    }

    /** The weight of a row: what it tells of the linear predictor. */
    private double[] information() {
        double[] weights = new double[mean.length];
        for (int i = 0; i < weights.length; i++) {
            double slope = family.slopeAt(eta[i], mean[i]);
            weights[i] = design.weights[i] * (slope / family.varianceAt(eta[i], mean[i]) * slope);
        }
        return weights;
    }

    private LeastSquares decompose() {
        last = new LeastSquares(design.weighted(information()));
        return last;
    }

    private double @Nullable [] step() {
        double[] weights = information();
        LeastSquares decomposition = decompose();
        if (decomposition.rank() < beta.length) {
            return null;
        }
        double[] working = new double[weights.length];
        for (int i = 0; i < working.length; i++) {
            double slope = family.slopeAt(eta[i], mean[i]);
            working[i] = Math.sqrt(weights[i]) * (eta[i] - design.offsets[i] + (design.target[i] - mean[i]) / slope);
        }
        double[] next = decomposition.solveOnce(working);
        for (double value : next) {
            if (!Double.isFinite(value)) {
                return null;
            }
        }
        return next;
    }

    private int independentOf() {
        LeastSquares decomposition = last;
        return decomposition == null || decomposition.rank() == beta.length ? 0 : decomposition.dependentColumn();
    }

    /** The coefficient whose change moves the rows most; that of the intercept is the one of their mean. */
    private int furthest(double[] from, double[] to) {
        int furthest = 0;
        double most = -1;
        double ofMean = 0;
        for (int j = 0; j < from.length; j++) {
            double step = to[j] - from[j];
            double middle = design.intercept ? design.weightedMean(design.columns[j]) : 0;
            ofMean += step * middle;
            double moved = Math.abs(step) * design.deviation(design.columns[j], middle);
            if (moved > most) {
                most = moved;
                furthest = j;
            }
        }
        return design.intercept && Math.abs(ofMean) > 10 * most ? 0 : furthest;
    }

    /** Pearson's estimate of the dispersion; 1 where the family has none. */
    double pearson() {
        double free = design.total - beta.length;
        if (!family.isDispersed() || !(free > 0)) {
            return 1;
        }
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            double difference = design.target[i] - mean[i];
            sum += design.weights[i] * (difference / family.varianceAt(eta[i], mean[i]) * difference);
        }
        return sum / free;
    }

    /** The covariances of the coefficients; none where a coefficient ran off. */
    Map<CovarianceType, double[][]> covariances(double dispersion) {
        LeastSquares decomposition = last;
        if (runaway != null || decomposition == null || decomposition.rank() < beta.length) {
            return new EnumMap<>(CovarianceType.class);
        }
        double[] leverages = decomposition.leverages();
        double[] scores = new double[mean.length];
        for (int i = 0; i < scores.length; i++) {
            leverages[i] /= design.weights[i];
            scores[i] =
                    (design.target[i] - mean[i]) / family.varianceAt(eta[i], mean[i]) * family.slopeAt(eta[i], mean[i]);
        }
        Map<CovarianceType, double[][]> covariances =
                Inference.covariances(design, decomposition.inverseGram(), dispersion, scores, leverages);
        return design.total > beta.length ? covariances : new EnumMap<>(CovarianceType.class);
    }

    /** The deviance of the model that knows the offsets and the intercept only. */
    static double nullDeviance(Family family, Design design, Execution execution) {
        if (!design.intercept) {
            double sum = 0;
            for (int i = 0; i < design.rows; i++) {
                double offset = design.offsets[i];
                sum += design.weights[i] * family.lossAt(design.target[i], offset, family.mean(offset));
            }
            return sum;
        }
        return fit(family, design.withoutFeatures(), null, execution).deviance;
    }
}
