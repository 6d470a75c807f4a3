// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Test;

/** Splits by customer and by time. */
class SplitsTest {

    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger STEP = new BigInteger("9E3779B97F4A7C15", 16);

    /** The documented hash in whole numbers of any size. */
    private static double slowPosition(long seed, String id) {
        BigInteger hash = slowMix(BigInteger.valueOf(seed).add(STEP));
        for (int i = 0; i < id.length(); i++) {
            hash = slowMix(hash.add(STEP).add(BigInteger.valueOf(id.charAt(i))));
        }
        hash = slowMix(hash.add(STEP).add(BigInteger.valueOf(id.length())));
        return hash.shiftRight(11).doubleValue() / 0x1p53;
    }

    private static BigInteger slowMix(BigInteger value) {
        BigInteger z = value.mod(TWO_64);
        z = z.xor(z.shiftRight(30))
                .multiply(new BigInteger("BF58476D1CE4E5B9", 16))
                .mod(TWO_64);
        z = z.xor(z.shiftRight(27))
                .multiply(new BigInteger("94D049BB133111EB", 16))
                .mod(TWO_64);
        return z.xor(z.shiftRight(31));
    }

    @Property(tries = 100)
    void theHashIsTheDocumentedOne(@ForAll String id, @ForAll long seed) {
        assertThat(HashSplit.of(seed).position(id)).isEqualTo(slowPosition(seed, id));
    }

    /** The first numbers of SplitMix64 from the seed 1234567, as its authors' code gives them. */
    @Test
    void theGeneratorIsSplitMix64() {
        Mix mix = new Mix(1234567);
        assertThat(Long.toUnsignedString(mix.next())).isEqualTo("6457827717110365317");
        assertThat(Long.toUnsignedString(mix.next())).isEqualTo("3203168211198807973");
    }

    @Property(tries = 100)
    void partsAreNestedAndFoldsCoverAll(
            @ForAll String id,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double small,
            @ForAll @DoubleRange(min = 0.5, max = 0.99) double large,
            @ForAll @IntRange(min = 2, max = 1000) int folds) {
        HashSplit split = HashSplit.of(3);
        if (split.isFirst(id, small)) {
            assertThat(split.isFirst(id, large)).isTrue();
        }
        assertThat(split.fold(id, folds)).isBetween(0, folds - 1);
        assertThat(split.fold(id, 2) == 0).isEqualTo(split.isFirst(id, 0.5));
    }

