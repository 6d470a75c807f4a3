// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.clv4j.models.internal.kernel.AttritionFormulas;
import org.clv4j.models.internal.kernel.BetaGeometric;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.ErlangGeometric;
import org.clv4j.models.internal.kernel.ErlangGeometricLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** BG/CNBD-k and MBG/CNBD-k beyond the contract. */
class CnbdKTest {

    @Property(tries = 200)
    void oneStageIsTheBetaGeometric(
            @ForAll @IntRange(max = 40) int x,
            @ForAll @DoubleRange(min = 0.01, max = 1) double part,
            @ForAll @DoubleRange(min = 0.5, max = 100) double age,
            @ForAll @DoubleRange(min = 0.1, max = 60) double horizon,
            @ForAll @DoubleRange(min = 0.05, max = 4) double r,
            @ForAll @DoubleRange(min = 1, max = 20) double alpha,
            @ForAll @DoubleRange(min = 0.1, max = 4) double a,
            @ForAll boolean modified) {
        double tx = x == 0 ? 0 : part * age;
        AttritionFormulas one = new ErlangGeometric(1, r, alpha, a, 1.6, modified).ahead(tx);
        AttritionFormulas other = new BetaGeometric(r, alpha, a, 1.6, modified);
        close(one, other, of -> of.logLikelihood(x, tx, age), "log-likelihood");
        close(one, other, of -> of.probabilityAlive(x, tx, age), "P(alive)");
        close(one, other, of -> of.activeGivenAlive(x, age, horizon), "active");
        close(one, other, of -> of.expectedGivenAlive(x, age, horizon), "CET");
        close(one, other, of -> of.discountedGivenAlive(x, age, horizon, 0.01), "DET");
        close(one, other, of -> of.residualGivenAlive(x, age, 0.01), "DERT");
        close(one, other, of -> of.aliveLaterGivenAlive(x, age, horizon), "alive later");
        close(one, other, of -> of.countGivenAlive(2, x, age, horizon), "count");
        close(one, other, of -> of.nextPurchaseWithin(x, age, horizon), "next within");
        close(one, other, of -> of.nextPurchaseQuantile(x, age, 0.7), "next quantile");
        close(one, other, of -> of.purchaseRate(x, tx, age), "rate");
        close(one, other, of -> of.dropoutRate(x, tx, age), "dropout");
    }

    private static void close(
            AttritionFormulas one, AttritionFormulas other, ToDoubleFunction<AttritionFormulas> what, String name) {
        double expected = what.applyAsDouble(other);
        assertThat(what.applyAsDouble(one)).as(name).isCloseTo(expected, within(1e-11 * Math.abs(expected) + 1e-14));
    }

    @Test
    void theLikelihoodIsTheSumOfItsRowsWithItsGradient() {
        CustomerBase base = simulated(MbgCnbdK.Fitted.of(3, 0.6, 2, 0.8, 2), 500, 1);
        for (boolean modified : new boolean[] {false, true}) {
            for (int k : new int[] {1, 2, 5, 12}) {
                ErlangGeometricLikelihood likelihood =
                        new ErlangGeometricLikelihood(RowsByFrequency.of(base), k, modified, 0, Execution.sequential());
                double[] at = {0.7, 2.1, 0.9, 1.7};
                double[] gradient = new double[4];
                double value = likelihood.evaluate(at, gradient);
                AttritionFormulas formulas = new ErlangGeometric(k, at[0], at[1], at[2], at[3], modified);
                double sum = 0;
                for (int row = 0; row < base.size(); row++) {
                    sum += formulas.logLikelihood(base.frequency(row), base.recency(row), base.age(row));
                }
                assertThat(value).isCloseTo(-sum / base.size(), within(1e-11 * Math.abs(value)));
                for (int i = 0; i < 4; i++) {
                    double step = 1e-5 * at[i];
                    double[] up = at.clone();
                    double[] down = at.clone();
                    up[i] += step;
                    down[i] -= step;
                    double slope = (likelihood.evaluate(up, new double[4]) - likelihood.evaluate(down, new double[4]))
                            / (2 * step);
                    assertThat(gradient[i]).as("gradient %s of k %s", i, k).isCloseTo(slope, within(1e-7));
                }
                if (k == 1) {
                    double[] other = new double[4];
                    assertThat(new BetaGeometricLikelihood(RowsByFrequency.of(base), modified, Execution.sequential())
                                    .evaluate(at, other))
                            .isCloseTo(value, within(1e-12 * Math.abs(value)));
                    assertThat(gradient).containsExactly(other, within(1e-12));
                }
            }
        }
    }

    /** A log of purchases on whole days; the first day of all customers is the same. */
    private static CustomerBase simulated(FittedCnbdK model, int customers, long seed) {
        TransactionLog.Builder log = TransactionLog.builder();
        LocalDate start = LocalDate.of(2020, 1, 1);
        for (int i = 0; i < customers; i++) {
            log.add("c" + i, start, BigDecimal.ONE);
            for (double time : model.simulateTransactionTimes(104, seed * 1_000_003 + i)) {
                log.add("c" + i, start.plusDays((long) Math.ceil(time * 7)), BigDecimal.ONE);
            }
        }
        return CustomerBase.of(log.build(), Observation.until(start.plusDays(728)), TimeScale.WEEKS);
    }

