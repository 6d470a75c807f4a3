// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened to the rows of a log on their way into a customer base: every row is in exactly one of used, outside the
 * window, dropped as zero or dropped as refund.
 *
 * @param rows rows in the log
 * @param usedRows rows that count in the calibration, refunds that were netted included
 * @param rowsBeforeStart rows before the calibration start
 * @param rowsAfterEnd rows after the calibration end, the holdout's included
 * @param occasions distinct purchase occasions in the calibration
 * @param mergedRows rows beyond the first of a customer's occasion
 * @param zeroAmounts rows of amount zero in the calibration
 * @param droppedZeroAmounts those of them that were left out
 * @param refunds rows of negative amount in the calibration
 * @param droppedRefunds those of them that were left out
 * @param unmatchedRefunds refunds of customer-days on which a part found no purchase to net against
 * @param reversedOccasions occasions that refunds cancelled in full
 * @param skippedCustomers customers of the log without an occasion in the calibration
 * @param truncatedCustomers customers with purchases before the calibration start: their first purchase in the window is not
 *     their acquisition
 */
public record DataQuality(
        long rows,
        long usedRows,
        long rowsBeforeStart,
        long rowsAfterEnd,
        long occasions,
        long mergedRows,
        long zeroAmounts,
        long droppedZeroAmounts,
        long refunds,
        long droppedRefunds,
        long unmatchedRefunds,
        long reversedOccasions,
        long skippedCustomers,
        long truncatedCustomers) {

    /**
     * Tells what a reader of the results should know, one line each; empty if nothing was touched.
     *
     * @return the notes
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        note(notes, rowsBeforeStart, "rows before the calibration start were left out");
        note(notes, rowsAfterEnd, "rows after the calibration end do not count in it");
        note(notes, mergedRows, "rows were summed into another row of the same customer's occasion");
        note(notes, zeroAmounts - droppedZeroAmounts, "rows of amount zero were kept as purchases");
        note(notes, droppedZeroAmounts, "rows of amount zero were dropped");
        note(notes, refunds - droppedRefunds, "refunds were netted against earlier purchases");
        note(notes, droppedRefunds, "refunds were dropped");
        note(notes, unmatchedRefunds, "refunds found no purchase to net against in full");
        note(notes, reversedOccasions, "occasions were refunded in full and do not count");
        note(notes, skippedCustomers, "customers have no purchase in the calibration and were skipped");
        note(
                notes,
                truncatedCustomers,
                "customers bought before the calibration start; their age counts from the window");
        return List.copyOf(notes);
    }

    private static void note(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }
}
