// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelState;
import org.clv4j.models.internal.optim.Version;

/** What fitted generalised linear models have in common. Immutable and thread-safe. */
public abstract class FittedGlm extends FittedCoefficients {

    private final Family family;
    private final double deviance;
    private final double nullDeviance;
    private final double dispersion;
    private final Collinearity collinearity;

    FittedGlm(FitReport report, List<String> features, Inference inference, Summary summary) {
        super(report, features, inference);
        family = summary.family;
        deviance = summary.deviance;
        nullDeviance = summary.nullDeviance;
        dispersion = summary.dispersion;
        collinearity = summary.collinearity;
    }

    /** What a fit leaves besides coefficients. */
    static final class Summary {
        final Family family;
        final double deviance;
        final double nullDeviance;
        final double dispersion;
        final Collinearity collinearity;

        Summary(Family family, double deviance, double nullDeviance, double dispersion, Collinearity collinearity) {
            this.family = family;
            // A fit that runs to infinity at once has none that is finite.
            this.deviance = Math.min(Double.MAX_VALUE, deviance);
            this.nullDeviance = Math.min(Double.MAX_VALUE, nullDeviance);
            this.dispersion = dispersion;
            this.collinearity = collinearity;
        }
    }

    /** What a fit left besides coefficients. */
    static Summary summary(Family family, SavedRegression saved) {
        return new Summary(
                family,
                saved.atLeastZero("deviance"),
                saved.atLeastZero("null-deviance"),
                saved.atLeastZero("dispersion"),
                saved.collinearity());
    }

    @Override
    void describe(ModelState.Builder builder) {
        builder.numbers("deviance", deviance)
                .numbers("null-deviance", nullDeviance)
                .numbers("dispersion", dispersion);
        SavedRegression.write(builder, collinearity);
    }

    @Override
    final double response(double eta) {
        return family.mean(eta);
    }

    @Override
    final void responseInPlace(double[] etas, int count) {
        family.meanInPlace(etas, count);
    }

    /**
     * Returns how far the fit is from meeting every target.
     *
     * @return the residual deviance, not divided by the dispersion; at least 0
     */
    public final double deviance() {
        return deviance;
    }

    /**
     * Returns the deviance of a model that knows the intercept and the offsets only.
     *
     * @return the null deviance, not divided by the dispersion; at least 0
     */
    public final double nullDeviance() {
        return nullDeviance;
    }

    /**
     * Returns the dispersion: the factor φ in the variance φ V(μ).
     *
     * @return Pearson's estimate; 1 for families whose variance the mean determines
     */
    public final double dispersion() {
        return dispersion;
    }

    /**
     * Returns how much the variance of each coefficient is larger because of the other features, as a linear regression would see it.
     *
     * @return the variance inflation factors by feature, each at least 1; unmodifiable
     */
    public final Map<String, Double> varianceInflation() {
        return Collections.unmodifiableMap(collinearity.inflation);
    }

    /**
     * Returns the condition number of the features, each scaled to length 1, with the intercept.
     *
     * @return at least 1
     */
    public final double conditionNumber() {
        return collinearity.conditionNumber;
    }

    /** The beginning of a report: coefficients, standard errors, warnings. */
    static FitReport.Builder report(
            Design design,
            ReweightedLeastSquares fit,
            Inference inference,
            Map<String, Double> besides,
            Map<String, Double> errorsBesides,
            List<FitWarning> more,
            Collinearity collinearity) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int j = 0; j < fit.beta.length; j++) {
            parameters.put(design.names.get(j), fit.beta[j]);
        }
        parameters.putAll(besides);
        Map<String, Double> errors = new LinkedHashMap<>();
        inference.describe(errors);
        errors.putAll(errorsBesides);
        List<FitWarning> warnings = new ArrayList<>(more);
        if (fit.runaway != null) {
            warnings.add(new FitWarning(
                    Condition.BOUNDARY,
                    "the coefficient '" + fit.runaway
                            + "' runs to infinity: some rows are told apart without exception (separation);"
                            + " predictions can be used, coefficients and their errors cannot"));
        } else if (!fit.converged) {
            warnings.add(new FitWarning(
                    Condition.NOT_CONVERGED, "the coefficients still changed after " + fit.iterations + " iterations"));
        }
        if (design.total <= fit.beta.length) {
            warnings.add(new FitWarning(
                    Condition.WEAKLY_IDENTIFIED,
                    "there are as many coefficients as rows; the fit is exact and has no standard errors"));
        }
        collinearity.warning().ifPresent(warnings::add);
        return FitReport.builder(design.model, parameters)
                .standardErrors(errors)
                .customers(design.total)
                .converged(fit.converged)
                .evaluations(fit.iterations)
                .warnings(warnings)
                .provenance("library", "clv4j " + Version.VERSION);
    }
}
