// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;
import org.clv4j.models.Csv;

/** Data of the tests of regressions. */
final class Regressions {

    private Regressions() {}

    /** A table beside the tests: the target in its first column. */
    static TrainingData read(String name) {
        List<Map<String, String>> rows = Csv.resource("/org/clv4j/models/regression/" + name + ".csv");
        List<String> names = new ArrayList<>(rows.get(0).keySet());
        FeatureTable.Builder table = FeatureTable.builder();
        for (String feature : names.subList(1, names.size())) {
            table.column(feature, column(rows, feature));
        }
        return TrainingData.of(table.build(), column(rows, names.get(0)));
    }

    private static double[] column(List<Map<String, String>> rows, String name) {
        return rows.stream().mapToDouble(row -> Csv.number(row, name)).toArray();
    }

    static double[] targets(TrainingData data) {
        double[] targets = new double[data.rows()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = data.target(i);
        }
        return targets;
    }

    static double[] mapped(double[] values, DoubleUnaryOperator map) {
        return Arrays.stream(values).map(map).toArray();
    }
}
