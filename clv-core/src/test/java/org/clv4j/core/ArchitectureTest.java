// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The ladder of packages, and what the core keeps out. */
@AnalyzeClasses(packages = "org.clv4j.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] LADDER = {
        "data", "value", "economics", "model", "learn", "validate", "retention", "equity", "scenario"
    };

    @ArchTest
    static final ArchRule DATA_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(0);

    @ArchTest
    static final ArchRule VALUE_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(1);

    @ArchTest
    static final ArchRule ECONOMICS_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(2);

    @ArchTest
    static final ArchRule MODEL_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(3);

    @ArchTest
    static final ArchRule MODEL_KNOWS_NO_ECONOMICS = noClasses()
            .that()
            .resideInAPackage("org.clv4j.core.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.clv4j.core.economics..");

    @ArchTest
    static final ArchRule LEARN_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(4);

    @ArchTest
    static final ArchRule VALIDATE_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(5);

    @ArchTest
    static final ArchRule VALIDATE_KNOWS_NO_ECONOMICS = noClasses()
            .that()
            .resideInAPackage("org.clv4j.core.validate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.clv4j.core.economics..");

    @ArchTest
    static final ArchRule RETENTION_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(6);

    @ArchTest
    static final ArchRule EQUITY_KNOWS_NO_LATER_PACKAGE = knowsNoneAfter(7);

    @ArchTest
    static final ArchRule RETENTION_KNOWS_NO_LEARNING = noClasses()
            .that()
            .resideInAPackage("org.clv4j.core.retention..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.clv4j.core.learn..", "org.clv4j.core.validate..");

    @ArchTest
    static final ArchRule EVERY_CLASS_STANDS_ON_THE_LADDER = classes()
            .should()
            .resideInAnyPackage(
                    "org.clv4j.core.data..",
                    "org.clv4j.core.value..",
                    "org.clv4j.core.economics..",
                    "org.clv4j.core.model..",
                    "org.clv4j.core.learn..",
                    "org.clv4j.core.validate..",
                    "org.clv4j.core.retention..",
                    "org.clv4j.core.equity..",
                    "org.clv4j.core.scenario..");

    @ArchTest
    static final ArchRule NO_OLD_DATES = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Calendar")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.text..");

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule NO_JAVA_UTIL_LOGGING = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule NO_AMBIENT_STATE = noClasses()
            .should()
            .callCodeUnitWhere(DescribedPredicate.describe(
                    "asks the clock, the zone or ambient random state", ArchitectureTest::asksAmbientState));

    @ArchTest
    static final ArchRule NO_DEFAULT_LOCALE_OR_CHARSET = noClasses()
            .should()
            .callCodeUnitWhere(DescribedPredicate.describe(
                    "takes the default locale or charset", ArchitectureTest::takesDefaults));

    @ArchTest
    static final ArchRule THE_PUBLIC_API_SHOWS_JDK_AND_CORE_TYPES_ONLY = members()
            .that()
            .areDeclaredInClassesThat()
            .arePublic()
            .should(new ArchCondition<JavaMember>("show types of the JDK and of the core only") {
                @Override
                public void check(JavaMember member, ConditionEvents events) {
                    boolean shown = member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED);
                    if (!shown) {
                        return;
                    }
                    for (JavaClass type : shownTypes(member)) {
                        String name = type.getBaseComponentType().getName();
                        boolean allowed = type.getBaseComponentType().isPrimitive()
                                || name.startsWith("java.")
                                || name.startsWith("org.clv4j.core.");
                        if (!allowed) {
                            events.add(SimpleConditionEvent.violated(member, member.getFullName() + " shows " + name));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule PUBLIC_CLASSES_USE_JDK_AND_CORE_TYPES_ONLY = classes()
            .that()
            .arePublic()
            .should()
            .onlyDependOnClassesThat(resideInAPackage("java..")
                    .or(resideInAPackage("org.clv4j.core.."))
                    .or(resideInAPackage("org.slf4j.."))
                    .or(resideInAPackage("org.jspecify.annotations.."))
                    .or(DescribedPredicate.describe("are arrays of primitives", JavaClass::isArray)));

    private static boolean asksAmbientState(JavaCall<?> call) {
        String name = call.getTarget().getName();
        JavaClass owner = call.getTargetOwner();
        if (owner.getPackageName().startsWith("java.time")) {
            return Set.of("now", "systemDefault", "systemDefaultZone", "systemUTC")
                    .contains(name);
        }
        if (owner.isEquivalentTo(System.class)) {
            return Set.of("currentTimeMillis", "nanoTime", "getenv").contains(name);
        }
        if (owner.isEquivalentTo(ThreadLocalRandom.class)) {
            return true;
        }
        if (owner.getSimpleName().endsWith("Random") && name.equals("<init>")) {
            return call.getTarget().getRawParameterTypes().isEmpty();
        }
        return owner.isEquivalentTo(Math.class) && name.equals("random");
    }

    private static boolean takesDefaults(JavaCall<?> call) {
        String name = call.getTarget().getName();
        JavaClass owner = call.getTargetOwner();
        List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
        if (parameters.stream()
                .anyMatch(type -> type.isEquivalentTo(Locale.class) || type.isEquivalentTo(Charset.class))) {
            return false;
        }
        if (owner.isEquivalentTo(String.class)) {
            boolean ofBytes = name.equals("<init>")
                    && !parameters.isEmpty()
                    && parameters.get(0).isEquivalentTo(byte[].class);
            return ofBytes
                    || Set.of("format", "formatted", "toLowerCase", "toUpperCase", "getBytes")
                            .contains(name);
        }
        if (owner.getPackageName().equals("java.io") && name.equals("<init>")) {
            return Set.of("FileReader", "FileWriter", "InputStreamReader", "OutputStreamWriter", "PrintWriter")
                    .contains(owner.getSimpleName());
        }
        return Set.of("java.util.Locale.getDefault", "java.nio.charset.Charset.defaultCharset")
                .contains(owner.getName() + "." + name);
    }

    /** Does all that the core keeps out. */
    static final class Offender {
        static final PrintStream OUT = System.out;

        String offend(byte[] bytes) {
            OUT.println(LocalDate.now(ZoneOffset.UTC));
            return String.format("%s", new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT))
                    + new Random().nextInt();
        }
    }

    @Test
    void theRulesNoticeWhoBreaksThem() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        for (ArchRule rule : List.of(
                NO_STANDARD_STREAMS,
                NO_AMBIENT_STATE,
                NO_DEFAULT_LOCALE_OR_CHARSET,
                EVERY_CLASS_STANDS_ON_THE_LADDER)) {
            assertThat(rule.evaluate(offender).hasViolation())
                    .as(rule.getDescription())
                    .isTrue();
        }
        assertThat(NO_DEFAULT_LOCALE_OR_CHARSET
                        .evaluate(offender)
                        .getFailureReport()
                        .getDetails())
                .hasSize(1);
        assertThat(NO_AMBIENT_STATE.evaluate(offender).getFailureReport().getDetails())
                .hasSize(2);
    }

    private static ArchRule knowsNoneAfter(int rung) {
        List<String> later = new ArrayList<>();
        for (int i = rung + 1; i < LADDER.length; i++) {
            later.add("org.clv4j.core." + LADDER[i] + "..");
        }
        return noClasses()
                .that()
                .resideInAPackage("org.clv4j.core." + LADDER[rung] + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later.toArray(String[]::new));
    }

    private static Set<JavaClass> shownTypes(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes();
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Set<JavaClass> types = code.getParameterTypes().stream()
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        types.addAll(code.getReturnType().getAllInvolvedRawTypes());
        code.getThrowsClause().forEach(thrown -> types.add(thrown.getRawType()));
        return types;
    }
}
