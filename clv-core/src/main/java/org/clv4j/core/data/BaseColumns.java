// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arrays of a base. Written while it is built, never after. */
final class BaseColumns {

    /** The day of a first or last purchase that is not known. */
    static final int NO_DAY = Integer.MIN_VALUE;
    /** Instead of the number of a row: one that is to be added. */
    static final int NEW = -1;

    String[] ids;
    TimeScale timeScale;
    Currency currency = Transaction.NO_CURRENCY;
    int[] frequency;
    double[] monetaryValue;
    int stepsPerPeriod = 1;
    int @Nullable [] recencySteps;
    int @Nullable [] ageSteps;
    double @Nullable [] recency;
    double @Nullable [] age;
    double @Nullable [] logGaps;
    /** The days of all repeat occasions, customer after customer, and where each customer's begin. */
    int @Nullable [] repeatDays;

    int @Nullable [] repeatStarts;
    double @Nullable [] weights;
    int moneyScale;
    long @Nullable [] totals;
    BigDecimal @Nullable [] costs;
    BigDecimal @Nullable [] amountsWithCost;
    long @Nullable [] transactions;
    int @Nullable [] firstDays;
    int @Nullable [] lastDays;
    ContractState @Nullable [] contracts;
    int @Nullable [] holdoutOccasions;
    long @Nullable [] holdoutTotals;
    BigDecimal @Nullable [] acquisitionCosts;

    @Nullable
    TextColumn referrers;

    Map<String, TextColumn> attributes = new LinkedHashMap<>();

    @Nullable
    Observation observation;

    @Nullable
    DataQuality quality;

    /** What the base was made of, if it was made of transactions, and by which rules. */
    @Nullable
    TransactionLog log;

    DataPolicy policy = DataPolicy.withDefaults();

    BaseColumns(TimeScale timeScale, String[] ids, int[] frequency, double[] monetaryValue) {
        this.timeScale = timeScale;
        this.ids = ids;
        this.frequency = frequency;
        this.monetaryValue = monetaryValue;
    }

    static BaseColumns of(Collection<CustomerSummary> summaries, TimeScale timeScale) {
        int size = summaries.size();
        BaseColumns columns = new BaseColumns(timeScale, new String[size], new int[size], new double[size]);
        double[] recency = new double[size];
        double[] age = new double[size];
        double[] weights = new double[size];
        int row = 0;
        for (CustomerSummary summary : summaries) {
            columns.ids[row] = summary.id();
            columns.frequency[row] = summary.frequency();
            recency[row] = summary.recency();
            age[row] = summary.age();
            columns.monetaryValue[row] = summary.monetaryValue();
            weights[row] = summary.weight();
            for (Map.Entry<String, String> attribute : summary.attributes().entrySet()) {
                columns.attributes
                        .computeIfAbsent(attribute.getKey(), unused -> new TextColumn())
                        .set(row, attribute.getValue());
            }
            row++;
        }
        columns.weights = Arrays.stream(weights).allMatch(weight -> weight == 1) ? null : weights;
        columns.setTimes(recency, age);
        return columns;
    }

    /** Keeps times as integers where that loses no bit, else as they are. */
    void setTimes(double[] newRecency, double[] newAge) {
        int steps = timeScale.hasDayGrid() ? timeScale.daysPerPeriod() : 1;
        int[] gridRecency = toGrid(newRecency, steps);
        int[] gridAge = toGrid(newAge, steps);
        if (gridRecency != null && gridAge != null) {
            setSteps(gridRecency, gridAge, steps);
        } else {
            recency = newRecency;
            age = newAge;
            recencySteps = null;
            ageSteps = null;
            stepsPerPeriod = 1;
        }
    }

    void setSteps(int[] newRecencySteps, int[] newAgeSteps, int newStepsPerPeriod) {
        recencySteps = newRecencySteps;
        ageSteps = newAgeSteps;
        stepsPerPeriod = newStepsPerPeriod;
    }

