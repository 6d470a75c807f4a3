// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A chart of lines, or of bars with points beside them, on two axes. Lines are named at their ends, bars and points in a row above
 * the plot, so that no name lies over the data.
 */
public final class Chart {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 430;
    private static final double MARGIN = 24;
    private static final double LEFT = 62;
    private static final double BOTTOM = 376;
    private static final double LABEL_HEIGHT = 16;
    private static final double LEGEND_STEP = 116;

    private final Svg svg;
    private final Axis x;
    private final Axis y;
    private final double right;
    private final double top;
    private final List<Label> labels = new ArrayList<>();
    private double legendAt = MARGIN;

    private record Label(Style style, double at) {}

    private Chart(String title, String description, Axis x, Axis y, double right, double top) {
        svg = new Svg(WIDTH, HEIGHT, title, description);
        this.x = x;
        this.y = y;
        this.right = right;
        this.top = top;
    }

    /** A chart of lines. */
    public static Chart ofLines(String title, String description, Axis x, Axis y) {
        Chart chart = new Chart(title, description, x, y, 652, 100);
        chart.grid(true);
        return chart;
    }

    /** A chart of bars, one a category, and points. */
    public static Chart ofBars(String title, String description, Axis categories, Axis y) {
        Chart chart = new Chart(title, description, categories, y, 736, 122);
        chart.grid(false);
        return chart;
    }

    private double atX(double value) {
        return LEFT + x.share(value) * (right - LEFT);
    }

    private double atY(double value) {
        return BOTTOM - y.share(value) * (BOTTOM - top);
    }

    private void grid(boolean ticksBelow) {
        svg.begin("stroke", Svg.GRID);
        for (double tick : y.ticks()) {
            svg.line(LEFT, atY(tick), right, atY(tick));
        }
        svg.end();
        svg.begin("fill", Svg.MUTED, "text-anchor", "end");
        for (int i = 0; i < y.ticks().size(); i++) {
            svg.text(y.labels().get(i), LEFT - 8, atY(y.ticks().get(i)) + 4);
        }
        svg.end();
        svg.begin("fill", Svg.MUTED, "text-anchor", "middle");
        for (int i = 0; i < x.ticks().size(); i++) {
            double at = atX(x.ticks().get(i));
            if (ticksBelow) {
                svg.line(at, BOTTOM, at, BOTTOM + 5, "stroke", Svg.AXIS);
            }
            svg.text(x.labels().get(i), at, BOTTOM + 19);
        }
        svg.text(x.title(), (LEFT + right) / 2, BOTTOM + 40, "fill", Svg.TEXT);
        svg.end();
        svg.text(y.title(), MARGIN, top - 16, "fill", Svg.MUTED, "font-style", "italic");
    }

    /** Marks a place on the horizontal axis, with what lies before and after it. */
    public void divide(double at, String before, String after) {
        svg.line(atX(at), top - 20, atX(at), BOTTOM, "stroke", Svg.AXIS, "stroke-dasharray", "3 3");
        svg.text(before, atX(at) - 8, top - 10, "text-anchor", "end", "fill", Svg.MUTED);
        svg.text(after, atX(at) + 8, top - 10, "fill", Svg.MUTED);
    }

    /** Draws a line, named at its end. */
    public void line(Style style, double[] xs, double[] ys) {
        path(style, Svg.through(allX(xs), allY(ys)));
        labels.add(new Label(style, atY(ys[ys.length - 1])));
    }

    /** Draws a line with its points marked, named at its end. */
    public void lineWithMarks(Style style, double[] xs, double[] ys) {
        line(style, xs, ys);
        marks(style, xs, ys);
    }

    private void path(Style style, String path) {
        svg.empty("path", "d", path, "fill", "none", "stroke", style.colour(), "stroke-width", style.width());
        if (!style.dashes().isEmpty()) {
            svg.attributes("stroke-dasharray", style.dashes());
        }
        svg.attributes("stroke-linejoin", "round");
    }

