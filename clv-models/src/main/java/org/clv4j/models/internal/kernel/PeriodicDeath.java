// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.BetaExpectation;
import org.clv4j.models.internal.special.GammaRace;
import org.clv4j.models.internal.special.LogConcave;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.Rising;
import org.clv4j.models.internal.special.SurvivalSum;

/**
 * The formulas of the periodic-death-opportunity model: given alive after x purchases and m opportunities to leave in T, λ ~ Gamma(r + x,
 * α + T) and θ ~ Beta(a, b + m), and the next opportunity comes at (m + 1)τ.
 *
 * <p>At one moment a purchase comes before the opportunity, and that before now: one at the last purchase came after it, one at T is past.
 */
public final class PeriodicDeath implements AttritionFormulas {

    /** A time this near to an opportunity, in intervals, is at it. */
    private static final double TIE = 1e-6;
    /** So many intervals of an age or horizon are told apart from one more in doubles. */
    private static final double MOST_INTERVALS = 5e8;
    /** From so many intervals on, times the largest shape, those of a moment are as good as continuous: the error is its square. */
    private static final double CONTINUOUS = 2e6;
    /** So many intervals are looked through for a quantile one by one. */
    private static final int WALK = 64;
    /** Up to so many opportunities, each is added for a probability of n. */
    private static final int FEW = 64;
    /** Beyond this exponent its exponential is nothing beside an ordinary number. */
    private static final double FAR = 600;
    /** So many steps of a hat are enough; what is left gets one. */
    private static final int STEPS = 100;

    private final double tau;
    private final double r;
    private final double alpha;
    private final double a;
    private final double b;

    /**
     * Creates the formulas of a model; all parameters are finite and above 0.
     *
     * @param tau interval between opportunities to leave
     * @param r shape of the purchase rate
     * @param alpha rate of the purchase rate
     * @param a first shape of the dropout probability
     * @param b second shape of the dropout probability
     */
    public PeriodicDeath(double tau, double r, double alpha, double a, double b) {
        this.tau = tau;
        this.r = r;
        this.alpha = alpha;
        this.a = a;
        this.b = b;
    }

    // --------------------------------------------------------------------------------------------------------- times

    @Override
    public void checkHistory(int x, double recency, double age) {
        Arguments.checkHistory(x, recency, age);
        if (!(age / tau <= MOST_INTERVALS)) {
            throw Arguments.outOfRange("age", "at most 5e8 intervals of tau = " + tau, age);
        }
    }

    @Override
    public void checkHorizon(double horizon) {
        Arguments.checkHorizon(horizon);
        if (!(horizon / tau <= MOST_INTERVALS)) {
            throw Arguments.outOfRange("horizon", "at most 5e8 intervals of tau = " + tau, horizon);
        }
    }

    @Override
    public void checkRows(CustomerBase base, int from, int to) {
        for (int row = from; row < to; row++) {
            if (!(base.age(row) / tau <= MOST_INTERVALS)) {
                throw new ModelException(
                        "pdo: `age` must be at most 5e8 intervals of tau = " + tau + ", but was " + base.age(row)
                                + " (customer " + base.id(row) + "); use pareto-nbd, the limit of short intervals");
            }
        }
    }

    /**
     * Returns the number of opportunities up to a time, with one at the time itself. A time within a millionth of an interval of an
     * opportunity is at it, so that rounding, as of 21/7 or of a file's digits, decides nothing.
     *
     * @param time the time, at least 0
     * @param tau the interval, above 0; the time is at most 1e9 of them
     * @return the number, at least 0
     */
    public static long opportunities(double time, double tau) {
        double intervals = time / tau;
        double nearest = Math.rint(intervals);
        return (long) (Math.abs(intervals - nearest) <= TIE ? nearest : Math.floor(intervals));
    }

