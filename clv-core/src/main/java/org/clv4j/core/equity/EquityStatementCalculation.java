// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.model.CovariateDependent;
import org.clv4j.core.model.Execution;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.MixedModel;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.jspecify.annotations.Nullable;

/** One statement: the columns of the customers, line by line, and their sums. */
final class EquityStatementCalculation {

    private final EquityStatementPlan plan;
    private final FittedClvModel model;
    private final ValuationTerms terms;
    private final Execution execution;
    private final double rate;
    private final double margin;
    private final double growth;
    private final TreeSet<String> warnings = new TreeSet<>();
    private final TransactionSpendModel.@Nullable Fitted orders;

    private CustomerBase base;
    private final List<StatementSums> sums = new ArrayList<>();
    private final List<Map<List<String>, StatementSums>> segments = new ArrayList<>();
    private StatementSums[][] sumsOfRow = new StatementSums[0][];

    EquityStatementCalculation(
            EquityStatementPlan plan,
            FittedClvModel model,
            CustomerBase base,
            ValuationTerms terms,
            Execution execution) {
        this.plan = plan;
        this.model = model;
        this.base = base;
        this.terms = terms;
        this.execution = execution;
        this.rate = terms.continuousRate(base.timeScale());
        this.margin = terms.margin().fraction();
        this.growth = Math.log1p(plan.growth()) / periodsPerYear();
        this.orders = model instanceof TransactionSpendModel.Fitted fitted ? fitted : null;
        if (terms.horizon().isInfinite() && !(rate - growth > 0)) {
            throw new IllegalArgumentException("`growth` must be below the discount rate, which is "
                    + terms.discountRate() + ", for an infinite horizon, but was " + plan.growth());
        }
        for (PlannedCohort cohort : plan.cohorts()) {
            if (!terms.horizon().isInfinite()
                    && !(cohort.start() < terms.horizon().periods())) {
                throw new IllegalArgumentException("`start` of a cohort must be before the end of the horizon, "
                        + terms.horizon() + " " + base.timeScale() + ", but was " + cohort.start());
            }
        }
        if (orders == null
                && (!plan.products().isEmpty()
                        || plan.referrals().isPresent()
                        || !plan.cohorts().isEmpty()
                        || plan.orderCost() > 0)) {
            throw new ModelException(
                    "products, referrals, cohorts and a cost an order take orders and amounts, which the model "
                            + model.name() + " does not have; use a TransactionSpendModel");
        }
    }

    private double periodsPerYear() {
        return terms.periodsPerYear().orElse(base.timeScale().periodsPerYear());
    }

    EquityStatement run() {
        if (orders == null) {
            addValues();
        } else {
            addOrders(orders);
        }
        addPeriodCost();
        List<EquityStatementBreakdown> breakdowns = new ArrayList<>();
        for (int b = 0; b < segments.size(); b++) {
            List<EquityStatementPart> parts = new ArrayList<>();
            segments.get(b).forEach((labels, of) -> parts.add(of.toPart(labels)));
            breakdowns.add(new EquityStatementBreakdown(plan.breakdowns().get(b), parts));
        }
        return new EquityStatement(
                model.name(), terms, base, sums.get(0).toPart(List.of()), breakdowns, List.copyOf(warnings));
    }

    /** Opens the sums of the total and of the segments, and adds what is known and realised. */
    private void addCustomers(CustomerValues values) {
        base = values.base();
        warnings.addAll(values.warnings());
        if (!base.hasRealisedTotals()) {
            warnings.add(
                    "current value counts repeat purchases only: the customers came as summaries, which leave out the"
                            + " first purchase");
        }
        StatementSums total = new StatementSums();
        sums.add(total);
        List<BreakdownLabels> labels = new ArrayList<>();
        for (List<Segmentation> dimensions : plan.segmentations()) {
            dimensions.forEach(this::requireKnown);
            segments.add(new TreeMap<>(SegmentIndex.order(dimensions)));
            labels.add(BreakdownLabels.of(base, dimensions));
        }
        sumsOfRow = new StatementSums[base.size()][];
        for (int row = 0; row < base.size(); row++) {
            StatementSums[] own = new StatementSums[segments.size() + 1];
            own[0] = total;
            for (int b = 0; b < segments.size(); b++) {
                own[b + 1] = segment(b, labels.get(b).of(row));
            }
            sumsOfRow[row] = own;
            for (StatementSums of : own) {
                of.addCustomer(base, row, values.currentValue(row));
            }
        }
    }

    private StatementSums segment(int breakdown, List<String> labels) {
        return segments.get(breakdown).computeIfAbsent(labels, unused -> new StatementSums());
    }

