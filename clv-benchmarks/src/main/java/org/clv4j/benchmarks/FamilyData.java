// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.attrition.BgBb;
import org.clv4j.models.attrition.BgCnbdK;
import org.clv4j.models.attrition.MbgCnbdK;
import org.clv4j.models.attrition.ParetoGgg;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.attrition.TimeVaryingParetoNbd;

/**
 * The customers that every model of the family is fitted to, in weeks. All models meet the same ones, each in the shape that it can
 * read. Every customer has the two numeric attributes {@value #AMOUNT} and {@value #ITEMS} of the first purchase.
 */
final class FamilyData {

    /** The system property that names the file of the CDNOW sample. */
    static final String CDNOW = "clv.cdnow";

    static final String AMOUNT = "amount";
    static final String ITEMS = "items";

    /** Both attributes, on purchases and on dropout. */
    static final Covariates COVARIATES = Covariates.of(AMOUNT, ITEMS);

    /** Which customers. */
    enum Source {
        /** The CDNOW sample up to September 1997. */
        CDNOW,
        /** Simulated ones, of whom hardly two have the same times. */
        DISTINCT
    }

    /** How the times of customers look. */
    enum Shape {
        CONTINUOUS,
        DATES,
        WHOLE_WEEKS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final LocalDate UNTIL = LocalDate.of(1997, 9, 30);
    private static final long SEED = 20_250_102;
    private static final double DAYS_PER_WEEK = 7;

    /** Repeat purchases: {@code times} after the first purchase, in weeks. */
    private record History(String id, LocalDate first, List<Double> times, double age, String amount, String items) {}

    private FamilyData() {}

    /** Returns in which shape a model gets the customers of a source. */
    static Shape shape(String model, Source source) {
        return switch (model) {
            case BgBb.NAME -> Shape.WHOLE_WEEKS;
            // They need the days of all purchases, which only a base of transactions has.
            case BgCnbdK.NAME, MbgCnbdK.NAME, ParetoGgg.NAME, TimeVaryingParetoNbd.NAME -> Shape.DATES;
            default -> source == Source.CDNOW ? Shape.DATES : Shape.CONTINUOUS;
        };
    }

    /** Two covariates that all customers share, a value a week: a season, and a promotion every sixth week. */
    static CovariatePaths weeklyPaths() {
        CovariatePaths.Builder paths = CovariatePaths.shared(List.of("season", "promotion"));
        LocalDate first = LocalDate.of(1996, 12, 30);
        for (int week = 0; !first.plusWeeks(week).isAfter(UNTIL); week++) {
            paths.add(first.plusWeeks(week), List.of(Math.sin(2 * Math.PI * week / 52), week % 6 == 3 ? 1.0 : 0.0));
        }
        return paths.build();
    }

    /** Returns the CDNOW sample, from the file that the system property names. */
    static CustomerBase cdnow(Shape shape) {
        String file = System.getProperty(CDNOW, "");
        if (file.isEmpty()) {
            throw new IllegalStateException(
                    "the CDNOW sample is left out: run java with -D" + CDNOW + "=FILE, where FILE is CDNOW_sample.txt");
        }
        return cdnow(Path.of(file), shape);
    }

