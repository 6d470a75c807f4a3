// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.value.ValuationTerms;

/**
 * Why a customer is worth what a model says. {@link ScoreExplainer} makes it and says what the figures mean.
 *
 * @param customerId the customer
 * @param model the model's name
 * @param terms the terms of the valuation
 * @param timeScale the unit of time
 * @param currency the currency of all amounts; XXX if none was stated
 * @param date the day of the valuation; empty if it is not known
 * @param clv the customer's future value, with six decimals
 * @param averageClv the mean future value of the base, with six decimals
 * @param factors the factors with their contributions, which add up to the difference of the two exactly
 * @param rank where the customer stands among all
 * @param spend how the expected amount of a purchase stands between the customer's own mean and that of all
 * @param purchaseRate the same of the purchases in a period; empty if the model has no such rates
 * @param purchaseToday what the customer would be worth after a purchase today; empty if that cannot be said, or the customer bought today
 * @param silence what the customer would be worth after more time without a purchase
 * @param warnings what a reader must know
 */
public record ScoreExplanation(
        String customerId,
        String model,
        ValuationTerms terms,
        TimeScale timeScale,
        Currency currency,
        Optional<LocalDate> date,
        BigDecimal clv,
        BigDecimal averageClv,
        List<FactorContribution> factors,
        ScoreRank rank,
        Shrinkage spend,
        Optional<Shrinkage> purchaseRate,
        Optional<ValueThen> purchaseToday,
        List<ValueThen> silence,
        List<String> warnings) {

    /** Decimal places of amounts. */
    static final int SCALE = 6;

    /**
     * Creates an explanation.
     *
     * @param customerId the customer
     * @param model the model's name
     * @param terms the terms of the valuation
     * @param timeScale the unit of time
     * @param currency the currency of all amounts
     * @param date the day of the valuation
     * @param clv the customer's future value
     * @param averageClv the mean future value of the base
     * @param factors the factors with their contributions; copied
     * @param rank where the customer stands among all
     * @param spend how the expected amount of a purchase comes about
     * @param purchaseRate how the expected purchases in a period come about
     * @param purchaseToday what the customer would be worth after a purchase today
     * @param silence what the customer would be worth after more time without a purchase; copied
     * @param warnings what a reader must know; copied
     * @throws IllegalArgumentException if the contributions do not add up
     */
    public ScoreExplanation {
        factors = List.copyOf(factors);
        silence = List.copyOf(silence);
        warnings = List.copyOf(warnings);
        BigDecimal sum =
                factors.stream().map(FactorContribution::contribution).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(clv.subtract(averageClv)) != 0) {
            throw new IllegalArgumentException(
                    "`factors` must add up to the difference of " + clv + " and " + averageClv + ", but made " + sum);
        }
    }

    /**
     * Returns the customer's value less the average.
     *
     * @return the difference; the sum of the contributions
     */
    public BigDecimal difference() {
        return clv.subtract(averageClv);
    }

    /**
     * Returns a factor with its contribution.
     *
     * @param factor the factor
     * @return the customer's, the average customer's, and what the difference is worth
     */
    public FactorContribution factor(ScoreFactor factor) {
        return factors.stream()
                .filter(each -> each.factor() == factor)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "`factor` must be one of " + factors.size() + ", but was " + factor));
    }

    /**
     * Returns the explanation in words, for who speaks with the customer.
     *
     * @return lines that end with a line feed
     */
    public String summary() {
        StringBuilder text = new StringBuilder();
        text.append("Customer ").append(customerId);
        date.ifPresent(day -> text.append(", ").append(day));
        text.append('\n');
        String reach = terms.horizon().isInfinite()
                ? "all purchases to come"
                : "the purchases of the next " + count(terms.horizon().periods()) + " "
                        + unit(terms.horizon().periods());
        line(
                text,
                "Worth %s: the expected margin (%s %% of what is paid) of %s.",
                amount(clv),
                percent(terms.margin().fraction()),
                reach);
        line(
                text,
                "Later money counts less, by %s %% a year. Chances are counted in: nobody knows what will be bought.",
                percent(terms.discountRate().effectiveAnnual()));
        line(
                text,
                "The average customer is worth %s, so that the difference is %s. %s %% of the %s customers are worth less (place %s).",
                money(averageClv),
                signed(difference()),
                percent(rank.below()),
                count(rank.customers()),
                count(rank.place()));
        text.append("\nWhere the difference comes from:\n");
        for (FactorContribution factor : factors) {
            boolean isChance = factor.factor() == ScoreFactor.PROBABILITY_ALIVE;
            line(
                    text,
                    "  %-33s %9s   average %9s   makes %12s",
                    factor.factor().title(),
                    isChance ? percent(factor.value()) + " %" : decimal(factor.value()),
                    isChance ? percent(factor.average()) + " %" : decimal(factor.average()),
                    signed(factor.contribution()));
        }
        line(text, "  %-33s %9s           %9s  in all %12s", "", "", "", signed(difference()));
        text.append('\n');
        text.append(spendInWords());
        purchaseRate.ifPresent(rate -> text.append(rateInWords(rate)));
        purchaseToday.ifPresent(then -> line(
                text,
                "After a purchase today the purchases to come would be worth %s (%s), beside what that purchase brings.",
                money(then.clv()),
                signed(then.change())));
        for (ValueThen then : silence) {
            line(
                    text,
                    "After %s more %s without a purchase: worth %s (%s), still a customer with a chance of %s %%.",
                    count(then.periods()),
                    unit(then.periods()),
                    money(then.clv()),
                    signed(then.change()),
                    percent(then.probabilityAlive()));
        }
        warnings.forEach(warning -> line(text, "Note: %s", warning));
        return text.toString();
    }

    private String spendInWords() {
        if (spend.own().isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "Amount of a purchase: none of this customer's own to go by yet, so that %s is expected, as of any customer.\n",
                    decimal(spend.expected()));
        }
        String own = decimal(spend.own().getAsDouble());
        return String.format(
                Locale.ROOT,
                "Amount of a purchase: %s%s; %s is expected%s.\n",
                spend.observations() == 1
                        ? own + " in one purchase"
                        : own + " on average of " + spend.observations() + " purchases",
                spend.population().isPresent()
                        ? ", customers in general " + decimal(spend.population().getAsDouble())
                        : "",
                decimal(spend.expected()),
                weightInWords(spend, ""));
    }

    private String rateInWords(Shrinkage rate) {
        String per = " a " + timeScale.singular();
        return String.format(
                Locale.ROOT,
                "Pace: %s%s; %s%s is expected of an active customer with this history%s.\n",
                rate.own().isPresent()
                        ? rate.observations() + " more " + (rate.observations() == 1 ? "purchase" : "purchases")
                                + " since the first, which is "
                                + fine(rate.own().getAsDouble()) + per
                        : "a customer since today",
                rate.population().isPresent()
                        ? ", customers in general " + fine(rate.population().getAsDouble())
                        : "",
                fine(rate.expected()),
                per,
                weightInWords(rate, ", because the customer may have left long before today"));
    }

    private static String weightInWords(Shrinkage shrinkage, String otherwise) {
        if (shrinkage.weight().isPresent()) {
            return String.format(
                    Locale.ROOT,
                    " (%s %% by the own figure, because a few purchases can be chance)",
                    percent(shrinkage.weight().getAsDouble()));
        }
        boolean above = shrinkage.own().isPresent()
                && shrinkage.population().isPresent()
                && shrinkage.expected()
                        > Math.max(
                                shrinkage.own().getAsDouble(),
                                shrinkage.population().getAsDouble());
        return above ? otherwise : "";
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append('\n');
    }

    private String unit(double periods) {
        return periods == 1 ? timeScale.singular() : timeScale.toString();
    }

    private String amount(BigDecimal value) {
        return money(value) + (currency.equals(Transaction.NO_CURRENCY) ? "" : " " + currency.getCurrencyCode());
    }

    private static String money(BigDecimal value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String signed(BigDecimal value) {
        return String.format(Locale.ROOT, "%+,.2f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String fine(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String percent(double part) {
        String oneDecimal = String.format(Locale.ROOT, "%.1f", 100 * part);
        return oneDecimal.endsWith(".0") ? oneDecimal.substring(0, oneDecimal.length() - 2) : oneDecimal;
    }

    private static String count(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
