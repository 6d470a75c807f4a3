// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.FittedAttritionModel;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;

/**
 * Simulated customer bases like CDNOW: acquired over 12 weeks, then observed for 27 weeks, with the parameters of the papers. The
 * same customers on every machine; each base is made once a JVM.
 */
public final class Bases {

    /** How the times of a base look. */
    public enum Times {
        /** Whole days, as dates give them: few distinct values. */
        GRIDDED,
        /** Real numbers: hardly any value twice. */
        CONTINUOUS
    }

    /** The transaction model that made the customers unless another is named; in weeks. */
    public static final BgNbd.Fitted TRANSACTIONS = BgNbd.Fitted.of(0.2426, 4.4136, 0.7929, 2.4259);

    /** The transaction model that made the customers of Pareto/NBD's benchmarks; in weeks. */
    public static final ParetoNbd.Fitted PARETO_TRANSACTIONS = ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669);

    /** The spend model that made the amounts. */
    public static final GammaGamma.Fitted SPEND = GammaGamma.Fitted.of(6.25, 3.744, 15.44);

    private static final LocalDate FIRST_ACQUIRED = LocalDate.of(1997, 1, 1);
    private static final LocalDate LAST_ACQUIRED = LocalDate.of(1997, 3, 25);
    private static final LocalDate UNTIL = LocalDate.of(1997, 9, 30);
    private static final long SEED = 20_250_101;

    private static final Map<String, CustomerBase> MADE = new ConcurrentHashMap<>();

    private Bases() {}

    /**
     * Returns a base of BG/NBD customers.
     *
     * @param customers the number of customers
     * @param times whether times are whole days
     * @return the base, in weeks
     */
    public static CustomerBase of(int customers, Times times) {
        return of(TRANSACTIONS, customers, times);
    }

    /**
     * Returns a base.
     *
     * @param model when customers buy
     * @param customers the number of customers
     * @param times whether times are whole days
     * @return the base, in weeks
     */
    public static CustomerBase of(FittedAttritionModel model, int customers, Times times) {
        return MADE.computeIfAbsent(
                model.name() + " " + customers + " " + times,
                unused -> times == Times.GRIDDED
                        ? CustomerBase.of(log(model, customers), observation(), TimeScale.WEEKS)
                        : continuous(model, customers));
    }

    /**
     * Returns the transactions of a gridded base of BG/NBD customers, customer by customer.
     *
     * @param customers the number of customers
     * @return the log
     */
    public static TransactionLog log(int customers) {
        return log(TRANSACTIONS, customers);
    }

    private static TransactionLog log(FittedAttritionModel model, int customers) {
        TransactionLog.Builder log = TransactionLog.builder();
        LogSimulator.of(model, SPEND, TimeScale.WEEKS)
                .simulateInto(log, "C", 0, customers, FIRST_ACQUIRED, LAST_ACQUIRED, UNTIL, SEED);
        return log.build();
    }

    /**
     * Returns the window of the gridded bases.
     *
     * @return the observation
     */
    public static Observation observation() {
        return Observation.until(UNTIL);
    }

    private static CustomerBase continuous(FittedAttritionModel model, int customers) {
        double longest = TimeScale.WEEKS.between(FIRST_ACQUIRED, UNTIL);
        double shortest = TimeScale.WEEKS.between(LAST_ACQUIRED, UNTIL);
        SplittableRandom random = new SplittableRandom(SEED);
        List<CustomerSummary> summaries = new ArrayList<>(customers);
        for (int i = 0; i < customers; i++) {
            double age = shortest + (longest - shortest) * random.nextDouble();
            double[] purchases = model.simulateTransactionTimes(age, random.nextLong());
            int x = purchases.length;
            double total = 0;
            for (double amount : SPEND.simulateSpends(x, random.nextLong())) {
                total += amount;
            }
            summaries.add(
                    CustomerSummary.of("C" + (i + 1), x, x == 0 ? 0 : purchases[x - 1], age, x == 0 ? 0 : total / x));
        }
        return CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
    }
}
