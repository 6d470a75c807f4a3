// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Questions about fits that hold for every model: comparing nested ones, resampling customers. */
@NullMarked
package org.clv4j.models.inference;

import org.jspecify.annotations.NullMarked;
