// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.models.Cdnow;
import org.junit.jupiter.api.Test;

class MeanSpendTest {

    private static CustomerBase base(CustomerSummary... customers) {
        return CustomerBase.ofSummaries(List.of(customers), TimeScale.WEEKS);
    }

    @Test
    void cdnowSample() {
        MeanSpend.Fitted fitted = MeanSpend.withDefaults().fit(Cdnow.sample());
        FitReport report = fitted.report().orElseThrow();
        assertThat(fitted.mean()).isCloseTo(35.077847533689834, within(1e-10));
        assertThat(report.standardErrors().get("mean")).isCloseTo(0.9846017154577055, within(1e-10));
        assertThat(report.customers()).isEqualTo(946);
        assertThat(report.logLikelihood()).isEmpty();
    }

    @Test
    void everyCustomerCountsOnceHoweverOftenItBought() {
        CustomerBase base = base(
                CustomerSummary.of("often", 9, 5, 9, 20),
                CustomerSummary.of("once", 1, 5, 9, 40),
                CustomerSummary.of("never", 0, 0, 9));
        MeanSpend.Fitted fitted = MeanSpend.withDefaults().fit(base);
        double[] out = new double[3];
        fitted.expectedSpendInto(base, 0, 3, out);
        assertThat(out).containsExactly(20, 40, 30);
        // The standard deviation of 20 and 40 over √2.
        assertThat(fitted.report().orElseThrow().standardErrors().get("mean")).isCloseTo(10, within(1e-13));
    }

    @Test
    void oneCustomerHasAMeanAndNoError() {
        FitReport report = MeanSpend.withDefaults()
                .fit(base(CustomerSummary.of("a", 2, 5, 9, -3)))
                .report()
                .orElseThrow();
        assertThat(report.parameters()).containsEntry("mean", -3.0);
        assertThat(report.standardErrors()).isEmpty();
    }

    @Test
    void withoutAmountsThereIsNoMean() {
        assertThatThrownBy(() -> MeanSpend.withDefaults()
                        .fit(base(CustomerSummary.of("a", 2, 5, 9), CustomerSummary.of("b", 1, 5, 9))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all of a mean of 0");
        assertThatThrownBy(() -> MeanSpend.withDefaults().fit(base(CustomerSummary.of("a", 0, 0, 9))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the base has 0 with repeat purchases;");
    }
}
