// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.PresentValueMoments;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.junit.jupiter.api.Test;

class ContractValueDrawsTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(12), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
    private static final RetentionModel HALVING = data -> new Halving();

    private static CustomerBase base() {
        List<Contract> contracts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            contracts.add(Contract.ofRenewals("c" + i, i % 7).withFee(BigDecimal.valueOf(10 + i % 3)));
        }
        return CustomerBase.ofContracts(contracts, TimeScale.MONTHS);
    }

    /** Where the model is known, only luck is left, whose moments are known. */
    @Test
    void luckHasItsMeanAndVariance() {
        CustomerBase base = base();
        RetentionDraws known = RetentionDraws.ofBootstrap(HALVING, RetentionData.ofContracts(base));
        ContractValueDraws draws = ContractValueDraws.of(base, TERMS, known, 20_000, 1, Execution.sequential());
        PresentValueMoments moments = ContractModel.Fitted.of(new Halving()).presentValueMoments(base, TERMS);
        double deviation = Math.sqrt(moments.totalVariance());
        assertThat(draws.modelVariance()).isZero();
        assertThat(draws.luckVariance()).isCloseTo(moments.totalVariance(), withinPercentage(1e-9));
        assertThat(draws.quantile(0.5)).isCloseTo(moments.totalMean(), within(0.04 * deviation));
        assertThat(draws.quantile(0.975)).isCloseTo(moments.totalMean() + 1.96 * deviation, within(0.08 * deviation));
        assertThat(draws.quantile(0.025)).isCloseTo(moments.totalMean() - 1.96 * deviation, within(0.08 * deviation));
        ContractValueDraws other = ContractValueDraws.of(base, TERMS, known, 20_000, 2, Execution.sequential());
        ContractValueDraws both = draws.plus(other);
        assertThat(both.quantile(0.5)).isCloseTo(2 * moments.totalMean(), within(0.05 * deviation));
        assertThat(both.luckVariance()).isCloseTo(2 * moments.totalVariance(), withinPercentage(1e-9));
    }

    @Test
    void theSeedDecides() {
        CustomerBase base = base();
        RetentionDraws known = RetentionDraws.ofBootstrap(HALVING, RetentionData.ofContracts(base));
        double one = ContractValueDraws.of(base, TERMS, known, 10, 5, Execution.sequential())
                .quantile(0.3);
        double same = ContractValueDraws.of(base, TERMS, known, 10, 5, Execution.sequential())
                .quantile(0.3);
        double other = ContractValueDraws.of(base, TERMS, known, 10, 6, Execution.sequential())
                .quantile(0.3);
        assertThat(one).isEqualTo(same).isNotEqualTo(other);
        assertThatThrownBy(() -> ContractValueDraws.of(base, TERMS, known, 1, 5, Execution.sequential()))
                .hasMessageContaining("`draws`");
    }

    /** The weights of the Bayesian bootstrap have the moments of drawing customers anew. */
    @Test
    void weightsAreDrawnAnew() {
        RetentionData data = RetentionData.ofCohorts(List.of(List.of(100, 60, 59.5)), 1);
        SplittableRandom random = new SplittableRandom(3);
        int n = 20_000;
        double mean = 0;
        double square = 0;
        double small = 0;
        for (int i = 0; i < n; i++) {
            RetentionData drawn = data.reweighted(random);
            assertThat(drawn.customers()).isCloseTo(100, within(1e-9));
            double lost = drawn.lost()[1];
            mean += lost / n;
            square += lost * lost / n;
            small += drawn.lost()[2] / n;
        }
        double variance = 0.4 * 0.6 * 100 * 100 / 101;
        assertThat(mean).isCloseTo(40, within(4 * Math.sqrt(variance / n)));
        assertThat(square - mean * mean).isCloseTo(variance, withinPercentage(5));
        assertThat(small).isCloseTo(0.5, within(0.03));
    }

    @Test
    void attributesThatDoNotCountAreLeftOut() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(
                        Contract.ofRenewals("a", 2).withAttribute("plan", "x").withAttribute("city", "p"),
                        Contract.ofRenewals("b", 2).withAttribute("plan", "x").withAttribute("city", "q"),
                        Contract.ofRenewals("c", 2).withAttribute("plan", "y")),
                TimeScale.MONTHS);
        RetentionData data = RetentionData.ofContracts(base).keepingAttributes(List.of("plan"));
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.attributeNames()).containsExactly("plan");
        assertThat(data.weight(0)).isEqualTo(2);
        assertThat(data.censored()).containsExactly(0, 0, 3);
    }
}
