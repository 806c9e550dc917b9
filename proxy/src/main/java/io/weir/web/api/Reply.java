package io.weir.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What goes back. */
public final class Reply {
    static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String contentType;
    private final Map<String, String> headers;
    private final byte[] body;

    public Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /** @param value a map, a record of views or a Jackson tree */
    public static Reply json(int status, Object value) {
        return json(status, "application/json", Map.of(), value);
    }

    static Reply json(int status, String contentType, Map<String, String> headers, Object value) {
        try {
            return new Reply(status, contentType, headers, JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("views are serialisable", e);
        }
    }

    public static Reply html(String text) {
        return new Reply(200, "text/html; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    /** Beside Content-Type. */
    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }
}
