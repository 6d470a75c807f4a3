// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.Cdnow;
import org.junit.jupiter.api.Test;

/** How the model forecasts CDNOW's holdout of 39 weeks, beside what came. */
class MarkovCdnowTest {

    @Test
    void theHoldoutOfTheSample() {
        CustomerBase base = Cdnow.sample();
        MarkovModel.Fitted fitted = MarkovModel.withDefaults().fit(base);
        CustomerValues values = fitted.value(
                base,
                ValuationTerms.of(Horizon.of(39), DiscountRate.none(), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE));
        double expected = 0;
        double active = 0;
        double actual = 0;
        double actuallyActive = 0;
        for (int row = 0; row < base.size(); row++) {
            expected += values.get(ValueColumn.EXPECTED_TRANSACTIONS, row);
            active += values.get(ValueColumn.PROBABILITY_ACTIVE, row);
            actual += base.holdoutTransactions(row);
            actuallyActive += base.holdoutTransactions(row) > 0 ? 1 : 0;
        }
        assertThat(actual).isEqualTo(1882);
        assertThat(actuallyActive).isEqualTo(684);
        // Customers of a recency are taken for alike, so that those who buy often are undervalued: far too few
        // purchases.
        assertThat(expected).isCloseTo(1103.5, within(0.05));
        assertThat(active).isCloseTo(600.4, within(0.05));
    }
}
