// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.clv4j.models.internal.special.LogConcave;
import org.clv4j.models.internal.special.LogNormalPair;

/** Random draws from a seed; the same on every machine. */
public final class Sampling implements LogNormalPair.Source {

    /** The odd number next to 2⁶⁴ over the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Up to this mean the sampler of the library, whose counts are ints, is exact. */
    private static final double LARGE_MEAN = 1e9;

    /** So few trials are counted one by one. */
    private static final int COUNTED_TRIALS = 32;

    private final UniformRandomProvider random;
    private final ZigguratSampler.Exponential exponentials;
    private final ZigguratSampler.NormalizedGaussian gaussians;

    /** Whether gamma draws are made without objects of their own, by another method with other bits. */
    private final boolean lean;

    private Sampling(UniformRandomProvider random, boolean lean) {
        this.random = random;
        this.lean = lean;
        this.exponentials = ZigguratSampler.Exponential.of(random);
        this.gaussians = ZigguratSampler.NormalizedGaussian.of(random);
    }

    /**
     * Starts a stream of draws.
     *
     * @param seed the seed
     * @return the stream; not thread-safe
     */
    public static Sampling ofSeed(long seed) {
        return new Sampling(RandomSource.XO_RO_SHI_RO_128_PP.create(seed), false);
    }

    /**
     * Returns a stream that starts anew with each seed, at the cost of setting a number; for very many short streams.
     *
     * @return the stream, to be {@linkplain Restartable#restart started}
     */
    public static Restartable restartable() {
        SplitMix source = new SplitMix();
        return new Restartable(source, new Sampling(source, true));
    }

    /** A stream that can start anew. Not thread-safe. */
    public static final class Restartable {
        private final SplitMix source;
        private final Sampling sampling;

        private Restartable(SplitMix source, Sampling sampling) {
            this.source = source;
            this.sampling = sampling;
        }

        /**
         * Starts anew.
         *
         * @param seed the seed
         * @return the one stream there is, at its start
         */
        public Sampling restart(long seed) {
            source.state = mix(seed);
            return sampling;
        }
    }

    /** The SplitMix64 generator. */
    private static final class SplitMix implements UniformRandomProvider {
        private long state;

        @Override
        public long nextLong() {
            state += GOLDEN;
            return mix(state);
        }
    }

    /**
     * Starts one of many streams of a seed.
     *
     * @param seed the seed
     * @param index which stream
     * @return the stream; not thread-safe
     */
    public static Sampling ofSeed(long seed, long index) {
        return ofSeed(mix(seed) ^ mix(index + 1));
    }

    /** The finaliser of the SplitMix64 generator: neighbouring numbers give unrelated ones. */
    private static long mix(long value) {
        long mixed = value * GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * Draws from a gamma distribution.
     *
     * @param shape the shape, above 0
     * @param rate the rate, above 0
     * @return a draw, at least 0
     */
    public double gamma(double shape, double rate) {
        return lean
                ? leanGamma(shape) / rate
                : AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, 1 / rate)
                        .sample();
    }

