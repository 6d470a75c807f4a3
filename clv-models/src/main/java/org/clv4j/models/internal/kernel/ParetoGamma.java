// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.ExponentialIntegral;
import org.clv4j.models.internal.special.GammaRace;
import org.clv4j.models.internal.special.LogConcave;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.ParetoLife;
import org.clv4j.models.internal.special.Rising;

/**
 * The formulas of the Pareto/NBD model: given alive after x purchases in T, λ ~ Gamma(r + x, α + T) and μ ~ Gamma(s, β + T).
 *
 * <p>With P_t = −(r+x) ln(α+t) − s ln(β+t) and X(t) the probability that death comes before the next purchase of one who is alive at t
 * ({@link GammaRace}), the likelihood is Γ(r+x)/Γ(r) α^r β^s e^{P_T} R and P(alive) = 1/R, where R = 1 − X(T) + e^{P_tx − P_T} X(t_x) ≥ 1.
 */
public final class ParetoGamma implements AttritionFormulas {

    /** Shapes up to this multiply the rounding of a logarithm by so little that nobody notices. */
    private static final double SMALL = 128;
    /** Frequencies whose series a batch remembers. */
    private static final int MAX_KNOWN = 128;

    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;

    /**
     * Creates the formulas of a model.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param s shape of the dropout rate; finite, above 0
     * @param beta rate of the dropout rate; finite, above 0
     */
    public ParetoGamma(double r, double alpha, double s, double beta) {
        this.r = r;
        this.alpha = alpha;
        this.s = s;
        this.beta = beta;
    }

    @Override
    public double logLikelihood(int x, double recency, double age) {
        return Rising.log(r, x)
                - r * Math.log1p(age / alpha)
                - x * Math.log(alpha + age)
                - s * Math.log1p(age / beta)
                + logDeadOrAlive(x, recency, age);
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        if (recency == age) {
            return 1;
        }
        double rho = r + x;
        return alive(
                logDecay(rho, recency, age),
                GammaRace.secondFirst(rho, alpha + recency, s, beta + recency),
                GammaRace.secondFirst(rho, alpha + age, s, beta + age));
    }

    /** 1/R from −u, X(t_x) and X(T); R e^{−u} does not overflow. */
    private static double alive(double logDecay, double atLast, double atAge) {
        double decay = Math.exp(logDecay);
        return Math.min(1, decay / (atLast + decay * (1 - atAge)));
    }

    /** P_T − P_tx. */
    private double logDecay(double rho, double recency, double age) {
        return rho <= SMALL && s <= SMALL
                ? logDecay(
                        rho,
                        Math.log(alpha + recency),
                        Math.log(alpha + age),
                        Math.log(beta + recency),
                        Math.log(beta + age))
                : -rho * Math.log1p((age - recency) / (alpha + recency))
                        - s * Math.log1p((age - recency) / (beta + recency));
    }

    /** The same from logarithms, whose rounding counts as often as the shapes say: nothing for small ones. */
    private double logDecay(double rho, double logALast, double logAAge, double logBLast, double logBAge) {
        return rho * (logALast - logAAge) + s * (logBLast - logBAge);
    }

