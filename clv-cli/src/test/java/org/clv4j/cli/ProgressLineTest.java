// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.clv4j.core.model.Progress;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final AtomicLong milliseconds = new AtomicLong(5000);
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final ProgressLine line = new ProgressLine(
            new PrintStream(terminal, true, StandardCharsets.UTF_8), () -> milliseconds.get() * 1_000_000);

    private String shown() {
        String text = terminal.toString(StandardCharsets.UTF_8);
        terminal.reset();
        return text;
    }

    @Test
    void shortWorkIsSilent() {
        line.progressed(new Progress("fitting bg-nbd", 1, 0));
        milliseconds.addAndGet(1999);
        line.progressed(new Progress("fitting bg-nbd", 2, 0));
        line.clear();
        assertThat(shown()).isEmpty();
    }

    @Test
    void longWorkShowsOneLineAndTakesItAway() {
        milliseconds.addAndGet(2000);
        line.progressed(new Progress("fitting bg-nbd", 17, 0));
        assertThat(shown()).isEqualTo("\rfitting bg-nbd, step 17");
        milliseconds.addAndGet(100);
        line.progressed(new Progress("fitting bg-nbd", 18, 0));
        assertThat(shown()).as("not more often than anybody reads").isEmpty();
        milliseconds.addAndGet(100);
        line.progressed(new Progress("scoring", 3, 12));
        assertThat(shown()).isEqualTo("\rscoring, 25 %" + " ".repeat(10));
        line.clear();
        assertThat(shown()).isEqualTo("\r" + " ".repeat(13) + "\r");
    }
}
