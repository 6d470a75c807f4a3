// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Locale;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.models.inference.LikelihoodRatioTest;

/** The test of the covariates of a fit against the fit without. */
public final class CovariateTest {

    /** A loss of the whole log-likelihood that is rounding. */
    private static final double NOTHING = 1e-6;

    private CovariateTest() {}

    /**
     * Adds to a report what its covariates are worth.
     *
     * @param report the fit with covariates
     * @param without the fit without
     * @param penalty the penalty of the effects; with one there is no test
     * @return the report, with the test in its provenance where there is one
     */
    public static FitReport added(FitReport report, FitReport without, double penalty) {
        boolean comparable = penalty == 0 && report.converged() && without.converged();
        // A maximum with effects is never below the one without; one that is lies elsewhere, and tests nothing.
        if (!comparable
                || report.logLikelihood().orElseThrow()
                        < without.logLikelihood().orElseThrow() - NOTHING) {
            return report;
        }
        LikelihoodRatioTest test = LikelihoodRatioTest.of(without, report);
        return report.withProvenance(
                Covariates.TEST,
                String.format(
                        Locale.ROOT,
                        "likelihood ratio %.3f on %d degrees of freedom, p = %.3g",
                        test.statistic(),
                        test.degreesOfFreedom(),
                        test.pValue()));
    }
}
