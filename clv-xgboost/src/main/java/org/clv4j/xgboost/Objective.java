// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.util.Locale;

/** What the trees learn to predict, and from which targets. */
public enum Objective {
    /** The mean of any targets, by least squares. */
    SQUARED_ERROR("reg:squarederror", "finite", false),
    /** The mean of amounts of which many may be 0, on the logarithmic scale: the deviance of Tweedie's distributions. */
    TWEEDIE("reg:tweedie", "at least 0", true),
    /** The mean of counts, on the logarithmic scale: Poisson's deviance. */
    POISSON("count:poisson", "at least 0", true),
    /** The mean of amounts above 0, on the logarithmic scale: the gamma deviance. */
    GAMMA("reg:gamma", "above 0", true),
    /** The probability of 1 where targets are 0 or 1, or shares between them, on the logit scale. */
    LOGISTIC("binary:logistic", "in [0, 1]", false);

    /** Linear predictors beyond this count as this, so that no mean is infinite or 0. */
    private static final double LARGEST = 300;

    private final String key;
    private final String range;
    private final boolean logarithmic;

    Objective(String key, String range, boolean logarithmic) {
        this.key = key;
        this.range = range;
        this.logarithmic = logarithmic;
    }

    /**
     * Parses a name.
     *
     * @param text the name in any case, as {@code tweedie} or {@code squared_error}
     * @return the objective
     * @throws IllegalArgumentException if there is no such objective
     */
    public static Objective parse(String text) {
        for (Objective objective : values()) {
            if (objective.name().equals(text.toUpperCase(Locale.ROOT))) {
                return objective;
            }
        }
        throw new IllegalArgumentException(
                "`text` must be one of squared_error, tweedie, poisson, gamma and logistic, but was '" + text + "'");
    }

    /** XGBoost's name of the objective. */
    String key() {
        return key;
    }

    /** What targets must be. */
    String range() {
        return range;
    }

    boolean isLogarithmic() {
        return logarithmic;
    }

    boolean allows(double target) {
        return switch (this) {
            case SQUARED_ERROR -> true;
            case TWEEDIE, POISSON -> target >= 0;
            case GAMMA -> target > 0;
            case LOGISTIC -> target >= 0 && target <= 1;
        };
    }

    double mean(double eta) {
        if (this == SQUARED_ERROR) {
            return eta;
        }
        double held = Math.max(-LARGEST, Math.min(LARGEST, eta));
        return logarithmic ? Math.exp(held) : 1 / (1 + Math.exp(-held));
    }

    /** The part of a row's deviance that the prediction changes, up to a factor; what early stopping watches. */
    double loss(double target, double eta, double power) {
        return switch (this) {
            case SQUARED_ERROR -> (target - eta) * (target - eta);
            case TWEEDIE ->
                target * Math.exp((1 - power) * eta) / (power - 1) + Math.exp((2 - power) * eta) / (2 - power);
            case POISSON -> Math.exp(eta) - target * eta;
            case GAMMA -> target * Math.exp(-eta) + eta;
            // ln(1 + exp η) without overflow.
            case LOGISTIC -> Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))) - target * eta;
        };
    }
}
