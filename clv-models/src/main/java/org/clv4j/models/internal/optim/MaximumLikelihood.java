// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maximum likelihood for models whose parameters are positive or any real numbers: one place for starts, optimiser, curvature, standard
 * errors and warnings.
 *
 * <p>Works on coordinates relative to each parameter's natural scale – the logarithm of a positive parameter, a real one itself – and on
 * the mean negative log-likelihood a customer, so that no tolerance depends on the time unit, the currency or the number of customers.
 *
 * <p>BFGS climbs from the best start, Newton steps finish; where that does not end in a clean maximum, the other starts are tried, and
 * then Nelder–Mead. A parameter that runs to the edge of its domain is held there and the others go on. With a sample of the customers all of this happens on the sample, and the whole is left a handful of evaluations:
 * quasi-Newton steps with the sample's curvature, one Hessian, and a Newton step. Hessians are differences of the analytic gradient.
 */
public final class MaximumLikelihood {

    private static final Logger LOG = LoggerFactory.getLogger(MaximumLikelihood.class);

    /** Where BFGS hands over to Newton, who squares it. */
    private static final double CLIMBED_GRADIENT = 1e-7;
    /** A gradient this small leaves the mean log-likelihood less than 1e-10 below its maximum unless it is flat. */
    private static final double CONVERGED_GRADIENT = 1e-6;
    /** A Newton step this small changes no digit that anybody reads. */
    private static final double NEGLIGIBLE_STEP = 1e-10;
    /** Where an evaluation is of very many customers: a step after which the next would be negligible. */
    private static final double LAST_STEP_OF_MANY = 5e-5;
    /** So far from each other, log-parameters have the same curvature to five digits. */
    private static final double NEGLIGIBLE_WAY = 1e-6;

    private static final int MAX_ITERATIONS = 500;
    private static final int MAX_NEWTON = 25;
    private static final int MAX_POLISH = 6;
    /** A log-parameter this far from its scale is at the edge of its domain: a shape of 10,000 is the same for everybody. */
    private static final double EDGE = Math.log(1e4);
    /** While one is held there, another may go further: they may have a ratio to keep. */
    private static final double FURTHER = 5;
    /** Beyond this the likelihood is not evaluated. */
    private static final double LIMIT = 25;
    /** Log-parameters whose standard error is larger than this are told apart by little more than chance. */
    private static final double WEAK_STANDARD_ERROR = 2;
    /** A gain of the whole log-likelihood that tells no parameters apart. */
    private static final double NEGLIGIBLE_GAIN = 1e-4;

    private static final double HESSIAN_STEP = 1e-3;
    /** Of one-sided differences, whose error the sample's own differences take away. */
    private static final double ONE_SIDED_STEP = 2e-6;
    /** From the sample's optimum to that of the whole it is not far. */
    private static final double LONGEST_REFINEMENT = 0.5;
    /** So near, Newton steps with the whole's own curvature square the distance to nothing. */
    private static final double SHORT_REFINEMENT = 1e-3;
    /** The simplex only has to leave the place where the gradient method stopped. */
    private static final int MAX_SIMPLEX = 300;

    private final String model;
    private final List<ParameterDomain> parameters;
    private final List<double[]> starts = new ArrayList<>();
    private final List<Prior> priors = new ArrayList<>();
    private final double[] scales;
    private final List<FitWarning> warnings = new ArrayList<>();
    private final Map<String, String> provenance = new LinkedHashMap<>();
    private @Nullable TimeScale timeUnit;
    private @Nullable Objective sample;
    private Execution execution = Execution.sequential();
    private Objective likelihood = (point, gradient) -> Double.NaN;
    private double customers;
    /** The parameters that the search moves. */
    private int[] free;
    /** Log-parameters: of those that are not free, where they are held. */
    private double[] held;

    private int evaluations;
    private int steps;

    private MaximumLikelihood(String model, List<ParameterDomain> parameters) {
        this.model = model;
        this.parameters = parameters;
        this.scales = new double[parameters.size()];
        Arrays.fill(scales, 1);
        free = IntStream.range(0, scales.length).toArray();
        held = new double[scales.length];
    }

