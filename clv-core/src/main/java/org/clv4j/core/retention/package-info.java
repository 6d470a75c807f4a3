// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** How many customers under contract stay: what was observed, without a model. */
@NullMarked
package org.clv4j.core.retention;

import org.jspecify.annotations.NullMarked;
