package io.weir.connector.source;

/**
 * One source. Thread-safe; every call blocks and may run on a virtual or a platform thread.
 *
 * <p>Interrupting the thread cancels the statement at the source. The call then throws {@link SourceException.Kind#CANCELLED} and, as with
 * {@link InterruptedException}, the thread's interrupt status is cleared: the exception is the notice.
 */
public interface SourceConnector extends AutoCloseable {
    /** Name of the SQL dialect it expects: {@code postgresql}, {@code sqlserver}. */
    String dialect();

    /**
     * Runs one SELECT in a read-only transaction and streams its rows.
     *
     * @throws SourceException always classified; its message is for the log only
     */
    RowStream open(SourceStatement statement) throws SourceException;

    /** Connects and answers quickly, or says why not. */
    void probe() throws SourceException;

    @Override
    void close();
}
