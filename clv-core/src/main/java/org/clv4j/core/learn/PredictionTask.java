// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.clv4j.core.data.CustomerHistory;
import org.jspecify.annotations.Nullable;

/**
 * What is to be learned: which target over which horizon, from which features, as of which days.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class PredictionTask {

    /** The name of the groups by how often customers have bought: 1, 2, 3 to 5, 6 or more. */
    public static final String PURCHASES = "purchases";

    private final double horizon;
    private Target target = Target.NET_VALUE;
    private List<Feature> features = List.of();
    private List<LocalDate> cutOffs = List.of();
    private int cutOffCount = 1;
    private double firstPeriods = Double.NaN;
    private int folds = 5;
    private double level = 0.95;
    private @Nullable String segments;
    private boolean recalibrated;
    private boolean negativeAsZero;
    private long seed = 1;

    private PredictionTask(double horizon) {
        this.horizon = horizon;
    }

    /**
     * Returns the task to predict the net value over a horizon.
     *
     * @param horizon how far ahead, in periods of the base's time scale; above 0, below 1,000,000
     * @return the task: one day of training, the last whose horizon is over; intervals of 95 %
     * @throws IllegalArgumentException if the horizon is out of range
     */
    public static PredictionTask of(double horizon) {
        if (!(horizon > 0 && horizon < 1e6)) {
            throw new IllegalArgumentException("`horizon` must be above 0 and below 1000000, but was " + horizon);
        }
        return new PredictionTask(horizon);
    }

    private PredictionTask with(Consumer<PredictionTask> change) {
        PredictionTask copy = new PredictionTask(horizon);
        copy.target = target;
        copy.features = features;
        copy.cutOffs = cutOffs;
        copy.cutOffCount = cutOffCount;
        copy.firstPeriods = firstPeriods;
        copy.folds = folds;
        copy.level = level;
        copy.segments = segments;
        copy.recalibrated = recalibrated;
        copy.negativeAsZero = negativeAsZero;
        copy.seed = seed;
        change.accept(copy);
        return copy;
    }

    /**
     * Returns a copy with another target.
     *
     * @param newTarget what is predicted
     * @return the copy
     */
    public PredictionTask withTarget(Target newTarget) {
        Objects.requireNonNull(newTarget, "newTarget");
        return with(copy -> copy.target = newTarget);
    }

    /**
     * Returns a copy with other features.
     *
     * @param newFeatures the features; none for those that the model has by default
     * @return the copy
     */
    public PredictionTask withFeatures(Collection<? extends Feature> newFeatures) {
        List<Feature> list = List.copyOf(newFeatures);
        return with(copy -> copy.features = list);
    }

    /**
     * Returns a copy that learns as of stated days. What happened in the horizon after each is stacked into one training set.
     *
     * @param days the days, at least one
     * @return the copy
     * @throws IllegalArgumentException if there is no day
     */
    public PredictionTask withCutOffs(Collection<LocalDate> days) {
        List<LocalDate> sorted = days.stream().distinct().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("`days` must be at least one, but were none");
        }
        return with(copy -> copy.cutOffs = sorted);
    }

    /**
     * Returns a copy that learns as of several days: the last whose horizon is over at the end of the observation, and those a horizon
     * earlier each, while anybody had bought by then.
     *
     * @param count how many days at most, at least 1
     * @return the copy
     * @throws IllegalArgumentException if the count is out of range
     */
    public PredictionTask withCutOffCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("`count` must be at least 1, but was " + count);
        }
        return with(copy -> {
            copy.cutOffs = List.of();
            copy.cutOffCount = count;
        });
    }

    /**
     * Returns a copy for new customers: learned from, and applied to, what is known of each when her first periods are over.
     *
     * @param periods the time since the first purchase, in periods; at least 0, below 1,000,000, where 0 is the day of the first purchase
     * @return the copy
     * @throws IllegalArgumentException if the time is out of range
     */
    public PredictionTask ofNewCustomers(double periods) {
        if (!(periods >= 0 && periods < 1e6)) {
            throw new IllegalArgumentException("`periods` must be at least 0 and below 1000000, but was " + periods);
        }
        return with(copy -> copy.firstPeriods = periods);
    }

    /**
     * Returns a copy whose prediction intervals have another level, or come from another number of folds.
     *
     * @param newLevel the share of customers that an interval is to hold; in (0, 1)
     * @param newFolds into how many parts customers are split, each predicted by what was learned from the others; at least 2, or 0 for no
     *     intervals
     * @return the copy
     * @throws IllegalArgumentException if one is out of range
     */
    public PredictionTask withIntervals(double newLevel, int newFolds) {
        if (!(newLevel > 0 && newLevel < 1)) {
            throw new IllegalArgumentException("`newLevel` must be in (0, 1), but was " + newLevel);
        }
        if (newFolds != 0 && newFolds < 2) {
            throw new IllegalArgumentException("`newFolds` must be 0 or at least 2, but was " + newFolds);
        }
        return with(copy -> {
            copy.level = newLevel;
            copy.folds = newFolds;
        });
    }

    /**
     * Returns a copy whose prediction intervals hold their level in every group of customers.
     *
     * @param attribute the attribute of the customers by whose values they are grouped, or {@link #PURCHASES}
     * @return the copy
     */
    public PredictionTask withSegments(String attribute) {
        Objects.requireNonNull(attribute, "attribute");
        return with(copy -> copy.segments = attribute);
    }

    /**
     * Returns the group of {@link #PURCHASES} that a customer is in.
     *
     * @param history what is known of the customer
     * @return the name of the group
     */
    public static String purchasesSegment(CustomerHistory history) {
        int purchases = history.occasions();
        return purchases <= 2 ? Integer.toString(purchases) : purchases <= 5 ? "3 to 5" : "6 or more";
    }

    /**
     * Returns a copy whose predictions are mapped, monotonically, to what customers with such predictions spent on average.
     *
     * @param recalibrate whether to
     * @return the copy
     */
    public PredictionTask withRecalibration(boolean recalibrate) {
        return with(copy -> copy.recalibrated = recalibrate);
    }

    /**
     * Returns a copy that takes a horizon in which more was refunded than paid for one of 0, as learners need that know no values below 0.
     *
     * @param asZero whether to; if not, such targets stay as they are, and some learners refuse them
     * @return the copy
     */
    public PredictionTask withNegativeAsZero(boolean asZero) {
        return with(copy -> copy.negativeAsZero = asZero);
    }

    /**
     * Returns a copy with another seed.
     *
     * @param newSeed decides which customers are in which fold
     * @return the copy
     */
    public PredictionTask withSeed(long newSeed) {
        return with(copy -> copy.seed = newSeed);
    }

    /**
     * Returns how far ahead is predicted.
     *
     * @return the horizon in periods, above 0
     */
    public double horizon() {
        return horizon;
    }

    /**
     * Returns what is predicted.
     *
     * @return the target
     */
    public Target target() {
        return target;
    }

    /**
     * Returns the features.
     *
     * @return the features; empty for the model's own; unmodifiable
     */
    public List<Feature> features() {
        return features;
    }

    /**
     * Returns the stated days of training.
     *
     * @return the days in their order; empty if they are counted from the end; unmodifiable
     */
    public List<LocalDate> cutOffs() {
        return cutOffs;
    }

    /**
     * Returns how many days of training there are at most, if they are counted from the end.
     *
     * @return the number, at least 1
     */
    public int cutOffCount() {
        return cutOffCount;
    }

    /**
     * Returns after what time customers are new customers no more.
     *
     * @return the time in periods, or empty if the task is not one of new customers
     */
    public OptionalDouble firstPeriods() {
        return Double.isNaN(firstPeriods) ? OptionalDouble.empty() : OptionalDouble.of(firstPeriods);
    }

    /**
     * Returns into how many parts customers are split for intervals.
     *
     * @return the number of folds; 0 for no intervals
     */
    public int folds() {
        return folds;
    }

    /**
     * Returns the level of prediction intervals.
     *
     * @return the level, in (0, 1)
     */
    public double level() {
        return level;
    }

    /**
     * Returns by what attribute customers are grouped for intervals.
     *
     * @return the attribute, or empty if all are one group
     */
    public Optional<String> segments() {
        return Optional.ofNullable(segments);
    }

    /**
     * Tells whether predictions are recalibrated.
     *
     * @return whether they are
     */
    public boolean isRecalibrated() {
        return recalibrated;
    }

    /**
     * Tells whether targets below 0 are taken for 0 when something is learned from them.
     *
     * @return whether they are
     */
    public boolean isNegativeAsZero() {
        return negativeAsZero;
    }

    /**
     * Returns the seed.
     *
     * @return the seed of the folds
     */
    public long seed() {
        return seed;
    }

    @Override
    public String toString() {
        return target + " over " + horizon + " periods";
    }
}
