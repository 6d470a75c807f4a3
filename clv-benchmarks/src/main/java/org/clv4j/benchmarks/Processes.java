// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code clv-benchmarks/processes.sh} measured: its file, read.
 *
 * @param measurements one measurement a command
 */
record Processes(List<Measurement> measurements) {

    static final Processes NONE = new Processes(List.of());

    static final String EMPTY = "empty Java process";

    /**
     * Several runs of a command.
     *
     * @param what in words
     * @param times gridded, continuous, or empty where it does not matter
     * @param customers how many; 0 where there are none
     * @param command the command with its options
     * @param runs how often it ran
     * @param seconds mean CPU time, user and system, of all threads
     * @param peak the largest resident set of all runs, in bytes
     * @param evaluations how often the fit evaluated all customers; 0 if the command says nothing of it
     */
    record Measurement(
            String what,
            String times,
            int customers,
            String command,
            int runs,
            double seconds,
            double peak,
            int evaluations) {}

    Processes {
        measurements = List.copyOf(measurements);
    }

    /** Reads lines of what, times, customers, command, seconds, kibibytes and evaluations; one a run. */
    static Processes read(Path file) throws IOException {
        Map<String, List<String[]>> runs = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t", -1);
            if (fields.length != 7) {
                throw new IllegalArgumentException("expected seven fields with tabs between them, but was " + line);
            }
            runs.computeIfAbsent(String.join("\t", List.of(fields).subList(0, 4)), unused -> new ArrayList<>())
                    .add(fields);
        }
        return new Processes(runs.values().stream().map(Processes::measurement).toList());
    }

    private static Measurement measurement(List<String[]> runs) {
        String[] first = runs.get(0);
        return new Measurement(
                first[0],
                first[1],
                Integer.parseInt(first[2]),
                first[3],
                runs.size(),
                runs.stream()
                        .mapToDouble(run -> Double.parseDouble(run[4]))
                        .average()
                        .orElseThrow(),
                runs.stream()
                        .mapToDouble(run -> 1024 * Double.parseDouble(run[5]))
                        .max()
                        .orElseThrow(),
                first[6].isEmpty() ? 0 : Integer.parseInt(first[6]));
    }

    Optional<Measurement> empty() {
        return measurements.stream()
                .filter(measurement -> measurement.what().equals(EMPTY))
                .findFirst();
    }
}