    static CustomerBase cdnow(Path file, Shape shape) {
        try {
            return shaped(histories(Files.readAllLines(file, StandardCharsets.UTF_8)), shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads rows of master number, number in the sample, date, number of CDs and amount. */
    private static List<History> histories(List<String> lines) {
        Map<String, History> histories = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length < 5 || !Character.isDigit(fields[0].charAt(0))) {
                continue;
            }
            String id = fields[1];
            LocalDate day = LocalDate.parse(fields[2], DateTimeFormatter.BASIC_ISO_DATE);
            // The rows of a customer are in the order of time.
            History history = histories.computeIfAbsent(
                    id,
                    unused -> new History(
                            id, day, new ArrayList<>(), TimeScale.WEEKS.between(day, UNTIL), fields[4], fields[3]));
            if (day.isAfter(history.first()) && !day.isAfter(UNTIL)) {
                history.times().add(TimeScale.WEEKS.between(history.first(), day));
            }
        }
        return List.copyOf(histories.values());
    }

    /**
     * Returns simulated customers of the Pareto/NBD model with covariates, acquired over 12 weeks like CDNOW's and with its
     * parameters. The effects cancel at the mean of the covariates, so that there are about as many purchases.
     */
    static CustomerBase distinct(int customers, Shape shape) {
        Map<String, Double> parameters = new LinkedHashMap<>(Bases.PARETO_TRANSACTIONS.parameters());
        parameters.put("purchase:" + AMOUNT, 0.012);
        parameters.put("purchase:" + ITEMS, -0.14);
        parameters.put("dropout:" + AMOUNT, -0.012);
        parameters.put("dropout:" + ITEMS, 0.14);
        CovariateDependent truth =
                (CovariateDependent) ((CovariateProvider) ModelCatalog.load().transactions(ParetoNbd.NAME))
                        .ofParameters(parameters, Map.of(AMOUNT, List.of(), ITEMS, List.of()));
        SplittableRandom random = new SplittableRandom(SEED);
        List<History> histories = new ArrayList<>(customers);
        for (int i = 1; i <= customers; i++) {
            String amount = Double.toString(10 + 0.01 * random.nextInt(5_001));
            String items = Integer.toString(1 + random.nextInt(5));
            double age = 27 + 12 * random.nextDouble();
            double[] times = ((TransactionSimulator) truth.ofProfile(Map.of(AMOUNT, amount, ITEMS, items)))
                    .simulateTransactionTimes(age, random.nextLong());
            List<Double> list = new ArrayList<>(times.length);
            for (double time : times) {
                list.add(time);
            }
            histories.add(
                    new History("C" + i, UNTIL.minusDays((long) (age * DAYS_PER_WEEK)), list, age, amount, items));
        }
        return shaped(histories, shape);
    }

    private static CustomerBase shaped(List<History> histories, Shape shape) {
        return switch (shape) {
            case CONTINUOUS -> summaries(histories);
            case DATES -> dates(histories);
            case WHOLE_WEEKS -> wholeWeeks(histories);
        };
    }

    private static CustomerBase summaries(List<History> histories) {
        return CustomerBase.ofSummaries(
                histories.stream()
                        .map(history -> summary(history, history.times(), history.age()))
                        .toList(),
                TimeScale.WEEKS);
    }

    private static CustomerBase dates(List<History> histories) {
        TransactionLog.Builder log = TransactionLog.builder();
        List<Customer> customers = new ArrayList<>();
        for (History history : histories) {
            log.add(history.id(), history.first(), BigDecimal.ONE);
            for (double time : history.times()) {
                // A date that was made into weeks comes back: rounding may have taken it below.
                long days = (long) Math.floor(time * DAYS_PER_WEEK + 1e-9);
                log.add(history.id(), history.first().plusDays(days), BigDecimal.ONE);
            }
            customers.add(Customer.of(history.id())
                    .withAttribute(AMOUNT, history.amount())
                    .withAttribute(ITEMS, history.items()));
        }
        return CustomerBase.of(log.build(), Observation.until(UNTIL), TimeScale.WEEKS)
                .withCustomers(customers);
    }

    /** Each week after the first purchase is an opportunity: a purchase is one of the week in which it falls. */
    private static CustomerBase wholeWeeks(List<History> histories) {
        return CustomerBase.ofSummaries(
                histories.stream()
                        .map(history -> summary(
                                history,
                                history.times().stream()
                                        .map(time -> Math.max(1, Math.ceil(time)))
                                        .distinct()
                                        .toList(),
                                Math.ceil(history.age())))
                        .toList(),
                TimeScale.WEEKS);
    }

    private static CustomerSummary summary(History history, List<Double> times, double age) {
        int frequency = times.size();
        return CustomerSummary.of(history.id(), frequency, frequency == 0 ? 0 : times.get(frequency - 1), age)
                .withAttributes(Map.of(AMOUNT, history.amount(), ITEMS, history.items()));
    }
}
