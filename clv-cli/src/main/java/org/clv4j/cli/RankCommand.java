// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.TopCustomers;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.ranking.Concentration;
import org.clv4j.core.ranking.CustomerRanking;
import org.clv4j.core.ranking.ValuePart;
import org.clv4j.core.ranking.WinBack;
import org.clv4j.core.ranking.WinBackCustomer;
import org.clv4j.core.ranking.WinBackList;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.RankingCsv;
import org.clv4j.io.RankingJson;
import org.clv4j.io.SavedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts customers in the order of their value. */
@Command(
        name = "rank",
        mixinStandardHelpOptions = true,
        description = {
            "Put customers in the order of their value: how concentrated it is, who is best, whom to win back.",
            "--out F.csv lists all customers, --out F.json has the concentration with its Lorenz curve; with --win-back both"
                    + " hold that list. Without --out, tables are shown."
        })
final class RankCommand implements Runnable {

    private static final List<Double> SHARES = List.of(0.01, 0.05, 0.1, 0.2, 0.5);
    private static final int LORENZ_STEPS = 100;
    private static final int SHOWN = 10;
    private static final double EIGHTY = 0.8;

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private TermsOptions termsOptions = new TermsOptions();

    @Option(names = "--value", paramLabel = "future|lifetime|current", description = "By which value; default future.")
    private @Nullable String value;

    @Option(
            names = "--top",
            paramLabel = "Q",
            description = "Draw how likely each customer is to turn out among the best part Q, as 0.1; finite horizon.")
    private @Nullable String top;

    @Mixin
    private DrawOptions drawOptions = new DrawOptions();

    @Option(names = "--win-back", description = "List who is worth much if still there, and likely to keep silent.")
    private boolean winBack;

    @Option(
            names = "--active-within",
            paramLabel = "N",
            description = "With --win-back: silent is who does not buy within N time units; default the horizon.")
    private @Nullable String activeWithin;

    @Option(
            names = "--max-p-active",
            paramLabel = "P",
            description = "With --win-back: only customers whose probability to buy is at most P.")
    private @Nullable String maxActive;

    @Option(
            names = "--min-value",
            paramLabel = "V",
            description = "With --win-back: only customers whose value at risk is at least V.")
    private @Nullable String minValue;

