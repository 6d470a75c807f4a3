// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Dense BFGS with a strong-Wolfe line search (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 6.1, 3.5, 3.6).
 * Where the function is not finite the search steps back.
 */
final class Bfgs {

    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int MAX_LINE_SEARCH = 20;
    /** Values closer than this, relative to their size, differ by rounding: a sum over customers is no better. */
    private static final double NOISE = 1e-13;
    /** A decrease, relative to the value, that tells models apart by nothing: the way along a flat ridge. */
    private static final double STALL = 1e-12;
    /** So many steps without a decrease that counts, and the rest is left to Newton. */
    private static final int MAX_STALLED = 6;
    /** No step changes a log-parameter by more: e² is far enough for one step. */
    private static final double LONGEST_STEP = 2;

    private final Objective objective;
    private final int dimension;
    private final double gradientTolerance;
    private final int maxIterations;
    private final Predicate<double[]> outside;

    // The point last accepted, and the trial point of the line search.
    private double[] point;
    private double value;
    private double[] gradient;
    private double[] trialPoint;
    private double trialValue;
    private double[] trialGradient;

    private Bfgs(
            Objective objective,
            double[] start,
            double gradientTolerance,
            int maxIterations,
            Predicate<double[]> outside) {
        this.outside = outside;
        this.objective = objective;
        this.dimension = start.length;
        this.gradientTolerance = gradientTolerance;
        this.maxIterations = maxIterations;
        this.point = start.clone();
        this.gradient = new double[dimension];
        this.trialPoint = new double[dimension];
        this.trialGradient = new double[dimension];
    }

    /**
     * Minimises a function.
     *
     * @param objective the function
     * @param start where to start; the function is finite there
     * @param gradientTolerance the largest component of the gradient at which to stop
     * @param maxIterations the most line searches
     * @param outside tells points at which to stop
     * @return where the search stopped: at the tolerance, outside, or where no step decreases the function any more
     */
    static Optimum minimise(
            Objective objective,
            double[] start,
            double gradientTolerance,
            int maxIterations,
            Predicate<double[]> outside) {
        return new Bfgs(objective, start, gradientTolerance, maxIterations, outside).run();
    }

    private Optimum run() {
        value = objective.evaluate(point, gradient);
        double[][] inverseHessian = identity();
        double[] direction = new double[dimension];
        boolean scaled = false;
        boolean steepest = true;
        int stalled = 0;
        for (int iteration = 0;
                iteration < maxIterations
                        && largest(gradient) > gradientTolerance
                        && stalled < MAX_STALLED
                        && !outside.test(point);
                iteration++) {
            setDirection(direction, inverseHessian);
            if (dot(direction, gradient) >= 0) {
                inverseHessian = identity();
                steepest = true;
                setDirection(direction, inverseHessian);
            }
            if (!lineSearch(direction)) {
                if (steepest) {
                    break;
                }
                inverseHessian = identity();
                scaled = false;
                steepest = true;
                continue;
            }
            scaled = update(inverseHessian, scaled);
            steepest = false;
            stalled = value - trialValue <= STALL * Math.abs(value) ? stalled + 1 : 0;
            accept();
        }
        return new Optimum(point.clone(), value, gradient.clone());
    }

    private void setDirection(double[] direction, double[][] inverseHessian) {
        for (int i = 0; i < dimension; i++) {
            direction[i] = -dot(inverseHessian[i], gradient);
        }
    }

    /** Finds a step with sufficient decrease and a flatter slope; leaves it in the trial fields. */
    private boolean lineSearch(double[] direction) {
        double slope = dot(direction, gradient);
        double longest = LONGEST_STEP / Math.max(largest(direction), 1e-300);
        double step = Math.min(1, longest);
        double previousStep = 0;
        double previousValue = value;
        double previousSlope = slope;
        for (int i = 0; i < MAX_LINE_SEARCH; i++) {
            double trialSlope = tryStep(direction, step);
            if (!Double.isFinite(trialValue)) {
                step = previousStep + (step - previousStep) / 4;
                longest = Math.min(longest, step * 2);
                continue;
            }
            if (flatter(trialSlope, slope) && withinNoise()) {
                return true;
            }
            if (trialValue > value + SUFFICIENT_DECREASE * step * slope || (i > 0 && trialValue >= previousValue)) {
                return zoom(direction, slope, previousStep, previousValue, previousSlope, step, trialValue, trialSlope);
            }
            if (flatter(trialSlope, slope)) {
                return true;
            }
            if (trialSlope >= 0) {
                return zoom(direction, slope, step, trialValue, trialSlope, previousStep, previousValue, previousSlope);
            }
            if (step >= longest) {
                return true;
            }
            previousStep = step;
            previousValue = trialValue;
            previousSlope = trialSlope;
            step = Math.min(step * 2, longest);
        }
        return false;
    }

