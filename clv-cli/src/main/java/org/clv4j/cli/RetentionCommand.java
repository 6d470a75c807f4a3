// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.retention.SurvivalTable;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.PaymentTiming;
import org.clv4j.io.CohortsFile;
import org.clv4j.io.ModelJson;
import org.clv4j.io.SavedModel;
import org.clv4j.io.SurvivalCsv;
import org.clv4j.io.TextInput;
import org.clv4j.io.TextOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how long customers under contract stay, and what they are worth. */
@Command(
        name = "retention",
        mixinStandardHelpOptions = true,
        description = {
            "How long customers under contract stay: what was observed, and what models say of it and of the future.",
            "Cohorts (--cohorts) are survivors by renewal; contracts (--contracts) are valued, too, if --fee, --horizon,"
                    + " --discount-rate and --margin are given."
        })
final class RetentionCommand implements Runnable {

    private static final int MOST_PERIODS = 10_000;

    private final Console console;

    @Option(
            names = "--cohorts",
            paramLabel = "FILE",
            description = "Survivors: [segment,][cohort,]period,survivors (or survival_pct), or a row a cohort with the"
                    + " periods 0, 1, ... as columns.")
    private @Nullable String cohorts;

    @Option(
            names = "--cohort-size",
            paramLabel = "N",
            description = "Customers of a cohort of which only percentages are known; default 1000.")
    private @Nullable String cohortSize;

    @Option(
            names = "--model",
            paramLabel = "M,...",
            defaultValue = "sbg",
            description = "The models, as sbg,bdw. Default: ${DEFAULT-VALUE}.")
    private String models = "sbg";

    @Option(
            names = "--calibration",
            paramLabel = "N",
            description = "Fit to the first N renewals; the others are set beside. Default: all.")
    private @Nullable String calibration;

    @Option(
            names = "--periods",
            paramLabel = "N",
            description = "How many renewals the table shows. Default: as many as were observed.")
    private @Nullable String periods;

    @Option(
            names = "--by",
            paramLabel = "A",
            description = "An attribute of contracts: a model for each of its values.")
    private @Nullable String by;

