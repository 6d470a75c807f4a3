// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.value.RetentionRate;

/**
 * What became of the customers of a cohort, or of all cohorts, by their age in periods. At age 0 all of them are there.
 *
 * <p><b>Who is counted.</b> A customer is <em>observed</em> at an age that it has reached by the end of the data, whether it is a customer
 * still or not. Every rate is over observed customers alone: those who began too late to tell (right-censored) are in no denominator.
 *
 * <p><b>Since the start</b>, of customers observed at an age:
 *
 * <ul>
 *   <li>logo: customers now/customers at the start. It is the survival S(age), not a retention rate, whose power it would be;
 *   <li>gross revenue: Σ min(revenue now, revenue at the start)/Σ revenue at the start: what was lost by churn and by contraction, customer
 *       by customer; at most 1;
 *   <li>net revenue: Σ revenue now/Σ revenue at the start: with expansion, so that it may exceed 1.
 * </ul>
 *
 * <p><b>From one period to the next</b>, the same of the customers who were there one period before. One who comes back after a period
 * without revenue is in the figures since the start, but was not retained. The product of the logo retention rates up to an age is the
 * Kaplan-Meier estimate of S(age), which uses young cohorts too.
 *
 * <p>Gross and net ratios are of money: no probability, so none is a {@link RetentionRate}. This class is immutable and thread-safe.
 */
public final class RetentionCurve {

    private final String name;
    private final List<Cell> cells;

    RetentionCurve(String name, List<Cell> cells) {
        this.name = name;
        this.cells = List.copyOf(cells);
    }

    /** The sums of one age; filled while the triangle is built. */
    static final class Cell {
        private long observed;
        private long customers;
        private BigDecimal start = BigDecimal.ZERO;
        private BigDecimal revenue = BigDecimal.ZERO;
        private BigDecimal capped = BigDecimal.ZERO;
        private long before;
        private long stayed;
        private BigDecimal beforeRevenue = BigDecimal.ZERO;
        private BigDecimal stayedRevenue = BigDecimal.ZERO;
        private BigDecimal stayedCapped = BigDecimal.ZERO;

        void add(BigDecimal first, boolean wasThere, BigDecimal previous, boolean isThere, BigDecimal now) {
            observed++;
            start = start.add(first);
            if (isThere) {
                customers++;
                revenue = revenue.add(now);
                capped = capped.add(now.min(first));
            }
            if (wasThere) {
                before++;
                beforeRevenue = beforeRevenue.add(previous);
                if (isThere) {
                    stayed++;
                    stayedRevenue = stayedRevenue.add(now);
                    stayedCapped = stayedCapped.add(now.min(previous));
                }
            }
        }

        void add(Cell other) {
            observed += other.observed;
            customers += other.customers;
            start = start.add(other.start);
            revenue = revenue.add(other.revenue);
            capped = capped.add(other.capped);
            before += other.before;
            stayed += other.stayed;
            beforeRevenue = beforeRevenue.add(other.beforeRevenue);
            stayedRevenue = stayedRevenue.add(other.stayedRevenue);
            stayedCapped = stayedCapped.add(other.stayedCapped);
        }
    }

    /**
     * Returns the cohort's name.
     *
     * @return the period in which its customers began, as {@code 2024-Q1}; {@value CohortTriangle#ALL} for all cohorts together
     */
    public String name() {
        return name;
    }

    /**
     * Returns how many ages some customer was observed at.
     *
     * @return the number: ages are 0 to one less
     */
    public int ages() {
        return cells.size();
    }

    /**
     * Returns how many customers have reached an age by the end of the data.
     *
     * @param age the age in periods, in [0, ages − 1]
     * @return the number, whether they are customers still or not
     */
    public long observed(int age) {
        return cell(age, 0).observed;
    }

    /**
     * Returns how many customers there are at an age.
     *
     * @param age the age in periods, in [0, ages − 1]
     * @return the number, of those observed
     */
    public long customers(int age) {
        return cell(age, 0).customers;
    }

    /**
     * Returns the revenue at an age.
     *
     * @param age the age in periods, in [0, ages − 1]
     * @return the revenue of the period, exact
     */
    public BigDecimal revenue(int age) {
        return cell(age, 0).revenue;
    }

