// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.List;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.ClvModel;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedClvModel;
import org.clv4j.core.model.TransactionSpendModel;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/** A composition of correct models passes the contract of models of value. */
class SimpleClvContractTest extends ClvModelContract {

    /** A way of being wrong. */
    enum Fault {
        NONE,
        VALUES_ANOTHER_BASE,
        FORGETS_TERMS,
        FORGETS_NAME,
        NEGATIVE,
        SPEND_TWICE,
        DEPENDS_ON_FIRST_ROW,
        IGNORES_MARGIN,
        FALLS_WITH_HORIZON,
        GROWS_WITH_RATE,
        MIXES_UP_TIMING,
        ENDLESS_IS_TOO_SMALL,
        TAKES_ANY_UNIT,
        DIFFERS_BY_FIT,
        BREAKS_ON_NO_CUSTOMERS,
        BREAKS_ON_POOR_DATA
    }

    /** Another test puts broken models here. */
    Fault fault = Fault.NONE;

    private int fits;

    @Override
    protected ClvModel model() {
        TransactionSpendModel model = TransactionSpendModel.of(
                new SimpleNbd(SimpleNbd.Fault.NONE).model(), new SimpleSpend(SimpleSpend.Fault.NONE).model());
        if (fault == Fault.NONE) {
            return model;
        }
        return base -> {
            if (fault == Fault.BREAKS_ON_POOR_DATA && base.size() < 50) {
                throw new ArithmeticException("/ by zero");
            }
            int fit;
            synchronized (this) {
                fit = fits++;
            }
            return new Broken(model.fit(base), fit);
        };
    }

    /** A correct model with a fault put on its answers. */
    private final class Broken implements FittedClvModel {
        private final FittedClvModel model;
        private final int fit;

        Broken(FittedClvModel model, int fit) {
            this.model = model;
            this.fit = fit;
        }

        @Override
        public String name() {
            return fault == Fault.FORGETS_NAME ? "" : model.name();
        }

        @Override
        public List<FitReport> reports() {
            return model.reports();
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            if (fault == Fault.BREAKS_ON_NO_CUSTOMERS && base.size() == 0) {
                throw new IllegalStateException("no customers");
            }
            CustomerBase valued = base;
            if (fault == Fault.VALUES_ANOTHER_BASE) {
                valued = Bases.shuffled(base);
            }
            if (fault == Fault.TAKES_ANY_UNIT) {
                valued = CustomerBase.ofSummaries(
                        Bases.summaries(base), reports().get(0).timeScale().orElseThrow());
            }
            CustomerValues right = model.value(valued, terms(terms));
            double[] clv = right.column(ValueColumn.CLV);
            for (int row = 0; row < clv.length; row++) {
                clv[row] = value(clv[row], row, base, terms);
            }
            CustomerValues.Builder values = CustomerValues.builder(
                    model.name(), valued, fault == Fault.FORGETS_TERMS ? terms.withPeriodsPerYear(52) : terms);
            for (ValueColumn column : ValueColumn.values()) {
                if (right.has(column) && (column == ValueColumn.CLV || fault == Fault.SPEND_TWICE)) {
                    values.column(column, column == ValueColumn.CLV ? clv : right.column(column));
                }
            }
            return values.build();
        }

        private ValuationTerms terms(ValuationTerms terms) {
            Horizon horizon = terms.horizon();
            DiscountRate rate = terms.discountRate();
            CashFlowTiming timing = terms.timing();
            Margin margin = terms.margin();
            switch (fault) {
                case IGNORES_MARGIN -> margin = Margin.of(0.5);
                case FALLS_WITH_HORIZON -> horizon = Horizon.of(100 / horizon.periods());
                case GROWS_WITH_RATE -> rate = DiscountRate.annual(1 / (0.01 + rate.effectiveAnnual()));
                case MIXES_UP_TIMING -> {
                    if (timing == CashFlowTiming.PERIOD_BEGIN) {
                        timing = CashFlowTiming.PERIOD_END;
                    }
                }
                default -> {
                    return terms;
                }
            }
            return ValuationTerms.of(horizon, rate, margin, timing);
        }

        private double value(double clv, int row, CustomerBase base, ValuationTerms terms) {
            return switch (fault) {
                case NEGATIVE -> -clv;
                case SPEND_TWICE -> clv * (1 + base.monetaryValue(row));
                case DEPENDS_ON_FIRST_ROW -> clv * (1 + 1e-12 * base.age(0));
                case ENDLESS_IS_TOO_SMALL -> terms.horizon().isInfinite() ? clv / 2 : clv;
                case DIFFERS_BY_FIT -> clv * (1 + 1e-12 * fit);
                default -> clv;
            };
        }
    }
}
