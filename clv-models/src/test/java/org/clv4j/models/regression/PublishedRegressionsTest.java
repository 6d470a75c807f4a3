// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.clv4j.core.learn.Coefficient;
import org.clv4j.core.learn.CoefficientInference;
import org.clv4j.core.learn.CovarianceType;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;
import org.junit.jupiter.api.Test;

/**
 * Coefficients and standard errors of textbook data sets are those published, to the digits printed. All but those of Engel's data were
 * also recomputed with 60 digits by regression_truth.py, which uses nothing of the library; where a test says "recomputed" the value is from there.
 */
class PublishedRegressionsTest {

    private static void assertCoefficients(CoefficientInference fit, double relative, double[][] certified) {
        List<Coefficient> coefficients = fit.coefficients(CovarianceType.MODEL, 0.95);
        assertThat(coefficients).hasSize(certified.length);
        for (int j = 0; j < certified.length; j++) {
            Coefficient coefficient = coefficients.get(j);
            assertThat(coefficient.estimate() / certified[j][0])
                    .as(coefficient.name())
                    .isCloseTo(1, within(relative));
            assertThat(coefficient.standardError() / certified[j][1])
                    .as("error of " + coefficient.name())
                    .isCloseTo(1, within(relative));
        }
    }

    /** Each within half of the last digit printed. */
    private static void assertPrinted(CoefficientInference fit, double digit, double[][] printed) {
        List<Coefficient> coefficients = fit.coefficients(CovarianceType.MODEL, 0.95);
        for (int j = 0; j < printed.length; j++) {
            Coefficient coefficient = coefficients.get(j);
            assertThat(coefficient.estimate()).as(coefficient.name()).isCloseTo(printed[j][0], within(digit / 2));
            assertThat(coefficient.standardError())
                    .as("error of " + coefficient.name())
                    .isCloseTo(printed[j][1], within(digit / 2));
        }
    }

    /** NIST StRD, Longley: certified to 15 digits (https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml). */
    @Test
    void longley() {
        LinearRegression.Fitted fit = LinearRegression.withDefaults().fit(Regressions.read("longley"));
        assertCoefficients(fit, 1e-11, new double[][] {
            {-3482258.63459582, 890420.383607373},
            {15.0618722713733, 84.9149257747669},
            {-0.358191792925910e-1, 0.334910077722432e-1},
            {-2.02022980381683, 0.488399681651699},
            {-1.03322686717359, 0.214274163161675},
            {-0.511041056535807e-1, 0.226073200069370},
            {1829.15146461355, 455.478499142212}
        });
        assertThat(fit.sigma()).isCloseTo(304.854073561965, within(1e-9));
        assertThat(fit.rSquared().orElseThrow()).isCloseTo(0.995479004577296, within(1e-14));
        assertThat(fit.varianceInflation().get("gnp")).isGreaterThan(1000);
        assertThat(fit.report().warnings()).hasSize(1);
        // Recomputed.
        double[][] hc3 = fit.covariance(CovarianceType.HC3);
        double[][] hc2 = fit.covariance(CovarianceType.HC2);
        double[][] hc0 = fit.covariance(CovarianceType.HC0);
        assertThat(Math.sqrt(hc0[6][6])).isCloseTo(428.384375535098, within(1e-7));
        assertThat(Math.sqrt(hc2[6][6])).isCloseTo(617.5929550837654, within(1e-7));
        assertThat(Math.sqrt(hc3[6][6])).isCloseTo(922.807841715404, within(1e-7));
        assertThat(Math.sqrt(hc3[0][0]) / 1799477.2306618162).isCloseTo(1, within(1e-9));
    }

    /** NIST StRD, Norris. */
    @Test
    void norris() {
        LinearRegression.Fitted fit = LinearRegression.withDefaults().fit(Regressions.read("norris"));
        assertCoefficients(fit, 1e-12, new double[][] {
            {-0.262323073774029, 0.232818234301152}, {1.00211681802045, 0.429796848199937e-3}
        });
        assertThat(fit.sigma()).isCloseTo(0.884796396144373, within(1e-13));
        assertThat(fit.rSquared().orElseThrow()).isCloseTo(0.999993745883712, within(1e-14));
        double[][] hc3 = fit.covariance(CovarianceType.HC3);
        assertThat(Math.sqrt(hc3[1][1])).isCloseTo(0.0005231447809288025, within(1e-15));
        assertThat(fit.report().warnings()).isEmpty();
    }

