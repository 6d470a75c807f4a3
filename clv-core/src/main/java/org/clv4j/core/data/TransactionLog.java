// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The exact ledger: transactions in columns, customer ids dictionary-coded, amounts as integers at one decimal scale.
 *
 * <p>Nothing is rounded, dropped or merged here; that is decided when a {@link CustomerBase} is built. All rows are in one
 * currency: a row in a second one is refused. A row of id, day and amount takes 16 bytes, and the id once a customer. This
 * class is immutable and thread-safe once built.
 */
public final class TransactionLog {

    private final String[] customerIds;
    private final int[] customerOf;
    private final int[] epochDays;
    private final MoneyColumn amounts;
    private final Currency currency;
    private final Map<String, Customer> customers;
    private final Extras extras;
    private final long @Nullable [] sourceRows;

    private TransactionLog(Builder builder) {
        customerIds = builder.ids.toArray();
        customerOf = Arrays.copyOf(builder.customerOf, builder.size);
        epochDays = Arrays.copyOf(builder.epochDays, builder.size);
        amounts = builder.amounts;
        currency = builder.currency == null ? Transaction.NO_CURRENCY : builder.currency;
        customers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.customers));
        extras = builder.extras;
        sourceRows = builder.sourceRows == null ? null : Arrays.copyOf(builder.sourceRows, builder.size);
    }

    /**
     * Returns a log of the given transactions, in their order.
     *
     * @param transactions the transactions
     * @return the log
     * @throws DataException if they are in more than one currency, or an amount has more than 18 digits
     */
    public static TransactionLog of(Collection<Transaction> transactions) {
        Builder builder = builder();
        for (Transaction transaction : transactions) {
            builder.add(transaction);
        }
        return builder.build();
    }

    /**
     * Returns an empty builder.
     *
     * @return the builder; not thread-safe, good for one log
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number of transactions.
     *
     * @return the number of rows
     */
    public int size() {
        return epochDays.length;
    }

    /**
     * Returns the number of distinct customers.
     *
     * @return the number of customers with at least one row
     */
    public int customerCount() {
        return customerIds.length;
    }

    /**
     * Returns the currency of all amounts.
     *
     * @return the currency; {@link Transaction#NO_CURRENCY} if none was stated
     */
    public Currency currency() {
        return currency;
    }

    /**
     * Returns what is known of customers beside their transactions.
     *
     * @return the customers given to the builder, by id; unmodifiable
     */
    public Map<String, Customer> customers() {
        return customers;
    }

    /**
     * Returns a row as a transaction.
     *
     * @param row the row, from 0
     * @return the transaction
     */
    public Transaction transaction(int row) {
        return new Transaction(
                customerId(row),
                date(row),
                extras.instant(row),
                amount(row),
                currency,
                extras.orderIds.get(row),
                cost(row).orElse(null),
                extras.products.get(row),
                extras.attributes(row));
    }

    /**
     * Returns the customer's id of a row.
     *
     * @param row the row, from 0
     * @return the id
     */
    public String customerId(int row) {
        return customerIds[customerOf[row]];
    }

    /**
     * Returns the day of a row.
     *
     * @param row the row, from 0
     * @return the day
     */
    public LocalDate date(int row) {
        return LocalDate.ofEpochDay(epochDays[row]);
    }

    /**
     * Returns the amount of a row.
     *
     * @param row the row, from 0
     * @return the exact amount
     */
    public BigDecimal amount(int row) {
        return amounts.get(row);
    }

    /**
     * Returns the direct cost of a row.
     *
     * @param row the row, from 0
     * @return the exact cost, or empty if unknown
     */
    public Optional<BigDecimal> cost(int row) {
        return Optional.ofNullable(extras.cost(row));
    }

    /**
     * Returns the first day with a transaction.
     *
     * @return the day, or empty if there are no transactions
     */
    public Optional<LocalDate> firstDate() {
        return Arrays.stream(epochDays).min().stream()
                .mapToObj(LocalDate::ofEpochDay)
                .findFirst();
    }

    /**
     * Returns the last day with a transaction.
     *
     * @return the day, or empty if there are no transactions
     */
    public Optional<LocalDate> lastDate() {
        return Arrays.stream(epochDays).max().stream()
                .mapToObj(LocalDate::ofEpochDay)
                .findFirst();
    }

    /**
     * Returns the sum of all amounts.
     *
     * @return the exact total
     */
    public BigDecimal total() {
        BigDecimal total = BigDecimal.ZERO;
        for (int row = 0; row < size(); row++) {
            total = total.add(amounts.get(row));
        }
        return total;
    }

    /**
     * Returns the names of the attributes of transactions.
     *
     * @return the names that a transaction has, unmodifiable, sorted
     */
    public Set<String> attributeNames() {
        return Collections.unmodifiableSet(extras.attributes.keySet());
    }

    String[] customerIds() {
        return customerIds;
    }

    int customerIndex(int row) {
        return customerOf[row];
    }

    int epochDay(int row) {
        return epochDays[row];
    }

    long unscaledAmount(int row) {
        return amounts.unscaled(row);
    }

    int amountScale() {
        return amounts.scale();
    }

    boolean hasCosts() {
        return !extras.costs.isEmpty();
    }

    @Nullable
    BigDecimal costOrNull(int row) {
        return extras.cost(row);
    }

    @Nullable
    String productOrNull(int row) {
        return extras.products.get(row);
    }

    @Nullable
    String attributeOrNull(String name, int row) {
        TextColumn column = extras.attributes.get(name);
        return column == null ? null : column.get(row);
    }

    /** Names a row in a message: by the row of its source, if known. */
    String describe(int row) {
        return (sourceRows == null ? "row " + (row + 1) : "line " + sourceRows[row])
                + " (customer "
                + customerId(row)
                + ", "
                + date(row)
                + ")";
    }

    /** Columns that most logs do not have. */
    private static final class Extras {
        private final Map<Integer, Instant> instants = new HashMap<>();
        private final Map<Integer, BigDecimal> costs = new HashMap<>();
        private final TextColumn orderIds = new TextColumn();
        private final TextColumn products = new TextColumn();
        private final Map<String, TextColumn> attributes = new TreeMap<>();

        void add(int row, Transaction transaction) {
            transaction.instant().ifPresent(instant -> instants.put(row, instant));
            transaction.cost().ifPresent(cost -> costs.put(row, cost));
            transaction.orderId().ifPresent(orderId -> orderIds.set(row, orderId));
            transaction.product().ifPresent(product -> products.set(row, product));
            transaction.attributes().forEach((name, value) -> attributes
                    .computeIfAbsent(name, unused -> new TextColumn())
                    .set(row, value));
        }

        @Nullable
        Instant instant(int row) {
            return instants.get(row);
        }

        @Nullable
        BigDecimal cost(int row) {
            return costs.get(row);
        }

        Map<String, String> attributes(int row) {
            if (attributes.isEmpty()) {
                return Map.of();
            }
            TreeMap<String, String> present = new TreeMap<>();
            attributes.forEach((name, column) -> {
                String value = column.get(row);
                if (value != null) {
                    present.put(name, value);
                }
            });
            return Collections.unmodifiableMap(present);
        }
    }

    /** Collects transactions into a log. Not thread-safe. */
    public static final class Builder {

        private final IdIndex ids = new IdIndex(16);
        private final Map<String, Customer> customers = new LinkedHashMap<>();
        private final MoneyColumn amounts = new MoneyColumn(16);
        private final Extras extras = new Extras();
        private int[] customerOf = new int[16];
        private int[] epochDays = new int[16];
        private long @Nullable [] sourceRows;
        private int size;
        private @Nullable Currency currency;
        private boolean currencyStated;
        private boolean built;

        private Builder() {}

        /**
         * States the currency of all rows; rows without one are then in it. Without this call, the first transaction's
         * currency counts.
         *
         * @param newCurrency the currency
         * @return this builder
         * @throws DataException if rows in another currency were added
         */
        public Builder currency(Currency newCurrency) {
            Objects.requireNonNull(newCurrency, "currency");
            if (currency != null && !currency.equals(Transaction.NO_CURRENCY) && !currency.equals(newCurrency)) {
                throw new DataException("`currency` of the log must be " + currency.getCurrencyCode()
                        + " as in the rows added so far, but was " + newCurrency.getCurrencyCode());
            }
            currency = newCurrency;
            currencyStated = true;
            return this;
        }

        /**
         * Adds a transaction.
         *
         * @param transaction the transaction
         * @return this builder
         * @throws DataException if it is in another currency than the rows before it, or its amount has more than 18
         *     digits
         */
        public Builder add(Transaction transaction) {
            Currency common = requireCurrency(transaction.currency(), transaction.toString());
            addRow(transaction.customerId(), transaction.date(), transaction.amount());
            // Only now: a row that is refused must not decide the log's currency.
            currency = common;
            extras.add(size - 1, transaction);
            return this;
        }

        /**
         * Adds a transaction of which only customer, day and amount are known, in the log's currency.
         *
         * @param customerId the customer's id; not blank
         * @param date the day
         * @param amount the amount
         * @return this builder
         * @throws IllegalArgumentException if the id is blank
         * @throws DataException if the amount has more than 18 digits
         */
        public Builder add(String customerId, LocalDate date, BigDecimal amount) {
            addRow(Checks.nonBlank(customerId, "customerId"), date, amount);
            return this;
        }

        /**
         * Adds a transaction with the row of its source, which messages then name.
         *
         * @param customerId the customer's id; not blank
         * @param date the day
         * @param amount the amount
         * @param sourceRow the line of the file or the row of the query, from 1
         * @return this builder
         * @throws IllegalArgumentException if the id is blank
         * @throws DataException if the amount has more than 18 digits
         */
        public Builder add(String customerId, LocalDate date, BigDecimal amount, long sourceRow) {
            add(customerId, date, amount);
            if (sourceRows == null) {
                sourceRows = new long[customerOf.length];
                for (int i = 0; i < size; i++) {
                    sourceRows[i] = i + 1L;
                }
            }
            sourceRows[size - 1] = sourceRow;
            return this;
        }

        /**
         * Says what was bought by the transaction that was added last.
         *
         * @param product the product; not blank
         * @return this builder
         * @throws IllegalArgumentException if the product is blank
         * @throws IllegalStateException if none was added yet, or the log is built
         */
        public Builder product(String product) {
            Checks.nonBlank(product, "product");
            extras.products.set(lastRow(), product);
            return this;
        }

        /**
         * Says something of the transaction that was added last.
         *
         * @param name the attribute's name, as {@code channel}; not blank
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException if the name is blank
         * @throws IllegalStateException if none was added yet, or the log is built
         */
        public Builder attribute(String name, String value) {
            Checks.nonBlank(name, "name");
            Objects.requireNonNull(value, "value");
            int row = lastRow();
            extras.attributes.computeIfAbsent(name, unused -> new TextColumn()).set(row, value);
            return this;
        }

        private int lastRow() {
            if (built) {
                throw new IllegalStateException("a builder is good for one log");
            }
            if (size == 0) {
                throw new IllegalStateException("add a transaction first");
            }
            return size - 1;
        }

        /**
         * Adds what is known of a customer beside the transactions. A later customer with the same id replaces it.
         *
         * @param customer the customer
         * @return this builder
         */
        public Builder customer(Customer customer) {
            customers.put(customer.id(), customer);
            return this;
        }

        /**
         * Returns the number of transactions added so far.
         *
         * @return the number of rows
         */
        public int size() {
            return size;
        }

        /**
         * Builds the log.
         *
         * @return the log
         * @throws IllegalStateException if the builder was used already
         */
        public TransactionLog build() {
            if (built) {
                throw new IllegalStateException("a builder is good for one log");
            }
            built = true;
            return new TransactionLog(this);
        }

        /** Returns the log's currency once it has the row. */
        private Currency requireCurrency(Currency rowCurrency, String where) {
            if (currency == null && size == 0) {
                return rowCurrency;
            }
            Currency common = currency == null ? Transaction.NO_CURRENCY : currency;
            if (!rowCurrency.equals(common) && !(currencyStated && rowCurrency.equals(Transaction.NO_CURRENCY))) {
                throw new DataException("`currency` of row " + (size + 1) + " must be " + common.getCurrencyCode()
                        + " as in the rest of the log, but was " + rowCurrency.getCurrencyCode() + " (" + where
                        + "); convert the amounts first");
            }
            return common;
        }

        private void addRow(String customerId, LocalDate date, BigDecimal amount) {
            if (built) {
                throw new IllegalStateException("a builder is good for one log");
            }
            int day = Math.toIntExact(date.toEpochDay());
            try {
                amounts.add(amount);
            } catch (ArithmeticException e) {
                throw new DataException(
                        "`amount` of row " + (size + 1) + " must have at most 18 digits at the log's scale, but was "
                                + (amount.precision() > 40 ? "longer than 40 digits" : amount)
                                + " (customer " + customerId + ")",
                        e);
            }
            if (size == customerOf.length) {
                int capacity = size + (size >> 1);
                customerOf = Arrays.copyOf(customerOf, capacity);
                epochDays = Arrays.copyOf(epochDays, capacity);
                if (sourceRows != null) {
                    sourceRows = Arrays.copyOf(sourceRows, capacity);
                }
            }
            customerOf[size] = ids.add(customerId);
            epochDays[size] = day;
            if (sourceRows != null) {
                sourceRows[size] = size + 1L;
            }
            size++;
        }
    }
}
