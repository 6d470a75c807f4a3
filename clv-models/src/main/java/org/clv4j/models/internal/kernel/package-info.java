// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Sorted rows and the inner loops of fits. */
@NullMarked
package org.clv4j.models.internal.kernel;

import org.jspecify.annotations.NullMarked;
