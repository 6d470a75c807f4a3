// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/** A fitted model whose parameters alone do not make it again: it has a state besides, which its {@link RestoringProvider} takes. */
public interface StatefulModel {

    /**
     * Returns all that predictions need.
     *
     * @return the state
     * @throws ModelException if a part of the model cannot be saved; the message names it
     */
    ModelState state();
}
