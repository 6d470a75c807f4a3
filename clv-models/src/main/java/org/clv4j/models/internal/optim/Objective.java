// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

/** A function to minimise, with its gradient. */
@FunctionalInterface
public interface Objective {

    /**
     * Evaluates the function.
     *
     * @param point the point; unchanged
     * @param gradient receives the gradient
     * @return the value; not finite where the function is not defined
     */
    double evaluate(double[] point, double[] gradient);
}
