package io.weir.store;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Work on a virtual thread of its own, so that an interrupt of the caller (a cancelled statement, a client that is gone) cannot cut its
 * socket in the middle of a commit: the JDK closes the socket of a virtual thread that is interrupted while it reads. The caller waits for
 * the end, interrupted or not, and keeps its interrupt.
 */
final class UninterruptedCall {
    /** Longer than all time-outs of a connection together: whatever takes longer hangs. */
    private static final long LONGEST_SECONDS = 180;

    private UninterruptedCall() {}

    /** @throws ProblemException with {@code STORE_UNAVAILABLE} when it hangs; what it came to is then known to the store alone */
    static <T> T of(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().name("control-store").start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            // Join waits through interrupts and keeps them.
            return result.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default ->
                    throw new ProblemException(Problem.of(ProblemCode.STORE_UNAVAILABLE), StoreFailure.of(failed));
            }
        }
    }
}
