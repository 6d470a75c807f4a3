// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Why a customer is worth what a model says: the score taken apart, beside the average customer's. */
@NullMarked
package org.clv4j.core.explain;

import org.jspecify.annotations.NullMarked;
