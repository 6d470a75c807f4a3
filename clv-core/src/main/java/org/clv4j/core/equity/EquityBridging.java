// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.Observation;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.jspecify.annotations.Nullable;

/**
 * Explains how the future value of customers changed between two dates, step by step: from the future value of the customers of date 0 by
 * model M<sub>0</sub> under terms V<sub>0</sub> to that of the customers of date 1 by M<sub>1</sub> under V<sub>1</sub>. Both are bases of
 * one ledger with an earlier and a later end of the observation. Horizons count from their own date.
 *
 * <p><b>What was expected.</b> With Δ the time between the dates, H the horizon, δ the rate, m the margin and s the expected spend of a
 * customer at date 0, and D(t) the discounted expected transactions up to t from there,
 *
 * <pre>
 * opening        m s D(H)
 * realised      −e^δΔ m s D(Δ)
 * unwinding     +(e^δΔ − 1) m s D(H)
 * roll-forward  +e^δΔ m s (D(H+Δ) − D(H))         0 without end
 * expected       e^δΔ m s (D(H+Δ) − D(Δ))
 * </pre>
 *
 * The last is the mean of what the customer turns out to be worth at date 1 by the same model and terms, if the model is right. What was
 * really received is told beside the sum: it is no future value.
 *
 * <p><b>What was not expected.</b> The difference between that and the value of the same customers at date 1 by M<sub>0</sub> and
 * V<sub>0</sub>, given what they did, is what their behaviour told. It is a product of transactions and spend: each gets its Shapley share.
 * The share of spend is a step of its own; that of transactions is told apart by what became of the customer: lost (P(alive) by M<sub>0</sub>
 * is below the threshold now and was not before, or the customer is no longer in the base), bought, or silent. New customers come with
 * their value by M<sub>0</sub> and V<sub>0</sub>.
 *
 * <p><b>What was decided or estimated anew.</b> The rest is the step from M<sub>0</sub>, V<sub>0</sub> to M<sub>1</sub>, V<sub>1</sub> for
 * the customers of date 1: transaction model, spend model, terms (discount rate, horizon and timing together), margin, and exchange rate.
 * These multiply, so that the effect of each depends on which changed first. A step is the Shapley value: the mean over all orders, from the
 * value of each combination. It does not depend on an order, and what did not change has 0.
 *
 * <p><b>Currency.</b> Both bases must have the same currency. To report in another one, state its rate of either date: the opening and all
 * steps up to the new customers are converted at the rate of the opening, the closing at that of the closing, and the exchange rate's share
 * is its step.
 *
 * <p><b>Exactness.</b> Each value of a customer is rounded to six decimals once, as {@link EquityAggregator} does; from there everything
 * is integer arithmetic. Shares are rounded customer by customer, and the millionths that are then missing go to the factor of the largest
 * share. So steps add up, and segments do, to the last digit, and neither order of customers nor threads change a bit.
 *
 * <p><b>Segments.</b> A customer is in the segment of the closing, or of the opening if the customer is no longer in
 * the base.
 *
 * <p><b>Limits.</b> Models must be of transactions and spend ({@link EquityPosition}). M<sub>0</sub> has to value the customers of date 1:
 * covariates with a history must reach to the horizon from there. A timing by period needs the length of the window to be a whole number of
 * periods, or a rate of 0, because the periods of the two dates would not be the same.
 *
 * <p><b>Cost.</b> About that of seven valuations, and with all five factors changed some microseconds more a customer.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class EquityBridging {

    private static final double HALF = 0.5;

    private static final EquityBridging DEFAULTS = new EquityBridging(List.of(), HALF, null, 1, 1);

    private final List<List<Segmentation>> breakdowns;
    private final double lostBelow;
    private final @Nullable Currency reporting;
    private final double openingRate;
    private final double closingRate;

    private EquityBridging(
            List<List<Segmentation>> breakdowns,
            double lostBelow,
            @Nullable Currency reporting,
            double openingRate,
            double closingRate) {
        this.breakdowns = breakdowns;
        this.lostBelow = lostBelow;
        this.reporting = reporting;
        this.openingRate = openingRate;
        this.closingRate = closingRate;
    }

    /**
     * Returns what makes bridges of the total, in the currency of the customers, where who falls below a P(alive) of one half is lost.
     *
     * @return the bridging
     */
    public static EquityBridging withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with one more breakdown. Several dimensions make one segment of each combination of their values.
     *
     * @param dimensions the names of customer attributes, as {@code ["region", "size"]}; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is no dimension
     */
    public EquityBridging withBreakdown(List<String> dimensions) {
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("`dimensions` must name at least one attribute, but was empty");
        }
        return withSegmentations(
                dimensions.stream().map(Segmentations::attribute).toList());
    }

    /**
     * Returns a copy with one more breakdown, by segmentations; several of them make one segment of each combination. One that was made of a
     * base, as value tiers or scores, measures the customers of both dates by that base.
     *
     * @param segmentations what makes the segments; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public EquityBridging withSegmentations(List<? extends Segmentation> segmentations) {
        if (segmentations.isEmpty()) {
            throw new IllegalArgumentException("`segmentations` must hold at least one, but was empty");
        }
        List<List<Segmentation>> extended = new ArrayList<>(breakdowns);
        extended.add(List.copyOf(segmentations));
        return new EquityBridging(List.copyOf(extended), lostBelow, reporting, openingRate, closingRate);
    }

    /**
     * Returns a copy with another threshold of who is lost.
     *
     * @param newLostBelow the P(alive) below which a customer is lost; in [0, 1]
     * @return the copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public EquityBridging withLostBelow(double newLostBelow) {
        if (!(newLostBelow >= 0 && newLostBelow <= 1)) {
            throw new IllegalArgumentException("`lostBelow` must be in [0, 1], but was " + newLostBelow);
        }
        return new EquityBridging(breakdowns, newLostBelow, reporting, openingRate, closingRate);
    }

    /**
     * Returns a copy that reports in another currency than that of the customers.
     *
     * @param newReporting the currency of the result
     * @param newOpeningRate units of it for one of the customers' currency on the opening's date; finite, above 0
     * @param newClosingRate the same on the closing's date; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if a rate is out of its range
     */
    public EquityBridging withExchangeRates(Currency newReporting, double newOpeningRate, double newClosingRate) {
        Objects.requireNonNull(newReporting, "reporting");
        requireRate(newOpeningRate, "openingRate");
        requireRate(newClosingRate, "closingRate");
        return new EquityBridging(breakdowns, lostBelow, newReporting, newOpeningRate, newClosingRate);
    }

    private static void requireRate(double rate, String name) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`" + name + "` must be finite and above 0, but was " + rate);
        }
    }

    /**
     * Makes the bridge from one position to a later one.
     *
     * @param opening the earlier position
     * @param closing the later position: the same ledger at a later date, or at the same
     * @return the bridge
     * @throws IllegalArgumentException if the closing is before the opening, time unit, currency or start of the observation differ, a
     *     customer has another weight, a timing by period does not fit the window, or no customer has a dimension of a breakdown
     * @throws org.clv4j.core.model.ModelException if a model cannot value the customers
     */
    public EquityBridge between(EquityPosition opening, EquityPosition closing) {
        return between(opening, closing, Execution.sequential());
    }

    /**
     * Makes the bridge from one position to a later one, on threads and with progress as told.
     *
     * @param opening the earlier position
     * @param closing the later position: the same ledger at a later date, or at the same
     * @param execution how the work is run; the result does not depend on it
     * @return the bridge
     * @throws IllegalArgumentException if the closing is before the opening, time unit, currency or start of the observation differ, a
     *     customer has another weight, a timing by period does not fit the window, or no customer has a dimension of a breakdown
     * @throws org.clv4j.core.model.ModelException if a model cannot value the customers
     */
    public EquityBridge between(EquityPosition opening, EquityPosition closing, Execution execution) {
        requireComparable(opening, closing);
        double periods = opening.base().timeScale().between(opening.date(), closing.date());
        requireWholePeriods(opening, periods);
        requireDimensions(opening.base(), closing.base());
        return new Work(opening, closing, periods, execution).bridge();
    }

    private static void requireComparable(EquityPosition opening, EquityPosition closing) {
        CustomerBase before = opening.base();
        CustomerBase after = closing.base();
        requireSame("time unit", before.timeScale(), after.timeScale());
        requireSame("currency", before.currency(), after.currency());
        requireSame(
                "start of the observation",
                before.observation().flatMap(Observation::start),
                after.observation().flatMap(Observation::start));
        if (closing.date().isBefore(opening.date())) {
            throw new IllegalArgumentException(
                    "`closing` must not be before the opening " + opening.date() + ", but was of " + closing.date());
        }
        opening.model().transactions().requireTimeScale(after);
    }

    private static void requireSame(String what, Object before, Object after) {
        if (!before.equals(after)) {
            throw new IllegalArgumentException(
                    "the " + what + " of opening and closing must be the same, but was " + before + " and " + after);
        }
    }

    private static void requireWholePeriods(EquityPosition opening, double periods) {
        ValuationTerms terms = opening.terms();
        if (terms.timing() != CashFlowTiming.AT_PURCHASE
                && periods != Math.rint(periods)
                && terms.continuousRate(opening.base().timeScale()) > 0) {
            throw new IllegalArgumentException("`timing` of the opening must be at-purchase, or the window a whole"
                    + " number of periods, but was " + terms.timing() + " and " + periods + " "
                    + opening.base().timeScale());
        }
    }

    private void requireDimensions(CustomerBase before, CustomerBase after) {
        for (List<Segmentation> dimensions : breakdowns) {
            for (Segmentation dimension : dimensions) {
                BreakdownLabels.requireKnown(
                        dimension, after, before.attributeNames().contains(dimension.name()));
            }
        }
    }

    /** One bridge in the making. */
    private final class Work {
        private final EquityPosition opening;
        private final EquityPosition closing;
        private final CustomerBase before;
        private final CustomerBase after;
        private final double periods;
        private final Execution execution;
        private final Expectations expected;
        private final Valuations valued;
        private final Sums total = new Sums();
        private final List<Map<List<String>, Sums>> segments = new ArrayList<>();
        private final List<BreakdownLabels> labelsBefore = new ArrayList<>();
        private final List<BreakdownLabels> labelsAfter = new ArrayList<>();
        private final long[] movedOf = new long[breakdowns.size()];
        private long restated;

        Work(EquityPosition opening, EquityPosition closing, double periods, Execution execution) {
            this.opening = opening;
            this.closing = closing;
            this.before = opening.base();
            this.after = closing.base();
            this.periods = periods;
            this.execution = execution;
            this.expected = new Expectations();
            this.valued = new Valuations();
            for (List<Segmentation> dimensions : breakdowns) {
                segments.add(new TreeMap<>(SegmentIndex.order(dimensions)));
                labelsBefore.add(BreakdownLabels.of(before, dimensions));
                labelsAfter.add(BreakdownLabels.of(after, dimensions));
            }
        }

        EquityBridge bridge() {
            for (int row = 0; row < before.size(); row++) {
                addExisting(row, after.indexOf(before.id(row)));
            }
            for (int row = 0; row < after.size(); row++) {
                if (before.indexOf(after.id(row)) < 0) {
                    addNew(row);
                }
            }
            List<BridgeBreakdown> byDimensions = new ArrayList<>();
            for (int b = 0; b < breakdowns.size(); b++) {
                List<BridgeSegment> entries = new ArrayList<>();
                segments.get(b).forEach((labels, sums) -> entries.add(sums.toSegment(labels)));
                byDimensions.add(new BridgeBreakdown(SegmentIndex.names(breakdowns.get(b)), entries));
            }
            return new EquityBridge(
                    new BridgeEnd(opening.date(), opening.model().name(), opening.terms(), openingRate),
                    new BridgeEnd(closing.date(), closing.model().name(), closing.terms(), closingRate),
                    before.timeScale(),
                    periods,
                    reporting == null ? before.currency() : reporting,
                    lostBelow,
                    total.toSegment(List.of()),
                    byDimensions,
                    warnings());
        }

        private void addExisting(int row, int later) {
            double weight = before.weight(row);
            if (later >= 0 && after.weight(later) != weight) {
                throw new IllegalArgumentException("`weight` must be the same at opening and closing, but was " + weight
                        + " and " + after.weight(later) + " (customer " + before.id(row) + ")");
            }
            Item item = new Item(weight);
            BigInteger start = expected.opening(row);
            BigInteger unwound = expected.unwound(row);
            BigInteger rolled = expected.rolled(row);
            BigInteger left = expected.closing(row);
            item.opening = start;
            item.steps.put(BridgeStep.UNWINDING, unwound.subtract(start));
            item.steps.put(BridgeStep.ROLL_FORWARD, rolled.subtract(unwound));
            item.steps.put(BridgeStep.REALISED, left.subtract(rolled));
            item.expectedMargin = expected.margin(row);
            if (later < 0) {
                item.fate = Fate.GONE;
                item.steps.put(BridgeStep.LOST, left.negate());
                // Of who is no longer known, nothing is known to have been received.
                add(item, row, later);
                return;
            }
            item.fate = fate(row, later);
            double spend = expected.spend[row];
            double spendLater = valued.openingSpend[later];
            double transactions = expected.transactionsAtClosing(row);
            double transactionsLater = valued.openingTransactions[later];
            BigInteger[] shares = ShapleyShares.of(new BigInteger[] {
                left,
                openingValue(transactionsLater, spend, weight),
                openingValue(transactions, spendLater, weight),
                openingValue(transactionsLater, spendLater, weight)
            });
            item.steps.put(item.fate.step(), shares[0]);
            item.steps.put(BridgeStep.SPEND, shares[1]);
            item.received = openingRate * (valued.current.currentValue(later) - expected.current.currentValue(row));
            valued.addRefit(item, later);
            add(item, row, later);
        }

        private void addNew(int row) {
            Item item = new Item(after.weight(row));
            item.fate = Fate.ADDED;
            item.steps.put(
                    BridgeStep.NEW_CUSTOMERS,
                    openingValue(valued.openingTransactions[row], valued.openingSpend[row], item.weight));
            item.receivedOfNew = openingRate * valued.current.currentValue(row);
            valued.addRefit(item, row);
            add(item, -1, row);
        }

        private Fate fate(int row, int later) {
            if (after.frequency(later) < before.frequency(row)
                    || !after.firstDate(later).equals(before.firstDate(row))) {
                restated++;
            }
            if (expected.alive[row] >= lostBelow && valued.alive[later] < lostBelow) {
                return Fate.LOST;
            }
            return after.frequency(later) > before.frequency(row) ? Fate.BOUGHT : Fate.SILENT;
        }

        /** By the opening's margin and exchange rate. */
        private BigInteger openingValue(double transactions, double spend, double weight) {
            return units(
                    openingRate, spend, transactions, opening.terms().margin().fraction(), weight);
        }

        private void add(Item item, int row, int later) {
            total.add(item);
            for (int b = 0; b < segments.size(); b++) {
                List<String> labels = later >= 0
                        ? labelsAfter.get(b).of(later)
                        : labelsBefore.get(b).of(row);
                if (row >= 0 && later >= 0 && !labels.equals(labelsBefore.get(b).of(row))) {
                    movedOf[b]++;
                }
                segments.get(b).computeIfAbsent(labels, unused -> new Sums()).add(item);
            }
        }

        private List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            addWarnings(warnings, "opening", opening.model());
            addWarnings(warnings, "closing", closing.model());
            double gone = total.count(Fate.GONE);
            if (gone > 0) {
                warnings.add(
                        inWords(gone) + " left the base since the opening: they count as lost, and what they brought in"
                                + " the window is not known");
            }
            if (restated > 0) {
                warnings.add(
                        inWords((double) restated) + " fewer purchases at the closing than at the opening, or another"
                                + " first one: the ledger was restated, and what that changes counts as behaviour");
            }
            for (int b = 0; b < movedOf.length; b++) {
                if (movedOf[b] > 0) {
                    warnings.add(inWords((double) movedOf[b]) + " another "
                            + String.join(" / ", SegmentIndex.names(breakdowns.get(b)))
                            + " at the closing than at the opening: the segments are those of the closing");
                }
            }
            if (!before.hasRealisedTotals() || !after.hasRealisedTotals()) {
                warnings.add("the margin received counts repeat purchases only: the customers came as summaries");
            }
            return warnings;
        }

        private void addWarnings(List<String> warnings, String end, TransactionSpendModel.Fitted model) {
            for (FitReport report : model.reports()) {
                report.warnings()
                        .forEach(warning -> warnings.add(end + ": " + report.model() + ": " + warning.message()));
            }
        }

        private double[] discounted(FittedTransactionModel model, CustomerBase base, ValuationTerms terms) {
            return TransactionSpendModel.discountedTransactions(model, base, terms, execution);
        }

        private double[] column(String what, CustomerBase base, Execution.Filler filler) {
            double[] values = new double[base.size()];
            execution.fill("computing " + what, values, filler);
            return values;
        }

        private double[] alive(FittedTransactionModel model, CustomerBase base) {
            return column(
                    ValueColumn.PROBABILITY_ALIVE.toString(),
                    base,
                    (from, to, out) -> model.probabilityAliveInto(base, from, to, out));
        }

        private double[] spend(FittedSpendModel model, CustomerBase base) {
            return column(
                    ValueColumn.EXPECTED_SPEND.toString(),
                    base,
                    (from, to, out) -> model.expectedSpendInto(base, from, to, out));
        }

        private CustomerValues realised(CustomerBase base) {
            return CustomerValues.builder(opening.model().name(), base, opening.terms())
                    .column(ValueColumn.CLV, new double[base.size()])
                    .build();
        }

        /** What was known at the opening. */
        private final class Expectations {
            private final double margin = opening.terms().margin().fraction();
            private final double growth = Math.exp(opening.terms().continuousRate(before.timeScale()) * periods);
            private final double[] alive;
            private final double[] spend;
            private final CustomerValues current;
            private final double[] toHorizon;
            private final double[] toHorizonOfClosing;
            private final double[] toClosing;
            private final double[] inWindow;

            Expectations() {
                FittedTransactionModel model = opening.model().transactions();
                ValuationTerms terms = opening.terms();
                alive = alive(model, before);
                spend = spend(opening.model().spend(), before);
                current = realised(before);
                toHorizon = discounted(model, before, terms);
                boolean moves = periods > 0 && !terms.horizon().isInfinite();
                toHorizonOfClosing = moves
                        ? discounted(
                                model,
                                before,
                                withHorizon(terms, terms.horizon().periods() + periods))
                        : toHorizon;
                if (periods > 0) {
                    toClosing = discounted(model, before, withHorizon(terms, periods));
                    inWindow = column(
                            ValueColumn.EXPECTED_TRANSACTIONS.toString(),
                            before,
                            (from, to, out) -> model.expectedTransactionsInto(before, from, to, periods, out));
                } else {
                    toClosing = new double[before.size()];
                    inWindow = new double[before.size()];
                }
            }

            BigInteger opening(int row) {
                return value(row, toHorizon[row]);
            }

            BigInteger unwound(int row) {
                return value(row, growth * toHorizon[row]);
            }

            BigInteger rolled(int row) {
                return value(row, growth * toHorizonOfClosing[row]);
            }

            BigInteger closing(int row) {
                return value(row, transactionsAtClosing(row));
            }

            /** The mean, at the opening, of what the discounted transactions will be at the closing. */
            double transactionsAtClosing(int row) {
                return growth * (toHorizonOfClosing[row] - toClosing[row]);
            }

            double margin(int row) {
                return openingRate * (spend[row] * (inWindow[row] * margin));
            }

            private BigInteger value(int row, double transactions) {
                return openingValue(transactions, spend[row], before.weight(row));
            }
        }

        /** What the customers of the closing are worth, by the models and terms of either end. */
        private final class Valuations {
            private final double[] alive;
            private final CustomerValues current;
            private final double[] openingTransactions;
            private final double[] openingSpend;
            private final List<Factor> factors = new ArrayList<>();

            /** Discounted transactions by transaction model and by terms, as far as these differ: opening and closing of each. */
            private final double[][][] transactions = new double[2][2][];

            private final double[][] spends = new double[2][];
            private final double[] margins;
            private final double[] rates = {openingRate, closingRate};

            Valuations() {
                FittedTransactionModel buying = opening.model().transactions();
                FittedTransactionModel buyingAnew = closing.model().transactions();
                FittedSpendModel spending = opening.model().spend();
                FittedSpendModel spendingAnew = closing.model().spend();
                ValuationTerms terms = opening.terms();
                ValuationTerms termsAnew = closing.terms();
                alive = alive(buying, after);
                current = realised(after);
                openingTransactions = discounted(buying, after, terms);
                openingSpend = spend(spending, after);
                boolean sameTerms = withMarginOf(termsAnew, terms).equals(terms);
                transactions[0][0] = openingTransactions;
                transactions[1][0] = buying == buyingAnew ? openingTransactions : discounted(buyingAnew, after, terms);
                transactions[0][1] = sameTerms ? openingTransactions : discounted(buying, after, termsAnew);
                transactions[1][1] = sameTerms
                        ? transactions[1][0]
                        : buying == buyingAnew ? transactions[0][1] : discounted(buyingAnew, after, termsAnew);
                spends[0] = openingSpend;
                spends[1] = spending == spendingAnew ? openingSpend : spend(spendingAnew, after);
                margins = new double[] {
                    terms.margin().fraction(), termsAnew.margin().fraction()
                };
                factor(BridgeStep.TRANSACTION_MODEL, buying != buyingAnew);
                factor(BridgeStep.SPEND_MODEL, spending != spendingAnew);
                factor(BridgeStep.TERMS, !sameTerms);
                factor(BridgeStep.MARGIN, margins[0] != margins[1]);
                factor(BridgeStep.CURRENCY, openingRate != closingRate);
            }

            private void factor(BridgeStep step, boolean changed) {
                if (changed) {
                    factors.add(new Factor(step));
                }
            }

            /** Adds the steps from the opening's models and terms to the closing's, and the closing. */
            void addRefit(Item item, int row) {
                BigInteger[] values = new BigInteger[1 << factors.size()];
                for (int coalition = 0; coalition < values.length; coalition++) {
                    int[] end = new int[BridgeStep.INTERACTING.size()];
                    for (int f = 0; f < factors.size(); f++) {
                        end[factors.get(f).index] = (coalition >> f) & 1;
                    }
                    values[coalition] = units(
                            rates[end[4]],
                            spends[end[1]][row],
                            transactions[end[0]][end[2]][row],
                            margins[end[3]],
                            item.weight);
                }
                BigInteger[] shares = ShapleyShares.of(values);
                for (int f = 0; f < shares.length; f++) {
                    item.steps.put(factors.get(f).step, shares[f]);
                }
                item.closing = values[values.length - 1];
            }
        }
    }

    /** A factor that changed, and its place among the interacting steps. */
    private static final class Factor {
        final BridgeStep step;
        final int index;

        Factor(BridgeStep step) {
            this.step = step;
            this.index = BridgeStep.INTERACTING.indexOf(step);
        }
    }

    private static ValuationTerms withHorizon(ValuationTerms terms, double periods) {
        return like(terms, Horizon.of(periods), terms);
    }

    private static ValuationTerms withMarginOf(ValuationTerms terms, ValuationTerms other) {
        return like(terms, terms.horizon(), other);
    }

    private static ValuationTerms like(ValuationTerms terms, Horizon horizon, ValuationTerms marginOf) {
        ValuationTerms copy = ValuationTerms.of(horizon, terms.discountRate(), marginOf.margin(), terms.timing());
        return terms.periodsPerYear().isPresent()
                ? copy.withPeriodsPerYear(terms.periodsPerYear().getAsDouble())
                : copy;
    }

    /** In millionths, rounded as equity is: the order of the product is that of a valuation. */
    private static BigInteger units(double rate, double spend, double transactions, double margin, double weight) {
        return units(rate * (spend * (transactions * margin)), weight);
    }

    private static BigInteger units(double value, double weight) {
        if (!Double.isFinite(value)) {
            throw new DataException("a value in the reporting currency must be finite, but was " + value);
        }
        ExactSum sum = new ExactSum();
        sum.add(value, weight);
        return sum.value().unscaledValue();
    }

    private static String inWords(double customers) {
        String count = customers == Math.rint(customers) ? Long.toString((long) customers) : "" + customers;
        return customers == 1 ? "1 customer has" : count + " customers have";
    }

    /** What became of a customer. */
    private enum Fate {
        BOUGHT(BridgeStep.BOUGHT),
        SILENT(BridgeStep.SILENT),
        LOST(BridgeStep.LOST),
        GONE(BridgeStep.LOST),
        ADDED(BridgeStep.NEW_CUSTOMERS);

        private final BridgeStep step;

        Fate(BridgeStep step) {
            this.step = step;
        }

        BridgeStep step() {
            return step;
        }
    }

    /** The bridge of one customer, in millionths. */
    private static final class Item {
        final double weight;
        final Map<BridgeStep, BigInteger> steps = new EnumMap<>(BridgeStep.class);
        BigInteger opening = BigInteger.ZERO;
        BigInteger closing = BigInteger.ZERO;
        Fate fate = Fate.ADDED;
        double expectedMargin;
        double received;
        double receivedOfNew;

        Item(double weight) {
            this.weight = weight;
        }
    }

    /** The exact sums of one segment. */
    private static final class Sums {
        private final Map<BridgeStep, ExactSum> steps = new EnumMap<>(BridgeStep.class);
        private final Map<Fate, ExactSum> customers = new EnumMap<>(Fate.class);
        private final ExactSum opening = new ExactSum();
        private final ExactSum closing = new ExactSum();
        private final ExactSum expectedMargin = new ExactSum();
        private final ExactSum received = new ExactSum();
        private final ExactSum receivedOfNew = new ExactSum();

        Sums() {
            Stream.of(BridgeStep.values()).forEach(step -> steps.put(step, new ExactSum()));
            Stream.of(Fate.values()).forEach(fate -> customers.put(fate, new ExactSum()));
        }

        void add(Item item) {
            opening.add(amount(item.opening));
            closing.add(amount(item.closing));
            item.steps.forEach((step, units) -> sum(steps, step).add(amount(units)));
            sum(customers, item.fate).add(item.weight);
            expectedMargin.add(item.expectedMargin, item.weight);
            received.add(item.received, item.weight);
            receivedOfNew.add(item.receivedOfNew, item.weight);
        }

        double count(Fate fate) {
            return sum(customers, fate).value().doubleValue();
        }

        private static <K> ExactSum sum(Map<K, ExactSum> sums, K key) {
            return Objects.requireNonNull(sums.get(key));
        }

        private static BigDecimal amount(BigInteger units) {
            return new BigDecimal(units, ExactSum.SCALE);
        }

        BridgeSegment toSegment(List<String> labels) {
            Map<BridgeStep, BigDecimal> amounts = new EnumMap<>(BridgeStep.class);
            steps.forEach((step, sum) -> amounts.put(step, sum.value()));
            double stayed = count(Fate.BOUGHT) + count(Fate.SILENT) + count(Fate.LOST);
            return new BridgeSegment(
                    labels,
                    opening.value(),
                    amounts,
                    closing.value(),
                    new BridgeCustomers(
                            stayed + count(Fate.GONE),
                            count(Fate.BOUGHT),
                            count(Fate.SILENT),
                            count(Fate.LOST),
                            count(Fate.GONE),
                            count(Fate.ADDED),
                            stayed + count(Fate.ADDED)),
                    new BridgeMargin(expectedMargin.value(), received.value(), receivedOfNew.value()));
        }
    }
}
