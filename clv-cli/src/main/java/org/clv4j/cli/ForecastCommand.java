// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.model.Execution;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.ForecastCsv;
import org.clv4j.io.ForecastJson;
import org.clv4j.io.SavedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is to come, by period. */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description = {
            "Forecast orders, active customers and revenue, by period and segment, with quantiles.",
            "Without --spend there are orders and customers only; with --discount-rate and --margin also the value, whose"
                    + " expectation is the future value of 'clv equity'. Without --out, a table is shown."
        })
final class ForecastCommand implements Runnable {

    private static final String USUAL_QUANTILES = "0.05,0.5,0.95";

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private TermsOptions termsOptions = new TermsOptions();

    @Mixin
    private SegmentOptions segmentOptions = new SegmentOptions();

    @Option(
            names = "--period",
            paramLabel = "N",
            description = "Length of a period, in time units of the data. Default: the horizon is one.")
    private @Nullable String period;

    @Option(
            names = "--quantiles",
            paramLabel = "P,Q,...",
            description = "Which quantiles to write; default " + USUAL_QUANTILES + ".")
    private @Nullable String quantiles;

    @Mixin
    private DrawOptions drawOptions = new DrawOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private OutOption out = new OutOption();

    ForecastCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        boolean csv = format.isCsv(out);
        List<Double> probabilities = probabilities();
        ModelOptions.Choice choice = model.choice(console);
        Horizon horizon = termsOptions
                .horizon()
                .orElseThrow(() -> new UsageException("forecast needs --horizon N, how far it reaches"));
        if (horizon.isInfinite()) {
            throw new UsageException("forecast needs a finite --horizon N");
        }
        EquitySimulation simulation = simulation(horizon);
        segmentOptions.requireNoValues("forecast");
        terms(horizon, TimeScale.WEEKS);
        model.requireContracts(List.of(choice), input);
        CustomerBase base = segmentOptions.describe(
                console, input.load(console, choice.timeUnit(), attributes(choice), choice.lineAttributes()));
        EquityDraws draws = work.run(console, execution -> forecast(choice, simulation, base, horizon, execution));
        write(draws, base, figures(draws, base.timeScale()), probabilities, csv);
    }

    private List<String> attributes(ModelOptions.Choice choice) {
        return Stream.concat(choice.attributes().stream(), segmentOptions.attributes(input).stream())
                .distinct()
                .toList();
    }

    private EquityDraws forecast(
            ModelOptions.Choice choice,
            EquitySimulation simulation,
            CustomerBase base,
            Horizon horizon,
            Execution execution) {
        SavedModel resolved = choice.resolve(base, execution);
        EquitySimulation segmented = simulation;
        for (List<Segmentation> dimensions : segmentOptions.breakdowns(base, () -> {
            throw new UsageException("forecast knows no values to break down by");
        })) {
            segmented = segmented.withSegmentations(dimensions);
        }
        return segmented.run(
                drawOptions.models(console, choice, resolved, base), base, terms(horizon, base.timeScale()), execution);
    }

    private EquitySimulation simulation(Horizon horizon) {
        EquitySimulation simulation = drawOptions.simulation();
        if (period == null) {
            return simulation;
        }
        double length = Options.number("--period", period);
        if (length > horizon.periods()) {
            throw new UsageException("--period must be at most --horizon, but was " + period);
        }
        try {
            return simulation.withPeriods(length);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--period: " + e.getMessage(), e);
        }
    }

    /** Orders and revenue depend neither on a rate nor on a margin: without them the value is not shown. */
    private ValuationTerms terms(Horizon horizon, TimeScale timeScale) {
        Optional<DiscountRate> rate = termsOptions.rate(timeScale);
        return termsOptions.terms(
                horizon, rate.orElse(DiscountRate.none()), termsOptions.margin().orElse(Margin.ofRevenue()));
    }

    private List<ForecastFigure> figures(EquityDraws draws, TimeScale timeScale) {
        boolean valued = termsOptions.rate(timeScale).isPresent()
                && termsOptions.margin().isPresent();
        return draws.total().figures().stream()
                .filter(figure -> figure != ForecastFigure.VALUE || valued)
                .toList();
    }

    private List<Double> probabilities() {
        List<Double> probabilities = new ArrayList<>();
        for (String text : Options.list("--quantiles", quantiles == null ? USUAL_QUANTILES : quantiles)) {
            double probability = Options.number("--quantiles", text);
            if (!(probability >= 0 && probability <= 1)) {
                throw new UsageException("--quantiles must be between 0 and 1, but one was " + text);
            }
            probabilities.add(probability);
        }
        return probabilities;
    }

    private void write(
            EquityDraws draws,
            CustomerBase base,
            List<ForecastFigure> figures,
            List<Double> probabilities,
            boolean csv) {
        if (out.isGiven() && csv) {
            ForecastCsv.withDefaults()
                    .withQuantiles(probabilities)
                    .withFigures(figures)
                    .write(draws, base, out.output(console));
        } else if (out.isGiven()) {
            ForecastJson.withDefaults()
                    .withQuantiles(probabilities)
                    .withFigures(figures)
                    .write(draws, base, out.output(console));
        }
        if (!out.isGiven() || !out.isStandardOutput()) {
            console.out().print(ForecastTable.format(draws, base, figures, probabilities));
            console.out().flush();
        } else {
            draws.warnings().forEach(console::note);
        }
    }
}
