// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import java.util.Map;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.internal.kernel.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The BG/CNBD-k model: as BG/NBD, but purchases are more regular than random: a gap between two of them has k stages.
 *
 * <p><b>Assumptions.</b> While alive a customer's gaps are Erlang-k: each the sum of k exponential stages of rate λ. After every repeat purchase
 * the customer leaves with probability p; λ ~ Gamma(r, α) and p ~ Beta(a, b) over customers, independent. With k = 1 it is {@link BgNbd}.
 *
 * <p><b>Likelihood</b> of x repeat purchases with known gaps, the last at t_x, in (0, T]; ρ = r + kx, m = 0:
 *
 * <pre>
 * L = Π gap^(k−1)/Γ(k)^x · Γ(ρ)/Γ(r) α^r (α+T)^−ρ · B(a, b+x+m)/B(a, b) · (S1 + S2)
 * S1 = [x + m &gt; 0] a/(b+x+m−1) ((α+T)/(α+t_x))^ρ
 * S2 = Σ_(j&lt;k) (ρ)_j/j! ((T−t_x)/(α+T))^j
 * </pre>
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>accessor</th><th>meaning</th></tr>
 * <tr><td>k</td><td>{@link Fitted#k()}</td><td>stages of a gap, 1 to 12; the larger, the more regular the purchases</td></tr>
 * <tr><td>r</td><td>{@link Fitted#r()}</td><td>shape of the stage rate; small means customers differ much</td></tr>
 * <tr><td>α</td><td>{@link Fitted#alpha()}</td><td>rate of the stage rate, in periods; the mean purchase rate is r/(kα) a period</td></tr>
 * <tr><td>a, b</td><td>{@link Fitted#a()}, {@link Fitted#b()}</td><td>shapes of the dropout probability; its mean is a/(a+b)</td></tr>
 * </table>
 *
 * <p><b>Units.</b> Recency, age, gaps, horizon and α are in the periods of the customer base; discount rates are continuous per period.
 *
 * <p><b>Limits.</b> x = 0, t_x = 0, t_x = T and T = 0 are ordinary, and expectations are finite and continuous through a = 1. Without
 * {@link #withK} the fit tries every k and keeps the likeliest, for which the base has to know the gaps: it must be made of transactions.
 * For a stated k summaries do, and the log-likelihood is then without the gaps' factor, which no parameter moves: it compares fits of the
 * same k only. k is a parameter of the report without a standard error; a chosen k counts in AIC and BIC. The other errors are given k. What lies
 * ahead depends on recency too: the silence tells how far the gap at hand has come.
 *
 * <p><b>Numerics.</b> Expectations are exact sums of positive terms over the stages passed and to come, or quadrature over both rates where
 * these are many; nothing is scaled to a cohort. Relative error below 1e-11 on the tested rows. For k = 1 all is computed as {@link BgNbd}
 * does. The fit is BFGS, then Newton, with an analytic gradient, for each k.
 *
 * <p><b>Cost</b> a customer, to the order of magnitude, for k of 2 or 3: 1 µs for an expectation, survival to a date, the next purchase or
 * a probability of n, 50 µs for a discounted expectation of a finite horizon, 100 µs for an infinite one; for k = 12 up to twenty times as
 * much. In a batch, once a distinct history. A fit costs one of {@link BgNbd} for every k that is tried, each somewhat dearer.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>References: T. Reutterer, M. Platzer, N. Schröder, Leveraging purchase regularity for predicting customer behavior the easy way,
 * International Journal of Research in Marketing 38 (2021), <a
 * href="https://doi.org/10.1016/j.ijresmar.2020.09.002">doi:10.1016/j.ijresmar.2020.09.002</a>.
 */
public final class BgCnbdK implements TransactionModel {

    /** The name by which files and commands know the model. */
    public static final String NAME = "bg-cnbd-k";

    static final List<ParameterDomain> PARAMETERS = FittedCnbdK.PARAMETERS;

    private static final BgCnbdK DEFAULTS = new BgCnbdK(0, Priors.NONE);

    /** k, or 0 to choose it. */
    private final int k;

    private final Priors priors;

    private BgCnbdK(int k, Priors priors) {
        this.k = k;
        this.priors = priors;
    }

    /**
     * Returns the model, which chooses k by likelihood.
     *
     * @return the model, to be fitted
     */
    public static BgCnbdK withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a model with a stated k.
     *
     * @param k the stages of a gap; 1 to 12
     * @return the model, to be fitted
     * @throws IllegalArgumentException if k is out of its range
     */
    public static BgCnbdK withK(int k) {
        return new BgCnbdK(FittedCnbdK.checkK(k), Priors.NONE);
    }

    /**
     * Returns a copy that believes something of a parameter before it sees data: that it is log-normal about a median. See
     * {@link BgNbd#withPrior}. k itself has none.
     *
     * @param parameter the parameter's name: r, alpha, a or b
     * @param median the median, in the parameter's unit; finite, above 0
     * @param logStandardDeviation the standard deviation of the parameter's logarithm; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if there is no such parameter, or a value is out of its range
     */
    public BgCnbdK withPrior(String parameter, double median, double logStandardDeviation) {
        return new BgCnbdK(k, priors.with(PARAMETERS.subList(1, 5), parameter, median, logStandardDeviation));
    }

    /**
     * Fits the model by maximum likelihood.
     *
     * @param base the customers; weights count as repetitions
     * @return the fitted model with its report
     * @throws ModelException if the base has fewer than four customers, no repeat purchases, or, where k is to be chosen, no gaps
     */
    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        return Fitted.ofReport(FittedCnbdK.fit(NAME, false, k, priors, base, execution));
    }

    /** The BG/CNBD-k model with its parameters. Immutable and thread-safe. */
    public static final class Fitted extends FittedCnbdK {

        private Fitted(Map<String, Double> parameters, @Nullable FitReport report) {
            super(NAME, parameters, report, false);
        }

        /**
         * Returns the model with stated parameters.
         *
         * @param k stages of a gap; 1 to 12
         * @param r shape of the stage rate; finite, above 0
         * @param alpha rate of the stage rate, in periods; finite, above 0
         * @param a first shape of the dropout probability; finite, above 0
         * @param b second shape of the dropout probability; finite, above 0
         * @return the model, without a report
         * @throws IllegalArgumentException if a parameter is out of its domain
         */
        public static Fitted of(int k, double r, double alpha, double a, double b) {
            return new Fitted(Arguments.named(PARAMETERS, k, r, alpha, a, b), null);
        }

        static Fitted ofParameters(double... values) {
            return new Fitted(Arguments.named(PARAMETERS, values), null);
        }

        static Fitted ofReport(FitReport report) {
            return new Fitted(report.parameters(), report);
        }
    }
}
