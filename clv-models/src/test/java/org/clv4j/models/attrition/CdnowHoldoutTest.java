// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.models.Cdnow;
import org.junit.jupiter.api.Test;

/** What the models foretell of the 39 weeks after the calibration of the CDNOW sample, against what happened. */
class CdnowHoldoutTest {

    private static final double HORIZON = 39;

    /** The reference's Pareto/NBD stopped this far, relatively, from the maximum, at parameters that it does not state. */
    private static final double PARETO_DIFFERENCE = 1.2e-4;

    @Test
    void totalsAndErrorsOfTheForecasts() {
        CustomerBase base = Cdnow.sample();
        assertErrors(base, expected("nbd", base), 2929.8, 0, 1.0410, 1.8595);
        assertErrors(base, expected("pareto-nbd", base), 1665.5, PARETO_DIFFERENCE * 1665.5, 0.7545, 1.6029);
        assertErrors(base, expected("bg-nbd", base), 1653.4, 0, 0.7855, 1.6080);
        assertErrors(base, expected("mbg-nbd", base), 1576.7, 0, 0.7648, 1.6072);
        double[] goesOn = new double[base.size()];
        for (int row = 0; row < goesOn.length; row++) {
            goesOn[row] = base.frequency(row) * HORIZON / base.age(row);
        }
        assertErrors(base, goesOn, 2930.1, 0, 1.0237, 2.2119);
    }

    private static void assertErrors(
            CustomerBase base, double[] expected, double total, double totalDifference, double mae, double rmse) {
        double sum = 0;
        double absolute = 0;
        double squares = 0;
        int actual = 0;
        for (int row = 0; row < expected.length; row++) {
            double error = expected[row] - base.holdoutTransactions(row);
            actual += base.holdoutTransactions(row);
            sum += expected[row];
            absolute += Math.abs(error);
            squares += error * error;
        }
        assertThat(actual).isEqualTo(1882);
        assertThat(sum).isCloseTo(total, within(0.051 + totalDifference));
        assertThat(absolute / expected.length).isCloseTo(mae, within(6e-5));
        assertThat(Math.sqrt(squares / expected.length)).isCloseTo(rmse, within(6e-5));
    }

    @Test
    void expectationsByPastPurchases() {
        CustomerBase base = Cdnow.sample();
        double[] expected = expected("pareto-nbd", base);
        double[] actualMeans = {0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594};
        double[] expectedMeans = {0.1384, 0.5995, 1.1958, 1.7138, 2.3984, 2.9073, 3.8186, 6.4032};
        double[] actualSums = new double[8];
        double[] expectedSums = new double[8];
        int[] customers = new int[8];
        for (int row = 0; row < expected.length; row++) {
            int group = Math.min(7, base.frequency(row));
            customers[group]++;
            actualSums[group] += base.holdoutTransactions(row);
            expectedSums[group] += expected[row];
        }
        for (int group = 0; group < 8; group++) {
            assertThat(actualSums[group] / customers[group])
                    .as("%s purchases", group)
                    .isCloseTo(actualMeans[group], within(6e-5));
            assertThat(expectedSums[group] / customers[group])
                    .as("%s purchases", group)
                    .isCloseTo(expectedMeans[group], within(PARETO_DIFFERENCE * (1 + expectedMeans[group])));
        }
    }

    /** Repeat purchases of all customers, each expected from the day after the first purchase to the end of week 78. */
    @Test
    void cumulativePurchasesAtWeek78() {
        CustomerBase base = Cdnow.sample();
        int actual = 0;
        for (int row = 0; row < base.size(); row++) {
            actual += base.frequency(row) + base.holdoutTransactions(row);
        }
        assertThat(actual).isEqualTo(4339);
        assertThat(tracked("pareto-nbd", base)).isCloseTo(4270.07, within(1e-5 * 4270.07));
        assertThat(tracked("bg-nbd", base)).isCloseTo(4160.64, within(1e-5 * 4160.64));
        assertThat(tracked("mbg-nbd", base)).isCloseTo(4049.97, within(1e-5 * 4049.97));
    }

    private static double tracked(String name, CustomerBase base) {
        FittedTransactionModel model = fit(name, base);
        LocalDate end = base.observation().orElseThrow().holdoutEnd().orElseThrow();
        double sum = 0;
        for (int row = 0; row < base.size(); row++) {
            sum += model.expectedTransactionsOfNewCustomer(
                    TimeScale.WEEKS.between(base.firstDate(row).orElseThrow(), end));
        }
        return sum;
    }

    @Test
    void statusOfTheCustomers() {
        CustomerBase base = Cdnow.sample();
        assertThat(alive("pareto-nbd", base)).isCloseTo(0.7743, within(6e-5));
        assertThat(alive("mbg-nbd", base)).isCloseTo(0.7751, within(6e-5));
        assertThat(alive("bg-nbd", base)).isCloseTo(0.3390, within(6e-5));
        double[] silence = new double[base.size()];
        double[] nobody = new double[base.size()];
        double[] active = new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            silence[row] = base.age(row) - base.recency(row) <= 23 ? 1 : 0;
        }
        fit("pareto-nbd", base).probabilityActiveInto(base, 0, base.size(), HORIZON, active);
        assertThat(accuracy(base, silence)).isCloseTo(0.7819, within(6e-5));
        assertThat(accuracy(base, active)).isCloseTo(0.7798, within(6e-5));
        assertThat(accuracy(base, nobody)).isCloseTo(0.7098, within(6e-5));
    }

    private static double alive(String name, CustomerBase base) {
        double[] alive = new double[base.size()];
        fit(name, base).probabilityAliveInto(base, 0, base.size(), alive);
        return accuracy(base, alive);
    }

    private static double accuracy(CustomerBase base, double[] probability) {
        int right = 0;
        for (int row = 0; row < probability.length; row++) {
            right += (probability[row] >= 0.5) == (base.holdoutTransactions(row) > 0) ? 1 : 0;
        }
        return right / (double) probability.length;
    }

    /** The spread of the total that the purchases alone make: the parameters are taken as known. */
    @Test
    void drawsGiveTheIntervalOfTheTotal() {
        CustomerBase base = Cdnow.sample();
        FittedAttritionModel model = (FittedAttritionModel) fit("pareto-nbd", base);
        int scenarios = 1000;
        double[] totals = new double[scenarios];
        double[] column = new double[base.size()];
        for (int scenario = 0; scenario < scenarios; scenario++) {
            model.futureTransactionsInto(base, 0, base.size(), HORIZON, scenario, column);
            for (double count : column) {
                totals[scenario] += count;
            }
        }
        Arrays.sort(totals);
        // The reference is a simulation too; the ends of either move by about 6.
        assertThat(totals[25]).isCloseTo(1527, within(20.0));
        assertThat(totals[975]).isCloseTo(1809, within(20.0));
    }

    private static double[] expected(String name, CustomerBase base) {
        double[] expected = new double[base.size()];
        fit(name, base).expectedTransactionsInto(base, 0, base.size(), HORIZON, expected);
        return expected;
    }

    private static FittedTransactionModel fit(String name, CustomerBase base) {
        return ModelCatalog.load().transactions(name).model().fit(base);
    }
}
