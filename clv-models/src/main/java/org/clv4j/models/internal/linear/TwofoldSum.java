// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.linear;

/** A sum of products in twice the precision (Ogita, Rump and Oishi, Accurate sum and dot product, 2005). Not thread-safe. */
final class TwofoldSum {

    private double high;
    private double low;

    void reset(double value) {
        high = value;
        low = 0;
    }

    void add(double term) {
        double sum = high + term;
        double part = sum - high;
        low += (high - (sum - part)) + (term - part);
        high = sum;
    }

    void addProduct(double one, double other) {
        double product = one * other;
        low += Math.fma(one, other, -product);
        add(product);
    }

    double value() {
        return high + low;
    }
}