    /** {@inheritDoc} What depends on frequency and one time, or on a time alone, is computed once a value on a time grid. */
    @Override
    public void probabilityAliveInto(CustomerBase base, int from, int to, double[] out) {
        double[][] ratios = new double[MAX_KNOWN + 1][];
        RepeatedPairs races = RepeatedPairs.of(base, from, to, (x, time) -> race(x, time, ratios));
        double[] logsA = logsOfSteps(base, from, to, alpha);
        double[] logsB = logsOfSteps(base, from, to, beta);
        if (logsA.length > 0 && s <= SMALL) {
            for (int row = from; row < to; row++) {
                int last = base.recencySteps(row);
                int now = base.ageSteps(row);
                double rho = r + base.frequency(row);
                if (last == now) {
                    out[row - from] = 1;
                } else {
                    double logDecay = rho <= SMALL
                            ? logDecay(rho, logsA[last], logsA[now], logsB[last], logsB[now])
                            : logDecay(rho, base.recency(row), base.age(row));
                    out[row - from] = alive(logDecay, races.atRecency(row), races.at(row));
                }
            }
            return;
        }
        double raceAtStart = race(0, 0, ratios);
        double logA = Math.log(alpha);
        double logB = Math.log(beta);
        for (int row = from; row < to; row++) {
            int x = base.frequency(row);
            double recency = base.recency(row);
            double age = base.age(row);
            if (recency == age) {
                out[row - from] = 1;
            } else if (x == 0 && r <= SMALL && s <= SMALL) {
                double logDecay = logDecay(r, logA, Math.log(alpha + age), logB, Math.log(beta + age));
                out[row - from] = alive(logDecay, raceAtStart, races.at(row));
            } else {
                out[row - from] = alive(logDecay(r + x, recency, age), races.atRecency(row), races.at(row));
            }
        }
    }

    /** ln(rate + t) of every step of a grid that is short against the batch; else nothing. */
    private static double[] logsOfSteps(CustomerBase base, int from, int to, double rate) {
        int maxStep = 0;
        for (int row = from; row < to && base.isGridded(); row++) {
            maxStep = Math.max(maxStep, base.ageSteps(row));
        }
        if (!base.isGridded() || maxStep > to - from) {
            return new double[0];
        }
        double[] logs = new double[maxStep + 1];
        for (int step = 0; step <= maxStep; step++) {
            logs[step] = Math.log(rate + step / (double) base.stepsPerPeriod());
        }
        return logs;
    }

    private double race(int x, double time, double[][] ratios) {
        double rho = r + x;
        if (x > MAX_KNOWN) {
            return GammaRace.secondFirst(rho, alpha + time, s, beta + time);
        }
        if (ratios[x] == null) {
            ratios[x] = GammaRace.ratios(rho, s, alpha >= beta);
        }
        return GammaRace.secondFirst(rho, alpha + time, s, beta + time, ratios[x]);
    }

