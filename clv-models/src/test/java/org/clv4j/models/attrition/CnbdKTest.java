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
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.Cdnow;
import org.clv4j.models.internal.kernel.AttritionFormulas;
import org.clv4j.models.internal.kernel.BetaGeometric;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.ErlangGeometric;
import org.clv4j.models.internal.kernel.ErlangGeometricLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.clv4j.models.internal.special.GaussLegendre;
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

    /** Of 100 bases a model: whether k is found, and whether the other parameters are within three standard errors. */
    @Test
    @Tag("study")
    void kIsChosenAndParametersAreRecoveredInAHundredBases() {
        for (FittedCnbdK truth : List.of(
                BgCnbdK.Fitted.of(1, 1.5, 7.5, 0.8, 4),
                BgCnbdK.Fitted.of(2, 1.5, 3.75, 0.8, 4),
                MbgCnbdK.Fitted.of(3, 1.5, 2.5, 0.8, 4))) {
            TransactionModel model =
                    truth.name().equals(BgCnbdK.NAME) ? BgCnbdK.withDefaults() : MbgCnbdK.withDefaults();
            int right = 0;
            Map<String, Integer> within = new TreeMap<>();
            for (int seed = 1; seed <= 100; seed++) {
                FittedCnbdK fitted = (FittedCnbdK) model.fit(simulated(truth, 2000, seed));
                right += fitted.k() == truth.k() ? 1 : 0;
                Map<String, Double> errors = fitted.report().orElseThrow().standardErrors();
                errors.forEach((name, error) -> {
                    double off = Math.abs(FittedAttritionModel.parameter(fitted.parameters(), name)
                                    - FittedAttritionModel.parameter(truth.parameters(), name))
                            / error;
                    within.merge(name, off <= 3 ? 1 : 0, Integer::sum);
                });
            }
            assertThat(right).as("k of %s", truth).isGreaterThanOrEqualTo(95);
            assertThat(within).hasSize(4);
            assertThat(within.values())
                    .as("within 3 s.e. of %s: %s", truth, within)
                    .allMatch(count -> count >= 95);
        }
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
        sameFit(BgCnbdK.withK(1).fit(base), BgNbd.withDefaults().fit(base), base);
        sameFit(MbgCnbdK.withK(1).fit(base), MbgNbd.withDefaults().fit(base), base);
    }

    /** The same report and, bit for bit, the same outputs. */
    private static void sameFit(FittedCnbdK one, FittedAttritionModel other, CustomerBase base) {
        FitReport ofOne = one.report().orElseThrow();
        FitReport ofOther = other.report().orElseThrow();
        assertThat(ofOne.logLikelihood()).isEqualTo(ofOther.logLikelihood());
        assertThat(ofOne.parameters()).containsAllEntriesOf(ofOther.parameters());
        assertThat(ofOne.standardErrors()).isEqualTo(ofOther.standardErrors());
        List<ToDoubleFunction<FittedAttritionModel>> outputs = new ArrayList<>();
        for (int row = 0; row < 40; row++) {
            int x = base.frequency(row);
            double tx = base.recency(row);
            double age = base.age(row);
            outputs.add(model -> model.logLikelihood(x, tx, age));
            outputs.add(model -> model.probabilityAlive(x, tx, age));
            outputs.add(model -> model.probabilityActive(x, tx, age, 26));
            outputs.add(model -> model.expectedTransactions(x, tx, age, 26));
            outputs.add(model -> model.discountedExpectedTransactions(x, tx, age, 26, 0.002));
            outputs.add(model -> model.discountedExpectedResidualTransactions(x, tx, age, 0.002));
            outputs.add(model -> model.probabilityAliveAt(x, tx, age, 26));
            outputs.add(model -> model.probabilityOfFutureTransactions(2, x, tx, age, 26));
            outputs.add(model -> model.expectedTimeToNextPurchase(x, tx, age, 26));
            outputs.add(model -> model.timeToNextPurchaseQuantile(x, tx, age, 0.4));
            outputs.add(model -> model.expectedPurchaseRate(x, tx, age));
            outputs.add(model -> model.expectedDropoutRate(x, tx, age));
            outputs.add(model -> model.sample(x, tx, age, 26, 1, 3).get(0).lifetime());
        }
        outputs.add(model -> model.probabilityOfTransactions(3, 26));
        outputs.add(model -> model.expectedTransactionsOfNewCustomer(26));
        for (int i = 0; i < outputs.size(); i++) {
            assertThat(outputs.get(i).applyAsDouble(one))
                    .as("output %s", i)
                    .isEqualTo(outputs.get(i).applyAsDouble(other));
        }
        assertThat(one.simulateTransactionTimes(52, 9)).isEqualTo(other.simulateTransactionTimes(52, 9));
        double[] rows = new double[base.size()];
        double[] others = new double[base.size()];
        one.logLikelihoodInto(base, 0, base.size(), rows);
        other.logLikelihoodInto(base, 0, base.size(), others);
        assertThat(rows).isEqualTo(others);
    }

    /** DERT is ∫ δ e^(−δt) E(t) dt, in panels that grow with t. */
    @Test
    void residualTransactionsAreTheIntegralOfExpectations() {
        for (int k : new int[] {2, 3, 5, 12}) {
            for (FittedCnbdK model : List.of(
                    BgCnbdK.Fitted.of(k, 0.5, 6.0 / k, 0.9, 2.4), MbgCnbdK.Fitted.of(k, 1.4, 5.0 / k, 0.6, 3))) {
                for (double[] history : new double[][] {{0, 0, 39}, {1, 20, 39}, {3, 30, 38}, {9, 38.5, 39}}) {
                    int x = (int) history[0];
                    double delta = 0.05;
                    double integral = 0;
                    for (double t = 0; t < 50 / delta; ) {
                        double width = 1 + t / 8;
                        for (int i = 0; i < GaussLegendre.POINTS; i++) {
                            double node = t + width * GaussLegendre.node(i);
                            integral += width
                                    * GaussLegendre.weight(i)
                                    * delta
                                    * Math.exp(-delta * node)
                                    * model.expectedTransactions(x, history[1], history[2], node);
                        }
                        t += width;
                    }
                    assertThat(model.discountedExpectedResidualTransactions(x, history[1], history[2], delta))
                            .as("DERT of %s, x %s", model, x)
                            .isCloseTo(integral, within(1e-11 * integral));
                }
            }
        }
    }

    /** Stages beyond an int. */
    @Test
    void hugeCountsAreNumbers() {
        BgCnbdK.Fitted model = BgCnbdK.Fitted.of(12, 0.5, 2, 0.9, 1.6);
        assertThat(model.logLikelihood(Integer.MAX_VALUE, 38, 39)).isFinite();
        assertThat(model.probabilityOfFutureTransactions(Integer.MAX_VALUE, 3, 38, 39, 26))
                .isBetween(0.0, 1e-100);
    }

    /** P(alive later) keeps its relative accuracy where it is small: hardly anybody stays, and purchases are many. */
    @Test
    void smallChancesOfStayingAreExact() {
        for (int k : new int[] {1, 2, 3}) {
            AttritionFormulas formulas = new ErlangGeometric(k, 40, 4.0 / k, 12, 1, false).ahead(9.9);
            int[] horizons = {5, 50, 500, 5000};
            double[] later = new double[horizons.length];
            for (int i = 0; i < horizons.length; i++) {
                later[i] = formulas.aliveLaterGivenAlive(3, 10, horizons[i]);
            }
            assertThat(later[0]).isGreaterThan(later[1]).isLessThan(0.01);
            assertThat(later[1]).isGreaterThan(later[2]);
            assertThat(later[2]).isGreaterThan(later[3]).isLessThan(1e-16);
            if (k == 1) {
                AttritionFormulas other = new BetaGeometric(40, 4, 12, 1, false);
                for (int i = 0; i < horizons.length; i++) {
                    double truth = other.aliveLaterGivenAlive(3, 10, horizons[i]);
                    assertThat(later[i]).isCloseTo(truth, within(1e-11 * truth));
                }
            }
        }
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
