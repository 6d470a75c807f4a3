// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.BetaExpectation;
import org.clv4j.models.internal.special.ExponentialIntegral;
import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.Rising;
import org.jspecify.annotations.Nullable;

/**
 * The formulas of the beta-geometric/NBD family, a customer at a time. Arguments are checked by the models.
 *
 * <p>With m = 0 for BG/NBD, 1 for MBG/NBD, a customer who is alive after x repeat purchases in T has λ ~ Gamma(r + x, α + T) and p ~
 * Beta(a, b + x + m). Everything about the future is an expectation over these two, times P(alive).
 *
 * <p>Immutable and thread-safe, but for the copy that {@link #forBatch()} makes; nothing allocates but that copy's memory.
 */
public final class BetaGeometric implements AttritionFormulas {

    /** More terms than this, and the quadrature is cheaper than the series. */
    private static final int MAX_TERMS = 1500;

    /** The first term of the series is e to the minus this at the least, well above the smallest double. */
    private static final double MAX_EXPONENT = 600;

    /** Up to this shape no coefficient of {@link #MAX_TERMS} terms overflows. */
    private static final int MAX_SHAPE = 128;
    /** Terms between two looks whether they still count. */
    private static final int BLOCK = 8;

    /** From this exponent of the discount factor on, what follows the horizon is at most a tenth of everything. */
    private static final double FAR = 2.3;

    /** Below this exponent of the discount factor there is none: an error of that part at the most. */
    private static final double SHORT = 3e-8;

    private static final BetaExpectation.Integrand PURCHASES = BetaGeometric::purchasesGivenDropout;
    private static final BetaExpectation.Integrand STAYING = BetaGeometric::stayingGivenDropout;
    private static final BetaExpectation.Integrand DISCOUNTED = BetaGeometric::discountedGivenDropout;

