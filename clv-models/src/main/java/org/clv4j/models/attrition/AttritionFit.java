// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.clv4j.models.internal.optim.MaximumLikelihood;
import org.clv4j.models.internal.optim.Objective;

/**
 * The fit of every model of the family: the base is checked, sorted by frequency, and, where it is large, sampled for a warm start. A model
 * brings its likelihood, its starts, and which of its parameters are times.
 */
final class AttritionFit {

    /** The sample of a warm start has about so many rows; a base with a few times as many is fitted at once. */
    private static final int SAMPLE = 20_000;

    /** The likelihood of a model over sorted rows. */
    @FunctionalInterface
    interface Kernel {
        Objective of(RowsByFrequency rows, Execution execution);
    }

    /** Repeat purchases a customer and period. */
    final double rate;
    /** The longest age. */
    final double longestAge;

    private final CustomerBase base;
    private final Execution execution;
    private final MaximumLikelihood likelihood;

    private AttritionFit(
            double rate, double longestAge, CustomerBase base, Execution execution, MaximumLikelihood likelihood) {
        this.rate = rate;
        this.longestAge = longestAge;
        this.base = base;
        this.execution = execution;
        this.likelihood = likelihood;
    }

    /**
     * Prepares a fit.
     *
     * @param model the model's name
     * @param parameters its parameters
     * @param priors what is believed of them
     * @param base the customers
     * @param execution how the fit is run
     * @return the fit, to be told starts
     * @throws ModelException if there are fewer customers than parameters, no repeat purchases, or customers under contract
     */
    static AttritionFit of(
            String model, List<ParameterDomain> parameters, Priors priors, CustomerBase base, Execution execution) {
        MixedModel.requireNoContracts(base);
        double repeats = 0;
        double time = 0;
        double longest = 0;
        for (int row = 0; row < base.size(); row++) {
            repeats += base.weight(row) * base.frequency(row);
            time += base.weight(row) * base.age(row);
            longest = Math.max(longest, base.age(row));
        }
        if (base.size() < parameters.size()) {
            throw new ModelException(model + " needs at least " + parameters.size() + " customers, but the base has "
                    + base.size() + "; with so few, use average-order");
        }
        if (repeats == 0 || time == 0) {
            throw new ModelException(model + " needs repeat purchases, but none of the " + base.size()
                    + " customers came back by the calibration end; observe longer, or use average-order");
        }
        MaximumLikelihood likelihood = MaximumLikelihood.of(model, parameters)
                .timeUnit(base.timeScale())
                .execution(execution);
        priors.addTo(likelihood, parameters);
        return new AttritionFit(repeats / time, longest, base, execution, likelihood);
    }

    /** Tells that a parameter is a time. */
    AttritionFit time(int parameter) {
        likelihood.scale(parameter, longestAge);
        return this;
    }

    /** Tells how large a parameter is expected to be. */
    AttritionFit scale(int parameter, double scale) {
        likelihood.scale(parameter, scale);
        return this;
    }

    /** Tells that a parameter is a rate, one over a time: next to nothing where it does nothing within the longest age. */
    AttritionFit perTime(int parameter) {
        likelihood.scale(parameter, 10 / longestAge);
        return this;
    }

    /** Adds a candidate start. */
    AttritionFit start(double... values) {
        likelihood.start(values);
        return this;
    }

    /** Tells that a parameter that may be any real number is believed to be normal. */
    AttritionFit normal(int parameter, double mean, double deviation) {
        likelihood.prior(parameter, mean, deviation);
        return this;
    }

    /** How many rows one of a sample stands for; 1 where the base is fitted at once. */
    static int sampleStep(int rows) {
        return rows > 3 * SAMPLE ? rows / SAMPLE : 1;
    }

    /** Starts from the optimum of a sample that has its own form of the rows. */
    AttritionFit sample(Objective ofSample) {
        likelihood.sample(ofSample);
        return this;
    }

    /** Fits. */
    FitReport fit(Kernel kernel) {
        return fit(RowsByFrequency.of(base), kernel);
    }

    /** Fits to rows that are sorted already. */
    FitReport fit(RowsByFrequency rows, Kernel kernel) {
        int step = sampleStep(rows.size());
        if (step > 1) {
            // The sample has few parts: one thread.
            likelihood.sample(kernel.of(rows.every(step), Execution.sequential()));
        }
        return likelihood.fit(kernel.of(rows, execution), rows.totalWeight(), base);
    }

    /** Fits a likelihood that has its own form of the rows. */
    FitReport fitDirectly(Objective whole) {
        return likelihood.fit(whole, base.totalWeight(), base);
    }
}
