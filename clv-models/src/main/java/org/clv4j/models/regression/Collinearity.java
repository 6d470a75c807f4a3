// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.models.internal.linear.LeastSquares;

/** How far features say the same. */
final class Collinearity {

    /** From here the variance of a coefficient is mostly that of telling its feature from the others. */
    private static final double MUCH = 1e3;

    private static final double ILL_CONDITIONED = 1e7;

    final double conditionNumber;
    final Map<String, Double> inflation;

    Collinearity(double conditionNumber, Map<String, Double> inflation) {
        this.conditionNumber = conditionNumber;
        this.inflation = inflation;
    }

    /** Variance inflation factors: the diagonal of (X'X)⁻¹ times what of the column is not its mean. */
    static Collinearity of(Design design, LeastSquares decomposition) {
        double[][] inverse = decomposition.inverseGram();
        Map<String, Double> factors = new LinkedHashMap<>();
        for (int j = design.intercept ? 1 : 0; j < design.columns.length; j++) {
            double mean = design.intercept ? design.weightedMean(design.columns[j]) : 0;
            double deviation = design.deviation(design.columns[j], mean);
            double factor = inverse[j][j] * deviation * deviation * design.total;
            // NaN, of a column whose square underflows, tells nothing.
            factors.put(design.names.get(j), factor > 1 ? Math.min(Double.MAX_VALUE, factor) : 1);
        }
        return new Collinearity(decomposition.conditionNumber(), factors);
    }

    Optional<FitWarning> warning() {
        List<String> alike = new ArrayList<>();
        inflation.forEach((name, factor) -> {
            if (factor > MUCH) {
                alike.add("'" + name + "'");
            }
        });
        if (alike.isEmpty() && conditionNumber < ILL_CONDITIONED) {
            return Optional.empty();
        }
        String message = alike.isEmpty()
                ? "the condition number of the features is " + (float) conditionNumber
                : "the features " + String.join(", ", alike) + " say nearly the same as others do";
        return Optional.of(new FitWarning(
                Condition.WEAKLY_IDENTIFIED, message + "; their coefficients are not to be read one by one"));
    }
}
