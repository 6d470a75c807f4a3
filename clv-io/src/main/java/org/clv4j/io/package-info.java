// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Readers of delimited text and saved models, writers of results. Libraries for the formats stay behind these types. */
@NullMarked
package org.clv4j.io;

import org.jspecify.annotations.NullMarked;
