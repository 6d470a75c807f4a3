// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.PeriodicDeath;
import org.clv4j.models.internal.kernel.PeriodicDeathLikelihood;
import org.jspecify.annotations.Nullable;

/**
 * The periodic-death-opportunity model: customers buy at random times, but can leave only now and then, at intervals of the same length.
 *
 * <p><b>Assumptions.</b> While alive a customer buys as a Poisson process of rate λ. At τ, 2τ, 3τ, … after the first purchase there is
 * an opportunity to leave, which the customer takes with probability θ. λ ~ Gamma(r, α) and θ ~ Beta(a, b) over customers,
 * independent; τ is the same for all. It is each customer's own time that counts, not the calendar's.
 *
 * <p><b>Likelihood</b> of x repeat purchases, the last at t_x, in (0, T]; m = ⌊T/τ⌋:
 *
 * <pre>
 * L = Γ(r+x)/Γ(r) α^r · [ (α+T)^−(r+x) B(a, b+m)/B(a, b) + Σ (α+jτ)^−(r+x) B(a+1, b+j−1)/B(a, b) over j ≥ 1 with jτ in [t_x, T] ]
 * </pre>
 *
 * <p><b>Ties.</b> At one and the same moment a purchase comes first, then the opportunity to leave, and now is after both. Who bought at
 * jτ may leave at jτ, and who is alive at T = jτ has stayed there. A time within a millionth of τ of an opportunity is at it, so that 3
 * and 21/7, or the digits of a file, are the same. On a grid of days ties are many where customers come back on the same day of the week.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>τ</td><td>{@link Fitted#tau()}</td><td>interval between opportunities to leave, in periods</td></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the purchase rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the purchase rate, in periods; the mean rate is r/α a period</td></tr>
 * <tr><td>a, b</td><td>{@link Fitted#a()}, {@link Fitted#b()}</td><td>shapes of the probability of leaving at an opportunity; its mean
 *     is a/(a+b)</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Recency, age, horizon, τ and α are in the periods of the customer base; discount rates are continuous per period. The
 * expected dropout rate is the probability of leaving at an opportunity.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T, T = 0 and a = 1 are ordinary. P(alive) is 1 without an opportunity since the last purchase. As τ goes to 0 with b τ kept, the model becomes
 * {@link ParetoNbd} with s = a and β = bτ; where τ exceeds all ages it is {@link Nbd}. P(alive) and P(alive later) jump at opportunities.
 * An age or a horizon may be 5e8 intervals long; one that is longer is refused.
 *
 * <p><b>The interval</b> is stated by {@link #withInterval}, or chosen: {@link #withDefaults} fits every whole number of periods from 1 to
 * 40 that fits at least twice into the longest age, and keeps the likeliest; {@link #profile(CustomerBase)} shows all of them. As a
 * function of τ the likelihood jumps wherever an opportunity passes a purchase, so there is no standard error of τ; the other errors are
 * given τ. A chosen τ counts as a parameter in AIC and BIC, a stated one does not.
 *
 * <p><b>Numerics.</b> Exact sums of positive terms over opportunities; long ones by a quadrature for sums, so that a million
 * opportunities cost little more than a hundred. P(alive) of a heavy buyer long silent underflows to exactly 0. The fit is BFGS, then
 * Newton, with an analytic gradient.
 *
 * <p><b>Cost</b> a customer: a sum over the opportunities of the silence for P(alive), of the horizon for an expectation; a few
 * microseconds each. The time to the next purchase and its quantiles take a quadrature an opportunity, the rates and a draw two sums. A fit
 * is a sum over the opportunities of every customer's silence an evaluation; with defaults it is up to forty fits.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: K. Jerath, P. S. Fader, B. G. S. Hardie, New perspectives on customer “death” using a generalization of the Pareto/NBD
 * model, Marketing Science 30 (2011), <a href="https://doi.org/10.1287/mksc.1110.0654">doi:10.1287/mksc.1110.0654</a>.
 */
