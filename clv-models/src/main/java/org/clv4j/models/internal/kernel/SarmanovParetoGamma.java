// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.LogConcave;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.Rising;

/**
 * The formulas of the Pareto/NBD model whose rates have a {@link Sarmanov} density: given alive after x purchases in T, the density of
 * (λ, μ) is that of independent Gamma(r + x, α + T) and Gamma(s, β + T), times w.
 *
 * <p>Each output is an integral over the time of what happens next, of the independent model's integrand times the mean of w given that
 * it happens then. Both are positive and smooth in logarithmic time: Gauss–Legendre panels, and nothing cancels, also where the density
 * of the rates reaches 0 at the bound of ω. Everything is in units of w's largest corner, which quotients do not see.
 */
public final class SarmanovParetoGamma implements AttritionFormulas {

    /** What is left is negligible below this. */
    private static final double NEGLIGIBLE = 1e-18;
    /** A panel spans at most this change of the exponent, for which 16 points are exact to a double. */
    private static final double EXPONENT_A_PANEL = 6;
    /** The logarithm of the latest time whose sum with a scale is finite. */
    private static final double LOG_LATEST = 709;
    /** Beyond this exponent its exponential has few digits left, or none. */
    private static final double FAR = 600;
    /** So many steps of a hat are enough; what is left gets one. */
    private static final int STEPS = 200;

    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;
    private final Sarmanov w;

    /**
     * Creates the formulas of a model.
     *
     * @param r shape of the purchase rate; finite, above 0
     * @param alpha rate of the purchase rate; finite, above 0
     * @param s shape of the dropout rate; finite, above 0
     * @param beta rate of the dropout rate; finite, above 0
     * @param omega ω, in its bounds
     * @param c the time c; finite, above 0
     * @throws IllegalArgumentException if ω is out of its bounds
     */
    public SarmanovParetoGamma(double r, double alpha, double s, double beta, double omega, double c) {
        this.r = r;
        this.alpha = alpha;
        this.s = s;
        this.beta = beta;
        this.w = Sarmanov.of(r, alpha, s, beta, omega, c);
    }

    /** What is integrated beside the probability that nothing has happened yet: a function of the two rates' rates at a time. */
    @FunctionalInterface
    private interface Factor {
        double at(double a, double b, double time);
    }