    /**
     * The method of Marsaglia and Tsang (2000), <a href="https://doi.org/10.1145/358407.358414">doi:10.1145/358407.358414</a>: a cube of a
     * normal draw, accepted nearly always. A shape below 1 is drawn as one more, times a power of a uniform draw.
     */
    private double leanGamma(double shape) {
        double power = shape < 1 ? Math.exp(-exponential() / shape) : 1;
        double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            double squared = x * x;
            double u = uniform();
            // The first bound is within the second, and spares two logarithms.
            if (root > 0
                    && (u < 1 - 0.0331 * squared * squared || Math.log(u) < squared / 2 + d * (1 - v + Math.log(v)))) {
                return power * d * v;
            }
        }
    }

    /**
     * Draws from a beta distribution.
     *
     * @param a the first shape, above 0
     * @param b the second shape, above 0
     * @return a draw, in [0, 1]
     */
    public double beta(double a, double b) {
        double one = gamma(a, 1);
        double other = gamma(b, 1);
        // Both underflow only if both shapes are tiny; the distribution is then two points.
        return one + other > 0 ? one / (one + other) : uniform() < a / (a + b) ? 1 : 0;
    }

    /**
     * Draws from an exponential distribution.
     *
     * @param rate the rate, at least 0
     * @return a draw; infinite if the rate is 0
     */
    public double exponential(double rate) {
        return exponentials.sample() / rate;
    }

    /**
     * Draws from the standard exponential distribution.
     *
     * @return a draw
     */
    @Override
    public double exponential() {
        return exponentials.sample();
    }

    /**
     * Draws from the standard normal distribution.
     *
     * @return a draw
     */
    @Override
    public double gaussian() {
        return gaussians.sample();
    }

    /**
     * Draws from a Poisson distribution of any mean.
     *
     * <p>A large mean is halved again and again: the n-th event comes at a gamma-distributed time, and after it the count starts
     * anew. With n a half of so large a mean, no double can tell that the time may exceed the mean.
     *
     * @param mean the mean, at least 0
     * @return a draw, a whole number as long as doubles have all of them; at most the largest double
     */
    public double poisson(double mean) {
        double count = 0;
        double rest = Math.min(mean, Double.MAX_VALUE);
        while (rest > LARGE_MEAN) {
            double events = Math.floor(rest / 2);
            count += events;
            rest -= gamma(events, 1);
        }
        return rest > 0
                ? count
                        + PoissonSampler.of(random, Math.max(Double.MIN_VALUE, rest))
                                .sample()
                : count;
    }

    /**
     * Draws the number of the first success of trials.
     *
     * @param p the probability of success, in [0, 1]
     * @return a draw, a whole number, at least 1; infinite if p is 0
     */
    public double firstSuccess(double p) {
        // The number of whole periods in an exponential time.
        return p >= 1 ? 1 : Math.floor(exponential(-Math.log1p(-p))) + 1;
    }

    /**
     * Draws the number of successes of trials, exactly: many trials are halved at the place of an order statistic of their uniform
     * numbers, few are counted.
     *
     * @param trials the number of trials, at least 0
     * @param p the probability of success, in [0, 1]
     * @return a draw, in [0, trials]
     */
    public long binomial(long trials, double p) {
        long successes = 0;
        long rest = trials;
        double chance = p;
        while (rest > COUNTED_TRIALS) {
            long middle = (rest + 1) / 2;
            double at = beta((double) middle, (double) (rest + 1 - middle));
            if (at <= chance) {
                successes += middle;
                rest -= middle;
                // All above p if the statistic is at 1.
                chance = at < 1 ? (chance - at) / (1 - at) : 0;
            } else {
                rest = middle - 1;
                chance /= at;
            }
        }
        for (long i = 0; i < rest; i++) {
            if (uniform() < chance) {
                successes++;
            }
        }
        return successes;
    }

    /**
     * Draws from a density whose logarithm is concave, exactly: rejection from a hat of a flat top and exponential tails, which are
     * tangents where the logarithm has fallen by about 1.
     *
     * @param density the logarithmic density
     * @return a draw, at most the density's end
     */
    public double logConcave(LogConcave density) {
        double mode = density.mode();
        double end = density.end();
        double left = tangentPoint(density, -1);
        double leftSlope = density.slope(left);
        // Where the tangent reaches the height of the mode.
        double leftEdge = Math.min(mode, left - density.below(left) / leftSlope);
        double leftArea = 1 / leftSlope;
        double rightEdge = end;
        double rightSlope = 0;
        double rightArea = 0;
        if (mode < end) {
            double right = Math.min(end, tangentPoint(density, 1));
            rightSlope = -density.slope(right);
            rightEdge = Math.min(end, Math.max(mode, right + density.below(right) / rightSlope));
            rightArea = -Math.expm1(-rightSlope * (end - rightEdge)) / rightSlope;
        }
        double top = rightEdge - leftEdge;
        while (true) {
            double area = uniform() * (leftArea + top + rightArea);
            double w;
            double hat;
            if (area < leftArea) {
                double fall = exponential(1);
                w = leftEdge - fall / leftSlope;
                hat = -fall;
            } else if (area < leftArea + top) {
                w = leftEdge + top * uniform();
                hat = 0;
            } else {
                double fall = -Math.log1p(uniform() * Math.expm1(-rightSlope * (end - rightEdge)));
                w = rightEdge + fall / rightSlope;
                hat = -fall;
            }
            if (hat - exponential(1) <= density.below(w)) {
                return Math.min(w, end);
            }
        }
    }

    /** A point beside the mode where the logarithm has fallen by 0.5 to 2, or the end. */
    private static double tangentPoint(LogConcave density, int side) {
        double mode = density.mode();
        double step = 1;
        while (density.below(mode + side * step) > -0.5 && (side < 0 || mode + step < density.end())) {
            step *= 2;
        }
        while (density.below(mode + side * step) < -2) {
            step /= 2;
        }
        return mode + side * step;
    }

    /**
     * Draws from the uniform distribution on [0, 1).
     *
     * @return a draw
     */
    public double uniform() {
        return random.nextDouble();
    }
}