    /** NIST StRD, Filip: a polynomial of degree 10, of higher difficulty. Its powers are rounded before anything is fitted. */
    @Test
    void filip() {
        TrainingData data = Regressions.read("filip");
        double[] x = data.features().column("x");
        FeatureTable.Builder powers = FeatureTable.builder();
        for (int power = 1; power <= 10; power++) {
            int exponent = power;
            powers.column("x^" + power, Regressions.mapped(x, value -> Math.pow(value, exponent)));
        }
        LinearRegression.Fitted fit =
                LinearRegression.withDefaults().fit(TrainingData.of(powers.build(), Regressions.targets(data)));
        assertCoefficients(fit, 1e-7, new double[][] {
            {-1467.48961422980, 298.084530995537},
            {-2772.17959193342, 559.779865474950},
            {-2316.37108160893, 466.477572127796},
            {-1127.97394098372, 227.204274477751},
            {-354.478233703349, 71.6478660875927},
            {-75.1242017393757, 15.2897178747400},
            {-10.8753180355343, 2.23691159816033},
            {-1.06221498588947, 0.221624321934227},
            {-0.670191154593408e-1, 0.142363763154724e-1},
            {-0.246781078275479e-2, 0.535617408889821e-3},
            {-0.402962525080404e-4, 0.896632837373868e-5}
        });
        assertThat(fit.rSquared().orElseThrow()).isCloseTo(0.996727416185620, within(1e-11));
    }

    /** Dobson (1990), p. 93, as the documentation of R's glm prints it; treatments are balanced, so that their effects are 0. */
    @Test
    void dobson() {
        GeneralisedLinearModel.Fitted fit = GeneralisedLinearModel.poisson().fit(Regressions.read("dobson"));
        assertPrinted(fit, 1e-4, new double[][] {
            {3.0445, 0.1709}, {-0.4543, 0.2022}, {-0.2930, 0.1927}, {0, 0.2000}, {0, 0.2000}
        });
        assertThat(fit.deviance()).isCloseTo(5.1291, within(5e-5));
        assertThat(fit.nullDeviance()).isCloseTo(10.5814, within(5e-5));
        assertThat(fit.report().aic().orElseThrow()).isCloseTo(56.76, within(5e-3));
        assertThat(fit.coefficient("treatment2")).isCloseTo(0, within(1e-9));
    }

    /** Venables and Ripley's absence from school: glm.nb(Days ~ Eth + Sex + Age + Lrn) of R's MASS. */
    @Test
    void quine() {
        GeneralisedLinearModel.Fitted fit =
                GeneralisedLinearModel.negativeBinomial().fit(Regressions.read("quine"));
        assertPrinted(fit, 1e-5, new double[][] {
            {2.89458, 0.22842},
            {-0.56937, 0.15333},
            {0.08232, 0.15992},
            {-0.44843, 0.23975},
            {0.08808, 0.23619},
            {0.35690, 0.24832},
            {0.29211, 0.18647}
        });
        assertThat(fit.shape().orElseThrow()).isCloseTo(1.275, within(5e-4));
        assertThat(2 * fit.report().logLikelihood().orElseThrow()).isCloseTo(-1093.151, within(5e-4));
        assertThat(fit.deviance()).isCloseTo(167.95, within(5e-3));
        assertThat(fit.nullDeviance()).isCloseTo(195.29, within(5e-3));
        // Recomputed.
        assertThat(fit.shape().orElseThrow()).isCloseTo(1.2748926450622853, within(1e-9));
        assertThat(fit.report().standardErrors().get("(theta)")).isCloseTo(0.16103566171498054, within(1e-9));
        assertThat(fit.estimates()[0]).isCloseTo(2.8945799902492007, within(1e-9));
        assertThat(fit.coefficients(CovarianceType.MODEL, 0.95).get(6).standardError())
                .isCloseTo(0.18647471009978436, within(1e-9));
    }

    /** Days of absence as a hurdle model: zero-truncated negative binomial where there are any; recomputed. */
    @Test
    void quineWithHurdle() {
        TrainingData data = Regressions.read("quine");
        Hurdle.Fitted fit = Hurdle.withDefaults().fit(data);
        Hurdle.Counts counts = fit.counts();
        assertCoefficients(counts, 1e-8, new double[][] {
            {2.8579415430268797, 0.21857929212888544},
            {-0.4984620272341904, 0.15230770073553573},
            {0.14525007542416432, 0.15953305544352714},
            {-0.45408427565989345, 0.23093890497697736},
            {0.07481392050848872, 0.23407537989364058},
            {0.3577678720993604, 0.23801278625087638},
            {0.31735715201256326, 0.17733756559471445}
        });
        assertThat(counts.shape().orElseThrow()).isCloseTo(1.4907680005062929, within(1e-8));
        assertThat(counts.report().standardErrors().get("(theta)")).isCloseTo(0.2305566522677326, within(1e-8));
        assertThat(counts.report().logLikelihood().orElseThrow()).isCloseTo(-512.644333718585, within(1e-10));
        assertThat(fit.report().estimatedParameters()).isEqualTo(15);
    }

