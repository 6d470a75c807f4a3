// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.chart;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes SVG: a card with a background of its own, so that it reads on light and on dark pages. Coordinates have one decimal, and
 * no text is measured, so that the same data give the same bytes everywhere.
 */
final class Svg {

    static final String TEXT = "#24292f";
    static final String MUTED = "#656d76";
    static final String GRID = "#e6e8eb";
    static final String AXIS = "#8c959f";
    static final String PAPER = "#ffffff";

    private static final String FONTS = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** Begins a drawing; title and description are also what a screen reader says. */
    Svg(int width, int height, String title, String description) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        attributes("viewBox", "0 0 " + width + " " + height, "width", width, "height", height);
        attributes("role", "img", "font-family", FONTS, "font-size", 12, "fill", TEXT);
        element("title", title);
        element("desc", description);
        empty(
                "rect",
                "x",
                0.5,
                "y",
                0.5,
                "width",
                width - 1,
                "height",
                height - 1,
                "rx",
                6,
                "fill",
                PAPER,
                "stroke",
                GRID);
        text(title, 24, 33, "font-size", 17, "font-weight", 600);
        text(description, 24, 53, "fill", MUTED);
    }

    /** Begins a group whose attributes hold for what is in it. */
    void begin(Object... attributes) {
        newLine();
        try {
            xml.writeStartElement("g");
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        attributes(attributes);
    }

    void end() {
        newLine();
        try {
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    void empty(String name, Object... attributes) {
        newLine();
        try {
            xml.writeEmptyElement(name);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        attributes(attributes);
    }

    void line(double fromX, double fromY, double toX, double toY, Object... attributes) {
        empty("path", "d", move(fromX, fromY) + "L" + number(toX) + " " + number(toY));
        attributes(attributes);
    }

    void text(String words, double x, double y, Object... attributes) {
        newLine();
        try {
            xml.writeStartElement("text");
            attributes("x", x, "y", y);
            attributes(attributes);
            xml.writeCharacters(words);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path through points in order. */
    static String through(double[] xs, double[] ys) {
        StringBuilder path = new StringBuilder(move(xs[0], ys[0])).append('L');
        for (int i = 1; i < xs.length; i++) {
            path.append(i == 1 ? "" : " ").append(number(xs[i])).append(' ').append(number(ys[i]));
        }
        return path.toString();
    }

    static String move(double x, double y) {
        return "M" + number(x) + " " + number(y);
    }

    /** Rounds to a tenth, half up, without a decimal that says nothing. */
    static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Ends the drawing and returns it. */
    String finish() {
        newLine();
        try {
            xml.writeEndElement();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text + "\n";
    }

    private void element(String name, String words) {
        newLine();
        try {
            xml.writeStartElement(name);
            xml.writeCharacters(words);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds attributes to the element begun last. */
    void attributes(Object... namesAndValues) {
        try {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                Object value = namesAndValues[i + 1];
                xml.writeAttribute(
                        (String) namesAndValues[i],
                        value instanceof Number number ? number(number.doubleValue()) : value.toString());
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void newLine() {
        try {
            xml.writeCharacters("\n");
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
