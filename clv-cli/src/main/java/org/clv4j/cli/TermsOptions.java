// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.Optional;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how the future is valued. */
final class TermsOptions {

    @Option(
            names = "--horizon",
            paramLabel = "N|infinite",
            description = "How far the forecast reaches, in time units of the data.")
    private @Nullable String horizon;

    @Option(names = "--discount-rate", paramLabel = "D", description = "Effective annual rate, 0.10 for 10 %%.")
    private @Nullable String discountRate;

    @Option(
            names = "--continuous-rate",
            paramLabel = "D",
            description = "Continuous rate per time unit, instead of the annual one.")
    private @Nullable String continuousRate;

    @Option(
            names = "--periods-per-year",
            paramLabel = "N",
            description = "Time units in a year. Default: 365.25 days, 365.25/7 weeks, 12 months.")
    private @Nullable String periodsPerYear;

    @Option(names = "--margin", paramLabel = "M", description = "Margin as a part of revenue, 0.3 for 30 %%.")
    private @Nullable String margin;

    @Option(
            names = "--timing",
            paramLabel = "T",
            description = "When purchases pay: at-purchase (the default), period-begin, period-mid or period-end.")
    private @Nullable String timing;

    Optional<Horizon> horizon() {
        return Optional.ofNullable(horizon).map(text -> Options.parse("--horizon", text, Horizon::parse));
    }

    Optional<Margin> margin() {
        return Optional.ofNullable(margin)
                .map(text -> Options.number("--margin", text))
                .map(value -> checked("--margin", () -> Margin.of(value)));
    }

    Optional<DiscountRate> rate(TimeScale timeScale) {
        if (discountRate != null && continuousRate != null) {
            throw new UsageException("--discount-rate and --continuous-rate are two ways to say one thing; give one");
        }
        if (discountRate != null) {
            double annual = Options.number("--discount-rate", discountRate);
            return Optional.of(checked("--discount-rate", () -> DiscountRate.annual(annual)));
        }
        if (continuousRate != null) {
            double delta = Options.number("--continuous-rate", continuousRate);
            return Optional.of(
                    checked("--continuous-rate", () -> DiscountRate.continuous(delta, periodsPerYearOr(timeScale))));
        }
        return Optional.empty();
    }

    private double periodsPerYearOr(TimeScale timeScale) {
        return periodsPerYear == null
                ? timeScale.periodsPerYear()
                : Options.number("--periods-per-year", periodsPerYear);
    }

    /** The terms, under a rate and a margin. */
    ValuationTerms terms(Horizon reach, DiscountRate rate, Margin part) {
        CashFlowTiming when =
                timing == null ? CashFlowTiming.AT_PURCHASE : Options.parse("--timing", timing, CashFlowTiming::parse);
        return checked("terms", () -> {
            ValuationTerms terms = ValuationTerms.of(reach, rate, part, when);
            return periodsPerYear == null
                    ? terms
                    : terms.withPeriodsPerYear(Options.number("--periods-per-year", periodsPerYear));
        });
    }

    /** All terms, where a command cannot do without. */
    ValuationTerms requireTerms(String command, TimeScale timeScale) {
        Horizon reach = horizon().orElseThrow(() -> new UsageException(command + " needs --horizon N or infinite"));
        DiscountRate rate = rate(timeScale)
                .orElseThrow(() -> new UsageException(command + " needs --discount-rate, as 0.10 for 10 % a year"));
        Margin part = margin().orElseThrow(() ->
                new UsageException(command + " needs --margin, as 0.3 for 30 % of revenue, or 1 to value revenue"));
        return terms(reach, rate, part);
    }

    private interface Making<T> {
        T make();
    }

    private static <T> T checked(String option, Making<T> making) {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage(), e);
        }
    }
}
