// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.CovariateCoding;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Effect;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;

/** The effects of covariates as parameters of a model: {@code purchase:age}, {@code dropout:region=north}, {@code both:age}. */
final class CovariateEffects {

    private static final String PURCHASE = "purchase:";
    private static final String DROPOUT = "dropout:";
    private static final String BOTH = "both:";

    /** Their names and domains. */
    final List<ParameterDomain> parameters = new ArrayList<>();
    /** What each changes. */
    final List<Effect> effects = new ArrayList<>();

    private final CovariateFamily family;
    private final CovariateCoding coding;

    private CovariateEffects(CovariateFamily family, CovariateCoding coding) {
        this.family = family;
        this.coding = coding;
    }

    /** The effects that covariates have. */
    static CovariateEffects of(CovariateFamily family, Covariates covariates, CovariateCoding coding) {
        CovariateEffects effects = new CovariateEffects(family, coding);
        for (int column = 0; column < coding.names().size(); column++) {
            switch (Objects.requireNonNull(covariates.effects().get(coding.covariate(column)))) {
                case PURCHASES -> effects.add(PURCHASE, column);
                case DROPOUT -> effects.add(DROPOUT, column);
                case EQUAL -> effects.add(BOTH, column);
                case BOTH -> {
                    effects.add(PURCHASE, column);
                    effects.add(DROPOUT, column);
                }
            }
        }
        return effects;
    }

    /** The effects that a fitted model has, told by the names of its parameters. */
    static CovariateEffects ofNames(CovariateFamily family, CovariateCoding coding, Collection<String> names) {
        CovariateEffects effects = new CovariateEffects(family, coding);
        for (int column = 0; column < coding.names().size(); column++) {
            int before = effects.effects.size();
            for (String process : List.of(PURCHASE, DROPOUT, BOTH)) {
                if (names.contains(process + coding.names().get(column))) {
                    effects.add(process, column);
                }
            }
            if (effects.effects.size() == before) {
                throw new IllegalArgumentException("`" + coding.names().get(column) + "` must have an effect, as `"
                        + PURCHASE + coding.names().get(column) + "`, but there is only " + names);
            }
        }
        int expected = family.parameters().size() + effects.effects.size();
        if (names.size() != expected) {
            throw new IllegalArgumentException("the effects must be those of the covariates " + coding.names()
                    + ", but the parameters are " + names);
        }
        return effects;
    }

    private void add(String process, int column) {
        List<Target> targets = new ArrayList<>();
        if (!process.equals(DROPOUT)) {
            targets.add(family.purchases());
        }
        if (!process.equals(PURCHASE)) {
            targets.add(family.dropout());
        }
        effects.add(new Effect(column, targets));
        parameters.add(domain(process + coding.names().get(column)));
    }

    private static ParameterDomain domain(String name) {
        String on = name.startsWith(PURCHASE)
                ? "the rate of purchases"
                : name.startsWith(DROPOUT) ? "dropout" : "the rate of purchases and on dropout";
        return ParameterDomain.real(name, "effect of " + name.substring(name.indexOf(':') + 1) + " on " + on);
    }

    /** The domains of the parameters of a model that has parameters of some names. */
    static List<ParameterDomain> among(List<ParameterDomain> ofModel, Collection<String> names) {
        List<ParameterDomain> all = new ArrayList<>(ofModel);
        names.stream()
                .filter(CovariateEffects::isEffect)
                .map(CovariateEffects::domain)
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** The columns whose effects are among the parameters of a model. */
    static Set<String> namesAmong(Collection<String> names) {
        return names.stream()
                .filter(CovariateEffects::isEffect)
                .map(name -> name.substring(name.indexOf(':') + 1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isEffect(String name) {
        return name.startsWith(PURCHASE) || name.startsWith(DROPOUT) || name.startsWith(BOTH);
    }
}
