// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.ContractState;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.retention.ContractSimulator;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.contract.ShiftedBetaGeometric;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Contracts: fits of retention, and the value of a book, beside a loop over months for every customer. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ContractBenchmark {

    private static final LocalDate FROM = LocalDate.of(2019, 1, 1);
    private static final LocalDate UNTIL = LocalDate.of(2024, 12, 31);
    private static final double ALPHA = 0.8;
    private static final double BETA = 9;
    private static final ShiftedBetaGeometric.Fitted TRUTH = ShiftedBetaGeometric.Fitted.of(ALPHA, BETA);
    private static final int MONTHS = 36;

    static final ValuationTerms FINITE =
            ValuationTerms.of(Horizon.of(MONTHS), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.AT_PURCHASE);
    static final ValuationTerms FOREVER =
            ValuationTerms.of(Horizon.infinite(), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.AT_PURCHASE);

    /** Monthly contracts that began on any day of six years. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Book {

        /** The number of customers. */
        @Param({"2000", "1000000"})
        public int customers;

        CustomerBase base;
        RetentionData data;

        /** Makes the contracts. */
        @Setup(Level.Trial)
        public void setUp() {
            base = base(customers);
            data = RetentionData.ofContracts(base);
        }
    }

    static CustomerBase base(int customers) {
        List<Contract> contracts = new ArrayList<>(customers);
        for (Contract contract : ContractSimulator.of(TRUTH).simulate(customers, FROM, UNTIL, UNTIL, 1)) {
            contracts.add(contract.withFee(BigDecimal.valueOf(1000 + contracts.size() % 2000, 2)));
        }
        return CustomerBase.ofContracts(contracts, UNTIL, TimeScale.MONTHS);
    }

    /** A model of retention. */
    @State(Scope.Benchmark)
    public static class Model {

        /** The name of a model in the catalogue. */
        @Param({"sbg", "bdw", "weibull-gamma", "weibull-aft"})
        public String model = "sbg";
    }

    /**
     * Fits a model.
     *
     * @param book the customers
     * @param model the model
     * @return the fitted model
     */
    @Benchmark
    public FittedRetentionModel fit(Book book, Model model) {
        return ModelCatalog.load().retention(model.model).model().fit(book.data);
    }

    /**
     * Values all customers over 36 months.
     *
     * @param book the customers
     * @return the values
     */
    @Benchmark
    public CustomerValues finite(Book book) {
        return ContractModel.Fitted.of(TRUTH).value(book.base, FINITE);
    }

    /**
     * Values all customers without end.
     *
     * @param book the customers
     * @return the values
     */
    @Benchmark
    public CustomerValues forever(Book book) {
        return ContractModel.Fitted.of(TRUTH).value(book.base, FOREVER);
    }

    /**
     * Values all customers over 36 months by a loop over the bills of each.
     *
     * @param book the customers
     * @return the values
     */
    @Benchmark
    public double[] finiteNaive(Book book) {
        return naive(book.base);
    }

    /** A bill a month from the next renewal on, each counted as likely as it is to be reached. */
    static double[] naive(CustomerBase base) {
        double[] values = new double[base.size()];
        for (int row = 0; row < values.length; row++) {
            ContractState contract = base.contract(row).orElseThrow();
            if (contract.left()) {
                continue;
            }
            double survival = 1;
            double sum = 0;
            for (int k = 1; k - contract.elapsedMonths() <= MONTHS + 1e-9; k++) {
                int renewal = contract.renewals() + k;
                survival *= (BETA + renewal - 1) / (ALPHA + BETA + renewal - 1);
                sum += survival * Math.pow(1.1, -(k - contract.elapsedMonths()) / 12);
            }
            values[row] = 0.4 * contract.fee().doubleValue() * sum;
        }
        return values;
    }
}
