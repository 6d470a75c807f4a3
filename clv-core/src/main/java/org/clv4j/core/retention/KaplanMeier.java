// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import java.util.Optional;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.internal.NormalQuantile;
import org.clv4j.core.value.RetentionRate;

/**
 * The observed survival of customers under contract, without a model: the product-limit estimate.
 *
 * <p>Customers who are still there when last seen count among those at risk as long as they were seen. With d<sub>i</sub> of
 * n<sub>i</sub> at risk leaving at opportunity i,
 *
 * <pre>
 * S(n) = Π (1 − d_i/n_i) over i ≤ n,      Var S(n) ≈ S(n)² Σ d_i/(n_i (n_i − d_i))      (Greenwood)
 * </pre>
 *
 * <p>Intervals are those of ln(−ln S), which stay within (0, 1); there is none where nobody has left, or all have. Beyond the last
 * opportunity that somebody had, nothing is observed, and a question is refused: only a model can go on from there, which has to be named
 * ({@code ContinuedSurvival} of clv-models).
 *
 * <p>This class is immutable and thread-safe.
 *
 * <p>Sources: E. L. Kaplan and P. Meier (1958), <a href="https://doi.org/10.1080/01621459.1958.10501452">doi:10.1080/01621459.1958.10501452</a>;
 * J. D. Kalbfleisch and R. L. Prentice, The Statistical Analysis of Failure Time Data, for the intervals.
 */
public final class KaplanMeier {

    /**
     * An interval of a survival.
     *
     * @param lower the lower end, above 0
     * @param upper the upper end, below 1
     */
    public record Interval(double lower, double upper) {}

    /** Of fewer customers than this a rate is mostly chance. */
    private static final double RELIABLE = 30;

    private final double[] lost;
    private final double[] atRisk;
    private final double[] survival;
    /** Σ d/(n(n − d)) up to an opportunity; infinite where the last one left. */
    private final double[] greenwood;

    private KaplanMeier(double[] lost, double[] atRisk, double[] survival, double[] greenwood) {
        this.lost = lost;
        this.atRisk = atRisk;
        this.survival = survival;
        this.greenwood = greenwood;
    }

    /**
     * Takes the survival of customers.
     *
     * @param data how long they stayed
     * @return the survival
     * @throws DataException if there are no customers
     */
    public static KaplanMeier of(RetentionData data) {
        if (data.size() == 0) {
            throw new DataException("there are no customers of whom to tell the survival");
        }
        double[] lost = data.lost();
        double[] censored = data.censored();
        int size = lost.length;
        double[] atRisk = new double[size];
        double seen = 0;
        for (int n = size - 1; n >= 0; n--) {
            // Who was last seen after opportunity n was at risk at it; who left at it, too.
            seen += lost[n] + censored[n];
            atRisk[n] = seen;
        }
        double[] survival = new double[size];
        double[] greenwood = new double[size];
        survival[0] = 1;
        for (int n = 1; n < size; n++) {
            double stayed = atRisk[n] - lost[n];
            survival[n] = survival[n - 1] * (stayed / atRisk[n]);
            greenwood[n] = greenwood[n - 1] + (lost[n] == 0 ? 0 : lost[n] / (atRisk[n] * stayed));
        }
        return new KaplanMeier(lost, atRisk, survival, greenwood);
    }

    /**
     * Returns the last opportunity that somebody had.
     *
     * @return the opportunity, at least 0
     */
    public int last() {
        return survival.length - 1;
    }

    /**
     * Returns the last opportunity that at least 30 customers had, up to which an estimate is more than chance.
     *
     * @return the opportunity; 0 if there is none
     */
    public int lastReliable() {
        int reliable = 0;
        while (reliable < last() && atRisk[reliable + 1] >= RELIABLE) {
            reliable++;
        }
        return reliable;
    }

    /**
     * Returns how many customers were still there before an opportunity, and were seen at it.
     *
     * @param opportunity n; at least 1
     * @return the number; 0 beyond the {@link #last}
     * @throws IllegalArgumentException if the opportunity is below 1
     */
    public double atRisk(int opportunity) {
        requireOpportunity(opportunity);
        return opportunity <= last() ? atRisk[opportunity] : 0;
    }

    /**
     * Returns how many customers left at an opportunity.
     *
     * @param opportunity n; at least 1
     * @return the number; 0 beyond the {@link #last}
     * @throws IllegalArgumentException if the opportunity is below 1
     */
    public double lost(int opportunity) {
        requireOpportunity(opportunity);
        return opportunity <= last() ? lost[opportunity] : 0;
    }

    /**
     * Returns the part of those at risk who renewed at an opportunity.
     *
     * @param opportunity n; at least 1, at most the {@link #last}
     * @return the rate
     * @throws IllegalArgumentException if nobody was at risk
     */
    public RetentionRate retentionRate(int opportunity) {
        requireOpportunity(opportunity);
        requireObserved(opportunity);
        return RetentionRate.of((atRisk[opportunity] - lost[opportunity]) / atRisk[opportunity]);
    }

    /**
     * Returns the part of the customers who stayed for a number of renewals.
     *
     * @param renewals n; at least 0, at most the {@link #last}
     * @return S(n), in [0, 1]
     * @throws IllegalArgumentException if the number is beyond what was observed
     */
    public double survival(int renewals) {
        requireRenewals(renewals);
        requireObserved(renewals);
        return survival[renewals];
    }

    /**
     * Returns the standard error of an observed survival, by Greenwood's formula.
     *
     * @param renewals n; at least 0, at most the {@link #last}
     * @return the standard error, at least 0; 0 where nobody has left, or nobody is left
     * @throws IllegalArgumentException if the number is beyond what was observed
     */
    public double standardError(int renewals) {
        requireRenewals(renewals);
        requireObserved(renewals);
        return survival[renewals] == 0 ? 0 : survival[renewals] * Math.sqrt(greenwood[renewals]);
    }

    /**
     * Returns an interval of an observed survival.
     *
     * @param renewals n; at least 0, at most the {@link #last}
     * @param level how sure the interval is to hold the survival, as 0.95; in (0, 1)
     * @return the interval, or empty where nobody has left, or nobody is left
     * @throws IllegalArgumentException if the number is beyond what was observed, or the level out of its range
     */
    public Optional<Interval> interval(int renewals, double level) {
        double deviations = NormalQuantile.twoSided(level);
        double centre = survival(renewals);
        if (centre == 0 || centre == 1) {
            return Optional.empty();
        }
        double log = Math.log(centre);
        double width = deviations * Math.sqrt(greenwood[renewals]) / -log;
        return Optional.of(new Interval(Math.exp(log * Math.exp(width)), Math.exp(log * Math.exp(-width))));
    }

    private static void requireOpportunity(int opportunity) {
        if (opportunity < 1) {
            throw new IllegalArgumentException("`opportunity` must be at least 1, but was " + opportunity);
        }
    }

    private static void requireRenewals(int renewals) {
        if (renewals < 0) {
            throw new IllegalArgumentException("`renewals` must be at least 0, but was " + renewals);
        }
    }

    private void requireObserved(int renewals) {
        if (renewals > last()) {
            throw new IllegalArgumentException("`renewals` must be at most " + last()
                    + ", beyond which nothing was observed, but was "
                    + renewals);
        }
    }
}
