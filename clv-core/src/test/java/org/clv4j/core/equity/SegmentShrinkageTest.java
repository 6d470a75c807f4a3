// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.segment.RowFigure;
import org.clv4j.core.segment.Segmentations;
import org.junit.jupiter.api.Test;

class SegmentShrinkageTest {

    private static final SegmentShrinkage SHRINKAGE = SegmentShrinkage.withDefaults();

    /** One customer a value, in the segment of its group. */
    private static ShrunkMeans shrink(SegmentShrinkage shrinkage, double[]... groups) {
        List<Integer> groupOf = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int g = 0; g < groups.length; g++) {
            for (double value : groups[g]) {
                groupOf.add(g);
                values.add(value);
            }
        }
        RowFigure figure = (base, row) -> values.get(row);
        return shrinkage.of(
                "figure",
                base(values.size()),
                figure,
                List.of(Segmentations.labels("group", (base, row) -> "g" + (char) ('a' + groupOf.get(row)))));
    }

    private static CustomerBase base(int size) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            summaries.add(CustomerSummary.of("c" + i, 0, 0, 1));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    @Test
    void byHandWithEqualSegments() {
        // Means 1, 4, 10 of two customers each; within: squares 2 + 8 + 2 over 3 degrees: s² = 4, v = 2. With equal v
        // the equation is
        // Σ (y − 5)²/(τ² + 2) = 2: τ² = 42/2 − 2 = 19.
        ShrunkMeans means = shrink(SHRINKAGE, new double[] {0, 2}, new double[] {2, 6}, new double[] {9, 11});
        assertThat(means.mean()).isCloseTo(5, within(1e-12));
        assertThat(means.centre()).isCloseTo(5, within(1e-12));
        assertThat(means.withinDeviation()).isCloseTo(2, within(1e-12));
        assertThat(means.betweenDeviation()).isCloseTo(Math.sqrt(19), within(1e-12));
        double weight = 19 / 21.0;
        ShrunkMean first = means.segments().get(0);
        assertThat(first.name()).isEqualTo("ga");
        assertThat(first.customers()).isEqualTo(2);
        assertThat(first.mean()).isCloseTo(1, within(1e-12));
        assertThat(first.standardError()).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(first.weight()).isCloseTo(weight, within(1e-12));
        assertThat(first.shrunkMean()).isCloseTo(weight + (1 - weight) * 5, within(1e-12));
        // g1 = 38/21; g2 = (2/21)² · 21/3; g3 = 4/21³ · 2 · 3/(3/21)² = 4 · 6/(9 · 21). Together more than v = 2, so
        // that v stays.
        assertThat(38 / 21.0 + 4 / 63.0 + 2 * 24 / 189.0).isGreaterThan(2);
        assertThat(first.rootMeanSquaredError()).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(first.upper() - first.shrunkMean()).isCloseTo(1.959963984540054 * Math.sqrt(2), within(1e-11));
        assertThat(means.warnings()).isEmpty();
        assertThat(means.model()).isEmpty();
    }

    @Test
    void segmentsThatDifferByChanceOnlyAreAlike() {
        ShrunkMeans means = shrink(SHRINKAGE, new double[] {0, 10}, new double[] {1, 11}, new double[] {2, 9, 5, 6});
        assertThat(means.betweenDeviation()).isZero();
        assertThat(means.segments()).allSatisfy(segment -> {
            assertThat(segment.weight()).isZero();
            assertThat(segment.shrunkMean()).isEqualTo(means.centre());
            assertThat(segment.rootMeanSquaredError()).isPositive().isLessThanOrEqualTo(segment.standardError());
        });
        // Without a distance between them, the centre is the mean of all.
        assertThat(means.centre()).isCloseTo(means.mean(), within(1e-12));
    }

    @Test
    void aSmallSegmentIsPulledFurtherThanALargeOne() {
        Random random = new Random(5);
        double[] large = random.doubles(400, 90, 130).toArray();
        double[] other = random.doubles(400, 60, 100).toArray();
        double[] small = {200, 140};
        ShrunkMeans means = shrink(SHRINKAGE, large, other, small);
        ShrunkMean first = means.segments().get(0);
        ShrunkMean last = means.segments().get(2);
        assertThat(last.weight()).isLessThan(first.weight());
        assertThat(first.weight()).isGreaterThan(0.99);
        assertThat(last.shrunkMean()).isBetween(means.centre(), 170.0);
        assertThat(last.lower()).isLessThan(last.shrunkMean());
    }

    @Test
    void degenerateCasesAreDefined() {
        // One segment: as it is.
        ShrunkMean alone = shrink(SHRINKAGE, new double[] {1, 3}).segments().get(0);
        assertThat(alone.weight()).isEqualTo(1);
        assertThat(alone.shrunkMean()).isEqualTo(2);
        assertThat(alone.rootMeanSquaredError()).isCloseTo(1, within(1e-12));
        // One customer: nothing is known of the spread.
        ShrunkMeans single = shrink(SHRINKAGE, new double[] {7});
        assertThat(single.segments().get(0).lower()).isEqualTo(7);
        assertThat(single.segments().get(0).upper()).isEqualTo(7);
        assertThat(single.withinDeviation()).isZero();
        // No spread within: what differs differs.
        ShrunkMeans flat = shrink(SHRINKAGE, new double[] {1, 1}, new double[] {3, 3, 3}, new double[] {8});
        assertThat(flat.segments()).extracting(ShrunkMean::shrunkMean).containsExactly(1.0, 3.0, 8.0);
        assertThat(flat.segments()).extracting(ShrunkMean::weight).containsOnly(1.0);
        assertThat(flat.centre()).isCloseTo(4, within(1e-12));
        // All equal.
        ShrunkMeans equal = shrink(SHRINKAGE, new double[] {5, 5}, new double[] {5});
        assertThat(equal.segments()).extracting(ShrunkMean::shrunkMean).containsOnly(5.0);
        assertThat(equal.betweenDeviation()).isZero();
        // Segments of one customer each cannot be told from chance.
        ShrunkMeans singles = shrink(SHRINKAGE, new double[] {1}, new double[] {2}, new double[] {6});
        assertThat(singles.warnings()).singleElement().asString().contains("more than one customer");
        assertThat(singles.segments()).extracting(ShrunkMean::shrunkMean).containsOnly(singles.centre());
        assertThat(singles.centre()).isCloseTo(3, within(1e-12));
        // Nobody.
        assertThat(shrink(SHRINKAGE).segments()).isEmpty();
        assertThat(shrink(SHRINKAGE).mean()).isZero();
    }

    @Test
    void ownVariancesTellSteadySegmentsFromOthers() {
        double[] steady = {10, 10.1, 9.9, 10};
        double[] wild = {0, 40, 10, 30};
        double[] one = {15};
        ShrunkMeans own = shrink(SHRINKAGE.withOwnVariances(), steady, wild, one);
        ShrunkMeans pooled = shrink(SHRINKAGE, steady, wild, one);
        assertThat(own.segments().get(0).standardError()).isCloseTo(Math.sqrt(0.02 / 3 / 4), within(1e-12));
        assertThat(own.segments().get(2).standardError()).isEqualTo(own.withinDeviation());
        assertThat(pooled.segments().get(0).standardError())
                .isEqualTo(pooled.segments().get(1).standardError());
    }

    @Test
    void wrongNumbersAreRefused() {
        assertThatThrownBy(() -> shrink(SHRINKAGE, new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`figure`");
        assertThatThrownBy(() -> SHRINKAGE.of("figure", base(1), (base, row) -> 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`segmentations`");
        assertThatThrownBy(() -> SHRINKAGE.withLevel(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`level`");
    }

    @Property(tries = 100)
    void resultsAreFiniteAndBetweenMeanAndCentreAndDoNotDependOnTheUnit(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 6) int segments) {
        double scale = Math.pow(10, random.nextInt(600) - 300);
        double[][] groups = new double[segments][];
        double[][] scaled = new double[segments][];
        for (int g = 0; g < segments; g++) {
            groups[g] = random.doubles(1 + random.nextInt(5), -1, 1).toArray();
            scaled[g] = new double[groups[g].length];
            for (int i = 0; i < groups[g].length; i++) {
                groups[g][i] += random.nextInt(2) * g;
                scaled[g][i] = groups[g][i] * scale;
            }
        }
        ShrunkMeans one = shrink(SHRINKAGE, groups);
        ShrunkMeans other = shrink(SHRINKAGE, scaled);
        for (int g = 0; g < segments; g++) {
            ShrunkMean segment = one.segments().get(g);
            assertThat(segment.weight()).isBetween(0.0, 1.0);
            assertThat(segment.shrunkMean())
                    .isBetween(
                            Math.min(segment.mean(), one.centre()) - 1e-12,
                            Math.max(segment.mean(), one.centre()) + 1e-12);
            assertThat(segment.rootMeanSquaredError()).isLessThanOrEqualTo(segment.standardError() * (1 + 1e-12));
            assertThat(other.segments().get(g).shrunkMean() / scale).isCloseTo(segment.shrunkMean(), within(1e-6));
            assertThat(other.segments().get(g).upper()).isFinite();
        }
    }

    @Test
    void aRowOfWeightTwoIsTwoCustomers() {
        double[] values = {1, 5, 2, 9, 4};
        double[] weights = {2, 1, 1, 3, 1};
        String[] groups = {"a", "a", "b", "b", "c"};
        ShrunkMeans weighted = SHRINKAGE.of(
                "figure",
                base(5).withWeights(weights),
                (base, row) -> values[row],
                List.of(Segmentations.labels("group", (base, row) -> groups[row])));
        ShrunkMeans repeated = shrink(SHRINKAGE, new double[] {1, 1, 5}, new double[] {2, 9, 9, 9}, new double[] {4});
        assertThat(weighted.centre()).isCloseTo(repeated.centre(), within(1e-12));
        for (int g = 0; g < 3; g++) {
            assertThat(weighted.segments().get(g).lower())
                    .isCloseTo(repeated.segments().get(g).lower(), within(1e-9));
            assertThat(weighted.segments().get(g).customers())
                    .isEqualTo(repeated.segments().get(g).customers());
        }
    }

    @Test
    void intervalsCoverTheTrueMeans() {
        for (int segments : new int[] {3, 5, 20}) {
            Random random = new Random(segments);
            int covered = 0;
            int all = 0;
            double shrunkError = 0;
            double plainError = 0;
            for (int run = 0; run < 4000 / segments; run++) {
                double[] truth = new double[segments];
                double[][] groups = new double[segments][];
                for (int g = 0; g < segments; g++) {
                    truth[g] = 50 + 3 * random.nextGaussian();
                    groups[g] = new double[2 + random.nextInt(12)];
                    for (int i = 0; i < groups[g].length; i++) {
                        groups[g][i] = truth[g] + 10 * random.nextGaussian();
                    }
                }
                ShrunkMeans means = shrink(SHRINKAGE, groups);
                for (int g = 0; g < segments; g++) {
                    ShrunkMean segment = means.segments().get(g);
                    covered += segment.lower() <= truth[g] && truth[g] <= segment.upper() ? 1 : 0;
                    all++;
                    shrunkError += Math.pow(segment.shrunkMean() - truth[g], 2);
                    plainError += Math.pow(segment.mean() - truth[g], 2);
                }
            }
            assertThat((double) covered / all).as(segments + " segments").isBetween(0.93, 0.985);
            assertThat(shrunkError).isLessThan(0.8 * plainError);
        }
    }
}
