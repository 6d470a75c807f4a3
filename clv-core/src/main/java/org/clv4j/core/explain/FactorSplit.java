// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

import java.math.BigDecimal;

/** What the difference of each factor contributes to the difference of two products. */
final class FactorSplit {

    private FactorSplit() {}

    /**
     * Splits Π values − Π averages, each times a common multiplier.
     *
     * @param values the factors of the one product
     * @param averages the factors of the other
     * @param multiplier what both are multiplied by; above 0
     * @return a contribution of each factor; finite
     */
    static double[] of(double[] values, double[] averages, double multiplier) {
        boolean alike = true;
        boolean opposed = false;
        for (int f = 0; f < values.length; f++) {
            double sign = Math.signum(values[f]) * Math.signum(averages[f]);
            alike &= sign > 0;
            opposed |= sign < 0;
        }
        if (alike) {
            return byLogarithms(values, averages, multiplier);
        }
        return opposed ? byOrders(values, averages, multiplier) : byZeros(values, averages, multiplier);
    }

    /** L ln(value/average), where L = (v − a)/ln(v/a) is the logarithmic mean of the products v and a. */
    private static double[] byLogarithms(double[] values, double[] averages, double multiplier) {
        double[] parts = new double[values.length];
        double log = 0;
        for (int f = 0; f < parts.length; f++) {
            parts[f] = Math.log(values[f] / averages[f]);
            log += parts[f];
        }
        double average = product(averages, multiplier);
        double mean = log == 0 ? average : average * (Math.expm1(log) / log);
        for (int f = 0; f < parts.length; f++) {
            parts[f] *= mean;
        }
        return parts;
    }

    /**
     * A factor that is 0 takes the whole difference, which is the limit of the logarithmic mean; several share it. Who has left has no
     * other factors to speak of, so that a first factor of 0 takes all.
     */
    private static double[] byZeros(double[] values, double[] averages, double multiplier) {
        double[] parts = new double[values.length];
        double difference = product(values, multiplier) - product(averages, multiplier);
        if (difference == 0) {
            return parts;
        }
        if (values[0] == 0) {
            parts[0] = difference;
            return parts;
        }
        int zeros = 0;
        for (int f = 0; f < parts.length; f++) {
            zeros += values[f] == 0 || averages[f] == 0 ? 1 : 0;
        }
        for (int f = 0; f < parts.length; f++) {
            parts[f] = values[f] == 0 || averages[f] == 0 ? difference / zeros : 0;
        }
        return parts;
    }

    /** The mean over all orders in which the factors change, where signs differ and there are no logarithms. */
    private static double[] byOrders(double[] values, double[] averages, double multiplier) {
        int factors = values.length;
        double[] parts = new double[factors];
        for (int f = 0; f < factors; f++) {
            for (int changed = 0; changed < 1 << factors; changed++) {
                if ((changed >> f & 1) == 1) {
                    continue;
                }
                double others = multiplier;
                for (int other = 0; other < factors; other++) {
                    others *= other == f ? 1 : (changed >> other & 1) == 1 ? values[other] : averages[other];
                }
                int before = Integer.bitCount(changed);
                parts[f] += factorial(before)
                        * factorial(factors - before - 1)
                        / factorial(factors)
                        * others
                        * (values[f] - averages[f]);
            }
        }
        return parts;
    }

    private static double factorial(int n) {
        double product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    private static double product(double[] factors, double multiplier) {
        double product = multiplier;
        for (double factor : factors) {
            product *= factor;
        }
        return product;
    }

    /** Rounds parts so that they add up to a total exactly: what is missing goes to the largest part, of equal ones the first. */
    static BigDecimal[] rounded(double[] parts, BigDecimal total) {
        BigDecimal[] rounded = new BigDecimal[parts.length];
        BigDecimal missing = total;
        int largest = 0;
        for (int i = 0; i < parts.length; i++) {
            rounded[i] = ScoreExplainer.exact(parts[i]);
            missing = missing.subtract(rounded[i]);
            largest = Math.abs(parts[i]) > Math.abs(parts[largest]) ? i : largest;
        }
        rounded[largest] = rounded[largest].add(missing);
        return rounded;
    }
}
