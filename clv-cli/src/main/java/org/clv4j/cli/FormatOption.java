// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which format a result has. */
final class FormatOption {

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            description = "Format of --out. Default: by the file's name; json for standard output.")
    private @Nullable String format;

    /** Tells whether the result is CSV, else it is JSON. */
    boolean isCsv(OutOption out) {
        if (format != null) {
            return Options.oneOf("--format", format, "csv", "json").equals("csv");
        }
        if (out.isStandardOutput() || out.endsWith(".json")) {
            return false;
        }
        if (out.endsWith(".csv")) {
            return true;
        }
        throw new UsageException("--out must end in .csv or .json, or say which with --format");
    }

    /** Tells whether a further file is CSV, by its name; standard output is JSON. */
    static boolean isCsv(String option, String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (!name.equals("-") && !name.endsWith(".csv") && !name.endsWith(".json")) {
            throw new UsageException(option + " must end in .csv or .json, or be -, but was '" + file + "'");
        }
        return name.endsWith(".csv");
    }
}
