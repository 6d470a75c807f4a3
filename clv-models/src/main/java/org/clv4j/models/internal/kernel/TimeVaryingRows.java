// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.ModelException;

/**
 * The customers of a base with the histories of their covariates, in columns: each customer's pieces from the first purchase to the
 * calibration end, standardised. Immutable; its arrays stay inside the package.
 *
 * <p>Standardised is what has the mean 0 and the standard deviation 1 over all customers' time in the window.
 */
public final class TimeVaryingRows {

    final int covariates;
    final double[] weights;
    final int[] frequency;
    final double[] recency;
    final double[] age;
    /** Of each row, the sum of the covariates at the repeat purchases. */
    final double[] sums;
    /** Where a row's pieces begin; one more than rows. */
    final int[] starts;
    /** When a piece begins, in periods since the first purchase. */
    final double[] times;
    /** Of each piece, the covariates. */
    final double[] values;

    private final double[] mean;
    private final double[] deviation;

    private TimeVaryingRows(
            double[] weights,
            int[] frequency,
            double[] recency,
            double[] age,
            double[] sums,
            int[] starts,
            double[] times,
            double[] values,
            double[] mean,
            double[] deviation) {
        this.covariates = mean.length;
        this.weights = weights;
        this.frequency = frequency;
        this.recency = recency;
        this.age = age;
        this.sums = sums;
        this.starts = starts;
        this.times = times;
        this.values = values;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * Collects the rows of a base.
     *
     * @param base the customers, made of transactions
     * @param paths the histories of their covariates
     * @param columns which of the paths' covariates
     * @return the rows
     * @throws ModelException if the base was built from summaries, or counts occasions coarser than a day
     * @throws org.clv4j.core.data.DataException if the paths do not cover a customer's time
     */
    public static TimeVaryingRows of(CustomerBase base, CovariatePaths paths, int[] columns) {
        int size = base.size();
        int width = columns.length;
        double[] weights = new double[size];
        int[] frequency = new int[size];
        double[] recency = new double[size];
        double[] age = new double[size];
        double[] sums = new double[size * width];
        int[] starts = new int[size + 1];
        Pieces pieces = new Pieces(width);
        for (int row = 0; row < size; row++) {
            weights[row] = base.weight(row);
            frequency[row] = base.frequency(row);
            recency[row] = base.recency(row);
            age[row] = base.age(row);
            LocalDate first = firstDate(base, row);
            CovariatePaths.Path path = paths.path(base.id(row), first, observationEnd(base));
            int occasion = 1;
            for (int piece = 0; piece < path.pieces(); piece++) {
                pieces.add(timeOf(base.timeScale(), first, path.startDay(piece)), path, piece, columns, starts[row]);
                long next = piece + 1 < path.pieces() ? path.startDay(piece + 1) : Long.MAX_VALUE;
                for (; occasion <= frequency[row] && base.occasionDay(row, occasion) < next; occasion++) {
                    for (int c = 0; c < width; c++) {
                        sums[row * width + c] += path.value(piece, columns[c]);
                    }
                }
            }
            starts[row + 1] = pieces.size;
        }
        double[] times = Arrays.copyOf(pieces.times, pieces.size);
        double[] values = Arrays.copyOf(pieces.values, pieces.size * width);
        double[] mean = new double[width];
        double[] deviation = new double[width];
        TimeVaryingRows raw =
                new TimeVaryingRows(weights, frequency, recency, age, sums, starts, times, values, mean, deviation);
        raw.standardise();
        return raw;
    }

    /**
     * Returns the day of a customer's first purchase.
     *
     * @param base the customers
     * @param row the row
     * @return the day
     * @throws ModelException if the base does not know it, or counts occasions coarser than a day
     */
    public static LocalDate firstDate(CustomerBase base, int row) {
        LocalDate first = base.firstDate(row)
                .orElseThrow(() -> new ModelException("time-varying covariates need the days of purchases, but the"
                        + " customer base was built from summaries; build it from transactions"));
        double days = base.timeScale().between(first, observationEnd(base));
        if (Math.abs(days - base.age(row)) > 1e-9 * (1 + days)) {
            throw new ModelException("time-varying covariates need purchase occasions of a day, but the customer base"
                    + " counts coarser ones; build it with occasions of days");
        }
        return first;
    }

    /**
     * Returns the last day of a base's calibration.
     *
     * @param base the customers
     * @return the day
     * @throws ModelException if the base does not know it
     */
    public static LocalDate observationEnd(CustomerBase base) {
        return base.observation()
                .orElseThrow(() -> new ModelException("time-varying covariates need the calibration end, but the"
                        + " customer base was built from summaries; build it from transactions"))
                .end();
    }

    /**
     * Returns the time from the first purchase to the start of a day.
     *
     * @param unit the unit of time
     * @param first the day of the first purchase
     * @param day the day, not before the first
     * @return the time in periods
     */
    public static double timeOf(TimeScale unit, LocalDate first, long day) {
        return unit.hasDayGrid()
                ? (day - first.toEpochDay()) / (double) unit.daysPerPeriod()
                : unit.between(first, LocalDate.ofEpochDay(day));
    }

    /** Grows with the pieces; those that differ in other covariates only are one. */
    private static final class Pieces {

        private final int width;
        private double[] times = new double[64];
        private double[] values;
        private int size;

        Pieces(int width) {
            this.width = width;
            this.values = new double[64 * width];
        }

        void add(double time, CovariatePaths.Path path, int piece, int[] columns, int firstOfRow) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                values = Arrays.copyOf(values, 2 * size * width);
            }
            boolean same = size > firstOfRow;
            for (int c = 0; c < width; c++) {
                double value = path.value(piece, columns[c]);
                same &= size > 0 && values[(size - 1) * width + c] == value;
                values[size * width + c] = value;
            }
            if (!same) {
                times[size] = time;
                size++;
            }
        }
    }

    private void standardise() {
        double total = 0;
        for (int row = 0; row < size(); row++) {
            total += weights[row] * age[row];
        }
        for (int c = 0; c < covariates; c++) {
            mean[c] = mean(c, total, 0, 1);
            double deviationOfMean = mean(c, total, mean[c], 2);
            deviation[c] = Math.sqrt(deviationOfMean);
        }
        for (int c = 0; c < covariates; c++) {
            // One that does not vary is refused by its name; here it must only stay finite.
            double unit = deviation[c] > 0 ? deviation[c] : 1;
            for (int piece = 0; piece < times.length; piece++) {
                int at = piece * covariates + c;
                values[at] = (values[at] - mean[c]) / unit;
            }
            for (int row = 0; row < size(); row++) {
                int at = row * covariates + c;
                sums[at] = (sums[at] - frequency[row] * mean[c]) / unit;
            }
        }
    }

    /** The mean over customers' time of (z − centre)^power. */
    private double mean(int covariate, double totalTime, double centre, int power) {
        double sum = 0;
        for (int row = 0; row < size(); row++) {
            double ofRow = 0;
            for (int piece = starts[row]; piece < starts[row + 1]; piece++) {
                double end = piece + 1 < starts[row + 1] ? times[piece + 1] : age[row];
                double difference = values[piece * covariates + covariate] - centre;
                ofRow += (Math.min(end, age[row]) - times[piece]) * (power == 1 ? difference : difference * difference);
            }
            sum += weights[row] * ofRow;
        }
        return totalTime > 0 ? sum / totalTime : 0;
    }

    /**
     * Returns the number of rows.
     *
     * @return the number
     */
    public int size() {
        return frequency.length;
    }

    /**
     * Returns the sum of the weights.
     *
     * @return the sum
     */
    public double totalWeight() {
        return Arrays.stream(weights).sum();
    }

    /**
     * Returns the mean of a covariate over customers' time, before it was standardised.
     *
     * @param covariate which, from 0
     * @return the mean
     */
    public double mean(int covariate) {
        return mean[covariate];
    }

    /**
     * Returns the standard deviation of a covariate over customers' time, before it was standardised.
     *
     * @param covariate which, from 0
     * @return the standard deviation; 0 if it does not vary
     */
    public double deviation(int covariate) {
        return deviation[covariate];
    }

    /**
     * Returns every so many rows, for a sample.
     *
     * @param step how many rows one stands for
     * @return the sample, standardised as the whole is
     */
    public TimeVaryingRows every(int step) {
        int size = (size() + step - 1) / step;
        double[] someWeights = new double[size];
        int[] someFrequency = new int[size];
        double[] someRecency = new double[size];
        double[] someAge = new double[size];
        double[] someSums = new double[size * covariates];
        int[] someStarts = new int[size + 1];
        for (int i = 0; i < size; i++) {
            int row = i * step;
            someWeights[i] = weights[row];
            someFrequency[i] = frequency[row];
            someRecency[i] = recency[row];
            someAge[i] = age[row];
            System.arraycopy(sums, row * covariates, someSums, i * covariates, covariates);
            someStarts[i + 1] = someStarts[i] + starts[row + 1] - starts[row];
        }
        double[] someTimes = new double[someStarts[size]];
        double[] someValues = new double[someStarts[size] * covariates];
        for (int i = 0; i < size; i++) {
            int from = starts[i * step];
            int pieces = starts[i * step + 1] - from;
            System.arraycopy(times, from, someTimes, someStarts[i], pieces);
            System.arraycopy(values, from * covariates, someValues, someStarts[i] * covariates, pieces * covariates);
        }
        return new TimeVaryingRows(
                someWeights,
                someFrequency,
                someRecency,
                someAge,
                someSums,
                someStarts,
                someTimes,
                someValues,
                mean,
                deviation);
    }

    /** The weight of each frequency, in ascending order. */
    Map<Integer, Double> weightByFrequency() {
        Map<Integer, Double> weight = new TreeMap<>();
        for (int row = 0; row < size(); row++) {
            weight.merge(frequency[row], weights[row], Double::sum);
        }
        return weight;
    }
}
