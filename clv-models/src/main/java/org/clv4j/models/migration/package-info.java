// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Migration models: customers move between states from period to period, and each state has its value. */
@NullMarked
package org.clv4j.models.migration;

import org.jspecify.annotations.NullMarked;
