// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;
import org.clv4j.models.internal.special.BetaExpectation;
import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.NegativeBinomial;
import org.clv4j.models.internal.special.Rising;

/**
 * The formulas of the BG/CNBD-k family, a customer at a time: gaps between purchases have k stages, each exponential of rate λ, and
 * after a purchase the customer leaves with probability p. Arguments are checked by the models.
 *
 * <p>With m = 0 for BG, 1 for MBG and ρ = r + kx, a customer who is alive at T has passed j &lt; k stages of the gap at hand with weights
 * ∝ (ρ)_j/j! ((T−t_x)/(α+T))^j; given j, λ ~ Gamma(ρ + j, α + T), and p ~ Beta(a, b + x + m) whatever j. What lies ahead is an expectation
 * over these three. Immutable and thread-safe.
 */
public final class ErlangGeometric implements AttritionFormulas {

    /** More terms than this, and the quadrature is cheaper than the series. */
    private static final int MAX_TERMS = 4000;

    /** The first term of the series is e to the minus this at the least, well above the smallest double. */
    private static final double MAX_EXPONENT = 600;

    private static final double NEGLIGIBLE = 1e-18;
    /** e to the minus this is nothing beside 1. */
    private static final double MIXED = 40;

    /** e to the minus this is nothing beside 1e-16. */
    private static final double FAR = 80;

    /** So many stages are summed faster than p is integrated over, and e to the minus this is well above the smallest double. */
    private static final double CHEAP_STAGES = 600;

    /** From this shape on the density of λ is normalised by its own nodes, where errors of ln Γ would show. */
    private static final double LARGE_SHAPE = 20;

    private final double r;
    private final double alpha;
    private final double a;
    private final double b;
    private final int m;
    private final int k;
    /** t_x of the customer whose future is asked for. */
    private final double recency;

    /**
     * Creates the formulas of a model.
     *
     * @param k the stages of a gap, at least 1
     * @param r shape of the stage rate; finite, above 0
     * @param alpha rate of the stage rate; finite, above 0
     * @param a first shape of the dropout probability; finite, above 0
     * @param b second shape of the dropout probability; finite, above 0
     * @param modified whether dropout can follow the first purchase (MBG)
     */
    public ErlangGeometric(int k, double r, double alpha, double a, double b, boolean modified) {
        this(k, r, alpha, a, b, modified ? 1 : 0, 0);
    }

    private ErlangGeometric(int k, double r, double alpha, double a, double b, int m, double recency) {
        this.k = k;
        this.r = r;
        this.alpha = alpha;
        this.a = a;
        this.b = b;
        this.m = m;
        this.recency = recency;
    }

    @Override
    public boolean isMemoryless() {
        return k == 1;
    }

    @Override
    public AttritionFormulas ahead(double newRecency) {
        return new ErlangGeometric(k, r, alpha, a, b, m, newRecency);
    }

    private double rho(int x) {
        return r + (double) k * x;
    }

    /** The terms (ρ)_j/j! u^j of what a silence of u = (T−t_x)/(α+T) leaves possible. */
    private double[] stages(double rho, double u) {
        double[] terms = new double[k];
        terms[0] = 1;
        for (int j = 1; j < k; j++) {
            terms[j] = terms[j - 1] * u * (rho + j - 1) / j;
        }
        return terms;
    }

    /** The probabilities of having passed j stages since the last purchase, given alive. */
    private double[] weights(int x, double age) {
        double[] weights = stages(rho(x), (age - recency) / (alpha + age));
        double sum = sum(weights);
        for (int j = 0; j < k; j++) {
            weights[j] /= sum;
        }
        return weights;
    }

    private static double sum(double[] terms) {
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return sum;
    }

    // ------------------------------------------------------------------------------------------------- the history

