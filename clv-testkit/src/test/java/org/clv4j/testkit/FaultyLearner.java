// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.clv4j.core.learn.Contributions;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.FittedLearner;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.QuantilePrediction;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelState;

/** The stump with a fault put in. */
final class FaultyLearner implements Learner, LearnerProvider {

    enum Fault {
        NONE,
        REPORT_NAMES_ANOTHER_LEARNER,
        REPORT_FORGETS_WEIGHTS,
        LEARNER_HAS_ANOTHER_NAME,
        FEATURES_CAN_BE_CHANGED,
        FIT_IS_RANDOM,
        FIT_DEPENDS_ON_THREADS,
        FIT_DEPENDS_ON_FIRST_ROW,
        FIT_IGNORES_WEIGHTS,
        KEEPS_THE_DATA,
        KEEPS_THE_TARGETS,
        KEEPS_A_LIST_OF_ROWS,
        BATCH_OFF_BY_ONE_ULP,
        BATCH_DEPENDS_ON_ITS_BORDER,
        BATCH_WRITES_BEHIND,
        BATCH_WITHOUT_RANGE_CHECK,
        BATCH_BY_POSITION,
        MISSING_COLUMNS_ARE_ZERO,
        INFINITE_FOR_LARGE_FEATURES,
        CONTRIBUTIONS_DO_NOT_ADD_UP,
        QUANTILES_FALL,
        STATE_IS_ROUNDED,
        STATE_IS_NOT_THERE,
        REPORT_IS_LOST,
        ANY_STATE_WILL_DO,
        TAKES_NAN,
        TAKES_ROWS_TOO_LONG,
        MESSAGE_NAMES_NOTHING,
        TRAINS_ON_MISSING_VALUES,
        TAKES_PROBABILITY_ONE,
        SHARED_SCRATCH
    }

    private final Fault fault;
    private final RegressionStump stump = new RegressionStump();
    private final AtomicInteger fits = new AtomicInteger();

    FaultyLearner(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return stump.name();
    }

    @Override
    public String title() {
        return stump.title();
    }

    @Override
    public Learner learner() {
        return fault == Fault.LEARNER_HAS_ANOTHER_NAME ? new Renamed(this) : this;
    }

    private record Renamed(Learner learner) implements Learner {
        @Override
        public String name() {
            return "stamp";
        }

        @Override
        public FittedLearner fit(TrainingData data, Execution execution) {
            return learner.fit(data, execution);
        }
    }

    @Override
    public FittedLearner fit(TrainingData data, Execution execution) {
        double[] ones = new double[data.rows()];
        Arrays.fill(ones, 1);
        TrainingData seen = fault == Fault.FIT_IGNORES_WEIGHTS ? data.withWeights(ones) : data;
        if (fault == Fault.TRAINS_ON_MISSING_VALUES && data.features().hasMissing()) {
            seen = TrainingData.of(withoutHoles(data.features()), ones);
        }
        RegressionStump.Stump fit = stump.fit(seen, execution);
        FitReport report = fit.report();
        double shift =
                switch (fault) {
                    case FIT_IS_RANDOM -> 1e-9 * fits.getAndIncrement();
                    case FIT_DEPENDS_ON_THREADS -> 1e-9 * execution.threads();
                    case FIT_DEPENDS_ON_FIRST_ROW -> 1e-3 * data.features().value(0, 0);
                    default -> 0;
                };
        Object kept =
                switch (fault) {
                    case KEEPS_THE_DATA -> Map.of("data", data);
                    case KEEPS_THE_TARGETS -> new Object[] {ones};
                    case KEEPS_A_LIST_OF_ROWS -> Arrays.stream(ones).boxed().toList();
                    default -> "nothing";
                };
        if (fault == Fault.REPORT_NAMES_ANOTHER_LEARNER || fault == Fault.REPORT_FORGETS_WEIGHTS) {
            report = FitReport.builder(fault == Fault.REPORT_FORGETS_WEIGHTS ? name() : "stamp", Map.of())
                    .customers(fault == Fault.REPORT_FORGETS_WEIGHTS ? data.rows() : data.totalWeight())
                    .converged(true)
                    .build();
        }
        Faulty fitted = new Faulty(stump.ofState(fit.state(), report), fault, shift, kept);
        return fault == Fault.STATE_IS_NOT_THERE ? new Stateless(fitted) : fitted;
    }

    private static FeatureTable withoutHoles(FeatureTable table) {
        FeatureTable.Builder builder = FeatureTable.builder();
        for (String name : table.names()) {
            builder.column(
                    name,
                    Arrays.stream(table.column(name))
                            .map(value -> Double.isNaN(value) ? 0 : value)
                            .toArray());
        }
        return builder.build();
    }

