package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Open portals and SQL cursors of one session by name; the unnamed portal is {@code ""}. One thread. */
final class Portals {
    private final int limit;
    private final Map<String, Portal> open = new HashMap<>();

    Portals(int limit) {
        this.limit = limit;
    }

    Optional<Portal> find(String name) {
        return Optional.ofNullable(open.get(name));
    }

    Portal named(String name) {
        return find(name)
                .orElseThrow(() -> Problem.of(ProblemCode.CURSOR_UNKNOWN).asException());
    }

    /** The unnamed portal replaces its predecessor; a named one must be closed first. */
    void add(String name, Portal portal) {
        if (name.isEmpty()) {
            close(name);
        } else if (open.containsKey(name)) {
            throw Problem.of(ProblemCode.CURSOR_EXISTS).asException();
        }
        if (open.size() >= limit) {
            throw Problem.of(ProblemCode.TOO_MANY_OBJECTS, "At most " + limit + " portals.")
                    .asException();
        }
        open.put(name, portal);
    }

    /** Closing what does not exist is no error. */
    void close(String name) {
        Portal portal = open.remove(name);
        if (portal != null) {
            portal.close();
        }
    }

    /** Closes all but the portals that are held. */
    void endTransaction() {
        for (Map.Entry<String, Portal> entry : new ArrayList<>(open.entrySet())) {
            if (!entry.getValue().isHeld()) {
                close(entry.getKey());
            }
        }
    }

    void closeAll() {
        for (String name : new ArrayList<>(open.keySet())) {
            close(name);
        }
    }
}
