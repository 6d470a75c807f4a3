// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.List;
import java.util.OptionalDouble;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.equity.TopCustomers;
import org.clv4j.core.ranking.Concentration;
import org.clv4j.core.ranking.CustomerRanking;
import org.clv4j.core.ranking.IsoValueGrid;
import org.clv4j.core.ranking.IsoValuePoint;
import org.clv4j.core.ranking.LorenzPoint;
import org.clv4j.core.ranking.WinBackCustomer;
import org.clv4j.core.ranking.WinBackList;
import org.jspecify.annotations.Nullable;

/** Writes concentration, win-back lists and grids of iso-value as CSV. A cell that is not known stays empty. */
public final class RankingCsv {

    private RankingCsv() {}

    /**
     * Writes a ranking, a row a customer, the best first: {@code rank, customer_id, value, share, cumulative_share, percentile, p_top,
     * weight}. Shares are parts of the total value, empty if that is not above 0; {@code p_top} is the probability to be among the best.
     *
     * @param ranking the ranking
     * @param base the customers that were ranked
     * @param top how likely customers are to be among the best; null if that is not known, and empty in the file then
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeRanking(
            CustomerRanking ranking, CustomerBase base, @Nullable TopCustomers top, TextOutput output) {
        double total = 0;
        for (int row = 0; row < ranking.size(); row++) {
            total += ranking.value(row) * base.weight(row);
        }
        double whole = total;
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "rank", "customer_id", "value", "share", "cumulative_share", "percentile", "p_top", "weight");
            double before = 0;
            for (int rank = 1; rank <= ranking.size(); rank++) {
                int row = ranking.rowOfRank(rank);
                double value = ranking.value(row) * base.weight(row);
                before += value;
                csv.writeRecord(
                        Integer.toString(rank),
                        base.id(row),
                        Numbers.shortest(ranking.value(row)),
                        whole > 0 ? Numbers.shortest(value / whole) : "",
                        whole > 0 ? Numbers.shortest(before / whole) : "",
                        Numbers.shortest(ranking.percentile(row)),
                        top == null ? "" : Numbers.shortest(top.probability(row)),
                        Numbers.count(base.weight(row)));
            }
            csv.flush();
        });
    }

    /**
     * Writes a Lorenz curve, a row a point: {@code customers, value}, both as parts of the whole, those who are worth least first.
     *
     * @param concentration the concentration
     * @param steps how many pieces the customers are divided into, from 1 to 1,000,000
     * @param output where to write
     * @throws IllegalArgumentException if the number is out of its range
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeLorenz(Concentration concentration, int steps, TextOutput output) {
        List<LorenzPoint> points = concentration.lorenzCurve(steps);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("customers", "value");
            points.forEach(
                    point -> csv.writeRecord(Numbers.shortest(point.customers()), Numbers.shortest(point.value())));
            csv.flush();
        });
    }

    /**
     * Writes a win-back list, a row a customer: {@code customer_id, value_at_risk, value_if_alive, clv, equity_at_risk, p_alive, p_active,
     * days_since_last_purchase, time_since_last_purchase, expected_time_to_next_purchase, next_purchase_date, weight}.
     *
     * @param list the list
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeWinBack(WinBackList list, TextOutput output) {
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "customer_id",
                    "value_at_risk",
                    "value_if_alive",
                    "clv",
                    "equity_at_risk",
                    "p_alive",
                    "p_active",
                    "days_since_last_purchase",
                    "time_since_last_purchase",
                    "expected_time_to_next_purchase",
                    "next_purchase_date",
                    "weight");
            list.customers().forEach(customer -> write(csv, customer));
            csv.flush();
        });
    }

    private static void write(CsvWriter csv, WinBackCustomer customer) {
        csv.writeRecord(
                customer.id(),
                Numbers.shortest(customer.valueAtRisk()),
                Numbers.shortest(customer.valueIfAlive()),
                Numbers.shortest(customer.expectedValue()),
                Numbers.shortest(customer.equityAtRisk()),
                Numbers.shortest(customer.probabilityAlive()),
                Numbers.shortest(customer.probabilityActive()),
                customer.daysSinceLastPurchase().isPresent()
                        ? Long.toString(customer.daysSinceLastPurchase().getAsLong())
                        : "",
                Numbers.shortest(customer.timeSinceLastPurchase()),
                cell(customer.timeToNextPurchase()),
                customer.dateOfNextPurchase().map(Object::toString).orElse(""),
                Numbers.count(customer.weight()));
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Numbers.shortest(value.getAsDouble()) : "";
    }

    /**
     * Writes a grid, a row a history: {@code frequency, recency, age, spend, clv}.
     *
     * @param grid the grid
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeGrid(IsoValueGrid grid, TextOutput output) {
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("frequency", "recency", "age", "spend", "clv");
            for (int i = 0; i < grid.frequencies().size(); i++) {
                for (int j = 0; j < grid.recencies().size(); j++) {
                    for (int k = 0; k < grid.spends().size(); k++) {
                        csv.writeRecord(
                                Integer.toString(grid.frequencies().get(i)),
                                Numbers.shortest(grid.recencies().get(j)),
                                Numbers.shortest(grid.age()),
                                Numbers.shortest(grid.spends().get(k)),
                                Numbers.shortest(grid.value(i, j, k)));
                    }
                }
            }
            csv.flush();
        });
    }

    /**
     * Writes contours, a row a point: {@code clv, spend, frequency, recency}.
     *
     * @param points the points of one contour or of several
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeContours(List<IsoValuePoint> points, TextOutput output) {
        List<IsoValuePoint> kept = List.copyOf(points);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord("clv", "spend", "frequency", "recency");
            kept.forEach(point -> csv.writeRecord(
                    Numbers.shortest(point.value()),
                    Numbers.shortest(point.spend()),
                    Integer.toString(point.frequency()),
                    Numbers.shortest(point.recency())));
            csv.flush();
        });
    }
}
