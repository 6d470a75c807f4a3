// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.models.attrition.TimeVaryingParetoNbd;

/** A made-up shop whose customers buy more in the season and when they get mail, and leave later if they do. */
final class TimeVaryingShop {

    static final LocalDate START = LocalDate.of(2022, 1, 3);
    /** The last day of the calibration, after 78 weeks. */
    static final LocalDate END = START.plusWeeks(78);

    static final TimeVaryingParetoNbd.Fitted TRUTH = TimeVaryingParetoNbd.Fitted.of(
            1.2, 10, 0.9, 30, effects("purchase:season", 0.5, "purchase:mail", 0.7, "dropout:mail", -0.6));

    private TimeVaryingShop() {}

    private static Map<String, Double> effects(Object... namesAndValues) {
        Map<String, Double> effects = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            effects.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return effects;
    }

    /** A season that all share, in weeks, and mail of each customer; both go on for a year after the calibration. */
    static CovariatePaths paths(int customers, long seed) {
        CovariatePaths.Builder season = CovariatePaths.shared(List.of("season"));
        for (int week = 0; week < 130; week++) {
            season.add(START.plusWeeks(week), List.of(Math.round(100 * Math.sin(week / 8.0)) / 100.0));
        }
        SplittableRandom random = new SplittableRandom(seed);
        CovariatePaths.Builder mail =
                CovariatePaths.ofCustomers(List.of("mail")).defaults(List.of(0));
        for (int customer = 1; customer <= customers; customer++) {
            // Some get mail often, some hardly ever.
            int pause = 4 + random.nextInt(30);
            for (int week = random.nextInt(pause); week < 130; week += 3 + random.nextInt(pause)) {
                mail.add("C" + customer, START.plusWeeks(week), List.of(1));
                mail.add("C" + customer, START.plusWeeks(week + 2), List.of(0));
            }
        }
        return season.build().and(mail.build()).withKnownUntil(START.plusWeeks(132));
    }

    /** Customers who come in the first half year. */
    static CustomerBase base(CovariatePaths paths, int customers, long seed) {
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.ofDated(TRUTH.withPaths(paths), (purchases, unused) -> ones(purchases), TimeScale.WEEKS)
                .simulateInto(log, "C", 0, customers, START, START.plusWeeks(26), END, seed);
        return CustomerBase.of(log.build(), Observation.until(END), TimeScale.WEEKS);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
