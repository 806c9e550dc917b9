package io.weir.query.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says, one record a message, decoded whole (PostgreSQL 16 documentation, section 55.7). Layouts name the body, after tag
 * and length; {@code string} is NUL-terminated UTF-8.
 */
public sealed interface FrontendMessage {

    // ---- without a tag, before anything else

    /** {@code int32 80877103} */
    record SslRequest() implements FrontendMessage {}

    /** {@code int32 80877104} */
    record GssEncRequest() implements FrontendMessage {}

    /**
     * {@code int32 80877102 | int32 process | bytes key} (4 bytes of key until protocol 3.0, 4 to 256 since 3.2).
     *
     * @param key must be compared in constant time
     */
    record CancelRequest(int process, byte[] key) implements FrontendMessage {}

    /**
     * {@code int16 major | int16 minor | (string name | string value)* | int8 0}
     *
     * @param parameters in the order sent; names are unique
     */
    record Startup(int major, int minor, Map<String, String> parameters) implements FrontendMessage {}

    // ---- 'p', whose meaning depends on the exchange

    /** {@code 'p': string mechanism | int32 length or -1 | bytes} */
    record SaslInitialResponse(String mechanism, byte @Nullable [] data) implements FrontendMessage {}

    /** {@code 'p': bytes} */
    record SaslResponse(byte[] data) implements FrontendMessage {}

    // ---- simple query

    /** {@code 'Q': string sql} */
    record Query(String sql) implements FrontendMessage {}

    // ---- extended query

    /** {@code 'P': string name | string sql | int16 n | int32 typeOid × n} (0 = left open) */
    record Parse(String statement, String sql, List<Integer> parameterTypes) implements FrontendMessage {}

    /**
     * {@code 'B': string portal | string statement | int16 f | int16 format × f | int16 n | (int32 length or -1 | bytes) × n | int16 r |
     * int16 format × r}
     *
     * @param parameterFormats none = all text, one = for all, else one each
     * @param resultFormats the same for result columns
     */
    record Bind(
            String portal,
            String statement,
            List<Format> parameterFormats,
            List<byte @Nullable []> parameters,
            List<Format> resultFormats)
            implements FrontendMessage {}

    /** What Describe and Close point at: {@code int8 'S' or 'P'}. */
    enum Target {
        STATEMENT,
        PORTAL
    }

    /** {@code 'D': int8 target | string name} */
    record Describe(Target target, String name) implements FrontendMessage {}

    /** {@code 'E': string portal | int32 maxRows} (0 = all) */
    record Execute(String portal, int maxRows) implements FrontendMessage {}

    /** {@code 'C': int8 target | string name} */
    record Close(Target target, String name) implements FrontendMessage {}

    /** {@code 'H'}, empty */
    record Flush() implements FrontendMessage {}

    /** {@code 'S'}, empty */
    record Sync() implements FrontendMessage {}

    /** {@code 'X'}; the body is not read */
    record Terminate() implements FrontendMessage {}

    // ---- known, never served

    /** {@code 'd': bytes}; the body is not read */
    record CopyData() implements FrontendMessage {}

    /** {@code 'c'}; the body is not read */
    record CopyDone() implements FrontendMessage {}

    /** {@code 'f': string reason}; the body is not read */
    record CopyFail() implements FrontendMessage {}

    /** {@code 'F'}: the fast-path function call; the body is not read */
    record FunctionCall() implements FrontendMessage {}

    /** A tag the protocol does not know. */
    record Unsupported(char tag) implements FrontendMessage {}
}
