// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.model.FitReport;
import org.clv4j.core.model.FittedModel;
import org.clv4j.core.model.FittedSpendModel;
import org.clv4j.core.model.FittedTransactionModel;
import org.clv4j.core.model.ModelCatalog;
import org.clv4j.core.model.ModelException;
import org.clv4j.core.model.ModelProvider;
import org.clv4j.core.model.ParameterDraws;
import org.clv4j.core.model.SpendModel;
import org.clv4j.core.model.TransactionModel;
import org.jspecify.annotations.Nullable;

/**
 * Models of purchases as the data leave them open: each draw is one that might have been fitted as well. A transaction model alone, or one
 * with a spend model; each drawn from the errors of its parameters, by the bootstrap, or taken as known.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class PurchaseModelDraws {

    private static final String BOOTSTRAP = "bootstrap";
    private static final String ERRORS = "errors of the parameters";

    private interface Drawing<M> {
        M draw(RandomGenerator random);
    }

    /** A model as it was fitted, and how to draw another. */
    private static final class Part<M extends FittedModel> {
        final M fitted;
        final String method;
        final Drawing<? extends M> drawing;

        Part(M fitted, String method, Drawing<? extends M> drawing) {
            this.fitted = fitted;
            this.method = method;
            this.drawing = drawing;
        }

        static <M extends FittedModel> Part<M> known(M fitted) {
            return new Part<>(fitted, "known parameters", random -> fitted);
        }
    }

    private final Part<FittedTransactionModel> transactions;
    private final @Nullable Part<FittedSpendModel> spend;

    private PurchaseModelDraws(Part<FittedTransactionModel> transactions, @Nullable Part<FittedSpendModel> spend) {
        this.transactions = transactions;
        this.spend = spend;
    }

    /**
     * Takes a transaction model as known: only the luck of customers is left.
     *
     * @param fitted the model
     * @return draws that are all the same
     */
    public static PurchaseModelDraws ofKnown(FittedTransactionModel fitted) {
        return new PurchaseModelDraws(Part.known(Objects.requireNonNull(fitted, "fitted")), null);
    }

    /**
     * Draws the parameters of a transaction model from the errors of its fit; see {@link ParameterDraws}.
     *
     * @param catalog where the model's provider is found
     * @param fitted the model, with a report that has a covariance; with covariates or without
     * @return the draws
     * @throws ModelException if there is no report, or none with a covariance
     * @throws IllegalArgumentException if the catalogue does not know the model
     */
    public static PurchaseModelDraws ofErrors(ModelCatalog catalog, FittedTransactionModel fitted) {
        ModelProvider.OfTransactions provider = catalog.transactions(fitted.name());
        FitReport report = reportOf(fitted);
        ParameterDraws draws = drawsOf(provider, report);
        return new PurchaseModelDraws(
                new Part<>(fitted, ERRORS, random -> provider.ofReport(moved(report, draws, random))), null);
    }

    /**
     * Fits a transaction model again to customers whose weights are drawn anew (Bayesian bootstrap): a fit a draw, and right also where a
     * parameter is at the edge of its domain and has no standard error.
     *
     * @param model the model
     * @param base the customers that it is fitted to
     * @return the draws
     * @throws ModelException if the base cannot identify the model
     */
    public static PurchaseModelDraws ofBootstrap(TransactionModel model, CustomerBase base) {
        return new PurchaseModelDraws(
                new Part<>(model.fit(base), BOOTSTRAP, random -> model.fit(reweighted(base, random))), null);
    }

    /**
     * Returns a copy with a spend model that is taken as known.
     *
     * @param fitted the model
     * @return the copy
     */
    public PurchaseModelDraws withKnownSpend(FittedSpendModel fitted) {
        return new PurchaseModelDraws(transactions, Part.known(Objects.requireNonNull(fitted, "fitted")));
    }

    /**
     * Returns a copy with a spend model whose parameters are drawn from the errors of its fit, independently of those of the transaction
     * model.
     *
     * @param catalog where the model's provider is found
     * @param fitted the model, with a report that has a covariance
     * @return the copy
     * @throws ModelException if there is no report, or none with a covariance
     * @throws IllegalArgumentException if the catalogue does not know the model
     */
    public PurchaseModelDraws withSpendErrors(ModelCatalog catalog, FittedSpendModel fitted) {
        ModelProvider.OfSpend provider = catalog.spend(fitted.name());
        FitReport report = reportOf(fitted);
        ParameterDraws draws = drawsOf(provider, report);
        return new PurchaseModelDraws(
                transactions, new Part<>(fitted, ERRORS, random -> provider.ofReport(moved(report, draws, random))));
    }

    /**
     * Returns a copy with a spend model that is fitted again in each draw, to the same weights as a transaction model that is drawn so.
     *
     * @param model the model
     * @param base the customers that it is fitted to
     * @return the copy
     * @throws ModelException if the base cannot identify the model
     */
    public PurchaseModelDraws withSpendBootstrap(SpendModel model, CustomerBase base) {
        return new PurchaseModelDraws(
                transactions, new Part<>(model.fit(base), BOOTSTRAP, random -> model.fit(reweighted(base, random))));
    }

    private static FitReport reportOf(FittedModel fitted) {
        return fitted.report()
                .orElseThrow(() -> new ModelException("the parameters of " + fitted.name()
                        + " were stated, not estimated, so that they have no errors; take them as known"));
    }

    private static ParameterDraws drawsOf(ModelProvider provider, FitReport report) {
        return ParameterDraws.of(
                report, provider.parametersAmong(report.parameters().keySet()));
    }

    /** By the report, which knows the levels of covariates and what else a model goes by. */
    private static FitReport moved(FitReport report, ParameterDraws draws, RandomGenerator random) {
        Map<String, Double> drawn = draws.draw(random);
        return report.withParameters(drawn).build();
    }

    private static CustomerBase reweighted(CustomerBase base, RandomGenerator random) {
        double[] weights = new double[base.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = base.weight(row) * Math.max(Double.MIN_NORMAL, -Math.log1p(-random.nextDouble()));
        }
        return base.withWeights(weights);
    }

    /**
     * Returns how models are drawn.
     *
     * @return the method in words
     */
    public String method() {
        return spend == null || spend.method.equals(transactions.method)
                ? transactions.method
                : transactions.method + "; spend: " + spend.method;
    }

    /**
     * Returns the name of the models together.
     *
     * @return the name, as {@code bg-nbd × gamma-gamma}
     */
    public String name() {
        return transactions.fitted.name() + (spend == null ? "" : " × " + spend.fitted.name());
    }

    Models fitted() {
        return new Models(transactions.fitted, spend == null ? null : spend.fitted);
    }

    /** Both parts start from the same seed, so that a bootstrap gives both the same weights; other draws take a stream of their own. */
    Models draw(long seed) {
        FittedTransactionModel drawn = transactions.drawing.draw(new SplittableRandom(seed));
        if (spend == null) {
            return new Models(drawn, null);
        }
        boolean together = spend.method.equals(BOOTSTRAP) && transactions.method.equals(BOOTSTRAP);
        return new Models(drawn, spend.drawing.draw(new SplittableRandom(together ? seed : ~seed)));
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        fitted().all().forEach(model -> model.report().ifPresent(report -> report.warnings()
                .forEach(warning -> warnings.add(report.model() + ": " + warning.message()))));
        return warnings;
    }

    /** A transaction model, and a spend model if there is one. */
    record Models(FittedTransactionModel transactions, @Nullable FittedSpendModel spend) {

        List<FittedModel> all() {
            return spend == null ? List.of(transactions) : List.of(transactions, spend);
        }
    }
}
