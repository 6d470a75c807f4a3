// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.Collection;
import java.util.Collections;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The learners on the class path or module path, by name.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class LearnerCatalog {

    private final SortedMap<String, LearnerProvider> providers;

    private LearnerCatalog(SortedMap<String, LearnerProvider> providers) {
        this.providers = providers;
    }

    /**
     * Finds all learners that the calling thread's context class loader sees.
     *
     * @return the catalogue
     * @throws IllegalStateException if two providers claim one name
     */
    public static LearnerCatalog load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? LearnerCatalog.class.getClassLoader() : context);
    }

    /**
     * Finds all learners that a class loader sees; for plug-in hosts and scripting engines.
     *
     * @param classLoader the class loader
     * @return the catalogue
     * @throws IllegalStateException if two providers claim one name
     */
    public static LearnerCatalog load(ClassLoader classLoader) {
        TreeMap<String, LearnerProvider> found = new TreeMap<>();
        for (LearnerProvider provider : ServiceLoader.load(LearnerProvider.class, classLoader)) {
            LearnerProvider earlier = found.put(provider.name(), provider);
            if (earlier != null) {
                throw new IllegalStateException("two providers claim the learner name '" + provider.name() + "': "
                        + earlier.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
        return new LearnerCatalog(Collections.unmodifiableSortedMap(found));
    }

    /**
     * Returns all providers.
     *
     * @return the providers in the order of their names; unmodifiable
     */
    public Collection<LearnerProvider> providers() {
        return providers.values();
    }

    /**
     * Finds a learner.
     *
     * @param name the name, as {@code ols}
     * @return its provider
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public LearnerProvider find(String name) {
        LearnerProvider provider = providers.get(name);
        if (provider == null) {
            throw new IllegalArgumentException("there is no learner '" + name + "'; known: "
                    + (providers.isEmpty() ? "none" : String.join(", ", providers.keySet())));
        }
        return provider;
    }
}
