// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that cannot be fitted to the data, or cannot answer. The message says what, why and what to do about it; where a fit
 * got as far as a report, the exception carries it.
 */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable FitReport report;

    /**
     * Creates an exception without a report.
     *
     * @param message what is wrong and what to do about it; one line
     */
    public ModelException(String message) {
        super(message);
        this.report = null;
    }

    /**
     * Creates an exception with the report of the fit that failed.
     *
     * @param message what is wrong and what to do about it; one line
     * @param report the report
     */
    public ModelException(String message, FitReport report) {
        super(message);
        this.report = report;
    }

    /**
     * Returns the report of the fit.
     *
     * @return the report, or empty if there is none
     */
    public Optional<FitReport> report() {
        return Optional.ofNullable(report);
    }
}
