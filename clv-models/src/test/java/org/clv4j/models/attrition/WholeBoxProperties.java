// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.testkit.Draws;

/**
 * Every output of every model of the family, scalar and batch, over the whole box that is promised: x to 10,000, T to 100,000, α and β
 * from 1e-7 to 1e7 and with any ratio, t_x at and next to both of its ends, shapes at and next to 1.
 */
class WholeBoxProperties {

    private static final double[] EDGES = {1e-7, 1e-3, 1, 10.5, 1e3, 1e7};
    private static final double[] SHAPES = {0.01, 0.25, 1 - 1e-9, 1, 1 + 1e-9, 2.5, 40};

    /** Every eighth corner of the box, so that every pair of scales and every history is met. */
    @Example
    void outputsAreFiniteAndInRangeOnCorners() {
        sweepCorners(8);
    }

    /** All corners of the box, and its middle. */
    @Example
    @Tag("study")
    void outputsAreFiniteAndInRangeOnAllCorners() {
        sweepCorners(1);
    }

    private static void sweepCorners(int stride) {
        int[] frequencies = {0, 1, 30, 10_000};
        double[] ages = {0, 1e-6, 39, 1e5};
        double[] parts = {0, 1e-12, 0.5, 1 - 1e-12, 1};
        double[] horizons = {0, 1e-6, 26, 1e5};
        int turn = 0;
        for (double alpha : EDGES) {
            for (double beta : EDGES) {
                // Every pair of scales with every history and a shape that changes: all shapes meet all of them.
                for (int x : frequencies) {
                    for (double age : ages) {
                        for (double part : parts) {
                            double shape = SHAPES[turn % SHAPES.length];
                            double r = SHAPES[turn / 3 % SHAPES.length];
                            double horizon = horizons[turn % horizons.length];
                            turn++;
                            // 80 histories a pair of scales: the next pair starts with another one.
                            if ((turn + turn / 80) % stride != 0) {
                                continue;
                            }
                            Customer customer = Customer.of(x, part, age);
                            for (FittedAttritionModel model : models(r, alpha, shape, beta)) {
                                check(model, customer, horizon);
                            }
                        }
                    }
                }
            }
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void outputsAreFiniteAndInRange(
            @ForAll("models") FittedAttritionModel model,
            @ForAll("customers") Customer customer,
            @ForAll("horizons") double horizon) {
        check(model, customer, horizon);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void batchesAreTheScalars(
            @ForAll("models") FittedAttritionModel model,
            @ForAll("lots") List<Customer> customers,
            @ForAll("horizons") double horizon) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (Customer customer : customers) {
            summaries.add(CustomerSummary.of("C" + summaries.size(), customer.x(), customer.recency(), customer.age()));
        }
        CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
        int size = base.size();
        double[] out = new double[size];
        List<Output> outputs = outputs(model, horizon);
        for (Output output : outputs) {
            output.batch().fill(base, 0, size, out);
            for (int row = 0; row < size; row++) {
                double alone = output.scalar().of(base.frequency(row), base.recency(row), base.age(row));
                assertThat(out[row])
                        .as("%s of %s in %s", output.name(), base.summary(row), model)
                        .isFinite();
                assertThat(out[row])
                        .as("%s of %s in %s", output.name(), base.summary(row), model)
                        .isEqualTo(alone);
            }
        }
        model.futureTransactionsInto(base, 0, size, horizon, 7, out);
        double[] cut = new double[size];
        model.futureTransactionsInto(base, size / 2, size, horizon, 7, cut);
        for (int row = 0; row < size; row++) {
            assertThat(out[row]).isFinite().isNotNegative();
            if (row >= size / 2) {
                assertThat(cut[row - size / 2]).isEqualTo(out[row]);
            }
        }
    }

    /** Through a = 1, s = 1 and α = β the expectation has no step: a change of 1e-9 of a parameter changes it by as little. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void expectationsAreContinuous(
            @ForAll("shapes") double r,
            @ForAll("scales") double alpha,
            @ForAll("scales") double other,
            @ForAll("customers") Customer customer,
            @ForAll("horizons") double horizon) {
        for (double step : new double[] {-1e-9, 1e-9}) {
            for (double b : new double[] {0.5, 2.4, 900}) {
                continuous(BgNbd.Fitted.of(r, alpha, 1, b), BgNbd.Fitted.of(r, alpha, 1 + step, b), customer, horizon);
                continuous(
                        MbgNbd.Fitted.of(r, alpha, 1, b), MbgNbd.Fitted.of(r, alpha, 1 + step, b), customer, horizon);
            }
            continuous(
                    ParetoNbd.Fitted.of(r, alpha, 1, other),
                    ParetoNbd.Fitted.of(r, alpha, 1 + step, other),
                    customer,
                    horizon);
            continuous(
                    ParetoNbd.Fitted.of(r, alpha, 0.6, alpha),
                    ParetoNbd.Fitted.of(r, alpha, 0.6, alpha * (1 + step)),
                    customer,
                    horizon);
        }
    }

    private static void continuous(
            FittedAttritionModel at, FittedAttritionModel near, Customer customer, double horizon) {
        int x = customer.x();
        double expected = at.expectedTransactions(x, customer.recency(), customer.age(), horizon);
        double besides = near.expectedTransactions(x, customer.recency(), customer.age(), horizon);
        // ln E moves by the step times what the logarithms of the formulas come to: ln(odds of death) among them.
        assertThat(Math.abs(besides - expected))
                .as("%s at %s, %s", expected, customer, at)
                .isLessThanOrEqualTo(1e-7 * expected + 1e-290);
    }

    private static void check(FittedAttritionModel model, Customer customer, double horizon) {
        int x = customer.x();
        double recency = customer.recency();
        double age = customer.age();
        String where = model + " for " + customer + ", horizon " + horizon;
        double alive = model.probabilityAlive(x, recency, age);
        in(alive, 0, 1, "P(alive)", where);
        for (Output output : outputs(model, horizon)) {
            double value = output.scalar().of(x, recency, age);
            double upper = output.isShareOfAlive() ? alive : output.upper();
            in(value, output.lower(), upper, output.name(), where);
        }
        in(model.expectedTransactionsOfNewCustomer(horizon), 0, Double.MAX_VALUE, "E[X(t)]", where);
        for (int n : new int[] {0, 1, 30, 10_000}) {
            in(model.probabilityOfTransactions(n, horizon), 0, 1, "P(X = " + n + ")", where);
            in(model.probabilityOfFutureTransactions(n, x, recency, age, horizon), 0, 1, "P(N = " + n + ")", where);
        }
        in(model.probabilityAliveAt(x, recency, age, 0), alive, alive, "P(alive at T)", where);
        for (CustomerDraw draw : model.sample(x, recency, age, horizon, 3, 11)) {
            boolean holds = draw.alive()
                    ? draw.lifetime() > age
                    : draw.lifetime() >= recency && draw.lifetime() <= age && draw.futureTransactions() == 0;
            assertThat(holds).as("%s in %s", draw, where).isTrue();
        }
    }

    private static void in(double value, double lower, double upper, String what, String where) {
        // Not an assertion of the library a call: there are a million of them.
        if (!(value >= lower && value <= upper)) {
            throw new AssertionError(what + " is " + value + " in " + where);
        }
    }

    /** Every output of a history with its range. */
    private static List<Output> outputs(FittedAttritionModel m, double t) {
        double max = Double.MAX_VALUE;
        List<Output> all = new ArrayList<>();
        all.add(new Output("ln L", -max, max, m::logLikelihood, m::logLikelihoodInto));
        all.add(new Output("P(alive)", 0, 1, m::probabilityAlive, m::probabilityAliveInto));
        all.add(new Output(
                "P(active)",
                0,
                Double.NaN,
                (x, tx, age) -> m.probabilityActive(x, tx, age, t),
                (base, from, to, out) -> m.probabilityActiveInto(base, from, to, t, out)));
        all.add(new Output(
                "P(alive later)",
                0,
                Double.NaN,
                (x, tx, age) -> m.probabilityAliveAt(x, tx, age, t),
                (base, from, to, out) -> m.probabilityAliveAtInto(base, from, to, t, out)));
        all.add(new Output(
                "E[N]",
                0,
                max,
                (x, tx, age) -> m.expectedTransactions(x, tx, age, t),
                (base, from, to, out) -> m.expectedTransactionsInto(base, from, to, t, out)));
        all.add(new Output(
                "next within",
                0,
                t,
                (x, tx, age) -> m.expectedTimeToNextPurchase(x, tx, age, t),
                (base, from, to, out) -> m.expectedTimeToNextPurchaseInto(base, from, to, t, out)));
        all.add(new Output("E[λ]", 0, max, m::expectedPurchaseRate, m::expectedPurchaseRateInto));
        all.add(new Output("E[dropout]", 0, max, m::expectedDropoutRate, m::expectedDropoutRateInto));
        all.add(new Output(
                "P(N = 3)",
                0,
                1,
                (x, tx, age) -> m.probabilityOfFutureTransactions(3, x, tx, age, t),
                (base, from, to, out) -> m.probabilityOfFutureTransactionsInto(base, from, to, 3, t, out)));
        for (double delta : new double[] {1e-6, 0.002, 10}) {
            all.add(new Output(
                    "discounted at " + delta,
                    0,
                    max,
                    (x, tx, age) -> m.discountedExpectedTransactions(x, tx, age, t, delta),
                    (base, from, to, out) -> m.discountedExpectedTransactionsInto(base, from, to, t, delta, out)));
            all.add(new Output(
                    "residual at " + delta,
                    0,
                    max,
                    (x, tx, age) -> m.discountedExpectedResidualTransactions(x, tx, age, delta),
                    (base, from, to, out) -> m.discountedExpectedResidualTransactionsInto(base, from, to, delta, out)));
        }
        for (double q : new double[] {0, 1e-12, 0.5, 0.999999}) {
            all.add(new Output(
                    "quantile " + q,
                    0,
                    max,
                    (x, tx, age) -> m.timeToNextPurchaseQuantile(x, tx, age, q),
                    (base, from, to, out) -> m.timeToNextPurchaseQuantileInto(base, from, to, q, out)));
        }
        return all;
    }

    private static List<FittedAttritionModel> models(double r, double alpha, double shape, double scale) {
        return List.of(
                Nbd.Fitted.of(r, alpha),
                ParetoNbd.Fitted.of(r, alpha, shape, scale),
                BgNbd.Fitted.of(r, alpha, shape, scale),
                MbgNbd.Fitted.of(r, alpha, shape, scale),
                BgCnbdK.Fitted.of(2, r, alpha, shape, scale),
                MbgCnbdK.Fitted.of(3, r, alpha, shape, scale));
    }

    @Provide
    Arbitrary<FittedAttritionModel> models() {
        Arbitrary<Double> others = Arbitraries.oneOf(Draws.logUniform(1e-7, 1e7), Arbitraries.of(-1.0));
        return Combinators.combine(shapes(), scales(), shapes(), others, Arbitraries.of(0, 1, 2, 3, 4, 5))
                .as((r, alpha, shape, other, which) ->
                        // α = β where the other is −1.
                        models(r, alpha, shape, other < 0 ? alpha : other).get(which));
    }

    @Provide
    Arbitrary<Double> shapes() {
        return Arbitraries.oneOf(
                Draws.logUniform(0.01, 50), Draws.logUniform(1e-10, 1e-3).map(e -> 1 + e), Arbitraries.of(1.0));
    }

    @Provide
    Arbitrary<Double> scales() {
        return Arbitraries.oneOf(Draws.logUniform(1e-7, 1e7), Arbitraries.of(1e-7, 1e7));
    }

    @Provide
    Arbitrary<Customer> customers() {
        Arbitrary<Double> ages =
                Arbitraries.oneOf(Draws.logUniform(1e-6, 1e5), Draws.uniform(0, 100), Arbitraries.of(0.0, 1e5));
        Arbitrary<Double> parts = Arbitraries.oneOf(Draws.uniform(0, 1), Arbitraries.of(0.0, 1e-9, 1 - 1e-9, 1.0));
        Arbitrary<Integer> frequencies = Arbitraries.oneOf(Draws.logCounts(10_000), Arbitraries.of(0, 10_000));
        return Combinators.combine(frequencies, parts, ages).as(Customer::of);
    }

    @Provide
    Arbitrary<List<Customer>> lots() {
        return customers().list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<Double> horizons() {
        return Arbitraries.oneOf(Draws.logUniform(1e-6, 1e5), Arbitraries.of(0.0, 26.0, 1e5));
    }

    private record Customer(int x, double recency, double age) {

        static Customer of(int x, double part, double age) {
            return new Customer(x, x == 0 ? 0 : Math.min(age, part * age), age);
        }
    }

    private interface Scalar {
        double of(int x, double recency, double age);
    }

    private interface Batch {
        void fill(CustomerBase base, int from, int to, double[] out);
    }

    private record Output(String name, double lower, double upper, Scalar scalar, Batch batch) {

        /** An upper bound that is not a number stands for P(alive). */
        boolean isShareOfAlive() {
            return Double.isNaN(upper);
        }
    }
}
