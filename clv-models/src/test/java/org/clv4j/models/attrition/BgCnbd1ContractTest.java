// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import net.jqwik.api.Tag;

/** As that of another number of stages, which runs by default. */
@Tag("study")
class BgCnbd1ContractTest extends CnbdKContract {

    BgCnbd1ContractTest() {
        super("bg-cnbd-k", 1);
    }
}
