// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.clv4j.examples.chart.Style.Mark;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {

    private static final Style STYLE = new Style("A & B < C", "#0067a3", 1.5, "3 2", Mark.SQUARE);

    @Test
    void labelsAreMovedApartInTheirOrder() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 1_000; round++) {
            double[] wanted = random.doubles(1 + round % 8, 100, 220).sorted().toArray();
            double[] places = Chart.apart(wanted);
            double moved = 0;
            for (int i = 0; i < places.length; i++) {
                moved += places[i] - wanted[i];
                if (i > 0) {
                    assertThat(places[i] - places[i - 1]).isGreaterThan(15.999);
                }
            }
            assertThat(moved).isCloseTo(0, within(1e-6));
        }
        assertThat(Chart.apart(new double[] {10, 50, 90})).containsExactly(10, 50, 90);
        assertThat(Chart.apart(new double[] {50, 50})).containsExactly(42, 58);
    }

    @Test
    void numbersHaveOneDecimalAtMost() {
        assertThat(List.of(0.04, -0.04, 0.05, 12.0, 100.26, -3.99, 1e6).stream().map(Svg::number))
                .containsExactly("0", "0", "0.1", "12", "100.3", "-4", "1000000");
    }

    @Test
    void drawingsAreWellFormed() throws Exception {
        double[] xs = {0, 1, 2};
        double[] ys = {0, 4, 9};
        Chart lines = Chart.ofLines("Title", "What it is", Axis.of("x", 0, 2, 1), Axis.of("y", 0, 10, 5));
        lines.divide(1, "before", "after");
        lines.lineWithMarks(STYLE, xs, ys);
        assertThat(read(lines.finish()).getElementsByTagName("path").getLength())
                .isPositive();

        Chart bars =
                Chart.ofBars("Title", "What it is", Axis.ofBars("x", List.of("a", "b", "c")), Axis.of("y", 0, 1, .5));
        bars.bars(STYLE, new double[] {0.2, 1, 0});
        bars.points(STYLE, new double[] {0.1, 0.9, 0.1}, 0.1);
        assertThat(read(bars.finish()).getDocumentElement().getTextContent())
                .contains("A & B < C", "Title", "What it is", "0.5");

        HeatMaps maps = HeatMaps.of("Title", "What it is", 10.5, 6);
        maps.map(STYLE, (frequency, recency) -> frequency == 0 ? 1 : recency / 10.5);
        assertThat(read(maps.finish()).getDocumentElement().getTextContent()).contains("never came back: 1.00");
    }

    private static Document read(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }
}
