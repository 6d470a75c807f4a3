// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ModelException;

/** How often customers of each recency were followed for a period, and bought in it; and what they bought. */
final class Returns {

    /** By recency; the last one holds all beyond. */
    private final double[] bought;

    private final double[] followed;
    private int lastRecency;
    private double activePeriods;
    private double orders;
    private double revenue;

    private Returns(int lastRecency) {
        this.lastRecency = lastRecency;
        this.bought = new double[lastRecency + 2];
        this.followed = new double[lastRecency + 2];
    }

    static Returns of(CustomerBase base, int period, int lastRecency) {
        if (!base.hasOccasions()) {
            throw new ModelException(MarkovModel.NAME
                    + " needs the days of purchases, which a base of summaries does not have; fit it to transactions");
        }
        Returns returns = new Returns(lastRecency);
        PeriodGrid grid = Silence.grid(base, period);
        for (int row = 0; row < base.size(); row++) {
            returns.add(base, row, grid);
        }
        returns.poolWhatWasNotSeen();
        return returns;
    }

    private void add(CustomerBase base, int row, PeriodGrid grid) {
        double weight = base.weight(row);
        orders += weight * (base.frequency(row) + 1);
        revenue += weight * base.totalAmountAsDouble(row);
        int before = grid.periodsBack(base.occasionDay(row, 0));
        activePeriods += weight;
        for (int occasion = 1; occasion <= base.frequency(row); occasion++) {
            int next = grid.periodsBack(base.occasionDay(row, occasion));
            if (next < before) {
                pass(before - next - 1, weight);
                count(before - next, true, weight);
                activePeriods += weight;
                before = next;
            }
        }
        pass(before, weight);
    }

    /** Counts the recencies 1, 2, … of a customer who did not buy in the periods after. */
    private void pass(int silent, double weight) {
        int gone = bought.length - 1;
        for (int recency = 1; recency <= Math.min(silent, gone - 1); recency++) {
            count(recency, false, weight);
        }
        if (silent >= gone) {
            followed[gone] += weight * (silent - gone + 1);
        }
    }

    private void count(int recency, boolean buys, double weight) {
        int state = Math.min(recency, bought.length - 1);
        followed[state] += weight;
        bought[state] += buys ? weight : 0;
    }

    /** The longest recency that was followed stands for all beyond, as nothing is known of those. */
    private void poolWhatWasNotSeen() {
        int longest = bought.length - 1;
        while (longest > 0 && followed[longest] == 0) {
            longest--;
        }
        if (longest < 2) {
            throw new ModelException(MarkovModel.NAME
                    + " needs customers who were followed for two periods after a purchase without another, but the base has none;"
                    + " observe them longer, or take shorter periods");
        }
        lastRecency = longest - 1;
    }

    /** Returns the last recency that is told apart. */
    int lastRecency() {
        return lastRecency;
    }

    /** Returns for how many periods customers of a recency were followed; lastRecency + 1 is of those beyond. */
    double followed(int recency) {
        return followed[recency];
    }

    double bought(int recency) {
        return bought[recency];
    }

    double activePeriods() {
        return activePeriods;
    }

    double orders() {
        return orders;
    }

    double revenue() {
        return revenue;
    }
}
