// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

class MbgCnbd2ContractTest extends CnbdKContract {

    MbgCnbd2ContractTest() {
        super("mbg-cnbd-k", 2);
    }
}
