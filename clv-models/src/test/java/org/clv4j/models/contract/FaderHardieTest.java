// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.models.Csv;
import org.junit.jupiter.api.Test;

/**
 * The published fits to the two cohorts of P. S. Fader, B. G. S. Hardie, How to project customer retention, Journal of Interactive
 * Marketing 21 (2007): survivors in per cent of cohorts of 1,000 customers after 0, 1, … 12 years.
 */
class FaderHardieTest {

    private static final double[] HIGH_END = {
        100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4
    };
    private static final double[] REGULAR = {100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3
    };

    private static RetentionData cohort(double[] percent, int renewals) {
        return RetentionData.ofCohorts(
                List.of(Arrays.stream(percent)
                        .limit(renewals + 1L)
                        .mapToObj(share -> 10 * share)
                        .toList()),
                12);
    }

    @Test
    void theFiguresAreThoseOfTheFile() {
        List<Map<String, String>> rows = Csv.shared("data/retention/fader_hardie_2007_survival.csv");
        assertThat(ofSegment(rows, "High End")).containsExactly(HIGH_END);
        assertThat(ofSegment(rows, "Regular")).containsExactly(REGULAR);
    }

    private static double[] ofSegment(List<Map<String, String>> rows, String segment) {
        return rows.stream()
                .filter(row -> Objects.requireNonNull(row.get("segment")).equals(segment))
                .mapToDouble(row -> Csv.number(row, "survival_pct"))
                .toArray();
    }

    @Test
    void sbgFitsOfSevenRenewals() {
        ShiftedBetaGeometric.Fitted regular =
                ShiftedBetaGeometric.withDefaults().fit(cohort(REGULAR, 7));
        checkParameters(regular, 1e-6, 0.704077, 1.182043);
        checkLikelihood(regular, -1680.26519);
        ShiftedBetaGeometric.Fitted highEnd =
                ShiftedBetaGeometric.withDefaults().fit(cohort(HIGH_END, 7));
        checkParameters(highEnd, 1e-6, 0.668088, 3.806095);
        checkLikelihood(highEnd, -1611.15815);
        double[] printed = {626.7, 473.8, 388.0, 332.1, 292.3, 262.5, 239.0, 220.1, 204.4, 191.2, 179.9, 170.0};
        for (int year = 1; year <= printed.length; year++) {
            assertThat(1000 * regular.survival(year)).as("year %s", year).isCloseTo(printed[year - 1], within(0.05));
        }
        assertThat(highEnd.discountedExpectedLifetime(0, 0.1, PaymentTiming.BEGIN))
                .isCloseTo(5.922254, within(1e-6));
        assertThat(regular.discountedExpectedLifetime(0, 0.1, PaymentTiming.BEGIN))
                .isCloseTo(3.694908, within(1e-6));
        double[] residual = {2.9644, 4.1031, 4.8698, 5.4421, 5.8941};
        for (int n = 1; n <= residual.length; n++) {
            assertThat(atRenewal(regular, n)).as("DERL of n = %s", n).isCloseTo(residual[n - 1], within(5e-5));
        }
    }

    /** The discounted expected residual lifetime of a customer who is about to decide on the n-th renewal. */
    private static double atRenewal(FittedRetentionModel model, int n) {
        return 1.1 * model.discountedExpectedLifetime(n - 1, 0.1, PaymentTiming.RESIDUAL);
    }

    @Test
    void sbgFitsOfFourRenewals() {
        checkParameters(ShiftedBetaGeometric.withDefaults().fit(cohort(REGULAR, 4)), 1e-6, 0.763665, 1.295830);
        checkParameters(ShiftedBetaGeometric.withDefaults().fit(cohort(HIGH_END, 4)), 1e-6, 1.280976, 7.790383);
    }

