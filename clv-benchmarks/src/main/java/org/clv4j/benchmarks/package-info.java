// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Benchmarks of fitting, scoring and summarising, the naive code they are compared with, and the table of their results. */
@NullMarked
package org.clv4j.benchmarks;

import org.jspecify.annotations.NullMarked;
