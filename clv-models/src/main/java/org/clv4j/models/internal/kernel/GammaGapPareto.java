// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.GaussRule;

/**
 * The Pareto/GGG model given its parameters: gaps of shape k and mean 1/λ, lifetimes of rate μ, all three gamma-distributed.
 *
 * <p>Given k, a history leaves kλ ~ Gamma(A, B/k) with A = r + kx and B = α + kt_x but for the silence after the last purchase, and the sum of
 * the next n gaps is beta prime of shapes nk and A and scale B/k. So λ is integrated out in closed form; what is left is a sum over a
 * lattice of ln k, and integrals over a time. The lifetime of one who is alive has μ ~ Gamma(s, β + T) whatever k and λ. Immutable and
 * thread-safe.
 */
public final class GammaGapPareto {

    /** Shapes below count as this: gaps of a coefficient of variation of 4.5. */
    static final double LOWEST_LOG_SHAPE = GammaGapLattice.LOWEST_LOG_SHAPE;

    /** Shapes above count as this: gaps of a coefficient of variation of 0.011. */
    private static final double HIGHEST_LOG_SHAPE = 9;

    /** Beyond it renewals are counted as if they were a little less regular. */
    private static final double MOST_REGULAR = 400;

    /** Shapes are u₀ + c ln(1 + e^(ξ/c)) on a lattice of ξ, c so many spacings, so that the sum has no end at the lowest. */
    private static final double BEND = 1.25;

    private static final double WIDEST = 0.3;
    private static final double REACH = 20;
    private static final double NEGLIGIBLE = 1e-13;
    /** What is not discounted and alive with this logarithm is not counted. */
    private static final double END = 45;

    /** Steps of expectations are resolved to this. */
    private static final double SHARPEST = 0.1;

    /** The last part of a horizon, which is not cut further. */
    private static final double LAST_PART = 1e-3;

    private static final GaussRule INNER = GaussRule.of(10);
    private static final GaussRule OUTER = GaussRule.of(12);

    private static final int REMEMBERED = 4_096;
    private static final double HUGE = 1e300;
    private static final int PATIENCE = 20_000;

    private final double t;
    private final double gamma;
    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;
    private final double priorConstant;
    private final Map<RenewalKey, MixedRenewals> renewals = new ConcurrentHashMap<>();

    /** Which table. */
    private record RenewalKey(double k, double shape) {}

    /** Times, ascending from 0, at which an integral is cut. */
    private static final class Cuts {

        private double[] times = new double[32];
        private int size = 1;

        /** Begins with a first piece; before it others, if what is in it changes with a discount. */
        void start(double first, double delta) {
            if (delta > 0) {
                for (double cut = 0.5 / delta; cut < first / 2; cut *= 4) {
                    add(cut);
                }
            }
            add(first);
        }

