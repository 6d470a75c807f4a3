// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** What a model is: unfitted and fitted types, fit reports, capabilities, and how a model is found by its name. */
@NullMarked
package org.clv4j.core.model;

import org.jspecify.annotations.NullMarked;
