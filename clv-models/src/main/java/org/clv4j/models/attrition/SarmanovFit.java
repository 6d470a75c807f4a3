// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FitWarning;
import org.clv4j.core.model.FitWarning.Condition;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.ParetoGammaLikelihood;
import org.clv4j.models.internal.kernel.RowsByFrequency;
import org.clv4j.models.internal.kernel.Sarmanov;
import org.clv4j.models.internal.kernel.SarmanovParetoGammaLikelihood;

/**
 * The fit of {@link CorrelatedParetoNbd}: a maximum under constraints, because the bounds of ω depend on the other parameters and are
 * each the smaller of two functions of them.
 *
 * <p>The maximum is inside, on one of the smooth pieces of the {@linkplain SarmanovBorder border}, or where two of them meet. Each is a
 * fit of its own without constraints, with a parameter or two less; the best of those that end in the bounds is the maximum. The border
 * is looked at where a fit from inside has left the bounds.
 */
final class SarmanovFit {

    /** The four parameters of Pareto/NBD, and 1 + κ, which goes by the name of what it stands for. */
    private static final List<ParameterDomain> INSIDE = CorrelatedParetoNbd.PARAMETERS.stream()
            .filter(parameter -> !parameter.name().equals("c"))
            .map(parameter -> ParameterDomain.positive(parameter.name(), parameter.meaning()))
            .toList();

    /** Relatively so far beyond a bound is at the bound. */
    private static final double ROUNDING = 1e-9;
    /** A sample's optimum that is beyond the bounds by no more than this may be within for all. */
    private static final double NEARLY = 0.2;

    private final CustomerBase base;
    private final RowsByFrequency rows;
    private final double c;
    private final Execution execution;
    private final List<End> ends = new ArrayList<>();
    private int evaluations;

    private SarmanovFit(CustomerBase base, double c, Execution execution) {
        this.base = base;
        this.rows = RowsByFrequency.of(base);
        this.c = c;
        this.execution = execution;
    }

    /** Where a fit ended, as (r, α, s, β, 1 + κ), and its report, which is in the parameters of that fit. */
    private static final class End {
        private final double[] point;
        private final FitReport report;
        private final double bound;

        End(double[] point, FitReport report, double bound) {
            this.point = point;
            this.report = report;
            this.bound = bound;
        }

        double kappa() {
            return point[4] - 1;
        }

        double logLikelihood() {
            return report.logLikelihood().orElse(Double.NEGATIVE_INFINITY);
        }
    }

    static FitReport of(CustomerBase base, double c, Execution execution) {
        // Refuses a base that is too small for all parameters.
        AttritionFit.of(CorrelatedParetoNbd.NAME, INSIDE, Priors.NONE, base, execution);
        return new SarmanovFit(base, c, execution).fit();
    }

    private FitReport fit() {
        AttritionFit independent = fitOf(4);
        double[] start = values(ParetoNbd.withStarts(independent).fit(rows, ParetoGammaLikelihood::new));
        double highest = SarmanovBorder.highest(start, c);
        double lowest = SarmanovBorder.lowest(start, c);
        Set<SarmanovBorder> seen = EnumSet.noneOf(SarmanovBorder.class);
        for (double kappa : new double[] {0, highest / 2, lowest / 2}) {
            End end = inside(start, kappa, highest);
            boolean lost = !end.report.converged() || end.report.has(Condition.BOUNDARY);
            for (SarmanovBorder border : SarmanovBorder.values()) {
                boolean beyond = border.isUpper
                        ? end.kappa() > SarmanovBorder.highest(end.point, c)
                        : end.kappa() < SarmanovBorder.lowest(end.point, c);
                if ((lost || beyond) && seen.add(border)) {
                    along(border, end.point);
                }
            }
        }
        // A fit that did not converge is better than none: its report says what it is.
        End best = ends.stream()
                .filter(end -> isInBounds(end, ROUNDING))
                .max(Comparator.comparing((End end) -> end.report.converged()).thenComparing(End::logLikelihood))
                .orElseThrow(() -> new ModelException(
                        CorrelatedParetoNbd.NAME + ": no fit ended within the bounds of omega; use pareto-nbd"));
        return report(best);
    }

    private AttritionFit fitOf(int parameters) {
        return AttritionFit.of(CorrelatedParetoNbd.NAME, INSIDE.subList(0, parameters), Priors.NONE, base, execution);
    }

    private double[] values(FitReport report) {
        evaluations += report.evaluations();
        return report.parameters().values().stream().mapToDouble(value -> value).toArray();
    }

    private End inside(double[] start, double kappa, double highest) {
        AttritionFit fit = fitOf(5);
        FitReport report = fit.time(1)
                .time(3)
                .scale(4, Math.sqrt(1 + highest))
                .start(start[0], start[1], start[2], start[3], 1 + kappa)
                .fit(rows, (some, how) -> new SarmanovParetoGammaLikelihood(some, c, how));
        End end = new End(values(report), report, Double.NaN);
        ends.add(end);
        return end;
    }

