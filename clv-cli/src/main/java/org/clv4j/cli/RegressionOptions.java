// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clv4j.core.learn.FeatureCatalog;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerCatalog;
import org.clv4j.core.learn.PredictionTask;
import org.clv4j.core.learn.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of models that learn: what learns, what from, and as of when. */
final class RegressionOptions {

    @Option(
            names = "--family",
            paramLabel = "F,...",
            description =
                    "With --model regression: what learns, as ols, ridge, quantile, poisson, tweedie, two-part, ziln.")
    private @Nullable String family;

    @Option(
            names = "--features",
            paramLabel = "A,B,...",
            description =
                    "With --model regression: what it learns from, as frequency, time-since-last, recent:13,"
                            + " product-mix, attribute:NAME, mix:NAME, score:pareto-nbd:gamma-gamma:39. Default: its standard ones.")
    private @Nullable String features;

    @Option(
            names = "--target",
            paramLabel = "T",
            description = "With --model regression: net-value (the default), margin, orders or active.")
    private @Nullable String target;

    @Option(
            names = "--cut-offs",
            paramLabel = "N|DATE,...",
            description = "With --model regression: the days as of which it learns, or how many at most, each a horizon"
                    + " before the next. Default: 1, a horizon before the end.")
    private @Nullable String cutOffs;

    @Option(
            names = "--new-customers",
            paramLabel = "N",
            description = "With --model regression: learn from the first N time units of each customer, for customers"
                    + " that are new.")
    private @Nullable String newCustomers;

    @Option(
            names = "--recalibrate",
            description = "With --model regression: map predictions, monotonically, to what customers with such"
                    + " predictions spent on average.")
    private boolean recalibrate;

    @Option(
            names = "--negative-as-zero",
            description =
                    "With --model regression: learn from a horizon in which more was refunded than paid as from one"
                            + " of 0; families that know no values below 0 need it.")
    private boolean negativeAsZero;

    @Option(
            names = "--interval-segments",
            paramLabel = "NAME",
            description = "With --model regression: the attribute in whose every group intervals hold their level, or"
                    + " 'purchases' for groups by how often customers have bought.")
    private @Nullable String segments;

    @Option(
            names = "--prediction-intervals",
            paramLabel = "LEVEL|none",
            description = "With --model regression: the level of prediction intervals, by five folds. Default: 0.95.")
    private @Nullable String intervals;

    private final LearnerCatalog learners = LearnerCatalog.load();

    /** The families to fit, each a model. */
    List<String> families() {
        if (family == null) {
            throw new UsageException("regression needs --family, as two-part; families: " + known());
        }
        List<String> names = Options.list("--family", family);
        names.forEach(name -> Options.parse("--family", name, learners::find));
        return names;
    }

    private String known() {
        return String.join(
                ", ", learners.providers().stream().map(p -> p.name()).toList());
    }

    Learner learner(String name) {
        return learners.find(name).learner();
    }

    /** Refuses the options where nothing learns. */
    void requireNone() {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--family", family != null);
        given.put("--features", features != null);
        given.put("--target", target != null);
        given.put("--cut-offs", cutOffs != null);
        given.put("--new-customers", newCustomers != null);
        given.put("--recalibrate", recalibrate);
        given.put("--negative-as-zero", negativeAsZero);
        given.put("--interval-segments", segments != null);
        given.put("--prediction-intervals", intervals != null);
        given.forEach((option, isGiven) -> {
            if (isGiven) {
                throw new UsageException(option + " goes with --model regression");
            }
        });
    }

    /** What customers and transactions need for the features: columns that are read only if they are asked for. */
    static List<String> attributesOf(List<String> names) {
        List<String> attributes = new ArrayList<>();
        for (String name : names) {
            for (String prefix : List.of("attribute:", "number:")) {
                if (name.startsWith(prefix)) {
                    attributes.add(name.substring(prefix.length()));
                }
            }
        }
        return attributes;
    }

    static List<String> lineAttributesOf(List<String> names) {
        return names.stream()
                .filter(name -> name.startsWith("mix:"))
                .map(name -> name.substring("mix:".length()))
                .toList();
    }

    List<String> featureNames() {
        return features == null ? List.of() : Options.list("--features", features);
    }

    /** The attributes of customers that the task needs. */
    List<String> attributes() {
        List<String> attributes = new ArrayList<>(attributesOf(featureNames()));
        if (segments != null && !segments.equals(PredictionTask.PURCHASES) && !attributes.contains(segments)) {
            attributes.add(segments);
        }
        return attributes;
    }

    Optional<String> segments() {
        return Optional.ofNullable(segments);
    }

    Target target() {
        return target == null ? Target.NET_VALUE : Options.parse("--target", target, Target::parse);
    }

    OptionalDouble newCustomers() {
        return newCustomers == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Options.number("--new-customers", newCustomers));
    }

    /** The task for a horizon. */
    PredictionTask task(double horizon) {
        try {
            PredictionTask task = PredictionTask.of(horizon)
                    .withTarget(target())
                    .withRecalibration(recalibrate)
                    .withNegativeAsZero(negativeAsZero);
            if (features != null) {
                FeatureCatalog catalog = FeatureCatalog.load();
                task = task.withFeatures(
                        featureNames().stream().map(catalog::find).toList());
            }
            if (cutOffs != null && cutOffs.strip().length() < 4) {
                task = task.withCutOffCount((int) Options.wholeNumber("--cut-offs", cutOffs, 1));
            } else if (cutOffs != null) {
                List<LocalDate> days = Options.list("--cut-offs", cutOffs).stream()
                        .map(day -> Options.date("--cut-offs", day))
                        .toList();
                task = task.withCutOffs(days);
            }
            if (newCustomers().isPresent()) {
                task = task.ofNewCustomers(newCustomers().getAsDouble());
            }
            if (intervals != null) {
                task = intervals.equals("none")
                        ? task.withIntervals(task.level(), 0)
                        : task.withIntervals(Options.number("--prediction-intervals", intervals), task.folds());
            }
            return segments == null ? task : task.withSegments(segments);
        } catch (IllegalArgumentException e) {
            throw new UsageException("regression: " + e.getMessage(), e);
        }
    }
}
