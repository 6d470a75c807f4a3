// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

/**
 * A history of a given value.
 *
 * @param frequency x, repeat occasions
 * @param recency t_x, first to last purchase, in the unit of time
 * @param spend the mean amount of a repeat occasion
 * @param value what a customer of this history is worth
 */
public record IsoValuePoint(int frequency, double recency, double spend, double value) {}
