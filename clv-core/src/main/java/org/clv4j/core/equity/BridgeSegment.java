// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The bridge of one segment, or of all customers: opening + Σ steps = closing, to the last digit. The same step of all segments of a
 * breakdown adds up to that of the total.
 *
 * @param labels the segment's value of each dimension of its breakdown; empty for the total
 * @param opening Σ future value at the opening, in the reporting currency
 * @param steps the amount of every step, in their order
 * @param closing Σ future value at the closing, in the reporting currency
 * @param customers how many customers, and what became of them
 * @param margin the margin of the window, beside the sum
 */
public record BridgeSegment(
        List<String> labels,
        BigDecimal opening,
        Map<BridgeStep, BigDecimal> steps,
        BigDecimal closing,
        BridgeCustomers customers,
        BridgeMargin margin) {

    /**
     * Creates the bridge of a segment.
     *
     * @param labels the segment's value of each dimension; copied
     * @param opening Σ future value at the opening
     * @param steps the amount of every step; copied
     * @param closing Σ future value at the closing
     * @param customers how many customers, and what became of them
     * @param margin the margin of the window
     * @throws IllegalArgumentException if a step is missing, or the steps do not lead from opening to closing
     */
    public BridgeSegment {
        labels = List.copyOf(labels);
        Map<BridgeStep, BigDecimal> inOrder = new EnumMap<>(BridgeStep.class);
        inOrder.putAll(steps);
        if (inOrder.size() < BridgeStep.values().length) {
            throw new IllegalArgumentException(
                    "`steps` must have all of " + List.of(BridgeStep.values()) + ", but had " + inOrder.keySet());
        }
        steps = Collections.unmodifiableMap(inOrder);
        BigDecimal reached = inOrder.values().stream().reduce(opening, BigDecimal::add);
        if (reached.compareTo(closing) != 0) {
            throw new IllegalArgumentException(
                    "`steps` must lead to the closing " + closing + ", but led to " + reached);
        }
    }

    /**
     * Returns the amount of a step.
     *
     * @param step the step
     * @return the amount; negative if it lowers the value
     */
    public BigDecimal step(BridgeStep step) {
        BigDecimal amount = steps.get(step);
        if (amount == null) {
            throw new IllegalArgumentException("`step` must be a step, but was " + step);
        }
        return amount;
    }

    /**
     * Returns what the opening's customers were expected to be worth at the closing, by all that was known at the opening.
     *
     * @return opening + realised + unwinding + roll-forward
     */
    public BigDecimal expectedClosing() {
        return BridgeStep.EXPECTED.stream().map(this::step).reduce(opening, BigDecimal::add);
    }

    /**
     * Returns the change from opening to closing.
     *
     * @return closing − opening
     */
    public BigDecimal change() {
        return closing.subtract(opening);
    }

    /**
     * Returns the segment's name.
     *
     * @return the labels joined by " / "; "total" without labels
     */
    public String name() {
        return labels.isEmpty() ? "total" : String.join(" / ", labels);
    }
}
