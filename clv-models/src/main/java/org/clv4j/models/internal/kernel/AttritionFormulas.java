// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.RateChange;

/**
 * The formulas of a latent-attrition model with given parameters, a customer at a time: all that a member of the family brings.
 * Arguments are checked by the caller; horizons are finite. Implementations are immutable and thread-safe.
 */
public interface AttritionFormulas {

    /**
     * Checks a history; a model of discrete time asks more of it.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @throws IllegalArgumentException if one is out of its range
     */
    default void checkHistory(int x, double recency, double age) {
        Arguments.checkHistory(x, recency, age);
    }

    /**
     * Checks a horizon; a model of discrete time asks more of it.
     *
     * @param horizon the time from now
     * @throws IllegalArgumentException if it is out of its range
     * @throws org.clv4j.core.model.ModelException if the model has no meaning for it
     */
    default void checkHorizon(double horizon) {
        Arguments.checkHorizon(horizon);
    }

    /**
     * Checks the histories of rows of a base. A base has only valid ones, so that there is nothing to do unless the model asks more.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @throws org.clv4j.core.model.ModelException if the model has no meaning for one
     */
    default void checkRows(CustomerBase base, int from, int to) {}

    /**
     * Returns formulas that give the same bits and may remember what they computed; for one batch in one thread.
     *
     * @return the formulas; this, if there is nothing worth remembering
     */
    default AttritionFormulas forBatch() {
        return this;
    }

    /**
     * Tells whether what lies ahead of a customer who is alive depends on frequency and age alone.
     *
     * @return true, unless the time since the last purchase tells how near the next is
     */
    default boolean isMemoryless() {
        return true;
    }

    /**
     * Returns formulas whose answers about what lies ahead are those of a customer who last bought at a time.
     *
     * @param recency t_x
     * @return the formulas; this, where they are memoryless
     */
    default AttritionFormulas ahead(double recency) {
        return this;
    }

    /**
     * Returns ln L(x, t_x, T).
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the log-likelihood
     */
    double logLikelihood(int x, double recency, double age);

    /**
     * Returns P(alive | x, t_x, T).
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the probability, in [0, 1]
     */
    double probabilityAlive(int x, double recency, double age);

    /**
     * Writes {@link #probabilityAlive} of rows of a base, with the same bits.
     *
     * @param base the customers
     * @param from the first row
     * @param to the row after the last
     * @param out receives the results in its first {@code to − from} cells
     */
    default void probabilityAliveInto(CustomerBase base, int from, int to, double[] out) {
        for (int row = from; row < to; row++) {
            out[row - from] = probabilityAlive(base.frequency(row), base.recency(row), base.age(row));
        }
    }

    /**
     * Returns P(at least one purchase in (T, T + t] | x, T, alive at T).
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    double activeGivenAlive(int x, double age, double horizon);

    /**
     * Returns E[purchases in (T, T + t] | x, T, alive at T].
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the expectation, at least 0
     */
    double expectedGivenAlive(int x, double age, double horizon);

    /**
     * Returns the expected purchases in (T, T + t] given alive at T, each discounted by e<sup>−δs</sup> at its time s from now.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @param delta δ, at least 0
     * @return the expectation, at least 0
     */
    double discountedGivenAlive(int x, double age, double horizon, double delta);

    /**
     * Returns the discounted expected residual transactions given alive at T.
     *
     * @param x repeat purchases
     * @param age T
     * @param delta δ, above 0
     * @return the expectation, at least 0
     */
    double residualGivenAlive(int x, double age, double delta);

    /**
     * Returns the discounted expected purchases of a time that may have no end.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t, may be infinite
     * @param delta δ, at least 0; above 0 if t is infinite
     * @return the expectation, at least 0
     */
    default double aheadGivenAlive(int x, double age, double horizon, double delta) {
        return horizon == Double.POSITIVE_INFINITY
                ? residualGivenAlive(x, age, delta)
                : discountedGivenAlive(x, age, horizon, delta);
    }

    /**
     * Tells whether {@link #changedGivenAlive} is known for a change.
     *
     * @param change the change
     * @return true if it is
     */
    default boolean canChange(RateChange change) {
        return change.isNone();
    }

    /**
     * Returns {@link #aheadGivenAlive} of one whose behaviour changes at T.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t, may be infinite
     * @param delta δ, at least 0; above 0 if t is infinite
     * @param change a change that {@link #canChange} knows; not none
     * @return the expectation, at least 0
     */
    default double changedGivenAlive(int x, double age, double horizon, double delta, RateChange change) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes a model of Poisson purchases in a lifetime of constant hazard, whatever λ and μ are distributed as: λ and μ both times η is
     * time that runs η times as fast, and then λ times κ/η.
     *
     * @param formulas the formulas of the model
     * @param x repeat purchases
     * @param age T
     * @param horizon t, may be infinite
     * @param delta δ
     * @param change κ and η
     * @return the expectation, at least 0
     */
    static double changedRates(
            AttritionFormulas formulas, int x, double age, double horizon, double delta, RateChange change) {
        double kappa = change.purchaseFactor();
        double eta = change.dropoutFactor();
        return kappa / eta * formulas.aheadGivenAlive(x, age, eta * horizon, delta / eta);
    }

    /**
     * Returns 1 − P(alive | x, t_x, T), exact also where it is small.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the probability, in [0, 1]
     */
    double probabilityDead(int x, double recency, double age);

    /**
     * Returns P(alive at T + t | x, T, alive at T).
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    double aliveLaterGivenAlive(int x, double age, double horizon);

    /**
     * Returns P(n purchases in (T, T + t] | x, T, alive at T).
     *
     * @param n future purchases
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the probability, in [0, 1]
     */
    double countGivenAlive(int n, int x, double age, double horizon);

    /**
     * Returns the expected time to the next purchase, given that it comes within t.
     *
     * @param x repeat purchases
     * @param age T
     * @param horizon t
     * @return the time, in [0, t]
     */
    double nextPurchaseWithin(int x, double age, double horizon);

    /**
     * Returns the time by which the next purchase is made with a probability, given that there is one.
     *
     * @param x repeat purchases
     * @param age T
     * @param probability the probability, in [0, 1)
     * @return the time, at most the largest double
     */
    double nextPurchaseQuantile(int x, double age, double probability);

    /**
     * Returns the expected purchases a period while alive, given x, t_x, T: E[λ], or E[λ]/k where a purchase takes k stages.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the rate, at least 0
     */
    double purchaseRate(int x, double recency, double age);

    /**
     * Returns the expected dropout rate or probability given x, t_x, T.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @return the rate, at least 0
     */
    double dropoutRate(int x, double recency, double age);

    /**
     * Draws from the posterior distribution given x, t_x, T.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @param horizon the time in which future purchases count
     * @param random the draws
     * @return the draw
     */
    CustomerDraw draw(int x, double recency, double age, double horizon, Sampling random);

    /**
     * Draws the purchases in (T, T + t] of one who is alive at T, from the posterior distribution given x, t_x, T.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param age T
     * @param horizon t
     * @param random the draws
     * @param out receives the times from T, ascending
     */
    void purchasesGivenAlive(int x, double recency, double age, double horizon, Sampling random, PurchaseTimes out);

    /**
     * Simulates the repeat purchases of a new customer.
     *
     * @param age the time that is simulated
     * @param random the draws
     * @return the times in (0, age], ascending
     */
    double[] simulate(double age, Sampling random);
}
