// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How long work is run: on how many threads, whose, and who hears of its progress. Results do not depend on it, to the last bit.
 *
 * <p>Work is cancelled by interrupting the thread that asked for it, or by an exception of the progress listener: it stops at the next
 * step, with nothing half done to be seen.
 *
 * <p>Immutable and thread-safe, if executor and listener are.
 */
public final class Execution {

    /** A part of some work. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does a part.
         *
         * @param worker who does it, from 0 to the number of threads − 1; a worker does one part at a time, so that it can have
         *     memory of its own
         * @param part which part
         */
        void run(int worker, int part);
    }

    /** Computes a range of the rows of a column. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Computes rows.
         *
         * @param from the first row
         * @param to the row after the last
         * @param out receives the results in its first {@code to − from} cells
         */
        void fill(int from, int to, double[] out);
    }

    /** So many rows a part that threads have enough to do and tables over a part pay. */
    private static final int PART_ROWS = 1 << 16;

    private static final Execution SEQUENTIAL = new Execution(1, Runnable::run, null);

    private final int threads;
    private final Executor executor;
    private final @Nullable ProgressListener listener;

    private Execution(int threads, Executor executor, @Nullable ProgressListener listener) {
        this.threads = threads;
        this.executor = executor;
        this.listener = listener;
    }

    /**
     * Returns the execution on the calling thread alone, the default everywhere.
     *
     * @return the execution
     */
    public static Execution sequential() {
        return SEQUENTIAL;
    }

    /**
     * Returns an execution on the calling thread and threads of the common pool.
     *
     * @param threads how many threads in all, at least 1
     * @return the execution
     * @throws IllegalArgumentException if there is none
     */
    public static Execution ofThreads(int threads) {
        return ofThreads(threads, ForkJoinPool.commonPool());
    }

    /**
     * Returns an execution on the calling thread and threads of an executor. Where the executor has no thread to spare, the calling
     * thread does the work; it never waits for one to start.
     *
     * @param threads how many threads in all, at least 1
     * @param executor who has the threads
     * @return the execution
     * @throws IllegalArgumentException if there is no thread
     */
    public static Execution ofThreads(int threads, Executor executor) {
        if (threads < 1) {
            throw new IllegalArgumentException("`threads` must be at least 1, but was " + threads);
        }
        return new Execution(threads, Objects.requireNonNull(executor, "executor"), null);
    }

    /**
     * Returns a copy that tells a listener how far the work has come.
     *
     * @param newListener the listener
     * @return the copy
     */
    public Execution withProgress(ProgressListener newListener) {
        return new Execution(threads, executor, Objects.requireNonNull(newListener, "listener"));
    }

    /**
     * Returns the number of threads.
     *
     * @return how many threads work at most, at least 1
     */
    public int threads() {
        return threads;
    }

    /**
     * Marks a step of the work: ends it if it was cancelled, and tells the listener. For authors of models.
     *
     * @param work what is being done, as {@code fitting pareto-nbd}
     * @param done how many steps are done
     * @param total how many there are in all; 0 if nobody knows
     * @throws CancellationException if the calling thread was interrupted; it stays so
     */
    public void step(String work, long done, long total) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(work + " was cancelled by an interrupt");
        }
        if (listener != null) {
            listener.progressed(new Progress(work, done, total));
        }
    }

    /**
     * Does all parts of some work and returns when they are done. For authors of models: parts must not depend on who does them, and
     * what they give must be put together in the order of the parts.
     *
     * @param parts how many parts there are, at least 0
     * @param task does one
     */
    public void run(int parts, Task task) {
        int helpers = Math.min(threads, parts) - 1;
        if (helpers <= 0) {
            for (int part = 0; part < parts; part++) {
                task.run(0, part);
            }
            return;
        }
        Crew crew = new Crew(parts, task);
        for (int helper = 1; helper <= helpers; helper++) {
            int worker = helper;
            try {
                executor.execute(() -> crew.work(worker));
            } catch (RejectedExecutionException e) {
                // The executor is full or closed: those who have started, and the caller, do the work.
                break;
            }
        }
        crew.work(0);
        crew.await();
    }

    /**
     * Computes a column, in parts that threads share; for the {@code …Into} methods of fitted models:
     * {@code execution.fill("scoring", out, (from, to, part) -> model.probabilityAliveInto(base, from, to, part))}.
     *
     * @param work what is being done, for the progress
     * @param out receives the column; as long as it has rows
     * @param filler computes a range of it
     */
    public void fill(String work, double[] out, Filler filler) {
        int parts = (int) (((long) out.length + PART_ROWS - 1) / PART_ROWS);
        double[][] buffers = new double[Math.min(threads, Math.max(1, parts))][];
        run(parts, (worker, part) -> {
            if (worker == 0) {
                step(work, part, parts);
            }
            if (parts == 1) {
                filler.fill(0, out.length, out);
                return;
            }
            int from = part * PART_ROWS;
            int to = Math.min(out.length, from + PART_ROWS);
            if (buffers[worker] == null) {
                buffers[worker] = new double[PART_ROWS];
            }
            filler.fill(from, to, buffers[worker]);
            System.arraycopy(buffers[worker], 0, out, from, to - from);
        });
    }

    /** Workers who take the parts one after the other. A worker who comes late finds none left. */
    private static final class Crew {
        private final int parts;
        private final Task task;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;
        private volatile @Nullable Throwable failure;

        Crew(int parts, Task task) {
            this.parts = parts;
            this.task = task;
            this.left = new CountDownLatch(parts);
        }

        void work(int worker) {
            for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
                try {
                    if (failure == null) {
                        task.run(worker, part);
                    }
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    left.countDown();
                }
            }
        }

        /** Parts are short: an interrupt is kept for the next step. */
        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    left.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Throwable thrown = failure;
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }
}
