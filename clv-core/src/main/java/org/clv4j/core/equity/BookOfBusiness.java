// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/**
 * A book of contracts by cohort: who was acquired, who is there, what is contracted, what renewals are worth, and how many customers are
 * expected over the next periods. Sums are exact: every customer's figures are rounded to six decimals once, so that the cohorts add up to
 * the total to the last digit, and their future value to that of an {@link EquityAggregator}.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class BookOfBusiness {

    private final ValuationTerms terms;
    private final CohortPeriod period;
    private final List<BookCohort> cohorts;
    private final BookCohort total;

    private BookOfBusiness(ValuationTerms terms, CohortPeriod period, List<BookCohort> cohorts, BookCohort total) {
        this.terms = terms;
        this.period = period;
        this.cohorts = cohorts;
        this.total = total;
    }

    /**
     * Sets out a book by the period in which customers began.
     *
     * @param model the model of what contracts are worth
     * @param base the customers, all of them under contract or once under contract
     * @param terms the terms of the valuation
     * @param period the period of the cohorts, and of the outlook
     * @param ahead how many periods the outlook has; at least 0
     * @return the book; customers whose first day is not known are in the cohort {@value EquityBreakdown#UNKNOWN}
     * @throws IllegalArgumentException if the number is negative
     * @throws org.clv4j.core.model.ModelException if the model cannot value a customer
     */
    public static BookOfBusiness byAcquisition(
            ContractModel.Fitted model, CustomerBase base, ValuationTerms terms, CohortPeriod period, int ahead) {
        IntFunction<String> cohort = row -> {
            LocalDate day = base.firstDate(row).orElse(null);
            return day == null ? EquityBreakdown.UNKNOWN : period.label(day);
        };
        return of(model, base, terms, cohort, period, ahead);
    }

    /**
     * Sets out a book by an attribute of the customers.
     *
     * @param model the model of what contracts are worth
     * @param base the customers, all of them under contract or once under contract
     * @param terms the terms of the valuation
     * @param attribute the name of the attribute; customers without it are in the cohort {@value EquityBreakdown#UNKNOWN}
     * @param period the period of the outlook
     * @param ahead how many periods the outlook has; at least 0
     * @return the book
     * @throws IllegalArgumentException if the number is negative, or no customer has the attribute
     * @throws org.clv4j.core.model.ModelException if the model cannot value a customer
     */
    public static BookOfBusiness byAttribute(
            ContractModel.Fitted model,
            CustomerBase base,
            ValuationTerms terms,
            String attribute,
            CohortPeriod period,
            int ahead) {
        if (!base.attributeNames().contains(attribute)) {
            throw new IllegalArgumentException(
                    "`attribute` must be an attribute of some customer, but was '" + attribute + "'");
        }
        return of(
                model,
                base,
                terms,
                row -> base.attribute(attribute, row).orElse(EquityBreakdown.UNKNOWN),
                period,
                ahead);
    }

    private static BookOfBusiness of(
            ContractModel.Fitted model,
            CustomerBase base,
            ValuationTerms terms,
            IntFunction<String> cohortOf,
            CohortPeriod period,
            int ahead) {
        if (ahead < 0) {
            throw new IllegalArgumentException("`ahead` must be at least 0, but was " + ahead);
        }
        CustomerValues values = model.value(base, terms);
        Map<String, Sums> cohorts = new TreeMap<>();
        Sums[] cohort = new Sums[base.size()];
        Sums total = new Sums(ahead);
        for (int row = 0; row < cohort.length; row++) {
            cohort[row] = cohorts.computeIfAbsent(cohortOf.apply(row), unused -> new Sums(ahead));
            cohort[row].add(values, row);
            total.add(values, row);
        }
        for (int i = 0; i < ahead; i++) {
            double[] there = model.probabilityUnderContract(base, (i + 1.0) * period.months());
            for (int row = 0; row < there.length; row++) {
                cohort[row].expected.get(i).add(there[row], base.weight(row));
                total.expected.get(i).add(there[row], base.weight(row));
            }
        }
        List<BookCohort> entries = new ArrayList<>();
        cohorts.forEach((name, sums) -> entries.add(sums.toCohort(name)));
        return new BookOfBusiness(terms, period, List.copyOf(entries), total.toCohort("total"));
    }

    /**
     * Returns the terms of the valuation.
     *
     * @return the terms
     */
    public ValuationTerms terms() {
        return terms;
    }

    /**
     * Returns the period of the outlook.
     *
     * @return the period
     */
    public CohortPeriod period() {
        return period;
    }

    /**
     * Returns the cohorts.
     *
     * @return the cohorts in the order of their names, unmodifiable
     */
    public List<BookCohort> cohorts() {
        return cohorts;
    }

    /**
     * Returns all customers.
     *
     * @return the sums over the cohorts
     */
    public BookCohort total() {
        return total;
    }

    @Override
    public String toString() {
        return "BookOfBusiness[" + cohorts.size() + " cohorts, " + total.futureValue() + "]";
    }

    private static final class Sums {
        private final ExactSum customers = new ExactSum();
        private final ExactSum active = new ExactSum();
        private final ExactSum contracted = new ExactSum();
        private final ExactSum future = new ExactSum();
        private final List<ExactSum> expected = new ArrayList<>();

        Sums(int ahead) {
            for (int i = 0; i < ahead; i++) {
                expected.add(new ExactSum());
            }
        }

        void add(CustomerValues values, int row) {
            double weight = values.base().weight(row);
            customers.add(weight);
            active.add(values.get(ValueColumn.PROBABILITY_ALIVE, row), weight);
            contracted.add(values.get(ValueColumn.CONTRACTED_VALUE, row), weight);
            future.add(values.futureValue(row), weight);
        }

        /** What is left of the future value is that of renewals, so that both add up to it after rounding too. */
        BookCohort toCohort(String name) {
            BigDecimal contractedValue = contracted.value();
            return new BookCohort(
                    name,
                    customers.value().doubleValue(),
                    active.value().doubleValue(),
                    contractedValue,
                    future.value().subtract(contractedValue),
                    expected.stream().map(ExactSum::value).toList());
        }
    }
}
