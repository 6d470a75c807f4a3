// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

/**
 * Well mixed 64 bits from a seed: the generator SplitMix64 of Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195. Its bits are
 * ours, so that no release of the JDK can change a split.
 */
final class Mix {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    Mix(long seed) {
        state = seed;
    }

    /** Hashes a text by its UTF-16 units. */
    static long hash(long seed, String text) {
        long hash = mixed(seed + STEP);
        for (int i = 0; i < text.length(); i++) {
            hash = mixed(hash + STEP + text.charAt(i));
        }
        return mixed(hash + STEP + text.length());
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Returns the number in [0, 1) that the upper 53 bits make. */
    static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    long next() {
        state += STEP;
        return mixed(state);
    }

    /** Shuffles (Fisher and Yates). */
    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = (int) (unit(next()) * (i + 1.0));
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }
}
