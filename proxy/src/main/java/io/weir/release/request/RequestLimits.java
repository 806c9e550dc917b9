package io.weir.release.request;

/**
 * What one request may hold.
 *
 * @param cells most cells (rows times columns)
 * @param bytes most UTF-8 bytes of the frozen answer
 * @param statementBytes most UTF-8 bytes of the query
 */
public record RequestLimits(long cells, long bytes, int statementBytes) {
    public RequestLimits {
        if (cells < 1 || bytes < 1 || statementBytes < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /** A million cells, 64 MiB: the bundle is built in memory. */
    public static RequestLimits standard() {
        return new RequestLimits(1_000_000, 64L << 20, 131_072);
    }

    /** The same with another longest query. */
    public RequestLimits withStatementBytes(int longest) {
        return new RequestLimits(cells, bytes, longest);
    }
}
