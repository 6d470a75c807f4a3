// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Where a customer with gamma-distributed gaps can be: a lattice over u = ln k and w = ln λ that covers what her history and the
 * population leave possible. Mean and shape of gaps are nearly unrelated given a history, so that the lattice is a box.
 *
 * <p>The trapezoidal rule on such a lattice has an error that falls exponentially with the spacing, which is about the standard deviation.
 */
public final class GammaGapLattice {

    /** Gaps less regular than this, of a coefficient of variation above 4.5, count as this. */
    public static final double LOWEST_LOG_SHAPE = -3;

    private static final double HIGHEST_LOG_SHAPE = 7;

    private final int x;
    private final double recency;
    private final double silence;
    private final double logGaps;
    private final DoubleUnaryOperator shapes;
    private final DoubleUnaryOperator rates;
    private final double typicalLogMu;

    private double spacingU;
    private double spacingW;
    private double[] logShapes = {};
    private double[] logRates = {};

    private GammaGapLattice(
            int x,
            double recency,
            double silence,
            double logGaps,
            DoubleUnaryOperator shapes,
            DoubleUnaryOperator rates,
            double typicalLogMu) {
        this.x = x;
        this.recency = recency;
        this.silence = silence;
        this.logGaps = logGaps;
        this.shapes = shapes;
        this.rates = rates;
        this.typicalLogMu = typicalLogMu;
    }

    /**
     * Lays the lattice of a history.
     *
     * @param x repeat purchases
     * @param recency t_x
     * @param silence T − t_x
     * @param logGaps Σ ln gap; NaN if it is not known
     * @param shapes the logarithmic density of ln k in the population
     * @param rates the logarithmic density of ln λ in the population
     * @param lowestLogRate a logarithm of rates below which there is nothing to tell apart
     * @param typicalLogMu a logarithm of a dropout rate
     * @param widest the largest spacings of ln k and ln λ
     * @param reach how far the logarithm of the density falls to the border
     * @return the lattice
     */
    public static GammaGapLattice of(
            int x,
            double recency,
            double silence,
            double logGaps,
            DoubleUnaryOperator shapes,
            DoubleUnaryOperator rates,
            double lowestLogRate,
            double typicalLogMu,
            double[] widest,
            double reach) {
        GammaGapLattice lattice = new GammaGapLattice(x, recency, silence, logGaps, shapes, rates, typicalLogMu);
        lattice.lay(lowestLogRate, widest, reach);
        return lattice;
    }

    /**
     * Returns the logarithm of the probability density of the gaps themselves, with the silence after the last left out. Where gaps are
     * not known it is that of their sum, relative to what it is for gaps without memory, so that for k = 1 both are the same.
     */
    private double logGapDensity(double u, double w) {
        if (x == 0) {
            return 0;
        }
        double k = Math.exp(u);
        double known = x * k * (u + w) - k * Math.exp(w) * recency;
        if (Double.isNaN(logGaps)) {
            double shape = x * k;
            // Without time between them purchases are as good as simultaneous; all shapes but 1 would be 0 or infinite.
            double power = recency > 0 ? (shape - x) * Math.log(recency) : 0;
            return known + power - LogGamma.value(shape) + LogGamma.value(x);
        }
        return known + (k - 1) * logGaps - x * LogGamma.value(k);
    }

    /**
     * Returns the probability of no purchase after the last one, whether the customer is alive or not, times e^μt_x; both of its
     * terms are positive.
     *
     * @param k the shape
     * @param lambda the rate of purchases
     * @param mu the dropout rate
     * @param silence T − t_x
     * @return the probability, in [0, 1]
     */
    public static double quiet(double k, double lambda, double mu, double silence) {
        double log = -k * Math.log1p(mu / (k * lambda));
        return -Math.expm1(log) + Math.exp(log) * upper(k, (k * lambda + mu) * silence);
    }

    /**
     * Returns the regularised upper incomplete gamma function.
     *
     * @param shape the shape
     * @param z the argument, at least 0
     * @return Q(shape, z)
     */
    public static double upper(double shape, double z) {
        return z > 0 ? z > 1e8 ? 0 : RegularizedGamma.Q.value(shape, z) : 1;
    }

    private double log(double u, double w) {
        return logGapDensity(u, w)
                + Math.log(quiet(Math.exp(u), Math.exp(w), Math.exp(typicalLogMu), silence) + 1e-300)
                + shapes.applyAsDouble(u)
                + rates.applyAsDouble(w);
    }

