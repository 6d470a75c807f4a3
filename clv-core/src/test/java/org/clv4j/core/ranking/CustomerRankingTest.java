// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class CustomerRankingTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);

    private static CustomerRanking ranking(List<String> ids, double... clv) {
        List<CustomerSummary> rows = new ArrayList<>();
        for (String id : ids) {
            rows.add(CustomerSummary.of(id, 0, 0, 10));
        }
        CustomerValues values = CustomerValues.builder("fake", CustomerBase.ofSummaries(rows, TimeScale.WEEKS), TERMS)
                .column(ValueColumn.CLV, clv)
                .build();
        return CustomerRanking.of(values, ValuePart.FUTURE);
    }

    @Test
    void theBestFirstAndTiesById() {
        CustomerRanking ranking = ranking(List.of("d", "a", "c", "b", "e"), 0.0, 7, -0.0, 9, 7);
        assertThat(ranking.best(5)).containsExactly(3, 1, 4, 2, 0);
        assertThat(ranking.best(9)).hasSize(5);
        assertThat(ranking.best(0)).isEmpty();
        assertThat(ranking.rowOfRank(1)).isEqualTo(3);
        assertThat(ranking.rank(3)).isEqualTo(1);
        assertThat(ranking.rank(0)).isEqualTo(5);
        assertThat(ranking.value(4)).isEqualTo(7);
        assertThat(ranking.size()).isEqualTo(5);
        assertThat(ranking.part()).isEqualTo(ValuePart.FUTURE);
        assertThat(ranking.basis().model()).isEqualTo("fake");
        assertThat(ranking).hasToString("CustomerRanking[5 customers by future value]");
    }

    @Test
    void percentilesAreThoseOfMiddles() {
        CustomerRanking ranking = ranking(List.of("d", "a", "c", "b", "e"), 0, 7, 0, 9, 7);
        assertThat(ranking.percentile(3)).isCloseTo(0.9, within(1e-15));
        assertThat(ranking.percentile(1)).isCloseTo(0.6, within(1e-15));
        assertThat(ranking.percentile(4)).isCloseTo(0.6, within(1e-15));
        assertThat(ranking.percentile(0)).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void aShareIsTheFewestRowsThatMakeIt() {
        List<String> ids = new ArrayList<>();
        double[] clv = new double[30];
        for (int i = 0; i < clv.length; i++) {
            ids.add(Integer.toString(i));
            clv[i] = i;
        }
        CustomerRanking ranking = ranking(ids, clv);
        assertThat(ranking.bestShare(0)).isEmpty();
        assertThat(ranking.bestShare(0.1)).containsExactly(29, 28, 27);
        assertThat(ranking.bestShare(0.11)).hasSize(4);
        assertThat(ranking.bestShare(1)).hasSize(30);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        CustomerRanking ranking = ranking(List.of("a"), 1);
        assertThatThrownBy(() -> ranking.rowOfRank(0))
                .hasMessageContaining("`rank`")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> ranking.rowOfRank(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ranking.rank(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ranking.best(-1)).hasMessageContaining("`count`");
        assertThatThrownBy(() -> ranking.bestShare(1.1)).hasMessageContaining("`share`");
    }
}
