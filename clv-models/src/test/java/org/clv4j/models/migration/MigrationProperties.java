// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;

class MigrationProperties {

    /** A chain of 1 to 8 states, some moves of probability 0, with rewards of any sign. */
    private static MigrationModel model(long seed, double discount, boolean positive) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = 1 + random.nextInt(8);
        List<List<Double>> counts = new ArrayList<>();
        List<Double> rewards = new ArrayList<>();
        for (int from = 0; from < size; from++) {
            List<Double> row = new ArrayList<>();
            for (int to = 0; to < size; to++) {
                row.add(random.nextInt(3) == 0 ? 0 : (double) random.nextInt(100));
            }
            row.set(random.nextInt(size), 5.0);
            counts.add(row);
            rewards.add(positive ? 10 * random.nextDouble() : 100 * (random.nextDouble() - 0.5));
        }
        List<String> states = IntStream.range(0, size).mapToObj(i -> "s" + i).toList();
        MarkovChain chain = TransitionCounts.ofMatrix(states, counts).estimate(DirichletPrior.none());
        return MigrationModel.of(chain, rewards, discount);
    }

    @Provide
    Arbitrary<List<List<Integer>>> counts() {
        return Arbitraries.integers().between(1, 6).flatMap(size -> Arbitraries.integers()
                .between(0, 1000)
                .list()
                .ofSize(size)
                .list()
                .ofSize(size));
    }

    @Property(tries = 200)
    void rowsSumToOneAfterSmoothing(
            @ForAll("counts") List<List<Integer>> counts, @ForAll @DoubleRange(min = -6, max = 1) double exponent) {
        double pseudo = Math.pow(10, exponent);
        List<String> states =
                IntStream.range(0, counts.size()).mapToObj(i -> "s" + i).toList();
        TransitionCounts transitions = TransitionCounts.ofMatrix(states, counts);
        List<MarkovChain> chains = new ArrayList<>(
                transitions.posterior(DirichletPrior.symmetric(pseudo)).sample(3, 7));
        MarkovChain estimate = transitions.estimate(DirichletPrior.symmetric(pseudo));
        chains.add(estimate);
        for (MarkovChain chain : chains) {
            for (int from = 0; from < chain.size(); from++) {
                double sum = 0;
                for (int to = 0; to < chain.size(); to++) {
                    assertThat(chain.probability(from, to)).isBetween(0.0, 1.0);
                    sum += chain.probability(from, to);
                }
                assertThat(sum).isCloseTo(1, within(1e-12));
            }
        }
        for (int from = 0; from < counts.size(); from++) {
            double seen = counts.get(from).stream().mapToInt(count -> count).sum();
            for (int to = 0; to < counts.size(); to++) {
                assertThat(estimate.probability(from, to))
                        .isCloseTo(
                                (counts.get(from).get(to) + pseudo) / (seen + pseudo * counts.size()), within(1e-12));
            }
        }
    }

    @Property(tries = 200)
    void solvingIsSummingForLong(@ForAll long seed, @ForAll @DoubleRange(min = 0.05, max = 1) double discount) {
        MigrationModel model = model(seed, discount, false);
        double[] solved = model.value();
        double[] summed = model.value(1000);
        double[] variance = model.variance();
        double[] variances = model.variance(1000);
        for (int state = 0; state < solved.length; state++) {
            assertThat(solved[state]).isCloseTo(summed[state], within(1e-9));
            assertThat(variance[state]).isNotNegative().isCloseTo(variances[state], within(1e-6));
            assertThat(variances[state]).isNotNegative();
        }
    }

    @Property(tries = 200)
    void valuesAreFiniteAboveARateOfZeroAndObeyTheirEquation(
            @ForAll long seed, @ForAll @DoubleRange(min = -14, max = 2) double exponent) {
        MigrationModel model = model(seed, Math.pow(10, exponent), true);
        double[] value = model.value();
        double[] variance = model.variance();
        for (int from = 0; from < value.length; from++) {
            assertThat(value[from]).isFinite().isNotNegative();
            assertThat(variance[from]).isFinite().isNotNegative();
            double next = 0;
            for (int to = 0; to < value.length; to++) {
                next += model.chain().probability(from, to) * value[to];
            }
            assertThat(model.reward()[from] + next / (1 + model.discountPerPeriod()))
                    .isCloseTo(value[from], Percentage.withPercentage(1e-8));
        }
    }

    @Property(tries = 100)
    void moreDiscountIsWorthLessAndMoreTimeMore(
            @ForAll long seed,
            @ForAll @DoubleRange(min = -3, max = 0) double exponent,
            @ForAll @IntRange(max = 200) int periods) {
        double discount = Math.pow(10, exponent);
        MigrationModel low = model(seed, discount, true);
        double[] lowValue = low.value();
        double[] highValue = model(seed, discount * 1.5, true).value();
        double[] finite = low.value(periods);
        double[] longer = low.value(periods + 7);
        for (int state = 0; state < lowValue.length; state++) {
            assertThat(highValue[state]).isLessThanOrEqualTo(lowValue[state] * (1 + 1e-12));
            assertThat(finite[state]).isLessThanOrEqualTo(longer[state]);
            assertThat(longer[state]).isLessThanOrEqualTo(lowValue[state] * (1 + 1e-11));
        }
    }

    @Property(tries = 30)
    void meanAndVarianceAreThoseOfSimulatedCustomers(@ForAll @IntRange(max = 29) int seed) {
        // Every seed is tried, at a rate of its own, so that each run is the same.
        MigrationModel model = model(seed, 0.1 + seed / 75.0, false);
        int customers = 20_000;
        double[] values = new double[customers];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < customers; i++) {
            values[i] = simulate(model, random);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double[] squares =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).toArray();
        double variance = Arrays.stream(squares).average().orElseThrow();
        double spread = Arrays.stream(squares)
                .map(v -> (v - variance) * (v - variance))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(model.value()[0], within(5 * Math.sqrt(variance / customers) + 1e-6));
        assertThat(variance).isCloseTo(model.variance()[0], within(5 * Math.sqrt(spread / customers) + 1e-6));
    }

    private static double simulate(MigrationModel model, SplittableRandom random) {
        double value = 0;
        int state = 0;
        double factor = 1;
        // After 250 periods at 10 % nothing is left.
        for (int t = 0; t < 250; t++) {
            value += factor * model.reward()[state];
            factor /= 1 + model.discountPerPeriod();
            double left = random.nextDouble();
            int to = 0;
            while (to < model.chain().size() - 1 && left >= model.chain().probability(state, to)) {
                left -= model.chain().probability(state, to);
                to++;
            }
            state = to;
        }
        return value;
    }

    @Property(tries = 50)
    void noActionIsWorthMoreThanThoseOfTheBestPolicy(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = 1 + random.nextInt(5);
        List<String> states = IntStream.range(0, size).mapToObj(i -> "s" + i).toList();
        List<List<MigrationDecision.Action>> actions = new ArrayList<>();
        for (int state = 0; state < size; state++) {
            List<MigrationDecision.Action> some = new ArrayList<>();
            for (int action = 0; action < 3; action++) {
                double[] row = IntStream.range(0, size)
                        .mapToDouble(i -> random.nextDouble())
                        .toArray();
                double sum = Arrays.stream(row).sum();
                some.add(new MigrationDecision.Action(
                        "a" + action,
                        random.nextDouble() - 0.5,
                        Arrays.stream(row).map(p -> p / sum).boxed().toList()));
            }
            actions.add(some);
        }
        MigrationDecision.Policy best =
                MigrationDecision.of(states, actions, 0.1).best();
        for (int state = 0; state < size; state++) {
            double most = Double.NEGATIVE_INFINITY;
            for (MigrationDecision.Action action : actions.get(state)) {
                double next = 0;
                for (int to = 0; to < size; to++) {
                    next += action.probabilities().get(to) * best.values().get(to);
                }
                most = Math.max(most, action.reward() + next / 1.1);
            }
            assertThat(best.values().get(state)).isCloseTo(most, within(1e-10));
        }
    }
}
