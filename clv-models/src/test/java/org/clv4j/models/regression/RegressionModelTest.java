// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.CustomerHistory;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.DataPolicy;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.Outcomes;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FeatureCatalog;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.Interval;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerCatalog;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.PredictionTask;
import org.clv4j.core.learn.Target;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
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

/** What a regression learns from, as of when, and what it makes of it. */
class RegressionModelTest {

    private static final CustomerBase BASE = Shop.base(400, 1, TimeScale.WEEKS, Refunds.NET);
    private static final LocalDate END = Shop.START.plusDays(Shop.DAYS);
    private static final List<Feature> FEW = List.of(
            HistoryFeature.of("orders", CustomerHistory::occasions),
            HistoryFeature.of("silence", CustomerHistory::timeSinceLastPurchase),
            HistoryFeature.of("paid", CustomerHistory::total));
    private static final PredictionTask TASK = PredictionTask.of(26).withFeatures(FEW);

    /** Keeps what it was given to learn from. */
    private static final class Recorder implements Learner {
        private final List<TrainingData> seen = new ArrayList<>();

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public FittedLearner fit(TrainingData data, Execution execution) {
            seen.add(data);
            return LinearRegression.withDefaults().fit(data, execution);
        }

        /** All rows, which come first; the folds come later. */
        TrainingData all() {
            return seen.get(0);
        }
    }

    private static RegressionModel.Fitted ols(PredictionTask task, CustomerBase base) {
        return RegressionModel.of(LinearRegression.withDefaults(), task).fit(base);
    }

    private static String provenance(RegressionModel.Fitted fitted, String key) {
        return fitted.reports().get(0).provenance().getOrDefault(key, "");
    }

    private static double[] targets(Target target, CustomerHistories histories, double horizon) {
        return target.of(Outcomes.of(histories, horizon));
    }

    @ParameterizedTest
    @CsvSource({
        "WEEKS, 26, 2022-07-04, 2022-01-03",
        "WEEKS, 25.9, 2022-07-04, 2022-01-03",
        "WEEKS, 26.01, 2022-07-04, 2022-01-02",
        "DAYS, 10, 2022-03-01, 2022-02-19",
        "MONTHS, 1, 2024-02-29, 2024-01-31",
        "MONTHS, 1, 2024-02-28, 2024-01-28",
        "MONTHS, 1, 2023-02-28, 2023-01-31",
        "MONTHS, 12, 2024-02-29, 2023-02-28",
        "YEARS, 1, 2024-02-28, 2023-02-28",
        "YEARS, 0.5, 2024-01-01, 2023-07-02",
    })
    void theDefaultCutOffIsTheLastWhoseHorizonIsOver(
            TimeScale unit, double horizon, LocalDate end, LocalDate expected) {
        LocalDate start = LocalDate.of(2021, 6, 1);
        TransactionLog.Builder log = TransactionLog.builder();
        for (long c = 0; c < 6; c++) {
            log.add("c" + c, start, BigDecimal.valueOf(3L + c * c));
            // On the last day of the horizon, and on the day after.
            log.add("c" + c, end, BigDecimal.valueOf(10L + c));
            log.add("c" + c, end.plusDays(1), BigDecimal.valueOf(100));
        }
        CustomerBase base = CustomerBase.of(log.build(), Observation.until(end), unit);
        Recorder recorder = new Recorder();
        RegressionModel.Fitted fitted = RegressionModel.of(
                        recorder,
                        PredictionTask.of(horizon)
                                .withFeatures(List.of(HistoryFeature.of("paid", CustomerHistory::total)))
                                .withIntervals(0.5, 0))
                .fit(base);
        LocalDate day = LocalDate.parse(provenance(fitted, "cut-offs"));
        assertThat(day).isEqualTo(expected);
        assertThat(unit.plus(day, horizon)).isBeforeOrEqualTo(end);
        assertThat(unit.plus(day.plusDays(1), horizon)).isAfter(end);
        boolean reachesTheEnd = unit.plus(day, horizon).equals(end);
        assertThat(Regressions.targets(recorder.all()))
                .containsExactly(reachesTheEnd ? new double[] {10, 11, 12, 13, 14, 15} : new double[6]);
    }

