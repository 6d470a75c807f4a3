// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitWarning.Condition;
import org.junit.jupiter.api.Test;

class FitReportTest {

    private static Map<String, Double> parameters() {
        Map<String, Double> parameters = new LinkedHashMap<>();
        parameters.put("r", 0.25);
        parameters.put("alpha", 4.5);
        return parameters;
    }

    private static FitReport.Builder builder() {
        return FitReport.builder("nbd", parameters())
                .timeScale(TimeScale.WEEKS)
                .covariance(new double[][] {{0.04, 0.01}, {0.01, 0.25}})
                .logLikelihood(-1000.5)
                .customers(100)
                .converged(true)
                .evaluations(17)
                .warnings(List.of(new FitWarning(Condition.BOUNDARY, "r ran to 0")))
                .provenance("version", "1");
    }

    @Test
    void keepsWhatTheFitSaid() {
        FitReport report = builder().build();
        assertThat(report.model()).isEqualTo("nbd");
        assertThat(report.timeScale()).contains(TimeScale.WEEKS);
        assertThat(report.parameters()).containsExactly(Map.entry("r", 0.25), Map.entry("alpha", 4.5));
        assertThat(report.standardErrors()).containsExactly(Map.entry("r", 0.2), Map.entry("alpha", 0.5));
        assertThat(report.covariance().orElseThrow()).isDeepEqualTo(new double[][] {{0.04, 0.01}, {0.01, 0.25}});
        assertThat(report.logLikelihood()).hasValue(-1000.5);
        assertThat(report.customers()).isEqualTo(100);
        assertThat(report.converged()).isTrue();
        assertThat(report.evaluations()).isEqualTo(17);
        assertThat(report.has(Condition.BOUNDARY)).isTrue();
        assertThat(report.has(Condition.NOT_CONVERGED)).isFalse();
        assertThat(report.warnings()).containsExactly(new FitWarning(Condition.BOUNDARY, "r ran to 0"));
    }

    @Test
    void informationCriteriaCountParametersAndCustomers() {
        FitReport report = builder().build();
        assertThat(report.aic()).hasValue(2 * 2 + 2 * 1000.5);
        assertThat(report.bic().orElseThrow()).isCloseTo(2 * Math.log(100) + 2 * 1000.5, within(1e-9));
        FitReport bare = FitReport.builder("nbd", parameters()).build();
        assertThat(bare.aic()).isEmpty();
        assertThat(bare.bic()).isEmpty();
        assertThat(bare.logLikelihood()).isEmpty();
        assertThat(bare.standardErrors()).isEmpty();
        assertThat(bare.covariance()).isEmpty();
        assertThat(bare.timeScale()).isEmpty();
        // Nothing infinite, also without customers.
        FitReport nobody =
                FitReport.builder("nbd", parameters()).logLikelihood(0).build();
        assertThat(nobody.bic()).isEmpty();
        assertThat(nobody.summary()).contains("AIC").doesNotContain("BIC").doesNotContain("Infinity");
    }

