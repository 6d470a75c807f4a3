// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

import java.math.BigDecimal;

/**
 * What a customer would be worth after something that has not happened, by the same terms from then on.
 *
 * @param periods the time from now, in periods of the time scale; 0 is now
 * @param probabilityAlive P(alive) then
 * @param clv the future value then, with six decimals
 * @param change that less the value now
 */
public record ValueThen(double periods, double probabilityAlive, BigDecimal clv, BigDecimal change) {}
