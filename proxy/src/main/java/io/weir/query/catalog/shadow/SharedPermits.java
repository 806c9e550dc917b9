package io.weir.query.catalog.shadow;

import io.weir.identity.PersonId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Permits that people share: nobody holds more than a share of them, and of those who wait the one comes first whose turn was longest ago,
 * however many of one person's questions wait. Thread-safe.
 */
final class SharedPermits {
    private final int share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PersonId, Integer> held = new HashMap<>();
    private final Map<PersonId, Long> lastTurn = new HashMap<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private int free;
    private long turn;

    private static final class Waiter {
        final PersonId person;
        final Condition granted;
        boolean has;

        Waiter(PersonId person, Condition granted) {
            this.person = person;
            this.granted = granted;
        }
    }

    /** @param share at most so many for one person */
    SharedPermits(int permits, int share) {
        this.free = permits;
        this.share = share;
    }

    /** Takes a permit, if there is one for this person. Does not wait. */
    boolean tryAcquire(PersonId person) {
        lock.lock();
        try {
            return take(person);
        } finally {
            lock.unlock();
        }
    }

    /** The same, and waits for one so long. */
    boolean tryAcquire(PersonId person, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (take(person)) {
                return true;
            }
            Waiter waiter = new Waiter(person, lock.newCondition());
            waiters.add(waiter);
            try {
                long left = wait.toNanos();
                while (!waiter.has && left > 0) {
                    left = waiter.granted.awaitNanos(left);
                }
                return waiter.has;
            } catch (InterruptedException e) {
                if (waiter.has) {
                    giveBack(person);
                }
                throw e;
            } finally {
                waiters.remove(waiter);
                forget(person);
            }
        } finally {
            lock.unlock();
        }
    }

    void release(PersonId person) {
        lock.lock();
        try {
            giveBack(person);
        } finally {
            lock.unlock();
        }
    }

    int free() {
        lock.lock();
        try {
            return free;
        } finally {
            lock.unlock();
        }
    }

    int heldBy(PersonId person) {
        lock.lock();
        try {
            return held.getOrDefault(person, 0);
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits could not take what is free: it is served at once when that changes. So nobody is overtaken here. */
    private boolean take(PersonId person) {
        if (free == 0 || held.getOrDefault(person, 0) >= share) {
            return false;
        }
        free--;
        held.merge(person, 1, Integer::sum);
        lastTurn.put(person, ++turn);
        return true;
    }

    private void giveBack(PersonId person) {
        free++;
        held.computeIfPresent(person, (key, count) -> count > 1 ? count - 1 : null);
        for (Waiter next = next(); next != null && take(next.person); next = next()) {
            next.has = true;
            next.granted.signal();
        }
        forget(person);
    }

    private @Nullable Waiter next() {
        @Nullable Waiter first = null;
        for (Waiter waiter : waiters) {
            boolean may = !waiter.has && held.getOrDefault(waiter.person, 0) < share;
            if (may && (first == null || turnOf(waiter) < turnOf(first))) {
                first = waiter;
            }
        }
        return first;
    }

    private long turnOf(Waiter waiter) {
        return lastTurn.getOrDefault(waiter.person, 0L);
    }

    private void forget(PersonId person) {
        if (!held.containsKey(person) && waiters.stream().noneMatch(waiter -> waiter.person.equals(person))) {
            lastTurn.remove(person);
        }
    }
}
