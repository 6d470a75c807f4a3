// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The expected number of purchases within a time of one, where gaps are gamma-distributed with shape k and rate 1:
 * N(z) = Σ P(nk, z), n from 1.
 *
 * <p>Tabulated, and interpolated by quintics that have the right slopes and curvatures: over ln z up to 1, and over √z beyond, where the
 * waves of regular gaps are equally wide. Where the renewals have forgotten the first purchase it is z/k + (1/k − 1)/2. While less than a
 * purchase is expected the logarithm is. Error below 1e-8 of the value. Immutable.
 */
final class RenewalFunction {

    private static final double LOWEST_LOG = Math.log(1e-8);
    private static final double LOG_STEP = 0.115;
    private static final double ROOT_STEP = 0.08;
    private static final int REMEMBERED = 512;

    private static final Map<Double, RenewalFunction> KNOWN = new ConcurrentHashMap<>();

    private final double k;
    private final double end;
    private final double[] logGammas;
    private final double[] earlyFactors;
    private final double logStep;
    private final double[] overLogs;
    private final double[] overRoots;
    /** Of logarithms, as long as less than a purchase is expected. */
    private final double[] earlyRoots;

    private RenewalFunction(double k) {
        this.k = k;
        // The slowest of what the transform leaves decays at this rate.
        double decay = k > 2 ? Math.min(1, 2 * square(Math.sin(Math.PI / k))) : 1;
        int roots = (int) Math.ceil((Math.sqrt(27 / decay) - 1) / ROOT_STEP);
        this.end = square(1 + roots * ROOT_STEP);
        this.logGammas = new double[(int) ((end + 9 * Math.sqrt(end) + 20) / k) + 2];
        this.earlyFactors = new double[logGammas.length];
        for (int n = 1; n < logGammas.length; n++) {
            logGammas[n] = LogGamma.value(n * k);
            earlyFactors[n] = Math.exp(-logGammas[n]) / (n * k);
        }
        int logs = (int) Math.ceil(-LOWEST_LOG / LOG_STEP);
        this.logStep = -LOWEST_LOG / logs;
        this.overLogs = new double[3 * (logs + 1)];
        double[] before = new double[4];
        double[] at = new double[4];
        derivatives(Math.exp(LOWEST_LOG), before);
        double value = early(Math.exp(LOWEST_LOG));
        Quintic.putLog(overLogs, 0, value, logStep * before[1], logStep * logStep * before[2]);
        for (int i = 1; i <= logs; i++) {
            derivatives(Math.exp(LOWEST_LOG + i * logStep), at);
            value = known(Math.exp(LOWEST_LOG + i * logStep), value + rise(logStep, before, at));
            Quintic.putLog(overLogs, i, value, logStep * at[1], logStep * logStep * at[2]);
            System.arraycopy(at, 0, before, 0, 4);
        }
        this.overRoots = new double[3 * (roots + 1)];
        overRoot(1, before);
        put(overRoots, 0, value, ROOT_STEP * before[1], ROOT_STEP * ROOT_STEP * before[2]);
        for (int i = 1; i <= roots; i++) {
            overRoot(1 + i * ROOT_STEP, at);
            value = known(square(1 + i * ROOT_STEP), value + rise(ROOT_STEP, before, at));
            put(overRoots, i, value, ROOT_STEP * at[1], ROOT_STEP * ROOT_STEP * at[2]);
            System.arraycopy(at, 0, before, 0, 4);
        }
        int few = 0;
        while (few < roots && overRoots[3 * few] < 1) {
            few++;
        }
        this.earlyRoots = new double[3 * (few + 1)];
        for (int i = 0; i <= few; i++) {
            Quintic.putLog(earlyRoots, i, overRoots[3 * i], overRoots[3 * i + 1], overRoots[3 * i + 2]);
        }
    }

    /**
     * Returns the function of a shape.
     *
     * @param k the shape, from 0.01 to 1,000
     * @return the function
     */
    static RenewalFunction of(double k) {
        RenewalFunction known = KNOWN.get(k);
        if (known == null) {
            known = new RenewalFunction(k);
            if (KNOWN.size() >= REMEMBERED) {
                KNOWN.clear();
            }
            KNOWN.put(k, known);
        }
        return known;
    }

    private static double square(double value) {
        return value * value;
    }

    private static void put(double[] table, int i, double value, double slope, double curvature) {
        table[3 * i] = value;
        table[3 * i + 1] = slope;
        table[3 * i + 2] = curvature;
    }

    /** The integral of a slope between places where it and its next two derivatives are known. */
    private static double rise(double step, double[] from, double[] to) {
        return step * ((from[1] + to[1]) / 2 + step * (from[2] - to[2]) / 10 + step * step * (from[3] + to[3]) / 120);
    }

