// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelJsonTest {

    private static final ModelCatalog CATALOG = ModelCatalog.load(ModelJsonTest.class.getClassLoader());

    private static Map<String, Double> parameters(double r, double any) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("r", r);
        parameters.put("any", any);
        return parameters;
    }

    private static FittedTransactionModel purchases() {
        FitReport report = FitReport.builder("test-purchases", parameters(0.1, -2.5e-300))
                .timeScale(TimeScale.WEEKS)
                .standardErrors(parameters(0.5, 1))
                .logLikelihood(-9582.42920667)
                .customers(2357)
                .converged(true)
                .evaluations(31)
                .warnings(List.of(new FitWarning(FitWarning.Condition.BOUNDARY, "r: \"small\"")))
                .provenance("until", "1997-09-30")
                .build();
        return new TestModels.Fitted("test-purchases", report.parameters(), Optional.of(report));
    }

    private static FittedSpendModel amounts() {
        FitReport report = FitReport.builder("test-amounts", Map.of("p", 6.25))
                .customers(946)
                .build();
        return new TestModels.FittedAmounts("test-amounts", report.parameters(), Optional.of(report));
    }

    private static String write(SavedModel model) {
        return Texts.written(output -> ModelJson.write(model, output));
    }

    private static SavedModel read(String text) {
        return ModelJson.read(Texts.input(text), CATALOG);
    }

    @Test
    void writesTheContractsFieldsInOrder() {
        assertThat(write(SavedModel.ofTransactionsAndSpend(purchases(), amounts())))
                .isEqualTo(
                        """
                        {
                          "format": "clv4j-model/1",
                          "model": "test-purchases",
                          "time_unit": "weeks",
                          "parameters": {
                            "r": 0.10000000000000001,
                            "any": -2.5000000000000000E-300
                          },
                          "standard_errors": {
                            "r": 0.5,
                            "any": 1
                          },
                          "log_likelihood": -9582.4292066700000,
                          "customers": 2357,
                          "converged": true,
                          "evaluations": 31,
                          "warnings": [ "BOUNDARY: r: \\"small\\"" ],
                          "spend": {
                            "model": "test-amounts",
                            "parameters": {
                              "p": 6.25
                            },
                            "standard_errors": { },
                            "customers": 946,
                            "converged": false,
                            "evaluations": 0,
                            "warnings": [ ],
                            "provenance": { }
                          },
                          "provenance": {
                            "until": "1997-09-30"
                          }
                        }
                        """);
    }

    @Test
    void readsWhatItWrote() {
        String text = write(SavedModel.ofTransactionsAndSpend(purchases(), amounts()));
        SavedModel model = read(text);
        FitReport report = model.transactions().orElseThrow().report().orElseThrow();

        assertThat(write(model)).isEqualTo(text);
        assertThat(model.name()).isEqualTo("test-purchases × test-amounts");
        assertThat(report.parameters()).isEqualTo(parameters(0.1, -2.5e-300));
        assertThat(report.standardErrors()).isEqualTo(parameters(0.5, 1));
        assertThat(report.logLikelihood()).hasValue(-9582.42920667);
        assertThat(report.timeScale()).contains(TimeScale.WEEKS);
        assertThat(report.converged()).isTrue();
        assertThat(report.evaluations()).isEqualTo(31);
        assertThat(report.has(FitWarning.Condition.BOUNDARY)).isTrue();
        assertThat(report.provenance()).containsEntry("until", "1997-09-30");
    }

    @Test
    void savesATransactionModelAloneAndStatedParameters() {
        assertThat(read(write(SavedModel.ofTransactions(purchases()))).spend()).isEmpty();

        FittedTransactionModel stated = new TestModels.Fitted("test-purchases", parameters(1, -0.0), Optional.empty());
        String text = write(SavedModel.ofTransactions(stated));
        SavedModel model = read(text);
        assertThat(text).doesNotContain("converged");
        assertThat(model.transactions().orElseThrow().report()).isEmpty();
        assertThat(model.transactions().orElseThrow().parameters()).isEqualTo(parameters(1, -0.0));
        assertThat(model.clv()).isEmpty();
    }

    @Test
    void refusesCovariatesOfAModelWithoutThem() {
        String text = write(SavedModel.ofTransactions(purchases()));
        String with = text.replaceFirst("\"standard_errors\"", "\"covariates\": {\"age\": []},\n  \"standard_errors\"");
        assertThat(with).isNotEqualTo(text);
        assertThatThrownBy(() -> read(with))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the model 'test-purchases' has no covariates");
        assertThatThrownBy(() -> read(with.replace("[]", "[1]")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("`age` must be a text");
    }

    @Test
    void savesAModelInOnePiece() {
        FitReport report = FitReport.builder("test-whole", Map.of("mean", 3.0))
                .customers(5)
                .build();
        SavedModel model = read(write(SavedModel.ofClv(new TestModels.FittedWhole(report))));

        assertThat(model.clv().orElseThrow().name()).isEqualTo("test-whole");
        assertThat(model.reports().get(0).parameters()).containsEntry("mean", 3.0);
        assertThat(model.transactions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | format",
                "[] | format",
                "nothing | JSON",
                "{\"model\":\"test-purchases\"} | format",
                "{\"format\":\"clv4j-model/2\",\"x\":1} | clv4j-model/2",
                "{\"format\":\"other\"} | 'other'",
                "{\"format\":\"clv4j-model/1\"} | `model` is missing",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\"} | parameters",
                "{\"format\":\"clv4j-model/1\",\"model\":\"who\",\"parameters\":{}} | 'who'",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-amounts\",\"parameters\":{\"p\":1}} | by itself",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":{\"r\":1}} | any",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":{\"r\":-1,\"any\":1}} | -1",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":{\"r\":NaN,\"any\":1}} | JSON",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":{\"r\":1e999,\"any\":1}} | finite",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":{\"r\":\"1\",\"any\":1}} | number",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":[1]} | object",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":{\"r\":1,\"any\":{\"a\":{\"b\":{}}}}} | any",
                "{\"format\":\"clv4j-model/1\",\"model\":5} | text",
                "{\"format\":\"clv4j-model/1\",\"model\":\"a\",\"model\":\"b\"} | JSON",
                "{\"format\":\"clv4j-model/1\",\"colour\":\"red\"} | colour",
                "{\"format\":\"clv4j-model/1\",\"time_unit\":\"hours\"} | hours",
                "{\"format\":\"clv4j-model/1\",\"converged\":1} | converged",
                "{\"format\":\"clv4j-model/1\",\"evaluations\":1.5} | evaluations",
                "{\"format\":\"clv4j-model/1\",\"warnings\":[\"FOO: bar\"]} | FOO",
                "{\"format\":\"clv4j-model/1\",\"spend\":1} | spend",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\" | JSON",
                "{\"format\":\"clv4j-model/1\",\"model\":\"test-purchases\",\"parameters\":{\"r\":1,\"any\":1}} {} | follows",
            })
    void refusesWhatIsNoModelInOneLine(String text, String part) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("cannot read the model test.csv: ")
                .hasMessageContaining(part)
                .message()
                .doesNotContain("\n");
    }
}