    private void lay(double lowestW, double[] widest, double reach) {
        double u = 0;
        double w = lowestW;
        double best = Double.NEGATIVE_INFINITY;
        for (double tryU = LOWEST_LOG_SHAPE; tryU <= HIGHEST_LOG_SHAPE; tryU += 1) {
            for (double tryW = lowestW; tryW <= lowestW + 40; tryW += 1) {
                double log = log(tryU, tryW);
                if (log > best) {
                    best = log;
                    u = tryU;
                    w = tryW;
                }
            }
        }
        for (double step = 0.5; step > 0.01; ) {
            double[][] beside = {{u - step, w}, {u + step, w}, {u, w - step}, {u, w + step}};
            boolean better = false;
            for (double[] place : beside) {
                double log = log(place[0], place[1]);
                if (place[0] >= LOWEST_LOG_SHAPE && place[1] >= lowestW && log > best) {
                    best = log;
                    u = place[0];
                    w = place[1];
                    better = true;
                }
            }
            step = better ? step : step / 2;
        }
        double modeU = u;
        double modeW = w;
        double top = best;
        spacingU = spacing(at -> log(at, modeW) - top, u, widest[0]);
        spacingW = spacing(at -> log(modeU, at) - top, w, widest[1]);
        logShapes = nodes(at -> log(at, modeW) - top, u, spacingU, LOWEST_LOG_SHAPE, HIGHEST_LOG_SHAPE + 3, reach);
        logRates = nodes(at -> log(modeU, at) - top, w, spacingW, lowestW, lowestW + 80, reach);
    }

    /** About a standard deviation, as a power of two times the widest, so that lattices have nodes in common. */
    private static double spacing(DoubleUnaryOperator below, double mode, double widest) {
        double spacing = widest;
        while (spacing > 1e-4
                && Math.min(below.applyAsDouble(mode - 1.2 * spacing), below.applyAsDouble(mode + 1.2 * spacing))
                        < -0.9) {
            spacing /= 2;
        }
        return spacing;
    }

    private static double[] nodes(
            DoubleUnaryOperator below, double mode, double spacing, double least, double most, double reach) {
        long from = Math.round(mode / spacing);
        long to = from;
        while ((from - 1) * spacing > least - spacing / 2 && below.applyAsDouble(from * spacing) > -reach) {
            from--;
        }
        while ((to + 1) * spacing < most && below.applyAsDouble(to * spacing) > -reach) {
            to++;
        }
        double[] nodes = new double[(int) (to - from + 1)];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = (from + i) * spacing;
        }
        return nodes;
    }

    /**
     * Writes the weights of a population on nodes of the logarithm of a gamma-distributed number. What lies beyond the first node, where
     * the density falls as a power and the history tells nothing apart, counts there.
     *
     * @param nodes equidistant logarithms
     * @param spacing their distance
     * @param shape the shape of the distribution
     * @param logRate the logarithm of its rate
     * @param out receives the weights
     */
    public static void weights(double[] nodes, double spacing, double shape, double logRate, double[] out) {
        double constant = Math.log(spacing) - LogGamma.value(shape);
        for (int i = 0; i < nodes.length; i++) {
            double log = nodes[i] + logRate;
            out[i] = Math.exp(constant + shape * log - Math.exp(log));
        }
        out[0] *= 1 + 1 / Math.expm1(shape * spacing);
    }

    /**
     * Returns the logarithmic density of the gaps on the lattice.
     *
     * @return by node of ln k and node of ln λ
     */
    public double[][] logDensities() {
        double[][] logs = new double[logShapes.length][logRates.length];
        for (int j = 0; j < logShapes.length; j++) {
            for (int i = 0; i < logRates.length; i++) {
                logs[j][i] = logGapDensity(logShapes[j], logRates[i]);
            }
        }
        return logs;
    }

    /**
     * Returns the nodes of ln k.
     *
     * @return the nodes, ascending; not a copy
     */
    public double[] logShapes() {
        return logShapes;
    }

    /**
     * Returns the nodes of ln λ.
     *
     * @return the nodes, ascending; not a copy
     */
    public double[] logRates() {
        return logRates;
    }

    /**
     * Returns the distance of nodes of ln k.
     *
     * @return the distance
     */
    public double spacingOfShapes() {
        return spacingU;
    }

    /**
     * Returns the distance of nodes of ln λ.
     *
     * @return the distance
     */
    public double spacingOfRates() {
        return spacingW;
    }
}
