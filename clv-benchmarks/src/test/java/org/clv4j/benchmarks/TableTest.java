// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    private static String run(String benchmark, String parameters, double score, double bytes) {
        return """
                {"jmhVersion": "1.37", "benchmark": "org.clv4j.benchmarks.%s", "mode": "avgt", "forks": 1,
                 "jdkVersion": "17.0.15", "vmName": "OpenJDK", "vmVersion": "17.0.15+6", "jvmArgs": [],
                 "warmupIterations": 2, "warmupTime": "1 s", "measurementIterations": 4, "measurementTime": "500 ms",
                 "params": {%s},
                 "primaryMetric": {"score": %s, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [[1.0, 2.0]]},
                 "secondaryMetrics": {"gc.alloc.rate.norm": {"score": %s, "scoreUnit": "B/op"}}}"""
                .formatted(benchmark, parameters, score, bytes);
    }

    private static String table(Path folder, String... runs) throws IOException {
        Path json = folder.resolve("jmh.json");
        Files.writeString(json, "[" + String.join(",", runs) + "]");
        return Table.of(Results.read(json), "Some CPU, 2 cores", LocalDate.of(2025, 11, 1));
    }

    @Test
    void ratiosAreOfOneRun(@TempDir Path folder) throws IOException {
        String parameters = "\"customers\": \"100000\", \"times\": \"GRIDDED\"";

        String table = table(
                folder,
                run("BgNbdLikelihoodBenchmark.kernel", parameters, 1.1e6, 0),
                run("BgNbdLikelihoodBenchmark.limit", parameters, 1e6, 0),
                run("BgNbdLikelihoodBenchmark.naive", parameters, 1.65e8, 0));

        assertThat(table)
                .contains("| JVMs × iterations | 1 × (2 × 1 s warm-up + 4 × 500 ms) |", "**short run**")
                .contains("| machine | Some CPU, 2 cores |", "| JDK | 17.0.15 (OpenJDK 17.0.15+6) |")
                .contains("| gridded | 100,000 | 11 | 10 | 1,650 | 1.10 | 150 |")
                .contains("÷ (one log + one exp) | gridded | 100,000 | ≤ 1.2 | 1.10 | met |")
                .contains("| naive ÷ log-likelihood + gradient | gridded | 100,000 | ≥ 200 | 150 | **missed** |");
    }

    @Test
    void timesMayStandInTheMethodsName(@TempDir Path folder) throws IOException {
        String table = table(folder, run("ValuationBenchmark.foreverContinuous", "\"customers\": \"2000\"", 5e7, 2e5));

        assertThat(table).contains("| CLV, infinite horizon | continuous | 2,000 | 25,000 | 0.0400 |  |  |");
    }

    @Test
    void onlyWhatStandsBetweenTheMarksIsReplaced() {
        String document = "before\n" + Table.BEGIN + "\nold\n" + Table.END + "\nafter\n";

        String replaced = Table.replace(document, "new\n");

        assertThat(replaced).isEqualTo("before\n" + Table.BEGIN + "\n\nnew\n\n" + Table.END + "\nafter\n");
        assertThat(Table.replace(replaced, "new\n")).isEqualTo(replaced);
        assertThatIllegalArgumentException().isThrownBy(() -> Table.replace("no marks", "new"));
    }
}
