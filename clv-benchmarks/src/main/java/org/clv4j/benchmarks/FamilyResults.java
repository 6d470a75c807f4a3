// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.clv4j.benchmarks.FamilyData.Source;

/**
 * The fits of {@link FamilyFitBenchmark} in JMH's JSON files.
 *
 * @param conditions the JVM and the harness, in words; empty without fits
 * @param fits one a model and source, in the order of the files; of two of the same the later
 */
record FamilyResults(String conditions, List<Fit> fits) {

    private static final String NAME = FamilyFitBenchmark.class.getSimpleName() + ".fit";

    /**
     * A fit.
     *
     * @param model the model's name
     * @param source the customers
     * @param nanoseconds mean time
     */
    record Fit(String model, Source source, double nanoseconds) {}

    FamilyResults {
        fits = List.copyOf(fits);
    }

    /** Tells whether a run is one of the family. */
    static boolean has(Map<?, ?> run) {
        return Results.text(run, "benchmark").endsWith("." + NAME);
    }

    static FamilyResults read(List<Path> files) throws IOException {
        Map<String, Fit> fits = new LinkedHashMap<>();
        Set<String> conditions = new LinkedHashSet<>();
        for (Object item : Results.runs(files)) {
            Map<?, ?> run = Results.map(item);
            if (has(run)) {
                Map<?, ?> parameters = Results.map(run.get("params"));
                Fit fit = new Fit(
                        Results.text(parameters, "model"),
                        Source.valueOf(Results.text(parameters, "data")),
                        Results.number(Results.primary(run), "score"));
                fits.put(fit.model() + " " + fit.source(), fit);
                conditions.add(Results.jdk(run) + ", JMH " + Results.text(run, "jmhVersion") + ", one thread, "
                        + Results.settings(run));
            }
        }
        return new FamilyResults(String.join("; ", conditions), new ArrayList<>(fits.values()));
    }

    /** The models, in the order of the files. */
    Collection<String> models() {
        Set<String> models = new LinkedHashSet<>();
        fits.forEach(fit -> models.add(fit.model()));
        return models;
    }

    Optional<Fit> find(String model, Source source) {
        return fits.stream()
                .filter(fit -> fit.model().equals(model) && fit.source() == source)
                .findFirst();
    }
}
