package io.weir.connector.jdbc;

import java.sql.SQLException;

/** A connection that another thread may stop. Both may be called at any time, by any thread. */
public interface Interruptible {
    /** Asks the server to give up what the connection waits for. */
    void cancel() throws SQLException;

    /** Ends the connection at once. */
    void cut() throws SQLException;
}
