// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.models.internal.special.ExponentialIntegral;
import org.clv4j.models.internal.special.GammaRace;
import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.LogConcave;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.ParetoLife;
import org.clv4j.models.internal.special.Rising;

/**
 * The formulas of the Pareto/NBD model for one customer on a path of covariates, whose factors on purchases A and on dropout C are
 * piecewise constant; the last piece has no end.
 *
 * <p>With a(t) = α + ∫A and b(t) = β + ∫C, a piece that begins at u is Pareto/NBD with the rates a(u)/A and b(u)/C; what comes before it
 * is e<sup>−Φ(u)</sup>. Where a method takes shapes, Φ(t) = ρ ln(a(t)/a(from)) + s ln(b(t)/b(from)). All sums have positive terms.
 *
 * <p>Immutable and thread-safe.
 */
public final class ParetoGammaPath {

    /** Beyond this exponent nothing is left that a double holds beside 1. */
    private static final double NEGLIGIBLE_EXPONENT = 745;
    /** An integrand that is smaller by this exponent than the whole integral adds nothing, however long it goes on. */
    private static final double NEGLIGIBLE_BESIDE = 50;

    private static final double BELOW_ONE = Math.nextDown(1.0);

    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;
    /** When each piece begins, the factors in it, and a and b at its beginning. */
    private final double[] times;

    private final double[] purchaseFactors;
    private final double[] dropoutFactors;
    private final double[] a;
    private final double[] b;

    private ParetoGammaPath(
            double r,
            double alpha,
            double s,
            double beta,
            double[] times,
            double[] purchaseFactors,
            double[] dropoutFactors) {
        this.r = r;
        this.alpha = alpha;
        this.s = s;
        this.beta = beta;
        this.times = times;
        this.purchaseFactors = purchaseFactors;
        this.dropoutFactors = dropoutFactors;
        a = new double[times.length];
        b = new double[times.length];
        a[0] = alpha;
        b[0] = beta;
        for (int k = 1; k < times.length; k++) {
            double length = times[k] - times[k - 1];
            a[k] = a[k - 1] + purchaseFactors[k - 1] * length;
            b[k] = b[k - 1] + dropoutFactors[k - 1] * length;
        }
    }

    /**
     * Creates the formulas.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param s shape of the dropout rate; finite, above 0
     * @param beta rate of the dropout rate; finite, above 0
     * @param times when each piece begins; the first at 0, ascending
     * @param purchaseFactors A in each piece; finite, above 0
     * @param dropoutFactors C in each piece; finite, above 0
     * @return the formulas
     */
    public static ParetoGammaPath of(
            double r,
            double alpha,
            double s,
            double beta,
            double[] times,
            double[] purchaseFactors,
            double[] dropoutFactors) {
        return new ParetoGammaPath(r, alpha, s, beta, times.clone(), purchaseFactors.clone(), dropoutFactors.clone());
    }

    private int pieceAt(double time) {
        int found = Arrays.binarySearch(times, time);
        return found >= 0 ? found : -found - 2;
    }

    private double endOf(int piece) {
        return piece + 1 < times.length ? times[piece + 1] : Double.POSITIVE_INFINITY;
    }

    private double a(double time) {
        int piece = pieceAt(time);
        return a[piece] + purchaseFactors[piece] * (time - times[piece]);
    }

    private double b(double time) {
        int piece = pieceAt(time);
        return b[piece] + dropoutFactors[piece] * (time - times[piece]);
    }

    /**
     * A walk over the pieces between two times. At each piece: how long it is, a/A and b/C where it begins, and Φ up to there for shapes
     * ρ and σ.
     */
    private final class Walk {

        private final double rho;
        private final double sigma;
        private final double end;
        private int piece;
        private double time;
        private double length;
        private double scaleA;
        private double scaleB;
        private double exponent;

        Walk(double rho, double sigma, double from, double to) {
            this.rho = rho;
            this.sigma = sigma;
            this.end = to;
            this.time = from;
            this.piece = pieceAt(from);
            take(a(from), b(from));
        }

