// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.LearnerCatalog;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.junit.jupiter.api.Test;

/** What restored regressions tell besides predictions, which are for the contract to test. */
class SavedRegressionsTest {

    private static final TrainingData QUINE = Regressions.read("quine");
    private static final double[] ROW = {0, 1, 0, 0, 1, 0};

    private static <T extends RestorableLearner> T restored(Class<T> type, T fit) {
        String name = fit.report().model();
        LearnerProvider provider = LearnerCatalog.load().find(name);
        assertThat(provider.name()).isEqualTo(provider.learner().name()).isEqualTo(name);
        FitReport report = fit.report()
                .withParameters(fit.report().parameters())
                .standardErrors(fit.report().standardErrors())
                .build();
        return type.cast(provider.ofState(fit.state(), report));
    }

    @Test
    void allAreRegistered() {
        assertThat(LearnerCatalog.load().providers().stream().map(LearnerProvider::name))
                .containsExactly(
                        "elastic-net",
                        "gamma",
                        "hurdle",
                        "logistic",
                        "nb2",
                        "ols",
                        "poisson",
                        "quantile",
                        "ridge",
                        "tweedie",
                        "two-part",
                        "two-part-smearing",
                        "ziln");
    }

    @Test
    void leastSquaresKeepsItsIntervalsButNotItsCovariances() {
        LinearRegression.Fitted fit = LinearRegression.withDefaults().fit(QUINE);
        LinearRegression.Fitted again = restored(LinearRegression.Fitted.class, fit);
        assertThat(again.predictionInterval(ROW, 0.9)).isEqualTo(fit.predictionInterval(ROW, 0.9));
        assertThat(again.confidenceInterval(ROW, 0.9)).isEqualTo(fit.confidenceInterval(ROW, 0.9));
        assertThat(again.leverage(ROW)).isEqualTo(fit.leverage(ROW));
        assertThat(again.sigma()).isEqualTo(fit.sigma());
        assertThat(again.rSquared()).isEqualTo(fit.rSquared());
        assertThat(again.adjustedRSquared()).isEqualTo(fit.adjustedRSquared());
        assertThat(again.varianceInflation()).isEqualTo(fit.varianceInflation());
        assertThat(again.conditionNumber()).isEqualTo(fit.conditionNumber());
        assertThat(again.covarianceTypes()).isEmpty();
        assertThatThrownBy(() -> again.covariance(CovarianceType.HC3))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("restored")
                .hasMessageContaining("fit again");
        assertThatThrownBy(() -> again.coefficients(CovarianceType.MODEL, 0.9)).isInstanceOf(ModelException.class);
    }

    @Test
    void generalisedLinearModelsKeepWhatTheyEstimated() {
        for (GeneralisedLinearModel learner : List.of(
                GeneralisedLinearModel.poisson(),
                GeneralisedLinearModel.negativeBinomial(),
                GeneralisedLinearModel.tweedie(1.5))) {
            GeneralisedLinearModel.Fitted fit = learner.fit(QUINE);
            GeneralisedLinearModel.Fitted again = restored(GeneralisedLinearModel.Fitted.class, fit);
            assertThat(again.shape()).isEqualTo(fit.shape());
            assertThat(again.power()).isEqualTo(fit.power());
            assertThat(again.dispersion()).isEqualTo(fit.dispersion());
            assertThat(again.deviance()).isEqualTo(fit.deviance());
            assertThat(again.nullDeviance()).isEqualTo(fit.nullDeviance());
            assertThat(again.varianceInflation()).isEqualTo(fit.varianceInflation());
        }
    }

    @Test
    void othersKeepTheirNumbers() {
        QuantileRegression.Fitted quantile =
                QuantileRegression.of(0.5).withQuantiles(List.of(0.2, 0.9)).fit(QUINE);
        QuantileRegression.Fitted again = restored(QuantileRegression.Fitted.class, quantile);
        assertThat(again.loss()).isEqualTo(quantile.loss());
        assertThat(again.probability()).isEqualTo(0.5);
        assertThat(again.quantile(ROW, 0.7)).isEqualTo(quantile.quantile(ROW, 0.7));
        RidgeRegression.Fitted ridge = RidgeRegression.of(0.3).fit(QUINE);
        assertThat(restored(RidgeRegression.Fitted.class, ridge).penalty()).isEqualTo(0.3);
        ElasticNet.Fitted net = ElasticNet.of(0.2, 0.5).fit(QUINE);
        assertThat(restored(ElasticNet.Fitted.class, net).penalty()).isEqualTo(0.2);
    }

