// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.DataException;
import org.clv4j.core.data.DataPolicy;
import org.clv4j.core.data.DataPolicy.Refunds;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FeatureCatalog;
import org.clv4j.core.learn.FittedFeature;
import org.clv4j.core.validate.LeakageGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each column by hand, levels that are rare, new or missing, and no feature that sees ahead. */
class StandardFeaturesTest {

    private static final LocalDate START = LocalDate.of(2024, 1, 1);
    private static final DataPolicy NET = DataPolicy.withDefaults().withRefunds(Refunds.NET);
    private static final FeatureCatalog CATALOG = FeatureCatalog.load();

    /**
     * Customer a: 20 + 10 on day 0, 40 on day 14, 10 on day 35, of which 4 were refunded on day 40; known as of day 70. Customer b: 50 on day
     * 7. Customer c: a refund on day 2, of a purchase before the window, then 8 on day 21.
     */
    private static CustomerHistories histories() {
        TransactionLog log = TransactionLog.builder()
                .add("a", START, new BigDecimal("20"))
                .product("tea")
                .attribute("channel", "web")
                .add("a", START, new BigDecimal("10"))
                .product("mug")
                .attribute("channel", "shop")
                .add("a", START.plusDays(14), new BigDecimal("40"))
                .product("tea")
                .attribute("channel", "web")
                .add("a", START.plusDays(35), new BigDecimal("10"))
                .add("a", START.plusDays(40), new BigDecimal("-4"))
                .add("b", START.plusDays(7), new BigDecimal("50"))
                .product("pot")
                .add("c", START.plusDays(2), new BigDecimal("-3"))
                .product("lamp")
                .add("c", START.plusDays(21), new BigDecimal("8"))
                .product("tea")
                .customer(Customer.of("a").withAttribute("age", " 41.5 ").withAttribute("region", "north"))
                .customer(Customer.of("b").withAttribute("region", "south"))
                .build();
        return CustomerBase.of(log, Observation.of(START, START.plusDays(70)), TimeScale.WEEKS, NET)
                .histories();
    }

    private static double[][] values(String name) {
        FittedFeature fitted = CATALOG.find(name).fit(histories());
        assertThat(fitted.name()).isEqualTo(name);
        double[][] values = fitted.values(histories());
        assertThat(values).hasNumberOfRows(fitted.columns().size());
        return values;
    }

    private static void requireColumns(String name, double[]... expected) {
        double[][] values = values(name);
        assertThat(values).hasNumberOfRows(expected.length);
        for (int j = 0; j < expected.length; j++) {
            assertThat(values[j]).as(name + " " + j).containsExactly(expected[j], within(1e-12));
        }
    }

    private static double[] logs(double... values) {
        return java.util.Arrays.stream(values).map(Math::log).toArray();
    }

    private static final double NAN = Double.NaN;

    @Test
    void purchasesByHand() {
        requireColumns("frequency", logs(3, 1, 1), new double[] {1, 0, 0});
        requireColumns("recency", new double[] {5, 0, 0});
        requireColumns("age", new double[] {10, 9, 7});
        requireColumns("time-since-last", logs(1 + 5, 1 + 9, 1 + 7));
        // Orders of 30, 40 and 6; lines add up to 76. Of c, 8 less a refund of what came before is 5.
        double mean = 76 / 3.0;
        requireColumns("spend-level", logs(1 + mean, 51, 9));
        requireColumns("spend-trend", new double[] {Math.log(7 / (1 + mean)), 0, 0});
        double deviation =
                Math.sqrt(((30 - mean) * (30 - mean) + (40 - mean) * (40 - mean) + (6 - mean) * (6 - mean)) / 2);
        requireColumns("spend-dispersion", new double[] {deviation / mean, NAN, NAN});
        // Gaps of 2 and 3 weeks: deviation √½, mean 2.5; silent for 5 weeks.
        requireColumns("regularity", new double[] {Math.sqrt(0.5) / 2.5, NAN, NAN}, new double[] {
            Math.log(1 + 5 / 2.5), NAN, NAN
        });
        requireColumns("refunds", new double[] {4 / 80.0, 0, 3 / 8.0});
        requireColumns("products", logs(1 + 2, 1 + 1, 1 + 2));
    }

