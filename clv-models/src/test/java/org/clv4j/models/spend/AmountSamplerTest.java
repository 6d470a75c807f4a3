// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.clv4j.core.model.AmountSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AmountSamplerTest {

    static Stream<FittedPopulationSpend> models() {
        return Stream.of(
                GammaGamma.Fitted.of(6.25, 5, 15.44),
                LogNormalSpend.Fitted.of(3.3, 0.5, 0.4),
                NormalSpend.Fitted.of(35, 12, 9));
    }

    /** Amounts are about a mean spend that is drawn once a customer: one mean, and as much in common as its variance. */
    @ParameterizedTest
    @MethodSource("models")
    void amountsShareAMeanSpend(FittedPopulationSpend model) {
        int n = 40_000;
        AmountSampler.Amounts source = model.amounts();
        double expected = model.expectedSpend(2, 30);
        double[] pair = new double[2];
        double sum = 0;
        double squares = 0;
        double products = 0;
        double productSquares = 0;
        for (int i = 0; i < n; i++) {
            source.draw(2, 30, 2, i, pair);
            sum += pair[0] - expected;
            squares += (pair[0] - expected) * (pair[0] - expected);
            double product = (pair[0] - expected) * (pair[1] - expected);
            products += product;
            productSquares += product * product;
        }
        assertThat(sum / n).isCloseTo(0, within(3 * Math.sqrt(squares) / n));
        double[] means = model.sampleMeanSpends(2, 30, n, 3);
        double variance = 0;
        double fourths = 0;
        for (double mean : means) {
            double square = (mean - expected) * (mean - expected);
            variance += square / n;
            fourths += square * square;
        }
        assertThat(products / n).isCloseTo(variance, within(3 * (Math.sqrt(productSquares) + Math.sqrt(fourths)) / n));
    }

    @Test
    void aDrawDependsOnItsSeedAlone() {
        AmountSampler.Amounts source = GammaGamma.Fitted.of(6.25, 5, 15.44).amounts();
        double[] first = new double[3];
        double[] again = new double[3];
        source.draw(2, 30, 3, 5, first);
        source.draw(1, 3, 1, 6, again);
        source.draw(2, 30, 3, 5, again);
        assertThat(again).isEqualTo(first);
        assertThatThrownBy(() -> source.draw(2, 30, -1, 5, first)).hasMessageContaining("`purchases`");
    }
}
