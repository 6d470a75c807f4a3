// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;

/**
 * Customers with and without contracts in one run: those under contract are fitted and valued by one model, the others by another, and
 * the result has all of them in the order of the base.
 *
 * <p>A customer who has a contract belongs to the first part, whatever else it buys. The result's base carries the attribute {@value
 * CustomerBase#RELATIONSHIP} ({@link CustomerBase#withRelationship}), so that equity can be broken down to the parts.
 *
 * <p>Columns: {@link ValueColumn#CONTRACTED_VALUE} and {@link ValueColumn#RENEWAL_VALUE} are 0 of customers without a contract. Any other
 * column is there only if both parts define it: a probability that one model does not know is not 0.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class MixedModel implements ClvModel {

    private final ClvModel contracts;
    private final ClvModel others;

    private MixedModel(ClvModel contracts, ClvModel others) {
        this.contracts = Objects.requireNonNull(contracts, "contracts");
        this.others = Objects.requireNonNull(others, "others");
    }

    /**
     * Composes two models.
     *
     * @param contracts the model of customers under contract, as {@link ContractModel}
     * @param others the model of all other customers, as {@link TransactionSpendModel}
     * @return the model of both
     */
    public static MixedModel of(ClvModel contracts, ClvModel others) {
        return new MixedModel(contracts, others);
    }

    /**
     * Refuses customers under contract; for authors of models of purchases, who call it where they fit or score a base. To such a model a
     * contract looks like a single purchase long ago.
     *
     * @param base the customers
     * @throws ModelException if one of them has a contract; the message names the first
     */
    public static void requireNoContracts(CustomerBase base) {
        if (!base.hasContracts()) {
            return;
        }
        int row = 0;
        while (base.contract(row).isEmpty()) {
            row++;
        }
        throw new ModelException(
                "customer " + base.id(row) + " has a contract, which a model of purchases does not know;"
                        + " use MixedModel for contracts and purchases together, or base.select(row -> base.contract(row).isEmpty())");
    }

    @Override
    public Fitted fit(CustomerBase base) {
        return fit(base, Execution.sequential());
    }

    /**
     * Fits each model to its customers.
     *
     * @param base the customers, of both kinds
     * @param execution how the work is run
     * @return the fitted models
     * @throws ModelException if the base has customers of one kind only, or one model cannot be fitted to its customers
     */
    @Override
    public Fitted fit(CustomerBase base, Execution execution) {
        CustomerBase withContract = base.select(row -> base.contract(row).isPresent());
        CustomerBase without = base.select(row -> base.contract(row).isEmpty());
        if (withContract.size() == 0 || without.size() == 0) {
            throw new ModelException("a mixed model needs customers with and without a contract, but of the "
                    + base.size() + " customers of the base " + withContract.size()
                    + " have one; fit the model of their kind alone");
        }
        return Fitted.of(contracts.fit(withContract, execution), others.fit(without, execution));
    }

    /** Two fitted models, of customers with and without contracts. This class is immutable and thread-safe. */
    public static final class Fitted implements FittedClvModel {

        private final FittedClvModel contracts;
        private final FittedClvModel others;

        private Fitted(FittedClvModel contracts, FittedClvModel others) {
            this.contracts = Objects.requireNonNull(contracts, "contracts");
            this.others = Objects.requireNonNull(others, "others");
        }

        /**
         * Composes two fitted models.
         *
         * @param contracts the model of customers under contract
         * @param others the model of all other customers
         * @return the model of both
         */
        public static Fitted of(FittedClvModel contracts, FittedClvModel others) {
            return new Fitted(contracts, others);
        }

        /**
         * Returns the model of customers under contract.
         *
         * @return the fitted model
         */
        public FittedClvModel contracts() {
            return contracts;
        }

        /**
         * Returns the model of all other customers.
         *
         * @return the fitted model
         */
        public FittedClvModel others() {
            return others;
        }

        @Override
        public String name() {
            return contracts.name() + " + " + others.name();
        }

        @Override
        public List<FitReport> reports() {
            return Stream.of(contracts, others)
                    .flatMap(model -> model.reports().stream())
                    .collect(Collectors.toUnmodifiableList());
        }

        /**
         * Values every customer of a base. There may be customers of one kind only.
         *
         * @param base the customers
         * @param terms the terms, the same for both kinds
         * @return the values, of a base that has the attribute {@value CustomerBase#RELATIONSHIP} too
         * @throws ModelException if one of the models cannot value its customers
         */
        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms) {
            return value(base, terms, Execution.sequential());
        }

        @Override
        public CustomerValues value(CustomerBase base, ValuationTerms terms, Execution execution) {
            List<Part> parts = new ArrayList<>();
            addPart(parts, contracts, base, true, terms, execution);
            addPart(parts, others, base, false, terms, execution);
            CustomerValues.Builder values = CustomerValues.builder(name(), base.withRelationship(), terms);
            List<String> warnings = new ArrayList<>();
            for (Part part : parts) {
                warnings.addAll(part.values.warnings());
            }
            for (ValueColumn column : ValueColumn.values()) {
                boolean zeroElsewhere = column == ValueColumn.CONTRACTED_VALUE || column == ValueColumn.RENEWAL_VALUE;
                boolean some = parts.stream().anyMatch(part -> part.values.has(column));
                boolean all = parts.stream().allMatch(part -> part.values.has(column));
                if (all || (zeroElsewhere && some)) {
                    values.column(column, together(column, parts, base.size()));
                }
            }
            return values.warnings(warnings).build();
        }

        private static void addPart(
                List<Part> parts,
                FittedClvModel model,
                CustomerBase base,
                boolean contract,
                ValuationTerms terms,
                Execution execution) {
            int[] rows = new int[base.size()];
            int size = 0;
            for (int row = 0; row < rows.length; row++) {
                if (base.contract(row).isPresent() == contract) {
                    rows[size++] = row;
                }
            }
            // A base without customers has one part too: somebody has to refuse terms that make no sense.
            if (size > 0 || (base.size() == 0 && contract)) {
                CustomerBase own = size == base.size()
                        ? base
                        : base.select(row -> base.contract(row).isPresent() == contract);
                parts.add(new Part(rows, model.value(own, terms, execution)));
            }
        }

        private static double[] together(ValueColumn column, List<Part> parts, int size) {
            double[] all = new double[size];
            for (Part part : parts) {
                if (part.values.has(column)) {
                    double[] own = part.values.column(column);
                    for (int i = 0; i < own.length; i++) {
                        all[part.rows[i]] = own[i];
                    }
                }
            }
            return all;
        }

        private static final class Part {
            private final int[] rows;
            private final CustomerValues values;

            Part(int[] rows, CustomerValues values) {
                this.rows = rows;
                this.values = values;
            }
        }

        /** Returns the name. */
        @Override
        public String toString() {
            return name();
        }
    }
}
