// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
        return Table.of(Results.read(List.of(json)), Processes.NONE, "Some CPU, 2 cores", LocalDate.of(2025, 11, 1));
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
                .contains("÷ (one log + one exp) | gridded | 100,000 | ≤ 1.2 | 1.10 | 0.92 | met |")
                .contains(
                        "| BG/NBD: naive ÷ log-likelihood + gradient | gridded | 100,000 | ≥ 200 | 150 | 0.75 | **missed** |");
    }

    @Test
    void twoThreadsAreComparedWithTheKernelOnOne(@TempDir Path folder) throws IOException {
        String parameters = "\"customers\": \"1000000\", \"times\": \"CONTINUOUS\"";

        String table = table(
                folder,
                run("BgNbdLikelihoodBenchmark.kernel", parameters, 8e6, 0),
                run("ParetoNbdLikelihoodBenchmark.kernel", parameters, 9e7, 0),
                run("ParetoNbdLikelihoodBenchmark.naive", parameters, 2.7e9, 0),
                run("TwoThreadsBenchmark.bgNbd", parameters, 5e6, 0),
                run("TwoThreadsBenchmark.paretoNbd", parameters, 4.5e7, 0));

        assertThat(table)
                .contains("| BG/NBD: one thread ÷ two | continuous | 1,000,000 | ≥ 1.8 | 1.60 | 0.89 | **missed** |")
                .contains("| Pareto/NBD: one thread ÷ two | continuous | 1,000,000 | ≥ 1.8 | 2 | 1.11 | met |")
                .contains("| Pareto/NBD | continuous | 1,000,000 | 90 | 45 | 2 |")
                .contains(
                        "| Pareto/NBD: naive ÷ log-likelihood + gradient | continuous | 1,000,000 | ≥ 20 | 30 | 1.50 | met |")
                .contains("| continuous | 1,000,000 | 90 | 2,700 | 30 |");
    }

    @Test
    void fitsOfTenMillionStandBesideTheOthers(@TempDir Path folder) throws IOException {
        String times = "\"times\": \"GRIDDED\"";

        String table = table(
                folder,
                run("FitBenchmark.paretoNbd", "\"customers\": \"1000000\", " + times, 1.5e9, 2e6),
                run("LargeFitBenchmark.paretoNbd", "\"customers\": \"10000000\", " + times, 1.1e10, 3e6));

        assertThat(table)
                .contains("| Pareto/NBD fit, ms | gridded | 1,000,000 | ≤ 2,000 | 1,500 | 0.75 | met |")
                .contains("| Pareto/NBD fit, ms | gridded | 10,000,000 | ≤ 10,000 | 11,000 | 1.10 | **missed** |")
                .contains("| Pareto/NBD | gridded | 10,000,000 | 11,000 | 1,100 | 3 |");
    }

    @Test
    void runsOfAProcessAreAveraged(@TempDir Path folder) throws IOException {
        Path tsv = folder.resolve("processes.tsv");
        Files.writeString(
                tsv,
                """
                empty Java process\t\t0\tjava Empty\t0.04\t40000\t
                empty Java process\t\t0\tjava Empty\t0.06\t41000\t
                transactions to scores\tgridded\t2357\tclv score\t0.24\t78125\t
                transactions to scores\tgridded\t2357\tclv score\t0.26\t70000\t
                fit of pareto-nbd\tgridded\t1000000\tclv fit\t5\t70000\t9
                fit of pareto-nbd, small heap\tgridded\t1000000\tclv -Xmx fit\t5\t70000\t9
                """);
        Path json = folder.resolve("jmh.json");
        Files.writeString(
                json, "[" + run("FitBenchmark.bgNbd", "\"customers\": \"2000\", \"times\": \"GRIDDED\"", 1e6, 0) + "]");

        String table = Table.of(
                Results.read(List.of(json)), Processes.read(tsv), "Some CPU, 2 cores", LocalDate.of(2025, 11, 1));

        assertThat(table)
                .contains("| empty Java process |  |  | 0.0500 | 42.0 |  | 2 | `java Empty` |")
                .contains("| transactions to scores | gridded | 2,357 | 0.25 | 80 |  | 2 | `clv score` |")
                .contains(
                        "| fit of pareto-nbd, evaluations of all customers | gridded | 1,000,000 | ≤ 8 | 9 | 1.13 | **missed** |",
                        "| CPU of transactions to scores ÷ empty Java process | gridded | 2,357 | ≤ 4 | 5 | 1.25 | **missed** |")
                .doesNotContain("fit of pareto-nbd, small heap, evaluations");
    }

    @Test
    void timesMayStandInTheMethodsName(@TempDir Path folder) throws IOException {
        String table = table(folder, run("ValuationBenchmark.foreverContinuous", "\"customers\": \"2000\"", 5e7, 2e5));

        assertThat(table).contains("| CLV, infinite horizon | continuous | 2,000 | 25,000 | 0.0400 |  |  |");
    }

    @Test
    void onlyWhatStandsBetweenTheMarksIsReplaced() {
        String document = "before\n" + Table.BEGIN + "\nold\n" + Table.END + "\nafter\n";

        String replaced = Table.replace(document, Optional.of("new\n"), Optional.empty());

        assertThat(replaced).isEqualTo("before\n" + Table.BEGIN + "\n\nnew\n\n" + Table.END + "\nafter\n");
        assertThat(Table.replace(replaced, Optional.of("new\n"), Optional.empty()))
                .isEqualTo(replaced);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.replace("no marks", Optional.of("new"), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.replace(document, Optional.empty(), Optional.of("new")))
                .withMessageContaining(Table.FAMILY_BEGIN);
    }

    private static String familyRun(String model, String data, double score) {
        return run("FamilyFitBenchmark.fit", "\"model\": \"%s\", \"data\": \"%s\"".formatted(model, data), score, 0);
    }

    @Test
    void fitsOfTheFamilyAreComparedOnCustomersOfTheSameShape(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("family.json");
        Files.writeString(
                json,
                "["
                        + String.join(
                                ",",
                                familyRun("pareto-nbd", "CDNOW", 8e6),
                                familyRun("pareto-nbd", "DISTINCT", 5e8),
                                familyRun("pdo", "CDNOW", 4e8),
                                familyRun("pdo", "DISTINCT", 6e9),
                                familyRun("bg-cnbd-k", "CDNOW", 2e7),
                                familyRun("bg-cnbd-k", "DISTINCT", 4e8),
                                familyRun("bg-bb", "CDNOW", 2e6))
                        + "]");

        String table =
                Table.ofFamily(FamilyResults.read(List.of(json)), "Some CPU, 2 cores", LocalDate.of(2025, 11, 1));

        assertThat(table)
                .contains("Some CPU, 2 cores; 17.0.15 (OpenJDK 17.0.15+6), JMH 1.37, one thread, "
                        + "1 × (2 × 1 s warm-up + 4 × 500 ms); 2025-11-01.")
                .contains("| pareto-nbd | 8 | 1 | 0.50 | 1 | continuous |")
                .contains("| pdo | 400 | 50 | 6 | 12 | continuous |")
                .contains("| bg-cnbd-k | 20 | 2.50 | 0.40 |  | dates |")
                .contains("| bg-bb | 2 |  |  |  | whole weeks |");
    }

    @Test
    void aPartOfWhichNothingWasMeasuredStays(@TempDir Path folder) throws IOException {
        Path document = folder.resolve("doc.md");
        Files.writeString(
                document,
                Table.BEGIN + "\nold\n" + Table.END + "\n" + Table.FAMILY_BEGIN + "\nolder\n" + Table.FAMILY_END
                        + "\n");
        Path family = folder.resolve("family.json");
        Files.writeString(family, "[" + familyRun("nbd", "CDNOW", 3e6) + "]");
        Path others = folder.resolve("jmh.json");
        Files.writeString(
                others,
                "[" + run("FitBenchmark.bgNbd", "\"customers\": \"2000\", \"times\": \"GRIDDED\"", 1e6, 0) + "]");

        Table.main(new String[] {family.toString(), document.toString()});

        assertThat(document).content().contains("\nold\n", "| nbd | 3 |").doesNotContain("older");

        Table.main(new String[] {others.toString(), document.toString()});

        assertThat(document)
                .content()
                .contains("| BG/NBD fit, ms | gridded | 2,000 |", "| nbd | 3 |")
                .doesNotContain("\nold\n");

        String both = Files.readString(document);
        Table.main(new String[] {others.toString(), family.toString(), document.toString()});

        assertThat(document).content().isEqualTo(both);
    }
}
