// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ShapleySharesTest {

    private static BigInteger[] values(long... values) {
        return LongStream.of(values).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
    }

    @Test
    void sharesOfTwoFactorsAreTheMeanOfBothOrders() {
        // 10 → 16 by the first alone, 14 by the second, 30 by both: (6 + 16)/2 and (4 + 14)/2.
        assertThat(ShapleyShares.of(values(10, 16, 14, 30))).containsExactly(values(11, 9));
    }

    @Test
    void whatIsMissingGoesToTheLargestShare() {
        // 2.5 and 0.5 round to 2 and 0, halves to even.
        assertThat(ShapleyShares.of(values(0, 2, 0, 3))).containsExactly(values(3, 0));
        assertThat(ShapleyShares.of(values(0, 0, 2, 3))).containsExactly(values(0, 3));
        // Of equal shares the first has it.
        assertThat(ShapleyShares.of(values(0, 0, 0, 1))).containsExactly(values(1, 0));
    }

    @Test
    void nothingChangesWithoutFactors() {
        assertThat(ShapleyShares.of(values(5))).isEmpty();
    }

    @Property(tries = 200)
    void sharesAddUpAndDoNotDependOnTheOrderOfTheFactors(
            @ForAll @IntRange(min = 1, max = 5) int factors,
            @ForAll @LongRange(min = 1, max = 1L << 60) long size,
            @ForAll long seed) {
        Random random = new Random(seed);
        BigInteger[] values = new BigInteger[1 << factors];
        Arrays.setAll(values, i -> BigInteger.valueOf(random.nextLong() % size));
        BigInteger[] shares = ShapleyShares.of(values);

        assertThat(Arrays.stream(shares).reduce(BigInteger.ZERO, BigInteger::add))
                .isEqualTo(values[values.length - 1].subtract(values[0]));

        List<Integer> order = new ArrayList<>();
        for (int f = 0; f < factors; f++) {
            order.add(f);
        }
        Collections.shuffle(order, random);
        BigInteger[] permuted = new BigInteger[values.length];
        for (int coalition = 0; coalition < values.length; coalition++) {
            int moved = 0;
            for (int f = 0; f < factors; f++) {
                moved |= (coalition >> f & 1) << order.get(f);
            }
            permuted[moved] = values[coalition];
        }
        BigInteger[] sharesOfPermuted = ShapleyShares.of(permuted);
        boolean tie = largestIsShared(shares);
        for (int f = 0; f < factors; f++) {
            if (!tie) {
                assertThat(sharesOfPermuted[order.get(f)]).isEqualTo(shares[f]);
            } else {
                assertThat(sharesOfPermuted[order.get(f)].subtract(shares[f]).abs())
                        .isLessThanOrEqualTo(BigInteger.valueOf(factors));
            }
        }
    }

    /** Two factors of about the same share: which of them takes the rest is a matter of their order. */
    private static boolean largestIsShared(BigInteger[] shares) {
        BigInteger[] sizes = Arrays.stream(shares).map(BigInteger::abs).sorted().toArray(BigInteger[]::new);
        int last = sizes.length - 1;
        return last > 0 && sizes[last].subtract(sizes[last - 1]).compareTo(BigInteger.valueOf(shares.length)) <= 0;
    }

    @Property(tries = 100)
    void aFactorThatChangesNothingHasNoShareAndChangesNoOther(@ForAll long seed) {
        Random random = new Random(seed);
        BigInteger[] values = new BigInteger[8];
        BigInteger[] withIdle = new BigInteger[16];
        for (int i = 0; i < 8; i++) {
            values[i] = BigInteger.valueOf(random.nextInt());
            withIdle[i] = values[i];
            withIdle[i + 8] = values[i];
        }
        BigInteger[] shares = ShapleyShares.of(withIdle);
        assertThat(shares[3]).isZero();
        assertThat(Arrays.copyOf(shares, 3)).containsExactly(ShapleyShares.of(values));
    }
}
