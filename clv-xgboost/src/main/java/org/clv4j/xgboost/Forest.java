// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.ModelState;

/**
 * Trees in flat arrays. The nodes of a tree stand in the order in which a walk meets them that goes left first, so that a node's left child is
 * the next one and only the right one needs to be named.
 */
final class Forest {

    /** Deeper trees are not grown, and not taken from files. */
    static final int LARGEST_DEPTH = 12;

    private static final int LEAF = -1;

    /** Where each tree begins, and after them the number of nodes. */
    private final int[] starts;
    /** The feature that a node asks for, or {@link #LEAF}. */
    private final int[] feature;
    /** What a node compares with, or what a leaf adds. */
    private final float[] value;

    private final int[] right;
    private final boolean[] missingLeft;
    /** The sum of the second derivatives of the training rows that came to a node. */
    private final float[] cover;

    private Forest(int[] starts, int[] feature, float[] value, int[] right, boolean[] missingLeft, float[] cover) {
        this.starts = starts;
        this.feature = feature;
        this.value = value;
        this.right = right;
        this.missingLeft = missingLeft;
        this.cover = cover;
    }

    int trees() {
        return starts.length - 1;
    }

    /** The leaf to which a row comes. As XGBoost does, values are compared as floats. */
    int leaf(int tree, float[] row) {
        int node = starts[tree];
        while (feature[node] != LEAF) {
            node = goesLeft(node, row) ? node + 1 : right[node];
        }
        return node;
    }

    private boolean goesLeft(int node, float[] row) {
        float x = row[feature[node]];
        return Float.isNaN(x) ? missingLeft[node] : x < value[node];
    }

    /** What a leaf adds. */
    float value(int leaf) {
        return value[leaf];
    }

    /** The sum of the leaves of a row, in doubles and in the order of the trees. */
    double sum(float[] row) {
        double sum = 0;
        for (int tree = 0; tree < starts.length - 1; tree++) {
            sum += value[leaf(tree, row)];
        }
        return sum;
    }

    /** The mean of {@link #sum} where each node sends rows on by the covers of its children. */
    double expectation() {
        double[] means = new double[feature.length];
        double sum = 0;
        // Children come after their parent.
        for (int node = feature.length - 1; node >= 0; node--) {
            if (feature[node] == LEAF) {
                means[node] = value[node];
            } else {
                double left = leftShare(node);
                means[node] = left * means[node + 1] + (1 - left) * means[right[node]];
            }
        }
        for (int tree = 0; tree < trees(); tree++) {
            sum += means[starts[tree]];
        }
        return sum;
    }

    private double leftShare(int node) {
        double left = cover[node + 1];
        double both = left + cover[right[node]];
        return both > 0 ? left / both : 0.5;
    }

    /** Adds to each feature's cell what it contributes to {@link #sum}, by Shapley values. */
    void addContributions(float[] row, double[] out) {
        Walk walk = new Walk(row, out);
        for (int tree = 0; tree < trees(); tree++) {
            walk.visit(starts[tree], 0);
        }
    }

    /**
     * Shapley values of one row. Each leaf is a game of its own: its value times a factor of every feature on its path, which is 1 or 0
     * where the feature is known, as the row agrees with all its splits or not, and the share of training rows that do where it is not.
     * With factors a, known, and z, unknown, feature j gets value · (a_j − z_j) ∫ Π_{i≠j} (z_i + (a_i − z_i) t) dt over [0, 1] (Owen's
     * multilinear extension): a polynomial, which a Gauss-Legendre rule integrates exactly.
     */
    private final class Walk {
        private final float[] row;
        private final double[] out;
        private final int[] features = new int[LARGEST_DEPTH];
        private final double[] known = new double[LARGEST_DEPTH];
        private final double[] unknown = new double[LARGEST_DEPTH];
        private final double[] before = new double[LARGEST_DEPTH + 1];

        Walk(float[] row, double[] out) {
            this.row = row;
            this.out = out;
        }

