// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.DatedTransactionSimulator;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureDistribution;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PathDependent;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.PosteriorSampler;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.attrition.TimeVaryingEffect.Target;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.ParetoGammaPath;
import org.clv4j.models.internal.kernel.RawUnits;
import org.clv4j.models.internal.kernel.Sampling;
import org.clv4j.models.internal.kernel.TimeVaryingLikelihood;
import org.clv4j.models.internal.kernel.TimeVaryingRows;
import org.jspecify.annotations.Nullable;

/**
 * The Pareto/NBD model with covariates that vary over time: seasons, prices and campaigns speed purchases up or slow them down, and
 * likewise the leaving of customers.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ A(t), and leaves at the rate μ C(t), with A(t) =
 * exp(Σ γ z(t)) over the covariates that act on purchases and C(t) the same over those that act on dropout; λ ~ Gamma(r, α) and μ ~
 * Gamma(s, β) over customers, independent of each other and of the covariates. Covariates are constant from a date to the day before the
 * next ({@link CovariatePaths}); a purchase has those of its day.
 *
 * <p><b>Likelihood</b> of x repeat purchases at t_1 … t_x in (0, T], with B(t) and D(t) the integrals of A and C from 0 to t:
 *
 * <pre>
 * L = Γ(r+x)/Γ(r) α^r β^s · Π A(t_j) · [ (α+B(T))^−(r+x) (β+D(T))^−s + s ∫ C(u) (α+B(u))^−(r+x) (β+D(u))^−(s+1) du over (t_x, T] ]
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the purchase rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the purchase rate, in periods, where all covariates are 0</td></tr>
 * <tr><td>s</td><td>{@link Fitted#s()}</td><td>shape of the dropout rate; small means customers differ much</td></tr>
 * <tr><td>β</td><td>{@link Fitted#beta()}</td><td>rate of the dropout rate, in periods, where all covariates are 0</td></tr>
 * <tr><td>γ</td><td>{@link Fitted#effects()}</td><td>effect of a unit of a covariate on the logarithm of a rate, named
 * {@code purchase:NAME}, {@code dropout:NAME} or, where it is the same on both, {@code both:NAME}</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Recency, age, horizon, α and β are in the periods of the customer base; discount rates are continuous per period;
 * effects are per unit of their covariate.
 *
 * <p><b>Limits.</b> With effects of 0 it is {@link ParetoNbd}; with covariates z that never change, Pareto/NBD with α e<sup>−γz</sup> and β
 * e<sup>−γz</sup>. x = 0, t_x = T, T = 0 and s = 1 are ordinary. The fit needs a base made of transactions, since it needs their days, with
 * occasions of a day, and covariates that vary.
 *
 * <p><b>Numerics.</b> Gauss–Legendre rules of 5 to 16 points a piece of constant covariates, only from t_x to T. The fit works on covariates
 * of mean 0 and standard deviation 1 over customers' time, and reports effects of a unit; it is BFGS, then Newton, with an analytic
 * gradient, and gives the same bits for any number of threads.
 *
 * <p><b>Cost</b> of a likelihood evaluation with gradient: 150 ns a piece after the last purchase and 30 ns a piece before it, to the order
 * of magnitude; of an output, some tens of microseconds a customer whose covariates change by the week.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: P. Bachmann, M. Meierer, J. Näf, The role of time-varying contextual factors in latent attrition models for customer base
 * analysis, Marketing Science 40 (2021), <a href="https://doi.org/10.1287/mksc.2020.1254">doi:10.1287/mksc.2020.1254</a>.
 */
public final class TimeVaryingParetoNbd implements TransactionModel {

    /** The name that reports and saved models have. */
    public static final String NAME = "pareto-nbd-time-varying";

    /** Logarithms of factors beyond this are no use to anybody, and their integrals would overflow. */
    private static final double LARGEST_LOG = 100;

    /**
     * The natural scale of the effect of a standard deviation. Beyond nine of it, where a standard deviation changes a rate by a factor of
     * 100, it is at the edge: the data then say that nobody leaves, or buys, while the covariate is so.
     */
    private static final double EFFECT_SCALE = 0.5;

    private final CovariatePaths paths;
    private final Covariates covariates;

    private TimeVaryingParetoNbd(CovariatePaths paths, Covariates covariates) {
        this.paths = paths;
        this.covariates = covariates;
    }

