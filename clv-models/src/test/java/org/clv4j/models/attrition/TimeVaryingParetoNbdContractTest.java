// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.attrition;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tag;
import org.clv4j.core.data.CovariatePaths;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;
import org.clv4j.core.data.Observation;
import org.clv4j.core.data.TimeScale;
import org.clv4j.core.data.TransactionLog;
import org.clv4j.core.model.CustomerDraw;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.FutureDistribution;
import org.clv4j.core.model.FutureSurvival;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.NextPurchase;
import org.clv4j.core.model.ParameterDomain;
import org.clv4j.core.model.PathDependent;
import org.clv4j.core.model.PathProvider;
import org.clv4j.core.model.PosteriorRates;
import org.clv4j.core.model.PosteriorSampler;
import org.clv4j.core.model.ResidualTransactions;
import org.clv4j.core.model.TransactionDistribution;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.core.model.TransactionSimulator;
import org.clv4j.testkit.Draws;
import org.clv4j.testkit.History;
import org.clv4j.testkit.TransactionModelContract;
import org.jspecify.annotations.Nullable;

/**
 * A study: the contract on paths: a season that all customers share, and mail that every second customer gets. A history becomes dates that end at
 * the calibration end, and scalar calls are about the customer with that history on her path.
 */
@Tag("study")
class TimeVaryingParetoNbdContractTest extends TransactionModelContract {

    private static final LocalDate END = LocalDate.of(2023, 3, 5);
    /** When the season changes after the calibration end. */
    private static final int[] DAYS_OF_BENDS = {17, 60, 200};

    private static final Map<String, Double> AT_ZERO = Map.of("r", 0.553, "alpha", 10.58, "s", 0.606, "beta", 11.67);
    private static final CovariatePaths PATHS = paths();

    private static CovariatePaths paths() {
        CovariatePaths.Builder season = CovariatePaths.shared(List.of("season")).defaults(List.of(-0.5));
        for (int change = 1; change <= 8; change++) {
            season.add(END.minusDays(50L * change - 8), List.of(Math.rint(100 * Math.sin(change)) / 100));
        }
        double after = 0.8;
        for (int day : DAYS_OF_BENDS) {
            season.add(END.plusDays(day), List.of(after));
            after -= 0.7;
        }
        CovariatePaths.Builder mail =
                CovariatePaths.ofCustomers(List.of("mail")).defaults(List.of(0));
        for (int customer = 1; customer <= 2_000; customer += 2) {
            String id = "c" + customer;
            addMail(mail, id, customer);
            for (int repeated = 0; repeated < 4 && customer < 250; repeated++) {
                addMail(mail, id + "#" + repeated, customer);
            }
        }
        return season.build().and(mail.build()).holdingLast();
    }

    private static void addMail(CovariatePaths.Builder mail, String id, int customer) {
        mail.add(id, END.minusDays(250 - customer % 40), List.of(1));
        mail.add(id, END.minusDays(180), List.of(0));
        mail.add(id, END.minusDays(60 - customer % 30), List.of(1));
    }

    private static double covariate(String name, String id, LocalDate day) {
        return PATHS.path(id, day, day).value(0, PATHS.names().indexOf(name));
    }

    @Override
    protected ModelProvider.OfTransactions provider() {
        return new OnPaths(ModelCatalog.load().transactions(TimeVaryingParetoNbd.NAME));
    }

    @Override
    protected Map<String, Double> typicalParameters() {
        return with(AT_ZERO, effects(0.4, -0.3, 0.5, -0.4));
    }

    private static Map<String, Double> effects(
            double purchaseSeason, double dropoutSeason, double purchaseMail, double dropoutMail) {
        Map<String, Double> effects = new LinkedHashMap<>();
        effects.put("purchase:season", purchaseSeason);
        effects.put("dropout:season", dropoutSeason);
        effects.put("purchase:mail", purchaseMail);
        effects.put("dropout:mail", dropoutMail);
        return effects;
    }

    private static Map<String, Double> with(Map<String, Double> parameters, Map<String, Double> effects) {
        Map<String, Double> all = new LinkedHashMap<>(parameters);
        all.putAll(effects);
        return all;
    }

