// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** The 16-point Gauss–Legendre rule on [0, 1]. */
public final class GaussLegendre {

    /** The number of nodes. */
    public static final int POINTS = 16;

    private static final double[] NODES = new double[POINTS];
    private static final double[] WEIGHTS = new double[POINTS];

    static {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(POINTS, 0, 1);
        for (int i = 0; i < POINTS; i++) {
            NODES[i] = rule.getPoint(i);
            WEIGHTS[i] = rule.getWeight(i);
        }
    }

    private GaussLegendre() {}

    /**
     * Returns a node.
     *
     * @param i its index, from 0
     * @return the node, in (0, 1)
     */
    public static double node(int i) {
        return NODES[i];
    }

    /**
     * Returns a weight.
     *
     * @param i its index, from 0
     * @return the weight; all add up to 1
     */
    public static double weight(int i) {
        return WEIGHTS[i];
    }
}