    /**
     * Returns the model in which all covariates act on purchases and on dropout, each by an effect of its own.
     *
     * @param paths the histories of the covariates, from each customer's first purchase to the calibration end at least
     * @return the model, to be fitted
     */
    public static TimeVaryingParetoNbd of(CovariatePaths paths) {
        return new TimeVaryingParetoNbd(paths, Covariates.of(paths.names().toArray(new String[0])));
    }

    /**
     * Returns a copy with stated covariates, what each acts on, and a penalty of their effects. Of covariates that change over time, a
     * standard deviation is over the time of all customers.
     *
     * @param newCovariates the covariates; at least one, each with a path, all of them numbers
     * @return the copy
     * @throws IllegalArgumentException if there is none, one has no path, or one is to be a category
     */
    public TimeVaryingParetoNbd withCovariates(Covariates newCovariates) {
        if (newCovariates.effects().isEmpty()) {
            throw new IllegalArgumentException("`covariates` must name at least one; without, use " + ParetoNbd.NAME);
        }
        for (String name : newCovariates.effects().keySet()) {
            if (!paths.names().contains(name)) {
                throw new IllegalArgumentException(
                        "`covariates` must be among " + paths.names() + ", but had '" + name + "'");
            }
        }
        if (!newCovariates.categories().isEmpty()) {
            throw new IllegalArgumentException("`covariates` must be numbers, but " + newCovariates.categories()
                    + " are categories; make a column of 0 and 1 for each level but one");
        }
        return new TimeVaryingParetoNbd(paths, newCovariates);
    }

    private List<TimeVaryingEffect> effects() {
        List<TimeVaryingEffect> effects = new ArrayList<>();
        covariates.effects().forEach((name, effect) -> {
            if (effect == Covariates.Effect.EQUAL) {
                effects.add(new TimeVaryingEffect(name, Target.BOTH));
            }
            if (effect == Covariates.Effect.PURCHASES || effect == Covariates.Effect.BOTH) {
                effects.add(new TimeVaryingEffect(name, Target.PURCHASE));
            }
            if (effect == Covariates.Effect.DROPOUT || effect == Covariates.Effect.BOTH) {
                effects.add(new TimeVaryingEffect(name, Target.DROPOUT));
            }
        });
        return effects;
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers, made of transactions; weights count as repetitions
     * @return the fitted model with its report and the paths
     * @throws ModelException if the base has fewer customers than the model has parameters, no repeat purchases or no days of purchases, or
     *     a covariate does not vary
     * @throws DataException if the paths do not cover the time of a customer
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        List<TimeVaryingEffect> effects = effects();
        if (!base.hasOccasions()) {
            throw new ModelException("time-varying covariates need the days of purchases, but the customer base was"
                    + " built from summaries; build it from transactions");
        }
        List<ParameterDomain> parameters = new ArrayList<>(ParetoNbd.PARAMETERS);
        effects.forEach(effect -> parameters.add(effect.standardisedDomain()));
        AttritionFit fit = AttritionFit.of(NAME, parameters, Priors.NONE, base, execution);
        List<String> names = List.copyOf(covariates.effects().keySet());
        int[] columns = names.stream().mapToInt(paths.names()::indexOf).toArray();
        TimeVaryingRows rows = TimeVaryingRows.of(base, paths, columns);
        requireVariation(rows, names);
        addStarts(fit, base, effects.size(), execution);
        for (int e = 0; e < effects.size(); e++) {
            fit.scale(4 + e, EFFECT_SCALE);
            if (covariates.penalty() > 0) {
                fit.normal(4 + e, 0, 1 / Math.sqrt(covariates.penalty()));
            }
        }
        int step = AttritionFit.sampleStep(rows.size());
        if (step > 1) {
            fit.sample(likelihood(rows.every(step), effects, names, execution));
        }
        FitReport standardised = fit.time(1).time(3).fitDirectly(likelihood(rows, effects, names, execution));
        return new Fitted(inRawUnits(standardised, effects, names, rows), effects, paths);
    }

    private static void requireVariation(TimeVaryingRows rows, List<String> covariates) {
        for (int c = 0; c < covariates.size(); c++) {
            if (!(rows.deviation(c) > 1e-12 * Math.abs(rows.mean(c)))) {
                throw new ModelException("the covariate '" + covariates.get(c)
                        + "' must vary in the time of the customers, but is always " + rows.mean(c) + "; leave it out");
            }
        }
    }

