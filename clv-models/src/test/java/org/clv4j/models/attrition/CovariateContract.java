// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.testkit.Draws;
import org.clv4j.testkit.History;
import org.clv4j.testkit.TransactionModelContract;

/**
 * The contract of a model whose rates depend on a number and on a category. Every customer of the contract has a profile; scalar calls
 * are about the customer of that profile.
 */
abstract class CovariateContract extends TransactionModelContract {

    private static final Map<String, Double> EFFECTS = effects(0.4, -0.3, 0.5, 0.3);

    private final String name;

    CovariateContract(String name) {
        this.name = name;
    }

    /** Typical parameters of a customer whose covariates are 0. */
    abstract Map<String, Double> atZero();

    private static Map<String, Double> effects(
            double purchaseSize, double dropoutSize, double purchaseNorth, double dropoutNorth) {
        Map<String, Double> effects = new LinkedHashMap<>();
        effects.put("purchase:size", purchaseSize);
        effects.put("dropout:size", dropoutSize);
        effects.put("purchase:region=north", purchaseNorth);
        effects.put("dropout:region=north", dropoutNorth);
        return effects;
    }

    @Override
    protected ModelProvider.OfTransactions provider() {
        return new WithCovariates(ModelCatalog.load().transactions(name));
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return with(atZero(), EFFECTS);
    }

    private static Map<String, Double> with(Map<String, Double> parameters, Map<String, Double> effects) {
        Map<String, Double> all = new LinkedHashMap<>(parameters);
        all.putAll(effects);
        return all;
    }

    @Override
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return around(3, 1);
    }

    /** Effects that change a rate by as much as the parameters do: e^9 is 8100. */
    @Override
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return around(1e4, 4.5);
    }

    private Arbitrary<Map<String, Double>> around(double factor, double largestEffect) {
        Arbitrary<Double> effect = Draws.uniform(-largestEffect, largestEffect);
        return Combinators.combine(
                        Draws.around(ModelCatalog.load().transactions(name), atZero(), factor),
                        Combinators.combine(effect, effect, effect, effect).as(CovariateContract::effects))
                .as(CovariateContract::with);
    }

    /** A size of −1, −½, 0, ½ or 1, and north or south. */
    static Map<String, String> profile(String id) {
        SplittableRandom random = random(id);
        return Map.of(
                "size",
                Double.toString(random.nextInt(5) / 2.0 - 1),
                "region",
                random.nextInt(3) == 0 ? "north" : "south");
    }

    private static SplittableRandom random(String id) {
        return new SplittableRandom(id.replaceFirst("#.*", "").hashCode());
    }

    @Override
    protected CustomerBase ready(CustomerBase base) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            summaries.add(base.summary(row).withAttributes(profile(base.id(row))));
        }
        return CustomerBase.ofSummaries(summaries, base.timeScale());
    }

    @Override
    protected FittedTransactionModel ofCustomer(
            FittedTransactionModel model, String id, History history, double timeFactor) {
        return ((CovariateDependent) model).ofProfile(profile(id));
    }

    /** The shop's customers; in the south they buy half as often, and large ones are lost half way now and then. */
    @Override
    protected CustomerBase fittingBase(int customers, long seed) {
        CustomerBase shop = super.fittingBase(customers, seed);
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < shop.size(); row++) {
            String id = shop.id(row);
            int frequency = shop.frequency(row);
            int recencyDays = shop.recencySteps(row);
            Map<String, String> profile = profile(id);
            if ("south".equals(profile.get("region"))) {
                frequency = (frequency + 1) / 2;
            }
            if (profile.get("size").equals("1.0") && random(id).nextInt(3) == 0) {
                frequency = (frequency + 1) / 2;
                recencyDays = (recencyDays + 1) / 2;
            }
            summaries.add(CustomerSummary.of(id, frequency, recencyDays / 7.0, shop.age(row)));
        }
        return CustomerBase.ofSummaries(summaries, shop.timeScale());
    }

    /** The model with its two covariates, whose levels a report has and stated parameters are told. */
    private record WithCovariates(ModelProvider.OfTransactions plain) implements ModelProvider.OfTransactions {

        @Override
        public TransactionModel model() {
            return ((CovariateProvider) plain).model(Covariates.of("size", "region"));
        }

        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public String title() {
            return plain.title();
        }

        @Override
        public List<ParameterDomain> parameters() {
            return plain.parameters();
        }

        @Override
        public List<ParameterDomain> parametersAmong(Collection<String> names) {
            return plain.parametersAmong(names);
        }

        @Override
        public FittedTransactionModel ofParameters(Map<String, Double> values) {
            Map<String, List<String>> levels = new LinkedHashMap<>();
            levels.put("size", List.of());
            levels.put("region", List.of("south", "north"));
            return ((CovariateProvider) plain).ofParameters(values, levels);
        }

        @Override
        public FittedTransactionModel ofReport(FitReport report) {
            return plain.ofReport(report);
        }
    }
}
