// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ModelState;
import org.clv4j.core.model.RestoringProvider;
import org.clv4j.core.model.RetentionCovariateProvider;
import org.clv4j.core.model.RetentionCovariates;
import org.clv4j.core.model.StatefulModel;
import org.jspecify.annotations.Nullable;

/**
 * Saves fitted models as JSON of the format {@value #FORMAT} and reads them back, bit for bit.
 *
 * <p>Numbers have up to seventeen significant digits, so that a parameter read is the parameter written; NaN and infinity have
 * no place in the format. The covariance of the estimates is not saved, their standard errors are. A model whose parameters
 * were stated, not estimated, is saved without the fields of a fit.
 *
 * <p>A file of another format or version, with an unknown field, or of a model that is not in the catalogue is refused with a
 * {@link DataException} that says so.
 */
public final class ModelJson {

    /** The format's name and version. */
    public static final String FORMAT = "clv4j-model/1";

    private static final String FAMILY = "clv4j-model/";

    /** A model has a few hundred bytes, one with a state, as trees, some millions; what is far larger is not one. */
    private static final int LONGEST = 1 << 27;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxDocumentLength(LONGEST)
                    .maxStringLength(LONGEST)
                    .maxNumberLength(400)
                    .build())
            .build();

    private ModelJson() {}

    /**
     * Saves a model.
     *
     * @param model the model
     * @param output where to write
     * @throws IllegalArgumentException if the model is in one piece and has no report to save
     * @throws DataException if writing fails
     */
    public static void write(SavedModel model, TextOutput output) {
        Part part = Part.of(model);
        JsonOutput.write(output, json -> {
            json.writeStringField("format", FORMAT);
            part.write(json);
        });
    }

    /**
     * Reads a model from a file.
     *
     * @param file the file
     * @param catalog the models to find it in
     * @return the model
     * @throws DataException if the file is not a saved model, or its model is not in the catalogue
     */
    public static SavedModel readFile(Path file, ModelCatalog catalog) {
        return read(TextInput.ofFile(file), catalog);
    }

    /**
     * Reads a model.
     *
     * @param input the input
     * @param catalog the models to find it in
     * @return the model
     * @throws DataException if the input is not a saved model, or its model is not in the catalogue
     */
    public static SavedModel read(TextInput input, ModelCatalog catalog) {
        Objects.requireNonNull(catalog, "catalog");
        Part part;
        try (Reader text = input.open();
                JsonParser json = FACTORY.createParser(text)) {
            part = new Parsing(json).file();
        } catch (JsonProcessingException e) {
            throw refuse(input, "it is not valid JSON" + place(e) + ", or not that of a model", e);
        } catch (Refused e) {
            throw refuse(input, e.reason, e);
        } catch (IOException e) {
            throw input.failure(e);
        }
        try {
            return part.toModel(catalog);
        } catch (IllegalArgumentException e) {
            throw refuse(input, e.getMessage(), e);
        }
    }

    /** What is nested too deep has no place. */
    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
    }

    private static DataException refuse(TextInput input, @Nullable String reason, Exception cause) {
        return new DataException("cannot read the model " + input.name() + ": " + reason, cause);
    }

    /** The content is not that of a saved model. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** One model in the file: the outer one, or the spend model inside it. Null where the file has no such field. */
    private static final class Part {
        private @Nullable String model;
        private @Nullable TimeScale timeUnit;
        private @Nullable Map<String, Double> parameters;
        private @Nullable Map<String, Double> standardErrors;
        private @Nullable Double logLikelihood;
        private @Nullable Double customers;
        private @Nullable Boolean converged;
        private @Nullable Integer evaluations;
        private List<FitWarning> warnings = List.of();
        private @Nullable Part spend;
        private Map<String, List<String>> covariates = Map.of();
        private Map<String, String> provenance = Map.of();
        private @Nullable ModelState state;

        static Part of(SavedModel saved) {
            if (saved.retention().isPresent()) {
                return of(saved.retention().get());
            }
            if (saved.transactions().isEmpty()) {
                FittedClvModel whole = saved.clv().orElseThrow();
                Part part = whole instanceof FittedModel model ? of(model) : ofReports(saved);
                part.state = whole instanceof StatefulModel stateful ? stateful.state() : null;
                return part;
            }
            Part part = of(saved.transactions().get());
            saved.spend().ifPresent(model -> part.spend = of(model));
            return part;
        }

        private static Part ofReports(SavedModel saved) {
            return saved.reports().stream()
                    .findFirst()
                    .map(Part::of)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "`model` must have a report to be saved, but " + saved.name() + " has none"));
        }

        private static Part of(FittedModel model) {
            return model.report().map(Part::of).orElseGet(() -> {
                Part part = new Part();
                part.model = model.name();
                part.parameters = model.parameters();
                part.covariates = covariatesOf(model);
                return part;
            });
        }

        private static Map<String, List<String>> covariatesOf(FittedModel model) {
            if (model instanceof CovariateDependent dependent) {
                return dependent.covariates();
            }
            return model instanceof RetentionCovariates dependent ? dependent.covariates() : Map.of();
        }

        private static Part of(FitReport report) {
            Part part = new Part();
            part.model = report.model();
            part.timeUnit = report.timeScale().orElse(null);
            part.parameters = report.parameters();
            part.standardErrors = report.standardErrors();
            part.logLikelihood = report.logLikelihood().isPresent()
                    ? (Double) report.logLikelihood().getAsDouble()
                    : null;
            part.customers = report.customers();
            part.converged = report.converged();
            part.evaluations = report.evaluations();
            part.warnings = report.warnings();
            part.covariates = report.covariates();
            part.provenance = report.provenance();
            return part;
        }

        void write(JsonGenerator json) throws IOException {
            json.writeStringField("model", Objects.requireNonNull(model));
            if (timeUnit != null) {
                json.writeStringField("time_unit", timeUnit.toString());
            }
            writeNumbers(json, "parameters", Objects.requireNonNull(parameters));
            if (!covariates.isEmpty()) {
                writeCovariates(json);
            }
            if (converged != null) {
                writeFit(json);
            }
            if (spend != null) {
                json.writeObjectFieldStart("spend");
                spend.write(json);
                json.writeEndObject();
            }
            if (state != null) {
                write(json, state);
            }
            if (converged != null) {
                json.writeObjectFieldStart("provenance");
                for (Map.Entry<String, String> entry : provenance.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
        }

        private static void write(JsonGenerator json, ModelState state) throws IOException {
            json.writeObjectFieldStart("state");
            json.writeObjectFieldStart("numbers");
            for (String name : state.numberNames()) {
                json.writeArrayFieldStart(name);
                for (double value : state.numbers(name)) {
                    json.writeNumber(Numbers.seventeenDigits(value));
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeObjectFieldStart("texts");
            for (String name : state.textNames()) {
                json.writeArrayFieldStart(name);
                for (String text : state.texts(name)) {
                    json.writeString(text);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        }

        private void writeCovariates(JsonGenerator json) throws IOException {
            json.writeObjectFieldStart("covariates");
            for (Map.Entry<String, List<String>> entry : covariates.entrySet()) {
                json.writeArrayFieldStart(entry.getKey());
                for (String level : entry.getValue()) {
                    json.writeString(level);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }

        private void writeFit(JsonGenerator json) throws IOException {
            if (standardErrors != null) {
                writeNumbers(json, "standard_errors", standardErrors);
            }
            if (logLikelihood != null) {
                writeNumber(json, "log_likelihood", logLikelihood);
            }
            if (customers != null) {
                writeNumber(json, "customers", customers);
            }
            json.writeBooleanField("converged", Boolean.TRUE.equals(converged));
            if (evaluations != null) {
                json.writeNumberField("evaluations", evaluations);
            }
            json.writeArrayFieldStart("warnings");
            for (FitWarning warning : warnings) {
                json.writeString(warning.toString());
            }
            json.writeEndArray();
        }

        private static void writeNumbers(JsonGenerator json, String name, Map<String, Double> numbers)
                throws IOException {
            json.writeObjectFieldStart(name);
            for (Map.Entry<String, Double> entry : numbers.entrySet()) {
                writeNumber(json, entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }

        private static void writeNumber(JsonGenerator json, String name, double value) throws IOException {
            json.writeFieldName(name);
            json.writeNumber(Numbers.seventeenDigits(value));
        }

        SavedModel toModel(ModelCatalog catalog) {
            ModelProvider provider = catalog.find(Objects.requireNonNull(model));
            if ((state != null) != (provider instanceof RestoringProvider)) {
                throw new IllegalArgumentException(
                        "the model '" + model + "' " + (state == null ? "needs a `state`" : "has no `state`"));
            }
            if (state != null && (spend != null || !covariates.isEmpty())) {
                throw new IllegalArgumentException(
                        "the model '" + model + "' has no `" + (spend != null ? "spend" : "covariates") + "`");
            }
            if (provider instanceof RestoringProvider restoring && state != null) {
                return SavedModel.ofClv(restoring.ofState(state, report(provider)));
            }
            if (provider instanceof ModelProvider.OfClv clv && spend == null) {
                return SavedModel.ofClv(
                        isFit() ? clv.ofReport(report(provider)) : clv.ofParameters(checkedParameters(provider)));
            }
            if (provider instanceof ModelProvider.OfRetention retention && spend == null) {
                return SavedModel.ofRetention(fitted(retention));
            }
            if (!(provider instanceof ModelProvider.OfTransactions transactions)) {
                throw new IllegalArgumentException("the model '" + model + "' cannot stand "
                        + (spend == null ? "by itself" : "with a spend model"));
            }
            FittedTransactionModel fitted = fitted(transactions);
            if (spend == null) {
                return SavedModel.ofTransactions(fitted);
            }
            Part inner = spend;
            ModelProvider.OfSpend spendProvider = catalog.spend(Objects.requireNonNull(inner.model));
            return SavedModel.ofTransactionsAndSpend(
                    fitted,
                    inner.isFit()
                            ? spendProvider.ofReport(inner.report(spendProvider))
                            : spendProvider.ofParameters(inner.checkedParameters(spendProvider)));
        }

        private FittedTransactionModel fitted(ModelProvider.OfTransactions provider) {
            if (!covariates.isEmpty() && !(provider instanceof CovariateProvider)) {
                throw new IllegalArgumentException("the model '" + model + "' has no covariates");
            }
            if (isFit()) {
                return provider.ofReport(report(provider));
            }
            return provider instanceof CovariateProvider dependent
                    ? dependent.ofParameters(checkedParameters(provider), covariates)
                    : provider.ofParameters(checkedParameters(provider));
        }

        private FittedRetentionModel fitted(ModelProvider.OfRetention provider) {
            if (!covariates.isEmpty() && !(provider instanceof RetentionCovariateProvider)) {
                throw new IllegalArgumentException("the model '" + model + "' has no covariates");
            }
            if (isFit()) {
                return provider.ofReport(report(provider));
            }
            return provider instanceof RetentionCovariateProvider dependent && !covariates.isEmpty()
                    ? dependent.ofParameters(checkedParameters(provider), covariates)
                    : provider.ofParameters(checkedParameters(provider));
        }

        private boolean isFit() {
            return converged != null;
        }

        private Map<String, Double> checkedParameters(ModelProvider provider) {
            return ModelCatalog.checkParameters(provider, Objects.requireNonNull(parameters));
        }

        private FitReport report(ModelProvider provider) {
            FitReport.Builder report = FitReport.builder(provider.name(), checkedParameters(provider));
            if (timeUnit != null) {
                report.timeScale(timeUnit);
            }
            if (standardErrors != null) {
                report.standardErrors(standardErrors);
            }
            if (logLikelihood != null) {
                report.logLikelihood(logLikelihood);
            }
            if (customers != null) {
                report.customers(customers);
            }
            if (evaluations != null) {
                report.evaluations(evaluations);
            }
            provenance.forEach(report::provenance);
            report.covariates(covariates);
            return report.converged(Boolean.TRUE.equals(converged))
                    .warnings(warnings)
                    .build();
        }
    }

    /** Reads the file's fields, each of its type. */
    private static final class Parsing {
        private final JsonParser json;

        Parsing(JsonParser json) {
            this.json = json;
        }

        Part file() throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT || !"format".equals(json.nextFieldName())) {
                throw new Refused("it does not begin with a `format`; is it a saved model?");
            }
            json.nextToken();
            String format = text("format");
            if (!format.equals(FORMAT)) {
                throw new Refused(
                        format.startsWith(FAMILY)
                                ? "it has the format " + format + ", and this version reads " + FORMAT
                                : "it has the format '" + format + "', not " + FORMAT);
            }
            Part part = part(true);
            if (json.nextToken() != null) {
                throw new Refused("something follows the model");
            }
            return part;
        }

        private Part part(boolean outer) throws IOException {
            Part part = new Part();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                read(part, field, outer);
            }
            requireEnd();
            if (part.model == null || part.parameters == null) {
                throw new Refused("`" + (part.model == null ? "model" : "parameters") + "` is missing");
            }
            return part;
        }

        private void read(Part part, String field, boolean outer) throws IOException {
            switch (field) {
                case "model" -> part.model = text(field);
                case "time_unit" -> part.timeUnit = timeUnit();
                case "parameters" -> part.parameters = numbers(field);
                case "standard_errors" -> part.standardErrors = numbers(field);
                case "log_likelihood" -> part.logLikelihood = number(field);
                case "customers" -> part.customers = number(field);
                case "converged" -> part.converged = bool(field);
                case "evaluations" -> part.evaluations = wholeNumber(field);
                case "warnings" -> part.warnings = warnings();
                case "covariates" -> part.covariates = covariates();
                case "provenance" -> part.provenance = texts(field);
                case "state" -> {
                    if (!outer) {
                        throw new Refused("`spend` must not have a `state`");
                    }
                    part.state = state();
                }
                case "spend" -> {
                    if (!outer || json.currentToken() != JsonToken.START_OBJECT) {
                        throw new Refused("`spend` must be one object");
                    }
                    part.spend = part(false);
                }
                default -> throw new Refused("`" + field + "` is no field of " + FORMAT);
            }
        }

        private String text(String field) throws IOException {
            require(JsonToken.VALUE_STRING, field, "a text");
            return json.getText();
        }

        private TimeScale timeUnit() throws IOException {
            try {
                return TimeScale.parse(text("time_unit"));
            } catch (IllegalArgumentException e) {
                throw new Refused("`time_unit` must be days, weeks, months or years, but was '" + json.getText() + "'");
            }
        }

        private double number(String field) throws IOException {
            JsonToken token = json.currentToken();
            if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
                throw new Refused("`" + field + "` must be a number");
            }
            double value = Double.parseDouble(json.getText());
            if (!Double.isFinite(value)) {
                throw new Refused("`" + field + "` must be finite, but was " + json.getText());
            }
            return value;
        }

        private int wholeNumber(String field) throws IOException {
            double value = number(field);
            if (value != (int) value) {
                throw new Refused("`" + field + "` must be a whole number, but was " + json.getText());
            }
            return (int) value;
        }

        private boolean bool(String field) throws IOException {
            JsonToken token = json.currentToken();
            if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                throw new Refused("`" + field + "` must be true or false");
            }
            return token == JsonToken.VALUE_TRUE;
        }

        private Map<String, Double> numbers(String field) throws IOException {
            require(JsonToken.START_OBJECT, field, "an object of numbers");
            Map<String, Double> numbers = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                numbers.put(name, number(name));
            }
            requireEnd();
            return numbers;
        }

        private Map<String, String> texts(String field) throws IOException {
            require(JsonToken.START_OBJECT, field, "an object of texts");
            Map<String, String> texts = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                texts.put(name, text(name));
            }
            requireEnd();
            return texts;
        }

        private Map<String, List<String>> covariates() throws IOException {
            require(JsonToken.START_OBJECT, "covariates", "an object of lists");
            Map<String, List<String>> covariates = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                require(JsonToken.START_ARRAY, name, "a list of levels");
                covariates.put(name, textList(name));
            }
            requireEnd();
            return covariates;
        }

        private ModelState state() throws IOException {
            require(JsonToken.START_OBJECT, "state", "an object of numbers and texts");
            ModelState.Builder state = ModelState.builder();
            Set<String> names = new HashSet<>();
            for (String kind = json.nextFieldName(); kind != null; kind = json.nextFieldName()) {
                json.nextToken();
                boolean numbers = kind.equals("numbers");
                if (!numbers && !kind.equals("texts")) {
                    throw new Refused("`" + kind + "` is no field of `state`");
                }
                require(JsonToken.START_OBJECT, kind, "an object of lists");
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    json.nextToken();
                    require(JsonToken.START_ARRAY, name, "a list");
                    if (name.isBlank() || !names.add(name)) {
                        throw new Refused("`state` must name a column once, but has '" + name + "' again");
                    }
                    if (numbers) {
                        state.numbers(name, numberList(name));
                    } else {
                        state.texts(name, textList(name));
                    }
                }
                requireEnd();
            }
            requireEnd();
            return state.build();
        }

        private double[] numberList(String name) throws IOException {
            DoubleStream.Builder numbers = DoubleStream.builder();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                numbers.add(number(name));
            }
            return numbers.build().toArray();
        }

        private List<String> textList(String name) throws IOException {
            List<String> texts = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                texts.add(text(name));
            }
            return texts;
        }

        private List<FitWarning> warnings() throws IOException {
            require(JsonToken.START_ARRAY, "warnings", "a list of texts");
            List<FitWarning> warnings = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                try {
                    warnings.add(FitWarning.parse(text("warnings")));
                } catch (IllegalArgumentException e) {
                    throw new Refused("`warnings` has one that is not known: '" + json.getText() + "'");
                }
            }
            return warnings;
        }

        private void require(JsonToken token, String field, String what) throws IOException {
            if (json.currentToken() != token) {
                throw new Refused("`" + field + "` must be " + what);
            }
        }

        private void requireEnd() throws IOException {
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw new Refused("it ends too early");
            }
        }
    }
}
