package io.weir.query.rewrite;

/** Control characters that part canonical texts; {@link #clean} keeps them out of literals and names. */
final class Separators {
    /** Between keys of a grouping set. */
    static final String KEY = "\u001f";
    /** Between the parts of a conjunct or a key: columns, then what is said of them. */
    static final String PART = "\u001d";
    /** Between columns, and between the fields of a condition. */
    static final String FIELD = "\u001e";

    private Separators() {}

    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c >= '\u001c' && c <= '\u001f') {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                out.append("\\\\");
            } else if (c >= '\u001c' && c <= '\u001f') {
                out.append('\\').append((char) ('a' + (c - '\u001c')));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
