// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.io.ModelJson;
import org.clv4j.io.SavedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits a model and saves it. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description = "Fit a model to the customers, show the fit, and save it as model.json.")
final class FitCommand implements Runnable {

    /** What a saved model says of the last day that it has seen. */
    static final String OBSERVATION_END = "observation_end";

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--horizon",
            paramLabel = "N",
            description = "With --model regression: how far it predicts, in time units of the data.")
    private @Nullable String horizon;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    FitCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        ModelOptions.Choice choice = model.choice(console);
        if (choice.isFromFile() || choice.hasParameters()) {
            throw new UsageException(
                    "fit estimates the parameters; --fitted and --parameters are for score and equity");
        }
        if (model.isMixed()) {
            throw new UsageException("fit saves one model; fit that of contracts and that of purchases each by itself");
        }
        model.requireContracts(List.of(choice), input);
        if (horizon != null && !choice.learns()) {
            throw new UsageException("--horizon goes with --model regression here; the others are fitted without");
        }
        model.predictOver(
                horizon == null ? OptionalDouble.empty() : OptionalDouble.of(Options.number("--horizon", horizon)));
        CustomerBase base = input.load(console, Optional.empty(), choice.attributes(), choice.lineAttributes());
        SavedModel fitted = work.run(console, execution -> choice.resolve(base, execution));
        SavedModel dated = base.observation()
                .map(observation -> model.withProvenance(
                        fitted, OBSERVATION_END, observation.end().toString()))
                .orElse(fitted);
        SavedModel explained = input.policyInWords()
                .map(policy -> model.withProvenance(dated, "data_policy", policy))
                .orElse(dated);
        if (out.isGiven()) {
            ModelJson.write(explained, out.output(console));
        }
        boolean saved = out.isGiven() && out.isStandardOutput();
        for (FitReport report : explained.reports()) {
            Console.print(saved ? console.err() : console.out(), report.summary());
            String test = report.provenance().get(Covariates.TEST);
            if (test != null) {
                Console.print(saved ? console.err() : console.out(), "  " + Covariates.TEST + ": " + test);
            }
        }
        for (String line : choice.checkAssumptions(base)) {
            Console.print(saved ? console.err() : console.out(), line);
        }
    }
}
