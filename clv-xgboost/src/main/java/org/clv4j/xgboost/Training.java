// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.ModelException;
import org.jspecify.annotations.Nullable;

/** The one place that talks to XGBoost. Whatever it allocates is given back before the trees leave. */
final class Training {

    /** What was grown. */
    static final class Grown {
        final Forest forest;
        final double[] gains;
        final Rows.Scale scale;
        final int rounds;
        final boolean stopped;
        final String version;

        Grown(Forest forest, double[] gains, Rows.Scale scale, int rounds, boolean stopped, String version) {
            this.forest = forest;
            this.gains = gains;
            this.scale = scale;
            this.rounds = rounds;
            this.stopped = stopped;
            this.version = version;
        }
    }

    /** Sees the model before it is given back; for tests, which compare with what XGBoost itself says. */
    @FunctionalInterface
    interface Witness {
        void see(Booster booster, Grown grown, Rows rows) throws XGBoostError;
    }

    private final BoostedTrees options;
    private final Execution execution;
    private final @Nullable Witness witness;

    Training(BoostedTrees options, Execution execution, @Nullable Witness witness) {
        this.options = options;
        this.execution = execution;
        this.witness = witness;
    }

    Grown grow(TrainingData data) {
        int held = (int) Math.round(options.stoppingShare() * data.rows());
        if (options.patience() == 0) {
            return grow(data, null);
        }
        if (held < 1 || held >= data.rows()) {
            throw new ModelException(BoostedTrees.NAME + ": a share of " + options.stoppingShare() + " of "
                    + data.rows() + " rows leaves none to stop by, or none to learn from");
        }
        int[] shuffled = IntStream.range(0, data.rows()).toArray();
        SplittableRandom random = new SplittableRandom(options.seed());
        for (int i = 0; i < held; i++) {
            int other = random.nextInt(i, shuffled.length);
            int row = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = row;
        }
        Arrays.sort(shuffled, 0, held);
        Arrays.sort(shuffled, held, shuffled.length);
        return grow(
                data.selectRows(Arrays.copyOfRange(shuffled, held, shuffled.length)),
                data.selectRows(Arrays.copyOf(shuffled, held)));
    }

    private Grown grow(TrainingData data, @Nullable TrainingData held) {
        Rows.Scale scale = Rows.Scale.of(data, options.objective());
        Rows rows = Rows.of(data, options.objective(), scale);
        Rows heldRows = held == null ? null : Rows.of(held, options.objective(), scale);
        try {
            return grow(rows, heldRows, scale, data.features().names());
        } catch (XGBoostError e) {
            ModelException failure =
                    new ModelException(BoostedTrees.NAME + ": XGBoost could not learn: " + firstLine(e));
            failure.initCause(e);
            throw failure;
        } catch (LinkageError e) {
            ModelException failure = new ModelException(
                    BoostedTrees.NAME + ": XGBoost's native library cannot be loaded on "
                            + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                            + "; learning needs Linux with glibc or macOS on x86-64 or ARM64, or Windows on x86-64, and a temporary"
                            + " folder that libraries can be loaded from; predicting with a saved model needs none of it");
            failure.initCause(e);
            throw failure;
        }
    }

    private static String firstLine(XGBoostError e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    }

