// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.core.model.ModelProvider;
import org.junit.jupiter.api.Test;

/** The ladder of packages inside clv-models, and what may show outside. */
class ArchitectureTest {

    private static final JavaClasses MODELS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.clv4j.models");

    @Test
    void internalsKnowNoModel() {
        noClasses()
                .that()
                .resideInAPackage("..internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..models.attrition..",
                        "..models.spend..",
                        "..models.historical..",
                        "..models.migration..",
                        "..models.regression..")
                .check(MODELS);
        noClasses()
                .that()
                .resideInAPackage("..internal.special..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..internal.optim..", "..internal.kernel..", "..internal.linear..", "org.clv4j.core..")
                .check(MODELS);
        noClasses()
                .that()
                .resideInAPackage("..internal.optim..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..internal.kernel..")
                .check(MODELS);
    }

    @Test
    void kindsOfModelsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..models.attrition..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..models.spend..", "..models.historical..", "..models.migration..")
                .check(MODELS);
        noClasses()
                .that()
                .resideInAPackage("..models.spend..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..models.attrition..", "..models.historical..", "..models.migration..")
                .check(MODELS);
        noClasses()
                .that()
                .resideInAPackage("..models.historical..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..models.attrition..", "..models.spend..", "..models.migration..")
                .check(MODELS);
        noClasses()
                .that()
                .resideInAPackage("..models.migration..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..models.attrition..", "..models.spend..", "..models.historical..")
                .check(MODELS);
    }

    @Test
    void regressionsKnowNoOtherKindAndNoneKnowsThem() {
        String[] kinds = {"..models.attrition..", "..models.spend..", "..models.historical..", "..models.migration.."};
        noClasses()
                .that()
                .resideInAPackage("..models.regression..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(kinds)
                .check(MODELS);
        noClasses()
                .that()
                .resideInAnyPackage(kinds)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..models.regression..")
                .check(MODELS);
    }

    @Test
    void thirdPartyTypesDoNotShow() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("..internal..")
                .should()
                .notHaveRawReturnType(JavaClass.Predicates.resideInAnyPackage("org.apache.."))
                .check(MODELS);
        classes()
                .that()
                .haveSimpleNameEndingWith("Provider")
                .should()
                .implement(ModelProvider.class)
                .orShould()
                .implement(LearnerProvider.class)
                .check(MODELS);
    }
}
