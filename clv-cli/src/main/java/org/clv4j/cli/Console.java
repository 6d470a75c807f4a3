// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The streams of one run, and the notes that go to standard error when it has succeeded: a failure is one line alone. */
final class Console {

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final List<String> notes = new ArrayList<>();

    /** Streams of which the error stream is a terminal or not: Java cannot tell, the script that starts it can. */
    Console(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
        this.terminal = terminal;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** Whether somebody watches the error stream. */
    boolean isTerminal() {
        return terminal;
    }

    /** The same streams; what is noted there is dropped. */
    Console silent() {
        return new Console(in, out, err, terminal);
    }

    void note(String text) {
        notes.add(text);
    }

    void printNotes() {
        notes.forEach(note -> print(err, "note: " + note));
        notes.clear();
    }

    /** Prints a line that ends with a line feed on every system: the same run gives the same bytes. */
    static void print(PrintStream stream, String text) {
        stream.print(text + "\n");
        stream.flush();
    }
}
