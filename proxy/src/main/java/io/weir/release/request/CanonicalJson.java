package io.weir.release.request;

import io.weir.query.type.JsonStrings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in the form of RFC 8785 for what we use of it: objects (keys sorted by UTF-16 unit), arrays, strings, integers within
 * ±(2^53-1), booleans and null. Decimals travel as strings. The same value is always the same bytes.
 */
public final class CanonicalJson {
    private static final long LARGEST = (1L << 53) - 1;

    private CanonicalJson() {}

    /**
     * @param value Map with String keys, List, String, Integer, Long, Boolean or null, nested
     * @throws IllegalArgumentException for anything else, and for strings with lone surrogates
     */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> string(out, text);
            case Boolean flag -> out.append(flag.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> {
                if (Math.abs(number) > LARGEST) {
                    throw new IllegalArgumentException("integers beyond 2^53-1 travel as strings");
                }
                out.append(number.longValue());
            }
            case Map<?, ?> map -> object(out, map);
            case List<?> list -> array(out, list);
            default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
        }
    }

    private static void object(StringBuilder out, Map<?, ?> map) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, member) -> sorted.put((String) key, member));
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string(out, entry.getKey());
            out.append(':');
            append(out, entry.getValue());
        }
        out.append('}');
    }

    private static void array(StringBuilder out, List<?> list) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            append(out, list.get(i));
        }
        out.append(']');
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("lone surrogate");
            } else {
                JsonStrings.append(c, out);
            }
        }
        out.append('"');
    }
}
