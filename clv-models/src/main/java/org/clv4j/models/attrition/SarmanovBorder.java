// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.Arrays;
import org.clv4j.models.internal.kernel.Sarmanov;
import org.clv4j.models.internal.optim.Objective;

/**
 * The smooth pieces of the border of a Sarmanov family, and where two of them meet. In κ = ωAB, a = A/(1−A) and b = B/(1−B) the bounds
 * are −min(1, ab) and min(a, b). A point on a piece is given by the parameters that are left; it stands for (r, α, s, β, 1 + κ).
 */
enum SarmanovBorder {
    /** κ = a. */
    PURCHASES(true, 4),
    /** κ = b. */
    DROPOUT(true, 4),
    /** κ = a = b, which gives β. */
    BOTH(true, 3),
    /** κ = −1. */
    ONE(false, 4),
    /** κ = −ab. */
    PRODUCT(false, 4),
    /** κ = −1 = −ab, which gives β. */
    ONE_AND_PRODUCT(false, 3);

    final boolean isUpper;
    /** How many of r, α, s, β are left. */
    final int parameters;

    SarmanovBorder(boolean isUpper, int parameters) {
        this.isUpper = isUpper;
        this.parameters = parameters;
    }

    static double highest(double[] point, double c) {
        return Math.min(Sarmanov.odds(point[0], point[1], c), Sarmanov.odds(point[2], point[3], c));
    }

    static double lowest(double[] point, double c) {
        return -Math.min(1, Sarmanov.odds(point[0], point[1], c) * Sarmanov.odds(point[2], point[3], c));
    }

    /** The nearest point of this piece that is in the bounds: where two pieces meet if the point is beyond that. */
    double[] start(double[] point, double c) {
        double[] onPiece = expand(point, c);
        double kappa = onPiece[4] - 1;
        boolean inside = isUpper ? kappa <= highest(onPiece, c) : kappa >= lowest(onPiece, c);
        double[] from = inside ? onPiece : (isUpper ? BOTH : ONE_AND_PRODUCT).expand(point, c);
        return Arrays.copyOf(from, parameters);
    }

    /** (r, α, s, β, 1 + κ) of a point on the piece, of which the parameters that are left are read. */
    double[] expand(double[] point, double c) {
        double r = point[0];
        double alpha = point[1];
        double s = point[2];
        double minusLogA = Sarmanov.minusLog(r, alpha, c);
        double a = 1 / Math.expm1(minusLogA);
        double beta =
                switch (this) {
                    case BOTH -> c / Math.expm1(minusLogA / s);
                    case ONE_AND_PRODUCT -> c / Math.expm1(-Math.log1p(-Math.exp(-minusLogA)) / s);
                    default -> point[3];
                };
        double kappa =
                switch (this) {
                    case PURCHASES, BOTH -> a;
                    case DROPOUT -> Sarmanov.odds(s, beta, c);
                    case ONE, ONE_AND_PRODUCT -> -1;
                    case PRODUCT -> -a * Sarmanov.odds(s, beta, c);
                };
        return new double[] {r, alpha, s, beta, 1 + kappa};
    }

    /** The likelihood on the piece, its gradient by the chain rule. */
    Objective of(Objective whole, double c) {
        double[] full = new double[5];
        return (point, gradient) -> {
            double[] at = expand(point, c);
            double value = whole.evaluate(at, full);
            chain(at, full, gradient, c);
            return value;
        };
    }

    private void chain(double[] at, double[] full, double[] gradient, double c) {
        double r = at[0];
        double alpha = at[1];
        double s = at[2];
        double beta = at[3];
        double a = Sarmanov.odds(r, alpha, c);
        double b = Sarmanov.odds(s, beta, c);
        // −ln A by r and α, −ln B by s and β.
        double aByR = Math.log1p(c / alpha);
        double aByAlpha = -r * (c / alpha) / (alpha + c);
        double bByS = Math.log1p(c / beta);
        double bByBeta = -s * (c / beta) / (beta + c);
        for (int i = 0; i < parameters; i++) {
            gradient[i] = full[i];
        }
        switch (this) {
            case PURCHASES -> {
                gradient[0] -= full[4] * a * (1 + a) * aByR;
                gradient[1] -= full[4] * a * (1 + a) * aByAlpha;
            }
            case DROPOUT -> {
                gradient[2] -= full[4] * b * (1 + b) * bByS;
                gradient[3] -= full[4] * b * (1 + b) * bByBeta;
            }
            case BOTH -> {
                // −ln B is −ln A.
                double byLogA = full[3] / bByBeta - full[4] * a * (1 + a);
                gradient[0] += byLogA * aByR;
                gradient[1] += byLogA * aByAlpha;
                gradient[2] -= full[3] * bByS / bByBeta;
            }
            case ONE -> {}
            case PRODUCT -> {
                gradient[0] += full[4] * a * b * (1 + a) * aByR;
                gradient[1] += full[4] * a * b * (1 + a) * aByAlpha;
                gradient[2] += full[4] * a * b * (1 + b) * bByS;
                gradient[3] += full[4] * a * b * (1 + b) * bByBeta;
            }
            case ONE_AND_PRODUCT -> {
                // B is 1 − A.
                double byLogA = -full[3] / bByBeta * a;
                gradient[0] += byLogA * aByR;
                gradient[1] += byLogA * aByAlpha;
                gradient[2] -= full[3] * bByS / bByBeta;
            }
        }
    }
}
