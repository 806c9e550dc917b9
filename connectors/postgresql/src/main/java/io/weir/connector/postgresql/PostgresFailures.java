package io.weir.connector.postgresql;

import io.weir.connector.jdbc.Failures;
import io.weir.connector.source.SourceException;
import java.sql.SQLException;
import java.util.Set;

/** SQLSTATE → what it means to the proxy (PostgreSQL manual, appendix A). */
final class PostgresFailures implements Failures {
    /** Shutdowns, a full server, refused credentials. */
    private static final Set<String> UNAVAILABLE =
            Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25P03", "28000", "28P01", "3D000");

    /** A prepared statement that went out of date with its table, or vanished. */
    private static final Set<String> STALE_PLAN = Set.of("0A000", "26000");

    @Override
    public SourceException classified(SQLException e) {
        String state = state(e);
        if (unavailable(state)) {
            return new SourceException(
                    SourceException.Kind.UNAVAILABLE, "connection to the source failed, SQLSTATE " + state, e);
        }
        if (state.equals("57014")) {
            // Nobody here asked for it: the server's own limit, which is our last resort, or its operator.
            return new SourceException(
                    SourceException.Kind.TIME_OUT, "the source gave the statement up, SQLSTATE 57014", e);
        }
        return new SourceException(
                SourceException.Kind.FAILED, "the source refused the statement, SQLSTATE " + state, e);
    }

    @Override
    public boolean leavesConnectionUsable(SQLException e) {
        String state = state(e);
        return !unavailable(state) && !STALE_PLAN.contains(state) && state.length() == 5;
    }

    @Override
    public boolean worthAnotherConnection(SQLException e) {
        String state = state(e);
        return STALE_PLAN.contains(state) || (unavailable(state) && !state.startsWith("28"));
    }

    private static boolean unavailable(String state) {
        return state.startsWith("08") || UNAVAILABLE.contains(state);
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "none" : state;
    }
}
