// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.examples.Shop.Sale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole road, from rows to equity, in Java and in Groovy, on the data that the README's own command makes. */
class RoadTest {

    @TempDir
    static Path folder;

    private static String file;

    @BeforeAll
    static void simulate() {
        String command = Markdown.blocks(Markdown.root().resolve("README.md")).stream()
                .map(Markdown.Block::text)
                .filter(text -> text.startsWith("./clv simulate "))
                .findFirst()
                .orElseThrow();
        DocumentedCommand.Outcome outcome =
                DocumentedCommand.parse(command).get(0).run(folder);
        assertThat(outcome.exitCode()).as(outcome.printed()).isZero();
        file = folder.resolve("transactions.csv").toString();
    }

    @Test
    void javaRoad() {
        Console.assertPrints("road.txt", () -> Road.main(new String[] {file}));
    }

    @Test
    void groovyRoad() {
        StringWriter printed = new StringWriter();
        Binding binding = new Binding(Map.of("args", new String[] {file}, "out", new PrintWriter(printed)));
        new GroovyShell(binding).evaluate(script("road.groovy"), "road.groovy");

        String label = "customer equity ";
        assertThat(printed.toString()).startsWith(label);
        String equity = new BigDecimal(
                        printed.toString().substring(label.length()).strip())
                .setScale(2, RoundingMode.HALF_UP)
                .toString();
        assertThat(Console.printedBy(() -> Road.main(new String[] {file}))).endsWith(" " + equity + "\n");
    }

    private static Reader script(String name) {
        return new InputStreamReader(
                Objects.requireNonNull(RoadTest.class.getClassLoader().getResourceAsStream(name), name),
                StandardCharsets.UTF_8);
    }

    @Test
    void rowsOfOnesOwn() {
        List<Sale> sales = Shop.sales(100);
        // snippet:own-rows
        TransactionLog.Builder log = TransactionLog.builder();
        for (Sale sale : sales) {
            log.add(sale.customer(), sale.day(), sale.amount());
        }
        CustomerBase base = CustomerBase.of(log.build(), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
        // end
        assertThat(base.size()).isEqualTo(100);
        assertThat(base.quality().orElseThrow().rows()).isEqualTo(sales.size());
    }
}
