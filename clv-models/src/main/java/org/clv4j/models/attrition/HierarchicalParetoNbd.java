// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Covariates;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.inference.Posterior;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.CovariateCoding;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Effect;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;
import org.clv4j.models.internal.kernel.CovariateRows;
import org.clv4j.models.internal.kernel.LogNormalRates;
import org.clv4j.models.internal.kernel.Sampling;
import org.clv4j.models.internal.mcmc.IndependenceChain;
import org.clv4j.models.internal.mcmc.Laplace;
import org.clv4j.models.internal.mcmc.LogNormalHierarchy;
import org.clv4j.models.internal.mcmc.MarkovChains;
import org.clv4j.models.internal.optim.Version;
import org.clv4j.models.internal.special.LogNormalPair;
import org.jspecify.annotations.Nullable;

/**
 * The hierarchical Bayes Pareto/NBD model: customers buy at random times until they leave at a random time, and their purchase and
 * dropout rates are log-normal and may go together.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ; the lifetime is exponential of rate μ; (ln λ, ln μ) is
 * jointly normal over customers.
 *
 * <p><b>Likelihood</b> of x repeat purchases, the last at t_x, in (0, T], of a customer with known rates, and of one whose rates are
 * not known:
 *
 * <pre>
 * L(λ, μ) = λ^x/(λ+μ) · [ μ e^−(λ+μ)t_x + λ e^−(λ+μ)T ]
 * L       = ∫∫ L(λ, μ) N(ln λ, ln μ | m, Γ) d ln λ d ln μ
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>m₁</td><td>{@link Fitted#meanLogLambda()}</td><td>mean of ln λ; e^m₁ is the median purchase rate a period</td></tr>
 * <tr><td>m₂</td><td>{@link Fitted#meanLogMu()}</td><td>mean of ln μ; e^m₂ is the median dropout rate a period</td></tr>
 * <tr><td>Γ₁₁</td><td>{@link Fitted#varLogLambda()}</td><td>variance of ln λ; large means customers differ much</td></tr>
 * <tr><td>Γ₂₂</td><td>{@link Fitted#varLogMu()}</td><td>variance of ln μ; large means customers differ much</td></tr>
 * <tr><td>Γ₁₂</td><td>{@link Fitted#covLog()}</td><td>covariance; above 0 those who buy often leave soon</td></tr>
 * </table>
 *
 * <p><b>Fit.</b> Markov chain Monte Carlo on the five parameters, all customers' rates integrated out; the estimates are the medians of their posterior distributions, and the report's standard
 * errors the posterior standard deviations. The priors are weak: Γ ~ inverse Wishart(4, 4·I), and m given Γ ~ N(−ln of the mean age,
 * 100·Γ). The report's provenance has the seed, the draws, the largest R̂ and the smallest effective sample; where R̂ is 1.05 or more the
 * chains have not mixed: the fit then says that it has not converged. {@link Fitted#posterior()} has the draws.
 *
 * <p><b>Units.</b> Recency, age and horizon are in the periods of the customer base, λ and μ a period; discount rates are continuous per
 * period. In units 7 times as long the two means are larger by ln 7.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T and T = 0 are ordinary. Means are in (−300, 300), variances in (0, 100), beyond which rates
 * have no double; the covariance is smaller than the square root of the variances' product. E[λ] and E[μ] of a new customer are finite
 * but far above the medians when variances are large.
 *
 * <p><b>Numerics.</b> Given the parameters all outputs are deterministic: each is a ratio of integrals over (ln λ, ln μ), whose
 * integrands are log-concave. They are summed over a lattice about the mode, whose error falls exponentially with its spacing. P(alive)
 * of a heavy buyer long silent underflows to exactly 0.
 *
 * <p><b>Cost</b> a customer, to the order of magnitude: 10 to 100 µs for P(alive) or an expectation, ten times that for the probability of
 * n future purchases or a quantile of the next. A fit costs about a microsecond a distinct history and draw, of which there are
 * thousands, and 20 kilobytes of memory a distinct history; from half a gigabyte on only the part that matters is kept, and where that is
 * more than a gigabyte it takes ten times as long instead.
 *
 * <p>Immutable and thread-safe; the {@code with…} methods return copies.
 *
 * <p>References: M. Abe, “Counting your customers” one by one: a hierarchical Bayes extension to the Pareto/NBD model, Marketing Science
 * 28 (2009), <a href="https://doi.org/10.1287/mksc.1090.0502">doi:10.1287/mksc.1090.0502</a>.
 */
