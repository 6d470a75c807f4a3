// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.Example;

/** Every broken model is caught, by the property that is there for it. */
class ContractsCatchFaultsTest {

    private static final Map<SimpleNbd.Fault, String> TRANSACTIONS = new EnumMap<>(SimpleNbd.Fault.class);
    private static final Map<SimpleSpend.Fault, String> SPEND = new EnumMap<>(SimpleSpend.Fault.class);
    private static final Map<SimpleClvContractTest.Fault, String> CLV =
            new EnumMap<>(SimpleClvContractTest.Fault.class);

    static {
        put("probabilitiesAreInTheirRanges", SimpleNbd.Fault.ALIVE_ABOVE_ONE);
        put("probabilitiesAreInTheirRanges", SimpleNbd.Fault.ACTIVE_ABOVE_ALIVE);
        put("probabilitiesAreInTheirRanges", SimpleNbd.Fault.ACTIVE_AT_HORIZON_ZERO);
        put("probabilitiesAreInTheirRanges", SimpleNbd.Fault.ACTIVE_ABOVE_EXPECTED);
        put("expectationsGrowFromZero", SimpleNbd.Fault.EXPECTED_NOT_ZERO_AT_ZERO);
        put("expectationsGrowFromZero", SimpleNbd.Fault.EXPECTED_FALLS);
        put("newCustomersAreCustomersWithoutHistory", SimpleNbd.Fault.NEW_CUSTOMER_BUYS_MORE);
        put("discountedExpectationsAreIntegrals", SimpleNbd.Fault.DISCOUNT_BY_NOMINAL_RATE);
        put("discountingLowersExpectations", SimpleNbd.Fault.DISCOUNT_RATE_ZERO_IS_NAN);
        put("discountedExpectationsAreIntegrals", SimpleNbd.Fault.DISCOUNT_TO_THE_HORIZON);
        put("residualTransactionsAreTheLimitOfFiniteHorizons", SimpleNbd.Fault.RESIDUAL_TOO_LARGE);
        put("theDistributionSumsToOneAndHasTheMean", SimpleNbd.Fault.PMF_WITHOUT_BINOMIAL);
        put("theDistributionSumsToOneAndHasTheMean", SimpleNbd.Fault.PMF_NAN_AT_HORIZON_ZERO);
        put("theTimeUnitDoesNotMatter", SimpleNbd.Fault.LIKELIHOOD_WITHOUT_TIME_UNIT);
        put("theTimeUnitDoesNotMatter", SimpleNbd.Fault.AGE_IN_WEEKS_FIXED);
        put("resultsAreFiniteEverywhere", SimpleNbd.Fault.OVERFLOW_FOR_LARGE_FREQUENCY);
        put("batchesAreTheScalarsToTheLastBit", SimpleNbd.Fault.BATCH_OFF_BY_ONE_ULP);
        put("batchesAreTheScalarsToTheLastBit", SimpleNbd.Fault.BATCH_DEPENDS_ON_ITS_BORDER);
        put("batchesAreTheScalarsToTheLastBit", SimpleNbd.Fault.BATCH_WITHOUT_GRID_DIFFERS);
        put("batchesAreTheScalarsToTheLastBit", SimpleNbd.Fault.BATCH_WRITES_BEHIND);
        put("batchesCheckTheirArguments", SimpleNbd.Fault.BATCH_WITHOUT_RANGE_CHECK);
        put("batchesCheckTheirArguments", SimpleNbd.Fault.BATCH_TAKES_BAD_HORIZON);
        put("batchesCheckTheirArguments", SimpleNbd.Fault.BATCH_TAKES_BAD_RATE);
        put("threadsAgree", SimpleNbd.Fault.SHARED_SCRATCH);
        put("badArgumentsAreNamed", SimpleNbd.Fault.TAKES_NAN_RECENCY);
        put("badArgumentsAreNamed", SimpleNbd.Fault.TAKES_RECENCY_WITHOUT_REPEAT);
        put("badArgumentsAreNamed", SimpleNbd.Fault.TAKES_NEGATIVE_HORIZON);
        put("badArgumentsAreNamed", SimpleNbd.Fault.TAKES_INFINITE_RATE);
        put("badArgumentsAreNamed", SimpleNbd.Fault.MESSAGE_NAMES_NOTHING);
        put("badParametersAreNamed", SimpleNbd.Fault.TAKES_ZERO_PARAMETER);
        put("badParametersAreNamed", SimpleNbd.Fault.TAKES_INFINITE_PARAMETER);
        put("fitsReportWhatTheyAre", SimpleNbd.Fault.REPORT_NAMES_ANOTHER_MODEL);
        put("fitsReportWhatTheyAre", SimpleNbd.Fault.REPORT_IN_ANOTHER_ORDER);
        put("fitsReportWhatTheyAre", SimpleNbd.Fault.REPORT_FORGETS_UNIT);
        put("fitsReportWhatTheyAre", SimpleNbd.Fault.REPORT_LIKELIHOOD_OFF);
        put("estimatesAreAMaximum", SimpleNbd.Fault.FIT_STOPS_EARLY);
        put("fitsAreRepeatable", SimpleNbd.Fault.FIT_IS_RANDOM);
        put("fitsDoNotDependOnTheOrderOfRows", SimpleNbd.Fault.FIT_DEPENDS_ON_FIRST_ROW);
        put("weightsAreRepetitions", SimpleNbd.Fault.FIT_IGNORES_WEIGHTS);
        put("fitsDoNotDependOnTheTimeUnit", SimpleNbd.Fault.FIT_ASSUMES_WEEKS);
        put("poorDataAreRefusedOrFitted", SimpleNbd.Fault.FIT_OF_NOTHING);
        put("poorDataAreRefusedOrFitted", SimpleNbd.Fault.FIT_OF_POOR_DATA_THROWS_ANYTHING);
        put("modelsComeBackFromTheirReports", SimpleNbd.Fault.REPORT_IS_LOST);
        put("modelsComeBackFromTheirReports", SimpleNbd.Fault.REPORT_IS_ROUNDED);
        put("simulatedTimesAreInOrder", SimpleNbd.Fault.SIMULATES_OUT_OF_ORDER);
        put("simulatedTimesAreInOrder", SimpleNbd.Fault.SIMULATES_BEYOND_AGE);
        put("simulatedTimesAreInOrder", SimpleNbd.Fault.SIMULATES_WITHOUT_SEED);
        put("simulationAgreesWithExpectations", SimpleNbd.Fault.SIMULATES_TOO_FEW);
        put("survivalFallsFromAliveNow", SimpleNbd.Fault.SURVIVAL_FALLS_BELOW_NOW);
        put("survivalFallsFromAliveNow", SimpleNbd.Fault.SURVIVAL_GROWS);
        put("futureCountsSumToOneAndHaveTheMean", SimpleNbd.Fault.FUTURE_WITHOUT_HISTORY);
        put("futureCountsSumToOneAndHaveTheMean", SimpleNbd.Fault.FUTURE_NONE_TOO_LIKELY);
        put("nextPurchasesFollowTheirDistribution", SimpleNbd.Fault.NEXT_WITHOUT_HORIZON);
        put("nextPurchasesFollowTheirDistribution", SimpleNbd.Fault.NEXT_IS_THE_MEAN_GAP);
        put("nextPurchasesFollowTheirDistribution", SimpleNbd.Fault.QUANTILE_OF_ANOTHER_RATE);
        put("posteriorDrawsAreConsistent", SimpleNbd.Fault.DRAWS_DEPEND_ON_THEIR_NUMBER);
        put("posteriorDrawsHaveTheirMeans", SimpleNbd.Fault.DRAWS_FROM_THE_PRIOR);
        put("posteriorDrawsHaveTheirMeans", SimpleNbd.Fault.DRAWS_TOO_LITTLE_SPREAD);
        put("posteriorDrawsAreConsistent", SimpleNbd.Fault.DRAWN_LIFETIME_TOO_SHORT);
        put("drawnColumnsDependOnSeedAndRowAlone", SimpleNbd.Fault.DRAWN_COLUMN_DEPENDS_ON_BATCH);
        put("drawnColumnsDependOnSeedAndRowAlone", SimpleNbd.Fault.DRAWN_COLUMN_IGNORES_SEED);
        put("theTimeUnitDoesNotMatter", SimpleNbd.Fault.RATE_IN_WEEKS_FIXED);
        put("resultsAreFiniteEverywhere", SimpleNbd.Fault.RATE_NAN_AT_AGE_ZERO);
        put("badArgumentsAreNamed", SimpleNbd.Fault.TAKES_PROBABILITY_ONE);

        SPEND.put(SimpleSpend.Fault.INFINITE_FOR_WEAK_PRIOR, "expectedSpendIsFiniteEverywhere");
        SPEND.put(SimpleSpend.Fault.NEGATIVE_FOR_SMALL_SPEND, "expectedSpendIsFiniteEverywhere");
        SPEND.put(SimpleSpend.Fault.FALLS_WITH_SPEND, "expectedSpendGrowsWithSpend");
        SPEND.put(SimpleSpend.Fault.NEW_CUSTOMER_HAS_SPENT, "expectedSpendGrowsWithSpend");
        SPEND.put(SimpleSpend.Fault.ROUNDS_TO_CENTS, "theUnitOfMoneyDoesNotMatter");
        SPEND.put(SimpleSpend.Fault.BATCH_OFF_BY_ONE_ULP, "batchesAreTheScalarsToTheLastBit");
        SPEND.put(SimpleSpend.Fault.BATCH_DEPENDS_ON_ITS_BORDER, "batchesAreTheScalarsToTheLastBit");
        SPEND.put(SimpleSpend.Fault.BATCH_WITHOUT_RANGE_CHECK, "batchesAreTheScalarsToTheLastBit");
        SPEND.put(SimpleSpend.Fault.TAKES_NEGATIVE_FREQUENCY, "badArgumentsAreNamed");
        SPEND.put(SimpleSpend.Fault.TAKES_NAN, "badArgumentsAreNamed");
        SPEND.put(SimpleSpend.Fault.TAKES_ZERO_PARAMETER, "badParametersAreNamed");
        SPEND.put(SimpleSpend.Fault.REPORT_IS_MISSING, "fitsReportWhatTheyAre");
        SPEND.put(SimpleSpend.Fault.FIT_DEPENDS_ON_FIRST_ROW, "fitsReportWhatTheyAre");
        SPEND.put(SimpleSpend.Fault.FIT_IGNORES_WEIGHTS, "weightsAreRepetitions");
        SPEND.put(SimpleSpend.Fault.REPORT_IS_ROUNDED, "modelsComeBackFromTheirReports");
        SPEND.put(SimpleSpend.Fault.ZERO_SPEND_IS_NAN, "customersWithoutSpendArePredicted");
        SPEND.put(SimpleSpend.Fault.FIT_OF_NOTHING_IS_NAN, "poorDataAreRefusedOrFitted");
        SPEND.put(SimpleSpend.Fault.SIMULATES_ONE_TOO_MANY, "simulationAgreesWithExpectations");
        SPEND.put(SimpleSpend.Fault.SIMULATES_TOO_MUCH, "simulationAgreesWithExpectations");
        SPEND.put(SimpleSpend.Fault.QUANTILE_OF_THE_COMPLEMENT, "quantilesAndProbabilitiesAreInverse");
        SPEND.put(SimpleSpend.Fault.QUANTILE_ROUNDS_TO_CENTS, "theUnitOfMoneyDoesNotMatter");
        SPEND.put(SimpleSpend.Fault.QUANTILE_INFINITE_FOR_WEAK_PRIOR, "theDistributionIsFiniteEverywhere");
        SPEND.put(SimpleSpend.Fault.PROBABILITY_ABOVE_ONE, "theDistributionIsFiniteEverywhere");
        SPEND.put(SimpleSpend.Fault.DISTRIBUTION_TOO_HIGH, "theDistributionHasTheExpectedSpend");
        SPEND.put(SimpleSpend.Fault.SAMPLES_TOO_MUCH, "samplesFollowTheDistribution");
        SPEND.put(SimpleSpend.Fault.SAMPLES_TOO_NARROW, "samplesFollowTheDistribution");
        SPEND.put(SimpleSpend.Fault.SAMPLES_WITHOUT_PURCHASES, "samplesFollowTheDistribution");
        SPEND.put(SimpleSpend.Fault.SAMPLES_WITHOUT_SEED, "samplesFollowTheDistribution");
        SPEND.put(SimpleSpend.Fault.TAKES_PROBABILITY_ONE, "badArgumentsAreNamed");
        SPEND.put(SimpleSpend.Fault.TAKES_INFINITE_AMOUNT, "badArgumentsAreNamed");

        CLV.put(SimpleClvContractTest.Fault.VALUES_ANOTHER_BASE, "valuesAreFiniteAndBelongToTheirCustomers");
        CLV.put(SimpleClvContractTest.Fault.FORGETS_TERMS, "valuesAreFiniteAndBelongToTheirCustomers");
        CLV.put(SimpleClvContractTest.Fault.FORGETS_NAME, "valuesAreFiniteAndBelongToTheirCustomers");
        CLV.put(SimpleClvContractTest.Fault.NEGATIVE, "valuesAreFiniteAndBelongToTheirCustomers");
        CLV.put(SimpleClvContractTest.Fault.SPEND_TWICE, "valuesAreFiniteAndBelongToTheirCustomers");
        CLV.put(SimpleClvContractTest.Fault.DEPENDS_ON_FIRST_ROW, "aValueDoesNotDependOnTheOthers");
        CLV.put(SimpleClvContractTest.Fault.IGNORES_MARGIN, "valuesFollowTheTerms");
        CLV.put(SimpleClvContractTest.Fault.FALLS_WITH_HORIZON, "valuesFollowTheTerms");
        CLV.put(SimpleClvContractTest.Fault.GROWS_WITH_RATE, "valuesFollowTheTerms");
        CLV.put(SimpleClvContractTest.Fault.MIXES_UP_TIMING, "valuesFollowTheTerms");
        CLV.put(SimpleClvContractTest.Fault.ENDLESS_IS_TOO_SMALL, "endlessHorizonsAreValuedOrRefused");
        CLV.put(SimpleClvContractTest.Fault.TAKES_ANY_UNIT, "anotherTimeUnitIsRefused");
        CLV.put(SimpleClvContractTest.Fault.DIFFERS_BY_FIT, "fitsAndValuesAreRepeatable");
        CLV.put(SimpleClvContractTest.Fault.BREAKS_ON_NO_CUSTOMERS, "fitsAndValuesAreRepeatable");
        CLV.put(SimpleClvContractTest.Fault.BREAKS_ON_POOR_DATA, "poorDataAreRefusedOrValued");
    }

