package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prepared statements of one session by name; the unnamed statement is {@code ""}. One thread. */
final class PreparedStatements {
    private record Entry(PreparedStatement statement, String sql, int bytes) {}

    private final int limit;
    private final int byteLimit;
    private final Map<String, Entry> statements = new HashMap<>();
    private int bytes;

    /** @param byteLimit of the texts of all statements */
    PreparedStatements(int limit, int byteLimit) {
        this.limit = limit;
        this.byteLimit = byteLimit;
    }

    PreparedStatement named(String name) {
        Entry entry = statements.get(name);
        if (entry == null) {
            throw Problem.of(ProblemCode.STATEMENT_UNKNOWN).asException();
        }
        return entry.statement();
    }

    /** What the log keeps of it. */
    String text(String name) {
        Entry entry = statements.get(name);
        return entry == null ? "(a prepared statement that does not exist)" : entry.sql();
    }

    /** To be asked before the work of preparing; the unnamed statement may always be replaced when its text fits. */
    void checkRoomFor(String name, int textBytes) {
        Entry old = statements.get("");
        int others = name.isEmpty() && old != null ? bytes - old.bytes() : bytes;
        if (textBytes > byteLimit - others) {
            throw Problem.of(
                            ProblemCode.TOO_MANY_OBJECTS,
                            "At most " + byteLimit + " bytes of prepared statements.",
                            "Close or DEALLOCATE some.")
                    .asException();
        }
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

    /**
     * A statement of the catalogue counts twice: its message is kept, to be prepared again in another backend of the shadow.
     *
     * @param sql as the client sent it
     */
    void put(String name, PreparedStatement statement, String sql, int textBytes) {
        close(name);
        int held = statement instanceof PreparedStatement.Catalogue ? 2 * textBytes : textBytes;
        statements.put(name, new Entry(statement, sql, held));
        bytes += held;
    }

    /** Closing what does not exist is no error. Returns what was closed. */
    Optional<PreparedStatement> close(String name) {
        Entry entry = statements.remove(name);
        if (entry == null) {
            return Optional.empty();
        }
        bytes -= entry.bytes();
        return Optional.of(entry.statement());
    }

    List<String> names() {
        return List.copyOf(statements.keySet());
    }
}
