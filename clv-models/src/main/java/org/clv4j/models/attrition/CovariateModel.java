// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.util.MathArrays;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.RateChange;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.inference.Posterior;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.CovariateCoding;
import org.clv4j.models.internal.kernel.CovariateLikelihood;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Effect;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;
import org.clv4j.models.internal.kernel.CovariateRows;
import org.clv4j.models.internal.kernel.CovariateTest;
import org.clv4j.models.internal.kernel.PurchaseTimes;
import org.clv4j.models.internal.kernel.RawUnits;
import org.clv4j.models.internal.kernel.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * A latent-attrition model whose rates depend on what is known of the customer: {@link ParetoNbd}, {@link HierarchicalParetoNbd},
 * {@link GGompertzNbd}, {@link BgNbd} or {@link MbgNbd} with covariates that do not change over time.
 *
 * <p><b>Assumptions.</b> Those of the model, with parameters of the customer's own. With covariates z, effects γ on purchases and κ on
 * dropout,
 *
 * <pre>
 * α(z) = α e^(−γ'z)       all models that have α: the rate of purchases is e^(γ'z) times as high
 * β(z) = β e^(−κ'z)       Pareto/NBD, GGompertz/NBD: so is the rate of dropout by e^(κ'z)
 * a(z) = a e^(κ'z)        BG/NBD, MBG/NBD: so are the odds a/b of leaving after a purchase
 * m(z) = m + (γ'z, κ'z)   hierarchical Bayes Pareto/NBD: the means of ln λ and ln μ, so that the two rates are as above
 * </pre>
 *
 * <p>A covariate is a number, or a category that counts as one column of 0 and 1 for each level but the reference, which is the most
 * frequent one. α, β, a and m are those of a customer whose numbers are 0 and whose categories are the references.
 *
 * <p><b>Numerics.</b> Columns are centred and scaled inside; parameters, effects and their standard errors are reported in the units of the
 * data. The fit starts from that without covariates. Penalties are on effects of one standard deviation, priors of parameters on a
 * customer with average covariates. A model that is fitted by Markov chain Monte Carlo has draws of the effects too, see
 * {@link Fitted#posterior()}, and no test against the model without.
 *
 * <p><b>Limits.</b> Covariates that follow from each other, or are the same for everybody, are refused. Customers without a value are
 * refused, as are levels that the fit has not seen.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: P. S. Fader, B. G. S. Hardie, Incorporating time-invariant covariates into the Pareto/NBD and BG/NBD models (2007),
 * <a href="https://brucehardie.com/notes/019/">brucehardie.com/notes/019</a>; there b has effects of its own too.
 */
public final class CovariateModel implements TransactionModel {

    private final CovariateFamily family;
    private final Covariates covariates;
    private final Method method;

    private CovariateModel(CovariateFamily family, Covariates covariates, Method method) {
        this.family = family;
        this.covariates = covariates;
        this.method = method;
    }

    static CovariateModel of(CovariateFamily family, Covariates covariates, Priors priors, TransactionModel without) {
        return of(family, covariates, new MaximumLikelihood(family, covariates, priors, without));
    }

    static CovariateModel of(CovariateFamily family, Covariates covariates, Method method) {
        if (covariates.effects().isEmpty()) {
            throw new IllegalArgumentException("`covariates` must name at least one covariate");
        }
        return new CovariateModel(family, covariates, method);
    }

    /** How a model with covariates is fitted. */
    interface Method {
        Fitted fit(
                CustomerBase base,
                CovariateCoding coding,
                CovariateEffects effects,
                CovariateRows rows,
                Execution execution);
    }

    /**
     * Fits the model, by maximum likelihood or as the model without covariates is fitted.
     *
     * @param base the customers with their attributes; weights count as repetitions
     * @return the fitted model with its report
     * @throws DataException if a customer lacks a covariate
     * @throws ModelException if the base has fewer customers than the model has parameters, or no repeat purchases; if a covariate is the
     *     same for all customers or follows from others
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        CovariateCoding coding = CovariateCoding.learn(CovariateCoding.Source.of(base), covariates);
        CovariateEffects effects = CovariateEffects.of(family, covariates, coding);
        CovariateRows rows = CovariateRows.of(base, coding);
        coding.requireIndependent(rows::correlation);
        return method.fit(base, coding, effects, rows, execution);
    }

    /** From the fit without covariates on. */
    private record MaximumLikelihood(
            CovariateFamily family, Covariates covariates, Priors priors, TransactionModel without) implements Method {

        @Override
        public Fitted fit(
                CustomerBase base,
                CovariateCoding coding,
                CovariateEffects effects,
                CovariateRows rows,
                Execution execution) {
            FitReport start = without.fit(base, execution).report().orElseThrow();
            List<ParameterDomain> all = Stream.concat(family.parameters().stream(), effects.parameters.stream())
                    .toList();
            AttritionFit fit = AttritionFit.of(family.name(), all, priors, base, execution);
            family.times().forEach(fit::time);
            family.rates().forEach(fit::perTime);
            fit.start(MathArrays.concatenate(
                    start.parameters().values().stream()
                            .mapToDouble(value -> value)
                            .toArray(),
                    new double[effects.effects.size()]));
            if (covariates.penalty() > 0) {
                for (int effect = 0; effect < effects.effects.size(); effect++) {
                    fit.normal(family.parameters().size() + effect, 0, 1 / Math.sqrt(covariates.penalty()));
                }
            }
            int step = AttritionFit.sampleStep(rows.size());
            if (step > 1) {
                // The sample has few parts: one thread.
                fit.sample(likelihood(rows.every(step), effects, Execution.sequential()));
            }
            FitReport scaled = fit.fitDirectly(likelihood(rows, effects, execution));
            FitReport raw = CovariateTest.added(inRawUnits(scaled, coding, effects, rows), start, covariates.penalty());
            return new Fitted(family, raw.parameters(), raw, coding, null);
        }

        private FitReport inRawUnits(
                FitReport scaled, CovariateCoding coding, CovariateEffects effects, CovariateRows rows) {
            RawUnits raw = new RawUnits(scaled, family.parameters().size());
            for (Effect effect : effects.effects) {
                raw.effect(effect.targets(), rows.mean(effect.column()), rows.deviation(effect.column()));
            }
            FitReport.Builder report = raw.report().covariates(coding.levels());
            if (covariates.penalty() > 0) {
                report.provenance(
                        "penalty of effects of one standard deviation", Double.toString(covariates.penalty()));
            }
            return report.build();
        }

        private CovariateLikelihood likelihood(CovariateRows rows, CovariateEffects effects, Execution execution) {
            return new CovariateLikelihood(
                    rows,
                    family.parameters().size(),
                    effects.effects,
                    Objects.requireNonNull(family.kernels()),
                    execution);
        }
    }

    /** The model of one customer of a batch: only what scalar methods need. */
    static final class Customer extends FittedAttritionModel {
        private Customer(CovariateFamily family, double[] values) {
            super(family.name(), Map.of(), null, family.formulas().apply(values));
        }
    }

    /**
     * A model with covariates and its parameters. Scalar methods answer for a customer whose covariates are 0 or the reference; batch
     * methods take those of every row. Immutable and thread-safe.
     */
    public static final class Fitted extends FittedAttritionModel implements CovariateDependent {

        private final CovariateFamily family;
        private final CovariateCoding coding;
        private final List<Effect> effects;
        private final double[] slopes;
        private final double[] values;
        private final @Nullable Posterior posterior;

        Fitted(
                CovariateFamily family,
                Map<String, Double> parameters,
                @Nullable FitReport report,
                CovariateCoding coding,
                @Nullable Posterior posterior) {
            super(family.name(), parameters, report, family.formulas().apply(ofModel(family, parameters)));
            this.family = family;
            this.coding = coding;
            CovariateEffects known = CovariateEffects.ofNames(family, coding, parameters.keySet());
            effects = known.effects;
            slopes = known.parameters.stream()
                    .mapToDouble(effect -> parameter(parameters, effect.name()))
                    .toArray();
            values = ofModel(family, parameters);
            this.posterior = posterior;
        }

        private static double[] ofModel(CovariateFamily family, Map<String, Double> parameters) {
            return family.parameters().stream()
                    .mapToDouble(domain -> parameter(parameters, domain.name()))
                    .toArray();
        }

        static Fitted of(CovariateFamily family, Map<String, Double> parameters, Map<String, List<String>> covariates) {
            return new Fitted(family, parameters, null, CovariateCoding.of(covariates), null);
        }

        static Fitted ofReport(CovariateFamily family, FitReport report) {
            return new Fitted(family, report.parameters(), report, CovariateCoding.of(report.covariates()), null);
        }

        /**
         * Returns the draws of parameters and effects.
         *
         * @return the draws; empty of a model that was not fitted here by Markov chain Monte Carlo
         */
        public Optional<Posterior> posterior() {
            return Optional.ofNullable(posterior);
        }

        @Override
        public Map<String, List<String>> covariates() {
            return coding.levels();
        }

        @Override
        public FittedTransactionModel ofProfile(Map<String, String> profile) {
            double[] columns = new double[coding.names().size()];
            coding.code(profile, columns);
            return family.fitted().apply(own(columns, "this profile"));
        }

        @Override
        public FittedTransactionModel ofCustomer(CustomerBase base, int row) {
            double[] columns = new double[coding.names().size()];
            coding.code(CovariateCoding.Source.of(base), row, columns);
            return family.fitted().apply(own(columns, "customer " + base.id(row)));
        }

        private double[] own(double[] columns, String whose) {
            double[] own = values.clone();
            for (int k = 0; k < slopes.length; k++) {
                for (Target target : effects.get(k).targets()) {
                    own[target.parameter()] = family.shifted(
                            own[target.parameter()],
                            target.sign() * slopes[k] * columns[effects.get(k).column()]);
                }
            }
            for (int i = 0; i < own.length; i++) {
                if (!family.parameters().get(i).contains(own[i])) {
                    throw new ModelException("`" + family.parameters().get(i).name() + "` of " + whose + " is " + own[i]
                            + ": the covariates are too far from those that the model was fitted to");
                }
            }
            return own;
        }

        private interface Score {
            double of(FittedAttritionModel model, int frequency, double recency, double age);
        }

        private void each(CustomerBase base, int from, int to, double[] out, Score score) {
            eachRow(
                    base,
                    from,
                    to,
                    out,
                    (model, row) -> score.of(model, base.frequency(row), base.recency(row), base.age(row)));
        }

        private interface RowScore {
            double of(FittedAttritionModel model, int row);
        }

        /** Scores rows, each by the model of its own; neighbours of the same covariates share one. */
        private void eachRow(CustomerBase base, int from, int to, double[] out, RowScore score) {
            FittedTransactionModel.checkRange(base, from, to, out);
            double[] columns = new double[coding.names().size()];
            double[] known = new double[columns.length];
            Customer customer = null;
            for (int row = from; row < to; row++) {
                coding.code(CovariateCoding.Source.of(base), row, columns);
                if (customer == null || !Arrays.equals(columns, known)) {
                    customer = new Customer(family, own(columns, "customer " + base.id(row)));
                    System.arraycopy(columns, 0, known, 0, columns.length);
                }
                out[row - from] = score.of(customer, row);
            }
        }

        @Override
        public void logLikelihoodInto(CustomerBase base, int from, int to, double[] out) {
            each(base, from, to, out, FittedAttritionModel::logLikelihood);
        }

        @Override
        public void probabilityAliveInto(CustomerBase base, int from, int to, double[] out) {
            each(base, from, to, out, FittedAttritionModel::probabilityAlive);
        }

        @Override
        public void probabilityActiveInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            each(base, from, to, out, (model, x, recency, age) -> model.probabilityActive(x, recency, age, horizon));
        }

        @Override
        public void probabilityAliveAtInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            each(base, from, to, out, (model, x, recency, age) -> model.probabilityAliveAt(x, recency, age, horizon));
        }

        @Override
        public void expectedTransactionsInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            each(base, from, to, out, (model, x, recency, age) -> model.expectedTransactions(x, recency, age, horizon));
        }

        @Override
        public void discountedExpectedTransactionsInto(
                CustomerBase base, int from, int to, double horizon, double continuousRate, double[] out) {
            each(
                    base,
                    from,
                    to,
                    out,
                    (model, x, recency, age) ->
                            model.discountedExpectedTransactions(x, recency, age, horizon, continuousRate));
        }

        @Override
        public void discountedExpectedResidualTransactionsInto(
                CustomerBase base, int from, int to, double continuousRate, double[] out) {
            each(
                    base,
                    from,
                    to,
                    out,
                    (model, x, recency, age) ->
                            model.discountedExpectedResidualTransactions(x, recency, age, continuousRate));
        }

        @Override
        public void changedTransactionsInto(
                CustomerBase base,
                int from,
                int to,
                RateChange change,
                double horizon,
                double continuousRate,
                double[] out) {
            each(
                    base,
                    from,
                    to,
                    out,
                    (model, x, recency, age) ->
                            model.changedTransactions(x, recency, age, change, horizon, continuousRate));
        }

        @Override
        public void probabilityOfFutureTransactionsInto(
                CustomerBase base, int from, int to, int transactions, double horizon, double[] out) {
            each(
                    base,
                    from,
                    to,
                    out,
                    (model, x, recency, age) ->
                            model.probabilityOfFutureTransactions(transactions, x, recency, age, horizon));
        }

        @Override
        public void expectedTimeToNextPurchaseInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            each(
                    base,
                    from,
                    to,
                    out,
                    (model, x, recency, age) -> model.expectedTimeToNextPurchase(x, recency, age, horizon));
        }

        @Override
        public void timeToNextPurchaseQuantileInto(
                CustomerBase base, int from, int to, double probability, double[] out) {
            each(
                    base,
                    from,
                    to,
                    out,
                    (model, x, recency, age) -> model.timeToNextPurchaseQuantile(x, recency, age, probability));
        }

        @Override
        public void expectedPurchaseRateInto(CustomerBase base, int from, int to, double[] out) {
            each(base, from, to, out, FittedAttritionModel::expectedPurchaseRate);
        }

        @Override
        public void expectedDropoutRateInto(CustomerBase base, int from, int to, double[] out) {
            each(base, from, to, out, FittedAttritionModel::expectedDropoutRate);
        }

        @Override
        public void futureTransactionsInto(
                CustomerBase base, int from, int to, double horizon, long seed, double[] out) {
            Arguments.checkHorizon(horizon);
            eachRow(base, from, to, out, (model, row) -> model.futureTransactions(base, row, horizon, seed));
        }

        @Override
        public void samplePurchases(
                CustomerBase base, int from, int to, double horizon, long[] seeds, Receiver receiver) {
            checkSeeds(base, from, to, seeds);
            Arguments.checkHorizon(horizon);
            Sampling.Restartable random = Sampling.restartable();
            PurchaseTimes times = new PurchaseTimes();
            eachRow(base, from, to, new double[to - from], (model, row) -> {
                double alive = model.probabilityAlive(base.frequency(row), base.recency(row), base.age(row));
                model.samplePurchases(base, row, horizon, alive, random.restart(seeds[row - from]), times, receiver);
                return alive;
            });
        }
    }
}
