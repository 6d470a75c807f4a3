// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.Transaction;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.ModelCatalog;

class RoundTripProperties {

    private static final ModelCatalog CATALOG = ModelCatalog.load(RoundTripProperties.class.getClassLoader());

    @Provide
    Arbitrary<Transaction> transaction() {
        Arbitrary<String> ids = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(8)
                .withCharRange('a', 'e')
                .withChars("0 \",;\t'\n|äß日€\u00A0")
                .map(text -> "x" + text + "y");
        Arbitrary<LocalDate> dates = Arbitraries.integers().between(1, 40_000).map(LocalDate::ofEpochDay);
        Arbitrary<BigDecimal> amounts = Arbitraries.bigDecimals()
                .between(new BigDecimal("-100000000"), new BigDecimal("100000000"))
                .ofScale(4);
        return Combinators.combine(ids, dates, amounts).as(Transaction::of);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void transactionsReadBackAsTheyWereWritten(@ForAll("transactionLists") List<Transaction> transactions) {
        TransactionLog log = TransactionLog.of(transactions);
        String text = Texts.written(output -> TransactionsCsv.write(log, output));
        TransactionLog back = TransactionFile.withDefaults()
                .withDelimiter(Delimiter.COMMA)
                .readAll(List.of(Texts.input(text)))
                .log();

        assertThat(back.size()).isEqualTo(log.size());
        for (int row = 0; row < log.size(); row++) {
            assertThat(back.transaction(row)).isEqualTo(log.transaction(row));
        }
    }

    @Provide
    Arbitrary<List<Transaction>> transactionLists() {
        return transaction().list().ofMinSize(1).ofMaxSize(20);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void summariesReadBackBitForBit(@ForAll @Size(min = 1, max = 10) List<Double> numbers) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            double number = numbers.get(i);
            double age = Math.abs(number) % 1e6;
            summaries.add(CustomerSummary.of("C" + i, 3, age / 3, age, number % 1e100 + 0.0));
        }
        CustomerBase base = CustomerBase.ofSummaries(summaries, TimeScale.WEEKS);
        String text = Texts.written(output -> SummaryCsv.write(base, output));
        CustomerBase back = SummaryFile.withDefaults()
                .read(Texts.input(text), TimeScale.WEEKS)
                .base();

        for (int row = 0; row < base.size(); row++) {
            assertThat(back.summary(row)).isEqualTo(base.summary(row));
        }
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void numbersReadBackBitForBit(@ForAll double number) {
        if (Double.isFinite(number)) {
            assertThat(Double.parseDouble(Numbers.shortest(number))).isEqualTo(number);
            assertThat(Double.parseDouble(Numbers.seventeenDigits(number))).isEqualTo(number);
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void parametersReadBackBitForBit(@ForAll double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        Map<String, Double> parameters = Map.of("r", 1.0, "any", value);
        SavedModel model =
                SavedModel.ofTransactions(new TestModels.Fitted("test-purchases", parameters, Optional.empty()));
        String text = Texts.written(output -> ModelJson.write(model, output));
        double back = ModelJson.read(Texts.input(text), CATALOG)
                .transactions()
                .orElseThrow()
                .parameters()
                .get("any");

        assertThat(Double.doubleToRawLongBits(back)).isEqualTo(Double.doubleToRawLongBits(value));
    }
}
