// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import java.time.LocalDate;
import java.util.function.IntToLongFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;

/** How many whole periods lie between the one of a customer's last purchase and the last. */
final class Silence {

    /** What a time may be off a whole number by rounding, as 21/7. */
    private static final double ROUNDING = 1e-9;

    private final IntToLongFunction periods;

    private Silence(IntToLongFunction periods) {
        this.periods = periods;
    }

    static Silence of(CustomerBase base, int period) {
        if (base.hasOccasions() && !base.timeScale().hasDayGrid() && base.size() > 0) {
            // Months have no fixed length: from days, not from recency and age, which are counted from the first
            // purchase.
            PeriodGrid grid = grid(base, period);
            return new Silence(row -> grid.periodsBack(base.occasionDay(row, base.frequency(row))));
        }
        return new Silence(row -> (long) Math.floor((base.age(row) - base.recency(row)) / period + ROUNDING));
    }

    /** The periods of a base that was made of transactions. */
    static PeriodGrid grid(CustomerBase base, int period) {
        LocalDate end = base.observation().map(Observation::end).orElseThrow();
        int earliest = Integer.MAX_VALUE;
        for (int row = 0; row < base.size(); row++) {
            earliest = Math.min(earliest, base.occasionDay(row, 0));
        }
        return PeriodGrid.of(end, base.size() == 0 ? end : LocalDate.ofEpochDay(earliest), base.timeScale(), period);
    }

    /** Returns 0 for a customer who bought in the last period. */
    long periods(int row) {
        return periods.applyAsLong(row);
    }
}
