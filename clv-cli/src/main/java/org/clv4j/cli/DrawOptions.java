// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.EquitySimulation;
import org.clv4j.core.equity.PurchaseModelDraws;
import org.clv4j.io.SavedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how the future is drawn. */
final class DrawOptions {

    private static final int MOST_DRAWS = 1_000_000;

    @Option(names = "--draws", paramLabel = "N", description = "How many futures to draw; default 1000.")
    private @Nullable String draws;

    @Option(names = "--seed", paramLabel = "K", description = "The same seed draws the same futures; default 1.")
    private @Nullable String seed;

    @Option(
            names = "--parameter-errors",
            paramLabel = "fit|bootstrap|none",
            description =
                    "Where the errors of the parameters come from: from the fit (the default), from fitting anew to"
                            + " reweighted customers in each draw, or none: the parameters are taken as known.")
    private @Nullable String parameterErrors;

    /** Refuses the options where nothing is drawn. */
    void requireNone(String goesWith) {
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        given.put("--draws", draws);
        given.put("--seed", seed);
        given.put("--parameter-errors", parameterErrors);
        given.forEach((option, value) -> {
            if (value != null) {
                throw new UsageException(option + " goes with " + goesWith);
            }
        });
    }

    /** The simulation, of the total. */
    EquitySimulation simulation() {
        EquitySimulation simulation = EquitySimulation.withDefaults();
        if (draws != null) {
            simulation = simulation.withDraws((int) Math.min(MOST_DRAWS, Options.wholeNumber("--draws", draws, 2)));
        }
        return seed == null ? simulation : simulation.withSeed(Options.wholeNumber("--seed", seed, Long.MIN_VALUE));
    }

    /** What is known of the models of a choice. */
    PurchaseModelDraws models(Console console, ModelOptions.Choice choice, SavedModel resolved, CustomerBase base) {
        String from = parameterErrors == null
                ? "fit"
                : Options.oneOf("--parameter-errors", parameterErrors, "fit", "bootstrap", "none");
        return choice.draws(console, resolved, base, from, parameterErrors != null);
    }
}
