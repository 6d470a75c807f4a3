// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

class ContractModelProperties {

    private static final LocalDate TODAY = LocalDate.of(2025, 2, 28);

    @Provide
    Arbitrary<Contract> contracts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4000),
                        Arbitraries.of(1, 3, 6, 12, 36),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(0, 4000).injectNull(0.6),
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, new BigDecimal("1e12"))
                                .ofScale(2))
                .as((age, term, parts, last, fee) -> {
                    LocalDate start = TODAY.minusDays(age);
                    Contract contract = Contract.since("a", start)
                            .withTermMonths(term)
                            .withBillingMonths(term % parts == 0 ? term / parts : term)
                            .withFee(fee);
                    return last == null ? contract : contract.withEnd(start.plusDays(last + 1));
                });
    }

    private static ValuationTerms terms(Horizon horizon, double rate) {
        return ValuationTerms.of(horizon, DiscountRate.annual(rate), Margin.of(0.3), CashFlowTiming.AT_PURCHASE);
    }

    @Property(tries = 150)
    void valuesAreInTheirRangesAndReachFurtherWithTheHorizon(
            @ForAll("contracts") Contract contract,
            @ForAll @DoubleRange(min = 0, max = 1) double retention,
            @ForAll @DoubleRange(min = 0.01, max = 5) double rate,
            @ForAll @DoubleRange(min = 0.01, max = 200) double horizon,
            @ForAll @DoubleRange(min = -0.5, max = 0) double growth) {
        CustomerBase base = CustomerBase.ofContracts(List.of(contract), TODAY, TimeScale.MONTHS);
        ContractModel.Fitted model =
                ContractModel.Fitted.of(Retentions.constant(retention)).withGrowth(growth);
        CustomerValues near = model.value(base, terms(Horizon.of(horizon), rate));
        CustomerValues far = model.value(base, terms(Horizon.of(2 * horizon), rate));
        CustomerValues endless = model.value(base, terms(Horizon.infinite(), rate));
        double fee = contract.fee().doubleValue();
        assertThat(near.get(ValueColumn.PROBABILITY_ACTIVE, 0))
                .isBetween(0.0, near.get(ValueColumn.PROBABILITY_ALIVE, 0));
        assertThat(near.futureValue(0))
                .isNotNegative()
                .isLessThanOrEqualTo(far.futureValue(0))
                .isEqualTo(near.get(ValueColumn.CONTRACTED_VALUE, 0) + near.get(ValueColumn.RENEWAL_VALUE, 0));
        assertThat(far.futureValue(0)).isLessThanOrEqualTo(endless.futureValue(0) * (1 + 1e-12));
        assertThat(near.get(ValueColumn.EXPECTED_TRANSACTIONS, 0))
                .isLessThanOrEqualTo(far.get(ValueColumn.EXPECTED_TRANSACTIONS, 0));
        assertThat(near.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, 0) * fee * 0.3)
                .isCloseTo(near.futureValue(0), within(1e-12 * near.futureValue(0)));
        PresentValueMoments moments = model.presentValueMoments(base, terms(Horizon.infinite(), rate));
        assertThat(moments.variance(0)).isNotNegative().isFinite();
        assertThat(moments.mean(0)).isEqualTo(endless.futureValue(0));
    }

    /** A value now is what is due within a month, and the value in a month of those who are there then. */
    @Property(tries = 100)
    void valuesFollowFromThoseOfTheNextTerm(
            @ForAll @IntRange(min = 0, max = 50) int renewals,
            @ForAll @DoubleRange(min = 0.05, max = 5) double alpha,
            @ForAll @DoubleRange(min = 0.05, max = 5) double beta,
            @ForAll @IntRange(min = 1, max = 40) int terms) {
        FittedRetentionModel retention = Retentions.betaGeometric(alpha, beta);
        ContractModel.Fitted model = ContractModel.Fitted.of(retention);
        Contract offer = Contract.ofRenewals("a", 0).withTermMonths(6).withFee(BigDecimal.TEN);
        double now =
                model.valueAfterRenewals(offer, renewals, TimeScale.MONTHS, terms(Horizon.of(6.0 * (terms + 1)), 0.2));
        double later =
                model.valueAfterRenewals(offer, renewals + 1, TimeScale.MONTHS, terms(Horizon.of(6.0 * terms), 0.2));
        assertThat(now)
                .isCloseTo(retention.survivalAfter(renewals, 1) * Math.pow(1.2, -0.5) * (3 + later), within(1e-11));
    }
}
