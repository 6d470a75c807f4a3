// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tag;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.testkit.Draws;
import org.clv4j.testkit.TransactionModelContract;

/** A study: it takes most of a minute, which the default run does not have. */
@Tag("study")
class HierarchicalParetoNbdContractTest extends TransactionModelContract {

    @Override
    protected ModelProvider.OfTransactions provider() {
        return new ShortChains(ModelCatalog.load().transactions("pareto-nbd-hb"));
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return parameters(-3.57, -3.74, 1.19, 1.63, 0.15);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("mean_log_lambda", Math.log(factor), (mean, by) -> mean - by);
        scaled.merge("mean_log_mu", Math.log(factor), (mean, by) -> mean - by);
        return Optional.of(scaled);
    }

    /** Real parameters with a constraint between them have a box of their own. */
    @Override
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return Combinators.combine(
                        Draws.uniform(-5, -1.5),
                        Draws.uniform(-5.5, -2),
                        Draws.logUniform(0.3, 1.1),
                        Draws.logUniform(0.3, 1.6),
                        Draws.uniform(-0.8, 0.8))
                .as(HierarchicalParetoNbdContractTest::parameters);
    }

    @Override
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return Combinators.combine(
                        Draws.uniform(-40, 40),
                        Draws.uniform(-40, 40),
                        Draws.logUniform(1e-3, 6),
                        Draws.logUniform(1e-3, 6),
                        Draws.uniform(-0.999, 0.999))
                .as(HierarchicalParetoNbdContractTest::parameters);
    }

    @Override
    protected boolean isMaximumLikelihood() {
        return false;
    }

    private static Map<String, Double> parameters(
            double meanLogLambda, double meanLogMu, double deviationU, double deviationV, double correlation) {
        return Map.of(
                "mean_log_lambda", meanLogLambda,
                "mean_log_mu", meanLogMu,
                "var_log_lambda", deviationU * deviationU,
                "var_log_mu", deviationV * deviationV,
                "cov_log", correlation * deviationU * deviationV);
    }

    /** The model as it is but for its patience: what the contract asks of fits does not need many draws. */
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
            return HierarchicalParetoNbd.withDefaults().withDraws(80, 200);
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
