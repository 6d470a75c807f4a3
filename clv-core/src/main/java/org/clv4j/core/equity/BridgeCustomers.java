// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

/**
 * How many customers a bridge has, by what became of them; sums of weights. Opening = bought + silent + lost + gone; closing = bought +
 * silent + lost + added.
 *
 * @param opening customers at the opening
 * @param bought of them, those who bought in the window and are not lost
 * @param silent of them, those who did not buy and are not lost
 * @param lost of them, those whose P(alive) fell below the threshold in the window
 * @param gone of them, those who are no longer in the base
 * @param added customers at the closing who were not there at the opening
 * @param closing customers at the closing
 */
public record BridgeCustomers(
        double opening, double bought, double silent, double lost, double gone, double added, double closing) {}
