// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Segments of customers: what makes them, their means with shrinkage, and what the difference of two of them comes from. */
@NullMarked
package org.clv4j.core.segment;

import org.jspecify.annotations.NullMarked;
