// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.DataPolicy;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.io.BadRow;
import org.clv4j.io.BadRowPolicy;
import org.clv4j.io.ContractsFile;
import org.clv4j.io.ContractsFile.Field;
import org.clv4j.io.Delimiter;
import org.clv4j.io.SummaryData;
import org.clv4j.io.SummaryFile;
import org.clv4j.io.TextInput;
import org.clv4j.io.TransactionData;
import org.clv4j.io.TransactionFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the customers come from. */
final class InputOptions {

    @Option(
            names = "--transactions",
            paramLabel = "FILE",
            description = {
                "Transactions as delimited text, plain or gzip; - is standard input. Repeat it for several files."
            })
    private @Nullable List<String> transactions;

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description =
                    "Instead of transactions: customer_id,frequency,recency,age[,monetary_value][,weight]; further"
                            + " columns are attributes.")
    private @Nullable String summary;

    @Mixin
    private ContractOptions contracts = new ContractOptions();

    private List<String> transactionAttributes = List.of();
    private @Nullable LocalDate later;
    private @Nullable TransactionLog log;

    @Option(
            names = "--customer",
            paramLabel = "COL",
            description = "Column of the customer's id: its name, or its number from 1. Guessed from a header.")
    private @Nullable String customer;

    @Option(names = "--date", paramLabel = "COL", description = "Column of the date.")
    private @Nullable String date;

    @Option(
            names = "--amount",
            paramLabel = "COL",
            description = "Column of the amount, or two whose product it is, as 'Quantity*UnitPrice'.")
    private @Nullable String amount;

    @Option(
            names = "--product",
            paramLabel = "COL",
            description = "Column of what was bought, for features such as product-mix.")
    private @Nullable String product;

    @Option(names = "--delimiter", paramLabel = "D", description = "',', ';', tab or whitespace. Default: detected.")
    private @Nullable String delimiter;

    @Option(names = "--no-header", description = "The first line is data; give columns by number.")
    private boolean noHeader;

    @Option(
            names = "--date-format",
            paramLabel = "PATTERN",
            description = "As dd.MM.yyyy or yyyyMMdd. Default: detected; day and month that cannot be told apart are an"
                    + " error.")
    private @Nullable String dateFormat;

    @Option(names = "--decimal-comma", description = "Amounts are written as 12,50.")
    private boolean decimalComma;

    @Option(names = "--from", paramLabel = "DATE", description = "First day of the calibration window, inclusive.")
    private @Nullable String from;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "Last day of the calibration window, inclusive. Default: the last date in the data.")
    private @Nullable String until;

    @Option(
            names = "--time-unit",
            paramLabel = "UNIT",
            description = "days, weeks (days/7), months or years. Default: weeks, or that of the saved model.")
    private @Nullable String timeUnit;

    @Option(names = "--currency", paramLabel = "CODE", description = "Currency of all amounts, as USD.")
    private @Nullable String currency;

    @Option(
            names = "--zero-amounts",
            paramLabel = "keep|drop",
            description = "A zero amount is a purchase (keep, the default), or left out.")
    private @Nullable String zeroAmounts;

    @Option(
            names = "--refunds",
            paramLabel = "error|net|drop",
            description =
                    "A negative amount stops the run (error, the default), is taken off the purchases before it, or"
                            + " is left out.")
    private @Nullable String refunds;

    @Option(
            names = "--bad-rows",
            paramLabel = "error|skip",
            description = "Rows that cannot be read stop the run (error, the default), or are left out and reported.")
    private @Nullable String badRows;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Only customers of whom this holds, as 'frequency>0', 'repeat_amount<=4000' or 'country=France': a"
                            + " figure of the summary, or an attribute. Repeat it for several conditions.")
    private @Nullable List<String> where;

    /**
     * Reads the customers.
     *
     * @param fitted the time unit of a saved model, which is the default
     * @param attributes columns of transactions that say something of the customers
     */
    CustomerBase load(Console console, Optional<TimeScale> fitted, List<String> attributes) {
        return load(console, fitted, attributes, List.of());
    }

    /**
     * Reads the customers, and attributes of their transactions.
     *
     * @param lineAttributes columns that say something of a transaction
     */
    CustomerBase load(
            Console console, Optional<TimeScale> fitted, List<String> attributes, List<String> lineAttributes) {
        transactionAttributes = lineAttributes;
        contracts.requireContracts();
        List<CustomerFilter> filters = filters();
        if (contracts.isGiven() && transactions == null && summary == null) {
            return select(console, loadContracts(console, fitted), filters);
        }
        List<String> known = Stream.concat(
                        attributes.stream(), filters.stream().flatMap(filter -> filter.attribute().stream()))
                .distinct()
                .toList();
        CustomerBase base = loadPurchases(console, fitted, known);
        return select(
                console,
                contracts.isGiven() ? base.withContracts(contracts.read(console, contractsFile(false))) : base,
                filters);
    }

    /**
     * Looks at customers that were read on an earlier day.
     *
     * @param now the customers as they were read, from transactions
     * @param day the earlier day
     * @return those of them who were customers then, as they were then
     */
    CustomerBase asOf(CustomerBase now, LocalDate day) {
        TransactionLog known = log;
        if (known == null) {
            throw new UsageException("an earlier day can be looked at with --transactions only");
        }
        LocalDate end = now.observation().orElseThrow().end();
        if (day.isAfter(end)) {
            throw new DataException(
                    "the earlier day " + day + " is after " + end + ", until which customers are looked at");
        }
        Optional<LocalDate> start = now.observation().orElseThrow().start();
        if (start.isPresent() && day.isBefore(start.get())) {
            throw new DataException("the earlier day " + day + " is before --from " + start.get());
        }
        Observation window = start.map(first -> Observation.of(first, day)).orElseGet(() -> Observation.until(day));
        CustomerBase then = CustomerBase.of(known, window, now.timeScale(), policy());
        CustomerBase same = then.select(row -> now.indexOf(then.id(row)) >= 0);
        if (same.size() == 0) {
            throw new DataException("no customer bought until " + day);
        }
        return same;
    }

    private List<CustomerFilter> filters() {
        return where == null
                ? List.of()
                : where.stream().map(CustomerFilter::parse).toList();
    }

    private static CustomerBase select(Console console, CustomerBase base, List<CustomerFilter> filters) {
        if (filters.isEmpty()) {
            return base;
        }
        for (CustomerFilter filter : filters) {
            filter.attribute()
                    .filter(name -> !base.attributeNames().contains(name))
                    .ifPresent(name -> {
                        throw new DataException("no customer has an attribute '" + name + "' for --where " + filter);
                    });
        }
        CustomerBase selected = base.select(row -> filters.stream().allMatch(filter -> filter.holds(base, row)));
        String conditions = filters.stream().map(CustomerFilter::toString).collect(Collectors.joining("' and '"));
        if (selected.size() == 0) {
            throw new DataException(
                    "'" + conditions + "' holds of none of the " + base.size() + " customers (--where)");
        }
        console.note(base.size() - selected.size() + " of " + base.size() + " customers are left out by --where '"
                + conditions + "'");
        return selected;
    }

    /** The stated end of the calibration. */
    Optional<LocalDate> until() {
        return Optional.ofNullable(until).map(day -> Options.date("--until", day));
    }

    /** Looks at customers until a later day than the end of the calibration. */
    void lookUntil(LocalDate day) {
        later = day;
    }

    /** Whether customers have contracts. */
    boolean hasContracts() {
        return contracts.isGiven();
    }

    /** Whether customers have contracts, and nothing but them. */
    boolean hasContractsOnly() {
        return contracts.isGiven() && transactions == null && summary == null;
    }

    /** Whether customers come from transactions, and from nothing else. */
    boolean hasTransactionsOnly() {
        return transactions != null && !contracts.isGiven();
    }

    ContractOptions contracts() {
        return contracts;
    }

    /** Reads customers who have contracts alone. */
    CustomerBase loadContracts(Console console, Optional<TimeScale> fitted) {
        requireContractOptions();
        List<Contract> read = contracts.read(console, contractsFile(true));
        TimeScale timeScale = timeScale(fitted, TimeScale.MONTHS);
        Optional<LocalDate> last = ContractOptions.lastDay(read);
        if (last.isEmpty()) {
            if (until != null) {
                throw new UsageException("--until goes with contracts that have dates");
            }
            return CustomerBase.ofContracts(read, timeScale);
        }
        LocalDate asOf = until == null ? last.get() : Options.date("--until", until);
        if (until == null) {
            console.note("contracts are looked at as of " + asOf + ", the last date in the data (--until)");
        }
        return CustomerBase.ofContracts(read, asOf, timeScale);
    }

    private ContractsFile contractsFile(boolean alone) {
        ContractsFile reader = ContractsFile.withDefaults().withBadRows(badRowPolicy());
        if (alone && customer != null) {
            reader = reader.withColumn(Field.CUSTOMER, customer);
        }
        if (alone && delimiter != null) {
            reader = reader.withDelimiter(Options.parse("--delimiter", delimiter, Delimiter::parse));
        }
        return alone && dateFormat != null
                ? Options.parse("--date-format", dateFormat, reader::withDateFormat)
                : reader;
    }

    private CustomerBase loadPurchases(Console console, Optional<TimeScale> fitted, List<String> attributes) {
        TimeScale timeScale = timeScale(fitted, TimeScale.WEEKS);
        if (summary != null) {
            return loadSummary(console, summary, timeScale);
        }
        if (transactions == null) {
            throw new UsageException("which customers? give --transactions FILE, --summary FILE or --contracts FILE");
        }
        TransactionData data = read(console, transactions, attributes);
        log = data.log();
        CustomerBase base = CustomerBase.of(log, observation(log), timeScale, policy());
        if (base.size() == 0) {
            throw new DataException("no customer bought within "
                    + base.observation().map(Object::toString).orElse("the window") + "; the "
                    + log.size() + " transactions run from " + log.firstDate().orElseThrow() + " to "
                    + log.lastDate().orElseThrow());
        }
        base.quality().ifPresent(quality -> quality.notes().forEach(console::note));
        return base;
    }

    /** Says in one line what rules made the customers, for a saved model. */
    Optional<String> policyInWords() {
        return transactions == null ? Optional.empty() : Optional.of(policy().toString());
    }

    private TimeScale timeScale(Optional<TimeScale> fitted, TimeScale usual) {
        if (timeUnit == null) {
            return fitted.orElse(usual);
        }
        TimeScale stated = Options.parse("--time-unit", timeUnit, TimeScale::parse);
        if (fitted.isPresent() && fitted.get() != stated) {
            throw new UsageException(
                    "--time-unit is " + stated + ", but the saved model was fitted in " + fitted.get());
        }
        return stated;
    }

    private TransactionData read(Console console, List<String> files, List<String> attributes) {
        List<TextInput> inputs = new ArrayList<>();
        for (String file : files) {
            inputs.add(TextInput.parse(file, console.in()));
        }
        TransactionData data = reader().withAttributes(attributes)
                .withLineAttributes(transactionAttributes)
                .readAll(inputs);
        data.notes().forEach(console::note);
        report(console, data.badRows(), data.badRowCount());
        return data;
    }

    private TransactionFile reader() {
        TransactionFile reader = TransactionFile.withDefaults().withBadRows(badRowPolicy());
        reader = customer == null ? reader : reader.withCustomer(customer);
        reader = date == null ? reader : reader.withDate(date);
        reader = amount == null ? reader : reader.withAmount(amount);
        reader = product == null ? reader : reader.withProduct(product);
        reader = delimiter == null
                ? reader
                : reader.withDelimiter(Options.parse("--delimiter", delimiter, Delimiter::parse));
        reader = noHeader ? reader.withHeader(false) : reader;
        reader = dateFormat == null ? reader : Options.parse("--date-format", dateFormat, reader::withDateFormat);
        reader = decimalComma ? reader.withDecimalComma(true) : reader;
        return currency == null ? reader : reader.withCurrency(currencyOf("--currency", currency));
    }

    static Currency currencyOf(String option, String code) {
        try {
            return Currency.getInstance(code.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " must be an ISO code such as USD, but was '" + code + "'", e);
        }
    }

    static void report(Console console, List<BadRow> rows, long count) {
        rows.forEach(row -> console.note("skipped " + row));
        if (count > 0) {
            console.note(count + (count == 1 ? " bad row was skipped" : " bad rows were skipped"));
        }
    }

    private BadRowPolicy badRowPolicy() {
        return badRows == null
                ? BadRowPolicy.ERROR
                : BadRowPolicy.parse(Options.oneOf("--bad-rows", badRows, "error", "skip"));
    }

    private DataPolicy policy() {
        DataPolicy policy = DataPolicy.withDefaults();
        if (zeroAmounts != null) {
            policy = policy.withZeroAmounts(
                    DataPolicy.ZeroAmounts.parse(Options.oneOf("--zero-amounts", zeroAmounts, "keep", "drop")));
        }
        if (refunds != null) {
            policy = policy.withRefunds(
                    DataPolicy.Refunds.parse(Options.oneOf("--refunds", refunds, "error", "net", "drop")));
        }
        return policy;
    }

    private Observation observation(TransactionLog log) {
        var end = later != null ? later : until == null ? log.lastDate().orElseThrow() : Options.date("--until", until);
        if (from == null) {
            return Observation.until(end);
        }
        var start = Options.date("--from", from);
        if (end.isBefore(start)) {
            throw new UsageException("--from " + start + " must not be after "
                    + (until == null ? "the last date in the data, " : "--until ") + end);
        }
        return Observation.of(start, end);
    }

    private CustomerBase loadSummary(Console console, String file, TimeScale timeScale) {
        requireSummaryOptions();
        SummaryFile reader = SummaryFile.withDefaults().withBadRows(badRowPolicy());
        if (delimiter != null) {
            reader = reader.withDelimiter(Options.parse("--delimiter", delimiter, Delimiter::parse));
        }
        SummaryData data = reader.read(TextInput.parse(file, console.in()), timeScale);
        data.notes().forEach(console::note);
        report(console, data.badRows(), data.badRowCount());
        return data.base();
    }

    /** Refuses all options of customers where they come from elsewhere. */
    void requireNoCustomers(String what) {
        contracts.requireContracts();
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--transactions", transactions != null);
        given.put("--summary", summary != null);
        given.put("--customer", customer != null);
        given.put("--date", date != null);
        given.put("--amount", amount != null);
        given.put("--product", product != null);
        given.put("--delimiter", delimiter != null);
        given.put("--no-header", noHeader);
        given.put("--date-format", dateFormat != null);
        given.put("--decimal-comma", decimalComma);
        given.put("--from", from != null);
        given.put("--until", until != null);
        given.put("--time-unit", timeUnit != null);
        given.put("--currency", currency != null);
        given.put("--zero-amounts", zeroAmounts != null);
        given.put("--refunds", refunds != null);
        given.put("--bad-rows", badRows != null);
        given.put("--where", where != null);
        requireNone(given, what);
    }

    /** Options that would be passed over in silence are refused. */
    private void requireContractOptions() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--date", date != null);
        given.put("--amount", amount != null);
        given.put("--product", product != null);
        given.put("--no-header", noHeader);
        given.put("--decimal-comma", decimalComma);
        given.put("--from", from != null);
        given.put("--currency", currency != null);
        given.put("--zero-amounts", zeroAmounts != null);
        given.put("--refunds", refunds != null);
        requireNone(given, "--contracts alone");
    }

    /** Options that would be passed over in silence are refused. */
    private void requireSummaryOptions() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--transactions", transactions != null);
        given.put("--customer", customer != null);
        given.put("--date", date != null);
        given.put("--amount", amount != null);
        given.put("--product", product != null);
        given.put("--no-header", noHeader);
        given.put("--date-format", dateFormat != null);
        given.put("--decimal-comma", decimalComma);
        given.put("--from", from != null);
        given.put("--until", until != null);
        given.put("--currency", currency != null);
        given.put("--zero-amounts", zeroAmounts != null);
        given.put("--refunds", refunds != null);
        requireNone(given, "--summary");
    }

    private static void requireNone(Map<String, Boolean> given, String what) {
        given.forEach((option, isGiven) -> {
            if (isGiven) {
                throw new UsageException(option + " does not go with " + what);
            }
        });
    }
}