    private static boolean flatter(double trialSlope, double slope) {
        return Math.abs(trialSlope) <= -CURVATURE * slope;
    }

    /** Near the optimum the decrease drowns in rounding, and the slope alone decides. */
    private boolean withinNoise() {
        return Math.abs(trialValue - value) <= NOISE * Math.abs(value);
    }

    private boolean zoom(
            double[] direction,
            double slope,
            double startLow,
            double startLowValue,
            double startLowSlope,
            double startHigh,
            double startHighValue,
            double startHighSlope) {
        double low = startLow;
        double lowValue = startLowValue;
        double lowSlope = startLowSlope;
        double high = startHigh;
        double highValue = startHighValue;
        double highSlope = startHighSlope;
        for (int i = 0; i < MAX_LINE_SEARCH; i++) {
            double step = cubicMinimum(low, lowValue, lowSlope, high, highValue, highSlope);
            double trialSlope = tryStep(direction, step);
            if (flatter(trialSlope, slope) && withinNoise()) {
                return true;
            }
            if (!(trialValue <= value + SUFFICIENT_DECREASE * step * slope) || trialValue >= lowValue) {
                high = step;
                highValue = trialValue;
                highSlope = trialSlope;
            } else {
                if (flatter(trialSlope, slope)) {
                    return true;
                }
                if (trialSlope * (high - low) >= 0) {
                    high = low;
                    highValue = lowValue;
                    highSlope = lowSlope;
                }
                low = step;
                lowValue = trialValue;
                lowSlope = trialSlope;
            }
            if (Math.abs(high - low) <= 1e-15 * Math.abs(high)) {
                break;
            }
        }
        // Rounding hides further decrease; the best point found still counts if it is one.
        if (low > 0 && lowValue < value) {
            tryStep(direction, low);
            return true;
        }
        return false;
    }

    /** The minimum of the cubic through two values and slopes, kept away from the ends of the interval. */
    private static double cubicMinimum(
            double low, double lowValue, double lowSlope, double high, double highValue, double highSlope) {
        double width = high - low;
        double middle = low + width / 2;
        if (!Double.isFinite(highValue) || !Double.isFinite(highSlope)) {
            return middle;
        }
        double d1 = lowSlope + highSlope - 3 * (lowValue - highValue) / (low - high);
        double square = d1 * d1 - lowSlope * highSlope;
        if (!(square >= 0)) {
            return middle;
        }
        double d2 = Math.copySign(Math.sqrt(square), width);
        double step = high - width * ((highSlope + d2 - d1) / (highSlope - lowSlope + 2 * d2));
        double margin = Math.abs(width) * 0.1;
        return Math.abs(step - low) >= margin && Math.abs(step - high) >= margin && (step - low) * (step - high) < 0
                ? step
                : middle;
    }

    private double tryStep(double[] direction, double step) {
        for (int i = 0; i < dimension; i++) {
            trialPoint[i] = point[i] + step * direction[i];
        }
        trialValue = objective.evaluate(trialPoint, trialGradient);
        return dot(trialGradient, direction);
    }

    /** The BFGS update of the inverse Hessian; the first one also sets its scale. */
    private boolean update(double[][] inverseHessian, boolean scaled) {
        double[] step = new double[dimension];
        double[] change = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            step[i] = trialPoint[i] - point[i];
            change[i] = trialGradient[i] - gradient[i];
        }
        double curvature = dot(step, change);
        if (!(curvature > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)))) {
            return scaled;
        }
        if (!scaled) {
            double scale = curvature / dot(change, change);
            for (int i = 0; i < dimension; i++) {
                Arrays.fill(inverseHessian[i], 0);
                inverseHessian[i][i] = scale;
            }
        }
        double[] product = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            product[i] = dot(inverseHessian[i], change);
        }
        double quadratic = dot(change, product);
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                inverseHessian[i][j] += (1 + quadratic / curvature) * step[i] * step[j] / curvature
                        - (product[i] * step[j] + step[i] * product[j]) / curvature;
            }
        }
        return true;
    }

    private void accept() {
        double[] oldPoint = point;
        point = trialPoint;
        trialPoint = oldPoint;
        double[] oldGradient = gradient;
        gradient = trialGradient;
        trialGradient = oldGradient;
        value = trialValue;
    }

    private double[][] identity() {
        double[][] identity = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        return largest;
    }
}
