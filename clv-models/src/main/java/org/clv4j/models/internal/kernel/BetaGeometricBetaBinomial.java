// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.special.BetaExpectation;
import org.clv4j.models.internal.special.Rising;

/**
 * The formulas of the BG/BB model. Time is a number of opportunities: recency, age and horizon are whole. Alive means alive for the
 * opportunity after the age.
 *
 * <p>Up to the last purchase the customer was alive: that is one product. What may have happened in the k opportunities since is a sum of
 * k + 1 falling positive terms, the first of them 1. What lies ahead, given alive, is a new customer's future with the shapes α + x,
 * β + n − x, γ and δ + n + 1.
 */
public final class BetaGeometricBetaBinomial implements AttritionFormulas {

    /** Up to so many opportunities a sum over them is cheaper than what replaces it. */
    private static final int DIRECT = 4096;

    /** From such shapes on the series for all purchases to come converges fast. */
    private static final int LEAD = 64;

    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double delta;

    /**
     * Creates the formulas; all parameters are finite and above 0.
     *
     * @param alpha first shape of the purchase probability
     * @param beta its second shape
     * @param gamma first shape of the dropout probability
     * @param delta its second shape
     */
    public BetaGeometricBetaBinomial(double alpha, double beta, double gamma, double delta) {
        this.alpha = alpha;
        this.beta = beta;
        this.gamma = gamma;
        this.delta = delta;
    }

    // --------------------------------------------------------------------------------------------------- whole times

    @Override
    public void checkHistory(int x, double recency, double age) {
        Arguments.checkHistory(x, recency, age);
        if (!isWhole(age)) {
            throw Arguments.outOfRange("age", "a whole number of opportunities, at most 2147483647", age);
        }
        if (!isWhole(recency)) {
            throw Arguments.outOfRange("recency", "a whole number of opportunities", recency);
        }
        if (x > recency) {
            throw Arguments.outOfRange(
                    "frequency", "at most recency = " + recency + ", one purchase an opportunity", x);
        }
    }

    @Override
    public void checkHorizon(double horizon) {
        Arguments.checkHorizon(horizon);
        if (!isWhole(horizon)) {
            throw new ModelException("bg-bb counts opportunities: `horizon` must be a whole number of them, at most"
                    + " 2147483647, but was " + horizon
                    + "; choose another, or a model of continuous time such as bg-nbd");
        }
    }

    @Override
    public void checkRows(CustomerBase base, int from, int to) {
        checkCustomers(base, from, to);
    }

    /**
     * Checks that times of customers are numbers of opportunities.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @throws ModelException if one is not, naming the customer
     */
    public static void checkCustomers(CustomerBase base, int from, int to) {
        for (int row = from; row < to; row++) {
            double recency = base.recency(row);
            double age = base.age(row);
            if (!(isWhole(recency) && isWhole(age))) {
                throw new ModelException(
                        "bg-bb counts opportunities: `recency` and `age` must be whole numbers, but were "
                                + recency + " and " + age + " (customer " + base.id(row)
                                + "); summarise by opportunity, or use a model of continuous time such as bg-nbd");
            }
            if (base.frequency(row) > recency) {
                throw new ModelException("bg-bb has one purchase an opportunity at most: `frequency` must be at most"
                        + " `recency` = " + recency + ", but was " + base.frequency(row) + " (customer " + base.id(row)
                        + "); choose shorter periods, or a model of continuous time such as bg-nbd");
            }
        }
    }

    private static boolean isWhole(double time) {
        return time == Math.rint(time) && time <= Integer.MAX_VALUE;
    }

    // ------------------------------------------------------------------------------------------------------ the past

    /**
     * What may have happened since the last purchase: {@code left} is proportional to the probability of having left by the opportunity
     * n, {@code stayed} to that of being alive at it, and their weighted means of p and θ.
     */
    private record Since(double left, double stayed, double leftPurchaseRate, double leftDropoutRate) {}

    private Since since(int x, int last, int n) {
        double stayed = 1;
        double left = 0;
        double purchaseRate = 0;
        double dropoutRate = 0;
        for (int t = last; t < n; t++) {
            double quit = stayed * (gamma / (gamma + delta + t));
            left += quit;
            purchaseRate += quit * ((alpha + x) / (alpha + beta + t));
            dropoutRate += quit * ((gamma + 1) / (gamma + 1 + delta + t));
            stayed *= (beta + (t - x)) / (alpha + beta + t) * ((delta + t) / (gamma + delta + t));
        }
        return new Since(left, stayed, purchaseRate, dropoutRate);
    }

    @Override
    public double logLikelihood(int x, double recency, double age) {
        int last = (int) recency;
        Since since = since(x, last, (int) age);
        return Rising.log(alpha, x)
                + Rising.log(beta, last - x)
                - Rising.log(alpha + beta, last)
                + Rising.log(delta, last)
                - Rising.log(gamma + delta, last)
                + Math.log(since.left + since.stayed);
    }

