// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.CustomerSummary;

/** What the contracts share: bases taken apart and put together, and work in several threads. */
final class Bases {

    private Bases() {}

    static List<CustomerSummary> summaries(CustomerBase base) {
        List<CustomerSummary> summaries = new ArrayList<>();
        for (int row = 0; row < base.size(); row++) {
            summaries.add(base.summary(row));
        }
        return summaries;
    }

    static CustomerBase shuffled(CustomerBase base) {
        List<CustomerSummary> shuffled = summaries(base);
        Collections.shuffle(shuffled, new Random(5));
        return CustomerBase.ofSummaries(shuffled, base.timeScale());
    }

    /** Gives each customer a weight of 1 to 4, and hands over the base by weights and the base of so many equal rows. */
    static void weighted(CustomerBase base, BiConsumer<CustomerBase, CustomerBase> weightedAndRepeated) {
        List<CustomerSummary> weighted = new ArrayList<>();
        List<CustomerSummary> repeated = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(6);
        for (CustomerSummary summary : summaries(base)) {
            int weight = 1 + random.nextInt(4);
            weighted.add(summary.withWeight(weight));
            for (int i = 0; i < weight; i++) {
                repeated.add(CustomerSummary.of(
                                summary.id() + "#" + i,
                                summary.frequency(),
                                summary.recency(),
                                summary.age(),
                                summary.monetaryValue())
                        .withAttributes(summary.attributes()));
            }
        }
        weightedAndRepeated.accept(
                CustomerBase.ofSummaries(weighted, base.timeScale()),
                CustomerBase.ofSummaries(repeated, base.timeScale()));
    }

    static <T> List<T> inThreads(int threads, Callable<T> task) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, task))) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e);
        } finally {
            executor.shutdownNow();
        }
    }
}
