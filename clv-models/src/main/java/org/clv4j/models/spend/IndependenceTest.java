// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ModelException;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether what customers spend a purchase depends on how often they buy, which the product of expected purchases and expected
 * spend takes for granted.
 *
 * <p>Over the customers with repeat purchases it gives the correlation of frequency x and mean amount z̄ after Pearson and after
 * Spearman (Pearson's of the ranks; ties, and means that differ by rounding alone, have their middle rank), each with a two-sided p-value: that of Student's t with n − 2 degrees
 * of freedom for r √((n − 2)/(1 − r²)). For Spearman it is an approximation that is good from about ten customers on. Weights count as
 * repetitions.
 *
 * <p>One customer can make a Pearson correlation. So both are also given without <em>leverage points</em>: customers whose Cook's
 * distance in the regression of z̄ on x is above 1, or through whom the regression line has to go. Leaving such a customer out moves the
 * line by more than the joint confidence region of its coefficients is wide at 50 %.
 *
 * <p>A small p-value says that there is a dependence, not that it matters: with many customers a correlation of 0.05 is significant
 * and changes hardly a value. Look at {@link #classes()} for how much spend differs.
 *
 * <p>This class is immutable and thread-safe.
 *
 * <p>References: R. D. Cook, Detection of influential observation in linear regression, Technometrics 19 (1977), <a
 * href="https://doi.org/10.1080/00401706.1977.10489493">doi:10.1080/00401706.1977.10489493</a>.
 */
public final class IndependenceTest {

    /** Frequencies from here on are one class. */
    private static final int LAST_CLASS = 7;

    private static final double COOKS_LIMIT = 1;

    private final double customers;
    private final Correlation pearson;
    private final Correlation spearman;
    private final List<String> leveragePoints;
    private final @Nullable Correlation pearsonWithout;
    private final @Nullable Correlation spearmanWithout;
    private final List<FrequencyClass> classes;

    private IndependenceTest(CustomerBase base, Sample all) {
        customers = all.totalWeight();
        pearson = require(all.pearson(), all);
        spearman = require(all.spearman(), all);
        boolean[] leverage = all.leverage();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < leverage.length; i++) {
            if (leverage[i]) {
                ids.add(base.id(all.rows[i]));
            }
        }
        leveragePoints = List.copyOf(ids);
        Sample rest = leveragePoints.isEmpty() ? all : all.without(leverage);
        pearsonWithout = rest.pearson();
        spearmanWithout = rest.spearman();
        classes = all.classes();
    }

    private static Correlation require(@Nullable Correlation correlation, Sample sample) {
        if (correlation == null) {
            throw new ModelException("the test of independence needs three customers with repeat purchases whose"
                    + " frequencies differ and whose mean amounts differ, but the base has " + sample.rows.length
                    + " with repeat purchases; observe longer");
        }
        return correlation;
    }

    /**
     * A correlation.
     *
     * @param coefficient the coefficient, in [−1, 1]
     * @param pValue how likely a coefficient at least as far from 0 is where there is no correlation, in [0, 1]
     */
    public record Correlation(double coefficient, double pValue) {}

    /**
     * The spend of the customers of a class of frequencies.
     *
     * @param from the smallest frequency of the class, at least 1
     * @param to the largest frequency of the class that a customer has; at least {@code from}
     * @param customers how many customers are in the class, by weight; above 0
     * @param meanSpend the mean of their mean amounts
     * @param standardDeviation the standard deviation of their mean amounts, at least 0
     */
    public record FrequencyClass(int from, int to, double customers, double meanSpend, double standardDeviation) {}

    /**
     * Tests a customer base.
     *
     * @param base the customers; those without repeat purchases are passed over
     * @return the result
     * @throws ModelException if there are fewer than three customers with repeat purchases, or frequencies or means do not differ
     */
    public static IndependenceTest of(CustomerBase base) {
        return new IndependenceTest(base, Sample.of(base));
    }

    /** The result on one line, or nothing if the base has too little for the test. */
    static List<String> linesOf(CustomerBase base) {
        Sample sample = Sample.of(base);
        return sample.pearson() == null || sample.spearman() == null
                ? List.of()
                : List.of(new IndependenceTest(base, sample).toString());
    }

    /**
     * Returns how many customers have repeat purchases.
     *
     * @return the number by weight, at least 3
     */
    public double customers() {
        return customers;
    }

    /**
     * Returns the correlation of frequency and mean amount.
     *
     * @return Pearson's correlation
     */
    public Correlation pearson() {
        return pearson;
    }

    /**
     * Returns the correlation of the ranks of frequency and mean amount.
     *
     * @return Spearman's correlation
     */
    public Correlation spearman() {
        return spearman;
    }

    /**
     * Returns who the leverage points are.
     *
     * @return the ids of customers with a Cook's distance above 1, in the order of the base; mostly empty
     */
    public List<String> leveragePoints() {
        return leveragePoints;
    }

    /**
     * Returns Pearson's correlation without leverage points.
     *
     * @return the correlation, that of all customers if there are no such points; empty if too little is left
     */
    public Optional<Correlation> pearsonWithoutLeverage() {
        return Optional.ofNullable(pearsonWithout);
    }

    /**
     * Returns Spearman's correlation without leverage points.
     *
     * @return the correlation, that of all customers if there are no such points; empty if too little is left
     */
    public Optional<Correlation> spearmanWithoutLeverage() {
        return Optional.ofNullable(spearmanWithout);
    }

    /**
     * Returns spend by frequency.
     *
     * @return the classes of frequencies 1 to 6 and from 7 on that have customers, ascending
     */
    public List<FrequencyClass> classes() {
        return classes;
    }

    /**
     * Returns the result for people: correlations with and without leverage points, and spend by frequency, the same on every machine.
     *
     * @return the text, without a line break at its end
     */
    public String summary() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "frequency and spend of %.0f customers", customers));
        text.append("\n                            coefficient   p-value");
        append(text, "Pearson", pearson);
        append(text, "Spearman", spearman);
        if (!leveragePoints.isEmpty()) {
            String without = " without " + leveragePoints.size() + (leveragePoints.size() == 1 ? " point" : " points");
            append(text, "Pearson" + without, pearsonWithout);
            append(text, "Spearman" + without, spearmanWithout);
        }
        text.append("\n  frequency  customers  mean spend  std. deviation");
        for (FrequencyClass c : classes) {
            String range = c.from == c.to ? Integer.toString(c.from) : c.from + "-" + c.to;
            text.append(String.format(
                    Locale.ROOT,
                    "\n  %-9s  %9.0f  %10.2f  %14.2f",
                    range,
                    c.customers,
                    c.meanSpend,
                    c.standardDeviation));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String what, @Nullable Correlation correlation) {
        if (correlation == null) {
            text.append(String.format(Locale.ROOT, "\n  %-25s           -         -", what));
        } else {
            String pValue = inWords(correlation.pValue, "");
            text.append(String.format(Locale.ROOT, "\n  %-25s %11.3f  %8s", what, correlation.coefficient, pValue));
        }
    }

    /** A p-value of four decimals, or that it is smaller. */
    private static String inWords(double pValue, String equal) {
        return pValue < 0.0001 ? "< 0.0001" : equal + String.format(Locale.ROOT, "%.4f", pValue);
    }

    private static String inWords(Correlation correlation) {
        return String.format(Locale.ROOT, "%.3f (p %s)", correlation.coefficient, inWords(correlation.pValue, "= "));
    }

    /** Returns the correlations on one line. */
    @Override
    public String toString() {
        String rest = "";
        if (!leveragePoints.isEmpty() && pearsonWithout != null) {
            rest = "; Pearson " + inWords(pearsonWithout) + " without " + leveragePoints.size()
                    + (leveragePoints.size() == 1 ? " leverage point" : " leverage points");
        }
        return "frequency and spend: Pearson " + inWords(pearson) + ", Spearman " + inWords(spearman) + rest;
    }

    /** Frequencies, means and weights of some customers. */
    private static final class Sample {
        private final int[] rows;
        private final double[] frequencies;
        private final double[] means;
        private final double[] weights;

        private Sample(int[] rows, double[] frequencies, double[] means, double[] weights) {
            this.rows = rows;
            this.frequencies = frequencies;
            this.means = means;
            this.weights = weights;
        }

        static Sample of(CustomerBase base) {
            int[] rows = IntStream.range(0, base.size())
                    .filter(row -> base.frequency(row) > 0)
                    .toArray();
            return new Sample(
                    rows,
                    Arrays.stream(rows).mapToDouble(base::frequency).toArray(),
                    Arrays.stream(rows).mapToDouble(base::monetaryValue).toArray(),
                    Arrays.stream(rows).mapToDouble(base::weight).toArray());
        }

        Sample without(boolean[] leftOut) {
            int[] kept =
                    IntStream.range(0, rows.length).filter(i -> !leftOut[i]).toArray();
            return new Sample(
                    Arrays.stream(kept).map(i -> rows[i]).toArray(),
                    pick(frequencies, kept),
                    pick(means, kept),
                    pick(weights, kept));
        }

        private static double[] pick(double[] values, int[] indices) {
            return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
        }

        double totalWeight() {
            return Arrays.stream(weights).sum();
        }

        @Nullable
        Correlation pearson() {
            return correlation(frequencies, means);
        }

        @Nullable
        Correlation spearman() {
            return correlation(ranks(frequencies), ranks(means));
        }

        /** Pearson's correlation, or null where there are fewer than three customers or a side does not vary. */
        private @Nullable Correlation correlation(double[] one, double[] other) {
            double freedom = totalWeight() - 2;
            double oneMean = mean(one);
            double otherMean = mean(other);
            double oneSquares = products(one, oneMean, one, oneMean);
            double otherSquares = products(other, otherMean, other, otherMean);
            if (rows.length < 3 || !(freedom > 0) || !varies(one) || !varies(other)) {
                return null;
            }
            double r = products(one, oneMean, other, otherMean) / Math.sqrt(oneSquares) / Math.sqrt(otherSquares);
            double coefficient = Math.max(-1, Math.min(1, r));
            double t = Math.abs(coefficient) * Math.sqrt(freedom / ((1 - coefficient) * (1 + coefficient)));
            return new Correlation(coefficient, 2 * TDistribution.of(freedom).survivalProbability(t));
        }

        private static boolean varies(double[] values) {
            return Arrays.stream(values).anyMatch(value -> value != values[0]);
        }

        private double mean(double[] values) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += weights[i] * values[i];
            }
            return sum / totalWeight();
        }

        private double products(double[] one, double oneMean, double[] other, double otherMean) {
            double sum = 0;
            for (int i = 0; i < one.length; i++) {
                sum += weights[i] * (one[i] - oneMean) * (other[i] - otherMean);
            }
            return sum;
        }

        /** Ranks from 1; values that are equal but for rounding, and the customers of one row, share their middle rank. */
        private double[] ranks(double[] values) {
            Integer[] order = new Integer[values.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
            double[] ranks = new double[values.length];
            double below = 0;
            int first = 0;
            while (first < order.length) {
                int after = first;
                double tied = 0;
                while (after < order.length && isTie(values[order[first]], values[order[after]])) {
                    tied += weights[order[after]];
                    after++;
                }
                for (int i = first; i < after; i++) {
                    ranks[order[i]] = below + (tied + 1) / 2;
                }
                below += tied;
                first = after;
            }
            return ranks;
        }

        /** Means of equal real value, as 35.91/3 and 11.97, may differ in their last bits. */
        private static boolean isTie(double smaller, double larger) {
            return larger - smaller <= 1e-13 * Math.abs(larger);
        }

        /** Whose Cook's distance in the regression of means on frequencies is above the limit. */
        boolean[] leverage() {
            double total = totalWeight();
            double frequency = mean(frequencies);
            double spend = mean(means);
            double squares = products(frequencies, frequency, frequencies, frequency);
            double slope = products(frequencies, frequency, means, spend) / squares;
            double[] residuals = new double[rows.length];
            double residualSquares = 0;
            for (int i = 0; i < rows.length; i++) {
                residuals[i] = means[i] - spend - slope * (frequencies[i] - frequency);
                residualSquares += weights[i] * residuals[i] * residuals[i];
            }
            double variance = residualSquares / (total - 2);
            boolean[] leverage = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                double distance = frequencies[i] - frequency;
                double hat = 1 / total + distance * distance / squares;
                double cook = residuals[i] * residuals[i] * hat / (2 * variance * (1 - hat) * (1 - hat));
                leverage[i] = hat > 1 - 1e-9 || cook > COOKS_LIMIT;
            }
            return leverage;
        }

        List<FrequencyClass> classes() {
            List<FrequencyClass> classes = new ArrayList<>();
            for (int from = 1; from <= LAST_CLASS; from++) {
                int least = from;
                boolean[] others = new boolean[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    others[i] = Math.min(frequencies[i], LAST_CLASS) != least;
                }
                Sample own = without(others);
                if (own.rows.length > 0) {
                    double mean = own.mean(own.means);
                    double variance = own.products(own.means, mean, own.means, mean) / own.totalWeight();
                    int to = (int) Arrays.stream(own.frequencies).max().orElse(from);
                    classes.add(new FrequencyClass(from, to, own.totalWeight(), mean, Math.sqrt(variance)));
                }
            }
            return List.copyOf(classes);
        }
    }
}
