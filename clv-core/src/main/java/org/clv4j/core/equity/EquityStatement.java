// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.value.ValuationTerms;
import org.jspecify.annotations.Nullable;

/**
 * Customer equity line by line: what existing customers have brought and will bring, what future cohorts will, and what all that costs; in
 * revenue and in contribution. Made by {@link EquityStatementPlan}.
 *
 * <p>Each line stands for itself: current value is realised and nothing else, future value is to come and nothing else, and lifetime value,
 * gross and net equity are sums of lines ({@link EquityStatementPart}). A number is 0 where the plan has nothing of its kind.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class EquityStatement {

    private final String model;
    private final ValuationTerms terms;
    private final TimeScale timeScale;
    private final Currency currency;
    private final @Nullable LocalDate date;
    private final EquityStatementPart total;
    private final List<EquityStatementBreakdown> breakdowns;
    private final List<String> warnings;

    EquityStatement(
            String model,
            ValuationTerms terms,
            CustomerBase base,
            EquityStatementPart total,
            List<EquityStatementBreakdown> breakdowns,
            List<String> warnings) {
        this.model = model;
        this.terms = terms;
        this.timeScale = base.timeScale();
        this.currency = base.currency();
        this.date = base.observation().map(window -> window.end()).orElse(null);
        this.total = total;
        this.breakdowns = List.copyOf(breakdowns);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Returns the name of the model.
     *
     * @return the name, as {@code bg-nbd × gamma-gamma}
     */
    public String model() {
        return model;
    }

    /**
     * Returns the terms of the valuation: horizon, discount rate, margin and timing.
     *
     * @return the terms
     */
    public ValuationTerms terms() {
        return terms;
    }

    /**
     * Returns the unit that the horizon counts.
     *
     * @return the time scale
     */
    public TimeScale timeScale() {
        return timeScale;
    }

    /**
     * Returns the currency of all amounts.
     *
     * @return the currency; XXX if none was stated
     */
    public Currency currency() {
        return currency;
    }

    /**
     * Returns the day as of which values are: the end of the observation.
     *
     * @return the day; empty if the customers came as summaries
     */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(date);
    }

    /**
     * Returns the lines for all customers and cohorts.
     *
     * @return the total
     */
    public EquityStatementPart total() {
        return total;
    }

    /**
     * Returns the lines by segment.
     *
     * @return one for each breakdown that the plan asks for; unmodifiable
     */
    public List<EquityStatementBreakdown> breakdowns() {
        return breakdowns;
    }

    /**
     * Returns what a reader must know.
     *
     * @return one line each; unmodifiable
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Returns the statement as text: the terms, a row a line with revenue and contribution, the sums, and the warnings.
     *
     * @return lines that end with a line feed
     */
    public String summary() {
        StringBuilder text = new StringBuilder();
        text.append("Equity statement by ").append(model);
        if (!currency.equals(Transaction.NO_CURRENCY)) {
            text.append(", in ").append(currency.getCurrencyCode());
        }
        text.append('\n');
        text.append(count(total.customers())).append(" customers");
        if (total.futureCustomers() > 0) {
            text.append(" and ").append(count(total.futureCustomers())).append(" to come");
        }
        text.append(date == null ? "" : ", as of " + date).append('\n');
        text.append(terms).append(", in ").append(timeScale).append("\n\n");
        text.append(String.format(Locale.ROOT, "%-30s%20s%20s\n", "", "revenue", "contribution"));
        lines(text, EquityStatementLine.CURRENT_VALUE);
        for (EquityStatementLine line : EquityStatementLine.FUTURE) {
            lines(text, line);
        }
        row(text, "= future value", total.futureValue());
        row(text, "= lifetime value", total.lifetimeValue());
        lines(text, EquityStatementLine.FUTURE_COHORTS);
        row(text, "= gross equity", total.grossEquity());
        for (EquityStatementLine line : EquityStatementLine.COSTS_TO_COME) {
            lines(text, line);
        }
        lines(text, EquityStatementLine.ACQUISITION_COST);
        row(text, "= net equity", total.netEquity());
        row(text, "of which still to come", total.netFutureValue());
        for (String warning : warnings) {
            text.append("! ").append(warning).append('\n');
        }
        return text.toString();
    }

    private static String count(double customers) {
        return new BigDecimal(customers)
                .setScale(customers == Math.rint(customers) ? 0 : 1, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private void lines(StringBuilder text, EquityStatementLine line) {
        row(text, line.title(), total.line(line));
    }

    private static void row(StringBuilder text, String title, EquityStatementAmount amount) {
        text.append(String.format(
                Locale.ROOT, "%-30s%20s%20s", title, cents(amount.revenue()), cents(amount.contribution())));
        text.append('\n');
    }

    private static String cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
