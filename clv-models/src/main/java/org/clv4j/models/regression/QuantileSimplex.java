// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.Arrays;
import java.util.Comparator;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.linear.LeastSquares;

/**
 * Quantile regression by the simplex method: from vertex to vertex – fits that meet as many rows as there are coefficients – along the
 * steepest edge, each time as far as the loss falls (Barrodale and Roberts 1973). Rows that are alike are put together and all are
 * sorted first, so that neither order nor repetition changes a bit; ties are broken by moving the targets by next to nothing, and the
 * last vertex is checked against the targets as they are.
 */
final class QuantileSimplex {

    /** By so much, relative to the targets, ties are broken. */
    private static final double PERTURBATION = 1e-9;
    /** A loss this close to its lower bound, relative to the targets, is optimal. */
    private static final double GAP = 1e-7;

    private static final int MAX_PIVOTS = 50_000;

    private final int k;
    private final int rows;
    /** A row after the other, columns scaled. */
    private final double[][] x;

    private final double[] y;
    private final double[] moved;
    private final double[] weights;
    private final double[] scale;
    private final double[] leastSquares;
    private final double size;
    private final double total;

    QuantileSimplex(Design design) {
        k = design.columns.length;
        scale = new double[k];
        for (int j = 0; j < k; j++) {
            for (double value : design.columns[j]) {
                scale[j] = Math.max(scale[j], Math.abs(value));
            }
            scale[j] = scale[j] == 0 ? 1 : scale[j];
        }
        Integer[] order = new Integer[design.rows];
        Arrays.setAll(order, i -> i);
        double[] target = new double[design.rows];
        Arrays.setAll(target, i -> design.target[i] - design.offsets[i]);
        Comparator<Integer> byRow = Comparator.comparingDouble(i -> target[i]);
        for (double[] column : design.columns) {
            byRow = byRow.thenComparing(Comparator.comparingDouble(i -> column[i]));
        }
        Arrays.sort(order, byRow);
        double[][] distinct = new double[design.rows][];
        double[] targets = new double[design.rows];
        double[] sums = new double[design.rows];
        int count = 0;
        for (int at = 0; at < order.length; at++) {
            if (at > 0 && byRow.compare(order[at - 1], order[at]) == 0) {
                sums[count - 1] += design.weights[order[at]];
                continue;
            }
            double[] row = new double[k];
            for (int j = 0; j < k; j++) {
                row[j] = design.columns[j][order[at]] / scale[j];
            }
            distinct[count] = row;
            targets[count] = target[order[at]];
            sums[count] = design.weights[order[at]];
            count++;
        }
        rows = count;
        x = Arrays.copyOf(distinct, rows);
        y = Arrays.copyOf(targets, rows);
        weights = Arrays.copyOf(sums, rows);
        total = Arrays.stream(weights).sum();
        leastSquares = leastSquares();
        double mean = 0;
        for (int i = 0; i < rows; i++) {
            mean += weights[i] * Math.abs(residual(leastSquares, y, i)) / total;
        }
        size = mean > 0 ? mean : 1;
        moved = new double[rows];
        for (int i = 0; i < rows; i++) {
            moved[i] = y[i] + PERTURBATION * size * scattered(i);
        }
    }

    /** A number in (−1, 1) that looks random (the finaliser of SplitMix64). */
    private static double scattered(int i) {
        long bits = (i + 1) * 0x9E3779B97F4A7C15L;
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return ((bits ^ (bits >>> 31)) >> 10) * 0x1p-53;
    }

    private double[] leastSquares() {
        double[][] columns = new double[k][rows];
        double[] rooted = new double[rows];
        for (int i = 0; i < rows; i++) {
            double root = Math.sqrt(weights[i]);
            rooted[i] = root * y[i];
            for (int j = 0; j < k; j++) {
                columns[j][i] = root * x[i][j];
            }
        }
        return new LeastSquares(columns).solve(rooted);
    }

    private double residual(double[] beta, double[] target, int row) {
        double sum = target[row];
        for (int j = 0; j < k; j++) {
            sum -= x[row][j] * beta[j];
        }
        return sum;
    }

    /** A vertex, and whether it is the optimum. */
    static final class Vertex {
        final double[] beta;
        final double loss;
        final double gap;
        final boolean optimal;
        final int pivots;

        Vertex(double[] beta, double loss, double gap, boolean optimal, int pivots) {
            this.beta = beta;
            this.loss = loss;
            this.gap = gap;
            this.optimal = optimal;
            this.pivots = pivots;
        }
    }

