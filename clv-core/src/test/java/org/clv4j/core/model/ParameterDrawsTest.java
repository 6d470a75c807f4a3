// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParameterDrawsTest {

    private static final List<ParameterDomain> DOMAINS = List.of(
            ParameterDomain.positive("r", "shape"),
            new ParameterDomain("p", 0, 1, "part"),
            ParameterDomain.real("z", "effect"),
            ParameterDomain.positive("k", "fixed"));

    private static FitReport report(double[][] covariance) {
        Map<String, Double> estimates = new LinkedHashMap<>();
        estimates.put("r", 2.0);
        estimates.put("p", 0.25);
        estimates.put("z", -1.0);
        estimates.put("k", 3.0);
        return FitReport.builder("m", estimates)
                .converged(true)
                .covariance(covariance)
                .build();
    }

    private static final double[][] COVARIANCE = {
        {0.04, 0.001, 0.02, 0}, {0.001, 0.0009, -0.003, 0}, {0.02, -0.003, 0.09, 0}, {0, 0, 0, 0}
    };

    @Test
    void drawsHaveTheCovarianceOfTheFitOnTheFreeScale() {
        ParameterDraws draws = ParameterDraws.of(report(COVARIANCE), DOMAINS);
        SplittableRandom random = new SplittableRandom(1);
        int n = 200_000;
        double[] mean = new double[3];
        double[][] second = new double[3][3];
        for (int i = 0; i < n; i++) {
            Map<String, Double> drawn = draws.draw(random);
            assertThat(drawn.get("k")).isEqualTo(3.0);
            double p = drawn.get("p");
            double[] free = {Math.log(drawn.get("r") / 2), Math.log(p / (1 - p)) + Math.log(3), drawn.get("z") + 1};
            for (int a = 0; a < 3; a++) {
                mean[a] += free[a] / n;
                for (int b = 0; b < 3; b++) {
                    second[a][b] += free[a] * free[b] / n;
                }
            }
        }
        double[] slope = {0.5, 1 / (0.25 * 0.75), 1};
        for (int a = 0; a < 3; a++) {
            double deviation = Math.sqrt(COVARIANCE[a][a]) * slope[a];
            assertThat(mean[a]).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
            for (int b = 0; b < 3; b++) {
                double expected = COVARIANCE[a][b] * slope[a] * slope[b];
                double size = deviation * Math.sqrt(COVARIANCE[b][b]) * slope[b];
                assertThat(second[a][b]).isCloseTo(expected, within(6 * size / Math.sqrt(n)));
            }
        }
    }

    @Test
    void theSeedDecides() {
        ParameterDraws draws = ParameterDraws.of(report(COVARIANCE), DOMAINS);
        assertThat(draws.draw(new SplittableRandom(7))).isEqualTo(draws.draw(new SplittableRandom(7)));
        assertThat(draws.draw(new SplittableRandom(7))).isNotEqualTo(draws.draw(new SplittableRandom(8)));
    }

    @Test
    void drawsStayInTheirDomains() {
        double[][] wide = {{4e4, 0, 0, 0}, {0, 1e3, 0, 0}, {0, 0, 1e6, 0}, {0, 0, 0, 0}};
        ParameterDraws draws = ParameterDraws.of(report(wide), DOMAINS);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1000; i++) {
            Map<String, Double> drawn = draws.draw(random);
            DOMAINS.forEach(domain ->
                    assertThat(domain.contains(drawn.get(domain.name()))).isTrue());
        }
    }

    @Test
    void whatCannotBeDrawnIsSaid() {
        FitReport without =
                FitReport.builder("m", Map.of("r", 1.0)).converged(true).build();
        assertThatThrownBy(() -> ParameterDraws.of(without, DOMAINS.subList(0, 1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no covariance");
        assertThatThrownBy(() -> ParameterDraws.of(report(COVARIANCE), DOMAINS.subList(0, 2)))
                .isInstanceOf(ModelException.class);
        double[][] impossible = {{1, 2, 0, 0}, {2, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}};
        assertThatThrownBy(() -> ParameterDraws.of(report(impossible), DOMAINS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("positive definite");
    }
}
