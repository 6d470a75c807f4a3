// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Random draws from a seed; the same on every machine. */
public final class Sampling {

    private final UniformRandomProvider random;

    private Sampling(UniformRandomProvider random) {
        this.random = random;
    }

    /**
     * Starts a stream of draws.
     *
     * @param seed the seed
     * @return the stream; not thread-safe
     */
    public static Sampling ofSeed(long seed) {
        return new Sampling(RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
    }

    /**
     * Draws from a gamma distribution.
     *
     * @param shape the shape, above 0
     * @param rate the rate, above 0
     * @return a draw, at least 0
     */
    public double gamma(double shape, double rate) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, 1 / rate)
                .sample();
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
        return ZigguratSampler.Exponential.of(random).sample() / rate;
    }

    /**
     * Draws from the standard normal distribution.
     *
     * @return a draw
     */
    public double gaussian() {
        return ZigguratSampler.NormalizedGaussian.of(random).sample();
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