    Vertex solve(double probability, Execution execution) {
        int[] basis = start(probability);
        boolean[] inside = new boolean[rows];
        for (int row : basis) {
            inside[row] = true;
        }
        double[] residuals = new double[rows];
        double[] along = new double[rows];
        int pivots = 0;
        double[][] inverse = inverse(basis);
        double[] dual = new double[k];
        for (; pivots < MAX_PIVOTS; pivots++) {
            if (pivots % 64 == 0) {
                execution.step("fitting " + QuantileRegression.NAME, pivots, 0);
            }
            double[] beta = times(inverse, basis, moved);
            double[] slope = new double[k];
            for (int i = 0; i < rows; i++) {
                residuals[i] = inside[i] ? 0 : residual(beta, moved, i);
                if (!inside[i]) {
                    double psi = weights[i] * (residuals[i] < 0 ? probability - 1 : probability);
                    for (int j = 0; j < k; j++) {
                        slope[j] += psi * x[i][j];
                    }
                }
            }
            int leaving = -1;
            double sign = 0;
            double steepest = 0;
            double derivative = 0;
            for (int j = 0; j < k; j++) {
                double u = 0;
                double length = 0;
                for (int l = 0; l < k; l++) {
                    u += inverse[l][j] * slope[l];
                    length += inverse[l][j] * inverse[l][j];
                }
                dual[j] = u;
                double w = weights[basis[j]];
                double up = w * (1 - probability) - u;
                double down = w * probability + u;
                double fall = Math.min(up, down);
                double steepness = fall / Math.sqrt(length);
                if (fall < -1e-10 * (total * 1e-3 + w) && steepness < steepest) {
                    steepest = steepness;
                    leaving = j;
                    sign = up < down ? 1 : -1;
                    derivative = fall;
                }
            }
            if (leaving < 0) {
                break;
            }
            int entering = lineSearch(inverse, leaving, sign, derivative, residuals, along, inside);
            if (entering < 0) {
                break;
            }
            inside[basis[leaving]] = false;
            inside[entering] = true;
            basis[leaving] = entering;
            inverse = inverse(basis);
        }
        return vertex(basis, inside, inverse, dual, probability, pivots);
    }

    /** How far to go along an edge: over rows until the loss would rise; the row there comes in. */
    private int lineSearch(
            double[][] inverse,
            int leaving,
            double sign,
            double derivative,
            double[] residuals,
            double[] along,
            boolean[] inside) {
        double[] times = new double[rows];
        int[] who = new int[rows];
        int count = 0;
        double largest = 0;
        for (int i = 0; i < rows; i++) {
            double z = 0;
            for (int l = 0; l < k; l++) {
                z += x[i][l] * inverse[l][leaving];
            }
            along[i] = sign * z;
            largest = Math.max(largest, Math.abs(z));
        }
        for (int i = 0; i < rows; i++) {
            if (!inside[i] && Math.abs(along[i]) > 1e-11 * largest && residuals[i] * along[i] >= 0) {
                times[count] = residuals[i] / along[i];
                who[count] = i;
                count++;
            }
        }
        // Only the nearest matter: a heap of them costs less than sorting all.
        Heap heap = new Heap(times, who, count);
        double slope = derivative;
        while (heap.size > 0) {
            int row = heap.pop();
            slope += weights[row] * Math.abs(along[row]);
            if (slope >= 0) {
                return row;
            }
        }
        return -1;
    }

    /** Rows by the time at which they are met. */
    private static final class Heap {
        private final double[] times;
        private final int[] who;
        private int size;

        Heap(double[] times, int[] who, int size) {
            this.times = times;
            this.who = who;
            this.size = size;
            for (int i = size / 2 - 1; i >= 0; i--) {
                sink(i);
            }
        }

        int pop() {
            int first = who[0];
            size--;
            times[0] = times[size];
            who[0] = who[size];
            sink(0);
            return first;
        }

        private void sink(int from) {
            int at = from;
            while (2 * at + 1 < size) {
                int child = 2 * at + 1;
                if (child + 1 < size && times[child + 1] < times[child]) {
                    child++;
                }
                if (times[at] <= times[child]) {
                    return;
                }
                double time = times[at];
                times[at] = times[child];
                times[child] = time;
                int row = who[at];
                who[at] = who[child];
                who[child] = row;
                at = child;
            }
        }
    }

