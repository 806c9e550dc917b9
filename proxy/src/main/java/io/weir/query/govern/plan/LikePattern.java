package io.weir.query.govern.plan;

/**
 * LIKE, with backslash as the escape character. Whatever the pattern, it takes no more steps than the length of the text times that of the pattern: an
 * asker may write any pattern.
 */
final class LikePattern {
    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;

    /** Code points, or one of the above. */
    private final int[] elements;

    private LikePattern(int[] elements) {
        this.elements = elements;
    }

    static LikePattern of(String pattern) {
        int[] written = pattern.codePoints().toArray();
        int[] elements = new int[written.length];
        int length = 0;
        for (int i = 0; i < written.length; i++) {
            switch (written[i]) {
                case '%' -> elements[length++] = ANY_TEXT;
                case '_' -> elements[length++] = ANY_CHARACTER;
                case '\\' -> {
                    if (++i < written.length) {
                        elements[length++] = written[i];
                    }
                }
                default -> elements[length++] = written[i];
            }
        }
        return new LikePattern(java.util.Arrays.copyOf(elements, length));
    }

    /** Whether the whole text is as the pattern says. */
    boolean matches(String text) {
        int[] characters = text.codePoints().toArray();
        int at = 0;
        int element = 0;
        // Only the latest %: what an earlier one could take more, that one can, too.
        int latest = -1;
        int taken = 0;
        while (at < characters.length) {
            if (element < elements.length && elements[element] == ANY_TEXT) {
                latest = element++;
                taken = at;
            } else if (element < elements.length
                    && (elements[element] == ANY_CHARACTER || elements[element] == characters[at])) {
                element++;
                at++;
            } else if (latest >= 0) {
                element = latest + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        while (element < elements.length && elements[element] == ANY_TEXT) {
            element++;
        }
        return element == elements.length;
    }
}
