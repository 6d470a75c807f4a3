// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ExecutionTest {

    private static int[] partsDone(Execution execution, int parts) {
        AtomicIntegerArray done = new AtomicIntegerArray(parts);
        AtomicIntegerArray busy = new AtomicIntegerArray(execution.threads());
        execution.run(parts, (worker, part) -> {
            assertThat(busy.incrementAndGet(worker))
                    .as("parts of worker %d at once", worker)
                    .isEqualTo(1);
            done.incrementAndGet(part);
            busy.decrementAndGet(worker);
        });
        int[] counts = new int[parts];
        for (int part = 0; part < parts; part++) {
            counts[part] = done.get(part);
        }
        return counts;
    }

    @Test
    void everyPartIsDoneOnce() {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (Execution execution : List.of(
                    Execution.sequential(),
                    Execution.ofThreads(1),
                    Execution.ofThreads(4),
                    Execution.ofThreads(4, threads),
                    Execution.ofThreads(100, threads))) {
                for (int parts : new int[] {0, 1, 2, 1000}) {
                    assertThat(partsDone(execution, parts))
                            .hasSize(parts)
                            .containsOnly(parts == 0 ? new int[0] : new int[] {1});
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anExecutorThatHasNoThreadToSpareStopsNothing() {
        ExecutorService one = Executors.newFixedThreadPool(1);
        try {
            // The only thread of the executor asks for more threads of the same executor.
            assertThat(one.submit(() -> partsDone(Execution.ofThreads(8, one), 50))
                            .get())
                    .containsOnly(1);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            one.shutdownNow();
        }
        assertThat(partsDone(
                        Execution.ofThreads(8, task -> {
                            throw new RejectedExecutionException("closed");
                        }),
                        50))
                .containsOnly(1);
        assertThat(partsDone(Execution.ofThreads(8, task -> {}), 50)).containsOnly(1);
    }

    @Test
    void aPartThatFailsEndsTheWork() {
        for (Execution execution : List.of(Execution.sequential(), Execution.ofThreads(3))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> execution.run(100, (worker, part) -> {
                        if (part == 7) {
                            throw new IllegalStateException("part 7");
                        }
                    }))
                    .withMessage("part 7");
        }
    }

    @Test
    void progressIsHeardAndCanEndTheWork() {
        List<String> heard = new ArrayList<>();
        Execution execution = Execution.sequential().withProgress(progress -> heard.add(progress.toString()));
        execution.step("fitting", 3, 0);
        execution.step("scoring", 4, 10);
        assertThat(heard).containsExactly("fitting: 3", "scoring: 4 of 10");
        Execution impatient = Execution.ofThreads(2).withProgress(progress -> {
            throw new IllegalStateException("enough");
        });
        assertThatIllegalStateException().isThrownBy(() -> impatient.step("fitting", 1, 0));
        assertThat(impatient.threads()).isEqualTo(2);
    }

    @Test
    void anInterruptCancels() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> Execution.sequential().step("fitting nbd", 1, 0))
                    .withMessageContaining("fitting nbd");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Execution.ofThreads(0))
                .withMessageContaining("`threads`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress("fitting", -1, 0))
                .withMessageContaining("`done`");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Progress("fitting", 5, 4))
                .withMessageContaining("`total`");
    }
}
