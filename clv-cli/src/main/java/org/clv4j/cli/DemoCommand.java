// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.equity.SegmentEquity;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.LogSimulator;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.SpendSimulator;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import picocli.CommandLine.Command;

/** Walks the whole road on customers that it makes up, and says what a manager would read. Writes no file. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "See the whole road in seconds: made-up customers, a fit, values, customer equity by channel.")
final class DemoCommand implements Runnable {

    private static final long SEED = 20230101;
    private static final LocalDate START = LocalDate.of(2023, 1, 1);
    private static final LocalDate ACQUIRED_UNTIL = LocalDate.of(2023, 6, 30);
    private static final LocalDate TODAY = LocalDate.of(2023, 12, 31);
    private static final LocalDate HOLDOUT_END = LocalDate.of(2024, 6, 30);
    private static final double HOLDOUT_WEEKS = 26;
    private static final int TOP = 8;
    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(104), DiscountRate.annual(0.10), Margin.of(0.35), CashFlowTiming.AT_PURCHASE);

    /**
     * How customers came.
     *
     * @param name the channel
     * @param cost what one customer cost
     * @param customers how many customers, half of them in each region
     * @param purchases the parameters of when they buy
     */
    private record Channel(String name, String cost, int customers, Map<String, Double> purchases) {}

    private static final List<Channel> CHANNELS = List.of(
            new Channel("referral", "8.00", 900, purchases(0.50, 6.0, 0.35, 3.5)),
            new Channel("search ads", "30.00", 1500, purchases(0.30, 5.5, 0.80, 2.6)),
            new Channel("marketplace", "27.50", 1200, purchases(0.15, 6.5, 1.10, 2.0)));

    /** Scale of the amounts in each region; the mean amount is 6 · scale / 3. */
    private static final Map<String, Double> REGIONS = regions();

    private final Console console;
    private final StringBuilder text = new StringBuilder();

    DemoCommand(Console console) {
        this.console = console;
    }

    private static Map<String, Double> purchases(double r, double alpha, double a, double b) {
        return Map.of("r", r, "alpha", alpha, "a", a, "b", b);
    }

    private static Map<String, Double> regions() {
        Map<String, Double> regions = new LinkedHashMap<>();
        regions.put("North", 18.0);
        regions.put("South", 14.0);
        return regions;
    }

    @Override
    public void run() {
        ModelCatalog catalog = ModelCatalog.load();
        ModelProvider.OfTransactions bgNbd = Options.parse("demo", "bg-nbd", catalog::transactions);
        ModelProvider.OfSpend gammaGamma = Options.parse("demo", "gamma-gamma", catalog::spend);
        if (!(Options.parse("demo", "average-order", catalog::find) instanceof ModelProvider.OfClv averageOrder)) {
            throw new ModelException("average-order is not a model of value");
        }
        TransactionLog log = simulate(bgNbd, gammaGamma);
        CustomerBase base = CustomerBase.of(log, Observation.until(TODAY).withHoldoutEnd(HOLDOUT_END), TimeScale.WEEKS);
        tellData(base);

        FittedTransactionModel transactions = bgNbd.model().fit(base);
        FittedSpendModel spend = gammaGamma.model().fit(base);
        FittedClvModel forecast = TransactionSpendModel.Fitted.of(transactions, spend);
        FittedClvModel average = averageOrder.model().fit(base);
        tellFit(transactions, spend);
        tellHoldout(base, transactions, average);

        CustomerValues values = forecast.value(base, TERMS);
        tellTop(values);

        EquityAggregator aggregator = EquityAggregator.withDefaults()
                .withBreakdown(List.of(CustomerBase.CHANNEL))
                .withBreakdown(List.of("region"))
                .withBreakdown(List.of(CustomerBase.CHANNEL, "region"));
        CustomerEquity equity = aggregator.aggregate(values);
        CustomerEquity averageEquity = aggregator.aggregate(average.value(base, TERMS));
        tellEquity(equity);
        tellChannels(equity);
        tellAverage(equity, averageEquity);
        tellNext();
        console.out().print(text);
        console.out().flush();
    }

    private static TransactionLog simulate(ModelProvider.OfTransactions bgNbd, ModelProvider.OfSpend gammaGamma) {
        TransactionLog.Builder log = TransactionLog.builder();
        int first = 0;
        for (Channel channel : CHANNELS) {
            for (Map.Entry<String, Double> region : REGIONS.entrySet()) {
                if (!(bgNbd.ofParameters(channel.purchases()) instanceof TransactionSimulator purchases)
                        || !(gammaGamma.ofParameters(Map.of("p", 6.0, "q", 4.0, "gamma", region.getValue()))
                                instanceof SpendSimulator amounts)) {
                    throw new ModelException("the models of the demo cannot make up customers");
                }
                int customers = channel.customers() / REGIONS.size();
                LogSimulator.of(purchases, amounts, TimeScale.WEEKS)
                        .simulateInto(log, "C", first, customers, START, ACQUIRED_UNTIL, HOLDOUT_END, SEED);
                for (int customer = first + 1; customer <= first + customers; customer++) {
                    log.customer(Customer.of("C" + customer)
                            .withChannel(channel.name())
                            .withAttribute("region", region.getKey())
                            .withAcquisitionCost(new BigDecimal(channel.cost())));
                }
                first += customers;
            }
        }
        return log.build();
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private void heading(String words) {
        text.append('\n')
                .append(words)
                .append('\n')
                .append("-".repeat(words.length()))
                .append('\n');
    }

    private void tellData(CustomerBase base) {
        line("clv4j demo: a made-up online shop on " + TODAY + "; no real customers, no files written");
        heading("1. The customers");
        BigDecimal revenue = BigDecimal.ZERO;
        double orders = 0;
        int oneTime = 0;
        for (int row = 0; row < base.size(); row++) {
            revenue = revenue.add(base.totalAmount(row));
            orders += base.frequency(row) + 1;
            oneTime += base.frequency(row) == 0 ? 1 : 0;
        }
        line(TextTable.money(base.size()) + " customers were acquired from " + START + " to " + ACQUIRED_UNTIL
                + " through " + CHANNELS.size() + " channels.");
        line("Until " + TODAY + " they placed " + TextTable.money(orders) + " orders worth "
                + TextTable.money(revenue) + "; " + TextTable.percent(oneTime / (double) base.size())
                + " of them bought once only.");
        line("Nobody cancels here: a customer who has left looks just like one who will be back next month.");
    }

    private void tellFit(FittedTransactionModel transactions, FittedSpendModel spend) {
        heading("2. What their purchases tell");
        Map<String, Double> when = transactions.parameters();
        double rate = when.getOrDefault("r", 0.0) / when.getOrDefault("alpha", 1.0);
        double dropOut = when.getOrDefault("a", 0.0) / (when.getOrDefault("a", 0.0) + when.getOrDefault("b", 1.0));
        line("BG/NBD, when they buy: while active, a customer orders every " + TextTable.decimal(1 / rate, 0)
                + " weeks on average, and after each");
        line("repeat order " + TextTable.percent(dropOut) + " of them leave for good. "
                + transactions.report().map(DemoCommand::trust).orElse(""));
        line("Gamma-Gamma, how much they spend: an order of a new customer is worth "
                + TextTable.decimal(spend.expectedSpendOfNewCustomer(), 2) + " on average. "
                + spend.report().map(DemoCommand::trust).orElse(""));
    }

    private static String trust(FitReport report) {
        return report.converged() ? "(The fit converged.)" : "(The fit did NOT converge.)";
    }

    private void tellHoldout(CustomerBase base, FittedTransactionModel transactions, FittedClvModel average) {
        heading("3. Can it be trusted? The next 26 weeks, which no model has seen");
        double[] expected = new double[base.size()];
        transactions.expectedTransactionsInto(base, 0, base.size(), HOLDOUT_WEEKS, expected);
        double[] extended = average.value(
                        base,
                        ValuationTerms.of(
                                Horizon.of(HOLDOUT_WEEKS),
                                DiscountRate.none(),
                                Margin.ofRevenue(),
                                CashFlowTiming.AT_PURCHASE))
                .column(ValueColumn.EXPECTED_TRANSACTIONS);
        double actual = 0;
        double forecast = 0;
        double goingOn = 0;
        for (int row = 0; row < base.size(); row++) {
            actual += base.holdoutTransactions(row);
            forecast += expected[row];
            goingOn += extended[row];
        }
        text.append(new TextTable()
                .row("orders from " + TODAY.plusDays(1) + " to " + HOLDOUT_END, "orders", "off by")
                .row("  what happened", TextTable.money(actual), "")
                .row("  BG/NBD said", TextTable.money(forecast), offBy(forecast, actual))
                .row("  average order model said", TextTable.money(goingOn), offBy(goingOn, actual))
                .format());
    }

    private static String offBy(double forecast, double actual) {
        double part = forecast / actual - 1;
        return (part > 0 ? "+" : "") + TextTable.percent(part);
    }

    private void tellTop(CustomerValues values) {
        heading("4. Who is worth most: the customers with the greatest future value");
        CustomerBase base = values.base();
        TextTable table = new TextTable()
                .row("customer", "channel", "region", "orders", "weeks silent", "P(alive)", "next 2 years", "CLV");
        List<Integer> best = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -values.futureValue(row))
                        .thenComparing(row -> row))
                .limit(TOP)
                .toList();
        for (int row : best) {
            table.row(
                    base.id(row),
                    base.attribute(CustomerBase.CHANNEL, row).orElse(""),
                    base.attribute("region", row).orElse(""),
                    Integer.toString(base.frequency(row) + 1),
                    TextTable.decimal(base.age(row) - base.recency(row), 1),
                    TextTable.decimal(values.get(ValueColumn.PROBABILITY_ALIVE, row), 2),
                    TextTable.decimal(values.get(ValueColumn.EXPECTED_TRANSACTIONS, row), 1) + " orders",
                    TextTable.money(values.futureValue(row)));
        }
        text.append(table.format());
        line("CLV is the margin of the next two years at what it is worth today, at 10 % a year.");
        double total = IntStream.range(0, values.size())
                .mapToDouble(values::futureValue)
                .sum();
        double bestTenth = IntStream.range(0, values.size())
                .mapToDouble(values::futureValue)
                .sorted()
                .skip(values.size() - values.size() / 10)
                .sum();
        line("The best tenth of the customers holds " + TextTable.percent(bestTenth / total) + " of all future value.");
    }

    private void tellEquity(CustomerEquity equity) {
        heading("5. Customer equity: what all of them are worth");
        text.append(EquityTable.format(List.of(equity), List.of(), 0.95, TimeScale.WEEKS));
    }

    private void tellChannels(CustomerEquity equity) {
        heading("6. Which channel pays back");
        List<SegmentEquity> channels =
                new ArrayList<>(equity.breakdowns().get(0).segments());
        channels.sort(Comparator.comparingDouble((SegmentEquity channel) -> -payback(channel)));
        TextTable table = new TextTable()
                .row("a customer through", "cost", "margin so far", "future", "lifetime", "back per 1.00 spent");
        for (SegmentEquity channel : channels) {
            table.row(
                    channel.name(),
                    each(channel, channel.acquisitionCost()),
                    each(channel, channel.currentValue()),
                    each(channel, channel.futureValue()),
                    each(channel, channel.lifetimeValue()),
                    TextTable.decimal(payback(channel), 2));
        }
        text.append(table.format());
        for (SegmentEquity channel : channels) {
            if (channel.equity().signum() < 0) {
                line("Stop or renegotiate " + channel.name() + ": its customers cost "
                        + TextTable.money(channel.equity().negate())
                        + " more than they bring up to two years from now.");
            } else if (channel.currentValue().compareTo(channel.acquisitionCost()) < 0) {
                line("Keep " + channel.name()
                        + ": it has not earned its cost yet, but its customers are worth more than that.");
            } else {
                line("Grow " + channel.name() + ": it has earned its cost already, and brings "
                        + TextTable.money(channel.futureValue()) + " more.");
            }
        }
    }

    private static double payback(SegmentEquity segment) {
        return segment.lifetimeValue().doubleValue() / segment.acquisitionCost().doubleValue();
    }

    private static String each(SegmentEquity segment, BigDecimal sum) {
        return TextTable.decimal(sum.doubleValue() / segment.customers(), 2);
    }

    private void tellAverage(CustomerEquity equity, CustomerEquity average) {
        heading("7. What an average hides");
        TextTable table = new TextTable().row("equity", "bg-nbd × gamma-gamma", "average-order");
        table.row("total", money(equity.total()), money(average.total()));
        List<SegmentEquity> channels = equity.breakdowns().get(0).segments();
        for (int i = 0; i < channels.size(); i++) {
            table.row(
                    channels.get(i).name(),
                    money(channels.get(i)),
                    money(average.breakdowns().get(0).segments().get(i)));
        }
        text.append(table.format());
        line("Average order value × frequency takes everybody for active for ever. It overstates the future by "
                + TextTable.percent(average.total().futureValue().doubleValue()
                                / equity.total().futureValue().doubleValue()
                        - 1)
                + ".");
        for (int i = 0; i < channels.size(); i++) {
            SegmentEquity byAverage = average.breakdowns().get(0).segments().get(i);
            if (channels.get(i).equity().signum() < 0 && byAverage.equity().signum() > 0) {
                line("By that average " + channels.get(i).name() + " seems to pay back, and it does not.");
            }
        }
    }

    private static String money(SegmentEquity segment) {
        return TextTable.money(segment.equity());
    }

    private void tellNext() {
        heading("With your own transactions");
        line("  clv equity --transactions orders.csv --model bg-nbd,average-order --spend gamma-gamma \\");
        line("      --horizon 104 --discount-rate 0.10 --margin 0.35 --segments customers.csv --by channel");
    }
}
