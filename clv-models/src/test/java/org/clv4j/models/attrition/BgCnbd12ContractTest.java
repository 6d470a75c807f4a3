// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

class BgCnbd12ContractTest extends CnbdKContract {

    BgCnbd12ContractTest() {
        super("bg-cnbd-k", 12);
    }
}
