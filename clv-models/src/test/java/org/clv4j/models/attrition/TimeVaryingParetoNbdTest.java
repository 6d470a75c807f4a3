// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.DataPolicy;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Covariates.Effect;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.inference.LikelihoodRatioTest;
import org.clv4j.models.internal.kernel.TimeVaryingLikelihood;
import org.clv4j.models.internal.kernel.TimeVaryingRows;
import org.junit.jupiter.api.Test;

/** The fit, its limits, and outputs on paths. */
class TimeVaryingParetoNbdTest {

    private static final LocalDate START = LocalDate.of(2023, 1, 2);
    private static final LocalDate END = START.plusWeeks(52);
    private static final TimeVaryingParetoNbd.Fitted TRUTH = TimeVaryingParetoNbd.Fitted.of(
            1.5, 8, 0.8, 20, Map.of("purchase:season", 0.6, "purchase:mail", 0.8, "dropout:mail", -0.5));

    /** A shared season in weeks, and campaigns of each customer. */
    private static CovariatePaths paths(int customers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CovariatePaths.Builder season = CovariatePaths.shared(List.of("season"));
        for (int week = 0; week < 104; week++) {
            season.add(START.plusWeeks(week), List.of(Math.round(100 * Math.sin(week / 8.0)) / 100.0));
        }
        CovariatePaths.Builder mail =
                CovariatePaths.ofCustomers(List.of("mail")).defaults(List.of(0));
        for (int i = 1; i <= customers; i++) {
            for (int week = random.nextInt(8); week < 104; week += 4 + random.nextInt(8)) {
                mail.add("C" + i, START.plusWeeks(week).plusDays(3), List.of(1));
                mail.add("C" + i, START.plusWeeks(week + 1 + random.nextInt(2)).plusDays(3), List.of(0));
            }
        }
        return season.build().and(mail.build()).withKnownUntil(START.plusWeeks(108));
    }

    private static CustomerBase simulated(CovariatePaths paths, int customers, long seed) {
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.ofDated(TRUTH.withPaths(paths), (purchases, s) -> ones(purchases), TimeScale.WEEKS)
                .simulateInto(log, "C", 0, customers, START, START.plusWeeks(12), END, seed);
        return CustomerBase.of(log.build(), Observation.until(END), TimeScale.WEEKS);
    }

    private static Covariates onPurchases(CovariatePaths paths) {
        return Covariates.of().with(Effect.PURCHASES, paths.names().toArray(new String[0]));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double probabilityAlive(TimeVaryingParetoNbd.Fitted model, CustomerBase base, int row) {
        return model.outlook(base, row).probabilityAlive();
    }

    @Test
    void gradientIsThatOfTheLikelihood() {
        CovariatePaths paths = paths(60, 1);
        CustomerBase base = simulated(paths, 60, 1);
        TimeVaryingRows rows = TimeVaryingRows.of(base, paths, new int[] {0, 1});
        TimeVaryingLikelihood likelihood = new TimeVaryingLikelihood(
                rows,
                new int[] {0, 1, 1, 0},
                new boolean[] {true, true, false, true},
                new boolean[] {false, false, true, true},
                Execution.sequential());
        for (double[] at : new double[][] {
            {1.5, 8, 0.8, 20, 0.4, 0.3, -0.2, 0.1},
            {0.3, 0.01, 2, 1e5, -1, 0.5, 1, 0.3},
            {30, 100, 0.1, 0.05, 1, -2, 2, -0.5}
        }) {
            double[] gradient = new double[8];
            likelihood.evaluate(at, gradient);
            for (int i = 0; i < 8; i++) {
                double step = 1e-3 * (i < 4 ? at[i] : 1);
                double[] values = new double[4];
                double[] offsets = {-2, -1, 1, 2};
                for (int k = 0; k < 4; k++) {
                    double[] moved = at.clone();
                    moved[i] += offsets[k] * step;
                    values[k] = likelihood.evaluate(moved, new double[8]);
                }
                double difference = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step);
                double scale = i < 4 ? at[i] : 1;
                assertThat(gradient[i] * scale)
                        .as("%s at %s", i, Arrays.toString(at))
                        .isCloseTo(difference * scale, within(2e-9 * (1 + Math.abs(difference * scale))));
            }
        }
    }

