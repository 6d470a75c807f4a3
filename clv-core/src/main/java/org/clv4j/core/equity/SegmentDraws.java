// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the future of a segment, or of all customers, may come out at.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class SegmentDraws {

    private final List<String> labels;
    private final double customers;
    /** By figure: the whole horizon first, then the periods. */
    private final Map<ForecastFigure, List<FigureDraws>> figures;

    SegmentDraws(List<String> labels, double customers, Map<ForecastFigure, List<FigureDraws>> figures) {
        this.labels = List.copyOf(labels);
        this.customers = customers;
        this.figures = figures;
    }

    /**
     * Returns the segment's value of each dimension of its breakdown.
     *
     * @return the labels; empty for the total
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * Returns the segment's name.
     *
     * @return the labels joined by " / "; "total" without labels
     */
    public String name() {
        return labels.isEmpty() ? "total" : String.join(" / ", labels);
    }

    /**
     * Returns how many customers the segment has.
     *
     * @return the sum of their weights
     */
    public double customers() {
        return customers;
    }

    /**
     * Returns which figures there are: without a spend model those of money are missing.
     *
     * @return the figures in their order; unmodifiable
     */
    public Set<ForecastFigure> figures() {
        return Collections.unmodifiableSet(figures.keySet());
    }

    /**
     * Returns a figure over the whole horizon.
     *
     * @param figure the figure
     * @return its draws
     * @throws IllegalArgumentException if it is of money, and the draws were made without a spend model
     */
    public FigureDraws figure(ForecastFigure figure) {
        return all(figure).get(0);
    }

    /**
     * Returns a figure in a period.
     *
     * @param figure the figure
     * @param period the period, from 1
     * @return its draws
     * @throws IllegalArgumentException if it is of money, and the draws were made without a spend model
     * @throws IndexOutOfBoundsException if there is no such period
     */
    public FigureDraws figure(ForecastFigure figure, int period) {
        List<FigureDraws> all = all(figure);
        return all.get(Objects.checkIndex(period - 1, all.size() - 1) + 1);
    }

    private List<FigureDraws> all(ForecastFigure figure) {
        List<FigureDraws> all = figures.get(figure);
        if (all == null) {
            throw new IllegalArgumentException("`figure` must be one of " + figures.keySet() + ", but was " + figure
                    + ": there is no spend model");
        }
        return all;
    }

    /** Returns the name and the figures over the horizon. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("SegmentDraws[").append(name());
        figures.forEach(
                (figure, draws) -> text.append(", ").append(figure).append(' ').append(draws.get(0)));
        return text.append(']').toString();
    }
}