    private Grown grow(Rows rows, @Nullable Rows held, Rows.Scale scale, List<String> names) throws XGBoostError {
        DMatrix matrix = matrix(rows);
        DMatrix heldMatrix = null;
        Booster booster = null;
        try {
            Map<String, DMatrix> watched = new LinkedHashMap<>();
            if (held != null) {
                heldMatrix = matrix(held);
                watched.put("held", heldMatrix);
            }
            // No round yet: rounds are done one by one below, so that they can be stopped.
            booster = XGBoost.train(matrix, parameters(names), 0, watched, null, null);
            String work = "fitting " + BoostedTrees.NAME;
            double best = Double.POSITIVE_INFINITY;
            int bestRounds = options.rounds();
            int done = 0;
            boolean stopped = false;
            if (held != null) {
                bestRounds = 0;
                best = loss(held, held.margins);
            }
            while (done < options.rounds() && !stopped) {
                execution.step(work, done, options.rounds());
                booster.update(matrix, done);
                done++;
                if (held != null) {
                    double loss = loss(held, column(booster.predict(heldMatrix, true)));
                    if (loss < best) {
                        best = loss;
                        bestRounds = done;
                    }
                    stopped = done - bestRounds >= options.patience();
                }
            }
            execution.step(work, done, done);
            Grown grown = read(booster.toByteArray("ubj"), names.size(), bestRounds, scale, done, stopped);
            if (witness != null) {
                witness.see(booster, grown, rows);
            }
            return grown;
        } finally {
            if (booster != null) {
                booster.dispose();
            }
            if (heldMatrix != null) {
                heldMatrix.dispose();
            }
            matrix.dispose();
        }
    }

    static DMatrix matrix(Rows rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(rows.features, rows.count, rows.features.length / rows.count, Float.NaN);
        matrix.setLabel(rows.labels);
        matrix.setWeight(rows.weights);
        matrix.setBaseMargin(rows.margins);
        return matrix;
    }

    private static float[] column(float[][] predictions) {
        float[] column = new float[predictions.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = predictions[i][0];
        }
        return column;
    }

    private double loss(Rows rows, float[] margins) {
        double sum = 0;
        for (int i = 0; i < rows.count; i++) {
            sum += rows.weights[i] * options.objective().loss(rows.labels[i], margins[i], options.tweediePower());
        }
        return sum;
    }

    private Map<String, Object> parameters(List<String> names) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("objective", options.objective().key());
        if (options.objective() == Objective.TWEEDIE) {
            parameters.put("tweedie_variance_power", options.tweediePower());
        }
        // Rows bring their own beginning, as base margin.
        parameters.put("base_score", 0.5);
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", options.depth());
        parameters.put("eta", options.learningRate());
        parameters.put("subsample", options.subsample());
        parameters.put("colsample_bytree", options.columnSample());
        parameters.put("min_child_weight", options.minChildWeight());
        parameters.put("lambda", options.l2());
        parameters.put("seed", Long.hashCode(options.seed()) & Integer.MAX_VALUE);
        if (!options.monotone().isEmpty()) {
            parameters.put("monotone_constraints", constraints(names));
        }
        // Several threads would add the same numbers in another order.
        parameters.put("nthread", 1);
        parameters.put("verbosity", 0);
        return parameters;
    }

    private String constraints(List<String> names) {
        StringBuilder signs = new StringBuilder("(");
        for (String name : names) {
            Monotone direction = options.monotone().get(name);
            signs.append(signs.length() > 1 ? "," : "").append(direction == null ? 0 : direction.sign());
        }
        return signs.append(')').toString();
    }

    private static Grown read(byte[] model, int features, int rounds, Rows.Scale scale, int done, boolean stopped) {
        Map<String, Object> root = Ubjson.read(model);
        Map<String, Object> trees = Ubjson.object(root, "learner", "gradient_booster", "model");
        Forest.Builder forest = new Forest.Builder(features);
        List<?> all = Ubjson.list(trees, "trees");
        for (Object tree : all.subList(0, rounds)) {
            forest.add(Ubjson.object(tree));
        }
        if (!forest.isFinite()) {
            throw new ModelException(
                    BoostedTrees.NAME + ": targets, weights or offsets differ by too many orders of magnitude");
        }
        String version = Ubjson.list(root, "version").stream()
                .map(part -> String.valueOf(((Number) part).intValue()))
                .collect(Collectors.joining("."));
        return new Grown(forest.build(), forest.gains(), scale, done, stopped, version);
    }
}
