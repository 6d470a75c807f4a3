// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.List;
import org.clv4j.core.equity.MixRate;
import org.clv4j.core.equity.MixRateCell;
import org.clv4j.core.equity.ShrunkMean;
import org.clv4j.core.equity.ShrunkMeans;
import org.clv4j.core.equity.SimpsonCheck;

/** Writes as CSV what is found out about segments: means after shrinkage, mix and rate, and totals that mislead. */
public final class SegmentsCsv {

    private SegmentsCsv() {}

    /**
     * Writes means after shrinkage, a row a segment: {@code figure, dimension, segment, customers, mean, standard_error, weight, shrunk_mean,
     * error, lower, upper}. The row of all customers has the dimension and the segment {@code total}, and their mean only.
     *
     * @param means the means
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeShrunkMeans(ShrunkMeans means, TextOutput output) {
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "figure",
                    "dimension",
                    "segment",
                    "customers",
                    "mean",
                    "standard_error",
                    "weight",
                    "shrunk_mean",
                    "error",
                    "lower",
                    "upper");
            double customers =
                    means.segments().stream().mapToDouble(ShrunkMean::customers).sum();
            csv.writeRecord(
                    means.figure(),
                    "total",
                    "total",
                    Numbers.count(customers),
                    Numbers.shortest(means.mean()),
                    "",
                    "",
                    "",
                    "",
                    "",
                    "");
            for (ShrunkMean segment : means.segments()) {
                csv.writeRecord(
                        means.figure(),
                        String.join(" / ", means.dimensions()),
                        segment.name(),
                        Numbers.count(segment.customers()),
                        Numbers.shortest(segment.mean()),
                        Numbers.shortest(segment.standardError()),
                        Numbers.shortest(segment.weight()),
                        Numbers.shortest(segment.shrunkMean()),
                        Numbers.shortest(segment.rootMeanSquaredError()),
                        Numbers.shortest(segment.lower()),
                        Numbers.shortest(segment.upper()));
            }
            csv.flush();
        });
    }

    /**
     * Writes mix and rate, a row a cell: {@code ratio, from, to, dimension, cell, from_share, to_share, from_ratio, to_ratio, mix, rate,
     * effect}. The whole has the cell {@code total} and shares of 1; the cells add up to it to the last digit.
     *
     * @param differences the decompositions
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeMixRates(List<MixRate> differences, TextOutput output) {
        List<MixRate> all = List.copyOf(differences);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "ratio",
                    "from",
                    "to",
                    "dimension",
                    "cell",
                    "from_share",
                    "to_share",
                    "from_ratio",
                    "to_ratio",
                    "mix",
                    "rate",
                    "effect");
            for (MixRate difference : all) {
                write(
                        csv,
                        difference,
                        "total",
                        new MixRateCell(
                                List.of(),
                                1,
                                1,
                                difference.fromRatio(),
                                difference.toRatio(),
                                difference.mix(),
                                difference.rate()));
                difference.cells().forEach(cell -> write(csv, difference, cell.name(), cell));
            }
            csv.flush();
        });
    }

    private static void write(CsvWriter csv, MixRate difference, String name, MixRateCell cell) {
        csv.writeRecord(
                difference.ratio(),
                difference.from(),
                difference.to(),
                String.join(" / ", difference.dimensions()),
                name,
                Numbers.shortest(cell.fromShare()),
                Numbers.shortest(cell.toShare()),
                Numbers.money(cell.fromRatio()),
                Numbers.money(cell.toRatio()),
                Numbers.money(cell.mix()),
                Numbers.money(cell.rate()),
                Numbers.money(cell.effect()));
    }

    /**
     * Writes comparisons of totals, a row each: {@code ratio, from, to, dimension, difference, standardised_difference, higher_cells,
     * lower_cells, equal_cells, misleads, message}.
     *
     * @param checks the comparisons
     * @param output where to write
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void writeChecks(List<SimpsonCheck> checks, TextOutput output) {
        List<SimpsonCheck> all = List.copyOf(checks);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(
                    "ratio",
                    "from",
                    "to",
                    "dimension",
                    "difference",
                    "standardised_difference",
                    "higher_cells",
                    "lower_cells",
                    "equal_cells",
                    "misleads",
                    "message");
            for (SimpsonCheck check : all) {
                csv.writeRecord(
                        check.ratio(),
                        check.from(),
                        check.to(),
                        String.join(" / ", check.dimensions()),
                        Numbers.money(check.difference()),
                        Numbers.money(check.standardisedDifference()),
                        Integer.toString(check.higherCells()),
                        Integer.toString(check.lowerCells()),
                        Integer.toString(check.equalCells()),
                        Boolean.toString(check.misleads()),
                        check.message());
            }
            csv.flush();
        });
    }
}
