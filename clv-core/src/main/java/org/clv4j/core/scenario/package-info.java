// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** What customer equity would be if customers or terms changed: scenarios, tornado, elasticities, break-even. */
@NullMarked
package org.clv4j.core.scenario;

import org.jspecify.annotations.NullMarked;
