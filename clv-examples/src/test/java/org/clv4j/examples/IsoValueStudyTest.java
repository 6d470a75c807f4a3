// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.clv4j.core.ranking.IsoValuePoint;
import org.clv4j.core.value.CustomerValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The tables of {@code docs/iso-value.md}, which are skipped where the data are absent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsoValueStudyTest {

    private static final String PAGE = "docs/iso-value.md";
    private static final int[] THIRDS = {1, 2, 3};

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

    private static double sum(CustomerValues values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(values::futureValue).sum();
    }

    private static double total(CustomerValues values) {
        double total = 0;
        for (int row = 0; row < values.size(); row++) {
            total += values.futureValue(row);
        }
        return total;
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
        CustomerValues values = study.values();
        int customers = study.rows(0, 0, 0).length;
        double worth = sum(values, study.rows(0, 0, 0));
        for (int r : THIRDS) {
            for (int f : THIRDS) {
                for (int m : THIRDS) {
                    customers += study.rows(r, f, m).length;
                    worth += sum(values, study.rows(r, f, m));
                }
            }
        }
        assertThat(customers).isEqualTo(study.base().size()).isEqualTo(23560);
        assertThat(study.everyone().size() - customers).isEqualTo(10);
        assertThat(worth).isCloseTo(total(values), within(1e-6));
        assertShown("customers", rows -> rows.length, "%.0f", customers);
        assertShown("mean", rows -> sum(values, rows) / rows.length, "%.2f", worth / customers);
        assertShown("total", rows -> sum(values, rows), "%.0f", worth);
    }

    private void assertShown(String name, ToDoubleFunction<int[]> figure, String format, double whole) {
        GeneratedTable table = GeneratedTable.of("| | R = 1 | R = 2 | R = 3 |", "|---|--:|--:|--:|");
        for (int m : THIRDS) {
            for (int f : THIRDS) {
                List<String> cells = new ArrayList<>();
                cells.add("M = " + m + ", F = " + f);
                for (int r : THIRDS) {
                    cells.add(format(format, figure.applyAsDouble(study.rows(r, f, m))));
                }
                table.row(cells);
            }
        }
        table.row(List.of("never back", format(format, figure.applyAsDouble(study.rows(0, 0, 0))), "", ""));
        table.row(List.of("all", format(format, whole), "", ""));
        table.assertShownIn(PAGE, name);
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
        CustomerValues own = study.valuesByOwnFit();
        GeneratedTable table = GeneratedTable.of(
                "| fitted to | all | never back | never back, each | R = F = M = 3, each |", "|---|--:|--:|--:|--:|");
        row(table, "the sample", study.values());
        row(table, "the whole cohort", own);
        table.assertShownIn(PAGE, "fits");
        assertThat(total(own)).isGreaterThan(total(study.values()));
    }

    private void row(GeneratedTable table, String name, CustomerValues values) {
        int[] never = study.rows(0, 0, 0);
        int[] best = study.rows(3, 3, 3);
        table.row(List.of(
                name,
                format("%.0f", total(values)),
                format("%.0f", sum(values, never)),
                format("%.2f", sum(values, never) / never.length),
                format("%.2f", sum(values, best) / best.length)));
    }
}
