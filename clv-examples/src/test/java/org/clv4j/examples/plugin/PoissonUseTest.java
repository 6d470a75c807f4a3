// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The plug-in takes part in everything, because the service file names its provider. */
class PoissonUseTest {

    @Test
    void isFoundByItsName() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("C1", 3, 20, 40, 12.5),
                        CustomerSummary.of("C2", 1, 10, 30, 30.0),
                        CustomerSummary.of("C3", 2, 25, 30, 19.0),
                        CustomerSummary.of("C4", 0, 0, 20)),
                TimeScale.WEEKS);
        ValuationTerms terms = ValuationTerms.of(
                Horizon.infinite(), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);
        // snippet:use
        TransactionModel poisson = ModelCatalog.load().transactions("poisson").model();
        CustomerValues values = TransactionSpendModel.of(poisson, GammaGamma.withDefaults())
                .fit(base)
                .value(base, terms);
        // end
        assertThat(values.model()).isEqualTo("poisson × gamma-gamma");
        double discounted = 6 / 120.0 / terms.continuousRate(TimeScale.WEEKS);
        for (int row = 0; row < values.size(); row++) {
            assertThat(values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, row))
                    .isCloseTo(discounted, within(1e-9));
        }
    }
}
