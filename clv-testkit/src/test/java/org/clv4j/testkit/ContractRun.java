// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.RandomGenerator;

/** Runs a contract's properties by hand, to see which of them fail; from inside of a jqwik test only. */
final class ContractRun {

    private ContractRun() {}

    /** Returns the failure of one property, or null if it holds. */
    static Throwable failureOf(Object contract, String property) {
        for (Method method : contract.getClass().getMethods()) {
            if (method.getName().equals(property)) {
                return failureOf(contract, method);
            }
        }
        throw new IllegalArgumentException("no property " + property);
    }

    /** Returns the failures of all properties by name. */
    static Map<String, Throwable> failures(Object contract) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        for (Method method : contract.getClass().getMethods()) {
            if (method.isAnnotationPresent(Property.class) || method.isAnnotationPresent(Example.class)) {
                Throwable failure = failureOf(contract, method);
                if (failure != null) {
                    failures.put(method.getName(), failure);
                }
            }
        }
        return failures;
    }

    private static Throwable failureOf(Object contract, Method method) {
        try {
            method.setAccessible(true);
            Property property = method.getAnnotation(Property.class);
            Parameter[] parameters = method.getParameters();
            RandomGenerator<?>[] generators = new RandomGenerator<?>[parameters.length];
            for (int i = 0; i < parameters.length; i++) {
                String provider = parameters[i].getAnnotation(ForAll.class).value();
                generators[i] = provider.isEmpty()
                        ? null
                        : arbitrary(contract, provider).generator(1000, false);
            }
            Random random = new Random(4711);
            for (int run = 0; run < (property == null ? 1 : property.tries()); run++) {
                Object[] arguments = new Object[parameters.length];
                for (int i = 0; i < parameters.length; i++) {
                    arguments[i] = generators[i] == null
                            ? (Object) random.nextLong()
                            : generators[i].next(random).value();
                }
                method.invoke(contract, arguments);
            }
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Arbitrary<?> arbitrary(Object contract, String provider) throws ReflectiveOperationException {
        for (Class<?> type = contract.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(provider) && method.getParameterCount() == 0) {
                    method.setAccessible(true);
                    return (Arbitrary<?>) method.invoke(contract);
                }
            }
        }
        throw new IllegalArgumentException("no provider " + provider);
    }
}
