// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.clv4j.core.equity.BookCohort;

/**
 * What the contracts of a segment are worth by a model.
 *
 * @param model the name of the model
 * @param segment the segment, or {@code total}
 * @param book who is there, and what is contracted and what renewals are worth
 * @param currentValue the margin realised so far
 * @param lower the lower end of an interval of the future value, or empty if none was asked for
 * @param upper its upper end
 */
public record ContractValue(
        String model,
        String segment,
        BookCohort book,
        BigDecimal currentValue,
        OptionalDouble lower,
        OptionalDouble upper) {}
