// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

class MbgCnbd12ContractTest extends CnbdKContract {

    MbgCnbd12ContractTest() {
        super("mbg-cnbd-k", 12);
    }
}