    @Override
    protected Arbitrary<Map<String, Double>> ordinaryParameters() {
        return around(3, 1);
    }

    /** Two effects together change a rate by up to a factor of e^80; beyond e^100 customers are refused. */
    @Override
    protected Arbitrary<Map<String, Double>> hardParameters() {
        return Arbitraries.oneOf(around(1e4, 4), around(1e4, 40));
    }

    private static Arbitrary<Map<String, Double>> around(double factor, double largestEffect) {
        Arbitrary<Double> effect = Draws.uniform(-largestEffect, largestEffect);
        return Combinators.combine(
                        Draws.around(ModelCatalog.load().transactions(ParetoNbd.NAME), AT_ZERO, factor),
                        Combinators.combine(effect, effect, effect, effect)
                                .as(TimeVaryingParetoNbdContractTest::effects))
                .as(TimeVaryingParetoNbdContractTest::with);
    }

    @Override
    protected Optional<Map<String, Double>> inTimeUnit(Map<String, Double> parameters, double factor) {
        Map<String, Double> scaled = new LinkedHashMap<>(parameters);
        scaled.merge("alpha", factor, (alpha, by) -> alpha * by);
        scaled.merge("beta", factor, (beta, by) -> beta * by);
        return Optional.of(scaled);
    }

    /** Paths are of dates, which are counted in days, weeks, months or years: only of weeks and days is the ratio always the same. */
    @Override
    protected Arbitrary<Double> timeFactors() {
        return Arbitraries.of(7.0);
    }

    @Override
    protected double[] bends() {
        double[] bends = new double[DAYS_OF_BENDS.length];
        for (int i = 0; i < bends.length; i++) {
            bends[i] = DAYS_OF_BENDS[i] / 7.0;
        }
        return bends;
    }

    /** Purchases have the covariates of their day, so that a base has to be made of dates; in weeks they are on the grid of days. */
    @Override
    protected boolean hasContinuousHistories() {
        return false;
    }

    @Override
    protected Arbitrary<History> ordinaryHistories() {
        return super.ordinaryHistories().map(TimeVaryingParetoNbdContractTest::inDays);
    }

    @Override
    protected Arbitrary<History> hardHistories() {
        return super.hardHistories().map(TimeVaryingParetoNbdContractTest::inDays);
    }

    private static History inDays(History history) {
        return Days.of(history.frequency(), history.recency() * 7, history.age() * 7)
                .history(TimeScale.WEEKS);
    }

    /** Fewer customers than asked for, each of whom has many pieces of constant covariates. */
    @Override
    protected CustomerBase fittingBase(int customers, long seed) {
        return super.fittingBase(Math.min(customers, 150), seed);
    }

    @Override
    protected CustomerBase ready(CustomerBase base) {
        TransactionLog.Builder log = TransactionLog.builder();
        double[] weights = new double[base.size()];
        for (int row = 0; row < base.size(); row++) {
            int daysAPeriod = base.timeScale().daysPerPeriod();
            Days.of(base.frequency(row), base.recency(row) * daysAPeriod, base.age(row) * daysAPeriod)
                    .addTo(log, base.id(row));
            weights[row] = base.weight(row);
        }
        CustomerBase dated = CustomerBase.of(log.build(), Observation.until(END), base.timeScale());
        return base.isWeighted() ? dated.withWeights(weights) : dated;
    }

    @Override
    protected FittedTransactionModel ofCustomer(
            FittedTransactionModel model, String id, History history, double timeFactor) {
        TimeScale unit = timeFactor == 7 ? TimeScale.DAYS : TimeScale.WEEKS;
        return new OfCustomer((TimeVaryingParetoNbd.Fitted) model, id, unit, history.age());
    }

    /**
     * A history in days. There is one purchase a day at most: those of a history with more of them are spread over more days, as far as there
     * are any.
     */
    private record Days(int frequency, int recency, int age) {