    @Test
    void partsComeBackWithTheirReports() {
        TwoPart.Fitted smearing = TwoPart.smearing().fit(QUINE);
        TwoPart.Fitted smeared = restored(TwoPart.Fitted.class, smearing);
        assertThat(smeared.smearing()).isEqualTo(smearing.smearing());
        requireSameReport(smeared.whether().report(), smearing.whether().report());
        requireSameReport(smeared.amounts().report(), smearing.amounts().report());
        TwoPart.Fitted gamma = TwoPart.gamma().fit(QUINE);
        requireSameReport(
                restored(TwoPart.Fitted.class, gamma).amounts().report(),
                gamma.amounts().report());
        ZeroInflatedLogNormal.Fitted ziln = ZeroInflatedLogNormal.withDefaults().fit(QUINE);
        ZeroInflatedLogNormal.Fitted again = restored(ZeroInflatedLogNormal.Fitted.class, ziln);
        assertThat(again.sigma()).isEqualTo(ziln.sigma());
        assertThat(again.logarithms().sigma()).isEqualTo(ziln.logarithms().sigma());
        requireSameReport(again.logarithms().report(), ziln.logarithms().report());
        Hurdle.Fitted hurdle = Hurdle.withDefaults().fit(QUINE);
        Hurdle.Fitted leapt = restored(Hurdle.Fitted.class, hurdle);
        assertThat(leapt.counts().shape()).isEqualTo(hurdle.counts().shape());
        assertThat(leapt.counts().varianceInflation()).isEqualTo(hurdle.counts().varianceInflation());
        requireSameReport(leapt.counts().report(), hurdle.counts().report());
        assertThatThrownBy(() -> leapt.counts().covariance(CovarianceType.MODEL))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("restored");
    }

    private static void requireSameReport(FitReport report, FitReport expected) {
        assertThat(report.summary()).isEqualTo(expected.summary());
        assertThat(report.provenance()).isEqualTo(expected.provenance());
    }

    @Test
    void statesOfOthersAreRefused() {
        LearnerCatalog catalog = LearnerCatalog.load();
        RidgeRegression.Fitted ridge = RidgeRegression.of(0.3).fit(QUINE);
        assertThatThrownBy(() -> catalog.find("elastic-net").ofState(ridge.state(), ridge.report()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be one of elastic-net, but was of ridge");
        ModelState tooShort = ModelState.builder()
                .texts("features", List.of("a", "b"))
                .numbers("coefficients", 1, 2)
                .numbers("penalty", 0.3)
                .build();
        assertThatThrownBy(() -> catalog.find("ridge").ofState(tooShort, ridge.report()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`coefficients`");
        ModelState negative = ModelState.builder()
                .texts("features", List.of("a"))
                .numbers("coefficients", 1, 2)
                .numbers("penalty", -0.3)
                .build();
        assertThatThrownBy(() -> catalog.find("ridge").ofState(negative, ridge.report()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`penalty`")
                .hasMessageContaining("-0.3");
    }

    /** A batch that cannot be predicted names the row and the feature. */
    @Test
    void batchesNameTheRowThatIsWrong() {
        double[] x = new double[3000];
        double[] y = new double[3000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 7;
            y[i] = 3 * x[i] + i % 3;
        }
        TrainingData data =
                TrainingData.of(FeatureTable.builder().column("x", x).build(), y);
        LinearRegression.Fitted line = LinearRegression.withDefaults().fit(data);
        TwoPart.Fitted parts = TwoPart.gamma().fit(data);
        x[2345] = Double.NaN;
        FeatureTable holes =
                FeatureTable.builder().allowingMissing().column("x", x).build();
        for (RestorableLearner fit : List.of(line, parts)) {
            assertThatThrownBy(() -> fit.predictColumn(holes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'x'")
                    .hasMessageContaining("row 2345");
            assertThat(fit.predictColumn(holes.rows(0, 2345))).doesNotContain(Double.NaN);
        }
        x[2345] = 1e308;
        FeatureTable large = FeatureTable.builder().column("x", x).build();
        assertThatThrownBy(() -> line.predictColumn(large))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("overflows in row 2345");
    }
}
