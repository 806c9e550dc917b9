package io.weir.query.wire;

/**
 * How large a frame may be, its length field included, in bytes. Checked on the header, before anything is allocated for the body.
 *
 * @param beforeAuthentication every frame until the client has proved who it is (PostgreSQL: 10,000)
 * @param statement Query and Parse from then on
 * @param bind Bind from then on: all parameters of one execution
 * @param other every other frame from then on; names, mostly
 */
public record FrameLimits(int beforeAuthentication, int statement, int bind, int other) {
    /** Above the longest statement: so that one that is a little too long is told so and the session goes on. */
    public static final int STATEMENT_MARGIN = 256 << 10;

    public FrameLimits {
        if (beforeAuthentication < 1_000
                || Math.min(statement, Math.min(bind, other)) < beforeAuthentication
                || Math.max(statement, Math.max(bind, other)) > 1 << 30) {
            throw new IllegalArgumentException("frame limits: 1000 <= beforeAuthentication <= others <= 1 GiB");
        }
    }

    /** The limit of frames with this tag after authentication. */
    int of(char tag) {
        return switch (tag) {
            case 'Q', 'P' -> statement;
            case 'B' -> bind;
            default -> other;
        };
    }

    /** With room for statements of so many bytes. */
    public FrameLimits forStatements(int bytes) {
        return new FrameLimits(beforeAuthentication, Math.addExact(bytes, STATEMENT_MARGIN), bind, other);
    }
}
