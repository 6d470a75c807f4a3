// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.List;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.io.SummaryCsv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes what models see of the customers. */
@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        description = "Summarise transactions to one row a customer: frequency, recency, age, monetary value.")
final class SummaryCommand implements Runnable {

    private final Console console;

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private OutOption out = new OutOption();

    SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (input.hasContracts()) {
            throw new UsageException("a summary is of purchases; contracts go with fit, score, equity and retention");
        }
        CustomerBase base = input.load(console, Optional.empty(), List.of());
        SummaryCsv.write(base, out.output(console));
    }
}