    @Test
    void cutOffsAreStackedTheEarliestFirst() {
        for (PredictionTask task : List.of(
                TASK.withCutOffCount(3),
                TASK.withCutOffs(List.of(END.minusDays(182), END.minusDays(546), END.minusDays(364))))) {
            Recorder recorder = new Recorder();
            RegressionModel.Fitted fitted = RegressionModel.of(recorder, task).fit(BASE);
            List<LocalDate> days = List.of(END.minusDays(546), END.minusDays(364), END.minusDays(182));
            assertThat(provenance(fitted, "cut-offs")).isEqualTo(days.get(0) + ", " + days.get(1) + ", " + days.get(2));
            List<CustomerHistories> histories =
                    days.stream().map(BASE::historiesAt).toList();
            assertThat(Regressions.targets(recorder.all()))
                    .containsExactly(histories.stream()
                            .flatMapToDouble(h -> DoubleStream.of(targets(Target.NET_VALUE, h, 26)))
                            .toArray());
            assertThat(recorder.all().features().column("paid"))
                    .containsExactly(histories.stream()
                            .flatMapToDouble(h -> IntStream.range(0, h.size())
                                    .mapToDouble(row -> h.history(row).total()))
                            .toArray());
            assertThat(provenance(fitted, "rows"))
                    .isEqualTo(Integer.toString(recorder.all().rows()));
            // Once with all, and once without each fold.
            assertThat(recorder.seen).hasSize(6);
        }
    }

