// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Tag;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.testkit.TransactionModelContract;

/** A study: each case makes its own tables of renewals, and there are thousands. */
@Tag("study")
class ParetoGggContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return new ShortChains(ModelCatalog.load().transactions("pareto-ggg"));
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("t", 3.0, "gamma", 2.0, "r", 0.6, "alpha", 8.0, "s", 0.7, "beta", 11.0);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("alpha", factor, (rate, by) -> rate * by);
        scaled.merge("beta", factor, (rate, by) -> rate * by);
        return Optional.of(scaled);
    }

    /** Sums over regularities are made of integrals over times, of tables. */
    @Override
    protected double tolerance() {
        return 1e-6;
    }

    @Override
    protected double integralTolerance() {
        return 1e-5;
    }

    @Override
    protected boolean isMaximumLikelihood() {
        return false;
    }

    /** The model as it is but for its patience and for taking the contract's bases, which are summaries. */
    private record ShortChains(ModelProvider.OfTransactions whole) implements ModelProvider.OfTransactions {

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public String title() {
            return whole.title();
        }

        @Override
        public List<ParameterDomain> parameters() {
            return whole.parameters();
        }

        @Override
        public TransactionModel model() {
            return ParetoGgg.withDefaults().withSummaries().withChains(2).withDraws(150, 600);
        }

        @Override
        public FittedTransactionModel ofParameters(Map<String, Double> values) {
            return whole.ofParameters(values);
        }

        @Override
        public FittedTransactionModel ofReport(FitReport report) {
            return whole.ofReport(report);
        }
    }
}
