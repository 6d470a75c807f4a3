// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataPolicy;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;

/** Customers of a shop, made from a seed: they come, buy at a rate of their own, and leave; some lines are refunded. */
final class Shop {

    static final LocalDate START = LocalDate.of(2022, 1, 3);
    static final int DAYS = 728;

    private static final String[] REGIONS = {"north", "south", "east"};
    private static final String[] PRODUCTS = {"tea", "mug", "pot"};

    private Shop() {}

    /** Every line has a cost; refunds are a twentieth of the lines. */
    static TransactionLog log(int customers, long seed) {
        TransactionLog.Builder log = TransactionLog.builder();
        SplittableRandom random = new SplittableRandom(seed);
        for (int c = 0; c < customers; c++) {
            String id = "C" + seed + "-" + c;
            double rate = Math.exp(-2.2 + 0.7 * random.nextGaussian());
            double spend = Math.exp(3 + 0.4 * random.nextGaussian());
            int first = random.nextInt(250);
            double leaves = first - 450 * Math.log(random.nextDouble());
            double day = first;
            while (day <= Math.min(DAYS, leaves)) {
                BigDecimal amount = BigDecimal.valueOf(Math.round(spend * (50 + random.nextInt(100))), 2);
                LocalDate date = START.plusDays((long) day);
                log.add(line(id, date, amount, random));
                if (random.nextInt(20) == 0 && day + 3 <= DAYS) {
                    log.add(line(id, date.plusDays(3), amount.negate(), random));
                }
                day += -7 * Math.log(random.nextDouble()) / rate;
            }
            Customer customer = Customer.of(id).withAttribute("region", REGIONS[c % 3]);
            log.customer(c % 4 == 0 ? customer : customer.withAttribute("income", Integer.toString(c % 10)));
        }
        return log.build();
    }

    private static Transaction line(String id, LocalDate date, BigDecimal amount, SplittableRandom random) {
        Transaction line = Transaction.of(id, date, amount)
                .withCost(amount.divide(BigDecimal.valueOf(4)))
                .withAttribute("channel", random.nextInt(3) == 0 ? "web" : "shop");
        int product = random.nextInt(4);
        return product == 3 ? line : line.withProduct(PRODUCTS[product]);
    }

    static CustomerBase base(int customers, long seed, TimeScale unit, Refunds refunds) {
        return CustomerBase.of(
                log(customers, seed),
                Observation.until(START.plusDays(DAYS)),
                unit,
                DataPolicy.withDefaults().withRefunds(refunds));
    }
}
