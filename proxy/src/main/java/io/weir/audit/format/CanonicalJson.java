package io.weir.audit.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes canonical JSON (RFC 8785, JCS) for a closed subset of values, so that every text written is canonical by construction.
 *
 * <p>Values: Map with keys {@code [a-z0-9_.]+}, List, String without lone surrogates, Long or Integer with an absolute value of at most
 * 2^53 - 1, Boolean. Keys are sorted bytewise; there is no white space; strings keep their Unicode form.
 */
public final class CanonicalJson {
    /** The largest integer that every JSON reader keeps exact (RFC 7493, section 2.2). */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private static final String HEX = "0123456789abcdef";

    private CanonicalJson() {}

    /** @throws IllegalArgumentException when a value is outside the subset */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder(256);
        append(out, value);
        return out.toString();
    }

    /** The UTF-8 bytes of {@link #write}. */
    public static byte[] bytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    static boolean isKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '_' && c != '.') {
                return false;
            }
        }
        return !key.isEmpty();
    }

    private static void append(StringBuilder out, Object value) {
        switch (value) {
            case String text -> appendString(out, text);
            case Long number -> appendInteger(out, number);
            case Integer number -> out.append(number.intValue());
            case Boolean truth -> out.append(truth.booleanValue());
            case List<?> list -> appendList(out, list);
            case Map<?, ?> map -> appendObject(out, map);
            default ->
                throw new IllegalArgumentException(
                        "not a value of the audit log: " + value.getClass().getName());
        }
    }

    private static void appendInteger(StringBuilder out, long number) {
        if (number > MAX_INTEGER || number < -MAX_INTEGER) {
            throw new IllegalArgumentException("integers beyond 2^53 - 1 travel as strings");
        }
        out.append(number);
    }

    private static void appendList(StringBuilder out, List<?> list) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            append(out, element);
            separator = ",";
        }
        out.append(']');
    }

    private static void appendObject(StringBuilder out, Map<?, ?> map) {
        SortedMap<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key) || !isKey(key)) {
                throw new IllegalArgumentException("field names use a-z, 0-9, '_' and '.' only");
            }
            sorted.put(key, entry.getValue());
        }
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(separator).append('"').append(entry.getKey()).append("\":");
            append(out, entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                appendControl(out, c);
            } else if (Character.isHighSurrogate(c)) {
                if (i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("a lone surrogate is not text");
                }
                out.append(c).append(text.charAt(++i));
            } else if (Character.isLowSurrogate(c)) {
                throw new IllegalArgumentException("a lone surrogate is not text");
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static void appendControl(StringBuilder out, char c) {
        switch (c) {
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
    }
}
