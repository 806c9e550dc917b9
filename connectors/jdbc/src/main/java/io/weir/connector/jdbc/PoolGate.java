package io.weir.connector.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may have how many connections of a pool at a time: one holder at most all but one, so that nobody shuts out the others; the only one of a
 * pool of one. Whoever finds none free waits. Thread-safe.
 */
final class PoolGate {
    private final int connections;
    private final int share;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private final Map<String, Integer> byHolder = new HashMap<>();
    private int taken;

    PoolGate(int connections) {
        this.connections = connections;
        this.share = Math.max(1, connections - 1);
    }

    /** Waits for a place. Returns whether it was had in time; {@link #leave} gives it back. */
    boolean enter(String holder, long patienceNanos) throws InterruptedException {
        long left = patienceNanos;
        lock.lockInterruptibly();
        try {
            while (taken >= connections || byHolder.getOrDefault(holder, 0) >= share) {
                if (left <= 0) {
                    return false;
                }
                left = freed.awaitNanos(left);
            }
            taken++;
            byHolder.merge(holder, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(String holder) {
        lock.lock();
        try {
            taken--;
            byHolder.computeIfPresent(holder, (key, own) -> own == 1 ? null : own - 1);
            // The first in line may be one whose share is used up: all must look.
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
