// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.DataException;

/** Collects bad rows under a policy. */
final class BadRows {

    /** A file that is wrong from end to end must not fill the memory with its complaints. */
    private static final int MOST_KEPT = 100_000;

    /** What to do where rows can be skipped. */
    static final String ADVICE = "correct the file, or skip bad rows (--bad-rows skip)";

    private final BadRowPolicy policy;
    private final List<BadRow> kept = new ArrayList<>();
    private long count;

    BadRows(BadRowPolicy policy) {
        this.policy = policy;
    }

    void add(String source, long line, String field, String value, String rule) {
        if (count == 0 || (policy == BadRowPolicy.SKIP && count < MOST_KEPT)) {
            kept.add(new BadRow(source, line, field, value, rule));
        }
        count++;
    }

    /** Throws if the policy says so; the advice ends the sentence that names the first bad row. */
    void check(String advice) {
        if (policy == BadRowPolicy.ERROR && count > 0) {
            throw new DataException(kept.get(0)
                    + (count == 1 ? "" : count == 2 ? "; 1 more row is bad" : "; " + (count - 1) + " more rows are bad")
                    + "; " + advice);
        }
    }

    long count() {
        return count;
    }

    List<BadRow> kept() {
        return List.copyOf(kept);
    }
}
