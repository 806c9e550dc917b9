package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prepared statements of one session by name; the unnamed statement is {@code ""}. One thread. */
final class PreparedStatements {
    private final int limit;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    PreparedStatements(int limit) {
        this.limit = limit;
    }

    PreparedStatement named(String name) {
        PreparedStatement statement = statements.get(name);
        if (statement == null) {
            throw Problem.of(ProblemCode.STATEMENT_UNKNOWN).asException();
        }
        return statement;
    }

    /** To be asked before the work of preparing; the unnamed statement may always be replaced. */
    void checkRoomFor(String name) {
        if (name.isEmpty()) {
            return;
        }
        if (statements.containsKey(name)) {
            throw Problem.of(ProblemCode.STATEMENT_EXISTS).asException();
        }
        if (statements.size() >= limit) {
            throw Problem.of(
                            ProblemCode.TOO_MANY_OBJECTS,
                            "At most " + limit + " prepared statements.",
                            "Close or DEALLOCATE some.")
                    .asException();
        }
    }

    void put(String name, PreparedStatement statement) {
        statements.put(name, statement);
    }

    /** Closing what does not exist is no error. Returns what was closed. */
    Optional<PreparedStatement> close(String name) {
        return Optional.ofNullable(statements.remove(name));
    }

    List<String> names() {
        return List.copyOf(statements.keySet());
    }
}
