// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.Outcomes;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.learn.CoefficientInference;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.Interval;
import org.clv4j.core.learn.LearnerCatalog;
import org.clv4j.core.learn.PredictionTask;
import org.clv4j.core.learn.Target;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.validate.LeakageGuard;
import org.clv4j.core.validate.PermutationImportance;
import org.clv4j.core.validate.StandardLoss;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.ModelJson;
import org.clv4j.io.SavedModel;
import org.clv4j.io.TextOutput;
import org.clv4j.models.regression.GeneralisedLinearModel;
import org.clv4j.models.regression.HistoryFeature;
import org.clv4j.models.regression.LogisticRegression;
import org.clv4j.models.regression.RegressionModel;
import org.clv4j.models.regression.StandardFeatures;
import org.clv4j.models.regression.TwoPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/models/regression.md. */
class RegressionExamplesTest {

    private static final TransactionLog LOG = Shop.log(2000);
    private static final CustomerBase BASE = CustomerBase.of(LOG, Observation.untilIso("2024-12-31"), TimeScale.WEEKS);

    @TempDir
    Path folder;

    @Test
    void fit() {
        Console.assertPrints("regression-fit.txt", RegressionExamplesTest::fitAndValue);
    }

    private static void fitAndValue() {
        CustomerBase base = BASE;
        // snippet:regression-fit
        RegressionModel.Fitted model =
                RegressionModel.of(TwoPart.gamma(), PredictionTask.of(26)).fit(base);
        System.out.println(model.report().orElseThrow().provenance().get("cut-offs"));

        CustomerValues values = model.value(
                base,
                ValuationTerms.of(
                        Horizon.of(26), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE));
        List<Interval> revenue = model.predictIntervals(base.histories());
        for (int row = 0; row < 3; row++) {
            System.out.printf(
                    "%s: CLV %.2f, revenue between %.2f and %.2f%n",
                    base.id(row),
                    values.futureValue(row),
                    revenue.get(row).lower(),
                    revenue.get(row).upper());
        }
        // end
    }

    @Test
    void drivers() {
        Console.assertPrints("regression-drivers.txt", RegressionExamplesTest::whatMovesRetention);
    }

    private static void whatMovesRetention() {
        CustomerBase base = BASE;
        // snippet:regression-drivers
        PredictionTask task = PredictionTask.of(26).withTarget(Target.ACTIVE);
        RegressionModel.Fitted model =
                RegressionModel.of(LogisticRegression.withDefaults(), task).fit(base);
        CoefficientInference whoComesBack = (CoefficientInference) model.learner();
        whoComesBack
                .coefficients(CovarianceType.HC1, 0.95)
                .forEach(coefficient -> System.out.printf(
                        "%-22s %7.3f  (%.3f to %.3f)%n",
                        coefficient.name(),
                        coefficient.estimate(),
                        coefficient.interval().lower(),
                        coefficient.interval().upper()));

        CustomerHistories known = base.historiesAt(LocalDate.parse("2024-07-02"));
        TrainingData data = TrainingData.of(model.features().table(known), Target.ACTIVE.of(Outcomes.of(known, 26)));
        PermutationImportance.of(StandardLoss.GINI, 5, 1).measure(model.learner(), data).ranked().stream()
                .limit(3)
                .forEach(one -> System.out.printf("%s: %.4f%n", one.name(), one.mean()));
        // end
    }

    @Test
    void features() {
        Console.assertPrints("regression-features.txt", RegressionExamplesTest::ownFeatures);
    }

    private static void ownFeatures() {
        CustomerBase base = BASE;
        // snippet:regression-features
        List<Feature> features = new ArrayList<>(StandardFeatures.standard(13));
        features.add(HistoryFeature.of("weekend_share", history -> {
            int weekend = 0;
            for (int i = 0; i < history.occasions(); i++) {
                weekend += history.day(i).getDayOfWeek().getValue() > 5 ? 1 : 0;
            }
            return weekend / (double) history.occasions();
        }));
        LeakageGuard.check(base, LocalDate.parse("2024-06-30"), any -> features);

        PredictionTask task = PredictionTask.of(13).withFeatures(features).withCutOffCount(2);
        RegressionModel.Fitted model =
                RegressionModel.of(GeneralisedLinearModel.poisson(), task).fit(base);
        FeatureTable table = model.features().table(base.histories());
        System.out.println(table.names());
        System.out.printf("weekend_share of %s: %.4f%n", base.id(0), table.value(0, table.index("weekend_share")));
        // end
    }

    @Test
    void aFeatureThatSeesTheFutureIsFound() {
        CustomerBase base = BASE;
        assertThatThrownBy(() -> {
                    // snippet:regression-leak
                    LeakageGuard.check(base, LocalDate.parse("2024-06-30"), customers -> {
                        Map<String, Double> totals = new HashMap<>();
                        for (int row = 0; row < customers.size(); row++) {
                            totals.put(customers.id(row), customers.totalAmountAsDouble(row));
                        }
                        return List.of(HistoryFeature.of("total", history -> totals.get(history.id())));
                    });
                    // end
                })
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the feature 'total' sees past 2024-06-30: 'total' of customer ");
    }

    @Test
    void aLearnerFromOutsideTakesPart() {
        CustomerBase base = BASE;
        Path file = folder.resolve("model.json");
        // snippet:regression-own-learner
        PredictionTask task = PredictionTask.of(26);
        RegressionModel.Fitted model = RegressionModel.of(
                        LearnerCatalog.load().find("group-means").learner(), task)
                .fit(base);
        ModelJson.write(SavedModel.ofClv(model), TextOutput.toFile(file));
        SavedModel again = ModelJson.readFile(file, ModelCatalog.load());
        // end
        ValuationTerms terms =
                ValuationTerms.of(Horizon.of(26), DiscountRate.none(), Margin.ofRevenue(), CashFlowTiming.AT_PURCHASE);
        CustomerValues before = model.value(base, terms);
        CustomerValues after = again.clv().orElseThrow().value(base, terms);
        for (int row = 0; row < base.size(); row++) {
            assertThat(after.futureValue(row)).isEqualTo(before.futureValue(row));
        }
    }
}
