// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.inference;

import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.clv4j.core.model.FitReport;

/**
 * The likelihood-ratio test of a model against one that it is a special case of, fitted to the same customers: 2(ln L − ln L₀), which
 * under the restriction is χ² with as many degrees of freedom as the restriction takes away.
 *
 * <p>That law holds where the restriction lies inside the larger model's domain. NBD is Pareto/NBD with a dropout rate of 0, at the edge:
 * there the true p-value is smaller than the one given here, so that the test rejects too seldom, never too often.
 *
 * @param statistic 2(ln L − ln L₀), at least 0
 * @param degreesOfFreedom how many estimated parameters the larger model has more, at least 1
 * @param pValue the probability of a statistic at least as large under the restriction, in [0, 1]
 */
public record LikelihoodRatioTest(double statistic, int degreesOfFreedom, double pValue) {

    /** The larger model's log-likelihood may be below by this, relatively, where both describe the data alike. */
    private static final double ROUNDING = 1e-9;

    /**
     * Creates a result.
     *
     * @param statistic 2(ln L − ln L₀), at least 0
     * @param degreesOfFreedom how many estimated parameters the larger model has more, at least 1
     * @param pValue the probability of a statistic at least as large under the restriction, in [0, 1]
     */
    public LikelihoodRatioTest {
        if (!(statistic >= 0 && statistic < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`statistic` must be finite and at least 0, but was " + statistic);
        }
        if (degreesOfFreedom < 1) {
            throw new IllegalArgumentException("`degreesOfFreedom` must be at least 1, but was " + degreesOfFreedom);
        }
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("`pValue` must be in [0, 1], but was " + pValue);
        }
    }

    /**
     * Compares two fits.
     *
     * @param restricted the fit of the smaller model
     * @param full the fit of the larger model, of which the smaller one is a special case; that is for the caller to know
     * @return the test
     * @throws IllegalArgumentException if the fits are not of as many customers, one has no likelihood or did not converge, the larger model
     *     has not more parameters, or the smaller one fits better, which no special case does
     */
    public static LikelihoodRatioTest of(FitReport restricted, FitReport full) {
        double larger = logLikelihood(full);
        double smaller = logLikelihood(restricted);
        if (restricted.customers() != full.customers()) {
            throw new IllegalArgumentException("both fits must be of the same customers, but " + restricted.model()
                    + " saw " + restricted.customers() + " and " + full.model() + " " + full.customers());
        }
        int degrees = full.estimatedParameters() - restricted.estimatedParameters();
        if (degrees < 1) {
            throw new IllegalArgumentException(
                    "`full` must have more parameters than `restricted`, but " + full.model() + " has "
                            + full.estimatedParameters() + " and " + restricted.model() + " "
                            + restricted.estimatedParameters());
        }
        double statistic = 2 * (larger - smaller);
        if (statistic < -ROUNDING * Math.abs(larger)) {
            throw new IllegalArgumentException(restricted.model() + " cannot be a special case of " + full.model()
                    + ", because it fits better: its log-likelihood is " + smaller + ", not at most " + larger);
        }
        double notBelow = Math.max(0, statistic);
        return new LikelihoodRatioTest(notBelow, degrees, RegularizedGamma.Q.value(degrees / 2.0, notBelow / 2));
    }

    private static double logLikelihood(FitReport report) {
        if (!report.converged()) {
            throw new IllegalArgumentException(
                    "the fit of " + report.model() + " did not converge; its likelihood tells nothing");
        }
        return report.logLikelihood()
                .orElseThrow(() -> new IllegalArgumentException(report.model() + " has no likelihood"));
    }
}
