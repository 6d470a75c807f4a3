// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.testkit.TransactionModelContract;

/** The contract of a CNBD-k model with a stated k, which can be fitted to summaries. */
abstract class CnbdKContract extends TransactionModelContract {

    private final String name;
    private final int k;

    CnbdKContract(String name, int k) {
        this.name = name;
        this.k = k;
    }

    @Override
    protected ModelProvider.OfTransactions provider() {
        return new Stated(ModelCatalog.load().transactions(name), k);
    }

    private record Stated(ModelProvider.OfTransactions all, int k) implements ModelProvider.OfTransactions {

        @Override
        public TransactionModel model() {
            return name().equals(BgCnbdK.NAME) ? BgCnbdK.withK(k) : MbgCnbdK.withK(k);
        }

        @Override
        public String name() {
            return all.name();
        }

        @Override
        public String title() {
            return all.title();
        }

        @Override
        public List<ParameterDomain> parameters() {
            return all.parameters();
        }

        @Override
        public FittedTransactionModel ofParameters(Map<String, Double> values) {
            return all.ofParameters(values);
        }

        @Override
        public FittedTransactionModel ofReport(FitReport report) {
            return all.ofReport(report);
        }
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return Map.of("k", (double) k, "r", 0.525, "alpha", 6.183 / k, "a", 0.891, "b", 1.614);
    }

    @Override
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return super.ordinaryParameters().map(this::withK);
    }

    @Override
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return super.hardParameters().map(this::withK);
    }

    private Map<String, Double> withK(Map<String, Double> drawn) {
        Map<String, Double> parameters = new HashMap<>(drawn);
        parameters.put("k", (double) k);
        return parameters;
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new HashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        return Optional.of(scaled);
    }

    /** Without the gaps, the likelihood is a density of stages. */
    @Override
    protected double timesAPurchase(Map<String, Double> parameters) {
        return k;
    }

    @Override
    protected boolean isEstimated(String parameter) {
        return !parameter.equals("k");
    }
}
