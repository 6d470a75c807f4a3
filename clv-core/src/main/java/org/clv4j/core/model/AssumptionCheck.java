// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.List;
import org.clv4j.core.data.CustomerBase;

/** The capability of a model to look in the data for signs that its assumptions do not hold. */
public interface AssumptionCheck {

    /**
     * Says what the customers show about the model's assumptions.
     *
     * @param base the customers
     * @return lines for people, one a check; empty if the base has too little to check
     */
    List<String> checkAssumptions(CustomerBase base);
}
