// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** The economics of keeping customers: what a retention rate is worth, what a campaign earns, which price is best. */
@NullMarked
package org.clv4j.core.economics;

import org.jspecify.annotations.NullMarked;
