// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The models on the class path or module path, by name.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class ModelCatalog {

    private final Map<String, ModelProvider> providers;

    private ModelCatalog(Map<String, ModelProvider> providers) {
        this.providers = providers;
    }

    /**
     * Finds all models that the calling thread's context class loader sees.
     *
     * @return the catalogue
     * @throws IllegalStateException if two providers claim one name
     */
    public static ModelCatalog load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? ModelCatalog.class.getClassLoader() : context);
    }

    /**
     * Finds all models that a class loader sees; for plug-in hosts and scripting engines.
     *
     * @param classLoader the class loader
     * @return the catalogue
     * @throws IllegalStateException if two providers claim one name
     */
    public static ModelCatalog load(ClassLoader classLoader) {
        TreeMap<String, ModelProvider> found = new TreeMap<>();
        for (ModelProvider provider : ServiceLoader.load(ModelProvider.class, classLoader)) {
            ModelProvider earlier = found.put(provider.name(), provider);
            if (earlier != null) {
                throw new IllegalStateException("two providers claim the model name '" + provider.name() + "': "
                        + earlier.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
        return new ModelCatalog(Collections.unmodifiableMap(found));
    }

    /**
     * Returns all providers.
     *
     * @return the providers in the order of their names; unmodifiable
     */
    public Collection<ModelProvider> providers() {
        return providers.values();
    }

    /**
     * Finds a transaction model.
     *
     * @param name the name, as {@code bg-nbd}
     * @return its provider
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public ModelProvider.OfTransactions transactions(String name) {
        return find(name, ModelProvider.OfTransactions.class, "transaction model");
    }

    /**
     * Finds a spend model.
     *
     * @param name the name, as {@code gamma-gamma}
     * @return its provider
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public ModelProvider.OfSpend spend(String name) {
        return find(name, ModelProvider.OfSpend.class, "spend model");
    }

    /**
     * Finds a retention model.
     *
     * @param name the name, as {@code sbg}
     * @return its provider
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public ModelProvider.OfRetention retention(String name) {
        return find(name, ModelProvider.OfRetention.class, "retention model");
    }

    /**
     * Finds a model of any kind.
     *
     * @param name the name
     * @return its provider
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public ModelProvider find(String name) {
        return find(name, ModelProvider.class, "model");
    }

    private <P extends ModelProvider> P find(String name, Class<P> kind, String what) {
        ModelProvider provider = providers.get(name);
        if (!kind.isInstance(provider)) {
            List<String> names = providers.values().stream()
                    .filter(kind::isInstance)
                    .map(ModelProvider::name)
                    .collect(Collectors.toList());
            throw new IllegalArgumentException("there is no " + what + " '" + name + "'; known: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        return kind.cast(provider);
    }

    /**
     * Checks stated parameters against a model's domains.
     *
     * @param provider the model
     * @param values the parameters by name
     * @return the parameters in the model's order
     * @throws IllegalArgumentException if one is missing, unknown or out of its domain
     */
    public static Map<String, Double> checkParameters(ModelProvider provider, Map<String, Double> values) {
        Map<String, Double> ordered = new LinkedHashMap<>();
        for (ParameterDomain domain : provider.parametersAmong(values.keySet())) {
            Double value = values.get(domain.name());
            if (value == null) {
                throw new IllegalArgumentException(
                        "`" + domain.name() + "` is missing; " + provider.name() + " needs " + names(provider));
            }
            ordered.put(domain.name(), domain.check(value));
        }
        for (String name : values.keySet()) {
            if (!ordered.containsKey(name)) {
                throw new IllegalArgumentException(
                        "`" + name + "` is no parameter of " + provider.name() + ", which has " + names(provider));
            }
        }
        return Collections.unmodifiableMap(ordered);
    }

    private static String names(ModelProvider provider) {
        return provider.parameters().stream().map(ParameterDomain::name).collect(Collectors.joining(", "));
    }
}
