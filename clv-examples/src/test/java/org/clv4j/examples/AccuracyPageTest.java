// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/accuracy.md} and other pages say of tests. */
class AccuracyPageTest {

    private static final Pattern NAMED_TEST =
            Pattern.compile("`([A-Z]\\w*(?:Test|Tests|Properties|Contract))\\.([a-z]\\w*)`");

    @Test
    void tablesOfTruthAreAsLongAsThePageSays() throws IOException {
        Map<String, String> tests = new LinkedHashMap<>();
        tests.put("attrition/bgbb_truth.csv", "BgBbTruthTest");
        tests.put("attrition/bgnbd_truth.csv", "BgNbdTruthTest");
        tests.put("attrition/cnbd_truth.csv", "CnbdKTruthTest");
        tests.put("attrition/ggompertz_truth.csv", "GGompertzNbdTruthTest");
        tests.put("attrition/mbgnbd_truth.csv", "MbgNbdTruthTest");
        tests.put("attrition/pdo_truth.csv", "PeriodicDeathOpportunityTruthTest");
        tests.put("attrition/pggg_truth.csv", "ParetoGggTruthTest");
        tests.put("attrition/pnbd_hb_truth.csv", "HierarchicalParetoNbdTruthTest");
        tests.put("attrition/pnbd_time_varying_truth.csv", "TimeVaryingParetoNbdTruthTest");
        tests.put("attrition/pnbd_truth.csv", "ParetoNbdTruthTest");
        tests.put("attrition/posterior_truth.csv", "PosteriorTruthTest");
        tests.put("attrition/sarmanov_truth.csv", "CorrelatedParetoNbdTruthTest");
        tests.put("contract/retention_truth.csv", "RetentionTruthTest");
        tests.put("spend/spend_truth.csv", "SpendTruthTest");
        tests.put("internal/special/special_truth.csv", "SpecialFunctionsTest");
        Path folder = Markdown.root().resolve("clv-models/src/test/resources/org/clv4j/models");
        GeneratedTable table = GeneratedTable.of("| table | rows | read by |", "|---|--:|---|");
        for (Map.Entry<String, String> test : tests.entrySet()) {
            long rows = Markdown.read(folder.resolve(test.getKey())).lines().count() - 1;
            table.row(List.of(
                    "`" + Path.of(test.getKey()).getFileName() + "`",
                    Long.toString(rows),
                    "`" + test.getValue() + "`"));
        }
        table.assertShownIn("docs/accuracy.md", "truth");
    }

    /** A page may only point to tests that are there. */
    @Test
    void testsThatPagesNameAreThere() throws IOException {
        Map<String, String> sources = testSources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path page : Markdown.files()) {
            Matcher tests = NAMED_TEST.matcher(Markdown.read(page));
            while (tests.find()) {
                named++;
                if (!sources.getOrDefault(tests.group(1), "").contains(" " + tests.group(2) + "(")) {
                    missing.add(Markdown.root().relativize(page) + " names " + tests.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isPositive();
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Markdown.root())) {
            for (Path module :
                    modules.filter(path -> Files.exists(path.resolve("src"))).toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> sources.merge(
                                    file.getFileName().toString().replaceFirst("\\.java$", ""),
                                    Markdown.read(file),
                                    String::concat));
                }
            }
        }
        return sources;
    }
}
