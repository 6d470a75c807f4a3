// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Customers, transactions, the exact ledger, and the columns that models read. Knows no model and no valuation. */
@NullMarked
package org.clv4j.core.data;

import org.jspecify.annotations.NullMarked;
