// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import net.jqwik.api.Tag;

/** As that of another number of stages, which runs by default. */
@Tag("study")
class BgCnbd3ContractTest extends CnbdKContract {

    BgCnbd3ContractTest() {
        super("bg-cnbd-k", 3);
    }
}
