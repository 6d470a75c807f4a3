// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.util.Arrays;
import java.util.List;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.ModelException;

/** Rows as XGBoost takes them: in floats, with targets on a scale on which options mean the same for every currency. */
final class Rows {

    /** Beyond these, sums of floats overflow. */
    static final double LARGEST_FEATURE = 1e38;

    static final double LARGEST_TARGET = 1e100;
    static final double LARGEST_SCALE = 1e120;
    private static final double LARGEST_COUNT = 1e30;
    private static final double SMALLEST_WEIGHT = 1e-20;
    private static final double LARGEST_WEIGHT = 1e20;

    final int count;
    final float[] features;
    final float[] labels;
    final float[] weights;
    final float[] margins;

    private Rows(TrainingData data, Objective objective, Scale scale) {
        count = data.rows();
        FeatureTable table = data.features();
        int width = table.names().size();
        if ((long) count * width > Integer.MAX_VALUE - 8) {
            throw new ModelException(BoostedTrees.NAME + ": " + count + " rows of " + width
                    + " features are more than an array can hold; learn from a sample");
        }
        features = new float[count * width];
        labels = new float[count];
        weights = new float[count];
        margins = new float[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                features[i * width + j] = (float) table.value(i, j);
            }
            labels[i] = (float) scale.label(objective, data.target(i), data.offset(i));
            weights[i] = (float) data.weight(i);
            margins[i] = (float) scale.margin(objective, data.offset(i));
        }
    }

    static Rows of(TrainingData data, Objective objective, Scale scale) {
        return new Rows(data, objective, scale);
    }

    /** Refuses what cannot be learned from, by its row. */
    static void check(TrainingData data, Objective objective) {
        double limit = objective == Objective.POISSON ? LARGEST_COUNT : LARGEST_TARGET;
        for (int i = 0; i < data.rows(); i++) {
            double target = data.target(i);
            if (!objective.allows(target)) {
                String instead = objective.isLogarithmic() && target < 0
                        ? "; use the objective SQUARED_ERROR for amounts that refunds make negative"
                        : "";
                throw new IllegalArgumentException("`target` must be " + objective.range() + " for " + objective
                        + ", but was " + target + " in row " + i + instead);
            }
            if (!(Math.abs(target) <= limit)) {
                throw new IllegalArgumentException("`target` must be within ±" + limit + " for " + objective
                        + ", but was " + target + " in row " + i);
            }
            if (!(data.weight(i) >= SMALLEST_WEIGHT && data.weight(i) <= LARGEST_WEIGHT)) {
                throw new IllegalArgumentException("`weight` must be in [" + SMALLEST_WEIGHT + ", " + LARGEST_WEIGHT
                        + "], but was " + data.weight(i) + " in row " + i);
            }
        }
        List<String> names = data.features().names();
        for (int j = 0; j < names.size(); j++) {
            for (int i = 0; i < data.rows(); i++) {
                if (Math.abs(data.features().value(i, j)) > LARGEST_FEATURE) {
                    throw new IllegalArgumentException("column '" + names.get(j) + "' must be within ±"
                            + LARGEST_FEATURE + ", but was "
                            + data.features().value(i, j) + " in row " + i);
                }
            }
        }
    }

    /**
     * How the linear predictor is made of the sum of the leaves: start + factor · sum. Least squares learn standardised residuals, Tweedie and
     * gamma the multiple of the mean target, so that neither the unit of the target nor its size changes what trees are grown.
     */
    static final class Scale {
        final double start;
        final double factor;
        /** What targets are divided by. */
        private final double unit;

        Scale(double start, double factor, double unit) {
            this.start = start;
            this.factor = factor;
            this.unit = unit;
        }

        static Scale of(TrainingData data, Objective objective) {
            int n = data.rows();
            double total = data.totalWeight();
            if (objective == Objective.SQUARED_ERROR) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += data.weight(i) * (data.target(i) - data.offset(i));
                }
                double mean = finite(sum / total);
                double squares = 0;
                for (int i = 0; i < n; i++) {
                    double residual = data.target(i) - data.offset(i) - mean;
                    squares += data.weight(i) * residual * residual;
                }
                double deviation = finite(Math.sqrt(squares / total));
                double factor = deviation > 0 ? deviation : 1;
                return new Scale(mean, factor, factor);
            }
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += data.weight(i) / total * data.target(i);
            }
            if (!(mean > 0)) {
                throw new ModelException(
                        BoostedTrees.NAME + ": all targets are 0, so that " + objective + " has nothing to begin with");
            }
            double[] offsets = new double[n];
            Arrays.setAll(offsets, data::offset);
            if (objective == Objective.LOGISTIC) {
                if (!(mean < 1)) {
                    throw new ModelException(BoostedTrees.NAME + ": all targets are 1, so that " + objective
                            + " has nothing to begin with");
                }
                double offset = 0;
                for (int i = 0; i < n; i++) {
                    offset += data.weight(i) / total * offsets[i];
                }
                return new Scale(finite(Math.log(mean / (1 - mean)) - offset), 1, 1);
            }
            double largest = Arrays.stream(offsets).max().orElse(0);
            double exposure = 0;
            for (int i = 0; i < n; i++) {
                exposure += data.weight(i) / total * Math.exp(offsets[i] - largest);
            }
            double start = finite(Math.log(mean) - largest - Math.log(exposure));
            return new Scale(start, 1, objective == Objective.POISSON ? 1 : mean);
        }

        private static double finite(double value) {
            if (!(Math.abs(value) <= LARGEST_SCALE)) {
                throw new ModelException(
                        BoostedTrees.NAME + ": targets or offsets differ by too many orders of magnitude");
            }
            return value;
        }

        double label(Objective objective, double target, double offset) {
            if (objective == Objective.SQUARED_ERROR) {
                return (target - offset - start) / unit;
            }
            // A gamma target must stay above 0 as a float, too.
            return objective == Objective.GAMMA ? Math.max(target / unit, Float.MIN_NORMAL) : target / unit;
        }

        /** What the linear predictor of a row begins with, on the scale of the labels. */
        double margin(Objective objective, double offset) {
            return objective == Objective.SQUARED_ERROR ? 0 : start + offset - Math.log(unit);
        }
    }
}
