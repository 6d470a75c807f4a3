// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.PurchaseModelDraws.Models;
import org.clv4j.core.internal.PreciseSum;
import org.clv4j.core.internal.RowSort;
import org.clv4j.core.model.AmountSampler;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.PurchaseSampler;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.ValuationTerms;
import org.jspecify.annotations.Nullable;

/**
 * The work of {@link EquitySimulation}. One draw of the whole base is one part of the work, done by one thread, so that draws share nothing
 * but what is read.
 *
 * <p>Sums are kept by group, figure and period in one array: group 0 is the total, the segments follow.
 */
final class FutureDraws {

    /** So many rows a batch that tables over a batch pay, and memory stays small. */
    private static final int ROWS = 1 << 18;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** Parts the random numbers of amounts from those of purchases. */
    private static final long AMOUNTS = 0xD1B54A32D192ED03L;

    private static final List<ForecastFigure> FIGURES = List.of(
            ForecastFigure.ORDERS, ForecastFigure.ACTIVE_CUSTOMERS, ForecastFigure.REVENUE, ForecastFigure.VALUE);

    /** Places in the list. */
    private static final int ORDERS = 0;

    private static final int ACTIVE = 1;
    private static final int REVENUE = 2;
    private static final int VALUE = 3;

    /** Smaller totals are not told apart from nothing. */
    private static final double SMALLEST = 1e-6;
    /** No sum may be larger. */
    private static final double LARGEST = 1e150;

    /** The grid of expected counts. */
    private static final double COUNT_UNIT = 0x1p-20;

    private final CustomerBase base;
    private final ValuationTerms terms;
    private final double[] ends;
    private final List<SegmentIndex> indexes;
    private final Models fitted;

    private final int groups;
    private final int figures;
    private final double horizon;
    private final double margin;
    private final double rate;
    /** By row: what the customer's random numbers depend on. */
    private final long[] streams;
    /** How many customers the heaviest row stands for. */
    private final int copies;
    /** By group. */
    private final double[] customers;
    /** By group, figure and period: under the fitted models; the horizon, then the periods. */
    private final double[][] expected;

    private final double revenueUnit;
    private final double valueUnit;

    /** By cell of the sums and draw. */
    private final double[][] drawn;
    /** By group, figure and draw. */
    private final double[][] means;

    private final double[][] process;
    /** Who buys at all, by group and draw. */
    private final double[][] active;
    /** Which parts of the customers count as the best. */
    private final List<Double> topShares;
    /** By row: what the fitted models expect, in the figure that the best are told by; empty without shares. */
    private double[] expectedOfRow = new double[0];

    private List<TopCustomers> tops = List.of();

    private FutureDraws(
            CustomerBase base,
            ValuationTerms terms,
            List<Double> ends,
            List<SegmentIndex> indexes,
            List<Double> topShares,
            Models fitted,
            int draws,
            Execution execution) {
        this.topShares = topShares;
        this.base = base;
        this.terms = terms;
        this.ends = ends.stream().mapToDouble(end -> end).toArray();
        this.indexes = indexes;
        this.fitted = fitted;
        this.groups =
                1 + indexes.stream().mapToInt(index -> index.segments.size()).sum();
        this.figures = fitted.spend() == null ? 2 : 4;
        this.horizon = terms.horizon().periods();
        this.margin = terms.margin().fraction();
        this.rate = terms.continuousRate(base.timeScale());
        this.streams = new long[base.size()];
        int heaviest = 1;
        for (int row = 0; row < streams.length; row++) {
            streams[row] = mix(hash(base.id(row)));
            heaviest = Math.max(heaviest, copiesOf(base, row));
        }
        this.copies = heaviest;
        this.customers = customersOf(base, indexes, groups);
        this.expected = new double[groups * figures][ends.size() + 1];
        double[] totals = expectations(execution);
        this.revenueUnit = figures > 2 ? unitOf(totals[REVENUE]) : 1;
        this.valueUnit = figures > 2 ? unitOf(totals[VALUE]) : 1;
        this.drawn = new double[groups * figures * ends.size()][draws];
        this.means = new double[groups * figures][draws];
        this.process = new double[groups * figures][draws];
        this.active = new double[groups][draws];
    }

