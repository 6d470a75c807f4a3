// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
/**
 * What customers, transactions, a customer base, a model, a valuation and customer equity are.
 *
 * <p>The packages form a ladder: {@code data} knows nothing else, {@code value} knows data, {@code economics} and {@code model} know
 * both but not each other, {@code learn} and {@code retention} know models, {@code validate} knows learners, {@code segment} and {@code
 * ranking} put customers into groups and in order, {@code equity} knows them all, and {@code scenario} and {@code explain} know equity.
 */
module org.clv4j.core {
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports org.clv4j.core.data;
    exports org.clv4j.core.value;
    exports org.clv4j.core.economics;
    exports org.clv4j.core.model;
    exports org.clv4j.core.learn;
    exports org.clv4j.core.validate;
    exports org.clv4j.core.retention;
    exports org.clv4j.core.segment;
    exports org.clv4j.core.ranking;
    exports org.clv4j.core.equity;
    exports org.clv4j.core.scenario;
    exports org.clv4j.core.explain;

    uses org.clv4j.core.model.ModelProvider;
    uses org.clv4j.core.learn.LearnerProvider;
    uses org.clv4j.core.learn.FeatureProvider;
}
