// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Special functions, in stable forms. */
@NullMarked
package org.clv4j.models.internal.special;

import org.jspecify.annotations.NullMarked;