    /** The likelihood of the fit and that of the outputs are two programs. */
    @Test
    void theFitSeesTheLikelihoodOfTheOutputs() {
        CovariatePaths paths = paths(300, 2);
        CustomerBase base = simulated(paths, 300, 2);
        TimeVaryingParetoNbd.Fitted model = TimeVaryingParetoNbd.of(paths)
                .withCovariates(Covariates.of().with(Effect.PURCHASES, "season").with(Effect.EQUAL, "mail"))
                .fit(base);
        assertThat(model.parameters().keySet())
                .containsExactly("r", "alpha", "s", "beta", "purchase:season", "both:mail");
        double[] logs = new double[base.size()];
        model.logLikelihoodInto(base, 0, base.size(), logs);
        double sum = Arrays.stream(logs).sum();
        assertThat(model.report().orElseThrow().logLikelihood().orElseThrow())
                .isCloseTo(sum, within(1e-11 * Math.abs(sum)));
    }

    @Test
    void simulatedCustomersGiveTheirParametersBack() {
        CovariatePaths paths = paths(1000, 3);
        CustomerBase base = simulated(paths, 1000, 3);
        TimeVaryingParetoNbd.Fitted model = TimeVaryingParetoNbd.of(paths)
                .withCovariates(Covariates.of("mail").with(Effect.PURCHASES, "season"))
                .fit(base);
        FitReport report = model.report().orElseThrow();
        assertThat(report.converged()).as(report.summary()).isTrue();
        TRUTH.parameters()
                .forEach((parameter, truth) -> assertThat(report.parameters().get(parameter))
                        .as("%s in %s", parameter, report.summary())
                        .isCloseTo(truth, within(3 * report.standardErrors().get(parameter))));
        FitReport without = ParetoNbd.withDefaults().fit(base).report().orElseThrow();
        assertThat(LikelihoodRatioTest.of(without, report).pValue()).isLessThan(1e-10);
    }

    @Test
    void threadsGiveTheSameBits() {
        CovariatePaths paths = paths(300, 4);
        CustomerBase base = simulated(paths, 300, 4);
        FitReport one = TimeVaryingParetoNbd.of(paths).fit(base).report().orElseThrow();
        FitReport three = TimeVaryingParetoNbd.of(paths)
                .fit(base, Execution.ofThreads(3))
                .report()
                .orElseThrow();
        assertThat(three.parameters()).isEqualTo(one.parameters());
        assertThat(three.standardErrors()).isEqualTo(one.standardErrors());
        assertThat(three.logLikelihood()).isEqualTo(one.logLikelihood());
    }

    @Test
    void weightsAreRepetitions() {
        CovariatePaths paths = paths(200, 15);
        CustomerBase base = simulated(paths, 200, 15);
        double[] weights = new double[base.size()];
        Arrays.fill(weights, 4);
        TimeVaryingParetoNbd model = TimeVaryingParetoNbd.of(paths).withCovariates(onPurchases(paths));
        FitReport once = model.fit(base).report().orElseThrow();
        FitReport often = model.fit(base.withWeights(weights)).report().orElseThrow();
        once.parameters().forEach((name, value) -> {
            assertThat(often.parameters().get(name)).as(name).isCloseTo(value, within(1e-7 * Math.abs(value)));
            double error = once.standardErrors().get(name);
            assertThat(often.standardErrors().get(name)).as(name).isCloseTo(error / 2, within(1e-5 * error));
        });
        assertThat(often.customers()).isEqualTo(4.0 * base.size());
    }

    /** Rows outside the window, pieces cut in two and another zero point of a covariate tell the fit nothing. */
    @Test
    void theFitDoesNotDependOnHowThePathIsWritten() {
        int customers = 300;
        CustomerBase base = simulated(paths(customers, 5), customers, 5);
        CovariatePaths.Builder plain = CovariatePaths.shared(List.of("season"));
        CovariatePaths.Builder other = CovariatePaths.shared(List.of("season"));
        other.add(START.minusYears(3), List.of(77));
        for (int week = 0; week <= 52; week += 2) {
            double value = (week * 7 % 11) / 10.0;
            plain.add(START.plusWeeks(week), List.of(value));
            other.add(START.plusWeeks(week), List.of(5 + 2 * value));
            other.add(START.plusWeeks(week).plusDays(5), List.of(5 + 2 * value));
        }
        other.add(END.plusDays(1), List.of(1e6));
        TimeVaryingParetoNbd.Fitted one = TimeVaryingParetoNbd.of(plain.build()).fit(base);
        TimeVaryingParetoNbd.Fitted two = TimeVaryingParetoNbd.of(other.build()).fit(base);
        double effect = one.effects().get("purchase:season");
        assertThat(two.effects().get("purchase:season")).isCloseTo(effect / 2, within(1e-7));
        assertThat(two.report().orElseThrow().standardErrors().get("purchase:season"))
                .isCloseTo(one.report().orElseThrow().standardErrors().get("purchase:season") / 2, within(1e-6));
        assertThat(two.alpha()).isCloseTo(one.alpha() * Math.exp(effect * 5 / 2), within(1e-6 * two.alpha()));
        assertThat(two.report().orElseThrow().logLikelihood().orElseThrow())
                .isCloseTo(one.report().orElseThrow().logLikelihood().orElseThrow(), within(1e-7));
    }

