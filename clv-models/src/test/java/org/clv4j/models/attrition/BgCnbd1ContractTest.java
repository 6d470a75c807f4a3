// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

class BgCnbd1ContractTest extends CnbdKContract {

    BgCnbd1ContractTest() {
        super("bg-cnbd-k", 1);
    }
}
