// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;

/**
 * How much a fitted learner needs each of its features: by how much its loss grows when the values of the feature are dealt out anew
 * among the rows, so that they say nothing of their row any more.
 *
 * <p>It tells what the learner uses, not what causes the target. Of two features that say the same each may look needless, as the learner
 * has the other one: put them into a group, whose features are permuted together. Rows that the learner was fitted to show what it
 * learned by heart as well; use others.
 *
 * <p>Unfitted: this class holds options only. It is immutable and thread-safe, and results do not depend on the number of threads, to the
 * last bit; the permutations of a feature depend on seed, name and repeat only, not on the other features. Cost: repeats × features
 * predictions of all rows.
 *
 * <p>Source: Breiman (2001), <i>Random forests</i>, doi:10.1023/A:1010933404324.
 */
public final class PermutationImportance {

    private final PredictionLoss loss;
    private final int repeats;
    private final long seed;
    private final Map<String, List<String>> groups;

    private PermutationImportance(PredictionLoss loss, int repeats, long seed, Map<String, List<String>> groups) {
        this.loss = loss;
        this.repeats = repeats;
        this.seed = seed;
        this.groups = groups;
    }

    /**
     * Returns a way to measure importance, each feature by itself.
     *
     * @param loss what gets worse, as {@link StandardLoss#SQUARED_ERROR}
     * @param repeats how many permutations of each feature, at least 1
     * @param seed any number
     * @return the way to measure
     * @throws IllegalArgumentException if there is no repeat
     */
    public static PermutationImportance of(PredictionLoss loss, int repeats, long seed) {
        return new PermutationImportance(
                Objects.requireNonNull(loss, "loss"), Columns.atLeast(repeats, 1, "repeats"), seed, Map.of());
    }

