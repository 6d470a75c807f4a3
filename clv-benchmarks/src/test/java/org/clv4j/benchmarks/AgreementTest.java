// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.clv4j.benchmarks.Bases.Times;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.Execution;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.contract.ShiftedBetaGeometric;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.ParetoGammaLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The naive code computes the same numbers: a comparison of speeds is of like with like. */
class AgreementTest {

    private static final int CUSTOMERS = 500;
    /** The kernels sum parts of 16,384 rows; a third or so of these customers came back. */
    private static final int SEVERAL_PARTS = 100_000;

    private final ScoringBenchmark scoring = new ScoringBenchmark();

    private static Portfolio portfolio(Times times) {
        return new Portfolio().use(Bases.of(CUSTOMERS, times));
    }

    private static ParetoPortfolio paretoPortfolio(Times times) {
        ParetoPortfolio portfolio = new ParetoPortfolio();
        portfolio.use(Bases.of(Bases.PARETO_TRANSACTIONS, CUSTOMERS, times));
        return portfolio;
    }

    @ParameterizedTest
    @EnumSource
    void basesLookAsTheySay(Times times) {
        CustomerBase base = Bases.of(CUSTOMERS, times);

        assertThat(base.size()).isEqualTo(CUSTOMERS);
        assertThat(base.isGridded()).isEqualTo(times == Times.GRIDDED);
        assertThat(Arrays.stream(portfolio(times).age)).allMatch(age -> age >= 27 && age <= 39);
        assertThat(Arrays.stream(portfolio(times).frequency).filter(x -> x == 0).count())
                .isBetween(CUSTOMERS / 2L, CUSTOMERS * 3 / 4L);
    }

    @ParameterizedTest
    @EnumSource
    void naiveLikelihoodAndGradientAreTheKernels(Times times) {
        Portfolio data = portfolio(times);
        double[] parameters = BgNbdLikelihoodBenchmark.PARAMETERS;
        double[] expectedGradient = new double[4];
        double[] gradient = new double[4];

        double expected = new BetaGeometricLikelihood(RowsByFrequency.of(data.base), false, Execution.sequential())
                .evaluate(parameters, expectedGradient);
        double value = Naive.evaluate(
                Naive::negativeLogLikelihood, parameters, data.frequency, data.recency, data.age, gradient);

        assertThat(value).isCloseTo(expected, within(1e-12));
        assertThat(gradient).containsExactly(expectedGradient, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    void naiveParetoLikelihoodAndGradientAreTheKernels(Times times) {
        Portfolio data = paretoPortfolio(times);
        double[] alphaBelowBeta = ParetoNbdLikelihoodBenchmark.PARAMETERS;
        double[] alphaAboveBeta = {0.56, 12, 0.61, 10};
        double[] expectedGradient = new double[4];
        double[] gradient = new double[4];

        for (double[] parameters : List.of(alphaBelowBeta, alphaAboveBeta)) {
            double expected = new ParetoGammaLikelihood(RowsByFrequency.of(data.base), Execution.sequential())
                    .evaluate(parameters, expectedGradient);
            double value = Naive.evaluate(
                    NaivePareto::negativeLogLikelihood, parameters, data.frequency, data.recency, data.age, gradient);

            assertThat(value).isCloseTo(expected, within(1e-12));
            assertThat(gradient).containsExactly(expectedGradient, within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoThreadsComputeTheSameBits(Times times) {
        TwoThreadsBenchmark benchmark = new TwoThreadsBenchmark();
        TwoThreadsBenchmark.BgNbdRows bgNbd = new TwoThreadsBenchmark.BgNbdRows();
        bgNbd.customers = SEVERAL_PARTS;
        bgNbd.times = times;
        bgNbd.setUp();
        TwoThreadsBenchmark.ParetoNbdRows paretoNbd = new TwoThreadsBenchmark.ParetoNbdRows();
        paretoNbd.customers = SEVERAL_PARTS;
        paretoNbd.times = times;
        paretoNbd.setUp();
        double[] gradient = new double[4];

        assertThat(benchmark.bgNbd(bgNbd))
                .isEqualTo(new BetaGeometricLikelihood(
                                RowsByFrequency.of(Bases.of(SEVERAL_PARTS, times)), false, Execution.sequential())
                        .evaluate(BgNbdLikelihoodBenchmark.PARAMETERS, gradient));
        assertThat(bgNbd.gradient).isEqualTo(gradient);
        assertThat(benchmark.paretoNbd(paretoNbd))
                .isEqualTo(new ParetoGammaLikelihood(
                                RowsByFrequency.of(Bases.of(Bases.PARETO_TRANSACTIONS, SEVERAL_PARTS, times)),
                                Execution.sequential())
                        .evaluate(ParetoNbdLikelihoodBenchmark.PARAMETERS, gradient));
        assertThat(paretoNbd.gradient).isEqualTo(gradient);
    }

    @ParameterizedTest
    @EnumSource
    void naiveScoresAreTheBatchScores(Times times) {
        Portfolio data = portfolio(times);

        assertClose(scoring.probabilityAliveNaive(data).clone(), scoring.probabilityAlive(data));
        assertClose(scoring.expectedTransactionsNaive(data).clone(), scoring.expectedTransactions(data));
        assertClose(scoring.expectedSpendNaive(data).clone(), scoring.expectedSpend(data));
        assertClose(scoring.scoreNaive(data).clone(), scoring.score(data));

        ParetoPortfolio pareto = paretoPortfolio(times);
        assertClose(scoring.paretoScoreNaive(pareto).clone(), scoring.paretoScore(pareto));
    }

    @ParameterizedTest
    @EnumSource
    void naiveValuesAreTheModels(Times times) {
        Portfolio data = portfolio(times);
        ValuationBenchmark valuation = new ValuationBenchmark();

        assertClose(
                valuation.byPeriodNaive(data).clone(), valuation.byPeriod(data).column(ValueColumn.CLV));
    }

    private static void assertClose(double[] naive, double[] batch) {
        assertThat(naive).hasSameSizeAs(batch);
        for (int row = 0; row < batch.length; row++) {
            assertThat(naive[row]).as("row %d", row).isCloseTo(batch[row], Percentage.withPercentage(1e-7));
        }
    }

    @Test
    void regressionsPredictRowsAndBatchesAlike() {
        RegressionScoringBenchmark regressions = new RegressionScoringBenchmark();
        RegressionScoringBenchmark.Rows rows = new RegressionScoringBenchmark.Rows();
        rows.rows = 5_000;
        rows.setUp();

        assertThat(regressions.linearNaive(rows).clone()).isEqualTo(regressions.linear(rows));
        assertThat(regressions.twoPartNaive(rows).clone()).isEqualTo(regressions.twoPart(rows));
        assertThat(Arrays.stream(rows.out).sum()).isPositive();
    }

    @Test
    void contractsAreValuedAsTheLoopValuesThem() {
        CustomerBase base = ContractBenchmark.base(500);
        CustomerValues values =
                ContractModel.Fitted.of(ShiftedBetaGeometric.Fitted.of(0.8, 9)).value(base, ContractBenchmark.FINITE);
        double[] naive = ContractBenchmark.naive(base);
        for (int row = 0; row < naive.length; row++) {
            assertThat(values.futureValue(row)).isCloseTo(naive[row], within(1e-9 * (1 + naive[row])));
        }
        assertThat(Arrays.stream(naive).sum()).isPositive();
    }
}
