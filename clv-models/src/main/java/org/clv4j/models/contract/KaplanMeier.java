// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.models.internal.kernel.Arguments;

/**
 * The product-limit estimate of survival: what the data say of it without any model, and nothing of the time after them.
 *
 * <p><b>Assumptions.</b> Those who were last seen at some opportunity leave later as those do who were seen longer.
 *
 * <p><b>Estimate.</b> With d<sub>k</sub> customers lost at opportunity k of n<sub>k</sub> who faced it,
 *
 * <pre>
 * hazard(k) = d_k/n_k
 * S(n)      = Π_{k ≤ n} (1 − d_k/n_k)
 * Var S(n)  = S(n)² Σ_{k ≤ n} d_k/(n_k (n_k − d_k))      Greenwood
 * interval  = S(n)^exp(±z σ/ln S(n)),  σ² the sum above   log-log
 * </pre>
 *
 * <p><b>Tail.</b> Beyond the last opportunity that somebody faced there is no estimate, and a question for it is an {@link
 * IllegalArgumentException}. {@link #withTail(FittedRetentionModel)} goes on by a model that the caller names: S is the estimate up to the
 * {@linkplain #lastReliable() last reliable opportunity}, and from there on falls as the model says of customers who have renewed so often.
 *
 * <p><b>Units.</b> A period is the time from one opportunity to renew to the next; see {@link RetentionData#periodMonths()}.
 *
 * <p><b>Limits.</b> Weights count as repetitions. Where all have left S is 0 and its variance too; where nobody has, or all have, there is
 * no interval.
 *
 * <p><b>Cost.</b> One pass through the data; every question one through the opportunities.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: E. L. Kaplan, P. Meier, Nonparametric estimation from incomplete observations, Journal of the American Statistical
 * Association 53 (1958), <a href="https://doi.org/10.1080/01621459.1958.10501452">doi:10.1080/01621459.1958.10501452</a>; J. D. Kalbfleisch,
 * R. L. Prentice, The statistical analysis of failure time data, 2nd ed., Wiley (2002), <a
 * href="https://doi.org/10.1002/9781118032985">doi:10.1002/9781118032985</a>.
 */
public final class KaplanMeier {

    /** With fewer customers than this a hazard is mostly chance. */
    private static final double RELIABLE = 30;

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    /** By opportunity, the first at 1. */
    private final double[] atRisk;

    private final double[] lost;

    private KaplanMeier(double[] atRisk, double[] lost) {
        this.atRisk = atRisk;
        this.lost = lost;
    }

    /**
     * An interval of a survival probability.
     *
     * @param lower its lower end, above 0
     * @param upper its upper end, below 1
     */
    public record Interval(double lower, double upper) {}

    /**
     * Estimates survival.
     *
     * @param data how long customers stayed
     * @return the estimate
     * @throws ModelException if nobody had an opportunity to leave
     */
    public static KaplanMeier of(RetentionData data) {
        ContractFit.Exposure.of(data).requireChances("kaplan-meier");
        double[] lost = data.lost();
        double[] censored = data.censored();
        double[] atRisk = new double[lost.length];
        double faced = 0;
        for (int n = lost.length - 1; n >= 1; n--) {
            faced += lost[n] + censored[n];
            atRisk[n] = faced;
        }
        return new KaplanMeier(atRisk, lost);
    }

    /**
     * Returns the last opportunity that somebody faced.
     *
     * @return its number, at least 1
     */
    public int opportunities() {
        return lost.length - 1;
    }

    /**
     * Returns the last opportunity that at least 30 customers faced, up to which an estimate is more than chance.
     *
     * @return its number; 0 if there is none
     */
    public int lastReliable() {
        int last = 0;
        while (last < opportunities() && atRisk[last + 1] >= RELIABLE) {
            last++;
        }
        return last;
    }

    /**
     * Returns how many customers faced an opportunity.
     *
     * @param opportunity the opportunity, from 1 to {@link #opportunities()}
     * @return the number, above 0
     * @throws IllegalArgumentException if the opportunity is out of range
     */
    public double atRisk(int opportunity) {
        return atRisk[check(opportunity, 1)];
    }

