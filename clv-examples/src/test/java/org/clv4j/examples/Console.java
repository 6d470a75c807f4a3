// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** What examples print. The documentation shows it from files of the test resources, which are compared here. */
final class Console {

    private Console() {}

    /** Runs an example, which must print what a resource holds. */
    static void assertPrints(String resource, Runnable example) {
        String printed = printedBy(example);
        Path file = Markdown.root().resolve("clv-examples/src/test/resources").resolve(resource);
        String expected = Markdown.read(file);
        if (Alike.test(printed, expected)) {
            return;
        }
        if (Markdown.isUpdating()) {
            Markdown.write(file, printed);
        } else {
            assertThat(printed).as(resource).isEqualTo(expected);
        }
    }

    /** Runs an example and returns what it printed, with line feeds, and numbers as in English. */
    static synchronized String printedBy(Runnable example) {
        PrintStream out = System.out;
        Locale locale = Locale.getDefault();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            Locale.setDefault(Locale.ROOT);
            example.run();
        } finally {
            System.setOut(out);
            Locale.setDefault(locale);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
