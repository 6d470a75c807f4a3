// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerHistory;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FeatureProvider;
import org.clv4j.core.learn.FittedFeature;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelState;

/**
 * The features that come with the library. Counts, times and amounts are taken as logarithms of 1 + value where they are skewed, so that
 * regressions with a logarithmic link see powers of them.
 *
 * <table>
 * <caption>Features and their columns; times in periods of the time scale</caption>
 * <tr><th>name</th><th>columns</th></tr>
 * <tr><td>{@code frequency}</td><td>{@code log_frequency}, ln(1 + repeat occasions), and {@code repeated}, 1 where there is one</td></tr>
 * <tr><td>{@code recency}</td><td>{@code recency}, time from the first to the last purchase</td></tr>
 * <tr><td>{@code age}</td><td>{@code age}, time since the first purchase</td></tr>
 * <tr><td>{@code time-since-last}</td><td>{@code log_time_since_last}</td></tr>
 * <tr><td>{@code spend-level}</td><td>{@code log_mean_order}</td></tr>
 * <tr><td>{@code spend-trend}</td><td>{@code spend_trend}, ln((1 + last order)/(1 + mean order))</td></tr>
 * <tr><td>{@code spend-dispersion}</td><td>{@code spend_dispersion}, deviation of the orders ÷ mean; missing with one order</td></tr>
 * <tr><td>{@code regularity}</td><td>{@code gap_dispersion}, deviation of the gaps ÷ mean, missing with one gap; {@code silence_in_gaps}, ln(1 +
 * time since the last purchase ÷ mean gap), missing without a gap</td></tr>
 * <tr><td>{@code recent:N}</td><td>{@code recent_orders_N}, {@code recent_value_N}: ln((1 + of the last N periods) ÷ (1 + of all time)), of orders and
 * of what they were worth; 0 for who came within the last N</td></tr>
 * <tr><td>{@code refunds}</td><td>{@code refund_share}, refunded ÷ paid, at most 1</td></tr>
 * <tr><td>{@code season}</td><td>{@code as_of_sin}, {@code as_of_cos}, {@code first_sin}, {@code first_cos}: the time of the year of the day as
 * of which the customer is known, and of the first purchase</td></tr>
 * <tr><td>{@code first-basket}</td><td>{@code log_first_amount}, {@code log_first_lines}</td></tr>
 * <tr><td>{@code products}</td><td>{@code log_products}, ln(1 + different products)</td></tr>
 * <tr><td>{@code product-mix}</td><td>{@code product=LEVEL}, share of the lines; at most 20 levels</td></tr>
 * <tr><td>{@code first-product}</td><td>{@code first_product=LEVEL}, share of the lines of the first day; at most 20 levels</td></tr>
 * <tr><td>{@code mix:NAME}</td><td>{@code NAME=LEVEL}, share of the lines by an attribute of transactions, as a channel</td></tr>
 * <tr><td>{@code attribute:NAME}</td><td>{@code NAME=LEVEL}, an attribute of the customer</td></tr>
 * <tr><td>{@code number:NAME}</td><td>{@code NAME}, an attribute of the customer that is a number; missing if it is blank</td></tr>
 * <tr><td>{@code score:MODEL:SPEND:H}</td><td>logarithms of the expected transactions over H periods and of the expected spend, and P(alive), of
 * an attrition and a spend model; only for customers known as of the same day</td></tr>
 * </table>
 *
 * <p>Levels that fewer than 1 % of the customers have, or two, are the level {@code (other)}; observations without a value are {@code (missing)}.
 */
public final class StandardFeatures implements FeatureProvider {

    private static final int MOST_LEVELS = 20;
    private static final double RARE = 0.01;

    private static final Map<String, Feature> PLAIN = plain();

    /** Creates the provider; called by {@link java.util.ServiceLoader}. */
    public StandardFeatures() {}

    /**
     * Returns what a regression starts from, if nothing else is said.
     *
     * @param horizon the time that is to be predicted, in periods; finite, above 0
     * @return frequency, time since the last purchase, age, spend level and trend, regularity, first basket, and recent orders of a third of
     *     the horizon and of all of it; unmodifiable
     */
    public static List<Feature> standard(double horizon) {
        // Of a short horizon, a third is rounded to the same number of periods.
        return Stream.of(
                        "frequency",
                        "time-since-last",
                        "age",
                        "spend-level",
                        "spend-trend",
                        "regularity",
                        "first-basket",
                        "recent:" + number(horizon / 3),
                        "recent:" + number(horizon))
                .distinct()
                .map(StandardFeatures::named)
                .toList();
    }

