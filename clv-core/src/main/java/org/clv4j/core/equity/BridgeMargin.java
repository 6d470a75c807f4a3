// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;

/**
 * The margin of the window, beside a bridge and not in its sum: nominal, at the opening's margin and exchange rate, so that what was
 * received compares with what was expected.
 *
 * @param expected what the opening's customers were expected to bring in the window, not discounted
 * @param received what they brought
 * @param receivedOfNew what new customers brought, their first purchase included
 */
public record BridgeMargin(BigDecimal expected, BigDecimal received, BigDecimal receivedOfNew) {}
