// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Objects;

/**
 * How far a piece of work has come.
 *
 * @param work what is being done, as {@code fitting pareto-nbd}
 * @param done how many steps are done, at least 0
 * @param total how many there are in all, at least {@code done}; 0 if nobody knows
 */
public record Progress(String work, long done, long total) {

    /**
     * Creates a progress.
     *
     * @param work what is being done, as {@code fitting pareto-nbd}
     * @param done how many steps are done, at least 0
     * @param total how many there are in all, at least {@code done}; 0 if nobody knows
     * @throws IllegalArgumentException if a count is out of its range
     */
    public Progress {
        Objects.requireNonNull(work, "work");
        if (done < 0) {
            throw new IllegalArgumentException("`done` must be at least 0, but was " + done);
        }
        if (total != 0 && total < done) {
            throw new IllegalArgumentException("`total` must be 0 or at least " + done + ", but was " + total);
        }
    }

    /** Returns the progress for people, as {@code scoring: 40 of 100}. */
    @Override
    public String toString() {
        return work + ": " + done + (total == 0 ? "" : " of " + total);
    }
}