    /**
     * Returns the probability that the customer was alive at the opportunity n, the last before now.
     *
     * @param x purchases after the first
     * @param recency the opportunity of the last of them
     * @param age n
     * @return the probability, in [0, 1]
     */
    public double probabilityAliveAtLast(int x, double recency, double age) {
        Since since = since(x, (int) recency, (int) age);
        return since.stayed / (since.left + since.stayed);
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        return probabilityAliveAtLast(x, recency, age) * ((delta + age) / (gamma + delta + age));
    }

    @Override
    public double probabilityDead(int x, double recency, double age) {
        Since since = since(x, (int) recency, (int) age);
        double quitNow = since.stayed * (gamma / (gamma + delta + age));
        return (since.left + quitNow) / (since.left + since.stayed);
    }

    @Override
    public double purchaseRate(int x, double recency, double age) {
        Since since = since(x, (int) recency, (int) age);
        return (since.leftPurchaseRate + since.stayed * ((alpha + x) / (alpha + beta + age)))
                / (since.left + since.stayed);
    }

    @Override
    public double dropoutRate(int x, double recency, double age) {
        Since since = since(x, (int) recency, (int) age);
        // Whether she leaves before the next opportunity is not known: the mean is that of γ, δ + n.
        return (since.leftDropoutRate + since.stayed * (gamma / (gamma + delta + age))) / (since.left + since.stayed);
    }

