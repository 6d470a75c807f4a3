// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/**
 * Tables of the documentation that a test computes. One stands between the line {@code <!-- table: name -->} and the next
 * {@code <!-- end -->}; the test compares it, or writes it anew with {@code -Dclv.docs=update}.
 */
final class GeneratedTable {

    private static final String END = "<!-- end -->";

    private final StringBuilder text = new StringBuilder();

    private GeneratedTable(String header, String alignment) {
        text.append(header).append('\n').append(alignment).append('\n');
    }

    /** A table that has its two lines of head so far. */
    static GeneratedTable of(String header, String alignment) {
        return new GeneratedTable(header, alignment);
    }

    GeneratedTable row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    /** Compares the table with the one of a page, as a reader would. */
    void assertShownIn(String page, String name) {
        Path file = Markdown.root().resolve(page);
        String whole = Markdown.read(file);
        String mark = "<!-- table: " + name + " -->\n";
        int mentioned = whole.indexOf(mark);
        assertThat(mentioned).as("place of the table %s in %s", name, page).isNotNegative();
        int start = mentioned + mark.length();
        int end = whole.indexOf(END, start);
        assertThat(end).as("end of the table %s in %s", name, page).isNotNegative();
        String shown = whole.substring(start, end).strip() + "\n";
        if (Alike.test(shown, text.toString())) {
            return;
        }
        if (Markdown.isUpdating()) {
            Markdown.write(file, whole.substring(0, start) + "\n" + text + "\n" + whole.substring(end));
        } else {
            assertThat(shown).as("table %s of %s", name, page).isEqualTo(text.toString());
        }
    }
}