    /**
     * Starts the description of a fit.
     *
     * @param model the model's name
     * @param parameters the parameters; each bounded below only, or not at all
     * @return the fit, good for one use
     */
    public static MaximumLikelihood of(String model, List<ParameterDomain> parameters) {
        return new MaximumLikelihood(model, parameters);
    }

    /**
     * Sets the natural scale of a parameter's distance to its lower bound, or to 0 if it has none; 1 for a shape, which is the default.
     *
     * @param parameter the parameter's index
     * @param scale a time, or an amount; above 0
     * @return this
     */
    public MaximumLikelihood scale(int parameter, double scale) {
        scales[parameter] = scale;
        return this;
    }

    /**
     * Adds a candidate start; the best of them is taken.
     *
     * @param values the parameters
     * @return this
     */
    public MaximumLikelihood start(double... values) {
        starts.add(values);
        return this;
    }

    /**
     * Sets the time unit of the parameters, for a model that has time.
     *
     * @param unit the unit
     * @return this
     */
    public MaximumLikelihood timeUnit(TimeScale unit) {
        timeUnit = unit;
        return this;
    }

    /**
     * Adds a warning of the model's own.
     *
     * @param warning the warning
     * @return this
     */
    public MaximumLikelihood warning(FitWarning warning) {
        warnings.add(warning);
        return this;
    }

    /**
     * Adds a prior: the logarithm of a parameter's distance to its lower bound is normal, or the parameter itself if it has none. It
     * counts as one observation of the parameter, whatever the number of customers.
     *
     * @param parameter the parameter's index
     * @param median the median of that distance, above 0, or of the parameter
     * @param deviation the standard deviation of its logarithm, or of the parameter; above 0
     * @return this
     */
    public MaximumLikelihood prior(int parameter, double median, double deviation) {
        priors.add(new Prior(parameter, median, deviation));
        return this;
    }

    /**
     * Sets how the fit is run: what evaluates the likelihood knows its threads; here progress is told and cancellation heard.
     *
     * @param newExecution the execution
     * @return this
     */
    public MaximumLikelihood execution(Execution newExecution) {
        execution = newExecution;
        return this;
    }

    /**
     * Sets the objective of a representative sample of the customers, to start from its optimum.
     *
     * @param meanNegativeLogLikelihood the objective, as that of the whole
     * @return this
     */
    public MaximumLikelihood sample(Objective meanNegativeLogLikelihood) {
        sample = meanNegativeLogLikelihood;
        return this;
    }

    private record Prior(int parameter, double median, double deviation) {}

    /**
     * Fits the model.
     *
     * @param meanNegativeLogLikelihood the objective in the <em>parameters</em> (not their logarithms), with its gradient
     * @param totalWeight the sum of the weights of the customers in it
     * @param base the customers, for the provenance
     * @return the report: estimates, covariance, likelihood, warnings
     * @throws ModelException if no start gives a finite likelihood
     */
    public FitReport fit(Objective meanNegativeLogLikelihood, double totalWeight, CustomerBase base) {
        base.observation().ifPresent(window -> provenance.put("observation", window.toString()));
        base.quality().ifPresent(quality -> provenance.put("transactions", Long.toString(quality.usedRows())));
        return fit(meanNegativeLogLikelihood, totalWeight);
    }

    /**
     * Fits the model to data of its own kind.
     *
     * @param meanNegativeLogLikelihood the objective in the <em>parameters</em> (not their logarithms), with its gradient
     * @param totalWeight the sum of the weights of the customers in it
     * @return the report: estimates, covariance, likelihood, warnings
     * @throws ModelException if no start gives a finite likelihood
     */
    public FitReport fit(Objective meanNegativeLogLikelihood, double totalWeight) {
        customers = totalWeight;
        Maximum found;
        if (sample == null) {
            likelihood = meanNegativeLogLikelihood;
            found = search();
        } else {
            likelihood = sample;
            Maximum ofSample = search();
            evaluations = 0;
            likelihood = meanNegativeLogLikelihood;
            found = refine(ofSample);
        }
        LOG.debug(
                "{}: {} evaluations, gradient {}, smallest curvature {}",
                model,
                evaluations,
                found.optimum.gradientNorm(),
                found.curvature.smallest());
        return report(found);
    }

