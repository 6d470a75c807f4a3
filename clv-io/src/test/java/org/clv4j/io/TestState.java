// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.ModelState;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RestoringProvider;
import org.clv4j.core.model.StatefulModel;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/** A model with a state, as regressions have one: what a customer is worth is the sum of the numbers. */
public final class TestState {

    private TestState() {}

    /** Knows a report and a state. */
    record Fitted(FitReport fit, ModelState state) implements FittedClvModel, FittedModel, StatefulModel {
        @Override
        public String name() {
            return "test-state";
        }

        @Override
        public Map<String, Double> parameters() {
            return fit.parameters();
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.of(fit);
        }

        @Override
        public List<FitReport> reports() {
            return List.of(fit);
        }

        double worth() {
            double sum = 0;
            for (double value : state.numbers("learner/coefficients")) {
                sum += value;
            }
            return sum;
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            double[] values = new double[base.size()];
            java.util.Arrays.fill(values, worth());
            return CustomerValues.builder(name(), base, terms)
                    .column(ValueColumn.CLV, values)
                    .build();
        }
    }

    /** Provides {@code test-state}. */
    public static final class Provider implements RestoringProvider {
        /** Creates the provider. */
        public Provider() {}

        @Override
        public String name() {
            return "test-state";
        }

        @Override
        public String title() {
            return "State";
        }

        @Override
        public List<ParameterDomain> parameters() {
            return List.of(ParameterDomain.positive("mean", "mean"));
        }

        @Override
        public ClvModel model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedClvModel ofParameters(Map<String, Double> values) {
            throw new IllegalArgumentException("needs a state");
        }

        @Override
        public FittedClvModel ofReport(FitReport report) {
            throw new IllegalArgumentException("needs a state");
        }

        @Override
        public FittedClvModel ofState(ModelState state, FitReport report) {
            state.numbers("learner/coefficients");
            state.text("family");
            return new Fitted(report, state);
        }
    }
}
