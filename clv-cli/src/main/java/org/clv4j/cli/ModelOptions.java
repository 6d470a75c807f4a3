// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.core.learn.PredictionProvider;
import org.clv4j.core.learn.PredictionTask;
import org.clv4j.core.model.AssumptionCheck;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PathDependent;
import org.clv4j.core.model.PathProvider;
import org.clv4j.core.model.RestoringProvider;
import org.clv4j.core.model.RetentionCovariateProvider;
import org.clv4j.core.model.RetentionModel;
import org.clv4j.core.model.StatefulModel;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.io.ModelJson;
import org.clv4j.io.PathsFile;
import org.clv4j.io.SavedModel;
import org.clv4j.io.TextInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model: one to fit, a saved one, or one with stated parameters. */
final class ModelOptions {

    @Option(
            names = {"--model", "--models"},
            paramLabel = "M",
            description = "The model's name, as bg-nbd or average-order; where models are compared, several.")
    private @Nullable String model;

    @Option(
            names = "--spend",
            paramLabel = "S",
            description = "The spend model's name: gamma-gamma, lognormal, normal or mean.")
    private @Nullable String spend;

    @Option(
            names = "--retention",
            paramLabel = "M",
            description =
                    "With --contracts beside --transactions: the model of customers under contract, as sbg. --model is"
                            + " that of the others.")
    private @Nullable String retention;

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

    @Mixin
    private RegressionOptions regression = new RegressionOptions();

    private @Nullable CovariatePaths paths;

    private OptionalDouble horizon = OptionalDouble.empty();

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

    boolean isGiven() {
        return model != null || fitted != null;
    }

    /** Takes a name from the list of models, one that is none; tells whether it was there. */
    boolean remove(String name) {
        if (model == null) {
            return false;
        }
        List<String> names = new ArrayList<>(Options.list("--models", model));
        boolean found = names.remove(name);
        model = names.isEmpty() ? null : String.join(",", names);
        return found;
    }

    /** Another saved model. */
    SavedModel readFurther(Console console, String file) {
        return ModelJson.read(TextInput.parse(file, console.in()), catalog());
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
            requireNoRetention("--fitted");
            regression.requireNone();
            return List.of(new Choice(saved, null, null, null));
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
        boolean learns = false;
        for (String name : models) {
            ModelProvider provider = Options.parse("--model", name, catalog()::find);
            if (retention != null && provider instanceof ModelProvider.OfRetention) {
                throw new UsageException(
                        "--model: " + name + " is a model of contracts; beside --retention name one of" + " purchases");
            }
            if (provider instanceof ModelProvider.OfSpend) {
                throw new UsageException("--model: " + name + " is a model of spend; name it with --spend");
            }
            if (covariates != null) {
                requireCovariates(provider);
            }
            if (timeVarying != null) {
                requirePathProvider(provider);
            }
            if (provider instanceof PredictionProvider) {
                learns = true;
                if (parameters != null) {
                    throw new UsageException(
                            "--parameters does not go with " + name + "; fit it, or give --fitted FILE");
                }
                regression.families().forEach(family -> choices.add(new Choice(null, provider, null, family)));
                continue;
            }
            boolean ofTransactions = provider instanceof ModelProvider.OfTransactions;
            spendUsed |= ofTransactions;
            ModelProvider.@Nullable OfSpend spendProvider =
                    ofTransactions && spend != null ? Options.parse("--spend", spend, catalog()::spend) : null;
            choices.add(new Choice(null, provider, spendProvider, null));
        }
        if (!learns) {
            regression.requireNone();
        }
        if (spend != null && !spendUsed) {
            throw new UsageException("--spend does not go with " + model + ", which has its own");
        }
        return choices;
    }

    /** Says how far models look that learn one horizon. */
    void predictOver(OptionalDouble periods) {
        horizon = periods;
    }