    @Test
    void thePenaltyShrinksEffects() {
        CovariatePaths paths = paths(300, 6);
        CustomerBase base = simulated(paths, 300, 6);
        double last = Double.POSITIVE_INFINITY;
        for (double strength : new double[] {0, 10, 1000, 1e8}) {
            TimeVaryingParetoNbd.Fitted fitted = TimeVaryingParetoNbd.of(paths)
                    .withCovariates(onPurchases(paths).withPenalty(strength))
                    .fit(base);
            double effect = Math.abs(fitted.effects().get("purchase:season"));
            assertThat(effect).isLessThan(last);
            last = effect;
        }
        assertThat(last).isLessThan(1e-4);
    }

    @Test
    void withoutEffectsItIsParetoNbd() {
        CovariatePaths paths = paths(100, 7).holdingLast();
        CustomerBase base = simulated(paths, 100, 7);
        ParetoNbd.Fitted plain = ParetoNbd.Fitted.of(0.7, 5, 0.9, 12);
        TimeVaryingParetoNbd.Fitted none = TimeVaryingParetoNbd.Fitted.of(
                        0.7, 5, 0.9, 12, Map.of("purchase:season", 0, "dropout:mail", 0))
                .withPaths(paths);
        assertSame(base, none, plain);
    }

    @Test
    void aPathThatNeverChangesScalesTheRates() {
        CovariatePaths never = CovariatePaths.shared(List.of("z"))
                .add(START, List.of(0.5))
                .add(START.plusDays(100), List.of(0.5))
                .build()
                .holdingLast();
        CustomerBase base = simulated(paths(100, 8), 100, 8);
        ParetoNbd.Fitted plain = ParetoNbd.Fitted.of(0.7, 5 * Math.exp(-0.5 * 0.8), 0.9, 12 * Math.exp(-0.5 * -1.2));
        TimeVaryingParetoNbd.Fitted scaled = TimeVaryingParetoNbd.Fitted.of(
                        0.7, 5, 0.9, 12, Map.of("purchase:z", 0.8, "dropout:z", -1.2))
                .withPaths(never);
        assertSame(base, scaled, plain);
    }

    private static void assertSame(CustomerBase base, TimeVaryingParetoNbd.Fitted one, ParetoNbd.Fitted other) {
        for (int row = 0; row < base.size(); row++) {
            TimeVaryingParetoNbd.Outlook outlook = one.outlook(base, row);
            int x = base.frequency(row);
            double last = base.recency(row);
            double age = base.age(row);
            same(outlook.logLikelihood(), other.logLikelihood(x, last, age));
            same(outlook.probabilityAlive(), other.probabilityAlive(x, last, age));
            same(outlook.probabilityActive(30), other.probabilityActive(x, last, age, 30));
            same(outlook.probabilityAliveAt(30), other.probabilityAliveAt(x, last, age, 30));
            same(outlook.expectedTransactions(30), other.expectedTransactions(x, last, age, 30));
            same(
                    outlook.discountedExpectedTransactions(30, 0.002),
                    other.discountedExpectedTransactions(x, last, age, 30, 0.002));
            same(
                    outlook.discountedExpectedResidualTransactions(0.002),
                    other.discountedExpectedResidualTransactions(x, last, age, 0.002));
            same(outlook.expectedPurchaseRate(), other.expectedPurchaseRate(x, last, age));
            same(outlook.expectedDropoutRate(), other.expectedDropoutRate(x, last, age));
            for (int n : new int[] {0, 1, 6, 50}) {
                same(
                        outlook.probabilityOfFutureTransactions(n, 30),
                        other.probabilityOfFutureTransactions(n, x, last, age, 30));
            }
            same(outlook.expectedTimeToNextPurchase(30), other.expectedTimeToNextPurchase(x, last, age, 30));
            assertThat(outlook.expectedDateOfNextPurchase(30))
                    .isEqualTo(other.expectedDateOfNextPurchase(base, row, 30).orElseThrow());
            for (double probability : new double[] {0, 0.05, 0.5, 0.97}) {
                same(
                        outlook.timeToNextPurchaseQuantile(probability),
                        other.timeToNextPurchaseQuantile(x, last, age, probability));
            }
        }
    }

