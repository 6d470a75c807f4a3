// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

/** Does nothing: what a Java process costs before it has done anything. */
public final class Empty {

    private Empty() {}

    /**
     * Returns at once.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        // Nothing is what is measured.
    }
}
