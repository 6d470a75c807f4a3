// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.math.BigDecimal;
import java.util.List;

/**
 * What each lever alone does to equity, the most important first.
 *
 * @param change by which part each lever is made less and more, as 0.1
 * @param equity the net future value without a change
 * @param bars one a lever that the model can follow, by falling swing
 * @param notes which levers were left out, and why
 */
public record Tornado(double change, BigDecimal equity, List<TornadoBar> bars, List<String> notes) {

    /**
     * Creates a tornado.
     *
     * @param change by which part each lever is made less and more
     * @param equity the net future value without a change
     * @param bars one a lever, by falling swing; copied
     * @param notes which levers were left out, and why; copied
     */
    public Tornado {
        bars = List.copyOf(bars);
        notes = List.copyOf(notes);
    }
}
