// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RetentionCovariates;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;
import org.clv4j.models.internal.special.Lifetime;
import org.clv4j.models.internal.special.LifetimeSum;
import org.jspecify.annotations.Nullable;

/**
 * What every fitted model answers whose lifetimes have a formula, of one profile of covariates after the other if it has any.
 *
 * <p>Immutable and thread-safe.
 */
public abstract sealed class FittedLifetimeModel extends FittedContractModel implements RetentionCovariates
        permits ShiftedBetaGeometric.Fitted,
                BetaDiscreteWeibull.Fitted,
                ParetoTypeII.Fitted,
                WeibullGamma.Fitted,
                WeibullAft.Fitted {

    private final ContractFamily family;
    private final ContractEffects effects;
    private final double[] values;
    private final Lifetime life;

    FittedLifetimeModel(
            ContractFamily family,
            Map<String, Double> parameters,
            @Nullable FitReport report,
            Map<String, List<String>> covariates) {
        super(family.name(), parameters, report);
        this.family = family;
        this.effects = ContractEffects.ofNames(family, covariates, parameters.keySet());
        this.values = family.parameters().stream()
                .mapToDouble(domain -> domain.check(parameter(parameters, domain.name())))
                .toArray();
        effects.parameters.forEach(domain -> domain.check(parameter(parameters, domain.name())));
        this.life = family.lifetimes().of(values);
    }

    @Override
    final double logSurvival(double from, double to) {
        return life.logSurvival(from, to - from);
    }

    @Override
    double sum(double from, double count, double delta) {
        boolean infinite = count == Double.POSITIVE_INFINITY && delta == 0 && !(life.tailPower() > 1);
        return infinite ? count : LifetimeSum.of(life, from, count, delta).value();
    }

    @Override
    final double meanTime(double from, double delta) {
        return LifetimeSum.of(life, from, Double.POSITIVE_INFINITY, delta).meanTime();
    }

    @Override
    public Map<String, List<String>> covariates() {
        return effects.coding.levels();
    }

    /** The parameters, without effects, of customers of a profile. */
    final Map<String, Double> own(Map<String, String> profile) {
        double[] columns = new double[effects.coding.names().size()];
        effects.coding.code(profile, columns);
        double[] own = values.clone();
        for (int k = 0; k < effects.effects.size(); k++) {
            double slope = parameter(effects.parameters.get(k).name());
            for (Target target : effects.effects.get(k).targets()) {
                own[target.parameter()] *= Math.exp(
                        target.sign() * slope * columns[effects.effects.get(k).column()]);
            }
        }
        Map<String, Double> parameters = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            ParameterDomain domain = family.parameters().get(i);
            if (!domain.contains(own[i])) {
                throw new ModelException("`" + domain.name() + "` of this profile is " + own[i]
                        + ": the covariates are too far from those that the model was fitted to");
            }
            parameters.put(domain.name(), own[i]);
        }
        return Collections.unmodifiableMap(parameters);
    }
}
