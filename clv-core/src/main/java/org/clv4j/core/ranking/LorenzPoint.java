// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.ranking;

/**
 * A point of a Lorenz curve.
 *
 * @param customers a part of the customers, those who are worth least, in [0, 1]
 * @param value the part of the value that they hold; below 0 where they are worth less than nothing together
 */
public record LorenzPoint(double customers, double value) {}
