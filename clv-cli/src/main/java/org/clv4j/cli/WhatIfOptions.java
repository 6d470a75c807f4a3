// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.scenario.BreakEven;
import org.clv4j.core.scenario.Elasticities;
import org.clv4j.core.scenario.Lever;
import org.clv4j.core.scenario.Scenario;
import org.clv4j.core.scenario.ScenarioResult;
import org.clv4j.core.scenario.Tornado;
import org.clv4j.core.scenario.TornadoBar;
import org.clv4j.core.scenario.WhatIf;
import org.clv4j.io.TextOutput;
import org.clv4j.io.WhatIfCsv;
import org.clv4j.io.WhatIfJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that ask what equity would be. */
final class WhatIfOptions {

    private static final double PERCENT = 100;

    @Option(
            names = "--what-if",
            paramLabel = "LEVER=CHANGE,...",
            description =
                    "What equity would be, as retention=+5%%,margin=-10%% or spend=x1.2. Levers: retention,"
                            + " purchase-rate, spend, margin, discount-rate, acquisition-cost. Repeat it for several scenarios.")
    private @Nullable List<String> scenarios;

    @Option(
            names = "--tornado",
            paramLabel = "CHANGE",
            description = "Every lever less and more by a part, one at a time, as 10%%.")
    private @Nullable String tornado;

    @Option(names = "--elasticities", description = "By how many percent equity changes when a lever changes by one.")
    private boolean elasticities;

    @Option(
            names = "--break-even",
            paramLabel = "LEVER=TARGET",
            description = "The value of a lever at which the net future value is TARGET. Repeat it for several.")
    private @Nullable List<String> breakEvens;

    @Option(
            names = "--what-if-out",
            paramLabel = "FILE",
            description =
                    "Where to write the answers, as .json, or as .csv if there is one kind of question; - is standard"
                            + " output, as JSON.")
    private @Nullable String out;

    boolean hasFile() {
        return out != null;
    }

    boolean isStandardOutput() {
        return out != null && out.equals("-");
    }

    /** Tells whether something is asked. */
    boolean isWanted() {
        boolean asked = scenarios != null || tornado != null || elasticities || breakEvens != null;
        if (out != null) {
            if (!asked) {
                throw new UsageException(
                        "--what-if-out goes with --what-if, --tornado, --elasticities or --break-even");
            }
            int kinds = (scenarios == null ? 0 : 1)
                    + (tornado == null ? 0 : 1)
                    + (elasticities ? 1 : 0)
                    + (breakEvens == null ? 0 : 1);
            if (FormatOption.isCsv("--what-if-out", out) && kinds > 1) {
                throw new UsageException("--what-if-out holds one kind of answer as .csv; write several as .json");
            }
        }
        return asked;
    }

    /** Reads all questions, so that a mistake stops before the work. */
    void check() {
        questions();
    }

    private record Question(Lever lever, BigDecimal target) {}

    private record Questions(List<Scenario> scenarios, List<Double> tornados, List<Question> breakEvens) {}

    private Questions questions() {
        List<Scenario> asked = new ArrayList<>();
        for (String text : scenarios == null ? List.<String>of() : scenarios) {
            Scenario scenario = Scenario.none();
            for (String change : Options.list("--what-if", text)) {
                String[] parts = parts("--what-if", change);
                Lever lever = Options.parse("--what-if", parts[0], Lever::parse);
                Scenario before = scenario;
                scenario = Options.parse("--what-if", parts[1], value -> before.with(lever, factor(value)));
            }
            asked.add(scenario);
        }
        List<Question> targets = new ArrayList<>();
        for (String text : breakEvens == null ? List.<String>of() : breakEvens) {
            String[] parts = parts("--break-even", text);
            BigDecimal target = Options.decimal(parts[1]);
            if (target == null) {
                throw new UsageException("--break-even must have an amount as its target, but was '" + text + "'");
            }
            targets.add(new Question(Options.parse("--break-even", parts[0], Lever::parse), target));
        }
        return new Questions(asked, tornado == null ? List.of() : List.of(part(tornado)), targets);
    }

