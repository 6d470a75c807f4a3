// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.function.Function;
import org.clv4j.core.model.Execution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how long work is run. */
final class WorkOptions {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads fit and score; default 1. The results are the same for any number.")
    private @Nullable String threads;

    /** Does work on the threads that were asked for, with a line of progress on a terminal. */
    <T> T run(Console console, Function<Execution, T> work) {
        long count = threads == null ? 1 : Options.wholeNumber("--threads", threads, 1);
        Execution execution = Execution.ofThreads((int) Math.min(count, 1024));
        if (!console.isTerminal()) {
            return work.apply(execution);
        }
        ProgressLine line = new ProgressLine(console.err(), System::nanoTime);
        try {
            return work.apply(execution.withProgress(line));
        } finally {
            line.clear();
        }
    }
}
