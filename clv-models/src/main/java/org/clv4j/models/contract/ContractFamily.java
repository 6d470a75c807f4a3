// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.List;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;
import org.clv4j.models.internal.kernel.RetentionLikelihood.Lifetimes;

/**
 * What the fit has to know of a model.
 *
 * @param name the model's name
 * @param parameters its positive parameters
 * @param sized the parameter that is as large as lifetimes are long
 * @param links what covariates can act on
 * @param lifetimes how parameters become a lifetime
 * @param starts where to start
 */
record ContractFamily(
        String name,
        List<ParameterDomain> parameters,
        int sized,
        List<Link> links,
        Lifetimes lifetimes,
        Starts starts) {

    /**
     * What a covariate can act on.
     *
     * @param process its name, as {@code leaving}
     * @param meaning it in words
     * @param target the parameter whose logarithm an effect moves, and in which direction
     */
    record Link(String process, String meaning, Target target) {}

    /** Candidate starts. */
    @FunctionalInterface
    interface Starts {
        /** Returns starts for customers who leave with a probability of 1/(1 + odds) an opportunity. */
        List<double[]> of(double odds);
    }
}
