// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.List;
import java.util.Map;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelState;

/** A learner of one's own, with all it takes to be saved: the mean target of rows below and above the mean of one feature. */
final class RegressionStump implements Learner, LearnerProvider {

    @Override
    public String name() {
        return "stump";
    }

    @Override
    public String title() {
        return "Regression stump";
    }

    @Override
    public Learner learner() {
        return this;
    }

    @Override
    public Stump fit(TrainingData data, Execution execution) {
        FeatureTable table = data.features();
        FitReport report = FitReport.builder(name(), Map.of())
                .customers(data.totalWeight())
                .converged(true)
                .build();
        double best = -1;
        ModelState.Builder state = ModelState.builder();
        for (int j = 0; j < table.names().size(); j++) {
            double mean = 0;
            for (int i = 0; i < data.rows(); i++) {
                mean += data.weight(i)
                        * checked(table.value(i, j), table.names().get(j))
                        / data.totalWeight();
            }
            double[] weight = {1e-300, 1e-300};
            double[] sum = new double[2];
            for (int i = 0; i < data.rows(); i++) {
                int side = table.value(i, j) <= mean ? 0 : 1;
                weight[side] += data.weight(i);
                sum[side] += data.weight(i) * data.target(i);
            }
            double gain = sum[0] * sum[0] / weight[0] + sum[1] * sum[1] / weight[1];
            if (gain > best * (1 + 1e-9)) {
                best = gain;
                state = ModelState.builder().numbers("stump", j, mean, sum[0] / weight[0], sum[1] / weight[1]);
            }
        }
        return ofState(state.texts("features", table.names()).build(), report);
    }

    private static double checked(double value, String feature) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("feature '" + feature + "' must be finite, but was " + value);
        }
        return value;
    }

    @Override
    public Stump ofState(ModelState state, FitReport report) {
        return new Stump(state.texts("features"), state, report);
    }

    /** What a stump has learned. */
    record Stump(List<String> featureNames, ModelState state, FitReport report) implements RestorableLearner {
        Stump {
            if (state.numbers("stump").length != 4) {
                throw new IllegalArgumentException("`stump` must be feature, threshold and two means");
            }
        }

        @Override
        public double predict(double[] values) {
            if (values.length != featureNames.size()) {
                throw new IllegalArgumentException("`values` must be " + featureNames + ", but were " + values.length);
            }
            for (int j = 0; j < values.length; j++) {
                checked(values[j], featureNames.get(j));
            }
            double[] stump = state.numbers("stump");
            return values[(int) stump[0]] <= stump[1] ? stump[2] : stump[3];
        }
    }
}
