// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.List;

/**
 * What customers are worth who move between states, each with its reward a period (Pfeifer and Carraway).
 *
 * <p>With the transition matrix P, the discount rate d of a period and the reward R<sub>s</sub> = contribution − marketing cost of a
 * period in state s,
 *
 * <pre>
 * V    = Σ_{t ≥ 0} [P/(1 + d)]^t R = (I − P/(1 + d))^−1 R          without end
 * V(T) = Σ_{t = 0}^{T} [P/(1 + d)]^t R                            T further periods
 * </pre>
 *
 * <p><b>Timing.</b> Period 0 is now: its reward, that of the state in which the customer is, counts in full. Every further period is one
 * later. {@link #value()} is therefore that of a customer whose present reward is still to come in, as of one who is about to be
 * acquired into the state; {@link #residualValue()} leaves the present reward out.
 *
 * <p><b>Variance.</b> The present value of one customer is random because its path is; the reward of a state is not. The variance obeys
 *
 * <pre>
 * Var_s = (1 + d)^−2 [ Σ_j P_sj Var_j + Σ_j P_sj (V_j − Σ_k P_sk V_k)² ]
 * </pre>
 *
 * <p><b>Numerics.</b> The endless values are solved for by LU decomposition, never through an inverse, with a diagonal that keeps a small
 * d; the finite ones are sums. The eigenvalues of P are at most 1, so that V is finite for every d above 0.
 *
 * <p><b>Cost.</b> One decomposition, cubic in the number of states; or one product of P and a vector a period.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>P. E. Pfeifer, R. L. Carraway, Modeling customer relationships as Markov chains, Journal of Interactive Marketing 14(2), 43–55
 * (2000), doi:10.1002/(SICI)1520-6653(200021)14:2&lt;43::AID-DIR4&gt;3.0.CO;2-H.
 */
public final class MigrationModel {

    /** The longest finite horizon, in periods. */
    static final int LONGEST = 1_000_000;

    private final MarkovChain chain;
    private final double[] contribution;
    private final double[] marketing;
    private final double discount;

    private MigrationModel(MarkovChain chain, double[] contribution, double[] marketing, double discount) {
        this.chain = chain;
        this.contribution = contribution;
        this.marketing = marketing;
        this.discount = discount;
    }

    /**
     * Returns a model without marketing cost.
     *
     * @param chain the states and moves
     * @param contribution the contribution of a period in each state, one number a state; finite
     * @param discountPerPeriod the effective discount rate of a period, as {@link
     *     org.clv4j.core.value.DiscountRate#effectivePerPeriod(double)} gives; finite, at least 0
     * @return the model
     * @throws IllegalArgumentException if a number is missing or out of range
     */
    public static MigrationModel of(MarkovChain chain, List<? extends Number> contribution, double discountPerPeriod) {
        return new MigrationModel(
                chain,
                Numbers.finite(contribution, chain.size(), "contribution"),
                new double[chain.size()],
                Numbers.nonNegative(discountPerPeriod, "discountPerPeriod"));
    }

    /**
     * Returns a copy with marketing costs.
     *
     * @param cost what is spent on a customer in a period in each state, one number a state; finite
     * @return the copy
     * @throws IllegalArgumentException if a number is missing or out of range
     */
    public MigrationModel withMarketing(List<? extends Number> cost) {
        return new MigrationModel(chain, contribution, Numbers.finite(cost, chain.size(), "cost"), discount);
    }

    /**
     * Returns a copy with other moves between the same states, as a draw from a posterior.
     *
     * @param newChain the chain; its states are those of this one
     * @return the copy
     * @throws IllegalArgumentException if the states differ
     */
    public MigrationModel withChain(MarkovChain newChain) {
        if (!newChain.states().equals(chain.states())) {
            throw new IllegalArgumentException(
                    "`chain` must have the states " + chain.states() + ", but had " + newChain.states());
        }
        return new MigrationModel(newChain, contribution, marketing, discount);
    }

    /**
     * Returns the states and moves.
     *
     * @return the chain
     */
    public MarkovChain chain() {
        return chain;
    }

    /**
     * Returns the discount rate of a period.
     *
     * @return the effective rate, at least 0
     */
    public double discountPerPeriod() {
        return discount;
    }

    /**
     * Returns the rewards: contribution less marketing cost.
     *
     * @return a fresh array, one reward a state
     * @throws org.clv4j.core.model.ModelException if a reward is beyond what a double holds
     */
    public double[] reward() {
        double[] reward = new double[chain.size()];
        for (int state = 0; state < reward.length; state++) {
            reward[state] = contribution[state] - marketing[state];
        }
        return Resolvent.requireFinite(reward);
    }