public final class PeriodicDeathOpportunity implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "pdo";

    static final List<ParameterDomain> PARAMETERS = List.of(
            ParameterDomain.positive("tau", "interval between opportunities to leave, in periods"),
            ParameterDomain.positive("r", "shape of the purchase rate"),
            ParameterDomain.positive("alpha", "rate of the purchase rate, in periods"),
            ParameterDomain.positive("a", "first shape of the dropout probability"),
            ParameterDomain.positive("b", "second shape of the dropout probability"));

    /** What is estimated of an interval. */
    private static final List<ParameterDomain> ESTIMATED = PARAMETERS.subList(1, 5);

    /** The longest interval that is tried, in periods. */
    private static final int LONGEST = 40;
    /** More opportunities than this in the longest age are no longer told from continuous dropout, and cost much. */
    private static final double MOST_OPPORTUNITIES = 10_000;

    private static final PeriodicDeathOpportunity DEFAULTS = new PeriodicDeathOpportunity(0, Priors.NONE);

    /** τ, or 0 to choose it. */
    private final double tau;

    private final Priors priors;

    private PeriodicDeathOpportunity(double tau, Priors priors) {
        this.tau = tau;
        this.priors = priors;
    }

    /**
     * Returns the model, which chooses the interval by likelihood among whole numbers of periods.
     *
     * @return the model, to be fitted
     */
    public static PeriodicDeathOpportunity withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a model of a stated interval.
     *
     * @param tau the interval between opportunities to leave, in periods; finite, above 0
     * @return the model, to be fitted
     * @throws IllegalArgumentException if the interval is out of its range
     */
    public static PeriodicDeathOpportunity withInterval(double tau) {
        return new PeriodicDeathOpportunity(PARAMETERS.get(0).check(tau), Priors.NONE);
    }

    /**
     * Returns a copy that believes something of a parameter before it sees data: that it is log-normal about a median. The belief weighs
     * as much as one observation of the parameter would, whatever the number of customers, so that it decides where the data are silent
     * and fades where they speak. The report's log-likelihood is that of the data alone; its standard errors take the belief into account.
     * The interval has none.
     *
     * @param parameter the parameter's name: r, alpha, a or b
     * @param median the median, in the parameter's unit; finite, above 0
     * @param logStandardDeviation the standard deviation of the parameter's logarithm; finite, above 0: 1 allows a factor of 7 either way
     *     with a probability of .95
     * @return the copy
     * @throws IllegalArgumentException if there is no such parameter, or a value is out of its range
     */
    public PeriodicDeathOpportunity withPrior(String parameter, double median, double logStandardDeviation) {
        return new PeriodicDeathOpportunity(tau, priors.with(ESTIMATED, parameter, median, logStandardDeviation));
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if the base has fewer than four customers or no repeat purchases, if no customer is as old as the interval,
     *     if the longest age has more than 10,000 intervals, or, where the interval is to be chosen, if no customer is two periods old
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        if (tau > 0) {
            return Fitted.ofReport(fit(tau, true, base, execution, null));
        }
        List<IntervalFit> tried = profile(base, intervals(base), execution);
        IntervalFit best = tried.get(0);
        for (IntervalFit fit : tried) {
            best = fit.logLikelihood > best.logLikelihood ? fit : best;
        }
        return Fitted.ofReport(best.report.withProvenance(
                "interval",
                "the likeliest of "
                        + tried.stream().map(fit -> "" + fit.interval).collect(Collectors.joining(", "))));
    }

    /**
     * What the data say of an interval.
     *
     * @param interval τ, in periods
     * @param logLikelihood the highest log-likelihood that the model with this interval reaches
     * @param report the report of the fit
     */
    public record IntervalFit(double interval, double logLikelihood, FitReport report) {}

    /**
     * Fits the model for every interval that {@link #withDefaults} tries, whatever interval this one states.
     *
     * @param base the customers; weights count as repetitions
     * @return the fits, in ascending order of their intervals
     * @throws ModelException if the base has fewer than four customers or no repeat purchases, or no customer is two periods old
     */
    public List<IntervalFit> profile(CustomerBase base) {
        return profile(base, intervals(base));
    }

    /**
     * Fits the model for stated intervals. Each fit starts from where the one before ended, so neighbours should stand side by side.
     *
     * @param base the customers; weights count as repetitions
     * @param intervals the intervals, in periods; each finite, above 0
     * @return the fits, in the order of the intervals
     * @throws IllegalArgumentException if an interval is out of its range
     * @throws ModelException if a fit of one of them would be refused
     */
    public List<IntervalFit> profile(CustomerBase base, List<? extends Number> intervals) {
        return profile(base, intervals, Execution.sequential());
    }

    /**
     * Fits the model for stated intervals, as {@link #profile(CustomerBase, List)} does, with threads, progress and cancellation.
     *
     * @param base the customers; weights count as repetitions
     * @param intervals the intervals, in periods; each finite, above 0
     * @param execution how the fits are run; results do not depend on it
     * @return the fits, in the order of the intervals
     * @throws IllegalArgumentException if an interval is out of its range
     * @throws ModelException if a fit of one of them would be refused
     */
    public List<IntervalFit> profile(CustomerBase base, List<? extends Number> intervals, Execution execution) {
        for (Number interval : intervals) {
            PARAMETERS.get(0).check(interval.doubleValue());
        }
        List<IntervalFit> fits = new ArrayList<>();
        FitReport before = null;
        for (Number interval : intervals) {
            before = fit(interval.doubleValue(), false, base, execution, before);
            fits.add(new IntervalFit(
                    interval.doubleValue(), before.logLikelihood().orElseThrow(), before));
        }
        return List.copyOf(fits);
    }

    /** The whole numbers of periods, up to 40, that fit at least twice into the longest age: two opportunities tell a from b. */
    private static List<Integer> intervals(CustomerBase base) {
        double longest = 0;
        for (int row = 0; row < base.size(); row++) {
            longest = Math.max(longest, base.age(row));
        }
        List<Integer> intervals = new ArrayList<>();
        for (int periods = 1; periods <= LONGEST && PeriodicDeath.opportunities(longest, periods) >= 2; periods++) {
            intervals.add(periods);
        }
        if (intervals.isEmpty()) {
            throw new ModelException(NAME + " tries intervals of whole periods, but no customer is as old as two: the"
                    + " longest age is " + longest + "; summarise by a shorter period, or state the interval");
        }
        return intervals;
    }

    private FitReport fit(
            double interval, boolean isStated, CustomerBase base, Execution execution, @Nullable FitReport before) {
        AttritionFit fit = AttritionFit.of(NAME, ESTIMATED, priors, base, execution);
        double opportunities = fit.longestAge / interval;
        if (PeriodicDeath.opportunities(fit.longestAge, interval) == 0) {
            throw new ModelException(NAME + ": nobody had an opportunity to leave, because the longest age, "
                    + fit.longestAge + ", is below the interval " + interval + "; state a shorter one, or use nbd");
        }
        if (opportunities > MOST_OPPORTUNITIES) {
            throw new ModelException(NAME + ": the interval " + interval + " is below a 10,000th of the longest age, "
                    + fit.longestAge + "; state a longer one, or use pareto-nbd, the limit of short intervals");
        }
        fit.time(1)
                .scale(3, opportunities)
                .start(0.5, 0.25 / fit.rate, 0.5, opportunities / 3)
                .start(1, 0.7 / fit.rate, 1, opportunities)
                .start(3, 2.5 / fit.rate, 0.5, opportunities);
        if (before != null) {
            Map<String, Double> values = before.parameters();
            // A dropout probability is to an interval as a rate is to time.
            fit.start(
                    FittedAttritionModel.parameter(values, "r"),
                    FittedAttritionModel.parameter(values, "alpha"),
                    FittedAttritionModel.parameter(values, "a"),
                    FittedAttritionModel.parameter(values, "b")
                            * FittedAttritionModel.parameter(values, "tau")
                            / interval);
        }
        return FirstParameter.of(
                "tau", interval, isStated, fit.fit((rows, how) -> new PeriodicDeathLikelihood(rows, interval, how)));
    }

    /** The periodic-death-opportunity model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedAttritionModel {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(
                    NAME,
                    parameters,
                    report,
                    new PeriodicDeath(
                            parameter(parameters, "tau"),
                            parameter(parameters, "r"),
                            parameter(parameters, "alpha"),
                            parameter(parameters, "a"),
                            parameter(parameters, "b")));
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param tau interval between opportunities to leave, in periods; finite, above 0
         * @param r shape of the purchase rate; finite, above 0
         * @param alpha rate of the purchase rate, in periods; finite, above 0
         * @param a first shape of the dropout probability; finite, above 0
         * @param b second shape of the dropout probability; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(double tau, double r, double alpha, double a, double b) {
            return new Fitted(Arguments.named(PARAMETERS, tau, r, alpha, a, b), null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }

        /**
         * Returns the interval between opportunities to leave.
         *
         * @return τ in periods, above 0
         */
        public double tau() {
            return parameter("tau");
        }

        /**
         * Returns the shape of the purchase rate.
         *
         * @return r, above 0
         */
        public double r() {
            return parameter("r");
        }

        /**
         * Returns the rate of the purchase rate.
         *
         * @return α in periods, above 0
         */
        public double alpha() {
            return parameter("alpha");
        }

        /**
         * Returns the first shape of the dropout probability.
         *
         * @return a, above 0
         */
        public double a() {
            return parameter("a");
        }

        /**
         * Returns the second shape of the dropout probability.
         *
         * @return b, above 0
         */
        public double b() {
            return parameter("b");
        }
    }
}
