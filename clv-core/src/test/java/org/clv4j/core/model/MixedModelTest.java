// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.value.CashFlowTiming;
import org.clv4j.core.value.CustomerValues;
import org.clv4j.core.value.DiscountRate;
import org.clv4j.core.value.Horizon;
import org.clv4j.core.value.Margin;
import org.clv4j.core.value.ValuationTerms;
import org.clv4j.core.value.ValueColumn;
import org.junit.jupiter.api.Test;

class MixedModelTest {

    private static final ValuationTerms TERMS =
            ValuationTerms.of(Horizon.of(24), DiscountRate.annual(0.1), Margin.of(0.4), CashFlowTiming.AT_PURCHASE);

    private static final TransactionSpendModel.Fitted PURCHASES =
            TransactionSpendModel.Fitted.of(new Fakes.Poisson(0.1, null), new Fakes.SameSpend(20));
    private static final ContractModel.Fitted CONTRACTS = ContractModel.Fitted.of(Retentions.constant(0.8));

    private static Contract contract(String id, int renewals) {
        return Contract.ofRenewals(id, renewals).withFee(BigDecimal.TEN);
    }

    /** Buyer, contract, buyer, contract that has ended, and one who has both. */
    private static CustomerBase base() {
        return CustomerBase.ofSummaries(
                        List.of(
                                CustomerSummary.of("buyer", 2, 3, 10, 30),
                                CustomerSummary.of("both", 4, 8, 12, 15),
                                CustomerSummary.of("other buyer", 0, 0, 5, 0)),
                        TimeScale.MONTHS)
                .withContracts(List.of(
                        contract("member", 3),
                        contract("both", 1),
                        contract("gone", 2).ended()));
    }

    @Test
    void eachCustomerIsValuedByTheModelOfItsKind() {
        CustomerBase base = base();
        CustomerValues values = MixedModel.Fitted.of(CONTRACTS, PURCHASES).value(base, TERMS);
        CustomerBase members = base.select(row -> base.contract(row).isPresent());
        CustomerBase buyers = base.select(row -> base.contract(row).isEmpty());
        CustomerValues ofMembers = CONTRACTS.value(members, TERMS);
        CustomerValues ofBuyers = PURCHASES.value(buyers, TERMS);
        assertThat(values.size()).isEqualTo(5);
        for (int row = 0; row < values.size(); row++) {
            assertThat(values.base().id(row)).isEqualTo(base.id(row));
            boolean member = base.contract(row).isPresent();
            CustomerValues expected = member ? ofMembers : ofBuyers;
            int own = expected.base().indexOf(base.id(row));
            for (ValueColumn column : List.of(
                    ValueColumn.PROBABILITY_ALIVE,
                    ValueColumn.PROBABILITY_ACTIVE,
                    ValueColumn.EXPECTED_TRANSACTIONS,
                    ValueColumn.DISCOUNTED_EXPECTED_TRANSACTIONS,
                    ValueColumn.EXPECTED_SPEND,
                    ValueColumn.CLV)) {
                assertThat(values.get(column, row)).isEqualTo(expected.get(column, own));
            }
            assertThat(values.get(ValueColumn.RENEWAL_VALUE, row))
                    .isEqualTo(member ? ofMembers.get(ValueColumn.RENEWAL_VALUE, own) : 0);
            assertThat(values.currentValue(row)).isEqualTo(expected.currentValue(own));
            assertThat(values.base().attribute(CustomerBase.RELATIONSHIP, row))
                    .contains(member ? "contract" : "no contract");
        }
        assertThat(values.model()).isEqualTo("constant + poisson × same-spend");
        assertThat(values.warnings()).containsExactlyElementsOf(ofBuyers.warnings());
    }

    @Test
    void columnsOfOnePartAreAbsent() {
        FittedClvModel onlyClv = new FittedClvModel() {
            @Override
            public String name() {
                return "nothing";
            }

            @Override
            public CustomerValues value(CustomerBase base, ValuationTerms terms) {
                return CustomerValues.builder(name(), base, terms)
                        .column(ValueColumn.CLV, new double[base.size()])
                        .build();
            }

            @Override
            public List<FitReport> reports() {
                return List.of();
            }
        };
        CustomerValues values = MixedModel.Fitted.of(CONTRACTS, onlyClv).value(base(), TERMS);
        assertThat(values.has(ValueColumn.PROBABILITY_ALIVE)).isFalse();
        assertThat(values.has(ValueColumn.EXPECTED_TRANSACTIONS)).isFalse();
        assertThat(values.get(ValueColumn.CONTRACTED_VALUE, 0)).isEqualTo(0);
        assertThat(values.get(ValueColumn.RENEWAL_VALUE, 3)).isPositive();
    }

    @Test
    void aBaseOfOneKindIsValuedToo() {
        MixedModel.Fitted model = MixedModel.Fitted.of(CONTRACTS, PURCHASES);
        CustomerBase base = base();
        CustomerBase buyers = base.select(row -> base.contract(row).isEmpty());
        assertThat(buyers.hasContracts()).isFalse();
        assertThat(model.value(buyers, TERMS).column(ValueColumn.CLV))
                .containsExactly(PURCHASES.value(buyers, TERMS).column(ValueColumn.CLV));
        CustomerBase members = base.select(row -> base.contract(row).isPresent());
        assertThat(model.value(members, TERMS).column(ValueColumn.CLV))
                .containsExactly(CONTRACTS.value(members, TERMS).column(ValueColumn.CLV));
        assertThat(model.value(base.select(row -> false), TERMS).size()).isEqualTo(0);
    }

    @Test
    void fitsEachPartToItsCustomers() {
        int[] seen = {0, 0};
        ClvModel ofContracts = base -> {
            seen[0] = base.size();
            return CONTRACTS;
        };
        ClvModel ofOthers = base -> {
            seen[1] = base.size();
            return PURCHASES;
        };
        MixedModel.Fitted fitted = MixedModel.of(ofContracts, ofOthers).fit(base());
        assertThat(seen).containsExactly(3, 2);
        assertThat(fitted.contracts()).isSameAs(CONTRACTS);
        assertThat(fitted.others()).isSameAs(PURCHASES);
        assertThat(fitted.reports()).hasSize(1);
        CustomerBase base = base();
        assertThatThrownBy(() -> MixedModel.of(ofContracts, ofOthers)
                        .fit(base.select(row -> base.contract(row).isPresent())))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("of the 3 customers of the base 3 have one");
    }

    @Test
    void modelsOfPurchasesRefuseContracts() {
        CustomerBase base = base();
        assertThatThrownBy(() -> PURCHASES.value(base, TERMS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("customer both has a contract")
                .hasMessageContaining("MixedModel");
        assertThatThrownBy(() -> PURCHASES.transactions().probabilityAliveInto(base, 0, 1, new double[1]))
                .isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> PURCHASES.spend().expectedSpendInto(base, 0, 1, new double[1]))
                .isInstanceOf(ModelException.class);
        MixedModel.requireNoContracts(base.select(row -> base.contract(row).isEmpty()));
    }

    @Test
    void anAttributeOfTheCustomersStays() {
        CustomerBase base = CustomerBase.ofContracts(
                List.of(contract("a", 1).withAttribute("relationship", "friend")), TimeScale.MONTHS);
        assertThat(base.withRelationship()).isSameAs(base);
        assertThat(base.attribute("relationship", 0)).contains("friend");
        CustomerBase told = base().withRelationship();
        assertThat(told.withRelationship()).isSameAs(told);
        assertThat(base().attributeNames()).isEmpty();
    }
}
