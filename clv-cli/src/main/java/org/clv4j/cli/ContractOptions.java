// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.DataException;
import org.clv4j.io.ContractData;
import org.clv4j.io.ContractsFile;
import org.clv4j.io.ContractsFile.Field;
import org.clv4j.io.TextInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where contracts come from. */
final class ContractOptions {

    @Option(
            names = "--contracts",
            paramLabel = "FILE",
            description =
                    "Contracts, a row each: customer, start and end (empty or open while it runs) or the renewals so"
                            + " far and who left, fee; further columns are attributes. Alone, or beside --transactions.")
    private @Nullable String contracts;

    @Option(names = "--start", paramLabel = "COL", description = "Column of the first day of a contract.")
    private @Nullable String start;

    @Option(names = "--end", paramLabel = "COL", description = "Column of its last day.")
    private @Nullable String end;

    @Option(names = "--renewals", paramLabel = "COL", description = "Instead of dates: column of the renewals so far.")
    private @Nullable String renewals;

    @Option(
            names = "--tenure",
            paramLabel = "COL",
            description = "Instead of dates: column of the terms completed, one more than the renewals of who left.")
    private @Nullable String tenure;

    @Option(
            names = "--left",
            paramLabel = "COL",
            description = "With renewals or tenure: column of who left, yes or no.")
    private @Nullable String left;

    @Option(names = "--fee", paramLabel = "COL", description = "Column of the amount of a bill.")
    private @Nullable String fee;

    @Option(
            names = "--realised",
            paramLabel = "COL",
            description = "Column of what was billed so far. Default: the fee times the bills so far.")
    private @Nullable String realised;

    @Option(
            names = "--term-months",
            paramLabel = "N",
            description = "Months from one renewal to the next. Default: 1 for contracts, 12 for cohorts.")
    private @Nullable String termMonths;

    @Option(
            names = "--billing-months",
            paramLabel = "N",
            description = "Months from one bill to the next, billed in advance. Default: the whole term at once.")
    private @Nullable String billingMonths;

    boolean isGiven() {
        return contracts != null;
    }

    boolean hasFee() {
        return fee != null;
    }

    /** The months of a term, if they are stated. */
    Optional<Integer> termMonths() {
        return Optional.ofNullable(termMonths).map(text -> months("--term-months", text));
    }

    /** Reads the contracts. */
    List<Contract> read(Console console, ContractsFile reader) {
        if (contracts == null) {
            throw new UsageException("which contracts? give --contracts FILE");
        }
        ContractsFile complete = reader;
        for (Map.Entry<Field, String> column : columns().entrySet()) {
            complete = complete.withColumn(column.getKey(), column.getValue());
        }
        int term = termMonths().orElse(1);
        int billing = billingMonths == null ? term : months("--billing-months", billingMonths);
        if (term % billing != 0) {
            throw new UsageException(
                    "--billing-months must divide the term of " + term + " months, but was " + billing);
        }
        ContractData data = complete.withTerm(term, billing).read(TextInput.parse(contracts, console.in()));
        data.notes().forEach(console::note);
        InputOptions.report(console, data.badRows(), data.badRowCount());
        return data.contracts();
    }

    private Map<Field, String> columns() {
        Map<Field, String> columns = new EnumMap<>(Field.class);
        put(columns, Field.START, start);
        put(columns, Field.END, end);
        put(columns, Field.RENEWALS, renewals);
        put(columns, Field.TENURE, tenure);
        put(columns, Field.LEFT, left);
        put(columns, Field.FEE, fee);
        put(columns, Field.REALISED, realised);
        return columns;
    }

    private static void put(Map<Field, String> columns, Field field, @Nullable String column) {
        if (column != null) {
            columns.put(field, column);
        }
    }

    /** Options that would be passed over in silence are refused. */
    void requireContracts() {
        if (contracts == null && !(columns().isEmpty() && billingMonths == null)) {
            throw new UsageException(
                    "--start, --end, --renewals, --tenure, --left, --fee, --realised and --billing-months go"
                            + " with --contracts FILE");
        }
    }

    /** The last day that contracts know of: the day as of which they are looked at, where none is stated. */
    static Optional<LocalDate> lastDay(List<Contract> contracts) {
        Optional<LocalDate> last = contracts.stream()
                .flatMap(contract -> Stream.of(contract.start(), contract.end()))
                .flatMap(Optional::stream)
                .max(LocalDate::compareTo);
        if (last.isPresent()
                && contracts.stream().anyMatch(contract -> contract.start().isEmpty())) {
            throw new DataException("contracts must all have dates, or none");
        }
        return last;
    }

    private static int months(String option, String text) {
        long months = Options.wholeNumber(option, text, 1);
        if (months > 1200) {
            throw new UsageException(option + " must be at most 1200, but was " + months);
        }
        return (int) months;
    }
}
