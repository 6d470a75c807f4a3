// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.clv4j.models.internal.kernel.Arguments;

/**
 * Generalised linear models with a logarithmic link, for numbers of purchases and for amounts: Poisson, negative binomial (NB2), gamma and
 * Tweedie.
 *
 * <p><b>Assumptions.</b> The target has the mean μ = exp(offset + β₀ + Σ β<sub>j</sub>x<sub>j</sub>) and the variance
 * <ul>
 *   <li>μ (Poisson): counts of customers who are alike but for the features; amounts of at least 0 are allowed too, whose mean is then
 *       estimated by the Poisson pseudo-likelihood;
 *   <li>μ + μ²/θ (negative binomial): counts of customers whose rates also differ by a gamma distribution of shape θ;
 *   <li>φμ² (gamma): amounts above 0;
 *   <li>φμ<sup>p</sup>, 1 &lt; p &lt; 2 (Tweedie): sums of a Poisson number of gamma amounts, which may be 0.
 * </ul>
 *
 * <p><b>Likelihood.</b> That of the distribution, each row to the power of its weight; β by Fisher's scoring, θ by maximum likelihood in
 * turns with β, φ by Pearson's statistic over n − k, as standard errors take it. The report's log-likelihood takes the φ that makes it
 * largest.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>β₀</td><td>{@link Fitted#baseline()}</td><td>logarithm of the mean where all features are 0</td></tr>
 * <tr><td>β</td><td>{@link Fitted#coefficient(String)}</td><td>growth of the logarithm of the mean by unit of a feature</td></tr>
 * <tr><td>θ</td><td>{@link Fitted#shape()}</td><td>shape of the negative binomial distribution</td></tr>
 * <tr><td>p</td><td>{@link Fitted#power()}</td><td>power of the Tweedie variance</td></tr>
 * <tr><td>φ</td><td>{@link Fitted#dispersion()}</td><td>dispersion</td></tr>
 * </table>
 *
 * <p><b>Units.</b> With an exposure, coefficients and predictions are of the mean per unit of exposure. Weights count as repetitions.
 *
 * <p><b>Limits.</b> Targets that cannot be are refused by their row. Where all targets of some rows are 0, and a feature tells these rows
 * from the others, its coefficient runs to −∞: the fit warns ({@link Condition#BOUNDARY}) and has no standard errors. Counts that vary no
 * more than Poisson's hold θ at 10⁶, with a warning. In predictions, linear predictors beyond ±300 count as ±300.
 *
 * <p><b>Numerics.</b> Eleven digits of the linear predictor. The Tweedie likelihood is summed to rounding. <b>Cost.</b> O(nk²) an iteration,
 * of which there are about six; negative binomial about five times that; with a Tweedie power that is sought, some hundred evaluations of
 * a series for each row above 0.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. (1989), <a
 * href="https://doi.org/10.1007/978-1-4899-3242-6">doi:10.1007/978-1-4899-3242-6</a>; W. N. Venables, B. D. Ripley, Modern Applied
 * Statistics with S, 4th ed. (2002), <a href="https://doi.org/10.1007/978-0-387-21706-2">doi:10.1007/978-0-387-21706-2</a>; P. K. Dunn, G.
 * K. Smyth, Series evaluation of Tweedie exponential dispersion model densities, Statistics and Computing 15 (2005), <a
 * href="https://doi.org/10.1007/s11222-005-4070-y">doi:10.1007/s11222-005-4070-y</a>.
 */
public final class GeneralisedLinearModel implements Learner {

