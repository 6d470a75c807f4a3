// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What JMH measured: its JSON files, read.
 *
 * @param conditions the JVM and the harness, in words, by name
 * @param measurements one measurement a benchmark and parameters
 */
record Results(Map<String, String> conditions, List<Measurement> measurements) {

    /**
     * One benchmark with its parameters.
     *
     * @param name class and method, as {@code FitBenchmark.bgNbd}
     * @param size customers or rows
     * @param times gridded, continuous, or empty where it does not matter
     * @param nanoseconds mean time of an invocation
     * @param error half the 99.9 % confidence interval; NaN if JMH gives none
     * @param bytes allocated an invocation; NaN without {@code -prof gc}
     * @param forks the number of JVMs
     */
    record Measurement(String name, int size, String times, double nanoseconds, double error, double bytes, int forks) {

        /** Time a customer or row. */
        double each() {
            return nanoseconds / size;
        }
    }

    Results {
        conditions = Map.copyOf(conditions);
        measurements = List.copyOf(measurements);
    }

    Optional<Measurement> find(String name, int size, String times) {
        return measurements.stream()
                .filter(measurement -> measurement.name().equals(name)
                        && measurement.size() == size
                        && (measurement.times().equals(times)
                                || measurement.times().isEmpty()))
                .findFirst();
    }

    /** Reads files of several runs of JMH under the same conditions; the fits of the family are left to {@link FamilyResults}. */
    static Results read(List<Path> files) throws IOException {
        List<Object> runs = runs(files);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("the files hold no results");
        }
        return of(runs);
    }

    /** Reads the runs of files: maps. */
    static List<Object> runs(List<Path> files) throws IOException {
        List<Object> runs = new ArrayList<>();
        for (Path json : files) {
            try (JsonParser parser = new JsonFactory().createParser(Files.readString(json))) {
                parser.nextToken();
                runs.addAll(list(value(parser)));
            }
        }
        return runs;
    }

    private static Results of(List<?> runs) {
        Map<String, String> conditions = new LinkedHashMap<>();
        Set<String> settings = new LinkedHashSet<>();
        List<Measurement> measurements = new ArrayList<>();
        for (Object item : runs) {
            Map<?, ?> run = map(item);
            if (FamilyResults.has(run)) {
                continue;
            }
            conditions.put("jdk", jdk(run));
            conditions.put("jmh", text(run, "jmhVersion"));
            settings.add(settings(run));
            measurements.add(measurement(run));
        }
        conditions.put("settings", String.join("; ", settings));
        return new Results(conditions, measurements);
    }

    private static Measurement measurement(Map<?, ?> run) {
        String[] path = text(run, "benchmark").split("\\.", -1);
        String name = path[path.length - 2] + "." + path[path.length - 1];
        Map<?, ?> parameters = map(run.get("params"));
        Object size = parameters.get("customers") == null ? parameters.get("rows") : parameters.get("customers");
        String times = String.valueOf(Objects.requireNonNullElse(parameters.get("times"), ""));
        // Where the kinds of times have sizes of their own they are two methods.
        for (Bases.Times kind : Bases.Times.values()) {
            String suffix = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
            if (name.endsWith(suffix)) {
                name = name.substring(0, name.length() - suffix.length());
                times = kind.name();
            }
        }
        Map<?, ?> primary = primary(run);
        double bytes = Double.NaN;
        for (Map.Entry<?, ?> metric : map(run.get("secondaryMetrics")).entrySet()) {
            if (String.valueOf(metric.getKey()).endsWith("gc.alloc.rate.norm")) {
                bytes = number(map(metric.getValue()), "score");
            }
        }
        return new Measurement(
                name,
                Integer.parseInt(String.valueOf(size)),
                times.toLowerCase(Locale.ROOT),
                number(primary, "score"),
                number(primary, "scoreError"),
                bytes,
                (int) number(run, "forks"));
    }

    /** The Java of a run. */
    static String jdk(Map<?, ?> run) {
        return text(run, "jdkVersion") + " (" + text(run, "vmName") + " " + text(run, "vmVersion") + ")";
    }

    /** The JVMs and iterations of a run. */
    static String settings(Map<?, ?> run) {
        return text(run, "forks") + " × (" + text(run, "warmupIterations") + " × " + text(run, "warmupTime")
                + " warm-up + " + text(run, "measurementIterations") + " × " + text(run, "measurementTime") + ")";
    }

    /** The time of a run: nanoseconds an invocation. */
    static Map<?, ?> primary(Map<?, ?> run) {
        if (!text(run, "mode").equals("avgt")) {
            throw new IllegalArgumentException("`mode` must be avgt, but was " + text(run, "mode"));
        }
        Map<?, ?> primary = map(run.get("primaryMetric"));
        if (!text(primary, "scoreUnit").equals("ns/op")) {
            throw new IllegalArgumentException("`scoreUnit` must be ns/op, but was " + text(primary, "scoreUnit"));
        }
        return primary;
    }

    static String text(Map<?, ?> map, String key) {
        return String.valueOf(Objects.requireNonNull(map.get(key), key));
    }

    static double number(Map<?, ?> map, String key) {
        // JMH writes NaN as a string.
        return Double.parseDouble(text(map, key));
    }

    static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("expected an object, but was " + value);
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("expected an array, but was " + value);
    }

    /** The value at which the parser stands: maps, lists and strings. */
    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                map.put(key, value(parser));
            }
            return map;
        }
        return Objects.requireNonNullElse(parser.getText(), "");
    }
}
