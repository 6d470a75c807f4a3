// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.examples.chart.Axis;
import org.clv4j.examples.chart.Chart;
import org.clv4j.examples.chart.HeatMaps;
import org.clv4j.examples.chart.Style;
import org.clv4j.examples.chart.Style.Mark;

/** The figures of {@code docs/figures}, drawn from the CDNOW sample. */
final class CdnowFigures {

    private static final Style ACTUAL = new Style("Actual", "#24292f", 2, "", Mark.CIRCLE);
    private static final Style COUNTED = new Style("Actual", "#c9d1d9", 0, "", Mark.SQUARE);

    /** Colours of the palette of Okabe and Ito, darkened where text is written in them. */
    private static final Map<String, Style> STYLES = Map.of(
            "pareto-nbd", new Style("Pareto/NBD", "#0067a3", 1.8, "", Mark.CIRCLE),
            "bg-nbd", new Style("BG/NBD", "#c24e00", 1.8, "8 3", Mark.SQUARE),
            "mbg-nbd", new Style("MBG/NBD", "#007a5a", 1.8, "3 2.5", Mark.TRIANGLE),
            "nbd", new Style("NBD", "#9a4f7d", 1.8, "8 3 2 3", Mark.DIAMOND));

    /** Bought often in 1997, was silent for a quarter, and came back. */
    static final String CUSTOMER = "0006";

    private static final double AGE = 38.86;
    private static final List<String> FREQUENCIES = List.of("0", "1", "2", "3", "4", "5", "6", "7+");

    private final CdnowStudy study;

    CdnowFigures(CdnowStudy study) {
        this.study = study;
    }

    /** All figures by the name of their file. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cdnow-cumulative.svg", cumulative());
        all.put("cdnow-weekly.svg", weekly());
        all.put("cdnow-frequency.svg", frequency());
        all.put("cdnow-holdout.svg", holdout());
        all.put("cdnow-alive-map.svg", aliveMap());
        all.put("cdnow-alive-path.svg", alivePath());
        return all;
    }

    private static Style style(String model) {
        Style style = STYLES.get(model);
        if (style == null) {
            throw new IllegalArgumentException("`model` must be one of " + STYLES.keySet() + ", but was " + model);
        }
        return style;
    }

    private String cumulative() {
        Chart chart = Chart.ofLines(
                "Repeat purchases add up",
                "CDNOW sample, 2,357 customers. Models know the first 39 weeks.",
                Axis.of("Weeks since 1 January 1997", 0, CdnowStudy.WEEKS, 13),
                Axis.of("Cumulative repeat purchases", 0, 6000, 1000));
        chart.divide(CdnowStudy.CALIBRATION, "calibration", "holdout");
        double[] weeks = count(0, CdnowStudy.WEEKS);
        study.models().forEach((name, model) -> chart.line(style(name), weeks, study.expectedByWeek(model)));
        chart.line(ACTUAL, weeks, study.actualByWeek());
        return chart.finish();
    }

    private String weekly() {
        Chart chart = Chart.ofLines(
                "Repeat purchases by week",
                "CDNOW sample, 2,357 customers, the last of them acquired in week 12. Models know the first 39 weeks.",
                Axis.of("Weeks since 1 January 1997", 0, CdnowStudy.WEEKS, 13),
                Axis.of("Repeat purchases a week", 0, 140, 20));
        chart.divide(CdnowStudy.CALIBRATION, "calibration", "holdout");
        double[] weeks = count(1, CdnowStudy.WEEKS);
        chart.line(
                new Style(ACTUAL.name(), ACTUAL.colour(), 1.2, "", ACTUAL.mark()),
                weeks,
                CdnowStudy.increments(study.actualByWeek()));
        study.models()
                .forEach((name, model) ->
                        chart.line(style(name), weeks, CdnowStudy.increments(study.expectedByWeek(model))));
        return chart.finish();
    }

    private String frequency() {
        Chart chart = Chart.ofBars(
                "How many customers came back how often",
                "CDNOW sample, 2,357 customers, calibration of 39 weeks.",
                Axis.ofBars("Repeat purchases", FREQUENCIES),
                Axis.of("Customers", 0, 1500, 250));
        chart.bars(COUNTED, study.customersByFrequency());
        double shift = -0.27;
        for (Map.Entry<String, FittedTransactionModel> model : study.models().entrySet()) {
            chart.points(style(model.getKey()), study.customersByFrequency(model.getValue()), shift);
            shift += 0.18;
        }
        return chart.finish();
    }

    private String holdout() {
        Chart chart = Chart.ofLines(
                "What the next 39 weeks bring",
                "CDNOW sample, 2,357 customers by their repeat purchases in the calibration.",
                Axis.ofPlaces("Repeat purchases in the calibration", FREQUENCIES),
                Axis.of("Mean purchases a customer in the holdout", 0, 10, 2));
        double[] groups = count(0, CdnowStudy.MANY);
        study.models()
                .forEach((name, model) -> chart.lineWithMarks(
                        style(name), groups, study.meanByFrequency(study.expectedInHoldout(model))));
        chart.lineWithMarks(ACTUAL, groups, study.meanByFrequency(study.actualInHoldout()));
        return chart.finish();
    }

    private String aliveMap() {
        HeatMaps maps = HeatMaps.of(
                "Who is still a customer?",
                "P(alive) of customers acquired 38.86 weeks ago, by models fitted to the CDNOW sample.",
                AGE,
                20);
        for (String name : List.of("pareto-nbd", "bg-nbd", "mbg-nbd")) {
            maps.map(
                    style(name),
                    (frequency, recency) -> study.models().get(name).probabilityAlive(frequency, recency, AGE));
        }
        return maps.finish();
    }

    private String alivePath() {
        List<LocalDate> days = study.daysOf(CUSTOMER);
        Chart chart = Chart.ofLines(
                "P(alive) of one customer over time",
                "Customer " + CUSTOMER + " of the CDNOW sample, day by day. Strokes below mark purchases.",
                Axis.of("Weeks since the first purchase", 0, CdnowStudy.WEEKS, 13),
                Axis.of("P(alive)", 0, 1, 0.2));
        for (String name : List.of("pareto-nbd", "bg-nbd", "mbg-nbd")) {
            double[][] path = study.alivePath(study.models().get(name), CUSTOMER);
            chart.line(style(name), path[0], path[1]);
        }
        chart.events(
                days.stream()
                        .mapToDouble(day -> CdnowStudy.weeks(days.get(0), day))
                        .toArray(),
                12,
                ACTUAL.colour());
        return chart.finish();
    }

    private static double[] count(int from, int to) {
        return IntStream.rangeClosed(from, to).asDoubleStream().toArray();
    }
}
