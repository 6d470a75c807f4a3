// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;

/**
 * Why customers are worth something else than at an earlier date: the steps from the future value at the opening to that at the closing,
 * in total and by segment. {@link EquityBridging} says what each step means and makes it.
 *
 * <p>Amounts are exact decimals with six places: steps add up from opening to closing, and segments to the total, to the last digit.
 * Opening and closing are the {@linkplain SegmentEquity#futureValue future value} that {@link EquityAggregator} gives on either date, in
 * the reporting currency.
 *
 * @param opening the earlier end
 * @param closing the later end
 * @param timeScale the unit of time
 * @param periods the time between the ends, in that unit; at least 0
 * @param currency the reporting currency, which all amounts are in; XXX if none was stated
 * @param lostBelow the P(alive) below which a customer counts as lost
 * @param total the bridge of all customers
 * @param breakdowns the bridge by segment, one breakdown for each that was asked for
 * @param warnings what a reader must know
 */
public record EquityBridge(
        BridgeEnd opening,
        BridgeEnd closing,
        TimeScale timeScale,
        double periods,
        Currency currency,
        double lostBelow,
        BridgeSegment total,
        List<BridgeBreakdown> breakdowns,
        List<String> warnings) {

    /**
     * Creates a result.
     *
     * @param opening the earlier end
     * @param closing the later end
     * @param timeScale the unit of time
     * @param periods the time between the ends
     * @param currency the reporting currency; XXX if none was stated
     * @param lostBelow the P(alive) below which a customer counts as lost
     * @param total the bridge of all customers
     * @param breakdowns the bridge by segment; copied
     * @param warnings what a reader must know; copied
     */
    public EquityBridge {
        breakdowns = List.copyOf(breakdowns);
        warnings = List.copyOf(warnings);
    }

    /**
     * Returns the bridge of all customers as a table to read: a line a step, with its part of the opening.
     *
     * @return lines that end with a line feed
     */
    public String summary() {
        return summary(total);
    }

    /**
     * Returns the bridge of a segment as a table to read.
     *
     * @param segment the segment, of one of the breakdowns
     * @return lines that end with a line feed
     */
    public String summary(BridgeSegment segment) {
        StringBuilder text = new StringBuilder();
        text.append("Future value of ")
                .append(segment.labels().isEmpty() ? "all customers" : segment.name())
                .append(", from ")
                .append(opening.date())
                .append(" to ")
                .append(closing.date())
                .append(" (")
                .append(number(periods))
                .append(' ')
                .append(periods == 1 ? timeScale.singular() : timeScale.toString())
                .append(')');
        if (!currency.equals(Transaction.NO_CURRENCY)) {
            text.append(", in ").append(currency.getCurrencyCode());
        }
        text.append('\n');
        List<Line> lines = lines(segment);
        int width = lines.stream().mapToInt(line -> line.amount.length()).max().orElse(0);
        for (Line line : lines) {
            text.append(String.format(Locale.ROOT, "  %-42s %" + width + "s %9s", line.title, line.amount, line.part)
                    .stripTrailing());
            text.append('\n');
        }
        BridgeMargin margin = segment.margin();
        text.append(String.format(
                Locale.ROOT,
                "  margin of the window, beside the sum: expected %s, received %s, of new customers %s%n",
                money(margin.expected()),
                money(margin.received()),
                money(margin.receivedOfNew())));
        if (segment.labels().isEmpty()) {
            warnings.forEach(warning -> text.append("  note: ").append(warning).append('\n'));
        }
        return text.toString().replace("\r\n", "\n");
    }

    private static final class Line {
        final String title;
        final String amount;
        final String part;

        Line(String title, String amount, String part) {
            this.title = title;
            this.amount = amount;
            this.part = part;
        }
    }

    private static List<Line> lines(BridgeSegment segment) {
        BridgeCustomers customers = segment.customers();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("opening, " + count(customers.opening()), money(segment.opening()), ""));
        for (BridgeStep step : BridgeStep.values()) {
            String who =
                    switch (step) {
                        case BOUGHT -> ", " + number(customers.bought());
                        case SILENT -> ", " + number(customers.silent());
                        case LOST -> ", " + number(customers.lost() + customers.gone());
                        case NEW_CUSTOMERS -> ", " + number(customers.added());
                        default -> "";
                    };
            lines.add(
                    new Line("  " + step.title() + who, signed(segment.step(step)), part(segment.step(step), segment)));
            if (step == BridgeStep.ROLL_FORWARD) {
                lines.add(new Line("expected of these customers", money(segment.expectedClosing()), ""));
            }
        }
        lines.add(new Line(
                "closing, " + count(customers.closing()), money(segment.closing()), part(segment.change(), segment)));
        return lines;
    }

    private static String part(BigDecimal amount, BridgeSegment segment) {
        return segment.opening().signum() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%+.1f %%",
                        100 * amount.doubleValue() / segment.opening().doubleValue());
    }

    private static String count(double customers) {
        return number(customers) + (customers == 1 ? " customer" : " customers");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String money(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    private static String signed(BigDecimal amount) {
        return String.format(Locale.ROOT, "%+,.2f", amount);
    }
}