    /** Draws short strokes on the horizontal axis, where something happened. */
    public void events(double[] xs, double height, String colour) {
        StringBuilder path = new StringBuilder();
        for (double at : xs) {
            path.append(Svg.move(atX(at), BOTTOM)).append("v").append(Svg.number(-height));
        }
        svg.empty("path", "d", path, "stroke", colour, "stroke-width", 1.5);
    }

    /** Draws a bar a category, and names the series above the plot. */
    public void bars(Style style, double[] heights) {
        double half = 0.38 * (right - LEFT) / heights.length;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < heights.length; i++) {
            path.append(Svg.move(atX(i) - half, BOTTOM))
                    .append("V")
                    .append(Svg.number(atY(heights[i])))
                    .append("h")
                    .append(Svg.number(2 * half))
                    .append("V")
                    .append(Svg.number(BOTTOM))
                    .append("z");
        }
        svg.empty("path", "d", path, "fill", style.colour());
        svg.empty("rect", "x", legendAt, "y", 69, "width", 12, "height", 12, "fill", style.colour());
        nameInLegend(style, 18);
    }

    /** Draws a point a category, moved sideways by a share of the category's width, and names the series above the plot. */
    public void points(Style style, double[] heights, double shift) {
        double[] xs = new double[heights.length];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = i + shift;
        }
        marks(style, xs, heights);
        svg.empty("path", "d", style.mark().at(legendAt + 5, 75), "fill", style.colour());
        nameInLegend(style, 16);
    }

    private void nameInLegend(Style style, double indent) {
        svg.text(style.name(), legendAt + indent, 79);
        legendAt += LEGEND_STEP;
    }

    private void marks(Style style, double[] xs, double[] ys) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            path.append(style.mark().at(atX(xs[i]), atY(ys[i])));
        }
        svg.empty("path", "d", path, "fill", style.colour(), "stroke", Svg.PAPER, "stroke-width", 0.8);
    }

    private double[] allX(double[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = atX(values[i]);
        }
        return all;
    }

    private double[] allY(double[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = atY(values[i]);
        }
        return all;
    }

    /** Ends the chart: names the lines, and returns the SVG. */
    public String finish() {
        svg.line(LEFT, BOTTOM, right, BOTTOM, "stroke", Svg.AXIS);
        List<Label> sorted =
                labels.stream().sorted(Comparator.comparingDouble(Label::at)).toList();
        double[] places = apart(sorted.stream().mapToDouble(Label::at).toArray());
        for (int i = 0; i < places.length; i++) {
            Style style = sorted.get(i).style();
            svg.empty(
                    "path",
                    "d",
                    Svg.through(
                            new double[] {right + 3, right + 15},
                            new double[] {sorted.get(i).at(), places[i]}),
                    "stroke",
                    style.colour(),
                    "stroke-width",
                    0.8,
                    "fill",
                    "none");
            svg.text(style.name(), right + 19, places[i] + 4, "fill", style.colour(), "font-weight", 600);
        }
        return svg.finish();
    }

    /** Moves sorted places apart to the height of a label, each lot of them around the mean of where it belongs. */
    static double[] apart(double[] sorted) {
        double[] places = sorted.clone();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int first = 0; first < places.length; ) {
                int end = first + 1;
                while (end < places.length && places[end] - places[end - 1] < LABEL_HEIGHT - 1e-9) {
                    end++;
                }
                if (end - first > 1) {
                    moved = true;
                    // What was moved before and stands a label's height away belongs to the lot.
                    while (first > 0 && places[first] - places[first - 1] <= LABEL_HEIGHT + 1e-9) {
                        first--;
                    }
                    while (end < places.length && places[end] - places[end - 1] <= LABEL_HEIGHT + 1e-9) {
                        end++;
                    }
                    double mean = 0;
                    for (int i = first; i < end; i++) {
                        mean += sorted[i] / (end - first);
                    }
                    for (int i = first; i < end; i++) {
                        places[i] = mean + (i - first - (end - first - 1) / 2.0) * LABEL_HEIGHT;
                    }
                }
                first = end;
            }
        }
        return places;
    }
}