    /**
     * Returns how many customers left at an opportunity.
     *
     * @param opportunity the opportunity, from 1 to {@link #opportunities()}
     * @return the number, at least 0
     * @throws IllegalArgumentException if the opportunity is out of range
     */
    public double lost(int opportunity) {
        return lost[check(opportunity, 1)];
    }

    /**
     * Returns the part of those who faced an opportunity that left at it.
     *
     * @param opportunity the opportunity, from 1 to {@link #opportunities()}
     * @return the hazard, in [0, 1]
     * @throws IllegalArgumentException if the opportunity is out of range
     */
    public double hazard(int opportunity) {
        return Math.min(1, lost(opportunity) / atRisk(opportunity));
    }

    /**
     * Returns the probability that a new customer is still there after a number of opportunities.
     *
     * @param renewals n, from 0 to {@link #opportunities()}
     * @return S(n), in [0, 1]
     * @throws IllegalArgumentException if the number is out of range; beyond the last opportunity only {@link #withTail} answers
     */
    public double survival(int renewals) {
        check(renewals, 0);
        double survival = 1;
        for (int k = 1; k <= renewals; k++) {
            survival *= 1 - hazard(k);
        }
        return survival;
    }

    /**
     * Returns Greenwood's variance of the survival probability.
     *
     * @param renewals n, from 0 to {@link #opportunities()}
     * @return Var S(n), at least 0; 0 if nobody has left, or all have
     * @throws IllegalArgumentException if the number is out of range
     */
    public double variance(int renewals) {
        double survival = survival(renewals);
        return survival == 0 ? 0 : survival * survival * greenwood(renewals);
    }

    private double greenwood(int renewals) {
        double sum = 0;
        for (int k = 1; k <= renewals; k++) {
            sum += lost[k] / atRisk[k] / (atRisk[k] - lost[k]);
        }
        return sum;
    }

    /**
     * Returns the log-log interval of the survival probability.
     *
     * @param renewals n, from 0 to {@link #opportunities()}
     * @param level the confidence, as 0.95; above 0 and below 1
     * @return the interval, or empty where nobody has left or all have
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Optional<Interval> interval(int renewals, double level) {
        double survival = survival(renewals);
        if (!(level > 0 && level < 1)) {
            throw Arguments.outOfRange("level", "above 0 and below 1", level);
        }
        if (survival == 0 || survival == 1) {
            return Optional.empty();
        }
        double log = Math.log(survival);
        double width = STANDARD.inverseSurvivalProbability((1 - level) / 2) * Math.sqrt(greenwood(renewals)) / -log;
        return Optional.of(new Interval(Math.exp(log * Math.exp(width)), Math.exp(log * Math.exp(-width))));
    }

    /**
     * Continues the estimate by a model from the {@linkplain #lastReliable() last reliable opportunity} on.
     *
     * @param tail the model, fitted or stated
     * @return the estimate and the model as one
     */
    public Continued withTail(FittedRetentionModel tail) {
        return new Continued(this, tail, lastReliable());
    }

    /**
     * Continues the estimate by a model from a stated opportunity on.
     *
     * @param tail the model, fitted or stated
     * @param from the last opportunity at which the estimate counts, from 0 to {@link #opportunities()}
     * @return the estimate and the model as one
     * @throws IllegalArgumentException if the opportunity is out of range
     */
    public Continued withTail(FittedRetentionModel tail, int from) {
        return new Continued(this, tail, check(from, 0));
    }

    private int check(int opportunity, int first) {
        if (opportunity < first || opportunity > opportunities()) {
            throw new IllegalArgumentException(
                    "`" + (first == 0 ? "renewals" : "opportunity") + "` must be from " + first
                            + " to " + opportunities() + ", which were observed, but was " + opportunity
                            + "; withTail goes on by a model");
        }
        return opportunity;
    }

