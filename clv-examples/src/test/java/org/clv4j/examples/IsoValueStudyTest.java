// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.ranking.IsoValuePoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tables of {@code docs/iso-value.md}, which are skipped where the data are absent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsoValueStudyTest {

    private static final String PAGE = "docs/iso-value.md";
    private static final int[] THIRDS = {1, 2, 3};
    private static final String NEVER_BACK = "R0F0M0";
    private static final String BEST = "R3F3M3";

    private IsoValueStudy study;

    /** Once for all tests; before each of them, so that each says that it is skipped. */
    @BeforeEach
    void read() {
        if (study == null) {
            study = IsoValueStudy.ofSharedData();
        }
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static Map<String, SegmentEquity> cells(CustomerEquity equity) {
        return equity.breakdowns().get(0).segments().stream()
                .collect(Collectors.toMap(SegmentEquity::name, Function.identity()));
    }

    private static double worth(SegmentEquity cell) {
        return cell.futureValue().doubleValue();
    }

    private static double worthOfEach(SegmentEquity cell) {
        return worth(cell) / cell.customers();
    }

    @Test
    void theParametersAreShown() {
        GeneratedTable table =
                GeneratedTable.of("| parameter | on the sample | on the whole cohort |", "|---|--:|--:|");
        Map<String, Double> own = new TreeMap<>();
        study.reportsOfOwnFit().forEach(report -> own.putAll(report.parameters()));
        study.model().reports().forEach(report -> report.parameters()
                .forEach((name, value) -> table.row(List.of(
                        "`" + report.model() + "` " + name, format("%.5f", value), format("%.5f", own.get(name))))));
        table.assertShownIn(PAGE, "parameters");
    }

    @Test
    void classesAreShown() {
        GeneratedTable table = GeneratedTable.of("| | 1 | 2 | 3 |", "|---|--:|--:|--:|");
        for (String measure : List.of("R", "F", "M")) {
            List<String> cells = new ArrayList<>();
            cells.add(Map.of("R", "R: days since the last purchase", "F", "F: repeat purchases", "M", "M: mean amount")
                    .get(measure));
            for (int third : THIRDS) {
                cells.add(study.range(measure, third));
            }
            table.row(cells);
        }
        table.assertShownIn(PAGE, "classes");
    }

    @Test
    void cellsAreShownAndAddUp() {
        SegmentEquity total = study.equity().total();
        Map<String, SegmentEquity> cells = cells(study.equity());
        assertThat(cells).hasSize(28);
        assertThat(total.customers()).isEqualTo(study.base().size()).isEqualTo(23560);
        assertThat(study.everyone().size() - study.base().size()).isEqualTo(10);
        assertThat(cells.values().stream().mapToDouble(SegmentEquity::customers).sum())
                .isEqualTo(total.customers());
        assertThat(cells.values().stream().map(SegmentEquity::futureValue).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(total.futureValue());
        assertShown("customers", SegmentEquity::customers, "%.0f");
        assertShown("mean", IsoValueStudyTest::worthOfEach, "%.2f");
        assertShown("total", IsoValueStudyTest::worth, "%.0f");
    }

    private void assertShown(String name, ToDoubleFunction<SegmentEquity> figure, String format) {
        Map<String, SegmentEquity> shown = cells(study.equity());
        GeneratedTable table = GeneratedTable.of("| | R = 1 | R = 2 | R = 3 |", "|---|--:|--:|--:|");
        for (int m : THIRDS) {
            for (int f : THIRDS) {
                List<String> cells = new ArrayList<>();
                cells.add("M = " + m + ", F = " + f);
                for (int r : THIRDS) {
                    cells.add(format(format, figure.applyAsDouble(shown.get("R" + r + "F" + f + "M" + m))));
                }
                table.row(cells);
            }
        }
        table.row(List.of("never back", format(format, figure.applyAsDouble(shown.get(NEVER_BACK))), "", ""));
        table.row(List.of(
                "all", format(format, figure.applyAsDouble(study.equity().total())), "", ""));
        table.assertShownIn(PAGE, name);
    }

    /** What the page says below its tables. */
    @Test
    void theCellsAreAsDescribed() {
        Map<String, SegmentEquity> cells = cells(study.equity());
        double neverBack = worth(cells.get(NEVER_BACK));
        assertThat(cells.get(NEVER_BACK).customers() / study.base().size()).isBetween(0.5, 0.52);
        assertThat(cells.values()).filteredOn(cell -> worth(cell) > neverBack).hasSize(4);
        for (int m : THIRDS) {
            assertThat(worthOfEach(cells.get("R1F3M" + m)))
                    .isLessThan(worthOfEach(cells.get("R1F1M" + m)))
                    .isLessThan(worthOfEach(cells.get("R1F2M" + m)));
        }
        assertThat(worth(cells.get(BEST)) / worth(study.equity().total())).isBetween(1 / 3.0, 0.4);
    }

    /** The commands of the page give every cell its customers and its value, and so does the library. */
    @Test
    void theCommandAgrees(@TempDir Path folder) throws IOException {
        Path page = Markdown.root().resolve(PAGE);
        DocsCommandsTest.copyData(page, folder);
        String printed = "";
        for (Markdown.Block block : Markdown.blocks(page)) {
            printed = DocsCommandsTest.isCommand(block) ? DocsCommandsTest.run(block, folder) : printed;
        }
        Map<String, SegmentEquity> expected = new HashMap<>(cells(study.equity()));
        expected.put("total", study.equity().total());
        for (String line : printed.lines().toList()) {
            String[] words = line.strip().split(" +", -1);
            SegmentEquity cell = expected.remove(words[0]);
            if (cell != null) {
                assertThat(number(words[1])).as(line).isEqualTo(cell.customers());
                assertThat(number(words[4])).as(line).isCloseTo(worth(cell), within(0.501));
            }
        }
        assertThat(expected).as("cells that the command does not show").isEmpty();
    }

    private static double number(String printed) {
        return Double.parseDouble(printed.replace(",", ""));
    }

    @Test
    void contoursAreShownAndBendBack() {
        List<Integer> frequencies = List.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14);
        StringBuilder header = new StringBuilder("| worth |");
        StringBuilder alignment = new StringBuilder("|--:|");
        for (int x : frequencies) {
            header.append(" x = ").append(x).append(" |");
            alignment.append("--:|");
        }
        GeneratedTable table = GeneratedTable.of(header.toString(), alignment.toString());
        for (double worth : new double[] {5, 10, 20, 40, 80, 160}) {
            Map<Integer, Double> recencies = new TreeMap<>();
            for (IsoValuePoint point : study.contour(worth)) {
                recencies.put(point.frequency(), point.recency());
            }
            List<String> cells = new ArrayList<>();
            cells.add(format("%.0f", worth));
            for (int x : frequencies) {
                cells.add(recencies.containsKey(x) ? format("%.1f", recencies.get(x)) : "–");
            }
            table.row(cells);
        }
        table.assertShownIn(PAGE, "contours");
    }

    /** What the choice of customers to fit to makes of the cohort. */
    @Test
    void otherFitsAreShown() {
        CustomerEquity own = study.equityByOwnFit();
        GeneratedTable table = GeneratedTable.of(
                "| fitted to | all | never back | never back, each | R = F = M = 3, each |", "|---|--:|--:|--:|--:|");
        row(table, "the sample", study.equity());
        row(table, "the whole cohort", own);
        table.assertShownIn(PAGE, "fits");
        assertThat(worth(own.total()) / worth(study.equity().total())).isCloseTo(8 / 7.0, within(0.001));
    }

    private static void row(GeneratedTable table, String name, CustomerEquity equity) {
        Map<String, SegmentEquity> cells = cells(equity);
        SegmentEquity never = cells.get(NEVER_BACK);
        table.row(List.of(
                name,
                format("%.0f", worth(equity.total())),
                format("%.0f", worth(never)),
                format("%.2f", worthOfEach(never)),
                format("%.2f", worthOfEach(cells.get(BEST)))));
    }
}
