// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The figures and the tables of {@code docs/cdnow.md}, which are skipped where the data are absent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CdnowStudyTest {

    private static final String PAGE = "docs/cdnow.md";
    private static final double HALF_A_DIGIT = 0.0000501;
    private static final Offset<Double> FOUR_DIGITS = within(HALF_A_DIGIT);

    /**
     * The reference does not say at which parameters its figures were computed, and its last digit is not met: it is some millionths
     * away. The fits here are held to 1e-7 by FamilyFitTest and BgNbdFitTest in clv-models.
     */
    private static final double UNSTATED_OPTIMUM = 1e-5;

    /** The same for means by frequency, which move by up to 2e-4 between this optimum and that of an established implementation. */
    private static final double UNSTATED_FLAT_OPTIMUM = 1e-4;

    private CdnowStudy study;

    /** Once for all tests; before each of them, so that each says that it is skipped. */
    @BeforeEach
    void read() {
        if (study == null) {
            study = CdnowStudy.ofSharedData();
        }
    }

    @Test
    void figuresAreDrawnFromTheData() throws IOException {
        Map<String, String> drawn = new CdnowFigures(study).all();
        drawn.forEach(Figures::assertShown);
        try (Stream<Path> files = Files.list(Figures.FOLDER)) {
            Set<String> kept = files.map(file -> file.getFileName().toString())
                    .filter(CdnowStudyTest::isOfCdnow)
                    .collect(Collectors.toSet());
            assertThat(kept).isEqualTo(drawn.keySet());
        }
    }

    @Test
    void cumulativePurchasesAreThoseOfTheReference() {
        assertThat(study.actualByWeek()[CdnowStudy.WEEKS]).isEqualTo(4339);
        assertInTheEnd("pareto-nbd", 4270.07);
        assertInTheEnd("bg-nbd", 4160.64);
        assertInTheEnd("mbg-nbd", 4049.97);
    }

    private void assertInTheEnd(String name, double expected) {
        assertThat(study.expectedByWeek(model(name))[CdnowStudy.WEEKS])
                .as(name)
                .isCloseTo(expected, within(UNSTATED_OPTIMUM * expected));
    }

    @Test
    void holdoutByFrequencyIsThatOfTheReference() {
        assertMeans(0, study.actualInHoldout(), .2367, .6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594);
        assertMeans(
                UNSTATED_FLAT_OPTIMUM,
                study.expectedInHoldout(model("pareto-nbd")),
                .1384,
                .5995,
                1.1958,
                1.7138,
                2.3984,
                2.9073,
                3.8186,
                6.4032);
    }

    private void assertMeans(double relative, double[] column, double... expected) {
        double[] means = study.meanByFrequency(column);
        for (int group = 0; group < expected.length; group++) {
            assertThat(means[group])
                    .as("frequency %s", group)
                    .isCloseTo(expected[group], within(HALF_A_DIGIT + relative * expected[group]));
        }
    }

    @Test
    void errorsInTheHoldoutAreThoseOfTheReference() {
        assertErrors(study.expectedInHoldout(model("nbd")), 2929.8, 1.0410, 1.8595);
        assertErrors(study.expectedInHoldout(model("pareto-nbd")), 1665.5, .7545, 1.6029);
        assertErrors(study.expectedInHoldout(model("bg-nbd")), 1653.4, .7855, 1.6080);
        assertErrors(study.expectedInHoldout(model("mbg-nbd")), 1576.7, .7648, 1.6072);
        assertErrors(study.samePaceInHoldout(), 2930.1, 1.0237, 2.2119);
    }

    private void assertErrors(double[] expected, double total, double meanAbsolute, double rootMeanSquare) {
        assertThat(Arrays.stream(expected).sum()).isCloseTo(total, within(0.0501));
        assertThat(meanAbsoluteError(expected)).isCloseTo(meanAbsolute, FOUR_DIGITS);
        assertThat(rootMeanSquareError(expected))
                .isCloseTo(rootMeanSquare, within(HALF_A_DIGIT + UNSTATED_OPTIMUM * rootMeanSquare));
    }

    @Test
    void customersByFrequencyAddUpToAll() {
        study.models().values().forEach(model -> assertThat(
                        Arrays.stream(study.customersByFrequency(model)).sum())
                .isCloseTo(study.base().size(), within(1e-9)));
    }

    @Test
    void fitsAreThoseOfThePage() {
        GeneratedTable table = GeneratedTable.of(
                "| model | estimates (standard errors) | log-likelihood | AIC | BIC |", "|---|---|--:|--:|--:|");
        study.models().forEach((name, model) -> {
            FitReport report = model.report().orElseThrow();
            assertThat(report.converged()).as(name).isTrue();
            String estimates = report.parameters().entrySet().stream()
                    .map(estimate -> format(
                            "%s %.4f (%.4f)",
                            estimate.getKey(),
                            estimate.getValue(),
                            report.standardErrors().get(estimate.getKey())))
                    .collect(Collectors.joining(", "));
            table.row(List.of(
                    "`" + name + "`",
                    estimates,
                    format("%.2f", report.logLikelihood().orElseThrow()),
                    format("%.2f", report.aic().orElseThrow()),
                    format("%.2f", report.bic().orElseThrow())));
        });
        table.assertShownIn(PAGE, "fits");
    }

    @Test
    void cumulativePurchasesAreThoseOfThePage() {
        int[] weeks = {13, 26, 39, 52, 65, 78};
        GeneratedTable table =
                GeneratedTable.of("| up to week | 13 | 26 | 39 | 52 | 65 | 78 |", "|---|--:|--:|--:|--:|--:|--:|");
        double[] actual = study.actualByWeek();
        table.row(row("actual", Arrays.stream(weeks).mapToObj(week -> format("%.0f", actual[week]))));
        study.models().forEach((name, model) -> {
            double[] expected = study.expectedByWeek(model);
            table.row(row("`" + name + "`", Arrays.stream(weeks).mapToObj(week -> format("%.1f", expected[week]))));
        });
        table.assertShownIn(PAGE, "cumulative");
    }

    @Test
    void holdoutTotalsAreThoseOfThePage() {
        GeneratedTable table = GeneratedTable.of("| | purchases in 39 weeks | MAE | RMSE |", "|---|--:|--:|--:|");
        double[] actual = study.actualInHoldout();
        table.row(List.of("actual", format("%.0f", Arrays.stream(actual).sum()), "", ""));
        study.models().forEach((name, model) -> table.row(errors("`" + name + "`", study.expectedInHoldout(model))));
        table.row(errors("same pace as before", study.samePaceInHoldout()));
        table.assertShownIn(PAGE, "holdout");
    }

    private List<String> errors(String name, double[] expected) {
        return List.of(
                name,
                format("%.1f", Arrays.stream(expected).sum()),
                format("%.4f", meanAbsoluteError(expected)),
                format("%.4f", rootMeanSquareError(expected)));
    }

    @Test
    void holdoutByFrequencyIsThatOfThePage() {
        GeneratedTable table = byFrequency();
        table.row(means("actual", study.actualInHoldout()));
        study.models().forEach((name, model) -> table.row(means("`" + name + "`", study.expectedInHoldout(model))));
        table.assertShownIn(PAGE, "holdout-by-frequency");
    }

    private List<String> means(String name, double[] column) {
        return row(name, Arrays.stream(study.meanByFrequency(column)).mapToObj(mean -> format("%.4f", mean)));
    }

    @Test
    void customersByFrequencyAreThoseOfThePage() {
        GeneratedTable table = byFrequency();
        table.row(row("actual", Arrays.stream(study.customersByFrequency()).mapToObj(count -> format("%.0f", count))));
        study.models()
                .forEach((name, model) -> table.row(row(
                        "`" + name + "`",
                        Arrays.stream(study.customersByFrequency(model)).mapToObj(count -> format("%.1f", count)))));
        table.assertShownIn(PAGE, "frequency");
    }

    private static GeneratedTable byFrequency() {
        return GeneratedTable.of(
                "| repeat purchases | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7+ |", "|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    }

    /** Every figure is shown by a page, and the pages show no other. */
    @Test
    void figuresHaveReaders() {
        Set<String> shown = new TreeSet<>();
        for (Path page : Markdown.files()) {
            Markdown.read(page)
                    .lines()
                    .filter(line -> line.startsWith("![") && line.contains("figures/"))
                    .forEach(line -> shown.add(line.substring(line.lastIndexOf('/') + 1, line.lastIndexOf(')'))));
        }
        shown.removeIf(figure -> !isOfCdnow(figure));
        assertThat(shown).isEqualTo(new TreeSet<>(new CdnowFigures(study).all().keySet()));
    }

    private static boolean isOfCdnow(String figure) {
        return figure.startsWith("cdnow-");
    }

    private FittedTransactionModel model(String name) {
        FittedTransactionModel model = study.models().get(name);
        assertThat(model).as(name).isNotNull();
        return model;
    }

    private double meanAbsoluteError(double[] expected) {
        double[] actual = study.actualInHoldout();
        return IntStream.range(0, actual.length)
                .mapToDouble(row -> Math.abs(expected[row] - actual[row]))
                .average()
                .orElseThrow();
    }

    private double rootMeanSquareError(double[] expected) {
        double[] actual = study.actualInHoldout();
        return Math.sqrt(IntStream.range(0, actual.length)
                .mapToDouble(row -> Math.pow(expected[row] - actual[row], 2))
                .average()
                .orElseThrow());
    }

    private static List<String> row(String name, Stream<String> cells) {
        List<String> row = new ArrayList<>(List.of(name));
        cells.forEach(row::add);
        return row;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
