// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.junit.jupiter.api.Test;

class EquityComparisonTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(39), DiscountRate.annual(0.1), Margin.of(0.5), CashFlowTiming.AT_PURCHASE);
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final EquityComparison COMPARISON = EquityComparison.withDefaults();

    private static SegmentEquity cell(String one, String two, double customers, String future) {
        BigDecimal zero = new BigDecimal("0.000000");
        return new SegmentEquity(
                List.of(one, two), customers, zero, zero, new BigDecimal(future).setScale(6), 0, zero, 0);
    }

    private static EquityBreakdown breakdown(SegmentEquity... cells) {
        return new EquityBreakdown(List.of("region", "channel"), List.of(cells));
    }

    /** North sells more to each kind of customer, but has more of those who buy little. */
    private static final EquityBreakdown PARADOX = breakdown(
            cell("North", "store", 10, "1000"),
            cell("North", "web", 90, "1800"),
            cell("South", "store", 80, "7200"),
            cell("South", "web", 20, "300"));

    @Test
    void byHand() {
        // 28 and 75 a customer. Store: shares .1 and .8, means 100 and 90; web: shares .9 and .2, means 20 and 15.
        MixRate difference = COMPARISON.segments(PARADOX, "region", "North", "South");
        assertThat(difference.ratio()).isEqualTo("future value a customer");
        assertThat(difference.fromRatio()).isEqualByComparingTo("28");
        assertThat(difference.toRatio()).isEqualByComparingTo("75");
        assertThat(difference.difference()).isEqualByComparingTo("47");
        MixRateCell store = difference.cells().get(0);
        assertThat(store.name()).isEqualTo("store");
        assertThat(store.fromShare()).isEqualTo(0.1);
        assertThat(store.toShare()).isEqualTo(0.8);
        // .7 × (95 − 51.5), −10 × .45; −.7 × (17.5 − 51.5), −5 × .55.
        assertThat(store.mix()).isEqualByComparingTo("30.45");
        assertThat(store.rate()).isEqualByComparingTo("-4.5");
        assertThat(difference.cells().get(1).mix()).isEqualByComparingTo("23.8");
        assertThat(difference.cells().get(1).rate()).isEqualByComparingTo("-2.75");
        assertThat(difference.mix()).isEqualByComparingTo("54.25");
        assertThat(difference.rate()).isEqualByComparingTo("-7.25");
        assertThat(difference.warnings()).isEmpty();
    }

    @Test
    void aCellOfOneSideIsAllMix() {
        EquityBreakdown breakdown = breakdown(
                cell("North", "store", 10, "100"), cell("South", "store", 10, "100"), cell("South", "web", 10, "400"));
        MixRate difference = COMPARISON.segments(breakdown, "region", "North", "South");
        assertThat(difference.difference()).isEqualByComparingTo("15");
        assertThat(difference.rate()).isZero();
        assertThat(difference.cells()).extracting(MixRateCell::name).containsExactly("store", "web");
        // −.5 × (10 − 17.5) and .5 × (40 − 17.5).
        assertThat(difference.cells().get(0).mix()).isEqualByComparingTo("3.75");
        assertThat(difference.cells().get(1).mix()).isEqualByComparingTo("11.25");
        assertThat(difference.cells().get(1).fromShare()).isZero();
        assertThat(difference.cells().get(1).fromRatio()).isEqualByComparingTo("40");
    }

    @Test
    void theTotalThatMisleadsIsSeen() {
        SimpsonCheck check = COMPARISON.checkSegments(PARADOX, "region", "North", "South");
        assertThat(check.misleads()).isTrue();
        assertThat(check.reversedInEveryCell()).isTrue();
        assertThat(check.difference()).isEqualByComparingTo("47");
        assertThat(check.standardisedDifference()).isEqualByComparingTo("-7.25");
        assertThat(check.message())
                .isEqualTo(
                        "future value a customer: South is 47 above North in total, but is 7.25 below with equal shares of"
                                + " channel, and so in 2 of 2 cells: the total misleads");
        assertThat(COMPARISON.misleading(PARADOX, "region")).containsExactly(check);
        // The web is worth less than the store in both regions, as it is in total.
        assertThat(COMPARISON.misleading(PARADOX, "channel")).isEmpty();
        SimpsonCheck plain = COMPARISON.checkSegments(PARADOX, "channel", "store", "web");
        assertThat(plain.misleads()).isFalse();
        assertThat(plain.reversedInEveryCell()).isFalse();
        assertThat(plain.message()).contains(" and is ").doesNotContain("misleads");
    }

    @Test
    void cellsThatOnlyOneSideHasAreNotCompared() {
        EquityBreakdown breakdown = breakdown(cell("North", "store", 10, "100"), cell("South", "web", 10, "400"));
        SimpsonCheck check = COMPARISON.checkSegments(breakdown, "region", "North", "South");
        assertThat(check.cells()).isZero();
        assertThat(check.misleads()).isFalse();
        assertThat(check.reversedInEveryCell()).isFalse();
        assertThat(check.message()).endsWith("; no cell of channel has both");
    }

    private static CustomerEquity equity(String model, Currency currency, SegmentEquity... cells) {
        EquityBreakdown breakdown = breakdown(cells);
        return new CustomerEquity(model, TERMS, currency, cells[0], List.of(breakdown), List.of());
    }

    @Test
    void periodsAreComparedLikeSegments() {
        CustomerEquity before = equity("m", EUR, cell("North", "store", 10, "1000"), cell("North", "web", 90, "1800"));
        CustomerEquity after = equity("n", EUR, cell("North", "store", 80, "7200"), cell("North", "web", 20, "300"));
        MixRate difference = COMPARISON.periods(before, after, List.of("channel"));
        assertThat(difference.mix()).isEqualByComparingTo("54.25");
        assertThat(difference.from()).isEqualTo("before");
        assertThat(difference.warnings()).containsExactly("the models differ: m before, n after");
        assertThat(COMPARISON.checkPeriods(before, after, List.of("channel")).misleads())
                .isTrue();
        assertThat(COMPARISON.periods(before, after, List.of("region")).mix()).isZero();
        CustomerEquity dollars = equity("m", Currency.getInstance("USD"), cell("North", "store", 1, "1"));
        assertThatThrownBy(() -> COMPARISON.periods(before, dollars, List.of("channel")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`currency`");
        assertThatThrownBy(() -> COMPARISON.periods(before, after, List.of("size")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size");
    }

    @Test
    void whatIsDividedByMustBeThere() {
        EquityComparison byRevenue = EquityComparison.of(SegmentFigure.FUTURE_VALUE, SegmentFigure.REVENUE);
        assertThat(byRevenue.ratio()).isEqualTo("future value by revenue");
        assertThatThrownBy(() -> byRevenue.segments(PARADOX, "region", "North", "South"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`revenue` must be above 0")
                .hasMessageContaining("North, store");
        EquityComparison nothing = EquityComparison.of(SegmentFigure.CURRENT_VALUE, SegmentFigure.REVENUE);
        assertThatThrownBy(() -> nothing.segments(PARADOX, "region", "North", "South"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was 0 (North)");
    }

    @Test
    void figuresAreParsed() {
        for (SegmentFigure figure : SegmentFigure.values()) {
            assertThat(SegmentFigure.parse(figure.name())).isEqualTo(figure);
            assertThat(SegmentFigure.parse(figure.toString())).isEqualTo(figure);
        }
        assertThatThrownBy(() -> SegmentFigure.parse("worth"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'worth'");
    }

    @Property(tries = 300)
    void effectsAddUpExactlyAndExchangingTheSidesChangesTheSigns(@ForAll Random random) {
        List<SegmentEquity> cells = new ArrayList<>();
        double scale = Math.pow(10, random.nextInt(14) - 3);
        for (String side : List.of("a", "b")) {
            cells.add(cell(side, "always", 1 + random.nextInt(9), millionths(random, scale)));
            for (int i = 0; i < 6; i++) {
                if (random.nextBoolean()) {
                    cells.add(cell(side, "c" + i, random.nextInt(900) / 8.0 + 0.125, millionths(random, scale)));
                }
            }
        }
        EquityBreakdown breakdown = breakdown(cells.toArray(SegmentEquity[]::new));
        MixRate forward = COMPARISON.segments(breakdown, "region", "a", "b");
        MixRate backward = COMPARISON.segments(breakdown, "region", "b", "a");
        assertThat(forward.mix().add(forward.rate())).isEqualTo(forward.difference());
        assertThat(forward.cells().stream().map(MixRateCell::effect).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(forward.difference());
        assertThat(backward.difference()).isEqualTo(forward.difference().negate());
        for (MixRateCell cell : forward.cells()) {
            MixRateCell same = backward.cells().stream()
                    .filter(other -> other.labels().equals(cell.labels()))
                    .findFirst()
                    .orElseThrow();
            assertThat(same.mix().add(cell.mix()).abs()).isLessThanOrEqualTo(new BigDecimal("0.000002"));
            assertThat(same.rate().add(cell.rate()).abs()).isLessThanOrEqualTo(new BigDecimal("0.000002"));
        }
        // The standardised difference and the rates are of one sign where all cells are on both sides.
        SimpsonCheck check = COMPARISON.checkSegments(breakdown, "region", "a", "b");
        if (check.cells() == forward.cells().size()) {
            assertThat(check.standardisedDifference().doubleValue())
                    .isCloseTo(forward.rate().doubleValue(), within(2e-5 + 1e-9 * scale));
        }
        if (check.reversedInEveryCell() && check.standardisedDifference().signum() != 0) {
            assertThat(check.misleads()).isTrue();
        }
    }

    private static String millionths(Random random, double scale) {
        return BigDecimal.valueOf(Math.round((random.nextDouble() - 0.3) * scale * 1e3), 3)
                .toPlainString();
    }
}
