// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.ModelState;

/** The state of a regression: what all of them write, and how it is read and checked. */
final class SavedRegression {

    /** What a part calls its own state. */
    static final String REGRESSION = "regression";

    private static final String FEATURES = "features";
    private static final String COEFFICIENTS = "coefficients";
    private static final String INFLATION = "inflation";
    private static final String CONDITION = "condition";

    final FitReport report;
    final List<String> features;
    /** With the intercept first, if there is one. */
    final double[] beta;
    /** One a coefficient. */
    final List<String> names;

    private final ModelState state;

    /** Reads what all regressions have in common. */
    SavedRegression(ModelState state, FitReport report) {
        this.state = state;
        this.report = report;
        features = state.texts(FEATURES);
        beta = state.numbers(COEFFICIENTS);
        boolean intercept = beta.length == features.size() + 1;
        if (!intercept && beta.length != features.size()) {
            throw wrong(COEFFICIENTS, "one for each of the features " + features + " and the intercept", beta.length);
        }
        if (Set.copyOf(features).size() < features.size()) {
            throw new IllegalArgumentException("`" + FEATURES + "` must be different names, but were " + features);
        }
        names = new ArrayList<>();
        if (intercept) {
            names.add(Design.INTERCEPT);
        }
        names.addAll(features);
    }

    static ModelState.Builder write(List<String> features, double[] beta) {
        return ModelState.builder().texts(FEATURES, features).numbers(COEFFICIENTS, beta);
    }

    /** For regressions that always have one. */
    SavedRegression requireIntercept() {
        if (names.size() == features.size()) {
            throw wrong(COEFFICIENTS, "one for each of the features " + features + " and the intercept", beta.length);
        }
        return this;
    }

    static void write(ModelState.Builder builder, Collinearity collinearity) {
        builder.numbers(
                        INFLATION,
                        collinearity.inflation.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())
                .numbers(CONDITION, collinearity.conditionNumber);
    }

    Collinearity collinearity() {
        double[] factors = numbers(INFLATION, features.size());
        Map<String, Double> inflation = new LinkedHashMap<>();
        for (int j = 0; j < factors.length; j++) {
            inflation.put(features.get(j), factors[j]);
        }
        return new Collinearity(number(CONDITION, 1, Double.MAX_VALUE), inflation);
    }

    /** Without a covariance, which files do not keep. */
    Inference inference(double degreesOfFreedom) {
        return Inference.restored(names, beta, degreesOfFreedom);
    }

    boolean has(String name) {
        return state.has(name);
    }

    double number(String name, double lower, double upper) {
        return number(state, name, lower, upper);
    }

    static double number(ModelState state, String name, double lower, double upper) {
        double value = state.number(name);
        if (!(value >= lower && value <= upper)) {
            throw new IllegalArgumentException(
                    "`" + name + "` must be in [" + lower + ", " + upper + "], but was " + value);
        }
        return value;
    }

    double atLeastZero(String name) {
        return number(name, 0, Double.MAX_VALUE);
    }

    double aboveZero(String name) {
        return number(name, Double.MIN_VALUE, Double.MAX_VALUE);
    }

    private double[] numbers(String name, int length) {
        double[] values = state.numbers(name);
        if (values.length != length) {
            throw wrong(name, length + " numbers", values.length);
        }
        return values;
    }

    /** Numbers of rows and columns, row by row. */
    double[][] matrix(String name, int rows, int columns) {
        double[] values = numbers(name, rows * columns);
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * columns, matrix[i], 0, columns);
        }
        return matrix;
    }

    static double[] flat(double[][] matrix) {
        int columns = matrix[0].length;
        double[] values = new double[matrix.length * columns];
        for (int i = 0; i < matrix.length; i++) {
            System.arraycopy(matrix[i], 0, values, i * columns, columns);
        }
        return values;
    }

    private static IllegalArgumentException wrong(String name, String expected, int length) {
        return new IllegalArgumentException("`" + name + "` must be " + expected + ", but were " + length + " numbers");
    }

    // ------------------------------------------------------------------------------------- parts of other models

    /** The state of a part, with what the report of the whole does not say of it. */
    static ModelState part(ModelState state, FitReport report) {
        ModelState.Builder builder = ModelState.builder()
                .part(REGRESSION, state)
                .numbers("report", report.customers(), report.converged() ? 1 : 0, report.evaluations());
        report.logLikelihood().ifPresent(value -> builder.numbers("log-likelihood", value));
        return builder.build();
    }

    /** The regression of a part; its report is made of what that of the whole says by a prefix. */
    static SavedRegression ofPart(ModelState state, String name, FitReport whole, String word) {
        return ofPart(state, name, whole, word, Map.of());
    }

    /** The same with parameters that the report of the whole does not have. */
    static SavedRegression ofPart(
            ModelState state, String name, FitReport whole, String word, Map<String, Double> besides) {
        ModelState part = state.part(name);
        String prefix = word + ":";
        double[] told = part.numbers("report");
        if (told.length != 3) {
            throw wrong("report", "3 numbers", told.length);
        }
        List<FitWarning> warnings = new ArrayList<>();
        for (FitWarning warning : whole.warnings()) {
            if (warning.message().startsWith(prefix + " ")) {
                warnings.add(
                        new FitWarning(warning.condition(), warning.message().substring(prefix.length() + 1)));
            }
        }
        Map<String, Double> parameters = named(whole.parameters(), prefix);
        parameters.putAll(besides);
        FitReport.Builder report = FitReport.builder(whole.model() + " (" + word + ")", parameters)
                .standardErrors(named(whole.standardErrors(), prefix))
                .customers(told[0])
                .converged(told[1] != 0)
                .evaluations((int) told[2])
                .warnings(warnings);
        whole.provenance().forEach(report::provenance);
        if (part.has("log-likelihood")) {
            report.logLikelihood(part.number("log-likelihood"));
        }
        return new SavedRegression(part.part(REGRESSION), report.build());
    }

    private static Map<String, Double> named(Map<String, Double> all, String prefix) {
        Map<String, Double> named = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                named.put(name.substring(prefix.length()), value);
            }
        });
        return named;
    }
}
