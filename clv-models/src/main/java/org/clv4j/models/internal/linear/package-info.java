// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Linear least squares and what follows from it. */
@NullMarked
package org.clv4j.models.internal.linear;

import org.jspecify.annotations.NullMarked;