        static Days of(int frequency, double recency, double age) {
            int wholeAge = (int) Math.rint(age);
            int wholeRecency = frequency == 0 ? 0 : Math.min(wholeAge, Math.max(frequency, (int) Math.rint(recency)));
            return new Days(Math.min(frequency, wholeRecency), wholeRecency, wholeAge);
        }

        History history(TimeScale unit) {
            double days = unit.daysPerPeriod();
            return new History(frequency, recency / days, age / days);
        }

        /** Evenly spread purchases, of which each but the last is earlier by a part of the gap where the season was better. */
        void addTo(TransactionLog.Builder log, String id) {
            LocalDate first = END.minusDays(age);
            log.add(id, first, BigDecimal.ONE);
            for (int i = 1; i <= frequency; i++) {
                LocalDate day = first.plusDays(spread(i));
                LocalDate earlier = first.plusDays((spread(i - 1) + spread(i) + 1) / 2);
                boolean isBetter = i < frequency && attraction(id, earlier) > attraction(id, day);
                log.add(id, isBetter ? earlier : day, BigDecimal.ONE);
            }
        }

        private long spread(int purchase) {
            return (long) purchase * recency / frequency;
        }

        private static double attraction(String id, LocalDate day) {
            return covariate("season", id, day) + covariate("mail", id, day);
        }
    }

    /** The model on paths, also where parameters are stated or read from a report. */
    private record OnPaths(ModelProvider.OfTransactions whole) implements ModelProvider.OfTransactions {

        @Override
        public TransactionModel model() {
            return ((PathProvider) whole).model(PATHS);
        }

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public String title() {
            return whole.title();
        }

        @Override
        public List<ParameterDomain> parameters() {
            return whole.parameters();
        }

        @Override
        public List<ParameterDomain> parametersAmong(Collection<String> names) {
            return whole.parametersAmong(names);
        }

        @Override
        public FittedTransactionModel ofParameters(Map<String, Double> values) {
            return ((PathProvider) whole).ofParameters(values, PATHS);
        }

        @Override
        public FittedTransactionModel ofReport(FitReport report) {
            return ((PathDependent) whole.ofReport(report)).withPaths(PATHS);
        }
    }

