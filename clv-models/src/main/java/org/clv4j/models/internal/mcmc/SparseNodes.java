// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The likelihoods of many histories at those nodes of a lattice that matter to each: where the likelihood, times a bound of the densities
 * that will be asked for, is not negligible. Both are as good as log-concave, so that the nodes are an island that is walked over from its
 * top, and all others are not even computed.
 */
final class SparseNodes {

    /** Natural logarithms below the top where a node is nothing: about 1e-7, what the ends of the lattice leave out, too. */
    private static final double NOTHING = 16;
    /** So many lines of nothing end an island; the likelihood is a sum of two concave ones. */
    private static final int END = 3;

    private final int width;
    /** By history: the lines of nodes one after the other, relative to the history's largest. */
    private final float[][] cells;
    /** By history: the first line, then for each line the first node and the node after the last. */
    private final short[][] lines;

    private final double[] largest;

    private SparseNodes(int width, int groups) {
        this.width = width;
        this.cells = new float[groups][];
        this.lines = new short[groups][];
        this.largest = new double[groups];
    }

    /**
     * Walks over the islands of all histories.
     *
     * @param likelihood the likelihood
     * @param groups how many histories
     * @param u the lines of the lattice
     * @param v the nodes of a line
     * @param bounds by line and node, the logarithm of the largest density there, beside its top
     * @param most how many nodes there may be
     * @return the nodes, or null if there were more
     */
    static @Nullable SparseNodes of(
            LogNormalHierarchy.Likelihood likelihood,
            int groups,
            double[] u,
            double[] v,
            double[][] bounds,
            long most) {
        if (u.length > Short.MAX_VALUE || v.length > Short.MAX_VALUE) {
            return null;
        }
        SparseNodes nodes = new SparseNodes(v.length, groups);
        Island island = new Island(likelihood, u, v, bounds);
        long count = 0;
        for (int group = 0; group < groups; group++) {
            island.explore(group);
            count += island.store(nodes, group);
            if (count > most) {
                return null;
            }
        }
        return nodes;
    }

    /**
     * Returns the sum of the log-likelihoods under weights of the nodes.
     *
     * @param weights by line and node: the density times what a node stands for
     * @param from the first history
     * @param to the history after the last
     * @param customers how many customers have a history
     * @return the sum
     */
    double log(double[] weights, int from, int to, double[] customers) {
        double log = 0;
        for (int group = from; group < to; group++) {
            short[] spans = lines[group];
            float[] own = cells[group];
            int cell = 0;
            int line = spans[0] * width;
            double sum = 0;
            for (int span = 1; span < spans.length; span += 2) {
                int end = line + spans[span + 1];
                for (int node = line + spans[span]; node < end; node++) {
                    sum += weights[node] * own[cell];
                    cell++;
                }
                line += width;
            }
            log += customers[group] * (largest[group] + Math.log(sum));
        }
        return log;
    }

    /** The nodes that matter to one history. */
    private static final class Island {
        private final LogNormalHierarchy.Likelihood likelihood;
        private final double[] u;
        private final double[] v;
        private final double[][] bounds;
        /** The likelihood by line and node; NaN where it was not computed. */
        private final double[][] logs;

        private final int[] starts;
        private final int[] ends;
        private int group;
        private int topLine;
        private int topNode;
        private int firstLine;
        private int endLine;
        /** With the bound. */
        private double top;

        Island(LogNormalHierarchy.Likelihood likelihood, double[] u, double[] v, double[][] bounds) {
            this.likelihood = likelihood;
            this.u = u;
            this.v = v;
            this.bounds = bounds;
            this.logs = new double[u.length][v.length];
            this.starts = new int[u.length];
            this.ends = new int[u.length];
            this.topLine = u.length / 2;
            this.topNode = v.length / 2;
        }

        /** Neighbours in the order of histories are alike: the top of the last one is where to look. */
        void explore(int newGroup) {
            group = newGroup;
            for (double[] line : logs) {
                Arrays.fill(line, Double.NaN);
            }
            climb();
            walk(topLine, topNode);
            firstLine = topLine;
            endLine = topLine + 1;
            int nothing = 0;
            for (int line = topLine + 1, node = topNode; line < u.length && nothing < END; line++) {
                node = walk(line, node);
                nothing = isNothing(line, node) ? nothing + 1 : 0;
                endLine = line + 1;
            }
            nothing = 0;
            for (int line = topLine - 1, node = topNode; line >= 0 && nothing < END; line--) {
                node = walk(line, node);
                nothing = isNothing(line, node) ? nothing + 1 : 0;
                firstLine = line;
            }
        }

        private double at(int line, int node) {
            double log = logs[line][node];
            if (Double.isNaN(log)) {
                log = likelihood.log(group, u[line], v[node]);
                logs[line][node] = log;
            }
            return log + bounds[line][node];
        }

        private boolean isNothing(int line, int node) {
            return at(line, node) < top - NOTHING;
        }

        private void climb() {
            top = at(topLine, topNode);
            boolean higher = true;
            while (higher) {
                higher = false;
                int line = topLine;
                int node = topNode;
                for (int i = Math.max(0, line - 1); i <= Math.min(u.length - 1, line + 1); i++) {
                    for (int j = Math.max(0, node - 1); j <= Math.min(v.length - 1, node + 1); j++) {
                        if (at(i, j) > top) {
                            top = at(i, j);
                            topLine = i;
                            topNode = j;
                            higher = true;
                        }
                    }
                }
            }
        }

        /** Finds the nodes of a line that matter, and returns the highest; begins where that of the line before is. */
        private int walk(int line, int near) {
            int node = Math.min(near, v.length - 1);
            while (node + 1 < v.length && at(line, node + 1) > at(line, node)) {
                node++;
            }
            while (node > 0 && at(line, node - 1) > at(line, node)) {
                node--;
            }
            top = Math.max(top, at(line, node));
            int start = node;
            while (start > 0 && !isNothing(line, start - 1)) {
                start--;
            }
            int end = node + 1;
            while (end < v.length && !isNothing(line, end)) {
                end++;
            }
            starts[line] = start;
            ends[line] = end;
            return node;
        }

        /** Returns how many nodes were stored. */
        int store(SparseNodes nodes, int of) {
            double most = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int line = firstLine; line < endLine; line++) {
                count += ends[line] - starts[line];
                for (int node = starts[line]; node < ends[line]; node++) {
                    most = Math.max(most, at(line, node) - bounds[line][node]);
                }
            }
            float[] own = new float[count];
            short[] spans = new short[1 + 2 * (endLine - firstLine)];
            spans[0] = (short) firstLine;
            int cell = 0;
            for (int line = firstLine; line < endLine; line++) {
                spans[1 + 2 * (line - firstLine)] = (short) starts[line];
                spans[2 + 2 * (line - firstLine)] = (short) ends[line];
                for (int node = starts[line]; node < ends[line]; node++) {
                    own[cell] = (float) Math.exp(logs[line][node] - most);
                    cell++;
                }
            }
            nodes.cells[of] = own;
            nodes.lines[of] = spans;
            nodes.largest[of] = most;
            return count;
        }
    }
}
