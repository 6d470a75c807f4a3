// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Models of how much customers spend a purchase. */
@NullMarked
package org.clv4j.models.spend;

import org.jspecify.annotations.NullMarked;
