// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.clv4j.core.economics.RetentionCampaign.Lever;
import org.junit.jupiter.api.Test;

class RetentionCampaignTest {

    private static RetentionCampaign campaign(
            double beta, double gamma, double psi, double change, double value, double contactCost, double incentive) {
        return RetentionCampaign.builder()
                .contacted(1000)
                .churnShare(beta)
                .rescueRate(gamma)
                .takeUpRate(psi)
                .valueChange(change)
                .customerValue(value)
                .contactCost(contactCost)
                .incentive(incentive)
                .build();
    }

    @Test
    void profitByHand() {
        // Of 1,000, 200 are about to leave and 60 are rescued; of the 800 others 80 take the offer and gain 5 % of 300.
        RetentionCampaign campaign = campaign(0.2, 0.3, 0.1, 0.05, 300, 2, 25);
        assertThat(campaign.gain()).isCloseTo(60 * 300 + 80 * 15, within(1e-9));
        assertThat(campaign.cost()).isCloseTo(1000 * 2 + 140 * 25, within(1e-9));
        assertThat(campaign.profit()).isCloseTo(13_700, within(1e-9));
        assertThat(campaign.profitPerContact()).isCloseTo(13.7, within(1e-12));
        assertThat(campaign.breakEvenContactCost().orElseThrow()).isCloseTo(15.7, within(1e-12));
        assertThat(campaign.breakEvenIncentive().orElseThrow()).isCloseTo((19.2 - 2) / 0.14, within(1e-12));
    }

    @Property
    void atItsBreakEvenACampaignEarnsNothing(
            @ForAll @DoubleRange(max = 1) double beta,
            @ForAll @DoubleRange(max = 1) double gamma,
            @ForAll @DoubleRange(max = 1) double psi,
            @ForAll @DoubleRange(min = -0.5, max = 0.5) double change,
            @ForAll @DoubleRange(max = 500) double value,
            @ForAll @DoubleRange(max = 20) double contactCost,
            @ForAll @DoubleRange(max = 100) double incentive) {
        RetentionCampaign campaign = campaign(beta, gamma, psi, change, value, contactCost, incentive);
        assertThat(campaign.profit()).isCloseTo(campaign.gain() - campaign.cost(), within(1e-8));
        campaign.breakEvenContactCost()
                .ifPresent(c -> assertEarnsNothing(campaign(beta, gamma, psi, change, value, c, incentive)));
        campaign.breakEvenChurnShare()
                .ifPresent(b -> assertEarnsNothing(campaign(b, gamma, psi, change, value, contactCost, incentive)));
        campaign.breakEvenRescueRate()
                .ifPresent(g -> assertEarnsNothing(campaign(beta, g, psi, change, value, contactCost, incentive)));
        OptionalDouble highest = campaign.breakEvenIncentive();
        if (highest.isPresent() && highest.getAsDouble() < 1e6) {
            assertEarnsNothing(campaign(beta, gamma, psi, change, value, contactCost, highest.getAsDouble()));
        }
        if (campaign.profitPerContact() > 1e-9) {
            assertThat(campaign.breakEvenContactCost().orElseThrow()).isGreaterThan(contactCost);
        }
    }

    private static void assertEarnsNothing(RetentionCampaign campaign) {
        assertThat(campaign.profitPerContact()).isCloseTo(0, within(1e-7));
    }

    @Property
    void marginalEffectsAreDerivatives(
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double beta,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double gamma,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double psi,
            @ForAll @DoubleRange(min = -0.5, max = 0.5) double change) {
        Map<Lever, Double> effects =
                campaign(beta, gamma, psi, change, 300, 2, 25).marginalEffects();
        double[] at = {beta, gamma, psi, change, 300, 2, 25};
        assertThat(effects.keySet()).containsExactly(Lever.values());
        int i = 0;
        for (Lever lever : Lever.values()) {
            double step = 0.01;
            double[] up = at.clone();
            up[i] += step;
            double[] down = at.clone();
            down[i] -= step;
            assertThat(effects.get(lever))
                    .as(lever.toString())
                    .isCloseTo((of(up).profitPerContact() - of(down).profitPerContact()) / (2 * step), within(1e-8));
            i++;
        }
    }

    private static RetentionCampaign of(double[] figures) {
        return campaign(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6]);
    }

    @Test
    void noCostIsLowEnoughForACampaignThatGivesMoreThanItGains() {
        RetentionCampaign campaign = campaign(0.01, 0.1, 0.9, 0, 300, 2, 25);
        assertThat(campaign.profit()).isNegative();
        assertThat(campaign.breakEvenContactCost()).isEmpty();
        assertThat(campaign.breakEvenIncentive()).isEmpty();
        assertThat(campaign.breakEvenRescueRate()).isEmpty();
        assertThat(campaign.breakEvenChurnShare()).hasValueCloseTo(24.5 / 50, within(1e-12));
        assertThat(campaign(0, 0, 0, 0, 0, 0, 0).breakEvenIncentive()).isEmpty();
        assertThat(campaign(0, 0.3, 0, 0, 300, 1, 25).breakEvenRescueRate()).isEmpty();
    }

    @Test
    void everyFigureIsStatedAndInRange() {
        assertThatThrownBy(() -> RetentionCampaign.builder().contacted(5).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("churnShare");
        RetentionCampaign.Builder builder = RetentionCampaign.builder();
        assertThatThrownBy(() -> builder.contacted(-1)).hasMessageContaining("contacted");
        assertThatThrownBy(() -> builder.churnShare(1.1)).hasMessageContaining("churnShare");
        assertThatThrownBy(() -> builder.rescueRate(Double.NaN)).hasMessageContaining("rescueRate");
        assertThatThrownBy(() -> builder.takeUpRate(-0.1)).hasMessageContaining("takeUpRate");
        assertThatThrownBy(() -> builder.valueChange(-1.1)).hasMessageContaining("valueChange");
        assertThatThrownBy(() -> builder.customerValue(Double.NaN)).hasMessageContaining("customerValue");
        assertThatThrownBy(() -> builder.contactCost(-1)).hasMessageContaining("contactCost");
        assertThatThrownBy(() -> builder.incentive(Double.POSITIVE_INFINITY)).hasMessageContaining("incentive");
        assertThatThrownBy(() -> campaign(1, 1, 1, 1, 1e308, 1, 1)).hasMessageContaining("profit");
        assertThat(Lever.CHURN_SHARE).hasToString("churn-share");
    }
}
