// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.equity.EquityAggregator;
import org.clv4j.core.explain.FactorContribution;
import org.clv4j.core.explain.ScoreExplainer;
import org.clv4j.core.explain.ScoreExplanation;
import org.clv4j.core.explain.ScoreFactor;
import org.clv4j.core.explain.ValueThen;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.clv4j.models.Cdnow;
import org.clv4j.models.attrition.BgBb;
import org.clv4j.models.attrition.BgNbd;
import org.clv4j.models.attrition.Nbd;
import org.clv4j.models.attrition.ParetoNbd;
import org.clv4j.models.historical.AverageOrderModel;
import org.clv4j.models.spend.GammaGamma;
import org.clv4j.models.spend.NormalSpend;
import org.junit.jupiter.api.Test;

class ScoreExplainerTest {

    private static final ParetoNbd.Fitted PARETO = ParetoNbd.Fitted.of(0.5533, 10.578, 0.6062, 11.669);
    private static final GammaGamma.Fitted SPEND = GammaGamma.Fitted.of(6.25, 3.744, 15.44);
    private static final ValuationTerms YEAR = terms("52", CashFlowTiming.AT_PURCHASE);

    private static ValuationTerms terms(String horizon, CashFlowTiming timing) {
        return ValuationTerms.of(Horizon.parse(horizon), DiscountRate.annual(0.15), Margin.of(0.3), timing);
    }

    private static TransactionSpendModel.Fitted model(FittedTransactionModel transactions, FittedSpendModel spend) {
        return TransactionSpendModel.Fitted.of(transactions, spend);
    }

    private static CustomerBase base(CustomerSummary... customers) {
        return CustomerBase.ofSummaries(List.of(customers), TimeScale.WEEKS);
    }

    private static final CustomerBase FOUR = base(
            CustomerSummary.of("often", 9, 36, 39, 40),
            CustomerSummary.of("once", 0, 0, 39),
            CustomerSummary.of("lapsed", 9, 10, 39, 30),
            CustomerSummary.of("today", 2, 20, 20, 35));

