// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.Map;
import java.util.Objects;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.segment.RowFigure;

/** The figures of a customer that conditions and size bands go by; the names are those of the summary. */
final class CustomerFigures {

    private static final Map<String, RowFigure> FIGURES = Map.of(
            "frequency", CustomerBase::frequency,
            "recency", CustomerBase::recency,
            "age", CustomerBase::age,
            "monetary_value", CustomerBase::monetaryValue,
            "transactions", CustomerBase::transactions,
            "total_amount", CustomerBase::totalAmountAsDouble,
            "repeat_amount", (base, row) -> base.frequency(row) * base.monetaryValue(row));

    private CustomerFigures() {}

    static boolean has(String name) {
        return FIGURES.containsKey(name);
    }

    static RowFigure of(String name) {
        return Objects.requireNonNull(FIGURES.get(name));
    }
}
