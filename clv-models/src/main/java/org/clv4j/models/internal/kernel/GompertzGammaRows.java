// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.models.internal.special.GaussLegendre;
import org.clv4j.models.internal.special.GompertzRace;
import org.clv4j.models.internal.special.Rising;

/**
 * The GGompertz/NBD log-likelihood of single customers whose scales α and β differ, with its derivatives by (r, α, b, s, β).
 *
 * <p>With Φ(t) = (r+x) ln(1 + t/α) + s G(t) and the hazard h(t) = sb/κ(t) at age t, ln L = ln (r)_x − x ln α + ln[e<sup>−Φ(T)</sup> + ∫
 * h e<sup>−Φ</sup> over (t_x, T]]. So the gradient is a mean, over what may have become of the customer, of −Φ<sub>θ</sub>(T) if she is
 * alive and of (ln h)<sub>θ</sub>(t) − Φ<sub>θ</sub>(t) if she died at t: one quadrature gives the value and all derivatives.
 */
public final class GompertzGammaRows implements RowKernel {

    private static final double NEGLIGIBLE = 1e-18;

    private double alpha;
    private double b;
    private double s;
    private double beta;

    // Of the customer at hand: e^−u + D, and the derivatives in the same proportion.
    double mass;
    double byR;
    double byAlpha;
    double byB;
    double byS;
    double byBeta;

    @Override
    public void evaluate(
            int x,
            int size,
            double[] recency,
            double[] age,
            double[][] parameters,
            double[] logLikelihood,
            double[][] gradient) {
        double r = parameters[0][0];
        double logRising = Rising.log(r, x);
        double dLogRising = Rising.reciprocals(r, 0, x);
        for (int i = 0; i < size; i++) {
            set(parameters[1][i], parameters[2][i], parameters[3][i], parameters[4][i]);
            double logRest = evaluate(r + x, recency[i], age[i]);
            logLikelihood[i] = logRising - x * Math.log(alpha) + logRest;
            gradient[0][i] = dLogRising + byR / mass;
            gradient[1][i] = byAlpha / mass - x / alpha;
            gradient[2][i] = byB / mass;
            gradient[3][i] = byS / mass;
            gradient[4][i] = byBeta / mass;
        }
    }

    /** Sets the parameters of the customers to come. */
    void set(double newAlpha, double newB, double newS, double newBeta) {
        alpha = newAlpha;
        b = newB;
        s = newS;
        beta = newBeta;
    }

    /** Evaluates a customer without what depends on the frequency alone; {@link #mass} and its derivatives are of her thereafter. */
    double evaluate(double rho, double recency, double age) {
        sum(rho, recency, age);
        return Math.log(mass) - rho * Math.log1p(recency / alpha) - s * GompertzRace.growth(b, beta, recency);
    }

    private void sum(double rho, double recency, double age) {
        GompertzRace race = GompertzRace.of(rho, alpha + recency, s, b, GompertzRace.later(b, beta, recency));
        double silence = age - recency;
        double atLast = rho * Math.log1p(recency / alpha) + s * GompertzRace.growth(b, beta, recency);
        mass = 0;
        byR = 0;
        byAlpha = 0;
        byB = 0;
        byS = 0;
        byBeta = 0;
        addAlive(rho, age, Math.exp(-race.exponent(silence)));
        double y = 0;
        double unrung = 1;
        while (y < silence && unrung > NEGLIGIBLE * mass) {
            double next = race.panelEnd(y, silence);
            double width = next - y;
            for (int i = 0; i < GaussLegendre.POINTS; i++) {
                double time = recency + y + width * GaussLegendre.node(i);
                unrung = addDeath(rho, time, atLast, width * GaussLegendre.weight(i));
            }
            y = next;
        }
    }

    /** Adds −Φ_θ(T). */
    private void addAlive(double rho, double age, double probability) {
        double growth = GompertzRace.growth(b, beta, age);
        mass += probability;
        byR -= probability * Math.log1p(age / alpha);
        byAlpha += probability * rho * (age / alpha) / (alpha + age);
        byB -= probability * s * age / GompertzRace.later(b, beta, age);
        byS -= probability * growth;
        byBeta -= probability * s * Math.expm1(-growth) / beta;
    }

    /** Adds (ln h)_θ − Φ_θ at an age of death; returns the probability that nothing has happened by then. */
    private double addDeath(double rho, double time, double atLast, double width) {
        double log = Math.log1p(time / alpha);
        double growth = GompertzRace.growth(b, beta, time);
        double decay = Math.exp(-b * time);
        double kappa = beta * decay - Math.expm1(-b * time);
        double unrung = Math.exp(atLast - rho * log - s * growth);
        double probability = width * unrung * s * (b / kappa);
        mass += probability;
        byR -= probability * log;
        byAlpha += probability * rho * (time / alpha) / (alpha + time);
        byB += probability * (1 / b - time * (1 - kappa + s) / kappa);
        byS += probability * (1 / s - growth);
        byBeta -= probability * (decay / kappa + s * Math.expm1(-growth) / beta);
        return unrung;
    }
}