    @Test
    void kIsChosenByLikelihoodAndParametersAreRecovered() {
        CustomerBase base = simulated(MbgCnbdK.Fitted.of(3, 1.5, 2.5, 0.8, 4), 3000, 5);
        MbgCnbdK.Fitted fitted = MbgCnbdK.withDefaults().fit(base);
        FitReport report = fitted.report().orElseThrow();
        assertThat(fitted.k()).isEqualTo(3);
        assertThat(report.standardErrors()).containsOnlyKeys("r", "alpha", "a", "b");
        Map<String, Double> truth = Map.of("r", 1.5, "alpha", 2.5, "a", 0.8, "b", 4.0);
        truth.forEach((name, value) -> assertThat(fitted.parameters().get(name))
                .as(name)
                .isCloseTo(value, within(4 * report.standardErrors().getOrDefault(name, 0.0))));
        double[] rows = new double[base.size()];
        fitted.logLikelihoodInto(base, 0, base.size(), rows);
        double sum = 0;
        for (double row : rows) {
            sum += row;
        }
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(sum, within(1e-9 * Math.abs(sum)));
        MbgCnbdK.withK(3).fit(base).parameters().forEach((name, value) -> assertThat(
                        fitted.parameters().get(name))
                .as(name)
                .isCloseTo(value, within(1e-9 * value)));
    }

    @Test
    void summariesNeedAStatedK() {
        List<CustomerSummary> summaries = new ArrayList<>();
        CustomerBase log = simulated(MbgCnbdK.Fitted.of(2, 1.5, 2.5, 0.8, 4), 300, 6);
        for (int row = 0; row < log.size(); row++) {
            summaries.add(log.summary(row));
        }
        CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
        assertThatThrownBy(() -> BgCnbdK.withDefaults().fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("gaps");
        FitReport ofSummaries = BgCnbdK.withK(2).fit(base).report().orElseThrow();
        FitReport ofLog = BgCnbdK.withK(2).fit(log).report().orElseThrow();
        ofLog.parameters()
                .forEach((name, value) ->
                        assertThat(ofSummaries.parameters().get(name)).as(name).isCloseTo(value, within(1e-8 * value)));
        assertThatThrownBy(() -> BgCnbdK.withK(13)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BgCnbdK.Fitted.ofParameters(1.5, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole");
    }

    @Test
    void oneStageFitsAsTheBetaGeometric() {
        CustomerBase base = simulated(MbgCnbdK.Fitted.of(1, 1.5, 2.5, 0.8, 4), 800, 7);
        FitReport one = BgCnbdK.withK(1).fit(base).report().orElseThrow();
        FitReport other = BgNbd.withDefaults().fit(base).report().orElseThrow();
        assertThat(one.logLikelihood()).isEqualTo(other.logLikelihood());
        assertThat(one.parameters()).containsAllEntriesOf(other.parameters());
    }

    @Test
    void fitsCdnow() {
        CustomerBase base = Cdnow.sample();
        for (FittedCnbdK model : List.of(
                BgCnbdK.withDefaults().fit(base), MbgCnbdK.withDefaults().fit(base))) {
            assertThat(model.k()).isEqualTo(1);
        }
    }

    @Test
    void expectationsAgreeWithASimulation() {
        agreesWithSimulation(100_000);
    }

    @Test
    @Tag("study")
    void expectationsAgreeWithALargeSimulation() {
        agreesWithSimulation(2_000_000);
    }

    /** Cells of frequency, quarter of recency: the simulated purchases ahead against the exact expectation of each history. */
    private static void agreesWithSimulation(int customers) {
        for (FittedCnbdK model :
                List.of(BgCnbdK.Fitted.of(2, 1.2, 3, 0.8, 2.4), MbgCnbdK.Fitted.of(3, 1.2, 2, 0.9, 2.6))) {
            Map<Integer, double[]> cells = new TreeMap<>();
            for (int i = 0; i < customers; i++) {
                double[] times = model.simulateTransactionTimes(65, 1_000_003L * i + 17);
                int x = 0;
                while (x < times.length && times[x] <= 39) {
                    x++;
                }
                double tx = x == 0 ? 0 : times[x - 1];
                double expected = model.expectedTransactions(x, tx, 39, 26);
                double surprise = times.length - x - expected;
                double[] cell = cells.computeIfAbsent(
                        Math.min(x, 12) * 4 + (int) Math.min(3, tx / 39 * 4), unused -> new double[4]);
                cell[0]++;
                cell[1] += surprise;
                cell[2] += surprise * surprise;
                cell[3] += expected;
            }
            int checked = 0;
            double worst = 0;
            for (double[] cell : cells.values()) {
                // With fewer purchases the mean is far from normal.
                if (cell[3] >= 200) {
                    double mean = cell[1] / cell[0];
                    double error = Math.sqrt((cell[2] / cell[0] - mean * mean) / cell[0]);
                    worst = Math.max(worst, Math.abs(mean) / error);
                    checked++;
                }
            }
            assertThat(checked).isGreaterThan(12);
            assertThat(worst)
                    .as("standard errors of the worst of %s cells", checked)
                    .isLessThan(3);
        }
    }
}
