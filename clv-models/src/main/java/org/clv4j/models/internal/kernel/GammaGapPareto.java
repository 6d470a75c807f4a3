// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.numbers.gamma.LogGamma;
import org.clv4j.models.internal.special.GaussLegendre;

/**
 * The Pareto/GGG model given its parameters: gaps of shape k and mean 1/λ, lifetimes of rate μ, all three gamma-distributed.
 *
 * <p>A history leaves a lattice of (ln k, ln λ), and at each node a sum over ln μ. The lifetime of one who is alive has μ ~ Gamma(s, β + T)
 * whatever k and λ, so that what lies ahead needs no sum over μ. Immutable and thread-safe.
 */
public final class GammaGapPareto {

    private static final double MU_SPACING = 0.45;
    private static final double[] WIDEST = {0.4, 0.4};
    private static final double REACH = 20;
    /** Nodes that cannot be seen in a result. */
    private static final double NEGLIGIBLE = 1e-9;

    private static final double SMALLEST_GAP = 1e-12;

    private final double t;
    private final double gamma;
    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;
    private final double[] mus;
    private final double[] muWeights;
    private final Map<Double, RenewalFunction> renewals = new ConcurrentHashMap<>();

    /**
     * Creates the formulas.
     *
     * @param t shape of k, above 0
     * @param gamma rate of k, above 0
     * @param r shape of λ, above 0
     * @param alpha rate of λ, above 0
     * @param s shape of μ, above 0
     * @param beta rate of μ, above 0
     */
    public GammaGapPareto(double t, double gamma, double r, double alpha, double s, double beta) {
        this.t = t;
        this.gamma = gamma;
        this.r = r;
        this.alpha = alpha;
        this.s = s;
        this.beta = beta;
        double spacing = Math.min(MU_SPACING, 0.8 / Math.sqrt(s));
        double lowest = Math.log(s / beta) - Math.min(40, 24 / s + 6 / Math.sqrt(s));
        double highest = Math.log(s / beta) + Math.min(4.5, 1 + 8 / Math.sqrt(s)) + (s < 1 ? -Math.log(s) : 0);
        double[] logs = new double[(int) Math.ceil((highest - lowest) / spacing) + 1];
        for (int m = 0; m < logs.length; m++) {
            logs[m] = lowest + m * spacing;
        }
        muWeights = new double[logs.length];
        GammaGapLattice.weights(logs, spacing, s, Math.log(beta), muWeights);
        mus = Arrays.stream(logs).map(Math::exp).toArray();
    }

    /** Probability that a lifetime is longer. */
    private double survival(double time) {
        return Math.exp(-s * Math.log1p(time / beta));
    }

    /** What a history leaves: everything is relative to the largest weight. */
    public final class Customer {

        private final double silence;
        private final double age;
        private final double scale;
        private final double[] ks;
        private final double[] lambdas;
        /** Population times gaps. */
        private final double[][] weights;

        private final double alive;
        private final double whole;
        private final double purchaseRate;
        private final double dropoutRate;

