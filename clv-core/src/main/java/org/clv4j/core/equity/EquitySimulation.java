// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.AmountSampler;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.PurchaseSampler;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.value.ValuationTerms;

/**
 * Draws what the future of customers without a contract may come out at: their orders, how many of them buy, their revenue and their
 * value, in total and by segment, over a horizon and by period of it.
 *
 * <p><b>Method.</b> Draw j takes parameters θ<sub>j</sub> from {@link PurchaseModelDraws}, and, given these, one future of every customer
 * from its exact posterior distribution: whether the customer is alive, when purchases are made ({@link PurchaseSampler}) and what they
 * amount to ({@link AmountSampler}). A customer i who buys at t<sub>1</sub>, … for z<sub>1</sub>, … is worth
 *
 * <pre>
 * v_i = m Σ z_k D(t_k),    D(t) = e^−δt, or that of the period of t as the timing says
 * </pre>
 *
 * with margin m. Figures of a segment are sums over its customers: there is no normal approximation, so that a segment of one customer is
 * as right as a million. Beside the draw X<sub>j</sub>, each figure has its expectation given the parameters, E[X | θ<sub>j</sub>], from
 * the models' formulas, and that given parameters and purchases, E[X | N<sub>j</sub>, θ<sub>j</sub>], which has the expected spend of
 * the customer in the place of drawn amounts. Their squared distances make the {@link VarianceSplit}:
 *
 * <pre>
 * parameters  Σ (E[X | θ_j] − mean)² / (n − 1)
 * process     Σ (E[X | N_j, θ_j] − E[X | θ_j])² / n
 * spend       Σ (X_j − E[X | N_j, θ_j])² / n
 * </pre>
 *
 * <p><b>Segments and periods.</b> A breakdown is by attributes or by any label. A label that is the id of some customers, and the same for
 * all others, gives intervals for these. Every amount of a customer in a period, and every expectation, is rounded to a multiple of a
 * power of two, 2<sup>−44</sup> to 2<sup>−43</sup> of the expected total (2<sup>−20</sup> for expected counts). Sums of such numbers are
 * exact as long as they are below 500 times the expected total: the order of the customers does not matter, and the parts add up to the
 * whole to the last bit. The rounding of a total of n customers is below n 2<sup>−44</sup> of it, and about √n 2<sup>−45</sup>.
 *
 * <p><b>Random numbers.</b> The draw of a customer depends on the seed, the number of the draw and the customer's id; not on the other
 * customers, on terms, breakdowns or the number of draws. So two runs of one seed are about the same luck: of other terms, another spend
 * model or a part of the customers. Threads and the order of the rows change no bit.
 *
 * <p><b>Limits.</b> The horizon must be finite. A row must stand for a whole number of customers, each of which is drawn. Models need the
 * capabilities named above.
 *
 * <p><b>Cost.</b> A customer and draw cost a P(alive), a draw, and the expectations: with Pareto/NBD and Gamma-Gamma on a day grid about
 * a quarter of a microsecond of a thread. Times that are on no grid cost several times as much, and so does a timing by period, whose
 * expectations are one a period. Nothing is allocated for a customer and draw. Memory is 8 bytes a draw, segment, figure and period, 32
 * bytes a customer, 4 more a breakdown, and 12 MB a thread. An interrupt takes effect after the draw that is being made.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class EquitySimulation {

    private static final int MOST_PERIODS = 10_000;

    private static final EquitySimulation DEFAULTS =
            new EquitySimulation(1000, 1, Double.POSITIVE_INFINITY, List.of(), List.of());

    private static final class Breakdown {
        final List<Segmentation> dimensions;

        Breakdown(List<Segmentation> dimensions) {
            this.dimensions = dimensions;
        }
    }

    private final int draws;
    private final long seed;
    private final double periodLength;
    private final List<Breakdown> breakdowns;
    private final List<Double> topShares;

    private EquitySimulation(
            int draws, long seed, double periodLength, List<Breakdown> breakdowns, List<Double> topShares) {
        this.draws = draws;
        this.seed = seed;
        this.periodLength = periodLength;
        this.breakdowns = breakdowns;
        this.topShares = topShares;
    }

    /**
     * Returns a simulation of 1,000 draws from the seed 1, of the total over the whole horizon.
     *
     * @return the simulation
     */
    public static EquitySimulation withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another number of draws.
     *
     * @param newDraws how many; at least 2
     * @return the copy
     * @throws IllegalArgumentException if there are fewer
     */
    public EquitySimulation withDraws(int newDraws) {
        if (newDraws < 2) {
            throw new IllegalArgumentException("`draws` must be at least 2, but was " + newDraws);
        }
        return new EquitySimulation(newDraws, seed, periodLength, breakdowns, topShares);
    }

    /**
     * Returns a copy with another seed.
     *
     * @param newSeed the seed; the same one gives the same draws
     * @return the copy
     */
    public EquitySimulation withSeed(long newSeed) {
        return new EquitySimulation(draws, newSeed, periodLength, breakdowns, topShares);
    }

    /**
     * Returns a copy that also gives a forecast by period. Period i is the time from (i − 1) to i lengths from now; the last one ends at
     * the horizon, and may be shorter.
     *
     * @param length the length of a period in the base's time unit; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if the length is out of range
     */
    public EquitySimulation withPeriods(double length) {
        if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`length` must be finite and above 0, but was " + length);
        }
        return new EquitySimulation(draws, seed, length, breakdowns, topShares);
    }

    /**
     * Returns a copy with one more breakdown. Several dimensions make one segment of each combination of their values; customers without a
     * value are in the segment {@value EquityBreakdown#UNKNOWN}.
     *
     * @param dimensions the names of customer attributes, as {@code ["region", "size"]}; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is no dimension
     */
    public EquitySimulation withBreakdown(List<String> dimensions) {
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("`dimensions` must name at least one attribute, but was empty");
        }
        return with(
                new Breakdown(dimensions.stream().map(Segmentations::attribute).toList()));
    }

    /**
     * Returns a copy with one more breakdown, with a segment of each combination of labels of one or several segmentations.
     *
     * @param segmentations what makes the segments; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public EquitySimulation withSegmentations(List<? extends Segmentation> segmentations) {
        if (segmentations.isEmpty()) {
            throw new IllegalArgumentException("`segmentations` must hold at least one, but was empty");
        }
        return with(new Breakdown(List.copyOf(segmentations)));
    }

    /**
     * Returns a copy with one more breakdown, by labels that need not be attributes: deciles of a score, or ids.
     *
     * @param dimension what the labels are of
     * @param labelOf the label of a row of the base
     * @return the copy
     */
    public EquitySimulation withLabels(String dimension, IntFunction<String> labelOf) {
        Objects.requireNonNull(labelOf, "labelOf");
        return with(new Breakdown(List.of(Segmentations.labels(dimension, (base, row) -> labelOf.apply(row)))));
    }

    /**
     * Returns a copy that also tells how likely each customer is to be among the best: the part of the draws in which it is, by value, or by
     * orders without a spend model. It can be asked for several shares. The other figures stay the same, to the last bit.
     *
     * <p>A draw costs a selection among those who buy. Memory is 8 bytes a customer, share and thread, and 20 for each who buys in a draw and
     * thread.
     *
     * @param share q, which part of the customers counts as the best, in (0, 1), as .1
     * @return the copy
     * @throws IllegalArgumentException if the share is out of its range
     */
    public EquitySimulation withTopShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("`share` must be in (0, 1), but was " + share);
        }
        List<Double> extended = new ArrayList<>(topShares);
        extended.add(share);
        return new EquitySimulation(draws, seed, periodLength, breakdowns, List.copyOf(extended));
    }

    private EquitySimulation with(Breakdown breakdown) {
        List<Breakdown> extended = new ArrayList<>(breakdowns);
        extended.add(breakdown);
        return new EquitySimulation(draws, seed, periodLength, List.copyOf(extended), topShares);
    }

    /**
     * Draws the future.
     *
     * @param models what is known of the models; without a spend model there are orders and active customers only
     * @param base the customers, none of them under contract
     * @param terms the terms of the valuation, with a finite horizon
     * @param execution how the work is run; the result does not depend on it. Models that are drawn by the bootstrap are fitted on its
     *     threads
     * @return the draws
     * @throws ModelException if the horizon is infinite, a model has not the capability that is needed, a model cannot be drawn or cannot
     *     value a customer, or the base has rows that stand for a part of a customer
     * @throws IllegalArgumentException if no customer has a dimension that a breakdown names, or there are too many periods
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted
     */
    public EquityDraws run(PurchaseModelDraws models, CustomerBase base, ValuationTerms terms, Execution execution) {
        MixedModel.requireNoContracts(base);
        requireCapabilities(models, base);
        List<Double> ends = periodEnds(horizon(terms));
        List<SegmentIndex> indexes = new ArrayList<>();
        for (Breakdown breakdown : breakdowns) {
            indexes.add(SegmentIndex.of(base, breakdown.dimensions));
        }
        FutureDraws future = FutureDraws.of(base, terms, ends, indexes, topShares, models, draws, seed, execution);
        return new EquityDraws(
                models.name(),
                models.method(),
                terms,
                base.currency(),
                seed,
                draws,
                periodLength < Double.POSITIVE_INFINITY ? ends : List.of(),
                future.total(),
                future.breakdowns(),
                future.tops(),
                models.warnings());
    }

    private static double horizon(ValuationTerms terms) {
        if (terms.horizon().isInfinite()) {
            throw new ModelException("draws look ahead for a finite time; state a finite horizon");
        }
        return terms.horizon().periods();
    }

    private static void requireCapabilities(PurchaseModelDraws models, CustomerBase base) {
        FittedTransactionModel transactions = models.fitted().transactions();
        transactions.requireTimeScale(base);
        if (!(transactions instanceof PurchaseSampler)) {
            throw new ModelException("the model " + transactions.name() + " cannot draw when customers buy");
        }
        FittedSpendModel spend = models.fitted().spend();
        if (spend != null && !(spend instanceof AmountSampler)) {
            throw new ModelException("the model " + spend.name() + " cannot draw amounts");
        }
    }

    private List<Double> periodEnds(double horizon) {
        List<Double> ends = new ArrayList<>();
        if (horizon / periodLength > MOST_PERIODS) {
            throw new IllegalArgumentException("`length` of a period must be at least a " + MOST_PERIODS
                    + "th of the horizon " + horizon + ", but was " + periodLength);
        }
        for (int i = 1; i * periodLength < horizon; i++) {
            ends.add(i * periodLength);
        }
        ends.add(horizon);
        return ends;
    }
}
