// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** What learning from features is: tables of numbers, learners, what they have learned, and what some of them can tell besides. */
@NullMarked
package org.clv4j.core.learn;

import org.jspecify.annotations.NullMarked;