        private Customer(int x, double recency, double age, double logGaps) {
            this.silence = age - recency;
            this.age = age;
            GammaGapLattice lattice = GammaGapLattice.of(
                    x,
                    recency,
                    silence,
                    logGaps,
                    u -> t * (u + Math.log(gamma / t)) - gamma * Math.exp(u),
                    w -> r * (w + Math.log(alpha / r)) - alpha * Math.exp(w),
                    Math.log(r / alpha) - 16,
                    Math.log(s / beta) - 1,
                    WIDEST,
                    REACH);
            double[] us = lattice.logShapes();
            double[] ws = lattice.logRates();
            double[] shapes = new double[us.length];
            double[] rates = new double[ws.length];
            GammaGapLattice.weights(us, lattice.spacingOfShapes(), t, Math.log(gamma), shapes);
            GammaGapLattice.weights(ws, lattice.spacingOfRates(), r, Math.log(alpha), rates);
            ks = Arrays.stream(us).map(Math::exp).toArray();
            lambdas = Arrays.stream(ws).map(Math::exp).toArray();
            weights = lattice.logDensities();
            scale = relative(weights, shapes, rates);
            double[] lived = new double[mus.length];
            for (int m = 0; m < lived.length; m++) {
                lived[m] = muWeights[m] * Math.exp(-mus[m] * recency);
            }
            double sumAlive = 0;
            double sum = 0;
            double sumLambda = 0;
            double sumMu = 0;
            for (int j = 0; j < ks.length; j++) {
                for (int i = 0; i < lambdas.length; i++) {
                    double weight = weights[j][i];
                    if (weight < NEGLIGIBLE) {
                        weights[j][i] = 0;
                        continue;
                    }
                    double quiet = 0;
                    double quietMu = 0;
                    for (int m = 0; m < lived.length; m++) {
                        if (lived[m] > 1e-14) {
                            double at = lived[m] * GammaGapLattice.quiet(ks[j], lambdas[i], mus[m], silence);
                            quiet += at;
                            quietMu += mus[m] * at;
                        }
                    }
                    sumAlive += weight * GammaGapLattice.upper(ks[j], ks[j] * lambdas[i] * silence);
                    sum += weight * quiet;
                    sumLambda += weight * lambdas[i] * quiet;
                    sumMu += weight * quietMu;
                }
            }
            alive = silence > 0 ? Math.min(1, sumAlive * survival(age) / sum) : 1;
            whole = sumAlive;
            logLikelihood = scale + Math.log(sum);
            purchaseRate = sumLambda / sum;
            dropoutRate = sumMu / sum;
        }

        private final double logLikelihood;

        private static double relative(double[][] logs, double[] shapes, double[] rates) {
            double scale = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < shapes.length; j++) {
                for (int i = 0; i < rates.length; i++) {
                    logs[j][i] += Math.log(shapes[j]) + Math.log(rates[i]);
                    scale = Math.max(scale, logs[j][i]);
                }
            }
            for (double[] line : logs) {
                for (int i = 0; i < line.length; i++) {
                    line[i] = Math.exp(line[i] - scale);
                }
            }
            return scale;
        }

        /**
         * Returns the log-likelihood.
         *
         * @return the logarithm
         */
        public double logLikelihood() {
            return logLikelihood;
        }

        /**
         * Returns P(alive).
         *
         * @return the probability
         */
        public double alive() {
            return alive;
        }

        /**
         * Returns E[λ].
         *
         * @return the rate
         */
        public double purchaseRate() {
            return purchaseRate;
        }

        /**
         * Returns E[μ].
         *
         * @return the rate
         */
        public double dropoutRate() {
            return dropoutRate;
        }

        /**
         * Returns the probability of being alive now and later.
         *
         * @param horizon the time from now
         * @return the probability
         */
        public double aliveAt(double horizon) {
            return alive * later(horizon);
        }

        private double later(double horizon) {
            return Math.exp(-s * Math.log1p(horizon / (beta + age)));
        }

        /**
         * Returns the probability of a purchase within a horizon.
         *
         * @param horizon the time from now
         * @return the probability
         */
        public double active(double horizon) {
            return Math.min(alive, alive * ahead(horizon, 0, true));
        }

        /**
         * Returns the expected purchases within a horizon, discounted.
         *
         * @param horizon the time from now
         * @param delta the discount rate
         * @return the expectation
         */
        public double expected(double horizon, double delta) {
            return alive * ahead(horizon, delta, false);
        }

