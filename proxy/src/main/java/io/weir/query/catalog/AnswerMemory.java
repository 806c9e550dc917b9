package io.weir.query.catalog;

import io.weir.identity.PersonId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory for answers of the catalogue that wait for their clients: what is relayed and what cursors keep, of all sessions together. One
 * person has a part of it at most. Thread-safe; nobody waits.
 */
public final class AnswerMemory {
    private final long bytes;
    private final long bytesPerPerson;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PersonId, Long> held = new HashMap<>();
    private long used;

    public AnswerMemory(long bytes, long bytesPerPerson) {
        this.bytes = bytes;
        this.bytesPerPerson = bytesPerPerson;
    }

    /** Room for one answer, or for one session's cursors; empty at first. */
    public Room room(PersonId person) {
        return new Room(person);
    }

    /** Bytes that are held now. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** What one holder has. Thread-safe. */
    public final class Room implements AutoCloseable {
        private final PersonId person;
        private long own;
        private boolean closed;

        private Room(PersonId person) {
            this.person = person;
        }

        /** Takes so many bytes more; false, and nothing is taken, when there are none left or the room is closed. */
        public boolean take(long more) {
            lock.lock();
            try {
                long ofPerson = held.getOrDefault(person, 0L);
                if (closed || more > bytes - used || more > bytesPerPerson - ofPerson) {
                    return false;
                }
                change(more);
                return true;
            } finally {
                lock.unlock();
            }
        }

        /** Bytes that it has now. */
        public long held() {
            lock.lock();
            try {
                return own;
            } finally {
                lock.unlock();
            }
        }

        /** Gives so many of its bytes back. */
        public void giveBack(long less) {
            lock.lock();
            try {
                change(-Math.min(less, own));
            } finally {
                lock.unlock();
            }
        }

        /** Gives everything back, once. */
        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                change(-own);
            } finally {
                lock.unlock();
            }
        }

        private void change(long by) {
            own += by;
            used += by;
            held.compute(person, (key, sum) -> {
                long now = (sum == null ? 0 : sum) + by;
                return now == 0 ? null : now;
            });
        }
    }
}