    /** The same with θ = 2; recomputed. */
    @Test
    void quineWithStatedShape() {
        GeneralisedLinearModel.Fitted fit =
                GeneralisedLinearModel.negativeBinomial(2).fit(Regressions.read("quine"));
        assertCoefficients(fit, 1e-9, new double[][] {
            {2.886592239901531, 0.1864831027972963},
            {-0.5676628921860166, 0.1251595399167801},
            {0.08697791558967154, 0.13055783118198383},
            {-0.44500519193176125, 0.19628861812767198},
            {0.09283001371271574, 0.19252358096706249},
            {0.3593659087422953, 0.20244128717122534},
            {0.29670968364134737, 0.15265172128032833}
        });
        assertThat(fit.report().estimatedParameters()).isEqualTo(7);
    }

    /**
     * McCullagh and Nelder (1989), p. 300: clotting times of blood, with a logarithmic link. R's glm prints 5.50323 (0.19030) and -0.60192
     * (0.05531), deviance 0.1626; the test suite of GLM.jl keeps these values.
     */
    @Test
    void clotting() {
        TrainingData read = Regressions.read("clotting");
        FeatureTable table = FeatureTable.builder()
                .column("log u", Regressions.mapped(read.features().column("u"), Math::log))
                .build();
        GeneralisedLinearModel.Fitted fit =
                GeneralisedLinearModel.gamma().fit(TrainingData.of(table, Regressions.targets(read)));
        assertPrinted(fit, 1e-5, new double[][] {{5.50323, 0.19030}, {-0.60192, 0.05531}});
        assertThat(fit.deviance()).isCloseTo(0.1626, within(5e-5));
        // Recomputed.
        assertCoefficients(fit, 1e-10, new double[][] {
            {5.503230227515951, 0.19030092491736816}, {-0.6019176717423592, 0.05530780303263484}
        });
        assertThat(fit.dispersion()).isCloseTo(0.02435438456519032, within(1e-12));
    }

    /**
     * Brownlee's stack loss, the median: R's quantreg prints -39.68986, 0.83188, 0.57391, -0.06087. The exact optimum, found by trying
     * every basis with fractions, is −13693/345, 287/345, 66/115, −7/115.
     */
    @Test
    void stackLoss() {
        QuantileRegression.Fitted fit = QuantileRegression.of(0.5).fit(Regressions.read("stackloss"));
        assertThat(fit.estimates()[0]).isCloseTo(-13693 / 345.0, within(1e-11));
        assertThat(fit.estimates()[1]).isCloseTo(287 / 345.0, within(1e-12));
        assertThat(fit.estimates()[2]).isCloseTo(66 / 115.0, within(1e-12));
        assertThat(fit.estimates()[3]).isCloseTo(-7 / 115.0, within(1e-12));
        assertThat(fit.loss()).isCloseTo(42.08115942028986 / 2, within(1e-11));
        assertThat(fit.report().converged()).isTrue();
    }

    /**
     * Engel's food expenditure of 235 Belgian households (Koenker and Bassett, 1982): the coefficients that the vignette of R's quantreg
     * prints for five quantiles, and the standard errors of the median that its summary prints by Hendricks and Koenker's sandwich (nid).
     */
    @Test
    void engel() {
        TrainingData data = Regressions.read("engel");
        double[][] printed = {
            {0.05, 124.88004, 0.34336},
            {0.25, 95.48354, 0.47410},
            {0.50, 81.48225, 0.56018},
            {0.75, 62.39659, 0.64401},
            {0.95, 64.10396, 0.70907}
        };
        for (double[] row : printed) {
            QuantileRegression.Fitted fit = QuantileRegression.of(row[0]).fit(data);
            assertThat(fit.baseline()).as("at %s", row[0]).isCloseTo(row[1], within(5.1e-6));
            assertThat(fit.coefficient("income")).as("at %s", row[0]).isCloseTo(row[2], within(5.1e-6));
            assertThat(fit.report().converged()).isTrue();
        }
        QuantileRegression.Fitted median = QuantileRegression.of(0.5).fit(data);
        List<Coefficient> robust = median.coefficients(CovarianceType.HC0, 0.95);
        assertThat(robust.get(0).standardError()).isCloseTo(19.25066, within(5.1e-6));
        assertThat(robust.get(1).standardError()).isCloseTo(0.02828, within(5.1e-6));
        LinearRegression.Fitted mean = LinearRegression.withDefaults().fit(data);
        assertThat(mean.baseline()).isCloseTo(147.4754, within(5e-5));
        assertThat(mean.coefficient("income")).isCloseTo(0.4851784, within(5e-8));
    }
}
