// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.ranking.IsoValue;
import org.clv4j.core.ranking.IsoValuePoint;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.TransactionFile;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Assumptions;

/** CDNOW after all 78 weeks: the whole cohort, valued without end by a model of the sample, by recency, frequency and spend. */
final class IsoValueStudy {

    private static final String SAMPLE = "data/cdnow/CDNOW_sample.txt";
    private static final String MASTER = "data/cdnow/CDNOW_master.txt";

    private final CustomerBase everyone;
    private final CustomerBase base;
    private final TransactionSpendModel.Fitted model;
    private final ValuationTerms terms;
    private final CustomerValues values;
    /** By row: 0 without repeat purchase, else 1 to 3. */
    private final int[] recency;

    private final int[] frequency;
    private final int[] spend;

    private IsoValueStudy(Path sampleFile, Path masterFile) {
        // snippet:iso-value-fit
        TransactionFile sampleRows = TransactionFile.withDefaults()
                .withHeader(false)
                .withCustomer("2")
                .withDate("3")
                .withAmount("5");
        TransactionFile masterRows = TransactionFile.withDefaults()
                .withCustomer("customer_id")
                .withDate("date")
                .withAmount("dollar_value");
        Observation observation = Observation.untilIso("1998-06-30");
        CustomerBase sample = CustomerBase.of(sampleRows.readFile(sampleFile).log(), observation, TimeScale.WEEKS);
        CustomerBase cohort = CustomerBase.of(masterRows.readFile(masterFile).log(), observation, TimeScale.WEEKS);
        CustomerBase base = cohort.select(row -> cohort.frequency(row) * cohort.monetaryValue(row) <= 4000);

        TransactionSpendModel.Fitted model = TransactionSpendModel.of(
                        ParetoNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(sample);
        ValuationTerms terms = ValuationTerms.of(
                        Horizon.infinite(),
                        DiscountRate.continuous(0.0027, 52),
                        Margin.of(0.30),
                        CashFlowTiming.AT_PURCHASE)
                .withPeriodsPerYear(52);
        CustomerValues values = model.value(base, terms);
        // end
        this.everyone = cohort;
        this.base = base;
        this.model = model;
        this.terms = terms;
        this.values = values;
        this.recency = terciles(row -> -daysSinceLastPurchase(row));
        this.frequency = terciles(base::frequency);
        this.spend = terciles(base::monetaryValue);
    }

    /** Reads both files; the test is skipped where one is absent. */
    static IsoValueStudy ofSharedData() {
        return new IsoValueStudy(file(SAMPLE), file(MASTER));
    }

    private static Path file(String name) {
        Path file = Path.of(System.getProperty("clv.shared", "absent"), name);
        Assumptions.assumeTrue(Files.isReadable(file), () -> "skipped: no CDNOW data at " + file);
        return file;
    }

    /** A measure of a customer. */
    private interface Measure {
        double of(int row);
    }

    /**
     * Thirds of those who came back. With n of them, the first class reaches up to the value of the ⌈n/3⌉-th, the second up to that of the
     * ⌈2n/3⌉-th, so that equal ones are never parted.
     */
    private int[] terciles(Measure measure) {
        double[] sorted = IntStream.range(0, base.size())
                .filter(row -> base.frequency(row) > 0)
                .mapToDouble(measure::of)
                .sorted()
                .toArray();
        double first = sorted[(sorted.length + 2) / 3 - 1];
        double second = sorted[(2 * sorted.length + 2) / 3 - 1];
        int[] classes = new int[base.size()];
        Arrays.setAll(classes, row -> {
            double own = measure.of(row);
            return base.frequency(row) == 0 ? 0 : own <= first ? 1 : own <= second ? 2 : 3;
        });
        return classes;
    }

    /** Whole days: a difference of times in weeks would part customers of the same day by its rounding. */
    private double daysSinceLastPurchase(int row) {
        return base.ageSteps(row) - base.recencySteps(row);
    }

    /** Everybody's values by a model of everybody instead of the sample. */
    CustomerValues valuesByOwnFit() {
        return ownFit().value(base, terms);
    }

    List<FitReport> reportsOfOwnFit() {
        return ownFit().reports();
    }

    private TransactionSpendModel.Fitted ownFit() {
        return TransactionSpendModel.of(ParetoNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(base);
    }

    List<IsoValuePoint> contour(double worth) {
        TransactionSpendModel.Fitted model = this.model;
        ValuationTerms terms = this.terms;
        // snippet:iso-value-contour
        IsoValue iso = IsoValue.of(model, terms, TimeScale.WEEKS, 77.86);
        List<Integer> frequencies = List.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14);
        List<IsoValuePoint> contour = iso.contour(worth, frequencies, 35);
        // end
        return contour;
    }

    CustomerBase everyone() {
        return everyone;
    }

    CustomerBase base() {
        return base;
    }

    TransactionSpendModel.Fitted model() {
        return model;
    }

    CustomerValues values() {
        return values;
    }

    /** The rows of a cell; 0, 0, 0 is who never came back. */
    int[] rows(int r, int f, int m) {
        return IntStream.range(0, base.size())
                .filter(row -> recency[row] == r && frequency[row] == f && spend[row] == m)
                .toArray();
    }

    /** The first and the last of a measure in a class, 1 to 3, as "1 to 2"; recency in days since the last purchase. */
    String range(String measure, int tercile) {
        int[] classes = measure.equals("R") ? recency : measure.equals("F") ? frequency : spend;
        Measure of = measure.equals("R")
                ? this::daysSinceLastPurchase
                : measure.equals("F") ? base::frequency : base::monetaryValue;
        double[] sorted = IntStream.range(0, base.size())
                .filter(row -> classes[row] == tercile)
                .mapToDouble(of::of)
                .sorted()
                .toArray();
        String format = measure.equals("M") ? "%.3f to %.3f" : "%.0f to %.0f";
        return String.format(Locale.ROOT, format, sorted[0], sorted[sorted.length - 1]);
    }
}
