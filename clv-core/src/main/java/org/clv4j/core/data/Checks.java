// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.math.BigDecimal;
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

    /** Refuses amounts like 1e1000000000, which would fill the memory as soon as they were added to another. */
    static BigDecimal exactMoney(BigDecimal value, String name) {
        BigDecimal stripped =
                Objects.requireNonNull(value, name).signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (stripped.precision() - (long) stripped.scale() > 18 || stripped.scale() > 18) {
            throw new IllegalArgumentException(
                    "`" + name + "` must have at most 18 digits before and after the point, but was "
                            + (stripped.precision() > 40 ? "longer than 40 digits" : stripped));
        }
        return value;
    }
}
