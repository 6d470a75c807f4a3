// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelState;

/** A learner from outside: the mean target of customers who are alike in whether each feature is above its median. */
// snippet:learner
public final class GroupMeans implements Learner {

    static final String NAME = "group-means";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Fitted fit(TrainingData data, Execution execution) {
        List<String> names = data.features().names();
        double[] medians = new double[names.size()];
        for (int j = 0; j < medians.length; j++) {
            double[] column = data.features().column(names.get(j));
            Arrays.sort(column);
            medians[j] = column[column.length / 2];
        }
        double[] sums = new double[names.size() + 1];
        double[] weights = new double[names.size() + 1];
        double[] features = new double[names.size()];
        for (int i = 0; i < data.rows(); i++) {
            data.features().rowInto(i, features);
            int group = group(features, medians);
            sums[group] += data.weight(i) * data.target(i);
            weights[group] += data.weight(i);
        }
        double[] means = new double[sums.length];
        for (int group = 0; group < means.length; group++) {
            means[group] = weights[group] > 0 ? sums[group] / weights[group] : 0;
        }
        ModelState state = ModelState.builder()
                .texts("features", names)
                .numbers("medians", medians)
                .numbers("means", means)
                .build();
        FitReport report = FitReport.builder(NAME, Map.of())
                .customers(data.totalWeight())
                .converged(true)
                .build();
        return new Fitted(state, report);
    }

    /** How many features are above their medians. */
    private static int group(double[] features, double[] medians) {
        int above = 0;
        for (int j = 0; j < medians.length; j++) {
            above += features[j] > medians[j] ? 1 : 0;
        }
        return above;
    }

    /** What it learned. */
    public record Fitted(ModelState state, FitReport report) implements RestorableLearner {

        @Override
        public List<String> featureNames() {
            return state.texts("features");
        }

        @Override
        public double predict(double[] features) {
            if (features.length != featureNames().size()) {
                throw new IllegalArgumentException(
                        "`features` must be " + featureNames().size() + " values");
            }
            return state.numbers("means")[group(features, state.numbers("medians"))];
        }
    }

    /** Makes it known by its name. */
    public static final class Provider implements LearnerProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String title() {
            return "Means of groups";
        }

        @Override
        public GroupMeans learner() {
            return new GroupMeans();
        }

        @Override
        public Fitted ofState(ModelState state, FitReport report) {
            return new Fitted(state, report);
        }
    }
}
// end
