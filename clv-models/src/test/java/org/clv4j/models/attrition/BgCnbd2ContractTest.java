// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

class BgCnbd2ContractTest extends CnbdKContract {

    BgCnbd2ContractTest() {
        super("bg-cnbd-k", 2);
    }
}
