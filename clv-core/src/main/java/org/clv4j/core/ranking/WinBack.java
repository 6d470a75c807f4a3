// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.internal.PreciseSum;
import org.clv4j.core.internal.RowSort;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValueColumn;

/**
 * Finds customers who are worth much if they are still there, and from whom nothing is likely to be heard.
 *
 * <p><b>Value at risk.</b> With R a customer's residual value (the future value of a valuation), P(alive) the probability to be still there
 * and P(active) that to buy within a horizon H,
 *
 * <pre>
 * value at risk  = R / P(alive) × (1 − P(active))
 * equity at risk = R            × (1 − P(active))
 * </pre>
 *
 * R / P(alive) is the residual value of a customer who is still there, because one who has left is worth nothing more. The division
 * matters: R has P(alive) in it already, so that the second product counts the loss twice, and a customer who is almost surely gone would
 * read as one with nothing to lose. Silence has two reasons, to have left or not to buy in time; the value at risk is at least
 *
 * <pre>
 * R / P(alive) × (1 − P(alive)) = R / P(alive) − R
 * </pre>
 *
 * that is what has been lost already on expectation, and at most R / P(alive), what could be had. The second product is the part of the
 * equity figure that rests on customers who keep silent; it is given, too.
 *
 * <p>A win-back that brings a customer back with certainty gains R / P(alive) − R at most, before its cost: what buys anyway is no gain.
 *
 * <p><b>Limits.</b> Where P(alive) is so small that a double cannot divide by it (below 2<sup>−1022</sup>, or with a quotient beyond 1e100)
 * the value of one still there is not known; such customers are left out, and a warning says how many. Customers under contract are
 * refused.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class WinBack {

    /** So much a customer may be worth. */
    private static final double LARGEST = 1e100;

    private final double horizon;
    private final double maximumProbabilityActive;
    private final double minimumValueAtRisk;
    private final int largest;

    private WinBack(double horizon, double maximumProbabilityActive, double minimumValueAtRisk, int largest) {
        this.horizon = horizon;
        this.maximumProbabilityActive = maximumProbabilityActive;
        this.minimumValueAtRisk = minimumValueAtRisk;
        this.largest = largest;
    }

    /**
     * Returns a search for customers who are less likely than not to buy within a horizon, and have anything at risk.
     *
     * @param horizon H, the time from now in the base's unit; finite, above 0
     * @return the search
     * @throws IllegalArgumentException if the horizon is out of its range
     */
    public static WinBack within(double horizon) {
        if (!(horizon > 0 && horizon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`horizon` must be finite and above 0, but was " + horizon);
        }
        return new WinBack(horizon, 0.5, 0, Integer.MAX_VALUE);
    }

    /**
     * Returns a copy that leaves out customers who are likelier to buy by themselves.
     *
     * @param probability the largest P(active), in [0, 1]; 1 leaves out nobody
     * @return the copy
     * @throws IllegalArgumentException if the probability is out of its range
     */
    public WinBack withMaximumProbabilityActive(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("`probability` must be in [0, 1], but was " + probability);
        }
        return new WinBack(horizon, probability, minimumValueAtRisk, largest);
    }

    /**
     * Returns a copy that leaves out customers with less at risk, as the cost of a letter.
     *
     * @param value the least value at risk; finite, at least 0. Nobody with nothing at risk is ever listed
     * @return the copy
     * @throws IllegalArgumentException if the value is out of its range
     */
    public WinBack withMinimumValueAtRisk(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`value` must be finite and at least 0, but was " + value);
        }
        return new WinBack(horizon, maximumProbabilityActive, value, largest);
    }

    /**
     * Returns a copy that lists only so many, those with most at risk. Sums remain those of all who pass the filters.
     *
     * @param rows how many rows of the base, at least 1
     * @return the copy
     * @throws IllegalArgumentException if it is less
     */
    public WinBack withLargest(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("`rows` must be at least 1, but was " + rows);
        }
        return new WinBack(horizon, maximumProbabilityActive, minimumValueAtRisk, rows);
    }

    /**
     * Finds customers.
     *
     * @param model the transaction model of the valuation
     * @param values what customers are worth, with P(alive)
     * @return the list
     * @throws IllegalArgumentException if the valuation has no P(alive)
     * @throws org.clv4j.core.model.ModelException if the time units differ, or the base has customers under contract
     */
    public WinBackList find(FittedTransactionModel model, CustomerValues values) {
        return find(model, values, Execution.sequential());
    }

    /**
     * Finds customers, on threads and with progress as told.
     *
     * @param model the transaction model of the valuation
     * @param values what customers are worth, with P(alive)
     * @param execution how the work is run; the result does not depend on it
     * @return the list
     * @throws IllegalArgumentException if the valuation has no P(alive)
     * @throws org.clv4j.core.model.ModelException if the time units differ, or the base has customers under contract
     */
    public WinBackList find(FittedTransactionModel model, CustomerValues values, Execution execution) {
        CustomerBase base = values.base();
        MixedModel.requireNoContracts(base);
        model.requireTimeScale(base);
        double[] alive = values.column(ValueColumn.PROBABILITY_ALIVE);
        double[] active = new double[base.size()];
        execution.fill(
                "computing " + ValueColumn.PROBABILITY_ACTIVE,
                active,
                (from, to, out) -> model.probabilityActiveInto(base, from, to, horizon, out));

        int[] rows = new int[base.size()];
        double[] atRisk = new double[base.size()];
        int found = 0;
        double gone = 0;
        PreciseSum customers = new PreciseSum();
        PreciseSum valueAtRisk = new PreciseSum();
        PreciseSum equityAtRisk = new PreciseSum();
        for (int row = 0; row < rows.length; row++) {
            double valueIfAlive = values.futureValue(row) / alive[row];
            if (alive[row] < Double.MIN_NORMAL || Math.abs(valueIfAlive) > LARGEST) {
                gone += base.weight(row);
                continue;
            }
            double risk = valueIfAlive * (1 - active[row]);
            if (active[row] <= maximumProbabilityActive && risk > 0 && risk >= minimumValueAtRisk) {
                rows[found] = row;
                atRisk[found] = risk;
                found++;
                customers.add(base.weight(row));
                valueAtRisk.add(base.weight(row) * risk);
                equityAtRisk.add(base.weight(row) * values.futureValue(row) * (1 - active[row]));
            }
        }
        int[] order = RowSort.sorted(
                found,
                (left, right) -> atRisk[left] > atRisk[right]
                        || (atRisk[left] == atRisk[right] && base.id(rows[left]).compareTo(base.id(rows[right])) <= 0));
        List<WinBackCustomer> listed = new ArrayList<>();
        for (int place : Arrays.copyOf(order, Math.min(found, largest))) {
            int row = rows[place];
            listed.add(customer(model, values, row, alive[row], active[row]));
        }
        return new WinBackList(
                ValuationBasis.of(values),
                horizon,
                listed,
                customers.value(),
                valueAtRisk.value(),
                equityAtRisk.value(),
                warnings(values, gone));
    }

    private WinBackCustomer customer(
            FittedTransactionModel model, CustomerValues values, int row, double alive, double active) {
        CustomerBase base = values.base();
        OptionalLong days = OptionalLong.empty();
        Optional<LocalDate> now = base.observation().map(Observation::end);
        if (now.isPresent() && base.lastDate(row).isPresent()) {
            days = OptionalLong.of(ChronoUnit.DAYS.between(base.lastDate(row).get(), now.get()));
        }
        OptionalDouble time = OptionalDouble.empty();
        Optional<LocalDate> next = Optional.empty();
        if (model instanceof NextPurchase nextPurchase) {
            time = OptionalDouble.of(nextPurchase.expectedTimeToNextPurchase(
                    base.frequency(row), base.recency(row), base.age(row), horizon));
            next = nextPurchase.expectedDateOfNextPurchase(base, row, horizon);
        }
        double expected = values.futureValue(row);
        return new WinBackCustomer(
                base.id(row),
                row,
                base.weight(row),
                alive,
                active,
                expected,
                expected / alive,
                base.age(row) - base.recency(row),
                days,
                time,
                next);
    }

    private static List<String> warnings(CustomerValues values, double gone) {
        List<String> warnings = new ArrayList<>(values.warnings());
        if (gone > 0) {
            warnings.add(gone + " customers are left out: their P(alive) is next to 0, so that what they would be worth"
                    + " alive is not known");
        }
        return warnings;
    }
}
