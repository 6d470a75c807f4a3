// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.xgboost.BoostedTrees;
import org.clv4j.xgboost.Monotone;
import org.junit.jupiter.api.Test;

/** The example of docs/models/boosted.md. */
class BoostedExamplesTest {

    private static final String CUT = "2024-09-30";

    @Test
    void boosted() {
        Console.assertPrints("boosted.txt", BoostedExamplesTest::learn);
    }

    private static void learn() {
        CustomerBase base = CustomerBase.of(Shop.log(4000), Observation.untilIso(CUT), TimeScale.WEEKS);
        double[] spent = spentAfter(base);
        FeatureTable features = features(base);
        // snippet:boosted
        // Features until 30 September, and what each of 4,000 customers spent in the three months after.
        TrainingData data = TrainingData.of(features, spent).selectRows(rows(0, 3000));
        BoostedTrees.Fitted trees = BoostedTrees.withDefaults()
                .withMonotone("frequency", Monotone.INCREASING)
                .withEarlyStopping(0.2, 25)
                .fit(data);
        System.out.println(trees.report().summary());
        trees.importance().forEach((name, share) -> System.out.printf("  %-16s %4.0f %%%n", name, 100 * share));

        FeatureTable others = features.rows(3000, 4000);
        double[] predicted = trees.predictColumn(others);
        System.out.printf("predicted %.1f, spent %.1f a customer%n", mean(predicted), mean(spent, 3000, 4000));
        double[] row = new double[4];
        others.rowInto(1, row);
        System.out.printf("C3002: %.2f = exp(%.3f", trees.predict(row), trees.baseline());
        for (double contribution : trees.contributions(row)) {
            System.out.printf(" %+.3f", contribution);
        }
        System.out.println(")");
        // end
    }

    private static int[] rows(int from, int to) {
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        return rows;
    }

    private static double mean(double[] values) {
        return mean(values, 0, values.length);
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    /** The spend of an occasion is missing where there was no repeat purchase. */
    private static FeatureTable features(CustomerBase base) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (String name : new String[] {"frequency", "recency", "age", "spend"}) {
            columns.put(name, new double[base.size()]);
        }
        for (int row = 0; row < base.size(); row++) {
            columns.get("frequency")[row] = base.frequency(row);
            columns.get("recency")[row] = base.recency(row);
            columns.get("age")[row] = base.age(row);
            columns.get("spend")[row] = base.frequency(row) > 0 ? base.monetaryValue(row) : Double.NaN;
        }
        FeatureTable.Builder builder = FeatureTable.builder().allowingMissing();
        columns.forEach(builder::column);
        return builder.build();
    }

    private static double[] spentAfter(CustomerBase base) {
        Map<String, Integer> rowOf = new HashMap<>();
        for (int row = 0; row < base.size(); row++) {
            rowOf.put(base.id(row), row);
        }
        double[] spent = new double[base.size()];
        for (Shop.Sale sale : Shop.sales(4000)) {
            if (sale.day().isAfter(LocalDate.parse(CUT))) {
                spent[rowOf.get(sale.customer())] += sale.amount().doubleValue();
            }
        }
        return spent;
    }
}