        void visit(int node, int size) {
            if (feature[node] == LEAF) {
                share(value[node], size);
                return;
            }
            int i = 0;
            while (i < size && features[i] != feature[node]) {
                i++;
            }
            int newSize = Math.max(size, i + 1);
            double wasKnown = i < size ? known[i] : 1;
            double wasUnknown = i < size ? unknown[i] : 1;
            double left = leftShare(node);
            boolean goesLeft = goesLeft(node, row);
            features[i] = feature[node];
            known[i] = goesLeft ? wasKnown : 0;
            unknown[i] = wasUnknown * left;
            visit(node + 1, newSize);
            features[i] = feature[node];
            known[i] = goesLeft ? 0 : wasKnown;
            unknown[i] = wasUnknown * (1 - left);
            visit(right[node], newSize);
            known[i] = wasKnown;
            unknown[i] = wasUnknown;
        }

        private void share(double leafValue, int size) {
            double[] points = Rule.POINTS[(size + 1) / 2];
            double[] weights = Rule.WEIGHTS[(size + 1) / 2];
            before[0] = 1;
            for (int q = 0; q < points.length; q++) {
                for (int i = 0; i < size; i++) {
                    before[i + 1] = before[i] * factor(i, points[q]);
                }
                double after = leafValue * weights[q];
                for (int i = size - 1; i >= 0; i--) {
                    out[features[i]] += (known[i] - unknown[i]) * before[i] * after;
                    after *= factor(i, points[q]);
                }
            }
        }

        private double factor(int i, double t) {
            return unknown[i] + (known[i] - unknown[i]) * t;
        }
    }

    /** Gauss-Legendre rules on [0, 1] by their number of points, each exact up to degree 2n − 1. */
    private static final class Rule {
        static final double[][] POINTS = new double[LARGEST_DEPTH / 2 + 1][];
        static final double[][] WEIGHTS = new double[LARGEST_DEPTH / 2 + 1][];

        static {
            for (int n = 0; n < POINTS.length; n++) {
                POINTS[n] = new double[n];
                WEIGHTS[n] = new double[n];
                for (int i = 0; i < n; i++) {
                    fill(n, i);
                }
            }
        }

        /** Newton's method on the Legendre polynomial, from the usual cosine. */
        private static void fill(int n, int i) {
            double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 1;
            for (int iteration = 0; iteration < 20; iteration++) {
                double last = 1;
                double p = x;
                for (int k = 2; k <= n; k++) {
                    double next = ((2 * k - 1) * x * p - (k - 1) * last) / k;
                    last = p;
                    p = next;
                }
                slope = n * (x * p - last) / (x * x - 1);
                x -= p / slope;
            }
            POINTS[n][i] = (1 + x) / 2;
            WEIGHTS[n][i] = 1 / ((1 - x * x) * slope * slope);
        }
    }

    void describe(ModelState.Builder state) {
        state.numbers("trees/starts", doubles(starts));
        state.numbers("trees/feature", doubles(feature));
        state.numbers("trees/value", doubles(value));
        state.numbers("trees/right", doubles(right));
        double[] flags = new double[missingLeft.length];
        Arrays.setAll(flags, i -> missingLeft[i] ? 1 : 0);
        state.numbers("trees/missing_left", flags);
        state.numbers("trees/cover", doubles(cover));
    }

    private static double[] doubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static double[] doubles(float[] values) {
        double[] copy = new double[values.length];
        Arrays.setAll(copy, i -> values[i]);
        return copy;
    }

    /** Reads what {@link #describe} wrote, and trusts nothing of it: a walk must end, within the arrays. */
    static Forest ofState(ModelState state, int features) {
        int[] starts = integers(state, "trees/starts");
        int[] feature = integers(state, "trees/feature");
        float[] value = floats(state, "trees/value");
        int[] right = integers(state, "trees/right");
        int[] flags = integers(state, "trees/missing_left");
        float[] cover = floats(state, "trees/cover");
        int nodes = feature.length;
        require(
                value.length == nodes && right.length == nodes && flags.length == nodes && cover.length == nodes,
                "columns of different length");
        require(starts.length > 0 && starts[0] == 0 && starts[starts.length - 1] == nodes, "no end");
        boolean[] missingLeft = new boolean[nodes];
        for (int i = 0; i < nodes; i++) {
            require(feature[i] >= LEAF && feature[i] < features, "a feature that is not there");
            require(cover[i] >= 0, "a negative cover");
            missingLeft[i] = flags[i] != 0;
        }
        Forest forest = new Forest(starts, feature, value, right, missingLeft, cover);
        for (int tree = 0; tree < forest.trees(); tree++) {
            require(starts[tree] < starts[tree + 1] && starts[tree + 1] <= nodes, "an empty tree");
            require(forest.end(starts[tree], starts[tree + 1], 0) == starts[tree + 1], "nodes out of order");
        }
        return forest;
    }