    @Test
    void asManyCutOffsAsThereWereCustomers() {
        Recorder recorder = new Recorder();
        RegressionModel.Fitted fitted =
                RegressionModel.of(recorder, TASK.withCutOffCount(1000)).fit(BASE);
        assertThat(provenance(fitted, "cut-offs").split(", ", -1)).hasSize(4).startsWith("2022-01-03");
        // Days by which nobody had bought are no rows; without any other there is nothing to learn.
        assertThat(provenance(
                        ols(TASK.withCutOffs(List.of(LocalDate.of(2000, 1, 1), END.minusDays(182))), BASE), "cut-offs"))
                .isEqualTo(END.minusDays(182).toString());
        assertThatThrownBy(() -> ols(TASK.withCutOffs(List.of(LocalDate.of(2000, 1, 1))), BASE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no customer has a horizon of 26.0 weeks");
    }

    @Test
    void horizonsThatAreNotOverAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ols(TASK.withCutOffs(List.of(END.minusDays(181))), BASE))
                .withMessageContaining("`horizon` must be over at the end of the observation, " + END);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ols(TASK.withCutOffs(List.of(END.plusDays(1))), BASE))
                .withMessageContaining("`day` must not be after the end");
        assertThatThrownBy(() -> ols(PredictionTask.of(105), BASE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "a horizon of 105.0 weeks is longer than the observation since the first purchase");
        assertThatThrownBy(() -> ols(TASK.ofNewCustomers(100), BASE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no customer has a horizon");
    }

    @Test
    void nothingAfterTheObservationIsLearned() {
        TransactionLog log = Shop.log(200, 5);
        LocalDate end = END.minusDays(200);
        TransactionLog.Builder cut = TransactionLog.builder();
        for (int row = 0; row < log.size(); row++) {
            if (!log.date(row).isAfter(end)) {
                cut.add(log.transaction(row));
            }
        }
        DataPolicy drop = DataPolicy.withDefaults().withRefunds(Refunds.DROP);
        CustomerBase with = CustomerBase.of(log, Observation.until(end), TimeScale.WEEKS, drop);
        CustomerBase without = CustomerBase.of(cut.build(), Observation.until(end), TimeScale.WEEKS, drop);
        for (PredictionTask task : List.of(TASK, TASK.withCutOffCount(2), TASK.ofNewCustomers(4))) {
            assertThat(ols(task, with).state()).isEqualTo(ols(task, without).state());
        }
    }

    @Test
    void newCustomersAsOfTheirOwnDays() {
        Recorder recorder = new Recorder();
        RegressionModel.Fitted fitted =
                RegressionModel.of(recorder, TASK.ofNewCustomers(4)).fit(BASE);
        CustomerHistories known = BASE.historiesAfter(4);
        int[] over = IntStream.range(0, known.size())
                .filter(row -> !known.asOf(row).plusDays(182).isAfter(END))
                .toArray();
        assertThat(Regressions.targets(recorder.all()))
                .containsExactly(targets(Target.NET_VALUE, known.select(over), 26));
        assertThat(provenance(fitted, "cut-offs")).isEqualTo("4 weeks after the first purchase");
        assertThat(fitted.firstPeriods()).hasValue(4);
        CustomerBase old = BASE.select(row ->
                IntStream.range(0, known.size()).anyMatch(i -> known.id(i).equals(BASE.id(row))));
        CustomerValues values = fitted.value(old, terms(0, CashFlowTiming.AT_PURCHASE));
        assertThat(values.column(ValueColumn.CLV)).containsExactly(fitted.predict(known));
        assertThat(values.warnings()).containsExactly("values are as of 4 weeks after each customer's first purchase");
    }

    /** Who gave everything back within the horizon is learned from like the others. */
    @Test
    void newCustomersWhoReturnAllAreNotForgotten() {
        TransactionLog.Builder log = TransactionLog.builder();
        LocalDate start = LocalDate.of(2023, 1, 2);
        for (long c = 0; c < 8; c++) {
            log.add("c" + c, start.plusDays(c), BigDecimal.valueOf(10L + c * c));
        }
        log.add("back", start, BigDecimal.TEN);
        log.add("back", start.plusDays(20), BigDecimal.TEN.negate());
        log.add("back", start.plusDays(300), BigDecimal.ONE);
        CustomerBase base = CustomerBase.of(
                log.build(),
                Observation.until(start.plusDays(310)),
                TimeScale.WEEKS,
                DataPolicy.withDefaults().withRefunds(Refunds.NET));
        Recorder recorder = new Recorder();
        RegressionModel.of(
                        recorder,
                        PredictionTask.of(10)
                                .withFeatures(FEW.subList(2, 3))
                                .withIntervals(0.5, 0)
                                .ofNewCustomers(1))
                .fit(base);
        double[] targets = Regressions.targets(recorder.all());
        assertThat(targets).hasSize(9).contains(-10);
    }

    @Test
    void customersWhoAreTooYoungAreNamed() {
        RegressionModel.Fitted fitted = ols(TASK.ofNewCustomers(52), BASE);
        CustomerBase all = Shop.base(400, 1, TimeScale.WEEKS, Refunds.NET);
        CustomerBase shorter = CustomerBase.of(
                Shop.log(400, 1),
                Observation.until(Shop.START.plusDays(400)),
                TimeScale.WEEKS,
                DataPolicy.withDefaults().withRefunds(Refunds.NET));
        assertThat(fitted.histories(all).size()).isGreaterThan(380);
        assertThatThrownBy(() -> fitted.value(shorter, terms(0, CashFlowTiming.AT_PURCHASE)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("customers whose first 52 weeks are over, but ")
                .hasMessageContaining("of the " + shorter.size() + " are younger");
    }

    @Test
    void weightsGoToTheLearner() {
        double[] weights = IntStream.range(0, BASE.size())
                .mapToDouble(row -> 1 + row % 5 / 2.0)
                .toArray();
        CustomerBase weighted = BASE.withWeights(weights);
        Recorder recorder = new Recorder();
        RegressionModel.Fitted fitted =
                RegressionModel.of(recorder, TASK.withCutOffCount(2)).fit(weighted);
        List<CustomerHistories> histories =
                List.of(weighted.historiesAt(END.minusDays(364)), weighted.historiesAt(END.minusDays(182)));
        double[] expected = histories.stream()
                .flatMapToDouble(h -> IntStream.range(0, h.size()).mapToDouble(row -> weights[BASE.indexOf(h.id(row))]))
                .toArray();
        assertThat(IntStream.range(0, recorder.all().rows())
                        .mapToDouble(recorder.all()::weight)
                        .toArray())
                .containsExactly(expected);
        assertThat(fitted.reports().get(0).customers())
                .isCloseTo(Arrays.stream(expected).sum(), within(1e-9));
        // Recalibration takes them as well: of few groups of predictions, the total is that of the weighted targets.
        CustomerBase even = BASE.withWeights(
                IntStream.range(0, BASE.size()).mapToDouble(row -> 2).toArray());
        assertThat(ols(TASK.withRecalibration(true), even).predict(BASE.histories()))
                .containsExactly(ols(TASK.withRecalibration(true), BASE).predict(BASE.histories()), within(1e-6));
    }

    @Test
    void columnsThatTellNothingAreLeftOut() {
        List<Feature> features = new ArrayList<>(FEW);
        features.add(1, HistoryFeature.of("seven", h -> 7));
        features.add(HistoryFeature.of("sum", h -> h.occasions() - 2 * h.timeSinceLastPurchase() + 3));
        PredictionTask task = TASK.withFeatures(features);
        RegressionModel.Fitted fitted = ols(task, BASE);
        assertThat(provenance(fitted, "columns left out")).isEqualTo("seven, sum");
        assertThat(fitted.features().columns()).containsExactly("orders", "silence", "paid");
        assertThat(fitted.predict(BASE.histories()))
                .containsExactly(ols(TASK, BASE).predict(BASE.histories()));
        assertThat(provenance(ols(TASK, BASE), "columns left out")).isEmpty();
        // Constant among those who bought again: two-part models could not tell.
        CustomerHistories then = BASE.historiesAt(END.minusDays(182));
        double[] value = targets(Target.NET_VALUE, then, 26);
        Feature odd = HistoryFeature.of("odd", h -> {
            int row = IntStream.range(0, then.size())
                    .filter(i -> then.id(i).equals(h.id()))
                    .findFirst()
                    .orElse(0);
            return value[row] > 0 ? 1 : row % 2;
        });
        RegressionModel.Fitted two = RegressionModel.of(
                        TwoPart.gamma(),
                        TASK.withFeatures(List.of(FEW.get(0), odd)).withNegativeAsZero(true))
                .fit(BASE);
        assertThat(provenance(two, "columns left out")).isEqualTo("odd");
        assertThatThrownBy(() -> ols(TASK.withFeatures(List.of(features.get(1))), BASE))
                .isInstanceOf(ModelException.class)
                .hasMessage("no feature tells customers apart: all of [seven] are constant");
    }

    /** A level that two customers have, who may both be in one fold. */
    @Test
    void rareLevelsDoNotStopTheFolds() {
        for (int seed = 0; seed < 3; seed++) {
            String one = BASE.id(17 + seed);
            String other = BASE.id(30 + 2 * seed);
            Feature rare = HistoryFeature.of("rare", h -> h.id().equals(one) || h.id().equals(other) ? 1 : 0);
            for (Learner learner : List.of(LinearRegression.withDefaults(), TwoPart.gamma())) {
                RegressionModel.Fitted fitted = RegressionModel.of(
                                learner,
                                TASK.withFeatures(List.of(FEW.get(0), rare))
                                        .withNegativeAsZero(true)
                                        .withIntervals(0.9, 2)
                                        .withSeed(seed))
                        .fit(BASE);
                assertThat(fitted.predict(BASE.histories())).doesNotContain(Double.NaN);
            }
        }
    }

    @Test
    void refundsBeyondPurchasesCanBeTakenForNothing() {
        TransactionLog.Builder log = TransactionLog.builder();
        TransactionLog shop = Shop.log(200, 1);
        for (int row = 0; row < shop.size(); row++) {
            log.add(shop.transaction(row));
        }
        for (int c = 0; c < 3; c++) {
            log.add(BASE.historiesAt(END.minusDays(300)).id(c), END.minusDays(150), BigDecimal.valueOf(-9));
        }
        CustomerBase base = CustomerBase.of(
                log.build(),
                Observation.until(END),
                TimeScale.WEEKS,
                DataPolicy.withDefaults().withRefunds(Refunds.NET));
        CustomerHistories then = base.historiesAt(END.minusDays(182));
        double[] targets = targets(Target.NET_VALUE, then, 26);
        assertThat(Arrays.stream(targets).min().orElseThrow()).isNegative();
        Recorder recorder = new Recorder();
        RegressionModel.Fitted fitted =
                RegressionModel.of(recorder, TASK.withNegativeAsZero(true)).fit(base);
        assertThat(Regressions.targets(recorder.all()))
                .containsExactly(Regressions.mapped(targets, t -> Math.max(0, t)));
        assertThat(provenance(fitted, "targets below 0")).isEqualTo("taken for 0");
        assertThat(provenance(ols(TASK, base), "targets below 0")).isEmpty();
        // Intervals are of what came, which was below 0.
        assertThat(fitted.intervals().orElseThrow().floor()).isEmpty();
        assertThat(ols(TASK, Shop.base(200, 1, TimeScale.WEEKS, Refunds.DROP))
                        .intervals()
                        .orElseThrow()
                        .floor())
                .hasValue(0);
        assertThatThrownBy(() -> RegressionModel.of(TwoPart.gamma(), TASK).fit(base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("`target`")
                .hasMessageContaining("refunded more than they paid: take that for 0, or another family");
        double[] amounts = RegressionModel.of(TwoPart.gamma(), TASK.withNegativeAsZero(true))
                .fit(base)
                .predict(base.histories());
        assertThat(Arrays.stream(amounts)).allMatch(value -> value >= 0);
    }

    @Test
    void recalibrationKeepsTheOrderAndTheRange() {
        RegressionModel.Fitted plain = ols(TASK, BASE);
        for (PredictionTask task : List.of(TASK, TASK.withIntervals(0.9, 0))) {
            RegressionModel.Fitted calibrated = ols(task.withRecalibration(true), BASE);
            double[] before = plain.predict(BASE.histories());
            double[] after = calibrated.predict(BASE.histories());
            Integer[] order = IntStream.range(0, before.length).boxed().toArray(Integer[]::new);
            Arrays.sort(order, (a, b) -> Double.compare(before[a], before[b]));
            for (int i = 1; i < order.length; i++) {
                assertThat(after[order[i]]).isGreaterThanOrEqualTo(after[order[i - 1]]);
            }
            double[] targets = targets(Target.NET_VALUE, BASE.historiesAt(END.minusDays(182)), 26);
            double least = Arrays.stream(targets).min().orElseThrow();
            double most = Arrays.stream(targets).max().orElseThrow();
            assertThat(Arrays.stream(after)).allMatch(value -> value >= least && value <= most);
            assertThat(after).isNotEqualTo(before);
            // As the targets of the training are matched on the whole, so are those of a new draw, about.
            CustomerHistories then = BASE.historiesAt(END.minusDays(182));
            assertThat(Arrays.stream(calibrated.predict(then)).sum())
                    .isCloseTo(
                            Arrays.stream(targets).sum(),
                            within(0.1 * Arrays.stream(targets).sum()));
        }
    }

    /** Intervals hold new customers of the same shop as often as they say, on the whole and in each group. */
    @Test
    void intervalsHoldTheirLevel() {
        CustomerBase train = Shop.base(2500, 21, TimeScale.WEEKS, Refunds.DROP);
        CustomerBase test = Shop.base(2500, 22, TimeScale.WEEKS, Refunds.DROP);
        RegressionModel.Fitted fitted = RegressionModel.of(
                        TwoPart.gamma(), TASK.withIntervals(0.8, 5).withSegments(PredictionTask.PURCHASES))
                .fit(train);
        CustomerHistories then = test.historiesAt(END.minusDays(182));
        double[] actual = targets(Target.NET_VALUE, then, 26);
        List<Interval> intervals = fitted.predictIntervals(then);
        double[] predicted = fitted.predict(then);
        java.util.Map<String, int[]> held = new java.util.TreeMap<>();
        for (int row = 0; row < actual.length; row++) {
            Interval interval = intervals.get(row);
            assertThat(interval.lower()).isNotNegative();
            assertThat(interval.upper()).isGreaterThanOrEqualTo(Math.max(0, predicted[row]));
            int[] counts =
                    held.computeIfAbsent(PredictionTask.purchasesSegment(then.history(row)), unused -> new int[2]);
            counts[0]++;
            counts[1] += interval.lower() <= actual[row] && actual[row] <= interval.upper() ? 1 : 0;
        }
        assertThat(held).hasSize(4);
        assertThat(fitted.intervals().orElseThrow().groups()).hasSize(4);
        held.forEach((group, counts) -> {
            double share = counts[1] / (double) counts[0];
            // Three standard errors of the customers at hand and of those that the quantile is of.
            double noise = 3 * Math.sqrt(0.16 / counts[0] + 0.16 / (counts[0] / 2.0));
            assertThat(share).as("%s of %s", group, counts[0]).isBetween(0.8 - noise, 0.8 + noise);
        });
        assertThat(fitted.intervalLevel()).hasValue(0.8);
    }

    @Test
    void intervalsBySegmentNeedTheSegment() {
        assertThatThrownBy(() -> ols(TASK.withSegments("regoin"), BASE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'regoin'")
                .hasMessageContaining("region");
        RegressionModel.Fitted grouped = ols(TASK.withSegments("region"), BASE);
        assertThat(grouped.intervals().orElseThrow().groups().stream().flatMap(g -> g.segments().stream()))
                .containsExactlyInAnyOrder("north", "south", "east");
        RegressionModel.Fitted none = ols(TASK.withIntervals(0.9, 0), BASE);
        assertThat(none.intervalLevel()).isEmpty();
        assertThatThrownBy(() -> none.predictIntervals(BASE.histories()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("without intervals");
        assertThatThrownBy(() -> ols(TASK.withIntervals(0.999, 5), BASE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("intervals of 0.999 cannot be had")
                .hasMessageContaining("ask for none");
    }

    private static ValuationTerms terms(double annual, CashFlowTiming timing) {
        return ValuationTerms.of(Horizon.of(26), DiscountRate.annual(annual), Margin.ofRevenue(), timing);
    }

    @Test
    void withoutARateTheValueIsThePrediction() {
        RegressionModel.Fitted fitted = ols(TASK, BASE);
        for (CashFlowTiming timing : CashFlowTiming.values()) {
            assertThat(fitted.value(BASE, terms(0, timing)).column(ValueColumn.CLV))
                    .containsExactly(fitted.predict(BASE.histories()));
        }
        assertThat(fitted.valueIntervals(BASE, terms(0, CashFlowTiming.PERIOD_END)))
                .isEqualTo(fitted.predictIntervals(BASE.histories()));
        double[] third = fitted.value(
                        BASE,
                        ValuationTerms.of(
                                Horizon.of(26), DiscountRate.none(), Margin.of(0.25), CashFlowTiming.AT_PURCHASE))
                .column(ValueColumn.CLV);
        assertThat(third).containsExactly(Regressions.mapped(fitted.predict(BASE.histories()), v -> 0.25 * v));
    }

    /** Three quarters of the value came in the first month after the cut-off, a quarter in the second. */
    @Test
    void discountsByTheProfileOfTheTraining() {
        LocalDate start = LocalDate.of(2023, 1, 1);
        TransactionLog.Builder log = TransactionLog.builder();
        for (long c = 0; c < 6; c++) {
            log.add("c" + c, start.plusDays(c), BigDecimal.valueOf(5L + c * c));
        }
        log.add("c0", LocalDate.of(2023, 3, 15), BigDecimal.valueOf(20));
        log.add("c1", LocalDate.of(2023, 3, 28), BigDecimal.valueOf(10));
        log.add("c2", LocalDate.of(2023, 4, 10), BigDecimal.valueOf(10));
        CustomerBase base =
                CustomerBase.of(log.build(), Observation.until(LocalDate.of(2023, 4, 28)), TimeScale.MONTHS);
        RegressionModel.Fitted fitted =
                ols(PredictionTask.of(2).withFeatures(FEW.subList(2, 3)).withIntervals(0.5, 0), base);
        assertThat(provenance(fitted, "cut-offs")).isEqualTo("2023-02-28");
        assertThat(fitted.profile()).containsExactly(0.75, 0.25);
        DiscountRate rate = DiscountRate.annual(0.21);
        double month = Math.pow(1.21, -1 / 12.0);
        double[][] ats = {{0.5, 1.5}, {0, 1}, {0.5, 1.5}, {1, 2}};
        CashFlowTiming[] timings = {
            CashFlowTiming.AT_PURCHASE,
            CashFlowTiming.PERIOD_BEGIN,
            CashFlowTiming.PERIOD_MID,
            CashFlowTiming.PERIOD_END
        };
        double[] predicted = fitted.predict(base.histories());
        for (int i = 0; i < timings.length; i++) {
            double factor = 0.75 * Math.pow(month, ats[i][0]) + 0.25 * Math.pow(month, ats[i][1]);
            double[] clv = fitted.value(base, ValuationTerms.of(Horizon.of(2), rate, Margin.of(0.5), timings[i]))
                    .column(ValueColumn.CLV);
            for (int row = 0; row < clv.length; row++) {
                assertThat(clv[row])
                        .as("%s", timings[i])
                        .isCloseTo(0.5 * factor * predicted[row], within(1e-12 * Math.abs(predicted[row])));
            }
        }
    }

    /** A month of refunds has no share, so that no factor is far from 1. */
    @Test
    void refundsDoNotBlowTheProfileUp() {
        LocalDate start = LocalDate.of(2023, 1, 1);
        TransactionLog.Builder log = TransactionLog.builder();
        for (long c = 0; c < 6; c++) {
            log.add("c" + c, start.plusDays(c), BigDecimal.valueOf(50L + c * c));
        }
        log.add("c0", LocalDate.of(2023, 3, 15), BigDecimal.valueOf(-40));
        log.add("c1", LocalDate.of(2023, 4, 15), BigDecimal.valueOf(41));
        CustomerBase base = CustomerBase.of(
                log.build(),
                Observation.until(LocalDate.of(2023, 4, 28)),
                TimeScale.MONTHS,
                DataPolicy.withDefaults().withRefunds(Refunds.NET));
        RegressionModel.Fitted fitted =
                ols(PredictionTask.of(2).withFeatures(FEW.subList(2, 3)).withIntervals(0.5, 0), base);
        assertThat(fitted.profile()).containsExactly(0, 1);
    }

    @Test
    void whatHasNoValueIsRefused() {
        for (Target target : List.of(Target.ORDERS, Target.ACTIVE)) {
            RegressionModel.Fitted fitted = ols(TASK.withTarget(target), BASE);
            assertThatThrownBy(() -> fitted.value(BASE, terms(0, CashFlowTiming.AT_PURCHASE)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("predicts " + target + ", which has no value");
        }
        RegressionModel.Fitted fitted = ols(TASK, BASE);
        for (Horizon horizon : List.of(Horizon.of(25), Horizon.of(26.0001), Horizon.infinite())) {
            DiscountRate rate = DiscountRate.annual(0.1);
            assertThatThrownBy(() -> fitted.value(
                            BASE, ValuationTerms.of(horizon, rate, Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("predicts 26 weeks, no other horizon");
        }
        RegressionModel.Fitted margins = ols(TASK.withTarget(Target.MARGIN), BASE);
        assertThat(margins.value(BASE, terms(0, CashFlowTiming.AT_PURCHASE)).column(ValueColumn.CLV))
                .containsExactly(margins.predict(BASE.histories()));
        assertThatThrownBy(() -> margins.value(
                        BASE,
                        ValuationTerms.of(
                                Horizon.of(26), DiscountRate.none(), Margin.of(0.3), CashFlowTiming.AT_PURCHASE)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("must not take one off again");
        CustomerBase days = Shop.base(50, 2, TimeScale.DAYS, Refunds.NET);
        assertThatThrownBy(() -> fitted.value(days, terms(0, CashFlowTiming.AT_PURCHASE)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("weeks")
                .hasMessageContaining("days");
    }

    @Test
    void basesWithoutPurchasesAreRefused() {
        CustomerBase summaries =
                CustomerBase.ofSummaries(List.of(CustomerSummary.of("a", 1, 2, 3, 4)), TimeScale.WEEKS);
        Contract contract = Contract.since("new", LocalDate.of(2022, 1, 1));
        CustomerBase contracts = BASE.withContracts(List.of(contract));
        RegressionModel.Fitted fitted = ols(TASK, BASE);
        for (PredictionTask task : List.of(TASK, TASK.ofNewCustomers(1), TASK.withCutOffs(List.of(END)))) {
            assertThatThrownBy(() -> ols(task, summaries)).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> ols(task, contracts)).hasMessageContaining("contract");
        }
        assertThatThrownBy(() -> fitted.value(summaries, terms(0, CashFlowTiming.AT_PURCHASE)))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> fitted.value(contracts, terms(0, CashFlowTiming.AT_PURCHASE)))
                .hasMessageContaining("contract");
    }

    @Test
    void sameBitsTwiceAndOnThreads() {
        PredictionTask task = PredictionTask.of(26)
                .withNegativeAsZero(true)
                .withRecalibration(true)
                .withSegments("region")
                .withIntervals(0.9, 3);
        RegressionModel model = RegressionModel.of(TwoPart.gamma(), task);
        RegressionModel.Fitted once = model.fit(BASE);
        RegressionModel.Fitted threads = model.fit(BASE, Execution.ofThreads(3));
        assertThat(threads.state())
                .isEqualTo(once.state())
                .isEqualTo(model.fit(BASE).state());
        assertThat(threads.predict(BASE.histories())).containsExactly(once.predict(BASE.histories()));
        assertThat(threads.predictIntervals(BASE.histories())).isEqualTo(once.predictIntervals(BASE.histories()));
        assertThat(RegressionModel.of(TwoPart.gamma(), task.withSeed(2))
                        .fit(BASE)
                        .state())
                .isNotEqualTo(once.state());
    }

    @ParameterizedTest
    @EnumSource(value = Target.class, names = "MARGIN", mode = EnumSource.Mode.EXCLUDE)
    void allFamiliesComeBackFromTheirStates(Target target) {
        CustomerBase base = Shop.base(120, 8, TimeScale.WEEKS, Refunds.DROP);
        CustomerHistories then = base.historiesAt(END.minusDays(182));
        double[] active = targets(Target.ACTIVE, then, 26);
        List<String> learned = new ArrayList<>();
        for (LearnerProvider provider : LearnerCatalog.load().providers()) {
            // Gamma regressions learn amounts above 0.
            CustomerBase customers = provider.name().equals("gamma")
                    ? base.select(row -> IntStream.range(0, then.size())
                            .anyMatch(i -> active[i] > 0 && then.id(i).equals(base.id(row))))
                    : base;
            PredictionTask task = PredictionTask.of(26)
                    .withTarget(target)
                    .withIntervals(0.8, 2)
                    .withRecalibration(true)
                    .withSegments("region")
                    .withFeatures(features("frequency", "time-since-last", "attribute:region", "regularity"));
            RegressionModel.Fitted fitted;
            try {
                fitted = RegressionModel.of(provider.learner(), task).fit(customers);
            } catch (ModelException e) {
                continue;
            }
            learned.add(provider.name());
            RegressionModel.Fitted again = RegressionModel.Fitted.ofState(
                    fitted.state(), fitted.reports().get(0));
            assertThat(again.state()).as(provider.name()).isEqualTo(fitted.state());
            assertThat(again.predict(base.histories()))
                    .as(provider.name())
                    .containsExactly(fitted.predict(base.histories()));
            assertThat(again.predictIntervals(base.histories())).isEqualTo(fitted.predictIntervals(base.histories()));
            assertThat(again.toString()).isEqualTo(fitted.toString());
            assertThat(again.profile()).containsExactly(fitted.profile());
            assertThat(again.target()).isEqualTo(target);
            assertThat(again.horizon()).isEqualTo(26);
            assertThat(again.intervalLevel()).isEqualTo(fitted.intervalLevel());
        }
        List<String> any = List.of("elastic-net", "ols", "quantile", "ridge", "tweedie", "gamma");
        assertThat(learned).containsAll(any);
        assertThat(learned)
                .containsAll(
                        switch (target) {
                            case NET_VALUE, MARGIN -> List.of("two-part", "two-part-smearing", "ziln");
                            case ORDERS -> List.of("poisson", "nb2", "hurdle");
                            case ACTIVE -> List.of("logistic", "poisson");
                        });
    }

    private static List<Feature> features(String... names) {
        FeatureCatalog catalog = FeatureCatalog.load();
        return Arrays.stream(names).map(catalog::find).toList();
    }

    @Test
    void newCustomersAndStatesWithoutIntervalsComeBack() {
        RegressionModel.Fitted fitted =
                ols(PredictionTask.of(26).ofNewCustomers(4).withIntervals(0.9, 0), BASE);
        RegressionModel.Fitted again =
                RegressionModel.Fitted.ofState(fitted.state(), fitted.reports().get(0));
        assertThat(again.firstPeriods()).hasValue(4);
        assertThat(again.intervals()).isEmpty();
        assertThat(again.predict(BASE.historiesAfter(4))).containsExactly(fitted.predict(BASE.historiesAfter(4)));
        ModelState empty = ModelState.builder().build();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RegressionModel.Fitted.ofState(empty, fitted.reports().get(0)));
        // A feature of one's own has no name in a catalogue.
        RegressionModel.Fitted own = ols(TASK, BASE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegressionModel.Fitted.ofState(
                        own.state(), own.reports().get(0)))
                .withMessageContaining("no feature 'orders'");
        assertThatThrownBy(() -> RegressionModel.of(
                                new Learner() {
                                    @Override
                                    public String name() {
                                        return "zero";
                                    }

                                    @Override
                                    public FittedLearner fit(TrainingData data, Execution execution) {
                                        return new Zero(
                                                LinearRegression.withDefaults().fit(data));
                                    }
                                },
                                TASK)
                        .fit(BASE)
                        .state())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be saved");
    }

    /** A learner without a state. */
    private record Zero(FittedLearner other) implements FittedLearner {
        @Override
        public List<String> featureNames() {
            return other.featureNames();
        }

        @Override
        public double predict(double[] features) {
            return 0;
        }

        @Override
        public org.clv4j.core.model.FitReport report() {
            return other.report();
        }
    }

    /** One year of the time unit is the default, of years too. */
    @Test
    void oneYearOfAnyUnit() {
        for (TimeScale unit : TimeScale.values()) {
            CustomerBase base = Shop.base(150, 9, unit, Refunds.DROP);
            RegressionModel.Fitted fitted = RegressionModel.ofOneYear().fit(base);
            assertThat(fitted.horizon()).as("%s", unit).isEqualTo(unit.periodsPerYear());
            assertThat(Arrays.stream(fitted.predict(base.histories()))).allMatch(value -> value >= 0 && value < 1e6);
        }
    }

    /** The prediction of a horizon depends on nothing but what was known. */
    @Test
    void predictionsAreOfHistoriesAlone() {
        RegressionModel.Fitted fitted = RegressionModel.of(
                        TwoPart.gamma(), PredictionTask.of(26).withNegativeAsZero(true))
                .fit(BASE);
        LocalDate day = END.minusDays(100);
        double[] ahead = fitted.predict(BASE.historiesAt(day));
        assertThat(fitted.predict(BASE.historiesAt(day).base().histories())).containsExactly(ahead);
        int[] some = new SplittableRandom(1).ints(20, 0, ahead.length).toArray();
        double[] picked = Arrays.stream(some).mapToDouble(row -> ahead[row]).toArray();
        assertThat(fitted.predict(BASE.historiesAt(day).select(some))).containsExactly(picked);
    }
}
