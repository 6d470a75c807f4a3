// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that have a state besides their parameters. */
class ModelStateJsonTest {

    private static final ModelCatalog CATALOG = ModelCatalog.load(ModelStateJsonTest.class.getClassLoader());

    private static TestState.Fitted model() {
        ModelState state = ModelState.builder()
                .text("family", "two-part \"ä\"\n")
                .numbers("learner/coefficients", 0.1, -0.0, Double.MIN_VALUE, -Double.MAX_VALUE, 1 / 3.0, 5)
                .numbers("none")
                .texts("columns", List.of("", "region=(other)", "日本"))
                .texts("no texts", List.of())
                .build();
        FitReport report = FitReport.builder("test-state", Map.of("mean", 2.5))
                .timeScale(TimeScale.WEEKS)
                .customers(12)
                .converged(true)
                .provenance("features", "a, b")
                .build();
        return new TestState.Fitted(report, state);
    }

    private static String write(SavedModel model) {
        return Texts.written(output -> ModelJson.write(model, output));
    }

    private static SavedModel read(String text) {
        return ModelJson.read(Texts.input(text), CATALOG);
    }

    @Test
    void readsTheBitsItWrote() {
        String text = write(SavedModel.ofClv(model()));
        SavedModel saved = read(text);
        TestState.Fitted again = (TestState.Fitted) saved.clv().orElseThrow();
        assertThat(write(saved)).isEqualTo(text);
        assertThat(again.state()).isEqualTo(model().state());
        assertThat(again.worth()).isEqualTo(model().worth());
        assertThat(Double.doubleToRawLongBits(again.state().numbers("learner/coefficients")[1]))
                .isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(again.fit().provenance()).containsEntry("features", "a, b");
        assertThat(saved.reports().get(0).timeScale()).contains(TimeScale.WEEKS);
    }

    @Test
    void everyTruncationIsRefused() {
        String text = write(SavedModel.ofClv(model())).strip();
        for (int length = 0; length < text.length(); length += 7) {
            String part = text.substring(0, length);
            assertThatThrownBy(() -> read(part))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("cannot read the model test.csv: ")
                    .message()
                    .doesNotContain("\n");
        }
    }

    private static final String HEAD =
            "{\"format\":\"clv4j-model/1\",\"model\":\"test-state\",\"parameters\":{\"mean\":1}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "} | 'test-state' needs a `state`",
                ",\"state\":1} | `state` must be an object",
                ",\"state\":{\"numbers\":[]}} | `numbers` must be an object of lists",
                ",\"state\":{\"letters\":{}}} | `letters` is no field of `state`",
                ",\"state\":{\"numbers\":{\"a\":1}}} | `a` must be a list",
                ",\"state\":{\"numbers\":{\"a\":[\"1\"]}}} | `a` must be a",
                ",\"state\":{\"numbers\":{\"a\":[null]}}} | `a` must be a",
                ",\"state\":{\"numbers\":{\"a\":[[1]]}}} | not that of a model",
                ",\"state\":{\"texts\":{\"a\":[1]}}} | `a` must be a text",
                ",\"state\":{\"texts\":{\"a\":[null]}}} | `a` must be a text",
                ",\"state\":{\"numbers\":{\"a\":[NaN]}}} | JSON",
                ",\"state\":{\"numbers\":{\"a\":[1e999]}}} | finite",
                ",\"state\":{\"numbers\":{\"a\":[1],\"a\":[2]}}} | JSON",
                ",\"state\":{\"numbers\":{\"a\":[1]},\"texts\":{\"a\":[\"x\"]}}} | 'a'",
                ",\"state\":{\"numbers\":{\"\":[1]}}} | `state`",
                ",\"state\":{\"numbers\":{}},\"state\":{}} | JSON",
                ",\"state\":{}} | `learner/coefficients` is missing",
                ",\"state\":{\"numbers\":{\"learner/coefficients\":[1]}}} | `family` is missing",
                ",\"state\":{\"numbers\":{\"learner/coefficients\":[1]},\"texts\":{\"family\":[\"a\",\"b\"]}}} | one text",
                ",\"state\":{\"numbers\":{\"learner/coefficients\":[1]},\"texts\":{\"family\":[\"a\"]}},\"covariates\":{\"age\":[]}} | has no `covariates`",
                ",\"state\":{\"numbers\":{\"learner/coefficients\":[1]},\"texts\":{\"family\":[\"a\"]}},\"spend\":{\"model\":\"test-amounts\",\"parameters\":{\"p\":1}}} | has no `spend`",
            })
    void refusesOtherStates(String rest, String part) {
        assertThatThrownBy(() -> read(HEAD + rest))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("cannot read the model test.csv: ")
                .hasMessageContaining(part)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"model\":\"test-whole\",\"parameters\":{\"mean\":1},\"state\":{}} | 'test-whole' has no `state`",
                "\"model\":\"test-purchases\",\"parameters\":{\"r\":1,\"any\":1},\"state\":{}} | has no `state`",
                "\"model\":\"test-purchases\",\"parameters\":{\"r\":1,\"any\":1},\"spend\":{\"model\":\"test-amounts\",\"parameters\":{\"p\":1},\"state\":{}}} | `spend` must not have a `state`",
            })
    void refusesStatesOfModelsWithoutOne(String rest, String part) {
        assertThatThrownBy(() -> read("{\"format\":\"clv4j-model/1\"," + rest))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(part);
    }
}