    private static void same(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-11 * Math.abs(expected)));
    }

    /** Scalar methods mean covariates of 0 throughout; batches are the outlook. */
    @Test
    void batchesAreTheOutlookAndScalarsCovariatesOfZero() {
        CovariatePaths paths = paths(50, 9).holdingLast();
        CustomerBase base = simulated(paths, 50, 9);
        TimeVaryingParetoNbd.Fitted model = TRUTH.withPaths(paths);
        double[] out = new double[20];
        model.expectedTransactionsInto(base, 10, 30, 26, out);
        double[] alive = new double[20];
        model.probabilityAliveInto(base, 10, 30, alive);
        double[] rates = new double[20];
        model.expectedPurchaseRateInto(base, 10, 30, rates);
        double[] three = new double[20];
        model.probabilityOfFutureTransactionsInto(base, 10, 30, 3, 26, three);
        double[] next = new double[20];
        model.expectedTimeToNextPurchaseInto(base, 10, 30, 26, next);
        double[] median = new double[20];
        model.timeToNextPurchaseQuantileInto(base, 10, 30, 0.5, median);
        double[] draws = new double[20];
        model.futureTransactionsInto(base, 10, 30, 26, 1, draws);
        double[] again = new double[5];
        model.futureTransactionsInto(base, 12, 17, 26, 1, again);
        assertThat(again).containsExactly(Arrays.copyOfRange(draws, 2, 7));
        for (int i = 0; i < 20; i++) {
            assertThat(out[i]).isEqualTo(model.outlook(base, 10 + i).expectedTransactions(26));
            assertThat(alive[i]).isEqualTo(probabilityAlive(model, base, 10 + i));
            assertThat(rates[i]).isEqualTo(model.outlook(base, 10 + i).expectedPurchaseRate());
            assertThat(three[i]).isEqualTo(model.outlook(base, 10 + i).probabilityOfFutureTransactions(3, 26));
            assertThat(next[i]).isEqualTo(model.outlook(base, 10 + i).expectedTimeToNextPurchase(26));
            assertThat(median[i]).isEqualTo(model.outlook(base, 10 + i).timeToNextPurchaseQuantile(0.5));
            assertThat(model.expectedDateOfNextPurchase(base, 10 + i, 26))
                    .contains(END.plusDays((long) Math.ceil(next[i] * 7 - 1e-9)));
        }
        ParetoNbd.Fitted atZero = ParetoNbd.Fitted.of(TRUTH.r(), TRUTH.alpha(), TRUTH.s(), TRUTH.beta());
        assertThat(model.probabilityAlive(2, 20, 30)).isEqualTo(atZero.probabilityAlive(2, 20, 30));
        assertThat(model.expectedTransactionsOfNewCustomer(30)).isEqualTo(atZero.expectedTransactionsOfNewCustomer(30));
        assertThat(model.probabilityOfTransactions(4, 30)).isEqualTo(atZero.probabilityOfTransactions(4, 30));
        assertThat(model.probabilityOfFutureTransactions(4, 2, 20, 30, 10))
                .isEqualTo(atZero.probabilityOfFutureTransactions(4, 2, 20, 30, 10));
        assertThat(model.expectedTimeToNextPurchase(2, 20, 30, 10))
                .isEqualTo(atZero.expectedTimeToNextPurchase(2, 20, 30, 10));
        assertThat(model.timeToNextPurchaseQuantile(2, 20, 30, 0.7))
                .isEqualTo(atZero.timeToNextPurchaseQuantile(2, 20, 30, 0.7));
    }

    /** Counts sum to 1 with the mean that is promised, and the next purchase is when the customer becomes active. */
    @Test
    void whatIsAheadFitsTogether() {
        CovariatePaths paths = paths(8, 16).holdingLast();
        CustomerBase base = simulated(paths, 8, 16);
        TimeVaryingParetoNbd.Fitted model = TRUTH.withPaths(paths);
        for (int row = 0; row < base.size(); row++) {
            TimeVaryingParetoNbd.Outlook outlook = model.outlook(base, row);
            double sum = 0;
            double mean = 0;
            for (int n = 0; n < 200; n++) {
                double probability = outlook.probabilityOfFutureTransactions(n, 26);
                sum += probability;
                mean += n * probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            same(mean, outlook.expectedTransactions(26));
            double active = outlook.probabilityActive(26);
            assertThat(1 - outlook.probabilityOfFutureTransactions(0, 26)).isCloseTo(active, within(1e-14));
            assertThat(outlook.probabilityOfFutureTransactions(0, 0)).isEqualTo(1);
            assertThat(outlook.probabilityOfFutureTransactions(1, 0)).isZero();
            double ever = outlook.probabilityActive(1e300);
            for (double probability : new double[] {0.001, 0.3, 0.5, 0.8, 0.999}) {
                double time = outlook.timeToNextPurchaseQuantile(probability);
                assertThat(outlook.probabilityActive(time) / ever).isCloseTo(probability, within(1e-12));
            }
            // The mean as the area above the distribution: the midpoint rule on its bends, which are days.
            double area = 0;
            int steps = 26 * 7 * 4;
            for (int i = 0; i < steps; i++) {
                area += 1 - outlook.probabilityActive(26.0 * (i + 0.5) / steps) / active;
            }
            assertThat(outlook.expectedTimeToNextPurchase(26)).isCloseTo(26 * area / steps, within(1e-4));
        }
    }

    /** A customer acquired now makes what the simulator of new customers makes. */
    @Test
    void newCustomersAreAsTheSimulatorMakesThem() {
        CovariatePaths paths = paths(1, 17).holdingLast();
        TransactionLog log =
                TransactionLog.builder().add("C1", END, BigDecimal.ONE).build();
        CustomerBase base = CustomerBase.of(log, Observation.until(END), TimeScale.WEEKS);
        TimeVaryingParetoNbd.Fitted model = TRUTH.withPaths(paths);
        int customers = 10_000;
        int[] counts = new int[8];
        double sum = 0;
        double squares = 0;
        int active = 0;
        for (int i = 0; i < customers; i++) {
            double[] times = model.simulateTransactionTimes("C1", END, TimeScale.WEEKS, 26, i);
            counts[Math.min(7, times.length)]++;
            if (times.length > 0) {
                active++;
                sum += times[0];
                squares += times[0] * times[0];
            }
        }
        TimeVaryingParetoNbd.Outlook outlook = model.outlook(base, 0);
        for (int n = 0; n < 7; n++) {
            share(counts[n] / (double) customers, outlook.probabilityOfFutureTransactions(n, 26), customers);
        }
        double mean = sum / active;
        double error = Math.sqrt((squares / active - mean * mean) / active);
        assertThat(outlook.expectedTimeToNextPurchase(26)).isCloseTo(mean, within(4.5 * error));
    }

    /** Draws have the moments that the formulas say. */
    @Test
    void drawsAgreeWithTheFormulas() {
        CovariatePaths paths = paths(20, 10);
        CustomerBase base = simulated(paths, 20, 10);
        TimeVaryingParetoNbd.Fitted model = TRUTH.withPaths(paths);
        int draws = 10_000;
        for (int row = 0; row < base.size(); row++) {
            TimeVaryingParetoNbd.Outlook outlook = model.outlook(base, row);
            double alive = 0;
            double later = 0;
            double count = 0;
            double squares = 0;
            double active = 0;
            double two = 0;
            for (CustomerDraw draw : outlook.sample(26, draws, 11)) {
                alive += draw.alive() ? 1 : 0;
                later += draw.lifetime() > base.age(row) + 26 ? 1 : 0;
                count += draw.futureTransactions();
                squares += (double) draw.futureTransactions() * draw.futureTransactions();
                active += draw.futureTransactions() > 0 ? 1 : 0;
                two += draw.futureTransactions() == 2 ? 1 : 0;
                if (!draw.alive()) {
                    assertThat(draw.lifetime()).isBetween(base.recency(row), base.age(row));
                }
            }
            share(alive / draws, outlook.probabilityAlive(), draws);
            share(later / draws, outlook.probabilityAliveAt(26), draws);
            share(active / draws, outlook.probabilityActive(26), draws);
            share(two / draws, outlook.probabilityOfFutureTransactions(2, 26), draws);
            double mean = count / draws;
            double error = Math.sqrt((squares / draws - mean * mean) / draws);
            assertThat(mean).isCloseTo(outlook.expectedTransactions(26), within(4.5 * error + 1e-3));
        }
    }

    private static void share(double actual, double expected, int draws) {
        assertThat(actual).isCloseTo(expected, within(4.5 * Math.sqrt(expected * (1 - expected) / draws) + 1e-4));
    }

    @Test
    void hardCustomersHaveFiniteOutputs() {
        CovariatePaths.Builder z = CovariatePaths.shared(List.of("z"));
        for (int week = 0; week < 60; week++) {
            z.add(START.plusWeeks(week), List.of(week % 3 == 0 ? 5 : week % 3 == 1 ? -5 : 0));
        }
        CovariatePaths paths = z.build().holdingLast();
        TransactionLog.Builder log = TransactionLog.builder();
        for (int day = 0; day < 300; day++) {
            log.add("often", START.plusDays(day), BigDecimal.ONE);
        }
        log.add("once", START, BigDecimal.ONE);
        log.add("today", END, BigDecimal.ONE);
        CustomerBase base = CustomerBase.of(log.build(), Observation.until(END), TimeScale.WEEKS);
        double[] shapes = {1e-6, 0.5, 1, 50, 1e4};
        double[] scales = {1e-8, 10, 1e8};
        for (double shape : shapes) {
            for (double scale : scales) {
                for (double other : scales) {
                    for (double effect : new double[] {-10, 0.1, 10}) {
                        TimeVaryingParetoNbd.Fitted model = TimeVaryingParetoNbd.Fitted.of(
                                        shape,
                                        scale,
                                        1 / shape,
                                        other,
                                        Map.of("purchase:z", effect, "dropout:z", -effect))
                                .withPaths(paths);
                        for (int row = 0; row < base.size(); row++) {
                            TimeVaryingParetoNbd.Outlook outlook = model.outlook(base, row);
                            assertThat(new double[] {
                                        outlook.logLikelihood(),
                                        outlook.expectedTransactions(1000),
                                        outlook.expectedTransactions(1e300),
                                        outlook.discountedExpectedTransactions(1e300, 1e-3),
                                        outlook.discountedExpectedResidualTransactions(1e-3),
                                        outlook.expectedPurchaseRate(),
                                        outlook.expectedDropoutRate()
                                    })
                                    .as("%s of %s", base.id(row), model)
                                    .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
                            double alive = outlook.probabilityAlive();
                            assertThat(alive).isBetween(0.0, 1.0);
                            assertThat(outlook.probabilityActive(1e300)).isBetween(0.0, alive);
                            assertThat(outlook.probabilityAliveAt(1e300)).isBetween(0.0, alive);
                            assertThat(outlook.sample(10, 3, 1)).hasSize(3);
                            assertThat(outlook.probabilityOfFutureTransactions(0, 26))
                                    .isBetween(0.0, 1.0);
                            assertThat(outlook.probabilityOfFutureTransactions(20, 26))
                                    .isBetween(0.0, 1.0);
                            assertThat(outlook.expectedTimeToNextPurchase(26)).isBetween(0.0, 26.0);
                            assertThat(outlook.timeToNextPurchaseQuantile(0.2)).isBetween(0.0, Double.MAX_VALUE);
                        }
                    }
                }
            }
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        CovariatePaths paths = paths(30, 12);
        CustomerBase base = simulated(paths, 30, 12);
        TimeVaryingParetoNbd model = TimeVaryingParetoNbd.of(paths);
        assertThatThrownBy(() -> model.withCovariates(Covariates.of("weather")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weather")
                .hasMessageContaining("season");
        assertThatThrownBy(() -> model.withCovariates(Covariates.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pareto-nbd");
        assertThatThrownBy(() -> model.withCovariates(Covariates.of("season").withCategories("season")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("numbers");
        CustomerBase summaries = CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 1, 1, 2)), TimeScale.WEEKS);
        assertThatThrownBy(() -> model.fit(summaries))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("summaries");
        assertThatThrownBy(() -> TRUTH.withPaths(paths).outlook(summaries, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("summaries");
        assertThatThrownBy(() -> TRUTH.outlook(base, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("withPaths");
        TimeVaryingParetoNbd.Outlook outlook = TRUTH.withPaths(paths).outlook(base, 0);
        // Known until the end of the 56th week after the calibration end.
        assertThat(outlook.expectedTransactions(56 + 1 / 7.0)).isPositive();
        assertThatThrownBy(() -> outlook.expectedTransactions(56 + 2 / 7.0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(START.plusWeeks(108).plusDays(1).toString())
                .hasMessageContaining(START.plusWeeks(108).toString())
                .hasMessageContaining(base.id(0));
        assertThatThrownBy(() -> outlook.discountedExpectedResidualTransactions(0.01))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> outlook.timeToNextPurchaseQuantile(0.5))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("for ever");
        assertThatThrownBy(() -> outlook.timeToNextPurchaseQuantile(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`probability`");
        assertThatThrownBy(() -> outlook.probabilityOfFutureTransactions(-1, 26))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`transactions`");
        assertThatThrownBy(() -> outlook.probabilityOfFutureTransactions(1, 57)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> outlook.expectedTimeToNextPurchase(57)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> outlook.expectedTransactions(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`horizon`");
        CovariatePaths flat = CovariatePaths.shared(List.of("flat"))
                .add(START, List.of(3))
                .build()
                .holdingLast();
        assertThatThrownBy(() -> TimeVaryingParetoNbd.of(flat).fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'flat'")
                .hasMessageContaining("vary");
        assertThatThrownBy(() -> TRUTH.withPaths(flat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[flat]");
        assertThatThrownBy(() -> TimeVaryingParetoNbd.Fitted.of(1, 1, 1, 1, Map.of("season", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("purchase:NAME");
        assertThatThrownBy(() -> TimeVaryingParetoNbd.Fitted.of(1, 1, 1, 1, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        TransactionLog log = TransactionLog.builder()
                .add("C1", START, BigDecimal.ONE)
                .add("C1", START.plusDays(30), BigDecimal.ONE)
                .build();
        CustomerBase coarse = CustomerBase.of(
                log,
                Observation.until(END.minusDays(3)),
                TimeScale.WEEKS,
                DataPolicy.withDefaults().withOccasionPeriod(TimeScale.WEEKS));
        assertThatThrownBy(() -> TRUTH.withPaths(paths).outlook(coarse, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("occasions of a day");
        TimeVaryingParetoNbd.Fitted far = TimeVaryingParetoNbd.Fitted.of(1, 1, 1, 1, Map.of("purchase:season", 1e4));
        assertThatThrownBy(() -> far.withPaths(paths).outlook(base, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(base.id(0));
    }

    @Test
    void aReportMakesTheModelAgain() {
        CovariatePaths paths = paths(200, 13);
        CustomerBase base = simulated(paths, 200, 13);
        TimeVaryingParetoNbd.Fitted model = TimeVaryingParetoNbd.of(paths).fit(base);
        TimeVaryingParetoNbd.Fitted again =
                TimeVaryingParetoNbd.Fitted.ofReport(model.report().orElseThrow());
        assertThat(again.paths()).isEmpty();
        assertThat(again.parameters()).isEqualTo(model.parameters());
        assertThat(again.withPaths(paths).outlook(base, 3).expectedTransactions(20))
                .isEqualTo(model.outlook(base, 3).expectedTransactions(20));
        assertThat(model.paths()).containsSame(paths);
        assertThat(model.report().orElseThrow().timeScale()).contains(TimeScale.WEEKS);
    }

    /** Calendar months have no day grid; a path's days are fractions of them. */
    @Test
    void monthsWork() {
        CovariatePaths paths = paths(100, 14);
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.ofDated(TRUTH.withPaths(paths), (purchases, s) -> ones(purchases), TimeScale.WEEKS)
                .simulateInto(log, "C", 0, 100, START, START.plusWeeks(12), END, 14);
        CustomerBase base = CustomerBase.of(log.build(), Observation.until(END), TimeScale.MONTHS);
        TimeVaryingParetoNbd.Fitted model = TimeVaryingParetoNbd.of(paths)
                .withCovariates(onPurchases(paths))
                .fit(base);
        assertThat(model.report().orElseThrow().logLikelihood().orElseThrow()).isFinite();
        assertThat(model.outlook(base, 0).expectedTransactions(6)).isPositive();
    }
}
