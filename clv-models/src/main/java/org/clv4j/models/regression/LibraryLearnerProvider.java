// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.learn.RestorableLearner;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelState;

/** What the providers of regressions have in common: a learner, a title, and the way back from a state. */
abstract class LibraryLearnerProvider implements LearnerProvider {

    private final String title;
    private final Learner learner;
    private final WayBack wayBack;

    LibraryLearnerProvider(String title, Learner learner, WayBack wayBack) {
        this.title = title;
        this.learner = learner;
        this.wayBack = wayBack;
    }

    /** Makes the fitted regression of a state and a report. */
    @FunctionalInterface
    interface WayBack {
        RestorableLearner of(ModelState state, FitReport report);
    }

    @Override
    public String name() {
        return learner.name();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Learner learner() {
        return learner;
    }

    @Override
    public RestorableLearner ofState(ModelState state, FitReport report) {
        if (!report.model().equals(name())) {
            throw new IllegalArgumentException("`report` must be one of " + name() + ", but was of " + report.model());
        }
        return wayBack.of(state, report);
    }
}
