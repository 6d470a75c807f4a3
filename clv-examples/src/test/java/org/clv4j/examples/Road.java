// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

// snippet:java-road
import java.nio.file.Path;
import org.clv4j.core.data.*;
import org.clv4j.core.equity.*;
import org.clv4j.core.model.*;
import org.clv4j.core.value.*;
import org.clv4j.io.*;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;

class Road {
    public static void main(String[] args) {
        TransactionData data = TransactionFile.withDefaults().readFile(Path.of(args[0]));
        CustomerBase base = CustomerBase.of(data.log(), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);

        TransactionSpendModel model = TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults());
        FittedClvModel fitted = model.fit(base);
        fitted.reports().forEach(System.out::println);

        ValuationTerms terms = ValuationTerms.of(
                Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);
        CustomerValues values = fitted.value(base, terms);
        int row = base.indexOf("C1");
        System.out.printf("P(alive) of C1      %.4f%n", values.get(ValueColumn.PROBABILITY_ALIVE, row));
        System.out.printf("future value of C1  %.2f%n", values.futureValue(row));

        CustomerEquity equity = EquityAggregator.withDefaults().aggregate(values);
        System.out.printf("customer equity     %.2f%n", equity.total().equity());
    }
}
// end
