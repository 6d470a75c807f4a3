// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was known of customers on a day: their purchases until then, by the rules of the base they come from, and nothing later. Features are
 * computed from it, so that none can see the future.
 *
 * <p>The day is the same for all customers, or each customer's own: see {@link CustomerBase#histories}, {@link CustomerBase#historiesAt} and
 * {@link CustomerBase#historiesAfter}. What happened afterwards is in {@link Outcomes}.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class CustomerHistories {

    final CustomerBase base;
    final BaseColumns columns;
    final TransactionLog log;
    /** The row of each customer in the base. */
    final int[] baseRows;
    /** The day of each customer until which something is known, inclusive. */
    final int[] days;

    private final int[] lineStarts;
    private final int[] lines;
    private final int[] occasionStarts;
    private final int[] occasionDays;
    private final long[] occasionAmounts;
    private final long[] totals;

    private CustomerHistories(CustomerBase base, BaseColumns columns, Collected collected) {
        this.base = base;
        this.columns = columns;
        this.log = logOf(columns);
        int size = collected.size;
        baseRows = Arrays.copyOf(collected.baseRows, size);
        days = Arrays.copyOf(collected.days, size);
        lineStarts = Arrays.copyOf(collected.lineStarts, size + 1);
        lines = Arrays.copyOf(collected.lines, lineStarts[size]);
        occasionStarts = Arrays.copyOf(collected.occasionStarts, size + 1);
        occasionDays = Arrays.copyOf(collected.occasionDays, occasionStarts[size]);
        occasionAmounts = Arrays.copyOf(collected.occasionAmounts, occasionStarts[size]);
        totals = Arrays.copyOf(collected.totals, size);
    }

    static CustomerHistories atEnd(CustomerBase base, BaseColumns columns) {
        int end = endOf(columns);
        CustomerHistories histories = collect(base, columns, first -> end);
        if (histories.size() < base.size()) {
            throw new DataException("the transactions of " + (base.size() - histories.size()) + " of the " + base.size()
                    + " customers are not known; leave out who has none");
        }
        return histories;
    }

    static CustomerHistories at(CustomerBase base, BaseColumns columns, LocalDate day) {
        int end = endOf(columns);
        // No transaction is as early as the first day there is, which does not fit.
        int wanted = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, day.toEpochDay()));
        if (wanted > end) {
            throw new IllegalArgumentException("`day` must not be after the end of the observation, "
                    + LocalDate.ofEpochDay(end) + ", but was " + day);
        }
        return collect(base, columns, first -> wanted);
    }

    static CustomerHistories after(CustomerBase base, BaseColumns columns, double periods) {
        if (!(periods >= 0 && periods < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`periods` must be finite and at least 0, but was " + periods);
        }
        int end = endOf(columns);
        return collect(base, columns, first -> {
            long day =
                    columns.timeScale.plus(LocalDate.ofEpochDay(first), periods).toEpochDay();
            return day > end ? NEVER : (int) day;
        });
    }

    /** No day: the customer is left out. */
    private static final int NEVER = Integer.MIN_VALUE;

    /** Until when to look, given the day of the first row. */
    @FunctionalInterface
    private interface Until {
        int day(int firstDay);
    }

    static TransactionLog logOf(BaseColumns columns) {
        if (columns.log == null) {
            throw new DataException(
                    "this needs the transactions themselves, but the customers come from summaries or contracts");
        }
        return columns.log;
    }

    /** Where the base begins to count periods. */
    private static LocalDate origin(BaseColumns columns) {
        Observation observation = Objects.requireNonNull(columns.observation);
        return observation.start().or(logOf(columns)::firstDate).orElse(observation.end());
    }

    LocalDate origin() {
        return origin(columns);
    }

    private static int endOf(BaseColumns columns) {
        logOf(columns);
        return (int) Objects.requireNonNull(columns.observation).end().toEpochDay();
    }

    private static CustomerHistories collect(CustomerBase base, BaseColumns columns, Until until) {
        TransactionLog log = logOf(columns);
        Observation observation = Objects.requireNonNull(columns.observation);
        long startDay = observation.start().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE);
        IdIndex index = new IdIndex(log.customerCount());
        for (String id : log.customerIds()) {
            index.add(id);
        }
        CustomerRows rows = CustomerRows.of(log);
        Occasions occasions = new Occasions(log, columns.timeScale, columns.policy, origin(columns));
        Collected collected = new Collected(base.size(), log.size(), log.size());
        for (int row = 0; row < base.size(); row++) {
            int customer = index.find(base.id(row));
            if (customer < 0) {
                continue;
            }
            int from = rows.starts[customer];
            int to = rows.starts[customer + 1];
            while (from < to && log.epochDay(rows.rows[from]) < startDay) {
                from++;
            }
            int first = from;
            while (first < to && !occasions.isPurchase(rows.rows[first])) {
                first++;
            }
            if (first == to) {
                continue;
            }
            int day = until.day(log.epochDay(rows.rows[first]));
            int known = from;
            while (known < to && log.epochDay(rows.rows[known]) <= day) {
                known++;
            }
            occasions.form(rows.rows, from, known);
            if (occasions.count > 0) {
                collected.add(row, day, occasions, rows.rows, from, known);
            }
        }
        return new CustomerHistories(base, columns, collected);
    }

    /** The columns while they are filled. */
    private static final class Collected {
        private final int[] baseRows;
        private final int[] days;
        private final int[] lineStarts;
        private final int[] lines;
        private final int[] occasionStarts;
        private final int[] occasionDays;
        private final long[] occasionAmounts;
        private final long[] totals;
        private int size;

        Collected(int customers, int maxLines, int maxOccasions) {
            baseRows = new int[customers];
            days = new int[customers];
            lineStarts = new int[customers + 1];
            lines = new int[maxLines];
            occasionStarts = new int[customers + 1];
            occasionDays = new int[maxOccasions];
            occasionAmounts = new long[maxOccasions];
            totals = new long[customers];
        }

        void add(int baseRow, int day, Occasions occasions, int[] rows, int from, int to) {
            baseRows[size] = baseRow;
            days[size] = day;
            totals[size] = occasions.total;
            int line = lineStarts[size];
            for (int i = from; i < to; i++) {
                if (occasions.counts(rows[i])) {
                    lines[line++] = rows[i];
                }
            }
            int first = occasionStarts[size];
            System.arraycopy(occasions.days, 0, occasionDays, first, occasions.count);
            System.arraycopy(occasions.amounts, 0, occasionAmounts, first, occasions.count);
            size++;
            lineStarts[size] = line;
            occasionStarts[size] = first + occasions.count;
        }

        void copy(CustomerHistories from, int row) {
            baseRows[size] = from.baseRows[row];
            days[size] = from.days[row];
            totals[size] = from.totals[row];
            int line = lineStarts[size];
            int first = occasionStarts[size];
            System.arraycopy(from.lines, from.lineStarts[row], lines, line, from.lines(row));
            System.arraycopy(from.occasionDays, from.occasionStarts[row], occasionDays, first, from.occasions(row));
            System.arraycopy(
                    from.occasionAmounts, from.occasionStarts[row], occasionAmounts, first, from.occasions(row));
            size++;
            lineStarts[size] = line + from.lines(row);
            occasionStarts[size] = first + from.occasions(row);
        }
    }

    /**
     * Returns the number of customers.
     *
     * @return the number of rows
     */
    public int size() {
        return days.length;
    }

    /**
     * Returns the unit of times.
     *
     * @return the time scale of the base
     */
    public TimeScale timeScale() {
        return columns.timeScale;
    }

    /**
     * Returns the day as of which a customer is known.
     *
     * @param row the row, from 0
     * @return the day, inclusive
     */
    public LocalDate asOf(int row) {
        return LocalDate.ofEpochDay(days[row]);
    }

    /**
     * Returns the day as of which all customers are known.
     *
     * @return the day, or empty if it is not the same for all, or there are none
     */
    public Optional<LocalDate> asOf() {
        return days.length > 0 && Arrays.stream(days).allMatch(day -> day == days[0])
                ? Optional.of(asOf(0))
                : Optional.empty();
    }

    /**
     * Returns a customer's id.
     *
     * @param row the row, from 0
     * @return the id
     */
    public String id(int row) {
        return base.id(baseRows[row]);
    }

    /**
     * Returns how many customers a row stands for.
     *
     * @param row the row, from 0
     * @return the weight in the base
     */
    public double weight(int row) {
        return base.weight(baseRows[row]);
    }

    /**
     * Returns the names of what is known of customers beside their purchases. Attributes have no date: whoever states them says that they
     * were known.
     *
     * @return the names, unmodifiable
     */
    public Set<String> attributeNames() {
        return base.attributeNames();
    }

    /**
     * Returns the names of what is known of transactions.
     *
     * @return the names of the attributes of transactions, unmodifiable
     */
    public Set<String> lineAttributeNames() {
        return log.attributeNames();
    }

    /**
     * Returns a customer's purchases.
     *
     * @param row the row, from 0
     * @return the history
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public CustomerHistory history(int row) {
        return new CustomerHistory(this, Objects.checkIndex(row, size()));
    }

    /**
     * Returns the histories of some of the customers.
     *
     * @param rows the rows, in the order wanted
     * @return the histories
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public CustomerHistories select(int[] rows) {
        Collected collected = new Collected(rows.length, count(rows, lineStarts), count(rows, occasionStarts));
        for (int row : rows) {
            collected.copy(this, row);
        }
        return new CustomerHistories(base, columns, collected);
    }

    private static int count(int[] rows, int[] starts) {
        int sum = 0;
        for (int row : rows) {
            sum = Math.addExact(sum, starts[row + 1] - starts[row]);
        }
        return sum;
    }

    /**
     * Returns the customers as a base, as of the day on which all are known: what models of purchases are fitted to.
     *
     * @return the base, row for row
     * @throws DataException if the day is not the same for all customers
     */
    public CustomerBase base() {
        LocalDate day = asOf().orElseThrow(() ->
                new DataException("customers who are known as of different days, or none, are no customer base"));
        Observation window = Objects.requireNonNull(columns.observation)
                .start()
                .map(start -> Observation.of(start, day))
                .orElseGet(() -> Observation.until(day));
        CustomerBase whole = CustomerBase.of(log, window, columns.timeScale, columns.policy);
        int[] picks = new int[size()];
        for (int row = 0; row < picks.length; row++) {
            picks[row] = whole.indexOf(id(row));
        }
        BaseColumns chosen = whole.columns().rows(picks);
        BaseColumns own = columns.rows(baseRows);
        chosen.attributes = own.attributes;
        chosen.weights = own.weights;
        chosen.acquisitionCosts = own.acquisitionCosts;
        return new CustomerBase(chosen);
    }

    @Nullable
    String attribute(String name, int row) {
        TextColumn column = columns.attributes.get(name);
        return column == null ? null : column.get(baseRows[row]);
    }

    int lines(int row) {
        return lineStarts[row + 1] - lineStarts[row];
    }

    /** The row of the log of a customer's line. */
    int line(int row, int line) {
        return lines[lineStarts[row] + Objects.checkIndex(line, lines(row))];
    }

    int occasions(int row) {
        return occasionStarts[row + 1] - occasionStarts[row];
    }

    int occasionDay(int row, int occasion) {
        return occasionDays[occasionStarts[row] + Objects.checkIndex(occasion, occasions(row))];
    }

    double occasionAmount(int row, int occasion) {
        return MoneyColumn.toDouble(
                occasionAmounts[occasionStarts[row] + Objects.checkIndex(occasion, occasions(row))], log.amountScale());
    }

    BigDecimal total(int row) {
        return BigDecimal.valueOf(totals[row], log.amountScale());
    }

    @Override
    public String toString() {
        return "CustomerHistories[" + size() + " customers"
                + asOf().map(day -> " as of " + day).orElse("") + "]";
    }
}
