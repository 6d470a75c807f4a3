// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.CustomerEquity;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.ranking.IsoValue;
import org.clv4j.core.ranking.IsoValuePoint;
import org.clv4j.core.segment.RfmScoring;
import org.clv4j.core.segment.RfmSegments;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.io.TransactionFile;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Assumptions;

/** CDNOW after all 78 weeks: the whole cohort, valued without end by a model of the sample, by recency, frequency and spend. */
final class IsoValueStudy {

    private static final String SAMPLE = "data/cdnow/CDNOW_sample.txt";
    private static final String MASTER = "data/cdnow/CDNOW_master.txt";

    private final CustomerBase everyone;
    private final CustomerBase base;
    private final TransactionSpendModel.Fitted model;
    private final ValuationTerms terms;
    private final RfmSegments scores;
    private final CustomerEquity equity;

    private IsoValueStudy(Path sampleFile, Path masterFile) {
        // snippet:iso-value-fit
        TransactionFile sampleRows = TransactionFile.withDefaults()
                .withHeader(false)
                .withCustomer("2")
                .withDate("3")
                .withAmount("5");
        TransactionFile masterRows = TransactionFile.withDefaults()
                .withCustomer("customer_id")
                .withDate("date")
                .withAmount("dollar_value");
        Observation observation = Observation.untilIso("1998-06-30");
        CustomerBase sample = CustomerBase.of(sampleRows.readFile(sampleFile).log(), observation, TimeScale.WEEKS);
        CustomerBase cohort = CustomerBase.of(masterRows.readFile(masterFile).log(), observation, TimeScale.WEEKS);
        CustomerBase base = cohort.select(row -> cohort.frequency(row) * cohort.monetaryValue(row) <= 4000);

        TransactionSpendModel.Fitted model = TransactionSpendModel.of(
                        ParetoNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(sample);
        ValuationTerms terms = ValuationTerms.of(
                        Horizon.infinite(),
                        DiscountRate.continuous(0.0027, 52),
                        Margin.of(0.30),
                        CashFlowTiming.AT_PURCHASE)
                .withPeriodsPerYear(52);
        CustomerValues values = model.value(base, terms);
        // end
        // snippet:iso-value-cells
        RfmSegments scores =
                RfmScoring.withDefaults().withScores(3).withZeroClass().of(base);
        CustomerEquity equity =
                EquityAggregator.withDefaults().withSegmentation(scores).aggregate(values);
        // end
        this.everyone = cohort;
        this.base = base;
        this.model = model;
        this.terms = terms;
        this.scores = scores;
        this.equity = equity;
    }

    /** Reads both files; the test is skipped where one is absent. */
    static IsoValueStudy ofSharedData() {
        return new IsoValueStudy(file(SAMPLE), file(MASTER));
    }

    private static Path file(String name) {
        Path file = Path.of(System.getProperty("clv.shared", "absent"), name);
        Assumptions.assumeTrue(Files.isReadable(file), () -> "skipped: no CDNOW data at " + file);
        return file;
    }

    /** The same cells, valued by a model of everybody instead of the sample. */
    CustomerEquity equityByOwnFit() {
        return EquityAggregator.withDefaults().withSegmentation(scores).aggregate(ownFit().value(base, terms));
    }

    List<FitReport> reportsOfOwnFit() {
        return ownFit().reports();
    }

    private TransactionSpendModel.Fitted ownFit() {
        return TransactionSpendModel.of(ParetoNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(base);
    }

    List<IsoValuePoint> contour(double worth) {
        TransactionSpendModel.Fitted model = this.model;
        ValuationTerms terms = this.terms;
        // snippet:iso-value-contour
        IsoValue iso = IsoValue.of(model, terms, TimeScale.WEEKS, 77.86);
        List<Integer> frequencies = List.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14);
        List<IsoValuePoint> contour = iso.contour(worth, frequencies, 35);
        // end
        return contour;
    }

    CustomerBase everyone() {
        return everyone;
    }

    CustomerBase base() {
        return base;
    }

    TransactionSpendModel.Fitted model() {
        return model;
    }

    CustomerEquity equity() {
        return equity;
    }

    /** The smallest and the largest of a measure in a class, 1 to 3, as "1 to 2"; recency in days since the last purchase. */
    String range(String measure, int score) {
        return switch (measure) {
            case "R" ->
                range(
                        row -> base.ageSteps(row) - base.recencySteps(row),
                        row -> scores.recencyScore(base, row),
                        score,
                        "%.0f to %.0f");
            case "F" -> range(base::frequency, row -> scores.frequencyScore(base, row), score, "%.0f to %.0f");
            default -> range(base::monetaryValue, row -> scores.monetaryScore(base, row), score, "%.3f to %.3f");
        };
    }

    private String range(IntToDoubleFunction measure, IntUnaryOperator scoreOf, int score, String format) {
        double[] sorted = IntStream.range(0, base.size())
                .filter(row -> scoreOf.applyAsInt(row) == score)
                .mapToDouble(measure)
                .sorted()
                .toArray();
        return String.format(Locale.ROOT, format, sorted[0], sorted[sorted.length - 1]);
    }
}
