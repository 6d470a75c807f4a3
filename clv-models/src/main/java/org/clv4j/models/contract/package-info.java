// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Contracts: models of how long customers stay whose leaving is seen. */
@NullMarked
package org.clv4j.models.contract;

import org.jspecify.annotations.NullMarked;
