// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.junit.jupiter.api.Test;

class ReferralForestTest {

    private static CustomerBase base(String... referrers) {
        List<CustomerSummary> rows = new ArrayList<>();
        List<Customer> customers = new ArrayList<>();
        for (int i = 0; i < referrers.length; i++) {
            rows.add(CustomerSummary.of("c" + i, 0, 0, 1));
            if (!referrers[i].isEmpty()) {
                customers.add(Customer.of("c" + i).withReferrer(referrers[i]));
            }
        }
        return CustomerBase.ofSummaries(rows, TimeScale.WEEKS).withCustomers(customers);
    }

    @Test
    void aShareIsPassedUpTheTree() {
        // c0 referred c1 and c2, c1 referred c3; c4 came from somebody who is no customer.
        CustomerBase base = base("", "c0", "c0", "c1", "x");
        ReferralForest forest = ReferralForest.of(base);
        assertThat(forest.referred()).isEqualTo(3);
        assertThat(forest.referredFromOutside()).isEqualTo(1);
        ReferralAttribution of = forest.attribute(new double[] {1, 10, 100, 1000, 7}, 0.5);
        assertThat(of.attributed(3)).isEqualByComparingTo("500");
        assertThat(of.received(1)).isEqualByComparingTo("500");
        assertThat(of.passed(1)).isEqualByComparingTo("255");
        assertThat(of.attributed(1)).isEqualByComparingTo("255");
        assertThat(of.attributed(2)).isEqualByComparingTo("50");
        assertThat(of.attributed(0)).isEqualByComparingTo("306");
        assertThat(of.attributed(4)).isEqualByComparingTo("7");
        assertThat(of.own(0)).isEqualByComparingTo("1");
        assertThat(of.total()).isEqualByComparingTo("1118");
        assertThat(of.share()).isEqualTo(0.5);
    }

    @Property(tries = 100)
    void theTotalStaysTheSameToTheLastDigit(
            @ForAll @Size(max = 30) List<@DoubleRange(min = -1e9, max = 1e9) Double> amounts,
            @ForAll @DoubleRange(min = 0, max = 1) double share,
            @ForAll long seed) {
        java.util.Random random = new java.util.Random(seed);
        String[] referrers = new String[amounts.size()];
        for (int i = 0; i < referrers.length; i++) {
            referrers[i] = i == 0 || random.nextInt(4) == 0 ? "" : "c" + random.nextInt(i);
        }
        ReferralAttribution of = ReferralForest.of(base(referrers))
                .attribute(amounts.stream().mapToDouble(a -> a).toArray(), share);
        BigDecimal sum = BigDecimal.ZERO;
        for (int row = 0; row < referrers.length; row++) {
            sum = sum.add(of.attributed(row));
        }
        assertThat(sum).isEqualByComparingTo(of.total());
    }

    @Test
    void circlesAreRefusedByName() {
        assertThatThrownBy(() -> ReferralForest.of(base("", "c3", "c1", "c2", "c1")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("circle")
                .hasMessageContaining("c2 was referred by c1 was referred by c3 was referred by c2");
        assertThatThrownBy(() -> ReferralForest.of(base("c0"))).hasMessageContaining("c0 was referred by c0");
    }

    @Test
    void referrersStayWithTheirCustomers() {
        CustomerBase base = base("", "c0", "x");
        assertThat(base.referrer(0)).isEmpty();
        assertThat(base.referrer(2)).contains("x");
        assertThat(base.select(row -> row != 0).referrer(0)).contains("c0");
        assertThat(base.withCustomers(List.of(Customer.of("c0").withChannel("web")))
                        .referrer(1))
                .contains("c0");
        assertThat(base.withCustomers(List.of(Customer.of("c0").withReferrer("y")))
                        .referrer(0))
                .contains("y");
        assertThat(base.referrer(0)).isEmpty();
        assertThatThrownBy(() -> base.referrer(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void badArgumentsAreRefused() {
        ReferralForest forest = ReferralForest.of(base("", "c0"));
        assertThatThrownBy(() -> forest.attribute(new double[1], 0.5)).hasMessageContaining("amounts");
        assertThatThrownBy(() -> forest.attribute(new double[2], 1.5)).hasMessageContaining("share");
        assertThatThrownBy(() -> forest.attribute(new double[] {0, Double.NaN}, 0.5))
                .hasMessageContaining("NaN")
                .hasMessageContaining("c1");
    }
}
