// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.io.TransactionFile;
import org.junit.jupiter.api.Assumptions;

/**
 * The CDNOW sample: 2,357 customers acquired in the first quarter of 1997, the models fitted on 39 weeks, and what they say of them
 * and of the 39 weeks after.
 */
final class CdnowStudy {

    /** Where the sample lies in the folder of shared data. */
    static final String FILE = "data/cdnow/CDNOW_sample.txt";

    /** The day before the first of the data: a week is over at the end of its seventh day. */
    static final LocalDate START = LocalDate.of(1996, 12, 31);

    static final int CALIBRATION = 39;
    static final int HORIZON = 39;
    static final int WEEKS = CALIBRATION + HORIZON;

    /** Frequencies from here on are one group. */
    static final int MANY = 7;

    private final TransactionLog log;
    private final CustomerBase base;
    private final Map<String, FittedTransactionModel> models = new LinkedHashMap<>();
    private final Map<String, TreeSet<LocalDate>> days = new TreeMap<>();

    private CdnowStudy(Path file) {
        // snippet:cdnow-read
        TransactionLog log = TransactionFile.withDefaults()
                .withHeader(false)
                .withCustomer("2")
                .withDate("3")
                .withAmount("5")
                .readFile(file)
                .log();
        CustomerBase base = CustomerBase.of(
                log, Observation.untilIso("1997-09-30").withHoldoutEnd(LocalDate.of(1998, 6, 30)), TimeScale.WEEKS);
        // end
        this.log = log;
        this.base = base;
        for (String name : List.of("pareto-nbd", "bg-nbd", "mbg-nbd", "nbd")) {
            models.put(name, ModelCatalog.load().transactions(name).model().fit(base));
        }
        for (int row = 0; row < log.size(); row++) {
            days.computeIfAbsent(log.customerId(row), id -> new TreeSet<>()).add(log.date(row));
        }
    }

    /** Reads the sample and fits the models; the test is skipped where the data are absent. */
    static CdnowStudy ofSharedData() {
        return new CdnowStudy(file());
    }

    /** The file of the sample; the test is skipped where it is absent. */
    static Path file() {
        Path file = Path.of(System.getProperty("clv.shared", "absent"), FILE);
        Assumptions.assumeTrue(Files.isReadable(file), () -> "skipped: no CDNOW data at " + file);
        return file;
    }

    TransactionLog log() {
        return log;
    }

    CustomerBase base() {
        return base;
    }

    /** The fitted models by name. */
    Map<String, FittedTransactionModel> models() {
        return models;
    }

    /** The days on which a customer bought. */
    List<LocalDate> daysOf(String customer) {
        return List.copyOf(days.getOrDefault(customer, new TreeSet<>()));
    }

    /** Time in weeks. */
    static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }

    /** Repeat purchases of all customers up to week 0, 1, …, 78. */
    double[] actualByWeek() {
        double[] cumulative = new double[WEEKS + 1];
        for (TreeSet<LocalDate> bought : days.values()) {
            for (LocalDate day : bought.tailSet(bought.first(), false)) {
                cumulative[(int) Math.ceil(weeks(START, day))]++;
            }
        }
        for (int week = 1; week <= WEEKS; week++) {
            cumulative[week] += cumulative[week - 1];
        }
        return cumulative;
    }

    /** What a model expects of customers of whom it knows nothing but the day of their first purchase. */
    double[] expectedByWeek(FittedTransactionModel model) {
        double[] cumulative = new double[WEEKS + 1];
        for (int week = 0; week <= WEEKS; week++) {
            cumulative[week] = expectedUpTo(base, model, week);
        }
        return cumulative;
    }

    private static double expectedUpTo(CustomerBase base, FittedTransactionModel model, int week) {
        // snippet:cdnow-tracking
        double expected = 0;
        for (int row = 0; row < base.size(); row++) {
            double birth = weeks(START, base.firstDate(row).orElseThrow());
            if (birth < week) {
                expected += model.expectedTransactionsOfNewCustomer(week - birth);
            }
        }
        // end
        return expected;
    }

    /** The steps of cumulative figures: what came in week 1, 2, …, 78. */
    static double[] increments(double[] cumulative) {
        double[] steps = new double[cumulative.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = cumulative[i + 1] - cumulative[i];
        }
        return steps;
    }

    /** The group of a row by its repeat purchases in the calibration. */
    int group(int row) {
        return Math.min(base.frequency(row), MANY);
    }

    /** Customers with 0, 1, …, 7 and more repeat purchases in the calibration. */
    double[] customersByFrequency() {
        double[] customers = new double[MANY + 1];
        for (int row = 0; row < base.size(); row++) {
            customers[group(row)]++;
        }
        return customers;
    }

    /** The same as a model has it. */
    double[] customersByFrequency(FittedTransactionModel model) {
        TransactionDistribution distribution = (TransactionDistribution) model;
        double[] customers = new double[MANY + 1];
        for (int row = 0; row < base.size(); row++) {
            double more = 1;
            for (int frequency = 0; frequency < MANY; frequency++) {
                double probability = distribution.probabilityOfTransactions(frequency, base.age(row));
                customers[frequency] += probability;
                more -= probability;
            }
            customers[MANY] += more;
        }
        return customers;
    }

    /** Purchases in the holdout, a customer. */
    double[] actualInHoldout() {
        double[] purchases = new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            purchases[row] = base.holdoutTransactions(row);
        }
        return purchases;
    }

    /** The same as a model expects it, knowing the calibration. */
    double[] expectedInHoldout(FittedTransactionModel model) {
        double[] expected = new double[base.size()];
        model.expectedTransactionsInto(base, 0, base.size(), HORIZON, expected);
        return expected;
    }

    /** The same if everybody went on at the pace of the calibration. */
    double[] samePaceInHoldout() {
        double[] expected = new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            expected[row] = base.frequency(row) * HORIZON / base.age(row);
        }
        return expected;
    }

    /** The mean of a column of all customers, by repeat purchases in the calibration. */
    double[] meanByFrequency(double[] column) {
        double[] means = new double[MANY + 1];
        double[] customers = customersByFrequency();
        for (int row = 0; row < column.length; row++) {
            means[group(row)] += column[row] / customers[group(row)];
        }
        return means;
    }

    /** The probability that a customer is alive after each day from the first purchase on, twice on days with a purchase. */
    double[][] alivePath(FittedTransactionModel model, String customer) {
        List<LocalDate> bought = daysOf(customer);
        LocalDate first = bought.get(0);
        int last = (int) ChronoUnit.DAYS.between(first, START.plusWeeks(WEEKS));
        double[] times = new double[last + bought.size()];
        double[] alive = new double[times.length];
        int frequency = 0;
        int next = 1;
        int at = 0;
        for (int day = 0; day <= last; day++) {
            double time = day / 7.0;
            times[at] = time;
            alive[at++] = model.probabilityAlive(frequency, weeks(first, bought.get(frequency)), time);
            if (next < bought.size() && ChronoUnit.DAYS.between(first, bought.get(next)) == day) {
                frequency = next++;
                times[at] = time;
                alive[at++] = model.probabilityAlive(frequency, time, time);
            }
        }
        return new double[][] {times, alive};
    }
}
