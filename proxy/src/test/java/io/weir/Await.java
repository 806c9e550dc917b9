package io.weir;

import java.time.Duration;

/** Waiting for what other threads and processes do. */
final class Await {
    private Await() {}

    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Looks every 50 ms. */
    static void until(String what, Duration patience, Condition condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("still not after " + patience + ": " + what);
                }
                Thread.sleep(50);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("while waiting until " + what, e);
        }
    }
}
