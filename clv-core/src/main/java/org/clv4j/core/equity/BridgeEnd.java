// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.time.LocalDate;
import org.clv4j.core.value.ValuationTerms;

/**
 * One end of an {@link EquityBridge}: when, by which model, under which terms, and at which exchange rate.
 *
 * @param date the day of the valuation
 * @param model the model's name
 * @param terms the terms
 * @param exchangeRate units of the reporting currency for one of the customers' currency on that day; 1 without conversion
 */
public record BridgeEnd(LocalDate date, String model, ValuationTerms terms, double exchangeRate) {}
