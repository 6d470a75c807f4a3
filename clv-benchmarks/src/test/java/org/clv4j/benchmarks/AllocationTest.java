// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.benchmarks.Bases.Times;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The batch methods allocate as much for many rows as for few: nothing a row. */
class AllocationTest {

    private static final int CUSTOMERS = 10_000;
    private static final int TIMES_AS_MANY = 4;
    private static final int CALLS = 30;
    private static final long A_FEW_OBJECTS = 256;

    private final ScoringBenchmark scoring = new ScoringBenchmark();

    @ParameterizedTest
    @EnumSource
    void scoresAllocateNothingARow(Times times) {
        Portfolio few = new Portfolio();
        Portfolio many = new Portfolio();
        use(few, many, times);

        requireSame(allocated(() -> scoring.probabilityAlive(many)), allocated(() -> scoring.probabilityAlive(few)));
        requireSame(
                allocated(() -> scoring.expectedTransactions(many)),
                allocated(() -> scoring.expectedTransactions(few)));
        requireSame(allocated(() -> scoring.expectedSpend(many)), allocated(() -> scoring.expectedSpend(few)));
        requireSame(allocated(() -> scoring.score(many)), allocated(() -> scoring.score(few)));
    }

    @ParameterizedTest
    @EnumSource
    void paretoScoresAllocateNothingARow(Times times) {
        ParetoPortfolio few = new ParetoPortfolio();
        ParetoPortfolio many = new ParetoPortfolio();
        use(few, many, times);

        requireSame(
                allocated(() -> scoring.paretoProbabilityAlive(many)),
                allocated(() -> scoring.paretoProbabilityAlive(few)));
        requireSame(allocated(() -> scoring.paretoScore(many)), allocated(() -> scoring.paretoScore(few)));
    }

    /** But for one block of scratch or two, whatever the number of rows. */
    @Test
    void regressionsAllocateNothingARow() {
        RegressionScoringBenchmark regressions = new RegressionScoringBenchmark();
        RegressionScoringBenchmark.Rows few = new RegressionScoringBenchmark.Rows();
        RegressionScoringBenchmark.Rows many = new RegressionScoringBenchmark.Rows();
        few.rows = CUSTOMERS;
        few.setUp();
        many.rows = CUSTOMERS * TIMES_AS_MANY;
        many.setUp();

        requireSame(allocated(() -> regressions.linear(many)), allocated(() -> regressions.linear(few)));
        requireSame(allocated(() -> regressions.twoPart(many)), allocated(() -> regressions.twoPart(few)));
    }

    private static void use(Portfolio few, Portfolio many, Times times) {
        few.use(Bases.of(few.model(), CUSTOMERS, times));
        // The same customers several times: the same largest frequency and age, so the same tables.
        many.use(repeated(few.base));
    }

    /**
     * An object for each of the 30,000 further rows would be 480,000 bytes at the least. An object a call comes and goes with what the
     * compiler has inlined by then, so that the two counts may differ by a few.
     */
    private static void requireSame(long many, long few) {
        assertThat(Math.abs(many - few)).isLessThan(A_FEW_OBJECTS);
    }

    private static CustomerBase repeated(CustomerBase base) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int copy = 0; copy < TIMES_AS_MANY; copy++) {
            for (int row = 0; row < base.size(); row++) {
                summaries.add(CustomerSummary.of(
                        base.id(row) + "-" + copy,
                        base.frequency(row),
                        base.recency(row),
                        base.age(row),
                        base.monetaryValue(row)));
            }
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    /** The least that a call allocates: a compiler or a class being loaded only adds. */
    private static long allocated(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < CALLS; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            call.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
