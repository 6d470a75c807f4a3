// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Models that extend the past: what customers did on average, they go on doing. */
@NullMarked
package org.clv4j.models.historical;

import org.jspecify.annotations.NullMarked;