    static FutureDraws of(
            CustomerBase base,
            ValuationTerms terms,
            List<Double> ends,
            List<SegmentIndex> indexes,
            List<Double> topShares,
            PurchaseModelDraws models,
            int draws,
            long seed,
            Execution execution) {
        FutureDraws future = new FutureDraws(base, terms, ends, indexes, topShares, models.fitted(), draws, execution);
        Worker[] workers = new Worker[Math.min(execution.threads(), draws)];
        execution.run(draws, (worker, draw) -> {
            if (worker == 0) {
                execution.step("drawing the future", draw, draws);
            }
            if (workers[worker] == null) {
                workers[worker] = future.new Worker();
            }
            long key = mix(seed + GOLDEN * (draw + 1));
            workers[worker].draw(models.draw(key), draw, key);
        });
        future.tops = future.tops(workers, draws);
        return future;
    }

    private List<TopCustomers> tops(Worker[] workers, int draws) {
        List<TopCustomers> list = new ArrayList<>();
        if (topShares.isEmpty()) {
            return list;
        }
        TopPlaces all = newTopPlaces();
        for (Worker worker : workers) {
            if (worker != null && worker.top != null) {
                all.add(worker.top);
            }
        }
        for (int q = 0; q < topShares.size(); q++) {
            double[] probabilities = new double[base.size()];
            for (int row = 0; row < probabilities.length; row++) {
                probabilities[row] = all.probability(q, row, draws, base.weight(row));
            }
            double places = placesOf(topShares.get(q));
            list.add(new TopCustomers(
                    base, topShares.get(q), places, probabilities, expectedHits(places, probabilities)));
        }
        return list;
    }

    private double placesOf(double share) {
        return share * customers[0];
    }

    private TopPlaces newTopPlaces() {
        double[] places = topShares.stream().mapToDouble(this::placesOf).toArray();
        return new TopPlaces(places, (long) customers[0], base.size());
    }

    /** Σ probability over the rows that are expected to be the best; the last block of equal ones shares what is left. */
    private double expectedHits(double places, double[] probabilities) {
        int[] order = RowSort.descending(expectedOfRow);
        PreciseSum hits = new PreciseSum();
        double listed = 0;
        int i = 0;
        while (i < order.length && listed < places) {
            double value = expectedOfRow[order[i]];
            double weight = 0;
            PreciseSum likely = new PreciseSum();
            while (i < order.length && expectedOfRow[order[i]] == value) {
                weight += base.weight(order[i]);
                likely.add(base.weight(order[i]) * probabilities[order[i]]);
                i++;
            }
            hits.add(likely.value() * Math.min(1, (places - listed) / weight));
            listed += weight;
        }
        return hits.value();
    }

    List<TopCustomers> tops() {
        return tops;
    }

    private static int copiesOf(CustomerBase base, int row) {
        double weight = base.weight(row);
        if (weight != Math.rint(weight) || weight > Integer.MAX_VALUE) {
            throw new ModelException("draws need rows that stand for a whole number of customers, but customer "
                    + base.id(row) + " has the weight " + weight);
        }
        return (int) weight;
    }

    /** FNV-1a over the characters. */
    private static long hash(String id) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The finaliser of the SplitMix64 generator: neighbouring numbers give unrelated ones. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static double[] customersOf(CustomerBase base, List<SegmentIndex> indexes, int groups) {
        double[] customers = new double[groups];
        for (int row = 0; row < base.size(); row++) {
            customers[0] += base.weight(row);
            int first = 1;
            for (SegmentIndex index : indexes) {
                customers[first + index.segmentOf[row]] += base.weight(row);
                first += index.segments.size();
            }
        }
        return customers;
    }

    /** A power of two that the sums of a figure are multiples of: nine bits are left above what is expected. */
    private static double unitOf(double expectedTotal) {
        return Math.scalb(1.0, Math.getExponent(Math.max(Math.abs(expectedTotal), SMALLEST)) - 43);
    }

    private static double rounded(double value, double unit) {
        return Math.rint(value * (1 / unit)) * unit;
    }

