package io.weir.query.catalog.shadow;

import io.weir.identity.PersonId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * One database of the shadow, with a few pooled connections for our own questions. Thread-safe.
 *
 * <p>Connections are opened as the oracle's role, which owns nothing; they are handed out one thread at a time. One person has at most all but one
 * of them, and of those who wait each person has a turn: nobody keeps the others from their descriptions.
 */
final class ShadowDatabase {
    private final String name;
    private final List<String> searchPath;
    private final long generation;
    private final SharedPermits permits;
    private final Duration wait;
    private final ConcurrentLinkedDeque<BackendConnection> idle = new ConcurrentLinkedDeque<>();
    private final Opener opener;
    private volatile boolean dropped;

    /** Opens a connection to this database as the oracle's role. */
    @FunctionalInterface
    interface Opener {
        BackendConnection open(ShadowDatabase database) throws IOException;
    }

    /** A question of ours. */
    @FunctionalInterface
    interface Question<T> {
        T ask(BackendConnection connection) throws IOException;
    }

    /** @param wait longer than one description may take: who waits in vain is told to try again, instead of waiting for everybody */
    ShadowDatabase(
            String name, List<String> searchPath, long generation, int connections, Duration wait, Opener opener) {
        this.name = name;
        this.searchPath = List.copyOf(searchPath);
        this.generation = generation;
        this.permits = new SharedPermits(connections, Math.max(1, connections - 1));
        this.wait = wait;
        this.opener = opener;
    }

    String name() {
        return name;
    }

    long generation() {
        return generation;
    }

    /** The value of search_path. */
    String searchPath() {
        return Sql.names(searchPath);
    }

    /** Asks on a pooled connection; one that broke while idle is replaced once. Waits for one only so long. */
    <T> T ask(PersonId person, Question<T> question) throws IOException {
        try {
            if (!permits.tryAcquire(person, wait)) {
                throw new IOException("the shadow is busy with other descriptions");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the shadow", e);
        }
        try {
            @Nullable BackendConnection pooled = idle.pollFirst();
            if (pooled != null) {
                try {
                    return ask(pooled, question);
                } catch (BackendError.BackendException e) {
                    throw e;
                } catch (IOException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw e;
                    }
                    drain();
                }
            }
            return ask(opener.open(this), question);
        } finally {
            permits.release(person);
        }
    }

    private <T> T ask(BackendConnection connection, Question<T> question) throws IOException {
        boolean healthy = false;
        try {
            T answer = question.ask(connection);
            healthy = true;
            return answer;
        } catch (BackendError.BackendException e) {
            healthy = true;
            throw e;
        } catch (BufferUnderflowException e) {
            throw new IOException("the shadow sent a message that is too short", e);
        } finally {
            if (healthy && connection.isOpen() && !dropped) {
                idle.addFirst(connection);
            } else {
                connection.abandon();
            }
        }
    }

    /** Questions that wait for a connection. */
    int waiting() {
        return permits.waiting();
    }

    private void drain() {
        for (BackendConnection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
            c.close();
        }
    }

    /** The database goes away. */
    void dropped() {
        dropped = true;
        drain();
    }
}