    /**
     * ∫ (1 + y/a)^−ρ (1 + y/b)^−s e^−δy f(a + y, b + y) dy from 0 to a horizon, which may be infinite if the exponent grows without end
     * or f falls.
     *
     * @param cap what ∫ f is at most where nothing decays, for the end
     */
    private double integral(
            double rho, double a, double s, double b, double delta, double horizon, double cap, Factor f) {
        double smaller = Math.min(a, b);
        double latest = LOG_LATEST - Math.max(0, Math.log(smaller));
        double end = Math.min(latest, Math.log1p(horizon / smaller));
        // Up to here the poles are as near as they ever are; discounting bends everywhere.
        double turn = delta > 0 ? end : Math.log1p((Math.max(a, b) + w.c()) / smaller);
        double sum = 0;
        double v = 0;
        while (v < end) {
            double y = smaller * Math.expm1(v);
            double exponent = rho * Math.log1p(y / a) + s * Math.log1p(y / b) + delta * y;
            if (cap * Math.exp(-exponent) <= NEGLIGIBLE * sum) {
                break;
            }
            double slope = (y + smaller) * (rho / (a + y) + s / (b + y) + delta);
            double width = Math.min(end - v, Math.min(Math.max(1, v - turn), EXPONENT_A_PANEL / slope));
            double panel = 0;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double node = smaller * Math.expm1(v + width * GaussLegendre.node(i));
                double decay = Math.exp(-rho * Math.log1p(node / a) - s * Math.log1p(node / b) - delta * node);
                panel += GaussLegendre.weight(i) * decay * (node + smaller) * f.at(a + node, b + node, node);
            }
            sum += panel * width;
            v += width;
        }
        return sum;
    }

    /** The probability that death comes first and within a time, in the measure of w. */
    private double deathBefore(double rho, double a, double b, double time) {
        return integral(rho, a, s, b, 0, time, 1, (at, bt, y) -> s / bt * w.mean(rho, at, s + 1, bt));
    }

    /** The probability that a purchase comes first and within a time, in the measure of w. */
    private double purchaseBefore(double rho, double a, double b, double time) {
        return integral(rho, a, s, b, 0, time, 1, (at, bt, y) -> rho / at * w.mean(rho + 1, at, s, bt));
    }

    /** The same without end. What is later than any double is as likely as if the rates were 0. */
    private double purchaseEver(double rho, double a, double b) {
        double latest = Math.exp(LOG_LATEST);
        double never = rho * Math.log1p(latest / a) + s * Math.log1p(latest / b);
        return purchaseBefore(rho, a, b, latest) + Math.exp(-never) * w.atZero() * (rho / (rho + s));
    }

    private double exponent(double rho, double recency, double age) {
        return rho * Math.log1p((age - recency) / (alpha + recency))
                + s * Math.log1p((age - recency) / (beta + recency));
    }

    @Override
    public double logLikelihood(int x, double recency, double age) {
        double rho = r + x;
        double a = alpha + recency;
        double b = beta + recency;
        double silence = age - recency;
        double exponent = exponent(rho, recency, age);
        double logSilent;
        if (exponent < 0.5) {
            // What did not happen in a short silence is a purchase. The mean of w is 1 before the first.
            double all = w.mean(rho, a, s, b);
            logSilent =
                    (x == 0 ? 0 : Math.log(all) + w.logScale()) + Math.log1p(-purchaseBefore(rho, a, b, silence) / all);
        } else {
            double alive = Math.exp(-exponent) * w.mean(rho, alpha + age, s, beta + age);
            logSilent = Math.log(alive + deathBefore(rho, a, b, silence)) + w.logScale();
        }
        return Rising.log(r, x)
                - r * Math.log1p(recency / alpha)
                - x * Math.log(a)
                - s * Math.log1p(recency / beta)
                + logSilent;
    }

    @Override
    public double probabilityAlive(int x, double recency, double age) {
        double silence = age - recency;
        if (silence == 0) {
            return 1;
        }
        double rho = r + x;
        double exponent = exponent(rho, recency, age);
        double meanAlive = w.mean(rho, alpha + age, s, beta + age);
        double died = deathBefore(rho, alpha + recency, beta + recency, silence);
        if (exponent > FAR) {
            return died > 0 ? Math.min(1, Math.exp(Math.log(meanAlive) - exponent - Math.log(died))) : 0;
        }
        double alive = Math.exp(-exponent) * meanAlive;
        return alive / (alive + died);
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
        double silence = age - recency;
        if (silence == 0) {
            return 0;
        }
        double rho = r + x;
        double alive = Math.exp(-exponent(rho, recency, age)) * w.mean(rho, alpha + age, s, beta + age);
        double died = deathBefore(rho, alpha + recency, beta + recency, silence);
        return alive + died > 0 ? died / (alive + died) : 1;
    }

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        double rho = r + x;
        double a = alpha + age;
        double b = beta + age;
        return Math.min(1, purchaseBefore(rho, a, b, horizon) / w.mean(rho, a, s, b));
    }

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        return discountedGivenAlive(x, age, horizon, 0);
    }

    /** (r+x)/(α+T) ∫ e^−δy (1 + y/(β+T))^−s dy, times the mean of w given a purchase then and alive. */
    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        double rho = r + x;
        double a = alpha + age;
        double b = beta + age;
        // In units of a time no longer than what counts: the measure then is of an ordinary size.
        double time = Math.min(horizon, 1 / delta);
        if (time == 0) {
            return 0;
        }
        double mean = integral(0, b, s, b, delta, horizon, 1, (unused, bt, y) -> w.mean(rho + 1, a, s, bt) / time);
        return rho / a * time * (mean / w.mean(rho, a, s, b));
    }

    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        return discountedGivenAlive(x, age, Double.POSITIVE_INFINITY, delta);
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        double rho = r + x;
        double a = alpha + age;
        double b = beta + age;
        double later = w.mean(rho, a, s, b + horizon) / w.mean(rho, a, s, b);
        return Math.min(1, Math.exp(-s * Math.log1p(horizon / b)) * later);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Alive to the end with n purchases, or dead at some u with n purchases by then. The four terms of w are integrated apart, each
     * over ln u with a density whose logarithm is concave and knows where it is: e^−cλ and e^−cμ shift the scales, and their complements
     * vary slowly.
     */
    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double a = alpha + age;
        double b = beta + age;
        double rho = r + x;
        if (horizon / a == 0) {
            return n == 0 ? 1 : 0;
        }
        NegativeBinomial count = NegativeBinomial.of(rho, n);
        double later = -s * Math.log1p(horizon / b);
        double sum = Math.exp(count.log(horizon / a) + later) * w.mean(rho + n, a + horizon, s, b + horizon);
        for (int term = 0; term < 4; term++) {
            double corner = w.corner(isSlow(term), isStaying(term));
            if (corner > 0) {
                sum += corner * deadAfter(count, n, rho, a, isSlow(term), b, isStaying(term), horizon);
            }
        }
        return Math.min(1, sum / w.mean(rho, a, s, b));
    }

    /** n purchases and then death within a horizon, weighted by e^−cλ or its complement and e^−cμ or its complement. */
    private double deadAfter(
            NegativeBinomial count,
            int n,
            double rho,
            double a,
            boolean slow,
            double b,
            boolean staying,
            double horizon) {
        double c = w.c();
        double shiftedA = slow ? a + c : a;
        double shiftedB = staying ? b + c : b;
        double constant = (slow ? -rho * Math.log1p(c / a) : 0) + (staying ? -s * Math.log1p(c / b) : 0);
        LogConcave density = LogConcave.of(n + 1.0, rho + n, shiftedA, s + 1, shiftedB, Math.log(horizon));
        return s
                * density.integral(log -> {
                    double u = Math.exp(log);
                    return constant
                            + count.log(u / shiftedA)
                            + Math.log(u / (shiftedB + u))
                            - s * Math.log1p(u / shiftedB)
                            + (slow ? 0 : logComplement(rho + n, a + u))
                            + (staying ? 0 : logComplement(s + 1, b + u));
                });
    }

    /** ln E[1 − e^−cλ] of λ ~ Gamma(shape, rate). */
    private double logComplement(double shape, double rate) {
        return Math.log(-Math.expm1(-shape * Math.log1p(w.c() / rate)));
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        double rho = r + x;
        double a = alpha + age;
        double b = beta + age;
        if (horizon == 0) {
            return 0;
        }
        double probability = purchaseBefore(rho, a, b, horizon);
        double moment = integral(
                rho, a, s, b, 0, horizon, 1, (at, bt, y) -> rho / at * (y / horizon) * w.mean(rho + 1, at, s, bt));
        // A time too short for the scales: the density is flat on it.
        return moment > 0 ? Math.min(horizon, horizon * (moment / probability)) : horizon / 2;
    }

    /** Newton's method in the logarithms of time and of the probability or of its complement, whichever is smaller, between brackets. */
    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        if (probability == 0) {
            return 0;
        }
        double rho = r + x;
        double a = alpha + age;
        double b = beta + age;
        double whole = purchaseEver(rho, a, b);
        boolean upper = probability > 0.5;
        double target = upper ? -Math.log1p(-probability) : Math.log(probability);
        double low = Math.log(Double.MIN_VALUE);
        double high = LOG_LATEST;
        double log = -Math.log(rho / a + s / b);
        for (int i = 0; i < 200 && high - low > 1e-15 * Math.abs(log); i++) {
            log = log > low && log < high ? log : (low + high) / 2;
            double time = Math.exp(log);
            double exponent = rho * Math.log1p(time / a) + s * Math.log1p(time / b);
            double now = time / (a + time) * rho * w.mean(rho + 1, a + time, s, b + time);
            double excess;
            double slope;
            if (upper) {
                // The rest of the time is the same race, later.
                double rest = purchaseEver(rho, a + time, b + time);
                excess = exponent - Math.log(rest / whole) - target;
                slope = now / rest;
            } else {
                double before = purchaseBefore(rho, a, b, time);
                excess = Math.log(before / whole) - target;
                slope = now * Math.exp(-exponent) / before;
            }
            if (excess > 0) {
                high = log;
            } else {
                low = log;
            }
            double next = log - excess / slope;
            if (Math.abs(next - log) <= 1e-15 * (1 + Math.abs(log)) || excess == 0) {
                return Math.exp(log);
            }
            log = next;
        }
        return low >= LOG_LATEST - 1e-9 ? Double.MAX_VALUE : Math.exp(log);
    }

    /** Given alive, or death at y: a quotient of integrals over the same possibilities, one with a purchase more. */
    @Override
    public double purchaseRate(int x, double recency, double age) {
        double rho = r + x;
        double alive = rho
                / (alpha + age)
                * (w.mean(rho + 1, alpha + age, s, beta + age) / w.mean(rho, alpha + age, s, beta + age));
        double dead = probabilityDead(x, recency, age);
        if (dead == 0) {
            return alive;
        }
        double a = alpha + recency;
        double b = beta + recency;
        double silence = age - recency;
        // A factor that is at most 1.
        double more = integral(
                rho, a, s, b, 0, silence, 1, (at, bt, y) -> s / bt * (a / at) * w.mean(rho + 1, at, s + 1, bt));
        return probabilityAlive(x, recency, age) * alive + dead * (rho / a) * (more / deathBefore(rho, a, b, silence));
    }

    @Override
    public double dropoutRate(int x, double recency, double age) {
        double rho = r + x;
        double alive = s
                / (beta + age)
                * (w.mean(rho, alpha + age, s + 1, beta + age) / w.mean(rho, alpha + age, s, beta + age));
        double dead = probabilityDead(x, recency, age);
        if (dead == 0) {
            return alive;
        }
        double a = alpha + recency;
        double b = beta + recency;
        double silence = age - recency;
        double more =
                integral(rho, a, s, b, 0, silence, 1, (at, bt, y) -> s / bt * (b / bt) * w.mean(rho, at, s + 2, bt));
        return probabilityAlive(x, recency, age) * alive
                + dead * ((s + 1) / b) * (more / deathBefore(rho, a, b, silence));
    }

    @Override
    public CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random) {
        double rho = r + x;
        if (random.uniform() < probabilityDead(x, recency, age)) {
            double lived = drawDeath(rho, alpha + recency, beta + recency, age - recency, random);
            double death = Math.min(age, recency + lived);
            double[] rates = w.draw(rho, alpha + death, s + 1, beta + death, random);
            return new CustomerDraw(false, rates[0], rates[1], death, 0);
        }
        double[] rates = w.draw(rho, alpha + age, s, beta + age, random);
        double left = random.exponential(rates[1]);
        double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), age + left));
        long purchases = (long) random.poisson(rates[0] * Math.min(left, horizon));
        return new CustomerDraw(true, rates[0], rates[1], lifetime, purchases);
    }

    /**
     * Draws how long after the last purchase death came, given that it came in the silence: first a term of w, then a time of that
     * term. Over t = ln(1 + y/b), with the scales that e^−cλ and e^−cμ shift, the density falls, and their complements fall too:
     * rejection from a staircase, whose steps have the height of their left ends.
     */
    private double drawDeath(double rho, double a, double b, double silence, Sampling random) {
        double[] masses = new double[4];
        double all = 0;
        for (int term = 0; term < 4; term++) {
            masses[term] = massOfDeath(rho, a, b, silence, term);
            all += masses[term];
        }
        double under = random.uniform() * all;
        int chosen = 0;
        for (int term = 0; term < 4 && under >= 0; term++) {
            // Never one without mass, whatever rounding leaves.
            if (masses[term] > 0) {
                chosen = term;
                under -= masses[term];
            }
        }
        return drawDeath(rho, a, b, silence, chosen, random);
    }

    private static boolean isSlow(int term) {
        return term > 1;
    }

    private static boolean isStaying(int term) {
        return term % 2 == 1;
    }

    private double massOfDeath(double rho, double a, double b, double silence, int term) {
        double corner = w.corner(isSlow(term), isStaying(term));
        if (corner == 0) {
            return 0;
        }
        double c = w.c();
        double shiftedA = isSlow(term) ? a + c : a;
        double shiftedB = isStaying(term) ? b + c : b;
        double shift = (isSlow(term) ? -rho * Math.log1p(c / a) : 0) + (isStaying(term) ? -s * Math.log1p(c / b) : 0);
        double mean = integral(
                rho,
                shiftedA,
                s,
                shiftedB,
                0,
                silence,
                1,
                (unusedA, bt, y) -> s / bt * complements(rho, a + y, b + y, term));
        return corner * Math.exp(shift) * mean;
    }

    /** What a term has beside shifted scales, at death. */
    private double complements(double rho, double a, double b, int term) {
        return Math.exp((isSlow(term) ? 0 : logComplement(rho, a)) + (isStaying(term) ? 0 : logComplement(s + 1, b)));
    }

    private double drawDeath(double rho, double a, double b, double silence, int term, Sampling random) {
        double shiftedA = isSlow(term) ? a + w.c() : a;
        double shiftedB = isStaying(term) ? b + w.c() : b;
        double end = Math.log1p(silence / shiftedB);
        double[] edges = new double[STEPS + 1];
        double[] heights = new double[STEPS];
        double[] areas = new double[STEPS];
        double area = 0;
        int steps = 0;
        while (edges[steps] < end && steps < STEPS) {
            double t = edges[steps];
            double y = shiftedB * Math.expm1(t);
            heights[steps] = logDeath(rho, a, shiftedA, b, shiftedB, y, term);
            double slope = s + 1 + (rho + 1) * ((shiftedB + y) / (shiftedA + y));
            double next = steps == STEPS - 1 ? end : Math.min(end, t + 1 / slope);
            edges[steps + 1] = next > t ? next : end;
            areas[steps] = Math.exp(heights[steps] - heights[0]) * (edges[steps + 1] - t);
            area += areas[steps];
            steps++;
        }
        while (true) {
            double under = random.uniform() * area;
            int step = 0;
            while (step < steps - 1 && under > areas[step]) {
                under -= areas[step];
                step++;
            }
            double t = edges[step] + random.uniform() * (edges[step + 1] - edges[step]);
            double y = Math.min(silence, shiftedB * Math.expm1(t));
            if (heights[step] - random.exponential(1) <= logDeath(rho, a, shiftedA, b, shiftedB, y, term)) {
                return y;
            }
        }
    }

    private double logDeath(double rho, double a, double shiftedA, double b, double shiftedB, double y, int term) {
        return -rho * Math.log1p(y / shiftedA)
                - s * Math.log1p(y / shiftedB)
                + (isSlow(term) ? 0 : logComplement(rho, a + y))
                + (isStaying(term) ? 0 : logComplement(s + 1, b + y));
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        double[] rates = w.draw(r + x, alpha + age, s, beta + age, random);
        double left = random.exponential(rates[1]);
        out.addPoisson(rates[0], Math.min(left, horizon), random);
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double[] rates = w.draw(r, alpha, s, beta, random);
        return GammaPoisson.poissonTimes(rates[0], Math.min(random.exponential(rates[1]), age), random);
    }
}
