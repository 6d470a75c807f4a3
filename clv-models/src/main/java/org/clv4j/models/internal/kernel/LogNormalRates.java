// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.apache.commons.math3.special.Gamma;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.LogNormalPair;
import org.clv4j.models.internal.special.LogNormalPair.Factor;

/**
 * The formulas of the hierarchical Bayes Pareto/NBD model given its hyperparameters: (ln λ, ln μ) is jointly normal over customers.
 *
 * <p>Of a history there are two ways, alive at T with density λ<sup>x</sup> e<sup>−(λ+μ)T</sup>, and dead at some y in (t_x, T] with
 * λ<sup>x</sup> μ e<sup>−(λ+μ)y</sup>. Each is an integral of {@link LogNormalPair}, and so is each of what lies ahead given alive.
 */
public final class LogNormalRates implements AttritionFormulas {

    private static final int MAX_ROOT = 200;

    private final LogNormalPair pair;
    private final double meanU;
    private final double meanV;
    private final double deviationU;
    private final double slope;
    private final double deviationW;

    /**
     * Creates the formulas of a model.
     *
     * @param meanU mean of ln λ
     * @param meanV mean of ln μ
     * @param varianceU variance of ln λ; above 0
     * @param varianceV variance of ln μ; above 0
     * @param covariance their covariance; its square below the product of the variances
     */
    public LogNormalRates(double meanU, double meanV, double varianceU, double varianceV, double covariance) {
        this.pair = LogNormalPair.of(meanU, meanV, varianceU, varianceV, covariance);
        this.meanU = meanU;
        this.meanV = meanV;
        this.deviationU = Math.sqrt(varianceU);
        this.slope = covariance / varianceU;
        this.deviationW = Math.sqrt(varianceV - slope * covariance);
    }

    /**
     * Returns the log-likelihood of a history.
     *
     * @param pair the distribution of (ln λ, ln μ)
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the logarithm
     */
    public static double logLikelihood(LogNormalPair pair, int x, double recency, double age) {
        if (x == 0 && age == 0) {
            return 0;
        }
        return logPlus(logAlive(pair, x, age), logDead(pair, x, 1, recency, age));
    }

    /** ln ∫ λ^k e^−(λ+μ)T: alive at T. */
    private static double logAlive(LogNormalPair pair, double k, double age) {
        return pair.log(k, 0, age, age, Factor.one());
    }

    /** The same of one who died between a time and a later one, with another power of μ. */
    private static double logDead(LogNormalPair pair, double k, double l, double recency, double age) {
        double silence = age - recency;
        return silence > 0
                ? pair.log(k, l, recency, recency, Factor.ofBoth(0, silence)) + Math.log(silence)
                : Double.NEGATIVE_INFINITY;
    }

    private double logAlive(double k, double age) {
        return logAlive(pair, k, age);
    }

    private double logDead(double k, double l, double recency, double age) {
        return logDead(pair, k, l, recency, age);
    }

    private static double finiteExp(double log) {
        return Math.min(Double.MAX_VALUE, Math.exp(log));
    }

    private static double logPlus(double a, double b) {
        double high = Math.max(a, b);
        // Both ways may be out of the question.
        return high == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }

