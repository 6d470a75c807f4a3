// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.util.MathArrays;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Covariates.Effect;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.CovariateCoding;
import org.clv4j.models.internal.kernel.CovariateLikelihood;
import org.clv4j.models.internal.kernel.CovariateTest;
import org.clv4j.models.internal.kernel.RawUnits;
import org.clv4j.models.internal.kernel.RetentionLikelihood;
import org.clv4j.models.internal.kernel.RetentionRows;
import org.clv4j.models.internal.optim.MaximumLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The fit of every model of the family: the data are checked and counted, and with covariates the fit starts from that without.
 */
final class ContractFit {

    private final ContractFamily family;
    private final RetentionData data;
    private final Execution execution;
    private final double odds;

    private ContractFit(ContractFamily family, RetentionData data, Execution execution) {
        this.family = family;
        this.data = data;
        this.execution = execution;
        Exposure exposure = Exposure.of(data);
        exposure.requireChances(family.name());
        if (exposure.lost == 0) {
            throw new ModelException(family.name() + " needs customers who left, but all " + data.customers()
                    + " are still there; observe longer, or use " + ConstantRetention.NAME);
        }
        int needed = family.parameters().size();
        if (exposure.opportunities < needed) {
            throw new ModelException(family.name() + " needs customers who had " + needed
                    + " opportunities to leave or more, one a parameter, but nobody had more than "
                    + exposure.opportunities + "; observe longer, or use " + ConstantRetention.NAME);
        }
        // Where everybody left at once there is no finite start; where hardly anybody did, one so far out is as good as
        // any.
        odds = Math.min(1e7, Math.max(0.01, exposure.chances / exposure.lost - 1));
    }

    /** Checks covariates, of which there is only one kind: those that act on leaving. */
    static Covariates check(Covariates covariates) {
        if (covariates.effects().isEmpty()) {
            throw new IllegalArgumentException("`covariates` must name at least one covariate");
        }
        covariates.effects().forEach((name, effect) -> {
            if (effect == Effect.PURCHASES) {
                throw new IllegalArgumentException("`covariates` must act on leaving, as there are no purchases in a"
                        + " model of contracts, but `" + name + "` acts on " + effect);
            }
        });
        return covariates;
    }

    static FitReport of(
            ContractFamily family, RetentionData data, @Nullable Covariates covariates, Execution execution) {
        ContractFit fit = new ContractFit(family, data, execution);
        FitReport without = fit.without();
        return covariates == null ? without : fit.with(covariates, without);
    }

    private FitReport without() {
        MaximumLikelihood likelihood = prepare(family.parameters());
        family.starts().of(odds).forEach(likelihood::start);
        return fit(likelihood, RetentionRows.of(data, null), List.of());
    }

    private FitReport with(Covariates covariates, FitReport without) {
        CovariateCoding coding = CovariateCoding.learn(CovariateCoding.Source.of(data), covariates);
        RetentionRows rows = RetentionRows.of(data, coding);
        coding.requireIndependent(rows::correlation);
        ContractEffects effects = ContractEffects.of(family, coding);
        MaximumLikelihood likelihood = prepare(Stream.concat(family.parameters().stream(), effects.parameters.stream())
                .toList());
        double[] values = without.parameters().values().stream()
                .mapToDouble(value -> value)
                .toArray();
        likelihood.start(MathArrays.concatenate(values, new double[effects.effects.size()]));
        if (covariates.penalty() > 0) {
            for (int k = 0; k < effects.effects.size(); k++) {
                likelihood.prior(family.parameters().size() + k, 0, 1 / Math.sqrt(covariates.penalty()));
            }
        }
        RawUnits raw = new RawUnits(
                fit(likelihood, rows, effects.effects), family.parameters().size());
        for (CovariateLikelihood.Effect effect : effects.effects) {
            raw.effect(effect.targets(), rows.mean(effect.column()), rows.deviation(effect.column()));
        }
        FitReport.Builder report = raw.report().covariates(coding.levels());
        if (covariates.penalty() > 0) {
            report.provenance("penalty of effects of one standard deviation", Double.toString(covariates.penalty()));
        }
        return CovariateTest.added(report.build(), without, covariates.penalty());
    }

    private MaximumLikelihood prepare(List<ParameterDomain> parameters) {
        return MaximumLikelihood.of(family.name(), parameters)
                .execution(execution)
                .scale(family.sized(), Math.max(1, odds));
    }

    private FitReport fit(MaximumLikelihood likelihood, RetentionRows rows, List<CovariateLikelihood.Effect> effects) {
        data.timeScale().ifPresent(likelihood::timeUnit);
        return likelihood
                .fit(
                        new RetentionLikelihood(rows, family.parameters().size(), effects, family.lifetimes()),
                        rows.customers())
                .withProvenance(PERIOD, period(data));
    }

    /** Under this key the provenance says how long a period is. */
    static final String PERIOD = "period";

    static String period(RetentionData data) {
        return data.periodMonths() == 1 ? "1 month" : data.periodMonths() + " months";
    }

    /** How often customers could leave, and did. */
    static final class Exposure {
        final double chances;
        final double lost;
        final int opportunities;

        private Exposure(double chances, double lost, int opportunities) {
            this.chances = chances;
            this.lost = lost;
            this.opportunities = opportunities;
        }

        static Exposure of(RetentionData data) {
            double chances = 0;
            double lost = 0;
            int opportunities = 0;
            for (int row = 0; row < data.size(); row++) {
                chances += data.weight(row) * data.opportunities(row);
                lost += data.left(row) ? data.weight(row) : 0;
                opportunities = Math.max(opportunities, data.opportunities(row));
            }
            return new Exposure(chances, lost, opportunities);
        }

        void requireChances(String model) {
            if (chances == 0) {
                throw new ModelException(
                        model + " needs customers who had an opportunity to leave, but nobody had one; observe longer");
            }
        }
    }
}