    /**
     * Returns the number of opportunities before a purchase: without one at the purchase's own time, which comes after it.
     *
     * @param time the time of the purchase, at least 0
     * @param tau the interval, above 0; the time is at most 1e9 of them
     * @return the number, at least 0
     */
    public static long opportunitiesBefore(double time, double tau) {
        long upTo = opportunities(time, tau);
        return Math.abs(time / tau - upTo) <= TIE ? Math.max(0, upTo - 1) : upTo;
    }

    /** The time from an age to the next opportunity, after m of them. */
    private double untilNext(double age, long m) {
        return Math.min(Double.MAX_VALUE, Math.max(Double.MIN_VALUE, (m + 1) * tau - age));
    }

    // ------------------------------------------------------------------------------------------------------ the past

    /**
     * What may have happened in the silence, at n opportunities, in units of the probability that nothing did before the first of them:
     * the exponents up to it and from it to the end, and the probability of having died at one.
     */
    private record Silence(long last, long n, double before, double after, double died) {

        /** The probability of living through it. */
        double lived() {
            return Math.exp(-after);
        }
    }

    private Silence silence(int x, double recency, double age) {
        double rho = r + x;
        long last = opportunitiesBefore(recency, tau);
        long n = opportunities(age, tau) - last;
        double since = alpha + recency;
        if (n == 0) {
            return new Silence(last, 0, 0, rho * Math.log1p((age - recency) / since), 0);
        }
        double first = (last + 1) * tau;
        double after = rho * Math.log1p((age - first) / (alpha + first))
                - SurvivalSum.of(a, b + last).logSurvival((double) n);
        double before = rho * Math.log1p(Math.max(0, first - recency) / since);
        return new Silence(last, n, before, after, died(rho, last, n, k -> 1));
    }

    /** Σ over the opportunities of the silence of dying there times a function of their number k from 0. */
    private double died(double rho, long last, long n, SurvivalSum.Function function) {
        double scale = alpha + (last + 1) * tau;
        double c = b + last;
        return SurvivalSum.of(a, c)
                .sum(
                        k -> a / (a + c + k) * Math.exp(-rho * Math.log1p(k * tau / scale)),
                        function,
                        scale / tau,
                        a + rho,
                        n);
    }

    @Override
    public double logLikelihood(int x, double recency, double age) {
        Silence silence = silence(x, recency, age);
        double logSilent;
        if (silence.n == 0) {
            logSilent = -silence.after;
        } else if (silence.before + silence.after < 0.5) {
            // What did not happen in a short silence is a purchase.
            logSilent = Math.log1p(-active(r + x, recency, silence.last, age - recency));
        } else {
            logSilent = Math.log(silence.died + silence.lived()) - silence.before;
        }
        return Rising.log(r, x)
                - r * Math.log1p(recency / alpha)
                - x * Math.log(alpha + recency)
                + SurvivalSum.of(a, b).logSurvival((double) silence.last)
                + logSilent;
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        Silence silence = silence(x, recency, age);
        if (silence.n == 0) {
            return 1;
        }
        // e^−u alone has no digits left where it nearly underflows.
        return silence.after > FAR
                ? Math.exp(-silence.after - Math.log(silence.died))
                : silence.lived() / (silence.lived() + silence.died);
    }

    /** Death has opportunities that a factor on the hazard does not move. */
    @Override
    public boolean canChange(RateChange change) {
        return change.dropoutFactor() == 1;
    }

    @Override
    public double changedGivenAlive(int x, double age, double horizon, double delta, RateChange change) {
        return change.purchaseFactor() * aheadGivenAlive(x, age, horizon, delta);
    }

    @Override
    public double probabilityDead(int x, double recency, double age) {
        Silence silence = silence(x, recency, age);
        return silence.n == 0 ? 0 : silence.died / (silence.lived() + silence.died);
    }

