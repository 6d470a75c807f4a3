// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.chart;

import java.util.List;
import java.util.Locale;

/**
 * Maps of a probability over recency and frequency, side by side, in ten steps from light to dark. Customers without a repeat
 * purchase have no recency of their own: they are the strip below each map, with their probability written in it.
 */
public final class HeatMaps {

    /** A probability of frequency and recency. */
    public interface Probability {
        /** Returns the probability; for frequency 0 the recency is 0. */
        double at(int frequency, double recency);
    }

    private static final int WIDTH = 760;
    private static final int HEIGHT = 452;
    private static final double TOP = 116;
    private static final double LEFT = 62;
    private static final double MAP_WIDTH = 210;
    private static final double GAP = 22;
    private static final double ROW_HEIGHT = 12.5;
    private static final double STRIP_GAP = 5;

    /** One hue, from light to dark: it reads in print and for colour-blind readers alike. */
    private static final List<String> STEPS = List.of(
            "#ecf2f8", "#dce8f3", "#cadced", "#afcbe2", "#8fb6d6", "#6c9dc7", "#4a82b5", "#2f669d", "#1b4a7f",
            "#0c2f5c");

    private final Svg svg;
    private final double age;
    private final int frequencies;
    private double left = LEFT;

    private HeatMaps(String title, String description, double age, int frequencies) {
        svg = new Svg(WIDTH, HEIGHT, title, description);
        this.age = age;
        this.frequencies = frequencies;
        svg.begin("fill", Svg.MUTED, "text-anchor", "end");
        for (int frequency = 5; frequency <= frequencies; frequency += 5) {
            svg.text(Integer.toString(frequency), LEFT - 8, rowTop(frequency) + ROW_HEIGHT / 2 + 4);
        }
        svg.text("1", LEFT - 8, rowTop(1) + ROW_HEIGHT / 2 + 4);
        svg.text("0", LEFT - 8, rowTop(0) + ROW_HEIGHT / 2 + 4);
        svg.end();
        svg.text("Repeat purchases", 24, TOP - 32, "fill", Svg.MUTED, "font-style", "italic");
    }

    /** A drawing for maps of customers of one age, in weeks, with up to so many repeat purchases. */
    public static HeatMaps of(String title, String description, double age, int frequencies) {
        return new HeatMaps(title, description, age, frequencies);
    }

    private double rowTop(int frequency) {
        return TOP + (frequencies - frequency) * ROW_HEIGHT + (frequency == 0 ? STRIP_GAP : 0);
    }

    /** Draws the next map. */
    public void map(Style style, Probability probability) {
        int weeks = (int) Math.ceil(age);
        StringBuilder[] paths = new StringBuilder[STEPS.size()];
        for (int step = 0; step < paths.length; step++) {
            paths[step] = new StringBuilder();
        }
        for (int frequency = 1; frequency <= frequencies; frequency++) {
            for (int week = 0; week < weeks; ) {
                int step = step(frequency, week, probability);
                int end = week + 1;
                while (end < weeks && step(frequency, end, probability) == step) {
                    end++;
                }
                cells(paths[step], week, Math.min(end, age), rowTop(frequency));
                week = end;
            }
        }
        double never = probability.at(0, 0);
        cells(paths[step(never)], 0, age, rowTop(0));
        for (int step = 0; step < paths.length; step++) {
            if (!paths[step].isEmpty()) {
                // The stroke closes the hairlines that some viewers leave between cells.
                svg.empty("path", "d", paths[step], "fill", STEPS.get(step), "stroke", STEPS.get(step));
                svg.attributes("stroke-width", 0.4);
            }
        }
        svg.text(
                String.format(Locale.ROOT, "never came back: %.2f", never),
                left + MAP_WIDTH / 2,
                rowTop(0) + ROW_HEIGHT / 2 + 3.6,
                "font-size",
                10.5,
                "text-anchor",
                "middle",
                "fill",
                never < 0.5 ? Svg.TEXT : Svg.PAPER);
        svg.text(style.name(), left + MAP_WIDTH / 2, TOP - 10, "text-anchor", "middle", "font-weight", 600);
        double bottom = rowTop(0) + ROW_HEIGHT;
        svg.begin("fill", Svg.MUTED, "text-anchor", "middle");
        for (int week = 0; week <= weeks; week += 10) {
            svg.line(atWeek(week), bottom + 1, atWeek(week), bottom + 5, "stroke", Svg.AXIS);
            svg.text(Integer.toString(week), atWeek(week), bottom + 18);
        }
        svg.end();
        left += MAP_WIDTH + GAP;
    }

    private int step(int frequency, int week, Probability probability) {
        return step(probability.at(frequency, (week + Math.min(week + 1, age)) / 2));
    }

    private static int step(double probability) {
        return Math.min((int) (probability * STEPS.size()), STEPS.size() - 1);
    }

    private double atWeek(double week) {
        return left + week / age * MAP_WIDTH;
    }

    private void cells(StringBuilder path, double from, double to, double top) {
        path.append(Svg.move(atWeek(from), top))
                .append("H")
                .append(Svg.number(atWeek(to)))
                .append("v")
                .append(Svg.number(ROW_HEIGHT))
                .append("H")
                .append(Svg.number(atWeek(from)))
                .append("z");
    }

    /** Ends the drawing with the scale, and returns the SVG. */
    public String finish() {
        double y = HEIGHT - 42;
        double swatch = 26;
        double x = WIDTH - 24 - 6 - swatch * STEPS.size();
        svg.text("Last repeat purchase, in weeks after the first purchase", LEFT, y + 10);
        svg.text("P(alive)", x - 10, y + 10, "text-anchor", "end");
        for (int step = 0; step < STEPS.size(); step++) {
            svg.empty("rect", "x", x + step * swatch, "y", y, "width", swatch, "height", 12, "fill", STEPS.get(step));
        }
        svg.begin("fill", Svg.MUTED, "text-anchor", "middle", "font-size", 11);
        for (int step = 0; step <= STEPS.size(); step += 2) {
            svg.text(String.format(Locale.ROOT, "%.1f", step / 10.0), x + step * swatch, y + 26);
        }
        svg.end();
        return svg.finish();
    }
}