    private static final Map<SimpleRetention.Fault, String> RETENTION = new EnumMap<>(SimpleRetention.Fault.class);

    static {
        RETENTION.put(SimpleRetention.Fault.SURVIVAL_GROWS, "survivalFallsFromOne");
        RETENTION.put(SimpleRetention.Fault.SURVIVAL_BEGINS_LATE, "survivalFallsFromOne");
        RETENTION.put(SimpleRetention.Fault.CONDITIONAL_IS_NAN_FAR_OUT, "resultsAreFiniteEverywhere");
        RETENTION.put(SimpleRetention.Fault.PERIODS_OFF_BY_ONE, "presentValuesAreSums");
        RETENTION.put(SimpleRetention.Fault.DELAY_FORGOTTEN, "presentValuesAreSums");
        RETENTION.put(SimpleRetention.Fault.RESIDUAL_WITH_FIRST_PAYMENT, "presentValuesAreSums");
        RETENTION.put(SimpleRetention.Fault.ENDLESS_TOO_SMALL, "presentValuesAreSums");
        RETENTION.put(SimpleRetention.Fault.ELASTICITY_OF_ANOTHER_RATE, "discountAndElasticityAgree");
        RETENTION.put(SimpleRetention.Fault.INFINITE_LIFETIME_IS_FINITE, "lifetimesWithoutEndAreLimits");
        RETENTION.put(SimpleRetention.Fault.TAKES_NEGATIVE_RENEWALS, "badArgumentsAreNamed");
        RETENTION.put(SimpleRetention.Fault.TAKES_RATE_ZERO, "badArgumentsAreNamed");
        RETENTION.put(SimpleRetention.Fault.TAKES_ZERO_PARAMETER, "badParametersAreNamed");
        RETENTION.put(SimpleRetention.Fault.REPORT_LIKELIHOOD_OFF, "fitsReportWhatTheyAre");
        RETENTION.put(SimpleRetention.Fault.FIT_DEPENDS_ON_ROWS, "theFormOfTheDataDoesNotMatter");
        RETENTION.put(SimpleRetention.Fault.FIT_IGNORES_WEIGHTS, "weightsAreRepetitions");
        RETENTION.put(SimpleRetention.Fault.REPORT_IS_ROUNDED, "modelsComeBackFromTheirReports");
        RETENTION.put(SimpleRetention.Fault.FIT_OF_NOTHING, "poorDataAreRefusedOrFitted");
        RETENTION.put(SimpleRetention.Fault.DRAWS_TOO_LONG, "drawsAgreeWithSurvival");
        RETENTION.put(SimpleRetention.Fault.DRAWS_THE_PAST, "drawsAgreeWithSurvival");
    }

