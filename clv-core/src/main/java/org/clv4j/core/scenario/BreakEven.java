// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.math.BigDecimal;
import java.util.OptionalDouble;

/**
 * Where a lever makes equity reach a target.
 *
 * @param lever the lever
 * @param target the net future value that is to be reached
 * @param factor what the lever is multiplied by
 * @param value the lever in its own unit, as a margin of 0.21; empty of a lever that differs by customer
 * @param equity the net future value with that factor
 */
public record BreakEven(Lever lever, BigDecimal target, double factor, OptionalDouble value, BigDecimal equity) {

    /**
     * Creates a result.
     *
     * @param lever the lever
     * @param target the net future value that is to be reached
     * @param factor what the lever is multiplied by
     * @param value the lever in its own unit
     * @param equity the net future value with that factor
     */
    public BreakEven {}
}
