// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * By how many percent equity changes when a lever changes by one: d ln equity / d ln lever, for small changes.
 *
 * @param equity the net future value without a change; above 0
 * @param values one a lever that the model can follow
 * @param notes which levers were left out, and why
 */
public record Elasticities(BigDecimal equity, Map<Lever, Double> values, List<String> notes) {

    /**
     * Creates elasticities.
     *
     * @param equity the net future value without a change
     * @param values one a lever; copied
     * @param notes which levers were left out, and why; copied
     */
    public Elasticities {
        Map<Lever, Double> copy = new EnumMap<>(Lever.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
        notes = List.copyOf(notes);
    }
}