    /** A value that was summed up of slopes, or better: before regular purchases are made its first digits are lost in the steps. */
    private double known(double z, double summed) {
        if (k < 1 || summed > 1) {
            return summed;
        }
        double sum = 0;
        for (int n = 1; n < logGammas.length; n++) {
            double term = RegularizedGamma.P.value(n * k, z);
            sum += term;
            if (!(term > 1e-16 * sum)) {
                break;
            }
        }
        return sum;
    }

    /** Writes the first three derivatives by ln z. */
    private void derivatives(double z, double[] out) {
        double log = Math.log(z);
        double reach = 9 * Math.sqrt(z) + 20;
        int first = (int) Math.max(1, Math.floor((z - reach) / k));
        int last = (int) Math.min(logGammas.length - 1, Math.ceil((z + reach) / k));
        double slope = 0;
        double curvature = 0;
        double third = 0;
        for (int n = first; n <= last; n++) {
            double shape = n * k;
            double term = Math.exp(shape * log - z - logGammas[n]);
            double beyond = shape - z;
            slope += term;
            curvature += term * beyond;
            third += term * (beyond * beyond - z);
        }
        out[1] = slope;
        out[2] = curvature;
        out[3] = third;
    }

    /** Writes the first three derivatives by √z. */
    private void overRoot(double root, double[] out) {
        double z = root * root;
        derivatives(z, out);
        double first = out[1] / z;
        double second = (out[2] - out[1]) / (z * z);
        double third = (out[3] - 3 * out[2] + 2 * out[1]) / (z * z * z);
        out[1] = 2 * root * first;
        out[2] = 2 * first + 4 * z * second;
        out[3] = 12 * root * second + 8 * z * root * third;
    }

    /** Σ z^nk / Γ(nk + 1), which it is for small z. */
    private double early(double z) {
        double ratio = Math.exp(k * Math.log(z));
        double power = ratio;
        double sum = 0;
        for (int n = 1; n < earlyFactors.length; n++) {
            double term = power * earlyFactors[n];
            sum += term;
            if (term <= 1e-16 * sum) {
                break;
            }
            power *= ratio;
        }
        return sum;
    }

    /**
     * Returns the expected number of purchases.
     *
     * @param z the time
     * @return N(z), at least 0
     */
    double at(double z) {
        if (!(z > 0)) {
            return 0;
        }
        if (z >= end) {
            return z / k + (1 / k - 1) / 2;
        }
        if (z >= 1) {
            double position = (Math.sqrt(z) - 1) / ROOT_STEP;
            return position < earlyRoots.length / 3 - 1
                    ? Math.exp(Quintic.at(earlyRoots, position))
                    : Quintic.at(overRoots, position);
        }
        double log = Math.log(z);
        return log <= LOWEST_LOG ? early(z) : Math.exp(Quintic.at(overLogs, (log - LOWEST_LOG) / logStep));
    }

    /** A table of values, slopes and curvatures in units of its step, interpolated. */
    static final class Quintic {

        private Quintic() {}

        /** Puts what the logarithm of a function has; of one that is too small for a number, a logarithm with which it is 0. */
        static void putLog(double[] table, int i, double value, double slope, double curvature) {
            boolean some = value > 1e-290;
            double relative = some ? slope / value : 0;
            put(table, i, some ? Math.log(value) : -1e4, relative, some ? curvature / value - square(relative) : 0);
        }

        static double slopeAt(double[] table, double position) {
            int i = (int) Math.min(table.length / 3 - 2, Math.max(0, position));
            double f = position - i;
            int from = 3 * i;
            double slope = table[from + 1];
            double half = table[from + 2] / 2;
            double rise = table[from + 3] - table[from] - slope - half;
            double bend = table[from + 4] - slope - 2 * half;
            double turn = table[from + 5] - 2 * half;
            double c = 10 * rise - 4 * bend + turn / 2;
            double d = -15 * rise + 7 * bend - turn;
            double e = 6 * rise - 3 * bend + turn / 2;
            return slope + f * (2 * half + f * (3 * c + f * (4 * d + f * 5 * e)));
        }

        static double at(double[] table, double position) {
            int i = (int) Math.min(table.length / 3 - 2, Math.max(0, position));
            double f = position - i;
            int from = 3 * i;
            double value = table[from];
            double slope = table[from + 1];
            double half = table[from + 2] / 2;
            double rise = table[from + 3] - value - slope - half;
            double bend = table[from + 4] - slope - 2 * half;
            double turn = table[from + 5] - 2 * half;
            double c = 10 * rise - 4 * bend + turn / 2;
            double d = -15 * rise + 7 * bend - turn;
            double e = 6 * rise - 3 * bend + turn / 2;
            return value + f * (slope + f * (half + f * (c + f * (d + f * e))));
        }
    }
}