    /**
     * Returns the value without end, the present reward included.
     *
     * @return a fresh array, one value a state
     * @throws IllegalStateException if the discount rate is 0
     * @throws org.clv4j.core.model.ModelException if a value is beyond what a double holds
     */
    public double[] value() {
        // (I − P/(1 + d)) V = R, times 1 + d.
        double[] right = reward();
        for (int state = 0; state < right.length; state++) {
            right[state] *= 1 + requireDiscount();
        }
        return Resolvent.of(chain.moves(), discount).solve(right);
    }

    /**
     * Returns the value of the present and a number of further periods.
     *
     * @param periods the number T of further periods; in [0, 1000000]
     * @return a fresh array, one value a state
     * @throws IllegalArgumentException if the number is out of range
     * @throws org.clv4j.core.model.ModelException if a value is beyond what a double holds
     */
    public double[] value(int periods) {
        Numbers.between(periods, 0, LONGEST, "periods");
        double[] value = reward();
        for (int t = 0; t < periods; t++) {
            value = onePeriodEarlier(value);
        }
        return Resolvent.requireFinite(value);
    }

    /** R + P V/(1 + d). */
    private double[] onePeriodEarlier(double[] value) {
        double[] earlier = reward();
        for (int from = 0; from < earlier.length; from++) {
            earlier[from] += mean(chain.moves()[from], value) / (1 + discount);
        }
        return earlier;
    }

    /**
     * Returns the value without end, the present reward left out: that of the periods from the next on.
     *
     * @return a fresh array, one value a state
     * @throws IllegalStateException if the discount rate is 0
     */
    public double[] residualValue() {
        return withoutPresent(value());
    }

    /**
     * Returns the value of a number of further periods, the present reward left out.
     *
     * @param periods the number T of further periods; in [0, 1000000]
     * @return a fresh array, one value a state
     * @throws IllegalArgumentException if the number is out of range
     * @throws org.clv4j.core.model.ModelException if a value is beyond what a double holds
     */
    public double[] residualValue(int periods) {
        return withoutPresent(value(periods));
    }

    private double[] withoutPresent(double[] value) {
        double[] reward = reward();
        for (int state = 0; state < value.length; state++) {
            value[state] -= reward[state];
        }
        return Resolvent.requireFinite(value);
    }

    /**
     * Returns the variance of the present value of one customer, without end.
     *
     * @return a fresh array, one variance a state, at least 0
     * @throws IllegalStateException if the discount rate is 0
     * @throws org.clv4j.core.model.ModelException if a variance is beyond what a double holds
     */
    public double[] variance() {
        double[] spread = spread(value());
        // The discount rate of squares: (1 + d)² = 1 + d (2 + d).
        double[] variance =
                Resolvent.of(chain.moves(), discount * (2 + discount)).solve(spread);
        for (int state = 0; state < variance.length; state++) {
            variance[state] = Math.max(0, variance[state]);
        }
        return variance;
    }

    /**
     * Returns the variance of the present value of one customer, over the present and a number of further periods.
     *
     * @param periods the number T of further periods; in [0, 1000000]
     * @return a fresh array, one variance a state, at least 0
     * @throws IllegalArgumentException if the number is out of range
     * @throws org.clv4j.core.model.ModelException if a variance is beyond what a double holds
     */
    public double[] variance(int periods) {
        Numbers.between(periods, 0, LONGEST, "periods");
        double[] value = reward();
        double[] variance = new double[chain.size()];
        for (int t = 0; t < periods; t++) {
            double[] earlier = spread(value);
            for (int from = 0; from < earlier.length; from++) {
                earlier[from] = (earlier[from] + mean(chain.moves()[from], variance)) / (1 + discount) / (1 + discount);
            }
            variance = earlier;
            value = onePeriodEarlier(value);
        }
        return Resolvent.requireFinite(variance);
    }

    /** How much the next state's value varies, from each state. */
    private double[] spread(double[] value) {
        double[] spread = new double[chain.size()];
        for (int from = 0; from < spread.length; from++) {
            double mean = mean(chain.moves()[from], value);
            for (int to = 0; to < spread.length; to++) {
                spread[from] += chain.moves()[from][to] * (value[to] - mean) * (value[to] - mean);
            }
        }
        return spread;
    }

    private static double mean(double[] probabilities, double[] value) {
        double mean = 0;
        for (int to = 0; to < value.length; to++) {
            mean += probabilities[to] * value[to];
        }
        return mean;
    }

    private double requireDiscount() {
        if (discount == 0) {
            throw new IllegalStateException(
                    "a value without end needs a discount rate above 0; give a number of periods");
        }
        return discount;
    }
}