    /**
     * Returns what is known of new customers by their first periods: those of {@link #standard} that make sense for them.
     *
     * @return spend level, frequency, time since the last purchase, first basket, and the season of the first purchase; unmodifiable
     */
    public static List<Feature> ofNewCustomers() {
        return List.of(
                named("frequency"),
                named("time-since-last"),
                named("spend-level"),
                named("first-basket"),
                named("season"));
    }

    private static Feature named(String name) {
        return new StandardFeatures().feature(name).orElseThrow();
    }

    /** A number as in names: 13 and not 13.0. */
    private static String number(double value) {
        double rounded = Math.max(1, Math.rint(value));
        return Long.toString((long) rounded);
    }

    private static Map<String, Feature> plain() {
        Map<String, Feature> features = new LinkedHashMap<>();
        add(features, "frequency", List.of("log_frequency", "repeated"), (h, out) -> {
            out[0] = Math.log(h.occasions());
            out[1] = h.occasions() > 1 ? 1 : 0;
        });
        add(features, "recency", List.of("recency"), (h, out) -> out[0] = h.recency());
        add(features, "age", List.of("age"), (h, out) -> out[0] = h.age());
        add(
                features,
                "time-since-last",
                List.of("log_time_since_last"),
                (h, out) -> out[0] = Math.log1p(h.timeSinceLastPurchase()));
        add(features, "spend-level", List.of("log_mean_order"), (h, out) -> out[0] = Math.log1p(meanOrder(h)));
        add(
                features,
                "spend-trend",
                List.of("spend_trend"),
                (h, out) -> out[0] = Math.log1p(h.amount(h.occasions() - 1)) - Math.log1p(meanOrder(h)));
        add(features, "spend-dispersion", List.of("spend_dispersion"), (h, out) -> out[0] = spendDispersion(h));
        add(features, "regularity", List.of("gap_dispersion", "silence_in_gaps"), StandardFeatures::regularity);
        add(features, "refunds", List.of("refund_share"), (h, out) -> out[0] = refundShare(h));
        add(features, "season", List.of("as_of_sin", "as_of_cos", "first_sin", "first_cos"), (h, out) -> {
            season(h.asOf(), out, 0);
            season(h.day(0), out, 2);
        });
        add(features, "first-basket", List.of("log_first_amount", "log_first_lines"), (h, out) -> {
            out[0] = Math.log1p(h.amount(0));
            out[1] = Math.log1p((double) firstLines(h).count());
        });
        add(features, "products", List.of("log_products"), (h, out) -> {
            Set<String> products = new HashSet<>();
            for (int line = 0; line < h.lines(); line++) {
                h.product(line).ifPresent(products::add);
            }
            out[0] = Math.log1p(products.size());
        });
        features.put("product-mix", new LevelsFeature("product-mix", "product", MOST_LEVELS, RARE, (h, sink) -> {
            for (int line = 0; line < h.lines(); line++) {
                sink.accept(h.product(line));
            }
        }));
        features.put(
                "first-product", new LevelsFeature("first-product", "first_product", MOST_LEVELS, RARE, (h, sink) -> {
                    firstLines(h).forEach(line -> sink.accept(h.product(line)));
                }));
        return Collections.unmodifiableMap(features);
    }

    private static void add(
            Map<String, Feature> features, String name, List<String> columns, HistoryFeature.Values values) {
        features.put(name, HistoryFeature.of(name, columns, values));
    }

    private static double meanOrder(CustomerHistory h) {
        double sum = 0;
        for (int i = 0; i < h.occasions(); i++) {
            sum += h.amount(i);
        }
        return sum / h.occasions();
    }

