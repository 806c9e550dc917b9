package io.weir.connector.sqlserver;

import io.weir.connector.jdbc.Failures;
import io.weir.connector.source.SourceException;
import java.sql.SQLException;
import java.util.Set;

/** Error numbers and SQLSTATEs of SQL Server → what they mean to the proxy (Database engine events and errors). */
final class SqlServerFailures implements Failures {
    /** Refused credentials, a database that cannot be opened, a server that is full, paused or going down. */
    private static final Set<Integer> UNAVAILABLE = Set.of(
            18456, 18452, 18487, 18488, 4060, 4064, 6005, 17142, 17809, 40197, 40501, 40613, 49918, 49919, 49920);

    private static final int LOCK_TIMEOUT = 1222;
    private static final int DEADLOCK_VICTIM = 1205;
    private static final Set<Integer> CREDENTIALS = Set.of(18456, 18452, 18487, 18488);

    @Override
    public SourceException classified(SQLException e) {
        String what = "error " + e.getErrorCode() + ", SQLSTATE " + state(e);
        if (unavailable(e)) {
            return new SourceException(SourceException.Kind.UNAVAILABLE, "connection to the source failed, " + what, e);
        }
        if (e.getErrorCode() == LOCK_TIMEOUT || state(e).equals("HY008")) {
            // Nobody here asked for it: the limit that waits for locks have, or the server's operator.
            return new SourceException(SourceException.Kind.TIME_OUT, "the source gave the statement up, " + what, e);
        }
        return new SourceException(SourceException.Kind.FAILED, "the source refused the statement, " + what, e);
    }

    @Override
    public boolean leavesConnectionUsable(SQLException e) {
        return !unavailable(e) && e.getErrorCode() > 0;
    }

    @Override
    public boolean worthAnotherConnection(SQLException e) {
        return e.getErrorCode() == DEADLOCK_VICTIM || unavailable(e) && !CREDENTIALS.contains(e.getErrorCode());
    }

    private static boolean unavailable(SQLException e) {
        return state(e).startsWith("08") || UNAVAILABLE.contains(e.getErrorCode());
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "none" : state;
    }
}
