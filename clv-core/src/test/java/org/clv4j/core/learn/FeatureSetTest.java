// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.data.CustomerHistory;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that become a table: missing values, names, states. */
class FeatureSetTest {

    private static final LocalDate END = LocalDate.of(2024, 6, 30);

    /** Customers a to e with one to five purchases, a week apart. */
    private static CustomerHistories histories() {
        List<Transaction> log = new ArrayList<>();
        for (int c = 0; c < 5; c++) {
            for (int i = 0; i <= c; i++) {
                log.add(Transaction.of(
                        String.valueOf((char) ('a' + c)),
                        LocalDate.of(2024, 1, 1).plusDays(7L * i),
                        java.math.BigDecimal.valueOf(10L * (c + 1))));
            }
        }
        return CustomerBase.of(TransactionLog.of(log), Observation.until(END), TimeScale.WEEKS)
                .histories();
    }

    /** A feature of one or several columns that learns how many customers there were. */
    private record Told(String name, List<String> columns, ToDoubleFunction<CustomerHistory> value)
            implements Feature, FittedFeature {

        static Told of(String name, ToDoubleFunction<CustomerHistory> value) {
            return new Told(name, List.of(name), value);
        }

        @Override
        public FittedFeature fit(CustomerHistories earliest) {
            return this;
        }

        @Override
        public double[][] values(CustomerHistories histories) {
            double[][] values = new double[columns.size()][histories.size()];
            for (int j = 0; j < values.length; j++) {
                for (int row = 0; row < histories.size(); row++) {
                    values[j][row] = value.applyAsDouble(histories.history(row)) + j;
                }
            }
            return values;
        }

        @Override
        public ModelState state() {
            return ModelState.builder().build();
        }
    }

    private static final Told ORDERS = Told.of("orders", CustomerHistory::occasions);

    /** Missing for whoever bought once: 20, 30, 40, 50 are left. */
    private static final Told REPEATED =
            Told.of("repeated", h -> h.occasions() == 1 ? Double.NaN : 10.0 * h.occasions());