    @Test
    void theLastPeriods() {
        // Day 35 is 5 weeks before day 70: within the last 6 weeks, but not within the last 5.
        requireColumns("recent:6", logs(2 / 4.0, 1 / 2.0, 1 / 2.0), logs(7 / 77.0, 1 / 51.0, 1 / 9.0));
        requireColumns("recent:5", logs(1 / 4.0, 1 / 2.0, 1 / 2.0), logs(1 / 77.0, 1 / 51.0, 1 / 9.0));
        requireColumns("recent:8", logs(2 / 4.0, 1 / 2.0, 1), logs(7 / 77.0, 1 / 51.0, 1));
        requireColumns("recent:100", logs(1, 1, 1), logs(1, 1, 1));
        assertThat(CATALOG.find("recent:6").fit(histories()).columns())
                .containsExactly("recent_orders_6", "recent_value_6");
    }

    /** A purchase exactly so long ago is out for every age: weeks are sevenths, which doubles round. */
    @Test
    void theBorderOfTheLastPeriodsDoesNotDependOnTheAge() {
        TransactionLog.Builder log = TransactionLog.builder();
        int customers = 600;
        int reach = 13;
        LocalDate end = START.plusDays(900);
        for (int c = 0; c < customers; c++) {
            log.add("old" + c, end.minusDays(7L * reach + c + 1), BigDecimal.ONE)
                    .add("old" + c, end.minusDays(7L * reach), BigDecimal.ONE);
            log.add("new" + c, end.minusDays(7L * reach + c + 1), BigDecimal.ONE)
                    .add("new" + c, end.minusDays(7L * reach - 1), BigDecimal.ONE);
        }
        CustomerHistories histories = CustomerBase.of(log.build(), Observation.until(end), TimeScale.WEEKS)
                .histories();
        double[] orders = CATALOG.find("recent:" + reach).fit(histories).values(histories)[0];
        for (int row = 0; row < orders.length; row++) {
            assertThat(orders[row])
                    .as(histories.id(row))
                    .isEqualTo(Math.log((histories.id(row).startsWith("old") ? 1 : 2) / 3.0));
        }
    }

    /** The basket is that of the first purchase that counts, not a refund before it nor a purchase that was refunded since. */
    @Test
    void firstBaskets() {
        requireColumns("first-basket", logs(31, 51, 9), logs(3, 2, 2));
        double[][] first = values("first-product");
        List<String> columns = CATALOG.find("first-product").fit(histories()).columns();
        // Of three customers a level needs two: tea, of a and c. The others are rare.
        assertThat(columns).containsExactly("first_product=(other)");
        assertThat(first[0]).containsExactly(0.5, 1, 0);
        TransactionLog log = TransactionLog.builder()
                .add("a", START, BigDecimal.TEN)
                .add("a", START, BigDecimal.TEN)
                .add("a", START, BigDecimal.TEN)
                .add("a", START.plusDays(1), new BigDecimal("-30"))
                .add("a", START.plusDays(9), BigDecimal.ONE)
                .build();
        CustomerHistories refunded = CustomerBase.of(log, Observation.until(START.plusDays(70)), TimeScale.DAYS, NET)
                .histories();
        double[][] basket = CATALOG.find("first-basket").fit(refunded).values(refunded);
        assertThat(basket[0]).containsExactly(Math.log(2));
        assertThat(basket[1]).containsExactly(Math.log(2));
    }

