// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The figures of {@code docs/figures}, each drawn by a test, which compares it or writes it anew with {@code -Dclv.docs=update}. */
final class Figures {

    static final Path FOLDER = Markdown.root().resolve("docs/figures");

    private Figures() {}

    /** Compares a figure with its file. */
    static void assertShown(String name, String svg) {
        Path file = FOLDER.resolve(name);
        if (!Markdown.isUpdating()) {
            assertThat(Markdown.read(file)).as(name).isEqualTo(svg);
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            Markdown.write(file, svg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
