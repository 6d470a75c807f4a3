// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Customer equity: exact totals of customer values, by any number of segment dimensions. */
@NullMarked
package org.clv4j.core.equity;

import org.jspecify.annotations.NullMarked;
