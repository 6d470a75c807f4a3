// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
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

/** From transactions to a customer base; rows in random order, as a ledger sorted by time has them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CustomerBaseBenchmark {

    /** Transactions, as rows and as a log. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Ledger {

        /** The number of transactions. */
        @Param({"100000", "1000000"})
        public int rows;

        private String[] ids;
        private LocalDate[] dates;
        private BigDecimal[] amounts;
        private TransactionLog log;

        /** Simulates customers until the rows are there, and shuffles them. */
        @Setup(Level.Trial)
        public void setUp() {
            // A customer makes about two purchases.
            TransactionLog simulated = Bases.log(rows);
            int size = simulated.size();
            int[] order = new int[size];
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < size; i++) {
                int other = random.nextInt(i + 1);
                order[i] = order[other];
                order[other] = i;
            }
            ids = new String[rows];
            dates = new LocalDate[rows];
            amounts = new BigDecimal[rows];
            int row = 0;
            for (int from : order) {
                if (from < rows) {
                    // A string of its own a row, as a file gives it.
                    ids[row] = String.valueOf(simulated.customerId(from).toCharArray());
                    dates[row] = simulated.date(from);
                    amounts[row] = simulated.amount(from);
                    row++;
                }
            }
            log = newLog();
        }

        TransactionLog newLog() {
            TransactionLog.Builder builder = TransactionLog.builder();
            for (int row = 0; row < rows; row++) {
                builder.add(ids[row], dates[row], amounts[row]);
            }
            return builder.build();
        }
    }

    /**
     * Summarises a log.
     *
     * @param ledger the transactions
     * @return the base
     */
    @Benchmark
    public CustomerBase fromLog(Ledger ledger) {
        return CustomerBase.of(ledger.log, Bases.observation(), TimeScale.WEEKS);
    }

    /**
     * Codes the ids of rows in memory and summarises them.
     *
     * @param ledger the transactions
     * @return the base
     */
    @Benchmark
    public CustomerBase fromRows(Ledger ledger) {
        return CustomerBase.of(ledger.newLog(), Bases.observation(), TimeScale.WEEKS);
    }
}
