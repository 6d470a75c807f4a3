// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.CovariateLikelihood;

/**
 * An effect of a covariate on the logarithm of the purchase rate, of the dropout rate, or of both alike.
 *
 * @param covariate the covariate's name
 * @param target what it acts on
 */
record TimeVaryingEffect(String covariate, Target target) {

    /** What an effect acts on; the prefix of its name. */
    enum Target {
        PURCHASE("purchase:", "effect of a unit on the log of the purchase rate"),
        DROPOUT("dropout:", "effect of a unit on the log of the dropout rate"),
        BOTH("both:", "effect of a unit on the logs of both rates");

        private final String prefix;
        private final String meaning;

        Target(String prefix, String meaning) {
            this.prefix = prefix;
            this.meaning = meaning;
        }
    }

    String name() {
        return target.prefix + covariate;
    }

    boolean isOnPurchase() {
        return target != Target.DROPOUT;
    }

    boolean isOnDropout() {
        return target != Target.PURCHASE;
    }

    /** What it changes in Pareto/NBD. */
    List<CovariateLikelihood.Target> targets() {
        List<CovariateLikelihood.Target> targets = new ArrayList<>();
        if (isOnPurchase()) {
            targets.add(CovariateFamily.PARETO_NBD.purchases());
        }
        if (isOnDropout()) {
            targets.add(CovariateFamily.PARETO_NBD.dropout());
        }
        return targets;
    }

    ParameterDomain domain() {
        return new ParameterDomain(name(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, target.meaning);
    }

    /** The same for the fit, whose effects are of a standard deviation. */
    ParameterDomain standardisedDomain() {
        return new ParameterDomain(
                name(),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                target.meaning.replace("a unit", "a standard deviation"));
    }

    /** The effect of a parameter's name. */
    static TimeVaryingEffect parse(String name) {
        for (Target target : List.of(Target.values())) {
            if (name.startsWith(target.prefix) && name.length() > target.prefix.length()) {
                return new TimeVaryingEffect(name.substring(target.prefix.length()), target);
            }
        }
        throw new IllegalArgumentException(
                "the name of an effect must be purchase:NAME, dropout:NAME or both:NAME, but was '" + name + "'");
    }
}
