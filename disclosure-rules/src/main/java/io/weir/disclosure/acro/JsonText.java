package io.weir.disclosure.acro;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes JSON. Strings are ASCII: whatever is not, half a surrogate pair as well, is escaped, so that any encoding may carry them. */
final class JsonText {
    private JsonText() {}

    static void write(Json json, int level, StringBuilder out) {
        switch (json) {
            case Json.Text(String value) -> quote(value, out);
            case Json.Amount amount -> out.append(amount.value().toPlainString());
            case Json.Flag flag -> out.append(flag.value());
            case Json.Items items -> items(items.values(), level, out);
            case Json.Fields fields -> fields(fields.values(), level, out);
        }
    }

    private static void items(List<Json> values, int level, StringBuilder out) {
        if (values.isEmpty()) {
            out.append("[]");
            return;
        }
        String separator = "[";
        for (Json value : values) {
            out.append(separator);
            line(level + 1, out);
            write(value, level + 1, out);
            separator = ",";
        }
        line(level, out);
        out.append(']');
    }

    private static void fields(Map<String, Json> values, int level, StringBuilder out) {
        if (values.isEmpty()) {
            out.append("{}");
            return;
        }
        String separator = "{";
        for (Map.Entry<String, Json> field : values.entrySet()) {
            out.append(separator);
            line(level + 1, out);
            quote(field.getKey(), out);
            out.append(": ");
            write(field.getValue(), level + 1, out);
            separator = ",";
        }
        line(level, out);
        out.append('}');
    }

    private static void line(int level, StringBuilder out) {
        out.append('\n').append("    ".repeat(level));
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        out.append(c);
                    } else {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    }
                }
            }
        }
        out.append('"');
    }
}