    private static final double LARGEST_SHAPE = 1e6;
    private static final double SMALLEST_SHAPE = 1e-6;
    private static final double LOWEST_POWER = 1.01;
    private static final double HIGHEST_POWER = 1.99;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private enum Kind {
        POISSON("poisson"),
        NEGATIVE_BINOMIAL("nb2"),
        GAMMA("gamma"),
        TWEEDIE("tweedie");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    private final Kind kind;
    /** θ or p; NaN if it is to be estimated. */
    private final double stated;

    private GeneralisedLinearModel(Kind kind, double stated) {
        this.kind = kind;
        this.stated = stated;
    }

    /**
     * Returns the Poisson regression.
     *
     * @return the learner, named {@code poisson}
     */
    public static GeneralisedLinearModel poisson() {
        return new GeneralisedLinearModel(Kind.POISSON, Double.NaN);
    }

    /**
     * Returns the negative binomial regression whose shape is estimated.
     *
     * @return the learner, named {@code nb2}
     */
    public static GeneralisedLinearModel negativeBinomial() {
        return new GeneralisedLinearModel(Kind.NEGATIVE_BINOMIAL, Double.NaN);
    }

    /**
     * Returns the negative binomial regression of a stated shape.
     *
     * @param shape θ; finite, above 0
     * @return the learner, named {@code nb2}
     * @throws IllegalArgumentException if the shape is out of range
     */
    public static GeneralisedLinearModel negativeBinomial(double shape) {
        if (!(shape > 0 && shape < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("shape", "finite and above 0", shape);
        }
        return new GeneralisedLinearModel(Kind.NEGATIVE_BINOMIAL, shape);
    }

    /**
     * Returns the gamma regression.
     *
     * @return the learner, named {@code gamma}
     */
    public static GeneralisedLinearModel gamma() {
        return new GeneralisedLinearModel(Kind.GAMMA, Double.NaN);
    }

    /**
     * Returns the Tweedie regression whose power is sought by profile likelihood, in [1.01, 1.99].
     *
     * @return the learner, named {@code tweedie}
     */
    public static GeneralisedLinearModel tweedie() {
        return new GeneralisedLinearModel(Kind.TWEEDIE, Double.NaN);
    }

    /**
     * Returns the Tweedie regression of a stated power.
     *
     * @param power p, in [1.01, 1.99]
     * @return the learner, named {@code tweedie}
     * @throws IllegalArgumentException if the power is out of range
     */
    public static GeneralisedLinearModel tweedie(double power) {
        if (!(power >= LOWEST_POWER && power <= HIGHEST_POWER)) {
            throw Arguments.outOfRange("power", "in [1.01, 1.99]", power);
        }
        return new GeneralisedLinearModel(Kind.TWEEDIE, power);
    }

    @Override
    public String name() {
        return kind.name;
    }

    @Override
    public Fitted fit(TrainingData data) {
        return fit(data, Execution.sequential());
    }

    /**
     * Fits the regression.
     *
     * @param data features, target, weights and offsets; no feature missing
     * @param execution who hears of the progress
     * @return the fitted regression
     * @throws IllegalArgumentException if a target is not possible or a feature is missing; the message names the row
     * @throws ModelException if a feature depends on the others, there are fewer rows than coefficients, or all targets are 0
     */
    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        return fit(Design.of(kind.name, data, true), execution);
    }

    Fitted fit(Design design, Execution execution) {
        design.requireTargets(family(1.5));
        if (!(design.weightedMean(design.target) > 0)) {
            throw new ModelException(design.model + ": all targets are 0, so that there is no logarithm of their mean");
        }
        Collinearity collinearity = Collinearity.of(design, design.independent());
        return switch (kind) {
            case POISSON -> fitPoisson(design, collinearity, execution);
            case NEGATIVE_BINOMIAL -> fitNegativeBinomial(design, collinearity, execution);
            case GAMMA -> fitGamma(design, collinearity, execution);
            case TWEEDIE -> fitTweedie(design, collinearity, execution);
        };
    }

    /** The fitted model of a state. */
    Fitted restored(ModelState state, FitReport report) {
        return restored(new SavedRegression(state, report));
    }

    Fitted restored(SavedRegression saved) {
        double shape = kind == Kind.NEGATIVE_BINOMIAL ? saved.aboveZero("shape") : Double.NaN;
        double power = kind == Kind.TWEEDIE ? saved.number("power", LOWEST_POWER, HIGHEST_POWER) : Double.NaN;
        Family family = family(kind == Kind.TWEEDIE ? power : shape);
        return new Fitted(
                saved.report,
                saved.requireIntercept().features,
                saved.inference(Double.POSITIVE_INFINITY),
                FittedGlm.summary(family, saved),
                shape,
                power);
    }

    private Family family(double parameter) {
        return switch (kind) {
            case POISSON -> new Family.Poisson();
            case NEGATIVE_BINOMIAL -> new Family.NegativeBinomial(parameter);
            case GAMMA -> new Family.Gamma();
            case TWEEDIE -> new Family.Tweedie(parameter);
        };
    }

    /** The log-likelihood of a row by target and mean. */
    @FunctionalInterface
    private interface RowLikelihood {
        double at(double y, double mean);
    }

    private static double sum(Design design, double[] means, RowLikelihood likelihood) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            sum += design.weights[i] * likelihood.at(design.target[i], means[i]);
        }
        return sum;
    }

    private Fitted fitPoisson(Design design, Collinearity collinearity, Execution execution) {
        Family family = new Family.Poisson();
        ReweightedLeastSquares fit = ReweightedLeastSquares.fit(family, design, null, execution);
        boolean counts = Arrays.stream(design.target).allMatch(Family::isCount);
        double logLikelihood = counts ? sum(design, fit.mean, Family.Poisson::logLikelihood) : Double.NaN;
        Extra extra = new Extra(logLikelihood);
        if (!counts) {
            extra.provenance = "targets are no counts: means are those of the Poisson pseudo-likelihood, which has no"
                    + " log-likelihood; take robust standard errors";
        }
        return fitted(design, family, fit, extra, collinearity, execution);
    }

    private Fitted fitGamma(Design design, Collinearity collinearity, Execution execution) {
        Family family = new Family.Gamma();
        ReweightedLeastSquares fit = ReweightedLeastSquares.fit(family, design, null, execution);
        double shape = Family.Gamma.shape(fit.deviance / design.total);
        double logLikelihood = sum(design, fit.mean, (y, mean) -> Family.Gamma.logLikelihood(y, mean, shape));
        Extra extra = new Extra(logLikelihood);
        extra.parameters.put("(dispersion)", fit.pearson());
        return fitted(design, family, fit, extra, collinearity, execution);
    }

    private Fitted fitNegativeBinomial(Design design, Collinearity collinearity, Execution execution) {
        ReweightedLeastSquares fit = ReweightedLeastSquares.fit(new Family.Poisson(), design, null, execution);
        boolean estimated = Double.isNaN(stated);
        double theta = estimated ? shape(design, fit.mean) : stated;
        // Shape and coefficients hardly depend on each other: a few turns are enough.
        boolean settled = false;
        for (int turn = 0; turn < 200 && !settled; turn++) {
            double[] start = fit.runaway == null ? fit.beta : null;
            fit = ReweightedLeastSquares.fit(new Family.NegativeBinomial(theta), design, start, execution);
            double next = estimated ? shape(design, fit.mean) : theta;
            settled = Math.abs(next - theta) <= 1e-9 * theta;
            theta = next;
        }
        Family family = new Family.NegativeBinomial(theta);
        double shape = theta;
        double logLikelihood =
                sum(design, fit.mean, (y, mean) -> Family.NegativeBinomial.logLikelihood(y, mean, shape));
        Extra extra = new Extra(logLikelihood);
        extra.shape = theta;
        extra.parameters.put("(theta)", theta);
        if (!estimated) {
            extra.fixed = "(theta)";
        } else if (theta >= LARGEST_SHAPE || theta <= SMALLEST_SHAPE) {
            extra.warnings.add(new FitWarning(
                    Condition.BOUNDARY,
                    "(theta) ran to the edge of its domain and is held at " + (float) theta
                            + (theta >= LARGEST_SHAPE ? "; the counts vary no more than those of poisson" : "")));
        } else {
            double information =
                    sum(design, fit.mean, (y, mean) -> Family.NegativeBinomial.information(y, mean, shape));
            if (information > 0) {
                extra.errors.put("(theta)", 1 / Math.sqrt(information));
            }
        }
        if (!settled) {
            fit.converged = false;
        }
        return fitted(design, family, fit, extra, collinearity, execution);
    }

    /** θ by maximum likelihood at some means: where the score changes its sign, by halving on the logarithm. */
    private static double shape(Design design, double[] means) {
        double low = Math.log(SMALLEST_SHAPE);
        double high = Math.log(LARGEST_SHAPE);
        if (score(design, means, LARGEST_SHAPE) >= 0) {
            return LARGEST_SHAPE;
        }
        if (score(design, means, SMALLEST_SHAPE) <= 0) {
            return SMALLEST_SHAPE;
        }
        while (high - low > 1e-14 * Math.max(1, Math.abs(low))) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (score(design, means, Math.exp(middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double score(Design design, double[] means, double theta) {
        return sum(design, means, (y, mean) -> Family.NegativeBinomial.score(y, mean, theta));
    }

    private Fitted fitTweedie(Design design, Collinearity collinearity, Execution execution) {
        double power = Double.isNaN(stated) ? profile(design, execution) : stated;
        Family family = new Family.Tweedie(power);
        ReweightedLeastSquares fit = ReweightedLeastSquares.fit(family, design, null, execution);
        Extra extra = new Extra(tweedieLikelihood(design, fit, power));
        extra.power = power;
        extra.parameters.put("(power)", power);
        extra.parameters.put("(dispersion)", fit.pearson());
        if (!Double.isNaN(stated)) {
            extra.fixed = "(power)";
        } else if (power < LOWEST_POWER + 1e-3 || power > HIGHEST_POWER - 1e-3) {
            extra.warnings.add(new FitWarning(
                    Condition.BOUNDARY, "(power) ran to the edge of its domain and is held at " + (float) power));
        }
        return fitted(design, family, fit, extra, collinearity, execution);
    }

    private static double tweedieLikelihood(Design design, ReweightedLeastSquares fit, double power) {
        double around = Math.log(Math.max(fit.pearson(), 1e-12));
        double logDispersion = highest(
                around - 2,
                around + 2,
                1e-5,
                at -> sum(design, fit.mean, (y, mean) -> Family.Tweedie.logLikelihood(y, mean, Math.exp(at), power)));
        double dispersion = Math.exp(logDispersion);
        return sum(design, fit.mean, (y, mean) -> Family.Tweedie.logLikelihood(y, mean, dispersion, power));
    }

    private static double profile(Design design, Execution execution) {
        return highest(
                LOWEST_POWER,
                HIGHEST_POWER,
                1e-4,
                power -> tweedieLikelihood(
                        design, ReweightedLeastSquares.fit(new Family.Tweedie(power), design, null, execution), power));
    }

    /** A function of one number. */
    @FunctionalInterface
    private interface Curve {
        double at(double x);
    }

    /** Where a curve with one top is highest, by golden sections. */
    private static double highest(double from, double to, double tolerance, Curve curve) {
        double low = from;
        double high = to;
        double one = high - GOLDEN * (high - low);
        double other = low + GOLDEN * (high - low);
        double atOne = curve.at(one);
        double atOther = curve.at(other);
        while (high - low > tolerance) {
            if (atOne >= atOther) {
                high = other;
                other = one;
                atOther = atOne;
                one = high - GOLDEN * (high - low);
                atOne = curve.at(one);
            } else {
                low = one;
                one = other;
                atOne = atOther;
                other = low + GOLDEN * (high - low);
                atOther = curve.at(other);
            }
        }
        return (low + high) / 2;
    }

    /** What a family has besides coefficients. */
    private static final class Extra {
        private final double logLikelihood;
        private final Map<String, Double> parameters = new LinkedHashMap<>();
        private final Map<String, Double> errors = new LinkedHashMap<>();
        private final List<FitWarning> warnings = new ArrayList<>();
        private String fixed = "";
        private String provenance = "";
        private double shape = Double.NaN;
        private double power = Double.NaN;

        Extra(double logLikelihood) {
            this.logLikelihood = logLikelihood;
        }
    }

    private static Fitted fitted(
            Design design,
            Family family,
            ReweightedLeastSquares fit,
            Extra extra,
            Collinearity collinearity,
            Execution execution) {
        double dispersion = fit.pearson();
        double free = family.isDispersed() ? design.total - fit.beta.length : Double.POSITIVE_INFINITY;
        Inference inference = free > 0
                ? Inference.of(design.names, fit.beta, fit.covariances(dispersion), free)
                : Inference.none(design.names, fit.beta);
        FitReport.Builder report =
                FittedGlm.report(design, fit, inference, extra.parameters, extra.errors, extra.warnings, collinearity);
        if (Double.isFinite(extra.logLikelihood)) {
            report.logLikelihood(extra.logLikelihood);
        }
        if (!extra.fixed.isEmpty()) {
            report.fixed(extra.fixed);
        }
        if (!extra.provenance.isEmpty()) {
            report.provenance("likelihood", extra.provenance);
        }
        double nullDeviance = ReweightedLeastSquares.nullDeviance(family, design, execution);
        return new Fitted(
                report.build(),
                design.features,
                inference,
                new FittedGlm.Summary(family, fit.deviance, nullDeviance, dispersion, collinearity),
                extra.shape,
                extra.power);
    }

    /** A fitted generalised linear model; it predicts the mean. Immutable and thread-safe. */
    public static final class Fitted extends FittedGlm {

        private final double shape;
        private final double power;

        private Fitted(
                FitReport report,
                List<String> features,
                Inference inference,
                Summary summary,
                double shape,
                double power) {
            super(report, features, inference, summary);
            this.shape = shape;
            this.power = power;
        }

        @Override
        void describe(ModelState.Builder builder) {
            super.describe(builder);
            shape().ifPresent(value -> builder.numbers("shape", value));
            power().ifPresent(value -> builder.numbers("power", value));
        }

        /**
         * Returns the shape of a negative binomial regression.
         *
         * @return θ, above 0; empty for another family
         */
        public OptionalDouble shape() {
            return Double.isNaN(shape) ? OptionalDouble.empty() : OptionalDouble.of(shape);
        }

        /**
         * Returns the power of a Tweedie regression.
         *
         * @return p, in [1.01, 1.99]; empty for another family
         */
        public OptionalDouble power() {
            return Double.isNaN(power) ? OptionalDouble.empty() : OptionalDouble.of(power);
        }
    }
}