    /** {@inheritDoc} Without the term (k−1) Σ ln gap − x ln Γ(k), for which the gaps would have to be known. */
    @Override
    public double logLikelihood(int x, double tx, double age) {
        int y = x + m;
        double u = (age - tx) / (alpha + age);
        if (x == 0) {
            double bought = RegularizedBeta.value(u, k, r);
            double left = y > 0 ? a / (a + b) : 0;
            if (bought < 0.5 || y > 0) {
                return Math.log1p(-(1 - left) * bought);
            }
            return Math.log(sum(stages(r, u))) - r * Math.log1p(age / alpha);
        }
        double rho = rho(x);
        double logSilent = Math.log(sum(stages(rho, u)));
        double v = logDeadToAlive(x, tx, age);
        return logRising(x)
                + (Rising.log(b, y) - Rising.log(a + b, y))
                - r * Math.log1p(age / alpha)
                - (double) k * x * Math.log(alpha + age)
                + logSilent
                + softplus(v);
    }

    /** ln (r)_kx, where kx may be beyond an int. */
    private double logRising(int x) {
        long stages = (long) k * x;
        return stages <= Rising.DIRECT ? Rising.log(r, (int) stages) : LogGamma.value(r + stages) - LogGamma.value(r);
    }

    private static double softplus(double u) {
        return u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u));
    }

    /** ln of the odds of having dropped out after the last purchase. */
    private double logDeadToAlive(int x, double tx, double age) {
        double rho = rho(x);
        return rho * Math.log1p((age - tx) / (alpha + tx))
                + Math.log(a / (b + x + m - 1))
                - Math.log(sum(stages(rho, (age - tx) / (alpha + age))));
    }

    @Override
    public double probabilityAlive(int x, double tx, double age) {
        return x + m == 0 ? 1 : 1 / (1 + Math.exp(logDeadToAlive(x, tx, age)));
    }

    /** Dropout comes at a purchase, with stages before it: what its probability times a factor gives is not known in closed form. */
    @Override
    public boolean canChange(RateChange change) {
        return change.dropoutFactor() == 1;
    }

    /** Purchases and dropout, which comes with them, all run κ times as fast. */
    @Override
    public double changedGivenAlive(int x, double age, double horizon, double delta, RateChange change) {
        double kappa = change.purchaseFactor();
        return aheadGivenAlive(x, age, kappa * horizon, delta / kappa);
    }

    @Override
    public double probabilityDead(int x, double tx, double age) {
        return x + m == 0 ? 0 : 1 / (1 + Math.exp(-logDeadToAlive(x, tx, age)));
    }

    /** {@inheritDoc} A purchase takes k stages: the rate is λ/k. */
    @Override
    public double purchaseRate(int x, double tx, double age) {
        double rho = rho(x);
        double[] terms = stages(rho, (age - tx) / (alpha + age));
        double mean = 0;
        for (int j = 0; j < k; j++) {
            mean += terms[j] * (rho + j);
        }
        double alive = mean / sum(terms) / (alpha + age);
        return (probabilityAlive(x, tx, age) * alive + probabilityDead(x, tx, age) * (rho / (alpha + tx))) / k;
    }

    @Override
    public double dropoutRate(int x, double tx, double age) {
        return (a + probabilityDead(x, tx, age)) / (a + b + x + m);
    }

    // -------------------------------------------------------------------------------------------- the next purchase

    @Override
    public double activeGivenAlive(int x, double age, double horizon) {
        return purchasesReach(1, x, age, horizon);
    }

    /** P(at least n purchases of one who does not leave). */
    private double purchasesReach(int n, int x, double age, double horizon) {
        double rho = rho(x);
        double z = horizon / (alpha + age + horizon);
        double[] weights = weights(x, age);
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += weights[j] * RegularizedBeta.value(z, (double) n * k - j, rho + j);
        }
        return Math.min(1, sum);
    }

    /** The density of the next purchase at τ, in units of α + T. */
    private double density(double[] scaled, double rho, double tau) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum = sum + scaled[j] * Math.pow(tau, k - j - 1);
        }
        return sum * Math.exp(-(k + rho) * Math.log1p(tau));
    }

    /** The density of ln τ at w. */
    private double densityInLog(double[] scaled, double rho, double w) {
        double log = (k + rho) * Math.log1p(Math.exp(w));
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += scaled[j] * Math.exp((k - j) * w - log);
        }
        return sum;
    }

    /** w_j/B(k−j, ρ+j). */
    private double[] scaled(int x, double age) {
        double rho = rho(x);
        double[] scaled = weights(x, age);
        for (int j = 0; j < k; j++) {
            // 1/B(n, c) = (c)_n/Γ(n).
            scaled[j] *= Math.exp(Rising.log(rho + j, k - j) - Rising.log(1, k - j - 1));
        }
        return scaled;
    }

    @Override
    public double nextPurchaseWithin(int x, double age, double horizon) {
        double rho = rho(x);
        double scale = alpha + age;
        double[] scaled = scaled(x, age);
        double end = Math.log1p(horizon / scale);
        double probability = 0;
        double moment = 0;
        double v = 0;
        while (v < end) {
            double width = Math.min(end - v, Math.min(1, 4 / (k + rho)));
            double panel = 0;
            double panelMoment = 0;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double tau = Math.expm1(v + width * GaussLegendre.node(i));
                double value = GaussLegendre.weight(i) * density(scaled, rho, tau) * (1 + tau);
                panel += value;
                panelMoment += value * tau;
            }
            probability += panel * width;
            moment += panelMoment * width;
            v += width;
            // Past the mode of the moment, later panels shrink.
            boolean falls = rho > 1 && Math.expm1(v) * (rho - 1) > 2 * k;
            if (falls && panelMoment * width <= NEGLIGIBLE * moment * Math.min(1, rho - 1)) {
                break;
            }
        }
        return probability > 0 ? Math.min(horizon, scale * (moment / probability)) : horizon / 2;
    }

    @Override
    public double nextPurchaseQuantile(int x, double age, double probability) {
        if (probability == 0) {
            return 0;
        }
        double rho = rho(x);
        double[] weights = weights(x, age);
        double[] scaled = scaled(x, age);
        boolean upper = probability > 0.5;
        double target = upper ? Math.log1p(-probability) : Math.log(probability);
        double low = -745;
        double high = 709;
        double w = Math.log(k / rho);
        for (int i = 0; i < 200 && high - low > 1e-15 * Math.abs(w); i++) {
            double tau = Math.exp(w);
            double reached = 0;
            for (int j = 0; j < k; j++) {
                reached += weights[j]
                        * (upper
                                ? RegularizedBeta.value(1 / (1 + tau), rho + j, k - j)
                                : RegularizedBeta.value(tau / (1 + tau), k - j, rho + j));
            }
            double excess = (Math.log(reached) - target) * (upper ? -1 : 1);
            if (excess > 0) {
                high = w;
            } else {
                low = w;
            }
            double next = w - excess * reached / densityInLog(scaled, rho, w);
            if (Math.abs(next - w) <= 1e-15 * (1 + Math.abs(w)) || excess == 0) {
                break;
            }
            // Where the density is nothing, the step is no number.
            w = next > low && next < high ? next : (low + high) / 2;
        }
        return Math.min(Double.MAX_VALUE, (alpha + age) * Math.exp(Math.max(-745, Math.min(709, w))));
    }

    // -------------------------------------------------------------------------------------------------- the future

    @Override
    public double expectedGivenAlive(int x, double age, double horizon) {
        if (horizon == 0) {
            return 0;
        }
        return hasShortSeries(x, age, horizon)
                ? purchasesByStages(x, age, horizon)
                : overRates(x, age, horizon, 0, Future.PURCHASES);
    }

    @Override
    public double aliveLaterGivenAlive(int x, double age, double horizon) {
        if (horizon == 0) {
            return 1;
        }
        double stays = hasShortSeries(x, age, horizon)
                ? stayingByStages(x, age, horizon)
                : overRates(x, age, horizon, 0, Future.STAYING);
        return Math.min(1, stays);
    }

    @Override
    public double discountedGivenAlive(int x, double age, double horizon, double delta) {
        return delta == 0 || horizon == 0
                ? expectedGivenAlive(x, age, horizon)
                : overRates(x, age, horizon, delta, Future.PURCHASES);
    }

    @Override
    public double residualGivenAlive(int x, double age, double delta) {
        return overRates(x, age, Double.POSITIVE_INFINITY, delta, Future.PURCHASES);
    }

    private boolean hasShortSeries(int x, double age, double horizon) {
        double rho = rho(x) + k;
        double tau = horizon / (alpha + age);
        double terms = rho * tau + 12 * Math.sqrt(rho * tau * (1 + tau)) + 40 * (1 + tau);
        return terms <= MAX_TERMS && rho * Math.log1p(tau) <= MAX_EXPONENT;
    }

    /** Σ over j and n of w_j P(n stages) × the purchases that j + n stages make before the customer leaves: positive terms. */
    private double purchasesByStages(int x, double age, double horizon) {
        double tau = horizon / (alpha + age);
        double z = tau / (1 + tau);
        double bx = b + x + m;
        double[] weights = weights(x, age);
        double all = 0;
        for (int j = 0; j < k; j++) {
            double rho = rho(x) + j;
            double probability = weights[j] * Math.exp(-rho * Math.log1p(tau));
            double made = 0;
            double survived = 1;
            int stage = j;
            int purchases = 0;
            double sum = 0;
            for (int n = 1; probability > 0; n++) {
                probability *= z * (rho + n - 1) / n;
                stage++;
                if (stage == k) {
                    stage = 0;
                    made += survived;
                    survived *= (bx + purchases) / (a + bx + purchases);
                    purchases++;
                }
                sum += probability * made;
                // Purchases grow by less than one a stage: twice the ratio of the terms covers them.
                double rest = 1 - z * (rho + n) / n;
                if (rest > 0 && n > k && probability * (made + 1) <= NEGLIGIBLE * (sum + all) * rest * rest) {
                    break;
                }
            }
            all += sum;
        }
        return all;
    }

    /** Σ over j and n of w_j P(n stages) × P(staying after the purchases that j + n stages make): positive terms. */
    private double stayingByStages(int x, double age, double horizon) {
        double tau = horizon / (alpha + age);
        double z = tau / (1 + tau);
        double bx = b + x + m;
        double[] weights = weights(x, age);
        double all = 0;
        for (int j = 0; j < k; j++) {
            double rho = rho(x) + j;
            double probability = weights[j] * Math.exp(-rho * Math.log1p(tau));
            double survived = 1;
            int stage = j;
            int purchases = 0;
            double sum = probability;
            for (int n = 1; probability > 0; n++) {
                probability *= z * (rho + n - 1) / n;
                stage++;
                if (stage == k) {
                    stage = 0;
                    survived *= (bx + purchases) / (a + bx + purchases);
                    purchases++;
                }
                sum += probability * survived;
                double rest = 1 - z * (rho + n) / n;
                if (rest > 0 && probability * survived <= NEGLIGIBLE * (sum + all) * rest) {
                    break;
                }
            }
            all += sum;
        }
        return all;
    }

    /** What is asked of the time ahead. */
    private enum Future {
        /** The purchases made, each discounted. */
        PURCHASES,
        /** Whether the customer is still there at the end. */
        STAYING
    }

    /** P(the n-th purchase ahead is survived and all before), for n from 0. */
    private double[] survivals(int x, int count) {
        double bx = b + x + m;
        double[] survivals = new double[count];
        survivals[0] = 1;
        for (int n = 1; n < count; n++) {
            survivals[n] = survivals[n - 1] * ((bx + n - 1) / (a + bx + n - 1));
        }
        return survivals;
    }

    /**
     * An expectation over λ by Gauss–Legendre panels in ln λ, marching from the mode to both sides. Given λ: while few stages come within
     * the horizon, a sum over their number; when many come, the stage at the horizon has forgotten where it began, and given p all is
     * closed.
     */
    private double overRates(int x, double age, double horizon, double delta, Future future) {
        double rho = rho(x);
        double scale = alpha + age;
        double u = (age - recency) / scale;
        // Of e^(−λt(1−Yω)), ω a k-th root of 1: how fast it falls below e^(−λt(1−Y)), and how fast it turns.
        double mixing = k == 1 ? 1 : 1 - Math.cos(2 * Math.PI / k);
        double turning = k == 1 ? 0 : Math.sin(2 * Math.PI / k);
        double mixed = MIXED / mixing;
        double few = Math.max(mixed, CHEAP_STAGES);
        double[] survivals = survivals(x, (int) (2 * few + 12 * Math.sqrt(2 * few) + 200) / k + 2);
        double reference = LogGamma.value(rho) + Math.log(sum(stages(rho, u)));
        double mode = Math.log(rho + 0.5 * (k - 1) * u);
        boolean normKnown = rho < LARGE_SHAPE;
        if (!normKnown) {
            reference = logDensity(rho, u, mode);
        }
        double widest = Math.min(1, 2.5 / Math.sqrt(rho));
        double mass = 0;
        double sum = 0;
        Many many = new Many(x, horizon, delta, future);
        double[] passed = new double[k];
        for (int side = -1; side <= 1; side += 2) {
            double v = mode;
            for (int panels = 0; panels < 4000; panels++) {
                double width = width(widest, Math.exp(v) / scale * horizon, mixed, turning, side);
                double panelMass = 0;
                double panelSum = 0;
                double panelMany = 0;
                for (int i = 0; i < GaussLegendre.POINTS; i++) {
                    double node = v + side * width * GaussLegendre.node(i);
                    double density = width * GaussLegendre.weight(i) * Math.exp(logDensity(rho, u, node) - reference);
                    panelMass += density;
                    if (density > 0) {
                        double rate = Math.exp(node);
                        double lambda = rate / scale;
                        setPassed(rate * u, passed);
                        if (lambda * horizon > few) {
                            panelMany += many.add(lambda, density, passed);
                        } else if (future == Future.PURCHASES) {
                            panelSum += density * purchasesOfFewStages(lambda, passed, horizon, delta, survivals);
                        } else {
                            panelSum += density * stayingOfFewStages(lambda * horizon, passed, survivals);
                        }
                    }
                }
                mass += panelMass;
                sum += panelSum;
                v += side * width;
                boolean fades = side < 0 || Math.exp(v) > rho + k;
                boolean nothing = panelSum <= NEGLIGIBLE * sum && panelMany <= NEGLIGIBLE * many.weight;
                // Where the norm is known, what is left counts nothing, however much of the mass is there.
                boolean massCounts = !(normKnown && side < 0) && panelMass > NEGLIGIBLE * mass;
                if (fades && nothing && !massCounts) {
                    break;
                }
            }
        }
        double total = sum + many.total();
        return Math.max(0, normKnown ? total : total / mass);
    }

    /** The width of a panel, short enough for the turns of the phase while they are seen. */
    private static double width(double widest, double stages, double mixed, double turning, int side) {
        double width = widest;
        if (turning > 0 && stages <= mixed) {
            width = Math.min(widest, 8 / (stages * turning));
        } else if (turning > 0 && side < 0 && stages < 3 * mixed) {
            // Up to where they begin to be seen.
            width = Math.min(widest, Math.max(8 / (stages * turning), Math.log(stages / mixed)));
        }
        return width;
    }

    /** ln of λ's density in ln λ, but for a constant; y = ln(λ (α+T)). */
    private double logDensity(double rho, double u, double y) {
        double rate = Math.exp(y);
        double sum = 0;
        double term = 1;
        for (int j = 0; j < k; j++) {
            sum += term;
            term *= rate * u / (j + 1);
        }
        return rho * y - rate + Math.log(sum);
    }

    /** Given λ, the probabilities of j stages since the last purchase. */
    private void setPassed(double mean, double[] passed) {
        passed[0] = 1;
        double sum = 1;
        for (int j = 1; j < k; j++) {
            passed[j] = passed[j - 1] * mean / j;
            sum += passed[j];
        }
        for (int j = 0; j < k; j++) {
            passed[j] /= sum;
        }
    }

    /**
     * Σ over the stages s from now of φ^s P(s comes within the horizon) × what s adds, φ = λ/(λ+δ), where time runs at the rate λ + δ:
     * summed over how many come. Their probabilities start at 1 below all that count, and are normalised by their sum.
     */
    private double purchasesOfFewStages(
            double lambda, double[] passed, double horizon, double delta, double[] survivals) {
        double mean = (lambda + delta) * horizon;
        double phi = lambda / (lambda + delta);
        double spread = 12 * Math.sqrt(mean);
        double first = Math.max(0, Math.rint(mean - spread - 10));
        double last = mean + spread + 60;
        double probability = 1;
        double mass = first == 0 ? 1 : 0;
        double value = 0;
        double discounted = 0;
        double power = 1;
        int missing = k;
        int purchase = 0;
        for (int s = 1; s <= last; s++) {
            power *= phi;
            missing--;
            // The s-th stage makes a purchase of one who has passed what is missing.
            if (purchase < survivals.length) {
                discounted += power * passed[missing] * survivals[purchase];
            }
            if (missing == 0) {
                missing = k;
                purchase++;
            }
            if (s < first) {
                if (power <= NEGLIGIBLE * discounted) {
                    return discounted;
                }
            } else {
                if (s > first) {
                    probability *= mean / s;
                }
                mass += probability;
                value += probability * discounted;
                if (s > 2 * mean + k && probability * (discounted + 1) <= NEGLIGIBLE * value) {
                    break;
                }
            }
        }
        return value / mass;
    }

    /** P(staying within a time in which so many stages come in the mean): a sum over how many come. */
    private double stayingOfFewStages(double mean, double[] passed, double[] survivals) {
        // Of having passed i stages or more, and fewer.
        double[] more = new double[k + 1];
        double[] fewer = new double[k + 1];
        for (int i = 0; i < k; i++) {
            more[k - 1 - i] = more[k - i] + passed[k - 1 - i];
            fewer[i + 1] = fewer[i] + passed[i];
        }
        double last = mean + 12 * Math.sqrt(mean) + 60;
        double probability = Math.exp(-mean);
        double value = probability;
        int missing = k;
        int purchases = 0;
        for (int s = 1; s <= last && probability > 0; s++) {
            probability *= mean / s;
            missing--;
            if (missing == 0) {
                missing = k;
                purchases++;
            }
            double survived = fewer[missing] * survivals[purchases] + more[missing] * survivals[purchases + 1];
            value += probability * survived;
            if (s > 2 * mean && probability * survived <= NEGLIGIBLE * value) {
                break;
            }
        }
        return value;
    }

    /** Rates at which many stages come within the horizon, to be summed over p once all are known. */
    private final class Many {
        private final double horizon;
        private final double delta;
        private final Future future;
        private final double bx;
        private double[] lambdas = new double[64];
        private double[] densities = new double[64];
        /** Of each rate: the probabilities of j stages passed. */
        private double[] passed = new double[64 * k];
        /** Of each rate: φ^0 to φ^k. */
        private double[] powers = new double[64 * (k + 1)];

        private int size;
        /** The sum of what the rates weigh. */
        private double weight;

        Many(int x, double horizon, double delta, Future future) {
            this.horizon = horizon;
            this.delta = delta;
            this.future = future;
            this.bx = b + x + m;
        }

        /** Adds a rate; returns what it weighs, at least in proportion to what it adds to the total. */
        double add(double lambda, double density, double[] ofStages) {
            if (size == lambdas.length) {
                lambdas = Arrays.copyOf(lambdas, 2 * size);
                densities = Arrays.copyOf(densities, 2 * size);
                passed = Arrays.copyOf(passed, 2 * size * k);
                powers = Arrays.copyOf(powers, 2 * size * (k + 1));
            }
            lambdas[size] = lambda;
            densities[size] = density;
            System.arraycopy(ofStages, 0, passed, size * k, k);
            double phi = lambda / (lambda + delta);
            double power = 1;
            for (int j = 0; j <= k; j++) {
                powers[size * (k + 1) + j] = power;
                power *= phi;
            }
            double weighs =
                    density * (future == Future.PURCHASES ? first(size) : Math.pow(1 + lambda * horizon / k / bx, -a));
            size++;
            weight += weighs;
            return weighs;
        }

        /** E[φ^stages to the next purchase]. */
        private double first(int i) {
            double first = 0;
            for (int j = 0; j < k; j++) {
                first += passed[i * k + j] * powers[i * (k + 1) + k - j];
            }
            return first;
        }

        double total() {
            if (size == 0) {
                return 0;
            }
            double largest = 0;
            double[] first = new double[size];
            double[] ending = new double[size];
            for (int i = 0; i < size; i++) {
                largest = Math.max(largest, lambdas[i]);
                first[i] = first(i);
                ending[i] = -Math.expm1(-k * Math.log1p(delta / lambdas[i]));
            }
            if (horizon < Double.POSITIVE_INFINITY) {
                return BetaExpectation.of(
                        a, bx, (p, unused, none) -> within(p, first, ending), 0, 0, 1 / (1 + largest * horizon));
            }
            double[] going = new double[size];
            for (int i = 0; i < size; i++) {
                first[i] *= densities[i];
                going[i] = powers[i * (k + 1) + k];
            }
            return BetaExpectation.of(
                    a, bx, (p, unused, none) -> endless(p, first, ending, going), 0, 0, delta / (delta + largest));
        }

        /** Σ of first/(1 − (1−p)φ^k) over rates. */
        private double endless(double p, double[] first, double[] ending, double[] going) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += first[i] / (ending[i] + p * going[i]);
            }
            return sum;
        }

        private double within(double p, double[] first, double[] ending) {
            double logY = Math.log1p(-Math.min(p, 1 - 1e-16)) / k;
            double stop = -Math.expm1(logY);
            double[] staying = new double[k];
            double[] inverse = new double[k];
            for (int j = 0; j < k; j++) {
                staying[j] = Math.exp(j * logY);
                inverse[j] = Math.exp(-j * logY);
            }
            double sum = 0;
            for (int i = 0; i < size; i++) {
                double exponent = delta * horizon + lambdas[i] * horizon * stop;
                if (future == Future.STAYING) {
                    sum += exponent > FAR ? 0 : densities[i] * Math.exp(-exponent) * atHorizon(i, staying, inverse);
                } else {
                    double value = first[i];
                    if (exponent < 1) {
                        // Without the difference of numbers near 1.
                        value = -Math.expm1(-exponent) * value + Math.exp(-exponent) * nearer(i, logY);
                    } else if (exponent < FAR) {
                        value -= Math.exp(-exponent) * atHorizon(i, staying, inverse);
                    }
                    sum += densities[i] * value / (ending[i] + p * powers[i * (k + 1) + k]);
                }
            }
            return Math.max(0, sum);
        }

        /**
         * E[Y^(stages passed now) Y^(−stages passed at the horizon)], where one is as likely at the horizon as another; of purchases, times
         * E[φ^stages to the next purchase] then.
         */
        private double atHorizon(int i, double[] staying, double[] inverse) {
            double now = 0;
            double then = 0;
            for (int j = 0; j < k; j++) {
                now += passed[i * k + j] * staying[j];
                then += (future == Future.PURCHASES ? powers[i * (k + 1) + k - j] : 1) * inverse[j];
            }
            return now * then / k;
        }

        /** By how much the stage now is nearer to the next purchase than that at the horizon: 1 − (Yφ)^(j−stage), on average. */
        private double nearer(int i, double logY) {
            double logStep = logY - Math.log1p(delta / lambdas[i]);
            double step = -Math.expm1(logStep);
            double q = 1 - step;
            // Σ over stages of 1 − q^(j−stage), for j = 0; from one j to the next it grows by 1 − q^(j+1) and loses 1 −
            // q^(j−k+1).
            double lost = 0;
            double power = 1;
            double sum = 0;
            for (int d = 1; d < k; d++) {
                power /= q;
                lost -= step * power;
                sum += lost;
            }
            double mean = passed[i * k] * powers[i * (k + 1) + k] * sum;
            double grown = 0;
            double up = 1;
            for (int j = 1; j < k; j++) {
                grown += step * up;
                up *= q;
                sum += grown - lost;
                lost += step * power;
                power *= q;
                mean += passed[i * k + j] * powers[i * (k + 1) + k - j] * sum;
            }
            return mean / k;
        }
    }

    @Override
    public double countGivenAlive(int n, int x, double age, double horizon) {
        double rho = rho(x);
        double bx = b + x + m;
        double tau = horizon / (alpha + age);
        if (tau == 0) {
            return n == 0 ? 1 : 0;
        }
        double[] weights = weights(x, age);
        double exactly = 0;
        for (int j = 0; j < k; j++) {
            for (long stage = (long) n * k; stage < (long) n * k + k; stage++) {
                if (stage >= j) {
                    exactly += weights[j]
                            * Math.exp(NegativeBinomial.of(rho + j, (int) Math.min(Integer.MAX_VALUE, stage - j))
                                    .log(tau));
                }
            }
        }
        if (n == 0) {
            return Math.min(1, exactly);
        }
        double survive = Math.exp(Rising.log(bx, n) - Rising.log(a + bx, n));
        double last = survive * a / (bx + n - 1);
        return Math.min(1, exactly * survive + last * purchasesReach(n, x, age, horizon));
    }

    // -------------------------------------------------------------------------------------------------------- draws

    /** {@inheritDoc} As that of BG/NBD, in stages. */
    @Override
    public CustomerDraw draw(int x, double tx, double age, double horizon, Sampling random) {
        double rho = rho(x);
        double bx = b + x + m;
        if (random.uniform() < probabilityDead(x, tx, age)) {
            return new CustomerDraw(false, random.gamma(rho, alpha + tx) / k, random.beta(a + 1, bx - 1), tx, 0);
        }
        double[] terms = stages(rho, (age - tx) / (alpha + age));
        int j = drawStage(terms, random);
        double rate = random.gamma(rho + j, alpha + age);
        double dropout = random.beta(a, bx);
        double last = random.firstSuccess(dropout);
        double lastStage = last * k - j;
        double coming = random.poisson(rate * horizon);
        double made = Math.min(last, Math.floor((coming + j) / k));
        double stays;
        if (lastStage <= coming) {
            stays = horizon * random.beta(lastStage, coming - lastStage + 1);
        } else if (last < Double.POSITIVE_INFINITY) {
            stays = horizon + random.gamma(lastStage - coming, rate);
        } else {
            stays = CustomerDraw.NEVER;
        }
        double lifetime = Math.min(CustomerDraw.NEVER, Math.max(Math.nextUp(age), age + stays));
        return new CustomerDraw(true, rate / k, dropout, lifetime, (long) made);
    }

    private int drawStage(double[] terms, Sampling random) {
        double left = random.uniform() * sum(terms);
        int j = 0;
        while (j < k - 1 && left >= terms[j]) {
            left -= terms[j];
            j++;
        }
        return j;
    }

    @Override
    public void purchasesGivenAlive(
            int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out) {
        double[] terms = stages(rho(x), (age - recency) / (alpha + age));
        int j = drawStage(terms, random);
        double rate = random.gamma(rho(x) + j, alpha + age);
        double last = random.firstSuccess(random.beta(a, b + x + m));
        double time = j == 0 ? gap(rate, random) : random.gamma(k - j, rate);
        for (double made = 0; made < last && time <= horizon; made++) {
            out.add(time);
            time += gap(rate, random);
        }
    }

    @Override
    public double[] simulate(double age, Sampling random) {
        double rate = random.gamma(r, alpha);
        double dropout = random.beta(a, b);
        double[] times = new double[8];
        int count = 0;
        boolean alive = m == 0 || random.uniform() >= dropout;
        double time = gap(rate, random);
        while (alive && time <= age) {
            if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
            }
            times[count++] = time;
            alive = random.uniform() >= dropout;
            time += gap(rate, random);
        }
        return Arrays.copyOf(times, count);
    }

    private double gap(double rate, Sampling random) {
        double gap = 0;
        for (int stage = 0; stage < k; stage++) {
            gap += random.exponential(rate);
        }
        return gap;
    }
}
