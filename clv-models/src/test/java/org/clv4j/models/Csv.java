// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** Tables of truth: plain comma-separated files with a header. */
public final class Csv {

    private Csv() {}

    /** Reads a table that ships with the tests. */
    public static List<Map<String, String>> resource(String name) {
        InputStream stream = Objects.requireNonNull(Csv.class.getResourceAsStream(name), name);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return table(reader.lines().collect(Collectors.toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a table of the optional data beside the checkout; the test is skipped where it is absent. */
    public static List<Map<String, String>> shared(String name) {
        return table(sharedLines(name));
    }

    /** Reads the lines of a file of the optional data beside the checkout; the test is skipped where it is absent. */
    public static List<String> sharedLines(String name) {
        Path file = Path.of(System.getProperty("clv.shared", "absent"), name);
        Assumptions.assumeTrue(Files.isReadable(file), () -> "skipped: no reference data at " + file);
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<String, String>> table(List<String> lines) {
        String[] header = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    String[] fields = line.split(",", -1);
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 0; i < header.length; i++) {
                        row.put(header[i], fields[i]);
                    }
                    return row;
                })
                .collect(Collectors.toList());
    }

    /** Returns a number of a row. */
    public static double number(Map<String, String> row, String column) {
        return Double.parseDouble(Objects.requireNonNull(row.get(column), column));
    }
}
