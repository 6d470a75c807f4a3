// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.clv4j.models.internal.kernel.LogNormalRates;
import org.clv4j.models.internal.special.LogNormalPair;
import org.junit.jupiter.api.Test;

/** The density of the hierarchy: from the table as without one, and with covariates. */
class LogNormalHierarchyTest {

    private static final double[][] HISTORIES = {
        {0, 0, 1}, {0, 0, 0}, {1, 0.3, 1.1}, {2, 0.8, 1}, {7, 0.1, 1.2}, {29, 0.9, 1}, {120, 1, 1.2}
    };
    private static final double[] CUSTOMERS = {10, 1, 3, 2, 1, 1, 1};

    @Test
    void theTableAgreesWithTheIntegrals() {
        double[] middle = {-0.1, -0.2, 0.15, 0.5, 0.2};
        double[] far = {0.4, 0.8, 0.3, 0.6, 0.6};
        LogNormalHierarchy exact = hierarchy(new double[][] {{1}, {1}, {1}, {1}, {1}, {1}, {1}});
        LogNormalHierarchy tabulated = exact.tabulated(middle, far);
        for (int corner = 0; corner < 32; corner++) {
            double[] point = middle.clone();
            for (int i = 0; i < 5; i++) {
                point[i] += (corner >> i & 1) == 0 ? -0.9 * far[i] : 0.9 * far[i];
            }
            assertThat(tabulated.at(point)).isCloseTo(exact.at(point), within(2e-4));
        }
        // Beyond its lattice the table is not asked.
        assertThat(tabulated.at(new double[] {3, -6, 0.4, 0.9, 0}))
                .isEqualTo(exact.at(new double[] {3, -6, 0.4, 0.9, 0}));
        assertThat(tabulated.at(new double[] {0, 0, -4, -4, 0})).isEqualTo(exact.at(new double[] {0, 0, -4, -4, 0}));
        assertThat(exact.at(new double[] {0, 0, 9, 0, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(exact.at(new double[] {Double.NaN, 0, 0, 0, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** Where a table of all nodes were too large, those that matter are as good. */
    @Test
    void aTableOfSomeNodesAgreesWithTheIntegrals() {
        double[] middle = {-0.1, -0.2, 0.15, 0.5, 0.2};
        double[] far = {0.1, 0.2, 0.1, 0.15, 0.15};
        LogNormalHierarchy exact = hierarchy(new double[][] {{1}, {1}, {1}, {1}, {1}, {1}, {1}});
        LogNormalHierarchy whole = exact.tabulated(middle, far);
        LogNormalHierarchy sparse = exact.tabulated(middle, far, 5_000);
        for (int corner = 0; corner < 32; corner++) {
            double[] point = middle.clone();
            for (int i = 0; i < 5; i++) {
                point[i] += (corner >> i & 1) == 0 ? -0.9 * far[i] : 0.9 * far[i];
            }
            assertThat(sparse.at(point))
                    .isCloseTo(exact.at(point), within(2e-4))
                    .isNotEqualTo(whole.at(point));
            assertThat(sparse.at(point)).isCloseTo(whole.at(point), within(2e-5));
        }
        // Too small for the nodes that matter: computed each time.
        assertThat(exact.tabulated(middle, far, 100).at(middle)).isEqualTo(exact.at(middle));
    }

    @Test
    void aPartOfTheHistoriesIsTheirHierarchy() {
        LogNormalHierarchy all = hierarchy(new double[][] {{1}, {1}, {1}, {1}, {1}, {1}, {1}});
        double[] point = {-0.1, -0.2, 0.15, 0.5, 0.2};
        LogNormalHierarchy.Likelihood likelihood = likelihood();
        double sum =
                new LogNormalHierarchy(likelihood, new double[][] {{1}}, new double[] {0}, new double[2]).at(point);
        LogNormalPair pair =
                LogNormalPair.of(-0.1, -0.2, Math.exp(0.3), 0.04 * Math.exp(0.3) + Math.exp(1), 0.2 * Math.exp(0.3));
        for (int i = 0; i < HISTORIES.length; i += 2) {
            sum += CUSTOMERS[i]
                    * LogNormalRates.logLikelihood(pair, (int) HISTORIES[i][0], HISTORIES[i][1], HISTORIES[i][2]);
        }
        assertThat(all.every(2).histories()).isEqualTo(4);
        assertThat(all.every(2).at(point)).isCloseTo(sum, within(1e-4));
        assertThat(all.every(2)
                        .tabulated(point, new double[] {0.1, 0.1, 0.1, 0.1, 0.1})
                        .at(point))
                .isCloseTo(sum, within(1e-4));
    }

    /** A covariate moves the means of those who have it: two groups are as two hierarchies with one Γ. */
    @Test
    void covariatesMoveMeans() {
        double[] none = {1, 0};
        double[] some = {1, 2};
        LogNormalHierarchy both = hierarchy(new double[][] {none, none, none, some, some, some, some});
        double[] point = {-0.1, -0.2, 0.3, -0.4, 0.15, 0.5, 0.2};
        double[] out = new double[7];
        both.parameters(point, out);
        assertThat(both.size()).isEqualTo(7);
        assertThat(out[4]).isCloseTo(Math.exp(0.3), within(1e-12));
        assertThat(out[6]).isCloseTo(0.2 * Math.exp(0.3), within(1e-12));
        double sum = 0;
        for (int i = 0; i < HISTORIES.length; i++) {
            double times = i < 3 ? 0 : 2;
            LogNormalPair pair = LogNormalPair.of(-0.1 + times * 0.3, -0.2 - times * 0.4, out[4], out[5], out[6]);
            sum += CUSTOMERS[i]
                    * LogNormalRates.logLikelihood(pair, (int) HISTORIES[i][0], HISTORIES[i][1], HISTORIES[i][2]);
        }
        LogNormalHierarchy nobody = new LogNormalHierarchy(
                likelihood(), new double[][] {none, none, none, some, some, some, some}, new double[7], new double[2]);
        assertThat(both.at(point) - nobody.at(point)).isCloseTo(sum, within(1e-4));
        LogNormalHierarchy tabulated = both.tabulated(point, new double[] {0.2, 0.2, 0.1, 0.1, 0.2, 0.2, 0.2});
        assertThat(tabulated.at(point) - nobody.at(point)).isCloseTo(sum, within(1e-4));
    }

    private static LogNormalHierarchy hierarchy(double[][] design) {
        double[] row = design[0];
        for (int i = 0; i < design.length; i++) {
            design[i] = Arrays.equals(design[i], row) ? row : design[i];
        }
        return new LogNormalHierarchy(likelihood(), design, CUSTOMERS, new double[2]);
    }

    private static LogNormalHierarchy.Likelihood likelihood() {
        return new LogNormalHierarchy.Likelihood() {
            @Override
            public double highest(int from, int to, double end, double variance) {
                return Math.max(end, 5.2);
            }

            @Override
            public double narrowest() {
                return 5.2;
            }

            @Override
            public double log(int group, double u, double v) {
                double lambda = Math.exp(u);
                double mu = Math.exp(v);
                double sum = lambda + mu;
                double[] h = HISTORIES[group];
                return h[0] * u - sum * h[1] + Math.log((mu + lambda * Math.exp(-sum * (h[2] - h[1]))) / sum);
            }

            @Override
            public double log(int group, LogNormalPair pair) {
                double[] h = HISTORIES[group];
                return LogNormalRates.logLikelihood(pair, (int) h[0], h[1], h[2]);
            }
        };
    }
}
