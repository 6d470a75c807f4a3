// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.Locale;
import org.clv4j.io.TextOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the result goes. */
final class OutOption {

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write; - is standard output. A file appears complete or not at all.")
    private @Nullable String out;

    boolean isGiven() {
        return out != null;
    }

    boolean isStandardOutput() {
        return out == null || out.equals("-");
    }

    boolean endsWith(String extension) {
        return out != null && out.toLowerCase(Locale.ROOT).endsWith(extension);
    }

    /** The file, or standard output if none is given. */
    TextOutput output(Console console) {
        return out == null
                ? TextOutput.toStream(console.out(), "standard output")
                : TextOutput.parse(out, console.out());
    }
}
