// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is ahead on a path: pieces put together, and the extremes of shapes, factors, counts and times. */
class ParetoGammaPathTest {

    private static final double[] PROBABILITIES = {0, 1e-9, 0.01, 0.3, 0.5, 0.500001, 0.9, 0.999, 1 - 1e-9};

    /** Pieces are when they begin, and the logarithms of the factors on purchases and on dropout. */
    private static ParetoGammaPath path(double r, double alpha, double s, double beta, double... piecesOfThree) {
        int pieces = piecesOfThree.length / 3;
        double[] times = new double[pieces];
        double[] purchases = new double[pieces];
        double[] dropout = new double[pieces];
        for (int k = 0; k < pieces; k++) {
            times[k] = piecesOfThree[3 * k];
            purchases[k] = Math.exp(piecesOfThree[3 * k + 1]);
            dropout[k] = Math.exp(piecesOfThree[3 * k + 2]);
        }
        return ParetoGammaPath.of(r, alpha, s, beta, times, purchases, dropout);
    }

    /** A path cut into pieces of the same factors is Pareto/NBD with scaled rates, although it is computed piece by piece. */
    @Test
    void equalPiecesAreParetoNbd() {
        double[][] parameters = {
            {0.55, 10.58, 0.61, 11.67}, {1.5, 6, 1, 9}, {10.465, 0.008, 3.05, 0.3}, {0.9, 3, 2, 1e5}
        };
        double g = 0.4;
        double d = -0.7;
        for (double[] p : parameters) {
            ParetoGammaPath path = path(
                    p[0], p[1], p[2], p[3], 0, g, d, 3, g, d, 41, g, d, 41.25, g, d, 50, g, d, 55, g, d, 300, g, d);
            ParetoGamma plain = new ParetoGamma(p[0], p[1] * Math.exp(-g), p[2], p[3] * Math.exp(-d));
            for (int x : new int[] {0, 3, 200}) {
                for (double age : new double[] {0, 41, 60}) {
                    assertSame(path, plain, x, age, "x = " + x + " at " + age + " of " + Arrays.toString(p));
                }
            }
        }
    }

    private static void assertSame(ParetoGammaPath path, ParetoGamma plain, int x, double age, String customer) {
        for (double horizon : new double[] {0.5, 26, 1000}) {
            String within = " within " + horizon + ", " + customer;
            for (int n : new int[] {0, 1, 9, 400}) {
                same(
                        path.countGivenAlive(n, x, age, horizon),
                        plain.countGivenAlive(n, x, age, horizon),
                        "P(" + n + ")" + within);
            }
            same(path.nextPurchaseWithin(x, age, horizon), plain.nextPurchaseWithin(x, age, horizon), "next" + within);
        }
        for (double probability : PROBABILITIES) {
            // Near 1, the last digit of the probability is what moves the quantile.
            double tolerance = Math.max(1e-11, 1e-15 / (1 - probability));
            double expected = plain.nextPurchaseQuantile(x, age, probability);
            assertThat(path.nextPurchaseQuantile(x, age, probability))
                    .as("quantile at %s, %s", probability, customer)
                    .isCloseTo(expected, within(tolerance * expected));
        }
    }

    private static void same(double actual, double expected, String what) {
        assertThat(actual).as(what).isCloseTo(expected, within(1e-11 * expected + 1e-300));
    }

    /** Pieces of no length change nothing, whatever their factors. */
    @Test
    void emptyPiecesChangeNothing() {
        ParetoGammaPath path = path(0.8, 4, 1.2, 30, 0, 0.5, 0.1, 10, 1.5, -0.5, 20, 0.2, 0.4);
        ParetoGammaPath empty =
                path(0.8, 4, 1.2, 30, 0, 0.5, 0.1, 10, 9, 9, 10, 1.5, -0.5, 20, -3, 4, 20, -2, 2, 20, 0.2, 0.4);
        for (double age : new double[] {0, 5, 10, 20}) {
            for (int n : new int[] {0, 1, 4, 30}) {
                same(empty.countGivenAlive(n, 2, age, 13), path.countGivenAlive(n, 2, age, 13), n + " at " + age);
            }
            same(empty.nextPurchaseWithin(2, age, 13), path.nextPurchaseWithin(2, age, 13), "next at " + age);
            for (double probability : new double[] {0.1, 0.5, 0.95}) {
                same(
                        empty.nextPurchaseQuantile(2, age, probability),
                        path.nextPurchaseQuantile(2, age, probability),
                        "quantile at " + age);
            }
        }
    }

