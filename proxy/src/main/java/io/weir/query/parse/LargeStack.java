package io.weir.query.parse;

import io.weir.problem.LoggedFailure;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few platform threads with a stack for deep trees. A task that runs over its time is abandoned: its caller is told at once. */
final class LargeStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LargeStack.class);
    private static final long STACK_BYTES = 128L << 20;
    private static final int WAITING = 1_000;

    private final Duration time;
    private final ThreadPoolExecutor threads;

    LargeStack(Duration time) {
        this.time = time;
        int size = Math.max(4, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(size, size, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
            Thread thread = new Thread(null, task, "sql-front-end-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    <T> Outcome<T> run(Callable<Outcome<T>> work) {
        Future<Outcome<T>> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException e) {
            return Outcome.refused(Problem.of(ProblemCode.STATEMENT_TOO_COMPLEX, "too many statements at once"));
        }
        try {
            return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(true);
            return Outcome.refused(Problem.of(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "reading the statement took too long",
                    "Ask in several statements."));
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            return Outcome.refused(Problem.of(ProblemCode.CANCELLED));
        } catch (ExecutionException e) {
            LOG.error("the SQL front end broke", LoggedFailure.of(e));
            return Outcome.refused(Problem.of(ProblemCode.INTERNAL));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