    /** ln R, where 1/R is P(alive). */
    private double logDeadOrAlive(int x, double recency, double age) {
        double silence = age - recency;
        if (silence == 0) {
            return 0;
        }
        double rho = r + x;
        double u = rho * Math.log1p(silence / (alpha + recency)) + s * Math.log1p(silence / (beta + recency));
        if (u < 1) {
            // X(t_x) − X(T)e^{−u} is the probability of dying in the silence, which is small: no difference of two
            // large numbers.
            return Math.log1p(
                    Math.exp(u) * GammaRace.secondFirstBefore(rho, alpha + recency, s, beta + recency, silence));
        }
        double atLast = GammaRace.secondFirst(rho, alpha + recency, s, beta + recency);
        double atAge = GammaRace.secondFirst(rho, alpha + age, s, beta + age);
        return u + Math.log(atLast + Math.exp(-u) * (1 - atAge));
    }

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        return Math.min(1, GammaRace.secondFirstBefore(s, beta + age, r + x, alpha + age, horizon));
    }

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        double time = ParetoLife.within(s, horizon / (beta + age));
        return (r + x) * ((beta + age) / (alpha + age)) * time;
    }

    /** (r+x)/(α+T) ∫₀ᵗ e^{−δy} (1 + y/(β+T))^−s dy. */
    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        if (delta == 0) {
            return expectedGivenAlive(x, age, horizon);
        }
        double scale = beta + age;
        return (r + x) * (scale / (alpha + age)) * ParetoLife.discountedWithin(s, scale, horizon, delta);
    }

    /** (r+x)(β+T)/(α+T) e^y E_s(y) with y = δ(β+T), which is Tricomi's function in a form that neither overflows nor vanishes. */
    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        double scale = beta + age;
        return (r + x) * (scale / (alpha + age)) * ExponentialIntegral.scaled(s, delta * scale);
    }

    @Override
    public boolean canChange(RateChange change) {
        return true;
    }

    @Override
    public double changedGivenAlive(int x, double age, double horizon, double delta, RateChange change) {
        return AttritionFormulas.changedRates(this, x, age, horizon, delta, change);
    }

    @Override
    public double probabilityDead(int x, double recency, double age) {
        return -Math.expm1(-logDeadOrAlive(x, recency, age));
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        return Math.exp(-s * Math.log1p(horizon / (beta + age)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Alive to the end with n purchases, or dead at some u with n purchases by then: an integral over ln u whose integrand has a
     * concave logarithm.
     */
    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double a = alpha + age;
        double b = beta + age;
        double rho = r + x;
        double tau = horizon / a;
        if (tau == 0) {
            return n == 0 ? 1 : 0;
        }
        NegativeBinomial count = NegativeBinomial.of(rho, n);
        double alive = Math.exp(count.log(tau) - s * Math.log1p(horizon / b));
        LogConcave density = LogConcave.of(n + 1.0, rho + n, a, s + 1, b, Math.log(horizon));
        double dead = density.integral(w -> {
            double u = Math.exp(w);
            return count.log(u / a) + Math.log(u / (b + u)) - s * Math.log1p(u / b);
        });
        return Math.min(1, alive + s * dead);
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        return GammaRace.meanTimeBefore(s, beta + age, r + x, alpha + age, horizon);
    }

    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        return GammaRace.timeQuantile(s, beta + age, r + x, alpha + age, probability);
    }

    /** Given death at y, λ ~ Gamma(r + x, α + y); so the mean over y is a ratio of two races, one with a purchase more. */
    @Override
    public double purchaseRate(int x, double recency, double age) {
        double rho = r + x;
        double alive = rho / (alpha + age);
        double dead = probabilityDead(x, recency, age);
        if (dead == 0) {
            return alive;
        }
        double a = alpha + recency;
        double b = beta + recency;
        double silence = age - recency;
        double more = GammaRace.secondFirstBefore(rho + 1, a, s, b, silence);
        double once = GammaRace.secondFirstBefore(rho, a, s, b, silence);
        return probabilityAlive(x, recency, age) * alive + dead * (rho / a) * (more / once);
    }

    /** Given death at y, μ ~ Gamma(s + 1, β + y); else Gamma(s, β + T). */
    @Override
    public double dropoutRate(int x, double recency, double age) {
        double rho = r + x;
        double alive = s / (beta + age);
        double dead = probabilityDead(x, recency, age);
        if (dead == 0) {
            return alive;
        }
        double a = alpha + recency;
        double b = beta + recency;
        double silence = age - recency;
        double more = GammaRace.secondFirstBefore(rho, a, s + 1, b, silence);
        double once = GammaRace.secondFirstBefore(rho, a, s, b, silence);
        return probabilityAlive(x, recency, age) * alive + dead * (s / b) * (more / once);
    }

    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        double rho = r + x;
        if (random.uniform() < probabilityDead(x, recency, age)) {
            double a = alpha + recency;
            double b = beta + recency;
            double silence = age - recency;
            LogConcave density = LogConcave.of(1, rho, a, s + 1, b, Math.log(silence));
            double lived = Math.min(silence, Math.exp(random.logConcave(density)));
            return new CustomerDraw(
                    false, random.gamma(rho, a + lived), random.gamma(s + 1, b + lived), recency + lived, 0);
        }
        double rate = random.gamma(rho, alpha + age);
        double dropout = random.gamma(s, beta + age);
        double left = random.exponential(dropout);
        double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), age + left));
        return new CustomerDraw(true, rate, dropout, lifetime, (long) random.poisson(rate * Math.min(left, horizon)));
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        double rate = random.gamma(r + x, alpha + age);
        double left = random.exponential(random.gamma(s, beta + age));
        out.addPoisson(rate, Math.min(left, horizon), random);
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double rate = random.gamma(r, alpha);
        double lifetime = random.exponential(random.gamma(s, beta));
        return GammaPoisson.poissonTimes(rate, Math.min(lifetime, age), random);
    }
}