    private static final Map<FaultyLearner.Fault, String> LEARNERS = new EnumMap<>(FaultyLearner.Fault.class);

    static {
        LEARNERS.put(FaultyLearner.Fault.REPORT_NAMES_ANOTHER_LEARNER, "reportsSayWhatTheyAre");
        LEARNERS.put(FaultyLearner.Fault.REPORT_FORGETS_WEIGHTS, "reportsSayWhatTheyAre");
        LEARNERS.put(FaultyLearner.Fault.LEARNER_HAS_ANOTHER_NAME, "reportsSayWhatTheyAre");
        LEARNERS.put(FaultyLearner.Fault.FEATURES_CAN_BE_CHANGED, "reportsSayWhatTheyAre");
        LEARNERS.put(FaultyLearner.Fault.FIT_IS_RANDOM, "fitsAreRepeatable");
        LEARNERS.put(FaultyLearner.Fault.FIT_DEPENDS_ON_THREADS, "fitsAreRepeatable");
        LEARNERS.put(FaultyLearner.Fault.FIT_DEPENDS_ON_FIRST_ROW, "theOrderOfRowsDoesNotMatter");
        LEARNERS.put(FaultyLearner.Fault.FIT_IGNORES_WEIGHTS, "weightsAreRepetitions");
        LEARNERS.put(FaultyLearner.Fault.KEEPS_THE_DATA, "noTrainingDataAreKept");
        LEARNERS.put(FaultyLearner.Fault.KEEPS_THE_TARGETS, "noTrainingDataAreKept");
        LEARNERS.put(FaultyLearner.Fault.KEEPS_A_LIST_OF_ROWS, "noTrainingDataAreKept");
        LEARNERS.put(FaultyLearner.Fault.BATCH_OFF_BY_ONE_ULP, "batchesAreTheScalarsToTheLastBit");
        LEARNERS.put(FaultyLearner.Fault.BATCH_DEPENDS_ON_ITS_BORDER, "batchesAreTheScalarsToTheLastBit");
        LEARNERS.put(FaultyLearner.Fault.BATCH_WRITES_BEHIND, "batchesAreTheScalarsToTheLastBit");
        LEARNERS.put(FaultyLearner.Fault.BATCH_WITHOUT_RANGE_CHECK, "batchesAreTheScalarsToTheLastBit");
        LEARNERS.put(FaultyLearner.Fault.BATCH_BY_POSITION, "featuresAreFoundByName");
        LEARNERS.put(FaultyLearner.Fault.MISSING_COLUMNS_ARE_ZERO, "featuresAreFoundByName");
        LEARNERS.put(FaultyLearner.Fault.INFINITE_FOR_LARGE_FEATURES, "predictionsAreFinite");
        LEARNERS.put(FaultyLearner.Fault.CONTRIBUTIONS_DO_NOT_ADD_UP, "contributionsAddUpAndQuantilesRise");
        LEARNERS.put(FaultyLearner.Fault.QUANTILES_FALL, "contributionsAddUpAndQuantilesRise");
        LEARNERS.put(FaultyLearner.Fault.STATE_IS_ROUNDED, "learnersComeBackFromTheirStates");
        LEARNERS.put(FaultyLearner.Fault.STATE_IS_NOT_THERE, "learnersComeBackFromTheirStates");
        LEARNERS.put(FaultyLearner.Fault.REPORT_IS_LOST, "learnersComeBackFromTheirStates");
        LEARNERS.put(FaultyLearner.Fault.ANY_STATE_WILL_DO, "wrongStatesAreRefused");
        LEARNERS.put(FaultyLearner.Fault.TAKES_NAN, "badInputIsRefused");
        LEARNERS.put(FaultyLearner.Fault.TAKES_ROWS_TOO_LONG, "badInputIsRefused");
        LEARNERS.put(FaultyLearner.Fault.MESSAGE_NAMES_NOTHING, "badInputIsRefused");
        LEARNERS.put(FaultyLearner.Fault.TRAINS_ON_MISSING_VALUES, "badInputIsRefused");
        LEARNERS.put(FaultyLearner.Fault.TAKES_PROBABILITY_ONE, "badInputIsRefused");
        LEARNERS.put(FaultyLearner.Fault.SHARED_SCRATCH, "threadsAgree");
    }

