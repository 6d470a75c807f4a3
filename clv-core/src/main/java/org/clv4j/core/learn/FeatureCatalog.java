// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.clv4j.core.model.ModelState;

/**
 * The features on the class path or module path, by name.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class FeatureCatalog {

    private final List<FeatureProvider> providers;

    private FeatureCatalog(List<FeatureProvider> providers) {
        this.providers = List.copyOf(providers);
    }

    /**
     * Finds all features that the calling thread's context class loader sees.
     *
     * @return the catalogue
     */
    public static FeatureCatalog load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? FeatureCatalog.class.getClassLoader() : context);
    }

    /**
     * Finds all features that a class loader sees; for plug-in hosts and scripting engines.
     *
     * @param classLoader the class loader
     * @return the catalogue
     */
    public static FeatureCatalog load(ClassLoader classLoader) {
        List<FeatureProvider> providers = new ArrayList<>();
        ServiceLoader.load(FeatureProvider.class, classLoader).forEach(providers::add);
        return new FeatureCatalog(providers);
    }

    /**
     * Returns the names of all features.
     *
     * @return the names, unmodifiable
     */
    public List<String> names() {
        return providers.stream().flatMap(p -> p.names().stream()).toList();
    }

    /**
     * Finds a feature.
     *
     * @param name the name, as {@code recency} or {@code attribute:country}
     * @return the feature
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public Feature find(String name) {
        return provider(name).feature(name).orElseThrow();
    }

    /**
     * Makes a fitted feature again.
     *
     * @param name its name
     * @param state its state
     * @return the feature
     * @throws IllegalArgumentException if there is none by the name, or the state is not that of such a feature
     */
    public FittedFeature ofState(String name, ModelState state) {
        return provider(name).ofState(name, state);
    }

    private FeatureProvider provider(String name) {
        return providers.stream()
                .filter(provider -> provider.feature(name).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no feature '" + name + "'; known: "
                        + (names().isEmpty() ? "none" : String.join(", ", names()))));
    }
}
