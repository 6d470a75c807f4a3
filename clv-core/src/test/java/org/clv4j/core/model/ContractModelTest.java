// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.clv4j.core.data.Contract;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContractModelTest {

    private static final LocalDate TODAY = LocalDate.of(2025, 7, 1);
    private static final FittedRetentionModel SBG = Retentions.betaGeometric(0.7, 1.9);

    private static ValuationTerms terms(Horizon horizon, double rate) {
        return ValuationTerms.of(horizon, DiscountRate.annual(rate), Margin.of(0.4), CashFlowTiming.AT_PURCHASE);
    }

    private static ValuationTerms terms(Horizon horizon, CashFlowTiming timing) {
        return ValuationTerms.of(horizon, DiscountRate.annual(0.1), Margin.of(0.4), timing);
    }

    private static Contract yearly(String id, String start) {
        return Contract.since(id, LocalDate.parse(start)).withTermMonths(12).withFee(new BigDecimal("120"));
    }

    private static Contract monthly(String id, String start) {
        return Contract.since(id, LocalDate.parse(start)).withFee(BigDecimal.TEN);
    }

    private static CustomerValues value(FittedRetentionModel model, ValuationTerms terms, Contract... contracts) {
        return ContractModel.Fitted.of(model)
                .value(CustomerBase.ofContracts(List.of(contracts), TODAY, TimeScale.MONTHS), terms);
    }

    private static double clv(FittedRetentionModel model, ValuationTerms terms, Contract contract) {
        return value(model, terms, contract).futureValue(0);
    }

    /** Renewed once, half a year into a term with quarterly bills: those of months 0, 3 and 6 are paid, that of month 9 is to come. */
    @Test
    void aTermWithBillsToComeByHand() {
        Contract contract = yearly("a", "2024-01-01").withBillingMonths(3).withFee(new BigDecimal("30"));
        CustomerValues values = value(Retentions.constant(0.8), terms(Horizon.of(24), 0.1), contract);
        double oneQuarter = Math.pow(1.1, -0.25);
        assertThat(values.get(ValueColumn.PROBABILITY_ALIVE, 0)).isEqualTo(1);
        assertThat(values.get(ValueColumn.PROBABILITY_ACTIVE, 0)).isEqualTo(1);
        assertThat(values.get(ValueColumn.EXPECTED_SPEND, 0)).isEqualTo(30);
        assertThat(values.get(ValueColumn.CONTRACTED_VALUE, 0)).isCloseTo(0.4 * 30 * oneQuarter, within(1e-13));
        // Term 1 has its bills at months 6, 9, 12, 15; term 2 those at 18 and 21, and that at 24, the last moment of
        // the horizon.
        double first = 0;
        for (int months = 6; months <= 15; months += 3) {
            first += Math.pow(1.1, -months / 12.0);
        }
        double second = Math.pow(1.1, -18 / 12.0) + Math.pow(1.1, -21 / 12.0) + Math.pow(1.1, -24 / 12.0);
        assertThat(values.get(ValueColumn.RENEWAL_VALUE, 0))
                .isCloseTo(0.4 * 30 * (0.8 * first + 0.64 * second), within(1e-12));
        assertThat(values.get(ValueColumn.EXPECTED_TRANSACTIONS, 0)).isCloseTo(1 + 0.8 * 4 + 0.64 * 3, within(1e-13));
        assertThat(values.futureValue(0))
                .isEqualTo(values.get(ValueColumn.CONTRACTED_VALUE, 0) + values.get(ValueColumn.RENEWAL_VALUE, 0));
        assertThat(values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, 0) * 30 * 0.4)
                .isCloseTo(values.futureValue(0), within(1e-12));
        assertThat(values.currentValue(0)).isCloseTo(0.4 * 30 * 7, within(1e-12));
    }

    /** The closed forms of a constant rate: just billed m r/(1 + d − r), and m (1 + d)/(1 + d − r) before the first bill. */
    @Test
    void theTextBookFormulas() {
        ContractModel.Fitted model = ContractModel.Fitted.of(Retentions.constant(0.8));
        ValuationTerms terms = terms(Horizon.infinite(), 0.1);
        NewContractValue value = model.valueOfNewCustomer(yearly("offer", "2020-01-01"), TimeScale.WEEKS, terms);
        assertThat(value.justAcquired()).isCloseTo(0.4 * 120 * 0.8 / 0.3, within(1e-10));
        assertThat(value.notYetAcquired()).isCloseTo(0.4 * 120 * 1.1 / 0.3, within(1e-10));
        assertThat(model.valueAfterRenewals(yearly("offer", "2020-01-01"), 5, TimeScale.WEEKS, terms))
                .isCloseTo(value.justAcquired(), within(1e-10));
    }

    /** Who stays is more and more one who would: existing customers are worth more than new ones. */
    @Test
    void thoseWhoRenewedAreWorthMoreThanNewOnes() {
        ContractModel.Fitted model = ContractModel.Fitted.of(SBG);
        ValuationTerms terms = terms(Horizon.infinite(), 0.1);
        Contract offer = yearly("offer", "2020-01-01");
        double before = model.valueOfNewCustomer(offer, TimeScale.YEARS, terms).justAcquired();
        assertThat(model.valueAfterRenewals(offer, 0, TimeScale.YEARS, terms)).isEqualTo(before);
        for (int renewals = 1; renewals < 6; renewals++) {
            double now = model.valueAfterRenewals(offer, renewals, TimeScale.YEARS, terms);
            double expected = 0;
            for (int k = 1; k < 3000; k++) {
                expected += 0.4 * 120 * SBG.survivalAfter(renewals, k) * Math.pow(1.1, -k);
            }
            assertThat(now).isCloseTo(expected, within(1e-9)).isGreaterThan(before);
            before = now;
        }
    }

    @Test
    void endedAndLeavingContracts() {
        CustomerValues values = value(
                SBG,
                terms(Horizon.infinite(), 0.1),
                monthly("ended", "2024-01-15").withEnd(LocalDate.parse("2024-06-14")),
                yearly("leaving", "2025-01-01").withBillingMonths(6).withEnd(LocalDate.parse("2025-12-31")),
                yearly("leaving later", "2025-02-01").withBillingMonths(6).withEnd(LocalDate.parse("2026-01-31")));
        assertThat(values.column(ValueColumn.PROBABILITY_ALIVE)).containsExactly(0, 1, 1);
        assertThat(values.column(ValueColumn.PROBABILITY_ACTIVE)).containsExactly(0, 0, 1);
        assertThat(values.column(ValueColumn.RENEWAL_VALUE)).containsExactly(0, 0, 0);
        // The bill of 1 July is realised; that of 1 August is to come.
        assertThat(values.column(ValueColumn.CONTRACTED_VALUE)[1]).isEqualTo(0);
        assertThat(values.futureValue(2)).isCloseTo(0.4 * 120 * Math.pow(1.1, -1 / 12.0), within(1e-12));
        assertThat(values.futureValue(0)).isEqualTo(0);
        assertThat(values.has(ValueColumn.EXPECTED_TRANSACTIONS)).isFalse();
    }

    /** What is worth something up to H₁ and what comes after are what is worth up to H₂: seen from H₁, discounted, if all renew. */
    @ParameterizedTest
    @CsvSource({"2023-03-10, 7, 31", "2025-07-01, 12, 24", "2024-08-17, 1.5, 100"})
    void horizonsAddUp(LocalDate start, double near, double far) {
        Contract contract = yearly("a", start.toString()).withBillingMonths(3);
        double upToNear = clv(SBG, terms(Horizon.of(near), 0.1), contract);
        double upToFar = clv(SBG, terms(Horizon.of(far), 0.1), contract);
        double between = 0;
        double elapsed = contract.stateOn(TODAY).elapsedMonths();
        int renewals = contract.stateOn(TODAY).renewals();
        for (int k = 0; k < 20; k++) {
            for (int bill = 0; bill < 4; bill++) {
                double months = 12 * k + 3 * bill - elapsed;
                if (months > near && months <= far) {
                    between += 0.4 * 120 * SBG.survivalAfter(renewals, k) * Math.pow(1.1, -months / 12);
                }
            }
        }
        assertThat(upToNear + between).isCloseTo(upToFar, within(1e-10));
    }

    @Test
    void longHorizonsLeadToTheEndlessOne() {
        for (Contract contract : List.of(
                monthly("m", "2023-05-20"),
                yearly("y", "2022-11-11"),
                yearly("q", "2022-11-11").withBillingMonths(3))) {
            double endless = clv(SBG, terms(Horizon.infinite(), 0.1), contract);
            double before = 0;
            for (double years : new double[] {1, 3, 10, 30, 100, 500}) {
                double now = clv(SBG, terms(Horizon.of(12 * years), 0.1), contract);
                assertThat(now).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(endless * (1 + 1e-12));
                before = now;
            }
            assertThat(before).isCloseTo(endless, within(1e-9 * endless));
        }
    }

    @Test
    void theUnitOfTheHorizonDoesNotMatter() {
        Contract contract = monthly("a", "2024-02-03");
        double years = valueIn(TimeScale.YEARS, Horizon.of(2), contract);
        assertThat(valueIn(TimeScale.MONTHS, Horizon.of(24), contract)).isCloseTo(years, within(1e-12));
        assertThat(valueIn(TimeScale.DAYS, Horizon.of(730.5), contract)).isCloseTo(years, within(1e-12));
        assertThat(valueIn(TimeScale.WEEKS, Horizon.of(730.5 / 7), contract)).isCloseTo(years, within(1e-12));
        CustomerBase weeks = CustomerBase.ofContracts(List.of(contract), TODAY, TimeScale.WEEKS);
        ValuationTerms of52 = terms(Horizon.of(104), 0.1).withPeriodsPerYear(52);
        assertThat(ContractModel.Fitted.of(SBG).value(weeks, of52).futureValue(0))
                .isCloseTo(years, within(1e-12));
    }

    private static double valueIn(TimeScale scale, Horizon horizon, Contract contract) {
        return ContractModel.Fitted.of(SBG)
                .value(CustomerBase.ofContracts(List.of(contract), TODAY, scale), terms(horizon, 0.1))
                .futureValue(0);
    }

    /** A growth g with a discount d is no growth with a discount (d − g)/(1 + g), as far as renewals go. */
    @Test
    void growthIsALowerDiscountRate() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(yearly("a", "2023-03-01").withBillingMonths(1), monthly("b", "2025-06-12")),
                TODAY,
                TimeScale.MONTHS);
        for (Horizon horizon : List.of(Horizon.of(30), Horizon.infinite())) {
            ContractModel.Fitted plain = ContractModel.Fitted.of(SBG);
            CustomerValues grown = plain.withGrowth(0.03).value(base, terms(horizon, 0.1));
            CustomerValues cheaper = plain.value(base, terms(horizon, 0.07 / 1.03));
            CustomerValues without = plain.value(base, terms(horizon, 0.1));
            assertThat(plain.withGrowth(0).value(base, terms(horizon, 0.1)).column(ValueColumn.CLV))
                    .containsExactly(without.column(ValueColumn.CLV));
            for (int row = 0; row < 2; row++) {
                assertThat(grown.get(ValueColumn.RENEWAL_VALUE, row))
                        .isCloseTo(cheaper.get(ValueColumn.RENEWAL_VALUE, row), within(1e-11))
                        .isGreaterThan(without.get(ValueColumn.RENEWAL_VALUE, row));
                assertThat(grown.get(ValueColumn.CONTRACTED_VALUE, row))
                        .isEqualTo(without.get(ValueColumn.CONTRACTED_VALUE, row));
            }
        }
    }

    @Test
    void growthBeyondTheDiscountRateNeedsAHorizon() {
        ContractModel.Fitted model = ContractModel.Fitted.of(SBG).withGrowth(0.1);
        CustomerBase base = CustomerBase.ofContracts(List.of(monthly("a", "2025-01-01")), TODAY, TimeScale.MONTHS);
        assertThatThrownBy(() -> model.value(base, terms(Horizon.infinite(), 0.1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("growth of 0.1 a year must be below the discount rate");
        // At 10 % against 10 % a bill counts as today.
        double bills = 0;
        for (int k = 1; k <= 12; k++) {
            bills += SBG.survivalAfter(6, k);
        }
        assertThat(model.value(base, terms(Horizon.of(12), 0.1)).futureValue(0)).isCloseTo(4 * bills, within(1e-12));
        assertThatThrownBy(() -> model.withGrowth(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`growth` must be finite and above -1");
        assertThatThrownBy(() -> model.withGrowth(1e9).value(base, terms(Horizon.of(1e6), 0.1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("beyond all numbers");
        assertThatThrownBy(() -> model.value(base, terms(Horizon.of(1e9), 0.1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("state an infinite one");
    }

    /**
     * 12 bills of 10 in a term of a year come later than one of 120, and cannot be left half way, as 12 terms of a month can that are as
     * likely to last a year.
     */
    @Test
    void monthlyBillsOfAYearlyTermAreBetweenYearlyBillsAndMonthlyTerms() {
        ValuationTerms terms = terms(Horizon.infinite(), 0.1);
        FittedRetentionModel byYear = Retentions.constant(0.6);
        FittedRetentionModel byMonth = Retentions.constant(Math.pow(0.6, 1 / 12.0));
        Contract advance = yearly("a", "2025-07-01");
        double inAdvance = value(byYear, terms, advance).lifetimeValue(0);
        double inBills = value(byYear, terms, advance.withBillingMonths(1).withFee(BigDecimal.TEN))
                .lifetimeValue(0);
        double terms12 = value(byMonth, terms, monthly("a", "2025-07-01")).lifetimeValue(0);
        assertThat(inAdvance).isGreaterThan(inBills);
        assertThat(inBills).isGreaterThan(terms12);
    }

    @ParameterizedTest
    @EnumSource(CashFlowTiming.class)
    void timingsByPeriodMoveBillsWithinTheirPeriod(CashFlowTiming timing) {
        // Bills at months 0.5, 3.5, 6.5 and 9.5 from now if the contract is renewed; in years of the base all in the
        // first period.
        Contract contract = Contract.since("a", LocalDate.of(2024, 7, 16))
                .withTermMonths(12)
                .withBillingMonths(3)
                .withFee(BigDecimal.TEN);
        double elapsed = contract.stateOn(TODAY).elapsedMonths();
        CustomerBase years = CustomerBase.ofContracts(List.of(contract), TODAY, TimeScale.YEARS);
        double expected = 0;
        for (int bill = 0; bill < 4; bill++) {
            double months = 12 - elapsed + 3 * bill;
            double paid =
                    switch (timing) {
                        case AT_PURCHASE -> months / 12;
                        case PERIOD_BEGIN -> 0;
                        case PERIOD_MID -> 0.5;
                        case PERIOD_END -> 1;
                    };
            expected += 4 * 0.8 * Math.pow(1.1, -paid);
        }
        assertThat(ContractModel.Fitted.of(Retentions.constant(0.8))
                        .value(years, terms(Horizon.of(1), timing))
                        .futureValue(0))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void valuesScaleWithFeeAndMarginAndDoNotDependOnOrder() {
        List<Contract> contracts = book(300);
        List<Contract> shuffled = new ArrayList<>(contracts);
        Collections.shuffle(shuffled, new Random(1));
        ContractModel.Fitted model = ContractModel.Fitted.of(SBG);
        CustomerBase base = CustomerBase.ofContracts(contracts, TODAY, TimeScale.WEEKS);
        CustomerBase other = CustomerBase.ofContracts(shuffled, TODAY, TimeScale.WEEKS);
        CustomerBase doubled = CustomerBase.ofContracts(
                contracts.stream()
                        .map(contract -> contract.withFee(contract.fee().multiply(BigDecimal.valueOf(2))))
                        .toList(),
                TODAY,
                TimeScale.WEEKS);
        ValuationTerms terms = terms(Horizon.of(156), 0.1);
        CustomerValues values = model.value(base, terms);
        CustomerValues others = model.value(other, terms);
        CustomerValues twice = model.value(doubled, terms);
        CustomerValues threads = model.value(base, terms, Execution.ofThreads(2));
        for (int row = 0; row < base.size(); row++) {
            assertThat(others.futureValueOf(base.id(row))).contains(values.futureValue(row));
            assertThat(twice.futureValue(row)).isCloseTo(2 * values.futureValue(row), within(1e-10));
            CustomerBase alone = CustomerBase.ofContracts(List.of(contracts.get(row)), TODAY, TimeScale.WEEKS);
            assertThat(model.value(alone, terms).futureValue(0)).isEqualTo(values.futureValue(row));
        }
        assertThat(threads.column(ValueColumn.CLV)).containsExactly(values.column(ValueColumn.CLV));
    }

    /** Contracts of all kinds. */
    static List<Contract> book(int size) {
        SplittableRandom random = new SplittableRandom(11);
        List<Contract> contracts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int term = new int[] {1, 3, 12, 24}[random.nextInt(4)];
            int billing = term == 1 || random.nextBoolean() ? term : term / 3 > 0 && term % 3 == 0 ? 3 : 1;
            LocalDate start = TODAY.minusDays(random.nextInt(2000));
            Contract contract = Contract.since("c" + i, start)
                    .withTermMonths(term)
                    .withBillingMonths(billing)
                    .withFee(BigDecimal.valueOf(500 + random.nextInt(5000), 2));
            contracts.add(i % 5 == 0 ? contract.withEnd(start.plusDays(1 + random.nextInt(2500))) : contract);
        }
        return contracts;
    }

    /** Mean and variance of one customer's present value, against the distribution itself: how often it will renew. */
    @ParameterizedTest
    @CsvSource({"40", "600"})
    void momentsAreThoseOfTheDistribution(int horizon) {
        Contract contract = yearly("a", "2024-03-10").withBillingMonths(3).withFee(BigDecimal.TEN);
        CustomerBase base = CustomerBase.ofContracts(List.of(contract), TODAY, TimeScale.MONTHS);
        double elapsed = contract.stateOn(TODAY).elapsedMonths();
        PresentValueMoments moments = ContractModel.Fitted.of(SBG)
                .withGrowth(0.02)
                .presentValueMoments(base, terms(Horizon.of(horizon), 0.1));
        double mean = 0;
        double square = 0;
        double sum = 0;
        for (int bill = 2; bill < 4; bill++) {
            sum += 4 * Math.pow(1.1, (elapsed - 3 * bill) / 12);
        }
        for (int renewals = 0; renewals < 60; renewals++) {
            double probability = renewals == 59
                    ? SBG.survivalAfter(1, 59)
                    : SBG.survivalAfter(1, renewals) - SBG.survivalAfter(1, renewals + 1);
            mean += probability * sum;
            square += probability * sum * sum;
            for (int bill = 0; bill < 4; bill++) {
                double months = 12 * (renewals + 1) + 3 * bill - elapsed;
                sum += months <= horizon ? 4 * Math.pow(1.02 / 1.1, months / 12) : 0;
            }
        }
        assertThat(moments.mean(0)).isCloseTo(mean, within(1e-9));
        assertThat(moments.variance(0)).isCloseTo(square - mean * mean, within(1e-8));
        assertThat(moments.totalMean()).isEqualTo(moments.mean(0));
        assertThat(moments.totalVariance()).isEqualTo(moments.variance(0));
        assertThat(moments.mean(0))
                .isEqualTo(ContractModel.Fitted.of(SBG)
                        .withGrowth(0.02)
                        .value(base, terms(Horizon.of(horizon), 0.1))
                        .futureValue(0));
    }

    @Test
    void theEndlessVarianceIsTheLimitOfTheFinite() {
        CustomerBase base = CustomerBase.ofContracts(book(200), TODAY, TimeScale.MONTHS);
        ContractModel.Fitted model = ContractModel.Fitted.of(SBG).withGrowth(0.02);
        PresentValueMoments endless = model.presentValueMoments(base, terms(Horizon.infinite(), 0.1));
        PresentValueMoments lasting = model.presentValueMoments(base, terms(Horizon.of(12 * 400), 0.1));
        for (int row = 0; row < base.size(); row++) {
            assertThat(endless.mean(row)).isCloseTo(lasting.mean(row), within(1e-9 * (1 + lasting.mean(row))));
            assertThat(endless.variance(row))
                    .isCloseTo(lasting.variance(row), within(1e-9 * (1 + lasting.variance(row))));
        }
        assertThat(endless.totalVariance()).isPositive();
    }

    /** A customer who stays or leaves by lot, many times: the model says what comes out. */
    @Test
    void simulatedCustomersAreWorthWhatTheModelSays() {
        CustomerBase base = CustomerBase.ofContracts(book(40), TODAY, TimeScale.MONTHS);
        ValuationTerms terms = terms(Horizon.of(60), 0.1);
        PresentValueMoments moments = ContractModel.Fitted.of(SBG).presentValueMoments(base, terms);
        SplittableRandom random = new SplittableRandom(3);
        int draws = 4000;
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < draws; draw++) {
            double total = 0;
            for (int row = 0; row < base.size(); row++) {
                total += drawnValue(base, row, 60, random);
            }
            sum += total;
            squares += total * total;
        }
        double mean = sum / draws;
        double variance = squares / draws - mean * mean;
        double error = Math.sqrt(moments.totalVariance() / draws);
        assertThat(mean).isCloseTo(moments.totalMean(), within(4 * error));
        assertThat(variance).isCloseTo(moments.totalVariance(), within(0.12 * moments.totalVariance()));
    }

    private static double drawnValue(CustomerBase base, int row, double horizon, SplittableRandom random) {
        var state = base.contract(row).orElseThrow();
        double value = 0;
        for (int k = 0; !state.left() && 12 * 6 > k; k++) {
            if (k > 0 && (state.leaving() || random.nextDouble() >= SBG.survivalAfter(state.renewals() + k - 1, 1))) {
                break;
            }
            for (int month = 0; month < state.termMonths(); month += state.billingMonths()) {
                double time = (double) k * state.termMonths() + month - state.elapsedMonths();
                if (time > 0 && time <= horizon) {
                    value += 0.4 * state.fee().doubleValue() * Math.pow(1.1, -time / 12);
                }
            }
        }
        return value;
    }

    @Test
    void customersAreThereStillAsTheirTermsRenew() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(
                        yearly("a", "2025-01-01"),
                        yearly("leaving", "2025-01-01").withEnd(LocalDate.of(2026, 1, 1)),
                        monthly("ended", "2024-01-01").withEnd(LocalDate.of(2025, 1, 1))),
                TODAY,
                TimeScale.WEEKS);
        ContractModel.Fitted model = ContractModel.Fitted.of(Retentions.constant(0.8));
        assertThat(model.probabilityUnderContract(base, 0)).containsExactly(1, 1, 0);
        assertThat(model.probabilityUnderContract(base, 5.9)).containsExactly(1, 1, 0);
        assertThat(model.probabilityUnderContract(base, 6)).containsExactly(0.8, 0, 0);
        assertThat(model.probabilityUnderContract(base, 18)[0]).isCloseTo(0.64, within(1e-15));
        assertThatThrownBy(() -> model.probabilityUnderContract(base, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`months`");
    }

    @Test
    void profilesHaveModelsOfTheirOwn() {
        ContractModel.Fitted model = ContractModel.Fitted.of(Retentions.byAttribute("stays"));
        Contract contract = yearly("a", "2025-07-01");
        ValuationTerms terms = terms(Horizon.infinite(), 0.1);
        CustomerBase base = CustomerBase.ofContracts(
                List.of(
                        contract.withAttribute("stays", "0.8"),
                        yearly("b", "2025-07-01").withAttribute("stays", "0.5"),
                        yearly("c", "2025-07-01").withAttribute("stays", "0.8"),
                        monthly("gone", "2024-01-01").withEnd(LocalDate.of(2024, 2, 1))),
                TODAY,
                TimeScale.MONTHS);
        CustomerValues values = model.value(base, terms);
        assertThat(values.futureValue(0)).isCloseTo(48 * 0.8 / 0.3, within(1e-10));
        assertThat(values.futureValue(1)).isCloseTo(48 * 0.5 / 0.6, within(1e-10));
        assertThat(values.futureValue(2)).isEqualTo(values.futureValue(0));
        assertThat(values.futureValue(3)).isEqualTo(0);
        assertThat(model.valueOfNewCustomer(contract.withAttribute("stays", "0.5"), TimeScale.MONTHS, terms)
                        .justAcquired())
                .isCloseTo(values.futureValue(1), within(1e-12));
        assertThatThrownBy(() -> value(model.retention(), terms, contract))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("needs the covariate stays")
                .hasMessageContaining("customer a");
        assertThatThrownBy(() -> value(model.retention(), terms, contract.withAttribute("stays", "often")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("customer a");
    }

    @Test
    void customersWithoutContractsAreRefused() {
        CustomerBase base = CustomerBase.ofSummaries(List.of(CustomerSummary.of("buyer", 1, 2, 3, 4)), TimeScale.MONTHS)
                .withContracts(List.of(Contract.ofRenewals("a", 1)));
        assertThatThrownBy(() -> ContractModel.Fitted.of(SBG).value(base, terms(Horizon.of(12), 0.1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("customer buyer")
                .hasMessageContaining("MixedModel");
    }

    @Test
    void aModelOfYearsDoesNotValueMonths() {
        FittedRetentionModel years = Retentions.fittedTo(TimeScale.YEARS, 0.8);
        assertThat(clv(years, terms(Horizon.of(12), 0.1), yearly("a", "2025-01-01")))
                .isPositive();
        assertThatThrownBy(() -> clv(years, terms(Horizon.of(12), 0.1), monthly("a", "2025-01-01")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("fitted to terms of 12 months");
    }

    @Test
    void fitsToTheContractsOfABase() {
        ContractModel.Fitted fitted = ContractModel.of(new Retentions.ConstantModel())
                .fit(CustomerBase.ofContracts(
                        List.of(
                                Contract.ofRenewals("a", 3),
                                Contract.ofRenewals("b", 0).ended()),
                        TimeScale.MONTHS));
        assertThat(fitted.retention().survivalAfter(0, 1)).isEqualTo(0.75);
        assertThat(fitted.name()).isEqualTo("constant");
        assertThat(fitted.withGrowth(0.02)).hasToString("constant, growth 0.02 a year");
        assertThat(fitted.reports()).isEmpty();
    }

    /** A rate so high that nothing but the next term is left, and models that see everybody stay or leave. */
    @Test
    void extremesAreNumbers() {
        Contract soon = yearly("a", "2024-07-02").withTermMonths(24);
        double next = clv(Retentions.constant(0.5), terms(Horizon.infinite(), 1e300), soon);
        assertThat(next).isFinite().isNotNegative();
        assertThat(clv(Retentions.constant(1), terms(Horizon.infinite(), 0.1), yearly("a", "2025-07-01")))
                .isCloseTo(480, within(1e-9));
        assertThat(clv(Retentions.constant(0), terms(Horizon.infinite(), 0.1), yearly("a", "2025-07-01")))
                .isEqualTo(0);
        assertThat(clv(Retentions.constant(0), terms(Horizon.of(100), 0.1), yearly("a", "2025-07-01")))
                .isEqualTo(0);
        CustomerBase young = CustomerBase.ofContracts(List.of(yearly("a", "2025-07-01")), TODAY, TimeScale.MONTHS);
        ContractModel.Fitted half = ContractModel.Fitted.of(Retentions.constant(0.5));
        assertThat(half.value(young, terms(Horizon.infinite(), 1e-12)).futureValue(0))
                .isCloseTo(48, within(1e-9));
        assertThatThrownBy(() -> half.presentValueMoments(young, terms(Horizon.infinite(), 1e-12)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("state a horizon");
        // k renewals with probability 0.5^(k + 1) have a variance of 2.
        assertThat(half.presentValueMoments(young, terms(Horizon.infinite(), 1e-8))
                        .variance(0))
                .isCloseTo(2 * 48 * 48, within(0.05));
        CustomerBase soonBase = CustomerBase.ofContracts(List.of(soon), TODAY, TimeScale.MONTHS);
        PresentValueMoments brief = half.presentValueMoments(soonBase, terms(Horizon.infinite(), 1e300));
        assertThat(brief.mean(0)).isEqualTo(next);
        assertThat(brief.variance(0)).isCloseTo(next * next, within(1e-12 * next * next));
        assertThatThrownBy(() -> ContractModel.Fitted.of(Retentions.constant(1e-3))
                        .withGrowth(5e5)
                        .presentValueMoments(young, terms(Horizon.of(12 * 50), 0)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("beyond all numbers");
        Contract old = Contract.ofRenewals("a", Integer.MAX_VALUE - 3).withFee(BigDecimal.ONE);
        CustomerBase base = CustomerBase.ofContracts(List.of(old), TimeScale.MONTHS);
        assertThat(ContractModel.Fitted.of(Retentions.constant(0.5))
                        .value(base, terms(Horizon.of(100), 0))
                        .futureValue(0))
                .isCloseTo(0.4, within(1e-12));
    }
}
