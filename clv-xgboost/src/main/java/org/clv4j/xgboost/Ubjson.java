// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.xgboost;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Universal Binary JSON, as far as XGBoost writes it: floats come bit for bit, which no text promises. An array whose type is stated
 * becomes a {@code double[]}, another one a list, an object a map.
 */
final class Ubjson {

    private final ByteBuffer bytes;

    private Ubjson(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    static Map<String, Object> read(byte[] bytes) {
        try {
            Object root = new Ubjson(bytes).value();
            return object(root);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("XGBoost's model ends too early", e);
        }
    }

    /** The object at the end of a path of keys. */
    static Map<String, Object> object(Object root, String... path) {
        Object at = root;
        for (String key : path) {
            at = child(at, key);
        }
        if (at instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
            return copy;
        }
        throw new IllegalStateException("XGBoost's model has no object at " + String.join("/", path));
    }

    static List<?> list(Map<String, Object> object, String key) {
        if (child(object, key) instanceof List<?> list) {
            return list;
        }
        throw new IllegalStateException("XGBoost's model has no list '" + key + "'");
    }

    static double[] numbers(Map<String, Object> object, String key) {
        Object found = child(object, key);
        if (found instanceof double[] numbers) {
            return numbers;
        }
        throw new IllegalStateException("XGBoost's model has no numbers '" + key + "'");
    }

    private static Object child(@Nullable Object parent, String key) {
        Object found = parent instanceof Map<?, ?> map ? map.get(key) : null;
        if (found == null) {
            throw new IllegalStateException("XGBoost's model has no '" + key + "'");
        }
        return found;
    }

    private Object value() {
        return value(bytes.get());
    }

    private Object value(byte type) {
        return switch (type) {
            case '{' -> object();
            case '[' -> array();
            case 'S' -> text();
            case 'C' -> String.valueOf((char) bytes.get());
            case 'T' -> true;
            case 'F' -> false;
            // Null stands for nothing here that could be asked for.
            case 'Z' -> "";
            default -> number(type);
        };
    }

    private double number(byte type) {
        return switch (type) {
            case 'i' -> bytes.get();
            case 'U' -> bytes.get() & 0xff;
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            case 'L' -> bytes.getLong();
            case 'd' -> bytes.getFloat();
            case 'D' -> bytes.getDouble();
            default -> throw new IllegalStateException("XGBoost's model has the unknown type " + type);
        };
    }

    private int length() {
        return (int) number(bytes.get());
    }

    private String text() {
        byte[] letters = new byte[length()];
        bytes.get(letters);
        return new String(letters, StandardCharsets.UTF_8);
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        while (peek() != '}') {
            String key = text();
            map.put(key, value());
        }
        bytes.get();
        return map;
    }

    private Object array() {
        byte type = 0;
        if (peek() == '$') {
            bytes.get();
            type = bytes.get();
        }
        if (peek() != '#') {
            List<Object> list = new ArrayList<>();
            while (peek() != ']') {
                list.add(value());
            }
            bytes.get();
            return list;
        }
        bytes.get();
        int count = length();
        if (type != 0) {
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = number(type);
            }
            return numbers;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(value());
        }
        return list;
    }

    private byte peek() {
        return bytes.get(bytes.position());
    }
}
