// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Valuation terms (horizon, discount rate, margin, timing) and the value of every customer under them. */
@NullMarked
package org.clv4j.core.value;

import org.jspecify.annotations.NullMarked;
