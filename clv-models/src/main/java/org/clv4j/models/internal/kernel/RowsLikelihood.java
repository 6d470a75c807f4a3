// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import org.clv4j.core.model.Execution;
import org.clv4j.models.internal.optim.Objective;
import org.clv4j.models.internal.special.Rising;

/**
 * A mean negative log-likelihood with its gradient that is a sum over rows sorted by frequency: what its members share. It has the same
 * bits for any number of threads.
 *
 * <p>Not thread-safe: tables are reused between evaluations.
 */
abstract class RowsLikelihood implements Objective {

    final RowsByFrequency rows;
    /** The stages of a gap between purchases. */
    private final int stages;

    /** The log-likelihood and its gradient. */
    private final PartSums parts;

    private final Worker[] workers;

    RowsLikelihood(RowsByFrequency rows, int parameters, Execution execution) {
        this(rows, parameters, 1, execution);
    }

    RowsLikelihood(RowsByFrequency rows, int parameters, int stages, Execution execution) {
        this.rows = rows;
        this.stages = stages;
        this.parts = new PartSums(rows.size(), 1 + parameters, execution);
        this.workers = new Worker[parts.workers()];
    }

    /** One thread's part of an evaluation, with memory of its own. */
    interface Worker {

        /**
         * Adds rows of a group, without what {@link Constants} add.
         *
         * @param group the group
         * @param from the first row
         * @param to the row after the last
         * @param sums receives the log-likelihood, then its derivative by each parameter
         */
        void add(int group, int from, int to, double[] sums);
    }

    /** What depends on the frequency alone. Called in ascending order of x, so that it can grow from one x to the next. */
    interface Constants {

        /**
         * Adds a group.
         *
         * @param x its frequency
         * @param weight the sum of its weights
         * @param logRising ln (r)_x; ln (r)_kx where a gap has k stages
         * @param dLogRising its derivative by r
         * @param sums receives the log-likelihood, then its derivative by each parameter
         */
        void add(int x, double weight, double logRising, double dLogRising, double[] sums);
    }

    /** Takes the parameters, of which r is the first; fills tables that all workers read. */
    abstract void prepare(double[] parameters);

    /** Makes the constants of an evaluation. */
    abstract Constants newConstants();

    /** Makes a worker. */
    abstract Worker newWorker();

    @Override
    public final double evaluate(double[] parameters, double[] gradient) {
        prepare(parameters);
        double[] sums = new double[1 + gradient.length];
        addConstants(parameters[0], sums);
        parts.addTo(sums, this::addPart);
        double scale = -1 / rows.totalWeight();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = sums[1 + i] * scale;
        }
        return sums[0] * scale;
    }

    /** All members have Γ(r+kx)/Γ(r), most of them with k = 1, which grows from one x to the next. */
    private void addConstants(double r, double[] sums) {
        Constants constants = newConstants();
        double logRising = 0;
        double dLogRising = 0;
        int x = 0;
        for (int group = 0; group < rows.groups(); group++) {
            int nextX = rows.frequency(group);
            int last = Math.multiplyExact(stages, nextX);
            logRising += Rising.log(r, stages * x, last);
            dLogRising += Rising.reciprocals(r, stages * x, last);
            x = nextX;
            constants.add(x, rows.weight(group), logRising, dLogRising, sums);
        }
    }

    private void addPart(int number, int start, int end, double[] sums) {
        Worker worker = workers[number];
        if (worker == null) {
            worker = newWorker();
            workers[number] = worker;
        }
        int from = start;
        for (int group = rows.groupOf(start); from < end; group++) {
            int to = Math.min(end, rows.end(group));
            worker.add(group, from, to, sums);
            from = to;
        }
    }
}