    /** Given death at y, λ ~ Gamma(r + x, α + y). */
    @Override
    public double purchaseRate(int x, double recency, double age) {
        Silence silence = silence(x, recency, age);
        double rho = r + x;
        double alive = rho / (alpha + age);
        if (silence.n == 0) {
            return alive;
        }
        double first = alpha + (silence.last + 1) * tau;
        double dead = died(rho, silence.last, silence.n, k -> rho / (first + k * tau));
        return (silence.lived() * alive + dead) / (silence.lived() + silence.died);
    }

    /** Given death at opportunity j, θ ~ Beta(a + 1, b + j − 1); else Beta(a, b + m). */
    @Override
    public double dropoutRate(int x, double recency, double age) {
        Silence silence = silence(x, recency, age);
        double c = b + silence.last;
        double alive = a / (a + c + silence.n);
        if (silence.n == 0) {
            return alive;
        }
        double dead = died(r + x, silence.last, silence.n, k -> (a + 1) / (a + c + 1 + k));
        return (silence.lived() * alive + dead) / (silence.lived() + silence.died);
    }

    // ---------------------------------------------------------------------------------------------------- the future

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        return discountedGivenAlive(x, age, horizon, 0);
    }

    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        long m = opportunities(age, tau);
        double first = untilNext(age, m);
        double time = present(Math.min(horizon, first), delta);
        if (horizon > first) {
            double c = b + m;
            long whole = wholeIntervals(horizon - first);
            double last = lastInterval(horizon - first, whole);
            double rate = delta * tau;
            SurvivalSum later = SurvivalSum.of(a, c + 1);
            double full = later.sum(k -> Math.exp(-rate * k), Double.POSITIVE_INFINITY, a - 1, whole);
            time += Math.exp(-delta * first)
                    * (c / (a + c))
                    * (full * present(tau, delta)
                            + later.survival(whole) * Math.exp(-rate * whole) * present(last, delta));
        }
        return (r + x) * (time / (alpha + age));
    }

    /** ∫ e<sup>−δs</sup> ds from 0 to t. */
    private static double present(double time, double delta) {
        return delta == 0 ? time : -Math.expm1(-delta * time) / delta;
    }

    /** How many opportunities a time from one has before its end: the intervals that are whole, unless the last one is. */
    private long wholeIntervals(double time) {
        return (long) Math.max(0, Math.ceil(time / tau) - 1);
    }

    private double lastInterval(double time, long whole) {
        return Math.max(0, Math.min(tau, time - whole * tau));
    }

    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        long m = opportunities(age, tau);
        double first = untilNext(age, m);
        double c = b + m;
        double lost = -Math.expm1(-delta * tau);
        double kept = Math.exp(-delta * tau);
        double intervals = kept == 0
                ? 1
                : BetaExpectation.of(a, c + 1, (theta, l, k) -> 1 / (l + k * theta), lost, kept, lost / kept);
        double time =
                present(first, delta) + Math.exp(-delta * first) * (c / (a + c)) * intervals * present(tau, delta);
        return (r + x) * (time / (alpha + age));
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        long m = opportunities(age, tau);
        long later = Math.max(m, opportunities(age + horizon, tau));
        return SurvivalSum.of(a, b + m).survival(later - m);
    }

    /** (1 + k τ/scale)^−ρ. */
    private double silent(double rho, double scale, double k) {
        return Math.exp(-rho * Math.log1p(k * tau / scale));
    }

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        return active(r + x, age, opportunities(age, tau), horizon);
    }

    /** The same after m opportunities, of which the last may have been at the age or be about to come there. */
    private double active(double rho, double age, long m, double horizon) {
        double scale = alpha + age;
        double first = untilNext(age, m);
        double active = GammaPoisson.active(rho, Math.min(horizon, first) / scale);
        if (horizon > first) {
            double c = b + m;
            double then = scale + first;
            long whole = wholeIntervals(horizon - first);
            SurvivalSum later = SurvivalSum.of(a, c + 1);
            double full = later.sum(k -> firstIn(rho, then, k), then / tau, a + rho, whole);
            double last = lastInterval(horizon - first, whole);
            double part = later.survival(whole)
                    * silent(rho, then, (double) whole)
                    * GammaPoisson.active(rho, last / (then + whole * tau));
            active += Math.exp(-rho * Math.log1p(first / scale)) * (c / (a + c)) * (full + part);
        }
        return Math.min(1, active);
    }

    /** The probability that the first purchase of one who lives for ever comes in the interval k. */
    private double firstIn(double rho, double scale, double k) {
        return silent(rho, scale, k) * GammaPoisson.active(rho, tau / (scale + k * tau));
    }

    /** Alive to the end with n purchases, or dead at some opportunity with n purchases by then. */
    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double rho = r + x;
        double scale = alpha + age;
        if (horizon / scale == 0) {
            return n == 0 ? 1 : 0;
        }
        long m = opportunities(age, tau);
        double first = untilNext(age, m);
        NegativeBinomial count = NegativeBinomial.of(rho, n);
        double atEnd = count.log(horizon / scale);
        if (horizon <= first) {
            return Math.min(1, Math.exp(atEnd));
        }
        double c = b + m;
        long deaths = wholeIntervals(horizon - first) + 1;
        SurvivalSum survival = SurvivalSum.of(a, c);
        double dead = 0;
        if (deaths <= FEW) {
            double stayed = 1;
            for (int k = 0; k < deaths; k++) {
                dead += stayed * (a / (a + c + k)) * Math.exp(count.log((first + k * tau) / scale));
                stayed *= (c + k) / (a + c + k);
            }
        } else {
            dead = Math.exp(logDeadAfter(n, rho, scale, first, c, deaths, count));
        }
        return Math.min(1, dead + Math.exp(survival.logSurvival((double) deaths) + atEnd));
    }

    private double logDeadAfter(
            int n, double rho, double scale, double first, double c, long deaths, NegativeBinomial count) {
        SurvivalSum survival = SurvivalSum.of(a, c);
        double end = first + (deaths - 1) * tau;
        // As if opportunities were continuous.
        double mode = LogConcave.of(n + 1.0, rho + n, scale, a + 1, c * tau, Math.log(end))
                .mode();
        long start = (long) Math.max(0, Math.min(deaths - 1.0, Math.rint((Math.exp(mode) - first) / tau)));
        return SurvivalSum.logSumAround(
                k -> count.log((first + k * tau) / scale) + survival.logSurvival(k) + Math.log(a / (a + c + k)),
                (k, side) -> {
                    double time = first + k * tau;
                    double passed = time / (scale + time);
                    double slope = Math.abs(n - (rho + n) * passed);
                    double bend = (rho + n) * passed * (scale / (scale + time));
                    double width = Math.min(1, Math.min(6 / slope, 3 / Math.sqrt(bend)));
                    // In opportunities; dying is steeper the nearer to the start.
                    double ofCounts = side * time * Math.expm1(side * width) / tau;
                    double ofDying =
                            side > 0 ? 6 / Math.log1p((a + 1) / (c + k)) : 6 / Math.log1p((a + 1) / (c + k / 2));
                    return Math.min(ofCounts, side > 0 ? ofDying : Math.min(k / 2, ofDying));
                },
                start,
                deaths);
    }

    // --------------------------------------------------------------------------------------------- the next purchase

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        double rho = r + x;
        double scale = alpha + age;
        long m = opportunities(age, tau);
        double first = untilNext(age, m);
        double start = Math.min(horizon, first);
        double sum = GammaPoisson.active(rho, start / scale);
        double times = sum * GammaPoisson.nextPurchaseWithin(rho, scale, start);
        if (horizon > first) {
            double c = b + m;
            double then = scale + first;
            long whole = wholeIntervals(horizon - first);
            SurvivalSum later = SurvivalSum.of(a, c + 1);
            double reached = Math.exp(-rho * Math.log1p(first / scale)) * (c / (a + c));
            double full = later.sum(k -> firstIn(rho, then, k), then / tau, a + rho, whole);
            double fullTimes = later.sum(
                    k -> firstIn(rho, then, k),
                    k -> first + k * tau + GammaPoisson.nextPurchaseWithin(rho, then + k * tau, tau),
                    then / tau,
                    a + rho - 1,
                    whole);
            double last = lastInterval(horizon - first, whole);
            double at = then + whole * tau;
            double part =
                    later.survival(whole) * silent(rho, then, (double) whole) * GammaPoisson.active(rho, last / at);
            sum += reached * (full + part);
            times += reached
                    * (fullTimes + part * (first + whole * tau + GammaPoisson.nextPurchaseWithin(rho, at, last)));
        }
        return sum > 0 ? Math.min(horizon, times / sum) : horizon / 2;
    }

    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        if (probability == 0) {
            return 0;
        }
        double rho = r + x;
        double scale = alpha + age;
        long m = opportunities(age, tau);
        double first = untilNext(age, m);
        double before = GammaPoisson.active(rho, first / scale);
        double reached = Math.exp(-rho * Math.log1p(first / scale)) * ((b + m) / (a + b + m));
        Ahead ahead = new Ahead(rho, scale + first, b + m + 1);
        double rest = reached > 0 ? ahead.ever(0) : 0;
        double ever = before + reached * rest;
        double made = probability * ever;
        if (made <= before) {
            return Math.min(first, scale * Math.expm1(-Math.log1p(-made) / rho));
        }
        return Math.min(Double.MAX_VALUE, first + ahead.timeOf((1 - probability) * ever / reached, rest));
    }

    /** What lies ahead of one who has just survived an opportunity. */
    private final class Ahead {

        private final double rho;
        private final double scale;
        private final double c;
        private final SurvivalSum survival;
        /** From this interval on, opportunities are as good as continuous. */
        private final long continuous;

        Ahead(double rho, double scale, double c) {
            this.rho = rho;
            this.scale = scale;
            this.c = c;
            survival = SurvivalSum.of(a, c);
            double large = CONTINUOUS * Math.max(1, Math.max(a, rho));
            continuous = (long) Math.ceil(Math.max(0, large - Math.min(c, scale / tau)));
        }

        /** The probability of being alive and silent at the start of an interval. */
        double state(long k) {
            return Math.exp(survival.logSurvival((double) k) - rho * Math.log1p(k * tau / scale));
        }

        /** The probability that the first purchase comes at all, and in the interval k or later. */
        double ever(long k) {
            double then = scale + k * tau;
            long lead = Math.max(0, continuous - k);
            double state = state(k);
            double soon =
                    state > 0 ? SurvivalSum.of(a, c + k).sum(i -> firstIn(rho, then, i), then / tau, a + rho, lead) : 0;
            return state * soon + everByRace(k + lead);
        }

        /**
         * The same for late intervals: within one the probability of survival is S_k, and with z = c + k the shape of a gamma-distributed
         * rate a and scale (z + a/2 − 1)τ has it in the middle.
         */
        private double everByRace(long k) {
            double middle = c + k + a / 2 - 0.5;
            double state = state(k) * Math.exp(-a * Math.log1p(-0.5 / middle));
            return state > 0 ? state * GammaRace.secondFirst(a, (middle - 0.5) * tau, rho, scale + k * tau) : 0;
        }

        /** The time at which the probability of a purchase yet to come has fallen to a value, from that at the start. */
        double timeOf(double wanted, double atStart) {
            double rest = atStart;
            for (int k = 0; k < WALK && k < continuous; k++) {
                double state = state(k);
                double made = state * GammaPoisson.active(rho, tau / (scale + k * tau));
                if (rest - made <= wanted) {
                    return inside(k, (rest - wanted) / state);
                }
                rest -= made;
            }
            long low = Math.min(WALK, continuous);
            if (ever(continuous) > wanted) {
                double quantile = 1 - wanted / everByRace(continuous);
                double middle = c + continuous + a / 2 - 0.5;
                return continuous * tau
                        + GammaRace.timeQuantile(
                                a,
                                (middle - 0.5) * tau,
                                rho,
                                scale + continuous * tau,
                                Math.max(0, Math.min(Math.nextDown(1.0), quantile)));
            }
            long high = Math.min(2 * low + 1, continuous);
            while (high < continuous && ever(high) > wanted) {
                low = high;
                high = Math.min(2 * high, continuous);
            }
            while (high - low > 1) {
                long middle = low + (high - low) / 2;
                if (ever(middle) > wanted) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return inside(low, (ever(low) - wanted) / state(low));
        }

        /** The time in an interval by which one who is alive and silent at its start has bought with a probability. */
        private double inside(long k, double probability) {
            double made = Math.max(0, Math.min(Math.nextDown(1.0), probability));
            return k * tau + Math.min(tau, (scale + k * tau) * Math.expm1(-Math.log1p(-made) / rho));
        }
    }

    // --------------------------------------------------------------------------------------------------------- draws

    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        double rho = r + x;
        if (random.uniform() < probabilityDead(x, recency, age)) {
            long last = opportunitiesBefore(recency, tau);
            long at = last + 1 + drawDeath(rho, last, opportunities(age, tau) - last, random);
            double death = Math.max(recency, Math.min(age, at * tau));
            return new CustomerDraw(
                    false, random.gamma(rho, alpha + death), random.beta(a + 1, b + (at - 1)), death, 0);
        }
        long m = opportunities(age, tau);
        double rate = random.gamma(rho, alpha + age);
        double theta = random.beta(a, b + m);
        double number = random.firstSuccess(theta);
        double left = untilNext(age, m) + (number - 1) * tau;
        double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), (m + number) * tau));
        return new CustomerDraw(true, rate, theta, lifetime, (long) random.poisson(rate * Math.min(left, horizon)));
    }

    /**
     * Draws at which of the n opportunities of a silence death came, from 0. Its probability falls: rejection from a staircase, whose
     * steps have the height of their left ends.
     */
    private long drawDeath(double rho, long last, long n, Sampling random) {
        double scale = alpha + (last + 1) * tau;
        double c = b + last;
        SurvivalSum survival = SurvivalSum.of(a, c);
        SurvivalSum.Function log =
                k -> survival.logSurvival(k) - Math.log(a + c + k) - rho * Math.log1p(k * tau / scale);
        double top = log.at(0);
        long[] edges = new long[STEPS + 1];
        double[] heights = new double[STEPS];
        double area = 0;
        int steps = 0;
        while (edges[steps] < n) {
            double height = log.at((double) edges[steps]);
            double fall = height - log.at(edges[steps] + 1.0);
            double width = Math.max(1, Math.min((double) (n - edges[steps]), Math.floor(1 / fall)));
            heights[steps] = height - top;
            edges[steps + 1] = steps == STEPS - 1 ? n : edges[steps] + (long) width;
            area += Math.exp(heights[steps]) * (edges[steps + 1] - edges[steps]);
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
            long k = edges[step] + (long) (random.uniform() * (edges[step + 1] - edges[step]));
            if (heights[step] - random.exponential(1) <= log.at((double) k) - top) {
                return k;
            }
        }
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        long m = opportunities(age, tau);
        double rate = random.gamma(r + x, alpha + age);
        double left = untilNext(age, m) + (random.firstSuccess(random.beta(a, b + m)) - 1) * tau;
        out.addPoisson(rate, Math.min(left, horizon), random);
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double rate = random.gamma(r, alpha);
        double lifetime = tau * random.firstSuccess(random.beta(a, b));
        return GammaPoisson.poissonTimes(rate, Math.min(lifetime, age), random);
    }
}
