// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/** Gradient boosted trees, trained by XGBoost: a learner for what no formula of features describes. */
@NullMarked
package org.clv4j.xgboost;

import org.jspecify.annotations.NullMarked;
