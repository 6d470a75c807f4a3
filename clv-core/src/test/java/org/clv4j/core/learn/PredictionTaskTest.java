// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.Outcomes;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.junit.jupiter.api.Test;

/** Tasks are copies of one another, in their ranges; targets are what customers did. */
class PredictionTaskTest {

    private static final LocalDate DAY = LocalDate.of(2024, 1, 1);

    @Test
    void defaults() {
        PredictionTask task = PredictionTask.of(52);
        assertThat(task.horizon()).isEqualTo(52);
        assertThat(task.target()).isEqualTo(Target.NET_VALUE);
        assertThat(task.features()).isEmpty();
        assertThat(task.cutOffs()).isEmpty();
        assertThat(task.cutOffCount()).isEqualTo(1);
        assertThat(task.firstPeriods()).isEmpty();
        assertThat(task.folds()).isEqualTo(5);
        assertThat(task.level()).isEqualTo(0.95);
        assertThat(task.segments()).isEmpty();
        assertThat(task.isRecalibrated()).isFalse();
        assertThat(task.isNegativeAsZero()).isFalse();
        assertThat(task.seed()).isEqualTo(1);
        assertThat(task).hasToString("net-value over 52.0 periods");
    }

    /** Each change keeps all others, in whatever order they are made. */
    @Test
    void changesAddUpAndLeaveTheOriginal() {
        PredictionTask task = PredictionTask.of(4);
        PredictionTask one = task.withTarget(Target.ORDERS)
                .withCutOffs(List.of(DAY.plusDays(9), DAY, DAY.plusDays(9)))
                .withIntervals(0.8, 3)
                .withSegments("region")
                .withRecalibration(true)
                .withNegativeAsZero(true)
                .ofNewCustomers(0)
                .withSeed(-5);
        PredictionTask other = task.withSeed(-5)
                .ofNewCustomers(0)
                .withNegativeAsZero(true)
                .withRecalibration(true)
                .withSegments("region")
                .withIntervals(0.8, 3)
                .withCutOffs(List.of(DAY, DAY.plusDays(9)))
                .withTarget(Target.ORDERS);
        for (PredictionTask made : List.of(one, other)) {
            assertThat(made.horizon()).isEqualTo(4);
            assertThat(made.target()).isEqualTo(Target.ORDERS);
            assertThat(made.cutOffs()).containsExactly(DAY, DAY.plusDays(9));
            assertThat(made.level()).isEqualTo(0.8);
            assertThat(made.folds()).isEqualTo(3);
            assertThat(made.segments()).contains("region");
            assertThat(made.isRecalibrated()).isTrue();
            assertThat(made.isNegativeAsZero()).isTrue();
            assertThat(made.firstPeriods()).hasValue(0);
            assertThat(made.seed()).isEqualTo(-5);
        }
        assertThat(task.target()).isEqualTo(Target.NET_VALUE);
        assertThat(task.cutOffs()).isEmpty();
        assertThat(task.firstPeriods()).isEmpty();
        assertThat(task.withIntervals(0.9, 0).folds()).isZero();
        // A count takes the place of days.
        assertThat(one.withCutOffCount(3).cutOffs()).isEmpty();
        assertThat(one.withCutOffCount(3).cutOffCount()).isEqualTo(3);
        List<Feature> own = new ArrayList<>();
        PredictionTask none = task.withFeatures(own);
        own.add(null);
        assertThat(none.features()).isEmpty();
        assertThatThrownBy(() -> one.cutOffs().add(DAY)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ranges() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e6}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PredictionTask.of(bad))
                    .withMessage("`horizon` must be above 0 and below 1000000, but was " + bad);
        }
        PredictionTask task = PredictionTask.of(1);
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e6}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> task.ofNewCustomers(bad))
                    .withMessage("`periods` must be at least 0 and below 1000000, but was " + bad);
        }
        for (double bad : new double[] {0, 1, -0.5, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> task.withIntervals(bad, 5))
                    .withMessageContaining("`newLevel` must be in (0, 1)");
        }
        for (int bad : new int[] {1, -1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> task.withIntervals(0.9, bad))
                    .withMessageContaining("`newFolds` must be 0 or at least 2, but was " + bad);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> task.withCutOffCount(0));
        assertThatIllegalArgumentException().isThrownBy(() -> task.withCutOffs(List.of()));
    }

    private static CustomerBase base(boolean costs) {
        List<Transaction> log = new ArrayList<>();
        for (String row : List.of("a 2024-01-01 10", "b 2024-01-01 10", "a 2024-01-05 4", "a 2024-01-06 7")) {
            String[] cells = row.split(" ", -1);
            Transaction transaction = Transaction.parse(cells[0], cells[1], cells[2]);
            log.add(costs ? transaction.withCost(BigDecimal.ONE) : transaction);
        }
        return CustomerBase.of(TransactionLog.of(log), Observation.until(DAY.plusDays(30)), TimeScale.DAYS);
    }

    @Test
    void targetsAreWhatCustomersDid() {
        Outcomes outcomes = Outcomes.of(base(true).historiesAt(DAY), 10);
        assertThat(Target.NET_VALUE.of(outcomes)).containsExactly(11, 0);
        assertThat(Target.MARGIN.of(outcomes)).containsExactly(9, 0);
        assertThat(Target.ORDERS.of(outcomes)).containsExactly(2, 0);
        assertThat(Target.ACTIVE.of(outcomes)).containsExactly(1, 0);
        Outcomes unknown = Outcomes.of(base(false).historiesAt(DAY), 10);
        assertThatThrownBy(() -> Target.MARGIN.of(unknown)).isInstanceOf(DataException.class);
    }

    @Test
    void targetsAreKnownByName() {
        for (Target target : Target.values()) {
            assertThat(Target.parse(" " + target.toString().toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(target);
        }
        assertThat(Target.NET_VALUE).hasToString("net-value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse("net_value"))
                .withMessage("`target` must be net-value, margin, orders or active, but was 'net_value'");
    }

    @Test
    void groupsByPurchases() {
        List<Transaction> log = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            log.add(Transaction.of("a", DAY.plusDays(i), BigDecimal.ONE));
        }
        CustomerBase base =
                CustomerBase.of(TransactionLog.of(log), Observation.until(DAY.plusDays(30)), TimeScale.DAYS);
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            CustomerHistories then = base.historiesAt(DAY.plusDays(i));
            groups.add(PredictionTask.purchasesSegment(then.history(0)));
        }
        assertThat(groups).containsExactly("1", "2", "3 to 5", "3 to 5", "3 to 5", "6 or more", "6 or more");
    }
}
