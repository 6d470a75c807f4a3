// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelState;

/**
 * Features that become one table.
 *
 * <p>A column that misses values as of the earliest day of the training gets the median of the others in their place, and a column
 * {@code NAME.missing} beside it that tells where (1 or 0). One that misses none there must not miss any later.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class FeatureSet {

    private static final String MISSING = ".missing";

    private final List<Feature> features;

    private FeatureSet(List<Feature> features) {
        this.features = features;
    }

    /**
     * Puts features together.
     *
     * @param features the features, at least one, each name once
     * @return the set
     * @throws IllegalArgumentException if there is none, or a name comes twice
     */
    public static FeatureSet of(Collection<? extends Feature> features) {
        List<Feature> list = List.copyOf(features);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("`features` must be at least one, but were none");
        }
        Set<String> names = new HashSet<>();
        for (Feature feature : list) {
            if (!names.add(feature.name())) {
                throw new IllegalArgumentException(
                        "`features` must have a name once, but had '" + feature.name() + "' twice");
            }
        }
        return new FeatureSet(list);
    }

    /**
     * Returns the names of the features.
     *
     * @return the names in their order, unmodifiable
     */
    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /**
     * Fits all features.
     *
     * @param earliest the customers as of the earliest day of the training, at least one
     * @return the fitted features
     * @throws ModelException if two columns have the same name, or a column misses all values
     */
    public Fitted fit(CustomerHistories earliest) {
        List<FittedFeature> fitted = new ArrayList<>();
        Map<String, Double> fills = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Feature feature : features) {
            FittedFeature one = feature.fit(earliest);
            double[][] values = one.values(earliest);
            for (int j = 0; j < values.length; j++) {
                String name = one.columns().get(j);
                if (!names.add(name)) {
                    throw new ModelException("two features have a column '" + name + "'; leave one out");
                }
                double[] present = Arrays.stream(values[j])
                        .filter(v -> !Double.isNaN(v))
                        .sorted()
                        .toArray();
                if (present.length == 0) {
                    throw new ModelException("the feature '" + name + "' misses the values of all customers");
                }
                if (present.length < values[j].length) {
                    fills.put(name, present[present.length / 2]);
                }
            }
            fitted.add(one);
        }
        List<String> columns = allColumns(fitted, fills);
        for (String filled : fills.keySet()) {
            if (names.contains(filled + MISSING)) {
                throw new ModelException("two features have a column '" + filled + MISSING + "'; leave one out");
            }
        }
        return new Fitted(fitted, fills, columns);
    }

    private static List<String> allColumns(List<FittedFeature> fitted, Map<String, Double> fills) {
        List<String> columns = new ArrayList<>();
        for (FittedFeature feature : fitted) {
            for (String column : feature.columns()) {
                columns.add(column);
                if (fills.containsKey(column)) {
                    columns.add(column + MISSING);
                }
            }
        }
        return columns;
    }

    /** Features that know their columns. Immutable and thread-safe. */
    public static final class Fitted {

        private final List<FittedFeature> features;
        private final Map<String, Double> fills;
        private final List<String> columns;

        private Fitted(List<FittedFeature> features, Map<String, Double> fills, List<String> columns) {
            this.features = List.copyOf(features);
            this.fills = fills;
            this.columns = List.copyOf(columns);
        }

        /**
         * Returns the fitted features that a state describes.
         *
         * @param state what {@link #state()} said
         * @param catalog the features to find them in
         * @return the features
         * @throws IllegalArgumentException if a feature is not in the catalogue, or the state is none of features
         */
        public static Fitted ofState(ModelState state, FeatureCatalog catalog) {
            List<FittedFeature> features = new ArrayList<>();
            for (String name : state.texts("features")) {
                features.add(catalog.ofState(name, state.part(name)));
            }
            Map<String, Double> fills = new LinkedHashMap<>();
            double[] values = state.numbers("fills");
            List<String> filled = state.texts("filled");
            if (filled.size() != values.length) {
                throw new IllegalArgumentException("`fills` must be " + filled.size()
                        + " numbers, one a filled column, but were " + values.length);
            }
            for (int i = 0; i < values.length; i++) {
                fills.put(filled.get(i), values[i]);
            }
            Set<String> known = new HashSet<>(allColumns(features, fills));
            List<String> columns = state.texts("columns");
            if (columns.isEmpty() || !known.containsAll(columns)) {
                throw new IllegalArgumentException("`columns` must be some of " + known + ", but were " + columns);
            }
            return new Fitted(features, fills, columns);
        }

        /**
         * Returns the names of the features.
         *
         * @return the names in their order, unmodifiable
         */
        public List<String> names() {
            return features.stream().map(FittedFeature::name).toList();
        }

        /**
         * Returns the names of the columns of the table.
         *
         * @return the names in their order, unmodifiable
         */
        public List<String> columns() {
            return columns;
        }

        /**
         * Returns a copy whose table has some of the columns only.
         *
         * @param wanted the names, in the order wanted
         * @return the copy
         * @throws IllegalArgumentException if one is not a column
         */
        public Fitted select(Collection<String> wanted) {
            for (String name : wanted) {
                if (!columns.contains(name)) {
                    throw new IllegalArgumentException(
                            "`wanted` must be columns, but '" + name + "' is none of " + columns);
                }
            }
            return new Fitted(features, fills, List.copyOf(wanted));
        }

        /**
         * Computes the features.
         *
         * @param histories the customers, as of any day
         * @return the table, a row a customer, without missing values
         * @throws ModelException if a value is missing or infinite where none was when the features were fitted; the message names the
         *     feature and the customer
         */
        public FeatureTable table(CustomerHistories histories) {
            Map<String, double[]> all = new LinkedHashMap<>();
            for (FittedFeature feature : features) {
                double[][] values = feature.values(histories);
                for (int j = 0; j < values.length; j++) {
                    put(all, feature.columns().get(j), values[j], histories);
                }
            }
            FeatureTable.Builder table = FeatureTable.builder();
            for (String column : columns) {
                double[] values = all.get(column);
                if (values == null) {
                    throw new ModelException("the feature column '" + column + "' is not there any more");
                }
                table.column(column, values);
            }
            return table.build();
        }

        private void put(Map<String, double[]> all, String name, double[] values, CustomerHistories histories) {
            Double fill = fills.get(name);
            double[] missing = fill == null ? new double[0] : new double[values.length];
            double[] filled = values.clone();
            for (int row = 0; row < values.length; row++) {
                if (Double.isInfinite(values[row]) || (Double.isNaN(values[row]) && fill == null)) {
                    throw new ModelException("the feature '" + name + "' must be finite, but was " + values[row]
                            + " (customer " + histories.id(row) + ")"
                            + (fill == null ? "; no value was missing when the features were fitted" : ""));
                }
                if (fill != null && Double.isNaN(values[row])) {
                    filled[row] = fill;
                    missing[row] = 1;
                }
            }
            all.put(name, filled);
            if (fill != null) {
                all.put(name + MISSING, missing);
            }
        }

        /**
         * Returns all that the columns need.
         *
         * @return the state
         */
        public ModelState state() {
            ModelState.Builder state = ModelState.builder()
                    .texts("features", names())
                    .texts("columns", columns)
                    .texts("filled", List.copyOf(fills.keySet()))
                    .numbers(
                            "fills", fills.values().stream().mapToDouble(v -> v).toArray());
            features.forEach(feature -> state.part(feature.name(), feature.state()));
            return state.build();
        }

        @Override
        public String toString() {
            return "features " + columns;
        }
    }

    @Override
    public String toString() {
        return "features " + names();
    }
}
