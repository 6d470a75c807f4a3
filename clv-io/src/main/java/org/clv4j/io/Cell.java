// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.Arrays;

/** One field of the row at hand, trimmed. Its buffer serves every row, so that reading makes no garbage. */
final class Cell implements CharSequence {

    private char[] characters = new char[32];
    private int length;

    void set(char[] source, int from, int count) {
        int start = from;
        int end = from + count;
        while (start < end && source[start] <= ' ') {
            start++;
        }
        while (start < end && source[end - 1] <= ' ') {
            end--;
        }
        length = end - start;
        if (length > characters.length) {
            characters = new char[Math.max(length, characters.length * 2)];
        }
        System.arraycopy(source, start, characters, 0, length);
    }

    void set(String text) {
        length = text.length();
        if (length > characters.length) {
            characters = new char[Math.max(length, characters.length * 2)];
        }
        text.getChars(0, length, characters, 0);
    }

    boolean contentEquals(String text) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != characters[i]) {
                return false;
            }
        }
        return true;
    }

    /** The hash of {@link String#hashCode()}. */
    int contentHash() {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + characters[i];
        }
        return hash;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return characters[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(Arrays.copyOfRange(characters, start, end));
    }

    @Override
    public String toString() {
        return new String(characters, 0, length);
    }
}
