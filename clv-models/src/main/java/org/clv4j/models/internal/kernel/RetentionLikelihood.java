// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import java.util.List;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Effect;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.Lifetime;

/**
 * The mean negative log-likelihood of lifetimes of which the opportunity is known at which they ended, or that they had not ended by:
 * S(n − 1) − S(n) or S(n). Parameters come first, then the effects of covariates, each of which moves the logarithm of a parameter.
 */
public final class RetentionLikelihood implements Objective {

    /** Makes a lifetime of the parameters of one profile. */
    @FunctionalInterface
    public interface Lifetimes {
        /**
         * Makes the lifetime.
         *
         * @param parameters the parameters in the model's order
         * @return the lifetime
         */
        Lifetime of(double... parameters);
    }

    private final RetentionRows rows;
    private final int parameters;
    private final List<Effect> effects;
    private final Lifetimes lifetimes;

    /**
     * Prepares a likelihood.
     *
     * @param rows the customers
     * @param parameters how many parameters come before the effects
     * @param effects the effects
     * @param lifetimes the model
     */
    public RetentionLikelihood(RetentionRows rows, int parameters, List<Effect> effects, Lifetimes lifetimes) {
        this.rows = rows;
        this.parameters = parameters;
        this.effects = effects;
        this.lifetimes = lifetimes;
    }

    @Override
    public double evaluate(double[] point, double[] gradient) {
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (RetentionRows.Profile profile : rows.profiles()) {
            double[] own = own(point, profile.columns());
            double[] byLogs = new double[parameters];
            sum += logLikelihood(lifetimes.of(own), profile.cells(), byLogs);
            for (int i = 0; i < parameters; i++) {
                gradient[i] -= byLogs[i] / point[i] / rows.customers();
            }
            for (int k = 0; k < effects.size(); k++) {
                double column = profile.columns().get(effects.get(k).column());
                for (Target target : effects.get(k).targets()) {
                    gradient[parameters + k] -= target.sign() * column * byLogs[target.parameter()] / rows.customers();
                }
            }
        }
        return -sum / rows.customers();
    }

    private double[] own(double[] point, List<Double> columns) {
        double[] own = Arrays.copyOf(point, parameters);
        for (int k = 0; k < effects.size(); k++) {
            for (Target target : effects.get(k).targets()) {
                own[target.parameter()] *= Math.exp(target.sign()
                        * point[parameters + k]
                        * columns.get(effects.get(k).column()));
            }
        }
        return own;
    }

    private double logLikelihood(Lifetime life, List<RetentionRows.Cell> cells, double[] byLogs) {
        double sum = 0;
        double[] gradient = new double[parameters];
        for (RetentionRows.Cell cell : cells) {
            int n = cell.opportunities();
            if (cell.censored() > 0 && n > 0) {
                sum += cell.censored() * life.logSurvival(0, n, gradient);
                add(byLogs, cell.censored(), gradient);
            }
            if (cell.lost() > 0) {
                if (n > 1) {
                    sum += cell.lost() * life.logSurvival(0, n - 1.0, gradient);
                    add(byLogs, cell.lost(), gradient);
                }
                double stays = life.logSurvival(n - 1.0, 1, gradient);
                sum += cell.lost() * Math.log(-Math.expm1(stays));
                // Where nobody stays, the derivative is 0, not 0 · ∞.
                if (stays > Double.NEGATIVE_INFINITY) {
                    add(byLogs, -cell.lost() / Math.expm1(-stays), gradient);
                }
            }
        }
        return sum;
    }

    private static void add(double[] sum, double weight, double[] terms) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * terms[i];
        }
    }
}