    @Test
    void bdwFits() {
        checkParameters(BetaDiscreteWeibull.withDefaults().fit(cohort(REGULAR, 7)), 1e-6, 0.455614, 0.779326, 1.283451);
        checkParameters(
                BetaDiscreteWeibull.withDefaults().fit(cohort(HIGH_END, 7)), 1e-6, 0.214253, 1.426575, 1.723565);
        BetaDiscreteWeibull.Fitted regular = BetaDiscreteWeibull.withDefaults().fit(cohort(REGULAR, 4));
        checkParameters(regular, 1e-6, 0.523029, 0.894283, 1.196399);
        checkLikelihood(regular, -1401.38305);
        BetaDiscreteWeibull.Fitted highEnd = BetaDiscreteWeibull.withDefaults().fit(cohort(HIGH_END, 4));
        checkParameters(highEnd, 1e-6, 0.259336, 1.722551, 1.584362);
        checkLikelihood(highEnd, -1222.74932);
        assertThat(1000 * highEnd.survival(12)).isCloseTo(388.9, within(0.05));
        assertThat(1000 * regular.survival(12)).isCloseTo(171.4, within(0.05));
    }

    @Test
    void severalCohorts() {
        ShiftedBetaGeometric.Fitted fitted = ShiftedBetaGeometric.withDefaults()
                .fit(RetentionData.ofCohorts(
                        List.of(
                                List.of(10000, 8000, 6480, 5307, 4391),
                                List.of(10000, 8000, 6480, 5307),
                                List.of(10000, 8000, 6480),
                                List.of(10000, 8000)),
                        12));
        checkParameters(fitted, 5e-4, 3.798, 15.192);
    }

    @Test
    void residualValues() {
        ShiftedBetaGeometric.Fitted sbg = ShiftedBetaGeometric.Fitted.of(0.764, 1.296);
        assertThat(100 * atRenewal(sbg, 1)).isCloseTo(288.2, within(0.05));
        assertThat(100 * atRenewal(sbg, 2)).isCloseTo(393.9, within(0.05));
        assertThat(100 * atRenewal(sbg, 5)).isCloseTo(568.2, within(0.05));
        ConstantRetention.Fitted constant = ConstantRetention.Fitted.of(0.833);
        assertThat(100 * atRenewal(constant, 1)).isCloseTo(343.2, within(0.05));
        assertThat(100 * atRenewal(constant, 5)).isCloseTo(343.2, within(0.05));
        assertThat(ConstantRetention.Fitted.of(0.8).retentionElasticity(3, 0.12, PaymentTiming.RESIDUAL))
                .isCloseTo(3.5, within(1e-12));
    }

    /** A segment as a covariate of both shapes gives each segment the parameters of its own fit. */
    @Test
    void aSegmentAsCovariateIsAFitOfEachSegment() {
        RetentionData both = Segments.of(cohort(REGULAR, 7), cohort(HIGH_END, 7));
        ShiftedBetaGeometric.Fitted fitted = ShiftedBetaGeometric.withDefaults()
                .withCovariates(Covariates.of("segment"))
                .fit(both);
        FitReport report = fitted.report().orElseThrow();
        assertThat(report.logLikelihood().orElseThrow()).isCloseTo(-1680.26519 - 1611.15815, within(2e-5));
        assertThat(report.covariates()).containsEntry("segment", List.of("high-end", "regular"));
        assertThat(report.timeScale()).contains(TimeScale.YEARS);
        assertThat(report.provenance()).containsKey(Covariates.TEST);
        checkParameters(fitted.ofProfile(Map.of("segment", "regular")), 1e-5, 0.704077, 1.182043);
        checkParameters(fitted.ofProfile(Map.of("segment", "high-end")), 1e-5, 0.668088, 3.806095);
    }

    /** Printed digits are those of another optimiser: a relative tolerance above 1. */
    private static void checkParameters(FittedRetentionModel fitted, double tolerance, double... printed) {
        double[] values = fitted.parameters().values().stream()
                .mapToDouble(value -> value)
                .toArray();
        assertThat(values).hasSize(printed.length);
        for (int i = 0; i < printed.length; i++) {
            assertThat(values[i])
                    .as("parameter %s of %s", i, fitted.name())
                    .isCloseTo(printed[i], within(tolerance * Math.max(1, printed[i])));
        }
        fitted.report().ifPresent(report -> {
            assertThat(report.converged()).isTrue();
            assertThat(DoubleStream.of(report.standardErrors().values().stream()
                                    .mapToDouble(error -> error)
                                    .toArray())
                            .allMatch(error -> error > 0))
                    .isTrue();
        });
    }

    private static void checkLikelihood(FittedRetentionModel fitted, double printed) {
        assertThat(fitted.report().orElseThrow().logLikelihood().orElseThrow()).isCloseTo(printed, within(5e-6));
    }
}