        private void take(double aHere, double bHere) {
            scaleA = aHere / purchaseFactors[piece];
            scaleB = bHere / dropoutFactors[piece];
            length = Math.min(end, endOf(piece)) - time;
        }

        /** Goes to the next piece; false at the end, with Φ up to there. */
        boolean next() {
            exponent += rho * logTime(length, scaleA) + sigma * logTime(length, scaleB);
            double stop = endOf(piece);
            if (stop >= end) {
                return false;
            }
            piece++;
            time = stop;
            take(a[piece], b[piece]);
            return true;
        }

        double left() {
            return Math.exp(-exponent);
        }

        boolean isOver() {
            return exponent > NEGLIGIBLE_EXPONENT;
        }
    }

    /** ln(1 + time/scale), also where the quotient is beyond the largest double. */
    private static double logTime(double time, double scale) {
        double quotient = time / scale;
        return quotient < Double.POSITIVE_INFINITY ? Math.log1p(quotient) : Math.log(time) - Math.log(scale);
    }

    /** Φ. */
    private double exponent(double rho, double sigma, double from, double to) {
        Walk walk = new Walk(rho, sigma, from, to);
        while (walk.next()) {
            // Only the way counts.
        }
        return walk.exponent;
    }

    /** The probability that death comes before the next purchase and before `to`, of one alive at `from`. */
    private double deathFirst(double rho, double sigma, double from, double to) {
        Walk walk = new Walk(rho, sigma, from, to);
        double sum = 0;
        do {
            sum += walk.left() * GammaRace.secondFirstBefore(rho, walk.scaleA, sigma, walk.scaleB, walk.length);
        } while (walk.next() && !walk.isOver());
        return sum;
    }

    /**
     * Returns ln L.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @param logFactors the sum of ln A at the repeat purchases
     * @return the log-likelihood
     */
    public double logLikelihood(int x, double recency, double age, double logFactors) {
        double rho = r + x;
        double past = exponent(rho, s, 0, recency);
        return Rising.log(r, x) + logFactors - x * Math.log(alpha) - past + logDeadOrAlive(rho, recency, age);
    }

    /** ln[e^−Φ(T) + the probability of having died since t_x]. */
    private double logDeadOrAlive(double rho, double recency, double age) {
        double silent = exponent(rho, s, recency, age);
        double died = recency < age ? deathFirst(rho, s, recency, age) : 0;
        return silent < 700 ? Math.log1p(died * Math.exp(silent)) - silent : Math.log(died);
    }

    /**
     * Returns P(alive at T).
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the probability, in [0, 1]
     */
    public double probabilityAlive(int x, double recency, double age) {
        return 1 / (1 + odds(r + x, recency, age));
    }

    /** P(dead)/P(alive). */
    private double odds(double rho, double recency, double age) {
        if (recency == age) {
            return 0;
        }
        double silent = exponent(rho, s, recency, age);
        double died = deathFirst(rho, s, recency, age);
        // Beyond the largest double, P(alive) is 0 unless nobody dies.
        return died == 0 ? 0 : silent < 700 ? died * Math.exp(silent) : Math.exp(silent + Math.log(died));
    }

    /**
     * Returns 1 − P(alive at T), exact also where it is small.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the probability, in [0, 1]
     */
    public double probabilityDead(int x, double recency, double age) {
        return probabilityDead(r + x, recency, age);
    }

