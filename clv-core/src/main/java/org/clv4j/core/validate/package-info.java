// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/**
 * How predictions are judged, split, calibrated and explained: metrics of predictions against what came, splits by customer and by
 * time, monotone calibration, intervals with a guarantee, and what a learner makes of its features.
 *
 * <p>Columns are arrays with one cell a row. A value must be from −1e100 to 1e100 and a weight from 1e-50 to 1e50, so that no result
 * overflows. Weights count as repetitions: a row of weight 3 says as much as three rows.
 */
@NullMarked
package org.clv4j.core.validate;

import org.jspecify.annotations.NullMarked;
