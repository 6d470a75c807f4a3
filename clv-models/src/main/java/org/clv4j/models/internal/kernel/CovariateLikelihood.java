// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.optim.Objective;

/**
 * The mean negative log-likelihood of a model whose parameters depend on covariates, with its gradient by the parameters of a customer with
 * average covariates, then by the effects of one standard deviation. A customer's parameter is p e<sup>±Σ effect × column</sup>.
 *
 * <p>Not thread-safe.
 */
public final class CovariateLikelihood implements Objective {

    /**
     * An effect: what column changes what parameters, and in which direction.
     *
     * @param column the column of the rows
     * @param targets the parameters that it changes
     */
    public record Effect(int column, List<Target> targets) {}

    /**
     * A parameter that an effect changes.
     *
     * @param parameter its index
     * @param sign 1 if a positive effect makes it larger, −1 if smaller
     */
    public record Target(int parameter, int sign) {}

    private final CovariateRows rows;
    private final int parameters;
    private final List<Effect> effects;
    private final PartSums parts;
    private final Worker[] workers;
    private final Supplier<RowKernel> kernels;

    /**
     * Creates the objective.
     *
     * @param rows the customers
     * @param parameters how many parameters the model has without covariates
     * @param effects the effects
     * @param kernels makes kernels of the model
     * @param execution how it is evaluated
     */
    public CovariateLikelihood(
            CovariateRows rows,
            int parameters,
            List<Effect> effects,
            Supplier<RowKernel> kernels,
            Execution execution) {
        this.rows = rows;
        this.parameters = parameters;
        this.effects = List.copyOf(effects);
        this.parts = new PartSums(rows.size(), 1 + parameters + effects.size(), execution);
        this.workers = new Worker[parts.workers()];
        this.kernels = kernels;
    }

    @Override
    public double evaluate(double[] values, double[] gradient) {
        double[] sums = new double[1 + gradient.length];
        parts.addTo(sums, (number, from, to, partSums) -> {
            Worker worker = workers[number];
            if (worker == null) {
                worker = new Worker();
                workers[number] = worker;
            }
            worker.add(values, from, to, partSums);
        });
        double scale = -1 / rows.totalWeight();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = sums[1 + i] * scale;
        }
        return sums[0] * scale;
    }

    private final class Worker {

        private final RowKernel kernel = kernels.get();
        private final double[] recency = new double[RowKernel.BLOCK];
        private final double[] age = new double[RowKernel.BLOCK];
        private final double[] logLikelihood = new double[RowKernel.BLOCK];
        /** By parameter, then row: first the logarithm against the average, then the parameter itself. */
        private final double[][] own = new double[parameters][RowKernel.BLOCK];

        private final double[][] derivatives = new double[parameters][RowKernel.BLOCK];

        void add(double[] values, int start, int end, double[] sums) {
            int[] frequency = rows.frequency();
            int from = start;
            while (from < end) {
                int to = from;
                while (to < end && to - from < RowKernel.BLOCK && frequency[to] == frequency[from]) {
                    to++;
                }
                addBlock(values, from, to - from, sums);
                from = to;
            }
        }

        private void addBlock(double[] values, int from, int size, double[] sums) {
            System.arraycopy(rows.recency(), from, recency, 0, size);
            System.arraycopy(rows.age(), from, age, 0, size);
            setParameters(values, from, size);
            kernel.evaluate(rows.frequency()[from], size, recency, age, own, logLikelihood, derivatives);
            double[] weights = rows.weights();
            for (int i = 0; i < size; i++) {
                sums[0] += weights[from + i] * logLikelihood[i];
            }
            for (int parameter = 0; parameter < parameters; parameter++) {
                double[] byOwn = derivatives[parameter];
                double[] value = own[parameter];
                double byLog = 0;
                for (int i = 0; i < size; i++) {
                    // By the logarithm of the customer's own parameter.
                    byOwn[i] *= weights[from + i] * value[i];
                    byLog += byOwn[i];
                }
                sums[1 + parameter] += byLog / values[parameter];
            }
            for (int effect = 0; effect < effects.size(); effect++) {
                double[] column = rows.column(effects.get(effect).column);
                for (Target target : effects.get(effect).targets) {
                    double[] byOwn = derivatives[target.parameter];
                    double byEffect = 0;
                    for (int i = 0; i < size; i++) {
                        byEffect += byOwn[i] * column[from + i];
                    }
                    sums[1 + parameters + effect] += target.sign * byEffect;
                }
            }
        }

        private void setParameters(double[] values, int from, int size) {
            for (int parameter = 0; parameter < parameters; parameter++) {
                double[] value = own[parameter];
                Arrays.fill(value, 0, size, 0);
                boolean changes = false;
                for (int effect = 0; effect < effects.size(); effect++) {
                    for (Target target : effects.get(effect).targets) {
                        if (target.parameter == parameter) {
                            changes = true;
                            double slope = target.sign * values[parameters + effect];
                            double[] column = rows.column(effects.get(effect).column);
                            for (int i = 0; i < size; i++) {
                                value[i] += slope * column[from + i];
                            }
                        }
                    }
                }
                for (int i = 0; i < size; i++) {
                    value[i] = changes ? values[parameter] * Math.exp(value[i]) : values[parameter];
                }
            }
        }
    }
}
