// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.gamma.LogGamma;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.AttritionFormulas;
import org.clv4j.models.internal.kernel.BetaGeometric;
import org.clv4j.models.internal.kernel.BetaGeometricLikelihood;
import org.clv4j.models.internal.kernel.ErlangGeometric;
import org.clv4j.models.internal.kernel.ErlangGeometricLikelihood;
import org.jspecify.annotations.Nullable;

/** What {@link BgCnbdK} and {@link MbgCnbdK} have in common, fitted. Immutable and thread-safe. */
public abstract sealed class FittedCnbdK extends FittedAttritionModel permits BgCnbdK.Fitted, MbgCnbdK.Fitted {

    /** The largest k. */
    static final int MAX_K = 12;

    static final List<ParameterDomain> PARAMETERS = withK();

    private static List<ParameterDomain> withK() {
        List<ParameterDomain> parameters = new ArrayList<>();
        parameters.add(new ParameterDomain("k", 0, MAX_K + 1, "stages of a gap between purchases, a whole number"));
        parameters.add(ParameterDomain.positive("r", "shape of the stage rate"));
        parameters.add(ParameterDomain.positive("alpha", "rate of the stage rate, in periods"));
        parameters.addAll(BgNbd.PARAMETERS.subList(2, 4));
        return List.copyOf(parameters);
    }

    FittedCnbdK(String name, Map<String, Double> parameters, @Nullable FitReport report, boolean modified) {
        super(name, parameters, report, formulas(parameters, modified));
    }

    private static AttritionFormulas formulas(Map<String, Double> parameters, boolean modified) {
        int k = checkK(parameter(parameters, "k"));
        double r = parameter(parameters, "r");
        double alpha = parameter(parameters, "alpha");
        double a = parameter(parameters, "a");
        double b = parameter(parameters, "b");
        return k == 1 ? new BetaGeometric(r, alpha, a, b, modified) : new ErlangGeometric(k, r, alpha, a, b, modified);
    }

    static int checkK(double k) {
        if (!(k >= 1 && k <= MAX_K && k == Math.rint(k))) {
            throw Arguments.outOfRange("k", "a whole number from 1 to " + MAX_K, k);
        }
        return (int) k;
    }

    /** Fits for a k, or for all of them, of which the likeliest is kept. */
    static FitReport fit(
            String name, boolean modified, int statedK, Priors priors, CustomerBase base, Execution execution) {
        if (statedK > 0) {
            return fit(name, modified, statedK, true, priors, base, execution, null);
        }
        if (!base.hasGaps()) {
            throw new ModelException(name + " chooses k by the gaps between purchases, which summaries do not have; "
                    + "fit it to transactions, or state k by withK");
        }
        FitReport last = fit(name, modified, 1, false, priors, base, execution, null);
        FitReport best = last;
        for (int k = 2; k <= MAX_K; k++) {
            last = fit(name, modified, k, false, priors, base, execution, last);
            boolean better =
                    last.logLikelihood().orElseThrow() > best.logLikelihood().orElseThrow();
            best = better ? last : best;
        }
        return best == last ? best.withWarnings(atTheLargest(best)) : best;
    }

    private static List<FitWarning> atTheLargest(FitReport report) {
        List<FitWarning> warnings = new ArrayList<>(report.warnings());
        warnings.add(new FitWarning(
                FitWarning.Condition.BOUNDARY,
                "the largest `k`, " + MAX_K + ", is the likeliest; purchases are more regular than the model can say"));
        return warnings;
    }

    private static FitReport fit(
            String name,
            boolean modified,
            int k,
            boolean isStated,
            Priors priors,
            CustomerBase base,
            Execution execution,
            @Nullable FitReport before) {
        AttritionFit fit = AttritionFit.of(name, PARAMETERS.subList(1, 5), priors, base, execution);
        fit.time(1)
                .start(0.5, 0.25 * k / fit.rate, 1, 2.5)
                .start(1, 0.7 * k / fit.rate, 0.5, 3)
                .start(3, 2.5 * k / fit.rate, 1, 8);
        if (before != null) {
            Map<String, Double> values = before.parameters();
            fit.start(
                    parameter(values, "r"),
                    parameter(values, "alpha") * k / (k - 1.0),
                    parameter(values, "a"),
                    parameter(values, "b"));
        }
        double gaps = k == 1 ? 0 : gaps(k, base);
        FitReport report = fit.fit((rows, how) -> k == 1
                ? new BetaGeometricLikelihood(rows, modified, how)
                : new ErlangGeometricLikelihood(rows, k, modified, gaps, how));
        return FirstParameter.of("k", k, isStated, report);
    }

    /** The mean of (k−1) Σ ln gap − x ln Γ(k) over customers; 0 where the gaps are not known. */
    private static double gaps(int k, CustomerBase base) {
        double sum = 0;
        for (int row = 0; row < base.size(); row++) {
            sum += base.weight(row) * gaps(k, base, row);
        }
        return sum / base.totalWeight();
    }

    private static double gaps(int k, CustomerBase base, int row) {
        return base.hasGaps() ? (k - 1) * base.sumOfLogGaps(row) - base.frequency(row) * LogGamma.value(k) : 0;
    }

    /**
     * Writes the log-likelihood of rows of a base. Where the base knows the gaps between purchases, it includes (k−1) Σ ln gap − x ln Γ(k),
     * so that models and values of k compare; {@link #logLikelihood} of a history alone is without that term.
     */
    @Override
    public void logLikelihoodInto(CustomerBase base, int from, int to, double[] out) {
        super.logLikelihoodInto(base, from, to, out);
        int k = k();
        if (k > 1 && base.hasGaps()) {
            for (int row = from; row < to; row++) {
                out[row - from] += gaps(k, base, row);
            }
        }
    }

    /**
     * Returns the number of stages of a gap between purchases.
     *
     * @return k, from 1, which is random purchases, to 12, which is regular ones
     */
    public int k() {
        return (int) parameter("k");
    }

    /**
     * Returns the shape of the stage rate.
     *
     * @return r, above 0
     */
    public double r() {
        return parameter("r");
    }

    /**
     * Returns the rate of the stage rate.
     *
     * @return α in periods, above 0; the mean purchase rate is r/(kα)
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
