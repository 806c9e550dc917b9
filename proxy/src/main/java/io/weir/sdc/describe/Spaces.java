package io.weir.sdc.describe;

/**
 * Spaces as people see them: a no-break space, one of no width, or a mark of direction is not seen, and a total with one would be taken for a code beside its own
 * parts.
 */
public final class Spaces {
    private Spaces() {}

    /** Without spaces at the ends; those inside are plain ones, and what has no width is gone. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> Character.isSpaceChar(c) && Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString().strip();
    }

    /** Whether a text has more than one line. */
    public static boolean hasLineBreak(String text) {
        return text.codePoints()
                .anyMatch(c -> c == '\n'
                        || c == '\r'
                        || c == '\u000b'
                        || c == '\f'
                        || c == '\u0085'
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    }
}
