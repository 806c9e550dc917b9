package io.weir.release.request;

/**
 * What one request may hold.
 *
 * @param cells most cells (rows times columns)
 * @param bytes most UTF-8 bytes of the frozen answer
 */
public record RequestLimits(long cells, long bytes) {
    public RequestLimits {
        if (cells < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /** A million cells, 64 MiB: the bundle is built in memory. */
    public static RequestLimits standard() {
        return new RequestLimits(1_000_000, 64L << 20);
    }
}
