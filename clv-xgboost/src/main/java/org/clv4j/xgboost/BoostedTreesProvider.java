// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelState;

/** Makes {@link BoostedTrees} by name; found by {@link java.util.ServiceLoader}. */
public final class BoostedTreesProvider implements LearnerProvider {

    /** Creates the provider. */
    public BoostedTreesProvider() {}

    @Override
    public String name() {
        return BoostedTrees.NAME;
    }

    @Override
    public String title() {
        return "Boosted trees (XGBoost)";
    }

    @Override
    public BoostedTrees learner() {
        return BoostedTrees.withDefaults();
    }

    @Override
    public BoostedTrees.Fitted ofState(ModelState state, FitReport report) {
        return BoostedTrees.Fitted.ofState(state, report);
    }
}
