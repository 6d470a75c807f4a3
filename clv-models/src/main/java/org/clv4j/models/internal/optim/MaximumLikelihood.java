// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
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
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maximum likelihood for models with positive parameters: one place for starts, optimiser, curvature, standard errors and warnings.
 *
 * <p>Works on log-parameters relative to each parameter's natural scale, and on the mean negative log-likelihood a customer, so that
 * no tolerance depends on the time unit, the currency or the number of customers. BFGS from the best of several starts, Nelder–Mead
 * when it stops early, Newton steps to finish; the Hessian comes from differences of the analytic gradient.
 */
public final class MaximumLikelihood {

    private static final Logger LOG = LoggerFactory.getLogger(MaximumLikelihood.class);

    private static final double GRADIENT_TOLERANCE = 1e-8;
    /** A gradient this small leaves the mean log-likelihood less than 1e-10 below its maximum unless it is flat. */
    private static final double CONVERGED_GRADIENT = 1e-6;

    private static final int MAX_ITERATIONS = 500;
    /** A log-parameter this far from its scale is at the edge of its domain. */
    private static final double BOUNDARY = Math.log(1e5);
    /** Beyond this the likelihood is not evaluated. */
    private static final double LIMIT = 25;
    /** Log-parameters whose standard error is larger than this are told apart by little more than chance. */
    private static final double WEAK_STANDARD_ERROR = 2;

    private static final double HESSIAN_STEP = 1e-3;
    /** The simplex only has to leave the place where the gradient method stopped. */
    private static final int MAX_SIMPLEX = 300;

    private final String model;
    private final List<ParameterDomain> parameters;
    private final List<double[]> starts = new ArrayList<>();
    private final double[] scales;
    private final List<FitWarning> warnings = new ArrayList<>();
    private @Nullable TimeScale timeUnit;
    private Objective likelihood = (point, gradient) -> Double.NaN;
    private double customers;
    private int evaluations;

    private MaximumLikelihood(String model, List<ParameterDomain> parameters) {
        this.model = model;
        this.parameters = parameters;
        this.scales = new double[parameters.size()];
        Arrays.fill(scales, 1);
    }

    /**
     * Starts the description of a fit.
     *
     * @param model the model's name
     * @param parameters the parameters; each bounded below only
     * @return the fit, good for one use
     */
    public static MaximumLikelihood of(String model, List<ParameterDomain> parameters) {
        return new MaximumLikelihood(model, parameters);
    }

    /**
     * Sets the natural scale of a parameter's distance to its lower bound; 1 for a shape, which is the default.
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
     * Fits the model.
     *
     * @param meanNegativeLogLikelihood the objective in the <em>parameters</em> (not their logarithms), with its gradient
     * @param totalWeight the sum of the weights of the customers in it
     * @param base the customers, for the provenance
     * @return the report: estimates, covariance, likelihood, warnings
     * @throws ModelException if no start gives a finite likelihood
     */
    public FitReport fit(Objective meanNegativeLogLikelihood, double totalWeight, CustomerBase base) {
        likelihood = meanNegativeLogLikelihood;
        customers = totalWeight;
        Optimum climbed = climb(bestStart());
        double[][] hessian = hessian(climbed.point);
        Optimum optimum = polish(climbed, hessian);
        if (optimum.gradientNorm() > CONVERGED_GRADIENT) {
            Optimum second = climb(nelderMead(optimum.point));
            if (second.value <= optimum.value) {
                hessian = hessian(second.point);
                optimum = polish(second, hessian);
            }
        }
        Curvature curvature = new Curvature(hessian);
        LOG.debug(
                "{}: {} evaluations, gradient {}, smallest curvature {}",
                model,
                evaluations,
                optimum.gradientNorm(),
                curvature.smallest);
        return report(optimum, curvature, base);
    }

    private Optimum climb(double[] start) {
        return Bfgs.minimise(this::inLogs, start, GRADIENT_TOLERANCE, MAX_ITERATIONS);
    }

    private double[] bestStart() {
        double[] best = null;
        double bestValue = Double.POSITIVE_INFINITY;
        double[] gradient = new double[scales.length];
        for (double[] start : starts) {
            double[] candidate = toLogs(start);
            double value = inLogs(candidate, gradient);
            if (value < bestValue) {
                best = candidate;
                bestValue = value;
            }
        }
        if (best == null) {
            throw new ModelException(
                    model + ": the likelihood is not finite at any start; check recency, age and amounts of the data");
        }
        return best;
    }

    /** The objective by θ = ln((parameter − lower)/scale). */
    private double inLogs(double[] logs, double[] gradient) {
        evaluations++;
        for (double log : logs) {
            if (!(Math.abs(log) <= LIMIT)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double[] values = toParameters(logs);
        double value = likelihood.evaluate(values, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= values[i] - parameters.get(i).lower();
            if (!Double.isFinite(gradient[i])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return value;
    }

    private double[] toParameters(double[] logs) {
        double[] values = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            values[i] = parameters.get(i).lower() + scales[i] * Math.exp(logs[i]);
        }
        return values;
    }

    private double[] toLogs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logs[i] = Math.log((values[i] - parameters.get(i).lower()) / scales[i]);
        }
        return logs;
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

    /** Four-point differences of the analytic gradient, made symmetric. */
    private double[][] hessian(double[] point) {
        int n = point.length;
        double[][] hessian = new double[n][n];
        double[][] gradients = new double[4][n];
        double[] offsets = {-2, -1, 1, 2};
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 4; k++) {
                double[] moved = point.clone();
                moved[i] += offsets[k] * HESSIAN_STEP;
                inLogs(moved, gradients[k]);
            }
            for (int j = 0; j < n; j++) {
                hessian[i][j] = (gradients[0][j] - 8 * gradients[1][j] + 8 * gradients[2][j] - gradients[3][j])
                        / (12 * HESSIAN_STEP);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (hessian[i][j] + hessian[j][i]) / 2;
                hessian[i][j] = mean;
                hessian[j][i] = mean;
            }
        }
        return hessian;
    }