    /** Adds where the likelihood is highest along a piece of the border, unless a sample tells that this is far beyond its ends. */
    private void along(SarmanovBorder border, double[] from) {
        int step = AttritionFit.sampleStep(rows.size());
        if (step == 1) {
            ends.add(endOf(border, from, rows));
            return;
        }
        End ofSample = endOf(border, from, rows.every(step));
        if (isInBounds(ofSample, NEARLY)) {
            ends.add(endOf(border, ofSample.point, rows));
        }
    }

    private End endOf(SarmanovBorder border, double[] from, RowsByFrequency some) {
        AttritionFit fit = fitOf(border.parameters).time(1);
        if (border.parameters > 3) {
            fit.time(3);
        }
        FitReport report = fit.start(border.start(from, c))
                .fit(some, (sorted, how) -> border.of(new SarmanovParetoGammaLikelihood(sorted, c, how), c));
        double[] point = border.expand(values(report), c);
        double bound = border.isUpper
                ? Sarmanov.highest(point[0], point[1], point[2], point[3], c)
                : Sarmanov.lowest(point[0], point[1], point[2], point[3], c);
        return new End(point, report, bound);
    }

    private boolean isInBounds(End end, double slack) {
        return end.kappa() <= SarmanovBorder.highest(end.point, c) * (1 + slack)
                && end.kappa() >= SarmanovBorder.lowest(end.point, c) * (1 + slack);
    }

    private FitReport report(End end) {
        double r = end.point[0];
        double alpha = end.point[1];
        double s = end.point[2];
        double beta = end.point[3];
        double lowest = Sarmanov.lowest(r, alpha, s, beta, c);
        double highest = Sarmanov.highest(r, alpha, s, beta, c);
        boolean isInside = Double.isNaN(end.bound);
        // 1/(AB).
        double unit = Math.exp(r * Math.log1p(c / alpha) + s * Math.log1p(c / beta));
        double omega = isInside ? Math.max(lowest, Math.min(highest, end.kappa() * unit)) : end.bound;
        Map<String, Double> parameters = new LinkedHashMap<>();
        double[] values = {r, alpha, s, beta, omega, c};
        for (int i = 0; i < values.length; i++) {
            parameters.put(CorrelatedParetoNbd.PARAMETERS.get(i).name(), values[i]);
        }
        List<FitWarning> warnings = new ArrayList<>(end.report.warnings());
        if (!isInside) {
            warnings.add(
                    new FitWarning(
                            Condition.BOUNDARY,
                            "`omega` (dependence of the rates) is at its bound " + (float) omega + ", of ["
                                    + (float) lowest + ", "
                                    + (float) highest
                                    + "]: the family has no stronger dependence with these rates, and there are no standard errors"));
        }
        FitReport.Builder report = FitReport.builder(CorrelatedParetoNbd.NAME, parameters);
        end.report.covariance().ifPresent(inner -> {
            if (isInside) {
                report.covariance(covariance(inner, values, unit));
                Map<String, Double> errors = new LinkedHashMap<>();
                for (int i = 0; i < INSIDE.size(); i++) {
                    errors.put(INSIDE.get(i).name(), errorOf(inner, values, unit, i));
                }
                report.standardErrors(errors);
            }
        });
        report.timeScale(base.timeScale())
                .logLikelihood(end.logLikelihood())
                .customers(end.report.customers())
                .converged(end.report.converged())
                .evaluations(evaluations)
                .warnings(warnings);
        end.report.provenance().forEach(report::provenance);
        return report.provenance("bounds of omega", "[" + lowest + ", " + highest + "]")
                .provenance(
                        "correlation of the rates", Double.toString(Sarmanov.correlation(r, alpha, s, beta, omega, c)))
                .fixed("c")
                .build();
    }

    private double errorOf(double[][] inner, double[] values, double unit, int parameter) {
        return Math.sqrt(covariance(inner, values, unit)[parameter][parameter]);
    }

    /** From 1 + κ to ω = κ/(AB) by the delta method; c has no variance. */
    private double[][] covariance(double[][] inner, double[] values, double unit) {
        double omega = values[4];
        double[] ofOmega = {
            omega * Math.log1p(c / values[1]),
            -omega * values[0] * (c / values[1]) / (values[1] + c),
            omega * Math.log1p(c / values[3]),
            -omega * values[2] * (c / values[3]) / (values[3] + c),
            unit
        };
        double[][] covariance = new double[6][6];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                covariance[i][j] = inner[i][j];
            }
        }
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                if (i < 4) {
                    covariance[i][4] += inner[i][j] * ofOmega[j];
                }
                covariance[4][4] += ofOmega[i] * inner[i][j] * ofOmega[j];
            }
        }
        for (int i = 0; i < 4; i++) {
            covariance[4][i] = covariance[i][4];
        }
        return covariance;
    }
}
