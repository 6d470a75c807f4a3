// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.core.value.RetentionRate;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.optim.Version;
import org.jspecify.annotations.Nullable;

/**
 * One retention rate for all customers and all times: the textbook's model, for comparison and where no more is known.
 *
 * <p><b>Assumptions.</b> At each opportunity every customer renews with the same probability r, whatever came before. Customers who differ
 * make the retention rate of a cohort grow, so that this model undervalues those who have stayed; {@link ShiftedBetaGeometric} tells.
 *
 * <p><b>Likelihood.</b> r<sup>n−1</sup>(1 − r) of a customer who left at opportunity n, r<sup>n</sup> of one who had renewed n times when last
 * seen. Its maximum is the number of renewals over the number of opportunities.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>the retention rate</td></tr>
 * </table>
 *
 * <p><b>Values.</b> With discount rate d a payment of 1 a period is worth (1 + d)/(1 + d − r), and by other timings what {@link
 * org.clv4j.core.value.PaymentTiming} says. Its elasticity by r is r/(1 + d − r), and (1 + d)/(1 + d − r) by {@link
 * org.clv4j.core.value.PaymentTiming#RESIDUAL}.
 *
 * <p><b>Units.</b> A period is the time from one opportunity to renew to the next; see {@link RetentionData#periodMonths()}.
 *
 * <p><b>Limits.</b> r may be 0 and 1. With r = 1 the expected lifetime is infinite, and {@link Fitted#expectedLifetime(int)} empty. Where
 * nobody or everybody left the fit warns, and has no standard error.
 *
 * <p><b>Numerics.</b> Closed forms, to rounding. <b>Cost.</b> Nothing to speak of.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: S. Gupta, D. R. Lehmann, J. A. Stuart, Valuing customers, Journal of Marketing Research 41 (2004), <a
 * href="https://doi.org/10.1509/jmkr.41.1.7.25084">doi:10.1509/jmkr.41.1.7.25084</a>.
 */
public final class ConstantRetention implements RetentionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "constant-retention";

    static final List<ParameterDomain> PARAMETERS = List.of(ParameterDomain.probability("r", "retention rate"));

    private static final ConstantRetention DEFAULTS = new ConstantRetention();

    private ConstantRetention() {}

    /**
     * Returns the model.
     *
     * @return the model, to be fitted
     */
    public static ConstantRetention withDefaults() {
        return DEFAULTS;
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param data how long customers stayed; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if nobody had an opportunity to leave
     */
    @Override
    public Fitted fit(RetentionData data) {
        ContractFit.Exposure exposure = ContractFit.Exposure.of(data);
        exposure.requireChances(NAME);
        double renewals = exposure.chances - exposure.lost;
        double r = renewals / exposure.chances;
        boolean inside = r > 0 && r < 1;
        FitReport.Builder report = FitReport.builder(NAME, Map.of("r", r))
                .customers(data.customers())
                .converged(true)
                .evaluations(1)
                .logLikelihood(inside ? renewals * Math.log(r) + exposure.lost * Math.log1p(-r) : 0)
                .provenance(ContractFit.PERIOD, ContractFit.period(data))
                .provenance("library", "clv4j " + Version.VERSION);
        data.timeScale().ifPresent(report::timeScale);
        if (inside) {
            report.covariance(new double[][] {{r * (1 - r) / exposure.chances}});
        } else {
            report.warnings(List.of(new FitWarning(
                    Condition.BOUNDARY,
                    "`r` (retention rate) is " + r + ", because " + (r == 0 ? "everybody" : "nobody")
                            + " left; there is no standard error")));
        }
        return Fitted.ofReport(report.build());
    }

    /** The constant retention rate. Immutable and thread-safe. */
    public static final class Fitted extends FittedContractModel {

        private final double r;
        private final double logR;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(NAME, parameters, report);
            // A negative zero is none of its own.
            r = PARAMETERS.get(0).check(parameter(parameters, "r")) + 0.0;
            logR = Math.log(r);
        }

        /**
         * Returns the model with a stated rate.
         *
         * @param r the retention rate, in [0, 1]
         * @return the model, without a report
         * @throws IllegalArgumentException if the rate is out of range
         */
        public static Fitted of(double r) {
            return new Fitted(Arguments.named(PARAMETERS, r), null);
        }

        /**
         * Returns the model of a rate.
         *
         * @param rate the retention rate
         * @return the model, without a report
         */
        public static Fitted ofRate(RetentionRate rate) {
            return of(rate.value());
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        /**
         * Returns the retention rate.
         *
         * @return r, in [0, 1]
         */
        public double r() {
            return r;
        }

        /** {@inheritDoc} Here it is r, to the last digit. */
        @Override
        public RetentionRate retentionRate(int opportunity) {
            if (opportunity < 1) {
                throw Arguments.outOfRange("opportunity", "at least 1", opportunity);
            }
            return RetentionRate.of(r);
        }

        @Override
        double logSurvival(double from, double to) {
            return to == from ? 0 : (to - from) * logR;
        }

        @Override
        double sum(double from, double count, double delta) {
            double logRatio = logR - delta;
            if (logRatio == 0) {
                return count;
            }
            return Math.expm1(count * logRatio) / Math.expm1(logRatio);
        }

        @Override
        double meanTime(double from, double delta) {
            return 1 / Math.expm1(delta - logR);
        }
    }
}
