package io.weir.connector.jdbc;

import io.weir.connector.source.SourceException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a server's errors mean to the proxy. Thread-safe. */
public interface Failures {
    /** Our words; the server's stay in the cause. */
    SourceException classified(SQLException e);

    /** Whether the connection may be used on after a rollback. */
    boolean leavesConnectionUsable(SQLException e);

    /** Whether another attempt may have more luck: nothing was read yet and the statement only reads. */
    boolean worthAnotherConnection(SQLException e);

    /** By the verdict of the watch. */
    static SourceException byVerdict(SourceException.Kind verdict, @Nullable SQLException e) {
        String message =
                verdict == SourceException.Kind.CANCELLED ? "cancelled by its caller" : "the source took too long";
        return e == null ? new SourceException(verdict, message) : new SourceException(verdict, message, e);
    }
}
