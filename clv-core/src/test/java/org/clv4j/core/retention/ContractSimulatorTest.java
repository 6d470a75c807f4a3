// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.clv4j.core.data.Contract;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.RetentionData;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.model.RetentionSimulator;
import org.junit.jupiter.api.Test;

class ContractSimulatorTest {

    private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2023, 12, 31);
    private static final LocalDate UNTIL = LocalDate.of(2024, 12, 31);
    private static final RetentionSimulator HALVING = (renewals, random) -> {
        int opportunity = renewals + 1;
        while (random.nextDouble() < 0.5) {
            opportunity++;
        }
        return opportunity;
    };

    @Test
    void contractsAreThoseOfTheModel() {
        List<Contract> contracts =
                ContractSimulator.of(HALVING).withFee(BigDecimal.TEN).simulate(20_000, FROM, LAST, UNTIL, 1);
        assertThat(contracts)
                .hasSize(20_000)
                .allMatch(contract -> contract.fee().intValueExact() == 10);
        KaplanMeier observed =
                KaplanMeier.of(RetentionData.ofContracts(CustomerBase.ofContracts(contracts, UNTIL, TimeScale.MONTHS)));
        for (int n = 1; n <= 6; n++) {
            assertThat(observed.survival(n)).isCloseTo(Math.pow(0.5, n), within(4 * observed.standardError(n)));
        }
        assertThat(ContractSimulator.of(HALVING).withFee(BigDecimal.TEN).simulate(20_000, FROM, LAST, UNTIL, 1))
                .isEqualTo(contracts);
        assertThat(ContractSimulator.of(HALVING).simulate(5, FROM, LAST, UNTIL, 2))
                .isNotEqualTo(ContractSimulator.of(HALVING).simulate(5, FROM, LAST, UNTIL, 1));
    }

    @Test
    void whoNeverLeavesHasAnOpenContract() {
        RetentionSimulator never = (renewals, random) -> Integer.MAX_VALUE;
        assertThat(ContractSimulator.of(never).withTermMonths(12).simulate(10, FROM, FROM, UNTIL, 1))
                .allMatch(contract -> contract.end().isEmpty() && contract.termMonths() == 12);
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        ContractSimulator simulator = ContractSimulator.of(HALVING);
        assertThatThrownBy(() -> simulator.simulate(-1, FROM, LAST, UNTIL, 1)).hasMessageContaining("`customers`");
        assertThatThrownBy(() -> simulator.simulate(1, LAST, FROM, UNTIL, 1)).hasMessageContaining("`acquiredUntil`");
        assertThatThrownBy(() -> simulator.withTermMonths(0)).hasMessageContaining("`termMonths`");
        assertThatThrownBy(() -> simulator.withFee(new BigDecimal("-1"))).hasMessageContaining("`fee`");
    }
}
