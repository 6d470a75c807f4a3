// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.clv4j.core.learn.FeatureTable;
import org.clv4j.core.learn.TrainingData;

/** Looks through all that an object holds for what it should not: training data, or an array with a cell for each row of them. */
final class ReachableArrays {

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final int rows;

    private ReachableArrays(int rows) {
        this.rows = rows;
    }

    /** Names what is held of training data; empty if there is nothing. */
    static Optional<String> trainingDataIn(Object holder, int rows) {
        return new ReachableArrays(rows).search(holder);
    }

    private Optional<String> search(Object holder) {
        add(holder);
        while (!waiting.isEmpty()) {
            Object next = waiting.remove();
            Class<?> type = next.getClass();
            if (next instanceof TrainingData || next instanceof FeatureTable) {
                return Optional.of("a " + type.getSimpleName());
            }
            if (type.isArray()) {
                if (Array.getLength(next) == rows) {
                    return Optional.of("a " + type.getSimpleName() + " of " + rows + " cells, one a row");
                }
                addCells(next);
            } else if (next instanceof Collection<?> collection) {
                if (collection.size() == rows) {
                    return Optional.of("a " + type.getSimpleName() + " of " + rows + " elements, one a row");
                }
                collection.forEach(this::add);
            } else if (next instanceof Map<?, ?> map) {
                map.keySet().forEach(this::add);
                map.values().forEach(this::add);
            } else {
                addFields(next, type);
            }
        }
        return Optional.empty();
    }

    private void add(Object value) {
        if (value != null && !(value instanceof Enum<?>) && !(value instanceof Class<?>) && seen.add(value)) {
            waiting.add(value);
        }
    }

    private void addCells(Object array) {
        if (!array.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(array); i++) {
                add(Array.get(array, i));
            }
        }
    }

    private void addFields(Object holder, Class<?> ofType) {
        for (Class<?> type = ofType; type != null && !type.getName().startsWith("java."); type = type.getSuperclass()) {
            Field[] fields = type.getDeclaredFields();
            for (Field field : fields) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive() && isAccessible(field)) {
                    try {
                        add(field.get(holder));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(field + " was accessible", e);
                    }
                }
            }
        }
    }

    private static boolean isAccessible(AccessibleObject field) {
        try {
            field.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException e) {
            // Of a module that keeps its insides to itself: nothing of the learner's own.
            return false;
        }
    }
}
