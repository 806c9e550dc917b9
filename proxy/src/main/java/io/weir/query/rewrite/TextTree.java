package io.weir.query.rewrite;

import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A canonical text of an expression, read as far as it is calls, constants, casts and CASE. What is none of these is a leaf, whatever stands in it: equal leaves are the same
 * thing of a row.
 */
public sealed interface TextTree {
    /** The canonical text itself. */
    String text();

    /** A column, or something that is not looked into. */
    record Leaf(String text) implements TextTree {}

    /** @param value null for NULL */
    record Constant(String text, SqlType type, @Nullable String value) implements TextTree {}

    /** An operator or function. */
    record Call(String text, Op op, List<TextTree> arguments) implements TextTree {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** A cast that neither pads nor cuts. */
    record Cast(String text, TextTree argument, SqlType type) implements TextTree {}

    /** A searched CASE. */
    record Case(String text, List<When> whens, TextTree otherwise) implements TextTree {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    /** One branch. */
    record When(TextTree condition, TextTree value) {}

    /** The tree of a text, which is a leaf where it cannot be read. */
    static TextTree read(String text) {
        Reader reader = new Reader(text);
        TextTree tree = reader.expression();
        return tree != null && reader.at == text.length() ? tree : new Leaf(text);
    }

    /** By descent. Null from any method means that the text is not of the form. */
    final class Reader {
        private static final Map<String, Op> OPS = new HashMap<>();
        private static final Map<String, SqlType> TYPES = new HashMap<>();
        private static final String CASE = "case([";
        private static final String CAST = "cast(";

        static {
            for (Op op : Op.values()) {
                OPS.put(op.name(), op);
            }
            for (SqlType type : SqlType.values()) {
                TYPES.put(type.name(), type);
            }
        }

        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private @Nullable TextTree expression() {
            int start = at;
            if (take(CASE)) {
                return caseFrom(start);
            }
            if (take(CAST)) {
                return castFrom(start);
            }
            int end = at;
            while (end < text.length() && isOfName(text.charAt(end))) {
                end++;
            }
            String name = text.substring(at, end);
            if (OPS.containsKey(name) && text.startsWith("[", end)) {
                at = end + 1;
                List<TextTree> arguments = arguments();
                return arguments == null ? null : new Call(text.substring(start, at), OPS.get(name), arguments);
            }
            if (TYPES.containsKey(name) && text.startsWith(":", end)) {
                at = end + 1;
                return constant(start, TYPES.get(name));
            }
            return leaf();
        }

        private static boolean isOfName(char c) {
            return c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
        }

        private boolean take(String expected) {
            boolean there = text.startsWith(expected, at);
            at += there ? expected.length() : 0;
            return there;
        }

        private @Nullable List<TextTree> arguments() {
            List<TextTree> arguments = new ArrayList<>();
            while (!take("]")) {
                if (!arguments.isEmpty() && !take(", ")) {
                    return null;
                }
                TextTree argument = expression();
                if (argument == null) {
                    return null;
                }
                arguments.add(argument);
            }
            return arguments;
        }

        private @Nullable Constant constant(int start, SqlType type) {
            if (take("null")) {
                return new Constant(text.substring(start, at), type, null);
            }
            if (!take("'")) {
                return null;
            }
            StringBuilder value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c != '\'') {
                    value.append(c);
                } else if (at < text.length() && text.charAt(at) == '\'') {
                    value.append(c);
                    at++;
                } else {
                    return new Constant(text.substring(start, at), type, value.toString());
                }
            }
            return null;
        }

        private @Nullable TextTree castFrom(int start) {
            TextTree argument = expression();
            if (argument == null || !take(" as ")) {
                return null;
            }
            int end = text.indexOf(')', at);
            SqlType type = end < 0 ? null : TYPES.get(text.substring(at, end));
            if (type == null) {
                return null;
            }
            at = end + 1;
            return new Cast(text.substring(start, at), argument, type);
        }

        private @Nullable TextTree caseFrom(int start) {
            List<When> whens = new ArrayList<>();
            while (!take("]")) {
                if (!whens.isEmpty() && !take(", ")) {
                    return null;
                }
                TextTree condition = expression();
                TextTree value = condition != null && take("->") ? expression() : null;
                if (condition == null || value == null) {
                    return null;
                }
                whens.add(new When(condition, value));
            }
            TextTree otherwise = take(" else ") ? expression() : null;
            return otherwise == null || !take(")") ? null : new Case(text.substring(start, at), whens, otherwise);
        }

        /** Up to what ends it outside of its own brackets and quotes. */
        private @Nullable TextTree leaf() {
            int start = at;
            int depth = 0;
            boolean quoted = false;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (quoted) {
                    quoted = c != '\'';
                } else if (c == '\'') {
                    quoted = true;
                } else if (c == '[' || c == '(') {
                    depth++;
                } else if (depth > 0) {
                    depth -= c == ']' || c == ')' ? 1 : 0;
                } else if (c == ']' || c == ')' || c == ',' || ends()) {
                    break;
                }
                at++;
            }
            return quoted || depth > 0 || at == start ? null : new Leaf(text.substring(start, at));
        }

        private boolean ends() {
            return text.startsWith("->", at) || text.startsWith(" as ", at) || text.startsWith(" else ", at);
        }
    }
}
