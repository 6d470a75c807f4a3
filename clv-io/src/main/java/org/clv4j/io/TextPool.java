// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import org.jspecify.annotations.Nullable;

/** Turns cells into strings, one string for each distinct text: ids recur on many rows. */
final class TextPool {

    private @Nullable String[] table = new @Nullable String[1 << 12];
    private int size;
    private String last = "";

    String get(Cell cell) {
        // Files are often sorted by customer.
        if (cell.contentEquals(last)) {
            return last;
        }
        int mask = table.length - 1;
        int slot = spread(cell.contentHash()) & mask;
        String found = table[slot];
        while (found != null) {
            if (cell.contentEquals(found)) {
                last = found;
                return found;
            }
            slot = (slot + 1) & mask;
            found = table[slot];
        }
        last = cell.toString();
        table[slot] = last;
        size++;
        if (size > table.length / 2) {
            grow();
        }
        return last;
    }

    private void grow() {
        @Nullable String[] old = table;
        table = new @Nullable String[old.length * 2];
        int mask = table.length - 1;
        for (String text : old) {
            if (text != null) {
                int slot = spread(text.hashCode()) & mask;
                while (table[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = text;
            }
        }
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