    /** Bursts of dropout and of purchases make an integrand with two hills. */
    @Test
    void countsSumToOneHoweverThePathJumps() {
        double[][] paths = {
            {0, 0, 0, 10, 3, 6, 10.5, -2, -4, 14, 1, 0},
            {0, 0, 0, 10, -9, 9, 10.1, 3, -9, 30, 0, 0},
            {0, 2, -5, 10, -5, 5, 11, 2, -5, 12, -5, 5, 13, 0, 0},
            {0, 0, 0, 10, 0, 20, 11, 0, -20, 12, 2, 0},
        };
        for (double[] pieces : paths) {
            for (double[] p : new double[][] {{3, 60, 0.61, 11.67}, {12, 400, 3, 1e4}}) {
                ParetoGammaPath path = path(p[0], p[1], p[2], p[3], pieces);
                for (double age : new double[] {0, 9, 10, 11.5}) {
                    double sum = 0;
                    double mean = 0;
                    for (int n = 0; n < 350; n++) {
                        double count = path.countGivenAlive(n, 2, age, 6);
                        sum += count;
                        mean += n * count;
                    }
                    String what = Arrays.toString(pieces) + " of " + Arrays.toString(p) + " at " + age;
                    assertThat(sum).as(what).isCloseTo(1, within(1e-12));
                    same(mean, path.discountedGivenAlive(2, age, 6, 0), what);
                    double some = path.activeGivenAlive(2, age, 6);
                    assertThat(1 - path.countGivenAlive(0, 2, age, 6)).as(what).isCloseTo(some, within(1e-14));
                }
            }
        }
    }

    @Test
    void theQuantileIsTheInverse() {
        ParetoGammaPath path = path(0.8, 4, 1.2, 30, 0, 0, 0, 10, 2, -0.5, 13, -6, 3, 20, 1, 0, 60, -1, -2);
        for (int x : new int[] {0, 2, 50}) {
            for (double age : new double[] {0, 9.5, 13, 100}) {
                double ever = path.activeGivenAlive(x, age, 1e300);
                double last = 0;
                for (double probability : PROBABILITIES) {
                    double time = path.nextPurchaseQuantile(x, age, probability);
                    assertThat(time).isGreaterThanOrEqualTo(last);
                    assertThat(path.activeGivenAlive(x, age, time) / ever)
                            .as("%s of x = %s at %s", probability, x, age)
                            .isCloseTo(probability, within(1e-12));
                    last = time;
                }
            }
        }
    }

    @Test
    void nothingIsUndefinedAtTheExtremes() {
        double[] shapes = {1e-6, 1e3};
        double[] scales = {1e-8, 1e8};
        for (double r : shapes) {
            for (double s : shapes) {
                for (double alpha : scales) {
                    for (double beta : scales) {
                        for (double e : new double[] {-20, 20}) {
                            ParetoGammaPath path = path(
                                    r, alpha, s, beta, 0, 0, 0, 1, e, -e, 1, 5, 5, 2, -e, e, 2.5, e, e, 99_999, 0, 0,
                                    100_001, e, -e);
                            for (int x : new int[] {0, 10_000}) {
                                for (double age : new double[] {0, 1.5, 1e5}) {
                                    assertDefined(path, x, age);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static void assertDefined(ParetoGammaPath path, int x, double age) {
        for (double horizon : new double[] {1e-9, 2, 1e300}) {
            for (int n : new int[] {0, 1, 1000}) {
                assertThat(path.countGivenAlive(n, x, age, horizon))
                        .as("P(%s) of %s at %s in %s", n, x, age, horizon)
                        .isBetween(0.0, 1.0);
            }
            assertThat(path.nextPurchaseWithin(x, age, horizon))
                    .as("next of %s at %s in %s", x, age, horizon)
                    .isBetween(0.0, horizon);
        }
        for (double probability : new double[] {0, 1e-12, Math.nextDown(1.0)}) {
            assertThat(path.nextPurchaseQuantile(x, age, probability))
                    .as("quantile %s of %s at %s", probability, x, age)
                    .isBetween(0.0, Double.MAX_VALUE);
        }
    }
}
