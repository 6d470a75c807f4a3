// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Writer;

/** What all written CSV has in common: commas, line feeds, quotes only where they are needed. */
final class CsvOutput {

    private CsvOutput() {}

    /** The writer buffers; flush it, do not close it. */
    static CsvWriter of(Writer out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }
}