    RegressionOptions regression() {
        return regression;
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
        private final @Nullable String family;

        private Choice(
                @Nullable SavedModel saved,
                @Nullable ModelProvider provider,
                ModelProvider.@Nullable OfSpend spendProvider,
                @Nullable String family) {
            this.saved = saved;
            this.provider = provider;
            this.spendProvider = spendProvider;
            this.family = family;
        }

        /** The time unit of a saved model. */
        Optional<TimeScale> timeUnit() {
            return saved == null
                    ? Optional.empty()
                    : saved.reports().stream().findFirst().flatMap(FitReport::timeScale);
        }

        /** Tells whether the model is one of customers under contract alone. */
        boolean isOfContracts() {
            return saved == null
                    ? provider instanceof ModelProvider.OfRetention
                    : saved.retention().isPresent();
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
            if (family != null) {
                return regression.attributes();
            }
            if (saved != null) {
                List<String> attributes = new ArrayList<>(attributesOf(saved));
                attributes.addAll(RegressionOptions.attributesOf(featuresOf(saved)));
                segmentsOf(saved).filter(name -> !attributes.contains(name)).ifPresent(attributes::add);
                return attributes;
            }
            return parameters != null ? attributesOf(stated()) : List.of();
        }

        /** The attributes of transactions that the model needs. */
        List<String> lineAttributes() {
            if (family != null) {
                return RegressionOptions.lineAttributesOf(regression.featureNames());
            }
            return saved == null ? List.of() : RegressionOptions.lineAttributesOf(featuresOf(saved));
        }

        /** What learns, of a model that does; or the model's name. */
        String label() {
            return family == null ? name() : name() + " " + family;
        }

        boolean learns() {
            return family != null;
        }

        /** Tells whether the model gives a value: a transaction model without spend does not. */
        boolean isComplete() {
            return saved == null
                    ? !(provider instanceof ModelProvider.OfTransactions) || spendProvider != null
                    : saved.clv().isPresent();
        }

        /** The model, with its parameters as saved or stated; or fitted to the customers. */
        SavedModel resolve(CustomerBase base, Execution execution) {
            return retention == null ? resolveAlone(base, execution) : resolveMixed(base, execution);
        }

        /** Both models, each for its customers. */
        private SavedModel resolveMixed(CustomerBase base, Execution execution) {
            ModelProvider.OfRetention ofContracts =
                    Options.parse("--retention", Objects.requireNonNull(retention), catalog()::retention);
            CustomerBase others = base.select(row -> base.contract(row).isEmpty());
            CustomerBase contracts = base.select(row -> base.contract(row).isPresent());
            FittedClvModel purchases = resolveAlone(others, execution)
                    .clv()
                    .orElseThrow(() -> new UsageException("contracts beside purchases need a spend model for " + name()
                            + "; give --spend, as gamma-gamma"));
            return SavedModel.ofClv(
                    MixedModel.Fitted.of(ContractModel.of(ofContracts.model()).fit(contracts, execution), purchases));
        }

        private SavedModel resolveAlone(CustomerBase base, Execution execution) {
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
            if (known instanceof ModelProvider.OfRetention ofRetention) {
                return SavedModel.ofRetention(ofRetention.ofParameters(own));
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
            if (family != null) {
                double periods = horizon.orElseThrow(
                        () -> new UsageException(name() + " learns one horizon; give a finite --horizon N"));
                return learn(base, regression.task(periods), execution);
            }
            if (known instanceof ModelProvider.OfClv clv) {
                return SavedModel.ofClv(clv.model().fit(base, execution));
            }
            if (known instanceof ModelProvider.OfRetention ofRetention) {
                return SavedModel.ofRetention(
                        withCovariates(ofRetention).fit(RetentionData.ofContracts(base), execution));
            }
            FittedTransactionModel transactions =
                    withCovariates((ModelProvider.OfTransactions) known).fit(base, execution);
            return spendProvider == null
                    ? SavedModel.ofTransactions(transactions)
                    : SavedModel.ofTransactionsAndSpend(
                            transactions, spendProvider.model().fit(base, execution));
        }

        /** The model of a family, fitted to a task. */
        SavedModel learn(CustomerBase base, PredictionTask task, Execution execution) {
            PredictionProvider prediction = (PredictionProvider) Objects.requireNonNull(provider);
            return SavedModel.ofClv(prediction
                    .model(regression.learner(Objects.requireNonNull(family)), task)
                    .fit(base, execution));
        }

        /**
         * What is known of the models of purchases and spend, to draw the future from.
         *
         * @param errors where the errors of the parameters come from: fit, bootstrap or none
         * @param stated whether that was asked for, so that nothing else will do
         */
        PurchaseModelDraws draws(
                Console console, SavedModel resolved, CustomerBase base, String errors, boolean stated) {
            if (retention != null || resolved.transactions().isEmpty()) {
                throw new ModelException("futures are drawn from a model of purchases with one of spend, but "
                        + resolved.name() + " is none");
            }
            if (errors.equals("bootstrap")) {
                return bootstrapped(base);
            }
            FittedTransactionModel transactions = resolved.transactions().get();
            Optional<FittedSpendModel> spend = resolved.spend();
            boolean known = errors.equals("none");
            if (!known && !hasErrors(transactions, spend)) {
                if (stated) {
                    throw new ModelException(
                            "the fit of " + resolved.name() + " has no errors of its parameters to draw"
                                    + " from" + (saved == null ? "" : " (a saved model keeps none)")
                                    + "; use --parameter-errors bootstrap, with --model, or none");
                }
                console.note("the parameters of " + resolved.name() + " are taken as known, "
                        + (saved == null && parameters == null
                                ? "for their fit has no errors; --parameter-errors bootstrap gives them"
                                : "for their errors are not; --model fits them anew")
                        + ": intervals are too narrow");
                known = true;
            }
            if (known) {
                PurchaseModelDraws draws = PurchaseModelDraws.ofKnown(transactions);
                return spend.map(draws::withKnownSpend).orElse(draws);
            }
            PurchaseModelDraws draws = PurchaseModelDraws.ofErrors(catalog(), transactions);
            // The mean of what was spent has no parameters.
            return spend.map(of -> draws.withSpendErrors(catalog(), of)).orElse(draws);
        }

        private static boolean hasErrors(FittedTransactionModel transactions, Optional<FittedSpendModel> spend) {
            return Stream.concat(Stream.of((FittedModel) transactions), spend.stream())
                    .allMatch(model ->
                            model.report().flatMap(FitReport::covariance).isPresent());
        }

        private PurchaseModelDraws bootstrapped(CustomerBase base) {
            if (saved != null || parameters != null) {
                throw new UsageException("--parameter-errors bootstrap fits anew, so give --model alone");
            }
            PurchaseModelDraws draws = PurchaseModelDraws.ofBootstrap(
                    withCovariates((ModelProvider.OfTransactions) Objects.requireNonNull(provider)), base);
            return spendProvider == null ? draws : draws.withSpendBootstrap(spendProvider.model(), base);
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

    private static List<String> featuresOf(SavedModel model) {
        return model.reports().stream()
                .map(report -> report.provenance().get("features"))
                .filter(Objects::nonNull)
                .flatMap(features -> List.of(features.split(", ", -1)).stream())
                .toList();
    }

    /** The attribute by which a saved regression groups its intervals. */
    private static Optional<String> segmentsOf(SavedModel model) {
        return model.reports().stream()
                .map(report -> report.provenance().get("interval segments"))
                .filter(Objects::nonNull)
                .filter(name -> !name.equals(PredictionTask.PURCHASES))
                .findFirst();
    }

    private static List<String> attributesOf(SavedModel model) {
        return model.transactions()
                .filter(CovariateDependent.class::isInstance)
                .map(fitted ->
                        List.copyOf(((CovariateDependent) fitted).covariates().keySet()))
                .orElse(List.of());
    }

    private void requireCovariates(ModelProvider provider) {
        if (!takesCovariates(provider)) {
            throw new UsageException("--covariates does not go with " + provider.name() + "; models with covariates: "
                    + catalog().providers().stream()
                            .filter(ModelOptions::takesCovariates)
                            .map(ModelProvider::name)
                            .collect(Collectors.joining(", ")));
        }
    }

    private static boolean takesCovariates(ModelProvider provider) {
        return provider instanceof CovariateProvider || provider instanceof RetentionCovariateProvider;
    }

    private Covariates covariates(String names) {
        return Covariates.of(Options.list("--covariates", names).toArray(new String[0]));
    }

    private RetentionModel withCovariates(ModelProvider.OfRetention provider) {
        return covariates == null
                ? provider.model()
                : ((RetentionCovariateProvider) provider).model(covariates(covariates));
    }

    /** Tells which customers the models are for: those under contract, the others, or both. */
    void requireContracts(List<Choice> choices, InputOptions input) {
        boolean both = input.hasContracts() && !input.hasContractsOnly();
        if (retention != null && !both) {
            throw new UsageException("--retention goes with --contracts FILE beside --transactions FILE");
        }
        if (both && retention == null) {
            throw new UsageException("contracts beside purchases need --retention, the model of contracts, as sbg");
        }
        for (Choice choice : choices) {
            if (choice.isOfContracts() && !input.hasContractsOnly()) {
                throw new UsageException(
                        choice.name() + " is a model of customers under contract; give --contracts FILE alone");
            }
            if (!choice.isOfContracts() && input.hasContractsOnly()) {
                throw new UsageException(choice.name() + " is a model of purchases; models of contracts: "
                        + catalog().providers().stream()
                                .filter(ModelProvider.OfRetention.class::isInstance)
                                .map(ModelProvider::name)
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private void requireNoRetention(String option) {
        if (retention != null) {
            throw new UsageException("--retention does not go with " + option);
        }
    }

    boolean isMixed() {
        return retention != null;
    }

    private TransactionModel withCovariates(ModelProvider.OfTransactions provider) {
        if (paths != null) {
            return requirePathProvider(provider).model(paths);
        }
        return covariates == null ? provider.model() : ((CovariateProvider) provider).model(covariates(covariates));
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
        if (model.retention().isPresent()) {
            return model;
        }
        if (model.transactions().isEmpty()) {
            return model.reports().stream()
                    .findFirst()
                    .filter(report -> catalog().find(report.model()) instanceof ModelProvider.OfClv)
                    .map(report -> SavedModel.ofClv(again(model, report.withProvenance(key, value))))
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

    private FittedClvModel again(SavedModel model, FitReport report) {
        ModelProvider provider = catalog().find(report.model());
        return provider instanceof RestoringProvider restoring
                ? restoring.ofState(((StatefulModel) model.clv().orElseThrow()).state(), report)
                : ((ModelProvider.OfClv) provider).ofReport(report);
    }
}
