// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Maximum likelihood: optimiser, curvature, fit reports. */
@NullMarked
package org.clv4j.models.internal.optim;

import org.jspecify.annotations.NullMarked;