    private void requireKnown(Segmentation dimension) {
        BreakdownLabels.requireKnown(dimension, base, plan.cohorts().stream().anyMatch(cohort -> cohort.attributes()
                .containsKey(dimension.name())));
    }

    private void add(EquityStatementLine line, int row, double revenue, double contribution) {
        requireFinite(revenue, line, row);
        requireFinite(contribution, line, row);
        for (StatementSums of : sumsOfRow[row]) {
            of.add(line, revenue, contribution, base.weight(row));
        }
    }

    private void requireFinite(double amount, EquityStatementLine line, int row) {
        if (!Double.isFinite(amount)) {
            throw new ModelException("the line " + line.title() + " is " + amount + " for customer " + base.id(row)
                    + ", with the model " + model.name());
        }
    }

    private Margin realisedMargin() {
        return plan.realisedMargin().orElse(terms.margin());
    }

    /** The lines of a model that has values and nothing else. A margin of 1 values revenue. */
    private void addValues() {
        CustomerValues values = model.value(base, terms, execution);
        addCustomers(
                plan.realisedMargin().isEmpty() ? values : withRealisedMargin(values.column(ValueColumn.CLV), values));
        double[] contribution = values.column(ValueColumn.CLV);
        double[] revenue = revenue(terms);
        for (int row = 0; row < base.size(); row++) {
            add(EquityStatementLine.REPEAT, row, revenue[row], contribution[row]);
        }
        if (plan.growth() == 0) {
            return;
        }
        if (rate - growth < 0) {
            throw new ModelException("growth above the discount rate takes orders, which the model " + model.name()
                    + " does not have; use a TransactionSpendModel");
        }
        ValuationTerms grown = FutureOrders.atRate(terms, rate - growth, periodsPerYear());
        double[] grownContribution =
                model.value(values.base(), grown, execution).column(ValueColumn.CLV);
        double[] grownRevenue = revenue(grown);
        for (int row = 0; row < base.size(); row++) {
            add(
                    EquityStatementLine.GROWTH,
                    row,
                    grownRevenue[row] - revenue[row],
                    grownContribution[row] - contribution[row]);
        }
    }

    private double[] revenue(ValuationTerms at) {
        ValuationTerms ofRevenue = ValuationTerms.of(at.horizon(), at.discountRate(), Margin.ofRevenue(), at.timing());
        return model.value(base, ofRevenue.withPeriodsPerYear(periodsPerYear()), execution)
                .column(ValueColumn.CLV);
    }

    private CustomerValues withRealisedMargin(double[] clv, CustomerValues values) {
        ValuationTerms ofPast =
                ValuationTerms.of(terms.horizon(), terms.discountRate(), realisedMargin(), terms.timing());
        return CustomerValues.builder(values.model(), values.base(), ofPast)
                .column(ValueColumn.CLV, clv)
                .warnings(values.warnings())
                .build();
    }

    private void addOrders(TransactionSpendModel.Fitted fitted) {
        MixedModel.requireNoContracts(base);
        fitted.transactions().requireTimeScale(base);
        List<String> ofFit = new ArrayList<>();
        for (FitReport report : fitted.reports()) {
            report.warnings().forEach(warning -> ofFit.add(report.model() + ": " + warning.message()));
        }
        CustomerValues past = CustomerValues.builder(model.name(), base, terms)
                .column(ValueColumn.CLV, new double[base.size()])
                .warnings(ofFit)
                .build();
        addCustomers(withRealisedMargin(new double[base.size()], past));
        FutureOrders future = new FutureOrders(fitted.transactions(), base, terms, execution);
        double[] spend = new double[base.size()];
        execution.fill("computing " + ValueColumn.EXPECTED_SPEND, spend, (from, to, out) -> fitted.spend()
                .expectedSpendInto(base, from, to, out));
        double[] discounted = future.discounted();
        for (int row = 0; row < base.size(); row++) {
            // In the order in which the model's own value multiplies, so that the bits are the same.
            add(EquityStatementLine.REPEAT, row, spend[row] * discounted[row], spend[row] * (discounted[row] * margin));
        }
        if (plan.growth() != 0) {
            double[] grown = future.grown(growth);
            for (int row = 0; row < base.size(); row++) {
                double more = spend[row] * (grown[row] - discounted[row]);
                add(EquityStatementLine.GROWTH, row, more, more * margin);
            }
        }
        for (ProductOffer product : plan.products()) {
            double[] without = future.before(product.adoptionRate());
            for (int row = 0; row < base.size(); row++) {
                double with = discounted[row] - without[row];
                add(EquityStatementLine.PRODUCTS, row, with * product.revenue(), with * product.contribution());
            }
        }
        if (plan.orderCost() > 0) {
            for (int row = 0; row < base.size(); row++) {
                add(EquityStatementLine.SERVICE_COST, row, 0, -plan.orderCost() * discounted[row]);
            }
        }
        plan.referrals().ifPresent(programme -> addReferrals(fitted, programme, future, discounted));
        for (PlannedCohort cohort : plan.cohorts()) {
            addCohort(fitted, cohort);
        }
    }

