// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.util.Objects;
import java.util.random.RandomGenerator;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDraws;
import org.clv4j.core.model.RetentionModel;

/**
 * Retention models as the data leave them open: each draw is one that might have been fitted as well.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class RetentionDraws {

    private interface Drawing {
        FittedRetentionModel draw(RandomGenerator random);
    }

    private final Drawing drawing;
    private final String method;

    private RetentionDraws(Drawing drawing, String method) {
        this.drawing = drawing;
        this.method = method;
    }

    /**
     * Draws parameters from the errors of a fit; see {@link ParameterDraws}.
     *
     * @param provider the provider of the model, which must have no covariates
     * @param report the report of the fit, with a covariance
     * @return the draws
     * @throws ModelException if the report has no covariance, or the model has covariates
     */
    public static RetentionDraws ofErrors(ModelProvider.OfRetention provider, FitReport report) {
        if (!report.covariates().isEmpty()) {
            throw new ModelException("models with covariates are drawn by the bootstrap");
        }
        ParameterDraws draws = ParameterDraws.of(
                report, provider.parametersAmong(report.parameters().keySet()));
        return new RetentionDraws(random -> provider.ofParameters(draws.draw(random)), "errors of the parameters");
    }

    /**
     * Fits a model again to customers whose numbers are drawn anew (Bayesian bootstrap): slower, and right also where a parameter is at the
     * edge of its domain and has no standard error.
     *
     * @param model the model
     * @param data the data that it was fitted to
     * @return the draws
     */
    public static RetentionDraws ofBootstrap(RetentionModel model, RetentionData data) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(data, "data");
        return new RetentionDraws(random -> model.fit(data.reweighted(random)), "bootstrap");
    }

    /**
     * Returns how models are drawn.
     *
     * @return the method in words
     */
    public String method() {
        return method;
    }

    /**
     * Draws a model.
     *
     * @param random the source of randomness; the same one, in the same state, gives the same draw
     * @return the model
     * @throws ModelException if it cannot be fitted
     */
    public FittedRetentionModel draw(RandomGenerator random) {
        return drawing.draw(random);
    }
}