    private static String[] parts(String option, String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new UsageException(option + " must be lever=value, but has '" + text + "'");
        }
        return new String[] {
            text.substring(0, equals).strip(), text.substring(equals + 1).strip()
        };
    }

    /** A plain number could be the new value as well as a factor: it is refused. */
    private static double factor(String text) {
        if (text.startsWith("x") || text.startsWith("×")) {
            return Options.number("--what-if", text.substring(1));
        }
        if (text.endsWith("%") && (text.startsWith("+") || text.startsWith("-"))) {
            return 1 + Options.number("--what-if", text.substring(0, text.length() - 1)) / PERCENT;
        }
        throw new UsageException("--what-if: a change must be as +5%, -10% or x1.2, but was '" + text + "'");
    }

    private static double part(String text) {
        double part = text.endsWith("%")
                ? Options.number("--tornado", text.substring(0, text.length() - 1)) / PERCENT
                : Options.number("--tornado", text);
        if (!(part > 0 && part < 1)) {
            throw new UsageException("--tornado must be above 0 and below 100 %, but was '" + text + "'");
        }
        return part;
    }

    /** What was found. */
    record Answers(
            WhatIf whatIf,
            List<ScenarioResult> scenarios,
            List<Tornado> tornados,
            List<Elasticities> elasticities,
            List<BreakEven> breakEvens) {}

    Answers ask(WhatIf whatIf) {
        Questions questions = questions();
        return new Answers(
                whatIf,
                questions.scenarios.stream().map(whatIf::run).toList(),
                questions.tornados.stream().map(whatIf::tornado).toList(),
                elasticities ? List.of(whatIf.elasticities()) : List.of(),
                questions.breakEvens.stream()
                        .map(question -> whatIf.breakEven(question.lever, question.target))
                        .toList());
    }

    /** Writes the answers where they are wanted. */
    void write(Answers answers, Console console) {
        if (out == null) {
            return;
        }
        TextOutput output = TextOutput.parse(out, console.out());
        if (!FormatOption.isCsv("--what-if-out", out)) {
            WhatIfJson json = WhatIfJson.of(answers.whatIf.before())
                    .withScenarios(answers.scenarios)
                    .withBreakEvens(answers.breakEvens);
            for (Tornado one : answers.tornados) {
                json = json.withTornado(one);
            }
            for (Elasticities one : answers.elasticities) {
                json = json.withElasticities(one);
            }
            json.write(output);
        } else if (!answers.scenarios.isEmpty()) {
            WhatIfCsv.writeScenarios(answers.scenarios, output);
        } else if (!answers.tornados.isEmpty()) {
            WhatIfCsv.writeTornado(answers.tornados.get(0), output);
        } else if (!answers.elasticities.isEmpty()) {
            WhatIfCsv.writeElasticities(answers.elasticities.get(0), output);
        } else {
            WhatIfCsv.writeBreakEvens(answers.breakEvens, output);
        }
    }

    /** The answers as tables to read. */
    static String format(Answers answers) {
        StringBuilder text = new StringBuilder("What if (net future value "
                + TextTable.money(
                        answers.whatIf.before().total().netFutureValue().contribution())
                + ")\n");
        if (!answers.scenarios.isEmpty()) {
            TextTable table = new TextTable().row("scenario", "before", "after", "difference");
            answers.scenarios.forEach(result -> table.row(
                    result.scenario().toString(),
                    TextTable.money(result.equityBefore()),
                    TextTable.money(result.equityAfter()),
                    TextTable.money(result.difference())));
            text.append(table.format());
        }
        for (Tornado one : answers.tornados) {
            String change = TextTable.percent(one.change()).replace(".0 %", " %");
            TextTable table = new TextTable().row("lever", "-" + change, "+" + change, "swing");
            for (TornadoBar bar : one.bars()) {
                table.row(
                        bar.lever().toString(),
                        TextTable.money(bar.equityAtLess()),
                        TextTable.money(bar.equityAtMore()),
                        TextTable.money(bar.swing()));
            }
            text.append(table.format());
            one.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        }
        for (Elasticities one : answers.elasticities) {
            TextTable table = new TextTable().row("elasticity of", "");
            one.values().forEach((lever, value) -> table.row(lever.toString(), TextTable.decimal(value, 3)));
            text.append(table.format());
            one.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
        }
        if (!answers.breakEvens.isEmpty()) {
            TextTable table = new TextTable().row("break-even", "target", "factor", "value");
            answers.breakEvens.forEach(one -> table.row(
                    one.lever().toString(),
                    TextTable.money(one.target()),
                    "x" + TextTable.decimal(one.factor(), 4),
                    one.value().isPresent() ? TextTable.decimal(one.value().getAsDouble(), 4) : "-"));
            text.append(table.format());
        }
        return text.toString();
    }
}
