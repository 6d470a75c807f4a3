// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Measures of retention: cohort triangles of contracts and recurring revenue, and what is measured where there is no contract. */
@NullMarked
package org.clv4j.core.retention;

import org.jspecify.annotations.NullMarked;
