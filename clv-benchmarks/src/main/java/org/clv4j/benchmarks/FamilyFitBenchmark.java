// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.CovariateProvider;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.TransactionModel;
import org.clv4j.models.attrition.TimeVaryingParetoNbd;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole fit of every transaction model to the same customers: see {@link FamilyData}. An iteration of a fit that takes longer than
 * it is one fit; one of a quick fit is many, so that it is as warm as the others.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 2, time = 2)
public class FamilyFitBenchmark {

    /** After the name of a model: with the two covariates of {@link FamilyData}. */
    static final String WITH_COVARIATES = "+covariates";

    /** How many customers are simulated. */
    static final int DISTINCT = 100_000;

    /** A model and its customers. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else.
    public static class Task {

        /** The name of a model in the catalogue. */
        @Param({
            "pareto-nbd",
            "bg-nbd",
            "mbg-nbd",
            "nbd",
            "bg-cnbd-k",
            "mbg-cnbd-k",
            "ggompertz-nbd",
            "pdo",
            "bg-bb",
            "pareto-nbd-sarmanov",
            "pareto-nbd-hb",
            "pareto-ggg",
            "pareto-nbd-time-varying",
            "pareto-nbd+covariates",
            "bg-nbd+covariates",
            "mbg-nbd+covariates",
            "ggompertz-nbd+covariates"
        })
        public String model;

        /** {@code CDNOW} or {@code DISTINCT}. */
        @Param({"CDNOW", "DISTINCT"})
        public String data;

        private Fit fit;
        private @Nullable FittedTransactionModel last;

        /** Makes or reads the customers. */
        @Setup(Level.Trial)
        public void setUp() {
            fit = FamilyFitBenchmark.fit(model, FamilyData.Source.valueOf(data), DISTINCT);
        }

        /** Says how the fit ended: the time of one that did not converge is not that of a fit. */
        @TearDown(Level.Trial)
        public void tellHowItEnded() {
            if (last != null) {
                System.err.println("\n" + model + " on " + data + ": " + ending(last));
            }
        }
    }

    /** What is timed. A model that needs more than a base to be fitted gets its own in {@link #fit(String, FamilyData.Source, int)}. */
    interface Fit {
        FittedTransactionModel run();
    }

    /** Prepares the fit of a model to the customers of a source, of whom so many are made where they are simulated. */
    static Fit fit(String name, FamilyData.Source source, int customers) {
        TransactionModel model = model(name);
        FamilyData.Shape shape = FamilyData.shape(name, source);
        CustomerBase base =
                source == FamilyData.Source.CDNOW ? FamilyData.cdnow(shape) : FamilyData.distinct(customers, shape);
        return () -> model.fit(base);
    }

    private static TransactionModel model(String name) {
        if (name.equals(TimeVaryingParetoNbd.NAME)) {
            return TimeVaryingParetoNbd.of(FamilyData.weeklyPaths());
        }
        ModelProvider.OfTransactions provider = ModelCatalog.load().transactions(name.replace(WITH_COVARIATES, ""));
        return name.endsWith(WITH_COVARIATES)
                ? ((CovariateProvider) provider).model(FamilyData.COVARIATES)
                : provider.model();
    }

    static String ending(FittedTransactionModel fitted) {
        FitReport report = fitted.report().orElseThrow();
        return (report.converged() ? "converged" : "NOT CONVERGED") + ", " + report.evaluations() + " evaluations, "
                + report.parameters() + ", log-likelihood " + report.logLikelihood() + ", warnings "
                + report.warnings();
    }

    /**
     * Fits the model.
     *
     * @param task the model and its customers
     * @return the fitted model
     */
    @Benchmark
    public FittedTransactionModel fit(Task task) {
        FittedTransactionModel fitted = task.fit.run();
        task.last = fitted;
        return fitted;
    }
}
