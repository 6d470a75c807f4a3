// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.explain.ScoreExplainer;
import org.clv4j.core.explain.ScoreExplanation;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.ExplanationCsv;
import org.clv4j.io.ExplanationJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Explains what single customers are worth. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        modelTransformer = ExplainCommand.Names.class,
        description = {
            "Explain in words what a customer is worth: beside the average customer, after a purchase today, after silence.",
            "Without --out, a text is shown."
        })
final class ExplainCommand implements Runnable {

    private static final String CUSTOMER = "--customer";

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private TermsOptions termsOptions = new TermsOptions();

    @Option(
            names = Names.CUSTOMER_TO_BE,
            paramLabel = "ID",
            description = "The id of a customer to explain. Repeat it for several.")
    private @Nullable List<String> customers;

    @Option(
            names = "--silence",
            paramLabel = "N,N,...",
            description = "Times without a purchase to look at, in time units. Default: 3, 6 and 12 months.")
    private @Nullable String silence;

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            description = "Format of --out. Default: by the file's name; json for standard output.")
    private @Nullable String format;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    ExplainCommand(Console console) {
        this.console = console;
    }

    /** Elsewhere {@code --customer} names the column of the id. Here it is the customer, and the column has a name of its own. */
    static final class Names implements IModelTransformer {

        static final String CUSTOMER_TO_BE = "--customer-id";
        private static final String COLUMN = "--customer-column";

        /** For picocli. */
        Names() {}

        @Override
        public CommandSpec transform(CommandSpec spec) {
            rename(spec, CUSTOMER, COLUMN);
            rename(spec, CUSTOMER_TO_BE, CUSTOMER);
            return spec;
        }

        private static void rename(CommandSpec spec, String from, String to) {
            OptionSpec option = spec.findOption(from);
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option).names(to).build());
        }
    }

    @Override
    public void run() {
        boolean csv = out.isGiven() && isCsv();
        if (customers == null) {
            throw new UsageException("whom to explain? give --customer ID");
        }
        List<Double> times = silence == null ? null : times(silence);
        ModelOptions.Choice choice = model.choice(console);
        requireFactors(choice);
        termsOptions.requireTerms("explain", choice.timeUnit().orElse(TimeScale.WEEKS));
        model.requireContracts(List.of(choice), input);
        CustomerBase base = input.load(console, choice.timeUnit(), choice.attributes(), choice.lineAttributes());
        List<String> ids = known(base, List.copyOf(new LinkedHashSet<>(customers)));
        ValuationTerms terms = termsOptions.requireTerms("explain", base.timeScale());
        if (terms.horizon().isInfinite()) {
            model.holdPaths(console);
        }
        ScoreExplainer explainer = work.run(console, execution -> {
            FittedClvModel fitted = choice.resolve(base, execution).clv().orElseThrow();
            ScoreExplainer usual = ScoreExplainer.of(fitted, base, terms, execution);
            return times == null ? usual : usual.withSilence(times);
        });
        write(ids.stream().map(explainer::explain).toList(), csv);
    }

    private void requireFactors(ModelOptions.Choice choice) {
        if (choice.learns() || choice.isOfContracts() || model.isMixed()) {
            throw new ModelException("the value by " + choice.label() + (model.isMixed() ? " beside contracts" : "")
                    + " is not a product of purchases and spend, so that it cannot be explained; use a model of purchases"
                    + " with --spend, as bg-nbd with gamma-gamma");
        }
        if (!choice.isComplete()) {
            throw new UsageException(
                    "explain needs a spend model for " + choice.name() + "; give --spend, as gamma-gamma");
        }
    }

    private static List<Double> times(String text) {
        List<Double> times = new ArrayList<>();
        for (String entry : Options.list("--silence", text)) {
            double time = Options.number("--silence", entry);
            if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
                throw new UsageException("--silence must be times above 0, but has '" + entry + "'");
            }
            times.add(time);
        }
        return times;
    }

    private static List<String> known(CustomerBase base, List<String> ids) {
        Optional<String> unknown =
                ids.stream().filter(id -> base.indexOf(id) < 0).findFirst();
        if (unknown.isPresent()) {
            throw new DataException("there is no customer '" + unknown.get() + "' among the " + base.size()
                    + " customers of the data; ids are case-sensitive, as '" + base.id(0) + "'");
        }
        return ids;
    }

    private void write(List<ScoreExplanation> explanations, boolean csv) {
        if (out.isGiven()) {
            if (csv) {
                ExplanationCsv.write(explanations, out.output(console));
            } else {
                ExplanationJson.write(explanations, out.output(console));
            }
            explanations.stream()
                    .flatMap(explanation -> explanation.warnings().stream())
                    .distinct()
                    .forEach(console::note);
            return;
        }
        List<String> texts =
                explanations.stream().map(ScoreExplanation::summary).toList();
        console.out().print(String.join("\n", texts));
        console.out().flush();
    }

    private boolean isCsv() {
        if (format != null) {
            return Options.oneOf("--format", format, "csv", "json").equals("csv");
        }
        if (out.isStandardOutput() || out.endsWith(".json")) {
            return false;
        }
        if (out.endsWith(".csv")) {
            return true;
        }
        throw new UsageException("--out must end in .csv or .json, or say which with --format");
    }
}
