// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.contract;

import java.util.ArrayList;
import java.util.List;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;

/** Cohorts as the contracts of customers of whom the segment is known. */
final class Segments {

    private Segments() {}

    /** The rows of both, as weights of contracts with the attribute "segment", regular or high-end. */
    static RetentionData of(RetentionData regular, RetentionData highEnd) {
        List<Contract> contracts = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        add(regular, "regular", contracts, weights);
        add(highEnd, "high-end", contracts, weights);
        CustomerBase base = CustomerBase.ofContracts(contracts, TimeScale.YEARS);
        double[] byRow = new double[base.size()];
        for (int i = 0; i < byRow.length; i++) {
            byRow[base.indexOf(contracts.get(i).customerId())] = weights.get(i);
        }
        return RetentionData.ofContracts(base.withWeights(byRow));
    }

    private static void add(RetentionData data, String segment, List<Contract> contracts, List<Double> weights) {
        for (int row = 0; row < data.size(); row++) {
            boolean left = data.left(row);
            Contract contract = Contract.ofRenewals(
                            "c" + contracts.size(), left ? data.opportunities(row) - 1 : data.opportunities(row))
                    .withTermMonths(12)
                    .withAttribute("segment", segment);
            contracts.add(left ? contract.ended() : contract);
            weights.add(data.weight(row));
        }
    }
}
