package io.weir.text;

/** Makes other people's words safe for a terminal: control, format and unassigned characters become U+FFFD. */
public final class Printable {
    private static final int REPLACEMENT = 0xFFFD;

    private Printable() {}

    /** One line: line breaks and tabs become spaces. */
    public static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(Printable::harmless).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static int harmless(int c) {
        if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029) {
            return ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> REPLACEMENT;
            default -> c;
        };
    }

    /** Width in characters of a terminal, near enough for tables. */
    public static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
