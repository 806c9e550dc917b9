package io.weir.store;

import io.weir.problem.LoggedFailure;
import java.sql.SQLException;

/**
 * What is kept of a failure of the control store: class names, SQLSTATE and stack frames. Jdbi's and the driver's messages quote statements
 * with all bound values.
 */
final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 10;

    private StoreFailure(String message) {
        super(message);
    }

    static StoreFailure of(Throwable failure) {
        StoreFailure kept = new StoreFailure(LoggedFailure.names(failure) + ", SQLSTATE " + sqlState(failure));
        kept.setStackTrace(failure.getStackTrace());
        return kept;
    }

    private static String sqlState(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState();
            }
            at = at.getCause();
        }
        return "unknown";
    }
}
