package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Open portals and SQL cursors of one session by name; the unnamed portal is {@code ""}. One thread. */
final class Portals {
    private record Entry(Portal portal, String sql, int bytes, boolean committed) {}

    private final int limit;
    private final int byteLimit;
    private final Map<String, Entry> open = new HashMap<>();
    private int bytes;

    /** @param byteLimit of the parameters of all portals */
    Portals(int limit, int byteLimit) {
        this.limit = limit;
        this.byteLimit = byteLimit;
    }

    Optional<Portal> find(String name) {
        return Optional.ofNullable(open.get(name)).map(Entry::portal);
    }

    Portal named(String name) {
        return find(name)
                .orElseThrow(() -> Problem.of(ProblemCode.CURSOR_UNKNOWN).asException());
    }

    /** What the log keeps of it. */
    String text(String name) {
        Entry entry = open.get(name);
        return entry == null ? "(a portal that does not exist)" : entry.sql();
    }

    /**
     * The unnamed portal replaces its predecessor; a named one must be closed first.
     *
     * @param sql the text of its statement, without values
     */
    void add(String name, Portal portal, String sql, int parameterBytes) {
        if (name.isEmpty()) {
            close(name);
        } else if (open.containsKey(name)) {
            throw Problem.of(ProblemCode.CURSOR_EXISTS).asException();
        }
        if (open.size() >= limit) {
            throw Problem.of(ProblemCode.TOO_MANY_OBJECTS, "At most " + limit + " portals.")
                    .asException();
        }
        if (parameterBytes > byteLimit - bytes) {
            throw Problem.of(
                            ProblemCode.TOO_MANY_OBJECTS,
                            "At most " + byteLimit + " bytes of parameters in open portals.",
                            "Close some.")
                    .asException();
        }
        open.put(name, new Entry(portal, sql, parameterBytes, false));
        bytes += parameterBytes;
    }

    /** Closing what does not exist is no error. */
    void close(String name) {
        Entry entry = open.remove(name);
        if (entry != null) {
            bytes -= entry.bytes();
            entry.portal().close();
        }
    }

    /** Closes all but the portals that are held, and those too when the transaction that made them is rolled back. */
    void endTransaction(boolean rollback) {
        for (Map.Entry<String, Entry> entry : new ArrayList<>(open.entrySet())) {
            Entry portal = entry.getValue();
            if (!portal.portal().isHeld() || (rollback && !portal.committed())) {
                close(entry.getKey());
            } else {
                open.put(entry.getKey(), new Entry(portal.portal(), portal.sql(), portal.bytes(), true));
            }
        }
    }

    /** Lets portals that nobody reads give their source's connection back. Returns whether one keeps a connection still. */
    boolean restFrom(Duration idle) {
        boolean kept = false;
        for (Entry entry : open.values()) {
            kept |= entry.portal().restsFrom(idle);
        }
        return kept;
    }

    void closeAll() {
        for (String name : new ArrayList<>(open.keySet())) {
            close(name);
        }
    }
}
