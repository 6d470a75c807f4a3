// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.clv4j.models.internal.special.Psi;

/** A distribution of the target given its mean, with its link. The link is the logarithm but for the logistic one. */
abstract class Family {

    /** Beyond this a mean is held: e to it is still far from overflow, even squared. */
    static final double LARGEST_ETA = 300;

    /** The variance of a target of mean μ, by unit of dispersion. */
    abstract double variance(double mean);

    /** What y adds to the deviance; at least 0. */
    abstract double deviance(double y, double mean);

    /** Tells whether a target is possible. */
    abstract boolean allows(double y);

    /** What is possible, in words. */
    abstract String range();

    /** Tells whether the variance has a factor that is to be estimated. */
    boolean isDispersed() {
        return false;
    }

    double mean(double eta) {
        return exponential(eta);
    }

    /** {@link #mean} of the first so many. */
    void meanInPlace(double[] etas, int count) {
        for (int i = 0; i < count; i++) {
            etas[i] = exponential(etas[i]);
        }
    }

    static double exponential(double eta) {
        return Math.exp(Math.max(-LARGEST_ETA, Math.min(LARGEST_ETA, eta)));
    }

    /** dμ/dη. */
    double slope(double mean) {
        return mean;
    }

    /** The variance at a linear predictor and its mean, by unit of dispersion. */
    double varianceAt(double eta, double mean) {
        return variance(mean);
    }

    /** dμ/dη at a linear predictor and its mean. */
    double slopeAt(double eta, double mean) {
        return slope(mean);
    }

    /** What y adds to what a fit makes least; at least 0. */
    double lossAt(double y, double eta, double mean) {
        return deviance(y, mean);
    }

    /** A linear predictor to start from. */
    double start(double y, double average) {
        return Math.log((y + average) / 2);
    }

    /** y ln(y/μ). */
    private static double logRatio(double y, double mean) {
        return y == 0 ? 0 : y * Math.log(y / mean);
    }

    static boolean isCount(double y) {
        return y >= 0 && y == Math.rint(y) && y <= 1e15;
    }

    static final class Poisson extends Family {
        @Override
        double variance(double mean) {
            return mean;
        }

        @Override
        double deviance(double y, double mean) {
            return Math.max(0, 2 * (logRatio(y, mean) - (y - mean)));
        }

        @Override
        boolean allows(double y) {
            return y >= 0 && y <= 1e15;
        }

        @Override
        String range() {
            return "at least 0";
        }

        static double logLikelihood(double y, double mean) {
            return (y == 0 ? 0 : y * Math.log(mean)) - mean - LogGamma.value(y + 1);
        }
    }

    static final class NegativeBinomial extends Family {
        private final double theta;

        NegativeBinomial(double theta) {
            this.theta = theta;
        }

        @Override
        double variance(double mean) {
            return mean * (1 + mean / theta);
        }

        @Override
        double deviance(double y, double mean) {
            return Math.max(0, 2 * (logRatio(y, mean) - (y + theta) * Math.log1p((y - mean) / (mean + theta))));
        }

        @Override
        boolean allows(double y) {
            return isCount(y);
        }

        @Override
        String range() {
            return "a whole number, at least 0";
        }

        static double logLikelihood(double y, double mean, double theta) {
            return rising(theta, y)
                    - LogGamma.value(y + 1)
                    - theta * Math.log1p(mean / theta)
                    + (y == 0 ? 0 : y * Math.log(mean / (theta + mean)));
        }

        /** ln Γ(θ + y)/Γ(θ). */
        private static double rising(double theta, double y) {
            if (y > FEW) {
                return LogGamma.value(theta + y) - LogGamma.value(theta);
            }
            double sum = 0;
            for (int i = 0; i < y; i++) {
                sum += Math.log(theta + i);
            }
            return sum;
        }

        /** Up to so many, sums are taken as they are: they do not cancel where θ is large. */
        private static final double FEW = 500;

        /** The derivative of the log-likelihood by θ. */
        static double score(double y, double mean, double theta) {
            double sum = 0;
            if (y > FEW) {
                sum = Psi.digamma(theta + y) - Psi.digamma(theta);
            } else {
                for (int i = 0; i < y; i++) {
                    sum += 1 / (theta + i);
                }
            }
            return sum - Math.log1p(mean / theta) + (mean - y) / (theta + mean);
        }

        /** Minus the second derivative by θ. */
        static double information(double y, double mean, double theta) {
            double sum = 0;
            if (y > FEW) {
                sum = Trigamma.value(theta) - Trigamma.value(theta + y);
            } else {
                for (int i = 0; i < y; i++) {
                    sum += 1 / ((theta + i) * (theta + i));
                }
            }
            double all = theta + mean;
            return sum - mean / (theta * all) + (mean - y) / (all * all);
        }
    }

