// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.economics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a campaign earns that offers customers an incentive to stay (Blattberg, Kim and Neslin).
 *
 * <pre>
 * profit = N { [β γ + (1 − β) ψ Δ] CLV − c − [β γ + (1 − β) ψ] δ }
 * </pre>
 *
 * <p>Of the N customers contacted, a share β was about to leave, and of those the share γ is rescued, whose whole value is gained. Of the
 * others, who would have stayed, the share ψ takes the offer too, which changes their value by the fraction Δ. A contact costs c, and who
 * is rescued or takes the offer costs the incentive δ.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><th>symbol</th><th>method of the builder</th></tr>
 * <tr><td>N</td><td>{@link Builder#contacted(double)}</td></tr>
 * <tr><td>β</td><td>{@link Builder#churnShare(double)}</td></tr>
 * <tr><td>γ</td><td>{@link Builder#rescueRate(double)}</td></tr>
 * <tr><td>ψ</td><td>{@link Builder#takeUpRate(double)}</td></tr>
 * <tr><td>Δ</td><td>{@link Builder#valueChange(double)}</td></tr>
 * <tr><td>CLV</td><td>{@link Builder#customerValue(double)}</td></tr>
 * <tr><td>c</td><td>{@link Builder#contactCost(double)}</td></tr>
 * <tr><td>δ</td><td>{@link Builder#incentive(double)}</td></tr>
 * </table>
 *
 * <p>β is the accuracy of the model that chose whom to contact: the share of true leavers among them.
 *
 * <p>This class is immutable and thread-safe.
 *
 * <p>R. C. Blattberg, B.-D. Kim, S. A. Neslin, Database Marketing: Analyzing and Managing Customers, Springer (2008), chapter 24,
 * doi:10.1007/978-0-387-72579-6.
 */
public final class RetentionCampaign {

    /** A part of the profit formula. */
    public enum Lever {
        /** β, the share of customers contacted who were about to leave. */
        CHURN_SHARE,
        /** γ, the share of those who are rescued. */
        RESCUE_RATE,
        /** ψ, the share of customers who would have stayed and take the offer. */
        TAKE_UP_RATE,
        /** Δ, the relative change of the value of those. */
        VALUE_CHANGE,
        /** CLV, the value of a customer who stays. */
        CUSTOMER_VALUE,
        /** c, the cost of a contact. */
        CONTACT_COST,
        /** δ, the cost of an incentive. */
        INCENTIVE;

        /** Returns the name as {@code churn-share}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final double contacted;
    private final double beta;
    private final double gamma;
    private final double psi;
    private final double change;
    private final double value;
    private final double contactCost;
    private final double incentive;

    private RetentionCampaign(Builder builder) {
        contacted = required(builder.contacted, "contacted");
        beta = required(builder.churnShare, "churnShare");
        gamma = required(builder.rescueRate, "rescueRate");
        psi = required(builder.takeUpRate, "takeUpRate");
        change = required(builder.valueChange, "valueChange");
        value = required(builder.customerValue, "customerValue");
        contactCost = required(builder.contactCost, "contactCost");
        incentive = required(builder.incentive, "incentive");
        Ranges.finite(profit(), "profit");
    }

    private static double required(double value, String name) {
        if (Double.isNaN(value)) {
            throw new IllegalStateException("`" + name + "` must be stated");
        }
        return value;
    }

    /**
     * Starts a campaign; all eight figures have to be stated.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the profit of the campaign.
     *
     * @return the profit, negative for a loss
     */
    public double profit() {
        return contacted * profitPerContact();
    }

    /**
     * Returns the profit of a contact.
     *
     * @return the profit of the campaign over the number of customers contacted
     */
    public double profitPerContact() {
        return gainPerContact() - contactCost - incentivesPerContact() * incentive;
    }

    private double gainPerContact() {
        return (beta * gamma + (1 - beta) * psi * change) * value;
    }

    /** The probability that a contact ends with an incentive. */
    private double incentivesPerContact() {
        return beta * gamma + (1 - beta) * psi;
    }

    /**
     * Returns what the campaign gains before its costs, which is the most that it may cost: its break-even budget.
     *
     * @return N [β γ + (1 − β) ψ Δ] CLV
     */
    public double gain() {
        return contacted * gainPerContact();
    }

    /**
     * Returns what the campaign costs.
     *
     * @return contacts and incentives, N {c + [β γ + (1 − β) ψ] δ}
     */
    public double cost() {
        return contacted * (contactCost + incentivesPerContact() * incentive);
    }

    /**
     * Returns the contact cost at which the profit is 0.
     *
     * @return the highest cost of a contact without a loss; empty if there is a loss even without that cost
     */
    public OptionalDouble breakEvenContactCost() {
        return within(profitPerContact() + contactCost, Double.POSITIVE_INFINITY);
    }

    /**
     * Returns the incentive at which the profit is 0, if it brings in as many customers as the stated one.
     *
     * @return the highest incentive without a loss; empty if there is a loss even without it, or nobody takes it
     */
    public OptionalDouble breakEvenIncentive() {
        return within((gainPerContact() - contactCost) / incentivesPerContact(), Double.POSITIVE_INFINITY);
    }

    /**
     * Returns the share of would-be leavers among the customers contacted at which the profit is 0: how accurate the choice of whom to
     * contact has to be.
     *
     * @return the share; empty if no share in [0, 1] gives a profit of 0
     */
    public OptionalDouble breakEvenChurnShare() {
        return within((contactCost - psi * (change * value - incentive)) / marginalEffect(Lever.CHURN_SHARE), 1);
    }

    /**
     * Returns the rescue rate at which the profit is 0.
     *
     * @return the rate; empty if no rate in [0, 1] gives a profit of 0
     */
    public OptionalDouble breakEvenRescueRate() {
        double others = (1 - beta) * psi * (change * value - incentive);
        return within((contactCost - others) / marginalEffect(Lever.RESCUE_RATE), 1);
    }

    private static OptionalDouble within(double value, double most) {
        return value >= 0 && value <= most && Double.isFinite(value)
                ? OptionalDouble.of(value + 0.0)
                : OptionalDouble.empty();
    }

    /**
     * Returns by how much the profit of a contact changes if one part of the formula does by 1, the others as they are.
     *
     * @return the partial derivatives, in the order of the levers; unmodifiable
     */
    public Map<Lever, Double> marginalEffects() {
        Map<Lever, Double> effects = new EnumMap<>(Lever.class);
        for (Lever lever : Lever.values()) {
            effects.put(lever, marginalEffect(lever));
        }
        return Collections.unmodifiableMap(effects);
    }

    private double marginalEffect(Lever lever) {
        return switch (lever) {
            case CHURN_SHARE -> gamma * (value - incentive) - psi * (change * value - incentive);
            case RESCUE_RATE -> beta * (value - incentive);
            case TAKE_UP_RATE -> (1 - beta) * (change * value - incentive);
            case VALUE_CHANGE -> (1 - beta) * psi * value;
            case CUSTOMER_VALUE -> beta * gamma + (1 - beta) * psi * change;
            case CONTACT_COST -> -1;
            case INCENTIVE -> -incentivesPerContact();
        };
    }

    /** Collects the figures of a campaign. Not thread-safe. */
    public static final class Builder {

        private double contacted = Double.NaN;
        private double churnShare = Double.NaN;
        private double rescueRate = Double.NaN;
        private double takeUpRate = Double.NaN;
        private double valueChange = Double.NaN;
        private double customerValue = Double.NaN;
        private double contactCost = Double.NaN;
        private double incentive = Double.NaN;

        private Builder() {}

        /**
         * States how many customers are contacted.
         *
         * @param customers the number N; finite, at least 0
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder contacted(double customers) {
            contacted = Ranges.nonNegative(customers, "contacted");
            return this;
        }

        /**
         * States which share of them was about to leave.
         *
         * @param share β, in [0, 1]
         * @return this builder
         * @throws IllegalArgumentException if the share is out of range
         */
        public Builder churnShare(double share) {
            churnShare = Ranges.share(share, "churnShare");
            return this;
        }

        /**
         * States which share of those who were about to leave is rescued.
         *
         * @param rate γ, in [0, 1]
         * @return this builder
         * @throws IllegalArgumentException if the rate is out of range
         */
        public Builder rescueRate(double rate) {
            rescueRate = Ranges.share(rate, "rescueRate");
            return this;
        }

        /**
         * States which share of those who would have stayed takes the offer.
         *
         * @param rate ψ, in [0, 1]
         * @return this builder
         * @throws IllegalArgumentException if the rate is out of range
         */
        public Builder takeUpRate(double rate) {
            takeUpRate = Ranges.share(rate, "takeUpRate");
            return this;
        }

        /**
         * States by what fraction the value of those changes.
         *
         * @param fraction Δ, as 0.05 for 5 % more; finite, at least −1
         * @return this builder
         * @throws IllegalArgumentException if the fraction is out of range
         */
        public Builder valueChange(double fraction) {
            if (!(fraction >= -1 && fraction < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("`valueChange` must be finite and at least -1, but was " + fraction);
            }
            valueChange = fraction + 0.0;
            return this;
        }

        /**
         * States what a customer who stays is worth.
         *
         * @param value CLV; finite
         * @return this builder
         * @throws IllegalArgumentException if the value is not finite
         */
        public Builder customerValue(double value) {
            customerValue = Ranges.finite(value, "customerValue");
            return this;
        }

        /**
         * States what a contact costs.
         *
         * @param cost c; finite, at least 0
         * @return this builder
         * @throws IllegalArgumentException if the cost is out of range
         */
        public Builder contactCost(double cost) {
            contactCost = Ranges.nonNegative(cost, "contactCost");
            return this;
        }

        /**
         * States what an incentive costs that is taken.
         *
         * @param cost δ; finite, at least 0
         * @return this builder
         * @throws IllegalArgumentException if the cost is out of range
         */
        public Builder incentive(double cost) {
            incentive = Ranges.nonNegative(cost, "incentive");
            return this;
        }

        /**
         * Builds the campaign.
         *
         * @return the campaign
         * @throws IllegalStateException if a figure was not stated
         * @throws IllegalArgumentException if the profit is beyond what a double holds
         */
        public RetentionCampaign build() {
            return new RetentionCampaign(this);
        }
    }
}
