// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.scenario;

import java.math.BigDecimal;

/**
 * What a lever alone does to equity.
 *
 * @param lever the lever
 * @param equityAtLess the net future value with the lever × (1 − change)
 * @param equityAtMore the net future value with the lever × (1 + change)
 */
public record TornadoBar(Lever lever, BigDecimal equityAtLess, BigDecimal equityAtMore) {

    /**
     * Creates a bar.
     *
     * @param lever the lever
     * @param equityAtLess the net future value with the lever × (1 − change)
     * @param equityAtMore the net future value with the lever × (1 + change)
     */
    public TornadoBar {}

    /**
     * Returns how far equity swings.
     *
     * @return the difference of both, without sign
     */
    public BigDecimal swing() {
        return equityAtMore.subtract(equityAtLess).abs();
    }
}
