// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Regressions: what a customer will be worth, learned from features with coefficients that can be read. */
@NullMarked
package org.clv4j.models.regression;

import org.jspecify.annotations.NullMarked;
