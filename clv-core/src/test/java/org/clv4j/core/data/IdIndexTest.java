// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdIndexTest {

    @Test
    void itNumbersAsAMapWould() {
        SplittableRandom random = new SplittableRandom(1);
        for (int capacity : new int[] {0, 1, 5000}) {
            IdIndex index = new IdIndex(capacity);
            Map<String, Integer> map = new LinkedHashMap<>();
            for (int i = 0; i < 20_000; i++) {
                String id = "C" + random.nextInt(3000 + i / 2);
                Integer known = map.putIfAbsent(id, map.size());
                assertThat(index.add(id)).isEqualTo(known == null ? map.size() - 1 : known);
            }
            assertThat(index.size()).isEqualTo(map.size());
            assertThat(index.toArray()).containsExactly(map.keySet().toArray(String[]::new));
            map.forEach((id, number) -> {
                assertThat(index.find(id)).isEqualTo(number);
                assertThat(index.get(number)).isEqualTo(id);
            });
            assertThat(index.find("nobody")).isEqualTo(-1);
        }
    }

    @Test
    void idsOfOneHashAreTold() {
        // "Aa" and "BB" have the same hash code, and so have all words of as many of them.
        List<String> alike = new ArrayList<>(List.of(""));
        for (int length = 0; length < 9; length++) {
            List<String> longer = new ArrayList<>();
            for (String word : alike) {
                longer.add(word + "Aa");
                longer.add(word + "BB");
            }
            alike = longer;
        }
        IdIndex index = new IdIndex(0);
        for (int i = 0; i < alike.size(); i++) {
            assertThat(index.add(alike.get(i))).isEqualTo(i);
        }
        for (int i = 0; i < alike.size(); i++) {
            assertThat(index.add(alike.get(i))).isEqualTo(i);
            assertThat(index.find(alike.get(i))).isEqualTo(i);
        }
        assertThat(index.find("AaAa")).isEqualTo(-1);
    }
}
