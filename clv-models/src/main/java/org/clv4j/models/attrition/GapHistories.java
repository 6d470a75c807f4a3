// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;

/** The distinct histories of a base with what their gaps tell, in an order of their own. */
final class GapHistories {

    final int[] frequency;
    final double[] recency;
    final double[] age;
    final double[] logGaps;
    /** The sums of the weights. */
    final double[] customers;

    private GapHistories(int size) {
        frequency = new int[size];
        recency = new double[size];
        age = new double[size];
        logGaps = new double[size];
        customers = new double[size];
    }

    /**
     * Takes the histories of a base.
     *
     * @param model the model's name
     * @param parameters how many parameters it has
     * @param base the customers
     * @param takesSummaries whether gaps may be unknown
     * @return the histories; sums of logarithms of gaps that are not known are NaN
     * @throws ModelException if gaps are not known, there are fewer customers than parameters, or no repeat purchases
     */
    static GapHistories of(String model, int parameters, CustomerBase base, boolean takesSummaries) {
        MixedModel.requireNoContracts(base);
        if (!base.hasGaps() && !takesSummaries) {
            throw new ModelException(model + " is told by the gaps between purchases, which summaries do not have; "
                    + "fit it to transactions, or state withSummaries");
        }
        if (base.size() < parameters) {
            throw new ModelException(model + " needs at least " + parameters + " customers, but the base has "
                    + base.size() + "; with so few, use average-order");
        }
        int[] order = IntStream.range(0, base.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(base::frequency)
                        .thenComparingDouble(base::recency)
                        .thenComparingDouble(base::age)
                        .thenComparingDouble(row -> logGaps(base, row))
                        .thenComparingDouble(base::weight))
                .mapToInt(row -> row)
                .toArray();
        GapHistories all = new GapHistories(order.length);
        int size = 0;
        for (int row : order) {
            boolean another = size == 0
                    || all.frequency[size - 1] != base.frequency(row)
                    || all.recency[size - 1] != base.recency(row)
                    || all.age[size - 1] != base.age(row)
                    || Double.compare(all.logGaps[size - 1], logGaps(base, row)) != 0;
            if (another) {
                all.frequency[size] = base.frequency(row);
                all.recency[size] = base.recency(row);
                all.age[size] = base.age(row);
                all.logGaps[size] = logGaps(base, row);
                size++;
            }
            all.customers[size - 1] += base.weight(row);
        }
        GapHistories histories = all.first(size);
        if (!(histories.rate() > 0)) {
            throw new ModelException(model + " needs repeat purchases, but none of the " + base.size()
                    + " customers came back by the calibration end; observe longer, or use average-order");
        }
        return histories;
    }

    private static double logGaps(CustomerBase base, int row) {
        return base.hasGaps() ? base.sumOfLogGaps(row) : base.frequency(row) == 0 ? 0 : Double.NaN;
    }

    private GapHistories first(int size) {
        GapHistories first = new GapHistories(size);
        System.arraycopy(frequency, 0, first.frequency, 0, size);
        System.arraycopy(recency, 0, first.recency, 0, size);
        System.arraycopy(age, 0, first.age, 0, size);
        System.arraycopy(logGaps, 0, first.logGaps, 0, size);
        System.arraycopy(customers, 0, first.customers, 0, size);
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
