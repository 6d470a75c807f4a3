// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.DatedTransactionSimulator;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.RetentionCovariates;
import org.clv4j.core.model.RetentionSimulator;
import org.clv4j.core.model.SpendSimulator;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.core.retention.ContractSimulator;
import org.clv4j.io.ContractsCsv;
import org.clv4j.io.SavedModel;
import org.clv4j.io.TransactionsCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes up transactions from a model. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Simulate transactions of new customers from a model with stated parameters, or a saved one.",
            "A model of contracts, as sbg, makes up contracts: customer_id,start,end,fee."
        })
final class SimulateCommand implements Runnable {

    private final Console console;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--customers", paramLabel = "N", required = true, description = "How many customers.")
    private String customers = "";

    @Option(
            names = "--from",
            paramLabel = "DATE",
            required = true,
            description = "First day on which customers are acquired.")
    private String from = "";

    @Option(
            names = "--acquired-until",
            paramLabel = "DATE",
            description = "Last day on which customers are acquired. Default: a quarter of the way to --until.")
    private @Nullable String acquiredUntil;

    @Option(names = "--until", paramLabel = "DATE", required = true, description = "Last day of transactions.")
    private String until = "";

    @Option(
            names = "--time-unit",
            paramLabel = "UNIT",
            description = "The unit of the parameters: days or weeks. Default: weeks, or that of the saved model.")
    private @Nullable String timeUnit;

    @Option(
            names = "--profile",
            paramLabel = "k=v,...",
            description = "The covariates of the customers, if the model has some.")
    private @Nullable String profile;

    @Option(
            names = "--term-months",
            paramLabel = "N",
            description = "With a model of contracts: months from one renewal to the next. Default: 1.")
    private @Nullable String termMonths;

    @Option(
            names = "--fee",
            paramLabel = "AMOUNT",
            description = "With a model of contracts: the amount of a bill. Default: 0.")
    private @Nullable String fee;

    @Option(names = "--seed", paramLabel = "K", description = "The same seed gives the same customers. Default: 1.")
    private String seed = "1";

    @Mixin
    private OutOption out = new OutOption();

    SimulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        ModelOptions.Choice choice = model.choice(console);
        SavedModel saved = choice.statedOnPaths();
        LocalDate start = Options.date("--from", from);
        LocalDate end = Options.date("--until", until);
        LocalDate lastAcquisition = acquiredUntil == null
                ? start.plusDays(Math.max(0, ChronoUnit.DAYS.between(start, end)) / 4)
                : Options.date("--acquired-until", acquiredUntil);
        if (lastAcquisition.isBefore(start) || end.isBefore(lastAcquisition)) {
            throw new UsageException("--from " + start + ", --acquired-until " + lastAcquisition + " and --until " + end
                    + " must follow each other");
        }
        if (saved.retention().isPresent()) {
            simulateContracts(saved.retention().get(), start, lastAcquisition, end);
            return;
        }
        if (termMonths != null || fee != null) {
            throw new UsageException("--term-months and --fee go with a model of contracts, as sbg");
        }
        TransactionLog.Builder log = TransactionLog.builder();
        simulator(saved, timeScale(choice))
                .simulateInto(
                        log,
                        "C",
                        0,
                        Options.wholeNumber("--customers", customers, 1),
                        start,
                        lastAcquisition,
                        end,
                        Options.wholeNumber("--seed", seed, Long.MIN_VALUE));
        TransactionsCsv.write(log.build(), out.output(console));
    }

    private void simulateContracts(
            FittedRetentionModel model, LocalDate start, LocalDate lastAcquisition, LocalDate end) {
        if (timeUnit != null) {
            throw new UsageException(
                    "--time-unit does not go with a model of contracts, which counts terms (--term-months)");
        }
        if (!(ofProfile(model) instanceof RetentionSimulator lifetimes)) {
            throw cannotMakeUp(model.name());
        }
        BigDecimal amount = fee == null ? BigDecimal.ZERO : Options.decimal(fee);
        if (amount == null || amount.signum() < 0) {
            throw new UsageException("--fee must be an amount of at least 0, but was " + fee);
        }
        long term = termMonths == null ? 1 : Options.wholeNumber("--term-months", termMonths, 1);
        ContractsCsv.write(
                ContractSimulator.of(lifetimes)
                        .withTermMonths((int) Math.min(term, Integer.MAX_VALUE))
                        .withFee(amount)
                        .simulate(
                                (int) Math.min(Options.wholeNumber("--customers", customers, 1), Integer.MAX_VALUE),
                                start,
                                lastAcquisition,
                                end,
                                Options.wholeNumber("--seed", seed, Long.MIN_VALUE)),
                out.output(console));
    }

    private FittedRetentionModel ofProfile(FittedRetentionModel model) {
        if (profile == null) {
            return model;
        }
        if (model instanceof RetentionCovariates dependent
                && !dependent.covariates().isEmpty()) {
            return Options.parse("--profile", profile, text -> dependent.ofProfile(values(text)));
        }
        throw new UsageException("--profile does not go with " + model.name() + ", which has no covariates");
    }

    private TimeScale timeScale(ModelOptions.Choice choice) {
        TimeScale scale = timeUnit == null
                ? choice.timeUnit().orElse(TimeScale.WEEKS)
                : Options.parse("--time-unit", timeUnit, TimeScale::parse);
        if (!scale.hasDayGrid()) {
            throw new UsageException("--time-unit must be days or weeks to simulate dates, but was " + scale);
        }
        return scale;
    }

    private LogSimulator simulator(SavedModel saved, TimeScale unit) {
        FittedTransactionModel transactions = saved.transactions().orElseThrow(() -> cannotMakeUp(saved.name()));
        // Covariates with a history depend on the date.
        return model.paths().isPresent() && transactions instanceof DatedTransactionSimulator dated
                ? LogSimulator.ofDated(dated, amounts(saved), unit)
                : LogSimulator.of(purchases(transactions), amounts(saved), unit);
    }

    private static ModelException cannotMakeUp(String name) {
        return new ModelException("the model " + name + " cannot make up customers");
    }

    private TransactionSimulator purchases(FittedTransactionModel model) {
        FittedTransactionModel transactions = ofProfile(model);
        if (transactions instanceof TransactionSimulator simulator) {
            return simulator;
        }
        throw cannotMakeUp(transactions.name());
    }

    private FittedTransactionModel ofProfile(FittedTransactionModel model) {
        if (model instanceof CovariateDependent dependent) {
            String names = String.join(", ", dependent.covariates().keySet());
            if (profile == null) {
                throw new UsageException("which customers? the model has covariates; state " + names + " in --profile");
            }
            return Options.parse("--profile", profile, text -> dependent.ofProfile(values(text)));
        }
        if (profile != null) {
            throw new UsageException("--profile does not go with " + model.name() + ", which has no covariates");
        }
        return model;
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new HashMap<>();
        for (String entry : Options.list("--profile", text)) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--profile must be name=value,..., but has '" + entry + "'");
            }
            values.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        return values;
    }

    private SpendSimulator amounts(SavedModel saved) {
        if (saved.spend().isEmpty()) {
            console.note("without --spend, every amount is 1");
            return (purchases, unused) -> {
                double[] ones = new double[purchases];
                Arrays.fill(ones, 1);
                return ones;
            };
        }
        if (saved.spend().get() instanceof SpendSimulator simulator) {
            return simulator;
        }
        throw new ModelException("the model " + saved.spend().get().name() + " cannot make up amounts");
    }
}
