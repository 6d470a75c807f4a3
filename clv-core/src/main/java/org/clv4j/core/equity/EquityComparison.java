// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a ratio of two sums, as future value a customer, between two segments or two periods, each broken down by further dimensions.
 *
 * <p><b>Mix and rate.</b> With r<sub>k</sub> the ratio of a cell, s<sub>k</sub> its share of the denominator, and R = Σ s<sub>k</sub>
 * r<sub>k</sub> the ratio of the whole, on the side that is compared with (0) and on the other one (1),
 *
 * <pre>
 * R_1 − R_0 = Σ mix_k + rate_k
 * mix_k  = (s_k1 − s_k0) ((r_k0 + r_k1)/2 − (R_0 + R_1)/2)
 * rate_k = (r_k1 − r_k0) (s_k0 + s_k1)/2
 * </pre>
 *
 * which is the mean of both orders in which the shares and the ratios can be exchanged (the Shapley value of two factors), so that the sides are
 * treated alike: exchanging them changes the signs. The mean ratio in the mix changes no sum, as shares add up to 1 on both sides; because of
 * it, more of a cell counts as a gain if its customers are better than the whole. A cell that one side only has cannot be compared; its ratio
 * is taken to be the same on the other side, so that all of its effect is mix.
 *
 * <p>Effects are computed to 34 digits and more and rounded to millionths; those that rounding moved most are moved by a millionth where that
 * is needed for them to add up to the difference of the rounded ratios.
 *
 * <p><b>Does the total mislead?</b> The check compares the order of R<sub>0</sub> and R<sub>1</sub> with that of the cells that both sides
 * have, and with the standardised difference Σ w<sub>k</sub> (r<sub>k1</sub> − r<sub>k0</sub>) over these, with w<sub>k</sub> ∝
 * (s<sub>k0</sub> + s<sub>k1</sub>)/2.
 *
 * <ul>
 *   <li>E. M. Kitagawa (1955), Components of a difference between two rates, Journal of the American Statistical Association 50, 1168–1194,
 *       <a href="https://doi.org/10.1080/01621459.1955.10501299">doi:10.1080/01621459.1955.10501299</a>
 *   <li>E. H. Simpson (1951), The interpretation of interaction in contingency tables, Journal of the Royal Statistical Society B 13,
 *       238–241, <a href="https://doi.org/10.1111/j.2517-6161.1951.tb00088.x">doi:10.1111/j.2517-6161.1951.tb00088.x</a>
 * </ul>
 *
 * <p>This class is immutable and thread-safe.
 */
public final class EquityComparison {

    private final SegmentFigure numerator;
    private final SegmentFigure denominator;

    private EquityComparison(SegmentFigure numerator, SegmentFigure denominator) {
        this.numerator = Objects.requireNonNull(numerator, "numerator");
        this.denominator = Objects.requireNonNull(denominator, "denominator");
    }

    /**
     * Returns a comparison of the future value a customer.
     *
     * @return the comparison
     */
    public static EquityComparison withDefaults() {
        return of(SegmentFigure.FUTURE_VALUE, SegmentFigure.CUSTOMERS);
    }

    /**
     * Returns a comparison of a ratio.
     *
     * @param numerator the figure that is divided
     * @param denominator the figure that it is divided by, which must be above 0 wherever the other is not 0
     * @return the comparison
     */
    public static EquityComparison of(SegmentFigure numerator, SegmentFigure denominator) {
        return new EquityComparison(numerator, denominator);
    }

    /**
     * Returns what is compared.
     *
     * @return the ratio in words, as {@code future value a customer}
     */
    public String ratio() {
        return numerator + (denominator == SegmentFigure.CUSTOMERS ? " a customer" : " by " + denominator);
    }

