// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.GammaRace;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.Rising;

/** The formulas of the NBD model: λ ~ Gamma(r + x, α + T) after x purchases in T, and nobody leaves. */
public final class GammaPoisson implements AttritionFormulas {

    private final double r;
    private final double alpha;

    /**
     * Creates the formulas of a model.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     */
    public GammaPoisson(double r, double alpha) {
        this.r = r;
        this.alpha = alpha;
    }

    @Override
    public double logLikelihood(int x, double recency, double age) {
        return Rising.log(r, x) - r * Math.log1p(age / alpha) - x * Math.log(alpha + age);
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        return 1;
    }

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        return active(r + x, horizon / (alpha + age));
    }

    /** 1 − (1 + τ)^−ρ. */
    static double active(double rho, double tau) {
        return -Math.expm1(-rho * Math.log1p(tau));
    }

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        return (r + x) * (horizon / (alpha + age));
    }

    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        double time = delta == 0 ? horizon : -Math.expm1(-delta * horizon) / delta;
        return (r + x) * (time / (alpha + age));
    }

    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        return (r + x) / (alpha + age) / delta;
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
        return 0;
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        return 1;
    }

    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double tau = horizon / (alpha + age);
        return tau == 0
                ? (n == 0 ? 1 : 0)
                : Math.exp(NegativeBinomial.of(r + x, n).log(tau));
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        return nextPurchaseWithin(r + x, alpha + age, horizon);
    }

    /** The expected time to the next purchase of one who cannot leave before. */
    static double nextPurchaseWithin(double rho, double scale, double horizon) {
        return GammaRace.meanTimeBefore(0, scale, rho, scale, horizon);
    }

    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        return nextPurchaseQuantile(r + x, alpha + age, probability);
    }

    /** The quantile of the time to the next purchase of one who cannot leave before. */
    static double nextPurchaseQuantile(double rho, double scale, double probability) {
        return Math.min(Double.MAX_VALUE, scale * Math.expm1(-Math.log1p(-probability) / rho));
    }

    @Override
    public double purchaseRate(int x, double recency, double age) {
        return (r + x) / (alpha + age);
    }

    @Override
    public double dropoutRate(int x, double recency, double age) {
        return 0;
    }

    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        double rate = random.gamma(r + x, alpha + age);
        return new CustomerDraw(true, rate, 0, CustomerDraw.NEVER, (long) random.poisson(rate * horizon));
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        out.addPoisson(random.gamma(r + x, alpha + age), horizon, random);
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        return poissonTimes(random.gamma(r, alpha), age, random);
    }

    /** The times of a Poisson process of a rate in (0, end]. */
    static double[] poissonTimes(double rate, double end, Sampling random) {
        double[] times = new double[8];
        int count = 0;
        for (double time = random.exponential(rate); time <= end; time += random.exponential(rate)) {
            if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
            }
            times[count++] = time;
        }
        return Arrays.copyOf(times, count);
    }
}
