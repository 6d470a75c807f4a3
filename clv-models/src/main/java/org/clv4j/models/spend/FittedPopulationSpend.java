// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.Map;
import java.util.Optional;
import org.clv4j.core.model.AmountSampler;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.SpendDistribution;
import org.clv4j.core.model.SpendSimulator;
import org.clv4j.models.internal.kernel.Arguments;
import org.clv4j.models.internal.kernel.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * What every fitted spend model answers in which amounts vary around a customer's own mean, and means vary over customers. A model of
 * the family brings its parameters and what it knows of one customer; distribution, sampling and reports are here.
 *
 * <p>Immutable and thread-safe.
 */
public abstract sealed class FittedPopulationSpend
        implements FittedSpendModel, SpendDistribution, AmountSampler, SpendSimulator
        permits GammaGamma.Fitted, LogNormalSpend.Fitted, NormalSpend.Fitted {

    private final String name;
    private final Map<String, Double> parameters;
    private final @Nullable FitReport report;

    FittedPopulationSpend(String name, Map<String, Double> parameters, @Nullable FitReport report) {
        this.name = name;
        this.parameters = parameters;
        this.report = report;
    }

    /** What the model knows of a customer's mean spend, after the history. */
    interface Posterior {

        /** P(mean spend &lt; amount). */
        double below(double amount);

        /** The inverse of {@link #below}; may be infinite. */
        double quantile(double probability);

        /** A draw of the mean spend; may be infinite. */
        double draw(Sampling random);

        /** A draw of the mean of purchases of a customer with a mean spend; may be infinite. */
        double drawPurchases(double meanSpend, int purchases, Sampling random);
    }

    /**
     * Says what is known of a customer.
     *
     * @throws IllegalArgumentException if an argument is out of its range
     */
    abstract Posterior posterior(int frequency, double monetaryValue);

    final double parameter(String parameter) {
        Double value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException("`" + parameter + "` is missing from the parameters of " + name);
        }
        return value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Double> parameters() {
        return parameters;
    }

    @Override
    public Optional<FitReport> report() {
        return Optional.ofNullable(report);
    }

    @Override
    public double probabilityOfSpendBelow(int frequency, double monetaryValue, double amount) {
        Arguments.checkFinite(amount, "amount");
        return posterior(frequency, monetaryValue).below(amount);
    }

    @Override
    public double spendQuantile(int frequency, double monetaryValue, double probability) {
        Arguments.checkInnerProbability(probability);
        return finite(posterior(frequency, monetaryValue).quantile(probability));
    }

    @Override
    public double[] sampleMeanSpends(int frequency, double monetaryValue, int draws, long seed) {
        Arguments.checkCount(draws, "draws");
        Posterior posterior = posterior(frequency, monetaryValue);
        Sampling random = Sampling.ofSeed(seed);
        double[] samples = new double[draws];
        for (int i = 0; i < draws; i++) {
            samples[i] = finite(posterior.draw(random));
        }
        return samples;
    }

    @Override
    public double[] sampleMeanSpends(int frequency, double monetaryValue, int purchases, int draws, long seed) {
        Arguments.checkCount(draws, "draws");
        if (purchases < 1) {
            throw Arguments.outOfRange("purchases", "at least 1", purchases);
        }
        Posterior posterior = posterior(frequency, monetaryValue);
        Sampling random = Sampling.ofSeed(seed);
        double[] samples = new double[draws];
        for (int i = 0; i < draws; i++) {
            samples[i] = finite(posterior.drawPurchases(finite(posterior.draw(random)), purchases, random));
        }
        return samples;
    }

    @Override
    public Amounts amounts() {
        Sampling.Restartable streams = Sampling.restartable();
        return (frequency, monetaryValue, purchases, seed, out) -> {
            Arguments.checkCount(purchases, "purchases");
            Posterior posterior = posterior(frequency, monetaryValue);
            Sampling random = streams.restart(seed);
            double meanSpend = finite(posterior.draw(random));
            for (int i = 0; i < purchases; i++) {
                out[i] = finite(posterior.drawPurchases(meanSpend, 1, random));
            }
        };
    }

    private static double finite(double amount) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, amount));
    }

    /** Returns the model with its parameters, as {@code gamma-gamma{p=6.25, …}}. */
    @Override
    public String toString() {
        return name + parameters;
    }
}