    /** Standardised covariates are 0 on average, so that the model without them is near; and starts like those of that model. */
    private static void addStarts(AttritionFit fit, CustomerBase base, int effects, Execution execution) {
        ParetoNbd.Fitted without = ParetoNbd.withDefaults().fit(base, execution);
        double[][] starts = {
            {without.r(), without.alpha(), without.s(), without.beta()},
            {0.5, 0.25 / fit.rate, 0.5, fit.longestAge / 3},
            {1, 0.7 / fit.rate, 1, fit.longestAge}
        };
        for (double[] start : starts) {
            double[] all = new double[4 + effects];
            System.arraycopy(start, 0, all, 0, 4);
            fit.start(all);
        }
    }

    private static TimeVaryingLikelihood likelihood(
            TimeVaryingRows rows, List<TimeVaryingEffect> effects, List<String> covariates, Execution execution) {
        int[] covariate = new int[effects.size()];
        boolean[] purchase = new boolean[effects.size()];
        boolean[] dropout = new boolean[effects.size()];
        for (int e = 0; e < effects.size(); e++) {
            covariate[e] = covariates.indexOf(effects.get(e).covariate());
            purchase[e] = effects.get(e).isOnPurchase();
            dropout[e] = effects.get(e).isOnDropout();
        }
        return new TimeVaryingLikelihood(rows, covariate, purchase, dropout, execution);
    }

    private FitReport inRawUnits(
            FitReport standardised, List<TimeVaryingEffect> effects, List<String> names, TimeVaryingRows rows) {
        RawUnits raw = new RawUnits(standardised, ParetoNbd.PARAMETERS.size());
        for (TimeVaryingEffect effect : effects) {
            int column = names.indexOf(effect.covariate());
            raw.effect(effect.targets(), rows.mean(column), rows.deviation(column));
        }
        FitReport.Builder report = raw.report();
        if (covariates.penalty() > 0) {
            report.provenance("penalty of effects of one standard deviation", Double.toString(covariates.penalty()));
        }
        return report.build();
    }

