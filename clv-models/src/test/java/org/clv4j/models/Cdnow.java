// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;

/** The CDNOW data, for the tests that reproduce published numbers; they are skipped where the data are absent. */
public final class Cdnow {

    private static final String SAMPLE = "data/cdnow/CDNOW_sample.txt";
    private static final String MASTER = "data/cdnow/CDNOW_master.txt";
    private static final Observation HOLDOUT =
            Observation.untilIso("1997-09-30").withHoldoutEnd(LocalDate.parse("1998-06-30"));

    private Cdnow() {}

    /** The 1/10 sample: 39 weeks of calibration, 39 weeks of holdout. */
    public static CustomerBase sample() {
        return base(SAMPLE, 1, HOLDOUT);
    }

    /** The 1/10 sample as it was known on a day, without holdout. */
    public static CustomerBase sampleUntil(String isoEnd) {
        return base(SAMPLE, 1, Observation.untilIso(isoEnd));
    }

    /** All customers in the same window. */
    public static CustomerBase master() {
        return base(MASTER, 0, HOLDOUT);
    }

    /** The sample with all 78 weeks as calibration. */
    public static CustomerBase sampleOf78Weeks() {
        return base(SAMPLE, 1, Observation.untilIso("1998-06-30"));
    }

    /** All customers with all 78 weeks as calibration. */
    public static CustomerBase masterOf78Weeks() {
        return base(MASTER, 0, Observation.untilIso("1998-06-30"));
    }

    private static CustomerBase base(String file, int idColumn, Observation observation) {
        TransactionLog.Builder log = TransactionLog.builder();
        for (String line : Csv.sharedLines(file)) {
            String[] fields = line.strip().split("\\s+", -1);
            if (Character.isDigit(fields[0].charAt(0))) {
                log.add(
                        fields[idColumn],
                        LocalDate.parse(fields[idColumn + 1], DateTimeFormatter.BASIC_ISO_DATE),
                        new BigDecimal(fields[idColumn + 3]));
            }
        }
        return CustomerBase.of(log.build(), observation, TimeScale.WEEKS);
    }
}