    /**
     * Returns the revenue at the start of those observed at an age.
     *
     * @param age the age in periods, in [0, ages − 1]
     * @return their revenue of age 0, exact
     */
    public BigDecimal startingRevenue(int age) {
        return cell(age, 0).start;
    }

    /**
     * Returns the part of the customers who are there at an age.
     *
     * @param age the age in periods, in [0, ages − 1]
     * @return customers/observed: S(age), in [0, 1]
     */
    public double logoSinceStart(int age) {
        Cell cell = cell(age, 0);
        return cell.customers / (double) cell.observed;
    }

    /**
     * Returns the part of the revenue at the start that is there at an age, without what was added.
     *
     * @param age the age in periods, in [0, ages − 1]
     * @return the ratio, in [0, 1]; empty if there was no revenue at the start
     */
    public OptionalDouble grossRevenueSinceStart(int age) {
        Cell cell = cell(age, 0);
        return ratio(cell.capped, cell.start);
    }

    /**
     * Returns the revenue at an age over that at the start.
     *
     * @param age the age in periods, in [0, ages − 1]
     * @return the ratio, at least 0; empty if there was no revenue at the start
     */
    public OptionalDouble netRevenueSinceStart(int age) {
        Cell cell = cell(age, 0);
        return ratio(cell.revenue, cell.start);
    }

    /**
     * Returns the part of the customers of the period before who are there at an age.
     *
     * @param age the age in periods, in [1, ages − 1]
     * @return the retention rate; empty if nobody was there before
     */
    public Optional<RetentionRate> logoRetention(int age) {
        Cell cell = cell(age, 1);
        return cell.before == 0 ? Optional.empty() : Optional.of(RetentionRate.of(cell.stayed / (double) cell.before));
    }

    /**
     * Returns the part of the customers of the period before who are not there at an age.
     *
     * @param age the age in periods, in [1, ages − 1]
     * @return the churn rate, in [0, 1]; empty if nobody was there before
     */
    public OptionalDouble logoChurn(int age) {
        Cell cell = cell(age, 1);
        return cell.before == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((cell.before - cell.stayed) / (double) cell.before);
    }

    /**
     * Returns the part of the revenue of the period before that is there at an age, without what was added.
     *
     * @param age the age in periods, in [1, ages − 1]
     * @return the ratio, in [0, 1]; empty if there was no revenue before
     */
    public OptionalDouble grossRevenueRetention(int age) {
        Cell cell = cell(age, 1);
        return ratio(cell.stayedCapped, cell.beforeRevenue);
    }

    /**
     * Returns the part of the revenue of the period before that was lost by an age, to churn and to contraction.
     *
     * @param age the age in periods, in [1, ages − 1]
     * @return 1 − gross-revenue retention, in [0, 1]; empty if there was no revenue before
     */
    public OptionalDouble revenueChurn(int age) {
        Cell cell = cell(age, 1);
        return ratio(cell.beforeRevenue.subtract(cell.stayedCapped), cell.beforeRevenue);
    }

    /**
     * Returns the revenue, at an age, of the customers of the period before over their revenue then.
     *
     * @param age the age in periods, in [1, ages − 1]
     * @return the ratio, at least 0; empty if there was no revenue before
     */
    public OptionalDouble netRevenueRetention(int age) {
        Cell cell = cell(age, 1);
        return ratio(cell.stayedRevenue, cell.beforeRevenue);
    }

    private Cell cell(int age, int least) {
        if (age < least || age >= cells.size()) {
            throw new IllegalArgumentException("`age` must be in [" + least + ", " + (cells.size() - 1)
                    + "], the ages that cohort " + name + " was observed at, but was " + age);
        }
        return Objects.requireNonNull(cells.get(age));
    }

    private static OptionalDouble ratio(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(part.divide(whole, MathContext.DECIMAL128).doubleValue());
    }

    @Override
    public String toString() {
        return "RetentionCurve[" + name + ", " + (cells.isEmpty() ? 0 : observed(0)) + " customers, " + ages()
                + " ages]";
    }
}