    /**
     * A few Newton steps: near the optimum differences of values are rounding, and only the gradient still tells the way. The
     * estimates then do not depend on the path that led there; the curvature stays that of the point before.
     */
    private Optimum polish(Optimum start, double[][] hessian) {
        Optimum best = start;
        Curvature curvature = new Curvature(hessian);
        if (curvature.smallest <= 0) {
            return best;
        }
        for (int i = 0; i < 4; i++) {
            double[] point = best.point.clone();
            double[] step = curvature.inverse.operate(best.gradient);
            for (int j = 0; j < point.length; j++) {
                if (Math.abs(step[j]) > 0.1) {
                    return best;
                }
                point[j] -= step[j];
            }
            double[] gradient = new double[point.length];
            double value = inLogs(point, gradient);
            Optimum next = new Optimum(point, value, gradient);
            if (!(next.gradientNorm() < best.gradientNorm())) {
                return best;
            }
            best = next;
        }
        return best;
    }

    private FitReport report(Optimum optimum, Curvature curvature, CustomerBase base) {
        double[] values = toParameters(optimum.point);
        Map<String, Double> estimates = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            estimates.put(parameters.get(i).name(), values[i]);
        }
        boolean stationary = optimum.gradientNorm() <= CONVERGED_GRADIENT;
        boolean atBoundary = warnOfBoundary(optimum.point, values);
        boolean curved = curvature.smallest > 0;
        boolean weak = curved && Math.sqrt(1 / (curvature.smallest * customers)) > WEAK_STANDARD_ERROR;
        if (!stationary || (!curved && !atBoundary)) {
            warnings.add(new FitWarning(
                    Condition.NOT_CONVERGED,
                    "the optimiser stopped where the gradient of the mean log-likelihood is " + optimum.gradientNorm()
                            + "; do not use these parameters"));
        } else if (!curved || weak) {
            warnings.add(new FitWarning(
                    Condition.WEAKLY_IDENTIFIED,
                    "the data hardly tell " + curvature.flattest(parameters) + " apart from other values"
                            + (curved ? "; its standard error is large" : "; there are no standard errors")));
        }
        FitReport.Builder report = FitReport.builder(model, estimates)
                .logLikelihood(-optimum.value * customers)
                .customers(customers)
                .converged(stationary && (curved || atBoundary))
                .evaluations(evaluations)
                .warnings(warnings);
        if (timeUnit != null) {
            report.timeScale(timeUnit);
        }
        if (curved) {
            report.covariance(covariance(curvature, values));
        }
        base.observation().ifPresent(window -> report.provenance("observation", window.toString()));
        base.quality().ifPresent(quality -> report.provenance("transactions", Long.toString(quality.usedRows())));
        report.provenance("library", "clv4j " + Version.VERSION);
        return report.build();
    }

    private boolean warnOfBoundary(double[] logs, double[] values) {
        boolean atBoundary = false;
        for (int i = 0; i < logs.length; i++) {
            if (Math.abs(logs[i]) > BOUNDARY) {
                atBoundary = true;
                warnings.add(new FitWarning(
                        Condition.BOUNDARY,
                        "`" + parameters.get(i).name() + "` ("
                                + parameters.get(i).meaning() + ") ran to " + values[i]
                                + ", the edge of its domain; a simpler model describes these data as well"));
            }
        }
        return atBoundary;
    }

    /** From log-parameters to parameters by the delta method, which is exact at a stationary point. */
    private double[][] covariance(Curvature curvature, double[] values) {
        int n = values.length;
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i][j] = curvature.inverse.getEntry(i, j)
                        / customers
                        * (values[i] - parameters.get(i).lower())
                        * (values[j] - parameters.get(j).lower());
            }
        }
        return covariance;
    }

    /** The Hessian of the mean negative log-likelihood at the optimum. */
    private static final class Curvature {
        private final RealMatrix vectors;
        private final double smallest;
        private final int smallestIndex;
        private final RealMatrix inverse;

        Curvature(double[][] hessian) {
            EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(hessian, false));
            double[] eigenvalues = eigen.getRealEigenvalues();
            int index = 0;
            double largest = 0;
            for (int i = 0; i < eigenvalues.length; i++) {
                largest = Math.max(largest, Math.abs(eigenvalues[i]));
                if (eigenvalues[i] < eigenvalues[index]) {
                    index = i;
                }
            }
            vectors = eigen.getV();
            smallestIndex = index;
            // Below this an eigenvalue is rounding of the differences, not curvature.
            smallest = eigenvalues[index] > 1e-11 * largest ? eigenvalues[index] : 0;
            RealMatrix diagonal = new Array2DRowRealMatrix(eigenvalues.length, eigenvalues.length);
            for (int i = 0; i < eigenvalues.length; i++) {
                diagonal.setEntry(i, i, smallest > 0 ? 1 / eigenvalues[i] : 0);
            }
            inverse = vectors.multiply(diagonal).multiply(vectors.transpose());
        }

        /** The parameter that the flattest direction changes most. */
        String flattest(List<ParameterDomain> parameters) {
            int flattest = 0;
            for (int i = 1; i < parameters.size(); i++) {
                if (Math.abs(vectors.getEntry(i, smallestIndex))
                        > Math.abs(vectors.getEntry(flattest, smallestIndex))) {
                    flattest = i;
                }
            }
            return "`" + parameters.get(flattest).name() + "`";
        }
    }
}