    /** The node after a subtree. */
    private int end(int node, int limit, int depth) {
        require(node < limit && depth <= LARGEST_DEPTH, "a tree that does not end");
        if (feature[node] == LEAF) {
            return node + 1;
        }
        int next = end(node + 1, limit, depth + 1);
        require(right[node] == next, "nodes out of order");
        return end(next, limit, depth + 1);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("`state` must be that of boosted trees, but had " + otherwise);
        }
    }

    private static int[] integers(ModelState state, String name) {
        double[] numbers = state.numbers(name);
        int[] integers = new int[numbers.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) numbers[i];
            require(integers[i] == numbers[i], "a broken number in " + name);
        }
        return integers;
    }

    private static float[] floats(ModelState state, String name) {
        double[] numbers = state.numbers(name);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
            require(floats[i] == numbers[i], "a number that is no float in " + name);
        }
        return floats;
    }

    /** Collects trees as XGBoost has them, and what their splits gained. */
    static final class Builder {
        private final double[] gains;
        private final List<Integer> starts = new ArrayList<>();
        private int nodes;
        private int[] feature = new int[64];
        private float[] value = new float[64];
        private int[] right = new int[64];
        private boolean[] missingLeft = new boolean[64];
        private float[] cover = new float[64];

        Builder(int features) {
            gains = new double[features];
        }

        /** Adds a tree of XGBoost's model, with its nodes in an order of their own. */
        void add(Map<String, Object> tree) {
            starts.add(nodes);
            new Source(tree).copy(0);
        }

        private final class Source {
            private final double[] left;
            private final double[] others;
            private final double[] indices;
            private final double[] conditions;
            private final double[] defaults;
            private final double[] covers;
            private final double[] changes;

            Source(Map<String, Object> tree) {
                left = Ubjson.numbers(tree, "left_children");
                others = Ubjson.numbers(tree, "right_children");
                indices = Ubjson.numbers(tree, "split_indices");
                conditions = Ubjson.numbers(tree, "split_conditions");
                defaults = Ubjson.numbers(tree, "default_left");
                covers = Ubjson.numbers(tree, "sum_hessian");
                changes = Ubjson.numbers(tree, "loss_changes");
            }

            void copy(int from) {
                int node = nodes;
                nodes++;
                makeRoom();
                value[node] = (float) conditions[from];
                cover[node] = (float) covers[from];
                if (left[from] < 0) {
                    feature[node] = LEAF;
                    return;
                }
                feature[node] = (int) indices[from];
                missingLeft[node] = defaults[from] != 0;
                gains[feature[node]] += changes[from];
                copy((int) left[from]);
                right[node] = nodes;
                copy((int) others[from]);
            }
        }

        private void makeRoom() {
            if (nodes > feature.length) {
                int room = 2 * feature.length;
                feature = Arrays.copyOf(feature, room);
                value = Arrays.copyOf(value, room);
                right = Arrays.copyOf(right, room);
                missingLeft = Arrays.copyOf(missingLeft, room);
                cover = Arrays.copyOf(cover, room);
            }
        }

        boolean isFinite() {
            for (int i = 0; i < nodes; i++) {
                if (!Float.isFinite(value[i]) || !Float.isFinite(cover[i])) {
                    return false;
                }
            }
            return true;
        }

        /** What the splits of each feature gained. */
        double[] gains() {
            return gains.clone();
        }

        Forest build() {
            int[] ends = new int[starts.size() + 1];
            Arrays.setAll(ends, i -> i < starts.size() ? starts.get(i) : nodes);
            return new Forest(
                    ends,
                    Arrays.copyOf(feature, nodes),
                    Arrays.copyOf(value, nodes),
                    Arrays.copyOf(right, nodes),
                    Arrays.copyOf(missingLeft, nodes),
                    Arrays.copyOf(cover, nodes));
        }
    }
}
