// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws of a fit's parameters from what the data leave open: multivariate normal with the covariance of the estimates, each parameter on
 * the scale on which it may be any number. That is the logarithm of its distance from a bound, and the log-odds between two bounds; so no
 * draw leaves its domain. The draws carry over to any figure that depends on the parameters.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class ParameterDraws {

    /** Draws beyond what a double holds are made again, so often at most. */
    private static final int MOST_TRIES = 1000;
    /** Part of a variance that is rounding. */
    private static final double ROUNDING = 1e-12;

    private final List<ParameterDomain> domains;
    private final Map<String, Double> estimates;
    private final double[] centre;
    /** L of Σ = LLᵀ, on the free scale; a row of zeros of a parameter that was not estimated. */
    private final double[][] root;

    private ParameterDraws(
            List<ParameterDomain> domains, Map<String, Double> estimates, double[] centre, double[][] root) {
        this.domains = domains;
        this.estimates = estimates;
        this.centre = centre;
        this.root = root;
    }

    /**
     * Returns the draws of a fit.
     *
     * @param report the report of the fit, with a covariance
     * @param domains the parameters in the order of the report, as {@link ModelProvider#parametersAmong} says
     * @return the draws
     * @throws ModelException if the report has no covariance, or not that of so many parameters
     */
    public static ParameterDraws of(FitReport report, List<ParameterDomain> domains) {
        double[][] covariance = report.covariance()
                .orElseThrow(
                        () -> new ModelException(
                                "the fit of " + report.model()
                                        + " has no covariance of its parameters, so that nothing can be drawn; a saved model does not keep it"));
        int size = domains.size();
        List<Double> values = new ArrayList<>(report.parameters().values());
        if (values.size() != size) {
            throw new ModelException("the fit of " + report.model() + " has the parameters "
                    + report.parameters().keySet() + ", but there are domains for " + size);
        }
        double[] centre = new double[size];
        double[] slope = new double[size];
        for (int i = 0; i < size; i++) {
            centre[i] = toFree(domains.get(i), values.get(i));
            slope[i] = slope(domains.get(i), values.get(i));
        }
        double[][] free = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                free[i][j] = slope[i] * covariance[i][j] * slope[j];
            }
        }
        return new ParameterDraws(List.copyOf(domains), report.parameters(), centre, root(free));
    }

    /**
     * Draws parameters.
     *
     * @param random the source of randomness; the same one, in the same state, gives the same draw
     * @return the parameters by name, each in its domain
     * @throws ModelException if the errors of the fit are so large that draws are beyond what a double holds
     */
    public Map<String, Double> draw(RandomGenerator random) {
        double[] normal = new double[centre.length];
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            for (int i = 0; i < normal.length; i++) {
                normal[i] = random.nextGaussian();
            }
            Map<String, Double> drawn = moved(normal);
            if (domains.stream().allMatch(domain -> domain.contains(drawn.getOrDefault(domain.name(), Double.NaN)))) {
                return drawn;
            }
        }
        throw new ModelException("the errors of the parameters " + estimates.keySet()
                + " are so large that draws of them are no numbers; more data or a simpler model is needed");
    }

    private Map<String, Double> moved(double[] normal) {
        Map<String, Double> drawn = new LinkedHashMap<>();
        for (int i = 0; i < centre.length; i++) {
            double shift = 0;
            for (int j = 0; j <= i; j++) {
                shift += root[i][j] * normal[j];
            }
            ParameterDomain domain = domains.get(i);
            // Not there and back, which would change the last digits of a parameter that stays.
            drawn.put(
                    domain.name(),
                    shift == 0
                            ? estimates.getOrDefault(domain.name(), Double.NaN)
                            : fromFree(domain, centre[i] + shift));
        }
        return drawn;
    }

    private static boolean isHalfOpen(ParameterDomain domain) {
        return domain.lower() > Double.NEGATIVE_INFINITY && domain.upper() == Double.POSITIVE_INFINITY;
    }

    private static boolean isInterval(ParameterDomain domain) {
        return domain.lower() > Double.NEGATIVE_INFINITY && domain.upper() < Double.POSITIVE_INFINITY;
    }

    private static double toFree(ParameterDomain domain, double value) {
        if (isHalfOpen(domain)) {
            return Math.log(value - domain.lower());
        }
        return isInterval(domain) ? Math.log(value - domain.lower()) - Math.log(domain.upper() - value) : value;
    }

    private static double slope(ParameterDomain domain, double value) {
        if (isHalfOpen(domain)) {
            return 1 / (value - domain.lower());
        }
        return isInterval(domain) ? 1 / (value - domain.lower()) + 1 / (domain.upper() - value) : 1;
    }

    private static double fromFree(ParameterDomain domain, double free) {
        if (isHalfOpen(domain)) {
            return domain.lower() + Math.exp(free);
        }
        return isInterval(domain) ? domain.lower() + (domain.upper() - domain.lower()) / (1 + Math.exp(-free)) : free;
    }

    /** Cholesky's root of a matrix that may have rows of zeros, and is else positive but for rounding. */
    private static double[][] root(double[][] matrix) {
        int size = matrix.length;
        double[][] root = new double[size][size];
        for (int i = 0; i < size; i++) {
            double left = matrix[i][i];
            for (int j = 0; j < i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= root[i][k] * root[j][k];
                }
                root[i][j] = root[j][j] == 0 ? 0 : sum / root[j][j];
                left -= root[i][j] * root[i][j];
            }
            if (!(left >= -ROUNDING * matrix[i][i])) {
                throw new ModelException("the covariance of the parameters is not positive definite");
            }
            root[i][i] = left > ROUNDING * matrix[i][i] ? Math.sqrt(left) : 0;
        }
        return root;
    }
}
