// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.validate;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerHistories;
import org.clv4j.core.learn.Feature;
import org.clv4j.core.learn.FittedFeature;
import org.clv4j.core.model.ModelException;

/**
 * Finds features that see the future. What a {@link Feature} is given ends on the day as of which a customer is known, so that one that
 * computes from it alone cannot look ahead; but a user's own may know other things, as a table of totals that was made of all transactions.
 *
 * <p>The guard makes and fits the features twice: once from customers of whom everything is known, once from the same customers as of a day.
 * A value as of that day that is not the same both times, bit for bit, has seen past it. It finds what the features are computed from, not what
 * somebody wrote into the data: an attribute such as a status that is kept up to date carries the future into the past, and no computation can
 * tell.
 *
 * <p>This class has no state.
 */
public final class LeakageGuard {

    private LeakageGuard() {}

    /**
     * Checks features as of a day.
     *
     * @param base the customers, observed until after the day; made of transactions
     * @param day the day
     * @param features makes the features of a base, as a regression would be given them
     * @throws ModelException if a feature has another value when later transactions are known; the message names feature and customer
     * @throws org.clv4j.core.data.DataException if the base was not made of transactions
     * @throws IllegalArgumentException if the day is after the end of the base's observation, or nobody had bought by then
     */
    public static void check(
            CustomerBase base,
            LocalDate day,
            Function<CustomerBase, ? extends Collection<? extends Feature>> features) {
        Objects.requireNonNull(features, "features");
        CustomerHistories knowing = base.historiesAt(day);
        if (knowing.size() == 0) {
            throw new IllegalArgumentException("`day` must be one by which somebody had bought, but was " + day);
        }
        CustomerBase asOf = knowing.base();
        CustomerHistories unknowing = asOf.histories();
        List<? extends Feature> ahead = List.copyOf(features.apply(base));
        List<? extends Feature> honest = List.copyOf(features.apply(asOf));
        if (ahead.size() != honest.size()) {
            throw new ModelException("with transactions after " + day + " there are " + ahead.size()
                    + " features, without them " + honest.size());
        }
        for (int i = 0; i < ahead.size(); i++) {
            compare(ahead.get(i).fit(knowing), honest.get(i).fit(unknowing), knowing, unknowing, day);
        }
    }

    private static void compare(
            FittedFeature ahead,
            FittedFeature honest,
            CustomerHistories knowing,
            CustomerHistories unknowing,
            LocalDate day) {
        if (!ahead.columns().equals(honest.columns())) {
            throw new ModelException("the feature '" + ahead.name() + "' sees past " + day + ": its columns are "
                    + ahead.columns() + " with later transactions and " + honest.columns() + " without");
        }
        double[][] with = ahead.values(knowing);
        double[][] without = honest.values(unknowing);
        for (int j = 0; j < with.length; j++) {
            for (int row = 0; row < with[j].length; row++) {
                if (Double.compare(with[j][row], without[j][row]) != 0) {
                    throw new ModelException("the feature '" + ahead.name() + "' sees past " + day + ": '"
                            + ahead.columns().get(j) + "' of customer " + knowing.id(row) + " is " + with[j][row]
                            + " with later transactions and " + without[j][row] + " without");
                }
            }
        }
    }
}
