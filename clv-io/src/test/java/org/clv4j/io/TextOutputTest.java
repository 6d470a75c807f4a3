// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.clv4j.core.data.DataException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextOutputTest {

    @TempDir
    Path folder;

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void replacesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "old");

        TextOutput.toFile(file).write(out -> out.write("né\n"));

        assertThat(Files.readAllBytes(file)).isEqualTo("né\n".getBytes(StandardCharsets.UTF_8));
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void leavesTheFileAsItWasIfWritingFails() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "old");

        assertThatThrownBy(() -> TextOutput.toFile(file).write(out -> {
                    out.write("half");
                    out.flush();
                    throw new IOException("disk full");
                }))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot write")
                .hasMessageContaining("disk full");
        assertThatThrownBy(() -> TextOutput.toFile(folder.resolve("b.csv")).write(out -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(file).hasContent("old");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void namesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> TextOutput.toFile(folder.resolve("no/a.csv")).write(out -> out.write("x")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> TextOutput.toFile(folder).write(out -> out.write("x")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is a folder");
    }

    @Test
    void keepsALinkAndWritesToDevices() throws IOException {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "a system with /dev/null");
        Path file = Files.writeString(folder.resolve("a.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);

        TextOutput.toFile(link).write(out -> out.write("new"));
        TextOutput.toFile(device).write(out -> out.write("gone"));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void writesToStandardOutputForADash() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        TextOutput.parse("-", bytes).write(out -> out.write("x"));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("x");
    }
}
