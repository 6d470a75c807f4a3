// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** One run of the command inside the test's Java. */
record Clv(int exitCode, String out, String err) {

    static Clv run(String... args) {
        return runWithInput("", args);
    }

    static Clv runWithInput(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(
                args,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        return new Clv(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command given as one line; arguments have no blanks. */
    static Clv line(String line) {
        return run(line.split(" "));
    }

    /** The fields of a CSV column that has no quotes. */
    List<String> column(String name) {
        return columnOf(out, name);
    }

    static List<String> columnOf(String csv, String name) {
        List<String> lines = csv.lines().toList();
        int column = Arrays.asList(lines.get(0).split(",", -1)).indexOf(name);
        return lines.stream().skip(1).map(line -> line.split(",", -1)[column]).toList();
    }

    double sum(String name) {
        return column(name).stream().mapToDouble(Double::parseDouble).sum();
    }

    static Path shared(String file) {
        Path path =
                Path.of(System.getProperty("clv.shared", "no-shared-folder")).resolve(file);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
        return path;
    }
}