    /** Where a search ended, in the parameters that were free, and the curvature there. */
    private static final class Maximum {
        private final Optimum optimum;
        private final Curvature curvature;
        private final int[] free;
        private final double[] held;

        Maximum(Optimum optimum, Curvature curvature, int[] free, double[] held) {
            this.optimum = optimum;
            this.curvature = curvature;
            this.free = free;
            this.held = held.clone();
        }

        boolean isStationary() {
            return optimum.gradientNorm() <= CONVERGED_GRADIENT;
        }

        boolean isInside() {
            return free.length == held.length;
        }

        double[] point() {
            double[] point = held.clone();
            for (int i = 0; i < free.length; i++) {
                point[free[i]] = optimum.point[i];
            }
            return point;
        }
    }

    // ------------------------------------------------------------------------------------------------- the search

    private Maximum search() {
        Maximum best = null;
        for (double[] start : sortedStarts()) {
            Maximum found = ascend(start);
            best = best == null || found.optimum.value < best.optimum.value ? found : best;
            if (isClean(best)) {
                return best;
            }
        }
        if (best == null) {
            throw new ModelException(
                    model + ": the likelihood is not finite at any start; check times and amounts of the data");
        }
        if (!best.isStationary()) {
            release();
            Maximum second = ascend(nelderMead(best.point()));
            best = second.optimum.value <= best.optimum.value ? second : best;
        }
        return best;
    }

    private List<double[]> sortedStarts() {
        List<Optimum> candidates = new ArrayList<>();
        for (double[] start : starts) {
            Optimum candidate = at(toCoordinates(start));
            if (Double.isFinite(candidate.value)) {
                candidates.add(candidate);
            }
        }
        candidates.sort(Comparator.comparingDouble(candidate -> candidate.value));
        return candidates.stream().map(candidate -> candidate.point).collect(Collectors.toList());
    }

    /** From a start to the maximum; parameters that run to the edge of their domain are held there, one after the other. */
    private Maximum ascend(double[] start) {
        release();
        Optimum current = new Optimum(start, 0, new double[start.length]);
        while (true) {
            Maximum found = newton(climb(current.point));
            int beyond = furthest(found.optimum.point);
            if (free.length == 1 || Math.abs(found.optimum.point[beyond]) <= edge()) {
                return found;
            }
            current = hold(found, beyond);
        }
    }

    private void release() {
        free = IntStream.range(0, scales.length).toArray();
        held = new double[scales.length];
    }

    /** Holds a parameter at the edge that it has passed. */
    private Optimum hold(Maximum found, int beyond) {
        double[] point = found.optimum.point;
        held[free[beyond]] = Math.copySign(edge(), point[beyond]);
        int[] rest = new int[free.length - 1];
        double[] start = new double[rest.length];
        for (int i = 0; i < rest.length; i++) {
            int from = i < beyond ? i : i + 1;
            rest[i] = free[from];
            start[i] = point[from];
        }
        free = rest;
        return new Optimum(start, 0, new double[rest.length]);
    }

    private double edge() {
        return EDGE + FURTHER * (scales.length - free.length);
    }

    private static int furthest(double[] logs) {
        int furthest = 0;
        for (int i = 1; i < logs.length; i++) {
            furthest = Math.abs(logs[i]) > Math.abs(logs[furthest]) ? i : furthest;
        }
        return furthest;
    }

    private boolean isBeyondEdge(double[] logs) {
        return Math.abs(logs[furthest(logs)]) > edge();
    }

    /** A maximum inside the domain that the data tell from its neighbourhood. */
    private boolean isClean(Maximum found) {
        return found.isInside() && found.isStationary() && found.curvature.smallest() > 0 && !isWeak(found.curvature);
    }

