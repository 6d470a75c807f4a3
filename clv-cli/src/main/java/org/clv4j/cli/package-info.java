// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** The command {@code clv}. Knows models by their names only, through the catalogue. */
@NullMarked
package org.clv4j.cli;

import org.jspecify.annotations.NullMarked;
