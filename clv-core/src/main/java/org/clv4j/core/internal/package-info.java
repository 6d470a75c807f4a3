// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Numerics that several packages of the core share; the package is not exported. */
@NullMarked
package org.clv4j.core.internal;

import org.jspecify.annotations.NullMarked;
