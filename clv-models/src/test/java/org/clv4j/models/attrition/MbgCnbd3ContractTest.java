// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

class MbgCnbd3ContractTest extends CnbdKContract {

    MbgCnbd3ContractTest() {
        super("mbg-cnbd-k", 3);
    }
}
