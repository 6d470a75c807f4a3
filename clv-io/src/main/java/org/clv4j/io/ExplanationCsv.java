// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.explain.FactorContribution;
import org.clv4j.core.explain.ScoreExplanation;
import org.clv4j.core.explain.ScoreFactor;
import org.clv4j.core.explain.Shrinkage;
import org.clv4j.core.explain.ValueThen;

/**
 * Writes explanations of scores as CSV, a row a customer: {@code customer_id, clv, average_clv, difference, place, customers, below}, for
 * each {@link ScoreFactor} its value, average ({@code average_…}) and contribution ({@code contribution_…}), how the spend and the
 * purchase rate come about, and the value after a purchase today and after each time of silence ({@code clv_after_silence_13}). What is
 * not known stays empty. The contributions of a row add up to the difference exactly.
 */
public final class ExplanationCsv {

    private ExplanationCsv() {}

    /**
     * Writes explanations.
     *
     * @param explanations the explanations, of one explainer
     * @param output where to write
     * @throws IllegalArgumentException if they look at different times of silence
     * @throws org.clv4j.core.data.DataException if writing fails
     */
    public static void write(List<ScoreExplanation> explanations, TextOutput output) {
        List<ScoreExplanation> all = List.copyOf(explanations);
        List<Double> silence = silence(all);
        output.write(out -> {
            CsvWriter csv = CsvOutput.of(out);
            csv.writeRecord(header(silence));
            all.forEach(explanation -> csv.writeRecord(row(explanation, silence)));
            csv.flush();
        });
    }

    /** The times of those who have some: of a customer they may be left out. */
    private static List<Double> silence(List<ScoreExplanation> explanations) {
        List<List<Double>> times = explanations.stream()
                .map(explanation ->
                        explanation.silence().stream().map(ValueThen::periods).toList())
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        if (times.size() > 1) {
            throw new IllegalArgumentException(
                    "`explanations` must look at the same times of silence, but looked at " + times);
        }
        return times.isEmpty() ? List.of() : times.get(0);
    }

    private static List<String> header(List<Double> silence) {
        List<String> header = new ArrayList<>(
                List.of("customer_id", "clv", "average_clv", "difference", "place", "customers", "below"));
        for (ScoreFactor factor : ScoreFactor.values()) {
            header.addAll(List.of(factor.toString(), "average_" + factor, "contribution_" + factor));
        }
        for (String figure : List.of("spend", "purchase_rate")) {
            header.addAll(
                    List.of("own_" + figure, "population_" + figure, "estimated_" + figure, "own_weight_" + figure));
        }
        header.add("clv_after_purchase");
        silence.forEach(periods -> header.add("clv_after_silence_" + Numbers.count(periods)));
        return header;
    }

    private static List<String> row(ScoreExplanation explanation, List<Double> silence) {
        List<String> row = new ArrayList<>(List.of(
                explanation.customerId(),
                Numbers.money(explanation.clv()),
                Numbers.money(explanation.averageClv()),
                Numbers.money(explanation.difference()),
                Numbers.count(explanation.rank().place()),
                Numbers.count(explanation.rank().customers()),
                Numbers.shortest(explanation.rank().below())));
        for (FactorContribution factor : explanation.factors()) {
            row.addAll(List.of(
                    Numbers.shortest(factor.value()),
                    Numbers.shortest(factor.average()),
                    Numbers.money(factor.contribution())));
        }
        add(row, Optional.of(explanation.spend()));
        add(row, explanation.purchaseRate());
        row.add(explanation
                .purchaseToday()
                .map(then -> Numbers.money(then.clv()))
                .orElse(""));
        for (int i = 0; i < silence.size(); i++) {
            row.add(
                    explanation.silence().isEmpty()
                            ? ""
                            : Numbers.money(explanation.silence().get(i).clv()));
        }
        return row;
    }

    private static void add(List<String> row, Optional<Shrinkage> shrinkage) {
        row.add(shrinkage.map(known -> text(known.own())).orElse(""));
        row.add(shrinkage.map(known -> text(known.population())).orElse(""));
        row.add(shrinkage.map(known -> Numbers.shortest(known.expected())).orElse(""));
        row.add(shrinkage.map(known -> text(known.weight())).orElse(""));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? Numbers.shortest(value.getAsDouble()) : "";
    }
}
