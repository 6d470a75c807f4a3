// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import org.clv4j.benchmarks.Bases.Times;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.models.attrition.FittedAttritionModel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A customer base of a size and kind of times, also as the plain arrays that naive code would have. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
public class Portfolio {

    /** The number of customers; 2,000 is about the size of the CDNOW sample. */
    @Param({"2000", "100000", "1000000"})
    public int customers;

    /** Whether times are whole days. */
    @Param
    public Times times;

    CustomerBase base;
    int[] frequency;
    double[] recency;
    double[] age;
    double[] monetaryValue;
    /** Receives results. */
    double[] out;
    /** Receives more results. */
    double[] second;

    /** Makes the base. */
    @Setup(Level.Trial)
    public void setUp() {
        use(Bases.of(model(), customers, times));
    }

    /** When customers buy. */
    FittedAttritionModel model() {
        return Bases.TRANSACTIONS;
    }

    /**
     * Makes the arrays of a base.
     *
     * @param newBase the base
     * @return this
     */
    Portfolio use(CustomerBase newBase) {
        base = newBase;
        int size = newBase.size();
        customers = size;
        frequency = new int[size];
        recency = new double[size];
        age = new double[size];
        monetaryValue = new double[size];
        out = new double[size];
        second = new double[size];
        for (int row = 0; row < size; row++) {
            frequency[row] = newBase.frequency(row);
            recency[row] = newBase.recency(row);
            age[row] = newBase.age(row);
            monetaryValue[row] = newBase.monetaryValue(row);
        }
        return this;
    }
}