    /**
     * The Pareto/NBD model with time-varying covariates and its parameters.
     *
     * <p>A customer's path belongs to her id and her dates, which frequency, recency and age do not tell. So the <b>scalar methods mean
     * a customer all of whose covariates are 0 throughout</b>: they are those of {@link ParetoNbd} with r, α, s and β. <b>The batch
     * methods</b> ({@code …Into}) <b>and {@link #outlook} look the path up</b> by the row's id, its first purchase and the base's calibration
     * end. They need {@linkplain #withPaths paths} that are known from the first purchase to the end of the horizon – for an infinite horizon,
     * {@linkplain CovariatePaths#holdingLast() for ever}.
     *
     * <p>Immutable and thread-safe.
     */
    public static final class Fitted
            implements FittedTransactionModel,
                    ResidualTransactions,
                    TransactionDistribution,
                    FutureDistribution,
                    FutureSurvival,
                    NextPurchase,
                    PosteriorRates,
                    PosteriorSampler,
                    TransactionSimulator,
                    DatedTransactionSimulator,
                    PathDependent {

        private final Map<String, Double> parameters;
        private final List<TimeVaryingEffect> effects;
        private final ParetoNbd.Fitted atZero;
        private final @Nullable FitReport report;
        private final @Nullable CovariatePaths paths;
        /** Of each effect, the column of its covariate in the paths. */
        private final int[] columns;

        private Fitted(FitReport report, List<TimeVaryingEffect> effects, @Nullable CovariatePaths paths) {
            this(report.parameters(), effects, report, paths);
        }

        private Fitted(
                Map<String, Double> parameters,
                List<TimeVaryingEffect> effects,
                @Nullable FitReport report,
                @Nullable CovariatePaths paths) {
            this.parameters = parameters;
            this.effects = List.copyOf(effects);
            this.report = report;
            this.paths = paths;
            this.atZero = ParetoNbd.Fitted.of(
                    FittedAttritionModel.parameter(parameters, "r"),
                    FittedAttritionModel.parameter(parameters, "alpha"),
                    FittedAttritionModel.parameter(parameters, "s"),
                    FittedAttritionModel.parameter(parameters, "beta"));
            this.columns = new int[effects.size()];
            for (int e = 0; e < columns.length && paths != null; e++) {
                columns[e] = paths.names().indexOf(effects.get(e).covariate());
                if (columns[e] < 0) {
                    throw new IllegalArgumentException("`paths` must have the covariate '"
                            + effects.get(e).covariate() + "', but have " + paths.names());
                }
            }
        }

        /**
         * Returns the model with stated parameters, without paths.
         *
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate where all covariates are 0, in periods; finite, above 0
         * @param s shape of the dropout rate; finite, above 0
         * @param beta rate of the dropout rate where all covariates are 0, in periods; finite, above 0
         * @param effects the effects of a unit by name: {@code purchase:NAME}, {@code dropout:NAME} or {@code both:NAME}; finite
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain or there is no effect
         */
        public static Fitted of(double r, double alpha, double s, double beta, Map<String, ? extends Number> effects) {
            Map<String, Double> all = new LinkedHashMap<>(Arguments.named(ParetoNbd.PARAMETERS, r, alpha, s, beta));
            effects.forEach((name, value) -> all.put(name, value.doubleValue()));
            return ofParameters(all, null);
        }

        /**
         * Returns the model that a report describes, without paths.
         *
         * @param report the report of an earlier fit
         * @return the model
         * @throws IllegalArgumentException if a parameter is missing, unknown or out of its domain
         */
        public static Fitted ofReport(FitReport report) {
            return ofParameters(report.parameters(), report);
        }

        static Fitted ofParameters(Map<String, Double> values, @Nullable FitReport report) {
            Map<String, Double> ordered = new LinkedHashMap<>();
            for (ParameterDomain domain : ParetoNbd.PARAMETERS) {
                ordered.put(domain.name(), domain.check(FittedAttritionModel.parameter(values, domain.name())));
            }
            List<TimeVaryingEffect> effects = new ArrayList<>();
            values.forEach((name, value) -> {
                if (!ordered.containsKey(name)) {
                    TimeVaryingEffect effect = TimeVaryingEffect.parse(name);
                    effects.add(effect);
                    ordered.put(name, effect.domain().check(value));
                }
            });
            if (effects.isEmpty()) {
                throw new IllegalArgumentException("`effects` must have at least one; without, use " + ParetoNbd.NAME);
            }
            return new Fitted(Collections.unmodifiableMap(ordered), effects, report, null);
        }

        @Override
        public Fitted withPaths(CovariatePaths newPaths) {
            return new Fitted(parameters, effects, report, Objects.requireNonNull(newPaths, "paths"));
        }

        /**
         * Returns the paths in which customers' covariates are looked up.
         *
         * @return the paths; empty for stated parameters and saved models until {@link #withPaths} gives some
         */
        public Optional<CovariatePaths> paths() {
            return Optional.ofNullable(paths);
        }

        /**
         * Returns what the model says of a customer on her path.
         *
         * @param base the customers, made of transactions
         * @param row the row, from 0
         * @return the outlook
         * @throws ModelException if the model has no paths, or the base no dates
         * @throws DataException if the paths do not cover the time from the first purchase to the calibration end
         */
        public Outlook outlook(CustomerBase base, int row) {
            Objects.checkIndex(row, base.size());
            requireTimeScale(base);
            return new Outlook(this, requirePaths(), base, row);
        }

        private CovariatePaths requirePaths() {
            if (paths == null) {
                throw new ModelException(
                        "the model " + NAME + " has no paths of its covariates; give it some, see withPaths");
            }
            return paths;
        }

        /** The formulas on a path that is known up to a day at least. */
        private ParetoGammaPath formulas(CovariatePaths.Path path, String id, LocalDate first, TimeScale unit) {
            double[] times = new double[path.pieces()];
            double[] purchaseFactors = new double[path.pieces()];
            double[] dropoutFactors = new double[path.pieces()];
            for (int piece = 0; piece < path.pieces(); piece++) {
                times[piece] = TimeVaryingRows.timeOf(unit, first, path.startDay(piece));
                purchaseFactors[piece] = Math.exp(logFactor(path, piece, true, id));
                dropoutFactors[piece] = Math.exp(logFactor(path, piece, false, id));
            }
            return ParetoGammaPath.of(r(), alpha(), s(), beta(), times, purchaseFactors, dropoutFactors);
        }

        private double logFactor(CovariatePaths.Path path, int piece, boolean ofPurchases, String id) {
            double log = 0;
            for (int e = 0; e < columns.length; e++) {
                TimeVaryingEffect effect = effects.get(e);
                if (ofPurchases ? effect.isOnPurchase() : effect.isOnDropout()) {
                    log += parameter(effect.name()) * path.value(piece, columns[e]);
                }
            }
            if (!(Math.abs(log) <= LARGEST_LOG)) {
                throw new ModelException("the covariates of a customer must change a rate by a factor of at most e^"
                        + LARGEST_LOG + ", but do by e^" + log + " on " + LocalDate.ofEpochDay(path.startDay(piece))
                        + " (customer " + id + ")");
            }
            return log;
        }

        private double parameter(String name) {
            return FittedAttritionModel.parameter(parameters, name);
        }

        /**
         * Returns the shape of the purchase rate.
         *
         * @return r, above 0
         */
        public double r() {
            return atZero.r();
        }

        /**
         * Returns the rate of the purchase rate where all covariates are 0.
         *
         * @return α in periods, above 0
         */
        public double alpha() {
            return atZero.alpha();
        }

        /**
         * Returns the shape of the dropout rate.
         *
         * @return s, above 0
         */
        public double s() {
            return atZero.s();
        }

        /**
         * Returns the rate of the dropout rate where all covariates are 0.
         *
         * @return β in periods, above 0
         */
        public double beta() {
            return atZero.beta();
        }

        /**
         * Returns the effects of a unit of the covariates on the logarithms of the rates.
         *
         * @return an unmodifiable map from {@code purchase:NAME}, {@code dropout:NAME} or {@code both:NAME} to the effect
         */
        public Map<String, Double> effects() {
            Map<String, Double> values = new LinkedHashMap<>();
            effects.forEach(effect -> values.put(effect.name(), parameter(effect.name())));
            return Collections.unmodifiableMap(values);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Map<String, Double> parameters() {
            return parameters;
        }

        @Override
        public Optional<FitReport> report() {
            return Optional.ofNullable(report);
        }

        // ------------------------------------------------------------------------------- all covariates 0 throughout

        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            return atZero.logLikelihood(frequency, recency, age);
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            return atZero.probabilityAlive(frequency, recency, age);
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            return atZero.probabilityActive(frequency, recency, age, horizon);
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            return atZero.expectedTransactions(frequency, recency, age, horizon);
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return atZero.expectedTransactionsOfNewCustomer(horizon);
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            return atZero.discountedExpectedTransactions(frequency, recency, age, horizon, continuousRate);
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            return atZero.discountedExpectedResidualTransactions(frequency, recency, age, continuousRate);
        }

        @Override
        public double probabilityAliveAt(int frequency, double recency, double age, double horizon) {
            return atZero.probabilityAliveAt(frequency, recency, age, horizon);
        }

        @Override
        public double probabilityOfTransactions(int transactions, double horizon) {
            return atZero.probabilityOfTransactions(transactions, horizon);
        }

        @Override
        public double probabilityOfFutureTransactions(
                int transactions, int frequency, double recency, double age, double horizon) {
            return atZero.probabilityOfFutureTransactions(transactions, frequency, recency, age, horizon);
        }

        @Override
        public double expectedTimeToNextPurchase(int frequency, double recency, double age, double horizon) {
            return atZero.expectedTimeToNextPurchase(frequency, recency, age, horizon);
        }

        @Override
        public double timeToNextPurchaseQuantile(int frequency, double recency, double age, double probability) {
            return atZero.timeToNextPurchaseQuantile(frequency, recency, age, probability);
        }

        @Override
        public double expectedPurchaseRate(int frequency, double recency, double age) {
            return atZero.expectedPurchaseRate(frequency, recency, age);
        }

        @Override
        public double expectedDropoutRate(int frequency, double recency, double age) {
            return atZero.expectedDropoutRate(frequency, recency, age);
        }

        @Override
        public List<CustomerDraw> sample(
                int frequency, double recency, double age, double horizon, int draws, long seed) {
            return atZero.sample(frequency, recency, age, horizon, draws, seed);
        }

        @Override
        public double[] simulateTransactionTimes(double age, long seed) {
            return atZero.simulateTransactionTimes(age, seed);
        }

        // ------------------------------------------------------------------------------------------ on customers'
        // paths

        /**
         * {@inheritDoc}
         *
         * @throws ModelException if the model has no paths
         * @throws DataException if they do not cover the time
         */
        @Override
        public double[] simulateTransactionTimes(
                String customerId, LocalDate first, TimeScale timeScale, double age, long seed) {
            Arguments.checkHistory(0, 0, age);
            LocalDate last = age == 0 ? first : timeScale.plus(first, age).minusDays(1);
            return formulas(requirePaths().path(customerId, first, last), customerId, first, timeScale)
                    .simulate(age, Sampling.ofSeed(seed));
        }

        /** An output of one customer. */
        @FunctionalInterface
        private interface Output {
            double of(Outlook outlook);
        }

        private void fill(CustomerBase base, int from, int to, double[] out, Output output) {
            FittedTransactionModel.checkRange(base, from, to, out);
            for (int row = from; row < to; row++) {
                out[row - from] = output.of(outlook(base, row));
            }
        }

        @Override
        public void logLikelihoodInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, Outlook::logLikelihood);
        }

        @Override
        public void probabilityAliveInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, Outlook::probabilityAlive);
        }

        @Override
        public void probabilityActiveInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            fill(base, from, to, out, outlook -> outlook.probabilityActive(horizon));
        }

        @Override
        public void probabilityAliveAtInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            fill(base, from, to, out, outlook -> outlook.probabilityAliveAt(horizon));
        }

        @Override
        public void expectedTransactionsInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            fill(base, from, to, out, outlook -> outlook.expectedTransactions(horizon));
        }

        @Override
        public void discountedExpectedTransactionsInto(
                CustomerBase base, int from, int to, double horizon, double continuousRate, double[] out) {
            fill(base, from, to, out, outlook -> outlook.discountedExpectedTransactions(horizon, continuousRate));
        }

        @Override
        public void discountedExpectedResidualTransactionsInto(
                CustomerBase base, int from, int to, double continuousRate, double[] out) {
            fill(base, from, to, out, outlook -> outlook.discountedExpectedResidualTransactions(continuousRate));
        }

        @Override
        public void probabilityOfFutureTransactionsInto(
                CustomerBase base, int from, int to, int transactions, double horizon, double[] out) {
            fill(base, from, to, out, outlook -> outlook.probabilityOfFutureTransactions(transactions, horizon));
        }

        @Override
        public void expectedTimeToNextPurchaseInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            fill(base, from, to, out, outlook -> outlook.expectedTimeToNextPurchase(horizon));
        }

        @Override
        public void timeToNextPurchaseQuantileInto(
                CustomerBase base, int from, int to, double probability, double[] out) {
            fill(base, from, to, out, outlook -> outlook.timeToNextPurchaseQuantile(probability));
        }

        @Override
        public Optional<LocalDate> expectedDateOfNextPurchase(CustomerBase base, int row, double horizon) {
            return Optional.of(outlook(base, row).expectedDateOfNextPurchase(horizon));
        }

        @Override
        public void expectedPurchaseRateInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, Outlook::expectedPurchaseRate);
        }

        @Override
        public void expectedDropoutRateInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, Outlook::expectedDropoutRate);
        }

        @Override
        public void futureTransactionsInto(
                CustomerBase base, int from, int to, double horizon, long seed, double[] out) {
            FittedTransactionModel.checkRange(base, from, to, out);
            for (int row = from; row < to; row++) {
                out[row - from] = outlook(base, row)
                        .draw(horizon, Sampling.ofSeed(seed, row))
                        .futureTransactions();
            }
        }

        /** Returns the model with its parameters. */
        @Override
        public String toString() {
            return NAME + parameters;
        }
    }

    /**
     * What the model says of one customer on her path of covariates, at the calibration end: the outputs of {@link Fitted} with what a path
     * tells beside frequency, recency and age.
     *
     * <p>Every horizon is checked against how long the paths are known; beyond that is a {@link DataException} that names the day. An
     * infinite horizon needs paths whose last values hold for ever.
     *
     * <p>Immutable and thread-safe.
     */
    public static final class Outlook {

        private final CovariatePaths paths;
        private final CustomerBase base;
        private final int row;
        private final LocalDate end;
        private final ParetoGammaPath formulas;
        private final int frequency;
        private final double recency;
        private final double age;
        private final double known;
        private final double logFactors;

        private Outlook(Fitted model, CovariatePaths paths, CustomerBase base, int row) {
            this.paths = paths;
            this.base = base;
            this.row = row;
            LocalDate first = TimeVaryingRows.firstDate(base, row);
            end = TimeVaryingRows.observationEnd(base);
            LocalDate last = paths.knownUntil().isAfter(end) ? paths.knownUntil() : end;
            CovariatePaths.Path path = paths.path(base.id(row), first, last);
            formulas = model.formulas(path, base.id(row), first, base.timeScale());
            frequency = base.frequency(row);
            recency = base.recency(row);
            age = base.age(row);
            known = paths.isHoldingLast()
                    ? Double.POSITIVE_INFINITY
                    : base.timeScale().between(first, last.plusDays(1));
            logFactors = base.hasOccasions() ? logFactors(model, path) : Double.NaN;
        }

        private double logFactors(Fitted model, CovariatePaths.Path path) {
            double sum = 0;
            int piece = 0;
            for (int occasion = 1; occasion <= frequency; occasion++) {
                int day = base.occasionDay(row, occasion);
                while (piece + 1 < path.pieces() && path.startDay(piece + 1) <= day) {
                    piece++;
                }
                sum += model.logFactor(path, piece, true, base.id(row));
            }
            return sum;
        }

        private double checkHorizon(double horizon) {
            Arguments.checkHorizon(horizon);
            // An age and a horizon that add up to the end of a day do so up to rounding.
            if (!((age + horizon) * (1 - 1e-12) <= known)) {
                throw new DataException("the paths of " + paths.names()
                        + " must be known until the end of a horizon of "
                        + horizon + " " + base.timeScale() + " from " + end + lastDay(horizon) + ", but are until "
                        + paths.knownUntil() + " (customer " + base.id(row)
                        + "); add rows, or say that last values hold on");
            }
            return horizon;
        }

        private String lastDay(double horizon) {
            return horizon < 1e5
                    ? ", which is " + base.timeScale().plus(end, horizon).minusDays(1)
                    : "";
        }

        /**
         * Returns the log-likelihood of the history.
         *
         * @return the log-likelihood
         */
        public double logLikelihood() {
            return formulas.logLikelihood(frequency, recency, age, logFactors);
        }

        /**
         * Returns the probability of being alive at the calibration end.
         *
         * @return the probability, in [0, 1]
         */
        public double probabilityAlive() {
            return formulas.probabilityAlive(frequency, recency, age);
        }

        /**
         * Returns the probability of being alive after a horizon.
         *
         * @param horizon the time from the calibration end; finite, at least 0
         * @return the probability, in [0, P(alive)]
         */
        public double probabilityAliveAt(double horizon) {
            checkHorizon(horizon);
            return probabilityAlive() * formulas.aliveLaterGivenAlive(age, horizon);
        }

        /**
         * Returns the probability of at least one purchase within a horizon.
         *
         * @param horizon the time from the calibration end; finite, at least 0
         * @return the probability, in [0, P(alive)]
         */
        public double probabilityActive(double horizon) {
            checkHorizon(horizon);
            return probabilityAlive() * formulas.activeGivenAlive(frequency, age, horizon);
        }

        /**
         * Returns the expected number of purchases within a horizon.
         *
         * @param horizon the time from the calibration end; finite, at least 0
         * @return the expectation, at least 0
         */
        public double expectedTransactions(double horizon) {
            return discountedExpectedTransactions(horizon, 0);
        }

        /**
         * Returns the expected number of purchases within a horizon, each discounted from the moment it is made.
         *
         * @param horizon the time from the calibration end; finite, at least 0
         * @param continuousRate the discount rate δ per period; finite, at least 0
         * @return the expectation, at least 0
         */
        public double discountedExpectedTransactions(double horizon, double continuousRate) {
            checkHorizon(horizon);
            Arguments.checkRate(continuousRate);
            return probabilityAlive() * formulas.discountedGivenAlive(frequency, age, horizon, continuousRate);
        }

        /**
         * Returns the expected number of all future purchases, each discounted from the moment it is made.
         *
         * @param continuousRate the discount rate δ per period; finite, above 0
         * @return the expectation, at least 0
         * @throws DataException if last values do not hold for ever
         */
        public double discountedExpectedResidualTransactions(double continuousRate) {
            Arguments.checkPositiveRate(continuousRate);
            requireForEver();
            return probabilityAlive()
                    * formulas.discountedGivenAlive(frequency, age, Double.POSITIVE_INFINITY, continuousRate);
        }

        private void requireForEver() {
            if (!paths.isHoldingLast()) {
                throw new DataException("the paths of " + paths.names() + " must be known for ever for an infinite"
                        + " horizon, but are until " + paths.knownUntil() + "; say that last values hold on");
            }
        }

        /**
         * Returns the probability of n purchases within a horizon. Who has left already makes none.
         *
         * @param transactions n, at least 0
         * @param horizon the time from the calibration end; finite, at least 0
         * @return the probability, in [0, 1]; over all n they sum to 1, with mean {@link #expectedTransactions}
         */
        public double probabilityOfFutureTransactions(int transactions, double horizon) {
            Arguments.checkCount(transactions, "transactions");
            checkHorizon(horizon);
            if (horizon == 0) {
                return transactions == 0 ? 1 : 0;
            }
            double made = probabilityAlive() * formulas.countGivenAlive(transactions, frequency, age, horizon);
            return transactions == 0 ? Math.min(1, formulas.probabilityDead(frequency, recency, age) + made) : made;
        }

        /**
         * Returns the expected time to the next purchase, given that it is made within a horizon.
         *
         * @param horizon the time from the calibration end; finite, at least 0
         * @return the expectation, in [0, horizon]
         */
        public double expectedTimeToNextPurchase(double horizon) {
            checkHorizon(horizon);
            return formulas.nextPurchaseWithin(frequency, age, horizon);
        }

        /**
         * Returns the day of the expected next purchase, given that it is made within a horizon: the calibration end plus {@link
         * #expectedTimeToNextPurchase}, any part of a day counting as a day.
         *
         * @param horizon the time from the calibration end; finite, at least 0
         * @return the day
         */
        public LocalDate expectedDateOfNextPurchase(double horizon) {
            return base.timeScale().plus(end, expectedTimeToNextPurchase(horizon));
        }

        /**
         * Returns the time by which the next purchase is made with a given probability, given that there ever is one.
         *
         * @param probability the probability; at least 0, below 1
         * @return the time; at least 0, at most {@link Double#MAX_VALUE}, which stands for every time beyond
         * @throws DataException if last values do not hold for ever
         */
        public double timeToNextPurchaseQuantile(double probability) {
            Arguments.checkBelowOne(probability, "probability");
            requireForEver();
            return formulas.nextPurchaseQuantile(frequency, age, probability);
        }

        /**
         * Returns the expected purchase rate while alive, with the covariates of the calibration's last day.
         *
         * @return purchases a period
         */
        public double expectedPurchaseRate() {
            return formulas.purchaseRate(frequency, recency, age);
        }

        /**
         * Returns the expected dropout rate, with the covariates of the calibration's last day.
         *
         * @return dropouts a period
         */
        public double expectedDropoutRate() {
            return formulas.dropoutRate(frequency, recency, age);
        }

        /**
         * Draws what may be true of the customer from the posterior distribution. Rates are those at covariates of 0; a lifetime that ends
         * after the paths are known is drawn as if the last values held on.
         *
         * @param horizon the time from the calibration end in which future purchases count; finite, at least 0
         * @param draws how many, at least 0
         * @param seed the seed; the same seed gives the same draws
         * @return the draws; unmodifiable
         */
        public List<CustomerDraw> sample(double horizon, int draws, long seed) {
            Arguments.checkCount(draws, "draws");
            checkHorizon(horizon);
            ParetoGammaPath.Posterior posterior = formulas.posterior(frequency, recency, age);
            Sampling random = Sampling.ofSeed(seed);
            CustomerDraw[] sample = new CustomerDraw[draws];
            for (int i = 0; i < draws; i++) {
                sample[i] = posterior.draw(horizon, random);
            }
            return List.of(sample);
        }

        private CustomerDraw draw(double horizon, Sampling random) {
            checkHorizon(horizon);
            return formulas.posterior(frequency, recency, age).draw(horizon, random);
        }
    }
}
