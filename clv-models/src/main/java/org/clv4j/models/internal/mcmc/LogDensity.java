// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

/** The logarithm of a density, up to a constant. Used by several threads. */
@FunctionalInterface
public interface LogDensity {

    /**
     * Returns the logarithm.
     *
     * @param point the parameters; not changed
     * @return the logarithm; minus infinity where there is no density
     */
    double at(double[] point);
}
