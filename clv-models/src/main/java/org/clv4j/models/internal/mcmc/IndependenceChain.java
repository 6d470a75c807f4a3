// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import org.clv4j.models.internal.kernel.Sampling;

/**
 * A Metropolis–Hastings chain for a few parameters whose density is dear. Most proposals are from an approximation of the posterior, whatever
 * the place of the chain, so that neighbouring draws are hardly correlated where the approximation is good. The others are steps of a random
 * walk, which do not need it to be.
 *
 * <p>While it is adapting the chain learns the centre and the covariance of the approximation from its own draws, beginning with those it was
 * given, and the size of the steps.
 */
public final class IndependenceChain implements MarkovChain {

    private static final double WALKS = 0.25;
    private static final double GOAL = 0.25;
    /** Chains begin farther from the centre than the posterior is wide, so that R̂ has something to tell. */
    private static final double APART = 2;
    /** So many draws the given approximation is worth. */
    private static final double GIVEN = 50;

    private static final int RENEWED_EVERY = 25;

    private final LogDensity density;
    private final Sampling random;
    private Approximation approximation;
    private double[] point;
    private double log;

    private double logStep;
    private int walked;
    private final double[] mean;
    private final double[][] moments;
    private double learnt = GIVEN;

    /**
     * Creates a chain.
     *
     * @param density the posterior
     * @param centre a point in the middle of it
     * @param covariance its covariance, about
     * @param random the draws of this chain
     */
    public IndependenceChain(LogDensity density, double[] centre, double[][] covariance, Sampling random) {
        this.density = density;
        this.random = random;
        int size = centre.length;
        approximation = Approximation.of(centre, covariance);
        logStep = Math.log(2.4 / Math.sqrt(size));
        mean = centre.clone();
        moments = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                moments[i][j] = GIVEN * covariance[i][j];
            }
        }
        point = approximation.draw(APART, random);
        log = density.at(point);
        for (int tries = 0; !(log > Double.NEGATIVE_INFINITY) && tries < 100; tries++) {
            point = approximation.draw(APART, random);
            log = density.at(point);
        }
        if (!(log > Double.NEGATIVE_INFINITY)) {
            point = centre.clone();
            log = density.at(point);
        }
    }

    @Override
    public void sweep(boolean adapting) {
        boolean walk = random.uniform() < WALKS;
        double[] to = walk ? approximation.step(point, Math.exp(logStep), random) : approximation.draw(1, random);
        double there = density.at(to);
        double gain = there - log;
        if (!walk) {
            gain += approximation.log(point) - approximation.log(to);
        }
        // Written so that NaN is refused.
        if (gain > -random.exponential()) {
            point = to;
            log = there;
        }
        if (adapting) {
            learn(walk, gain >= 0 ? 1 : gain < 0 ? Math.exp(gain) : 0);
        }
    }

    private void learn(boolean walk, double accepted) {
        if (walk) {
            walked++;
            logStep += 2 * (accepted - GOAL) / Math.sqrt(walked);
        }
        learnt++;
        double[] distance = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            distance[i] = point[i] - mean[i];
            mean[i] += distance[i] / learnt;
        }
        for (int i = 0; i < mean.length; i++) {
            for (int j = 0; j <= i; j++) {
                moments[i][j] += distance[i] * (point[j] - mean[j]);
                moments[j][i] = moments[i][j];
            }
        }
        if (Math.round(learnt - GIVEN) % RENEWED_EVERY == 0) {
            double[][] covariance = new double[mean.length][mean.length];
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j < mean.length; j++) {
                    covariance[i][j] = moments[i][j] / learnt;
                }
            }
            approximation = Approximation.of(mean, covariance);
        }
    }

    @Override
    public void parameters(double[] out) {
        System.arraycopy(point, 0, out, 0, point.length);
    }
}
