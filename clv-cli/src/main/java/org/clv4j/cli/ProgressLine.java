// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.clv4j.core.model.Progress;
import org.clv4j.core.model.ProgressListener;

/** One line on a terminal that is written over and over, from the third second of the work on. */
final class ProgressLine implements ProgressListener {

    private static final long QUIET = 2_000_000_000L;
    private static final long PAUSE = 200_000_000L;

    private final PrintStream terminal;
    private final LongSupplier nanoseconds;
    private long due;
    private int length;

    ProgressLine(PrintStream terminal, LongSupplier nanoseconds) {
        this.terminal = terminal;
        this.nanoseconds = nanoseconds;
        this.due = nanoseconds.getAsLong() + QUIET;
    }

    @Override
    public void progressed(Progress progress) {
        long now = nanoseconds.getAsLong();
        if (now - due >= 0) {
            show(progress.total() == 0 ? progress.work() + ", step " + progress.done() : inPercent(progress));
            due = now + PAUSE;
        }
    }

    private static String inPercent(Progress progress) {
        return progress.work() + ", " + 100 * progress.done() / progress.total() + " %";
    }

    private void show(String text) {
        terminal.print("\r" + text + " ".repeat(Math.max(0, length - text.length())));
        terminal.flush();
        length = text.length();
    }

    /** Leaves the terminal as it was. */
    void clear() {
        if (length > 0) {
            show("");
            terminal.print("\r");
            terminal.flush();
        }
    }
}