    @Option(names = "--largest", paramLabel = "N", description = "With --win-back: only the first N.")
    private @Nullable String largest;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    RankCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        boolean csv = format.isCsv(out);
        ValuePart part = value == null ? ValuePart.FUTURE : Options.parse("--value", value, ValuePart::parse);
        requireFitting();
        ModelOptions.Choice choice = model.choice(console);
        if (!choice.isComplete()) {
            throw new UsageException(
                    "rank needs a spend model for " + choice.name() + "; give --spend, as gamma-gamma");
        }
        termsOptions.requireTerms("rank", choice.timeUnit().orElse(TimeScale.WEEKS));
        model.requireContracts(List.of(choice), input);
        termsOptions
                .horizon()
                .filter(reach -> !reach.isInfinite())
                .ifPresent(reach -> model.predictOver(OptionalDouble.of(reach.periods())));
        CustomerBase base = input.load(console, choice.timeUnit(), choice.attributes(), choice.lineAttributes());
        ValuationTerms terms = termsOptions.requireTerms("rank", base.timeScale());
        if (terms.horizon().isInfinite()) {
            model.holdPaths(console);
        }
        Ranked ranked = work.run(console, execution -> rank(choice, base, terms, execution));
        ranked.values.warnings().forEach(console::note);
        if (ranked.silent != null) {
            writeWinBack(ranked.silent, csv);
        } else {
            write(ranked, part, csv);
        }
    }

    /** Refuses options that would be passed over in silence. */
    private void requireFitting() {
        if (top == null) {
            drawOptions.requireNone("--top");
        } else if (winBack) {
            throw new UsageException("--top does not go with --win-back");
        }
        if (!winBack) {
            for (String[] option : new String[][] {
                {"--active-within", activeWithin},
                {"--max-p-active", maxActive},
                {"--min-value", minValue},
                {"--largest", largest}
            }) {
                if (option[1] != null) {
                    throw new UsageException(option[0] + " goes with --win-back");
                }
            }
        }
    }

    /** What was found: with the probabilities to be among the best, or with the win-back list, where they are asked for. */
    private record Ranked(CustomerValues values, @Nullable TopCustomers top, @Nullable WinBackList silent) {}

    private Ranked rank(ModelOptions.Choice choice, CustomerBase base, ValuationTerms terms, Execution execution) {
        SavedModel resolved = choice.resolve(base, execution);
        CustomerValues values = resolved.clv().orElseThrow().value(base, terms, execution);
        if (winBack) {
            FittedTransactionModel transactions = resolved.transactions()
                    .orElseThrow(() -> new ModelException(
                            "who keeps silent is told by a model of purchases, but " + resolved.name() + " is none"));
            return new Ranked(values, null, settings(terms).find(transactions, values, execution));
        }
        if (top == null) {
            return new Ranked(values, null, null);
        }
        double share = Options.number("--top", top);
        EquitySimulation simulation =
                Options.parse("--top", top, unused -> drawOptions.simulation().withTopShare(share));
        return new Ranked(
                values,
                simulation
                        .run(drawOptions.models(console, choice, resolved, base), base, terms, execution)
                        .tops()
                        .get(0),
                null);
    }

    private WinBack settings(ValuationTerms terms) {
        if (activeWithin == null && terms.horizon().isInfinite()) {
            throw new UsageException("--win-back over an infinite horizon needs --active-within N");
        }
        WinBack winners = activeWithin == null
                ? WinBack.within(terms.horizon().periods())
                : Options.parse(
                        "--active-within",
                        activeWithin,
                        text -> WinBack.within(Options.number("--active-within", text)));
        if (maxActive != null) {
            WinBack before = winners;
            winners = Options.parse(
                    "--max-p-active",
                    maxActive,
                    text -> before.withMaximumProbabilityActive(Options.number("--max-p-active", text)));
        }
        if (minValue != null) {
            WinBack before = winners;
            winners = Options.parse(
                    "--min-value",
                    minValue,
                    text -> before.withMinimumValueAtRisk(Options.number("--min-value", text)));
        }
        if (largest != null) {
            winners = winners.withLargest(
                    (int) Math.min(Integer.MAX_VALUE, Options.wholeNumber("--largest", largest, 1)));
        }
        return winners;
    }

    private void write(Ranked ranked, ValuePart part, boolean csv) {
        CustomerRanking ranking = CustomerRanking.of(ranked.values, part);
        Concentration concentration = Concentration.ofCustomers(ranked.values, part);
        if (out.isGiven() && csv) {
            RankingCsv.writeRanking(ranking, ranked.values.base(), ranked.top, out.output(console));
        } else if (out.isGiven()) {
            RankingJson.writeConcentration(concentration, SHARES, LORENZ_STEPS, out.output(console));
        }
        if (!out.isGiven() || !out.isStandardOutput()) {
            console.out().print(tables(ranked, ranking, concentration));
            console.out().flush();
        }
    }

    private String tables(Ranked ranked, CustomerRanking ranking, Concentration concentration) {
        CustomerBase base = ranked.values.base();
        StringBuilder text = new StringBuilder("Customers by " + ranking.part() + " value, by " + ranked.values.model()
                + "\n  " + EquityTable.terms(ranked.values.terms(), base.timeScale()) + "\n");
        TextTable table = new TextTable();
        table.row("customers", TextTable.money(concentration.customers()));
        table.row("total", TextTable.money(concentration.total()));
        row(table, "Gini", concentration.gini());
        for (double share : SHARES) {
            percent(table, "share of the best " + percent(share), concentration.topShare(share));
        }
        percent(table, "customers who hold 80 %", concentration.shareHolding(EIGHTY));
        text.append(table.format()).append('\n');
        TopCustomers likely = ranked.top;
        TextTable best = likely == null
                ? new TextTable().row("rank", "customer", "value")
                : new TextTable().row("rank", "customer", "value", "among the best " + percent(likely.share()));
        for (int rank = 1; rank <= Math.min(SHOWN, ranking.size()); rank++) {
            int row = ranking.rowOfRank(rank);
            String money = TextTable.decimal(ranking.value(row), 2);
            if (likely == null) {
                best.row(Integer.toString(rank), base.id(row), money);
            } else {
                best.row(Integer.toString(rank), base.id(row), money, TextTable.percent(likely.probability(row)));
            }
        }
        text.append(best.format());
        if (likely != null) {
            text.append("  of the best ")
                    .append(percent(likely.share()))
                    .append(" by expected value, ")
                    .append(TextTable.percent(likely.precision()))
                    .append(" are expected to turn out so\n");
        }
        return text.toString();
    }

    private static String percent(double part) {
        return TextTable.percent(part).replace(".0 %", " %");
    }

    private static void row(TextTable table, String name, OptionalDouble figure) {
        table.row(name, figure.isPresent() ? TextTable.decimal(figure.getAsDouble(), 3) : "-");
    }

    private static void percent(TextTable table, String name, OptionalDouble figure) {
        table.row(name, figure.isPresent() ? TextTable.percent(figure.getAsDouble()) : "-");
    }

    private void writeWinBack(WinBackList list, boolean csv) {
        if (out.isGiven() && csv) {
            RankingCsv.writeWinBack(list, out.output(console));
        } else if (out.isGiven()) {
            RankingJson.writeWinBack(list, out.output(console));
        }
        if (out.isGiven() && out.isStandardOutput()) {
            return;
        }
        TextTable table = new TextTable()
                .row("customer", "at risk", "if alive", "P(alive)", "P(active)", "days silent", "expected next");
        for (WinBackCustomer customer :
                list.customers().subList(0, Math.min(SHOWN, list.customers().size()))) {
            table.row(
                    customer.id(),
                    TextTable.decimal(customer.valueAtRisk(), 2),
                    TextTable.decimal(customer.valueIfAlive(), 2),
                    TextTable.decimal(customer.probabilityAlive(), 3),
                    TextTable.decimal(customer.probabilityActive(), 3),
                    customer.daysSinceLastPurchase().isPresent()
                            ? Long.toString(customer.daysSinceLastPurchase().getAsLong())
                            : "-",
                    customer.dateOfNextPurchase().map(Objects::toString).orElse("-"));
        }
        console.out()
                .print("To win back, " + TextTable.money(list.found()) + " customers with "
                        + TextTable.money(list.valueAtRisk()) + " at risk\n" + table.format());
        list.warnings().forEach(console::note);
        console.out().flush();
    }
}