    /** Fills in what the fitted models expect, and returns the total over the horizon, by figure. */
    private double[] expectations(Execution execution) {
        double[] orders = new double[base.size()];
        double[] values = new double[fitted.spend() == null ? 0 : base.size()];
        double[] spend = new double[values.length];
        FittedSpendModel spendModel = fitted.spend();
        if (spendModel != null) {
            execution.fill(
                    "expecting spend", spend, (from, to, out) -> spendModel.expectedSpendInto(base, from, to, out));
        }
        BigDecimal[] before = new BigDecimal[groups * figures];
        Arrays.fill(before, BigDecimal.ZERO);
        for (int p = 0; p < ends.length; p++) {
            ValuationTerms until = until(ends[p]);
            execution.fill("expecting orders", orders, (from, to, out) -> fitted.transactions()
                    .expectedTransactionsInto(base, from, to, until.horizon().periods(), out));
            if (fitted.spend() != null) {
                execution.fill(
                        "expecting values",
                        values,
                        TransactionSpendModel.discounting(fitted.transactions(), base, until));
            }
            BigDecimal[] byNow = sums(orders, values, spend);
            for (int i = 0; i < byNow.length; i++) {
                expected[i][p + 1] = byNow[i].subtract(before[i]).doubleValue();
                expected[i][0] = byNow[i].doubleValue();
            }
            before = byNow;
        }
        if (!topShares.isEmpty()) {
            expectedOfRow = orders.clone();
            for (int row = 0; row < values.length; row++) {
                expectedOfRow[row] = spend[row] * (values[row] * margin);
            }
        }
        execution.fill("expecting active customers", orders, (from, to, out) -> fitted.transactions()
                .probabilityActiveInto(base, from, to, horizon, out));
        BigDecimal[] active = sums(orders, values, spend);
        for (int group = 0; group < groups; group++) {
            expected[group * figures + ACTIVE][0] = active[group * figures + ORDERS].doubleValue();
        }
        return Arrays.stream(expected, 0, figures)
                .mapToDouble(cells -> cells[0])
                .toArray();
    }

    private ValuationTerms until(double end) {
        ValuationTerms until = ValuationTerms.of(Horizon.of(end), terms.discountRate(), terms.margin(), terms.timing());
        return terms.periodsPerYear().isPresent()
                ? until.withPeriodsPerYear(terms.periodsPerYear().getAsDouble())
                : until;
    }

    /** Exact sums of customers' figures, rounded as {@link EquityAggregator} rounds them, by group and figure. */
    private BigDecimal[] sums(double[] orders, double[] discounted, double[] spend) {
        ExactSum[] sums = new ExactSum[groups * figures];
        Arrays.setAll(sums, unused -> new ExactSum());
        for (int row = 0; row < base.size(); row++) {
            double weight = base.weight(row);
            int first = 1;
            for (int i = -1; i < indexes.size(); i++) {
                int group = 0;
                if (i >= 0) {
                    group = first + indexes.get(i).segmentOf[row];
                    first += indexes.get(i).segments.size();
                }
                int cell = group * figures;
                sums[cell + ORDERS].add(orders[row], weight);
                if (fitted.spend() != null) {
                    sums[cell + REVENUE].add(spend[row] * orders[row], weight);
                    sums[cell + VALUE].add(spend[row] * (discounted[row] * margin), weight);
                }
            }
        }
        return Arrays.stream(sums).map(ExactSum::value).toArray(BigDecimal[]::new);
    }

    SegmentDraws total() {
        return segment(0, List.of());
    }

    List<BreakdownDraws> breakdowns() {
        List<BreakdownDraws> breakdowns = new ArrayList<>();
        int group = 1;
        for (SegmentIndex index : indexes) {
            List<SegmentDraws> segments = new ArrayList<>();
            for (List<String> labels : index.segments) {
                segments.add(segment(group, labels));
                group++;
            }
            breakdowns.add(new BreakdownDraws(index.dimensions, segments));
        }
        return breakdowns;
    }

