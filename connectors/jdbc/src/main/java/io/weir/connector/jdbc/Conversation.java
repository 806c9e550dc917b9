package io.weir.connector.jdbc;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.SQLException;

/** One statement in the words of a driver, on a connection of its own. Used by one thread, but for what the watch asks of it. */
public interface Conversation {
    /**
     * Executes and reads the shape of the result; every wait for the server goes through {@link Run#await}.
     *
     * @throws SQLException as the server says; the caller closes the run
     * @throws SourceException when the watch stepped in, or a bind or column has no known type
     */
    RowStream start(SourceStatement statement, Run run) throws SQLException, SourceException;

    /** Ends the statement and what is left of its answer, and rolls back. Called once, under watch. */
    void finish() throws SQLException;

    /** Asks the server to give up what the connection waits for. */
    void cancel() throws SQLException;

    /** Ends the connection at once. */
    void cut() throws SQLException;
}
