// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FittedFeature;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ModelState;

/**
 * What an attrition model and a spend model say of customers, as features: the logarithm of the expected transactions over a horizon, the
 * probability of being alive, and the logarithm of the expected spend. The models are fitted as of the earliest day of the training.
 */
final class ScoreFeature implements Feature {

    private static final double FLOOR = 1e-12;

    private final String name;
    private final ModelProvider.OfTransactions transactions;
    private final ModelProvider.OfSpend spend;
    private final double horizon;

    ScoreFeature(String name, ModelProvider.OfTransactions transactions, ModelProvider.OfSpend spend, double horizon) {
        this.name = name;
        this.transactions = transactions;
        this.spend = spend;
        this.horizon = horizon;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FittedFeature fit(CustomerHistories earliest) {
        CustomerBase base = earliest.base();
        return new Fitted(transactions.model().fit(base), spend.model().fit(base));
    }

    FittedFeature ofState(ModelState state) {
        return new Fitted(
                transactions.ofParameters(parameters(state.part("transactions"))),
                spend.ofParameters(parameters(state.part("spend"))));
    }

    private static Map<String, Double> parameters(ModelState state) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (String parameter : state.numberNames()) {
            parameters.put(parameter, state.number(parameter));
        }
        return parameters;
    }

    private static ModelState state(Map<String, Double> parameters) {
        ModelState.Builder state = ModelState.builder();
        parameters.forEach((parameter, value) -> state.numbers(parameter, value));
        return state.build();
    }

    private final class Fitted implements FittedFeature {

        private final FittedTransactionModel purchases;
        private final FittedSpendModel amounts;

        Fitted(FittedTransactionModel purchases, FittedSpendModel amounts) {
            this.purchases = purchases;
            this.amounts = amounts;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> columns() {
            String prefix = transactions.name();
            return List.of(
                    prefix + ".log_expected_transactions", prefix + ".p_alive", spend.name() + ".log_expected_spend");
        }

        @Override
        public double[][] values(CustomerHistories histories) {
            CustomerBase base = histories.base();
            int size = base.size();
            double[] expected = new double[size];
            double[] alive = new double[size];
            double[] spent = new double[size];
            purchases.expectedTransactionsInto(base, 0, size, horizon, expected);
            purchases.probabilityAliveInto(base, 0, size, alive);
            amounts.expectedSpendInto(base, 0, size, spent);
            for (int row = 0; row < size; row++) {
                expected[row] = Math.log(Math.max(FLOOR, expected[row]));
                spent[row] = Math.log(Math.max(FLOOR, spent[row]));
            }
            return new double[][] {expected, alive, spent};
        }

        @Override
        public ModelState state() {
            return ModelState.builder()
                    .part("transactions", ScoreFeature.state(purchases.parameters()))
                    .part("spend", ScoreFeature.state(amounts.parameters()))
                    .build();
        }
    }
}
