// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.List;
import java.util.Set;
import org.clv4j.core.model.ModelException;

/** A fitted learner with coefficients of which something can be inferred. */
public interface CoefficientInference extends FittedLearner {

    /**
     * Returns the names of the coefficients.
     *
     * @return the names in their order; {@code (intercept)} first if there is one
     */
    List<String> coefficientNames();

    /**
     * Returns the estimates.
     *
     * @return the estimates in the order of the names, in a fresh array
     */
    double[] estimates();

    /**
     * Returns the covariances that the learner knows.
     *
     * @return the types; empty if the fit ran to a boundary, where no covariance means anything
     */
    Set<CovarianceType> covarianceTypes();

    /**
     * Returns the covariance of the estimates.
     *
     * @param type what it takes for granted
     * @return a fresh matrix in the order of the names
     * @throws ModelException if the fit does not have it
     */
    double[][] covariance(CovarianceType type);

    /**
     * Returns the coefficients with standard errors, tests and intervals. Where the family has a dispersion that was estimated the
     * statistics are compared with Student's t, and with the normal distribution elsewhere.
     *
     * @param type what the standard errors take for granted
     * @param confidence the confidence of the intervals, in (0, 1)
     * @return the coefficients in their order
     * @throws IllegalArgumentException if the confidence is out of range
     * @throws ModelException if the fit does not have that covariance
     */
    List<Coefficient> coefficients(CovarianceType type, double confidence);
}
