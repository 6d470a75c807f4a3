// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.OptionalDouble;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.core.value.RetentionRate;

/**
 * A fitted model of how long customers under contract stay. Their leaving is seen, unlike that of customers who may buy at any time; see
 * {@link FittedTransactionModel}.
 *
 * <p>Time is counted in periods, of which each ends with an opportunity to renew or to leave. S(n) is the probability to be there still
 * after n opportunities; S(0) = 1. A customer who has renewed {@code renewals} times so far is given by that number alone. Every argument
 * out of its range, NaN included, is an {@link IllegalArgumentException} that names it; every result is finite.
 *
 * <p>A model with covariates means, by its scalar methods, a customer of the profile it was last given by {@link RetentionCovariates}, or
 * one all of whose covariates are 0 and whose categories are the references.
 */
public interface FittedRetentionModel extends FittedModel {

    /**
     * Returns the probability that a new customer is still there after a number of opportunities to renew.
     *
     * @param renewals n, at least 0
     * @return S(n), in [0, 1]; 1 at 0, not increasing
     */
    double survival(int renewals);

    /**
     * Returns the probability that a customer who has renewed a number of times will renew at least so many times more.
     *
     * @param renewals how often the customer renewed so far; at least 0
     * @param more how many renewals from now; at least 0
     * @return S(renewals + more)/S(renewals), in [0, 1]; precise also where both are 0 to a double
     */
    double survivalAfter(int renewals, int more);

    /**
     * Returns the probability that customers who are still there before an opportunity renew at it.
     *
     * @param opportunity n, at least 1
     * @return S(n)/S(n − 1)
     */
    default RetentionRate retentionRate(int opportunity) {
        if (opportunity < 1) {
            throw new IllegalArgumentException("`opportunity` must be at least 1, but was " + opportunity);
        }
        return RetentionRate.of(survivalAfter(opportunity - 1, 1));
    }

    /**
     * Returns the expected number of periods that a customer pays for from now on, the one that begins now included, within a number of
     * periods.
     *
     * @param renewals how often the customer renewed so far; at least 0
     * @param periods how many periods are looked at; at least 0
     * @return Σ S(renewals + t)/S(renewals) over t = 0 … periods − 1
     */
    double expectedLifetime(int renewals, int periods);

    /**
     * Returns the expected number of periods that a customer pays for from now on, the one that begins now included.
     *
     * @param renewals how often the customer renewed so far; at least 0
     * @return Σ S(renewals + t)/S(renewals) over t ≥ 0, or empty if that is infinite
     */
    OptionalDouble expectedLifetime(int renewals);

    /**
     * Returns the present value of one unit a period from now on, within a number of periods: the discounted expected (residual) lifetime.
     *
     * <p>{@link PaymentTiming#BEGIN} at 0 renewals is the DEL of a customer who is about to pay for the first time, and
     * {@link PaymentTiming#RESIDUAL} that of one who has just paid. The discounted expected residual lifetime at the n-th renewal of a
     * customer who is about to decide (DERL of the literature, first payment at once if at all) is (1 + d) times the value by
     * {@link PaymentTiming#RESIDUAL} at n − 1 renewals.
     *
     * @param renewals how often the customer renewed so far; at least 0
     * @param periods how many periods are looked at, the one that begins now included; at least 0
     * @param discountRate d, the effective rate of a period; finite, at least 0
     * @param timing which payments count, and when in its period each one falls
     * @return Σ S(renewals + t)/S(renewals) (1 + d)<sup>−(t + delay)</sup> over t from the timing's first period to periods − 1
     */
    double discountedExpectedLifetime(int renewals, int periods, double discountRate, PaymentTiming timing);

    /**
     * Returns the present value of one unit a period from now on without end: the discounted expected (residual) lifetime.
     *
     * @param renewals how often the customer renewed so far; at least 0
     * @param discountRate d, the effective rate of a period; finite, above 0
     * @param timing which payments count, and when in its period each one falls
     * @return the sum as in {@link #discountedExpectedLifetime(int, int, double, PaymentTiming)} without end
     */
    double discountedExpectedLifetime(int renewals, double discountRate, PaymentTiming timing);

    /**
     * Returns by how many per cent that present value grows if all retention rates from now on grow by one per cent.
     *
     * @param renewals how often the customer renewed so far; at least 0
     * @param discountRate d, the effective rate of a period; finite, above 0
     * @param timing which payments count, and when in its period each one falls
     * @return Σ t S(t)(1 + d)<sup>−t</sup>/Σ S(t)(1 + d)<sup>−t</sup>, over the payments that count; (1 + d)/(1 + d − r) for a constant rate
     *     r and {@link PaymentTiming#RESIDUAL}
     */
    double retentionElasticity(int renewals, double discountRate, PaymentTiming timing);
}
