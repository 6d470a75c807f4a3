// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import net.jqwik.api.Tag;

/** As that of another number of stages, which runs by default. */
@Tag("study")
class MbgCnbd2ContractTest extends CnbdKContract {

    MbgCnbd2ContractTest() {
        super("mbg-cnbd-k", 2);
    }
}
