// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import net.jqwik.api.Tag;

/** A study beside {@link BgCnbd2ContractTest}, whose formulas are the same but for the first purchase. */
@Tag("study")
class MbgCnbd3ContractTest extends CnbdKContract {

    MbgCnbd3ContractTest() {
        super("mbg-cnbd-k", 3);
    }
}
