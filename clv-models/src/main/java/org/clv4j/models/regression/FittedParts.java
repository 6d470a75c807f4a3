// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;

/**
 * What fitted models of a target that is often 0 have in common: a logistic regression of whether it is above 0, and a regression of how
 * large it is then. They predict the mean. Immutable and thread-safe.
 */
public abstract class FittedParts implements RestorableLearner {

    private final FitReport report;
    private final LogisticRegression.Fitted whether;
    private final FittedLinear size;

    FittedParts(FitReport report, LogisticRegression.Fitted whether, FittedLinear size) {
        if (!whether.featureNames().equals(size.featureNames())) {
            throw new IllegalArgumentException("both parts must have the same features, but had "
                    + whether.featureNames() + " and " + size.featureNames());
        }
        this.report = report;
        this.whether = whether;
        this.size = size;
    }

    /** The mean of the target by what the two parts predict. */
    abstract double mean(double p, double size);

    @Override
    public final List<String> featureNames() {
        return whether.featureNames();
    }

    /**
     * Returns the regression of whether the target is above 0.
     *
     * @return the regression that predicts p
     */
    public final LogisticRegression.Fitted whether() {
        return whether;
    }

    /**
     * Predicts the mean.
     *
     * @param features the values in the order of {@link #featureNames()}; finite
     * @return the mean, finite, at least 0
     * @throws IllegalArgumentException if there are not as many values as features, or one is not finite
     * @throws ModelException if a linear predictor overflows
     */
    @Override
    public final double predict(double[] features) {
        return mean(whether.predict(features), size.predict(features));
    }

    /**
     * {@inheritDoc} Column by column, of some thousand rows at a time, without a memory allocation a row.
     *
     * @throws ModelException if a linear predictor overflows
     */
    @Override
    public final void predictInto(FeatureTable table, int from, int to, double[] out) {
        Blocks blocks = Blocks.of(table, featureNames(), from, to, out);
        double[] sizes = blocks.scratch();
        blocks.fill((start, count, block) -> {
            whether.predictBlock(blocks, start, count, block);
            size.predictBlock(blocks, start, count, sizes);
            for (int i = 0; i < count; i++) {
                block[i] = mean(block[i], sizes[i]);
            }
        });
    }

    @Override
    public final ModelState state() {
        ModelState.Builder builder = ModelState.builder()
                .part(Parts.WHETHER, SavedRegression.part(whether.state(), whether.report()))
                .part(Parts.SIZE, SavedRegression.part(size.state(), size.report()));
        describe(builder);
        return builder.build();
    }

    /** Adds to the state what predictions and accessors need besides. */
    void describe(ModelState.Builder builder) {}

    @Override
    public final FitReport report() {
        return report;
    }

    @Override
    public final String toString() {
        return report.summary();
    }
}