    // ---------------------------------------------------------------------------------------------------- the future

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        return discountedGivenAlive(x, age, horizon, 0);
    }

    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double rate) {
        double d = delta + age + 1;
        double sum = 0;
        if (horizon > DIRECT) {
            double scale = Math.max(1 / horizon, -Math.expm1(-rate));
            sum = Math.exp(-rate)
                    * BetaExpectation.of(gamma, d, BetaGeometricBetaBinomial::discountedLife, horizon, rate, scale);
        } else {
            double alive = 1;
            for (int j = 0; j < horizon; j++) {
                sum += alive * Math.exp(-rate * (j + 1));
                alive *= (d + j) / (gamma + d + j);
            }
        }
        return meanPurchaseProbability(x, age) * sum;
    }

    /** Σ of (e^−δ (1−θ))^j for j from 0 to m − 1. */
    private static double discountedLife(double theta, double horizon, double rate) {
        double log = Math.log1p(-theta) - rate;
        return log == 0 ? horizon : Math.expm1(horizon * log) / Math.expm1(log);
    }

    @Override
    public double residualGivenAlive(int x, double age, double rate) {
        double lost = -Math.expm1(-rate);
        double kept = Math.exp(-rate);
        if (kept == 0) {
            return 0;
        }
        double life = BetaExpectation.of(
                gamma, delta + age + 1, (theta, l, k) -> 1 / (l + k * theta), lost, kept, lost / kept);
        return meanPurchaseProbability(x, age) * kept * life;
    }

    private double meanPurchaseProbability(int x, double age) {
        return (alpha + x) / (alpha + beta + age);
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        double d = delta + age + 1;
        if (horizon > DIRECT) {
            return Math.min(1, Math.exp(logShift(d, gamma) - logShift(d + horizon, gamma)));
        }
        double alive = 1;
        for (int j = 0; j < horizon; j++) {
            alive *= (d + j) / (gamma + d + j);
        }
        return alive;
    }

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        double a = alpha + x;
        double b = beta + (age - x);
        double d = delta + age + 1;
        if (horizon > DIRECT) {
            return Math.max(0, Math.min(1, ever(a, b, d) - Math.exp(logFirstAfter(a, b, d, horizon))));
        }
        double sum = 0;
        double none = 1;
        for (int j = 0; j < horizon; j++) {
            sum += none * (a / (a + b + j));
            none *= (b + j) / (a + b + j) * ((d + j) / (gamma + d + j));
        }
        return Math.min(1, sum);
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        double a = alpha + x;
        double b = beta + (age - x);
        double d = delta + age + 1;
        double none = 1;
        double sum = 0;
        double times = 0;
        for (int j = 0; j < horizon && none > 0; j++) {
            double first = none * (a / (a + b + j));
            sum += first;
            times += first * (j + 1.0);
            none *= (b + j) / (a + b + j) * ((d + j) / (gamma + d + j));
        }
        return sum > 0 ? Math.min(horizon, times / sum) : 0;
    }

    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        if (probability == 0) {
            return 0;
        }
        double a = alpha + x;
        double b = beta + (age - x);
        double d = delta + age + 1;
        double target = Math.log(ever(a, b, d)) + Math.log1p(-probability);
        double before = 0;
        double by = 1;
        while (logFirstAfter(a, b, d, by) > target) {
            before = by;
            by *= 2;
            if (by > 1e300) {
                return Double.MAX_VALUE;
            }
        }
        while (by - before > 1) {
            double middle = Math.floor(before + (by - before) / 2);
            if (middle <= before || middle >= by) {
                break;
            }
            if (logFirstAfter(a, b, d, middle) > target) {
                before = middle;
            } else {
                by = middle;
            }
        }
        return by;
    }

    /** The logarithm of the probability that, of one who is alive, the first purchase comes after t opportunities. */
    private double logFirstAfter(double a, double b, double d, double t) {
        double none = logShift(b, a) - logShift(b + t, a) + logShift(d, gamma) - logShift(d + t, gamma);
        return none + Math.log(ever(a, b + t, d + t));
    }

    /**
     * The probability that one who is alive ever buys: a/(a+b) 3F2(1, b, d; a+b+1, γ+d; 1), whose terms fall slowly. The first are
     * added as they are; the rest is transformed by Thomae's relation such that terms are positive and fall with the power b or d.
     */
    private double ever(double a, double b, double d) {
        double sum = 0;
        double none = 1;
        int lead = Math.min(b, d) >= LEAD ? 0 : LEAD;
        for (int j = 0; j < lead; j++) {
            sum += none * (a / (a + b + j));
            none *= (b + j) / (a + b + j) * ((d + j) / (gamma + d + j));
        }
        return Math.min(1, sum + none * everOfLarge(a, b + lead, d + lead));
    }

    private double everOfLarge(double a, double b, double d) {
        boolean laterDropout = d + gamma >= b;
        double first = laterDropout ? a + 1 : gamma;
        double second = laterDropout ? d + gamma - b : a + b + 1 - d;
        double lower = laterDropout ? a + gamma + d : a + gamma + b;
        double log =
                laterDropout ? logShift(b, a) - logShift(d + gamma, a) : logShift(d, gamma) - logShift(a + b, gamma);
        ScaledSum sum = new ScaledSum();
        double j = 0;
        while (true) {
            sum.add(1 / (a + gamma + j));
            double ratio = (first + j) / (lower + j) * ((second + j) / (1 + j));
            sum.times(ratio);
            j++;
            // Once they fall, the terms fall faster than j to the power −64, or as a geometric series with this ratio.
            if (ratio < 1 && sum.isNegligible(Math.min(1 / (1 - ratio), 1 + j))) {
                break;
            }
        }
        return a * Math.exp(log + sum.log());
    }

    /** ln Γ(z + c) − ln Γ(z), exact also where z is large. */
    private static double logShift(double z, double c) {
        return LogGamma.value(c) - LogBeta.value(z, c);
    }

    @Override
    public double countGivenAlive(int count, int x, double age, double horizon) {
        if (count > horizon) {
            return 0;
        }
        double a = alpha + x;
        double b = beta + (age - x);
        double d = delta + age + 1;
        // i: opportunities before she leaves, or the horizon. The first with a chance of so many purchases:
        int first = Math.max(count, 1);
        double log = Rising.log(a, count)
                + Rising.log(b, first - count)
                - Rising.log(a + b, first)
                + Rising.log(d, first - 1)
                - Rising.log(gamma + d, first - 1);
        ScaledSum sum = new ScaledSum();
        for (int i = first; i < horizon; i++) {
            sum.add(gamma / (gamma + d + (i - 1)));
            sum.times((i + 1.0)
                    / (i + 1.0 - count)
                    * ((b + (i - count)) / (a + b + i))
                    * ((d + (i - 1)) / (gamma + d + (i - 1))));
        }
        sum.add(1);
        return Math.min(1, Math.exp(log + sum.log()));
    }

    // --------------------------------------------------------------------------------------------------------- draws

    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        int last = (int) recency;
        int n = (int) age;
        Since since = since(x, last, n);
        double place = random.uniform() * (since.left + since.stayed);
        double stayed = 1;
        for (int t = last; t <= n; t++) {
            double quit = stayed * (gamma / (gamma + delta + t));
            place -= quit;
            if (place < 0) {
                double p = random.beta(alpha + x, beta + (t - x));
                double theta = random.beta(gamma + 1, delta + t);
                return new CustomerDraw(false, p, theta, t, 0);
            }
            stayed *= (beta + (t - x)) / (alpha + beta + t) * ((delta + t) / (gamma + delta + t));
        }
        double p = random.beta(alpha + x, beta + (n - x));
        double theta = random.beta(gamma, delta + n + 1);
        double ahead = random.firstSuccess(theta);
        long purchases = random.binomial((long) Math.min(ahead, horizon), p);
        return new CustomerDraw(true, p, theta, Math.min(age + ahead, CustomerDraw.NEVER), purchases);
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        int n = (int) age;
        double p = random.beta(alpha + x, beta + (n - x));
        double end = Math.min(horizon, random.firstSuccess(random.beta(gamma, delta + n + 1)));
        for (double t = random.firstSuccess(p); t <= end; t += random.firstSuccess(p)) {
            out.add(t);
        }
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double p = random.beta(alpha, beta);
        double theta = random.beta(gamma, delta);
        double end = Math.min(Math.floor(age), random.firstSuccess(theta) - 1);
        double[] times = new double[16];
        int count = 0;
        for (double t = random.firstSuccess(p); t <= end; t += random.firstSuccess(p)) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count] = t;
            count++;
        }
        return Arrays.copyOf(times, count);
    }
}
