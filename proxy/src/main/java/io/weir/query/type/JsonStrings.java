package io.weir.query.type;

/** JSON's strings (RFC 8259, section 7), with the shortest escapes, as RFC 8785 and PostgreSQL's jsonb both write them. Pure. */
public final class JsonStrings {
    private JsonStrings() {}

    /** Appends one character of a string, escaped where it must be. */
    public static void append(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20) {
                    out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