    private double probabilityDead(double rho, double recency, double age) {
        double odds = odds(rho, recency, age);
        return odds < 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds);
    }

    /**
     * Returns P(a purchase in (T, T + t] | alive at T).
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    public double activeGivenAlive(int x, double age, double horizon) {
        double rho = r + x;
        Walk walk = new Walk(rho, s, age, age + horizon);
        double sum = 0;
        do {
            sum += walk.left() * GammaRace.secondFirstBefore(s, walk.scaleB, rho, walk.scaleA, walk.length);
        } while (walk.next() && !walk.isOver());
        return Math.min(1, sum);
    }

    /**
     * Returns P(alive at T + t | alive at T).
     *
     * @param age T
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    public double aliveLaterGivenAlive(double age, double horizon) {
        return Math.exp(-exponent(0, s, age, age + horizon));
    }

    /**
     * Returns the expected purchases in (T, T + t] given alive at T, each discounted by e<sup>−δu</sup> at its time u from now.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t; may be infinite if δ is above 0
     * @param delta δ, at least 0
     * @return the expectation, at least 0
     */
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        Walk walk = new Walk(0, s, age, age + horizon);
        double sum = 0;
        do {
            double ahead = delta * (walk.time - age);
            sum += Math.exp(-walk.exponent - ahead)
                    * purchaseFactors[walk.piece]
                    * walk.scaleB
                    * lived(walk.scaleB, walk.length, delta);
        } while (walk.next() && delta * (walk.time - age) < NEGLIGIBLE_EXPONENT);
        // Rates beyond all measure for a time beyond all measure: more than a double holds.
        return Math.min(Double.MAX_VALUE, (r + x) / a(age) * sum);
    }

    /** The discounted life in a piece, in units of its scale. */
    private double lived(double scale, double length, double delta) {
        if (delta == 0) {
            return ParetoLife.within(s, Math.min(Double.MAX_VALUE, length / scale));
        }
        return length == Double.POSITIVE_INFINITY
                ? ExponentialIntegral.scaled(s, delta * scale)
                : ParetoLife.discountedWithin(s, scale, length, delta);
    }

    /**
     * Returns P(n purchases in (T, T + t] | alive at T).
     *
     * @param n future purchases
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double rho = r + x;
        double end = age + horizon;
        if (n == 0) {
            return Math.min(1, Math.exp(-exponent(rho, s, age, end)) + deathFirst(rho, s, age, end));
        }
        return end > age ? Math.min(1, new Count(n, rho, age).until(end)) : 0;
    }

    /**
     * The distribution of n ≥ 1 purchases of one alive now: alive to the end with n of them, or dead at some time with n by then, which is
     * an integral over each piece.
     */
    private final class Count {

        private final int n;
        private final double rho;
        private final double age;
        private final double aAtAge;
        private final NegativeBinomial count;

        Count(int n, double rho, double age) {
            this.n = n;
            this.rho = rho;
            this.age = age;
            this.aAtAge = a(age);
            this.count = NegativeBinomial.of(rho, n);
        }

        double until(double end) {
            Walk walk = new Walk(0, s, age, end);
            double exposure = 0;
            double least = -NEGLIGIBLE_EXPONENT;
            do {
                if (exposure > 0) {
                    least = Math.max(least, new Piece(walk, exposure).logLeast());
                }
                exposure += purchaseFactors[walk.piece] * walk.length;
            } while (walk.next() && !walk.isOver());
            double sum = Math.exp(logCount(exposure) - walk.exponent);
            walk = new Walk(0, s, age, end);
            exposure = 0;
            do {
                least = Math.max(least, Math.log(sum));
                sum += exposure > 0 ? new Piece(walk, exposure).dead(least - NEGLIGIBLE_BESIDE) : deadInFirst(walk);
                exposure += purchaseFactors[walk.piece] * walk.length;
            } while (walk.next() && !walk.isOver());
            return sum;
        }

        private double logCount(double exposure) {
            return count.log(Math.min(Double.MAX_VALUE, exposure / aAtAge));
        }

        /** In the first piece, where the exposure begins at 0, as without covariates. */
        private double deadInFirst(Walk walk) {
            if (walk.length == 0) {
                return 0;
            }
            double scaleA = walk.scaleA;
            double scaleB = walk.scaleB;
            LogConcave density = LogConcave.of(n + 1.0, rho + n, scaleA, s + 1, scaleB, Math.log(walk.length));
            return s
                    * density.integral(w -> {
                        double y = Math.min(Double.MAX_VALUE, Math.exp(w));
                        double tau = Math.min(Double.MAX_VALUE, y / scaleA);
                        return count.log(tau) + Math.log(y / (scaleB + y)) - s * logTime(y, scaleB);
                    });
        }

        /**
         * A later piece, with h the time that the exposure before it would take in it. In v = ln(1 + y/m), m the least of h and b/C, the
         * integrand's logarithm has no singularity nearer than π, and rises by at most n + 1 a unit.
         */
        private final class Piece {

            private final double exposure;
            private final double factor;
            private final double h;
            private final double scaleA;
            private final double scaleB;
            private final double m;
            private final double exponent;
            private final double length;
            private final double end;

            Piece(Walk walk, double exposure) {
                this.exposure = exposure;
                this.factor = purchaseFactors[walk.piece];
                this.h = exposure / factor;
                this.scaleA = walk.scaleA;
                this.scaleB = walk.scaleB;
                this.m = Math.min(h, scaleB);
                this.exponent = walk.exponent;
                this.length = walk.length;
                this.end = logTime(length, m);
            }

            private double time(double v) {
                return Math.min(Double.MAX_VALUE, v < 700 ? m * Math.expm1(v) : Math.exp(v + Math.log(m)));
            }

            /** The logarithm of the integrand over v. */
            private double log(double y) {
                return logCount(exposure + factor * y)
                        - exponent
                        - s * logTime(y, scaleB)
                        + Math.log(s * ((m + y) / (scaleB + y)));
            }

            /**
             * The logarithm of something that the integral is not below: around any place, the integrand falls by at most e over the inverse
             * of its greatest slope. The best place is the beginning or near where n purchases are likeliest.
             */
            double logLeast() {
                double likeliest = (n / rho * aAtAge - exposure) / factor;
                double best = Math.max(log(0), log(Math.max(0, Math.min(likeliest, length))));
                return best + Math.log(Math.min(end, 1 / (n + rho + s + 2))) - 1;
            }

            double dead(double negligible) {
                double sum = 0;
                double v = 0;
                while (v < end) {
                    double y = time(v);
                    double gap = negligible - log(y);
                    if (gap > 1) {
                        v += gap / (n + 1.0);
                        continue;
                    }
                    double width = Math.min(width(y), end - v);
                    double panel = 0;
                    for (int i = 0; i < GaussLegendre.POINTS; i++) {
                        panel += GaussLegendre.weight(i) * Math.exp(log(time(v + width * GaussLegendre.node(i))));
                    }
                    sum += width * panel;
                    v += width;
                }
                return sum;
            }

            /** How long a panel is good for all digits. */
            private double width(double y) {
                double toH = (m + y) / (h + y);
                double toA = (m + y) / (scaleA + y);
                double toB = (m + y) / (scaleB + y);
                double slope = n * toH - (rho + n) * toA - (s + 1) * toB + 1;
                double bend = n * toH * ((h - m) / (h + y))
                        + (rho + n) * toA * ((scaleA - m) / (scaleA + y))
                        + (s + 1) * toB * ((scaleB - m) / (scaleB + y));
                return Math.min(1, Math.min(6 / Math.abs(slope), 3 / Math.sqrt(bend)));
            }
        }
    }

    /**
     * Returns the expected time from T to the next purchase, given that it comes within t.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the time, in [0, t]
     */
    public double nextPurchaseWithin(int x, double age, double horizon) {
        double rho = r + x;
        Walk walk = new Walk(rho, s, age, age + horizon);
        double probability = 0;
        double moment = 0;
        do {
            double here = walk.left() * GammaRace.secondFirstBefore(s, walk.scaleB, rho, walk.scaleA, walk.length);
            double mean = GammaRace.meanTimeBefore(s, walk.scaleB, rho, walk.scaleA, walk.length);
            probability += here;
            moment += here * (walk.time - age + mean);
        } while (walk.next() && !walk.isOver());
        // A time too short for the scales: the density is flat on it.
        return moment > 0 ? Math.min(horizon, moment / probability) : horizon / 2;
    }

    /**
     * Returns the time from T by which the next purchase is made with a probability, given that there ever is one.
     *
     * @param x repeat purchases
     * @param age T
     * @param probability the probability, in [0, 1)
     * @return the time, at most the largest double
     */
    public double nextPurchaseQuantile(int x, double age, double probability) {
        double rho = r + x;
        double[] bought = new double[times.length - pieceAt(age)];
        Walk walk = new Walk(rho, s, age, Double.POSITIVE_INFINITY);
        double whole = 0;
        int last = -1;
        do {
            last++;
            bought[last] = walk.left()
                    * (walk.length < Double.POSITIVE_INFINITY
                            ? GammaRace.secondFirstBefore(s, walk.scaleB, rho, walk.scaleA, walk.length)
                            : GammaRace.secondFirst(s, walk.scaleB, rho, walk.scaleA));
            whole += bought[last];
        } while (walk.next() && !walk.isOver());
        // From the side on which less lies.
        boolean upper = probability > 0.5;
        double rest = (upper ? 1 - probability : probability) * whole;
        int found = upper ? last : 0;
        while (found != (upper ? 0 : last) && rest > bought[found]) {
            rest -= bought[found];
            found += upper ? -1 : 1;
        }
        Walk piece = new Walk(rho, s, age, Double.POSITIVE_INFINITY);
        for (int k = 0; k < found; k++) {
            piece.next();
        }
        // In the piece, the race is that of a piece without end.
        double ever = GammaRace.secondFirst(s, piece.scaleB, rho, piece.scaleA);
        double here = rest / piece.left();
        double inPiece = upper ? 1 - (here + boughtAfter(piece)) / ever : here / ever;
        double time =
                GammaRace.timeQuantile(s, piece.scaleB, rho, piece.scaleA, Math.max(0, Math.min(BELOW_ONE, inPiece)));
        return Math.min(Double.MAX_VALUE, piece.time - age + Math.min(piece.length, time));
    }

    /** The probability that the next purchase would come after a piece that went on for ever. */
    private double boughtAfter(Walk piece) {
        double length = piece.length;
        if (length == Double.POSITIVE_INFINITY) {
            return 0;
        }
        double exponent = piece.rho * logTime(length, piece.scaleA) + s * logTime(length, piece.scaleB);
        return Math.exp(-exponent) * GammaRace.secondFirst(s, piece.scaleB + length, piece.rho, piece.scaleA + length);
    }

    /**
     * Returns E[λ A(T)].
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the purchase rate while alive, with the covariates as they are at T
     */
    public double purchaseRate(int x, double recency, double age) {
        double rho = r + x;
        double factor = purchaseFactors[pieceAt(age)];
        double alive = rho / a(age);
        double dead = probabilityDead(rho, recency, age);
        if (dead == 0) {
            return factor * alive;
        }
        // Given death at u, λ ~ Gamma(r + x, a(u)): a race with a purchase more over one without.
        double more = deathFirst(rho + 1, s, recency, age);
        double once = deathFirst(rho, s, recency, age);
        return factor * ((1 - dead) * alive + dead * (rho / a(recency)) * (more / once));
    }

    /**
     * Returns E[μ C(T)].
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the dropout rate, with the covariates as they are at T
     */
    public double dropoutRate(int x, double recency, double age) {
        double rho = r + x;
        double factor = dropoutFactors[pieceAt(age)];
        double alive = s / b(age);
        double dead = probabilityDead(rho, recency, age);
        if (dead == 0) {
            return factor * alive;
        }
        // Given death at u, μ ~ Gamma(s + 1, b(u)).
        double more = deathFirst(rho, s + 1, recency, age);
        double once = deathFirst(rho, s, recency, age);
        return factor * ((1 - dead) * alive + dead * (s / b(recency)) * (more / once));
    }

    /**
     * Returns the posterior distribution, with what all of its draws need.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the distribution
     */
    public Posterior posterior(int x, double recency, double age) {
        return new Posterior(r + x, recency, age);
    }

    /** What may be true of the customer, to be drawn from. Immutable and thread-safe. */
    public final class Posterior {

        private final double rho;
        private final double recency;
        private final double age;
        private final double dead;
        private final double aAtAge;
        private final double bAtAge;
        /** The probability of having died up to the end of each piece in the silence, in one proportion. */
        private final double[] died;

        private Posterior(double rho, double recency, double age) {
            this.rho = rho;
            this.recency = recency;
            this.age = age;
            this.dead = probabilityDead(rho, recency, age);
            this.aAtAge = a(age);
            this.bAtAge = b(age);
            this.died = new double[pieceAt(age) - pieceAt(recency) + 1];
            Walk walk = new Walk(rho, s, recency, age);
            double sum = 0;
            int piece = 0;
            do {
                sum += walk.left() * GammaRace.secondFirstBefore(rho, walk.scaleA, s, walk.scaleB, walk.length);
                died[piece] = sum;
                piece++;
            } while (walk.next());
            Arrays.fill(died, piece, died.length, sum);
        }

        /**
         * Draws. Rates are those at covariates of 0.
         *
         * @param horizon the time in which future purchases count
         * @param random the draws
         * @return the draw
         */
        public CustomerDraw draw(double horizon, Sampling random) {
            if (random.uniform() < dead) {
                double time = timeOfDeath(random);
                return new CustomerDraw(false, random.gamma(rho, a(time)), random.gamma(s + 1, b(time)), time, 0);
            }
            double rate = random.gamma(rho, aAtAge);
            double dropout = random.gamma(s, bAtAge);
            double dies = timeAfter(age, random.exponential(dropout), dropoutFactors);
            double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), dies));
            double exposure = integral(age, Math.min(dies, age + horizon), purchaseFactors);
            return new CustomerDraw(true, rate, dropout, lifetime, (long) random.poisson(rate * exposure));
        }

        /** When one died who did between t_x and T: first in which piece, then when in it. */
        private double timeOfDeath(Sampling random) {
            double threshold = random.uniform() * died[died.length - 1];
            int later = 0;
            while (died[later] < threshold) {
                later++;
            }
            int piece = pieceAt(recency) + later;
            double start = Math.max(recency, times[piece]);
            double length = Math.min(age, endOf(piece)) - start;
            LogConcave density = LogConcave.of(
                    1,
                    rho,
                    a(start) / purchaseFactors[piece],
                    s + 1,
                    b(start) / dropoutFactors[piece],
                    Math.log(length));
            return start + Math.min(length, Math.exp(random.logConcave(density)));
        }
    }

    /** The integral of a factor between two times. */
    private double integral(double from, double to, double[] factors) {
        double sum = 0;
        double time = from;
        for (int piece = pieceAt(from); time < to; piece++) {
            double next = Math.min(to, endOf(piece));
            sum += factors[piece] * (next - time);
            time = next;
        }
        return sum;
    }

    /** The time by which the integral of a factor from a time on has grown to a value. */
    private double timeAfter(double from, double value, double[] factors) {
        double rest = value;
        double time = from;
        for (int piece = pieceAt(from); ; piece++) {
            double inPiece = factors[piece] * (endOf(piece) - time);
            if (rest <= inPiece) {
                return time + rest / factors[piece];
            }
            rest -= inPiece;
            time = endOf(piece);
        }
    }

    /**
     * Simulates the repeat purchases of a new customer.
     *
     * @param age the time that is simulated
     * @param random the draws
     * @return the times in (0, age], ascending
     */
    public double[] simulate(double age, Sampling random) {
        double rate = random.gamma(r, alpha);
        double end = Math.min(age, timeAfter(0, random.exponential(random.gamma(s, beta)), dropoutFactors));
        double[] purchases = new double[16];
        int count = 0;
        double time = timeAfter(0, random.exponential(rate), purchaseFactors);
        while (time <= end) {
            if (count == purchases.length) {
                purchases = Arrays.copyOf(purchases, 2 * count);
            }
            purchases[count] = time;
            count++;
            time = timeAfter(time, random.exponential(rate), purchaseFactors);
        }
        return Arrays.copyOf(purchases, count);
    }
}