    private static double spendDispersion(CustomerHistory h) {
        double mean = meanOrder(h);
        if (h.occasions() < 2) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < h.occasions(); i++) {
            sum += (h.amount(i) - mean) * (h.amount(i) - mean);
        }
        return mean > 0 ? Math.sqrt(sum / (h.occasions() - 1)) / mean : 0;
    }

    private static void regularity(CustomerHistory h, double[] out) {
        int gaps = h.occasions() - 1;
        double mean = gaps == 0 ? 0 : h.recency() / gaps;
        if (gaps == 0 || mean == 0) {
            out[0] = Double.NaN;
            out[1] = Double.NaN;
            return;
        }
        double sum = 0;
        for (int i = 1; i <= gaps; i++) {
            double gap = h.time(i) - h.time(i - 1) - mean;
            sum += gap * gap;
        }
        out[0] = gaps == 1 ? Double.NaN : Math.sqrt(sum / (gaps - 1)) / mean;
        out[1] = Math.log1p(h.timeSinceLastPurchase() / mean);
    }

    private static double refundShare(CustomerHistory h) {
        double paid = 0;
        double refunded = 0;
        for (int line = 0; line < h.lines(); line++) {
            double amount = h.lineAmount(line);
            paid += Math.max(0, amount);
            refunded -= Math.min(0, amount);
        }
        return paid > 0 ? Math.min(1, refunded / paid) : 0;
    }

    private static void season(LocalDate day, double[] out, int at) {
        double angle = 2 * Math.PI * (day.getDayOfYear() - 1) / day.lengthOfYear();
        out[at] = Math.sin(angle);
        out[at + 1] = Math.cos(angle);
    }

    /** The lines of the day of the first purchase; refunds before it, and purchases that were refunded since, are not of the basket. */
    private static IntStream firstLines(CustomerHistory h) {
        LocalDate first = h.day(0);
        return IntStream.range(0, h.lines()).filter(line -> h.lineDay(line).equals(first));
    }

    @Override
    public Collection<String> names() {
        List<String> names = new ArrayList<>(PLAIN.keySet());
        names.addAll(
                List.of("recent:PERIODS", "mix:NAME", "attribute:NAME", "number:NAME", "score:MODEL:SPEND:HORIZON"));
        return names;
    }

    @Override
    public Optional<Feature> feature(String name) {
        Feature plain = PLAIN.get(name);
        if (plain != null) {
            return Optional.of(plain);
        }
        int colon = name.indexOf(':');
        if (colon <= 0 || colon == name.length() - 1) {
            return Optional.empty();
        }
        String of = name.substring(colon + 1);
        return switch (name.substring(0, colon)) {
            case "recent" -> Optional.of(recent(name, of));
            case "mix" ->
                Optional.of(new LevelsFeature(name, of, MOST_LEVELS, RARE, (h, sink) -> {
                    for (int line = 0; line < h.lines(); line++) {
                        sink.accept(h.lineAttribute(of, line));
                    }
                }));
            case "attribute" ->
                Optional.of(new LevelsFeature(name, of, MOST_LEVELS, RARE, (h, sink) -> sink.accept(h.attribute(of))));
            case "number" -> Optional.of(HistoryFeature.of(name, List.of(of), (h, out) -> out[0] = numberOf(h, of)));
            case "score" -> Optional.of(score(name, of));
            default -> Optional.empty();
        };
    }

    private static double numberOf(CustomerHistory history, String attribute) {
        String text = history.attribute(attribute).orElse("").strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is not finite.
        }
        throw new IllegalArgumentException("attribute '" + attribute + "' must be a number, but was '" + text
                + "' (customer " + history.id() + "); take attribute:" + attribute + " for categories");
    }

    private static Feature recent(String name, String periods) {
        double reach = positive(name, periods);
        List<String> columns = List.of("recent_orders_" + periods, "recent_value_" + periods);
        return HistoryFeature.of(name, columns, (h, out) -> {
            // Weeks are sevenths: what was a whole reach ago is so for all ages, however they are rounded.
            double from = h.age() - reach + 1e-9;
            int recentOrders = 0;
            double recentValue = 0;
            double value = 0;
            for (int i = 0; i < h.occasions(); i++) {
                boolean recent = h.time(i) > from;
                recentOrders += recent ? 1 : 0;
                recentValue += recent ? h.amount(i) : 0;
                value += h.amount(i);
            }
            out[0] = Math.log((1.0 + recentOrders) / (1 + h.occasions()));
            out[1] = Math.log((1 + recentValue) / (1 + value));
        });
    }

    private static double positive(String name, String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is out of range.
        }
        throw new IllegalArgumentException(
                "feature '" + name + "' must have a number of periods above 0 after the colon, but had '" + text + "'");
    }

    private static Feature score(String name, String of) {
        String[] parts = of.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("feature '" + name
                    + "' must name a model, a spend model and a horizon, as score:pareto-nbd:gamma-gamma:39");
        }
        ModelCatalog catalog = ModelCatalog.load();
        return new ScoreFeature(
                name, catalog.transactions(parts[0]), catalog.spend(parts[1]), positive(name, parts[2]));
    }

    @Override
    public FittedFeature ofState(String name, ModelState state) {
        Feature feature = feature(name).orElseThrow(() -> new IllegalArgumentException("there is no feature " + name));
        if (feature instanceof LevelsFeature levels) {
            return levels.ofState(state);
        }
        if (feature instanceof ScoreFeature score) {
            return score.ofState(state);
        }
        return (HistoryFeature) feature;
    }
}
