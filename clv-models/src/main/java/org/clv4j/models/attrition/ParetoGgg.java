// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureDistribution;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.PosteriorSampler;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.models.inference.Posterior;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.GammaGapPareto;
import org.clv4j.models.internal.kernel.Sampling;
import org.clv4j.models.internal.mcmc.IndependenceChain;
import org.clv4j.models.internal.mcmc.Laplace;
import org.clv4j.models.internal.mcmc.MarkovChains;
import org.clv4j.models.internal.optim.Version;
import org.jspecify.annotations.Nullable;

/**
 * The Pareto/GGG model: customers buy in gaps that are more or less regular, each customer in her own way, until they leave at a random
 * time. A regular customer's silence tells sooner that she has left.
 *
 * <p><b>Assumptions.</b> While alive a customer's gaps are independent, gamma-distributed of shape k and mean 1/λ; the lifetime is
 * exponential of rate μ. Over customers k ~ Gamma(t, γ), λ ~ Gamma(r, α) and μ ~ Gamma(s, β), independently. k = 1 is the Poisson process of
 * the Pareto/NBD, larger k are regular purchases, smaller ones purchases in clumps.
 *
 * <p><b>Likelihood</b> of x gaps with the sum t_x and the sum G of logarithms, observed for T, given k, λ, μ; Q and P = 1 − Q are
 * the regularised incomplete gamma functions, p = (kλ/(kλ+μ))^k:
 *
 * <pre>
 * L(k, λ, μ) = (kλ)^kx Γ(k)^−x e^((k−1)G − kλt_x) · e^−μt_x [ 1 − p P(k, (kλ+μ)(T−t_x)) ]
 * P(alive | k, λ, μ) L = (kλ)^kx Γ(k)^−x e^((k−1)G − kλt_x) · e^−μT Q(k, kλ(T−t_x))
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>t</td><td>{@link Fitted#t()}</td><td>shape of k over customers; large means they are equally regular</td></tr>
 * <tr><td>γ</td><td>{@link Fitted#gamma()}</td><td>rate of k; the mean regularity is t/γ</td></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of λ; large means customers buy equally often</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of λ, in periods; the mean is r/α</td></tr>
 * <tr><td>s</td><td>{@link Fitted#s()}</td><td>shape of μ; large means customers leave at like rates</td></tr>
 * <tr><td>β</td><td>{@link Fitted#beta()}</td><td>rate of μ, in periods; the mean is s/β</td></tr>
 * </table>
 *
 * <p><b>What is known of gaps.</b> The batch methods take G from a base made of transactions. The methods of a single history do not
 * have it: of t_x alone they know that it is a sum of x gaps, whose density is that of Gamma(kx, kλ). {@link Fitted#withGaps} gives the
 * same methods for customers with a stated G. A base of summaries is scored as if each customer was asked for alone; it cannot be fitted.
 *
 * <p><b>Fit.</b> Markov chain Monte Carlo on the six parameters, all customers' k, λ and μ integrated out; the estimates are the medians
 * of their posterior distributions, and the report's standard errors the posterior standard deviations. Priors are on the logarithms, with times in
 * units of the mean age: N(0, 1) for the three shapes and for the mean of k, N(0, 9) for the means of λ and μ; shapes
 * of k, λ and μ above 52, 19 and 13, populations that are almost alike, are held back steeply. The report's provenance has the
 * seed, the draws, the largest R̂ and the smallest effective sample; where R̂ is 1.05 or more the chains have not mixed: the fit then says
 * that it has not converged. {@link Fitted#posterior()} has the draws.
 *
 * <p><b>Units.</b> Recency, age and horizon are in the periods of the customer base, λ and μ a period; discount rates are continuous per
 * period. G is a sum of logarithms of gaps in the same periods.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T and T = 0 are ordinary. Parameters are from 0.001 to 1,000,000. Customers with k below e^−3, whose
 * gaps have a coefficient of variation above 4.5, count as having that k, also where they are simulated: without an end to clumps the
 * expected purchases of a new customer would be infinite for t ≤ 1. Those with k above e^9 count as having that one.
 * Where gaps are not known, x purchases with t_x = 0, of which no k has a density, count as if made within α.
 *
 * <p><b>Numerics.</b> Given the parameters all outputs are deterministic. λ is integrated out in closed form: the time of the n-th purchase after
 * the last is beta prime of shapes nk and r + kx. What is left is a sum over a lattice of ln k, whose error falls exponentially with the
 * spacing, of Gauss–Legendre sums over a time. Expected purchases use tables of renewals. Against brute force log-likelihood and P(alive)
 * agree to 1e-8, expectations of purchases to 1e-6 ({@code ParetoGggTruthTest}).
 *
 * <p><b>Cost</b> a customer, to the order of magnitude: a millisecond for P(alive), some for purchases to come, and as much again for the first
 * customer of a frequency. A fit takes some 50 to 100 kB of memory a distinct history, and is refused where Java has not enough of it.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>References: M. Platzer, T. Reutterer, Ticking away the moments: timing regularity helps to better predict customer activity,
 * Marketing Science 35 (2016), <a href="https://doi.org/10.1287/mksc.2015.0963">doi:10.1287/mksc.2015.0963</a>.
 */