    /**
     * Sets out what makes two segments differ.
     *
     * @param breakdown by the dimension that the segments are of, and at least one more, which makes the cells
     * @param dimension the dimension
     * @param from the label that is compared with
     * @param to the other label
     * @return mix and rate
     * @throws IllegalArgumentException if there is no such dimension or label, no other dimension, or a denominator is out of its range
     */
    public MixRate segments(EquityBreakdown breakdown, String dimension, String from, String to) {
        return mixRate(sides(breakdown, dimension, from, to), List.of());
    }

    /**
     * Sets out what makes two periods differ.
     *
     * @param before the customers of the earlier period
     * @param after the customers of the later period
     * @param dimensions what makes the cells: those of a breakdown that both have, or some of them
     * @return mix and rate; with a warning if models or terms differ
     * @throws IllegalArgumentException if the currencies differ, there is no such breakdown, or a denominator is out of its range
     */
    public MixRate periods(CustomerEquity before, CustomerEquity after, List<String> dimensions) {
        List<String> warnings = new ArrayList<>();
        if (!before.model().equals(after.model())) {
            warnings.add("the models differ: " + before.model() + " before, " + after.model() + " after");
        }
        if (!before.terms().equals(after.terms())) {
            warnings.add("the terms differ: " + before.terms() + " before, " + after.terms() + " after");
        }
        return mixRate(sides(before, after, dimensions), warnings);
    }

    /**
     * Checks whether the totals of two segments mislead.
     *
     * @param breakdown by the dimension that the segments are of, and at least one more, which makes the cells
     * @param dimension the dimension
     * @param from the label that is compared with
     * @param to the other label
     * @return the check
     * @throws IllegalArgumentException if there is no such dimension or label, no other dimension, or a denominator is out of its range
     */
    public SimpsonCheck checkSegments(EquityBreakdown breakdown, String dimension, String from, String to) {
        return check(sides(breakdown, dimension, from, to));
    }

    /**
     * Checks whether the totals of two periods mislead.
     *
     * @param before the customers of the earlier period
     * @param after the customers of the later period
     * @param dimensions what makes the cells: those of a breakdown that both have, or some of them
     * @return the check
     * @throws IllegalArgumentException if the currencies differ, there is no such breakdown, or a denominator is out of its range
     */
    public SimpsonCheck checkPeriods(CustomerEquity before, CustomerEquity after, List<String> dimensions) {
        return check(sides(before, after, dimensions));
    }