    private static void put(String property, SimpleNbd.Fault fault) {
        TRANSACTIONS.put(fault, property);
    }

    @Example
    void theTransactionContractCatchesEveryFault() {
        for (SimpleNbd.Fault fault : SimpleNbd.Fault.values()) {
            SimpleNbdContractTest contract = new SimpleNbdContractTest();
            contract.provider = new SimpleNbd(fault);
            check(fault, contract, TRANSACTIONS.get(fault));
        }
    }

    @Example
    void theSpendContractCatchesEveryFault() {
        for (SimpleSpend.Fault fault : SimpleSpend.Fault.values()) {
            SimpleSpendContractTest contract = new SimpleSpendContractTest();
            contract.provider = new SimpleSpend(fault);
            check(fault, contract, SPEND.get(fault));
        }
    }

    @Example
    void theRetentionContractCatchesEveryFault() {
        for (SimpleRetention.Fault fault : SimpleRetention.Fault.values()) {
            SimpleRetentionContractTest contract = new SimpleRetentionContractTest();
            contract.provider = new SimpleRetention(fault);
            check(fault, contract, RETENTION.get(fault));
        }
    }

    @Example
    void theLearnerContractCatchesEveryFault() {
        for (FaultyLearner.Fault fault : FaultyLearner.Fault.values()) {
            RegressionStumpContractTest contract = new RegressionStumpContractTest();
            contract.provider = new FaultyLearner(fault);
            check(fault, contract, LEARNERS.get(fault));
        }
    }

    @Example
    void theClvContractCatchesEveryFault() {
        for (SimpleClvContractTest.Fault fault : SimpleClvContractTest.Fault.values()) {
            SimpleClvContractTest contract = new SimpleClvContractTest();
            contract.fault = fault;
            check(fault, contract, CLV.get(fault));
        }
    }

    private static void check(Enum<?> fault, Object contract, String property) {
        if (fault.name().equals("NONE")) {
            assertThat(ContractRun.failures(contract)).isEmpty();
            return;
        }
        assertThat(property).as("a property for %s", fault).isNotNull();
        Throwable failure = ContractRun.failureOf(contract, property);
        assertThat(failure).as("%s caught by %s", fault, property).isNotNull();
        assertThat(failure.getMessage()).as("the failure of %s", fault).isNotBlank();
    }
}
