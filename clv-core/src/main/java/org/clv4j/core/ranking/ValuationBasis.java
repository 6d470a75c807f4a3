// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;

/**
 * What values were computed by: the model, the terms, the currency, the unit of time and the day.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class ValuationBasis {

    private final String model;
    private final ValuationTerms terms;
    private final Currency currency;
    private final TimeScale timeScale;
    private final Optional<LocalDate> date;
    private final List<String> warnings;

    private ValuationBasis(CustomerValues values) {
        this.model = values.model();
        this.terms = values.terms();
        this.currency = values.base().currency();
        this.timeScale = values.base().timeScale();
        this.date = values.base().observation().map(Observation::end);
        this.warnings = values.warnings();
    }

    static ValuationBasis of(CustomerValues values) {
        return new ValuationBasis(values);
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
     * Returns the terms of the valuation.
     *
     * @return the terms
     */
    public ValuationTerms terms() {
        return terms;
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
     * Returns the unit of time.
     *
     * @return the unit that horizons, ages and recencies count
     */
    public TimeScale timeScale() {
        return timeScale;
    }

    /**
     * Returns the day of the valuation.
     *
     * @return the last day that was observed; empty if the customers came without dates
     */
    public Optional<LocalDate> date() {
        return date;
    }

    /**
     * Returns what a reader of the values should know.
     *
     * @return the warnings, unmodifiable
     */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the model and the terms in words. */
    @Override
    public String toString() {
        return model + ", " + terms;
    }
}