    private boolean isWeak(Curvature curvature) {
        return Math.sqrt(1 / (curvature.smallest() * customers)) > WEAK_STANDARD_ERROR;
    }

    private Optimum climb(double[] start) {
        return Bfgs.minimise(this::inLogs, start, CLIMBED_GRADIENT, MAX_ITERATIONS, this::isBeyondEdge);
    }

    /**
     * Newton's method. Near the optimum differences of values are rounding, and only the gradient still tells the way, so that the
     * estimates do not depend on the path that led there. Along a ridge that rises towards the edge of the domain it walks on until
     * what is left to gain is nothing, or the edge is reached.
     */
    private Maximum newton(Optimum start) {
        Optimum current = start;
        for (int iteration = 0; ; iteration++) {
            double[][] hessian = hessian(current);
            Curvature curvature = new Curvature(hessian);
            Optimum settled = curvature.smallest() > 0 ? polish(current, curvature) : current;
            double gain = curvature.gain(settled.gradient) * customers;
            boolean done = settled.gradientNorm() <= CONVERGED_GRADIENT && gain <= NEGLIGIBLE_GAIN;
            if (done || iteration == MAX_NEWTON || isBeyondEdge(settled.point)) {
                return maximum(settled, current, hessian);
            }
            Optimum next = descend(settled, curvature);
            if (next == settled && settled == current) {
                return maximum(settled, current, hessian);
            }
            current = next;
        }
    }

    /** The maximum with the curvature there, which is known nearby. */
    private Maximum maximum(Optimum settled, Optimum nearby, double[][] hessian) {
        double[] way = moved(settled.point, nearby.point, 1);
        if (largest(way) <= NEGLIGIBLE_WAY) {
            return new Maximum(settled, new Curvature(hessian), free, held);
        }
        if (sample == null || likelihood == sample) {
            return new Maximum(settled, new Curvature(fourPointHessian(settled.point, this::inLogs)), free, held);
        }
        // On the way the curvature of the whole changes nearly as that of the sample.
        double[][] before = fourPointHessian(nearby.point, ofSample(sample));
        double[][] after = fourPointHessian(settled.point, ofSample(sample));
        return new Maximum(settled, new Curvature(plusDifference(hessian, after, before)), free, held);
    }

    private Objective ofSample(Objective onSample) {
        return (point, gradient) -> inLogs(onSample, point, gradient);
    }

