// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.clv4j.core.data.DataException;
import org.jspecify.annotations.Nullable;

/** A delimited text that has been looked into: its delimiter is known, and its first rows are at hand as a sample. */
final class Table implements Closeable {

    private static final int SAMPLE_ROWS = 10_000;
    private static final Delimiter[] SINGLE_CHARACTERS = {Delimiter.TAB, Delimiter.SEMICOLON, Delimiter.COMMA};

    private final TextInput input;
    private final RowReader rows;
    private final Delimiter delimiter;
    private final boolean detected;
    private final List<List<String>> sample;

    private Table(TextInput input, RowReader rows, Delimiter delimiter, boolean detected, List<List<String>> sample) {
        this.input = input;
        this.rows = rows;
        this.delimiter = delimiter;
        this.detected = detected;
        this.sample = sample;
    }

    /**
     * Opens a text.
     *
     * @param given the delimiter, or null to detect it
     * @param fewestColumns how many columns the text must have to make sense
     */
    static Table open(TextInput input, @Nullable Delimiter given, int fewestColumns) {
        BufferedReader text = input.open();
        try {
            String start = lookAhead(text);
            if (start.isBlank()) {
                throw new DataException("cannot read " + input.name() + ": it is empty");
            }
            Delimiter delimiter = given == null ? detect(start, fewestColumns) : given;
            return new Table(
                    input,
                    RowReader.of(input, text, delimiter),
                    delimiter,
                    given == null,
                    sample(input, start, delimiter));
        } catch (IOException e) {
            close(text);
            throw input.failure(e);
        } catch (DataException e) {
            close(text);
            throw e;
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Nothing was written; what was to be said is on its way already.
        }
    }

    /** Returns the start of the text in whole lines and puts the reader back. */
    private static String lookAhead(BufferedReader text) throws IOException {
        text.mark(TextInput.LOOK_AHEAD);
        char[] buffer = new char[TextInput.LOOK_AHEAD - 1];
        int length = 0;
        int count = text.read(buffer, 0, buffer.length);
        while (count > 0) {
            length += count;
            count = text.read(buffer, length, buffer.length - length);
        }
        text.reset();
        int end = length;
        if (length == buffer.length) {
            while (end > 0 && buffer[end - 1] != '\n') {
                end--;
            }
        }
        return new String(buffer, 0, end == 0 ? length : end);
    }

    private static List<List<String>> sample(TextInput input, String start, Delimiter delimiter) {
        List<List<String>> sample = new ArrayList<>();
        RowReader reader = RowReader.of(input, new BufferedReader(new StringReader(start)), delimiter);
        while (sample.size() < SAMPLE_ROWS && reader.next()) {
            sample.add(reader.texts());
        }
        return sample;
    }

    /** The single character that parts most rows into the same, greatest number of columns; else blanks. */
    private static Delimiter detect(String start, int fewestColumns) {
        List<String> lines = new ArrayList<>();
        start.lines().filter(line -> !line.isBlank()).limit(200).forEach(lines::add);
        for (int fewest = fewestColumns; fewest >= 2; fewest--) {
            Delimiter best = null;
            int most = fewest - 1;
            for (Delimiter candidate : SINGLE_CHARACTERS) {
                int columns = usualColumns(lines, candidate);
                if (columns > most) {
                    best = candidate;
                    most = columns;
                }
            }
            if (best != null) {
                return best;
            }
            if (usualColumns(lines, Delimiter.WHITESPACE) >= fewest) {
                return Delimiter.WHITESPACE;
            }
        }
        return Delimiter.COMMA;
    }

    /** The number of columns of the first line, if nine lines of ten have as many; else 0. */
    private static int usualColumns(List<String> lines, Delimiter delimiter) {
        int first = countColumns(lines.get(0), delimiter);
        long same = lines.stream()
                .filter(line -> countColumns(line, delimiter) == first)
                .count();
        return same * 10 >= lines.size() * 9L ? first : 0;
    }

    private static int countColumns(String line, Delimiter delimiter) {
        return delimiter == Delimiter.WHITESPACE
                ? new StringTokenizer(line).countTokens()
                : countColumns(line, delimiter.character());
    }

    private static int countColumns(String line, char delimiter) {
        int columns = 1;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                columns++;
            }
        }
        return columns;
    }

    RowReader rows() {
        return rows;
    }

    String name() {
        return input.name();
    }

    Delimiter delimiter() {
        return delimiter;
    }

    boolean isDelimiterDetected() {
        return detected;
    }

    /** The first rows, the header's among them. */
    List<List<String>> sample() {
        return sample;
    }

    @Override
    public void close() {
        close(rows);
    }
}
