// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/**
 * The contract that every model must pass, for authors of models inside and outside of this project.
 *
 * <p>Extend {@link org.clv4j.testkit.TransactionModelContract}, {@link org.clv4j.testkit.SpendModelContract} or {@link
 * org.clv4j.testkit.ClvModelContract} in the test tree of the model and say which model it is; the properties run with jqwik
 * on the JUnit platform. What a model can do beyond its kind is seen from the interfaces that it implements, and tested too.
 */
@NullMarked
package org.clv4j.testkit;

import org.jspecify.annotations.NullMarked;
