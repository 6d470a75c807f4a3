// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.clv4j.models.internal.special.BetaExpectation;
import org.clv4j.models.internal.special.ExponentialIntegral;
import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.Rising;

/**
 * The formulas of the beta-geometric/NBD family, a customer at a time. Arguments are checked by the models.
 *
 * <p>With m = 0 for BG/NBD, 1 for MBG/NBD, a customer who is alive after x repeat purchases in T has λ ~ Gamma(r + x, α + T) and p ~
 * Beta(a, b + x + m). Everything about the future is an expectation over these two, times P(alive).
 *
 * <p>Immutable and thread-safe; nothing here allocates.
 */
public final class BetaGeometric implements AttritionFormulas {

    /** More terms than this, and the quadrature is cheaper than the series. */
    private static final int MAX_TERMS = 1500;

    /** The first term of the series is e to the minus this at the least, well above the smallest double. */
    private static final double MAX_EXPONENT = 600;

    private static final BetaExpectation.Integrand PURCHASES = BetaGeometric::purchasesGivenDropout;
    private static final BetaExpectation.Integrand DISCOUNTED = BetaGeometric::discountedGivenDropout;

    private final double r;
    private final double alpha;
    private final double a;
    private final double b;
    private final int m;

    /**
     * Creates the formulas of a model.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param a first shape of the dropout probability; finite, above 0
     * @param b second shape of the dropout probability; finite, above 0
     * @param modified whether dropout can follow the first purchase (MBG/NBD)
     */
    public BetaGeometric(double r, double alpha, double a, double b, boolean modified) {
        this.r = r;
        this.alpha = alpha;
        this.a = a;
        this.b = b;
        this.m = modified ? 1 : 0;
    }

    /**
     * Returns ln L(x, t_x, T).
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the log-likelihood
     */
    @Override
    public double logLikelihood(int x, double recency, double age) {
        int y = x + m;
        // r ln α − (r+x) ln(α+T), without the difference of two logarithms.
        double logLikelihood = Rising.log(r, x)
                + (Rising.log(b, y) - Rising.log(a + b, y))
                - r * Math.log1p(age / alpha)
                - x * Math.log(alpha + age);
        return y == 0 ? logLikelihood : logLikelihood + softplus(logDeadToAlive(x, recency, age));
    }

    /** ln of the odds of having dropped out after the last purchase. */
    private double logDeadToAlive(int x, double recency, double age) {
        return (r + x) * Math.log1p((age - recency) / (alpha + recency)) + Math.log(a / (b + x + m - 1));
    }

    /**
     * Returns P(alive | x, t_x, T).
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the probability, in [0, 1]
     */
    @Override
    public double probabilityAlive(int x, double recency, double age) {
        if (x + m == 0) {
            return 1;
        }
        double odds = a / (b + x + m - 1) * Math.exp((r + x) * Math.log1p((age - recency) / (alpha + recency)));
        return 1 / (1 + odds);
    }