    /** A customer who is yet to come: what she is worth and what she costs over what is left of the horizon when she comes. */
    private final class Newcomer {
        private final FutureOrders orders;
        private final double amount;

        Newcomer(TransactionSpendModel.Fitted fitted, Map<String, String> attributes) {
            if (fitted.transactions() instanceof CovariateDependent dependent) {
                // Refuses a profile that lacks a covariate, in words that fit.
                dependent.ofProfile(attributes);
            }
            CustomerBase one = CustomerBase.ofSummaries(
                    List.of(CustomerSummary.of("new customer", 0, 0, 0).withAttributes(attributes)), base.timeScale());
            orders = new FutureOrders(fitted.transactions(), one, terms, Execution.sequential());
            amount = fitted.spend().expectedSpendOfNewCustomer();
        }

        /** The first purchase is made at once, so that it is not discounted. */
        double orders(double remaining) {
            return 1 + orders.over(remaining);
        }

        double revenue(double remaining) {
            return amount * orders(remaining);
        }

        double cost(double remaining) {
            return plan.periodCost() * FutureOrders.annuity(terms, rate, remaining)
                    + plan.orderCost() * orders(remaining);
        }
    }

    private void addReferrals(
            TransactionSpendModel.Fitted fitted,
            ReferralProgramme programme,
            FutureOrders future,
            double[] discounted) {
        double typeOne = programme.referredPerOrder() * programme.typeOneShare();
        double saved = programme.referredPerOrder() * programme.savedAcquisitionCost();
        if (typeOne == 0) {
            for (int row = 0; row < base.size(); row++) {
                add(EquityStatementLine.REFERRAL, row, 0, saved * discounted[row]);
            }
            return;
        }
        Newcomer newcomer = new Newcomer(fitted, programme.attributes());
        double[] revenue = future.weighted(newcomer::revenue);
        boolean costs = plan.periodCost() > 0 || plan.orderCost() > 0;
        double[] cost = costs ? future.weighted(newcomer::cost) : new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            double ofReferred = typeOne * revenue[row];
            add(EquityStatementLine.REFERRAL, row, ofReferred, ofReferred * margin + saved * discounted[row]);
            add(EquityStatementLine.SERVICE_COST, row, 0, -typeOne * cost[row]);
        }
    }

    private void addCohort(TransactionSpendModel.Fitted fitted, PlannedCohort cohort) {
        Newcomer newcomer = new Newcomer(fitted, cohort.attributes());
        double remaining = terms.horizon().isInfinite()
                ? Double.POSITIVE_INFINITY
                : terms.horizon().periods() - cohort.start();
        double today = Math.exp(-rate * cohort.start());
        double revenue = today * newcomer.revenue(remaining);
        double service = today * newcomer.cost(remaining);
        List<StatementSums> own = new ArrayList<>(sums);
        for (int b = 0; b < segments.size(); b++) {
            List<String> labels = new ArrayList<>();
            for (String dimension : plan.breakdowns().get(b)) {
                labels.add(cohort.attributes().getOrDefault(dimension, Segmentation.UNKNOWN));
            }
            own.add(segment(b, labels));
        }
        for (StatementSums of : own) {
            of.addFutureCustomers(cohort.customers());
            of.add(EquityStatementLine.FUTURE_COHORTS, revenue, revenue * margin, cohort.customers());
            of.add(EquityStatementLine.COHORT_SERVICE_COST, 0, -service, cohort.customers());
            of.add(
                    EquityStatementLine.COHORT_ACQUISITION_COST,
                    0,
                    -today * cohort.acquisitionCost(),
                    cohort.customers());
        }
    }

    private void addPeriodCost() {
        if (plan.periodCost() == 0) {
            return;
        }
        double cost = plan.periodCost()
                * FutureOrders.annuity(
                        terms,
                        rate,
                        terms.horizon().isInfinite()
                                ? Double.POSITIVE_INFINITY
                                : terms.horizon().periods());
        for (int row = 0; row < base.size(); row++) {
            add(EquityStatementLine.SERVICE_COST, row, 0, -cost);
        }
    }
}
