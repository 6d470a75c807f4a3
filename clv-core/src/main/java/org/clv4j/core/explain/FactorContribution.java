// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

import java.math.BigDecimal;

/**
 * A factor of a customer's value beside that of the average customer.
 *
 * @param factor the factor
 * @param value the customer's
 * @param average the average customer's
 * @param contribution what the difference of the two is worth, with six decimals; the contributions of all factors add up to the
 *     customer's value less the average exactly
 */
public record FactorContribution(ScoreFactor factor, double value, double average, BigDecimal contribution) {}
