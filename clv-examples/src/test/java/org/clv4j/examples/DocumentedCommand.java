// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clv4j.cli.Main;

/**
 * A command line of the documentation: {@code ./clv …}, or {@code head -n N FILE}.
 *
 * @param words the words of the line
 */
record DocumentedCommand(List<String> words) {

    private static final Set<String> FILE_OPTIONS = Set.of(
            "--transactions",
            "--summary",
            "--segments",
            "--fitted",
            "--bridge-from",
            "--bridge-out",
            "--statement-out",
            "--what-if-out",
            "--cohorts",
            "--contracts",
            "--save",
            "--values",
            "--out");

    /**
     * How a command ended.
     *
     * @param exitCode its exit code
     * @param printed what it wrote to standard output and standard error
     */
    record Outcome(int exitCode, String printed) {}

    /** The command lines of a block; a backslash at the end of a line continues it. */
    static List<DocumentedCommand> parse(String block) {
        return block.replace("\\\n", " ")
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> new DocumentedCommand(Stream.of(line.strip().split(" +", -1))
                        .map(word -> word.replaceAll("^'(.*)'$", "$1"))
                        .toList()))
                .toList();
    }

    /** Runs the command as if in a folder. */
    Outcome run(Path folder) {
        return switch (words.get(0)) {
            case "./clv" -> runClv(folder);
            case "head" -> new Outcome(0, head(folder));
            default -> throw new AssertionError("the documentation may use ./clv and head, but not " + words);
        };
    }

    private Outcome runClv(Path folder) {
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        for (int i = 1; i < arguments.size(); i++) {
            if (FILE_OPTIONS.contains(arguments.get(i - 1)) && !arguments.get(i).equals("-")) {
                arguments.set(i, folder.resolve(arguments.get(i)).toString());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream printed = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            int exitCode = Main.run(arguments.toArray(String[]::new), InputStream.nullInputStream(), printed, printed);
            return new Outcome(
                    exitCode,
                    bytes.toString(StandardCharsets.UTF_8)
                            .replace("\r\n", "\n")
                            .replace(folder + folder.getFileSystem().getSeparator(), ""));
        }
    }

    private String head(Path folder) {
        return Markdown.read(folder.resolve(words.get(3)))
                .lines()
                .limit(Integer.parseInt(words.get(2)))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