    @Test
    void missingValuesBecomeTheMedianAndAColumn() {
        CustomerHistories all = histories();
        FeatureSet.Fitted fitted = FeatureSet.of(List.of(ORDERS, REPEATED)).fit(all.select(new int[] {0, 1, 2, 4}));
        assertThat(fitted.names()).containsExactly("orders", "repeated");
        assertThat(fitted.columns()).containsExactly("orders", "repeated", "repeated.missing");
        FeatureTable table = fitted.table(all);
        assertThat(table.hasMissing()).isFalse();
        assertThat(table.column("orders")).containsExactly(1, 2, 3, 4, 5);
        // The median of 20, 30 and 50; customer d, who was not there, changes nothing.
        assertThat(table.column("repeated")).containsExactly(30, 20, 30, 40, 50);
        assertThat(table.column("repeated.missing")).containsExactly(1, 0, 0, 0, 0);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetween() {
        CustomerHistories all = histories();
        double fill = FeatureSet.of(List.of(REPEATED)).fit(all).table(all).column("repeated")[0];
        assertThat(fill).isBetween(30.0, 40.0);
    }

    @Test
    void whatMissedNothingMustNotLater() {
        CustomerHistories all = histories();
        FeatureSet.Fitted fitted = FeatureSet.of(List.of(REPEATED)).fit(all.select(new int[] {1, 2}));
        assertThat(fitted.columns()).containsExactly("repeated");
        assertThatThrownBy(() -> fitted.table(all))
                .isInstanceOf(ModelException.class)
                .hasMessage("the feature 'repeated' must be finite, but was NaN (customer a);"
                        + " no value was missing when the features were fitted");
        FeatureSet.Fitted infinite = FeatureSet.of(
                        List.of(Told.of("inverse", h -> h.occasions() == 3 ? Double.NaN : 1 / (h.occasions() - 5.0))))
                .fit(all.select(new int[] {0, 1, 2}));
        assertThatThrownBy(() -> infinite.table(all))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'inverse' must be finite")
                .hasMessageContaining("customer e");
        Told never = Told.of("never", h -> Double.NaN);
        assertThatThrownBy(() -> FeatureSet.of(List.of(never)).fit(all))
                .isInstanceOf(ModelException.class)
                .hasMessage("the feature 'never' misses the values of all customers");
    }

    @Test
    void someColumns() {
        CustomerHistories all = histories();
        FeatureSet.Fitted fitted = FeatureSet.of(List.of(ORDERS, REPEATED)).fit(all);
        FeatureSet.Fitted some = fitted.select(List.of("repeated.missing", "orders"));
        assertThat(some.columns()).containsExactly("repeated.missing", "orders");
        assertThat(some.table(all).names()).containsExactly("repeated.missing", "orders");
        assertThat(some.table(all).column("orders"))
                .containsExactly(fitted.table(all).column("orders"));
        assertThat(fitted.columns()).hasSize(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fitted.select(List.of("orders", "age")))
                .withMessageContaining("'age' is none of [orders, repeated, repeated.missing]");
    }

    @Test
    void namesComeOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureSet.of(List.of()))
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureSet.of(List.of(ORDERS, ORDERS)))
                .withMessageContaining("'orders' twice");
        Told same = new Told("other", List.of("x", "orders"), h -> 1);
        assertThatThrownBy(() -> FeatureSet.of(List.of(ORDERS, same)).fit(histories()))
                .isInstanceOf(ModelException.class)
                .hasMessage("two features have a column 'orders'; leave one out");
        Told missing = Told.of("repeated.missing", h -> 1);
        for (List<Told> both : List.of(List.of(REPEATED, missing), List.of(missing, REPEATED))) {
            assertThatThrownBy(() -> FeatureSet.of(both).fit(histories()))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("two features have a column 'repeated.missing'; leave one out");
        }
    }

    /** Finds {@code orders} and {@code repeated}; public, as a service has to be. */
    public static final class Provider implements FeatureProvider {

        /** Creates the provider. */
        public Provider() {}

        @Override
        public Collection<String> names() {
            return List.of("orders", "repeated", "a/b");
        }

        @Override
        public Optional<Feature> feature(String name) {
            return Arrays.<Told>asList(ORDERS, REPEATED, Told.of("a/b", h -> 1)).stream()
                    .filter(told -> told.name().equals(name))
                    .map(Feature.class::cast)
                    .findFirst();
        }

        @Override
        public FittedFeature ofState(String name, ModelState state) {
            return (FittedFeature) feature(name).orElseThrow();
        }
    }

    private static FeatureCatalog catalog(Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(FeatureProvider.class.getName()), Provider.class.getName());
        URL[] urls = {folder.toUri().toURL()};
        return FeatureCatalog.load(new URLClassLoader(urls, FeatureSetTest.class.getClassLoader()));
    }

    @Test
    void stateMakesTheSameFeatures(@TempDir Path folder) throws IOException {
        FeatureCatalog catalog = catalog(folder);
        assertThat(catalog.names()).containsExactly("orders", "repeated", "a/b");
        assertThat(catalog.find("orders").name()).isEqualTo("orders");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> catalog.find("ordres"))
                .withMessage("there is no feature 'ordres'; known: orders, repeated, a/b");
        CustomerHistories all = histories();
        FeatureSet.Fitted fitted = FeatureSet.of(
                        List.of(catalog.find("orders"), catalog.find("repeated"), catalog.find("a/b")))
                .fit(all)
                .select(List.of("repeated.missing", "repeated"));
        FeatureSet.Fitted again = FeatureSet.Fitted.ofState(fitted.state(), catalog);
        assertThat(again.state()).isEqualTo(fitted.state());
        assertThat(again.columns()).isEqualTo(fitted.columns());
        for (String column : fitted.columns()) {
            assertThat(again.table(all).column(column))
                    .containsExactly(fitted.table(all).column(column));
        }
    }

    @Test
    void statesOfOtherThingsAreRefused(@TempDir Path folder) throws IOException {
        FeatureCatalog catalog = catalog(folder);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        FeatureSet.Fitted.ofState(state(List.of("nothing"), List.of("nothing"), List.of()), catalog))
                .withMessageContaining("no feature 'nothing'");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        FeatureSet.Fitted.ofState(state(List.of("orders"), List.of("orders"), List.of(), 3), catalog))
                .withMessageContaining("`fills`");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        FeatureSet.Fitted.ofState(state(List.of("orders"), List.of("repeated"), List.of()), catalog))
                .withMessageContaining("`columns`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureSet.Fitted.ofState(ModelState.builder().build(), catalog))
                .withMessageContaining("`features` is missing");
    }

    private static ModelState state(List<String> features, List<String> columns, List<String> filled, double... fills) {
        return ModelState.builder()
                .texts("features", features)
                .texts("columns", columns)
                .texts("filled", filled)
                .numbers("fills", fills)
                .build();
    }
}