    @Option(
            names = "--level",
            paramLabel = "L",
            defaultValue = "0.95",
            description = "Level of intervals. Default: ${DEFAULT-VALUE}.")
    private String level = "0.95";

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Save the model as model.json; for one model of all customers.")
    private @Nullable String save;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private TermsOptions terms = new TermsOptions();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    RetentionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        List<ModelProvider.OfRetention> providers = providers();
        Segments segments = segments();
        double sure = Options.number("--level", level);
        if (!(sure > 0 && sure < 1)) {
            throw new UsageException("--level must be in (0, 1), but was " + level);
        }
        if (save != null && (providers.size() > 1 || segments.data.size() > 1)) {
            throw new UsageException("--save takes one model of all customers");
        }
        StringBuilder text = new StringBuilder();
        Map<String, List<SurvivalTable>> tables = new LinkedHashMap<>();
        segments.data.forEach((name, data) -> {
            Study study = new Study(name, data, providers, sure);
            tables.put(name, study.tables);
            text.append(study.format());
            if (save != null) {
                ModelJson.write(SavedModel.ofRetention(study.fitted.get(0)), TextOutput.parse(save, console.out()));
            }
        });
        if (out.isGiven()) {
            SurvivalCsv.write(tables, out.output(console));
        }
        if (!out.isGiven() || !out.isStandardOutput()) {
            console.out().print(text);
            console.out().flush();
        }
    }

    private List<ModelProvider.OfRetention> providers() {
        ModelCatalog catalog = ModelCatalog.load();
        List<ModelProvider.OfRetention> providers = new ArrayList<>();
        for (String name : Options.list("--model", models)) {
            providers.add(Options.parse("--model", name, catalog::retention));
        }
        return providers;
    }

    /** The customers: their retention by segment, and the contracts where there are some. */
    private record Segments(Map<String, RetentionData> data, Optional<CustomerBase> base) {}

    private Segments segments() {
        if ((cohorts == null) == !input.hasContractsOnly()) {
            throw new UsageException("which customers? give --cohorts FILE or --contracts FILE");
        }
        return cohorts == null ? ofContracts() : new Segments(ofCohorts(cohorts), Optional.empty());
    }

    private Map<String, RetentionData> ofCohorts(String file) {
        if (by != null) {
            throw new UsageException("--by goes with --contracts; cohorts have a column segment");
        }
        CohortsFile reader = CohortsFile.withDefaults();
        if (cohortSize != null) {
            double size = Options.number("--cohort-size", cohortSize);
            reader = Options.parse("--cohort-size", cohortSize, unused -> CohortsFile.withDefaults()
                    .withCohortSize(size));
        }
        return reader.read(
                TextInput.parse(file, console.in()),
                input.contracts().termMonths().orElse(12));
    }

    private Segments ofContracts() {
        if (cohortSize != null) {
            throw new UsageException("--cohort-size goes with --cohorts");
        }
        CustomerBase base = input.loadContracts(console, Optional.empty());
        RetentionData all = RetentionData.ofContracts(base);
        if (by == null) {
            return new Segments(Map.of("", all), Optional.of(base));
        }
        if (!all.attributeNames().contains(by)) {
            throw new DataException("no contract has an attribute '" + by + "' for --by; known: "
                    + (all.attributeNames().isEmpty() ? "none" : String.join(", ", all.attributeNames())));
        }
        TreeSet<String> values = new TreeSet<>();
        boolean unknown = false;
        for (int row = 0; row < all.size(); row++) {
            Optional<String> value = all.attribute(by, row);
            value.ifPresent(values::add);
            unknown |= value.isEmpty();
        }
        Map<String, RetentionData> segments = new LinkedHashMap<>();
        for (String value : values) {
            segments.put(value, all.where(by, value));
        }
        if (unknown) {
            segments.put("(unknown)", all.where(by, null));
        }
        return new Segments(segments, Optional.of(base));
    }

    /** The models of one segment. */
    private final class Study {
        private final String name;
        private final RetentionData data;
        private final int used;
        private final int observed;
        private final List<FittedRetentionModel> fitted = new ArrayList<>();
        private final List<SurvivalTable> tables = new ArrayList<>();

        Study(String name, RetentionData data, List<ModelProvider.OfRetention> providers, double sure) {
            this.name = name;
            this.data = data;
            observed = data.lost().length - 1;
            used = calibration == null
                    ? observed
                    : (int) Math.min(observed, Options.wholeNumber("--calibration", calibration, 1));
            int shown = periods == null ? observed : (int) Options.wholeNumber("--periods", periods, 0);
            if (shown > MOST_PERIODS) {
                throw new UsageException("--periods must be at most " + MOST_PERIODS + ", but was " + shown);
            }
            for (ModelProvider.OfRetention provider : providers) {
                FittedRetentionModel model =
                        work.run(console, execution -> provider.model().fit(data.until(used), execution));
                fitted.add(model);
                tables.add(SurvivalTable.of(data, model, used, shown, sure));
            }
        }

        String format() {
            StringBuilder text = new StringBuilder();
            text.append(name.isEmpty() ? "" : name + ": ")
                    .append(TextTable.money(data.customers()))
                    .append(" customers, fitted to ")
                    .append(used == observed ? "" : used + " of ")
                    .append(observed)
                    .append(observed == 1 ? " renewal\n" : " renewals\n");
            for (FittedRetentionModel model : fitted) {
                model.report().map(FitReport::summary).ifPresent(summary -> text.append(summary)
                        .append('\n'));
            }
            return text.append(table()).append(lifetimes()).append('\n').toString();
        }

        private String table() {
            TextTable table = new TextTable();
            List<String> header = new ArrayList<>(List.of("renewals", "at risk", "observed", "from", "to"));
            for (FittedRetentionModel model : fitted) {
                header.add(model.name());
                header.add("retention");
            }
            table.row(header.toArray(new String[0]));
            boolean beyond = false;
            for (int n = 0; n < tables.get(0).rows().size(); n++) {
                SurvivalTable.Row first = tables.get(0).rows().get(n);
                beyond |= !first.calibration();
                List<String> cells = new ArrayList<>();
                cells.add(n + (first.calibration() ? "" : " *"));
                cells.add(first.observed().isPresent() ? TextTable.money(first.atRisk()) : "");
                cells.add(percent(first.observed()));
                cells.add(percent(first.lower()));
                cells.add(percent(first.upper()));
                for (SurvivalTable table1 : tables) {
                    SurvivalTable.Row row = table1.rows().get(n);
                    cells.add(TextTable.percent(row.survival()));
                    cells.add(percent(row.retentionRate()));
                }
                table.row(cells.toArray(new String[0]));
            }
            return table.format() + (beyond ? "  * not used in the fit\n" : "");
        }

        /** Discounted expected lifetimes, if there is a rate to discount by. */
        private String lifetimes() {
            Optional<DiscountRate> rate = terms.rate(data.timeScale().orElse(org.clv4j.core.data.TimeScale.MONTHS));
            if (rate.isEmpty()) {
                return "";
            }
            double perPeriod = Math.expm1(rate.get().continuousPerPeriod(12.0 / data.periodMonths()));
            if (!(perPeriod > 0)) {
                return "";
            }
            TextTable table = new TextTable();
            List<String> header = new ArrayList<>(List.of("discounted expected periods"));
            fitted.forEach(model -> header.add(model.name()));
            table.row(header.toArray(new String[0]));
            List<String> first = new ArrayList<>(List.of("new, first payment included"));
            fitted.forEach(model -> first.add(
                    TextTable.decimal(model.discountedExpectedLifetime(0, perPeriod, PaymentTiming.BEGIN), 4)));
            table.row(first.toArray(new String[0]));
            for (int made = 0; made < 5; made++) {
                int renewals = made;
                List<String> cells = new ArrayList<>(List.of("about to decide on renewal " + (made + 1)));
                fitted.forEach(model -> cells.add(TextTable.decimal(
                        (1 + perPeriod) * model.discountedExpectedLifetime(renewals, perPeriod, PaymentTiming.RESIDUAL),
                        4)));
                table.row(cells.toArray(new String[0]));
            }
            return table.format();
        }

        private String percent(OptionalDouble part) {
            return part.isPresent() ? TextTable.percent(part.getAsDouble()) : "";
        }
    }
}
