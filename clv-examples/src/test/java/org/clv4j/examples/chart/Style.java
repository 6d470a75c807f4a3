// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.chart;

/**
 * How a series looks. Colours are told apart by colour-blind readers, too, and none is told from another by colour alone.
 *
 * @param name what the series is called
 * @param colour its colour
 * @param width the width of its line
 * @param dashes the pattern of its line; empty for a solid one
 * @param mark the shape of its points
 */
public record Style(String name, String colour, double width, String dashes, Mark mark) {

    /** Shapes of points. */
    public enum Mark {
        CIRCLE("m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"),
        SQUARE("m-3.6 -3.6h7.2v7.2h-7.2z"),
        TRIANGLE("m0 -4.6l4.6 8.2h-9.2z"),
        DIAMOND("m0 -5l5 5l-5 5l-5 -5z");

        private final String path;

        Mark(String path) {
            this.path = path;
        }

        String at(double x, double y) {
            return Svg.move(x, y) + path;
        }
    }
}
