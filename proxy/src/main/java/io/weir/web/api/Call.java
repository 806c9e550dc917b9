package io.weir.web.api;

import org.jspecify.annotations.Nullable;

/**
 * One request, wholly received. Prints without token and body.
 *
 * @param path as sent, without the query string
 * @param authorization header, or null
 * @param contentType header, or null
 * @param body empty when there was none
 * @param address the client's
 * @param correlation id of this request in replies, log and audit
 */
public record Call(
        String method,
        String path,
        @Nullable String authorization,
        @Nullable String contentType,
        byte[] body,
        String address,
        String correlation) {
    public Call {
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return correlation.hashCode();
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + correlation + ")";
    }
}
