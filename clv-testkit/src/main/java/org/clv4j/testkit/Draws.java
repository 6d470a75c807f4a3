// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;

/** Arbitrary parameters and times, drawn so that every order of magnitude comes up. */
public final class Draws {

    private Draws() {}

    /**
     * Draws numbers whose logarithm is uniform.
     *
     * @param lower the smallest number; above 0
     * @param upper the largest number
     * @return the numbers
     */
    public static Arbitrary<Double> logUniform(double lower, double upper) {
        return uniform(Math.log(lower), Math.log(upper))
                .map(logarithm -> Math.max(lower, Math.min(upper, Math.exp(logarithm))));
    }

    /**
     * Draws uniform numbers.
     *
     * @param lower the smallest number
     * @param upper the largest number
     * @return the numbers
     */
    public static Arbitrary<Double> uniform(double lower, double upper) {
        return Arbitraries.doubles()
                .between(0, 1)
                .ofScale(9)
                .withDistribution(RandomDistribution.uniform())
                .map(part -> lower + part * (upper - lower));
    }

    /**
     * Draws whole numbers from 0 whose orders of magnitude are equally likely.
     *
     * @param upper the largest number
     * @return the numbers
     */
    public static Arbitrary<Integer> logCounts(int upper) {
        return logUniform(1, upper + 1.0).map(value -> Math.min(upper, (int) (value - 1)));
    }

    /**
     * Draws parameters around given ones, inside their domains: a parameter above a finite bound lies within a factor of its
     * distance to that bound, a parameter between two bounds within that factor of its odds, a parameter without bounds within
     * ± factor × (1 + |value|).
     *
     * @param provider the model, for the domains
     * @param centre the parameters to draw around
     * @param factor how far; above 1
     * @return the parameters, in the model's order
     */
    public static Arbitrary<Map<String, Double>> around(
            ModelProvider provider, Map<String, Double> centre, double factor) {
        List<String> names = new ArrayList<>();
        List<Arbitrary<Double>> values = new ArrayList<>();
        for (ParameterDomain domain : provider.parametersAmong(centre.keySet())) {
            Double value = centre.get(domain.name());
            if (value == null) {
                throw new IllegalArgumentException("`" + domain.name() + "` is missing; the parameters were " + centre);
            }
            names.add(domain.name());
            values.add(around(domain, domain.check(value), factor));
        }
        return Combinators.combine(values).as(drawn -> {
            Map<String, Double> parameters = new LinkedHashMap<>();
            for (int i = 0; i < drawn.size(); i++) {
                parameters.put(names.get(i), drawn.get(i));
            }
            return Collections.unmodifiableMap(parameters);
        });
    }

    private static Arbitrary<Double> around(ParameterDomain domain, double value, double factor) {
        boolean bounded = domain.lower() > Double.NEGATIVE_INFINITY;
        if (bounded && domain.upper() == Double.POSITIVE_INFINITY) {
            double distance = value - domain.lower();
            if (distance <= Double.MIN_NORMAL) {
                // A parameter that may be 0, and is.
                return Arbitraries.oneOf(Arbitraries.just(value), logUniform(1e-3 / factor, 1e-3 * factor));
            }
            return logUniform(distance / factor, distance * factor).map(drawn -> domain.lower() + drawn);
        }
        if (bounded) {
            double odds = (value - domain.lower()) / (domain.upper() - value);
            return logUniform(odds / factor, odds * factor)
                    .map(drawn -> domain.lower() + (domain.upper() - domain.lower()) * drawn / (1 + drawn));
        }
        double reach = factor * (1 + Math.abs(value));
        return uniform(value - reach, Math.min(value + reach, (value + domain.upper()) / 2));
    }

    static Map<String, Double> copy(Map<String, Double> parameters) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
