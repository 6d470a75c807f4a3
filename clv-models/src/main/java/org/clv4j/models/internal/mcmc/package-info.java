// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Markov chain Monte Carlo: chains, how they are run, and what tells that they have mixed. */
@NullMarked
package org.clv4j.models.internal.mcmc;

import org.jspecify.annotations.NullMarked;
