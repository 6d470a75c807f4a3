// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The recency chain of Pfeifer and Carraway: a customer's state is how many periods ago it last bought, 1 if in the present one, up to
 * n; after that it is gone. In recency r it buys in the next period with probability p<sub>r</sub>, which makes its recency 1, or moves on
 * to r + 1. A purchase earns the contribution; customers of recency 1 to n cost marketing each period.
 *
 * <p>A policy may stop marketing from some recency on. Who is not marketed to is as one who is gone: does not buy again, or with the
 * probability of {@link #withReturnProbability(double)}.
 *
 * <p>Timing is that of {@link MigrationModel}: a customer of recency 1 has just bought, and that contribution counts.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>P. E. Pfeifer, R. L. Carraway, Modeling customer relationships as Markov chains, Journal of Interactive Marketing 14(2), 43–55
 * (2000), doi:10.1002/(SICI)1520-6653(200021)14:2&lt;43::AID-DIR4&gt;3.0.CO;2-H.
 */
public final class RecencyMigration {

    /** The name of the last state. */
    public static final String GONE = "gone";

    private final double[] purchase;
    private final double returning;
    private final double contribution;
    private final double marketing;
    private final double discount;

    private RecencyMigration(
            double[] purchase, double returning, double contribution, double marketing, double discount) {
        this.purchase = purchase;
        this.returning = returning;
        this.contribution = contribution;
        this.marketing = marketing;
        this.discount = discount;
    }

    /**
     * Returns a chain in which customers who are gone do not return.
     *
     * @param purchaseProbabilities the probabilities p₁ … p<sub>n</sub> of buying in the next period, by recency; in [0, 1]
     * @param contribution what a period with a purchase earns before marketing; finite
     * @param marketing what a customer who is not gone costs a period; finite, at least 0
     * @param discountPerPeriod the effective discount rate of a period; finite, above 0
     * @return the chain
     * @throws IllegalArgumentException if there is no probability, or a value out of range
     */
    public static RecencyMigration of(
            List<? extends Number> purchaseProbabilities,
            double contribution,
            double marketing,
            double discountPerPeriod) {
        if (purchaseProbabilities.isEmpty()) {
            throw new IllegalArgumentException("`purchaseProbabilities` must be at least one, but was empty");
        }
        if (!(discountPerPeriod > 0 && discountPerPeriod < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`discountPerPeriod` must be finite and above 0, but was " + discountPerPeriod);
        }
        return new RecencyMigration(
                purchaseProbabilities.stream()
                        .mapToDouble(p -> Numbers.probability(p.doubleValue(), "purchaseProbabilities"))
                        .toArray(),
                0,
                Numbers.finite(contribution, "contribution"),
                Numbers.nonNegative(marketing, "marketing"),
                discountPerPeriod);
    }

    /**
     * Returns a copy in which customers who are gone may come back by themselves. An estimated chain knows such customers.
     *
     * @param probability the probability that one who is gone buys in the next period; in [0, 1]
     * @return the copy
     * @throws IllegalArgumentException if the probability is out of range
     */
    public RecencyMigration withReturnProbability(double probability) {
        return new RecencyMigration(
                purchase, Numbers.probability(probability, "probability"), contribution, marketing, discount);
    }

    /**
     * Returns the last recency n before a customer is gone.
     *
     * @return n, at least 1
     */
    public int lastRecency() {
        return purchase.length;
    }

    /**
     * Returns the model in which everybody who is not gone is marketed to.
     *
     * @return the model, with the states 1 … n and {@value #GONE}
     */
    public MigrationModel model() {
        return model(purchase.length + 1);
    }

    /**
     * Returns the model in which marketing stops at a recency.
     *
     * @param stopFrom the recency k from which on customers are not marketed to; in [1, n + 1], n + 1 stops for nobody
     * @return the model, with the same states
     * @throws IllegalArgumentException if the recency is out of range
     */
    public MigrationModel model(int stopFrom) {
        int gone = purchase.length;
        Numbers.between(stopFrom, 1, gone + 1, "stopFrom");
        List<String> states = new ArrayList<>();
        double[][] moves = new double[gone + 1][gone + 1];
        Double[] contributions = new Double[gone + 1];
        Double[] costs = new Double[gone + 1];
        Arrays.fill(contributions, 0.0);
        Arrays.fill(costs, 0.0);
        contributions[0] = contribution;
        for (int state = 0; state < gone; state++) {
            states.add(Integer.toString(state + 1));
            boolean marketed = state + 1 < stopFrom;
            double p = marketed ? purchase[state] : returning;
            moves[state][0] = p;
            moves[state][marketed ? state + 1 : gone] += 1 - p;
            costs[state] = marketed ? marketing : 0;
        }
        states.add(GONE);
        moves[gone][0] = returning;
        moves[gone][gone] = 1 - returning;
        return MigrationModel.of(MarkovChain.ofMoves(List.copyOf(states), moves), List.of(contributions), discount)
                .withMarketing(List.of(costs));
    }

    /**
     * Returns what every policy of stopping is worth.
     *
     * @return the policies for k = 1 … n + 1, the last of which stops for nobody; unmodifiable
     */
    public List<StoppingPolicy> policies() {
        List<StoppingPolicy> policies = new ArrayList<>();
        for (int stopFrom = 1; stopFrom <= purchase.length + 1; stopFrom++) {
            policies.add(new StoppingPolicy(
                    stopFrom, Arrays.stream(model(stopFrom).value()).boxed().toList()));
        }
        return List.copyOf(policies);
    }

    /**
     * Returns the policy under which a customer who has just bought is worth most.
     *
     * @return the policy; among equals the one that stops first
     */
    public StoppingPolicy bestPolicy() {
        return policies().stream()
                .max(Comparator.comparingDouble(
                                (StoppingPolicy policy) -> policy.values().get(0))
                        .thenComparing(Comparator.comparingInt(StoppingPolicy::stopFrom)
                                .reversed()))
                .orElseThrow();
    }

    /**
     * A policy and its values.
     *
     * @param stopFrom the recency from which on customers are not marketed to; n + 1 for nobody
     * @param values the value of a customer in each state, without end; unmodifiable
     */
    public record StoppingPolicy(int stopFrom, List<Double> values) {

        /**
         * Creates a policy.
         *
         * @param stopFrom the recency from which on customers are not marketed to; n + 1 for nobody
         * @param values the value of a customer in each state, without end
         */
        public StoppingPolicy {
            values = List.copyOf(values);
        }
    }
}
