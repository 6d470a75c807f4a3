// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;

/** Checks of parameters and reports that all kinds of models share. */
final class Parameters {

    private Parameters() {}

    static double get(Map<String, Double> parameters, String name) {
        Double value = parameters.get(name);
        if (value == null) {
            throw new AssertionError("the parameter `" + name + "` must be there, but there were " + parameters);
        }
        return value;
    }

    /** Checks that a model refuses every parameter on or outside the border of its domain, by name. */
    static void refuseBadOnes(
            ModelProvider provider, Map<String, Double> typical, Consumer<Map<String, Double>> factory) {
        Map<String, Double> good = ModelCatalog.checkParameters(provider, typical);
        factory.accept(good);
        for (ParameterDomain domain : provider.parametersAmong(good.keySet())) {
            for (double bad : new double[] {
                domain.lower(),
                domain.lower() - 1,
                domain.upper(),
                domain.upper() + 1,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            }) {
                Map<String, Double> changed = new LinkedHashMap<>(good);
                changed.put(domain.name(), bad);
                Expect.refused(
                        IllegalArgumentException.class,
                        domain.name(),
                        "the parameter " + domain.name() + " = " + bad,
                        () -> factory.accept(changed));
            }
        }
        Map<String, Double> unknown = new LinkedHashMap<>(good);
        unknown.put("no such parameter", 1.0);
        Expect.refused(
                IllegalArgumentException.class,
                "no such parameter",
                "an unknown parameter",
                () -> ModelCatalog.checkParameters(provider, unknown));
    }

    /** Checks that a fit says what it is, with parameters of the names that typical ones have. */
    static FitReport checkReport(ModelProvider provider, Map<String, Double> typical, FittedModel fitted) {
        List<String> names = provider.parametersAmong(typical.keySet()).stream()
                .map(ParameterDomain::name)
                .collect(Collectors.toList());
        Expect.that(
                fitted.name().equals(provider.name()),
                () -> "the fitted model's name must be '" + provider.name() + "', but was '" + fitted.name() + "'");
        Expect.that(
                List.copyOf(fitted.parameters().keySet()).equals(names),
                () -> "the fitted model's parameters must be " + names + " in this order, but were "
                        + fitted.parameters().keySet());
        ModelCatalog.checkParameters(provider, fitted.parameters());
        FitReport report =
                fitted.report().orElseThrow(() -> new AssertionError("a model that was fitted must have a report"));
        Expect.that(
                report.model().equals(provider.name()),
                () -> "the report's model must be '" + provider.name() + "', but was '" + report.model() + "'");
        Expect.that(
                List.copyOf(report.parameters().entrySet())
                        .equals(List.copyOf(fitted.parameters().entrySet())),
                () -> "the report's parameters must be the model's, " + fitted.parameters() + ", but were "
                        + report.parameters());
        Expect.that(
                report.converged(),
                () -> "the fit of an ordinary base must converge, but did not:\n" + report.summary());
        return report;
    }

    /** Checks two fits for equal estimates, up to a relative tolerance, and log-likelihoods. */
    static void sameFit(FittedModel expected, FittedModel fitted, double tolerance, String what) {
        expected.parameters()
                .forEach((name, value) -> Expect.close(
                        get(fitted.parameters(), name),
                        value,
                        tolerance,
                        "`" + name + "` of " + what,
                        expected.parameters()));
        OptionalDouble likelihood = expected.report().orElseThrow().logLikelihood();
        if (likelihood.isPresent()) {
            Expect.close(
                    fitted.report().orElseThrow().logLikelihood().orElse(Double.NaN),
                    likelihood.getAsDouble(),
                    1e-9,
                    "the log-likelihood of " + what,
                    expected.parameters());
        }
    }

    /** Checks that a model came back as it was. */
    static void checkSame(FittedModel again, FittedModel fitted) {
        Expect.that(
                again.parameters().equals(fitted.parameters()) && again.name().equals(fitted.name()),
                () -> "the model must come back as " + fitted.name() + " " + fitted.parameters() + ", but was "
                        + again.name() + " " + again.parameters());
    }

    /** Checks that a model made from a report carries it, and one of stated parameters carries none. */
    static void checkReports(FittedModel read, FittedModel stated, FitReport report) {
        Expect.that(
                read.report().map(FitReport::summary).equals(Optional.of(report.summary())),
                () -> "a model made from a report must carry it, but had " + read.report());
        Expect.that(stated.report().isEmpty(), () -> "a model of stated parameters must have no report");
    }

    /** Checks that what refused a customer, terms or data is a ModelException that says why. */
    static void checkRefusal(RuntimeException refused, String what) {
        if (!(refused instanceof ModelException)) {
            throw new AssertionError(
                    "ModelException is the only way to refuse " + what + ", but there was " + refused, refused);
        }
        Expect.that(
                refused.getMessage() != null && !refused.getMessage().isBlank(),
                () -> "a ModelException must say what is wrong with " + what);
    }
}