    @Test
    void theSummaryIsTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(builder().build().summary())
                    .isEqualTo(
                            """
                            nbd: converged, 100 customers, 17 evaluations
                              r                            0.250000  (s.e. 0.200000)
                              alpha                        4.500000  (s.e. 0.500000)
                              log-likelihood -1000.50000   AIC 2005.000   BIC 2010.210
                              warning: BOUNDARY: r ran to 0""");
        } finally {
            Locale.setDefault(before);
        }
        assertThat(FitReport.builder("nbd", parameters()).build().toString())
                .startsWith("nbd: NOT CONVERGED, 0 customers");
    }

    @Test
    void reportsNeverChange() {
        double[][] covariance = {{0.04, 0.01}, {0.01, 0.25}};
        Map<String, Double> parameters = parameters();
        FitReport.Builder builder = FitReport.builder("nbd", parameters).covariance(covariance);
        FitReport report = builder.build();
        covariance[0][0] = 9;
        parameters.put("r", 9.0);
        report.covariance().orElseThrow()[0][0] = 9;
        builder.provenance("a", "b").logLikelihood(1).standardErrors(Map.of("r", 9.0));
        assertThat(report.covariance().orElseThrow()[0][0]).isEqualTo(0.04);
        assertThat(report.parameters()).containsEntry("r", 0.25);
        assertThat(report.provenance()).isEmpty();
        assertThat(report.standardErrors()).containsEntry("r", 0.2);
        assertThatThrownBy(() -> report.parameters().put("r", 1.0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> report.standardErrors().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> report.provenance().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);

        FitReport more = report.withProvenance("window", "w").withWarnings(List.of());
        assertThat(more.provenance()).containsExactly(Map.entry("window", "w"));
        assertThat(more.covariance().orElseThrow()[0][0]).isEqualTo(0.04);
        assertThat(report.provenance()).isEmpty();
    }

    @Test
    void whatIsNotFiniteOrNotThereIsRefused() {
        assertThatThrownBy(() -> FitReport.builder("nbd", Map.of("r", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`r`");
        assertThatThrownBy(() -> builder().logLikelihood(Double.NEGATIVE_INFINITY))
                .hasMessageContaining("`logLikelihood`");
        assertThatThrownBy(() -> builder().customers(Double.NaN)).hasMessageContaining("`customers`");
        assertThatThrownBy(() -> builder().customers(-1)).hasMessageContaining("`customers`");
        assertThatThrownBy(() -> builder().standardErrors(Map.of("beta", 1.0)))
                .hasMessageContaining("`beta`")
                .hasMessageContaining("alpha");
        assertThatThrownBy(() -> builder().standardErrors(Map.of("r", -1.0))).hasMessageContaining("`r`");
        assertThatThrownBy(() -> builder().standardErrors(Map.of("r", Double.NaN)))
                .hasMessageContaining("`r`");
        for (double[][] bad : new double[][][] {
            {}, {{1}}, {{1, 0}, {0}}, {{1, 0}, {0, 1}, {0, 0}}, {{1, 0}, {0, Double.NaN}}, {{-1, 0}, {0, 1}}
        }) {
            assertThatThrownBy(() -> builder().covariance(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void warningsAreReadBack() {
        FitWarning warning = new FitWarning(Condition.WEAKLY_IDENTIFIED, "s and beta: hardly told apart");
        assertThat(FitWarning.parse(warning.toString())).isEqualTo(warning);
        for (String bad : new String[] {"", "BOUNDARY", "NOTHING: at all"}) {
            assertThatThrownBy(() -> FitWarning.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`warning`")
                    .hasMessageContaining("'" + bad + "'");
        }
    }

    @Test
    void modelExceptionsCarryTheReport() {
        FitReport report = builder().build();
        assertThat(new ModelException("no", report).report()).containsSame(report);
        assertThat(new ModelException("no").report()).isEmpty();
    }

    /** A stated parameter is carried, but does not count as estimated; the provenance tells, so that a saved model knows too. */
    @Test
    void statedParametersDoNotCount() {
        FitReport.Builder builder = FitReport.builder("m", Map.of("r", 1.0, "c", 7.0))
                .logLikelihood(-10)
                .customers(100);
        FitReport all = builder.build();
        assertThat(all.estimatedParameters()).isEqualTo(2);
        assertThat(all.aic().orElseThrow()).isEqualTo(24);
        FitReport report = builder.fixed("c").build();
        assertThat(report.estimatedParameters()).isEqualTo(1);
        assertThat(report.aic().orElseThrow()).isEqualTo(22);
        assertThat(report.bic().orElseThrow()).isEqualTo(Math.log(100) + 20);
        FitReport.Builder read = FitReport.builder("m", report.parameters());
        report.provenance().forEach(read::provenance);
        assertThat(read.build().estimatedParameters()).isEqualTo(1);
        assertThatThrownBy(() -> builder.fixed("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`x`");
    }
}
