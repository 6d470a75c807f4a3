// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.AssumptionCheck;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PathDependent;
import org.clv4j.core.model.PathProvider;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.io.ModelJson;
import org.clv4j.io.PathsFile;
import org.clv4j.io.SavedModel;
import org.clv4j.io.TextInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which model: one to fit, a saved one, or one with stated parameters. */
final class ModelOptions {

    @Option(names = "--model", paramLabel = "M", description = "The model's name, as bg-nbd or average-order.")
    private @Nullable String model;

    @Option(
            names = "--spend",
            paramLabel = "S",
            description = "The spend model's name: gamma-gamma, lognormal, normal or mean.")
    private @Nullable String spend;

    @Option(names = "--fitted", paramLabel = "FILE", description = "A model that 'clv fit' saved.")
    private @Nullable String fitted;

    @Option(
            names = "--parameters",
            paramLabel = "k=v,...",
            description = "State the parameters of --model and --spend instead of fitting them.")
    private @Nullable String parameters;

    @Option(
            names = "--covariates",
            paramLabel = "A,B,...",
            description = "Attributes that purchases and dropout depend on: columns of --summary, or of --transactions,"
                    + " where the earliest row of a customer counts. A saved model knows its own.")
    private @Nullable String covariates;

    @Option(
            names = "--time-varying",
            paramLabel = "FILE",
            description =
                    "Covariates with a history: customer_id,date,NAME,..., or without customer_id where all customers"
                            + " share them. A value holds from its date to the next. To forecast, the file reaches to the end of"
                            + " the horizon; for an infinite one the last values are held.")
    private @Nullable String timeVarying;

    private @Nullable CovariatePaths paths;

    private @Nullable ModelCatalog catalog;

    private ModelCatalog catalog() {
        if (catalog == null) {
            catalog = ModelCatalog.load();
        }
        return catalog;
    }

    boolean hasSpend() {
        return spend != null;
    }

    /** The models, before any data are seen. */
    List<Choice> choices(Console console) {
        if (fitted != null) {
            if (model != null || spend != null || parameters != null || covariates != null) {
                throw new UsageException(
                        "--fitted does not go with --model, --spend, --parameters or --covariates: it holds them");
            }
            SavedModel saved = ModelJson.read(TextInput.parse(fitted, console.in()), catalog());
            readPaths(console);
            requirePaths(saved);
            return List.of(new Choice(saved, null, null));
        }
        readPaths(console);
        if (covariates != null && timeVarying != null) {
            throw new UsageException(
                    "--covariates does not go with --time-varying; put what does not change into its file, too");
        }
        if (covariates != null && parameters != null) {
            throw new UsageException("--covariates does not go with --parameters, whose effects name them");
        }
        if (model == null) {
            throw new UsageException("which model? give --model NAME or --fitted FILE; models: " + names());
        }
        List<String> models = Options.list("--model", model);
        List<Choice> choices = new ArrayList<>();
        boolean spendUsed = false;
        for (String name : models) {
            ModelProvider provider = Options.parse("--model", name, catalog()::find);
            if (provider instanceof ModelProvider.OfSpend) {
                throw new UsageException("--model: " + name + " is a model of spend; name it with --spend");
            }
            if (covariates != null) {
                requireCovariates(provider);
            }
            if (timeVarying != null) {
                requirePathProvider(provider);
            }
            boolean ofTransactions = provider instanceof ModelProvider.OfTransactions;
            spendUsed |= ofTransactions;
            ModelProvider.@Nullable OfSpend spendProvider =
                    ofTransactions && spend != null ? Options.parse("--spend", spend, catalog()::spend) : null;
            choices.add(new Choice(null, provider, spendProvider));
        }
        if (spend != null && !spendUsed) {
            throw new UsageException("--spend does not go with " + model + ", which has its own");
        }
        return choices;
    }

    /** The model, where a command takes one. */
    Choice choice(Console console) {
        List<Choice> choices = choices(console);
        if (choices.size() > 1) {
            throw new UsageException("--model must name one model here, but was '" + model + "'");
        }
        return choices.get(0);
    }

