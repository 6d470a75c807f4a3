// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.RateChange;
import org.junit.jupiter.api.Test;

/** What lies ahead after a change is compared with draws of λ and of dropout, and with brute-force sums over p. */
class ChangedRatesTest {

    private static final double ENDLESS = Double.POSITIVE_INFINITY;
    private static final ParetoNbd.Fitted PARETO = ParetoNbd.Fitted.of(0.553, 10.578, 0.606, 11.669);
    private static final CorrelatedParetoNbd.Fitted CORRELATED =
            CorrelatedParetoNbd.Fitted.of(0.553, 10.578, 0.606, 11.669, 0.2);
    private static final HierarchicalParetoNbd.Fitted HIERARCHICAL =
            HierarchicalParetoNbd.Fitted.of(-3.5, -3.7, 1.2, 1.9, 0.1);
    private static final Nbd.Fitted NBD = Nbd.Fitted.of(0.385, 12.07);
    private static final GGompertzNbd.Fitted GOMPERTZ = GGompertzNbd.Fitted.of(0.55, 10.6, 0.01, 0.4, 0.3);
    private static final BgNbd.Fitted BG = BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426);
    private static final MbgNbd.Fitted MBG = MbgNbd.Fitted.of(0.525, 6.183, 0.891, 1.614);
    private static final BgCnbdK.Fitted ERLANG = BgCnbdK.Fitted.of(2, 0.5, 3, 0.8, 2.4);
    private static final PeriodicDeathOpportunity.Fitted PDO =
            PeriodicDeathOpportunity.Fitted.of(4, 0.55, 10.6, 0.5, 3.5);
    private static final BgBb.Fitted BGBB = BgBb.Fitted.of(1.204, 0.75, 0.657, 2.783);

    private static final List<FittedAttritionModel> ALL =
            List.of(PARETO, CORRELATED, HIERARCHICAL, NBD, GOMPERTZ, BG, MBG, ERLANG, PDO, BGBB);

    private static double changed(FittedAttritionModel model, double kappa, double eta, double horizon, double delta) {
        return model.changedTransactions(3, 20, 26, new RateChange(kappa, eta), horizon, delta);
    }

    @Test
    void noChangeGivesTheModelsOwnFigureToTheBit() {
        for (FittedAttritionModel model : ALL) {
            assertThat(changed(model, 1, 1, 52, 0.002))
                    .as(model.name())
                    .isEqualTo(model.discountedExpectedTransactions(3, 20, 26, 52, 0.002));
            assertThat(changed(model, 1, 1, 52, 0)).isEqualTo(model.expectedTransactions(3, 20, 26, 52));
            assertThat(changed(model, 1, 1, ENDLESS, 0.002))
                    .isEqualTo(model.discountedExpectedResidualTransactions(3, 20, 26, 0.002));
        }
    }

    @Test
    void modelsThatCannotFollowAChangeSaySo() {
        RateChange purchases = new RateChange(1.1, 1);
        RateChange dropout = new RateChange(1, 1.1);
        for (FittedAttritionModel model : ALL) {
            assertThat(model.canChange(RateChange.NONE)).isTrue();
            assertThat(model.canChange(purchases)).as(model.name()).isEqualTo(model != BGBB);
            assertThat(model.canChange(dropout))
                    .as(model.name())
                    .isEqualTo(model != BGBB && model != ERLANG && model != PDO);
        }
        assertThatThrownBy(() -> changed(PDO, 1, 1.1, 52, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("pdo")
                .hasMessageContaining("dropout times 1.1");
        assertThatThrownBy(() -> changed(PARETO, 1.1, 1, ENDLESS, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> changed(PARETO, 1.1, 1, -1, 0.1)).hasMessageContaining("horizon");
        assertThatThrownBy(() -> new RateChange(0, 1)).hasMessageContaining("purchaseFactor");
        assertThatThrownBy(() -> new RateChange(1, Double.NaN)).hasMessageContaining("dropoutFactor");
    }

    /** The present value of purchases at rate λ until the horizon or an exponential death. */
    private static double present(double lambda, double mu, double horizon, double delta) {
        double rate = mu + delta;
        return rate == 0 ? lambda * horizon : lambda * -Math.expm1(-rate * horizon) / rate;
    }

    private static void compareWithDraws(
            FittedAttritionModel model,
            double exact,
            List<CustomerDraw> draws,
            ToDoubleFunction<CustomerDraw> present) {
        int n = draws.size();
        double sum = 0;
        double squares = 0;
        for (CustomerDraw draw : draws) {
            double value = draw.alive() ? present.applyAsDouble(draw) : 0;
            sum += value;
            squares += value * value;
        }
        double mean = sum / n;
        double error = Math.sqrt((squares / n - mean * mean) / n);
        assertThat(exact).as(model.name()).isCloseTo(mean, within(4 * error));
        assertThat(error).isLessThan(0.02 * mean);
    }

    private static List<CustomerDraw> draws(FittedAttritionModel model) {
        return model.sample(3, 20, 26, 1, 8_000, 11);
    }

    @Test
    void constantHazardsAgreeWithDrawnRates() {
        for (FittedAttritionModel model : List.of(PARETO, CORRELATED, HIERARCHICAL)) {
            List<CustomerDraw> draws = draws(model);
            for (double[] c : new double[][] {
                {1.3, 1, 52, 0.002}, {1, 0.7, 52, 0.002}, {0.8, 1.5, ENDLESS, 0.002}, {1.2, 2, 30, 0}
            }) {
                compareWithDraws(
                        model,
                        changed(model, c[0], c[1], c[2], c[3]),
                        draws,
                        draw -> present(c[0] * draw.purchaseRate(), c[1] * draw.dropoutRate(), c[2], c[3]));
            }
        }
    }

    /** A hazard μe^(bt), here times η: the survival e^(−ημ(e^(bt) − 1)/b). */
    @Test
    void aGrowingHazardAgreesWithDrawnRates() {
        List<CustomerDraw> draws = draws(GOMPERTZ);
        for (double eta : new double[] {0.5, 1, 1.8}) {
            compareWithDraws(GOMPERTZ, changed(GOMPERTZ, 1.2, eta, 52, 0.002), draws, draw -> {
                double sum = 0;
                int steps = 52;
                for (int i = 0; i < steps; i++) {
                    double t = 52 * (i + 0.5) / steps;
                    sum += Math.exp(-0.002 * t - eta * draw.dropoutRate() * Math.expm1(0.01 * t) / 0.01);
                }
                return 1.2 * draw.purchaseRate() * sum * 52 / steps;
            });
        }
    }

    @Test
    void dropoutAtPurchasesAgreesWithDrawnRates() {
        for (FittedAttritionModel model : List.of(BG, MBG)) {
            List<CustomerDraw> draws = draws(model);
            for (double[] c : new double[][] {
                {1.3, 1, 52, 0.002}, {1, 0.7, 52, 0.002}, {0.8, 1.5, ENDLESS, 0.002}, {1.2, 3, 30, 0}
            }) {
                compareWithDraws(model, changed(model, c[0], c[1], c[2], c[3]), draws, draw -> {
                    double lambda = c[0] * draw.purchaseRate();
                    return present(lambda, lambda * Math.min(1, c[1] * draw.dropoutRate()), c[2], c[3]);
                });
            }
        }
    }

    /** λ ~ Gamma(ρ, α + T): E[λ e^(−λs)] is closed, which leaves time and p to midpoints; p by quantile-like steps p = u^(1/a). */
    @Test
    void dropoutAtPurchasesAgreesWithBruteForce() {
        double rho = 0.243 + 3;
        double scale = 4.414 + 26;
        for (double eta : new double[] {0.6, 1.4, 5}) {
            for (double delta : new double[] {0, 1e-7, 0.002, 0.2}) {
                double mass = 0;
                double sum = 0;
                int n = 1000;
                for (int i = 0; i < n; i++) {
                    double p = Math.pow((i + 0.5) / n, 1 / 0.793);
                    double density = Math.pow(1 - p, 2.426 + 3 - 1);
                    double dropout = Math.min(1, eta * p);
                    double time = 0;
                    int steps = 400;
                    for (int k = 0; k < steps; k++) {
                        double t = 52 * (k + 0.5) / steps;
                        time += Math.exp(-delta * t) * Math.pow(1 + dropout * t / scale, -rho - 1);
                    }
                    mass += density;
                    sum += density * time * 52 / steps;
                }
                assertThat(changed(BG, 1, eta, 52, delta))
                        .as("eta %s, delta %s", eta, delta)
                        .isCloseTo(
                                BG.probabilityAlive(3, 20, 26) * rho / scale * sum / mass,
                                Percentage.withPercentage(0.005));
            }
        }
    }

    @Property(tries = 50)
    void nearlyNoChangeIsNearlyTheModelsOwnFigure(
            @ForAll @DoubleRange(min = 0.1, max = 200) double horizon,
            @ForAll @DoubleRange(min = 0, max = 0.1) double delta) {
        for (FittedAttritionModel model : ALL) {
            if (model.canChange(new RateChange(1, 2))) {
                double own = model.discountedExpectedTransactions(3, 20, 26, horizon, delta);
                assertThat(changed(model, 1, Math.nextUp(1.0), horizon, delta))
                        .as(model.name())
                        .isCloseTo(own, Percentage.withPercentage(3e-6));
            }
        }
    }

    @Test
    void purchasesOftenerAreWorthMoreAndDropoutOftenerLess() {
        for (FittedAttritionModel model : List.of(PARETO, CORRELATED, GOMPERTZ, BG, MBG)) {
            double before = ENDLESS;
            for (double eta : new double[] {0.01, 0.3, 0.9, 1, 1.1, 4, 100}) {
                double value = changed(model, 1, eta, 52, 0.002);
                assertThat(value)
                        .as("%s %s", model.name(), eta)
                        .isLessThan(before)
                        .isPositive();
                before = value;
                assertThat(changed(model, 1.01, eta, 52, 0.002)).isGreaterThan(value);
            }
        }
    }

    @Test
    void batchesGiveTheSameBits() {
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(
                        CustomerSummary.of("a", 3, 20, 26, 10),
                        CustomerSummary.of("b", 0, 0, 26),
                        CustomerSummary.of("c", 3, 10, 26, 10)),
                TimeScale.WEEKS);
        RateChange change = new RateChange(1.2, 1);
        for (FittedAttritionModel model : ALL) {
            RateChange own = model.canChange(new RateChange(1, 2))
                    ? new RateChange(1.2, 0.9)
                    : model.canChange(change) ? change : RateChange.NONE;
            double[] out = new double[3];
            for (double horizon : new double[] {52, ENDLESS}) {
                model.changedTransactionsInto(base, 0, 3, own, horizon, 0.002, out);
                for (int row = 0; row < 3; row++) {
                    assertThat(out[row])
                            .as(model.name())
                            .isEqualTo(model.changedTransactions(
                                    base.frequency(row), base.recency(row), base.age(row), own, horizon, 0.002));
                }
            }
        }
    }

    @Test
    void covariatesAreThoseOfTheRow() {
        CovariateModel.Fitted model = CovariateModel.Fitted.of(
                CovariateFamily.PARETO_NBD,
                Map.of(
                        "r",
                        0.553,
                        "alpha",
                        10.578,
                        "s",
                        0.606,
                        "beta",
                        11.669,
                        "purchase:size",
                        0.5,
                        "dropout:size",
                        0.2),
                Map.of("size", List.of()));
        CustomerBase base = CustomerBase.ofSummaries(
                List.of(CustomerSummary.of("a", 3, 20, 26, 10).withAttributes(Map.of("size", "2"))), TimeScale.WEEKS);
        RateChange change = new RateChange(1.2, 0.9);
        double[] out = new double[1];
        model.changedTransactionsInto(base, 0, 1, change, 52, 0.002, out);
        FittedAttritionModel own = (FittedAttritionModel) model.ofCustomer(base, 0);
        assertThat(out[0]).isEqualTo(own.changedTransactions(3, 20, 26, change, 52, 0.002));
        assertThat(out[0]).isNotEqualTo(changed(PARETO, 1.2, 0.9, 52, 0.002));
    }
}
