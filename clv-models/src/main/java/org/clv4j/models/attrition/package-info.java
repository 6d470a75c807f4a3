// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Latent attrition: models of when customers buy and when they silently leave. */
@NullMarked
package org.clv4j.models.attrition;

import org.jspecify.annotations.NullMarked;
