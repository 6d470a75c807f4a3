// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FittedRetentionModel;

/**
 * What a model says of survival, opportunity by opportunity, beside what was observed.
 *
 * @param model the name of the model
 * @param level how sure the intervals of what was observed are to hold the survival
 * @param rows one row for each number of renewals from 0 on
 */
public record SurvivalTable(String model, double level, List<Row> rows) {

    /**
     * One number of renewals.
     *
     * @param renewals n
     * @param calibration whether the model was fitted to what was observed of it
     * @param atRisk how many customers were seen at the n-th opportunity; all at 0
     * @param observed the observed part of those who renewed n times, or empty if nobody was seen so long
     * @param lower the lower end of its interval, or empty where nobody has left, or all have
     * @param upper the upper end of its interval
     * @param survival S(n) by the model
     * @param retentionRate S(n)/S(n − 1) by the model; empty at 0
     */
    public record Row(
            int renewals,
            boolean calibration,
            double atRisk,
            OptionalDouble observed,
            OptionalDouble lower,
            OptionalDouble upper,
            double survival,
            OptionalDouble retentionRate) {}

    /**
     * Creates a table.
     *
     * @param model the name of the model
     * @param level how sure the intervals of what was observed are to hold the survival
     * @param rows one row for each number of renewals from 0 on; copied
     */
    public SurvivalTable {
        rows = List.copyOf(rows);
    }

    /**
     * Sets a model beside what was observed.
     *
     * @param data how long customers stayed: all that is known, also what the model was not fitted to
     * @param model the model
     * @param calibration up to how many renewals the model was fitted; at least 0
     * @param renewals how far the table goes; at least 0
     * @param level how sure the intervals of what was observed are to hold the survival, as 0.95; in (0, 1)
     * @return the table
     * @throws IllegalArgumentException if a number is out of its range
     * @throws org.clv4j.core.data.DataException if there are no customers
     */
    public static SurvivalTable of(
            RetentionData data, FittedRetentionModel model, int calibration, int renewals, double level) {
        requireNotNegative(calibration, "calibration");
        requireNotNegative(renewals, "renewals");
        KaplanMeier observed = KaplanMeier.of(data);
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n <= renewals; n++) {
            rows.add(row(data, observed, model, n, n <= calibration, level));
        }
        return new SurvivalTable(model.name(), level, rows);
    }

    private static Row row(
            RetentionData data,
            KaplanMeier observed,
            FittedRetentionModel model,
            int renewals,
            boolean calibration,
            double level) {
        double survival = model.survival(renewals);
        OptionalDouble rate = renewals == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(model.retentionRate(renewals).value());
        if (renewals > observed.last()) {
            return new Row(
                    renewals,
                    false,
                    0,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    survival,
                    rate);
        }
        Optional<KaplanMeier.Interval> interval = observed.interval(renewals, level);
        return new Row(
                renewals,
                calibration,
                renewals == 0 ? data.customers() : observed.atRisk(renewals),
                OptionalDouble.of(observed.survival(renewals)),
                end(interval.map(KaplanMeier.Interval::lower)),
                end(interval.map(KaplanMeier.Interval::upper)),
                survival,
                rate);
    }

    private static OptionalDouble end(Optional<Double> end) {
        return end.isPresent() ? OptionalDouble.of(end.get()) : OptionalDouble.empty();
    }

    private static void requireNotNegative(int value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException("`" + name + "` must be at least 0, but was " + value);
        }
    }
}
