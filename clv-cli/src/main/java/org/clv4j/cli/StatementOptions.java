// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clv4j.core.equity.EquityStatement;
import org.clv4j.core.equity.EquityStatementPlan;
import org.clv4j.core.equity.PlannedCohort;
import org.clv4j.core.equity.ProductOffer;
import org.clv4j.core.equity.ReferralProgramme;
import org.clv4j.core.segment.Segmentation;
import org.clv4j.core.value.Margin;
import org.clv4j.io.StatementCsv;
import org.clv4j.io.StatementJson;
import org.clv4j.io.TextOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a statement of equity counts beside the customers' purchases. */
final class StatementOptions {

    @Option(
            names = "--statement",
            description = "Show equity line by line: realised, repeat, expansion, referral, future cohorts, costs.")
    private boolean statement;

    @Option(
            names = "--growth",
            paramLabel = "G",
            description = "In a statement: growth of the revenue of existing customers a year, as 0.02.")
    private @Nullable String growth;

    @Option(
            names = "--offer",
            paramLabel = "NAME,H,R,C",
            description =
                    "In a statement: a product that customers take at the rate H a time unit, and that from then on"
                            + " adds the revenue R and the contribution C to an order. Repeat it for several.")
    private @Nullable List<String> offers;

    @Option(
            names = "--referrals",
            paramLabel = "N,SHARE,CAC",
            description =
                    "In a statement: an order brings N customers, a SHARE of whom would not have come otherwise; each"
                            + " saves the acquisition cost CAC.")
    private @Nullable String referrals;

    @Option(
            names = "--cohort",
            paramLabel = "START,N,CAC[,K=V...]",
            description = "In a statement: N new customers who come START time units from now and cost CAC each, with"
                    + " attributes. Repeat it for several.")
    private @Nullable List<String> cohorts;

    @Option(
            names = "--service-cost",
            paramLabel = "P[,O]",
            description = "In a statement: what serving a customer costs a time unit, and an order.")
    private @Nullable String serviceCost;

    @Option(
            names = "--realised-margin",
            paramLabel = "M",
            description = "In a statement: the margin of the past, if it is not that of --margin.")
    private @Nullable String realisedMargin;

    @Option(
            names = "--statement-out",
            paramLabel = "FILE",
            description = "Where to write the statement, as .csv or .json; - is standard output, as JSON.")
    private @Nullable String out;

    boolean hasFile() {
        return out != null;
    }

    boolean isStandardOutput() {
        return out != null && out.equals("-");
    }

    /** Tells whether a statement is to be shown. */
    boolean isWanted() {
        if (out != null) {
            FormatOption.isCsv("--statement-out", out);
        }
        return statement || out != null;
    }

    /** Refuses what only a statement or a scenario takes. */
    void requireUsed(boolean scenarios) {
        if (isWanted() || scenarios) {
            return;
        }
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("--growth", growth);
        given.put("--offer", offers);
        given.put("--referrals", referrals);
        given.put("--cohort", cohorts);
        given.put("--service-cost", serviceCost);
        given.put("--realised-margin", realisedMargin);
        given.forEach((option, value) -> {
            if (value != null) {
                throw new UsageException(option + " goes with --statement or --what-if");
            }
        });
    }

    /** What the statement counts. */
    EquityStatementPlan plan(List<List<Segmentation>> breakdowns) {
        EquityStatementPlan plan = EquityStatementPlan.withDefaults();
        for (List<Segmentation> dimensions : breakdowns) {
            plan = plan.withSegmentations(dimensions);
        }
        if (growth != null) {
            plan = with(plan, "--growth", growth, (to, text) -> to.withGrowth(Options.number("--growth", text)));
        }
        for (String offer : offers == null ? List.<String>of() : offers) {
            plan = with(plan, "--offer", offer, (to, text) -> {
                List<String> parts = parts("--offer", text, 4, 4);
                return to.withProduct(new ProductOffer(
                        parts.get(0),
                        Options.number("--offer", parts.get(1)),
                        Options.number("--offer", parts.get(2)),
                        Options.number("--offer", parts.get(3))));
            });
        }
        if (referrals != null) {
            plan = with(plan, "--referrals", referrals, (to, text) -> {
                List<Double> parts = numbers("--referrals", text, 3, 3);
                return to.withReferrals(ReferralProgramme.of(parts.get(0), parts.get(1), parts.get(2)));
            });
        }
        for (String cohort : cohorts == null ? List.<String>of() : cohorts) {
            plan = with(plan, "--cohort", cohort, (to, text) -> to.withCohort(cohort(text)));
        }
        if (serviceCost != null) {
            plan = with(plan, "--service-cost", serviceCost, (to, text) -> {
                List<Double> parts = numbers("--service-cost", text, 1, 2);
                return to.withServiceCost(parts.get(0), parts.size() > 1 ? parts.get(1) : 0);
            });
        }
        if (realisedMargin != null) {
            plan = with(
                    plan,
                    "--realised-margin",
                    realisedMargin,
                    (to, text) -> to.withRealisedMargin(Margin.of(Options.number("--realised-margin", text))));
        }
        return plan;
    }

    private interface Part {
        EquityStatementPlan addTo(EquityStatementPlan plan, String text);
    }

    private static EquityStatementPlan with(EquityStatementPlan plan, String option, String text, Part part) {
        return Options.parse(option, text, given -> part.addTo(plan, given));
    }

    private static PlannedCohort cohort(String text) {
        List<String> parts = parts("--cohort", text, 3, Integer.MAX_VALUE);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String attribute : parts.subList(3, parts.size())) {
            int equals = attribute.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("--cohort: an attribute must be name=value, but was '" + attribute + "'");
            }
            attributes.put(attribute.substring(0, equals), attribute.substring(equals + 1));
        }
        return new PlannedCohort(
                Options.number("--cohort", parts.get(0)),
                Options.number("--cohort", parts.get(1)),
                Options.number("--cohort", parts.get(2)),
                attributes);
    }

    private static List<Double> numbers(String option, String text, int least, int most) {
        List<Double> numbers = new ArrayList<>();
        parts(option, text, least, most).forEach(part -> numbers.add(Options.number(option, part)));
        return numbers;
    }

    private static List<String> parts(String option, String text, int least, int most) {
        List<String> parts = Options.list(option, text);
        if (parts.size() < least || parts.size() > most) {
            throw new UsageException(option + " must have " + least
                    + (least == most ? "" : most == Integer.MAX_VALUE ? " or more" : " or " + most)
                    + " parts with commas between them, but was '" + text + "'");
        }
        return parts;
    }

    /** Writes the statement where it is wanted. */
    void write(EquityStatement stated, Console console) {
        if (out == null) {
            return;
        }
        TextOutput output = TextOutput.parse(out, console.out());
        if (FormatOption.isCsv("--statement-out", out)) {
            StatementCsv.write(stated, output);
        } else {
            StatementJson.write(stated, output);
        }
    }
}