    /**
     * The estimate up to an opportunity, and from there on a model of customers who have renewed so often. Its parameters are the survival
     * probabilities, as {@code survival.1}, and those of the model, as {@code tail.alpha}. It is no model of the {@link
     * org.clv4j.core.model.ModelCatalog}. Immutable and thread-safe.
     */
    public static final class Continued extends FittedContractModel {

        /** By opportunity, the first at 1. */
        private final double[] logRetention;

        private final FittedRetentionModel tail;
        private final int from;

        private Continued(KaplanMeier estimate, FittedRetentionModel tail, int from) {
            super("kaplan-meier", named(estimate, tail, from), null);
            this.tail = tail;
            this.from = from;
            logRetention = new double[from + 1];
            for (int k = 1; k <= from; k++) {
                logRetention[k] = Math.log1p(-estimate.hazard(k));
            }
        }

        private static Map<String, Double> named(KaplanMeier estimate, FittedRetentionModel tail, int from) {
            Map<String, Double> parameters = new LinkedHashMap<>();
            for (int n = 1; n <= from; n++) {
                parameters.put("survival." + n, estimate.survival(n));
            }
            tail.parameters().forEach((name, value) -> parameters.put("tail." + name, value));
            return Collections.unmodifiableMap(parameters);
        }

        /**
         * Returns the model of the tail.
         *
         * @return the model
         */
        public FittedRetentionModel tail() {
            return tail;
        }

        /**
         * Returns the last opportunity at which the estimate counts.
         *
         * @return its number, at least 0
         */
        public int tailFrom() {
            return from;
        }

        /** {@inheritDoc} Here that of the tail's fit. */
        @Override
        public void requireTimeScale(CustomerBase base) {
            tail.requireTimeScale(base);
        }

        /** ln S(to) − ln S(begin) as far as the estimate counts. */
        private double estimated(double begin, double to) {
            double log = 0;
            for (int k = (int) Math.min(begin, from) + 1; k <= Math.min(to, from); k++) {
                log += logRetention[k];
            }
            return log;
        }

        @Override
        double logSurvival(double begin, double to) {
            double later = Math.max(begin, from);
            return estimated(begin, to)
                    + (to > later ? Math.log(tail.survivalAfter((int) later, (int) Math.min(to - later, LAST))) : 0);
        }

        private static final double LAST = Integer.MAX_VALUE;

        @Override
        double sum(double begin, double count, double delta) {
            double head = 0;
            double survival = 1;
            double t = 0;
            while (t < count && begin + t < from) {
                head += survival;
                survival = FittedContractModel.probability(estimated(begin, begin + t + 1) - delta * (t + 1));
                t++;
            }
            return survival == 0 || t == count ? head : head + survival * tailSum(begin + t, count - t, delta);
        }

        private double tailSum(double begin, double count, double delta) {
            int renewals = (int) Math.min(begin, LAST);
            double rate = Math.expm1(delta);
            if (count < Double.POSITIVE_INFINITY) {
                return tail.discountedExpectedLifetime(renewals, (int) count, rate, PaymentTiming.BEGIN);
            }
            return delta > 0
                    ? tail.discountedExpectedLifetime(renewals, rate, PaymentTiming.BEGIN)
                    : tail.expectedLifetime(renewals).orElse(Double.POSITIVE_INFINITY);
        }

        @Override
        double meanTime(double begin, double delta) {
            double sum = 0;
            double moment = 0;
            double survival = 1;
            double t = 0;
            while (begin + t < from) {
                sum += survival;
                moment += t * survival;
                survival = FittedContractModel.probability(estimated(begin, begin + t + 1) - delta * (t + 1));
                t++;
            }
            if (survival == 0) {
                return moment / sum;
            }
            double later = survival * tailSum(begin + t, Double.POSITIVE_INFINITY, delta);
            double mean = t
                    + tail.retentionElasticity((int) Math.min(begin + t, LAST), Math.expm1(delta), PaymentTiming.BEGIN);
            return (moment + later * mean) / (sum + later);
        }
    }
}
