// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import org.clv4j.models.attrition.FittedAttritionModel;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same with customers of the Pareto/NBD model. */
@State(Scope.Benchmark)
public class ParetoPortfolio extends Portfolio {

    @Override
    FittedAttritionModel model() {
        return Bases.PARETO_TRANSACTIONS;
    }
}
