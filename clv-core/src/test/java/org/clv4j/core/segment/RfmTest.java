// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Test;

class RfmTest {

    private static final CustomerBase BASE = CustomerBase.ofSummaries(
            List.of(
                    CustomerSummary.of("once", 0, 0, 10),
                    CustomerSummary.of("once more", 0, 0, 9),
                    CustomerSummary.of("best", 9, 10, 10, 90),
                    CustomerSummary.of("often", 8, 9, 10, 20),
                    CustomerSummary.of("lapsed", 7, 2, 10, 80),
                    CustomerSummary.of("mid", 3, 6, 10, 50),
                    CustomerSummary.of("mid, too", 3, 7, 10, 40),
                    CustomerSummary.of("lost", 1, 1, 10, 10)),
            TimeScale.WEEKS);

    private static List<String> labels(Segmentation segmentation) {
        SegmentCodes codes = segmentation.codes(BASE, 0, BASE.size());
        return IntStream.range(0, BASE.size()).mapToObj(codes::label).toList();
    }

    @Test
    void tercilesAmongRepeatBuyersBesideTheZeroClass() {
        RfmSegments scores =
                RfmScoring.withDefaults().withScores(3).withZeroClass().of(BASE);
        assertThat(labels(scores))
                .containsExactly("R0F0M0", "R0F0M0", "R3F3M3", "R3F3M1", "R1F2M3", "R2F2M2", "R2F2M2", "R1F1M1");
        assertThat(scores.recencyCuts()).containsExactly(-4.0, -1.0);
        // The middle of both customers with 3 repeat purchases is 2 of 6: where the second tercile begins.
        assertThat(scores.frequencyCuts()).containsExactly(3.0, 8.0);
        assertThat(scores.monetaryCuts()).containsExactly(40.0, 80.0);
        assertThat(scores.recencyScore(BASE, 0)).isZero();
        assertThat(List.of(scores.recencyScore(BASE, 3), scores.frequencyScore(BASE, 3), scores.monetaryScore(BASE, 3)))
                .containsExactly(3, 3, 1);
        assertThat(labels(scores.named()))
                .containsExactly(
                        "one-time",
                        "one-time",
                        "champions",
                        "loyal",
                        "cannot lose",
                        "need attention",
                        "need attention",
                        "lost");
    }

    @Test
    void withoutAZeroClassEverybodyIsScored() {
        RfmSegments scores = RfmScoring.withDefaults().withScores(2).of(BASE);
        assertThat(labels(scores).get(0)).isEqualTo("R1F1M1");
        assertThat(labels(scores).get(2)).isEqualTo("R2F2M2");
        RfmSegments byAge = RfmScoring.withDefaults()
                .withScores(2)
                .withRecency((base, row) -> Double.NaN)
                .of(BASE);
        assertThat(labels(byAge)).containsOnly("(unknown)");
    }

    @Test
    void equalCustomersHaveEqualScoresWhateverTheRule() {
        int[] x = {1, 1, 1, 1, 1, 1, 1, 2, 2, 5};
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            summaries.add(CustomerSummary.of("c" + i, x[i], 5, 10, 7));
        }
        CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
        RfmSegments scores = RfmScoring.withDefaults().of(base);
        // The ones stand at 3.5 of 10, the twos at 8, the five at 9.5; all stand at 5 of 10 in what they are equal in.
        assertThat(IntStream.range(0, 10)
                        .map(row -> scores.frequencyScore(base, row))
                        .toArray())
                .containsExactly(2, 2, 2, 2, 2, 2, 2, 5, 5, 5);
        assertThat(scores.recencyScore(base, 0)).isEqualTo(3);
        assertThat(scores.monetaryScore(base, 9)).isEqualTo(3);
    }

    @Test
    void everyCombinationOfLevelsBelongsToOneGroup() {
        Set<RfmGroup> seen = EnumSet.noneOf(RfmGroup.class);
        for (int r = 1; r <= 3; r++) {
            for (int f = 1; f <= 3; f++) {
                for (int m = 1; m <= 3; m++) {
                    int[] levels = {r, f, m};
                    List<RfmGroup> groups = Arrays.stream(RfmGroup.values())
                            .filter(group -> group.has(levels[0], levels[1], levels[2]))
                            .toList();
                    assertThat(groups).as("R%dF%dM%d", r, f, m).hasSize(1);
                    seen.addAll(groups);
                    assertThat(RfmGroup.of(r, f, m, 3)).isEqualTo(groups.get(0));
                }
            }
        }
        seen.add(RfmGroup.of(0, 0, 0, 3));
        assertThat(seen).containsExactlyInAnyOrder(RfmGroup.values());
        for (int scores = 2; scores <= 9; scores++) {
            for (int i = 0; i < scores * scores * scores; i++) {
                assertThat(RfmGroup.of(1 + i / scores / scores, 1 + i / scores % scores, 1 + i % scores, scores))
                        .isNotNull()
                        .isNotEqualTo(RfmGroup.ONE_TIME);
            }
            assertThat(RfmGroup.of(scores, scores, scores, scores)).isEqualTo(RfmGroup.CHAMPIONS);
            assertThat(RfmGroup.of(1, 1, 1, scores)).isEqualTo(RfmGroup.LOST);
        }
        // Of five scores two are low, one is in the middle, two are high.
        assertThat(RfmGroup.of(4, 3, 1, 5)).isEqualTo(RfmGroup.POTENTIAL_LOYALISTS);
        assertThat(RfmGroup.of(2, 4, 3, 5)).isEqualTo(RfmGroup.AT_RISK);
    }

    @Test
    void scoresAreInTheirRange() {
        assertThatThrownBy(() -> RfmGroup.of(0, 1, 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`recency`");
        assertThatThrownBy(() -> RfmGroup.of(1, 1, 4, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`monetary`");
        for (int wrong : new int[] {1, 10}) {
            assertThatThrownBy(() -> RfmScoring.withDefaults().withScores(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`scores`");
        }
    }

    @Test
    void scoringsOfTheSameCutsAreEqual() {
        RfmScoring scoring = RfmScoring.withDefaults().withScores(3);
        assertThat(scoring.of(BASE)).isEqualTo(scoring.of(BASE)).hasSameHashCodeAs(scoring.of(BASE));
        assertThat(scoring.of(BASE))
                .isNotEqualTo(scoring.withZeroClass().of(BASE))
                .isNotEqualTo(scoring.of(BASE).named());
        assertThat(scoring.of(BASE).named().order().compare("champions", "at risk"))
                .isNegative();
    }
}
