package io.weir.connector.source;

import java.time.Duration;
import java.util.List;

/**
 * One generated SELECT.
 *
 * @param pool pool to use: one per project, so that sessions of projects never share a connection
 * @param holder for whom: one holder never takes all connections of a pool that has more than one; blank shares with all other blanks
 * @param sql text with {@code ?} for each bind
 * @param binds in order
 * @param fetchSize rows fetched at a time; 0 reads all at once
 * @param timeout time that the source may take altogether, over opening and every later fetch, not counting the pauses of the reader between
 *     fetches; never zero
 * @param transfer how the values should travel
 */
public record SourceStatement(
        String pool, String holder, String sql, List<Bind> binds, int fetchSize, Duration timeout, Transfer transfer) {
    public SourceStatement {
        binds = List.copyOf(binds);
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("a source statement needs a time-out");
        }
    }

    /** In whatever form. */
    public SourceStatement(String pool, String holder, String sql, List<Bind> binds, int fetchSize, Duration timeout) {
        this(pool, holder, sql, binds, fetchSize, timeout, Transfer.ANY);
    }

    /** For nobody in particular. */
    public SourceStatement(String pool, String sql, List<Bind> binds, int fetchSize, Duration timeout) {
        this(pool, "", sql, binds, fetchSize, timeout);
    }
}
