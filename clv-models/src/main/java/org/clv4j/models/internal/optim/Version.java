// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.internal.optim;

import java.util.Objects;

/** The version of the library, for provenance. */
public final class Version {

    /** From the jar's manifest; "development" when the classes do not come from a jar. */
    public static final String VERSION =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");

    private Version() {}
}
