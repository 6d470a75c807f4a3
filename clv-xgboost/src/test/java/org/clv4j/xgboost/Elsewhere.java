// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.util.Map;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;

/** Run in a virtual machine of its own, whose standard streams a test reads: predicts with a tree from a state, then tries to fit. */
public final class Elsewhere {

    private Elsewhere() {}

    /**
     * Fits and prints.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        ModelState stump = ModelState.builder()
                .text("objective", "SQUARED_ERROR")
                .text("features", "x")
                .numbers("start", 10)
                .numbers("factor", 2)
                .numbers("gains", 1)
                .numbers("trees/starts", 0, 3)
                .numbers("trees/feature", 0, -1, -1)
                .numbers("trees/value", 0.5, -1, 1)
                .numbers("trees/right", 2, 0, 0)
                .numbers("trees/missing_left", 1, 0, 0)
                .numbers("trees/cover", 4, 2, 2)
                .build();
        BoostedTrees.Fitted loaded = new BoostedTreesProvider()
                .ofState(
                        stump,
                        FitReport.builder("boosted", Map.of()).customers(4).build());
        System.out.println("predicted " + loaded.predict(new double[] {0.2}) + " " + loaded.predict(new double[] {0.5})
                + " " + loaded.predict(new double[] {Double.NaN}));
        double[] column = new double[50];
        double[] target = new double[50];
        for (int i = 0; i < column.length; i++) {
            column[i] = i;
            target[i] = i % 7;
        }
        TrainingData data =
                TrainingData.of(FeatureTable.builder().column("x", column).build(), target);
        for (int time = 0; time < 2; time++) {
            try {
                System.out.println("trees "
                        + BoostedTrees.withDefaults().withRounds(3).fit(data).trees());
            } catch (ModelException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