    /**
     * Returns P(at least one purchase in (T, T + t] | alive).
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        return GammaPoisson.active(r + x, horizon / (alpha + age));
    }

    /**
     * Returns E[purchases in (T, T + t] | x, T, alive] = E[(1 − e<sup>−λpt</sup>)/p].
     *
     * <p>As the sum over n of P(n purchases of one who cannot drop out) × E[those made before dropout | n]: positive terms, nothing
     * singular at a = 1. Where that takes too many terms, quadrature over p.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the expectation, at least 0
     */
    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        double rho = r + x;
        double tau = horizon / (alpha + age);
        double z = tau / (1 + tau);
        double terms = rho * tau + 12 * Math.sqrt(rho * tau * (1 + tau)) + 40 * (1 + tau);
        double exponent = rho * Math.log1p(tau);
        if (terms > MAX_TERMS || exponent > MAX_EXPONENT) {
            // E over λ is closed: (1 − (1 + pτ)^−ρ)/p, which leaves its limit ρτ where pτ(ρ+1) nears 1.
            return BetaExpectation.of(a, b + x + m, PURCHASES, rho, tau, 1 / (1 + (rho + 1) * tau));
        }
        double probability = Math.exp(-exponent);
        double made = 0;
        double increment = 1;
        double sum = 0;
        double bx = b + x + m;
        for (int n = 1; ; n++) {
            double ratio = z * (rho + n - 1) / n;
            probability *= ratio;
            made += increment;
            double term = probability * made;
            sum += term;
            // From here terms shrink at least by this ratio: z (ρ+n)/(n+1) × (n+1)/n.
            double bound = z * (rho + n) / n;
            if (bound < 1 && term * bound <= 1e-17 * sum * (1 - bound)) {
                return sum;
            }
            increment *= (bx + n - 1) / (a + bx + n - 1);
        }
    }

    /** (1 − (1 + pτ)^−ρ)/p. */
    private static double purchasesGivenDropout(double p, double rho, double tau) {
        return -Math.expm1(-rho * Math.log1p(p * tau)) / p;
    }

    /**
     * Returns the expected purchases in (T, T + t] given alive, each discounted by e<sup>−δs</sup> at its time s from now.
     *
     * <p>By parts: e<sup>−δt</sup>E(t) + δ∫₀ᵗ e<sup>−δs</sup>E(s) ds, all positive; Gauss–Legendre panels in ln s, short enough for
     * the discount factor.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @param delta δ, at least 0
     * @return the expectation, at least 0
     */
    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        if (delta == 0 || horizon == 0) {
            return expectedGivenAlive(x, age, horizon);
        }
        // E(s) bends on the time scale of the first purchase or of the first dropout, whichever is shorter.
        double bx = b + x + m;
        double scale = (alpha + age) / (1 + (r + x) * a / (a + bx));
        double reach = Math.min(horizon, 50 / delta);
        double logReach = Math.log1p(reach / scale);
        int panels = (int) Math.ceil(logReach);
        double integral = 0;
        for (int panel = 0; panel < panels; panel++) {
            double start = scale * Math.expm1(logReach * panel / panels);
            double end = scale * Math.expm1(logReach * (panel + 1) / panels);
            int parts = (int) Math.ceil(delta * (end - start) / 4);
            for (int part = 0; part < parts; part++) {
                double from = Math.log((start + (end - start) * part / parts) / scale + 1);
                double to = Math.log((start + (end - start) * (part + 1) / parts) / scale + 1);
                for (int i = 0; i < GaussLegendre.POINTS; i++) {
                    double u = from + (to - from) * GaussLegendre.node(i);
                    double s = scale * Math.expm1(u);
                    integral += GaussLegendre.weight(i)
                            * (to - from)
                            * (s + scale)
                            * Math.exp(-delta * s)
                            * expectedGivenAlive(x, age, s);
                }
            }
        }
        return Math.exp(-delta * horizon) * expectedGivenAlive(x, age, horizon) + delta * integral;
    }

    /**
     * Returns the discounted expected residual transactions given alive, E[λ/(λp + δ)].
     *
     * <p>E over λ is closed in the exponential integral: ρ e<sup>k</sup>E<sub>ρ+1</sub>(k)/p with k = (α+T)δ/p; quadrature over p.
     *
     * @param x repeat purchases
     * @param age T
     * @param delta δ, above 0
     * @return the expectation; finite for every a above 0
     */
    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        double rho = r + x;
        double discounting = (alpha + age) * delta;
        return BetaExpectation.of(a, b + x + m, DISCOUNTED, rho, discounting, 1 / (1 + (rho + 1) / discounting));
    }

    private static double discountedGivenDropout(double p, double rho, double discounting) {
        return rho * ExponentialIntegral.scaled(rho + 1, discounting / p) / p;
    }

    /**
     * Returns P(X(t) = n) of a new customer.
     *
     * <p>Alive through n purchases and no more come, or n purchases come in time and the n-th is the last. The tail of the count is an
     * incomplete beta function, not 1 minus a sum.
     *
     * @param n repeat purchases
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    @Override
    public double probabilityOf(int n, double horizon) {
        if (horizon == 0) {
            return n > 0 ? 0 : 1;
        }
        double tau = horizon / alpha;
        double logCount = GammaPoisson.logCount(r, n, tau);
        double logSurvive = Rising.log(b, n + m) - Rising.log(a + b, n + m);
        double alive = Math.exp(logCount + logSurvive);
        if (n + m == 0) {
            return alive;
        }
        double tail = n == 0 ? 1 : RegularizedBeta.value(tau / (1 + tau), n, r);
        double dropsNow = a / (b + n + m - 1) * Math.exp(logSurvive);
        return Math.min(1, alive + dropsNow * tail);
    }

    private static double softplus(double u) {
        return u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u));
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double rate = random.gamma(r, alpha);
        double dropout = random.beta(a, b);
        double[] times = new double[8];
        int count = 0;
        boolean alive = m == 0 || random.uniform() >= dropout;
        double time = random.exponential(rate);
        while (alive && time <= age) {
            if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
            }
            times[count++] = time;
            alive = random.uniform() >= dropout;
            time += random.exponential(rate);
        }
        return Arrays.copyOf(times, count);
    }
}
