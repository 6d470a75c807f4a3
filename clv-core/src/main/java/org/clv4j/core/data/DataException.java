// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

/**
 * Data that a customer base cannot be built from. The message names the row, the field, the value and the rule that the
 * value breaks, and what to do about it.
 */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong, where, and what to do about it; one line
     */
    public DataException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message what is wrong, where, and what to do about it; one line
     * @param cause what led to it
     */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
