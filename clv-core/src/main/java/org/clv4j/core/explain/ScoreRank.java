// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.explain;

/**
 * Where a customer stands among all by value. Counts are sums of weights.
 *
 * @param place 1 + the number of customers who are worth more
 * @param customers how many customers there are
 * @param below the part of the customers who are worth less, in [0, 1)
 */
public record ScoreRank(double place, double customers, double below) {}
