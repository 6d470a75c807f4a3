// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.explain.FactorContribution;
import org.clv4j.core.explain.ScoreExplainer;
import org.clv4j.core.explain.ScoreExplanation;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.spend.GammaGamma;
import org.junit.jupiter.api.Test;

/** The examples of docs/explanation.md. */
class ExplanationExamplesTest {

    private static final CustomerBase BASE =
            CustomerBase.of(Shop.log(1000), Observation.untilIso("2024-12-31"), TimeScale.WEEKS);
    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE);

    private static ScoreExplainer explainer() {
        CustomerBase base = BASE;
        ValuationTerms terms = TERMS;
        // snippet:explainer
        TransactionSpendModel.Fitted model = TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults())
                .fit(base);
        ScoreExplainer explainer = ScoreExplainer.of(model, base, terms);
        // end
        return explainer;
    }

    @Test
    void inWords() {
        Console.assertPrints("explanation-words.txt", () -> {
            ScoreExplainer explainer = explainer();
            // snippet:words
            System.out.print(explainer.explain("C69").summary());
            // end
        });
    }

    @Test
    void inFigures() {
        Console.assertPrints("explanation-figures.txt", () -> {
            ScoreExplainer explainer = explainer();
            // snippet:figures
            ScoreExplanation explanation = explainer.explain("C69");
            BigDecimal sum = BigDecimal.ZERO;
            for (FactorContribution factor : explanation.factors()) {
                System.out.printf(
                        "%-22s %.4f beside %.4f: %s%n",
                        factor.factor(), factor.value(), factor.average(), factor.contribution());
                sum = sum.add(factor.contribution());
            }
            System.out.println(explanation.clv() + " - " + explanation.averageClv() + " = " + sum);
            // end
            assertThat(sum).isEqualTo(explanation.difference());
        });
    }
}