    /**
     * Finds the pairs of segments whose totals mislead.
     *
     * @param breakdown by the dimension that the segments are of, and at least one more, which makes the cells
     * @param dimension the dimension
     * @return the checks of the pairs that do, in the order of the labels; empty if none does
     * @throws IllegalArgumentException if there is no such dimension, or no other, or a denominator is out of its range
     */
    public List<SimpsonCheck> misleading(EquityBreakdown breakdown, String dimension) {
        List<String> labels = breakdown.rollUp(List.of(dimension)).labels().get(0);
        List<Side> sides = new ArrayList<>();
        for (String label : labels) {
            sides.add(side(label, breakdown.drill(dimension, label)));
        }
        List<SimpsonCheck> misleading = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            for (int j = i + 1; j < sides.size(); j++) {
                SimpsonCheck check = check(new Sides(sides.get(i), sides.get(j)));
                if (check.misleads()) {
                    misleading.add(check);
                }
            }
        }
        return misleading;
    }

    private Sides sides(EquityBreakdown breakdown, String dimension, String from, String to) {
        return new Sides(side(from, breakdown.drill(dimension, from)), side(to, breakdown.drill(dimension, to)));
    }

    private Sides sides(CustomerEquity before, CustomerEquity after, List<String> dimensions) {
        if (!before.currency().equals(after.currency())) {
            throw new IllegalArgumentException("`currency` of compared periods must be the same, but was "
                    + before.currency() + " and " + after.currency());
        }
        return new Sides(side("before", before.breakdown(dimensions)), side("after", after.breakdown(dimensions)));
    }

    private Side side(String name, EquityBreakdown breakdown) {
        Map<List<String>, Ratio> cells = new LinkedHashMap<>();
        Ratio whole = new Ratio(BigDecimal.ZERO, BigDecimal.ZERO);
        for (SegmentEquity segment : breakdown.segments()) {
            Ratio cell = new Ratio(numerator.of(segment), denominator.of(segment));
            if (cell.denominator.signum() < 0 || (cell.denominator.signum() == 0 && cell.numerator.signum() != 0)) {
                throw new IllegalArgumentException("`" + denominator + "` must be above 0 wherever " + numerator
                        + " is not 0, but was " + cell.denominator.toPlainString() + " (" + name + ", "
                        + segment.name() + ")");
            }
            whole = whole.plus(cell);
            if (cell.denominator.signum() > 0) {
                cells.put(segment.labels(), cell);
            }
        }
        if (whole.denominator.signum() == 0) {
            throw new IllegalArgumentException("`" + denominator + "` must be above 0, but was 0 (" + name + ")");
        }
        return new Side(name, breakdown.dimensions(), whole, cells);
    }

    private MixRate mixRate(Sides sides, List<String> warnings) {
        MathContext digits = sides.digits();
        BigDecimal half = new BigDecimal("0.5");
        BigDecimal from = sides.from.whole.value(digits);
        BigDecimal to = sides.to.whole.value(digits);
        BigDecimal middle = from.add(to).multiply(half);
        List<BigDecimal> effects = new ArrayList<>();
        for (List<String> labels : sides.labels()) {
            BigDecimal fromShare = sides.from.share(labels, digits);
            BigDecimal toShare = sides.to.share(labels, digits);
            BigDecimal fromRatio = sides.fromRatio(labels, digits);
            BigDecimal toRatio = sides.toRatio(labels, digits);
            effects.add(toShare.subtract(fromShare)
                    .multiply(fromRatio.add(toRatio).multiply(half).subtract(middle)));
            effects.add(
                    toRatio.subtract(fromRatio).multiply(fromShare.add(toShare).multiply(half)));
        }
        BigDecimal fromShown = round(from);
        BigDecimal toShown = round(to);
        List<BigDecimal> rounded = apportion(effects, toShown.subtract(fromShown));
        List<MixRateCell> cells = new ArrayList<>();
        BigDecimal mix = BigDecimal.ZERO.setScale(ExactSum.SCALE);
        BigDecimal rate = mix;
        for (List<String> labels : sides.labels()) {
            int place = 2 * cells.size();
            cells.add(new MixRateCell(
                    labels,
                    sides.from.share(labels, digits).doubleValue(),
                    sides.to.share(labels, digits).doubleValue(),
                    round(sides.fromRatio(labels, digits)),
                    round(sides.toRatio(labels, digits)),
                    rounded.get(place),
                    rounded.get(place + 1)));
            mix = mix.add(rounded.get(place));
            rate = rate.add(rounded.get(place + 1));
        }
        return new MixRate(
                ratio(),
                sides.from.name,
                sides.to.name,
                sides.from.dimensions,
                fromShown,
                toShown,
                mix,
                rate,
                cells,
                warnings);
    }

    private static BigDecimal round(BigDecimal value) {
        return value.setScale(ExactSum.SCALE, RoundingMode.HALF_EVEN);
    }

    /** Rounds to millionths so that the sum is a given one, which the values' own differs from by a few. An effect of 0 stays 0. */
    private static List<BigDecimal> apportion(List<BigDecimal> values, BigDecimal sum) {
        List<BigDecimal> rounded = new ArrayList<>();
        List<Integer> byError = new ArrayList<>();
        BigDecimal missing = sum;
        for (BigDecimal value : values) {
            if (value.signum() != 0) {
                byError.add(rounded.size());
            }
            rounded.add(round(value));
            missing = missing.subtract(rounded.get(rounded.size() - 1));
        }
        byError.sort(Comparator.comparing((Integer i) -> rounded.get(i).subtract(values.get(i))));
        int units = missing.unscaledValue().intValueExact();
        BigDecimal unit = BigDecimal.valueOf(Integer.signum(units), ExactSum.SCALE);
        for (int i = 0; i < Math.abs(units); i++) {
            int turn = i % byError.size();
            int place = byError.get(units > 0 ? turn : byError.size() - 1 - turn);
            rounded.set(place, rounded.get(place).add(unit));
        }
        return rounded;
    }

    private SimpsonCheck check(Sides sides) {
        MathContext digits = sides.digits();
        BigDecimal weighted = BigDecimal.ZERO;
        BigDecimal weights = BigDecimal.ZERO;
        int higher = 0;
        int lower = 0;
        int equal = 0;
        for (Map.Entry<List<String>, Ratio> cell : sides.from.cells.entrySet()) {
            Ratio other = sides.to.cells.get(cell.getKey());
            if (other == null) {
                continue;
            }
            int order = other.compareTo(cell.getValue());
            higher += order > 0 ? 1 : 0;
            lower += order < 0 ? 1 : 0;
            equal += order == 0 ? 1 : 0;
            BigDecimal weight = sides.from.share(cell.getKey(), digits).add(sides.to.share(cell.getKey(), digits));
            BigDecimal difference = order == 0
                    ? BigDecimal.ZERO
                    : other.value(digits).subtract(cell.getValue().value(digits));
            weighted = weighted.add(weight.multiply(difference));
            weights = weights.add(weight);
        }
        BigDecimal standardised = weights.signum() == 0 ? BigDecimal.ZERO : weighted.divide(weights, digits);
        return new SimpsonCheck(
                ratio(),
                sides.from.name,
                sides.to.name,
                sides.from.dimensions,
                round(sides.to.whole.value(digits)).subtract(round(sides.from.whole.value(digits))),
                round(standardised),
                higher,
                lower,
                equal);
    }

    private record Ratio(BigDecimal numerator, BigDecimal denominator) {
        Ratio plus(Ratio other) {
            return new Ratio(numerator.add(other.numerator), denominator.add(other.denominator));
        }

        BigDecimal value(MathContext digits) {
            return numerator.divide(denominator, digits);
        }

        int compareTo(Ratio other) {
            return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
        }
    }

    private record Side(String name, List<String> dimensions, Ratio whole, Map<List<String>, Ratio> cells) {
        BigDecimal share(List<String> labels, MathContext digits) {
            Ratio cell = cells.get(labels);
            return cell == null ? BigDecimal.ZERO : cell.denominator.divide(whole.denominator, digits);
        }

        @Nullable
        BigDecimal ratio(List<String> labels, MathContext digits) {
            Ratio cell = cells.get(labels);
            return cell == null ? null : cell.value(digits);
        }
    }

    private record Sides(Side from, Side to) {
        /** Enough for millionths of the largest ratio: a denominator is at least a millionth. */
        MathContext digits() {
            int largest = 0;
            for (Side side : List.of(from, to)) {
                for (Ratio cell : side.cells.values()) {
                    largest = Math.max(largest, cell.numerator.precision() - cell.numerator.scale());
                }
            }
            return new MathContext(MathContext.DECIMAL128.getPrecision() + largest, RoundingMode.HALF_EVEN);
        }

        Set<List<String>> labels() {
            Set<List<String>> labels = new LinkedHashSet<>(from.cells.keySet());
            labels.addAll(to.cells.keySet());
            return labels;
        }

        BigDecimal fromRatio(List<String> labels, MathContext digits) {
            return ratio(from, to, labels, digits);
        }

        BigDecimal toRatio(List<String> labels, MathContext digits) {
            return ratio(to, from, labels, digits);
        }

        /** That of the other side where this one has none. */
        private static BigDecimal ratio(Side side, Side other, List<String> labels, MathContext digits) {
            BigDecimal own = side.ratio(labels, digits);
            return Objects.requireNonNull(own == null ? other.ratio(labels, digits) : own);
        }
    }
}
