// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.clv4j.benchmarks.FamilyData.Shape;
import org.clv4j.benchmarks.FamilyData.Source;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FitReport;
import org.clv4j.models.attrition.BgBb;
import org.clv4j.models.attrition.BgNbd;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class FamilyFitBenchmarkTest {

    static List<String> models() throws NoSuchFieldException {
        return List.of(FamilyFitBenchmark.Task.class
                .getField("model")
                .getAnnotation(Param.class)
                .value());
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyModelCanBeFitted(String model) {
        FitReport report = FamilyFitBenchmark.fit(model, Source.DISTINCT, 300)
                .run()
                .report()
                .orElseThrow();

        assertThat(report.converged()).isTrue();
        assertThat(report.model()).isEqualTo(model.replace(FamilyFitBenchmark.WITH_COVARIATES, ""));
        assertThat(report.covariates().keySet())
                .containsExactlyElementsOf(
                        model.endsWith(FamilyFitBenchmark.WITH_COVARIATES)
                                ? List.of(FamilyData.AMOUNT, FamilyData.ITEMS)
                                : List.of());
    }

    @Test
    void allShapesAreOfTheSameCustomers() {
        CustomerBase continuous = FamilyData.distinct(2_000, Shape.CONTINUOUS);
        CustomerBase dates = FamilyData.distinct(2_000, Shape.DATES);
        CustomerBase weeks = FamilyData.distinct(2_000, Shape.WHOLE_WEEKS);

        assertThat(dates.hasGaps()).isTrue();
        for (int row = 0; row < continuous.size(); row++) {
            String id = continuous.id(row);
            int day = dates.indexOf(id);
            int week = weeks.indexOf(id);
            // A day in which someone bought twice counts once, as does a week, and the day of the first purchase does
            // not count.
            assertThat(dates.frequency(day)).isBetween(0, continuous.frequency(row));
            assertThat(weeks.frequency(week)).isBetween(0, continuous.frequency(row));
            assertThat(dates.recency(day)).isCloseTo(continuous.recency(row), within(1 / 7.0));
            assertThat(weeks.recency(week)).isCloseTo(continuous.recency(row), within(1.0));
            assertThat(dates.age(day)).isCloseTo(continuous.age(row), within(1 / 7.0));
            assertThat(weeks.age(week)).isEqualTo(Math.ceil(continuous.age(row)));
            for (String name : List.of(FamilyData.AMOUNT, FamilyData.ITEMS)) {
                assertThat(dates.attribute(name, day)).isEqualTo(continuous.attribute(name, row));
            }
        }
    }

    @Test
    void hardlyAPairOfTimesComesTwice() {
        CustomerBase base = FamilyData.distinct(2_000, Shape.CONTINUOUS);

        assertThat(IntStream.range(0, base.size()).mapToObj(row -> base.recency(row) + " " + base.age(row)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theSampleIsThatOfThePublishedFits() {
        Path file = Path.of(System.getProperty("clv.shared", "absent"), "data/cdnow/CDNOW_sample.txt");
        Assumptions.assumeTrue(Files.isReadable(file), () -> "skipped: no reference data at " + file);

        CustomerBase base = FamilyData.cdnow(file, Shape.DATES);

        assertThat(base.size()).isEqualTo(2_357);
        assertThat(BgNbd.withDefaults().fit(base).report().orElseThrow().logLikelihood())
                .hasValueCloseTo(-9582.4, within(0.05));
        assertThat(base.attribute(FamilyData.AMOUNT, 0)).hasValue("29.33");
        assertThat(base.attribute(FamilyData.ITEMS, 0)).hasValue("2");
        assertThat(BgBb.withDefaults()
                        .fit(FamilyData.cdnow(file, Shape.WHOLE_WEEKS))
                        .report()
                        .orElseThrow()
                        .converged())
                .isTrue();
    }

    @Test
    void withoutTheFileTheSampleIsLeftOutWithAMessage() {
        Assumptions.assumeTrue(System.getProperty(FamilyData.CDNOW) == null);

        assertThatIllegalStateException()
                .isThrownBy(() -> FamilyData.cdnow(Shape.DATES))
                .withMessageContaining("-Dclv.cdnow=FILE");
    }
}
