// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.clv4j.core.equity.EquityStatementAmount;
import org.clv4j.core.scenario.BreakEven;
import org.clv4j.core.scenario.Elasticities;
import org.clv4j.core.scenario.Lever;
import org.clv4j.core.scenario.ScenarioResult;
import org.clv4j.core.scenario.Tornado;
import org.clv4j.core.scenario.TornadoBar;

/** Writes what-if results as CSV. Equity is the net future value. Amounts are exact. */
public final class WhatIfCsv {

    private WhatIfCsv() {}

    /**
     * Writes scenarios, a row for each scenario and line of the statement: {@code scenario, line, before, after, difference}, all
     * contributions.
     *
     * @param results the scenarios
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeScenarios(List<ScenarioResult> results, TextOutput output) {
        List<ScenarioResult> all = List.copyOf(results);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("scenario", "line", "before", "after", "difference");
            for (ScenarioResult result : all) {
                Map<String, EquityStatementAmount> after =
                        StatementLines.of(result.after().total());
                StatementLines.of(result.before().total()).forEach((line, amount) -> {
                    BigDecimal then =
                            after.getOrDefault(line, EquityStatementAmount.ZERO).contribution();
                    csv.writeRecord(
                            result.scenario().toString(),
                            line,
                            Numbers.money(amount.contribution()),
                            Numbers.money(then),
                            Numbers.money(then.subtract(amount.contribution())));
                });
            }
            csv.flush();
        });
    }

    /**
     * Writes a tornado, a row for each lever: {@code lever, less, more, equity_at_less, equity_at_more, swing}.
     *
     * @param tornado the tornado
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeTornado(Tornado tornado, TextOutput output) {
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("lever", "less", "more", "equity_at_less", "equity_at_more", "swing");
            for (TornadoBar bar : tornado.bars()) {
                csv.writeRecord(
                        bar.lever().toString(),
                        Numbers.shortest(1 - tornado.change()),
                        Numbers.shortest(1 + tornado.change()),
                        Numbers.money(bar.equityAtLess()),
                        Numbers.money(bar.equityAtMore()),
                        Numbers.money(bar.swing()));
            }
            csv.flush();
        });
    }

    /**
     * Writes elasticities, a row for each lever: {@code lever, elasticity}.
     *
     * @param elasticities the elasticities
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeElasticities(Elasticities elasticities, TextOutput output) {
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("lever", "elasticity");
            for (Map.Entry<Lever, Double> of : elasticities.values().entrySet()) {
                csv.writeRecord(of.getKey().toString(), Numbers.shortest(of.getValue()));
            }
            csv.flush();
        });
    }

    /**
     * Writes break-evens, a row each: {@code lever, target, factor, value, equity}. The value is empty of a lever without a unit of its own.
     *
     * @param breakEvens the break-evens
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeBreakEvens(List<BreakEven> breakEvens, TextOutput output) {
        List<BreakEven> all = List.copyOf(breakEvens);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("lever", "target", "factor", "value", "equity");
            for (BreakEven of : all) {
                csv.writeRecord(
                        of.lever().toString(),
                        Numbers.money(of.target()),
                        Numbers.shortest(of.factor()),
                        of.value().isPresent() ? Numbers.shortest(of.value().getAsDouble()) : "",
                        Numbers.money(of.equity()));
            }
            csv.flush();
        });
    }
}