    private static BigDecimal sum(ScoreExplanation explanation) {
        return explanation.factors().stream()
                .map(FactorContribution::contribution)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void factorsMakeTheValueAndTheAverage() {
        ScoreExplainer explainer = ScoreExplainer.of(model(PARETO, SPEND), FOUR, YEAR);
        CustomerValues values = explainer.values();
        BigDecimal total =
                EquityAggregator.withDefaults().aggregate(values).total().futureValue();
        for (int row = 0; row < FOUR.size(); row++) {
            ScoreExplanation explanation = explainer.explain(FOUR.id(row));
            double product = 0.3;
            double averages = 0.3;
            for (FactorContribution factor : explanation.factors()) {
                product *= factor.value();
                averages *= factor.average();
            }
            assertThat(explanation.clv().doubleValue()).isCloseTo(values.futureValue(row), within(5e-7));
            assertThat(product).isCloseTo(values.futureValue(row), withinPercentage(1e-10));
            assertThat(explanation.averageClv())
                    .isEqualByComparingTo(total.divide(new BigDecimal(4)).setScale(6, RoundingMode.HALF_EVEN));
            assertThat(averages).isCloseTo(explanation.averageClv().doubleValue(), within(1e-6));
            assertThat(sum(explanation)).isEqualByComparingTo(explanation.difference());
        }
        ScoreExplanation lapsed = explainer.explain("lapsed");
        assertThat(lapsed.factor(ScoreFactor.PROBABILITY_ALIVE).contribution()).isNegative();
        assertThat(lapsed.factor(ScoreFactor.TRANSACTIONS_IF_ALIVE).contribution())
                .isPositive();
        assertThat(lapsed.factor(ScoreFactor.PROBABILITY_ALIVE).value())
                .isEqualTo(values.get(ValueColumn.PROBABILITY_ALIVE, 2));
    }

    @Property(tries = 4)
    void contributionsAddUpAndDoNotDependOnTheOrderOfTheCustomers(@ForAll long seed) {
        Random random = new Random(seed);
        List<CustomerSummary> customers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double age = 1 + random.nextInt(52);
            int frequency = random.nextInt(4) == 0 ? random.nextInt(30) : random.nextInt(3);
            double recency = frequency == 0 ? 0 : random.nextDouble() * age;
            customers.add(CustomerSummary.of(
                            "C" + i, frequency, recency, age, frequency == 0 ? 0 : Math.exp(4 * random.nextGaussian()))
                    .withWeight(1 + random.nextInt(3)));
        }
        List<CustomerSummary> reversed = new ArrayList<>(customers);
        Collections.reverse(reversed);
        ScoreExplainer explainer =
                ScoreExplainer.of(model(PARETO, SPEND), CustomerBase.ofSummaries(customers, TimeScale.WEEKS), YEAR);
        ScoreExplainer again =
                ScoreExplainer.of(model(PARETO, SPEND), CustomerBase.ofSummaries(reversed, TimeScale.WEEKS), YEAR);
        for (CustomerSummary customer : customers) {
            ScoreExplanation explanation = explainer.explain(customer.id());
            assertThat(sum(explanation)).isEqualByComparingTo(explanation.difference());
            assertThat(again.explain(customer.id())).isEqualTo(explanation);
            assertThat(explanation.summary()).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }

    @Test
    void estimatesLieBetweenOwnAndPopulation() {
        ScoreExplainer explainer = ScoreExplainer.of(model(PARETO, SPEND), FOUR, YEAR);
        ScoreExplanation often = explainer.explain("often");
        // Gamma-Gamma: the weight of the own mean is p x/(p x + q − 1), whatever the mean.
        assertThat(often.spend().weight().getAsDouble()).isCloseTo(6.25 * 9 / (6.25 * 9 + 2.744), within(1e-12));
        assertThat(often.spend().own()).hasValue(40);
        assertThat(often.spend().population()).hasValue(SPEND.expectedSpendOfNewCustomer());
        assertThat(often.purchaseRate().orElseThrow().own()).hasValue(9 / 39.0);
        assertThat(often.purchaseRate().orElseThrow().population().getAsDouble())
                .isCloseTo(0.5533 / 10.578, withinPercentage(1e-10));
        assertThat(often.purchaseRate().orElseThrow().weight().getAsDouble()).isBetween(0.5, 1.0);
        // Who left long ago bought faster while a customer than over the whole time.
        assertThat(explainer.explain("lapsed").purchaseRate().orElseThrow().weight())
                .isEmpty();
        assertThat(explainer.explain("once").spend().own()).isEmpty();
        assertThat(explainer.explain("once").spend().expected()).isEqualTo(SPEND.expectedSpendOfNewCustomer());

        // NBD has no leaving: (r + x)/(α + T), so that the own rate weighs T/(α + T).
        ScoreExplanation nbd = ScoreExplainer.of(model(Nbd.Fitted.of(0.385, 12.072), SPEND), FOUR, YEAR)
                .explain("often");
        nbd.purchaseRate()
                .ifPresent(rate -> assertThat(rate.weight().getAsDouble()).isCloseTo(39 / (12.072 + 39), within(1e-9)));
    }

    @Test
    void aPurchaseAndSilenceAreWhatTheModelSays() {
        for (ValuationTerms terms :
                List.of(YEAR, terms("infinite", CashFlowTiming.AT_PURCHASE), terms("26", CashFlowTiming.PERIOD_END))) {
            ScoreExplainer explainer = ScoreExplainer.of(model(PARETO, SPEND), FOUR, terms);
            ScoreExplanation lapsed = explainer.explain("lapsed");
            CustomerBase then = base(
                    CustomerSummary.of("a", 10, 39, 39, 30),
                    CustomerSummary.of("b", 9, 10, 39 + 13, 30),
                    CustomerSummary.of("c", 9, 10, 39 + 52, 30));
            CustomerValues values = model(PARETO, SPEND).value(then, terms);
            // The expected spend is that of nine purchases, as before.
            double spend = SPEND.expectedSpend(9, 30);
            ValueThen bought = lapsed.purchaseToday().orElseThrow();
            assertThat(bought.clv().doubleValue())
                    .isCloseTo(values.get(ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS, 0) * spend * 0.3, within(1e-6));
            assertThat(bought.change())
                    .isEqualByComparingTo(bought.clv().subtract(lapsed.clv()))
                    .isPositive();
            assertThat(bought.probabilityAlive()).isEqualTo(1);
            assertThat(lapsed.silence()).extracting(ValueThen::periods).containsExactly(13.0, 26.0, 52.0);
            assertThat(lapsed.silence().get(0).clv().doubleValue()).isCloseTo(values.futureValue(1), within(1e-6));
            assertThat(lapsed.silence().get(2).clv().doubleValue()).isCloseTo(values.futureValue(2), within(1e-6));
            assertThat(lapsed.silence()).extracting(ValueThen::change).allMatch(change -> change.signum() < 0);
            // At the expected amount a purchase does not change the expected spend.
            assertThat(SPEND.expectedSpend(10, (9 * 30 + spend) / 10)).isCloseTo(spend, within(1e-12));
        }
    }

    @Test
    void whoBoughtTodayCannotDoSoAgain() {
        ScoreExplanation today =
                ScoreExplainer.of(model(PARETO, SPEND), FOUR, YEAR).explain("today");
        assertThat(today.purchaseToday()).isEmpty();
        assertThat(today.silence()).hasSize(3);
        assertThat(today.warnings()).singleElement().asString().contains("bought on the last day already");
    }

    @Test
    void ranksByValue() {
        ScoreExplainer explainer = ScoreExplainer.of(model(PARETO, SPEND), FOUR, YEAR);
        assertThat(explainer.explain("often").rank().place()).isEqualTo(1);
        assertThat(explainer.explain("often").rank().below()).isEqualTo(0.75);
        assertThat(List.of("often", "once", "lapsed", "today"))
                .extracting(id -> explainer.explain(id).rank().place())
                .containsExactlyInAnyOrder(1.0, 2.0, 3.0, 4.0);
        assertThat(explainer.explain("once").rank().customers()).isEqualTo(4);
    }

    /** Margins can be losses: a normal spend model knows customers of less than nothing. */
    @Test
    void explainsLosses() {
        CustomerBase base = base(
                CustomerSummary.of("gain", 5, 30, 39, 40),
                CustomerSummary.of("loss", 5, 30, 39, -40),
                CustomerSummary.of("none", 5, 30, 39, 0));
        ScoreExplainer explainer = ScoreExplainer.of(model(PARETO, NormalSpend.Fitted.of(5, 20, 1)), base, YEAR);
        for (String id : List.of("gain", "loss", "none")) {
            ScoreExplanation explanation = explainer.explain(id);
            assertThat(sum(explanation)).isEqualByComparingTo(explanation.difference());
            // All buy alike.
            assertThat(explanation
                            .factor(ScoreFactor.PROBABILITY_ALIVE)
                            .contribution()
                            .abs())
                    .isLessThan(new BigDecimal("0.00001"));
        }
        assertThat(explainer.explain("loss").clv()).isNegative();
        assertThat(explainer.explain("loss").factor(ScoreFactor.EXPECTED_SPEND).contribution())
                .isNegative();
    }

    @Test
    void discreteModelsHaveTheirOwnTime() {
        CustomerBase base = base(CustomerSummary.of("a", 3, 4, 6, 10), CustomerSummary.of("b", 1, 2, 6, 12));
        ScoreExplanation a = ScoreExplainer.of(model(BgBb.Fitted.of(1.204, 0.750, 0.657, 2.783), SPEND), base, YEAR)
                .withSilence(List.of(1, 2))
                .explain("a");
        assertThat(a.purchaseToday()).isPresent();
        assertThat(a.silence()).hasSize(2);
    }

    @Test
    void readsInPlainWords() {
        String summary = ScoreExplainer.of(model(PARETO, SPEND), FOUR, YEAR)
                .withSilence(List.of(1))
                .explain("often")
                .summary();
        assertThat(summary)
                .startsWith("Customer often\nWorth ")
                .contains("the purchases of the next 52 weeks")
                .contains("chance of still being a customer")
                .contains("After a purchase today")
                .contains("After 1 more week without a purchase")
                .doesNotContain("CLV")
                .doesNotContain("DET");
    }

    @Test
    void refusesModelsWithoutFactors() {
        FittedClvModel average = AverageOrderModel.withDefaults().fit(FOUR);
        assertThatThrownBy(() -> ScoreExplainer.of(average, FOUR, YEAR))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("average-order");
        ScoreExplainer explainer = ScoreExplainer.of(model(PARETO, SPEND), FOUR, YEAR);
        assertThatThrownBy(() -> explainer.explain("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nobody'");
        assertThatThrownBy(() -> explainer.withSilence(List.of(0))).hasMessageContaining("`periods`");
        assertThatThrownBy(() -> ScoreExplainer.of(model(PARETO, SPEND), base(), YEAR))
                .hasMessageContaining("`base`");
    }

    @Test
    void explainsEveryCustomerOfCdnow() {
        CustomerBase base = Cdnow.sample();
        ScoreExplainer explainer =
                ScoreExplainer.of(model(BgNbd.Fitted.of(0.243, 4.414, 0.793, 2.426), SPEND), base, YEAR);
        for (int row = 0; row < base.size(); row += 100) {
            ScoreExplanation explanation = explainer.explain(base.id(row));
            assertThat(sum(explanation)).isEqualByComparingTo(explanation.difference());
            assertThat(explanation.date()).isPresent();
        }
    }
}
