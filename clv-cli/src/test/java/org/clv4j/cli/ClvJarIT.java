// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command, as a user runs it. */
class ClvJarIT {

    @TempDir
    Path folder;

    private String run(int exitCode, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("clv.jar")));
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(exitCode);
        return java.nio.file.Files.readString(out, StandardCharsets.UTF_8);
    }

    @Test
    void runs() throws IOException, InterruptedException {
        assertThat(run(0, "--version")).startsWith("clv ").doesNotContain("development");
        assertThat(run(0, "demo")).contains("bg-nbd × gamma-gamma", "Customer equity");
        assertThat(run(1, "summary", "--transactions", "nosuch.csv"))
                .isEqualTo("clv: cannot read nosuch.csv: there is no such file\n");
        assertThat(run(2)).startsWith("clv: which command?");
    }
}