        void add(double time) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
            }
            times[size] = time;
            size++;
        }

        double at(int i) {
            return times[i];
        }

        double last() {
            return times[size - 1];
        }

        int size() {
            return size;
        }

        double[] all() {
            return Arrays.copyOf(times, size);
        }
    }

    /** What is asked of a time. */
    @FunctionalInterface
    private interface OfTime {
        double at(double time);
    }

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
        this.priorConstant = t * Math.log(t) - t - LogGamma.value(t);
    }

    /** The logarithmic density of ln k. */
    private double logPrior(double u) {
        double beyond = u - Math.log(t / gamma);
        return priorConstant + t * (beyond - Math.expm1(beyond));
    }

    private MixedRenewals renewals(double k, double shape) {
        RenewalKey key = new RenewalKey(k, shape);
        MixedRenewals known = renewals.get(key);
        if (known == null) {
            known = new MixedRenewals(k, shape);
            if (renewals.size() >= REMEMBERED) {
                renewals.clear();
            }
            renewals.put(key, known);
        }
        return known;
    }

    /** A shape of gaps, and what it says of a customer whose last purchase was some time ago. */
    private static final class Shape {

        private final double k;
        private final double a;
        private final double scale;
        private final double logNorm;
        private final double sigma;

        Shape(double k, double a, double scale) {
            this.k = k;
            this.a = a;
            this.scale = scale;
            this.logNorm = LogBeta.value(k, a);
            this.sigma = Math.min(1, Math.sqrt(1 / k + 1 / a));
        }

        /** A time by which the last of some gaps, if they are regular, is surely not over. */
        double calm(int gaps) {
            double width = Math.sqrt(1 / (gaps * k) + 1 / a);
            return width < 0.3 ? gaps * scale * k / a * Math.exp(-9 * width) : 0;
        }

        /** The logarithm of the density of ln of the time of the next purchase after the last. */
        double logDensity(double logTime) {
            return logDensity(k, logNorm, logTime);
        }

        /** The same of the purchase after some more, the gaps having this shape together. */
        double logDensity(double shape, double norm, double logTime) {
            double l = logTime - Math.log(scale);
            return l > 0
                    ? -a * l - (a + shape) * Math.log1p(Math.exp(-l)) - norm
                    : shape * l - (a + shape) * Math.log1p(Math.exp(l)) - norm;
        }

        /** The probability that some gaps of this shape together are over by a time. */
        double by(double shape, double time) {
            double w = time / scale;
            return w > 1 ? betaRest(1 / (1 + w), a, shape) : betaPart(w / (1 + w), shape, a);
        }

        /** The logarithm of the probability of no purchase up to a time after the last. */
        double logSilent(double time) {
            if (time == 0) {
                return 0;
            }
            double w = time / scale;
            double silent = w > 1 ? betaPart(1 / (1 + w), a, k) : betaRest(w / (1 + w), k, a);
            if (silent > 1e-280) {
                return Math.log(silent);
            }
            return logDensity(Math.log(time)) - Math.log(a) + Math.log(fraction(1 / (1 + w)));
        }

        /** The continued fraction of the incomplete beta function I(x; a, k), for x below its mean, by Lentz's method. */
        private double fraction(double x) {
            double c = 1;
            double d = 1 / (1 - (a + k) * x / (a + 1));
            double fraction = d;
            for (int m = 1; m < 500; m++) {
                double even = m * (k - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
                d = 1 / notZero(1 + even * d);
                c = notZero(1 + even / c);
                fraction *= d * c;
                double odd = -(a + m) * (a + k + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
                d = 1 / notZero(1 + odd * d);
                c = notZero(1 + odd / c);
                fraction *= d * c;
                if (Math.abs(d * c - 1) < 1e-15) {
                    break;
                }
            }
            return Math.max(1e-300, fraction);
        }

        private static double notZero(double value) {
            return Math.abs(value) < 1e-300 ? 1e-300 : value;
        }

        /** The probability of silence after a purchase, in two parts: of one who is alive now, and of one who has left since. */
        double left(double silence, double logSilent, double lived, double power) {
            if (silence == 0) {
                return 0;
            }
            double sum = -Math.expm1(-power * Math.log1p(silence / lived)) * Math.exp(logSilent);
            double end = Math.log(silence);
            double peak = Math.min(end, Math.log(scale) + Math.log(k / a));
            double width = Math.min(4, 3.5 * sigma);
            for (double to = peak; ; to -= width) {
                double part = leftPanel(to - width, to, lived, power);
                sum += part;
                if (part <= NEGLIGIBLE * sum) {
                    break;
                }
            }
            for (double from = peak; from < end; from += width) {
                double part = leftPanel(from, Math.min(end, from + width), lived, power);
                sum += part;
                if (part <= NEGLIGIBLE * sum) {
                    break;
                }
            }
            return sum;
        }

        private double leftPanel(double from, double to, double lived, double power) {
            double sum = 0;
            for (int n = 0; n < GaussLegendre.POINTS; n++) {
                double log = from + (to - from) * GaussLegendre.node(n);
                sum -= GaussLegendre.weight(n)
                        * Math.exp(logDensity(log))
                        * Math.expm1(-power * Math.log1p(Math.exp(log) / lived));
            }
            return (to - from) * sum;
        }
    }

    /** A place on the lattice of shapes. */
    private static final class Node {

        private final double u;
        private final Shape shape;
        private final double logSilent;
        private final double left;
        /** Without the silence. */
        private final double logGaps;

        private final double logWeight;

        Node(Customer customer, double u, double logPrior) {
            this.u = u;
            this.shape = customer.shape(Math.exp(u), 0);
            this.logSilent = shape.logSilent(customer.silence);
            this.left = shape.left(customer.silence, logSilent, customer.lived, customer.dropoutShape());
            this.logGaps = logPrior + customer.logGapDensity(u);
            this.logWeight = logGaps + Math.log(Math.max(1e-300, Math.exp(logSilent + customer.logSurvived()) + left));
        }
    }

    /** What a history leaves. */
    public final class Customer {

        private final int x;
        private final double silence;
        private final double age;
        private final double recency;
        private final double logGaps;
        /** The time for which a lifetime has surely lasted, and a rate's prior with it. */
        private final double lived;

        private final Shape[] shapes;
        private final double[] logSilent;
        /** Weights of the shapes without the silence, relative to one of the largest. */
        private final double[] logWeights;
        /** Those of one who is alive; they sum to 1. */
        private final double[] ahead;
        /** Those of one who has left. */
        private final double[] gone;

        private final double logLikelihood;
        private final double alive;

        private Customer(int x, double recency, double age, double logGaps) {
            this.x = x;
            this.recency = recency;
            this.silence = age - recency;
            this.age = age;
            this.logGaps = logGaps;
            this.lived = beta + recency;
            List<Node> nodes = lattice();
            int size = nodes.size();
            shapes = new Shape[size];
            logSilent = new double[size];
            logWeights = new double[size];
            ahead = new double[size];
            gone = new double[size];
            double largest = Double.NEGATIVE_INFINITY;
            for (Node node : nodes) {
                largest = Math.max(largest, node.logGaps);
            }
            double logSurvived = logSurvived();
            double survivors = 0;
            double all = 0;
            double largestAhead = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < size; j++) {
                Node node = nodes.get(j);
                shapes[j] = node.shape;
                logSilent[j] = node.logSilent;
                logWeights[j] = node.logGaps - largest;
                double still = Math.exp(logWeights[j] + logSilent[j] + logSurvived);
                gone[j] = Math.exp(logWeights[j]) * node.left;
                survivors += still;
                all += still + gone[j];
                largestAhead = Math.max(largestAhead, logWeights[j] + logSilent[j]);
            }
            double sum = 0;
            for (int j = 0; j < size; j++) {
                ahead[j] = Math.exp(logWeights[j] + logSilent[j] - largestAhead);
                sum += ahead[j];
            }
            for (int j = 0; j < size; j++) {
                ahead[j] /= sum;
            }
            alive = silence > 0 ? Math.min(1, survivors / Math.max(all, Double.MIN_NORMAL)) : 1;
            logLikelihood = largest + Math.log(Math.max(all, Double.MIN_NORMAL)) - s * Math.log1p(recency / beta);
        }

        private double dropoutShape() {
            return s;
        }

        private double logSurvived() {
            return -s * Math.log1p(silence / lived);
        }

        private Shape shape(double k, int more) {
            return new Shape(k, r + k * x + more, (alpha + k * recency) / k);
        }

        /** The logarithm of the probability density of the gaps up to the last purchase, λ integrated out. */
        private double logGapDensity(double u) {
            if (x == 0) {
                return 0;
            }
            double k = Math.exp(u);
            double shape = k * x;
            double log = shape * u
                    + LogGamma.value(r + shape)
                    - LogGamma.value(r)
                    + r * Math.log(alpha)
                    - (r + shape) * Math.log(alpha + k * recency);
            if (!Double.isNaN(logGaps)) {
                return log + (k - 1) * logGaps - x * LogGamma.value(k);
            }
            // Of the sum of gaps, relative to what it is for gaps without memory, so that for k = 1 both are the same.
            // Without time between them purchases are as good as simultaneous; all shapes but 1 would be 0 or infinite.
            // They count
            // as if made within α, which is a time in whatever unit.
            double power = (shape - x) * Math.log(recency > 0 ? recency : alpha);
            return log + power - LogGamma.value(shape) + LogGamma.value(x);
        }

        private double logWeight(double u) {
            return new Node(this, u, 0).logWeight;
        }

        /** Nodes of ln k with the logarithms of their weights, without the silence. */
        private List<Node> lattice() {
            double mode = mode();
            double spacing = spacing(mode);
            double bend = BEND * spacing;
            double above = Math.max(1e-4, (mode - LOWEST_LOG_SHAPE) / bend);
            long middle = Math.round(BEND * logExpm1(above));
            List<Node> nodes = new ArrayList<>();
            double top = Double.NEGATIVE_INFINITY;
            for (int side = -1; side <= 1; side += 2) {
                for (long i = side < 0 ? middle : middle + 1; ; i += side) {
                    double bent = i / BEND;
                    double u = LOWEST_LOG_SHAPE + bend * (bent > 30 ? bent : Math.log1p(Math.exp(bent)));
                    if (u >= HIGHEST_LOG_SHAPE) {
                        break;
                    }
                    double step = Math.log(spacing) - (bent > 30 ? 0 : Math.log1p(Math.exp(-bent)));
                    Node node = new Node(this, u, logPrior(u) + step);
                    top = Math.max(top, node.logWeight);
                    if (!(node.logWeight > top - REACH)) {
                        break;
                    }
                    nodes.add(node);
                }
            }
            addBorder(nodes, LOWEST_LOG_SHAPE, RegularizedGamma.P.value(t, gamma * Math.exp(LOWEST_LOG_SHAPE)), top);
            addBorder(nodes, HIGHEST_LOG_SHAPE, RegularizedGamma.Q.value(t, gamma * Math.exp(HIGHEST_LOG_SHAPE)), top);
            nodes.sort(Comparator.comparingDouble(node -> node.u));
            return nodes;
        }

        private void addBorder(List<Node> nodes, double u, double mass, double top) {
            Node node = new Node(this, u, Math.log(Math.max(mass, Double.MIN_NORMAL)));
            if (nodes.isEmpty() || (mass > Double.MIN_NORMAL && node.logWeight > top - REACH)) {
                nodes.add(node);
            }
        }

        private double mode() {
            double best = Math.max(LOWEST_LOG_SHAPE, Math.min(HIGHEST_LOG_SHAPE, Math.log(t / gamma)));
            double highest = logPrior(best) + logGapDensity(best);
            for (double u = LOWEST_LOG_SHAPE; u <= HIGHEST_LOG_SHAPE; u += 0.5) {
                double log = logPrior(u) + logGapDensity(u);
                if (log > highest) {
                    highest = log;
                    best = u;
                }
            }
            best = climb(best, 0.25, 1e-4, u -> logPrior(u) + logGapDensity(u));
            return silence > 0 ? climb(best, 0.25, 0.02, u -> logPrior(u) + logWeight(u)) : best;
        }

        private static double climb(double from, double first, double last, OfTime log) {
            double best = from;
            double highest = log.at(from);
            double step = first;
            while (step > last) {
                boolean better = false;
                for (double place : new double[] {best - step, best + step}) {
                    if (place >= LOWEST_LOG_SHAPE && place <= HIGHEST_LOG_SHAPE) {
                        double there = log.at(place);
                        if (there > highest) {
                            highest = there;
                            best = place;
                            better = true;
                            break;
                        }
                    }
                }
                step = better ? step : step / 2;
            }
            return best;
        }

        /** Three quarters of a standard deviation at most, as a power of two times the widest, so that customers have shapes in common. */
        private double spacing(double mode) {
            double top = logPrior(mode) + logWeight(mode);
            double spacing = WIDEST;
            while (spacing > 1e-5
                    && Math.min(
                                    logPrior(mode - 1.2 * spacing) + logWeight(mode - 1.2 * spacing),
                                    logPrior(mode + 1.2 * spacing) + logWeight(mode + 1.2 * spacing))
                            < top - 0.45) {
                spacing /= 2;
            }
            return spacing;
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

        /** Σ of the probability of the history over shapes, with λ of a larger shape, and a lifetime of another one. */
        private double sum(int more, double power, OfTime factor) {
            double sum = 0;
            double logSurvived = -power * Math.log1p(silence / lived);
            for (int j = 0; j < shapes.length; j++) {
                Shape shape = more == 0 ? shapes[j] : shape(shapes[j].k, more);
                double silent = more == 0 ? logSilent[j] : shape.logSilent(silence);
                sum += Math.exp(logWeights[j])
                        * factor.at(shapes[j].k)
                        * (Math.exp(silent + logSurvived) + shape.left(silence, silent, lived, power));
            }
            return sum;
        }

        /**
         * Returns E[λ].
         *
         * @return the rate
         */
        public double purchaseRate() {
            double rates = sum(1, s, k -> (r + k * x) / (alpha + k * recency));
            return rates / Math.max(sum(0, s, k -> 1), Double.MIN_NORMAL);
        }

        /**
         * Returns E[μ].
         *
         * @return the rate
         */
        public double dropoutRate() {
            return s / lived * sum(0, s + 1, k -> 1) / Math.max(sum(0, s, k -> 1), Double.MIN_NORMAL);
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

        /** The probability of being alive at a time from now, discounted. */
        private double left(double time, double delta) {
            return Math.exp(-s * Math.log1p(time / (beta + age)) - delta * time);
        }

        /**
         * Where integrals over the time of the n-th purchase from now are cut: the first piece is short of all that changes, further
         * ones grow. What is discounted has more of them before the first, but no others.
         */
        private double[] cuts(int n, int j, double horizon, double delta) {
            Shape shape = shapes[j];
            double sharpness = Math.min(1, Math.sqrt(1 / (n * shape.k) + 1 / shape.a));
            double calm = shape.calm(n) - silence;
            double grow = Math.expm1(Math.min(1.5, 3.5 * sharpness));
            double most = Math.min(4.5, Math.exp(3.5 / Math.sqrt(n)));
            double first = Math.min(2 * (beta + age) / Math.max(1, s), shape.scale);
            if (silence > 0) {
                double hazard = Math.exp(shape.logDensity(Math.log(silence)) - logSilent[j]) / silence;
                first = Math.min(silence * grow, Math.min(first, 1 / hazard));
            }
            Cuts cuts = new Cuts();
            cuts.start(Math.min(horizon, Math.max(first, 1e-18 * Math.min(horizon, beta + age))), delta);
            while (cuts.last() < horizon) {
                double from = cuts.last();
                double next = Math.min(from * most, Math.max(calm, from + grow * (silence + from)));
                cuts.add(next >= horizon || left(from, delta) < 1e-30 ? horizon : next);
            }
            return cuts.all();
        }

        /** ∫ over a piece; the first one's nodes are dense next to now. */
        private double piece(double from, double to, OfTime function) {
            double sum = 0;
            double range = from > 0 ? Math.log(to / from) : 0;
            for (int n = 0; n < OUTER.points(); n++) {
                double node = OUTER.node(n);
                double time = from > 0 ? from * Math.exp(range * node) : to * node * node * node;
                double speed = from > 0 ? range * time : 3 * to * node * node;
                sum += OUTER.weight(n) * speed * function.at(time);
            }
            return sum;
        }

        /**
         * ∫ f(v) dF(v) up to a horizon, F the distribution of the n-th purchase from now of one who is alive and lives on.
         *
         * @param cuts where the integral is cut
         * @param of f, which hardly changes in a billionth of what the first piece is
         */
        private double overPurchase(int n, int j, double[] cuts, OfTime of) {
            Shape shape = shapes[j];
            double gaps = n * shape.k;
            double norm = n == 1 ? shape.logNorm : LogBeta.value(gaps, shape.a);
            double sharpness = Math.min(1, Math.sqrt(1 / gaps + 1 / shape.a));
            OfTime density = v -> {
                double time = silence + v;
                double log = shape.logDensity(gaps, norm, Math.log(time)) - logSilent[j];
                if (n > 1 && silence > 0) {
                    // The part of the first of n gaps is beta, however long they are together.
                    log += Math.log(
                            v < silence
                                    ? betaPart(v / time, gaps - shape.k, shape.k)
                                    : betaRest(silence / time, shape.k, gaps - shape.k));
                }
                return log > -700 ? Math.exp(Math.min(600, log)) / Math.max(time, 1e-40) * of.at(v) : 0;
            };
            double sum = 0;
            if (silence == 0) {
                double least = cuts[1] * 1e-12;
                sum = of.at(0) * shape.by(gaps, least);
                double range = Math.log(1e12);
                int panels = (int) Math.ceil(range / Math.min(4, 3.5 * sharpness));
                for (int p = 0; p < panels; p++) {
                    sum += piece(
                            least * Math.exp(range * p / panels), least * Math.exp(range * (p + 1) / panels), density);
                }
            } else {
                sum = piece(0, cuts[1], density);
            }
            for (int i = 1; i + 1 < cuts.length; i++) {
                double part = piece(cuts[i], cuts[i + 1], density);
                sum += part;
                if (part < 1e-16 * sum && cuts[i] > 4 * n * shape.scale * shape.k / shape.a) {
                    break;
                }
            }
            return sum;
        }

        /** Σ over shapes of those who are alive. */
        private double mean(IntToDoubleFunction of) {
            double sum = 0;
            for (int j = 0; j < shapes.length; j++) {
                if (ahead[j] > 1e-10) {
                    sum += ahead[j] * of.applyAsDouble(j);
                }
            }
            return sum;
        }

        /** The probability of a number of purchases at least, within a horizon, of one who is alive now. */
        private double atLeast(int n, double horizon) {
            return horizon == 0 ? 0 : Math.min(1, mean(j -> overPurchase(n, j, cuts(n, j, horizon, 0), this::later)));
        }

        /**
         * Returns the probability of a purchase within a horizon.
         *
         * @param horizon the time from now
         * @return the probability
         */
        public double active(double horizon) {
            return alive * atLeast(1, horizon);
        }

        /**
         * Returns the probability of a number of purchases within a horizon.
         *
         * @param n the number
         * @param horizon the time from now
         * @return the probability
         */
        public double count(int n, double horizon) {
            if (n == 0) {
                return 1 - active(horizon);
            }
            return alive * Math.max(0, atLeast(n, horizon) - atLeast(n + 1, horizon));
        }

        /**
         * Returns the expected time to the next purchase, given that it is made within a horizon.
         *
         * @param horizon the time from now
         * @return the time
         */
        public double nextWithin(double horizon) {
            double active = atLeast(1, horizon);
            double time = horizon > 0
                    ? mean(j -> overPurchase(1, j, cuts(1, j, horizon, 0), v -> v / horizon * later(v)))
                    : 0;
            return active > 0 ? horizon * Math.min(1, time / active) : horizon / 2;
        }

        /**
         * Returns a quantile of the time to the next purchase, given that there is one.
         *
         * @param probability the probability
         * @return the time
         */
        public double nextQuantile(double probability) {
            double wanted = probability * atLeast(1, HUGE);
            if (!(wanted > 0)) {
                return 0;
            }
            double high = Math.min(HUGE, beta + age);
            double low = high;
            for (double far = 1e3; high < HUGE && atLeast(1, high) < wanted; far = Math.min(1e100, far * far)) {
                low = high;
                high = Math.min(HUGE, high * far);
            }
            for (double far = 1e3; low == high || atLeast(1, low) > wanted; far = Math.min(1e100, far * far)) {
                high = low;
                low /= far;
                if (low < 1e-300) {
                    return high;
                }
            }
            return high >= HUGE ? Double.MAX_VALUE : quantileBetween(low, high, wanted);
        }

        /** Where a chord of the logarithms says, with the Illinois rule for ends that stay. */
        private double quantileBetween(double low, double high, double wanted) {
            double below = Math.log(low);
            double above = Math.log(high);
            double tooFew = Math.log(atLeast(1, low) / wanted);
            double tooMany = Math.log(atLeast(1, high) / wanted);
            int same = 0;
            for (int i = 0; i < 200 && above - below > 1e-11; i++) {
                double part = -tooFew / (tooMany - tooFew);
                double middle = part > 0 && part < 1 ? below + part * (above - below) : (below + above) / 2;
                double there = Math.log(atLeast(1, Math.exp(middle)) / wanted);
                if (Math.abs(there) < 1e-13) {
                    return Math.exp(middle);
                }
                if (there < 0) {
                    below = middle;
                    tooFew = there;
                    same = Math.min(-1, same - 1);
                    tooMany = same < -1 ? tooMany / 2 : tooMany;
                } else {
                    above = middle;
                    tooMany = there;
                    same = Math.max(1, same + 1);
                    tooFew = same > 1 ? tooFew / 2 : tooFew;
                }
            }
            return Math.exp(above);
        }

        /**
         * Returns the expected purchases within a horizon, discounted.
         *
         * @param horizon the time from now
         * @param delta the discount rate
         * @return the expectation
         */
        public double expected(double horizon, double delta) {
            if (horizon == 0 || alive == 0) {
                return 0;
            }
            double end = delta > 0 ? Math.min(horizon, END / delta) : horizon;
            return alive * mean(j -> silence > 0 ? afterSilence(j, end, delta) : afterPurchase(j, end, delta));
        }

        /**
         * Returns the expected purchases without end, discounted.
         *
         * @param delta the discount rate, above 0
         * @return the expectation
         */
        public double residual(double delta) {
            return expected(END / delta, delta);
        }

        private MixedRenewals renewals(Shape shape, double a) {
            return GammaGapPareto.this.renewals(Math.min(MOST_REGULAR, shape.k), a);
        }

        private double afterPurchase(int j, double horizon, double delta) {
            return further(
                    shapes[j], renewals(shapes[j], shapes[j].a), shapes[j].a, shapes[j].scale, 0, horizon, delta);
        }

        /** The next purchase and those after it. All nodes are those of P(active), or fewer of those that this one has. */
        private double afterSilence(int j, double horizon, double delta) {
            Shape shape = shapes[j];
            double a = shape.a + shape.k;
            MixedRenewals after = renewals(shape, a);
            return overPurchase(
                    1,
                    j,
                    toTheEnd(cuts(1, j, horizon, delta), shape),
                    v -> left(v, delta) + further(shape, after, a, shape.scale + silence + v, v, horizon - v, delta));
        }

        /** Cuts a second half more finely towards its end, where the purchases that are still to come begin to be none. */
        private double[] toTheEnd(double[] cuts, Shape shape) {
            double horizon = cuts[cuts.length - 1];
            double shrink = Math.exp(Math.min(1.5, 3.5 * shape.sigma));
            Cuts finer = new Cuts();
            for (int i = 1; i < cuts.length; i++) {
                double from = finer.last();
                while (horizon - from > LAST_PART * horizon && horizon - cuts[i] < (horizon - from) / shrink) {
                    from = horizon - (horizon - from) / shrink;
                    finer.add(from);
                }
                finer.add(cuts[i]);
            }
            return finer.all();
        }

        /**
         * The expected purchases after one that is made some time from now: the rise of the renewals over a piece of time, times the
         * mean of what is left of a purchase there, which is exact where it does not change.
         *
         * @param after the renewals
         * @param a the shape of the rate
         * @param scale the scale of the next gap
         * @param now the time of the purchase
         * @param rest the time for purchases after it
         */
        private double further(
                Shape shape, MixedRenewals after, double a, double scale, double now, double rest, double delta) {
            if (!(rest > 0)) {
                return 0;
            }
            double logUnit = Math.log(scale * shape.k / Math.min(MOST_REGULAR, shape.k));
            double gap = scale * shape.k / a;
            double grow =
                    Math.exp(Math.min(1.5, 3.5 * Math.max(SHARPEST, Math.min(1, Math.sqrt(1 / shape.k + 1 / a)))));
            // Then the waves of regular purchases have gone.
            double late = gap * Math.min(shape.k, Math.sqrt(a));
            double enough = 1e-25 * left(now, delta);
            Cuts cuts = new Cuts();
            cuts.start(Math.min(rest, Math.min(gap / 4, (beta + age + now) / Math.max(1, s))), delta);
            double sum = 0;
            double before = 0;
            for (int i = 1; ; i++) {
                double from = cuts.at(i - 1);
                double to = cuts.at(i);
                double by = after.atLog(Math.log(to) - logUnit);
                if (by > before) {
                    sum += (by - before) * meanLeft(after, from, to, logUnit, now, delta);
                    before = by;
                }
                if (to >= rest || left(now + to, delta) < enough) {
                    return sum;
                }
                if (i == cuts.size() - 1) {
                    cuts.add(Math.min(rest, to * (to > late ? 4.5 : grow)));
                }
            }
        }

        /** What is left on average of the purchases in a piece of time. */
        private double meanLeft(MixedRenewals after, double from, double to, double logUnit, double now, double delta) {
            if (from == 0) {
                return meanLeftAtFirst(after, to, logUnit, now, delta);
            }
            double weights = 0;
            double sum = 0;
            double logTo = Math.log(to);
            double range = logTo - Math.log(from);
            for (int n = 0; n < INNER.points(); n++) {
                double log = logTo - range * INNER.node(n);
                double weight = INNER.weight(n) * after.slopeAtLog(log - logUnit);
                weights += weight;
                sum += weight * left(now + Math.exp(log), delta);
            }
            return weights > 0 ? sum / weights : left(now + to, delta);
        }

        /** By parts, since purchases in clumps are endlessly dense right after a purchase. */
        private double meanLeftAtFirst(MixedRenewals after, double to, double logUnit, double now, double delta) {
            double logTo = Math.log(to);
            double all = after.atLog(logTo - logUnit);
            double sum = left(now + to, delta);
            for (int n = 0; n < INNER.points(); n++) {
                double node = INNER.node(n);
                double log = logTo + 3 * Math.log(node);
                double time = now + Math.exp(log);
                double lost = left(time, delta) * (s / (beta + age + time) + delta);
                sum += INNER.weight(n) * 3 * to * node * node * lost * after.atLog(log - logUnit) / all;
            }
            return Math.min(left(now, delta), sum);
        }

        /**
         * Draws what may be true.
         *
         * @param horizon the time from now in which purchases count
         * @param random the draws
         * @return the draw
         */
        public CustomerDraw draw(double horizon, Sampling random) {
            if (random.uniform() < alive) {
                return drawAlive(horizon, random);
            }
            Shape shape = shapes[pick(gone, random)];
            double[] death = drawDeath(shape, random);
            double gap = death[1];
            double lambda = random.gamma(shape.a + shape.k, 1) / (shape.k * (shape.scale + gap));
            double lifetime = Math.min(age, recency + death[0]);
            double mu = random.gamma(s + 1, 1) / (beta + lifetime);
            return new CustomerDraw(false, finite(lambda), finite(mu), lifetime, 0);
        }

        CustomerDraw drawAlive(double horizon, Sampling random) {
            Shape shape = shapes[pick(ahead, random)];
            double gap = drawGap(shape, random);
            double lambda = random.gamma(shape.a + shape.k, 1) / (shape.k * (shape.scale + gap));
            double mu = random.gamma(s, 1) / (beta + age);
            double ahead = mu > 0 ? random.exponential(mu) : CustomerDraw.NEVER;
            double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), age + ahead));
            double rest = Math.min(horizon, ahead) - (gap - silence);
            double count = rest >= 0 && horizon > 0 ? 1 + purchasesIn(shape.k, shape.k * lambda * rest, random) : 0;
            return new CustomerDraw(
                    true, finite(lambda), finite(mu), lifetime, count < 0x1p63 ? (long) count : Long.MAX_VALUE);
        }

        /** The time from the last purchase to the next of one who is alive. */
        private double drawGap(Shape shape, Sampling random) {
            for (int i = 0; i < 8; i++) {
                double gap = shape.scale * random.gamma(shape.k, 1) / random.gamma(shape.a, 1);
                if (gap > silence && gap < HUGE) {
                    return gap;
                }
            }
            double wanted = Math.log(1 - random.uniform()) + shape.logSilent(silence);
            double low = Math.max(silence, 1e-300);
            double high = Math.max(low, shape.scale);
            while (high < HUGE && shape.logSilent(high) > wanted) {
                low = high;
                high *= 10;
            }
            for (int i = 0; i < 80 && high > low * (1 + 1e-14); i++) {
                double middle = Math.sqrt(low) * Math.sqrt(high);
                if (shape.logSilent(middle) > wanted) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return Math.max(silence, Math.min(HUGE, high));
        }

        /**
         * The time from the last purchase to the departure, and to the purchase that would have been next, of one who left before both
         * now and that purchase: either is drawn without the other, and kept if it fits.
         */
        private double[] drawDeath(Shape shape, Sampling random) {
            double dead = -Math.expm1(-s * Math.log1p(silence / lived));
            for (int i = 0; i < PATIENCE; i++) {
                double gap;
                boolean kept;
                if (shape.a > 1 && s / lived * shape.scale * shape.k / (shape.a - 1) < dead) {
                    gap = shape.scale * random.gamma(shape.k + 1, 1) / random.gamma(shape.a - 1, 1);
                    double by = -Math.expm1(-s * Math.log1p(Math.min(gap, silence) / lived));
                    kept = random.uniform() * s * gap / lived < by;
                } else {
                    gap = shape.scale * random.gamma(shape.k, 1) / random.gamma(shape.a, 1);
                    double by = -Math.expm1(-s * Math.log1p(Math.min(gap, silence) / lived));
                    kept = random.uniform() * dead < by;
                }
                if (kept && gap < HUGE) {
                    double part = -Math.expm1(-s * Math.log1p(Math.min(gap, silence) / lived));
                    double time = lived * Math.expm1(-Math.log1p(-part * random.uniform()) / s);
                    return new double[] {Math.min(silence, Math.min(gap, time)), gap};
                }
            }
            // Hardly ever: who bought so often has left at once.
            double gap = Math.min(silence, shape.scale * shape.k / shape.a);
            return new double[] {gap * random.uniform(), gap};
        }
    }

    /** The regularised incomplete beta function, which has no double where its factors underflow. */
    private static double betaPart(double z, double a, double b) {
        double part = RegularizedBeta.value(z, a, b);
        return part >= 0 ? part : 0;
    }

    private static double betaRest(double z, double a, double b) {
        double rest = RegularizedBeta.complement(z, a, b);
        return rest >= 0 ? rest : 0;
    }

    private static double logExpm1(double value) {
        return value > 30 ? value : Math.log(Math.expm1(value));
    }

    private static int pick(double[] weights, Sampling random) {
        double at = random.uniform() * Arrays.stream(weights).sum();
        int j = 0;
        while (j < weights.length - 1 && at >= weights[j]) {
            at -= weights[j];
            j++;
        }
        return j;
    }

    private static double finite(double rate) {
        return Math.min(rate, Double.MAX_VALUE);
    }

    /** Draws how many gaps of a shape and rate 1 end within a time: halved again and again, since parts of a sum of gaps are beta. */
    private static double purchasesIn(double k, double time, Sampling random) {
        double count = 0;
        double rest = time;
        double gaps = Math.max(1, Math.floor(rest / k));
        if (!(rest < 1e300)) {
            return Math.min(Double.MAX_VALUE, rest / k);
        }
        double sum = random.gamma(gaps * k, 1);
        while (sum <= rest) {
            rest -= sum;
            count += gaps;
            gaps = Math.max(1, Math.floor(rest / k));
            sum = random.gamma(gaps * k, 1);
        }
        // The last of these gaps ends too late; how many end in time?
        while (gaps > 1) {
            double half = Math.floor(gaps / 2);
            double part = sum * random.beta(half * k, (gaps - half) * k);
            if (part <= rest) {
                count += half;
                rest -= part;
                sum -= part;
                gaps -= half;
            } else {
                sum = part;
                gaps = half;
            }
        }
        return count;
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
        double k = Math.max(Math.exp(LOWEST_LOG_SHAPE), Math.min(Math.exp(HIGHEST_LOG_SHAPE), random.gamma(t, gamma)));
        double lambda = random.gamma(r, alpha);
        double end = Math.min(age, random.exponential(random.gamma(s, beta)));
        double[] times = new double[16];
        int size = 0;
        double time = lambda > 0 ? random.gamma(k, k * lambda) : Double.POSITIVE_INFINITY;
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
