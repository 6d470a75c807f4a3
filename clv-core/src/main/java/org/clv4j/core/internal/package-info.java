// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Numerics that several packages share; not exported. */
@NullMarked
package org.clv4j.core.internal;

import org.jspecify.annotations.NullMarked;
