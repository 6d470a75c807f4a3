// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** What several packages of the core reckon with, and nobody outside sees: the package is not exported. */
@NullMarked
package org.clv4j.core.internal;

import org.jspecify.annotations.NullMarked;
