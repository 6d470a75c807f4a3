// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** A Gauss–Legendre rule on [0, 1] of any number of points, for integrands that need fewer than {@link GaussLegendre} has. */
public final class GaussRule {

    private final double[] nodes;
    private final double[] weights;

    private GaussRule(int points) {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(points, 0, 1);
        nodes = new double[points];
        weights = new double[points];
        for (int i = 0; i < points; i++) {
            nodes[i] = rule.getPoint(i);
            weights[i] = rule.getWeight(i);
        }
    }

    /**
     * Returns a rule.
     *
     * @param points the number of nodes, at least 1
     * @return the rule
     */
    public static GaussRule of(int points) {
        return new GaussRule(points);
    }

    /**
     * Returns the number of nodes.
     *
     * @return the number
     */
    public int points() {
        return nodes.length;
    }

    /**
     * Returns a node.
     *
     * @param i its index, from 0
     * @return the node, in (0, 1)
     */
    public double node(int i) {
        return nodes[i];
    }

    /**
     * Returns a weight.
     *
     * @param i its index, from 0
     * @return the weight; all add up to 1
     */
    public double weight(int i) {
        return weights[i];
    }
}
