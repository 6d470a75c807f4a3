// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.clv4j.benchmarks.Bases.Times;
import org.clv4j.io.SummaryCsv;
import org.clv4j.io.TextOutput;
import org.clv4j.models.attrition.FittedAttritionModel;

/**
 * Writes a base of continuous times as a summary file, which the command {@code clv simulate} cannot: it makes dates.
 *
 * <p>{@code java -cp clv-benchmarks/target/benchmarks.jar org.clv4j.benchmarks.ContinuousSummaries MODEL CUSTOMERS FILE} with bg-nbd
 * or pareto-nbd. The same customers on every machine.
 */
public final class ContinuousSummaries {

    private ContinuousSummaries() {}

    /**
     * Writes the file.
     *
     * @param arguments the model's name, the number of customers and the file
     */
    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("arguments: MODEL CUSTOMERS FILE");
        }
        FittedAttritionModel model = List.of(Bases.TRANSACTIONS, Bases.PARETO_TRANSACTIONS).stream()
                .filter(known -> known.name().equals(arguments[0]))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("`MODEL` must be bg-nbd or pareto-nbd, but was " + arguments[0]));
        SummaryCsv.write(
                Bases.of(model, Integer.parseInt(arguments[1]), Times.CONTINUOUS),
                TextOutput.toFile(Path.of(arguments[2])));
    }
}
