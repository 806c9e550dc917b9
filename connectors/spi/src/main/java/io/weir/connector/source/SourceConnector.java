package io.weir.connector.source;

/** One source. Thread-safe; every call blocks and may run on a virtual thread; interrupting the thread cancels the statement. */
public interface SourceConnector extends AutoCloseable {
    /** Name of the SQL dialect it expects: {@code postgresql}. */
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