    @Override
    public RestorableLearner ofState(ModelState state, FitReport report) {
        FitReport kept = fault == Fault.REPORT_IS_LOST
                ? FitReport.builder(name(), Map.of()).build()
                : report;
        if (fault == Fault.ANY_STATE_WILL_DO && !state.has("stump")) {
            return stump.ofState(
                    ModelState.builder()
                            .texts("features", List.of())
                            .numbers("stump", 0, 0, 0, 0)
                            .build(),
                    kept);
        }
        return new Faulty(stump.ofState(state, kept), fault, 0, "nothing");
    }

    private record Stateless(FittedLearner fit) implements FittedLearner {
        @Override
        public List<String> featureNames() {
            return fit.featureNames();
        }

        @Override
        public double predict(double[] features) {
            return fit.predict(features);
        }

        @Override
        public FitReport report() {
            return fit.report();
        }
    }

    /** The fitted stump with the fault. */
    private static final class Faulty implements Contributions, QuantilePrediction, RestorableLearner {
        private final RegressionStump.Stump stump;
        private final Fault fault;
        private final double shift;

        @SuppressWarnings("unused") // The contract looks for it.
        private final Object kept;

        private final double[] scratch = new double[3];

        Faulty(RegressionStump.Stump stump, Fault fault, double shift, Object kept) {
            this.stump = stump;
            this.fault = fault;
            this.shift = shift;
            this.kept = kept;
        }

        @Override
        public List<String> featureNames() {
            return fault == Fault.FEATURES_CAN_BE_CHANGED
                    ? new ArrayList<>(stump.featureNames())
                    : stump.featureNames();
        }

        @Override
        public double predict(double[] features) {
            double[] seen = features;
            if (fault == Fault.TAKES_NAN) {
                seen = Arrays.stream(features)
                        .map(value -> Double.isNaN(value) ? 0 : value)
                        .toArray();
            }
            if (fault == Fault.TAKES_ROWS_TOO_LONG && features.length > 3) {
                seen = Arrays.copyOf(features, 3);
            }
            if (fault == Fault.MESSAGE_NAMES_NOTHING && !Arrays.stream(features).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("bad row");
            }
            if (fault == Fault.INFINITE_FOR_LARGE_FEATURES && Math.abs(features[0]) > 1e200) {
                return Double.POSITIVE_INFINITY;
            }
            if (fault != Fault.SHARED_SCRATCH) {
                return stump.predict(seen) + shift;
            }
            System.arraycopy(seen, 0, scratch, 0, scratch.length);
            LockSupport.parkNanos(20_000);
            return stump.predict(scratch);
        }

        @Override
        public void predictInto(FeatureTable table, int from, int to, double[] out) {
            if (fault == Fault.BATCH_WITHOUT_RANGE_CHECK && (from < 0 || to < from || to > table.rows())) {
                return;
            }
            FeatureTable seen = table;
            if (fault == Fault.BATCH_BY_POSITION || fault == Fault.MISSING_COLUMNS_ARE_ZERO) {
                FeatureTable.Builder builder = FeatureTable.builder().allowingMissing();
                for (int j = 0; j < 3; j++) {
                    String name = stump.featureNames().get(j);
                    String source = fault == Fault.BATCH_BY_POSITION
                            ? table.names().get(Math.min(j, table.names().size() - 1))
                            : name;
                    builder.column(
                            name, table.names().contains(source) ? table.column(source) : new double[table.rows()]);
                }
                seen = builder.build();
            }
            RestorableLearner.super.predictInto(seen, from, to, out);
            if (fault == Fault.BATCH_OFF_BY_ONE_ULP
                    || (fault == Fault.BATCH_DEPENDS_ON_ITS_BORDER && from > 0 && to > from)) {
                out[0] = Math.nextUp(out[0]);
            }
            if (fault == Fault.BATCH_WRITES_BEHIND && out.length > to - from) {
                out[to - from] = 0;
            }
        }

        @Override
        public double baseline() {
            return 0;
        }

        @Override
        public double[] contributions(double[] features) {
            double[] contributions = new double[features.length];
            contributions[0] = predict(features);
            return contributions;
        }

        @Override
        public double linearPredictor(double[] features) {
            return predict(features) * (fault == Fault.CONTRIBUTIONS_DO_NOT_ADD_UP ? 1.001 : 1);
        }

        @Override
        public double quantile(double[] features, double probability) {
            if (!(probability > 0 && probability < 1) && fault != Fault.TAKES_PROBABILITY_ONE) {
                throw new IllegalArgumentException("`probability` must be above 0 and below 1, but was " + probability);
            }
            return predict(features) + (fault == Fault.QUANTILES_FALL ? -probability : probability);
        }

        @Override
        public ModelState state() {
            ModelState state = stump.state();
            if (fault != Fault.STATE_IS_ROUNDED) {
                return state;
            }
            return ModelState.builder()
                    .texts("features", state.texts("features"))
                    .numbers(
                            "stump",
                            Arrays.stream(state.numbers("stump"))
                                    .map(value -> Math.rint(value * 100) / 100)
                                    .toArray())
                    .build();
        }

        @Override
        public FitReport report() {
            return stump.report();
        }
    }
}
