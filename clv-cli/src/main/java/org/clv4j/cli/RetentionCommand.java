// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityBreakdown;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.retention.SurvivalTable;
import org.clv4j.io.CohortsFile;
import org.clv4j.io.ContractValuesCsv;
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
    private static final long MOST_DRAWS = 10_000_000;

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

    @Option(
            names = "--intervals",
            description =
                    "Intervals of the value of contracts: over what is not known of the model, and the luck of customers.")
    private boolean intervals;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "500",
            description = "Draws for --intervals. Default: ${DEFAULT-VALUE}.")
    private String draws = "500";

    @Option(
            names = "--seed",
            paramLabel = "K",
            defaultValue = "1",
            description = "Seed of the draws. Default: ${DEFAULT-VALUE}.")
    private String seed = "1";

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "Where to write the value of contracts by segment, as CSV.")
    private @Nullable String values;

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
        Optional<CustomerBase> base = customers();
        Map<String, RetentionData> segments =
                base.map(this::segmentsOf).orElseGet(() -> cohorts(Objects.requireNonNull(cohorts)));
        if (save != null && (providers.size() > 1 || segments.size() > 1)) {
            throw new UsageException("--save takes one model of all customers");
        }
        Optional<ContractBook> book = book(base);
        StringBuilder text = new StringBuilder();
        Map<String, List<SurvivalTable>> tables = new LinkedHashMap<>();
        segments.forEach((name, data) -> {
            RetentionStudy study = study(name, data, providers);
            tables.put(name, study.tables());
            text.append(study.format());
            terms.rate(data.timeScale().orElse(TimeScale.MONTHS)).ifPresent(rate -> text.append(study.lifetimes(rate)));
            text.append('\n');
            book.ifPresent(values -> work.run(console, execution -> {
                values.add(study, ofSegment(base.orElseThrow(), name), execution);
                return values;
            }));
            if (save != null) {
                ModelJson.write(
                        SavedModel.ofRetention(study.fits().get(0).model()), TextOutput.parse(save, console.out()));
            }
        });
        book.ifPresent(values -> text.append(values.format()));
        write(tables, book, text.toString());
    }

    private void write(Map<String, List<SurvivalTable>> tables, Optional<ContractBook> book, String text) {
        if (out.isGiven()) {
            SurvivalCsv.write(tables, out.output(console));
        }
        if (values != null) {
            ContractValuesCsv.write(
                    book.orElseThrow(() -> new UsageException("--values needs --horizon"))
                            .results(),
                    TextOutput.parse(values, console.out()));
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

    /** The contracts, or nothing if there are cohorts. */
    private Optional<CustomerBase> customers() {
        if ((cohorts == null) == !input.hasContractsOnly()) {
            throw new UsageException("which customers? give --cohorts FILE or --contracts FILE");
        }
        if (cohorts == null) {
            if (cohortSize != null) {
                throw new UsageException("--cohort-size goes with --cohorts");
            }
            return Optional.of(input.loadContracts(console, Optional.empty()));
        }
        input.requireNoCustomers("--cohorts");
        if (by != null) {
            throw new UsageException("--by goes with --contracts; cohorts have a column segment");
        }
        if (terms.horizon().isPresent() || values != null || intervals) {
            throw new UsageException("--horizon, --values and --intervals go with --contracts, which have fees");
        }
        return Optional.empty();
    }

    private Map<String, RetentionData> cohorts(String file) {
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

    private Map<String, RetentionData> segmentsOf(CustomerBase base) {
        RetentionData all = RetentionData.ofContracts(base);
        if (by == null) {
            return Map.of("", all);
        }
        if (!all.attributeNames().contains(by)) {
            throw new DataException("no contract has an attribute '" + by + "' for --by; known: "
                    + (all.attributeNames().isEmpty() ? "none" : String.join(", ", all.attributeNames())));
        }
        Set<String> names = new TreeSet<>();
        boolean unknown = false;
        for (int row = 0; row < all.size(); row++) {
            Optional<String> value = all.attribute(by, row);
            value.ifPresent(names::add);
            unknown |= value.isEmpty();
        }
        Map<String, RetentionData> segments = new LinkedHashMap<>();
        for (String name : names) {
            segments.put(name, all.where(by, name));
        }
        if (unknown) {
            segments.put(EquityBreakdown.UNKNOWN, all.where(by, null));
        }
        return segments;
    }

    private CustomerBase ofSegment(CustomerBase base, String name) {
        String attribute = by;
        return attribute == null
                ? base
                : base.select(row -> base.attribute(attribute, row)
                        .orElse(EquityBreakdown.UNKNOWN)
                        .equals(name));
    }

    private RetentionStudy study(String name, RetentionData data, List<ModelProvider.OfRetention> providers) {
        int fitted = calibration == null
                ? Integer.MAX_VALUE
                : (int) Math.min(Options.wholeNumber("--calibration", calibration, 1), Integer.MAX_VALUE);
        OptionalInt shown = OptionalInt.empty();
        if (periods != null) {
            long wanted = Options.wholeNumber("--periods", periods, 0);
            if (wanted > MOST_PERIODS) {
                throw new UsageException("--periods must be at most " + MOST_PERIODS + ", but was " + periods);
            }
            shown = OptionalInt.of((int) wanted);
        }
        RetentionStudy study = new RetentionStudy(name, data, fitted);
        for (ModelProvider.OfRetention provider : providers) {
            study.fit(
                    provider,
                    used -> work.run(console, execution -> provider.model().fit(used, execution)),
                    shown,
                    sure());
        }
        return study;
    }

    private double sure() {
        double sure = Options.number("--level", level);
        if (!(sure > 0 && sure < 1)) {
            throw new UsageException("--level must be in (0, 1), but was " + level);
        }
        return sure;
    }

    /** What the contracts are worth, if a horizon is given. */
    private Optional<ContractBook> book(Optional<CustomerBase> base) {
        if (base.isEmpty() || terms.horizon().isEmpty()) {
            if (intervals || values != null) {
                throw new UsageException("--intervals and --values need --horizon N or infinite");
            }
            return Optional.empty();
        }
        CustomerBase customers = base.get();
        boolean paid = IntStream.range(0, customers.size())
                .anyMatch(row -> customers.contract(row).orElseThrow().fee().signum() > 0);
        if (!paid) {
            throw new UsageException("the value of contracts needs their fee; name its column (--fee)");
        }
        TimeScale timeScale = customers.timeScale();
        return Optional.of(new ContractBook(
                terms.requireTerms("retention", timeScale),
                timeScale,
                sure(),
                intervals ? (int) Math.min(Options.wholeNumber("--draws", draws, 2), MOST_DRAWS) : 0,
                Options.wholeNumber("--seed", seed, Long.MIN_VALUE)));
    }
}
