// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelStateTest {

    private static final ModelState INNER =
            ModelState.builder().numbers("beta", 1.5, -0.0).text("link", "log").build();

    @Test
    void aPartComesBackAsItWas() {
        ModelState outer = ModelState.builder()
                .numbers("horizon", 39)
                .part("learner", INNER)
                .texts("features", List.of("frequency", "recency"))
                .build();

        assertThat(outer.part("learner")).isEqualTo(INNER).hasSameHashCodeAs(INNER);
        assertThat(outer.part("learn").numberNames()).isEmpty();
        assertThat(outer.number("horizon")).isEqualTo(39);
        assertThat(outer.texts("features")).containsExactly("frequency", "recency");
        assertThat(outer.numberNames()).containsExactly("horizon", "learner/beta");
        assertThat(outer.textNames()).containsExactly("learner/link", "features");
        assertThat(outer.has("learner/link")).isTrue();
        assertThat(outer.has("link")).isFalse();
    }

    @Test
    void equalityIsThatOfBits() {
        assertThat(INNER)
                .isNotEqualTo(ModelState.builder()
                        .numbers("beta", 1.5, 0.0)
                        .text("link", "log")
                        .build());
    }

    @Test
    void arraysAreNeitherKeptNorGivenAway() {
        double[] numbers = {1, 2};
        ModelState state = ModelState.builder().numbers("n", numbers).build();
        numbers[0] = 9;
        state.numbers("n")[1] = 9;

        assertThat(state.numbers("n")).containsExactly(1, 2);
    }

    @Test
    void whatIsMissingOrCannotBeKeptIsNamed() {
        assertThatThrownBy(() -> INNER.numbers("gamma"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`gamma` is missing; there are [beta, link]");
        assertThatThrownBy(() -> INNER.number("beta")).hasMessage("`beta` must be one number, but was 2");
        assertThatThrownBy(() -> ModelState.builder().numbers("x", 1, Double.NaN))
                .hasMessage("`x` must be finite, but was NaN at 1");
        assertThatThrownBy(() -> ModelState.builder().text("x", "a").numbers("x", 1))
                .hasMessage("`name` must be new and not blank, but was 'x'");
    }
}
