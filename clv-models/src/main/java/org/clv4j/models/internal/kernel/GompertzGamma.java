// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.GompertzRace;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.Rising;

/**
 * The formulas of the GGompertz/NBD model: given alive after x purchases in T, λ ~ Gamma(r + x, α + T), and what is left of life is again
 * Gompertz with a gamma-distributed propensity ηe<sup>bT</sup> ~ Gamma(s, κ), κ = 1 + (β − 1)e<sup>−bT</sup>.
 *
 * <p>Of one who is alive at the last purchase, either nothing happens in the silence, with probability e<sup>−u</sup>, or death comes
 * first, with probability D ({@link GompertzRace}): P(alive) = e<sup>−u</sup>/(e<sup>−u</sup> + D).
 */
public final class GompertzGamma implements AttritionFormulas {

    /** So many steps of a hat are enough; what is left gets one. */
    private static final int STEPS = 100;
    /** Beyond this exponent its exponential is nothing beside an ordinary number. */
    private static final double FAR = 600;

    private final double r;
    private final double alpha;
    private final double b;
    private final double s;
    private final double beta;

    /**
     * Creates the formulas of a model.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param b growth of the hazard; finite, above 0
     * @param s shape of the propensity to leave; finite, above 0
     * @param beta rate of the propensity to leave; finite, above 0
     */
    public GompertzGamma(double r, double alpha, double b, double s, double beta) {
        this.r = r;
        this.alpha = alpha;
        this.b = b;
        this.s = s;
        this.beta = beta;
    }

    private double kappa(double age) {
        return GompertzRace.later(b, beta, age);
    }

    /** What comes first after a time, a purchase or death. */
    private GompertzRace race(int x, double time) {
        return GompertzRace.of(r + x, alpha + time, s, b, kappa(time));
    }

    @Override
    public double logLikelihood(int x, double recency, double age) {
        double silence = age - recency;
        GompertzRace race = race(x, recency);
        double exponent = race.exponent(silence);
        // What did not happen in a short silence is a purchase.
        double logSilent = exponent < 0.5
                ? Math.log1p(-race.firstFirstBefore(silence))
                : Math.log(Math.exp(-exponent) + race.secondFirstBefore(silence));
        return Rising.log(r, x)
                - r * Math.log1p(recency / alpha)
                - x * Math.log(alpha + recency)
                - s * GompertzRace.growth(b, beta, recency)
                + logSilent;
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        double silence = age - recency;
        if (silence == 0) {
            return 1;
        }
        GompertzRace race = race(x, recency);
        double exponent = race.exponent(silence);
        double silent = Math.exp(-exponent);
        double died = race.secondFirstBefore(silence);
        // e^−u alone has no digits left where it nearly underflows.
        if (exponent > FAR) {
            return died > 0 ? Math.exp(-exponent - Math.log(Math.max(died, silent))) : 0;
        }
        return silent / (silent + died);
    }

    @Override
    public boolean canChange(RateChange change) {
        return true;
    }

    /** The hazard grows with time, which time that runs faster would change: η divides the rate of the propensity instead. */
    @Override
    public double changedGivenAlive(int x, double age, double horizon, double delta, RateChange change) {
        double time =
                GompertzRace.alone(s, b, kappa(age) / change.dropoutFactor()).discountedTime(horizon, delta);
        return change.purchaseFactor() * ((r + x) * (time / (alpha + age)));
    }