        /**
         * ∫ D(v) dU(v) = D(H) U(H) − ∫ D'(v) U(v) dv, D what is left of a purchase at v, U the purchases up to v of one who lives on.
         */
        private double ahead(double horizon, double delta, boolean firstOnly) {
            if (horizon == 0 || whole == 0) {
                return 0;
            }
            double sum = later(horizon) * Math.exp(-delta * horizon) * purchases(horizon, firstOnly);
            for (int half = 0; half < 2; half++) {
                for (int n = 0; n < GaussLegendre.POINTS; n++) {
                    // Early times count more.
                    double z = (half + GaussLegendre.node(n)) / 2;
                    double v = horizon * z * z;
                    double left = later(v) * Math.exp(-delta * v);
                    sum += GaussLegendre.weight(n)
                            * horizon
                            * z
                            * left
                            * (s / (beta + age + v) + delta)
                            * purchases(v, firstOnly);
                }
            }
            return sum / whole;
        }

        private double purchases(double v, boolean firstOnly) {
            double sum = 0;
            for (int j = 0; j < ks.length; j++) {
                for (int i = 0; i < lambdas.length; i++) {
                    if (weights[j][i] > 0) {
                        sum += weights[j][i]
                                * (firstOnly
                                        ? first(ks[j], lambdas[i] * silence, lambdas[i] * v)
                                        : all(ks[j], lambdas[i] * silence, lambdas[i] * v));
                    }
                }
            }
            return sum;
        }
    }

    /** The probability of no purchase up to a, and of one in the time v after. */
    private static double first(double k, double a, double v) {
        double before = GammaGapLattice.upper(k, k * a);
        return before > 0 ? Math.max(0, before - GammaGapLattice.upper(k, k * (a + v))) : 0;
    }

    /** The same probability times the expected number of purchases; mean gap 1. */
    private double all(double k, double a, double v) {
        RenewalFunction renewal = renewals.computeIfAbsent(k, RenewalFunction::new);
        if (a == 0) {
            return renewal.at(v);
        }
        double sum = first(k, a, v);
        if (sum < 1e-14) {
            return sum;
        }
        // Beyond, gaps are so unlikely that they do not count.
        double deviation = 1 / Math.sqrt(k);
        double to = Math.min(a + v, Math.max(1 + 9 * deviation + 20 / k, a + 6 * deviation + 20 / k));
        double from = Math.max(a, Math.min(SMALLEST_GAP, to / 2));
        double logFrom = Math.log(from);
        double range = Math.log(to) - logFrom;
        int panels = (int) Math.max(1, Math.ceil(range * Math.sqrt(Math.max(1, k)) / 4));
        double constant = k * Math.log(k) - LogGamma.value(k);
        for (int panel = 0; panel < panels; panel++) {
            for (int n = 0; n < GaussLegendre.POINTS; n++) {
                double log = logFrom + range * (panel + GaussLegendre.node(n)) / panels;
                double gap = Math.exp(log);
                double density = Math.exp(constant + k * (log - gap));
                if (density > 1e-18) {
                    sum += range / panels * GaussLegendre.weight(n) * density * renewal.at(a + v - gap);
                }
            }
        }
        return sum;
    }

    /**
     * Looks at a history.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @param logGaps Σ ln gap; NaN if it is not known
     * @return what it tells
     */
    public Customer of(int x, double recency, double age, double logGaps) {
        return new Customer(x, recency, age, logGaps);
    }

    /**
     * Simulates the repeat purchases of a new customer.
     *
     * @param age how long
     * @param random the draws
     * @return the times, ascending
     */
    public double[] simulate(double age, Sampling random) {
        double k = random.gamma(t, gamma);
        double lambda = random.gamma(r, alpha);
        double end = Math.min(age, random.exponential(random.gamma(s, beta)));
        double[] times = new double[16];
        int size = 0;
        double time = k > 0 && lambda > 0 ? random.gamma(k, k * lambda) : Double.POSITIVE_INFINITY;
        while (time <= end) {
            if (time > 0) {
                if (size == times.length) {
                    times = Arrays.copyOf(times, 2 * size);
                }
                times[size] = time;
                size++;
            }
            time += random.gamma(k, k * lambda);
        }
        return Arrays.copyOf(times, size);
    }
}
