// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.Objects;

/** Argument checks whose messages name the argument. Written so that NaN fails every range. */
final class Checks {

    private Checks() {}

    static String nonBlank(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException("`" + name + "` must not be blank");
        }
        return value;
    }
}
