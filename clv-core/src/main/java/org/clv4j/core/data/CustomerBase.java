// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The customers of a company in columns: frequency x, recency t_x, age T and monetary value z̄ of each, with what was realised
 * and what is known of them. This is what models fit to and score.
 *
 * <p>A purchase <em>occasion</em> is a distinct customer-day; amounts of the same day are summed. Frequency counts the
 * <em>repeat</em> occasions, so a one-time buyer has 0. Recency is the time from the first to the last occasion, age the time
 * from the first occasion to the calibration end, both in periods of {@link #timeScale()}. Monetary value is the mean amount
 * of the repeat occasions, 0 without any.
 *
 * <p>Rows keep the order in which the customers first appear. Where times are whole days they are kept as integers, and
 * {@link #recencySteps(int)} and {@link #ageSteps(int)} give them: {@code recency = recencySteps / stepsPerPeriod}.
 *
 * <p>This class is immutable and thread-safe; its arrays never escape.
 */
public final class CustomerBase {

    /** The name of the attribute that carries {@link Customer#channel()}. */
    public static final String CHANNEL = "channel";

    /** The name of the attribute that {@link #withRelationship} sets. */
    public static final String RELATIONSHIP = "relationship";

    /** The value of {@link #RELATIONSHIP} of customers with a contract. */
    public static final String CONTRACT = "contract";

    /** The value of {@link #RELATIONSHIP} of customers without a contract. */
    public static final String NO_CONTRACT = "no contract";

    private final BaseColumns columns;
    private final IdIndex indexOfId;

    CustomerBase(BaseColumns columns) {
        this.columns = columns;
        this.indexOfId = index(columns.ids);
    }

    private CustomerBase(BaseColumns columns, IdIndex indexOfId) {
        this.columns = columns;
        this.indexOfId = indexOfId;
    }

    private static IdIndex index(String[] ids) {
        IdIndex index = new IdIndex(ids.length);
        for (int i = 0; i < ids.length; i++) {
            int number = index.add(ids[i]);
            if (number != i) {
                throw new DataException("`id` of row " + (i + 1) + " must be unique, but was '" + ids[i]
                        + "' as in row " + (number + 1) + "; one row a customer, or use weights for equal customers");
            }
        }
        return index;
    }

    /**
     * Summarises a log with the default policy: zero amounts kept, refunds an error, an occasion is a customer-day.
     *
     * @param log the transactions
     * @param observation the window
     * @param timeScale the unit of recency, age and horizons
     * @return the base
     * @throws DataException if the log has a negative amount in the window
     */
    public static CustomerBase of(TransactionLog log, Observation observation, TimeScale timeScale) {
        return of(log, observation, timeScale, DataPolicy.withDefaults());
    }

    /**
     * Summarises a log.
     *
     * @param log the transactions
     * @param observation the window; rows outside it are counted in {@link #quality()}
     * @param timeScale the unit of recency, age and horizons
     * @param policy the rules for zero amounts, refunds and occasions
     * @return the base, customers in the order of their first row in the log
     * @throws DataException if the policy refuses a row
     * @throws IllegalArgumentException if the policy's occasion period is coarser than a day and not the time scale
     */
    public static CustomerBase of(TransactionLog log, Observation observation, TimeScale timeScale, DataPolicy policy) {
        return new Summariser(log, observation, timeScale, policy)
                .summarise()
                .withCustomers(log.customers().values());
    }

    /**
     * Builds a base from summaries, for data that come summarised.
     *
     * <p>The realised total of a customer is then frequency × monetaryValue: the first purchase is not in a summary.
     *
     * @param summaries one summary a customer
     * @param timeScale the unit of their recency and age
     * @return the base, in the order of the summaries
     * @throws DataException if two summaries have the same id
     */
    public static CustomerBase ofSummaries(Collection<CustomerSummary> summaries, TimeScale timeScale) {
        return new CustomerBase(BaseColumns.of(summaries, timeScale));
    }

    /**
     * Builds a base from contracts: each customer bought once, when the contract began, and pays by the contract since.
     *
     * @param contracts one contract a customer
     * @param asOf the day as of which they are looked at
     * @param timeScale the unit of ages and horizons
     * @return the base, in the order of the contracts
     * @throws DataException if two contracts are of the same customer, or one begins after the day
     */
    public static CustomerBase ofContracts(Collection<Contract> contracts, LocalDate asOf, TimeScale timeScale) {
        return new CustomerBase(BaseColumns.ofContracts(contracts, asOf, timeScale));
    }

    /**
     * Builds a base from contracts that are known by their renewals, not by dates.
     *
     * @param contracts one contract a customer
     * @param timeScale the unit of ages and horizons
     * @return the base, in the order of the contracts
     * @throws DataException if two contracts are of the same customer, or one has dates
     */
    public static CustomerBase ofContracts(Collection<Contract> contracts, TimeScale timeScale) {
        return new CustomerBase(BaseColumns.ofContracts(contracts, null, timeScale));
    }

    /**
     * Returns a base with the customers of this one and those of the contracts, as of the end of this base's observation. A customer who
     * is in this base already gets the contract, and is valued by it from then on.
     *
     * @param contracts one contract a customer
     * @return the base: the rows of this one, then the new customers in the order of the contracts
     * @throws DataException if two contracts are of the same customer, one begins after the end of the observation, or this base was built
     *     from summaries and a contract has dates
     */
    public CustomerBase withContracts(Collection<Contract> contracts) {
        return new CustomerBase(columns.withContracts(contracts, indexOfId));
    }

    /**
     * Returns the base of some of the customers.
     *
     * @param rows which rows to take
     * @return the base, in the order of this one; without {@link #quality()}
     */
    public CustomerBase select(IntPredicate rows) {
        return new CustomerBase(
                columns.rows(IntStream.range(0, size()).filter(rows).toArray()));
    }

    /**
     * Returns a copy that carries what is known of the customers: attributes, channel (as the attribute {@value #CHANNEL}),
     * acquisition cost and referrer. Customers that are not in this base are passed over.
     *
     * @param customers the customers
     * @return the copy
     */
    public CustomerBase withCustomers(Collection<Customer> customers) {
        if (customers.isEmpty()) {
            return this;
        }
        BaseColumns extended = columns.copy();
        BigDecimal[] costs = columns.acquisitionCosts == null
                ? new BigDecimal[size()]
                : Arrays.copyOf(columns.acquisitionCosts, size());
        Map<String, TextColumn> added = new TreeMap<>();
        TextColumn referrers = null;
        for (Customer customer : customers) {
            int row = indexOfId.find(customer.id());
            if (row < 0) {
                continue;
            }
            if (customer.referrer().isPresent()) {
                referrers = referrers == null ? copyOf(columns.referrers) : referrers;
                referrers.set(row, customer.referrer().get());
            }
            customer.acquisitionCost().ifPresent(cost -> costs[row] = cost);
            customer.channel().ifPresent(channel -> set(added, CHANNEL, row, channel));
            customer.attributes().forEach((name, value) -> set(added, name, row, value));
        }
        extended.attributes = new LinkedHashMap<>(columns.attributes);
        added.forEach(extended.attributes::put);
        extended.acquisitionCosts = costs;
        extended.referrers = referrers == null ? columns.referrers : referrers;
        return new CustomerBase(extended, indexOfId);
    }

    /**
     * Returns a copy that tells by an attribute who has a contract: {@value #RELATIONSHIP}, which is {@value #CONTRACT} or
     * {@value #NO_CONTRACT}. Results can be broken down by it.
     *
     * @return the copy; this base if its customers have an attribute of that name already, which stays as it is
     */
    public CustomerBase withRelationship() {
        return columns.attributes.containsKey(RELATIONSHIP)
                ? this
                : new CustomerBase(columns.withRelationship(RELATIONSHIP, CONTRACT, NO_CONTRACT), indexOfId);
    }

    /**
     * Returns a copy in which every row stands for another number of customers, for resampling and for what-if questions.
     *
     * @param weights one a row; finite, above 0; copied
     * @return the copy
     * @throws IllegalArgumentException if they are not as many as the rows, or one is out of its range
     */
    public CustomerBase withWeights(double[] weights) {
        if (weights.length != size()) {
            throw new IllegalArgumentException(
                    "`weights` must be " + size() + " values, one a customer, but were " + weights.length);
        }
        for (int row = 0; row < weights.length; row++) {
            if (!(weights[row] > 0 && weights[row] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "`weight` must be finite and above 0, but was " + weights[row] + " (customer " + id(row) + ")");
            }
        }
        BaseColumns weighted = columns.copy();
        weighted.weights = weights.clone();
        return new CustomerBase(weighted, indexOfId);
    }

    BaseColumns columns() {
        return columns;
    }

    private void set(Map<String, TextColumn> added, String name, int row, String value) {
        added.computeIfAbsent(name, this::copyOfAttribute).set(row, value);
    }

    private TextColumn copyOfAttribute(String name) {
        return copyOf(columns.attributes.get(name));
    }

    private TextColumn copyOf(@Nullable TextColumn existing) {
        TextColumn copy = new TextColumn();
        if (existing != null) {
            for (int row = 0; row < size(); row++) {
                copy.set(row, existing.get(row));
            }
        }
        return copy;
    }

    /**
     * Returns the customers' purchases until the end of the observation, row for row.
     *
     * @return the histories, in the order of this base
     * @throws DataException if this base was not made of transactions, or has customers without any
     */
    public CustomerHistories histories() {
        return CustomerHistories.atEnd(this, columns);
    }

    /**
     * Returns the purchases until an earlier day, of the customers who had bought by then: what was known on that day. Whose purchases are all
     * refunded by the end of the observation is no customer of this base, and is in no history of it.
     *
     * @param day the day, inclusive; not after the end of the observation
     * @return the histories, in the order of this base
     * @throws DataException if this base was not made of transactions
     * @throws IllegalArgumentException if the day is after the end of the observation
     */
    public CustomerHistories historiesAt(LocalDate day) {
        return CustomerHistories.at(this, columns, day);
    }

    /**
     * Returns what was known of every customer when she had been one for a time: her purchases from the first until then. Customers whose
     * time is not over at the end of the observation are left out.
     *
     * @param periods the time since the first purchase, in periods of the time scale; finite, at least 0
     * @return the histories, each as of its own day, in the order of this base
     * @throws DataException if this base was not made of transactions
     * @throws IllegalArgumentException if the time is out of range
     */
    public CustomerHistories historiesAfter(double periods) {
        return CustomerHistories.after(this, columns, periods);
    }

    /**
     * Returns the number of customers.
     *
     * @return the number of rows
     */
    public int size() {
        return columns.ids.length;
    }

    /**
     * Returns the unit of recency, age and horizons.
     *
     * @return the time scale
     */
    public TimeScale timeScale() {
        return columns.timeScale;
    }

    /**
     * Returns the window in which the customers were observed.
     *
     * @return the window, or empty if the base was built from summaries
     */
    public Optional<Observation> observation() {
        return Optional.ofNullable(columns.observation);
    }

    /**
     * Returns what happened to the rows of the log.
     *
     * @return the counts, or empty if the base was built from summaries
     */
    public Optional<DataQuality> quality() {
        return Optional.ofNullable(columns.quality);
    }

    /**
     * Returns the currency of all amounts.
     *
     * @return the currency; {@link Transaction#NO_CURRENCY} if none was stated
     */
    public Currency currency() {
        return columns.currency;
    }

    /**
     * Returns a customer's id.
     *
     * @param row the row, from 0
     * @return the id
     */
    public String id(int row) {
        return columns.ids[row];
    }

    /**
     * Finds a customer.
     *
     * @param id the id
     * @return the row, or −1 if the base has no such customer
     */
    public int indexOf(String id) {
        return indexOfId.find(id);
    }

    /**
     * Returns a row in one piece.
     *
     * @param row the row, from 0
     * @return the summary
     */
    public CustomerSummary summary(int row) {
        Map<String, String> attributes = new TreeMap<>();
        columns.attributes.keySet().forEach(name -> attribute(name, row)
                .ifPresent(value -> attributes.put(name, value)));
        return new CustomerSummary(
                id(row), frequency(row), recency(row), age(row), monetaryValue(row), weight(row), attributes);
    }

    /**
     * Returns x, the number of repeat purchase occasions.
     *
     * @param row the row, from 0
     * @return the frequency, at least 0
     */
    public int frequency(int row) {
        return columns.frequency[row];
    }

    /**
     * Returns t_x, the time from the first purchase to the last.
     *
     * @param row the row, from 0
     * @return the recency in periods, in [0, age]; 0 without repeat purchases
     */
    public double recency(int row) {
        return columns.recency(row);
    }

    /**
     * Returns T, the time from the first purchase to the calibration end.
     *
     * @param row the row, from 0
     * @return the age in periods, at least 0
     */
    public double age(int row) {
        return columns.age(row);
    }

    /**
     * Returns z̄, the mean amount of the repeat occasions.
     *
     * @param row the row, from 0
     * @return the mean in the base's currency; 0 without repeat purchases
     */
    public double monetaryValue(int row) {
        return columns.monetaryValue[row];
    }

    /**
     * Returns how many customers a row stands for.
     *
     * @param row the row, from 0
     * @return the weight, above 0; 1 if the base has no weights
     */
    public double weight(int row) {
        return columns.weights == null ? 1 : columns.weights[row];
    }

    /**
     * Tells whether rows have weights other than 1.
     *
     * @return true if the base has weights
     */
    public boolean isWeighted() {
        return columns.weights != null;
    }

    /**
     * Returns the sum of the weights: the number of customers that the base stands for.
     *
     * @return the sum; {@link #size()} if the base has no weights
     */
    public double totalWeight() {
        return columns.weights == null ? size() : Arrays.stream(columns.weights).sum();
    }

    /**
     * Tells whether the gaps between purchases are known, as they are where the base was made of transactions.
     *
     * @return true if {@link #sumOfLogGaps(int)} is defined
     */
    public boolean hasGaps() {
        return columns.logGaps != null;
    }

    /**
     * Returns the sum of the logarithms of the gaps between a customer's successive purchase occasions, in periods. It is what models of
     * regular purchases need of the times between first and last.
     *
     * @param row the row, from 0
     * @return Σ ln gap; 0 without repeat purchases
     * @throws IllegalStateException if the base was built from summaries
     */
    public double sumOfLogGaps(int row) {
        double[] logGaps = columns.logGaps;
        if (logGaps == null) {
            throw new IllegalStateException("gaps between purchases are not known of a base built from summaries");
        }
        return logGaps[row];
    }

    /**
     * Tells whether the days of the repeat purchases are known, as they are where the base was made of transactions.
     *
     * @return true if {@link #occasionDay(int, int)} is defined
     */
    public boolean hasOccasions() {
        return columns.repeatDays != null;
    }

    /**
     * Returns the day of a customer's purchase occasion. Where an occasion is coarser than a day, its first day with a purchase.
     *
     * @param row the row, from 0
     * @param occasion the occasion, from 0, which is the first purchase, to {@link #frequency(int)}
     * @return the day since 1970-01-01, as {@link LocalDate#toEpochDay()} counts
     * @throws IllegalStateException if the base was built from summaries
     * @throws IndexOutOfBoundsException if the customer has no such occasion
     */
    public int occasionDay(int row, int occasion) {
        int[] repeatDays = columns.repeatDays;
        int[] repeatStarts = columns.repeatStarts;
        int[] firstDays = columns.firstDays;
        if (repeatDays == null || repeatStarts == null || firstDays == null) {
            throw new IllegalStateException("the days of purchases are not known of a base built from summaries");
        }
        Objects.checkIndex(occasion, frequency(row) + 1);
        return occasion == 0 ? firstDays[row] : repeatDays[repeatStarts[row] + occasion - 1];
    }

    /**
     * Tells whether all times are whole steps of a grid, as they are when they come from dates counted in days or weeks.
     *
     * @return true if {@link #recencySteps(int)} and {@link #ageSteps(int)} are defined
     */
    public boolean isGridded() {
        return columns.recencySteps != null;
    }

    /**
     * Returns the steps of the time grid in a period.
     *
     * @return 7 for weeks counted in days, 1 for days
     * @throws IllegalStateException if times are not on a grid
     */
    public int stepsPerPeriod() {
        requireGrid();
        return columns.stepsPerPeriod;
    }

    /**
     * Returns the recency as steps of the grid.
     *
     * @param row the row, from 0
     * @return recency × {@link #stepsPerPeriod()}, exact
     * @throws IllegalStateException if times are not on a grid
     */
    public int recencySteps(int row) {
        int[] steps = columns.recencySteps;
        if (steps == null) {
            throw noGrid();
        }
        return steps[row];
    }

    /**
     * Returns the age as steps of the grid.
     *
     * @param row the row, from 0
     * @return age × {@link #stepsPerPeriod()}, exact
     * @throws IllegalStateException if times are not on a grid
     */
    public int ageSteps(int row) {
        int[] steps = columns.ageSteps;
        if (steps == null) {
            throw noGrid();
        }
        return steps[row];
    }

    private void requireGrid() {
        if (!isGridded()) {
            throw noGrid();
        }
    }

    private static IllegalStateException noGrid() {
        return new IllegalStateException("times are not on a grid; use recency and age");
    }

    /**
     * Returns the sum of a customer's amounts in the calibration, first purchase included, refunds as the policy says; and of what was
     * billed by the customer's contract, if there is one.
     *
     * @param row the row, from 0
     * @return the exact total; frequency × monetaryValue if the base was built from summaries
     */
    public BigDecimal totalAmount(int row) {
        BigDecimal bought = columns.totals == null
                ? BigDecimal.valueOf(monetaryValue(row)).multiply(BigDecimal.valueOf(frequency(row)))
                : BigDecimal.valueOf(columns.totals[row], columns.moneyScale);
        return contract(row).map(ContractState::realised).map(bought::add).orElse(bought);
    }

    /**
     * Returns the sum of a customer's amounts as the nearest double; for models, which leave exact money behind.
     *
     * @param row the row, from 0
     * @return the total in the base's currency
     */
    public double totalAmountAsDouble(int row) {
        if (columns.contracts != null && columns.contracts[row] != null) {
            return totalAmount(row).doubleValue();
        }
        return columns.totals == null
                ? frequency(row) * monetaryValue(row)
                : MoneyColumn.toDouble(columns.totals[row], columns.moneyScale);
    }

    /**
     * Tells whether realised totals come from transactions. From summaries they lack the first purchase.
     *
     * @return true if {@link #totalAmount(int)} is what the ledger says
     */
    public boolean hasRealisedTotals() {
        return columns.totals != null;
    }

    /**
     * Returns the sum of the direct costs of a customer's transactions whose cost is known.
     *
     * @param row the row, from 0
     * @return the exact cost; 0 if no cost is known
     */
    public BigDecimal totalCost(int row) {
        return columns.costs == null ? BigDecimal.ZERO : columns.costs[row];
    }

    /**
     * Returns the sum of the amounts of a customer's transactions whose cost is known. The rest of {@link #totalAmount(int)}
     * has no known cost.
     *
     * @param row the row, from 0
     * @return the exact amount; 0 if no cost is known
     */
    public BigDecimal totalAmountWithCost(int row) {
        return columns.amountsWithCost == null ? BigDecimal.ZERO : columns.amountsWithCost[row];
    }

    /**
     * Returns the number of a customer's ledger rows that count in the calibration.
     *
     * @param row the row, from 0
     * @return the number of transactions; frequency + 1 if the base was built from summaries
     */
    public long transactions(int row) {
        return columns.transactions == null ? frequency(row) + 1L : columns.transactions[row];
    }

    /**
     * Returns the day of the first purchase.
     *
     * @param row the row, from 0
     * @return the day, or empty if it is not known, as of a base built from summaries
     */
    public Optional<LocalDate> firstDate(int row) {
        return day(columns.firstDays, row);
    }

    /**
     * Returns the day of the last purchase in the calibration.
     *
     * @param row the row, from 0
     * @return the day, or empty if it is not known, as of a base built from summaries
     */
    public Optional<LocalDate> lastDate(int row) {
        return day(columns.lastDays, row);
    }

    private static Optional<LocalDate> day(int @Nullable [] days, int row) {
        return days == null || days[row] == BaseColumns.NO_DAY
                ? Optional.empty()
                : Optional.of(LocalDate.ofEpochDay(days[row]));
    }

    /**
     * Tells whether some customer has a contract.
     *
     * @return true if {@link #contract(int)} answers for some row
     */
    public boolean hasContracts() {
        return columns.contracts != null;
    }

    /**
     * Returns what is known of a customer's contract as of the end of the observation.
     *
     * @param row the row, from 0
     * @return the state, or empty of a customer without a contract
     */
    public Optional<ContractState> contract(int row) {
        return columns.contracts == null ? Optional.empty() : Optional.ofNullable(columns.contracts[row]);
    }

    /**
     * Tells whether the observation has a holdout.
     *
     * @return true if {@link #holdoutTransactions(int)} and {@link #holdoutAmount(int)} are defined
     */
    public boolean hasHoldout() {
        return columns.holdoutOccasions != null;
    }

    /**
     * Returns the number of purchase occasions in the holdout.
     *
     * @param row the row, from 0
     * @return the number, at least 0
     * @throws IllegalStateException if the observation has no holdout
     */
    public int holdoutTransactions(int row) {
        int[] occasions = columns.holdoutOccasions;
        if (occasions == null) {
            throw noHoldout();
        }
        return occasions[row];
    }

    /**
     * Returns the sum of a customer's amounts in the holdout.
     *
     * @param row the row, from 0
     * @return the exact total
     * @throws IllegalStateException if the observation has no holdout
     */
    public BigDecimal holdoutAmount(int row) {
        long[] totals = columns.holdoutTotals;
        if (totals == null) {
            throw noHoldout();
        }
        return BigDecimal.valueOf(totals[row], columns.moneyScale);
    }

    private static IllegalStateException noHoldout() {
        return new IllegalStateException("the observation has no holdout; see Observation.withHoldoutEnd");
    }

    /**
     * Returns the names of the attributes that some customer has.
     *
     * @return the names, unmodifiable
     */
    public Set<String> attributeNames() {
        return Collections.unmodifiableSet(columns.attributes.keySet());
    }

    /**
     * Returns an attribute of a customer.
     *
     * @param name the attribute's name
     * @param row the row, from 0
     * @return the value, or empty if the customer has none
     */
    public Optional<String> attribute(String name, int row) {
        TextColumn column = columns.attributes.get(name);
        return column == null ? Optional.empty() : Optional.ofNullable(column.get(row));
    }

    /**
     * Returns the values of an attribute, which {@link #attributeCodesInto} refers to.
     *
     * @param name the attribute's name
     * @return the values by code, unmodifiable; empty if no customer has the attribute
     */
    public List<String> attributeValues(String name) {
        TextColumn column = columns.attributes.get(name);
        return column == null ? List.of() : column.values();
    }

    /**
     * Gives the codes of an attribute: where its values stand in {@link #attributeValues}. Of many rows it is faster than
     * {@link #attribute}.
     *
     * @param name the attribute's name
     * @param from the first row
     * @param to the row after the last
     * @param out filled from its start, one code a row; −1 where the customer has no value
     * @throws IndexOutOfBoundsException if there are no such rows, or the array is too short
     */
    public void attributeCodesInto(String name, int from, int to, int[] out) {
        Objects.checkFromToIndex(from, to, size());
        Objects.checkFromIndexSize(0, to - from, out.length);
        TextColumn column = columns.attributes.get(name);
        if (column == null) {
            Arrays.fill(out, 0, to - from, -1);
        } else {
            column.codesInto(from, to, out);
        }
    }

    /**
     * Returns a customer's acquisition cost.
     *
     * @param row the row, from 0
     * @return the cost, or empty if unknown
     */
    public Optional<BigDecimal> acquisitionCost(int row) {
        return columns.acquisitionCosts == null ? Optional.empty() : Optional.ofNullable(columns.acquisitionCosts[row]);
    }

    /**
     * Returns the id of the customer who referred this one.
     *
     * @param row the row, from 0
     * @return the id, of a customer of this base or of somebody else; empty if unknown
     */
    public Optional<String> referrer(int row) {
        Objects.checkIndex(row, size());
        return columns.referrers == null ? Optional.empty() : Optional.ofNullable(columns.referrers.get(row));
    }

    /** Returns size, unit and window. */
    @Override
    public String toString() {
        return "CustomerBase[" + size() + " customers, " + timeScale()
                + (columns.observation == null ? "" : ", " + columns.observation) + "]";
    }
}