    @Test
    void seasons() {
        double[][] season = values("season");
        double asOf = 2 * Math.PI * 70 / 366;
        assertThat(season[0][0]).isCloseTo(Math.sin(asOf), within(1e-12));
        assertThat(season[1][1]).isCloseTo(Math.cos(asOf), within(1e-12));
        assertThat(season[2])
                .containsExactly(
                        new double[] {0, Math.sin(2 * Math.PI * 7 / 366), Math.sin(2 * Math.PI * 21 / 366)},
                        within(1e-12));
        assertThat(season[3][0]).isEqualTo(1);
    }

    @Test
    void attributes() {
        requireColumns("number:age", new double[] {41.5, NAN, NAN});
        // North, south and missing are rare among three: one level, and one column that is always the same.
        requireColumns("attribute:region", new double[] {1, 1, 1});
        assertThat(CATALOG.find("attribute:region").fit(histories()).columns()).containsExactly("region=(other)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values("number:region"))
                .withMessage("attribute 'region' must be a number, but was 'north' (customer a);"
                        + " take attribute:region for categories");
    }

    private static CustomerHistories customersOf(String... regions) {
        TransactionLog.Builder log = TransactionLog.builder();
        for (int i = 0; i < regions.length; i++) {
            log.add("c" + i, START, BigDecimal.ONE);
            if (!regions[i].isEmpty()) {
                log.customer(Customer.of("c" + i).withAttribute("region", regions[i]));
            }
        }
        return CustomerBase.of(log.build(), Observation.until(START.plusDays(9)), TimeScale.DAYS)
                .histories();
    }

    @Test
    void levelsThatAreRareNewOrMissing() {
        CustomerHistories training = customersOf("n", "n", "n", "s", "s", "", "", "", "x");
        FittedFeature fitted = CATALOG.find("attribute:region").fit(training);
        // As frequent as north is what is missing; in the order of the alphabet it comes first.
        assertThat(fitted.columns()).containsExactly("region=n", "region=s", "region=(other)");
        double[][] values = fitted.values(customersOf("n", "s", "", "x", "y"));
        assertThat(values[0]).containsExactly(1, 0, 0, 0, 0);
        assertThat(values[1]).containsExactly(0, 1, 0, 0, 0);
        assertThat(values[2]).containsExactly(0, 0, 0, 1, 1);
        FittedFeature again = new StandardFeatures().ofState("attribute:region", fitted.state());
        assertThat(again.columns()).isEqualTo(fitted.columns());
        assertThat(again.values(training)).isDeepEqualTo(fitted.values(training));
        assertThat(again.state()).isEqualTo(fitted.state());
        // Nobody was without a region in the training: whoever is later, is like the rare ones.
        FittedFeature known = CATALOG.find("attribute:region").fit(customersOf("n", "n", "s", "s"));
        assertThat(known.columns()).containsExactly("region=s", "region=(other)");
        assertThat(known.values(customersOf("", "n"))).isDeepEqualTo(new double[][] {{0, 0}, {1, 0}});
        // No one has one, at all.
        assertThat(CATALOG.find("attribute:region").fit(customersOf("", "")).columns())
                .containsExactly("region=(other)");
    }

    @Test
    void atMostTwentyLevelsEachOfAHundredth() {
        String[] regions = new String[1000];
        for (int i = 0; i < regions.length; i++) {
            // Levels 0 to 29, the lower the more frequent; one of 9 customers is below a hundredth.
            regions[i] = i < 9 ? "rare" : "r" + (100 + (i % 30) * (i % 7 == 0 ? 0 : 1));
        }
        FittedFeature fitted = CATALOG.find("attribute:region").fit(customersOf(regions));
        assertThat(fitted.columns()).hasSize(20).doesNotContain("region=rare", "region=r100");
        assertThat(fitted.columns().get(19)).isEqualTo("region=(other)");
        String[] hundred = new String[200];
        java.util.Arrays.fill(hundred, "main");
        hundred[0] = "two";
        hundred[1] = "two";
        hundred[2] = "one";
        assertThat(CATALOG.find("attribute:region").fit(customersOf(hundred)).columns())
                .containsExactly("region=two", "region=(other)");
    }

    @Test
    void mixesAreShares() {
        FittedFeature channels = CATALOG.find("mix:channel").fit(histories());
        // Web and shop are those of one customer; all others have none.
        assertThat(channels.columns()).containsExactly("channel=(other)");
        assertThat(channels.values(histories())[0]).containsExactly(new double[] {3 / 5.0, 0, 0}, within(1e-15));
        FittedFeature products = CATALOG.find("product-mix").fit(histories());
        assertThat(products.columns()).containsExactly("product=(other)");
        assertThat(products.values(histories())[0]).containsExactly(new double[] {3 / 5.0, 1, 0.5}, within(1e-15));
    }

    @Test
    void namesThatAreNone() {
        for (String bad : List.of("recent:x", "recent:0", "recent:-1", "recent:NaN", "recent:Infinity")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CATALOG.find(bad))
                    .withMessageContaining("'" + bad + "' must have a number of periods above 0");
        }
        for (String bad : List.of("score:pareto-nbd", "score:pareto-nbd:gamma-gamma", "score:a:b:c:d")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CATALOG.find(bad))
                    .withMessageContaining("must name a model, a spend model and a horizon");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CATALOG.find("score:pareto:gamma-gamma:39"))
                .withMessageContaining("pareto-nbd");
        for (String bad : List.of("", ":", "attribute:", "colour:x", "frequncy")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CATALOG.find(bad))
                    .withMessageContaining("there is no feature '" + bad + "'; known: ")
                    .withMessageContaining("attribute:NAME");
        }
        assertThat(StandardFeatures.standard(1).stream().map(Feature::name)).contains("recent:1");
    }

    /** Names that come twice in the standard features would be refused. */
    @Test
    void standardFeaturesOfShortHorizons() {
        for (double horizon : new double[] {0.2, 1, 1.4, 2, 3, 52}) {
            org.clv4j.core.learn.FeatureSet.of(StandardFeatures.standard(horizon));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeScale.class,
            names = {"DAYS", "WEEKS", "MONTHS"})
    void noFeatureSeesAhead(TimeScale unit) {
        CustomerBase base = Shop.base(160, 3, unit, Refunds.NET);
        LocalDate day = Shop.START.plusDays(420);
        LeakageGuard.check(base, day, any -> {
            List<Feature> features = new ArrayList<>();
            for (String name : CATALOG.names()) {
                if (name.indexOf(':') < 0) {
                    features.add(CATALOG.find(name));
                }
            }
            for (String name : List.of("recent:13", "recent:0.5", "mix:channel", "attribute:region", "number:income")) {
                features.add(CATALOG.find(name));
            }
            if (unit == TimeScale.WEEKS) {
                features.add(CATALOG.find("score:pareto-nbd:gamma-gamma:39"));
            }
            features.addAll(StandardFeatures.standard(26).stream()
                    .filter(feature -> feature.name().startsWith("recent:"))
                    .toList());
            return features;
        });
        assertThat(base.historiesAt(day).size()).isGreaterThan(60);
    }

    @Test
    void scoresComeBackFromTheirState() {
        CustomerBase base = Shop.base(120, 4, TimeScale.WEEKS, Refunds.DROP);
        FittedFeature score = CATALOG.find("score:pareto-nbd:gamma-gamma:39").fit(base.histories());
        assertThat(score.columns())
                .containsExactly(
                        "pareto-nbd.log_expected_transactions", "pareto-nbd.p_alive", "gamma-gamma.log_expected_spend");
        FittedFeature again = CATALOG.ofState(score.name(), score.state());
        assertThat(again.state()).isEqualTo(score.state());
        assertThat(again.values(base.histories())).isDeepEqualTo(score.values(base.histories()));
        assertThatThrownBy(() -> score.values(base.historiesAfter(4)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("different days");
    }
}
