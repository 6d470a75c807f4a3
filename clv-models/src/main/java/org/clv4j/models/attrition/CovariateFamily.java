// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.models.internal.kernel.AttritionFormulas;
import org.clv4j.models.internal.kernel.BetaGeometric;
import org.clv4j.models.internal.kernel.BetaGeometricRows;
import org.clv4j.models.internal.kernel.CovariateLikelihood.Target;
import org.clv4j.models.internal.kernel.GompertzGamma;
import org.clv4j.models.internal.kernel.GompertzGammaRows;
import org.clv4j.models.internal.kernel.ParetoGamma;
import org.clv4j.models.internal.kernel.ParetoGammaRows;
import org.clv4j.models.internal.kernel.RowKernel;
import org.jspecify.annotations.Nullable;

/**
 * What covariates need to know of a model of the family.
 *
 * @param name the model's name
 * @param parameters its parameters
 * @param times which of them are times
 * @param rates which of them are one over a time
 * @param purchases what an effect on the rate of purchases changes
 * @param dropout what an effect on dropout changes
 * @param additive whether effects are added to parameters, which are logarithms of rates, instead of multiplying them
 * @param kernels makes kernels of the likelihood; null if the model is not fitted by maximum likelihood
 * @param formulas makes the formulas of parameters in their order
 * @param fitted makes the model of parameters in their order
 */
record CovariateFamily(
        String name,
        List<ParameterDomain> parameters,
        List<Integer> times,
        List<Integer> rates,
        Target purchases,
        Target dropout,
        boolean additive,
        @Nullable Supplier<RowKernel> kernels,
        Function<double[], AttritionFormulas> formulas,
        Function<double[], FittedAttritionModel> fitted) {

    static final CovariateFamily PARETO_NBD = new CovariateFamily(
            ParetoNbd.NAME,
            ParetoNbd.PARAMETERS,
            List.of(1, 3),
            List.of(),
            new Target(1, -1),
            new Target(3, -1),
            false,
            ParetoGammaRows::new,
            p -> new ParetoGamma(p[0], p[1], p[2], p[3]),
            p -> ParetoNbd.Fitted.of(p[0], p[1], p[2], p[3]));

    static final CovariateFamily BG_NBD = betaGeometric(BgNbd.NAME, BgNbd.PARAMETERS, false);

    static final CovariateFamily MBG_NBD = betaGeometric(MbgNbd.NAME, MbgNbd.PARAMETERS, true);

    static final CovariateFamily GGOMPERTZ_NBD = new CovariateFamily(
            GGompertzNbd.NAME,
            GGompertzNbd.PARAMETERS,
            List.of(1),
            List.of(2),
            new Target(1, -1),
            new Target(4, -1),
            false,
            GompertzGammaRows::new,
            p -> new GompertzGamma(p[0], p[1], p[2], p[3], p[4]),
            p -> GGompertzNbd.Fitted.of(p[0], p[1], p[2], p[3], p[4]));

    static final CovariateFamily HIERARCHICAL_PARETO_NBD = new CovariateFamily(
            HierarchicalParetoNbd.NAME,
            HierarchicalParetoNbd.PARAMETERS,
            List.of(),
            List.of(),
            new Target(0, 1),
            new Target(1, 1),
            true,
            null,
            p -> HierarchicalParetoNbd.Fitted.formulas(p[0], p[1], p[2], p[3], p[4]),
            p -> HierarchicalParetoNbd.Fitted.of(p[0], p[1], p[2], p[3], p[4]));

    private static CovariateFamily betaGeometric(String name, List<ParameterDomain> parameters, boolean modified) {
        return new CovariateFamily(
                name,
                parameters,
                List.of(1),
                List.of(),
                new Target(1, -1),
                new Target(2, 1),
                false,
                () -> new BetaGeometricRows(modified),
                p -> new BetaGeometric(p[0], p[1], p[2], p[3], modified),
                p -> modified ? MbgNbd.Fitted.of(p[0], p[1], p[2], p[3]) : BgNbd.Fitted.of(p[0], p[1], p[2], p[3]));
    }

    /** A parameter of a customer whose logarithm, or which itself, is shifted by so much. */
    double shifted(double value, double shift) {
        return additive ? value + shift : value * Math.exp(shift);
    }
}