    private static int @Nullable [] toGrid(double[] times, int stepsPerPeriod) {
        int[] steps = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            steps[i] = (int) Math.rint(times[i] * stepsPerPeriod);
            if (steps[i] / (double) stepsPerPeriod != times[i]) {
                return null;
            }
        }
        return steps;
    }

    BaseColumns copy() {
        BaseColumns copy = new BaseColumns(timeScale, ids, frequency, monetaryValue);
        copy.currency = currency;
        copy.stepsPerPeriod = stepsPerPeriod;
        copy.recencySteps = recencySteps;
        copy.ageSteps = ageSteps;
        copy.recency = recency;
        copy.age = age;
        copy.logGaps = logGaps;
        copy.repeatDays = repeatDays;
        copy.repeatStarts = repeatStarts;
        copy.weights = weights;
        copy.moneyScale = moneyScale;
        copy.totals = totals;
        copy.costs = costs;
        copy.amountsWithCost = amountsWithCost;
        copy.transactions = transactions;
        copy.firstDays = firstDays;
        copy.lastDays = lastDays;
        copy.contracts = contracts;
        copy.holdoutOccasions = holdoutOccasions;
        copy.holdoutTotals = holdoutTotals;
        copy.acquisitionCosts = acquisitionCosts;
        copy.referrers = referrers;
        copy.attributes = attributes;
        copy.observation = observation;
        copy.quality = quality;
        copy.log = log;
        copy.policy = policy;
        return copy;
    }

    static BaseColumns ofContracts(Collection<Contract> contracts, @Nullable LocalDate asOf, TimeScale timeScale) {
        BaseColumns none = new BaseColumns(timeScale, new String[0], new int[0], new double[0]);
        none.setTimes(new double[0], new double[0]);
        none.totals = new long[0];
        none.transactions = new long[0];
        none.observation = asOf == null ? null : Observation.until(asOf);
        if (asOf != null) {
            none.firstDays = new int[0];
        }
        return none.withContracts(contracts, new IdIndex(0));
    }

    /** Adds contracts, and rows for customers that are new. */
    BaseColumns withContracts(Collection<Contract> added, IdIndex known) {
        int size = ids.length;
        Set<String> seen = new HashSet<>();
        List<String> newIds = new ArrayList<>();
        for (Contract contract : added) {
            if (!seen.add(contract.customerId())) {
                throw new DataException("a customer must have one contract, but " + contract.customerId() + " has more;"
                        + " give each an id of its own, or add up their fees");
            }
            if (known.find(contract.customerId()) < 0) {
                newIds.add(contract.customerId());
            }
        }
        int[] picks = new int[size + newIds.size()];
        Arrays.setAll(picks, i -> i < size ? i : NEW);
        BaseColumns extended = rows(picks);
        for (int i = 0; i < newIds.size(); i++) {
            extended.ids[size + i] = newIds.get(i);
        }
        extended.addContracts(added, known, size);
        return extended;
    }

    private void addContracts(Collection<Contract> added, IdIndex known, int firstNew) {
        ContractState[] states = contracts == null ? new ContractState[ids.length] : contracts;
        double[] allRecency = new double[ids.length];
        double[] allAge = new double[ids.length];
        for (int row = 0; row < firstNew; row++) {
            allRecency[row] = recency(row);
            allAge[row] = age(row);
        }
        int next = firstNew;
        for (Contract contract : added) {
            int row = known.find(contract.customerId());
            boolean isNew = row < 0;
            row = isNew ? next++ : row;
            ContractState state = observation == null ? contract.state() : contract.stateOn(observation.end());
            states[row] = state;
            if (isNew) {
                allAge[row] = age(contract, state);
                if (firstDays != null) {
                    firstDays[row] = contract.start()
                            .map(start -> (int) start.toEpochDay())
                            .orElse(NO_DAY);
                }
            }
            for (Map.Entry<String, String> attribute : contract.attributes().entrySet()) {
                attributes
                        .computeIfAbsent(attribute.getKey(), unused -> new TextColumn())
                        .set(row, attribute.getValue());
            }
        }
        contracts = added.isEmpty() ? contracts : states;
        setTimes(allRecency, allAge);
    }

    private double age(Contract contract, ContractState state) {
        if (observation != null && contract.start().isPresent()) {
            return timeScale.between(contract.start().get(), observation.end());
        }
        double periods = state.opportunities() * state.termMonths() * timeScale.periodsPerYear() / 12;
        // On the grid of days where there is one, so that the other customers' times stay on it.
        return timeScale.hasDayGrid()
                ? Math.rint(periods * timeScale.daysPerPeriod()) / timeScale.daysPerPeriod()
                : periods;
    }

    double recency(int row) {
        return recencySteps == null
                ? Objects.requireNonNull(recency)[row]
                : recencySteps[row] / (double) stepsPerPeriod;
    }

    double age(int row) {
        return ageSteps == null ? Objects.requireNonNull(age)[row] : ageSteps[row] / (double) stepsPerPeriod;
    }

    /** The rows at these places; {@link #NEW} is a row without purchases, whose id is to be set. */
    BaseColumns rows(int[] picks) {
        BaseColumns chosen = new BaseColumns(
                timeScale, new String[picks.length], pick(frequency, picks, 0), pick(monetaryValue, picks, 0));
        for (int i = 0; i < picks.length; i++) {
            chosen.ids[i] = picks[i] == NEW ? "" : ids[picks[i]];
        }
        chosen.currency = currency;
        chosen.observation = observation;
        chosen.log = log;
        chosen.policy = policy;
        chosen.stepsPerPeriod = stepsPerPeriod;
        chosen.recencySteps = recencySteps == null ? null : pick(recencySteps, picks, 0);
        chosen.ageSteps = ageSteps == null ? null : pick(ageSteps, picks, 0);
        chosen.recency = recency == null ? null : pick(recency, picks, 0);
        chosen.age = age == null ? null : pick(age, picks, 0);
        chosen.logGaps = logGaps == null ? null : pick(logGaps, picks, 0);
        chosen.weights = weights == null ? null : pick(weights, picks, 1);
        chosen.moneyScale = moneyScale;
        chosen.totals = totals == null ? null : pick(totals, picks);
        chosen.transactions = transactions == null ? null : pick(transactions, picks);
        chosen.costs = costs == null ? null : pick(costs, picks);
        chosen.amountsWithCost = amountsWithCost == null ? null : pick(amountsWithCost, picks);
        chosen.firstDays = firstDays == null ? null : pick(firstDays, picks, NO_DAY);
        chosen.lastDays = lastDays == null ? null : pick(lastDays, picks, NO_DAY);
        chosen.holdoutOccasions = holdoutOccasions == null ? null : pick(holdoutOccasions, picks, 0);
        chosen.holdoutTotals = holdoutTotals == null ? null : pick(holdoutTotals, picks);
        chosen.pickOccasions(this, picks);
        if (acquisitionCosts != null) {
            chosen.acquisitionCosts = new BigDecimal[picks.length];
            for (int i = 0; i < picks.length; i++) {
                if (picks[i] != NEW) {
                    chosen.acquisitionCosts[i] = acquisitionCosts[picks[i]];
                }
            }
        }
        chosen.pickContracts(this, picks);
        chosen.referrers = referrers == null ? null : pick(referrers, picks);
        attributes.forEach((name, column) -> chosen.attributes.put(name, pick(column, picks)));
        return chosen;
    }

    private static TextColumn pick(TextColumn column, int[] picks) {
        TextColumn own = new TextColumn();
        for (int i = 0; i < picks.length; i++) {
            own.set(i, picks[i] == NEW ? null : column.get(picks[i]));
        }
        return own;
    }

    /** Without contracts there is no column of them, so that asking for one costs nothing. */
    private void pickContracts(BaseColumns from, int[] picks) {
        if (from.contracts == null) {
            return;
        }
        ContractState[] chosen = new ContractState[picks.length];
        boolean any = false;
        for (int i = 0; i < picks.length; i++) {
            if (picks[i] != NEW) {
                chosen[i] = from.contracts[picks[i]];
                any |= chosen[i] != null;
            }
        }
        contracts = any ? chosen : null;
    }

    /** Tells of every customer whether there is a contract. */
    BaseColumns withRelationship(String name, String contract, String none) {
        TextColumn column = new TextColumn();
        for (int row = 0; row < ids.length; row++) {
            column.set(row, contracts != null && contracts[row] != null ? contract : none);
        }
        BaseColumns extended = copy();
        extended.attributes = new LinkedHashMap<>(attributes);
        extended.attributes.put(name, column);
        return extended;
    }

    private void pickOccasions(BaseColumns from, int[] picks) {
        int[] days = from.repeatDays;
        int[] starts = from.repeatStarts;
        if (days == null || starts == null) {
            return;
        }
        repeatStarts = new int[picks.length + 1];
        for (int i = 0; i < picks.length; i++) {
            repeatStarts[i + 1] = repeatStarts[i] + frequency[i];
        }
        repeatDays = new int[repeatStarts[picks.length]];
        for (int i = 0; i < picks.length; i++) {
            if (picks[i] != NEW) {
                System.arraycopy(days, starts[picks[i]], repeatDays, repeatStarts[i], frequency[i]);
            }
        }
    }

    private static int[] pick(int[] column, int[] picks, int absent) {
        int[] chosen = new int[picks.length];
        Arrays.setAll(chosen, i -> picks[i] == NEW ? absent : column[picks[i]]);
        return chosen;
    }

    private static double[] pick(double[] column, int[] picks, double absent) {
        double[] chosen = new double[picks.length];
        Arrays.setAll(chosen, i -> picks[i] == NEW ? absent : column[picks[i]]);
        return chosen;
    }

    private static long[] pick(long[] column, int[] picks) {
        long[] chosen = new long[picks.length];
        Arrays.setAll(chosen, i -> picks[i] == NEW ? 0 : column[picks[i]]);
        return chosen;
    }

    private static BigDecimal[] pick(BigDecimal[] column, int[] picks) {
        BigDecimal[] chosen = new BigDecimal[picks.length];
        Arrays.setAll(chosen, i -> picks[i] == NEW ? BigDecimal.ZERO : column[picks[i]]);
        return chosen;
    }
}
