// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ModelException;

/**
 * The distinct histories of a base in an order of their own, and how many customers have each: a sum over them does not depend on how
 * the base is sorted.
 */
final class SortedHistories {

    final int[] frequency;
    final double[] recency;
    final double[] age;
    /** The sums of the weights. */
    final double[] customers;
    /** What is known of the customers; neighbours of the same share an array. */
    final double[][] design;

    private SortedHistories(int size) {
        frequency = new int[size];
        recency = new double[size];
        age = new double[size];
        customers = new double[size];
        design = new double[size][];
    }

    /**
     * Takes the histories of a base.
     *
     * @param model the model's name
     * @param parameters how many parameters it has
     * @param base the customers
     * @return the histories by frequency, recency and age
     * @throws ModelException if there are fewer customers than parameters, or no repeat purchases
     */
    static SortedHistories of(String model, int parameters, CustomerBase base) {
        double[][] alike = new double[base.size()][];
        Arrays.fill(alike, new double[] {1});
        return of(model, parameters, base, alike);
    }

    /**
     * Takes the histories of a base whose customers differ by more.
     *
     * @param model the model's name
     * @param parameters how many parameters it has
     * @param base the customers
     * @param known what else is known of each, the same numbers
     * @return the histories by what is known, then by frequency, recency and age
     * @throws ModelException if there are fewer customers than parameters, or no repeat purchases
     */
    static SortedHistories of(String model, int parameters, CustomerBase base, double[][] known) {
        if (base.size() < parameters) {
            throw new ModelException(model + " needs at least " + parameters + " customers, but the base has "
                    + base.size() + "; with so few, use average-order");
        }
        int[] order = IntStream.range(0, base.size())
                .boxed()
                .sorted(((Comparator<Integer>) (a, b) -> Arrays.compare(known[a], known[b]))
                        .thenComparingInt(base::frequency)
                        .thenComparingDouble(base::recency)
                        .thenComparingDouble(base::age)
                        .thenComparingDouble(base::weight))
                .mapToInt(row -> row)
                .toArray();
        SortedHistories all = new SortedHistories(base.size());
        int size = 0;
        for (int row : order) {
            boolean others = size == 0 || !Arrays.equals(all.design[size - 1], known[row]);
            boolean another = others
                    || all.frequency[size - 1] != base.frequency(row)
                    || all.recency[size - 1] != base.recency(row)
                    || all.age[size - 1] != base.age(row);
            if (another) {
                all.frequency[size] = base.frequency(row);
                all.recency[size] = base.recency(row);
                all.age[size] = base.age(row);
                all.design[size] = others ? known[row] : all.design[size - 1];
                size++;
            }
            all.customers[size - 1] += base.weight(row);
        }
        SortedHistories histories = all.first(size);
        if (!(histories.rate() > 0)) {
            throw new ModelException(model + " needs repeat purchases, but none of the " + base.size()
                    + " customers came back by the calibration end; observe longer, or use average-order");
        }
        return histories;
    }

    private SortedHistories first(int size) {
        SortedHistories first = new SortedHistories(size);
        System.arraycopy(frequency, 0, first.frequency, 0, size);
        System.arraycopy(recency, 0, first.recency, 0, size);
        System.arraycopy(age, 0, first.age, 0, size);
        System.arraycopy(customers, 0, first.customers, 0, size);
        System.arraycopy(design, 0, first.design, 0, size);
        return first;
    }

    int size() {
        return age.length;
    }

    double meanAge() {
        double sum = 0;
        for (int i = 0; i < age.length; i++) {
            sum += customers[i] * age[i];
        }
        return sum / Arrays.stream(customers).sum();
    }

    /** Repeat purchases a customer and period; 0 if there is no time. */
    double rate() {
        double purchases = 0;
        double time = 0;
        for (int i = 0; i < age.length; i++) {
            purchases += customers[i] * frequency[i];
            time += customers[i] * age[i];
        }
        return time > 0 ? purchases / time : 0;
    }
}
