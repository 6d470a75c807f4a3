// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.special;

/**
 * The function w ↦ k w − A ln(1 + e<sup>w</sup>/a) − B ln(1 + e<sup>w</sup>/b) on (−∞, end]: the logarithm of a density over logarithmic
 * time, in which two gamma-distributed rates have decayed. It is concave with one mode, whatever the shapes and scales.
 */
public final class LogConcave {

    private final double k;
    private final double shapeA;
    private final double a;
    private final double shapeB;
    private final double b;
    private final double end;
    private final double mode;

    private LogConcave(double k, double shapeA, double a, double shapeB, double b, double end) {
        this.k = k;
        this.shapeA = shapeA;
        this.a = a;
        this.shapeB = shapeB;
        this.b = b;
        this.end = end;
        this.mode = Math.min(end, Math.log(modeTime()));
    }

    /**
     * Creates the function.
     *
     * @param k slope at −∞; above 0
     * @param shapeA A, at least 0
     * @param a the scale a; above 0
     * @param shapeB B, at least 0; A + B above k
     * @param b the scale b; above 0
     * @param end where the function ends
     * @return the function
     */
    public static LogConcave of(double k, double shapeA, double a, double shapeB, double b, double end) {
        return new LogConcave(k, shapeA, a, shapeB, b, end);
    }

    /** The positive root of (A+B−k) y² − [(k−B)a + (k−A)b] y − kab, where the slope is 0. */
    private double modeTime() {
        double unit = Math.max(a, b);
        double c = shapeA + shapeB - k;
        double linear = (k - shapeB) * (a / unit) + (k - shapeA) * (b / unit);
        double constant = k * (a / unit) * (b / unit);
        double root = Math.sqrt(linear * linear + 4 * c * constant);
        // Without the difference of two nearly equal numbers.
        double time = linear > 0 ? (linear + root) / (2 * c) : 2 * constant / (root - linear);
        return unit * time;
    }

    /**
     * Returns the place of the maximum.
     *
     * @return the mode, at most the end
     */
    public double mode() {
        return mode;
    }

    /**
     * Returns the end.
     *
     * @return the end
     */
    public double end() {
        return end;
    }

    /**
     * Returns the function's value, less that at the mode.
     *
     * @param w the argument
     * @return the value, at most 0 up to rounding
     */
    public double below(double w) {
        double y = Math.exp(w);
        double peak = Math.exp(mode);
        // ln((c+y)/(c+peak)) for each scale c, in terms of what differs.
        double difference = Math.expm1(w - mode) * peak;
        return k * (w - mode) - shapeA * ratio(difference, a, peak, y) - shapeB * ratio(difference, b, peak, y);
    }

    private static double ratio(double difference, double scale, double peak, double y) {
        double relative = difference / (scale + peak);
        return relative > -0.5 ? Math.log1p(relative) : Math.log((scale + y) / (scale + peak));
    }

    /**
     * Returns the slope.
     *
     * @param w the argument
     * @return the first derivative, which falls in w
     */
    public double slope(double w) {
        double y = Math.exp(w);
        return k - shapeA * (y / (a + y)) - shapeB * (y / (b + y));
    }

    /** Minus the second derivative. */
    private double bend(double w) {
        double y = Math.exp(w);
        return shapeA * (y / (a + y)) * (a / (a + y)) + shapeB * (y / (b + y)) * (b / (b + y));
    }

    /** A function of w. */
    @FunctionalInterface
    public interface Function {
        /**
         * Returns the value.
         *
         * @param w the argument
         * @return the value
         */
        double at(double w);
    }

    /**
     * Integrates e to the power of a function that differs from this one by a constant, from −∞ to the end: Gauss–Legendre panels from
     * the mode to both sides, until what is left is negligible. The rest is bounded by the slope, because the slope is monotone.
     *
     * @param log the function
     * @return the integral; 0 if all of it underflows
     */
    public double integral(Function log) {
        double sum = 0;
        for (int side = -1; side <= 1; side += 2) {
            double w = mode;
            while (side < 0 || w < end) {
                double steepness = Math.abs(slope(w));
                double width = Math.min(1, Math.min(6 / steepness, 3 / Math.sqrt(bend(w))));
                if (side > 0) {
                    width = Math.min(width, end - w);
                }
                double panel = 0;
                for (int i = 0; i < GaussLegendre.POINTS; i++) {
                    panel += GaussLegendre.weight(i) * Math.exp(log.at(w + side * width * GaussLegendre.node(i)));
                }
                sum += panel * width;
                w += side * width;
                double edge = Math.exp(log.at(w));
                if (edge <= 1e-18 * sum * Math.abs(slope(w))) {
                    break;
                }
            }
        }
        return sum;
    }
}
