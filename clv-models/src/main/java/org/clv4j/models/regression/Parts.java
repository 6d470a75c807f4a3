// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.internal.optim.Version;

/** The two questions of a target that is often 0: whether there is an amount, and how large it is. */
final class Parts {

    /** What parts are called in names of parameters. */
    static final String WHETHER = "whether";

    static final String AMOUNTS = "amounts";

    /** What the second part is called in a state. */
    static final String SIZE = "size";

    final Design whether;
    /** The rows above 0. */
    final Design sizes;

    private Parts(Design whether, Design sizes) {
        this.whether = whether;
        this.sizes = sizes;
    }

    /** How a target above 0 is seen by the second part. */
    @FunctionalInterface
    interface Scale {
        double of(double target);
    }

    static Parts of(String model, TrainingData data, String second, Scale scale) {
        if (data.hasOffsets()) {
            throw new IllegalArgumentException(model
                    + " takes no offsets or exposure: its two parts have different links; make the exposure a feature");
        }
        Design all = Design.of(model, data, true);
        double[] happened = new double[all.rows];
        for (int i = 0; i < all.rows; i++) {
            if (!(all.target[i] >= 0)) {
                throw new IllegalArgumentException(
                        "`target` of " + model + " must be at least 0, but was " + all.target[i] + " in row " + i);
            }
            happened[i] = all.target[i] > 0 ? 1 : 0;
        }
        int[] rows = IntStream.range(0, all.rows).filter(i -> all.target[i] > 0).toArray();
        if (rows.length == 0) {
            throw new ModelException(model + ": no target is above 0, so that nothing tells how large those are");
        }
        int[] every = IntStream.range(0, all.rows).toArray();
        double[] positive =
                Arrays.stream(rows).mapToDouble(i -> scale.of(all.target[i])).toArray();
        return new Parts(
                all.ofRows(model + " (" + WHETHER + ")", every, happened),
                all.ofRows(model + " (" + second + ")", rows, positive));
    }

    /** Both reports in one; parameters say of which part they are. */
    static FitReport report(
            String model,
            FitReport whether,
            String second,
            FitReport sizes,
            Map<String, Double> besides,
            double logLikelihood,
            List<FitWarning> more) {
        Map<String, Double> parameters = new LinkedHashMap<>();
        Map<String, Double> errors = new LinkedHashMap<>();
        List<FitWarning> warnings = new ArrayList<>(more);
        add(WHETHER + ":", whether, parameters, errors, warnings);
        add(second + ":", sizes, parameters, errors, warnings);
        parameters.putAll(besides);
        FitReport.Builder report = FitReport.builder(model, parameters)
                .standardErrors(errors)
                .customers(whether.customers())
                .converged(whether.converged() && sizes.converged())
                .evaluations(whether.evaluations() + sizes.evaluations())
                .warnings(warnings)
                .provenance("library", "clv4j " + Version.VERSION);
        if (Double.isFinite(logLikelihood)) {
            report.logLikelihood(logLikelihood);
        }
        return report.build();
    }

    private static void add(
            String prefix,
            FitReport part,
            Map<String, Double> parameters,
            Map<String, Double> errors,
            List<FitWarning> warnings) {
        part.parameters().forEach((name, value) -> parameters.put(prefix + name, value));
        part.standardErrors().forEach((name, value) -> errors.put(prefix + name, value));
        for (FitWarning warning : part.warnings()) {
            warnings.add(new FitWarning(warning.condition(), prefix + " " + warning.message()));
        }
    }

    /** The log-density of amounts is that of their logarithms less the logarithms. */
    double logSum() {
        double sum = 0;
        for (int i = 0; i < sizes.rows; i++) {
            sum += sizes.weights[i] * sizes.target[i];
        }
        return sum;
    }
}
