// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/**
 * Files in, results and fitted models out: delimited text and JSON.
 *
 * <p>Knows no concrete model; models are found by name through the catalogue of clv-core.
 */
module org.clv4j.io {
    requires transitive org.clv4j.core;
    requires static transitive org.jspecify;
    requires de.siegmar.fastcsv;
    requires com.fasterxml.jackson.core;

    exports org.clv4j.io;
}