    private static double[][] plusDifference(double[][] matrix, double[][] plus, double[][] minus) {
        double[][] sum = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                sum[i][j] = matrix[i][j] + plus[i][j] - minus[i][j];
            }
        }
        return sum;
    }

    /**
     * Newton steps with one and the same curvature, as long as each asks for a shorter one. Lengths of steps, not of gradients: in a
     * flat direction a gradient is all rounding of the steep ones long before the parameters are right.
     */
    private Optimum polish(Optimum start, Curvature curvature) {
        Optimum best = start;
        double[] step = curvature.newtonStep(start.gradient);
        for (int i = 0; i < MAX_POLISH && largest(step) <= 0.1; i++) {
            Optimum next = at(moved(best.point, step, 1));
            double[] nextStep = curvature.newtonStep(next.gradient);
            if (!(largest(nextStep) < largest(step))) {
                break;
            }
            best = next;
            step = nextStep;
            if (largest(step) <= NEGLIGIBLE_STEP) {
                break;
            }
            if (sample != null && likelihood != sample && largest(step) <= LAST_STEP_OF_MANY) {
                // The whole is dear, and so near the parabola tells what the last step gains.
                return new Optimum(
                        moved(best.point, step, 1), best.value - curvature.gain(best.gradient), best.gradient);
            }
        }
        return best;
    }

    /** One long Newton step, shortened until it helps; the same point if none does. */
    private Optimum descend(Optimum from, Curvature curvature) {
        double[] step = curvature.newtonStep(from.gradient);
        double factor = Math.min(1, 2 / Math.max(largest(step), 1e-300));
        for (int i = 0; i < 10; i++) {
            Optimum next = at(moved(from.point, step, factor));
            if (next.value < from.value || (next.value == from.value && next.gradientNorm() < from.gradientNorm())) {
                return next;
            }
            factor /= 3;
        }
        return from;
    }

    // ------------------------------------------------------------------------------ from the sample to the whole

    /**
     * Goes from the sample's optimum to that of the whole in few evaluations, or by Newton's method where the two are not alike.
     */
    private Maximum refine(Maximum ofSample) {
        free = ofSample.free;
        held = ofSample.held.clone();
        Maximum refined = refineFree(ofSample);
        boolean leaves = refined.isInside() ? isBeyondEdge(refined.optimum.point) : leavesTheEdge(refined);
        return leaves ? ascend(refined.point()) : refined;
    }

    /** Whether the whole wants a parameter back inside that the sample drove to the edge. */
    private boolean leavesTheEdge(Maximum refined) {
        int[] found = free;
        double[] point = refined.point();
        release();
        Optimum all = at(point);
        boolean leaves = false;
        for (int i = 0; i < point.length; i++) {
            int parameter = i;
            leaves |= Arrays.stream(found).noneMatch(other -> other == parameter)
                    && all.gradient[i] * Math.signum(point[i]) > CONVERGED_GRADIENT;
        }
        return leaves;
    }

    private Maximum refineFree(Maximum ofSample) {
        Optimum current = at(ofSample.optimum.point);
        Curvature curvature = ofSample.curvature;
        double[] step = curvature.newtonStep(current.gradient);
        for (int i = 0; i < 3 && (i == 0 || largest(step) > SHORT_REFINEMENT); i++) {
            if (!(curvature.smallest() > 0) || largest(step) > LONGEST_REFINEMENT) {
                return newton(current);
            }
            Optimum next = at(moved(current.point, step, 1));
            curvature = new Curvature(oneSidedHessianOfSample(next.point));
            double[] nextStep = curvature.newtonStep(next.gradient);
            if (!(largest(nextStep) < largest(step))) {
                return newton(current);
            }
            current = next;
            step = nextStep;
        }
        double[][] hessian = hessian(current);
        curvature = new Curvature(hessian);
        if (!(curvature.smallest() > 0)) {
            return newton(current);
        }
        Optimum settled = polish(current, curvature);
        return settled.gradientNorm() <= CONVERGED_GRADIENT ? maximum(settled, current, hessian) : newton(settled);
    }

    /**
     * The Hessian at a point. That of the whole beside a sample is one of one-sided differences, a single evaluation a parameter: their
     * error is nearly that of the same differences on the sample, where good differences are cheap.
     */
    private double[][] hessian(Optimum at) {
        if (sample == null || likelihood == sample) {
            return fourPointHessian(at.point, this::inLogs);
        }
        Objective ofSample = ofSample(sample);
        double[][] hessian = oneSidedHessian(at.point, at.gradient, this::inLogs);
        return plusDifference(hessian, fourPointHessian(at.point, ofSample), oneSidedHessianOfSample(at.point));
    }

    private double[][] oneSidedHessianOfSample(double[] point) {
        Objective ofSample = ofSample(Objects.requireNonNull(sample));
        double[] gradient = new double[point.length];
        ofSample.evaluate(point, gradient);
        return oneSidedHessian(point, gradient, ofSample);
    }

    private static double[][] oneSidedHessian(double[] point, double[] gradient, Objective objective) {
        int n = point.length;
        double[][] hessian = new double[n][n];
        double[] moved = new double[n];
        for (int i = 0; i < n; i++) {
            double[] next = point.clone();
            next[i] += ONE_SIDED_STEP;
            objective.evaluate(next, moved);
            for (int j = 0; j < n; j++) {
                hessian[i][j] = (moved[j] - gradient[j]) / ONE_SIDED_STEP;
            }
        }
        return symmetric(hessian);
    }

    /** Four-point differences of the analytic gradient. */
    private static double[][] fourPointHessian(double[] point, Objective objective) {
        int n = point.length;
        double[][] hessian = new double[n][n];
        double[][] gradients = new double[4][n];
        double[] offsets = {-2, -1, 1, 2};
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 4; k++) {
                double[] moved = point.clone();
                moved[i] += offsets[k] * HESSIAN_STEP;
                objective.evaluate(moved, gradients[k]);
            }
            for (int j = 0; j < n; j++) {
                hessian[i][j] = (gradients[0][j] - 8 * gradients[1][j] + 8 * gradients[2][j] - gradients[3][j])
                        / (12 * HESSIAN_STEP);
            }
        }
        return symmetric(hessian);
    }

    private static double[][] symmetric(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (matrix[i][j] + matrix[j][i]) / 2;
                matrix[i][j] = mean;
                matrix[j][i] = mean;
            }
        }
        return matrix;
    }

    // ------------------------------------------------------------------------------------------------ evaluations

    private Optimum at(double[] logs) {
        double[] gradient = new double[logs.length];
        double value = inLogs(logs, gradient);
        return new Optimum(logs, value, gradient);
    }

    private double inLogs(double[] logs, double[] gradient) {
        evaluations++;
        return inLogs(likelihood, logs, gradient);
    }

    /** An objective by the coordinates of the free parameters, with the priors. */
    private double inLogs(Objective objective, double[] freeLogs, double[] freeGradient) {
        steps++;
        execution.step("fitting " + model, steps, 0);
        double[] logs = held.clone();
        for (int i = 0; i < free.length; i++) {
            if (!(Math.abs(freeLogs[i]) <= LIMIT)) {
                return Double.POSITIVE_INFINITY;
            }
            logs[free[i]] = freeLogs[i];
        }
        double[] values = toParameters(logs);
        double[] gradient = new double[values.length];
        double value = objective.evaluate(values, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= slope(i, values[i]);
        }
        for (Prior prior : priors) {
            int i = prior.parameter;
            gradient[i] += deviation(prior, logs[i]) / deviation(prior) / customers;
        }
        for (int i = 0; i < free.length; i++) {
            freeGradient[i] = gradient[free[i]];
            if (!Double.isFinite(freeGradient[i])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value + penalty(logs);
    }

    /** What the priors take from the mean log-likelihood. */
    private double penalty(double[] logs) {
        double penalty = 0;
        for (Prior prior : priors) {
            double deviation = deviation(prior, logs[prior.parameter]);
            penalty += deviation * deviation / 2 / customers;
        }
        return penalty;
    }

    /** How many of its deviations a coordinate is from what the prior expects. */
    private double deviation(Prior prior, double coordinate) {
        int i = prior.parameter;
        double expected = isReal(i) ? prior.median / scales[i] : Math.log(prior.median / scales[i]);
        return (coordinate - expected) / deviation(prior);
    }

    private double deviation(Prior prior) {
        return isReal(prior.parameter) ? prior.deviation / scales[prior.parameter] : prior.deviation;
    }

    private static double[] moved(double[] point, double[] step, double factor) {
        double[] moved = point.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= factor * step[i];
        }
        return moved;
    }

    private static double largest(double[] vector) {
        double largest = 0;
        for (double component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        return largest;
    }

    private boolean isReal(int parameter) {
        return parameters.get(parameter).lower() == Double.NEGATIVE_INFINITY;
    }

    private double[] toParameters(double[] coordinates) {
        double[] values = new double[coordinates.length];
        for (int i = 0; i < coordinates.length; i++) {
            values[i] = isReal(i)
                    ? scales[i] * coordinates[i]
                    : parameters.get(i).lower() + scales[i] * Math.exp(coordinates[i]);
        }
        return values;
    }

    private double[] toCoordinates(double[] values) {
        double[] coordinates = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            coordinates[i] = isReal(i)
                    ? values[i] / scales[i]
                    : Math.log((values[i] - parameters.get(i).lower()) / scales[i]);
        }
        return coordinates;
    }

    /** The derivative of a parameter by its coordinate. */
    private double slope(int parameter, double value) {
        return isReal(parameter)
                ? scales[parameter]
                : value - parameters.get(parameter).lower();
    }

    private double[] nelderMead(double[] start) {
        double[] unused = new double[start.length];
        double[] sides = new double[start.length];
        Arrays.fill(sides, 0.5);
        try {
            PointValuePair best = new SimplexOptimizer(new SimpleValueChecker(1e-12, 1e-12))
                    .optimize(
                            new MaxEval(MAX_SIMPLEX),
                            new ObjectiveFunction(point -> {
                                double value = inLogs(point, unused);
                                return Double.isFinite(value) ? value : 1e300;
                            }),
                            GoalType.MINIMIZE,
                            new InitialGuess(start),
                            new NelderMeadSimplex(sides));
            return best.getPoint();
        } catch (MathIllegalStateException e) {
            // Out of evaluations, as Commons Math says it: the gradient method goes on from where it was.
            LOG.debug("{}: Nelder-Mead gave up", model, e);
            return start;
        }
    }

    // ------------------------------------------------------------------------------------------------- the report

    private FitReport report(Maximum found) {
        double[] logs = found.point();
        double[] values = toParameters(logs);
        Map<String, Double> estimates = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            estimates.put(parameters.get(i).name(), values[i]);
        }
        Curvature curvature = found.curvature;
        boolean curved = curvature.smallest() > 0;
        boolean converged = found.isStationary() && curved && Double.isFinite(found.optimum.value);
        warnOfEdges(found, values);
        if (!converged) {
            warnings.add(new FitWarning(
                    Condition.NOT_CONVERGED,
                    "the optimiser stopped where the gradient of the mean log-likelihood is "
                            + found.optimum.gradientNorm() + "; do not use these parameters"));
        } else if (found.isInside() && isWeak(curvature)) {
            warnings.add(new FitWarning(
                    Condition.WEAKLY_IDENTIFIED,
                    "the data hardly tell " + curvature.flattest(parameters)
                            + " apart from other values; its standard error is large"));
        }
        FitReport.Builder report = FitReport.builder(model, estimates)
                .customers(customers)
                .converged(converged)
                .evaluations(evaluations)
                .warnings(warnings);
        double logLikelihood = (penalty(logs) - found.optimum.value) * customers;
        if (Double.isFinite(logLikelihood)) {
            report.logLikelihood(logLikelihood);
        }
        if (timeUnit != null) {
            report.timeScale(timeUnit);
        }
        if (curved && found.isInside()) {
            report.covariance(covariance(curvature, values));
        }
        provenance.forEach(report::provenance);
        for (Prior prior : priors) {
            ParameterDomain parameter = parameters.get(prior.parameter);
            // What is believed of effects, in units of their own, is for their model to tell.
            if (!isReal(prior.parameter)) {
                report.provenance(
                        "prior of " + parameter.name(),
                        (parameter.lower() == 0 ? "" : parameter.lower() + " + ") + "log-normal, median " + prior.median
                                + ", deviation of the logarithm " + prior.deviation);
            }
        }
        report.provenance("library", "clv4j " + Version.VERSION);
        return report.build();
    }

    private void warnOfEdges(Maximum found, double[] values) {
        for (int i = 0; i < values.length; i++) {
            int parameter = i;
            if (Arrays.stream(found.free).noneMatch(other -> other == parameter)) {
                warnings.add(new FitWarning(
                        Condition.BOUNDARY,
                        "`" + parameters.get(i).name() + "` ("
                                + parameters.get(i).meaning() + ") ran to the edge of its domain and is held "
                                // An effect is reported in other units than those in which it has an edge.
                                + (isReal(i) ? "there" : "at " + (float) values[i])
                                + "; a simpler model describes these data as well, and there are no standard errors"));
            }
        }
    }

    /** From log-parameters to parameters by the delta method, which is exact at a stationary point. */
    private double[][] covariance(Curvature curvature, double[] values) {
        int n = values.length;
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i][j] = curvature.inverse(i, j) / customers * slope(i, values[i]) * slope(j, values[j]);
            }
        }
        return covariance;
    }
}