    private String names() {
        List<String> names = new ArrayList<>();
        for (ModelProvider provider : catalog().providers()) {
            if (!(provider instanceof ModelProvider.OfSpend)) {
                names.add(provider.name());
            }
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** A model that was chosen: a saved one, or the provider of one to fit or to make from parameters. */
    final class Choice {
        private final @Nullable SavedModel saved;
        private final @Nullable ModelProvider provider;
        private final ModelProvider.@Nullable OfSpend spendProvider;

        private Choice(
                @Nullable SavedModel saved,
                @Nullable ModelProvider provider,
                ModelProvider.@Nullable OfSpend spendProvider) {
            this.saved = saved;
            this.provider = provider;
            this.spendProvider = spendProvider;
        }

        /** The time unit of a saved model. */
        Optional<TimeScale> timeUnit() {
            return saved == null
                    ? Optional.empty()
                    : saved.reports().stream().findFirst().flatMap(FitReport::timeScale);
        }

        boolean isFromFile() {
            return saved != null;
        }

        boolean hasParameters() {
            return parameters != null;
        }

        String name() {
            return saved == null ? Objects.requireNonNull(provider).name() : saved.name();
        }

        /** The attributes that the customers need for the model. */
        List<String> attributes() {
            if (covariates != null) {
                return Options.list("--covariates", covariates);
            }
            return saved != null || parameters != null ? attributesOf(stated()) : List.of();
        }

        /** Tells whether the model gives a value: a transaction model without spend does not. */
        boolean isComplete() {
            return saved == null
                    ? !(provider instanceof ModelProvider.OfTransactions) || spendProvider != null
                    : saved.clv().isPresent();
        }

        /** The model, with its parameters as saved or stated; or fitted to the customers. */
        SavedModel resolve(CustomerBase base, Execution execution) {
            return onPaths(parameters == null && saved == null ? fit(base, execution) : stated());
        }

        /** The model as saved or stated, with the histories of its covariates if it has some. */
        SavedModel statedOnPaths() {
            return onPaths(stated());
        }

        /** The model, with its parameters as saved or stated. */
        SavedModel stated() {
            if (saved != null) {
                return saved;
            }
            if (parameters == null) {
                throw new UsageException("which parameters? give --parameters k=v,... or --fitted FILE");
            }
            Map<String, Double> values = parse(parameters);
            ModelProvider known = Objects.requireNonNull(provider);
            requireKnown(values, known);
            Map<String, Double> own = checked(known, values);
            try {
                return withParameters(known, own, values);
            } catch (IllegalArgumentException e) {
                // Each is in its domain, but they do not go together.
                throw new UsageException("--parameters: " + e.getMessage(), e);
            }
        }

        private SavedModel withParameters(ModelProvider known, Map<String, Double> own, Map<String, Double> values) {
            if (known instanceof ModelProvider.OfClv clv) {
                return SavedModel.ofClv(clv.ofParameters(own));
            }
            FittedTransactionModel transactions = paths == null
                    ? ((ModelProvider.OfTransactions) known).ofParameters(own)
                    : requirePathProvider(known).ofParameters(own, paths);
            return spendProvider == null
                    ? SavedModel.ofTransactions(transactions)
                    : SavedModel.ofTransactionsAndSpend(
                            transactions, spendProvider.ofParameters(checked(spendProvider, values)));
        }

        private SavedModel fit(CustomerBase base, Execution execution) {
            ModelProvider known = Objects.requireNonNull(provider);
            if (known instanceof ModelProvider.OfClv clv) {
                return SavedModel.ofClv(clv.model().fit(base, execution));
            }
            FittedTransactionModel transactions =
                    withCovariates((ModelProvider.OfTransactions) known).fit(base, execution);
            return spendProvider == null
                    ? SavedModel.ofTransactions(transactions)
                    : SavedModel.ofTransactionsAndSpend(
                            transactions, spendProvider.model().fit(base, execution));
        }

        /** What the customers show about the assumptions of the spend model; nothing if it does not check any. */
        List<String> checkAssumptions(CustomerBase base) {
            return spendProvider != null && spendProvider.model() instanceof AssumptionCheck check
                    ? check.checkAssumptions(base)
                    : List.of();
        }

        private void requireKnown(Map<String, Double> values, ModelProvider known) {
            List<String> names = new ArrayList<>(namesOf(known, values));
            if (spendProvider != null) {
                for (String name : namesOf(spendProvider, values)) {
                    if (names.contains(name)) {
                        throw new UsageException("--parameters: both " + known.name() + " and " + spendProvider.name()
                                + " have a parameter '" + name + "'; state them in a saved model (--fitted)");
                    }
                    names.add(name);
                }
            }
            for (String name : values.keySet()) {
                if (!names.contains(name)) {
                    throw new UsageException("--parameters: '" + name + "' is no parameter of " + known.name()
                            + (spendProvider == null ? "" : " or " + spendProvider.name()) + ", which "
                            + (spendProvider == null ? "has " : "have ") + String.join(", ", names));
                }
            }
        }
    }

    private void readPaths(Console console) {
        if (timeVarying != null) {
            paths = PathsFile.withDefaults().read(TextInput.parse(timeVarying, console.in()));
        }
    }

    /** Tells that the horizon has no end, so that the last values of covariates are held. */
    void holdPaths(Console console) {
        if (paths != null && !paths.isHoldingLast()) {
            console.note(
                    "--time-varying is known until " + paths.knownUntil() + "; after that the last values are held");
            paths = paths.holdingLast();
        }
    }

    Optional<CovariatePaths> paths() {
        return Optional.ofNullable(paths);
    }

    private PathProvider requirePathProvider(ModelProvider provider) {
        if (provider instanceof PathProvider withPaths) {
            return withPaths;
        }
        throw new UsageException("--time-varying does not go with " + provider.name() + "; use "
                + catalog().providers().stream()
                        .filter(PathProvider.class::isInstance)
                        .map(ModelProvider::name)
                        .collect(Collectors.joining(" or ")));
    }

    private void requirePaths(SavedModel model) {
        boolean needed =
                model.transactions().filter(PathDependent.class::isInstance).isPresent();
        if (needed && paths == null) {
            throw new UsageException(
                    "the model " + model.name() + " has covariates with a history; give --time-varying FILE");
        }
        if (!needed && paths != null) {
            throw new UsageException(
                    "--time-varying does not go with the model " + model.name() + ", which has no such covariates");
        }
    }

    /** The model with the histories of its covariates. */
    private SavedModel onPaths(SavedModel model) {
        CovariatePaths known = paths;
        if (known == null) {
            return model;
        }
        FittedTransactionModel transactions = model.transactions().orElseThrow();
        FittedTransactionModel onPaths;
        try {
            onPaths = ((PathDependent) transactions).withPaths(known);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--time-varying: " + e.getMessage(), e);
        }
        return model.spend()
                .map(of -> SavedModel.ofTransactionsAndSpend(onPaths, of))
                .orElseGet(() -> SavedModel.ofTransactions(onPaths));
    }

    private static List<String> attributesOf(SavedModel model) {
        return model.transactions()
                .filter(CovariateDependent.class::isInstance)
                .map(fitted ->
                        List.copyOf(((CovariateDependent) fitted).covariates().keySet()))
                .orElse(List.of());
    }

    private CovariateProvider requireCovariates(ModelProvider provider) {
        if (provider instanceof CovariateProvider dependent) {
            return dependent;
        }
        throw new UsageException("--covariates does not go with " + provider.name() + "; models with covariates: "
                + catalog().providers().stream()
                        .filter(CovariateProvider.class::isInstance)
                        .map(ModelProvider::name)
                        .collect(Collectors.joining(", ")));
    }

    private TransactionModel withCovariates(ModelProvider.OfTransactions provider) {
        if (paths != null) {
            return requirePathProvider(provider).model(paths);
        }
        return covariates == null
                ? provider.model()
                : requireCovariates(provider)
                        .model(Covariates.of(
                                Options.list("--covariates", covariates).toArray(new String[0])));
    }

    private static List<String> namesOf(ModelProvider provider, Map<String, Double> values) {
        return provider.parametersAmong(values.keySet()).stream()
                .map(ParameterDomain::name)
                .toList();
    }

    private static Map<String, Double> checked(ModelProvider provider, Map<String, Double> values) {
        Map<String, Double> own = new LinkedHashMap<>(values);
        own.keySet().retainAll(namesOf(provider, values));
        try {
            return ModelCatalog.checkParameters(provider, own);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--parameters: " + e.getMessage(), e);
        }
    }

    private static Map<String, Double> parse(String text) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String entry : Options.list("--parameters", text)) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--parameters must be name=value,..., but has '" + entry + "'");
            }
            String name = entry.substring(0, equals).strip();
            double value = Options.number("--parameters: " + name, entry.substring(equals + 1));
            if (values.put(name, value) != null) {
                throw new UsageException("--parameters states " + name + " twice");
            }
        }
        return values;
    }

    /** Adds to what a saved model says of its origin. */
    SavedModel withProvenance(SavedModel model, String key, String value) {
        if (model.transactions().isEmpty()) {
            return model.reports().stream()
                    .findFirst()
                    .filter(report -> catalog().find(report.model()) instanceof ModelProvider.OfClv)
                    .map(report ->
                            SavedModel.ofClv(((ModelProvider.OfClv) catalog().find(report.model()))
                                    .ofReport(report.withProvenance(key, value))))
                    .orElse(model);
        }
        FittedTransactionModel transactions = model.transactions().get();
        FittedTransactionModel explained = transactions
                .report()
                .map(report -> catalog().transactions(report.model()).ofReport(report.withProvenance(key, value)))
                .orElse(transactions);
        return model.spend()
                .map(known -> SavedModel.ofTransactionsAndSpend(explained, known))
                .orElseGet(() -> SavedModel.ofTransactions(explained));
    }
}
