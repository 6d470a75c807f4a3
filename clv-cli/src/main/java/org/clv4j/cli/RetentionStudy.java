// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedRetentionModel;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.retention.SurvivalTable;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.PaymentTiming;

/** The models of one segment beside what was observed of it. */
final class RetentionStudy {

    /** Renewals of which the discounted expected residual lifetime is shown. */
    private static final int RESIDUALS = 5;

    /**
     * A fitted model.
     *
     * @param provider what it is
     * @param model the model
     * @param table what it says beside what was observed
     */
    record Fit(ModelProvider.OfRetention provider, FittedRetentionModel model, SurvivalTable table) {}

    private final String name;
    private final RetentionData data;
    private final RetentionData used;
    private final int calibration;
    private final int observed;
    private final List<Fit> fits = new ArrayList<>();

    RetentionStudy(String name, RetentionData data, int calibration) {
        this.name = name;
        this.data = data;
        observed = data.lost().length - 1;
        this.calibration = Math.min(observed, calibration);
        used = data.keepingAttributes(List.of()).until(this.calibration);
    }

    /** Fits a model to what is to be used of the data. */
    void fit(
            ModelProvider.OfRetention provider,
            Function<RetentionData, FittedRetentionModel> fitting,
            OptionalInt renewals,
            double level) {
        FittedRetentionModel model = fitting.apply(used);
        int shown = renewals.orElse(observed);
        fits.add(new Fit(provider, model, SurvivalTable.of(data, model, calibration, shown, level)));
    }

    String name() {
        return name;
    }

    /** What the models were fitted to. */
    RetentionData used() {
        return used;
    }

    List<Fit> fits() {
        return fits;
    }

    List<SurvivalTable> tables() {
        return fits.stream().map(Fit::table).toList();
    }

    String format() {
        StringBuilder text = new StringBuilder();
        text.append(name.isEmpty() ? "" : name + ": ")
                .append(TextTable.money(data.customers()))
                .append(" customers, fitted to ")
                .append(calibration == observed ? "" : calibration + " of ")
                .append(observed)
                .append(observed == 1 ? " renewal\n" : " renewals\n");
        for (Fit fit : fits) {
            fit.model().report().map(FitReport::summary).ifPresent(summary -> text.append(summary)
                    .append('\n'));
        }
        return text.append(survival()).toString();
    }

    private String survival() {
        TextTable table = new TextTable();
        List<String> header = new ArrayList<>(List.of("renewals", "at risk", "observed", "from", "to"));
        for (Fit fit : fits) {
            header.add(fit.model().name());
            header.add("retention");
        }
        table.row(header.toArray(new String[0]));
        boolean beyond = false;
        for (SurvivalTable.Row row : fits.get(0).table().rows()) {
            beyond |= !row.calibration();
            table.row(cells(row).toArray(new String[0]));
        }
        return table.format() + (beyond ? "  * not used in the fit\n" : "");
    }

    private List<String> cells(SurvivalTable.Row row) {
        List<String> cells = new ArrayList<>();
        cells.add(row.renewals() + (row.calibration() ? "" : " *"));
        cells.add(row.observed().isPresent() ? TextTable.money(row.atRisk()) : "");
        cells.add(percent(row.observed()));
        cells.add(percent(row.lower()));
        cells.add(percent(row.upper()));
        for (Fit fit : fits) {
            SurvivalTable.Row own = fit.table().rows().get(row.renewals());
            cells.add(TextTable.percent(own.survival()));
            cells.add(percent(own.retentionRate()));
        }
        return cells;
    }

    private static String percent(OptionalDouble part) {
        return part.isPresent() ? TextTable.percent(part.getAsDouble()) : "";
    }

    /** Discounted expected lifetimes; nothing without a rate to discount by. */
    String lifetimes(DiscountRate rate) {
        double perPeriod = rate.effectivePerPeriod(12.0 / data.periodMonths());
        if (!(perPeriod > 0)) {
            return "";
        }
        TextTable table = new TextTable();
        List<String> header = new ArrayList<>(List.of("discounted expected periods"));
        List<String> first = new ArrayList<>(List.of("new, first payment included"));
        for (Fit fit : fits) {
            header.add(fit.model().name());
            first.add(TextTable.decimal(fit.model().discountedExpectedLifetime(0, perPeriod, PaymentTiming.BEGIN), 4));
        }
        table.row(header.toArray(new String[0])).row(first.toArray(new String[0]));
        for (int made = 0; made < RESIDUALS; made++) {
            List<String> cells = new ArrayList<>(List.of("about to decide on renewal " + (made + 1)));
            for (Fit fit : fits) {
                // At the renewal itself, not a period before it.
                cells.add(TextTable.decimal(
                        (1 + perPeriod)
                                * fit.model().discountedExpectedLifetime(made, perPeriod, PaymentTiming.RESIDUAL),
                        4));
            }
            table.row(cells.toArray(new String[0]));
        }
        return table.format();
    }
}
