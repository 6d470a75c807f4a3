// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.optim.MaximumLikelihood;

/** What is believed of a model's parameters before it sees data: log-normal, one belief a parameter. Immutable. */
record Priors(List<Prior> priors) {

    static final Priors NONE = new Priors(List.of());

    record Prior(String parameter, double median, double logDeviation) {}

    /** Returns a copy with one belief more, or another of the same parameter. */
    Priors with(List<ParameterDomain> domains, String parameter, double median, double logDeviation) {
        if (domains.stream().noneMatch(domain -> domain.name().equals(parameter))) {
            throw new IllegalArgumentException("`parameter` must be one of "
                    + domains.stream().map(ParameterDomain::name).collect(Collectors.joining(", ")) + ", but was "
                    + parameter);
        }
        if (!(median > 0 && median < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("median", "finite and above 0", median);
        }
        if (!(logDeviation > 0 && logDeviation < Double.POSITIVE_INFINITY)) {
            throw Arguments.outOfRange("logStandardDeviation", "finite and above 0", logDeviation);
        }
        List<Prior> more = new ArrayList<>(priors);
        more.removeIf(prior -> prior.parameter.equals(parameter));
        more.add(new Prior(parameter, median, logDeviation));
        return new Priors(List.copyOf(more));
    }

    void addTo(MaximumLikelihood likelihood, List<ParameterDomain> domains) {
        for (Prior prior : priors) {
            for (int i = 0; i < domains.size(); i++) {
                if (domains.get(i).name().equals(prior.parameter)) {
                    likelihood.prior(i, prior.median, prior.logDeviation);
                }
            }
        }
    }
}
