// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.retention.KaplanMeier;
import org.clv4j.core.value.PaymentTiming;

/**
 * The observed survival up to an opportunity, and from there on a model of customers who have renewed so often: S is the estimate of
 * {@link KaplanMeier} as far as it counts, and then falls as the model says. Its parameters are the survival probabilities, as {@code
 * survival.1}, and those of the model, as {@code tail.alpha}. It is no model of the {@link org.clv4j.core.model.ModelCatalog}. Immutable and
 * thread-safe.
 */
public final class ContinuedSurvival extends FittedContractModel {

    /** By opportunity, the first at 1. */
    private final double[] logRetention;

    private final FittedRetentionModel tail;
    private final int from;

    private ContinuedSurvival(KaplanMeier estimate, FittedRetentionModel tail, int from) {
        super("kaplan-meier", named(estimate, tail, from), null);
        this.tail = tail;
        this.from = from;
        logRetention = new double[from + 1];
        for (int k = 1; k <= from; k++) {
            logRetention[k] = Math.log(estimate.retentionRate(k).value());
        }
    }

    /**
     * Continues what was observed by a model, from the {@linkplain KaplanMeier#lastReliable() last reliable opportunity} on.
     *
     * @param estimate what was observed
     * @param tail the model, fitted or stated
     * @return both as one model
     */
    public static ContinuedSurvival of(KaplanMeier estimate, FittedRetentionModel tail) {
        return of(estimate, tail, estimate.lastReliable());
    }

    /**
     * Continues what was observed by a model, from a stated opportunity on.
     *
     * @param estimate what was observed
     * @param tail the model, fitted or stated
     * @param from the last opportunity at which the estimate counts, from 0 to its {@link KaplanMeier#last()}
     * @return both as one model
     * @throws IllegalArgumentException if the opportunity is out of range
     */
    public static ContinuedSurvival of(KaplanMeier estimate, FittedRetentionModel tail, int from) {
        if (from < 0 || from > estimate.last()) {
            throw new IllegalArgumentException(
                    "`from` must be from 0 to " + estimate.last() + ", which were observed, but was " + from);
        }
        return new ContinuedSurvival(estimate, tail, from);
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
        double mean =
                t + tail.retentionElasticity((int) Math.min(begin + t, LAST), Math.expm1(delta), PaymentTiming.BEGIN);
        return (moment + later * mean) / (sum + later);
    }
}
