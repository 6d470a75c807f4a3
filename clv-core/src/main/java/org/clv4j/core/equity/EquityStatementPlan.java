// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.segment.Segmentations;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EquityStatement} counts beside the current value and the repeat purchases of existing customers.
 *
 * <ul>
 *   <li>Growth g of revenue a year: the value at the discount rate d' with 1 + d' = (1 + d)/(1 + g), less that at d.
 *   <li>Products: a customer takes one at a constant rate h a period, and then each order brings m more: m × (DET(δ) − DET(δ + h)), with DET
 *       the discounted expected orders at the continuous rate δ.
 *   <li>Referral: orders bring new customers ({@link ReferralProgramme}). Who comes within a period is worth the mean of what one is worth who
 *       comes at its begin and at its end.
 *   <li>Cohorts: a new customer is worth margin × (expected first purchase + discounted expected repeat purchases × expected amount), over
 *       what is left of the horizon when she comes, discounted to today. Cohorts come without a referral.
 *   <li>Service: a cost of each customer and period to the end of the horizon, and a cost of each order. It is paid for everybody, since
 *       nobody knows who has left; for those who come, from then on.
 * </ul>
 *
 * <p>Growth acts on repeat purchases of existing customers alone; a new customer's value has no expansion and no referrals of her own.
 * Under a timing by period, flows of a customer who is yet to come pay by her own periods, and her first purchase at once.
 *
 * <p>Any model gives current value, repeat purchases, growth, acquisition cost and the service cost of a period. All else takes orders,
 * which only a {@link org.clv4j.core.model.TransactionSpendModel.Fitted} has: with another model it is refused.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class EquityStatementPlan {

    private static final EquityStatementPlan DEFAULTS =
            new EquityStatementPlan(0, List.of(), null, List.of(), 0, 0, null, List.of());

    private final double growth;
    private final List<ProductOffer> products;
    private final @Nullable ReferralProgramme referrals;
    private final List<PlannedCohort> cohorts;
    private final double periodCost;
    private final double orderCost;
    private final @Nullable Margin realisedMargin;
    private final List<List<Segmentation>> breakdowns;

    private EquityStatementPlan(
            double growth,
            List<ProductOffer> products,
            @Nullable ReferralProgramme referrals,
            List<PlannedCohort> cohorts,
            double periodCost,
            double orderCost,
            @Nullable Margin realisedMargin,
            List<List<Segmentation>> breakdowns) {
        this.growth = growth;
        this.products = List.copyOf(products);
        this.referrals = referrals;
        this.cohorts = List.copyOf(cohorts);
        this.periodCost = periodCost;
        this.orderCost = orderCost;
        this.realisedMargin = realisedMargin;
        this.breakdowns = List.copyOf(breakdowns);
    }

    /**
     * Returns a plan of existing customers who go on as they do: no expansion, no referral, no cohorts, no service cost.
     *
     * @return the plan
     */
    public static EquityStatementPlan withDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy in which the revenue of existing customers grows.
     *
     * @param annual g, the growth a year, as 0.02 for 2 %; finite, above −1. Over an infinite horizon it must be below the discount rate
     * @return the copy
     * @throws IllegalArgumentException if the growth is out of its range
     */
    public EquityStatementPlan withGrowth(double annual) {
        if (!(annual > -1 && annual < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("`annual` must be finite and above -1, but was " + annual);
        }
        return new EquityStatementPlan(
                annual, products, referrals, cohorts, periodCost, orderCost, realisedMargin, breakdowns);
    }

    /**
     * Returns a copy with one more product.
     *
     * @param product the product
     * @return the copy
     */
    public EquityStatementPlan withProduct(ProductOffer product) {
        return new EquityStatementPlan(
                growth, with(products, product), referrals, cohorts, periodCost, orderCost, realisedMargin, breakdowns);
    }

    /**
     * Returns a copy in which customers refer others.
     *
     * @param programme how they do
     * @return the copy
     */
    public EquityStatementPlan withReferrals(ReferralProgramme programme) {
        Objects.requireNonNull(programme, "programme");
        return new EquityStatementPlan(
                growth, products, programme, cohorts, periodCost, orderCost, realisedMargin, breakdowns);
    }

    /**
     * Returns a copy with one more cohort of future customers.
     *
     * @param cohort the cohort
     * @return the copy
     */
    public EquityStatementPlan withCohort(PlannedCohort cohort) {
        return new EquityStatementPlan(
                growth, products, referrals, with(cohorts, cohort), periodCost, orderCost, realisedMargin, breakdowns);
    }

    /**
     * Returns a copy with costs of keeping and serving customers, in place of any before.
     *
     * @param perPeriod what a customer costs a period, to the end of the horizon; finite, at least 0
     * @param perOrder what an order costs beyond what the margin covers; finite, at least 0
     * @return the copy
     * @throws IllegalArgumentException if a cost is out of its range
     */
    public EquityStatementPlan withServiceCost(double perPeriod, double perOrder) {
        StatementChecks.nonNegative(perPeriod, "perPeriod");
        StatementChecks.nonNegative(perOrder, "perOrder");
        return new EquityStatementPlan(
                growth, products, referrals, cohorts, perPeriod, perOrder, realisedMargin, breakdowns);
    }

    /**
     * Returns a copy in which the margin of the past, where the cost of a transaction is not known, is not that of the terms.
     *
     * @param margin the margin on realised revenue
     * @return the copy
     */
    public EquityStatementPlan withRealisedMargin(Margin margin) {
        Objects.requireNonNull(margin, "margin");
        return new EquityStatementPlan(growth, products, referrals, cohorts, periodCost, orderCost, margin, breakdowns);
    }

    /**
     * Returns a copy with one more breakdown. Several dimensions make one segment of each combination of their values.
     *
     * @param dimensions the names of attributes of customers, or of cohorts; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is no dimension
     */
    public EquityStatementPlan withBreakdown(List<String> dimensions) {
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("`dimensions` must name at least one attribute, but was empty");
        }
        return withSegmentations(
                dimensions.stream().map(Segmentations::attribute).toList());
    }

    /**
     * Returns a copy with one more breakdown, by segmentations; several of them make one segment of each combination. A future cohort is in
     * the segment that its attribute of the segmentation's name says.
     *
     * @param segmentations what makes the segments; at least one
     * @return the copy
     * @throws IllegalArgumentException if there is none
     */
    public EquityStatementPlan withSegmentations(List<? extends Segmentation> segmentations) {
        if (segmentations.isEmpty()) {
            throw new IllegalArgumentException("`segmentations` must hold at least one, but was empty");
        }
        return new EquityStatementPlan(
                growth,
                products,
                referrals,
                cohorts,
                periodCost,
                orderCost,
                realisedMargin,
                with(breakdowns, List.copyOf(segmentations)));
    }

    /**
     * Returns a copy for a scenario, in which amounts of products, and the acquisition costs of cohorts and referrals, are other ones.
     *
     * @param revenue what the revenue and the contribution of products are multiplied by; finite, above 0
     * @param margin what the contribution of products is multiplied by besides; finite, above 0
     * @param acquisitionCost what acquisition costs, also saved ones, are multiplied by; finite, above 0
     * @return the copy
     * @throws IllegalArgumentException if a factor is out of its range
     */
    public EquityStatementPlan scaled(double revenue, double margin, double acquisitionCost) {
        StatementChecks.positive(revenue, "revenue");
        StatementChecks.positive(margin, "margin");
        StatementChecks.positive(acquisitionCost, "acquisitionCost");
        return new EquityStatementPlan(
                growth,
                products.stream()
                        .map(offer -> new ProductOffer(
                                offer.name(),
                                offer.adoptionRate(),
                                offer.revenue() * revenue,
                                offer.contribution() * revenue * margin))
                        .toList(),
                referrals == null
                        ? null
                        : new ReferralProgramme(
                                referrals.referredPerOrder(),
                                referrals.typeOneShare(),
                                referrals.savedAcquisitionCost() * acquisitionCost,
                                referrals.attributes()),
                cohorts.stream()
                        .map(cohort -> new PlannedCohort(
                                cohort.start(),
                                cohort.customers(),
                                cohort.acquisitionCost() * acquisitionCost,
                                cohort.attributes()))
                        .toList(),
                periodCost,
                orderCost,
                realisedMargin,
                breakdowns);
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(Objects.requireNonNull(more));
        return longer;
    }

    /**
     * Returns the growth of the revenue of existing customers.
     *
     * @return g a year; 0 if there is none
     */
    public double growth() {
        return growth;
    }

    /**
     * Returns the products that existing customers may take.
     *
     * @return the products, unmodifiable
     */
    public List<ProductOffer> products() {
        return products;
    }

    /**
     * Returns how customers refer others.
     *
     * @return the programme; empty if they do not
     */
    public Optional<ReferralProgramme> referrals() {
        return Optional.ofNullable(referrals);
    }

    /**
     * Returns the future cohorts.
     *
     * @return the cohorts, unmodifiable
     */
    public List<PlannedCohort> cohorts() {
        return cohorts;
    }

    /**
     * Returns what a customer costs a period.
     *
     * @return the cost, at least 0
     */
    public double periodCost() {
        return periodCost;
    }

    /**
     * Returns what an order costs beyond what the margin covers.
     *
     * @return the cost, at least 0
     */
    public double orderCost() {
        return orderCost;
    }

    /**
     * Returns the margin on realised revenue.
     *
     * @return the margin; empty if it is that of the terms
     */
    public Optional<Margin> realisedMargin() {
        return Optional.ofNullable(realisedMargin);
    }

    /**
     * Returns the breakdowns.
     *
     * @return the dimensions of each; unmodifiable
     */
    public List<List<String>> breakdowns() {
        return breakdowns.stream().map(SegmentIndex::names).toList();
    }

    List<List<Segmentation>> segmentations() {
        return breakdowns;
    }

    /**
     * Makes the statement.
     *
     * @param model the fitted model
     * @param base the customers
     * @param terms the terms of the valuation
     * @return the statement
     * @throws IllegalArgumentException if growth leaves no discount over an infinite horizon, a cohort comes after the horizon, or nobody has a
     *     dimension of a breakdown
     * @throws org.clv4j.core.model.ModelException if the plan takes orders, which the model does not have, or the model cannot value under these
     *     terms
     */
    public EquityStatement state(FittedClvModel model, CustomerBase base, ValuationTerms terms) {
        return state(model, base, terms, Execution.sequential());
    }

    /**
     * Makes the statement, on threads and with progress as told.
     *
     * @param model the fitted model
     * @param base the customers
     * @param terms the terms of the valuation
     * @param execution how the work is run; the result does not depend on it
     * @return the statement
     * @throws IllegalArgumentException if growth leaves no discount over an infinite horizon, a cohort comes after the horizon, or nobody has a
     *     dimension of a breakdown
     * @throws org.clv4j.core.model.ModelException if the plan takes orders, which the model does not have, or the model cannot value under these
     *     terms
     */
    public EquityStatement state(FittedClvModel model, CustomerBase base, ValuationTerms terms, Execution execution) {
        return new EquityStatementCalculation(this, model, base, terms, execution).run();
    }
}
