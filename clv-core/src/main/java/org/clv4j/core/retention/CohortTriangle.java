// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.ContractState;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;

/**
 * Customers under contract by the period in which they began, and by their age: how many of them and how much of their revenue is there
 * still. Measures are in {@link RetentionCurve}, of each cohort and of all together.
 *
 * <p>For customers without a contract see {@link RepeatBuyingRate}. This class is immutable and thread-safe.
 */
public final class CohortTriangle {

    /** The name of the curve of all cohorts together. */
    public static final String ALL = "all";

    private final CohortPeriod period;
    private final List<RetentionCurve> cohorts;
    private final RetentionCurve pooled;

    private CohortTriangle(CohortPeriod period, Map<Integer, List<RetentionCurve.Cell>> cells) {
        this.period = period;
        List<RetentionCurve> curves = new ArrayList<>();
        List<RetentionCurve.Cell> all = new ArrayList<>();
        cells.forEach((cohort, own) -> {
            curves.add(new RetentionCurve(period.label(cohort), own));
            for (int age = 0; age < own.size(); age++) {
                cellOf(all, age).add(own.get(age));
            }
        });
        cohorts = List.copyOf(curves);
        pooled = new RetentionCurve(ALL, all);
    }

    /**
     * Looks at contracts as of a day. A contract belongs to the cohort of its first day; its ages are whole periods since that very day, so
     * that nobody is taken for gone whose term runs still. A contract is there at an age if its terms reach beyond it, an end that is known
     * but still to come being no end yet. Its revenue in a period is fee × months of the period/months from bill to bill, however it is
     * billed.
     *
     * @param contracts the contracts, all with a start; several of one customer are several customers here
     * @param asOf the last day that is known
     * @param period the period of cohorts and ages
     * @return the triangle
     * @throws DataException if a contract has no start, or starts after the day
     */
    public static CohortTriangle ofContracts(Collection<Contract> contracts, LocalDate asOf, CohortPeriod period) {
        Map<Integer, List<RetentionCurve.Cell>> cells = new TreeMap<>();
        for (Contract contract : contracts) {
            LocalDate start = contract.start()
                    .orElseThrow(() -> new DataException(
                            "a cohort needs the day on which a contract began, but there is none (customer "
                                    + contract.customerId() + ")"));
            ContractState state = contract.stateOn(asOf);
            long monthsInForce = state.left() ? (state.renewals() + 1L) * state.termMonths() : Long.MAX_VALUE;
            BigDecimal revenue = contract.fee()
                    .multiply(BigDecimal.valueOf(period.months()))
                    .divide(BigDecimal.valueOf(contract.billingMonths()), MathContext.DECIMAL128);
            int lastAge = (int) Math.floor(TimeScale.MONTHS.between(start, asOf) / period.months());
            add(
                    cells.computeIfAbsent(period.indexOf(start), unused -> new ArrayList<>()),
                    lastAge,
                    age -> (long) age * period.months() < monthsInForce,
                    age -> revenue);
        }
        return new CohortTriangle(period, cells);
    }

    /**
     * Takes a ledger of recurring revenue. A customer begins in the first period with revenue, is there in every period with revenue, and is
     * observed to the last. Who was a customer before the ledger begins is in its first cohort, with all the others of whom nothing earlier
     * is known.
     *
     * @param rows the ledger; rows of one customer and period add up, rows after the last day are passed over
     * @param through the last day that is known: the end of a period
     * @param period the period of cohorts and ages
     * @return the triangle
     * @throws IllegalArgumentException if the last day is not the end of a period, of which the rest would look like churn
     */
    public static CohortTriangle ofRevenue(Collection<RecurringRevenue> rows, LocalDate through, CohortPeriod period) {
        int last = period.indexOf(through);
        if (period.indexOf(through.plusDays(1)) == last) {
            throw new IllegalArgumentException(
                    "`through` must be the last day of a " + period + ", but was " + through);
        }
        Map<String, TreeMap<Integer, BigDecimal>> customers = new HashMap<>();
        for (RecurringRevenue row : rows) {
            if (!row.day().isAfter(through) && row.amount().signum() > 0) {
                customers
                        .computeIfAbsent(row.customerId(), unused -> new TreeMap<>())
                        .merge(period.indexOf(row.day()), row.amount(), BigDecimal::add);
            }
        }
        Map<Integer, List<RetentionCurve.Cell>> cells = new TreeMap<>();
        for (TreeMap<Integer, BigDecimal> revenue : customers.values()) {
            int first = revenue.firstKey();
            add(
                    cells.computeIfAbsent(first, unused -> new ArrayList<>()),
                    last - first,
                    age -> revenue.containsKey(first + age),
                    age -> Objects.requireNonNull(revenue.getOrDefault(first + age, BigDecimal.ZERO)));
        }
        return new CohortTriangle(period, cells);
    }

    /** Adds a customer, who is there at age 0. */
    private static void add(
            List<RetentionCurve.Cell> cells, int lastAge, IntPredicate there, IntFunction<BigDecimal> revenue) {
        BigDecimal start = revenue.apply(0);
        boolean wasThere = false;
        BigDecimal before = BigDecimal.ZERO;
        for (int age = 0; age <= lastAge; age++) {
            boolean isThere = there.test(age);
            BigDecimal now = isThere ? revenue.apply(age) : BigDecimal.ZERO;
            cellOf(cells, age).add(start, wasThere, before, isThere, now);
            wasThere = isThere;
            before = now;
        }
    }

    private static RetentionCurve.Cell cellOf(List<RetentionCurve.Cell> cells, int age) {
        while (cells.size() <= age) {
            cells.add(new RetentionCurve.Cell());
        }
        return cells.get(age);
    }

    /**
     * Returns the period of cohorts and ages.
     *
     * @return the period
     */
    public CohortPeriod period() {
        return period;
    }

    /**
     * Returns the cohorts.
     *
     * @return one curve a cohort that has customers, in the order of time; unmodifiable
     */
    public List<RetentionCurve> cohorts() {
        return cohorts;
    }

    /**
     * Returns all cohorts together: at each age those customers of any cohort who have reached it.
     *
     * @return the curve, the sum of the others
     */
    public RetentionCurve pooled() {
        return pooled;
    }

    @Override
    public String toString() {
        return "CohortTriangle[" + cohorts.size() + " cohorts by " + period + "]";
    }
}