    /** What the model says of one customer: scalar calls are answered by the outlook of a base that has her alone. */
    private static final class OfCustomer
            implements FittedTransactionModel,
                    ResidualTransactions,
                    TransactionDistribution,
                    FutureDistribution,
                    FutureSurvival,
                    NextPurchase,
                    PosteriorRates,
                    PosteriorSampler,
                    TransactionSimulator {

        private final TimeVaryingParetoNbd.Fitted model;
        private final String id;
        private final TimeScale unit;
        private final LocalDate first;
        private @Nullable Known known;

        private record Known(int frequency, double recency, double age, TimeVaryingParetoNbd.Outlook outlook) {}

        OfCustomer(TimeVaryingParetoNbd.Fitted model, String id, TimeScale unit, double age) {
            this.model = model;
            this.id = id;
            this.unit = unit;
            this.first = END.minusDays((int) Math.rint(age * unit.daysPerPeriod()));
        }

        private TimeVaryingParetoNbd.Outlook outlook(int frequency, double recency, double age) {
            Known last = known;
            if (last != null && last.frequency == frequency && last.recency == recency && last.age == age) {
                return last.outlook;
            }
            // Refuses what is no history, as a base does.
            CustomerSummary summary = CustomerSummary.of(id, frequency, recency, age);
            TransactionLog.Builder log = TransactionLog.builder();
            int days = unit.daysPerPeriod();
            Days.of(summary.frequency(), summary.recency() * days, summary.age() * days)
                    .addTo(log, id);
            TimeVaryingParetoNbd.Outlook outlook = outlook(log, END);
            known = new Known(frequency, recency, age, outlook);
            return outlook;
        }

        private TimeVaryingParetoNbd.Outlook outlook(TransactionLog.Builder log, LocalDate end) {
            return model.outlook(CustomerBase.of(log.build(), Observation.until(end), unit), 0);
        }

        /** On the day of her first purchase. */
        private TimeVaryingParetoNbd.Outlook ofNewCustomer() {
            return outlook(TransactionLog.builder().add(id, first, BigDecimal.ONE), first);
        }

        @Override
        public String name() {
            return model.name();
        }

        @Override
        public Map<String, Double> parameters() {
            return model.parameters();
        }

        @Override
        public Optional<FitReport> report() {
            return model.report();
        }

        @Override
        public double logLikelihood(int frequency, double recency, double age) {
            return outlook(frequency, recency, age).logLikelihood();
        }

        @Override
        public double probabilityAlive(int frequency, double recency, double age) {
            return outlook(frequency, recency, age).probabilityAlive();
        }

        @Override
        public double probabilityActive(int frequency, double recency, double age, double horizon) {
            return outlook(frequency, recency, age).probabilityActive(horizon);
        }

        @Override
        public double expectedTransactions(int frequency, double recency, double age, double horizon) {
            return outlook(frequency, recency, age).expectedTransactions(horizon);
        }

        @Override
        public double expectedTransactionsOfNewCustomer(double horizon) {
            return ofNewCustomer().expectedTransactions(horizon);
        }

        @Override
        public double discountedExpectedTransactions(
                int frequency, double recency, double age, double horizon, double continuousRate) {
            return outlook(frequency, recency, age).discountedExpectedTransactions(horizon, continuousRate);
        }

        @Override
        public double discountedExpectedResidualTransactions(
                int frequency, double recency, double age, double continuousRate) {
            return outlook(frequency, recency, age).discountedExpectedResidualTransactions(continuousRate);
        }

        @Override
        public double probabilityOfTransactions(int transactions, double horizon) {
            return ofNewCustomer().probabilityOfFutureTransactions(transactions, horizon);
        }

        @Override
        public double probabilityOfFutureTransactions(
                int transactions, int frequency, double recency, double age, double horizon) {
            return outlook(frequency, recency, age).probabilityOfFutureTransactions(transactions, horizon);
        }

        @Override
        public double probabilityAliveAt(int frequency, double recency, double age, double horizon) {
            return outlook(frequency, recency, age).probabilityAliveAt(horizon);
        }

        @Override
        public double expectedTimeToNextPurchase(int frequency, double recency, double age, double horizon) {
            return outlook(frequency, recency, age).expectedTimeToNextPurchase(horizon);
        }

        @Override
        public double timeToNextPurchaseQuantile(int frequency, double recency, double age, double probability) {
            return outlook(frequency, recency, age).timeToNextPurchaseQuantile(probability);
        }

        @Override
        public double expectedPurchaseRate(int frequency, double recency, double age) {
            return outlook(frequency, recency, age).expectedPurchaseRate();
        }

        @Override
        public double expectedDropoutRate(int frequency, double recency, double age) {
            return outlook(frequency, recency, age).expectedDropoutRate();
        }

        /** Rates are drawn as they are at covariates of 0; here they are made those of the last day, which expected rates are of. */
        @Override
        public List<CustomerDraw> sample(
                int frequency, double recency, double age, double horizon, int draws, long seed) {
            double purchases = factor("purchase:");
            double dropout = factor("dropout:");
            return outlook(frequency, recency, age).sample(horizon, draws, seed).stream()
                    .map(draw -> new CustomerDraw(
                            draw.alive(),
                            Math.min(Double.MAX_VALUE, draw.purchaseRate() * purchases),
                            Math.min(Double.MAX_VALUE, draw.dropoutRate() * dropout),
                            draw.lifetime(),
                            draw.futureTransactions()))
                    .toList();
        }

        private double factor(String process) {
            double log = 0;
            for (String name : PATHS.names()) {
                log += model.effects().get(process + name) * covariate(name, id, END);
            }
            return Math.exp(log);
        }

        @Override
        public void futureTransactionsInto(
                CustomerBase base, int from, int to, double horizon, long seed, double[] out) {
            model.futureTransactionsInto(base, from, to, horizon, seed, out);
        }

        @Override
        public double[] simulateTransactionTimes(double age, long seed) {
            return model.simulateTransactionTimes(id, first, unit, age, seed);
        }
    }
}
