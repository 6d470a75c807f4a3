// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses exact amounts: plain ASCII decimals, with an exponent if need be; no thousand separators, no currency signs. */
final class AmountParser {

    /** What a value must be; the end of a sentence that begins with the field. */
    static final String RULE = "must be a decimal number";

    static final String RULE_SIZE = "must have at most 18 digits before and 18 after the decimal mark";

    private static final int LONGEST = 64;
    private static final int LONG_DIGITS = 18;

    private static final int RECENT = 1 << 12;

    private final char mark;

    /** Amounts of the last rows: prices recur. */
    private final @Nullable BigDecimal[] recent = new @Nullable BigDecimal[RECENT];

    private final long[] recentUnscaled = new long[RECENT];

    AmountParser(boolean decimalComma) {
        mark = decimalComma ? ',' : '.';
    }

    boolean isDecimalComma() {
        return mark == ',';
    }

    /**
     * Tells whether amounts are written with a decimal comma: some have a comma that cannot stand between thousands, and none
     * has a point.
     */
    static boolean detectDecimalComma(List<String> amounts) {
        boolean found = false;
        for (String amount : amounts) {
            int comma = amount.indexOf(',');
            if (amount.indexOf('.') >= 0 || comma != amount.lastIndexOf(',')) {
                return false;
            }
            found |= comma >= 0 && amount.length() - comma - 1 != 3;
        }
        return found;
    }

    /** Returns the number, or null if the text is none. */
    @Nullable
    BigDecimal parse(CharSequence text) {
        int length = text.length();
        int start = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        long unscaled = 0;
        int digits = 0;
        int scale = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                scale += scale >= 0 ? 1 : 0;
                unscaled = unscaled * 10 + (c - '0');
            } else if (c == mark && scale < 0) {
                scale = 0;
            } else {
                return parseRare(text);
            }
        }
        if (digits > LONG_DIGITS) {
            return parseRare(text);
        }
        if (digits == 0) {
            return null;
        }
        return recentOrNew(text.charAt(0) == '-' ? -unscaled : unscaled, Math.max(scale, 0));
    }

    private BigDecimal recentOrNew(long unscaled, int scale) {
        int slot = (int) (unscaled * 19 + scale) & (RECENT - 1);
        if (recentUnscaled[slot] == unscaled) {
            BigDecimal known = recent[slot];
            if (known != null && known.scale() == scale) {
                return known;
            }
        }
        BigDecimal number = BigDecimal.valueOf(unscaled, scale);
        recent[slot] = number;
        recentUnscaled[slot] = unscaled;
        return number;
    }

    private @Nullable BigDecimal parseRare(CharSequence text) {
        if (text.length() > LONGEST) {
            return null;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == mark) {
                plain.append('.');
            } else if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e' || c == 'E') {
                plain.append(c);
            } else {
                return null;
            }
        }
        try {
            return new BigDecimal(plain.toString());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Tells whether a number has a size that amounts have. Looks at no digit: 1e999999999 must not be written out. */
    static boolean isSane(BigDecimal number) {
        return number.precision() - (long) number.scale() <= LONG_DIGITS && number.scale() <= LONG_DIGITS;
    }
}
