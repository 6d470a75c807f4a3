// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityBridge;
import org.clv4j.core.equity.EquityBridging;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.BridgeCsv;
import org.clv4j.io.BridgeJson;
import org.clv4j.io.SavedModel;
import org.clv4j.io.TextOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a bridge from an earlier equity to the present one. */
final class BridgeOptions {

    @Option(
            names = "--bridge-from",
            paramLabel = "FILE",
            description = "A model that 'clv fit' saved earlier: show what has changed the future value since then.")
    private @Nullable String from;

    @Option(
            names = "--bridge-date",
            paramLabel = "DATE",
            description = "The day from which the bridge starts. Default: the last day that the saved model has seen.")
    private @Nullable String date;

    @Option(
            names = "--opening-margin",
            paramLabel = "M",
            description = "The margin at the start of the bridge, if it was another one.")
    private @Nullable String margin;

    @Option(
            names = "--opening-discount-rate",
            paramLabel = "D",
            description = "The annual discount rate at the start of the bridge, if it was another one.")
    private @Nullable String rate;

    @Option(
            names = "--lost-below",
            paramLabel = "P",
            description = "Customers whose P(alive) has fallen below it are shown as lost; default 0.5.")
    private @Nullable String lostBelow;

    @Option(
            names = "--report-in",
            paramLabel = "CODE,R0,R1",
            description = "Report the bridge in another currency, at its rates at the start and now.")
    private @Nullable String reportIn;

    @Option(
            names = "--bridge-out",
            paramLabel = "FILE",
            description = "Where to write the bridge, as .csv or .json; - is standard output, as JSON.")
    private @Nullable String out;

    boolean hasFile() {
        return out != null;
    }

    boolean isStandardOutput() {
        return out != null && out.equals("-");
    }

    /** Tells whether a bridge is wanted; refuses its options if not. */
    boolean isWanted() {
        Map<String, @Nullable String> others = new LinkedHashMap<>();
        others.put("--bridge-date", date);
        others.put("--opening-margin", margin);
        others.put("--opening-discount-rate", rate);
        others.put("--lost-below", lostBelow);
        others.put("--report-in", reportIn);
        others.put("--bridge-out", out);
        others.forEach((option, value) -> {
            if (value != null && from == null) {
                throw new UsageException(option + " goes with --bridge-from");
            }
        });
        if (out != null) {
            FormatOption.isCsv("--bridge-out", out);
        }
        return from != null;
    }

    /** The file of the model at the start. */
    String from() {
        return Objects.requireNonNull(from);
    }

    /** The day from which the bridge starts. */
    LocalDate date(SavedModel opening) {
        if (date != null) {
            return Options.date("--bridge-date", date);
        }
        return opening.reports().stream()
                .map(FitReport::provenance)
                .map(provenance -> provenance.get(FitCommand.OBSERVATION_END))
                .filter(Objects::nonNull)
                .findFirst()
                .map(BridgeOptions::parsed)
                .orElseThrow(() -> new UsageException(
                        "the model " + from + " does not say the last day that it has seen; give --bridge-date"));
    }

    private static LocalDate parsed(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeException e) {
            throw new DataException(
                    "`" + FitCommand.OBSERVATION_END + "` of a saved model must be a date, but was '" + day
                            + "'; give --bridge-date",
                    e);
        }
    }

    /** The terms at the start: those of now, but for what is said to have been another. */
    ValuationTerms terms(ValuationTerms now, TimeScale timeScale) {
        DiscountRate then = rate == null
                ? now.discountRate()
                : Options.parse(
                        "--opening-discount-rate",
                        rate,
                        text -> DiscountRate.annual(Options.number("--opening-discount-rate", text)));
        Margin part = margin == null
                ? now.margin()
                : Options.parse(
                        "--opening-margin", margin, text -> Margin.of(Options.number("--opening-margin", text)));
        ValuationTerms terms = ValuationTerms.of(now.horizon(), then, part, now.timing());
        return now.periodsPerYear().isPresent()
                ? terms.withPeriodsPerYear(now.periodsPerYear().orElse(timeScale.periodsPerYear()))
                : terms;
    }

    EquityBridging bridging(List<List<Segmentation>> breakdowns) {
        EquityBridging bridging = EquityBridging.withDefaults();
        for (List<Segmentation> dimensions : breakdowns) {
            bridging = bridging.withSegmentations(dimensions);
        }
        if (lostBelow != null) {
            EquityBridging before = bridging;
            bridging = Options.parse(
                    "--lost-below", lostBelow, text -> before.withLostBelow(Options.number("--lost-below", text)));
        }
        if (reportIn == null) {
            return bridging;
        }
        List<String> parts = Options.list("--report-in", reportIn);
        if (parts.size() != 3) {
            throw new UsageException(
                    "--report-in must be a currency and two rates, as EUR,0.91,0.93, but was '" + reportIn + "'");
        }
        EquityBridging before = bridging;
        return Options.parse(
                "--report-in",
                parts.get(0),
                code -> before.withExchangeRates(
                        InputOptions.currencyOf("--report-in", code),
                        Options.number("--report-in", parts.get(1)),
                        Options.number("--report-in", parts.get(2))));
    }

    /** Writes the bridge where it is wanted. */
    void write(EquityBridge bridge, Console console) {
        if (out == null) {
            return;
        }
        TextOutput output = TextOutput.parse(out, console.out());
        if (FormatOption.isCsv("--bridge-out", out)) {
            BridgeCsv.write(bridge, output);
        } else {
            BridgeJson.write(bridge, output);
        }
    }
}
