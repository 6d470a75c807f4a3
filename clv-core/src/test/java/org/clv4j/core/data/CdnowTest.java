// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.clv4j.core.data.DataPolicy.ZeroAmounts;
import org.junit.jupiter.api.Test;

/** The CDNOW data give the numbers that the literature has. */
class CdnowTest {

    private static final Observation WINDOW =
            Observation.untilIso("1997-09-30").withHoldoutEnd(LocalDate.of(1998, 6, 30));

    private static Path shared(String file) {
        Path path = Path.of(System.getProperty("clv.shared", "../shared")).resolve(file);
        assumeTrue(Files.exists(path), () -> "skipped: " + file + " is not beside this checkout (property clv.shared)");
        return path;
    }

    private static TransactionLog read(Path file, int customer, int date, int amount) throws IOException {
        TransactionLog.Builder log = TransactionLog.builder();
        long line = 0;
        for (String row : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            line++;
            String[] fields = row.strip().split("\\s+", -1);
            if (fields.length > amount && fields[date].matches("\\d{8}")) {
                log.add(
                        fields[customer],
                        LocalDate.parse(fields[date], DateTimeFormatter.BASIC_ISO_DATE),
                        new BigDecimal(fields[amount]),
                        line);
            }
        }
        return log.build();
    }

    @Test
    void sampleHasTheSumsOfTheLiterature() throws IOException {
        TransactionLog log = read(shared("data/cdnow/CDNOW_sample.txt"), 1, 2, 4);
        CustomerBase base = CustomerBase.of(log, WINDOW, TimeScale.WEEKS);
        assertThat(log.size()).isEqualTo(6919);
        assertThat(base.size()).isEqualTo(2357);
        long frequency = 0;
        long recencySteps = 0;
        long ageSteps = 0;
        double recency = 0;
        double age = 0;
        int repeatBuyers = 0;
        long holdout = 0;
        BigDecimal holdoutAmount = BigDecimal.ZERO;
        for (int row = 0; row < base.size(); row++) {
            frequency += base.frequency(row);
            recencySteps += base.recencySteps(row);
            ageSteps += base.ageSteps(row);
            recency += base.recency(row);
            age += base.age(row);
            repeatBuyers += base.frequency(row) > 0 ? 1 : 0;
            holdout += base.holdoutTransactions(row);
            holdoutAmount = holdoutAmount.add(base.holdoutAmount(row));
        }
        assertThat(frequency).isEqualTo(2457);
        assertThat(recencySteps).isEqualTo(112_949);
        assertThat(ageSteps).isEqualTo(539_779);
        assertThat(recency).isCloseTo(16_135.571428571, within(1e-8));
        assertThat(age).isCloseTo(77_111.285714286, within(1e-8));
        assertThat(repeatBuyers).isEqualTo(946);
        assertThat(holdout).isEqualTo(1882);
        assertThat(holdoutAmount).isEqualByComparingTo("70976.39");
        CustomerBase whole = CustomerBase.of(log, Observation.untilIso("1998-06-30"), TimeScale.WEEKS);
        assertThat(whole.quality().orElseThrow().occasions()).isEqualTo(6696);
        assertThat(whole.quality().orElseThrow().mergedRows()).isEqualTo(6919 - 6696);
    }

    @Test
    void sampleHasTheSummariesOfTheReference() throws IOException {
        List<String> reference =
                Files.readAllLines(shared("reference/cdnow/clvtools_scores.csv"), StandardCharsets.US_ASCII);
        CustomerBase base =
                CustomerBase.of(read(shared("data/cdnow/CDNOW_sample.txt"), 1, 2, 4), WINDOW, TimeScale.WEEKS);
        assertThat(reference.get(0))
                .startsWith("sample_id,frequency,recency,age,monetary_value,holdout_transactions,holdout_spend,");
        assertThat(reference).hasSize(1 + base.size());
        for (String line : reference.subList(1, reference.size())) {
            String[] fields = line.split(",", -1);
            // The file writes ids as numbers, the data with leading zeros.
            int row = base.indexOf("0".repeat(4 - fields[0].length()) + fields[0]);
            assertThat(row).as("customer %s", fields[0]).isNotNegative();
            assertThat(base.frequency(row)).isEqualTo(Integer.parseInt(fields[1]));
            assertThat(base.recency(row)).isCloseTo(Double.parseDouble(fields[2]), within(1e-12));
            assertThat(base.age(row)).isCloseTo(Double.parseDouble(fields[3]), within(1e-12));
            assertThat(base.monetaryValue(row)).isCloseTo(Double.parseDouble(fields[4]), within(1e-11));
            assertThat(base.holdoutTransactions(row)).isEqualTo(Integer.parseInt(fields[5]));
            assertThat(base.holdoutAmount(row)).isEqualByComparingTo(fields[6]);
        }
    }

    @Test
    void masterIsReadInFull() throws IOException {
        TransactionLog log = read(shared("data/cdnow/CDNOW_master.txt"), 0, 1, 3);
        assertThat(log.size()).isEqualTo(69_659);
        assertThat(log.customerCount()).isEqualTo(23_570);
        assertThat(log.firstDate()).contains(LocalDate.of(1997, 1, 1));
        assertThat(log.lastDate()).contains(LocalDate.of(1998, 6, 30));
        CustomerBase base = CustomerBase.of(log, Observation.untilIso("1998-06-30"), TimeScale.WEEKS);
        DataQuality quality = base.quality().orElseThrow();
        assertThat(base.size()).isEqualTo(23_570);
        assertThat(quality.mergedRows()).isEqualTo(2068);
        assertThat(quality.zeroAmounts()).isEqualTo(80);
        BigDecimal total = BigDecimal.ZERO;
        for (int row = 0; row < base.size(); row++) {
            total = total.add(base.totalAmount(row));
        }
        assertThat(total).isEqualByComparingTo(log.total());
        CustomerBase paid = CustomerBase.of(
                log,
                Observation.untilIso("1998-06-30"),
                TimeScale.WEEKS,
                DataPolicy.withDefaults().withZeroAmounts(ZeroAmounts.DROP));
        assertThat(paid.quality().orElseThrow().droppedZeroAmounts()).isEqualTo(80);
        assertThat(paid.size()).isLessThan(23_570);
    }
}
