// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.BookCohort;
import org.clv4j.core.equity.BookOfBusiness;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.model.ContractModel;
import org.clv4j.core.model.Execution;
import org.clv4j.core.retention.CohortPeriod;
import org.clv4j.core.retention.ContractValueDraws;
import org.clv4j.core.retention.RetentionDraws;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.ContractValue;
import org.jspecify.annotations.Nullable;

/** What the contracts of segments are worth, each by its own models, and together. */
final class ContractBook {

    static final String TOTAL = "total";

    private final ValuationTerms terms;
    private final TimeScale timeScale;
    private final double level;
    private final int draws;
    private final long seed;
    private final Map<String, List<ContractValue>> byModel = new LinkedHashMap<>();
    private final Map<String, ContractValueDraws> drawn = new LinkedHashMap<>();
    private final Set<String> methods = new TreeSet<>();
    private int segments;

    /** A book; without intervals if there are no draws. */
    ContractBook(ValuationTerms terms, TimeScale timeScale, double level, int draws, long seed) {
        this.terms = terms;
        this.timeScale = timeScale;
        this.level = level;
        this.draws = draws;
        this.seed = seed;
    }

    void add(RetentionStudy study, CustomerBase customers, Execution execution) {
        segments++;
        for (RetentionStudy.Fit fit : study.fits()) {
            ContractModel.Fitted model = ContractModel.Fitted.of(fit.model());
            BookCohort book = BookOfBusiness.byAcquisition(model, customers, terms, CohortPeriod.YEAR, 0)
                    .total();
            BigDecimal current = EquityAggregator.withDefaults()
                    .aggregate(model.value(customers, terms, execution))
                    .total()
                    .currentValue();
            @Nullable ContractValueDraws totals = draws == 0 ? null : totals(study, fit, customers, execution);
            if (totals != null) {
                drawn.merge(fit.model().name(), totals, ContractValueDraws::plus);
            }
            byModel.computeIfAbsent(fit.model().name(), unused -> new ArrayList<>())
                    .add(value(
                            fit.model().name(), study.name().isEmpty() ? TOTAL : study.name(), book, current, totals));
        }
    }

    private ContractValueDraws totals(
            RetentionStudy study, RetentionStudy.Fit fit, CustomerBase customers, Execution execution) {
        RetentionDraws models = fit.model()
                .report()
                .filter(report -> report.covariance().isPresent())
                .map(report -> RetentionDraws.ofErrors(fit.provider(), report))
                .orElseGet(() -> RetentionDraws.ofBootstrap(fit.provider().model(), study.used()));
        methods.add(models.method());
        // Another seed for each segment, whose customers are others.
        return ContractValueDraws.of(customers, terms, models, draws, seed + segments - 1, execution);
    }

    private ContractValue value(
            String model, String segment, BookCohort book, BigDecimal current, @Nullable ContractValueDraws totals) {
        return new ContractValue(
                model,
                segment,
                book,
                current,
                totals == null ? OptionalDouble.empty() : OptionalDouble.of(totals.quantile((1 - level) / 2)),
                totals == null ? OptionalDouble.empty() : OptionalDouble.of(totals.quantile((1 + level) / 2)));
    }

    /** The segments by each model, and their total where there are several. */
    List<ContractValue> results() {
        List<ContractValue> results = new ArrayList<>();
        byModel.forEach((model, values) -> {
            results.addAll(values);
            if (values.size() > 1) {
                results.add(total(model, values));
            }
        });
        return results;
    }

    private ContractValue total(String model, List<ContractValue> values) {
        double customers = 0;
        double active = 0;
        BigDecimal contracted = BigDecimal.ZERO;
        BigDecimal renewal = BigDecimal.ZERO;
        BigDecimal current = BigDecimal.ZERO;
        for (ContractValue value : values) {
            customers += value.book().customers();
            active += value.book().active();
            contracted = contracted.add(value.book().contractedValue());
            renewal = renewal.add(value.book().renewalValue());
            current = current.add(value.currentValue());
        }
        BookCohort sum = new BookCohort(TOTAL, customers, active, contracted, renewal, List.of());
        return value(model, TOTAL, sum, current, drawn.get(model));
    }

    String format() {
        StringBuilder text = new StringBuilder();
        Map<String, List<ContractValue>> results = new LinkedHashMap<>();
        results().forEach(value -> results.computeIfAbsent(value.model(), unused -> new ArrayList<>())
                .add(value));
        results.forEach((model, values) -> {
            text.append("Value of the contracts by ").append(model).append('\n');
            text.append("  ").append(EquityTable.terms(terms, timeScale)).append('\n');
            text.append(table(values));
        });
        if (!methods.isEmpty()) {
            text.append("  from, to: ")
                    .append(TextTable.percent(level))
                    .append(" interval of the future value, ")
                    .append(draws)
                    .append(" draws by ")
                    .append(String.join(" or ", methods))
                    .append(", and luck\n");
        }
        return text.toString();
    }

    private static String table(List<ContractValue> values) {
        TextTable table = new TextTable()
                .row("", "customers", "active", "current", "contracted", "renewals", "future", "from", "to", "each");
        for (ContractValue value : values) {
            BookCohort book = value.book();
            table.row(
                    value.segment(),
                    TextTable.money(book.customers()),
                    TextTable.money(book.active()),
                    TextTable.money(value.currentValue()),
                    TextTable.money(book.contractedValue()),
                    TextTable.money(book.renewalValue()),
                    TextTable.money(book.futureValue()),
                    money(value.lower()),
                    money(value.upper()),
                    book.active() == 0
                            ? ""
                            : TextTable.decimal(book.futureValue().doubleValue() / book.active(), 2));
        }
        return table.format();
    }

    private static String money(OptionalDouble amount) {
        return amount.isPresent() ? TextTable.money(amount.getAsDouble()) : "";
    }
}
