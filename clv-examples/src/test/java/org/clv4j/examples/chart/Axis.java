// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A linear axis.
 *
 * @param title what is on it, with its unit
 * @param from the value at its beginning
 * @param to the value at its end
 * @param ticks where it is labelled
 * @param labels the labels, one a tick
 */
public record Axis(String title, double from, double to, List<Double> ticks, List<String> labels) {

    /** An axis with a label every so often; whole numbers from 1,000 on have a comma. */
    public static Axis of(String title, double from, double to, double step) {
        List<Double> ticks = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        int count = (int) Math.floor((to - from) / step + 1e-9);
        for (int i = 0; i <= count; i++) {
            double tick = from + i * step;
            ticks.add(tick);
            labels.add(String.format(Locale.ROOT, step == Math.rint(step) ? "%,.0f" : "%.1f", tick));
        }
        return new Axis(title, from, to, List.copyOf(ticks), List.copyOf(labels));
    }

    /** An axis of categories at 0, 1, 2, … for bars, which stand around their places. */
    public static Axis ofBars(String title, List<String> categories) {
        return ofCategories(title, -0.5, categories.size() - 0.5, categories);
    }

    /** An axis of categories at 0, 1, 2, … for lines, which end at the last place. */
    public static Axis ofPlaces(String title, List<String> categories) {
        return ofCategories(title, -0.3, categories.size() - 1.0, categories);
    }

    private static Axis ofCategories(String title, double from, double to, List<String> categories) {
        return new Axis(
                title,
                from,
                to,
                IntStream.range(0, categories.size())
                        .mapToObj(category -> (double) category)
                        .toList(),
                categories);
    }

    /** The share of the axis up to a value. */
    double share(double value) {
        return (value - from) / (to - from);
    }
}