    private SegmentDraws segment(int group, List<String> labels) {
        Map<ForecastFigure, List<FigureDraws>> byFigure = new EnumMap<>(ForecastFigure.class);
        for (int figure = 0; figure < figures; figure++) {
            int i = group * figures + figure;
            double[][] byPeriod = Arrays.copyOfRange(drawn, i * ends.length, (i + 1) * ends.length);
            List<FigureDraws> list = new ArrayList<>();
            list.add(FigureDraws.ofHorizon(
                    figure == ACTIVE ? active[group] : columnSums(byPeriod), expected[i][0], means[i], process[i]));
            for (int p = 1; p <= ends.length; p++) {
                OptionalDouble expectedThen = figure != ACTIVE
                        ? OptionalDouble.of(expected[i][p])
                        : ends.length == 1 ? OptionalDouble.of(expected[i][0]) : OptionalDouble.empty();
                list.add(FigureDraws.ofPeriod(byPeriod[p - 1], expectedThen));
            }
            byFigure.put(FIGURES.get(figure), List.copyOf(list));
        }
        return new SegmentDraws(labels, customers[group], Collections.unmodifiableMap(byFigure));
    }

    private static double[] columnSums(double[][] rows) {
        double[] sums = rows[0].clone();
        for (int i = 1; i < rows.length; i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += rows[i][j];
            }
        }
        return sums;
    }

    /** Draws with memory of its own. */
    private final class Worker {
        private final int batch = Math.max(1, Math.min(ROWS, base.size()));
        private final long[] seeds = new long[batch];
        private final double[] spend = new double[batch];
        private final double[] column = new double[batch];
        private final double[] products = new double[batch];
        private final int[] groupsOfRow = new int[1 + indexes.size()];
        private final double[] sums = new double[groups * figures * ends.length];
        private final double[] activeSums = new double[groups];
        private final double[] processSums = new double[groups * figures];
        private final double[] meanSums = new double[groups * figures];
        private final @Nullable TopPlaces top = topShares.isEmpty() ? null : newTopPlaces();
        private double[] amounts = new double[64];

        void draw(Models models, int draw, long key) {
            Arrays.fill(sums, 0);
            Arrays.fill(activeSums, 0);
            Arrays.fill(processSums, 0);
            Arrays.fill(meanSums, 0);
            FittedTransactionModel transactions = models.transactions();
            FittedSpendModel spendModel = models.spend();
            for (int from = 0; from < base.size(); from += batch) {
                int to = Math.min(base.size(), from + batch);
                if (spendModel != null) {
                    spendModel.expectedSpendInto(base, from, to, spend);
                }
                for (int copy = 0; copy < copies; copy++) {
                    drawPurchases((PurchaseSampler) transactions, spendModel, from, to, copy, mix(key + copy));
                }
                addMeans(models, from, to);
            }
            if (top != null) {
                top.endDraw();
            }
            keep(draw);
        }

        private void drawPurchases(
                PurchaseSampler transactions,
                @Nullable FittedSpendModel spendModel,
                int from,
                int to,
                int copy,
                long key) {
            for (int row = from; row < to; row++) {
                seeds[row - from] = mix(streams[row] ^ key);
            }
            AmountSampler.Amounts source = spendModel == null ? null : ((AmountSampler) spendModel).amounts();
            transactions.samplePurchases(base, from, to, horizon, seeds, (row, times, purchases) -> {
                if (copy < base.weight(row)) {
                    if (spendModel != null && source != null) {
                        if (amounts.length < purchases) {
                            amounts = new double[2 * purchases];
                        }
                        source.draw(
                                spendModel.frequencyOf(base, row),
                                spendModel.monetaryValueOf(base, row),
                                purchases,
                                seeds[row - from] ^ AMOUNTS,
                                amounts);
                    }
                    add(row, times, purchases, spend[row - from]);
                }
            });
        }

        private void add(int row, double[] times, int purchases, double meanSpend) {
            findGroups(row);
            boolean withMoney = figures > 2;
            double discounts = 0;
            double whole = 0;
            int k = 0;
            for (int p = 0; k < purchases; p++) {
                int before = k;
                double revenue = 0;
                double value = 0;
                while (k < purchases && (times[k] <= ends[p] || p == ends.length - 1)) {
                    if (withMoney) {
                        double discount = discount(times[k]);
                        discounts += discount;
                        revenue += amounts[k];
                        value += amounts[k] * discount;
                        whole += amounts[k] * discount;
                    }
                    k++;
                }
                if (k > before) {
                    addPeriod(p, k - before, rounded(revenue, revenueUnit), rounded(value * margin, valueUnit));
                }
            }
            if (top != null) {
                top.add(row, withMoney ? whole * margin : purchases);
            }
            double revenue = rounded(meanSpend * purchases, revenueUnit);
            double value = rounded(meanSpend * (discounts * margin), valueUnit);
            for (int group : groupsOfRow) {
                activeSums[group]++;
                processSums[group * figures + ORDERS] += purchases;
                processSums[group * figures + ACTIVE]++;
                if (withMoney) {
                    processSums[group * figures + REVENUE] += revenue;
                    processSums[group * figures + VALUE] += value;
                }
            }
        }

        private void addPeriod(int p, int orders, double revenue, double value) {
            int periods = ends.length;
            for (int group : groupsOfRow) {
                int cell = group * figures * periods + p;
                sums[cell + ORDERS * periods] += orders;
                sums[cell + ACTIVE * periods]++;
                if (figures > 2) {
                    sums[cell + REVENUE * periods] += revenue;
                    sums[cell + VALUE * periods] += value;
                }
            }
        }

        private void findGroups(int row) {
            int first = 1;
            for (int i = 0; i < indexes.size(); i++) {
                groupsOfRow[i + 1] = first + indexes.get(i).segmentOf[row];
                first += indexes.get(i).segments.size();
            }
        }

        private void addMeans(Models models, int from, int to) {
            FittedTransactionModel transactions = models.transactions();
            transactions.probabilityActiveInto(base, from, to, horizon, column);
            addColumn(ACTIVE, from, to, 1, false, COUNT_UNIT);
            transactions.expectedTransactionsInto(base, from, to, horizon, column);
            addColumn(ORDERS, from, to, 1, false, COUNT_UNIT);
            if (models.spend() != null) {
                addColumn(REVENUE, from, to, 1, true, revenueUnit);
                TransactionSpendModel.discounting(transactions, base, terms).fill(from, to, column);
                addColumn(VALUE, from, to, margin, true, valueUnit);
            }
        }

        private void addColumn(int figure, int from, int to, double factor, boolean timesSpend, double unit) {
            double total = 0;
            for (int row = from; row < to; row++) {
                double one = column[row - from] * factor;
                products[row - from] = rounded(timesSpend ? spend[row - from] * one : one, unit) * base.weight(row);
                total += products[row - from];
            }
            meanSums[figure] += total;
            int first = 1;
            for (SegmentIndex index : indexes) {
                for (int row = from; row < to; row++) {
                    meanSums[(first + index.segmentOf[row]) * figures + figure] += products[row - from];
                }
                first += index.segments.size();
            }
        }

        private void keep(int draw) {
            keep(sums, drawn, draw);
            keep(activeSums, active, draw);
            keep(processSums, process, draw);
            keep(meanSums, means, draw);
        }

        private void keep(double[] from, double[][] to, int draw) {
            for (int i = 0; i < from.length; i++) {
                // Squares are to be finite as well.
                if (!(Math.abs(from[i]) < LARGEST)) {
                    throw new ModelException(
                            "draw " + (draw + 1)
                                    + " comes out at more than can be reckoned with: the errors of the parameters are too large");
                }
                to[i][draw] = from[i];
            }
        }
    }

    private double discount(double time) {
        if (rate == 0) {
            return 1;
        }
        return switch (terms.timing()) {
            case AT_PURCHASE -> Math.exp(-rate * time);
            case PERIOD_BEGIN -> Math.exp(-rate * (Math.ceil(time) - 1));
            case PERIOD_MID -> Math.exp(-rate * (Math.ceil(time) - 0.5));
            case PERIOD_END -> Math.exp(-rate * Math.ceil(time));
        };
    }
}
