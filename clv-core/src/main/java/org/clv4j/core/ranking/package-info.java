// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Customers in order of what they are worth: concentration, ranks, whom to win back, and histories of the same value. */
@NullMarked
package org.clv4j.core.ranking;

import org.jspecify.annotations.NullMarked;
