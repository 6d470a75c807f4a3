// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/** Hears how far a piece of work has come. Called by the thread that asked for the work, and by no other. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Hears of progress. An exception that this method throws ends the work and reaches whoever asked for it.
     *
     * @param progress how far the work has come
     */
    void progressed(Progress progress);
}