public final class ParetoGgg implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "pareto-ggg";

    /** From here on chains have not mixed. */
    private static final double LARGEST_R_HAT = 1.05;

    /** Deviations of the posterior that a table of likelihoods reaches. */
    private static final double TABLE_REACH = 3;

    private static final double LEAST = 1e-3;
    private static final double MOST = 1e6;

    static final List<ParameterDomain> PARAMETERS = List.of(
            new ParameterDomain("t", LEAST, MOST, "shape of the regularity k"),
            new ParameterDomain("gamma", LEAST, MOST, "rate of the regularity k"),
            new ParameterDomain("r", LEAST, MOST, "shape of the purchase rate"),
            new ParameterDomain("alpha", LEAST, MOST, "rate of the purchase rate"),
            new ParameterDomain("s", LEAST, MOST, "shape of the dropout rate"),
            new ParameterDomain("beta", LEAST, MOST, "rate of the dropout rate"));

    private static final ParetoGgg DEFAULTS = new ParetoGgg(20160501, new MarkovChains(4, 200, 400, 1), false);

    private final long seed;
    private final MarkovChains chains;
    private final boolean takesSummaries;

    private ParetoGgg(long seed, MarkovChains chains, boolean takesSummaries) {
        this.seed = seed;
        this.chains = chains;
        this.takesSummaries = takesSummaries;
    }

    private ParetoGgg with(MarkovChains others) {
        return new ParetoGgg(seed, others, takesSummaries);
    }

    /**
     * Returns the model: 4 chains of 200 draws that are not kept and 400 that are.
     *
     * @return the model, to be fitted
     */
    public static ParetoGgg withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another seed of all random numbers.
     *
     * @param newSeed the seed
     * @return the copy
     */
    public ParetoGgg withSeed(long newSeed) {
        return new ParetoGgg(newSeed, chains, takesSummaries);
    }

    /**
     * Returns a copy with another number of chains.
     *
     * @param newChains how many chains, at least 1
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public ParetoGgg withChains(int newChains) {
        checkAtLeast(1, newChains, "chains");
        return with(new MarkovChains(newChains, chains.burnIn(), chains.kept(), chains.thinning()));
    }

    /**
     * Returns a copy whose chains are of another length.
     *
     * @param burnIn sweeps a chain that learn step sizes and are not kept, at least 1
     * @param kept draws a chain that are kept, at least 10
     * @return the copy
     * @throws IllegalArgumentException if there are fewer
     */
    public ParetoGgg withDraws(int burnIn, int kept) {
        checkAtLeast(1, burnIn, "burnIn");
        checkAtLeast(10, kept, "kept");
        return with(new MarkovChains(chains.chains(), burnIn, kept, chains.thinning()));
    }

    /**
     * Returns a copy that keeps a draw of every so many sweeps.
     *
     * @param sweeps sweeps a draw, at least 1
     * @return the copy
     * @throws IllegalArgumentException if there are fewer
     */
    public ParetoGgg withThinning(int sweeps) {
        checkAtLeast(1, sweeps, "sweeps");
        return with(new MarkovChains(chains.chains(), chains.burnIn(), chains.kept(), sweeps));
    }

    /**
     * Returns a copy that also takes bases of summaries, which do not have the gaps. What is left to tell regularity is that the last
     * purchase comes after so many gaps: little, so that the estimates lean on the prior.
     *
     * @return the copy
     */
    public ParetoGgg withSummaries() {
        return new ParetoGgg(seed, chains, true);
    }

    private static void checkAtLeast(int least, int value, String name) {
        if (value < least) {
            throw Arguments.outOfRange(name, "at least " + least, value);
        }
    }

    /**
     * Fits the model by Markov chain Monte Carlo.
     *
     * @param base the customers, made of transactions; weights count as repetitions
     * @return the fitted model with its report and its draws
     * @throws ModelException if the base does not know the gaps between purchases, has fewer customers than the model has parameters, no
     *     repeat purchases, or too many different histories for the memory
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        GapHistories histories = GapHistories.of(NAME, PARAMETERS.size(), base, takesSummaries);
        Posterior posterior = posterior(histories, execution);
        Map<String, Double> medians = new LinkedHashMap<>();
        for (ParameterDomain parameter : PARAMETERS) {
            double median = posterior.median(parameter.name());
            medians.put(parameter.name(), Math.max(LEAST * (1 + 1e-9), Math.min(MOST * (1 - 1e-9), median)));
        }
        FitReport report = report(medians, posterior, histories, base, execution);
        return new Fitted(report.parameters(), report, posterior, null);
    }

    private Posterior posterior(GapHistories histories, Execution execution) {
        String work = "fitting " + NAME;
        double[] start = {0.7, 0.3, 0, Math.log(histories.rate() * histories.meanAge()) + 0.7, -0.3, 0};
        GammaGapPosterior wide = GammaGapPosterior.of(
                histories, start, new double[] {1, 0.8, 1, 1, 1, 2}, "likelihoods for " + NAME, execution);
        Laplace middle = laplace(wide, start, work, execution);
        double[] mode = middle.mode();
        double[][] covariance = middle.covariance();
        double[] far = new double[mode.length];
        for (int i = 0; i < far.length; i++) {
            far[i] = TABLE_REACH * Math.sqrt(covariance[i][i]);
        }
        GammaGapPosterior density = GammaGapPosterior.of(histories, mode, far, "likelihoods for " + NAME, execution);
        // The first table is coarse; proposals are to fit the second.
        Laplace proposals = laplace(density, mode, work, execution);
        double[][][] draws = chains.run(
                work,
                GammaGapPosterior.SIZE,
                histories.size(),
                execution,
                chain -> new IndependenceChain(
                        density, proposals.mode(), proposals.covariance(), Sampling.ofSeed(seed, chain)));
        toParameters(histories.meanAge(), draws);
        return Posterior.of(PARAMETERS.stream().map(ParameterDomain::name).toList(), draws);
    }

    private Laplace laplace(GammaGapPosterior density, double[] start, String work, Execution execution) {
        return Laplace.of(
                point -> {
                    execution.step(work, 0, chains.sweeps());
                    return density.at(point);
                },
                start);
    }

    private static void toParameters(double unit, double[][][] draws) {
        double[] point = new double[draws.length];
        for (int chain = 0; chain < draws[0].length; chain++) {
            for (int i = 0; i < draws[0][chain].length; i++) {
                for (int j = 0; j < point.length; j++) {
                    point[j] = draws[j][chain][i];
                }
                double[] parameters = GammaGapPosterior.parameters(point, unit);
                for (int j = 0; j < point.length; j++) {
                    draws[j][chain][i] = parameters[j];
                }
            }
        }
    }

    private FitReport report(
            Map<String, Double> medians,
            Posterior posterior,
            GapHistories histories,
            CustomerBase base,
            Execution execution) {
        double rHat = posterior.largestRHat();
        boolean mixed = rHat < LARGEST_R_HAT;
        FitReport.Builder report = FitReport.builder(NAME, medians)
                .timeScale(base.timeScale())
                .covariance(posterior.covariance())
                .logLikelihood(logLikelihood(Fitted.formulas(medians), histories, execution))
                .customers(base.totalWeight())
                .converged(mixed)
                .evaluations((int) Math.min(Integer.MAX_VALUE, chains.sweeps()));
        if (!mixed) {
            report.warnings(List.of(new FitWarning(
                    Condition.NOT_CONVERGED,
                    String.format(
                            Locale.ROOT,
                            "the chains have not mixed, R̂ is %.3f; do not use these parameters, but draw longer chains",
                            rHat))));
        }
        base.observation().ifPresent(window -> report.provenance("observation", window.toString()));
        base.quality().ifPresent(quality -> report.provenance("transactions", Long.toString(quality.usedRows())));
        return report.provenance("seed", Long.toString(seed))
                .provenance(
                        "draws",
                        chains.chains() + " chains of " + chains.kept() + ", one of " + chains.thinning()
                                + " sweeps, after " + chains.burnIn())
                .provenance("r_hat_max", String.format(Locale.ROOT, "%.4f", rHat))
                .provenance("ess_min", String.format(Locale.ROOT, "%.0f", posterior.smallestEffectiveSize()))
                .provenance(
                        "prior",
                        "N(0, 1) for logarithms of shapes and of the mean of k, N(0, 9) for those of the means of lambda and mu times the mean age")
                .provenance("library", "clv4j " + Version.VERSION)
                .build();
    }

    private static double logLikelihood(GammaGapPareto formulas, GapHistories histories, Execution execution) {
        double[] logs = new double[histories.size()];
        execution.fill("log-likelihood", logs, (from, to, out) -> {
            for (int i = from; i < to; i++) {
                out[i - from] = histories.customers[i]
                        * formulas.of(
                                        histories.frequency[i],
                                        histories.recency[i],
                                        histories.age[i],
                                        histories.logGaps[i])
                                .logLikelihood();
            }
        });
        return Arrays.stream(logs).sum();
    }

    /**
     * The Pareto/GGG model with its parameters. Methods of a base that knows gaps use them; those of a single history do not have
     * them, but for a view by {@link #withGaps}. Immutable and thread-safe.
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
                    TransactionSimulator {

        private final Map<String, Double> parameters;
        private final @Nullable FitReport report;
        private final @Nullable Posterior posterior;
        private final @Nullable Double gaps;
        private final GammaGapPareto formulas;

        private Fitted(
                Map<String, Double> parameters,
                @Nullable FitReport report,
                @Nullable Posterior posterior,
                @Nullable Double gaps) {
            this.parameters = parameters;
            this.report = report;
            this.posterior = posterior;
            this.gaps = gaps;
            this.formulas = formulas(parameters);
        }

        private static GammaGapPareto formulas(Map<String, Double> parameters) {
            return new GammaGapPareto(
                    FittedAttritionModel.parameter(parameters, "t"),
                    FittedAttritionModel.parameter(parameters, "gamma"),
                    FittedAttritionModel.parameter(parameters, "r"),
                    FittedAttritionModel.parameter(parameters, "alpha"),
                    FittedAttritionModel.parameter(parameters, "s"),
                    FittedAttritionModel.parameter(parameters, "beta"));
        }

        /**
         * Returns the model with stated parameters, each above 0.001 and below 1,000,000.
         *
         * @param t shape of k
         * @param gamma rate of k
         * @param r shape of λ
         * @param alpha rate of λ, in periods
         * @param s shape of μ
         * @param beta rate of μ, in periods
         * @return the model, without a report and without draws
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double t, double gamma, double r, double alpha, double s, double beta) {
            return new Fitted(Arguments.named(PARAMETERS, t, gamma, r, alpha, s, beta), null, null, null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report, null, null);
        }

        /**
         * Returns the model for customers of whom the gaps are known, for its methods of a single history. Batches of a base that knows
         * gaps use those of the base.
         *
         * @param sumOfLogGaps Σ ln gap over the x gaps, in periods; finite. Not looked at for x = 0
         * @return the copy
         * @throws IllegalArgumentException if the sum is not finite
         */
        public Fitted withGaps(double sumOfLogGaps) {
            Arguments.checkFinite(sumOfLogGaps, "sumOfLogGaps");
            return new Fitted(parameters, report, posterior, sumOfLogGaps);
        }

        /**
         * Returns the draws of the parameters.
         *
         * @return the draws, or empty of a model that was not fitted here but stated or read from a file
         */
        public Optional<Posterior> posterior() {
            return Optional.ofNullable(posterior);
        }

        /**
         * Returns the shape of k.
         *
         * @return t, above 0
         */
        public double t() {
            return FittedAttritionModel.parameter(parameters, "t");
        }

        /**
         * Returns the rate of k.
         *
         * @return γ, above 0
         */
        public double gamma() {
            return FittedAttritionModel.parameter(parameters, "gamma");
        }

        /**
         * Returns the shape of λ.
         *
         * @return r, above 0
         */
        public double r() {
            return FittedAttritionModel.parameter(parameters, "r");
        }

        /**
         * Returns the rate of λ, in periods.
         *
         * @return α, above 0
         */
        public double alpha() {
            return FittedAttritionModel.parameter(parameters, "alpha");
        }

        /**
         * Returns the shape of μ.
         *
         * @return s, above 0
         */
        public double s() {
            return FittedAttritionModel.parameter(parameters, "s");
        }

        /**
         * Returns the rate of μ, in periods.
         *
         * @return β, above 0
         */
        public double beta() {
            return FittedAttritionModel.parameter(parameters, "beta");
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

        private GammaGapPareto.Customer customer(int frequency, double recency, double age) {
            Arguments.checkHistory(frequency, recency, age);
            double known = gaps == null ? Double.NaN : gaps;
            // No gaps can have a larger sum of logarithms than x equal ones.
            if (frequency > 0 && known > frequency * Math.log(recency / frequency) + 1e-9 * (1 + frequency)) {
                throw Arguments.outOfRange(
                        "sumOfLogGaps",
                        "at most that of equal gaps, " + frequency * Math.log(recency / frequency),
                        known);
            }
            return formulas.of(frequency, recency, age, known);
        }

        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            return customer(frequency, recency, age).logLikelihood();
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            return customer(frequency, recency, age).alive();
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            Arguments.checkHorizon(horizon);
            return customer(frequency, recency, age).active(horizon);
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            return discountedExpectedTransactions(frequency, recency, age, horizon, 0);
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return expectedTransactions(0, 0, 0, horizon);
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            Arguments.checkHorizon(horizon);
            Arguments.checkRate(continuousRate);
            return customer(frequency, recency, age).expected(horizon, continuousRate);
        }

        @Override
        public double probabilityAliveAt(int frequency, double recency, double age, double horizon) {
            Arguments.checkHorizon(horizon);
            return customer(frequency, recency, age).aliveAt(horizon);
        }

        @Override
        public double expectedPurchaseRate(int frequency, double recency, double age) {
            return customer(frequency, recency, age).purchaseRate();
        }

        @Override
        public double expectedDropoutRate(int frequency, double recency, double age) {
            return customer(frequency, recency, age).dropoutRate();
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            Arguments.checkPositiveRate(continuousRate);
            return customer(frequency, recency, age).residual(continuousRate);
        }

        @Override
        public double probabilityOfTransactions(int transactions, double horizon) {
            return probabilityOfFutureTransactions(transactions, 0, 0, 0, horizon);
        }

        @Override
        public double probabilityOfFutureTransactions(
                int transactions, int frequency, double recency, double age, double horizon) {
            Arguments.checkCount(transactions, "transactions");
            Arguments.checkHorizon(horizon);
            return customer(frequency, recency, age).count(transactions, horizon);
        }

        @Override
        public double expectedTimeToNextPurchase(int frequency, double recency, double age, double horizon) {
            Arguments.checkHorizon(horizon);
            return customer(frequency, recency, age).nextWithin(horizon);
        }

        @Override
        public double timeToNextPurchaseQuantile(int frequency, double recency, double age, double probability) {
            Arguments.checkBelowOne(probability, "probability");
            return customer(frequency, recency, age).nextQuantile(probability);
        }

        @Override
        public List<CustomerDraw> sample(
                int frequency, double recency, double age, double horizon, int draws, long seed) {
            Arguments.checkHorizon(horizon);
            Arguments.checkCount(draws, "draws");
            GammaGapPareto.Customer customer = customer(frequency, recency, age);
            Sampling random = Sampling.ofSeed(seed);
            CustomerDraw[] sample = new CustomerDraw[draws];
            for (int i = 0; i < draws; i++) {
                sample[i] = customer.draw(horizon, random);
            }
            return List.of(sample);
        }

        /** A history with what its gaps tell; NaN if that is not known. */
        private record History(int frequency, double recency, double age, double logGaps) {

            static History of(CustomerBase base, int row, double stated) {
                int x = base.frequency(row);
                double logGaps = x == 0 ? Double.NaN : base.hasGaps() ? base.sumOfLogGaps(row) : stated;
                return new History(x, base.recency(row), base.age(row), logGaps);
            }
        }

        private <T> void fill(
                CustomerBase base,
                int from,
                int to,
                double[] out,
                Function<GammaGapPareto.Customer, T> known,
                OfRow<T> output) {
            FittedTransactionModel.checkRange(base, from, to, out);
            Map<History, T> histories = new HashMap<>();
            for (int row = from; row < to; row++) {
                History history = History.of(base, row, gaps == null ? Double.NaN : gaps);
                T value = histories.get(history);
                if (value == null) {
                    value = known.apply(
                            formulas.of(history.frequency(), history.recency(), history.age(), history.logGaps()));
                    histories.put(history, value);
                }
                out[row - from] = output.of(value, row);
            }
        }

        /** What is written for a row, from what is known of its history. */
        @FunctionalInterface
        private interface OfRow<T> {
            double of(T known, int row);
        }

        private void fill(
                CustomerBase base, int from, int to, double[] out, ToDoubleFunction<GammaGapPareto.Customer> output) {
            fill(base, from, to, out, output::applyAsDouble, (Double value, int row) -> value);
        }

        @Override
        public void logLikelihoodInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, GammaGapPareto.Customer::logLikelihood);
        }

        @Override
        public void probabilityAliveInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, GammaGapPareto.Customer::alive);
        }

        @Override
        public void probabilityActiveInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            Arguments.checkHorizon(horizon);
            fill(base, from, to, out, customer -> customer.active(horizon));
        }

        @Override
        public void expectedTransactionsInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            discountedExpectedTransactionsInto(base, from, to, horizon, 0, out);
        }

        @Override
        public void discountedExpectedTransactionsInto(
                CustomerBase base, int from, int to, double horizon, double continuousRate, double[] out) {
            Arguments.checkHorizon(horizon);
            Arguments.checkRate(continuousRate);
            fill(base, from, to, out, customer -> customer.expected(horizon, continuousRate));
        }

        @Override
        public void discountedExpectedResidualTransactionsInto(
                CustomerBase base, int from, int to, double continuousRate, double[] out) {
            Arguments.checkPositiveRate(continuousRate);
            fill(base, from, to, out, customer -> customer.residual(continuousRate));
        }

        @Override
        public void probabilityOfFutureTransactionsInto(
                CustomerBase base, int from, int to, int transactions, double horizon, double[] out) {
            Arguments.checkCount(transactions, "transactions");
            Arguments.checkHorizon(horizon);
            fill(base, from, to, out, customer -> customer.count(transactions, horizon));
        }

        @Override
        public void probabilityAliveAtInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            Arguments.checkHorizon(horizon);
            fill(base, from, to, out, customer -> customer.aliveAt(horizon));
        }

        @Override
        public void expectedTimeToNextPurchaseInto(CustomerBase base, int from, int to, double horizon, double[] out) {
            Arguments.checkHorizon(horizon);
            fill(base, from, to, out, customer -> customer.nextWithin(horizon));
        }

        @Override
        public void timeToNextPurchaseQuantileInto(
                CustomerBase base, int from, int to, double probability, double[] out) {
            Arguments.checkBelowOne(probability, "probability");
            fill(base, from, to, out, customer -> customer.nextQuantile(probability));
        }

        @Override
        public void expectedPurchaseRateInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, GammaGapPareto.Customer::purchaseRate);
        }

        @Override
        public void expectedDropoutRateInto(CustomerBase base, int from, int to, double[] out) {
            fill(base, from, to, out, GammaGapPareto.Customer::dropoutRate);
        }

        @Override
        public void futureTransactionsInto(
                CustomerBase base, int from, int to, double horizon, long seed, double[] out) {
            Arguments.checkHorizon(horizon);
            fill(base, from, to, out, customer -> customer, (customer, row) -> customer.draw(
                            horizon, Sampling.ofSeed(seed, row))
                    .futureTransactions());
        }

        @Override
        public double[] simulateTransactionTimes(double age, long seed) {
            Arguments.checkHistory(0, 0, age);
            return formulas.simulate(age, Sampling.ofSeed(seed));
        }

        /** Returns the model with its parameters, as {@code pareto-ggg{t=1.8, …}}. */
        @Override
        public String toString() {
            return NAME + parameters;
        }
    }
}
