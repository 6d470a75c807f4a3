// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.CovariateCoding;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Effect;

/** The effects of covariates as parameters of a model: {@code leaving:age}, {@code time:region=north}. */
final class ContractEffects {

    final CovariateCoding coding;
    /** Their names and domains. */
    final List<ParameterDomain> parameters = new ArrayList<>();
    /** What each changes. */
    final List<Effect> effects = new ArrayList<>();

    private ContractEffects(ContractFamily family, CovariateCoding coding) {
        this.coding = coding;
        for (ContractFamily.Link link : family.links()) {
            for (int column = 0; column < coding.names().size(); column++) {
                effects.add(new Effect(column, List.of(link.target())));
                parameters.add(domain(link, coding.names().get(column)));
            }
        }
    }

    static ContractEffects of(ContractFamily family, CovariateCoding coding) {
        return new ContractEffects(family, coding);
    }

    /** The effects of a fitted model, whose parameters have these names. */
    static ContractEffects ofNames(
            ContractFamily family, Map<String, List<String>> covariates, Collection<String> names) {
        ContractEffects effects = new ContractEffects(family, CovariateCoding.of(covariates));
        List<String> expected = new ArrayList<>();
        family.parameters().forEach(domain -> expected.add(domain.name()));
        effects.parameters.forEach(domain -> expected.add(domain.name()));
        if (names.size() != expected.size() || !names.containsAll(expected)) {
            throw new IllegalArgumentException("`parameters` of " + family.name() + " with the covariates "
                    + covariates.keySet() + " must be " + expected + ", but were " + names);
        }
        return effects;
    }

    /** The domains of the parameters of a model that has parameters of some names. */
    static List<ParameterDomain> among(ContractFamily family, Collection<String> names) {
        List<ParameterDomain> all = new ArrayList<>(family.parameters());
        for (String name : names) {
            for (ContractFamily.Link link : family.links()) {
                if (name.startsWith(link.process() + ":")) {
                    all.add(domain(link, columnOf(name)));
                }
            }
        }
        return List.copyOf(all);
    }

    /** The columns whose effects are among the parameters of a model. */
    static Set<String> columnsAmong(ContractFamily family, Collection<String> names) {
        return among(family, names).stream()
                .skip(family.parameters().size())
                .map(domain -> columnOf(domain.name()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String columnOf(String effect) {
        return effect.substring(effect.indexOf(':') + 1);
    }

    private static ParameterDomain domain(ContractFamily.Link link, String column) {
        return ParameterDomain.real(link.process() + ":" + column, "effect of " + column + " on " + link.meaning());
    }
}
