// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;

/** The made-up shop of the examples: customers acquired in the first half of 2024, observed to the end of the year. */
final class Shop {

    /**
     * A row of the shop's own system.
     *
     * @param customer who bought
     * @param day when
     * @param amount for how much
     */
    record Sale(String customer, LocalDate day, BigDecimal amount) {}

    private static final List<String> REGIONS = List.of("North", "South", "West");

    private Shop() {}

    /** The shop's transactions, the same at every call. */
    static TransactionLog log(int customers) {
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.of(
                        BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426),
                        GammaGamma.Fitted.of(6.25, 3.74, 15.44),
                        TimeScale.WEEKS)
                .simulateInto(
                        log,
                        "C",
                        0,
                        customers,
                        LocalDate.of(2024, 1, 1),
                        LocalDate.of(2024, 6, 30),
                        LocalDate.of(2024, 12, 31),
                        7);
        return log.build();
    }

    /** The same transactions as rows. */
    static List<Sale> sales(int customers) {
        TransactionLog log = log(customers);
        return IntStream.range(0, log.size())
                .mapToObj(row -> new Sale(log.customerId(row), log.date(row), log.amount(row)))
                .toList();
    }

    /** What is known of the customers: region, channel, and of three in four the acquisition cost. */
    static List<Customer> customers(int customers) {
        return IntStream.range(0, customers)
                .mapToObj(i -> {
                    Customer customer = Customer.of("C" + (i + 1))
                            .withAttribute("region", REGIONS.get(i % REGIONS.size()))
                            .withChannel(i % 2 == 0 ? "web" : "store");
                    return i % 4 == 0 ? customer : customer.withAcquisitionCost(new BigDecimal("4.50"));
                })
                .toList();
    }
}