    private final double r;
    private final double alpha;
    private final double a;
    private final double b;
    private final int m;
    private final @Nullable Memory memory;

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
        this(r, alpha, a, b, modified ? 1 : 0, false);
    }

    private BetaGeometric(double r, double alpha, double a, double b, int m, boolean remembers) {
        this.r = r;
        this.alpha = alpha;
        this.a = a;
        this.b = b;
        this.m = m;
        this.memory = remembers ? new Memory() : null;
    }

    /** {@inheritDoc} Keeps the coefficients of the series, which depend on x alone. */
    @Override
    public BetaGeometric forBatch() {
        return new BetaGeometric(r, alpha, a, b, m, true);
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
        if (x == 0 && y > 0) {
            // Left at once or silent since: near 1 where α is large, so that logarithms would cancel.
            return Math.log1p(b / (a + b) * Math.expm1(-r * Math.log1p(age / alpha)));
        }
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
        double rho = r + x;
        // The rounding of the ratio counts ρ times: nothing for a small ρ, for which the power is faster.
        double power = rho > MAX_SHAPE
                ? Math.exp(rho * Math.log1p((age - recency) / (alpha + recency)))
                : Math.pow((alpha + age) / (alpha + recency), rho);
        return 1 / (1 + a / (b + x + m - 1) * power);
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
        // For shapes up to MAX_SHAPE so few terms mean an exponent below 400.
        double exponent = rho > MAX_SHAPE ? rho * Math.log1p(tau) : 0;
        if (terms > MAX_TERMS || exponent > MAX_EXPONENT) {
            // E over λ is closed: (1 − (1 + pτ)^−ρ)/p, which leaves its limit ρτ where pτ(ρ+1) nears 1.
            return BetaExpectation.of(a, b + x + m, PURCHASES, rho, tau, 1 / (1 + (rho + 1) * tau));
        }
        if (rho > MAX_SHAPE) {
            return seriesOfLargeShape(rho, b + x + m, z, Math.exp(-exponent));
        }
        // The rounding of 1 + τ counts ρ times: nothing for a small ρ.
        return Math.pow(1 + tau, -rho) * (memory == null ? series(rho, b + x + m, z) : memory.series(x, z));
    }

    /** Σ cₙzⁿ from n = 1, where cₙ = (ρ)ₙ/n! × E[purchases made before dropout | n], eight terms at a time. */
    private double series(double rho, double bx, double z) {
        double z2 = z * z;
        double z4 = z2 * z2;
        double power = z;
        double sum = 0;
        double count = 1;
        double made = 0;
        double increment = 1;
        for (int n = 0; ; n += BLOCK) {
            // As Memory does it, in variables instead of an array.
            count *= (rho + n) / (n + 1);
            made += increment;
            double c1 = count * made;
            increment *= (bx + n) / (a + bx + n);
            count *= (rho + (n + 1)) / (n + 2);
            made += increment;
            double c2 = count * made;
            increment *= (bx + (n + 1)) / (a + bx + (n + 1));
            count *= (rho + (n + 2)) / (n + 3);
            made += increment;
            double c3 = count * made;
            increment *= (bx + (n + 2)) / (a + bx + (n + 2));
            count *= (rho + (n + 3)) / (n + 4);
            made += increment;
            double c4 = count * made;
            increment *= (bx + (n + 3)) / (a + bx + (n + 3));
            count *= (rho + (n + 4)) / (n + 5);
            made += increment;
            double c5 = count * made;
            increment *= (bx + (n + 4)) / (a + bx + (n + 4));
            count *= (rho + (n + 5)) / (n + 6);
            made += increment;
            double c6 = count * made;
            increment *= (bx + (n + 5)) / (a + bx + (n + 5));
            count *= (rho + (n + 6)) / (n + 7);
            made += increment;
            double c7 = count * made;
            increment *= (bx + (n + 6)) / (a + bx + (n + 6));
            count *= (rho + (n + 7)) / (n + 8);
            made += increment;
            double c8 = count * made;
            increment *= (bx + (n + 7)) / (a + bx + (n + 7));
            sum += power * (c1 + z * c2 + z2 * (c3 + z * c4) + z4 * (c5 + z * c6 + z2 * (c7 + z * c8)));
            if (isRestNegligible(power * (z4 * z2 * z) * c8, z * ((rho + (n + 8)) / (n + 8)), sum)) {
                return sum;
            }
            power *= z4 * z4;
        }
    }

    /** After term n terms shrink at least by the ratio z (ρ+n)/(n+1) × (n+1)/n. */
    private static boolean isRestNegligible(double term, double ratio, double sum) {
        return term <= 1e-17 * sum * (1 - ratio);
    }

    /** The terms scaled by P(no purchase), so that coefficients cannot overflow. */
    private double seriesOfLargeShape(double rho, double bx, double z, double none) {
        double probability = none;
        double made = 0;
        double increment = 1;
        double sum = 0;
        for (int n = 1; ; n++) {
            probability *= z * (rho + n - 1) / n;
            made += increment;
            double term = probability * made;
            sum += term;
            if (isRestNegligible(term, z * (rho + n) / n, sum)) {
                return sum;
            }
            increment *= (bx + n - 1) / (a + bx + n - 1);
        }
    }

    /** The coefficients of expectations, by x; as many as were needed so far. */
    private final class Memory {

        /** Of each x, for each eight terms: their coefficients, and (ρ+n)/n after the last. */
        private final double[][] blocks = new double[MAX_SHAPE + 1][];

        private final int[] known = new int[MAX_SHAPE + 1];
        private final double[] counts = new double[MAX_SHAPE + 1];
        private final double[] mades = new double[MAX_SHAPE + 1];
        private final double[] increments = new double[MAX_SHAPE + 1];

        private double series(int x, double z) {
            double[] block = blocks[x];
            int end = known[x];
            double z2 = z * z;
            double z4 = z2 * z2;
            double last = z4 * z2 * z;
            double z8 = z4 * z4;
            double power = z;
            double sum = 0;
            for (int i = 0; ; i += BLOCK + 1) {
                if (i == end) {
                    block = extend(x);
                    end = known[x];
                }
                double c8 = block[i + 7];
                sum += power
                        * (block[i]
                                + z * block[i + 1]
                                + z2 * (block[i + 2] + z * block[i + 3])
                                + z4 * (block[i + 4] + z * block[i + 5] + z2 * (block[i + 6] + z * c8)));
                if (isRestNegligible(power * last * c8, z * block[i + 8], sum)) {
                    return sum;
                }
                power *= z8;
            }
        }

        /** Eight more coefficients, by the same operations as {@link BetaGeometric#series}. */
        private double[] extend(int x) {
            double rho = r + x;
            double bx = b + x + m;
            int from = known[x];
            double[] block = blocks[x];
            if (block == null) {
                block = new double[8 * (BLOCK + 1)];
                counts[x] = 1;
                increments[x] = 1;
            } else if (from == block.length) {
                block = Arrays.copyOf(block, 2 * from);
            }
            blocks[x] = block;
            int n = from / (BLOCK + 1) * BLOCK;
            for (int i = 0; i < BLOCK; i++) {
                counts[x] *= (rho + (n + i)) / (n + i + 1);
                mades[x] += increments[x];
                block[from + i] = counts[x] * mades[x];
                increments[x] *= (bx + (n + i)) / (a + bx + (n + i));
            }
            block[from + BLOCK] = (rho + (n + BLOCK)) / (n + BLOCK);
            known[x] = from + BLOCK + 1;
            return block;
        }
    }

    /** (1 − (1 + pτ)^−ρ)/p. */
    private static double purchasesGivenDropout(double p, double rho, double tau) {
        return -Math.expm1(-rho * Math.log1p(p * tau)) / p;
    }

    /**
     * Returns the expected purchases in (T, T + t] given alive, each discounted by e<sup>−δs</sup> at its time s from now.
     *
     * <p>Far ahead, the difference of two infinite horizons. Else by parts: e<sup>−δt</sup>E(t) + δ∫₀ᵗ e<sup>−δs</sup>E(s) ds, all positive; Gauss–Legendre panels in ln s, short enough for
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
        if (delta * horizon > FAR) {
            return discountedFar(x, age, horizon, delta);
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

    /** Given p, all that follows less what follows after the horizon, which by then is a small part of it. */
    private double discountedFar(int x, double age, double horizon, double delta) {
        double rho = r + x;
        double scale = alpha + age;
        double discounting = scale * delta;
        double tau = horizon / scale;
        BetaExpectation.Integrand withinHorizon = (p, shape, now) -> discountedWithin(p, shape, now, tau);
        return BetaExpectation.of(
                a, b + x + m, withinHorizon, rho, discounting, 1 / (1 + (rho + 1) * Math.max(tau, 1 / discounting)));
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

    @Override
    public boolean canChange(RateChange change) {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Purchases and dropout, which comes with them, all run κ times as fast; what is left to change is p, to min(1, ηp). E over λ is
     * closed; quadrature over p, with an edge where ηp reaches 1. The relative error is about 1e-15/(δt), 3e-8 at the most.
     */
    @Override
    public double changedGivenAlive(int x, double age, double horizon, double delta, RateChange change) {
        double kappa = change.purchaseFactor();
        double eta = change.dropoutFactor();
        double end = kappa * horizon;
        double rate = delta / kappa;
        if (eta == 1) {
            return aheadGivenAlive(x, age, end, rate);
        }
        if (end == 0) {
            return 0;
        }
        // Of hardly any discount the difference of two infinite horizons would be mostly rounding, and none is as near.
        return changedDropout(x, age, end, rate * end < SHORT ? 0 : rate, eta);
    }

    private double changedDropout(int x, double age, double horizon, double delta, double eta) {
        double rho = r + x;
        double scale = alpha + age;
        double tau = horizon / scale;
        double discounting = scale * delta;
        BetaExpectation.Integrand given;
        double leaves;
        if (delta == 0) {
            given = (p, shape, unused) -> purchasesGivenDropout(Math.min(1, eta * p), shape, tau);
            leaves = (rho + 1) * tau;
        } else if (horizon == Double.POSITIVE_INFINITY) {
            given = (p, shape, now) -> discountedGivenDropout(Math.min(1, eta * p), shape, now);
            leaves = (rho + 1) / discounting;
        } else {
            given = (p, shape, now) -> discountedWithin(Math.min(1, eta * p), shape, now, tau);
            leaves = (rho + 1) * Math.max(tau, 1 / discounting);
        }
        return BetaExpectation.of(a, b + x + m, given, rho, discounting, 1 / (1 + leaves) / Math.max(1, eta), 1 / eta);
    }

    /** All that follows, less what follows after the horizon. */
    private static double discountedWithin(double p, double rho, double discounting, double tau) {
        return discountedGivenDropout(p, rho, discounting)
                - Math.exp(-discounting * tau - rho * Math.log1p(p * tau))
                        * discountedGivenDropout(p, rho, discounting * (1 + p * tau));
    }

    @Override
    public double probabilityDead(int x, double recency, double age) {
        return x + m == 0 ? 0 : 1 / (1 + Math.exp(-logDeadToAlive(x, recency, age)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>E[(1 + pτ)^−ρ] as the sum over n of P(n purchases of one who cannot drop out) × P(none of them was the last): positive terms.
     * Where that takes too many, quadrature over p.
     */
    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        double rho = r + x;
        double bx = b + x + m;
        double tau = horizon / (alpha + age);
        double terms = rho * tau + 12 * Math.sqrt(rho * tau * (1 + tau)) + 40 * (1 + tau);
        double exponent = rho * Math.log1p(tau);
        if (terms > MAX_TERMS || exponent > MAX_EXPONENT) {
            return Math.min(1, BetaExpectation.of(a, bx, STAYING, rho, tau, 1 / (1 + (rho + 1) * tau)));
        }
        double z = tau / (1 + tau);
        double term = Math.exp(-exponent);
        double sum = term;
        for (int n = 0; ; n++) {
            term *= z * ((rho + n) * (bx + n) / ((n + 1) * (a + bx + n)));
            sum += term;
            if (isRestNegligible(term, z * (rho + n + 1) / (n + 2), sum)) {
                return Math.min(1, sum);
            }
        }
    }

    /** (1 + pτ)^−ρ. */
    private static double stayingGivenDropout(double p, double rho, double tau) {
        return Math.exp(-rho * Math.log1p(p * tau));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Alive through n purchases and no more come, or n purchases come in time and the n-th is the last. The tail of the count is an
     * incomplete beta function, not 1 minus a sum.
     */
    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double rho = r + x;
        double bx = b + x + m;
        double tau = horizon / (alpha + age);
        if (tau == 0) {
            return n == 0 ? 1 : 0;
        }
        double logCount = NegativeBinomial.of(rho, n).log(tau);
        if (n == 0) {
            return Math.exp(logCount);
        }
        // ln E[(1−p)^n] and, of the n-th being the last, E[p (1−p)^(n−1)] = E[(1−p)^n] a/(b'+n−1).
        double logSurvive = n > Rising.DIRECT
                ? LogBeta.value(a, bx + n) - LogBeta.value(a, bx)
                : Rising.log(bx, n) - Rising.log(a + bx, n);
        double last = Math.exp(logSurvive) * a / (bx + n - 1);
        double inTime = RegularizedBeta.value(tau / (1 + tau), n, rho);
        return Math.min(1, Math.exp(logCount + logSurvive) + last * inTime);
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        return GammaPoisson.nextPurchaseWithin(r + x, alpha + age, horizon);
    }

    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        return GammaPoisson.nextPurchaseQuantile(r + x, alpha + age, probability);
    }

    @Override
    public double purchaseRate(int x, double recency, double age) {
        double rho = r + x;
        return probabilityAlive(x, recency, age) * (rho / (alpha + age))
                + probabilityDead(x, recency, age) * (rho / (alpha + recency));
    }

    /** E[p]: p ~ Beta(a, b + x + m) given alive, Beta(a + 1, b + x + m − 1) given that the last purchase was it. */
    @Override
    public double dropoutRate(int x, double recency, double age) {
        return (a + probabilityDead(x, recency, age)) / (a + b + x + m);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Purchases that would come in the horizon, and the one after which the customer leaves, are drawn first; their times follow as
     * order statistics, so that nothing takes longer for more purchases.
     */
    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        double rho = r + x;
        double bx = b + x + m;
        if (random.uniform() < probabilityDead(x, recency, age)) {
            return new CustomerDraw(false, random.gamma(rho, alpha + recency), random.beta(a + 1, bx - 1), recency, 0);
        }
        double rate = random.gamma(rho, alpha + age);
        double dropout = random.beta(a, bx);
        double last = random.firstSuccess(dropout);
        double coming = random.poisson(rate * horizon);
        double made = Math.min(last, coming);
        double left;
        if (last <= coming) {
            left = horizon * random.beta(last, coming - last + 1);
        } else if (last < Double.POSITIVE_INFINITY) {
            left = horizon + random.gamma(last - coming, rate);
        } else {
            left = CustomerDraw.NEVER;
        }
        double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), age + left));
        return new CustomerDraw(true, rate, dropout, lifetime, (long) made);
    }

    private static double softplus(double u) {
        return u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u));
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        double rate = random.gamma(r + x, alpha + age);
        double last = random.firstSuccess(random.beta(a, b + x + m));
        double time = random.exponential(rate);
        for (double made = 0; made < last && time <= horizon; made++) {
            out.add(time);
            time += random.exponential(rate);
        }
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
