// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real files, where they are at hand. */
class RealDataTest {

    private static Path shared(String file) {
        Path path =
                Path.of(System.getProperty("clv.shared", "no-shared-folder")).resolve(file);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
        return path;
    }

    @Test
    void readsTheCdnowSample() {
        TransactionData data = TransactionFile.withDefaults()
                .withHeader(false)
                .withCustomer("2")
                .withDate("3")
                .withAmount("5")
                .readFile(shared("data/cdnow/CDNOW_sample.txt"));
        CustomerBase base = CustomerBase.of(data.log(), Observation.untilIso("1997-09-30"), TimeScale.WEEKS);
        IntStream rows = IntStream.range(0, base.size());

        assertThat(data.log().size()).isEqualTo(6_919);
        assertThat(base.size()).isEqualTo(2_357);
        assertThat(rows.map(base::frequency).sum()).isEqualTo(2_457);
        assertThat(IntStream.range(0, base.size()).mapToDouble(base::recency).sum())
                .isCloseTo(16_135.571428, within(1e-5));
        assertThat(IntStream.range(0, base.size()).mapToDouble(base::age).sum()).isCloseTo(77_111.285714, within(1e-5));
    }

    @Test
    void findsOutTheFormOfTheCdnowMaster() {
        TransactionData data = TransactionFile.withDefaults().readFile(shared("data/cdnow/CDNOW_master.txt"));

        assertThat(data.log().size()).isEqualTo(69_659);
        assertThat(data.log().customerCount()).isEqualTo(23_570);
        assertThat(data.notes().get(0)).contains("'dollar_value'", "whitespace", "yyyyMMdd");
    }

    @Test
    void reportsRowsWithoutACustomer() {
        TransactionData data = TransactionFile.withDefaults()
                .withAmount("UnitPrice")
                .withBadRows(BadRowPolicy.SKIP)
                .readFile(shared("data/online-retail/OnlineRetail.csv.gz"));

        assertThat(data.log().size()).isEqualTo(541_909 - 135_080);
        assertThat(data.badRowCount()).isEqualTo(135_080);
        assertThat(data.badRows()).hasSize(100_000);
        assertThat(data.log().customerId(0)).isEqualTo("17850.0");
    }
}