    static final class Gamma extends Family {
        @Override
        double variance(double mean) {
            return mean * mean;
        }

        @Override
        double deviance(double y, double mean) {
            double relative = (y - mean) / mean;
            return Math.max(0, 2 * (relative - Math.log(y / mean)));
        }

        @Override
        boolean allows(double y) {
            return y > 0 && y < Double.POSITIVE_INFINITY;
        }

        @Override
        String range() {
            return "finite and above 0";
        }

        @Override
        boolean isDispersed() {
            return true;
        }

        @Override
        double start(double y, double average) {
            return Math.log(y);
        }

        /** The shape by maximum likelihood: ln ν − ψ(ν) is half the mean deviance. */
        static double shape(double meanDeviance) {
            double half = Math.max(meanDeviance / 2, 1e-14);
            double low = Math.log(1e-8);
            double high = Math.log(1e15);
            for (int i = 0; i < 200 && high - low > 1e-14 * Math.abs(low + high); i++) {
                double middle = (low + high) / 2;
                double shape = Math.exp(middle);
                // Where ln ν and ψ(ν) cancel, the series of their difference does not.
                double difference = shape > 1e4 ? 0.5 / shape + 1 / (12 * shape * shape) : middle - Psi.digamma(shape);
                if (difference > half) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return Math.exp((low + high) / 2);
        }

        static double logLikelihood(double y, double mean, double shape) {
            double ratio = y / mean;
            return shape * Math.log(shape) - LogGamma.value(shape) - Math.log(y) + shape * (Math.log(ratio) - ratio);
        }
    }

    static final class Tweedie extends Family {
        private final double power;

        Tweedie(double power) {
            this.power = power;
        }

        @Override
        double variance(double mean) {
            return Math.pow(mean, power);
        }

        @Override
        double deviance(double y, double mean) {
            double two = 2 - power;
            double one = 1 - power;
            double own = y == 0 ? 0 : Math.pow(y, two) / (one * two);
            return Math.max(0, 2 * (own - y * Math.pow(mean, one) / one + Math.pow(mean, two) / two));
        }

        @Override
        boolean allows(double y) {
            return y >= 0 && y < Double.POSITIVE_INFINITY;
        }

        @Override
        String range() {
            return "finite and at least 0";
        }

        @Override
        boolean isDispersed() {
            return true;
        }

        /** The series of Dunn and Smyth (2005), summed from its largest term to both sides. */
        static double logLikelihood(double y, double mean, double dispersion, double power) {
            double two = 2 - power;
            double one = power - 1;
            double away = Math.pow(mean, two) / (dispersion * two);
            if (y == 0) {
                return -away;
            }
            double alpha = two / one;
            double logZ =
                    alpha * (Math.log(y) - Math.log(one) - Math.log(dispersion)) - Math.log(dispersion) - Math.log(two);
            double top = Math.max(1, Math.rint(Math.pow(y, two) / (dispersion * two)));
            double largest = term(top, logZ, alpha);
            double sum = 1;
            for (double j = top + 1; ; j++) {
                double ratio = Math.exp(term(j, logZ, alpha) - largest);
                sum += ratio;
                if (ratio < 1e-17) {
                    break;
                }
            }
            for (double j = top - 1; j >= 1; j--) {
                double ratio = Math.exp(term(j, logZ, alpha) - largest);
                sum += ratio;
                if (ratio < 1e-17) {
                    break;
                }
            }
            return -y * Math.pow(mean, -one) / (one * dispersion) - away - Math.log(y) + largest + Math.log(sum);
        }

        private static double term(double j, double logZ, double alpha) {
            return j * logZ - LogGamma.value(j + 1) - LogGamma.value(alpha * j);
        }
    }

    /** Zero or one, with the logistic link. */
    static final class Bernoulli extends Family {
        @Override
        double variance(double mean) {
            return mean * (1 - mean);
        }

        @Override
        double deviance(double y, double mean) {
            return y == 1 ? -2 * Math.log(mean) : -2 * Math.log1p(-mean);
        }

        @Override
        boolean allows(double y) {
            return y == 0 || y == 1;
        }

        @Override
        String range() {
            return "0 or 1";
        }

        @Override
        double mean(double eta) {
            return logistic(eta);
        }

        @Override
        void meanInPlace(double[] etas, int count) {
            for (int i = 0; i < count; i++) {
                etas[i] = logistic(etas[i]);
            }
        }

        private static double logistic(double eta) {
            double held = Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, eta));
            return 1 / (1 + Math.exp(-held));
        }

        /** Beyond this 1 − p is rounding. */
        static final double LARGEST_LOGIT = 30;

        @Override
        double slope(double mean) {
            return mean * (1 - mean);
        }

        @Override
        double start(double y, double average) {
            double p = (y + 0.5) / 2;
            return Math.log(p / (1 - p));
        }
    }
}