public final class HierarchicalParetoNbd implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "pareto-nbd-hb";

    /** From here on chains have not mixed. */
    private static final double LARGEST_R_HAT = 1.05;

    /** Deviations of the posterior that a table of likelihoods reaches; chains hardly ever go farther. */
    /** So many histories, and not twice as many, show where the mode of all is. */
    private static final int PART = 2500;

    private static final double TABLE_REACH = 3.5;

    /** How far from where it starts the search of the mode is looked for in a table: means, then logarithms of deviations and slope. */
    private static final double[] START_REACH = {1.5, 4, 0.4, 0.6, 0};

    /** The same of an effect on purchases of a covariate's standard deviation. */
    private static final double START_EFFECT = 0.3;

    private static final double LARGEST_MEAN = 300;
    private static final double LARGEST_VARIANCE = 100;

    static final List<ParameterDomain> PARAMETERS = List.of(
            new ParameterDomain("mean_log_lambda", -LARGEST_MEAN, LARGEST_MEAN, "mean logarithm of the purchase rate"),
            new ParameterDomain("mean_log_mu", -LARGEST_MEAN, LARGEST_MEAN, "mean logarithm of the dropout rate"),
            new ParameterDomain(
                    "var_log_lambda", 0, LARGEST_VARIANCE, "variance of the logarithm of the purchase rate"),
            new ParameterDomain("var_log_mu", 0, LARGEST_VARIANCE, "variance of the logarithm of the dropout rate"),
            new ParameterDomain("cov_log", -LARGEST_VARIANCE, LARGEST_VARIANCE, "covariance of the two logarithms"));

    private static final HierarchicalParetoNbd DEFAULTS =
            new HierarchicalParetoNbd(20090528, new MarkovChains(4, 200, 600, 1));

    private final long seed;
    private final MarkovChains chains;

    private HierarchicalParetoNbd(long seed, MarkovChains chains) {
        this.seed = seed;
        this.chains = chains;
    }

    /**
     * Returns the model: 4 chains of 200 draws that are not kept and 600 that are.
     *
     * @return the model, to be fitted
     */
    public static HierarchicalParetoNbd withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another seed of all random numbers.
     *
     * @param newSeed the seed
     * @return the copy
     */
    public HierarchicalParetoNbd withSeed(long newSeed) {
        return new HierarchicalParetoNbd(newSeed, chains);
    }

    /**
     * Returns a copy with another number of chains.
     *
     * @param newChains how many chains, at least 1
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public HierarchicalParetoNbd withChains(int newChains) {
        checkAtLeast(1, newChains, "chains");
        return new HierarchicalParetoNbd(
                seed, new MarkovChains(newChains, chains.burnIn(), chains.kept(), chains.thinning()));
    }

    /**
     * Returns a copy whose chains are of another length.
     *
     * @param burnIn sweeps a chain that learn step sizes and are not kept, at least 1
     * @param kept draws a chain that are kept, at least 10
     * @return the copy
     * @throws IllegalArgumentException if there are fewer
     */
    public HierarchicalParetoNbd withDraws(int burnIn, int kept) {
        checkAtLeast(1, burnIn, "burnIn");
        checkAtLeast(10, kept, "kept");
        return new HierarchicalParetoNbd(seed, new MarkovChains(chains.chains(), burnIn, kept, chains.thinning()));
    }

    /**
     * Returns a copy that keeps a draw of every so many sweeps.
     *
     * @param sweeps sweeps a draw, at least 1
     * @return the copy
     * @throws IllegalArgumentException if there are fewer
     */
    public HierarchicalParetoNbd withThinning(int sweeps) {
        checkAtLeast(1, sweeps, "sweeps");
        return new HierarchicalParetoNbd(
                seed, new MarkovChains(chains.chains(), chains.burnIn(), chains.kept(), sweeps));
    }

    private static void checkAtLeast(int least, int value, String name) {
        if (value < least) {
            throw Arguments.outOfRange(name, "at least " + least, value);
        }
    }

    /**
     * Fits the model by Markov chain Monte Carlo.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report and its draws
     * @throws ModelException if the base has fewer customers than the model has parameters, or no repeat purchases
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        SortedHistories histories = SortedHistories.of(NAME, PARAMETERS.size(), base);
        LogNormalHierarchy density = density(histories, new int[] {0, 1}, 0);
        double[][][] draws = draws(density, histories, start(histories), START_REACH, execution);
        toParameters(density, Math.log(histories.meanAge()), draws);
        Posterior posterior =
                Posterior.of(PARAMETERS.stream().map(ParameterDomain::name).toList(), draws);
        Map<String, Double> medians = medians(posterior);
        double logLikelihood = logLikelihood(Fitted.formulas(medians), histories, execution);
        FitReport report = report(medians, posterior, logLikelihood, base).build();
        return new Fitted(report.parameters(), report, posterior);
    }

    /**
     * Returns the model with covariates: the means of ln λ and ln μ depend on attributes of the customer.
     *
     * @param covariates the covariates; at least one
     * @return the model, to be fitted, with the seed and the chains of this one
     * @throws IllegalArgumentException if there is no covariate
     */
    public CovariateModel withCovariates(Covariates covariates) {
        return CovariateModel.of(
                CovariateFamily.HIERARCHICAL_PARETO_NBD,
                covariates,
                (base, coding, effects, rows, execution) ->
                        fitDependent(base, coding, effects, rows, covariates.penalty(), execution));
    }

    private CovariateModel.Fitted fitDependent(
            CustomerBase base,
            CovariateCoding coding,
            CovariateEffects effects,
            CovariateRows rows,
            double penalty,
            Execution execution) {
        int parameters = PARAMETERS.size() + effects.effects.size();
        SortedHistories alike = SortedHistories.of(NAME, parameters, base);
        SortedHistories histories = SortedHistories.of(NAME, parameters, base, standardised(base, coding, rows));
        LogNormalHierarchy density = density(histories, places(coding, effects), penalty);
        double[] start = withEffects(
                middle(density(alike, new int[] {0, 1}, 0), start(alike), START_REACH, execution)
                        .mode(),
                effects,
                0,
                0);
        double[] reach = withEffects(START_REACH, effects, START_EFFECT, 2 * START_EFFECT);
        double[][][] draws = draws(density, histories, start, reach, execution);
        toParameters(density, Math.log(histories.meanAge()), draws);
        Posterior posterior = inRawUnits(draws, effects, rows);
        Map<String, Double> medians = medians(posterior);
        for (ParameterDomain domain : PARAMETERS) {
            if (!domain.contains(FittedAttritionModel.parameter(medians, domain.name()))) {
                throw new ModelException("`" + domain.name() + "` of a customer whose covariates are 0 is out of range;"
                        + " subtract from the covariates what is usual");
            }
        }
        CovariateModel.Fitted estimated =
                new CovariateModel.Fitted(CovariateFamily.HIERARCHICAL_PARETO_NBD, medians, null, coding, null);
        double[] logs = new double[base.size()];
        execution.fill("log-likelihood", logs, (from, to, out) -> estimated.logLikelihoodInto(base, from, to, out));
        double logLikelihood = 0;
        for (int row = 0; row < logs.length; row++) {
            logLikelihood += base.weight(row) * logs[row];
        }
        FitReport.Builder report =
                report(medians, posterior, logLikelihood, base).covariates(coding.levels());
        report.provenance(
                "prior of effects of one standard deviation",
                penalty > 0 ? "N(0, 1/" + penalty + ")" : "N(0, 100 times the covariance)");
        FitReport built = report.build();
        return new CovariateModel.Fitted(
                CovariateFamily.HIERARCHICAL_PARETO_NBD, built.parameters(), built, coding, posterior);
    }

    /** 1, then columns less their means and over their deviations, of each row. */
    private static double[][] standardised(CustomerBase base, CovariateCoding coding, CovariateRows rows) {
        double[] columns = new double[coding.names().size()];
        double[][] known = new double[base.size()][1 + columns.length];
        for (int row = 0; row < known.length; row++) {
            coding.code(CovariateCoding.Source.of(base), row, columns);
            known[row][0] = 1;
            for (int column = 0; column < columns.length; column++) {
                known[row][1 + column] = (columns[column] - rows.mean(column)) / rows.deviation(column);
            }
        }
        return known;
    }

    /** Where in a point of the hierarchy the effects are: after the two means. */
    private static int[] places(CovariateCoding coding, CovariateEffects effects) {
        int[] places = new int[2 * (1 + coding.names().size())];
        Arrays.fill(places, -1);
        places[0] = 0;
        places[1] = 1;
        for (int k = 0; k < effects.effects.size(); k++) {
            Effect effect = effects.effects.get(k);
            for (Target target : effect.targets()) {
                places[2 * (1 + effect.column()) + target.parameter()] = 2 + k;
            }
        }
        return places;
    }

    /** A point without effects with those of purchases, and those of dropout, between the means and the covariance. */
    private static double[] withEffects(double[] point, CovariateEffects effects, double purchases, double dropout) {
        double[] all = Arrays.copyOf(point, point.length + effects.effects.size());
        for (int k = 0; k < effects.effects.size(); k++) {
            boolean both = effects.effects.get(k).targets().size() > 1;
            all[2 + k] = both || effects.effects.get(k).targets().get(0).parameter() == 0 ? purchases : dropout;
        }
        System.arraycopy(point, 2, all, all.length - 3, 3);
        return all;
    }

    /** Takes draws by effects of standard deviations, between the means and the covariance, to the model's order and the data's units. */
    private static Posterior inRawUnits(double[][][] draws, CovariateEffects effects, CovariateRows rows) {
        int size = effects.effects.size();
        double[][][] raw = new double[draws.length][][];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < PARAMETERS.size(); i++) {
            raw[i] = draws[i < 2 ? i : i + size];
            names.add(PARAMETERS.get(i).name());
        }
        for (int k = 0; k < size; k++) {
            Effect effect = effects.effects.get(k);
            double mean = rows.mean(effect.column());
            raw[PARAMETERS.size() + k] = draws[2 + k];
            names.add(effects.parameters.get(k).name());
            for (int chain = 0; chain < draws[0].length; chain++) {
                double[] slopes = draws[2 + k][chain];
                for (int i = 0; i < slopes.length; i++) {
                    slopes[i] /= rows.deviation(effect.column());
                    for (Target target : effect.targets()) {
                        draws[target.parameter()][chain][i] -= slopes[i] * mean;
                    }
                }
            }
        }
        return Posterior.of(names, raw);
    }

    private static Map<String, Double> medians(Posterior posterior) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String parameter : posterior.parameters()) {
            medians.put(parameter, posterior.median(parameter));
        }
        Fitted.holdInside(medians);
        return medians;
    }

    private static double[] start(SortedHistories histories) {
        return new double[] {Math.log(histories.rate() * histories.meanAge()) - 0.5, 0, 0, 0, 0};
    }

    private Laplace middle(LogNormalHierarchy density, double[] start, double[] reach, Execution execution) {
        LogNormalHierarchy wide = density.tabulated(start, reach);
        return Laplace.of(
                point -> {
                    execution.step("fitting " + NAME, 0, chains.sweeps());
                    return wide.at(point);
                },
                start);
    }

    /** Of many histories a part shows where to look. */
    private Laplace middleOfMany(LogNormalHierarchy exact, double[] start, double[] reach, Execution execution) {
        int step = exact.histories() / PART;
        if (step < 2) {
            return middle(exact, start, reach, execution);
        }
        Laplace ofPart = middle(exact.every(step), start, reach, execution);
        return middle(exact, ofPart.mode(), reach(ofPart.covariance()), execution);
    }

    private static double[] reach(double[][] covariance) {
        double[] far = new double[covariance.length];
        for (int i = 0; i < far.length; i++) {
            far[i] = TABLE_REACH * Math.sqrt(covariance[i][i]);
        }
        return far;
    }

    /** The draws of a hierarchy's points, by number, chain and draw. */
    private double[][][] draws(
            LogNormalHierarchy exact, SortedHistories histories, double[] start, double[] reach, Execution execution) {
        Laplace middle = middleOfMany(exact, start, reach, execution);
        double[] mode = middle.mode();
        double[][] covariance = middle.covariance();
        LogNormalHierarchy density = exact.tabulated(mode, reach(covariance));
        return chains.run(
                "fitting " + NAME,
                density.size(),
                histories.size(),
                execution,
                chain -> new IndependenceChain(density, mode, covariance, Sampling.ofSeed(seed, chain)));
    }

    /** The posterior with times in units of the mean age, so that the fit does not depend on the unit. */
    private static LogNormalHierarchy density(SortedHistories histories, int[] places, double penalty) {
        return new LogNormalHierarchy(
                new IndividualLikelihood(histories),
                histories.design,
                histories.customers,
                new double[2],
                places,
                penalty);
    }

    private static void toParameters(LogNormalHierarchy density, double logUnit, double[][][] draws) {
        double[] point = new double[draws.length];
        double[] parameters = new double[draws.length];
        for (int chain = 0; chain < draws[0].length; chain++) {
            for (int i = 0; i < draws[0][chain].length; i++) {
                for (int j = 0; j < point.length; j++) {
                    point[j] = draws[j][chain][i];
                }
                density.parameters(point, parameters);
                for (int j = 0; j < point.length; j++) {
                    draws[j][chain][i] = j < 2 ? parameters[j] - logUnit : parameters[j];
                }
            }
        }
    }

    private FitReport.Builder report(
            Map<String, Double> medians, Posterior posterior, double logLikelihood, CustomerBase base) {
        double rHat = posterior.largestRHat();
        boolean mixed = rHat < LARGEST_R_HAT;
        FitReport.Builder report = FitReport.builder(NAME, medians)
                .timeScale(base.timeScale())
                .covariance(posterior.covariance())
                .logLikelihood(logLikelihood)
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
                .provenance("prior", "inverse Wishart(4, 4 I) and N(-ln of the mean age, 100 times the covariance)")
                .provenance("library", "clv4j " + Version.VERSION);
    }

    private static double logLikelihood(LogNormalRates formulas, SortedHistories histories, Execution execution) {
        double[] logs = new double[histories.size()];
        execution.fill("log-likelihood", logs, (from, to, out) -> {
            for (int i = from; i < to; i++) {
                out[i - from] = histories.customers[i]
                        * formulas.logLikelihood(histories.frequency[i], histories.recency[i], histories.age[i]);
            }
        });
        return Arrays.stream(logs).sum();
    }

    /** The likelihood of histories with known rates, and with log-normal ones; times are in units of the mean age. */
    private static final class IndividualLikelihood implements LogNormalHierarchy.Likelihood {

        private final int[] frequency;
        private final double[] recency;
        private final double[] silence;
        private final double[] age;

        IndividualLikelihood(SortedHistories histories) {
            double unit = histories.meanAge();
            frequency = histories.frequency;
            recency = Arrays.stream(histories.recency).map(time -> time / unit).toArray();
            age = Arrays.stream(histories.age).map(time -> time / unit).toArray();
            silence = new double[age.length];
            for (int i = 0; i < silence.length; i++) {
                silence[i] = (histories.age[i] - histories.recency[i]) / unit;
            }
        }

        /** x purchases draw the density along by x variances, but not beyond the rates that they allow. */
        @Override
        public double highest(int from, int to, double end, double variance) {
            double highest = end;
            for (int i = from; i < to; i++) {
                int x = frequency[i];
                double drawn = end + x * variance;
                if (drawn > highest) {
                    highest = Math.max(highest, Math.min(drawn, Math.log((x + 5 * Math.sqrt(x) + 5) / recency[i])));
                }
            }
            return highest;
        }

        @Override
        public double narrowest() {
            int x = Arrays.stream(frequency).max().orElseThrow();
            return Math.log(x + 5 * Math.sqrt(x) + 5);
        }

        @Override
        public double log(int group, double u, double v) {
            double lambda = Math.exp(u);
            double mu = Math.exp(v);
            double sum = lambda + mu;
            return frequency[group] * u
                    - sum * recency[group]
                    + Math.log((mu + lambda * Math.exp(-sum * silence[group])) / sum);
        }

        @Override
        public double log(int group, LogNormalPair pair) {
            return LogNormalRates.logLikelihood(pair, frequency[group], recency[group], age[group]);
        }
    }

    /** The hierarchical Bayes Pareto/NBD model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        /** So near to a correlation of 1 the two rates are one. */
        private static final double LARGEST_CORRELATION = 1 - 1e-6;

        private final @Nullable Posterior posterior;

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report, @Nullable Posterior posterior) {
            super(NAME, parameters, report, formulas(parameters));
            this.posterior = posterior;
        }

        private static LogNormalRates formulas(Map<String, Double> parameters) {
            return formulas(
                    parameter(parameters, "mean_log_lambda"),
                    parameter(parameters, "mean_log_mu"),
                    parameter(parameters, "var_log_lambda"),
                    parameter(parameters, "var_log_mu"),
                    parameter(parameters, "cov_log"));
        }

        static LogNormalRates formulas(
                double meanLogLambda, double meanLogMu, double varLogLambda, double varLogMu, double covLog) {
            double largest = Math.sqrt(varLogLambda) * Math.sqrt(varLogMu);
            if (!(Math.abs(covLog) < largest * (1 - 1e-12))) {
                throw new IllegalArgumentException(
                        "`cov_log` must be smaller than the square root of var_log_lambda times var_log_mu, " + largest
                                + ", on either side of 0, but was " + covLog);
            }
            return new LogNormalRates(meanLogLambda, meanLogMu, varLogLambda, varLogMu, covLog);
        }

        /** Medians of the elements of matrices are a matrix of their kind but where all of those are next to the border. */
        private static void holdInside(Map<String, Double> medians) {
            double largest = LARGEST_CORRELATION
                    * Math.sqrt(parameter(medians, "var_log_lambda") * parameter(medians, "var_log_mu"));
            medians.merge("cov_log", largest, (cov, most) -> Math.max(-most, Math.min(most, cov)));
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param meanLogLambda mean of ln λ; in (−300, 300)
         * @param meanLogMu mean of ln μ; in (−300, 300)
         * @param varLogLambda variance of ln λ; in (0, 100)
         * @param varLogMu variance of ln μ; in (0, 100)
         * @param covLog covariance of ln λ and ln μ; its square below the product of the variances
         * @return the model, without a report and without draws
         * @throws IllegalArgumentException if a parameter is out of its domain, or the covariance matrix is not positive definite
         */
        public static Fitted of(
                double meanLogLambda, double meanLogMu, double varLogLambda, double varLogMu, double covLog) {
            return new Fitted(
                    Arguments.named(PARAMETERS, meanLogLambda, meanLogMu, varLogLambda, varLogMu, covLog), null, null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report, null);
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
         * Returns the mean of ln λ.
         *
         * @return m₁
         */
        public double meanLogLambda() {
            return parameter("mean_log_lambda");
        }

        /**
         * Returns the mean of ln μ.
         *
         * @return m₂
         */
        public double meanLogMu() {
            return parameter("mean_log_mu");
        }

        /**
         * Returns the variance of ln λ.
         *
         * @return Γ₁₁, above 0
         */
        public double varLogLambda() {
            return parameter("var_log_lambda");
        }

        /**
         * Returns the variance of ln μ.
         *
         * @return Γ₂₂, above 0
         */
        public double varLogMu() {
            return parameter("var_log_mu");
        }

        /**
         * Returns the covariance of ln λ and ln μ.
         *
         * @return Γ₁₂; its square is below the product of the variances
         */
        public double covLog() {
            return parameter("cov_log");
        }
    }
}