    /** The vertex with the targets as they are, and how far its loss is from the lower bound that the dual gives. */
    private Vertex vertex(
            int[] basis, boolean[] inside, double[][] inverse, double[] dual, double probability, int pivots) {
        double[] shifted = times(inverse, basis, moved);
        double[] beta = times(inverse, basis, y);
        double loss = 0;
        double bound = 0;
        for (int i = 0; i < rows; i++) {
            double r = residual(beta, y, i);
            if (!inside[i]) {
                loss += weights[i] * (r < 0 ? (probability - 1) * r : probability * r);
                double psi = residual(shifted, moved, i) < 0 ? probability - 1 : probability;
                // Σ a y = Σ a r, because X'a = 0; the residuals do not cancel.
                bound += weights[i] * psi * r;
            }
        }
        boolean feasible = true;
        for (int j = 0; j < k; j++) {
            double w = weights[basis[j]];
            double slack = 1e-6 * (w + total * 1e-3);
            feasible &= dual[j] >= -w * probability - slack && dual[j] <= w * (1 - probability) + slack;
        }
        double gap = Math.max(0, loss - bound);
        boolean optimal = feasible && gap <= GAP * size * total && pivots < MAX_PIVOTS;
        for (int j = 0; j < k; j++) {
            beta[j] /= scale[j];
        }
        return new Vertex(beta, loss, gap, optimal, pivots);
    }

    /** The rows nearest to the least-squares fit, moved to the quantile of its residuals, that determine the coefficients. */
    private int[] start(double probability) {
        double[] residuals = new double[rows];
        Integer[] order = new Integer[rows];
        for (int i = 0; i < rows; i++) {
            residuals[i] = residual(leastSquares, moved, i);
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> residuals[i]));
        double below = 0;
        double quantile = 0;
        for (Integer i : order) {
            below += weights[i];
            quantile = residuals[i];
            if (below >= probability * total) {
                break;
            }
        }
        double middle = quantile;
        Arrays.sort(order, Comparator.comparingDouble(i -> Math.abs(residuals[i] - middle)));
        for (double threshold = 1e-3; threshold > 1e-14; threshold /= 100) {
            int[] basis = independent(order, threshold);
            if (basis.length == k) {
                return basis;
            }
        }
        throw new ModelException(QuantileRegression.NAME + ": the rows do not determine the coefficients");
    }

    /** The first rows of an order that are independent, by elimination. */
    private int[] independent(Integer[] order, double threshold) {
        double[][] reduced = new double[k][];
        int[] lead = new int[k];
        int[] basis = new int[k];
        int found = 0;
        for (Integer row : order) {
            double[] rest = x[row].clone();
            double before = largest(rest);
            for (int i = 0; i < found; i++) {
                double factor = rest[lead[i]] / reduced[i][lead[i]];
                for (int j = 0; j < k; j++) {
                    rest[j] -= factor * reduced[i][j];
                }
                rest[lead[i]] = 0;
            }
            if (largest(rest) > threshold * before) {
                int at = 0;
                for (int j = 1; j < k; j++) {
                    at = Math.abs(rest[j]) > Math.abs(rest[at]) ? j : at;
                }
                reduced[found] = rest;
                lead[found] = at;
                basis[found] = row;
                found++;
                if (found == k) {
                    break;
                }
            }
        }
        return Arrays.copyOf(basis, found);
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** X_h⁻¹ by elimination with row pivoting. */
    private double[][] inverse(int[] basis) {
        double[][] a = new double[k][2 * k];
        for (int i = 0; i < k; i++) {
            System.arraycopy(x[basis[i]], 0, a[i], 0, k);
            a[i][k + i] = 1;
        }
        for (int c = 0; c < k; c++) {
            int pivot = c;
            for (int i = c + 1; i < k; i++) {
                pivot = Math.abs(a[i][c]) > Math.abs(a[pivot][c]) ? i : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[c];
            a[c] = row;
            if (row[c] == 0) {
                throw new ModelException(
                        QuantileRegression.NAME
                                + ": rows that determine the coefficients became dependent by rounding; scale or leave out features");
            }
            double factor = 1 / row[c];
            for (int j = 0; j < 2 * k; j++) {
                row[j] *= factor;
            }
            for (int i = 0; i < k; i++) {
                double times = a[i][c];
                if (i != c && times != 0) {
                    for (int j = 0; j < 2 * k; j++) {
                        a[i][j] -= times * row[j];
                    }
                }
            }
        }
        double[][] inverse = new double[k][];
        for (int i = 0; i < k; i++) {
            inverse[i] = Arrays.copyOfRange(a[i], k, 2 * k);
        }
        return inverse;
    }

    private double[] times(double[][] inverse, int[] basis, double[] target) {
        double[] beta = new double[k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                beta[i] += inverse[i][j] * target[basis[j]];
            }
        }
        return beta;
    }
}