    @Override
    public double logLikelihood(int x, double recency, double age) {
        return logLikelihood(pair, x, recency, age);
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        return 1 / (1 + Math.exp(logDead(x, 1, recency, age) - logAlive(x, age)));
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
        return 1 / (1 + Math.exp(logAlive(x, age) - logDead(x, 1, recency, age)));
    }

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        return Math.min(1, Math.exp(logFirstBy(x, age, horizon) - logAlive(x, age)));
    }

    /** ln ∫ λ^x e^−(λ+μ)T P(a purchase comes within t, before death). */
    private double logFirstBy(int x, double age, double time) {
        return pair.log(x + 1.0, 0, age, age, Factor.ofBoth(0, time)) + Math.log(time);
    }

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        return discountedGivenAlive(x, age, horizon, 0);
    }

    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        return finiteExp(pair.log(x + 1.0, 0, age, age, Factor.ofDropout(horizon, delta))
                - logAlive(x, age)
                + Math.log(horizon));
    }

    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        return finiteExp(pair.log(x + 1.0, 0, age, age, Factor.inverseOfDropout(delta)) - logAlive(x, age));
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        return Math.min(1, Math.exp(pair.log(x, 0, age, age + horizon, Factor.one()) - logAlive(x, age)));
    }

    /** Alive to the end with n purchases, or dead at some u with n purchases by then. */
    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double log = Math.log(horizon);
        double end = age + horizon;
        double alive = pair.log((double) x + n, 0, end, end, Factor.one()) + n * log - Gamma.logGamma(n + 1.0);
        double dead = pair.log((double) x + n, 1, age, age, Factor.ofBoth(n, horizon))
                + (n + 1) * log
                - Gamma.logGamma(n + 2.0);
        return Math.min(1, Math.exp(logPlus(alive, dead) - logAlive(x, age)));
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        if (horizon == 0) {
            return 0;
        }
        double times = pair.log(x + 1.0, 0, age, age, Factor.ofBoth(1, horizon));
        double all = pair.log(x + 1.0, 0, age, age, Factor.ofBoth(0, horizon));
        return Math.min(horizon, horizon / 2 * Math.exp(times - all));
    }

    /**
     * Solves for ln t, in which the logarithm of the probability of a purchase by t is concave and grows, and that of one after t
     * is concave and falls: Newton's method, kept inside a bracket.
     */
    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        if (probability == 0) {
            return 0;
        }
        double all = pair.log(x + 1.0, 0, age, age, Factor.inverseOfBoth());
        boolean early = probability <= 0.5;
        double goal = all + (early ? Math.log(probability) : Math.log1p(-probability));
        double low = -745;
        double high = 709;
        // The mean rate of leaving or buying of the next purchase says where to begin.
        double s = all - pair.log(x + 1.0, 0, age, age, Factor.one());
        double at = Math.max(low, Math.min(high, s + Math.log(-Math.log1p(-probability))));
        for (int i = 0; i < MAX_ROOT; i++) {
            double time = Math.exp(at);
            double value = early
                    ? logFirstBy(x, age, time)
                    : pair.log(x + 1.0, 0, age + time, age + time, Factor.inverseOfBoth());
            double excess = value - goal;
            boolean beyond = early == excess > 0;
            if (beyond) {
                high = at;
            } else {
                low = at;
            }
            double density = Math.exp(pair.log(x + 1.0, 0, age + time, age + time, Factor.one()) - value + at);
            double next = at - excess / (early ? density : -density);
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            double step = Math.abs(next - at);
            at = next;
            if (step <= 1e-13 * (1 + Math.abs(at)) || high - low <= 1e-13 * (1 + Math.abs(at))) {
                break;
            }
        }
        return finiteExp(at);
    }

    @Override
    public double purchaseRate(int x, double recency, double age) {
        return finiteExp(logPlus(logAlive(x + 1.0, age), logDead(x + 1.0, 1, recency, age))
                - logPlus(logAlive(x, age), logDead(x, 1, recency, age)));
    }

    @Override
    public double dropoutRate(int x, double recency, double age) {
        return finiteExp(logPlus(pair.log(x, 1, age, age, Factor.one()), logDead(x, 2, recency, age))
                - logPlus(logAlive(x, age), logDead(x, 1, recency, age)));
    }

    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        double silence = age - recency;
        if (random.uniform() < probabilityDead(x, recency, age)) {
            double[] logs = pair.draw(x, 1, recency, recency, Factor.ofBoth(0, silence), random);
            double rate = finiteExp(logs[0]);
            double dropout = finiteExp(logs[1]);
            // An exponential time, given that it falls into the silence.
            double s = Math.min(Double.MAX_VALUE, rate + dropout);
            double y = -Math.log1p(random.uniform() * Math.expm1(-s * silence)) / s;
            double lived = s * silence > 0 ? Math.min(silence, y) : silence * random.uniform();
            return new CustomerDraw(false, rate, dropout, Math.min(age, recency + lived), 0);
        }
        double[] logs = pair.draw(x, 0, age, age, Factor.one(), random);
        double rate = finiteExp(logs[0]);
        double dropout = finiteExp(logs[1]);
        double left = random.exponential(dropout);
        double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), age + left));
        return new CustomerDraw(true, rate, dropout, lifetime, (long) random.poisson(rate * Math.min(left, horizon)));
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        double[] logs = pair.draw(x, 0, age, age, Factor.one(), random);
        double left = random.exponential(finiteExp(logs[1]));
        out.addPoisson(finiteExp(logs[0]), Math.min(left, horizon), random);
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double du = deviationU * random.gaussian();
        double u = meanU + du;
        double v = meanV + slope * du + deviationW * random.gaussian();
        double lifetime = random.exponential(finiteExp(v));
        return GammaPoisson.poissonTimes(finiteExp(u), Math.min(lifetime, age), random);
    }
}