    /**
     * Returns a copy that permutes some features together; those in no group stay by themselves.
     *
     * @param newGroups the features of each group by its name, in their order; at least one in each, none in two
     * @return the copy
     * @throws IllegalArgumentException if a group is empty, or a feature in it twice or in two
     */
    public PermutationImportance withGroups(Map<String, List<String>> newGroups) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        List<String> seen = new ArrayList<>();
        newGroups.forEach((name, features) -> {
            if (features.isEmpty()) {
                throw new IllegalArgumentException("group '" + name + "' must have at least one feature, but had none");
            }
            for (String feature : features) {
                if (seen.contains(feature)) {
                    throw new IllegalArgumentException(
                            "`groups` must have a feature once, but had '" + feature + "' again, in '" + name + "'");
                }
                seen.add(feature);
            }
            copy.put(Objects.requireNonNull(name, "name"), List.copyOf(features));
        });
        return new PermutationImportance(loss, repeats, seed, Collections.unmodifiableMap(copy));
    }

    /**
     * Measures on the calling thread.
     *
     * @param learner whose features are permuted
     * @param data rows with features, targets and weights, without offsets; best not those that the learner was fitted to
     * @return the importance of each feature that the learner needs
     * @throws IllegalArgumentException if the data have offsets or lack a feature, or a group has a feature that the learner does not need
     *     or the name of one that is not in it
     */
    public Importances measure(FittedLearner learner, TrainingData data) {
        return measure(learner, data, Execution.sequential());
    }

    /**
     * Measures.
     *
     * @param learner whose features are permuted
     * @param data rows with features, targets and weights, without offsets; best not those that the learner was fitted to
     * @param execution on how many threads, and who hears of the progress
     * @return the importance of each feature that the learner needs
     * @throws IllegalArgumentException if the data have offsets or lack a feature, or a group has a feature that the learner does not need
     *     or the name of one that is not in it
     */
    public Importances measure(FittedLearner learner, TrainingData data, Execution execution) {
        if (data.hasOffsets()) {
            throw new IllegalArgumentException(
                    "`data` must not have offsets or an exposure, because predictions are those without");
        }
        Map<String, List<String>> permuted = permuted(learner.featureNames());
        FeatureTable table = data.features().select(learner.featureNames());
        int rows = data.rows();
        double[] targets = new double[rows];
        double[] weights = new double[rows];
        for (int i = 0; i < rows; i++) {
            targets[i] = data.target(i);
            weights[i] = data.weight(i);
        }
        double baseline = finite(loss.loss(learner.predictColumn(table), targets, weights));
        List<String> names = List.copyOf(permuted.keySet());
        int parts = Math.multiplyExact(names.size(), repeats);
        double[] increases = new double[parts];
        execution.run(parts, (worker, part) -> {
            if (worker == 0) {
                execution.step("permuting features", part, parts);
            }
            String name = names.get(part / repeats);
            int[] columns = Objects.requireNonNull(permuted.get(name)).stream()
                    .mapToInt(table::index)
                    .toArray();
            long permutation = Mix.hash(Mix.hash(seed, name), Integer.toString(part % repeats));
            double[] predicted = predicted(learner, table, columns, new Mix(permutation));
            increases[part] = finite(loss.loss(predicted, targets, weights)) - baseline;
        });
        List<FeatureImportance> importances = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            importances.add(importance(names.get(i), permuted, increases, i * repeats));
        }
        return new Importances(baseline, importances);
    }

    /** Returns what is permuted together, by name: where its first feature stands among those of the learner. */
    private Map<String, List<String>> permuted(List<String> features) {
        Map<String, String> groupOf = new LinkedHashMap<>();
        groups.forEach((name, members) -> {
            for (String member : members) {
                if (!features.contains(member)) {
                    throw new IllegalArgumentException("group '" + name
                            + "' must have features of the learner, but had '" + member + "'; there are " + features);
                }
                groupOf.put(member, name);
            }
            if (features.contains(name) && !members.contains(name)) {
                throw new IllegalArgumentException(
                        "a group must not have the name of a feature that is not in it, but had '" + name + "'");
            }
        });
        Map<String, List<String>> permuted = new LinkedHashMap<>();
        for (String feature : features) {
            String group = groupOf.get(feature);
            if (group == null) {
                permuted.put(feature, List.of(feature));
            } else {
                permuted.put(group, Objects.requireNonNull(groups.get(group)));
            }
        }
        return permuted;
    }

    /** Predicts row by row, because a table with other columns would copy all of them for each permutation. */
    private static double[] predicted(FittedLearner learner, FeatureTable table, int[] columns, Mix random) {
        int[] from = IntStream.range(0, table.rows()).toArray();
        random.shuffle(from);
        double[] predicted = new double[table.rows()];
        double[] features = new double[table.names().size()];
        for (int row = 0; row < predicted.length; row++) {
            table.rowInto(row, features);
            for (int column : columns) {
                features[column] = table.value(from[row], column);
            }
            predicted[row] = learner.predict(features);
        }
        return predicted;
    }

    private static double finite(double loss) {
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("`loss` must return a finite number, but returned " + loss);
        }
        return loss;
    }

    private FeatureImportance importance(
            String name, Map<String, List<String>> permuted, double[] increases, int from) {
        double sum = 0;
        for (int i = from; i < from + repeats; i++) {
            sum += increases[i];
        }
        double mean = sum / repeats;
        double squares = 0;
        for (int i = from; i < from + repeats; i++) {
            squares += (increases[i] - mean) * (increases[i] - mean);
        }
        double deviation = repeats == 1 ? 0 : Math.sqrt(squares / (repeats - 1));
        return new FeatureImportance(name, Objects.requireNonNull(permuted.get(name)), mean, deviation);
    }

    /**
     * What was measured.
     *
     * @param baseline the loss with all features as they are
     * @param features the importance of each feature or group, in the order of the learner's features
     */
    public record Importances(double baseline, List<FeatureImportance> features) {

        /**
         * Creates a result.
         *
         * @param baseline the loss with all features as they are; finite
         * @param features the importance of each feature or group, copied
         * @throws IllegalArgumentException if the loss is not finite
         */
        public Importances {
            finite(baseline);
            features = List.copyOf(features);
        }

        /**
         * Returns the features by their importance.
         *
         * @return the features, the most important one first, those of the same importance in the order of the learner; unmodifiable
         */
        public List<FeatureImportance> ranked() {
            List<FeatureImportance> ranked = new ArrayList<>(features);
            ranked.sort((one, other) -> Double.compare(other.mean(), one.mean()));
            return List.copyOf(ranked);
        }
    }
}
