// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogTest {

    /** A transaction model for the catalogue. */
    public static class Zeta implements ModelProvider.OfTransactions {
        /** For the service loader. */
        public Zeta() {}

        @Override
        public String name() {
            return "zeta";
        }

        @Override
        public String title() {
            return "Zeta";
        }

        @Override
        public List<ParameterDomain> parameters() {
            return List.of(ParameterDomain.positive("r", "shape"), new ParameterDomain("p", 0, 1, "chance"));
        }

        @Override
        public TransactionModel model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedTransactionModel ofParameters(Map<String, Double> values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedTransactionModel ofReport(FitReport report) {
            throw new UnsupportedOperationException();
        }
    }

    /** A spend model for the catalogue. */
    public static class Alpha implements ModelProvider.OfSpend {
        /** For the service loader. */
        public Alpha() {}

        @Override
        public String name() {
            return "alpha";
        }

        @Override
        public String title() {
            return "Alpha";
        }

        @Override
        public List<ParameterDomain> parameters() {
            return List.of();
        }

        @Override
        public SpendModel model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedSpendModel ofParameters(Map<String, Double> values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedSpendModel ofReport(FitReport report) {
            throw new UnsupportedOperationException();
        }
    }

    /** Another model with the first one's name. */
    public static final class ZetaAgain extends Zeta {
        /** For the service loader. */
        public ZetaAgain() {}
    }

    private static ModelCatalog load(Path folder, Class<?>... providers) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        StringBuilder names = new StringBuilder();
        for (Class<?> provider : providers) {
            names.append(provider.getName()).append('\n');
        }
        Files.writeString(services.resolve(ModelProvider.class.getName()), names, StandardCharsets.UTF_8);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ModelCatalogTest.class.getClassLoader())) {
            return ModelCatalog.load(loader);
        }
    }

    @Test
    void findsModelsByName(@TempDir Path folder) throws IOException {
        ModelCatalog catalog = load(folder, Zeta.class, Alpha.class);
        assertThat(catalog.providers()).extracting(ModelProvider::name).containsExactly("alpha", "zeta");
        assertThat(catalog.transactions("zeta")).isInstanceOf(Zeta.class);
        assertThat(catalog.spend("alpha")).isInstanceOf(Alpha.class);
        assertThat(catalog.find("alpha")).isInstanceOf(Alpha.class);
        assertThatThrownBy(() -> catalog.providers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void unknownNamesAreAnsweredWithTheKnownOnes(@TempDir Path folder) throws IOException {
        ModelCatalog catalog = load(folder, Zeta.class, Alpha.class);
        assertThatThrownBy(() -> catalog.transactions("bgnbd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no transaction model 'bgnbd'; known: zeta");
        assertThatThrownBy(() -> catalog.transactions("alpha"))
                .hasMessage("there is no transaction model 'alpha'; known: zeta");
        assertThatThrownBy(() -> catalog.spend("x")).hasMessage("there is no spend model 'x'; known: alpha");
        assertThatThrownBy(() -> catalog.find("x")).hasMessage("there is no model 'x'; known: alpha, zeta");
        assertThatThrownBy(() -> load(folder).find("x")).hasMessage("there is no model 'x'; known: none");
    }

    @Test
    void oneNameIsForOneModel(@TempDir Path folder) {
        assertThatThrownBy(() -> load(folder, Zeta.class, ZetaAgain.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'zeta'")
                .hasMessageContaining(Zeta.class.getName())
                .hasMessageContaining(ZetaAgain.class.getName());
    }

    @Test
    void theContextClassLoaderIsTheDefault(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ModelProvider.class.getName()), Zeta.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ModelCatalogTest.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            assertThat(ModelCatalog.load().find("zeta")).isInstanceOf(Zeta.class);
            thread.setContextClassLoader(null);
            assertThat(ModelCatalog.load().providers()).isEmpty();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void parametersAreCheckedAgainstTheirDomains() {
        Zeta provider = new Zeta();
        assertThat(ModelCatalog.checkParameters(provider, Map.of("p", 0.5, "r", 2.0)))
                .containsExactly(Map.entry("r", 2.0), Map.entry("p", 0.5));
        assertThatThrownBy(() -> ModelCatalog.checkParameters(provider, Map.of("p", 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`r` is missing; zeta needs r, p");
        assertThatThrownBy(() -> ModelCatalog.checkParameters(provider, Map.of("p", 0.5, "r", 2.0, "q", 1.0)))
                .hasMessage("`q` is no parameter of zeta, which has r, p");
        for (double bad : new double[] {0, 1, -1, 2, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> ModelCatalog.checkParameters(provider, Map.of("p", bad, "r", 2.0)))
                    .hasMessage("`p` must be in (0.0, 1.0), but was " + bad);
        }
        assertThatThrownBy(
                        () -> ModelCatalog.checkParameters(provider, Map.of("p", 0.5, "r", Double.POSITIVE_INFINITY)))
                .hasMessage("`r` must be finite and above 0.0, but was Infinity");
    }

    @Test
    void domainsAreOpenIntervals() {
        ParameterDomain notNegative = ParameterDomain.nonNegative("c", "cost");
        assertThat(notNegative.check(0)).isZero();
        assertThatThrownBy(() -> notNegative.check(-1e-300))
                .hasMessage("`c` must be finite and at least 0, but was -1.0E-300");
        ParameterDomain any = new ParameterDomain("mu", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "mean");
        assertThat(any.check(-5)).isEqualTo(-5);
        assertThatThrownBy(() -> any.check(Double.NEGATIVE_INFINITY)).hasMessageContaining("must be finite");
        for (double bad : new double[] {1, 2, Double.NaN}) {
            assertThatThrownBy(() -> new ParameterDomain("x", bad, 1, "?"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("`x`");
        }
    }
}
