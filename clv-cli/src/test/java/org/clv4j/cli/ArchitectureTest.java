// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Files and the command know models by their names alone. */
@AnalyzeClasses(
        packages = {"org.clv4j.cli", "org.clv4j.io"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_MODEL =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.clv4j.models..");

    @ArchTest
    static final ArchRule FILES_DO_NOT_KNOW_THE_COMMAND = noClasses()
            .that()
            .resideInAPackage("org.clv4j.io..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.clv4j.cli..");
}
