// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/**
 * How many customers stay, as it is observed: survival and cohort triangles of contracts and recurring revenue, and what is measured where
 * there is no contract.
 */
@NullMarked
package org.clv4j.core.retention;

import org.jspecify.annotations.NullMarked;