    @Override
    public double probabilityDead(int x, double recency, double age) {
        double silence = age - recency;
        if (silence == 0) {
            return 0;
        }
        GompertzRace race = race(x, recency);
        double silent = Math.exp(-race.exponent(silence));
        double died = race.secondFirstBefore(silence);
        return silent + died > 0 ? died / (silent + died) : 1;
    }

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        return race(x, age).firstFirstBefore(horizon);
    }

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        return discountedGivenAlive(x, age, horizon, 0);
    }

    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        double time = GompertzRace.alone(s, b, kappa(age)).discountedTime(horizon, delta);
        return (r + x) * (time / (alpha + age));
    }

    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        return discountedGivenAlive(x, age, Double.POSITIVE_INFINITY, delta);
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        return Math.exp(-s * GompertzRace.growth(b, kappa(age), horizon));
    }

    /** Alive to the end with n purchases, or dead at some u with n purchases by then. */
    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double a = alpha + age;
        double tau = horizon / a;
        if (tau == 0) {
            return n == 0 ? 1 : 0;
        }
        GompertzRace race = race(x, age);
        if (n == 0) {
            return Math.min(1, Math.exp(-race.exponent(horizon)) + race.secondFirstBefore(horizon));
        }
        NegativeBinomial count = NegativeBinomial.of(r + x, n);
        double alive = Math.exp(count.log(tau)) * aliveLaterGivenAlive(x, age, horizon);
        return Math.min(1, alive + race.secondTimes(n, horizon, u -> count.log(u / a)));
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        return race(x, age).firstMeanTimeBefore(horizon);
    }

    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        return race(x, age).firstTimeQuantile(probability);
    }

    /** Given death at y, λ ~ Gamma(r + x, α + y). */
    @Override
    public double purchaseRate(int x, double recency, double age) {
        double alive = (r + x) / (alpha + age);
        double dead = probabilityDead(x, recency, age);
        if (dead == 0) {
            return alive;
        }
        GompertzRace race = race(x, recency);
        double silence = age - recency;
        return probabilityAlive(x, recency, age) * alive
                + dead * (race.firstRateAtSecond(silence) / race.secondFirstBefore(silence));
    }

    /** The hazard at T, or at death: given death at y, ηe^(by) ~ Gamma(s + 1, κ at y); else ηe^(bT) ~ Gamma(s, κ at T). */
    @Override
    public double dropoutRate(int x, double recency, double age) {
        double alive = s * (b / kappa(age));
        double dead = probabilityDead(x, recency, age);
        if (dead == 0) {
            return alive;
        }
        GompertzRace race = race(x, recency);
        double silence = age - recency;
        return probabilityAlive(x, recency, age) * alive
                + dead * (race.hazardAtSecond(silence) / race.secondFirstBefore(silence));
    }

    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        double rho = r + x;
        if (random.uniform() < probabilityDead(x, recency, age)) {
            double lived = drawDeath(rho, recency, age - recency, random);
            double death = Math.min(age, recency + lived);
            double rate = random.gamma(rho, alpha + death);
            return new CustomerDraw(false, rate, hazard(s + 1, kappa(death), random), death, 0);
        }
        double rate = random.gamma(rho, alpha + age);
        double propensity = random.gamma(s, kappa(age));
        double left = lifetime(propensity, random);
        double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), age + left));
        long purchases = (long) random.poisson(rate * Math.min(left, horizon));
        return new CustomerDraw(true, rate, Math.min(Double.MAX_VALUE, b * propensity), lifetime, purchases);
    }

    private double hazard(double shape, double rate, Sampling random) {
        return Math.min(Double.MAX_VALUE, b * random.gamma(shape, rate));
    }

    /** What is left of life with a propensity. */
    private double lifetime(double propensity, Sampling random) {
        double exposure = random.exponential(1);
        double ratio = exposure / propensity;
        return (ratio < Double.POSITIVE_INFINITY ? Math.log1p(ratio) : Math.log(exposure) - Math.log(propensity)) / b;
    }

    /**
     * Draws how long after the last purchase death came, given that it came in the silence. The density over the growth v = G(y) is
     * ∝ e<sup>−sv</sup>(1 + y/a)<sup>−ρ</sup>, which falls: rejection from a staircase, whose steps have the height of their left ends.
     */
    private double drawDeath(double rho, double recency, double silence, Sampling random) {
        double a = alpha + recency;
        double kappa = kappa(recency);
        double end = GompertzRace.growth(b, kappa, silence);
        double[] edges = new double[STEPS + 1];
        double[] heights = new double[STEPS];
        double area = 0;
        int steps = 0;
        while (edges[steps] < end && steps < STEPS) {
            double v = edges[steps];
            double y = GompertzRace.timeOf(b, kappa, v);
            heights[steps] = logDensity(rho, a, kappa, v);
            double slope = s + rho / (a + y) * (GompertzRace.later(b, kappa, y) / b);
            double next = steps == STEPS - 1 ? end : Math.min(end, v + 1 / slope);
            edges[steps + 1] = next > v ? next : end;
            area += Math.exp(heights[steps]) * (edges[steps + 1] - v);
            steps++;
        }
        while (true) {
            double under = random.uniform() * area;
            int step = 0;
            double stepArea = Math.exp(heights[0]) * edges[1];
            while (under > stepArea && step < steps - 1) {
                under -= stepArea;
                step++;
                stepArea = Math.exp(heights[step]) * (edges[step + 1] - edges[step]);
            }
            double v = edges[step] + random.uniform() * (edges[step + 1] - edges[step]);
            if (heights[step] - random.exponential(1) <= logDensity(rho, a, kappa, v)) {
                return Math.min(silence, GompertzRace.timeOf(b, kappa, v));
            }
        }
    }

    private double logDensity(double rho, double a, double kappa, double v) {
        return -s * v - rho * Math.log1p(GompertzRace.timeOf(b, kappa, v) / a);
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        double rate = random.gamma(r + x, alpha + age);
        double left = lifetime(random.gamma(s, kappa(age)), random);
        out.addPoisson(rate, Math.min(left, horizon), random);
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double rate = random.gamma(r, alpha);
        double lifetime = lifetime(random.gamma(s, beta), random);
        return GammaPoisson.poissonTimes(rate, Math.min(lifetime, age), random);
    }
}
