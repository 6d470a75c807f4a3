// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.PathProvider;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.historical.AverageOrderModel;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** To a model of purchases a contract looks like one purchase long ago: no such model takes one. */
class ContractsRefusedTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(12), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.AT_PURCHASE);

    private static CustomerBase base() {
        List<Transaction> purchases = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (int month = 1; month <= 12; month += 1 + i % 5) {
                purchases.add(Transaction.of("buyer " + i, LocalDate.of(2024, month, 1 + i % 20), BigDecimal.TEN));
            }
        }
        return CustomerBase.of(TransactionLog.of(purchases), Observation.untilIso("2024-12-31"), TimeScale.MONTHS)
                .withContracts(List.of(Contract.since("member", LocalDate.of(2024, 2, 3))));
    }

    static Stream<ModelProvider.OfTransactions> transactionModels() {
        return ModelCatalog.load().providers().stream()
                .filter(ModelProvider.OfTransactions.class::isInstance)
                // Asks for the histories of its covariates first.
                .filter(provider -> !(provider instanceof PathProvider))
                .map(ModelProvider.OfTransactions.class::cast);
    }

    @ParameterizedTest
    @MethodSource("transactionModels")
    void whenItIsFitted(ModelProvider.OfTransactions provider) {
        refused(() -> provider.model().fit(base()));
    }

    @Test
    void whenItScores() {
        BgNbd.Fitted fitted = BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426);
        double[] out = new double[1];
        refused(() -> fitted.probabilityAliveInto(base(), 0, 1, out));
        refused(() -> fitted.expectedTransactionsInto(base(), 0, 1, 12, out));
        refused(() -> TransactionSpendModel.Fitted.of(fitted, GammaGamma.Fitted.of(6.25, 3.74, 15.44))
                .value(base(), TERMS));
        refused(() -> AverageOrderModel.withDefaults().fit(base()));
        refused(() -> AverageOrderModel.Fitted.of(20, 0.1).value(base(), TERMS));
    }

    private static void refused(Runnable use) {
        assertThatThrownBy(use::run)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("customer member has a contract")
                .hasMessageContaining("MixedModel");
    }
}
