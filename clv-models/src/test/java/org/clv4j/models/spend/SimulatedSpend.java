// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.SpendSimulator;

/** Bases of customers with amounts of a simulator. */
final class SimulatedSpend {

    private static final int[] PURCHASES = {0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 12, 20};

    private SimulatedSpend() {}

    /** Customers with 0 to 20 repeat purchases. */
    static CustomerBase base(SpendSimulator simulator, int customers) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            int x = PURCHASES[i % PURCHASES.length];
            double sum =
                    Arrays.stream(simulator.simulateSpends(x, 1_000_000L + i)).sum();
            summaries.add(CustomerSummary.of("C" + i, x, x == 0 ? 0 : 10, 30, x == 0 ? 0 : sum / x));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    /** Customers of one frequency. */
    static CustomerBase ofFrequency(SpendSimulator simulator, int frequency, int customers) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            double sum = Arrays.stream(simulator.simulateSpends(frequency, 5_000_000L + i))
                    .sum();
            summaries.add(CustomerSummary.of("C" + i, frequency, 10, 30, sum / frequency));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }

    /** The same customers and more. */
    static CustomerBase with(CustomerBase base, CustomerSummary... more) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            summaries.add(base.summary(row));
        }
        summaries.addAll(List.of(more));
        return CustomerBase.ofSummaries(summaries, base.timeScale());
    }
}
