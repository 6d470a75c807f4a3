// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/**
 * What histories are worth, and which histories are worth the same. All customers here have one age T, so that a history is a frequency x, a
 * recency t_x in [0, T] and a mean spend z̄ of repeat occasions:
 *
 * <pre>
 * value(x, t_x, z̄) = margin × E(spend | x, z̄) × discounted expected transactions(x, t_x, T)
 * </pre>
 *
 * under any terms, of a finite or the infinite horizon; to the last bit what {@link TransactionSpendModel.Fitted#value} says of such a
 * customer.
 *
 * <p><b>Contours.</b> The histories of one value and one spend make a curve over frequency and recency. It is solved for the recency of each
 * frequency, on the continuum. A frequency may have none: a single repeat purchase yesterday may be worth less than the value asked for, and
 * twenty are worth more even if the last was long ago. As one goes up in frequency, the recency of a value first falls, because who buys
 * more often is worth more; then it rises, because of one who used to buy often, a long silence says that she has left. The curve bends
 * back: at many a recency there are two frequencies of one value. Both branches are in the contour, as it goes by frequency.
 *
 * <p>In models whose value grows with recency, as Pareto/NBD and BG/NBD, a frequency has one recency at most. All recencies are found that
 * lie in different ones of {@value #PIECES} equal pieces of [0, T], to a part of 1e-12 of T.
 *
 * <p><b>Limits.</b> Models that ask for more of a customer than a summary, as covariates or each gap, fall back to what they say of summaries
 * or refuse them. Frequency 0 has one value, recency 0 and no spend, so that it is in grids but in no contour.
 *
 * <p>Cost: a grid values a customer a cell; a point of a contour about 110 customers. Immutable and thread-safe.
 */
public final class IsoValue {

    static final int PIECES = 64;

    private static final int HALVINGS = 40;

    private final TransactionSpendModel.Fitted model;
    private final ValuationTerms terms;
    private final TimeScale timeScale;
    private final double age;

    private IsoValue(TransactionSpendModel.Fitted model, ValuationTerms terms, TimeScale timeScale, double age) {
        this.model = model;
        this.terms = terms;
        this.timeScale = timeScale;
        this.age = age;
    }

    /**
     * Returns what values histories.
     *
     * @param model the model, fitted in the unit of time
     * @param terms the terms of the valuation
     * @param timeScale the unit of age, recency and horizon
     * @param age T, first purchase to now; finite, above 0
     * @return what values them
     * @throws IllegalArgumentException if the age is out of its range
     */
    public static IsoValue of(
            TransactionSpendModel.Fitted model, ValuationTerms terms, TimeScale timeScale, double age) {
        if (!(age > 0 && age < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`age` must be finite and above 0, but was " + age);
        }
        return new IsoValue(
                Objects.requireNonNull(model, "model"),
                Objects.requireNonNull(terms, "terms"),
                Objects.requireNonNull(timeScale, "timeScale"),
                age);
    }

    /**
     * Returns what a history is worth.
     *
     * @param frequency x, repeat occasions, at least 0
     * @param recency t_x, in [0, age]; does not matter without repeat occasions
     * @param spend the mean amount of a repeat occasion; does not matter without one
     * @return the value
     * @throws IllegalArgumentException if a number is out of its range
     * @throws org.clv4j.core.model.ModelException if the model cannot value it
     */
    public double value(int frequency, double recency, double spend) {
        return values(List.of(summary("1", frequency, recency, spend))).futureValue(0);
    }

    /**
     * Values all histories of a grid.
     *
     * @param frequencies whole numbers, at least 0; at least one
     * @param recencies each in [0, age]; at least one
     * @param spends mean amounts of a repeat occasion; at least one
     * @return the grid
     * @throws IllegalArgumentException if a list is empty or a number is out of its range
     * @throws org.clv4j.core.model.ModelException if the model cannot value a history
     */
    public IsoValueGrid grid(
            List<? extends Number> frequencies, List<? extends Number> recencies, List<? extends Number> spends) {
        List<Integer> x = whole(frequencies);
        List<Double> t = numbers(recencies, "recencies");
        List<Double> z = numbers(spends, "spends");
        List<CustomerSummary> histories = new ArrayList<>(x.size() * t.size() * z.size());
        for (int frequency : x) {
            for (double recency : t) {
                for (double spend : z) {
                    histories.add(summary(Integer.toString(histories.size()), frequency, recency, spend));
                }
            }
        }
        CustomerValues values = values(histories);
        return new IsoValueGrid(ValuationBasis.of(values), age, x, t, z, values.column(ValueColumn.CLV));
    }

    /**
     * Finds the recencies at which a frequency and a spend are worth a value.
     *
     * @param value the value; finite
     * @param frequency x, repeat occasions, at least 1
     * @param spend the mean amount of a repeat occasion
     * @return the recencies, ascending; empty if there is none in [0, age]
     * @throws IllegalArgumentException if a number is out of its range
     * @throws org.clv4j.core.model.ModelException if the model cannot value such a history
     */
    public List<Double> recencies(double value, int frequency, double spend) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("`value` must be finite, but was " + value);
        }
        if (frequency < 1) {
            throw new IllegalArgumentException("`frequency` must be at least 1, but was " + frequency);
        }
        List<CustomerSummary> edges = new ArrayList<>(PIECES + 1);
        for (int i = 0; i <= PIECES; i++) {
            edges.add(summary(Integer.toString(i), frequency, edge(i), spend));
        }
        CustomerValues there = values(edges);
        List<Double> found = new ArrayList<>();
        for (int i = 0; i <= PIECES; i++) {
            double above = there.futureValue(i) - value;
            if (above == 0) {
                found.add(edge(i));
            } else if (i > 0 && above * Math.signum(there.futureValue(i - 1) - value) < 0) {
                found.add(between(edge(i - 1), edge(i), above > 0, value, frequency, spend));
            }
        }
        return List.copyOf(found);
    }

    private double edge(int i) {
        return i == PIECES ? age : age / PIECES * i;
    }

    /** Halves a piece whose ends lie on both sides of the value. */
    private double between(double from, double to, boolean rising, double value, int frequency, double spend) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = low + (high - low) / 2;
            if ((value(frequency, middle, spend) < value) == rising) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    /**
     * Returns the histories of a value and a spend.
     *
     * @param value the value; finite
     * @param frequencies whole numbers, at least 1, in the order in which the contour goes
     * @param spend the mean amount of a repeat occasion
     * @return the points, by frequency, then by recency; frequencies that have none are left out
     * @throws IllegalArgumentException if a number is out of its range
     * @throws org.clv4j.core.model.ModelException if the model cannot value such a history
     */
    public List<IsoValuePoint> contour(double value, List<? extends Number> frequencies, double spend) {
        List<IsoValuePoint> points = new ArrayList<>();
        for (int frequency : whole(frequencies)) {
            for (double recency : recencies(value, frequency, spend)) {
                points.add(new IsoValuePoint(frequency, recency, spend, value));
            }
        }
        return List.copyOf(points);
    }

    private CustomerValues values(List<CustomerSummary> histories) {
        return model.value(CustomerBase.ofSummaries(histories, timeScale), terms);
    }

    private CustomerSummary summary(String id, int frequency, double recency, double spend) {
        if (frequency < 0) {
            throw new IllegalArgumentException("`frequency` must be at least 0, but was " + frequency);
        }
        if (!(recency >= 0 && recency <= age)) {
            throw new IllegalArgumentException("`recency` must be in [0, age = " + age + "], but was " + recency);
        }
        if (!Double.isFinite(spend)) {
            throw new IllegalArgumentException("`spend` must be finite, but was " + spend);
        }
        return CustomerSummary.of(id, frequency, frequency == 0 ? 0 : recency, age, frequency == 0 ? 0 : spend);
    }

    private static List<Double> numbers(List<? extends Number> numbers, String name) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("`" + name + "` must have at least one number, but was empty");
        }
        return numbers.stream().map(Number::doubleValue).toList();
    }

    private static List<Integer> whole(List<? extends Number> frequencies) {
        List<Integer> whole = new ArrayList<>();
        for (double frequency : numbers(frequencies, "frequencies")) {
            if (!(frequency >= 0 && frequency <= Integer.MAX_VALUE && frequency == Math.rint(frequency))) {
                throw new IllegalArgumentException(
                        "`frequencies` must be whole numbers, at least 0, but had " + frequency);
            }
            whole.add((int) frequency);
        }
        return whole;
    }
}