    @Test
    void partsHaveTheirSizesAndSeedsAreIndependent() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            ids.add("C" + i);
        }
        HashSplit split = HashSplit.of(1);
        int[] first = split.firstRows(ids, 0.3);
        int[] second = split.secondRows(ids, 0.3);
        assertThat(IntStream.concat(IntStream.of(first), IntStream.of(second))
                        .sorted()
                        .toArray())
                .containsExactly(IntStream.range(0, 20_000).toArray());
        assertThat(first).isSorted();
        // Four standard deviations of a binomial.
        assertThat(first.length / 20_000.0).isCloseTo(0.3, within(4 * Math.sqrt(0.21 / 20_000)));
        int[] counts = new int[5];
        int both = 0;
        for (String id : ids) {
            counts[split.fold(id, 5)]++;
            if (split.isFirst(id, 0.5) && HashSplit.of(2).isFirst(id, 0.5)) {
                both++;
            }
        }
        for (int count : counts) {
            assertThat(count / 20_000.0).isCloseTo(0.2, within(4 * Math.sqrt(0.16 / 20_000)));
        }
        assertThat(both / 20_000.0).isCloseTo(0.25, within(4 * Math.sqrt(0.1875 / 20_000)));
        assertThat(split.seed()).isEqualTo(1);
        assertThat(split).hasToString("HashSplit[seed 1]");
    }

    @Test
    void badSplitsAreRefused() {
        HashSplit split = HashSplit.of(1);
        for (double share : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> split.isFirst("a", share)).hasMessageContaining("`share` must be in (0, 1)");
            assertThatThrownBy(() -> split.firstRows(List.of(), share)).hasMessageContaining("`share`");
            assertThatThrownBy(() -> split.secondRows(List.of(), share)).hasMessageContaining("`share`");
        }
        assertThatThrownBy(() -> split.fold("a", 1)).hasMessage("`folds` must be at least 2, but was 1");
    }

    @Test
    void originsByHand() {
        LocalDate first = LocalDate.of(2020, 1, 31);
        RollingOrigin rolling = RollingOrigin.of(first, LocalDate.of(2020, 7, 30), 1, 2, TimeScale.MONTHS);
        // Months are counted from the first cut-off, so that the 31st comes back.
        assertThat(rolling.cutOffs())
                .extracting(LocalDate::toString)
                .containsExactly("2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30", "2020-05-31", "2020-06-30");
        assertThat(rolling.origins()).hasSize(4);
        RollingOrigin.Origin origin = rolling.origins().get(0);
        assertThat(origin.testCutOff()).isEqualTo("2020-03-31");
        assertThat(origin.testEnd()).isEqualTo("2020-05-31");
        assertThat(origin.trainingCutOffs()).containsExactly(first);
        // The window of 29 February ends on 29 April, that of 31 March on 31 May.
        assertThat(rolling.origins().get(1).trainingCutOffs()).containsExactly(first, LocalDate.of(2020, 2, 29));
        assertThat(rolling.origins().get(3).trainingCutOffs()).hasSize(4);
        assertThat(rolling).hasToString("RollingOrigin[4 tests, of 6 cut-offs from 2020-01-31 to 2020-06-30]");
    }

    @Property(tries = 100)
    void noTrainingTargetReachesPastTheTestCutOff(
            @ForAll @IntRange(min = 1, max = 400) int days,
            @ForAll @DoubleRange(min = 1, max = 20) double step,
            @ForAll @DoubleRange(min = 0.1, max = 30) double horizon,
            @ForAll TimeScale scale) {
        LocalDate first = LocalDate.of(2019, 8, 31);
        LocalDate last = first.plusDays(days);
        RollingOrigin rolling;
        try {
            rolling = RollingOrigin.of(first, last, step, horizon, scale);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("leaves nothing to learn from");
            LocalDate latest = first;
            for (int i = 1; !scale.plus(first, i * step).isAfter(last); i++) {
                latest = scale.plus(first, i * step);
            }
            assertThat(scale.plus(first, horizon)).isAfter(latest);
            return;
        }
        assertThat(rolling.cutOffs()).isSorted().doesNotHaveDuplicates();
        assertThat(rolling.cutOffs().get(rolling.cutOffs().size() - 1)).isBeforeOrEqualTo(last);
        for (RollingOrigin.Origin origin : rolling.origins()) {
            for (LocalDate cutOff : rolling.cutOffs()) {
                assertThat(origin.trainingCutOffs().contains(cutOff))
                        .isEqualTo(!scale.plus(cutOff, horizon).isAfter(origin.testCutOff()));
            }
        }
    }

    @Test
    void badOriginsAreRefused() {
        LocalDate first = LocalDate.of(2020, 1, 1);
        assertThatThrownBy(() -> RollingOrigin.of(first, LocalDate.of(2020, 6, 1), 1, 12, TimeScale.MONTHS))
                .hasMessage("`lastCutOff` leaves nothing to learn from: the first window, of 12.0 months after"
                        + " 2020-01-01, ends on 2021-01-01, and no cut-off is on or after that day; the last one is"
                        + " 2020-06-01");
        assertThatThrownBy(() -> RollingOrigin.of(first, first.plusDays(9), 1e12, 1, TimeScale.MONTHS))
                .hasMessageContaining("leaves nothing to learn from");
        assertThatThrownBy(() -> RollingOrigin.of(first, first.minusDays(1), 1, 1, TimeScale.DAYS))
                .hasMessageContaining("`lastCutOff`");
        assertThatThrownBy(() -> RollingOrigin.of(first, first.plusDays(9), 0, 1, TimeScale.DAYS))
                .hasMessageContaining("`step`");
        assertThatThrownBy(() -> RollingOrigin.of(first, first.plusDays(9), 0.3, 1, TimeScale.DAYS))
                .hasMessage("`step` must be a day at least, but was 0.3 days");
        assertThatThrownBy(() -> RollingOrigin.of(first, first.plusDays(9000), 1, 1, TimeScale.DAYS))
                .hasMessageContaining("at most 5000 cut-offs");
        assertThatThrownBy(() -> RollingOrigin.of(first, first.plusDays(9), 1, Double.NaN, TimeScale.DAYS))
                .hasMessageContaining("`horizon`");
        assertThatThrownBy(() -> new RollingOrigin.Origin(List.of(), first, first.plusDays(1)))
                .hasMessageContaining("`trainingCutOffs`");
        assertThatThrownBy(() -> new RollingOrigin.Origin(List.of(first), first, first.plusDays(1)))
                .hasMessageContaining("before the test's 2020-01-01");
        assertThatThrownBy(() -> new RollingOrigin.Origin(List.of(first.minusDays(1)), first, first))
                .hasMessageContaining("`testEnd`");
    }
}
