// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.TransactionLog;

/**
 * What columns of a file of transactions say of the customers: the value on the earliest day, which was known from the start. Blank cells
 * say nothing.
 */
final class FirstValues {

    private static final class First {
        private long day;
        private String value;
        private boolean isAmbiguous;

        First(long day, String value) {
            this.day = day;
            this.value = value;
        }
    }

    private final List<String> names;
    private final List<Map<String, First>> byName = new ArrayList<>();
    private final TextPool values = new TextPool();

    FirstValues(List<String> names) {
        this.names = names;
        names.forEach(unused -> byName.add(new LinkedHashMap<>()));
    }

    void add(int name, String customer, long day, Cell cell) {
        if (cell.length() == 0) {
            return;
        }
        String value = values.get(cell);
        First first = byName.get(name).computeIfAbsent(customer, unused -> new First(day, value));
        first.isAmbiguous |= !value.equals(first.value);
        if (day < first.day) {
            first.day = day;
            first.value = value;
        }
    }

    void addTo(TransactionLog.Builder log, List<String> notes) {
        Map<String, Customer> customers = new HashMap<>();
        for (int name = 0; name < names.size(); name++) {
            long ambiguous = 0;
            for (Map.Entry<String, First> entry : byName.get(name).entrySet()) {
                ambiguous += entry.getValue().isAmbiguous ? 1 : 0;
                String attribute = names.get(name);
                customers.merge(
                        entry.getKey(),
                        Customer.of(entry.getKey()).withAttribute(attribute, entry.getValue().value),
                        (known, unused) -> known.withAttribute(attribute, entry.getValue().value));
            }
            if (ambiguous > 0) {
                notes.add(names.get(name) + ": " + ambiguous
                        + (ambiguous == 1 ? " customer has" : " customers have")
                        + " more than one value; that of the earliest day is taken");
            }
        }
        customers.values().forEach(log::customer);
    }
}
