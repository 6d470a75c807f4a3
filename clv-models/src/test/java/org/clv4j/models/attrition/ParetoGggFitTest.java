// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.models.Cdnow;
import org.junit.jupiter.api.Test;

class ParetoGggFitTest {

    @Test
    void cdnow() {
        CustomerBase base = Cdnow.sample();
        long from = System.nanoTime();
        ParetoGgg.Fitted model = ParetoGgg.withDefaults().fit(base, Execution.ofThreads(2));
        System.out.println(model.posterior().orElseThrow());
        System.out.println(model.report().orElseThrow().summary());
        System.out.println((System.nanoTime() - from) / 1e9 + " s");
        double[] out = new double[base.size()];
        from = System.nanoTime();
        model.expectedTransactionsInto(base, 0, 300, 39, out);
        System.out.println((System.nanoTime() - from) / 1e9 + " s for 300");
        assertThat(model.t()).isPositive();
    }
}
