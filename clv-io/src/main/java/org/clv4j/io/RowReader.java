// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;
import org.clv4j.core.data.DataException;

/** Reads delimited text row by row into the same cells. Blank lines are passed over. */
abstract class RowReader implements Closeable {

    private final TextInput input;
    private final List<Cell> cells = new ArrayList<>();
    private boolean[] kept = {};
    private boolean all = true;

    /** The line on which the row starts. */
    long line;

    /** How many fields the row has. */
    int columns;

    RowReader(TextInput input) {
        this.input = input;
    }

    static RowReader of(TextInput input, BufferedReader text, Delimiter delimiter) {
        return delimiter == Delimiter.WHITESPACE
                ? new Whitespace(input, text)
                : new Csv(input, text, delimiter.character());
    }

    /** Reads the next row; false at the end. */
    final boolean next() {
        try {
            return read();
        } catch (IOException e) {
            throw input.failure(e);
        } catch (UncheckedIOException e) {
            throw input.failure(Objects.requireNonNull(e.getCause()));
        } catch (CsvParseException e) {
            throw new DataException(
                    "cannot read " + input.name() + " after line " + line + ": the quotes or the length of a field are"
                            + " not those of a CSV file",
                    e);
        }
    }

    abstract boolean read() throws IOException;

    final long line() {
        return line;
    }

    final int columns() {
        return columns;
    }

    final Cell cell(int column) {
        return cells.get(column);
    }

    /** Returns the fields of the row as fresh strings. */
    final List<String> texts() {
        List<String> texts = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            texts.add(cells.get(column).toString());
        }
        return texts;
    }

    /** From the next row on, only these columns are copied. */
    final void keep(int... wanted) {
        int most = 0;
        for (int column : wanted) {
            most = Math.max(most, column);
        }
        kept = new boolean[most + 1];
        for (int column : wanted) {
            kept[column] = true;
        }
        while (cells.size() <= most) {
            cells.add(new Cell());
        }
        all = false;
    }

    final boolean keeps(int column) {
        if (all) {
            while (cells.size() <= column) {
                cells.add(new Cell());
            }
            return true;
        }
        return column < kept.length && kept[column];
    }

    /** Fields between single characters, quoted or not. */
    private static final class Csv extends RowReader {
        private final CsvReader<Boolean> csv;
        private final Iterator<Boolean> rows;
        private boolean blank;

        Csv(TextInput input, Reader text, char delimiter) {
            super(input);
            csv = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .build(new Handler(), text);
            rows = csv.iterator();
        }

        @Override
        boolean read() {
            while (rows.hasNext()) {
                rows.next();
                if (!blank) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }

        /** Copies fields into the cells while they are parsed. */
        private final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
            @Override
            protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
                if (keeps(column)) {
                    cell(column).set(buffer, offset, length);
                }
                blank = column == 0 && isBlank(buffer, offset, length);
            }

            private boolean isBlank(char[] buffer, int offset, int length) {
                for (int i = offset; i < offset + length; i++) {
                    if (buffer[i] > ' ') {
                        return false;
                    }
                }
                return true;
            }

            @Override
            protected Boolean buildRecord() {
                line = getStartingLineNumber();
                columns = getFieldCount();
                return Boolean.TRUE;
            }
        }
    }

    /** Fields between runs of blanks. */
    private static final class Whitespace extends RowReader {
        private final BufferedReader text;

        Whitespace(TextInput input, BufferedReader text) {
            super(input);
            this.text = text;
        }

        @Override
        boolean read() throws IOException {
            String row = text.readLine();
            while (row != null) {
                line++;
                StringTokenizer fields = new StringTokenizer(row);
                if (fields.hasMoreTokens()) {
                    columns = 0;
                    while (fields.hasMoreTokens()) {
                        String field = fields.nextToken();
                        if (keeps(columns)) {
                            cell(columns).set(field);
                        }
                        columns++;
                    }
                    return true;
                }
                row = text.readLine();
            }
            return false;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
